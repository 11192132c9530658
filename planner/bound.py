"""The clever room: which states of a rich week cannot be part of a best plan.

The week's counters are what makes the states many (three runs, two rides, two swims … in every combination). Here each
use of a counter costs a price instead of being counted (Lagrangian relaxation): that problem is tiny, and for every
price its best points, plus what the caps are worth at those prices, are at least those of the true best plan. Prices
that make the bound low are found by raising the price of what is used too often and lowering the rest (subgradient
steps). The search then drops every state that, even with the best relaxed rest, stays below a floor. If nothing is
left, the floor was above the true best: it is lowered, and the search repeats. What remains is proven to be best.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from planner.schedule import DayPlan, Gaps, Search, Solution

STEPS = 30
"""Steps towards better prices. Fewer leave more states to search (measured: `bench/solver.py`)."""
FIRST_STEP = 100
"""Points by which the first step changes a price for each use too many or too few."""
ALLOWANCE = 30
"""Points per week by which the first floor lies below the bound; each further try triples it."""

NEVER = -(10**9)


def best_within_bound(search: Search) -> Solution:
    """Return the best plan of a search, found among the states that can be part of one."""
    bound = lowest_bound(search)
    allowance = ALLOWANCE * len(search.problem.weeks)
    while True:
        found = search.best(_FloorsBelow(bound, allowance))
        if found is None:
            allowance *= 3
        elif found.points < bound.points - allowance:
            # Below the floor nothing is proven; but the best plan has at least these points.
            allowance = bound.points - found.points
        else:
            return found


@dataclass(frozen=True, slots=True)
class Bound:
    """Hold prices and what they prove: the most points of any plan, in all and from each day on."""

    points: int
    prices: list[list[int]]
    ahead: list[dict[Gaps, list[int]]]
    """Before each day and after the last: the most (priced) points still to come, by the bits of the days used."""
    caps_worth: list[int]
    """What the caps still to be used are worth at the prices, before each day: those of its week and all later."""


class _FloorsBelow:
    def __init__(self, bound: Bound, allowance: int) -> None:
        self.prices: Sequence[Sequence[int]] = bound.prices
        self._bound = bound
        self._least = bound.points - allowance

    def least(self, day: int, gaps: Gaps) -> Sequence[int]:
        bound = self._bound
        missing = self._least - bound.caps_worth[day]
        return [missing - points for points in bound.ahead[day][gaps]]


@dataclass(frozen=True, slots=True)
class _Class:
    """Gather the plans of a day that the relaxed problem need not tell apart."""

    sample: DayPlan
    members: list[tuple[int, tuple[int, ...]]]
    """Points and uses of each plan."""

    def best(self, prices: Sequence[int]) -> tuple[int, tuple[int, ...]]:
        return max((points - sum([prices[use] for use in uses]), uses) for points, uses in self.members)


def _classes(plans: Sequence[DayPlan]) -> list[_Class]:
    groups: dict[tuple[bool, bool, bool, str, bool], list[DayPlan]] = defaultdict(list)
    for plan in plans:
        groups[plan.run, plan.hard, plan.long, plan.back, bool(plan.options)].append(plan)
    return [_Class(group[0], [(plan.points, plan.counted) for plan in group]) for group in groups.values()]


class _Move(NamedTuple):
    kind: int
    """The number of its class among the day's classes."""
    points: int
    """What its place in the plan costs, besides the points of its class."""
    after: Gaps
    works: bool
    """Whether the day has a workout."""


Ahead = list[dict[Gaps, list[int]]]


class _Relaxed:
    """The problem with prices in place of counters; only days with a workout are still counted."""

    def __init__(self, search: Search) -> None:
        self.caps = [week.caps for week in search.problem.weeks]
        self.counters = search.counters
        self.start = search.start
        days = [(number, day) for number, week in enumerate(search.problem.weeks) for day in week.days]
        self.week_of = [number for number, _ in days]
        self.classes = [_classes(plans) for of_week in search.plans for plans in of_week]
        self.moves: list[dict[Gaps, list[_Move]]] = []
        reached = {search.start}
        for (_, day), classes in zip(days, self.classes, strict=True):
            numbers = {id(each.sample): number for number, each in enumerate(classes)}
            samples = [each.sample for each in classes]
            self.moves.append(
                {
                    gaps: [
                        _Move(numbers[id(plan)], points - plan.points, after, bool(plan.options))
                        for plan, points, after in search.moves(gaps, day, samples)
                    ]
                    for gaps in reached
                }
            )
            reached = {move.after for moves in self.moves[-1].values() for move in moves}
        self.ends = reached

    def solve(self, prices: list[list[int]]) -> tuple[Ahead, list[list[int]]]:
        """Return the most points still to come before each day, and the uses of each counter in a best plan."""
        best = [
            [each.best(prices[week]) for each in classes]
            for week, classes in zip(self.week_of, self.classes, strict=True)
        ]
        size = self.counters[-1].days + 1
        ahead: Ahead = [{gaps: [0] * size for gaps in self.ends}]
        for day in range(len(self.classes) - 1, -1, -1):
            counters = self.counters[self.week_of[day]]
            before = {
                gaps: _most(moves, best[day], ahead[-1], counters.days + 1) for gaps, moves in self.moves[day].items()
            }
            if day and self.week_of[day - 1] != self.week_of[day]:
                # The week before hands on no count of days: whatever it was, this week begins with none.
                size = self.counters[self.week_of[day - 1]].days + 1
                before = {gaps: [row[counters.empty & counters.days]] * size for gaps, row in before.items()}
            ahead.append(before)
        ahead.reverse()
        return ahead, self._uses(ahead, best)

    def _uses(self, ahead: Ahead, best: list[list[tuple[int, tuple[int, ...]]]]) -> list[list[int]]:
        """Walk a best relaxed plan and count what it uses."""
        uses = [[0] * len(caps) for caps in self.caps]
        gaps, used = self.start, 0
        for day, week in enumerate(self.week_of):
            if not day or self.week_of[day - 1] != week:
                used = self.counters[week].empty & self.counters[week].days
            rows = ahead[day + 1]

            def promise(move: _Move, day: int = day, used: int = used, rows: dict[Gaps, list[int]] = rows) -> int:
                now = used + move.works
                row = rows[move.after]
                return best[day][move.kind][0] + move.points + row[now] if now < len(row) else NEVER

            move = max(self.moves[day][gaps], key=promise)
            for use in best[day][move.kind][1]:
                uses[week][use] += 1
            gaps, used = move.after, used + move.works
        return uses


def _most(
    moves: list[_Move], best: list[tuple[int, tuple[int, ...]]], ahead: dict[Gaps, list[int]], size: int
) -> list[int]:
    """Return the most points to come from one state of the gaps, by the bits of the days used."""
    most = [NEVER] * size
    for kind, points, after, works in moves:
        gained = best[kind][0] + points
        row = ahead[after][1:] if works else ahead[after]
        for used, to_come in enumerate(row):
            most[used] = max(most[used], gained + to_come)
    return most


def lowest_bound(search: Search) -> Bound:
    """Return the lowest bound that some steps towards better prices find."""
    relaxed = _Relaxed(search)
    prices = [[0] * len(caps) for caps in relaxed.caps]
    lowest: Bound | None = None
    for step in range(STEPS):
        ahead, uses = relaxed.solve(prices)
        worth = [
            sum(price * cap for price, cap in zip(of_week, caps, strict=True))
            for of_week, caps in zip(prices, relaxed.caps, strict=True)
        ]
        points = ahead[0][search.start][relaxed.counters[0].empty & relaxed.counters[0].days] + sum(worth)
        if lowest is None or points < lowest.points:
            to_come = list(accumulate(reversed(worth)))[::-1]
            lowest = Bound(points, prices, ahead, [to_come[week] for week in [0, *relaxed.week_of]])
        size = FIRST_STEP / (step + 1) ** 0.8
        prices = [
            [
                max(0, round(price + size * (used - cap))) if counter else 0
                for counter, (price, used, cap) in enumerate(zip(of_week, used_of_week, caps, strict=True))
            ]
            for of_week, used_of_week, caps in zip(prices, uses, relaxed.caps, strict=True)
        ]
    if lowest is None:
        raise AssertionError("at least one step is taken")
    return lowest
