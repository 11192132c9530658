"""The scheduler's problem as a model of OR-Tools CP-SAT, choice for choice and point for point.

Every option is a boolean. Where a group of options excludes each other (a start window, a kind on a day, hard workouts
of a day, runs too close together) the model says so in one constraint for the group rather than pair by pair: CP-SAT is
given its best chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from ortools.sat.python import cp_model

from planner.search.problem import Day, Option, SearchProblem

Literal = cp_model.IntVar
"""A variable that is 0 or 1."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what CP-SAT found: whether it proved it, its points, the most it could not rule out, and its own seconds."""

    proven: bool
    points: int
    bound: int
    seconds: float


def answer(model: cp_model.CpModel, *, workers: int, linear: int, limit: float) -> Answer:
    """Return CP-SAT's answer within so many seconds; `linear` is how much of the model goes into its LP (0 to 2)."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.linearization_level = linear
    solver.parameters.max_time_in_seconds = limit
    status = solver.solve(model)
    found = status in {cp_model.OPTIMAL, cp_model.FEASIBLE}
    return Answer(
        proven=status == cp_model.OPTIMAL,
        points=round(solver.objective_value) if found else 0,
        bound=round(solver.best_objective_bound),
        # CP-SAT's own clock: what it costs to hand the model over from Python is not held against it.
        seconds=solver.wall_time,
    )


def encode(problem: SearchProblem) -> cp_model.CpModel:
    """Return a problem of the scheduler as a CP-SAT model."""
    return _Encoder(problem).model


class _Encoder:
    def __init__(self, problem: SearchProblem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.gained: list[cp_model.LinearExprT] = []
        self.chosen: dict[int, Literal] = {}
        self.runs: list[Literal] = []
        self.hard: list[Literal] = []
        self.long: list[Literal] = []
        self.firsts: list[list[Literal]] = []
        self.laters: list[list[Literal]] = []
        for week in problem.weeks:
            self._week(week.days, week.caps)
        days = [day for week in problem.weeks for day in week.days]
        self._gaps()
        self._spacings(days)
        self._spread()
        self._first_run_back(days)
        self.model.maximize(sum(self.gained))

    def _week(self, days: Sequence[Day], caps: Sequence[int]) -> None:
        counted: dict[int, list[Literal]] = defaultdict(list)
        for day in days:
            chosen = {
                option.key: self.model.new_bool_var(f"option {option.key}")
                for window in day.windows
                for option in window
            }
            options = [option for window in day.windows for option in window]
            for option in options:
                for use in option.uses:
                    counted[use].append(chosen[option.key])
            self.chosen |= chosen
            works = self._any(chosen.values())
            counted[0].append(works)
            self._together(day, chosen)
            self.gained += [option.points * chosen[option.key] for option in options]
            self.gained.append(-self.problem.crowded * (sum(chosen.values()) - works))
            runs = [option for option in options if option.run]
            self.runs.append(self._any(chosen[option.key] for option in runs))
            self.hard.append(self._any(chosen[option.key] for option in options if option.hard))
            self.long.append(self._any(chosen[option.key] for option in options if option.long))
            self.firsts.append([chosen[option.key] for option in runs if option.back == "first"])
            self.laters.append([chosen[option.key] for option in runs if option.back == "later"])
        for counter, literals in counted.items():
            self.model.add(sum(literals) <= caps[counter])

    def _any(self, literals: Iterable[Literal]) -> Literal:
        """Return a boolean that is true exactly where one of some others is."""
        of = list(literals)
        if not of:
            return self.model.new_constant(0)
        either = self.model.new_bool_var("")
        self.model.add_max_equality(either, of)
        return either

    def _together(self, day: Day, chosen: dict[int, cp_model.IntVar]) -> None:
        """Allow one option a window, no overlap, no kind twice, one hard workout a day."""
        groups: dict[object, list[Literal]] = defaultdict(list)
        for number, window in enumerate(day.windows):
            for option in window:
                groups[number].append(chosen[option.key])
                groups[option.kind].append(chosen[option.key])
                if option.hard:
                    groups["hard", True].append(chosen[option.key])
        for group in groups.values():
            self.model.add_at_most_one(group)
        for earlier, later in combinations(day.windows, 2):
            for one in earlier:
                for other in later:
                    if _overlap(one, other):
                        self.model.add_at_most_one(chosen[one.key], chosen[other.key])

    def _gaps(self) -> None:
        problem = self.problem
        asked = [day.run_gap for week in problem.weeks for day in week.days]
        for last, gap in enumerate(asked):
            for first in range(max(last - gap + 1, 0), last):
                self.model.add_at_most_one(self.runs[first], self.runs[last])
        for days, gap in ((self.runs, problem.run_gap), (self.hard, problem.hard_gap), (self.long, problem.long_gap)):
            if gap > 1:
                for first in range(max(len(days) - gap + 1, 1)):
                    self.model.add_at_most_one(days[first : first + gap])

    def _spacings(self, days: Sequence[Day]) -> None:
        """Keep days between workouts, or bound how many of them stand in a row."""
        for bit, spacing in enumerate(self.problem.spacings):
            counted: dict[int, Literal] = {
                number: self._any(
                    self.chosen[one.key] for window in day.windows for one in window if one.counts >> bit & 1
                )
                for number, day in enumerate(days)
            }
            if spacing.minutes or spacing.most:
                self._within_a_day(days, bit, spacing.minutes, spacing.most)
                continue
            since = spacing.since or 0
            for number in range(-since, 0) if spacing.in_a_row else [-since] if since else []:
                counted[number] = self.model.new_constant(1)
            for number, day in enumerate(days):
                asking = [self.chosen[one.key] for window in day.windows for one in window if one.asks >> bit & 1]
                if spacing.in_a_row:
                    near = [counted.get(number - back) for back in range(1, spacing.days + 1)]
                    if None not in near:
                        for one in asking:
                            self.model.add_bool_or(~one, *(~each for each in near if each is not None))
                    continue
                if spacing.alone:
                    self.model.add_at_most_one(asking)
                for back in range(1, spacing.days):
                    if (other := counted.get(number - back)) is not None:
                        for one in asking:
                            self.model.add_at_most_one(one, other)

    def _within_a_day(self, days: Sequence[Day], bit: int, minutes: int, most: int) -> None:
        """Keep so many minutes between two workouts of a day, or no more of them than so many."""
        for day in days:
            options = [option for window in day.windows for option in window]
            counted = [self.chosen[option.key] for option in options if option.counts >> bit & 1]
            for asking in options if most else ():
                if asking.asks >> bit & 1:
                    self.model.add(sum(counted) <= most).only_enforce_if(self.chosen[asking.key])
            for earlier, later in combinations(day.windows, 2):
                for one in earlier:
                    for other in later:
                        alike = (one.asks & other.counts | one.counts & other.asks) >> bit & 1
                        near = other.start < one.end + minutes and one.start < other.end + minutes
                        if minutes and alike and near and not other.done:
                            self.model.add_at_most_one(self.chosen[one.key], self.chosen[other.key])

    def _spread(self) -> None:
        """Charge each run by its gap to the run before; no costs below zero, so a lower bound on each is enough."""
        if min(self.problem.spread) < 0 or self.problem.crowded < 0:
            raise ValueError("a spread below zero needs the charge to be exact from both sides")
        for gap, cost in enumerate(self.problem.spread):
            if not gap or not cost or gap < self.problem.run_gap:
                continue
            for first in range(len(self.runs) - gap):
                *between, last = self.runs[first + 1 : first + gap + 1]
                charged = self.model.new_bool_var("")
                self.model.add(charged >= self.runs[first] + last - 1 - sum(between))
                self.gained.append(-cost * charged)

    def _first_run_back(self, days: Sequence[Day]) -> None:
        """Follow whether the next run is the first one back: from the end of a break until a run."""
        back = self.model.new_constant(int(self.problem.first_run_back))
        for number, day in enumerate(days):
            if day.break_ends:
                back = self.model.new_constant(1)
            for first in self.firsts[number]:
                self.model.add_implication(first, back)
            for later in self.laters[number]:
                self.model.add_at_most_one(later, back)
            still, run = self.model.new_bool_var(""), self.runs[number]
            self.model.add_implication(still, back)
            self.model.add_implication(still, ~run)
            self.model.add_bool_or(~back, run, still)
            back = still


def _overlap(one: Option, later: Option) -> bool:
    return later.start < one.end
