"""Bend somebody else's plan: the fewest points of change over all its weeks, exactly, by the search for plans.

Each week of the calendar is one of the search's weeks, each session of it a counter that is used once, and what weeks
must know of each other is what the search knows anyway: the days since the last run, hard day and long run, and whether
a first run back is due.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from planner.bending.days import Filling, Fillings, orders_in_weeks
from planner.bending.memory import SessionNumber, ShownSession, numbered
from planner.bending.placements import POINT, Places, SessionPlacement, race_starts
from planner.bending.sessions import CoachSession
from planner.clock import midnight, monday_of, seconds
from planner.dose.spacings import SpacingRule, days_since_or_in_a_row, longest_row
from planner.errors import InputError, Problem
from planner.limits.verdicts import Verdict
from planner.scheduling.task import Task
from planner.search.problem import Day, Option, SearchProblem, Spacing, Week
from planner.search.solve import SearchMemory, solve

GAPS = ("days_between_runs", "days_between_hard", "days_between_long")


class Bent(NamedTuple):
    """Hold a bent plan: where each session stands now, by its number; what is fixed, and what is left out.

    `conflicts` are the fixed ones that rules do not let stand, with the verdict on them.
    """

    sessions: tuple[CoachSession, ...]
    placements: tuple[SessionPlacement | None, ...]
    """For each session, None where it is left out, or fixed."""
    fixed: frozenset[SessionNumber]
    conflicts: tuple[tuple[SessionNumber, Verdict], ...]
    points: int
    places: Places

    @property
    def lost(self) -> list[SessionNumber]:
        """The sessions that are left out."""
        return [
            number for number, placement in numbered(self.placements) if placement is None and number not in self.fixed
        ]


def bend(
    task: Task,
    sessions: Sequence[CoachSession],
    done: Sequence[tuple[date, str]],
    days: tuple[date, date],
    shown: Mapping[SessionNumber, ShownSession] | None = None,
    put: Collection[SessionNumber] = (),
) -> Bent:
    """Return the plan of some days changed as little as the rules allow.

    Args:
        task: the case and its limits.
        sessions: those of the days, in order of time.
        done: what was done before them, and on them by the log: the day, and the workout.
        days: the first and the last.
        shown: where a calendar shows a session already: what its coach left as it was is rather not changed once more.
        put: the numbers of the sessions that the person put where they are: they leave it only where nothing else goes.

    """
    costs = task.rulebook.bending
    if not costs:
        wrong = "the rulebook does not say what it costs to change somebody else's plan"
        raise InputError([Problem("rules", "bending.toml", wrong, "take it from the shipped rulebook")])
    fixed = frozenset(number for number, session in numbered(sessions) if _is_fixed(session, task))
    streaks = _streaks(task, sessions, done)
    made = _Board(task, sessions, done, days, Places(task, sessions, costs, days, shown, put), fixed)
    placements = made.solved(())
    asked: list[_Streak] = []
    # The search looks at days in a row only where the best plan without them has too many: it costs time.
    while more := [streak for streak in streaks if streak not in asked and made.has_too_many(streak, placements)]:
        asked += more
        sets = [streak.rule.counts for streak in asked if made.takes_for_alike(streak)]
        if sets:
            made = _Board(task, sessions, done, days, Places(task, sessions, costs, days, shown, put, sets), fixed)
        placements = made.solved(asked)
    places = made.places
    lost = [number for number, placement in numbered(placements) if placement is None and number not in fixed]
    return Bent(
        sessions=tuple(sessions),
        placements=tuple(placements),
        fixed=fixed,
        conflicts=tuple(_conflicts(task, sessions, fixed)),
        points=sum(placement.points for placement in placements if placement is not None)
        + sum(map(places.prices.dropping, lost)),
        places=places,
    )


class _Streak(NamedTuple):
    """Hold a rule on days in a row, with the most that it lets pass: as many as the plan has itself."""

    rule: SpacingRule
    days: int


def _streaks(task: Task, sessions: Sequence[CoachSession], done: Sequence[tuple[date, str]]) -> list[_Streak]:
    """Return the rules on days in a row; `done` is what was done, and on which day."""
    own = [*((session.day, session.workout) for session in sessions), *done]
    rules = (spacing for spacing in task.spacings if spacing.in_a_row)
    return [_Streak(spacing, max(spacing.days, len(longest_row(spacing, own)))) for spacing in rules]


class _Board:
    """Hold a plan as the search sees it: its weeks, and what each of their options stands for."""

    def __init__(
        self,
        task: Task,
        sessions: Sequence[CoachSession],
        done: Sequence[tuple[date, str]],
        days: tuple[date, date],
        places: Places,
        fixed: frozenset[SessionNumber],
    ) -> None:
        self.task, self.sessions, self.done, self.first, self.places = task, sessions, done, days[0], places
        movable = [number for number, _ in numbered(sessions) if number not in fixed]
        fillings = Fillings(places, movable, orders_in_weeks(task, sessions))
        self.fillings: dict[int, Filling] = {}
        weeks = [_week(task, sessions, fixed, fillings, week, done, self.fillings) for week in _weeks(days[0], days[1])]
        self.problem = _problem(task, weeks, [(day, workout) for day, workout in done if day < days[0]], days[0])
        self.standing: dict[date, list[str]] = {}
        for day, workout in [*done, *((sessions[number].day, sessions[number].workout) for number in fixed)]:
            self.standing.setdefault(day, []).append(workout)

    def solved(self, streaks: Sequence[_Streak]) -> list[SessionPlacement | None]:
        """Return the best placement of each session, None where it is left out, that keeps to days in a row."""
        problem = self._asking(streaks) if streaks else self.problem
        solution = solve(problem, bounded=True, memory=SearchMemory(bounded=True, unit=POINT))
        placements: list[SessionPlacement | None] = [None] * len(self.sessions)
        for options in solution.days:
            for option in options:
                for placement in self.fillings[option.key].placements if option.key in self.fillings else ():
                    placements[placement.session] = placement
        return placements

    def has_too_many(self, streak: _Streak, placements: Sequence[SessionPlacement | None]) -> bool:
        """Whether more days in a row have something that a rule counts than it lets pass."""
        there = [(day, workout) for day, workouts in self.standing.items() for workout in workouts]
        there += [(placement.start.date(), placement.workout) for placement in placements if placement is not None]
        return len(longest_row(streak.rule, there)) > streak.days

    def takes_for_alike(self, streak: _Streak) -> bool:
        """Whether the options that are left have lost what a rule counts: it does not count just what is a run."""
        rulebook, own = self.task.rulebook, {session.workout for session in self.sessions}
        may_become = own | {instead for workout in own for instead in rulebook.instead_of(workout)}
        return any((rulebook.workouts[key].is_running) != (key in streak.rule.counts) for key in may_become)

    def _asking(self, streaks: Sequence[_Streak]) -> SearchProblem:
        """Return the problem with rules on days in a row."""
        weeks, day = [], self.first
        for week in self.problem.weeks:
            marked = []
            for planned_day in week.days:
                asks = sum(1 << bit for bit, streak in enumerate(streaks) if streak.rule.holds_on(day))
                options = (
                    tuple(self._marked(option, streaks, asks, day) for option in window)
                    for window in planned_day.windows
                )
                marked.append(planned_day._replace(windows=tuple(options)))
                day += timedelta(days=1)
            weeks.append(week._replace(days=tuple(marked)))
        spacings = tuple(
            Spacing(streak.days, in_a_row=True, since=days_since_or_in_a_row(streak.rule, self.done, self.first))
            for streak in streaks
        )
        return self.problem._replace(weeks=tuple(weeks), spacings=spacings)

    def _marked(self, option: Option, streaks: Sequence[_Streak], asks: int, day: date) -> Option:
        """Return an option that counts for rules on days in a row, and asks them if it is not done."""
        filling = self.fillings.get(option.key)
        own = self.standing.get(day, ()) if filling is None else [placement.workout for placement in filling.placements]
        held = [any(worked in streak.rule.counts for worked in own) for streak in streaks]
        counts = sum(1 << bit for bit, holds in enumerate(held) if holds)
        return option._replace(counts=counts, asks=0 if option.done else asks & counts)


def _is_fixed(session: CoachSession, task: Task) -> bool:
    """Whether a session stays whatever rules say: a race, and what has begun."""
    if session.waits:
        return False
    now = task.prior.not_before
    begun = now is not None and session.start is not None and session.start < now
    return session.workout == "race" or begun or (now is not None and session.day < now.date())


def _weeks(first: date, last: date) -> list[list[date]]:
    """Return the days from a first to a last, cut at Mondays."""
    weeks: list[list[date]] = []
    day = first
    while day <= last:
        if not weeks or day.weekday() == 0:
            weeks.append([])
        weeks[-1].append(day)
        day += timedelta(days=1)
    return weeks


def _week(
    task: Task,
    sessions: Sequence[CoachSession],
    fixed: frozenset[SessionNumber],
    fillings: Fillings,
    week: Sequence[date],
    done: Sequence[tuple[date, str]],
    written: dict[int, Filling],
) -> Week:
    """Return a week as the search sees it; the fillings of its days are noted by the keys of their options.

    Args:
        task: the case and its limits.
        sessions: all sessions of the plan.
        fixed: the numbers of those that stay.
        fillings: the ways to fill a day.
        week: its days.
        done: what was done, by the log: the day, and the workout.
        written: the fillings of all weeks by the keys of their options, added to here.

    """
    # What waits for a later day of its week belongs to what is left of that week, when its own day is over.
    own = [
        number
        for number, session in numbered(sessions)
        if number not in fixed
        and (session.day in week or (session.waits and monday_of(session.day) == monday_of(week[0])))
    ]
    counters = {number: place for place, number in enumerate(own, start=1)}
    days = []
    for day in week:
        logged = [workout for done_on, workout in done if done_on == day]
        standing = [sessions[number].workout for number in sorted(fixed) if sessions[number].day == day] + logged
        windows: list[tuple[Option, ...]] = [(_standing(task, day, standing),)] if standing else []
        options = []
        for filling in fillings.on(day, standing, logged):
            if not filling.placements:
                continue
            key = len(written)
            written[key] = filling
            options.append(
                _option(key, filling, tuple(counters[placement.session] for placement in filling.placements))
            )
        windows.append(tuple(options))
        days.append(Day(tuple(windows), task.chooser.breaks.ends_on(day), order_ends=day == week[-1]))
    planned = {session.day for session in sessions if session.day in week and not session.waits}
    # The day that one was put off from is the plan's too, whatever was done on it instead.
    put_off = {sessions[number].day for number in own if sessions[number].waits} - planned
    planned |= {day for day, _ in done if day in week}
    return Week(tuple(days), (len(planned) + len(put_off), *([1] * len(own))))


def _option(key: int, filling: Filling, uses: tuple[int, ...]) -> Option:
    return Option(
        key=key,
        kind="bent",
        start=seconds(filling.placements[0].start) // 60,
        end=seconds(filling.placements[-1].end) // 60,
        points=filling.gain,
        uses=uses,
        run=filling.run,
        hard=filling.hard,
        long=filling.long,
        back=filling.back,
        in_place=filling.in_place,
        order=filling.order,
    )


def _standing(task: Task, day: date, names: Sequence[str]) -> Option:
    """Return what is fixed or done on a day as one option that cannot be left out."""
    workouts = [task.rulebook.workouts[name] for name in names]
    race = "race" in names
    return Option(
        key=-day.toordinal(),
        kind="fixed",
        start=0,
        end=0,
        points=0,
        uses=(),
        run=any(workout.is_running for workout in workouts),
        hard=any(workout.hard for workout in workouts),
        long=any(workout.long for workout in workouts),
        done=True,
        asked=("run", "hard", "long") if race else (),
        in_place=True,
    )


def _problem(task: Task, weeks: Sequence[Week], before: Sequence[tuple[date, str]], first: date) -> SearchProblem:
    gaps = [getattr(task.training[field], field) if field in task.training else 1 for field in GAPS]
    done = [((first - day).days, task.rulebook.workouts[workout]) for day, workout in before]
    ran = [day for day, workout in before if task.rulebook.workouts[workout].is_running]
    last_run: datetime | None = midnight(max(ran), task.case.tz) if ran else None
    return SearchProblem(
        weeks=tuple(weeks),
        run_gap=gaps[0],
        hard_gap=gaps[1],
        long_gap=gaps[2],
        first_run_back=task.chooser.breaks.is_first_run_due(first, last_run, task.prior.known_from),
        since=(
            min((days for days, workout in done if workout.is_running), default=None),
            min((days for days, workout in done if workout.hard), default=None),
            min((days for days, workout in done if workout.long), default=None),
        ),
    )


def _conflicts(
    task: Task, sessions: Sequence[CoachSession], fixed: frozenset[SessionNumber]
) -> list[tuple[SessionNumber, Verdict]]:
    """Return the races to come that rules do not let stand at any time of their day, with what they say."""
    at_risk = []
    for number in sorted(fixed):
        session = sessions[number]
        if session.workout != "race":
            continue
        starts = [session.start] if session.start is not None else race_starts(task, session.day)
        verdicts = [task.limits.judge("race", seconds(start), session.minutes) for start in starts]
        if verdicts and not any(verdict.allowed for verdict in verdicts):
            at_risk.append((number, verdicts[0]))
    return at_risk
