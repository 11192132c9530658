"""The search: the best plan, not a good one, by dynamic programming over weeks and days.

It knows nothing of regions or rules: `scheduling/choose` gives it, for each day, the workouts that may be done and
what each is worth, and it chooses. All that a week must know of those before it is small: how long ago the last run,
hard day and long run were. So the weeks are solved from the last to the first, each for every way in which it may
begin; weeks that are alike, and go on alike, are solved once. `day_plans` has the ways to fill a day, `state_graph`
draws up what can be done in a week, `branch_and_bound` finds the best way through it. The tests hold the answer
against exhaustive search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from math import ceil, prod
from operator import attrgetter

from planner.search.branch_and_bound import NEAR_PRICES, NEVER, WHOLE_POINTS, Pace, Way, WeekSearch
from planner.search.day_plans import HARD, LONG, Counters
from planner.search.effort import Effort
from planner.search.precedence import GRAIN, by_precedence, first_prices, held_to
from planner.search.problem import Day, Option, SearchProblem, Solution
from planner.search.state_graph import DayMap, Gaps, WeekMap


class SearchMemory:
    """Keep what was found for one problem for others that differ from it in a few days.

    A known week is never solved again, and good prices for one week are good ones for the next: so the bound pays from
    the second problem on. `unit` is what a point counts in these problems.
    """

    def __init__(
        self, *, bounded: bool = True, unit: int = 1, pace: Pace = NEAR_PRICES, effort: Effort | None = None
    ) -> None:
        self.effort = effort or Effort()
        self.search = WeekSearch(self.effort, bounded=bounded, unit=unit, pace=pace)
        self.maps: dict[object, WeekMap] = {}
        self.solved: dict[tuple[WeekMap, tuple[int, ...]], dict[Gaps, Way]] = {}
        self._counters: dict[tuple[int, ...], Counters] = {}
        self._days: dict[object, DayMap] = {}
        self.bare: dict[int, tuple[Day, Day]] = {}
        """Days in which nothing but precedence counts, by the identity of those that they stand for."""

    @cached_property
    def by_precedence(self) -> SearchMemory:
        """The memory of the same problems with nothing but precedence in them."""
        return SearchMemory(unit=GRAIN, pace=WHOLE_POINTS, effort=self.effort)

    def counters(self, caps: tuple[int, ...]) -> Counters:
        """Return the counters of the weeks with some caps."""
        if caps not in self._counters:
            self._counters[caps] = Counters(caps)
        return self._counters[caps]

    def day_map(self, problem: SearchProblem, day: Day, counters: Counters) -> DayMap:
        """Return a map of a day; days that the search cannot tell apart share one."""
        far = gaps_of(problem)[1]
        gaps = (problem.run_gap, problem.hard_gap, problem.long_gap)
        terms = (far, gaps, problem.spread, problem.crowded, problem.weight)
        spacings = tuple(spacing._replace(since=None) for spacing in problem.spacings)
        shape = (terms, spacings, counters, shape_of(day))
        if shape not in self._days:
            self._days[shape] = DayMap(problem, far, day, counters)
        return self._days[shape]


MANY_STATES = 2000
"""From so many states of a week's counters on, a bound pays for itself (measured: `bench/solver.py`)."""


def has_many_states(problem: SearchProblem) -> bool:
    """Return whether the counters of any week have so many states that a bound pays."""
    return any(prod(cap + 1 for cap in week.caps) >= MANY_STATES for week in problem.weeks)


def solve(problem: SearchProblem, *, bounded: bool | None = None, memory: SearchMemory | None = None) -> Solution:
    """Return the plan with the most points; among equals always the same one.

    Of equal plans it is the one that takes most points on the first day, those of precedence not counted, then on the
    second, and so on; where a day gives as many in several ways, what is offered first goes first (done in
    `branch_and_bound._walk`). In a problem of many states, how much of each wish a week holds is settled first, by
    precedence alone, and the plan is the best for that. `bounded` says whether to leave out what is proven not to be
    part of a best plan (default: where there is much to leave out); the plan is the same. So it is with a `memory` of
    problems alike.
    """
    many = has_many_states(problem)
    memory = memory or SearchMemory(bounded=many if bounded is None else bounded)
    if many and problem.ranked:
        counted = memory.by_precedence.search
        counted.first_prices = first_prices(problem)
        first = solve(by_precedence(problem, memory.bare), memory=memory.by_precedence)
        memory.search.first_prices = [ceil(price / GRAIN) * problem.weight for price in counted.last_prices]
        problem = held_to(problem, first)
    start, _ = gaps_of(problem)
    weeks = _maps(problem, start, memory)
    solved = memory.solved
    ways: list[dict[Gaps, Way]] = []
    worth = dict.fromkeys(weeks[-1].ends if weeks else [start], 0)
    for week in reversed(weeks):
        # How the week may end matters only by comparison: so most weeks in the middle of a plan go on alike.
        most = max(worth.values())
        ends = tuple(worth[gaps] - most if gaps in worth else NEVER for gaps in week.ends)
        if (week, ends) not in solved:
            solved[week, ends] = memory.search.ways(week, ends)
        ways.append(solved[week, ends])
        worth = {gaps: way.points + most for gaps, way in ways[-1].items()}
    return Solution(worth[start], tuple(_chosen(problem, start, reversed(ways))))


def _chosen(problem: SearchProblem, gaps: Gaps, ways: Iterable[dict[Gaps, Way]]) -> Iterator[tuple[Option, ...]]:
    """Yield what is chosen on each day, each week begun as the one before has ended."""
    for week, by_gaps in zip(problem.weeks, ways, strict=True):
        way = by_gaps[gaps]
        for day, plan in zip(week.days, way.plans, strict=True):
            chosen = [day.windows[window][option] for window, option in plan.picks]
            yield tuple(sorted(chosen, key=attrgetter("start", "end")))
        gaps = way.end


def gaps_of(problem: SearchProblem) -> tuple[Gaps, Gaps]:
    """Return the gaps at the beginning of a problem, and those past which nothing changes any more."""
    most = max([day.run_gap for week in problem.weeks for day in week.days], default=1)
    far = Gaps(max(problem.run_gap, most, len(problem.spread)), problem.hard_gap, problem.long_gap, back=False)
    run, hard, long = (
        least if days is None else min(days, least) for days, least in zip(problem.since, far[:3], strict=True)
    )
    more = tuple(
        min((0 if spacing.in_a_row else spacing.days) if spacing.since is None else spacing.since, spacing.days)
        for spacing in problem.spacings
    )
    # What was done before the plan stands where it stood.
    placed = (HARD if hard < far.hard else 0) | (LONG if long < far.long else 0)
    return Gaps(run, hard, long, problem.first_run_back, placed, more=more), far


def _maps(problem: SearchProblem, start: Gaps, memory: SearchMemory) -> list[WeekMap]:
    """Return a map of each week; weeks that are alike, and may begin alike, share one."""
    maps = memory.maps
    week_maps: list[WeekMap] = []
    begins: list[Gaps] = [start]
    for week in problem.weeks:
        counters = memory.counters(week.caps)
        days = [memory.day_map(problem, day, counters) for day in week.days]
        alike = (counters, *days, *begins)
        if alike not in maps:
            maps[alike] = WeekMap(days, counters, begins)
            memory.effort.spend(maps[alike].moves)
        week_maps.append(maps[alike])
        begins = week_maps[-1].ends
    return week_maps


_TOLD_APART = attrgetter(
    "kind",
    "points",
    "uses",
    "run",
    "hard",
    "long",
    "back",
    "done",
    "asked",
    "in_place",
    "order",
    "counts",
    "asks",
    "precedence",
)


def shape_of(day: Day) -> object:
    """Return all that matters of a day to the search: neither its date nor the keys of its options."""
    begins = min((option.start for window in day.windows for option in window), default=0)
    windows = [
        tuple([(option.start - begins, option.end - begins, *_TOLD_APART(option)) for option in window])
        for window in day.windows
    ]
    return day.break_ends, day.order_ends, day.run_gap, tuple(windows)
