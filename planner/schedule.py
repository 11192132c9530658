"""The scheduler: the best plan, not a good one, by dynamic programming over days.

It knows nothing of regions or rules: `candidates` gives it, for each day, the workouts that may be done and what each
is worth, and it chooses. All that one day must know of those before it is small: what the week holds so far, and how
long ago the last run, hard day and long run were. Its cost is linear in the weeks. Rich weeks have so many states that
`bound` first works out which of them could be part of a best plan; the answer is the same, and the tests hold both
against exhaustive search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import prod
from typing import NamedTuple, Protocol


@dataclass(frozen=True, slots=True)
class Option:
    """Offer one workout at one time of one day.

    `start` and `end` are minutes on any common scale; `uses` lists the week's counters (see `Week.caps`) that the
    workout takes one of each. `back` is `"first"` where the option is open only to the first run after a break that a
    rule ordered, `"later"` where only to the runs after that one, and `""` where it does not matter.
    """

    key: int
    kind: str
    start: int
    end: int
    points: int
    uses: tuple[int, ...]
    run: bool = False
    hard: bool = False
    long: bool = False
    back: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """Hold a day's start windows, each with its options, at most one of which is taken.

    `break_ends` says that a break from running, ordered by a rule, ends on this day: the next run is the first back.
    """

    windows: tuple[tuple[Option, ...], ...] = ()
    break_ends: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """Hold up to seven days and how often each counter may be used in them; counter 0 counts days with a workout."""

    days: tuple[Day, ...]
    caps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """State what to choose from, what must hold, and what a spread or a crowded day costs.

    The gaps are days from one to the next (1: the next day is allowed). `spread` is the cost of a run by its gap in
    days to the one before, from index 1 on; gaps past its end cost nothing. `crowded` is the cost of each workout of a
    day after its first. `first_run_back` says that the first run of all is a first one back. `since` counts the
    days from the last run, hard day and long run before the plan to its first day (1: yesterday); None is long ago.
    """

    weeks: tuple[Week, ...]
    run_gap: int = 1
    hard_gap: int = 1
    long_gap: int = 1
    spread: tuple[int, ...] = (0,)
    crowded: int = 0
    first_run_back: bool = False
    since: tuple[int | None, int | None, int | None] = (None, None, None)


@dataclass(frozen=True, slots=True)
class Solution:
    """Hold the best choice: its points, and the chosen options of each day in order of time."""

    points: int
    days: tuple[tuple[Option, ...], ...]


class Gaps(NamedTuple):
    """Remember what the next day must know: days since the last run, hard day and long run, and the first run back."""

    run: int
    hard: int
    long: int
    back: bool


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Hold one way to fill a day: its points, what it takes from the week's counters, and what it is."""

    points: int
    uses: int
    run: bool
    hard: bool
    long: bool
    back: str
    options: tuple[Option, ...]

    @property
    def counted(self) -> tuple[int, ...]:
        """The week's counters that it takes from, one entry for each use (days with a workout left out)."""
        return tuple(use for option in self.options for use in option.uses)

    def at(self, prices: Sequence[int]) -> DayPlan:
        """Return the day plan with its points less the price of what it uses."""
        return replace(self, points=self.points - sum(prices[use] for use in self.counted))


Layer = dict[Gaps, dict[int, int]]
"""For each state of the gaps, the best points by what the week's counters hold."""

MANY_STATES = 3000
"""From so many states of a week's counters on, a bound pays for itself (measured: `bench/solver.py`)."""


def solve(problem: Problem, *, bounded: bool | None = None) -> Solution:
    """Return the plan with the most points; among equals always the same one.

    `bounded` says whether to leave out states that cannot be part of a best plan: by default where there are many.
    """
    search = Search(problem)
    if bounded is None:
        bounded = max((prod(cap + 1 for cap in week.caps) for week in problem.weeks), default=0) >= MANY_STATES
    if not bounded:
        return search.best(None) or Solution(0, ())
    from planner.bound import best_within_bound  # noqa: PLC0415 (most weeks do without)

    return best_within_bound(search)


class Counters:
    """Count a week's workouts in the bits of one whole number.

    Each counter starts so high that one more than its cap sets its guard bit: a single `&` tells whether a day plan
    would use any counter too often.
    """

    def __init__(self, caps: Sequence[int]) -> None:
        self.caps = tuple(caps)
        self.ones: list[int] = []
        self.places: list[tuple[int, int]] = []
        self.empty = self.guard = shift = 0
        for cap in caps:
            width = max(cap, 1).bit_length()
            self.ones.append(1 << shift)
            self.places.append((shift, width))
            self.empty |= ((1 << width) - 1 - cap) << shift
            self.guard |= 1 << (shift + width)
            shift += width + 1
        self.days = (1 << max(caps[0], 1).bit_length()) - 1
        """The bits of counter 0, the days with a workout."""

    def worth(self, used: int, prices: Sequence[int]) -> int:
        """Return what the uses so far cost at some prices."""
        return sum(
            (((used - self.empty) >> shift) & ((1 << width) - 1)) * price
            for (shift, width), price in zip(self.places, prices, strict=True)
        )

    def hold(self, uses: Sequence[int]) -> bool:
        """Return whether a day alone keeps every cap: only then does the guard bit tell of one use too many."""
        return all(uses.count(use) <= self.caps[use] for use in set(uses))

    def of(self, uses: Sequence[int]) -> int:
        """Return what to add for one use of each of some counters."""
        return sum(self.ones[use] for use in uses)


def day_plans(day: Day, counters: Counters, crowded: int) -> list[DayPlan]:
    """Return the ways to fill a day, of those alike for all other days only the best."""
    best: dict[tuple[int, bool, bool, bool, str], DayPlan] = {}
    for options in _choices(day.windows):
        used = [use for option in options for use in option.uses]
        if not counters.hold(used):
            continue
        backs = {option.back for option in options if option.run}
        plan = DayPlan(
            points=sum(option.points for option in options) - crowded * max(len(options) - 1, 0),
            uses=counters.of(used) + (counters.ones[0] if options else 0),
            run=any(option.run for option in options),
            hard=any(option.hard for option in options),
            long=any(option.long for option in options),
            back=max(backs, default=""),
            options=options,
        )
        key = (plan.uses, plan.run, plan.hard, plan.long, plan.back)
        if key not in best or plan.points > best[key].points:
            best[key] = plan
    return list(best.values())


def _choices(windows: Sequence[Sequence[Option]]) -> Iterator[tuple[Option, ...]]:
    """Yield every choice of at most one option a window that one person can do on one day."""
    if not windows:
        yield ()
        return
    for earlier in _choices(windows[:-1]):
        yield earlier
        for option in windows[-1]:
            if all(_together(one, option) for one in earlier):
                yield (*earlier, option)


def _together(one: Option, later: Option) -> bool:
    """Whether two workouts of a day go together: no overlap, no kind twice, one hard workout a day."""
    return later.start >= one.end and later.kind != one.kind and not (one.hard and later.hard)


class Floors(Protocol):
    """Tell the search which states cannot be part of a best plan; `bound` makes them."""

    prices: Sequence[Sequence[int]]
    """For each week, what a use of each counter costs while the week lasts; it is paid back at the week's end."""

    def least(self, day: int, gaps: Gaps) -> Sequence[int]:
        """Return the least points worth keeping before a day (counted over all weeks), by the bits of the days used."""


@dataclass(frozen=True, slots=True)
class _Trail:
    """Keep what led through a week: each day's plans, and the layers before the days and after the last."""

    plans: list[list[DayPlan]]
    layers: list[Layer]
    paid: dict[int, int]
    """What was paid back at the week's end, by what the counters held."""


class Search:
    """Search the plans of a problem day by day; of plans that are alike for all later days it keeps only the best."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        # Past these gaps nothing changes any more: the state stays small.
        self.far = Gaps(max(problem.run_gap, len(problem.spread)), problem.hard_gap, problem.long_gap, back=False)
        run, hard, long = (
            far if days is None else min(days, far) for days, far in zip(problem.since, self.far[:3], strict=True)
        )
        self.start = Gaps(run, hard, long, problem.first_run_back)
        self.counters = [Counters(week.caps) for week in problem.weeks]
        self.plans = [
            [day_plans(day, counters, problem.crowded) for day in week.days]
            for week, counters in zip(problem.weeks, self.counters, strict=True)
        ]

    def best(self, floors: Floors | None = None) -> Solution | None:
        """Return the best plan, or None where the floors leave none."""
        reached = {self.start: 0}
        trails = []
        day_number = 0
        for number, week in enumerate(self.problem.weeks):
            prices = floors.prices[number] if floors else ()
            trail = self._week(number, reached, floors, day_number)
            day_number += len(week.days)
            last = trail.layers[-1]
            for by_uses in last.values():
                for used in by_uses if prices else ():
                    trail.paid[used] = self.counters[number].worth(used, prices)
                    by_uses[used] += trail.paid[used]
            reached = {gaps: max(by_uses.values()) for gaps, by_uses in last.items() if by_uses}
            trails.append(trail)
        return self._trace(reached, trails) if reached else None

    def _week(self, number: int, reached: dict[Gaps, int], floors: Floors | None, day_number: int) -> _Trail:
        counters = self.counters[number]
        layer: Layer = {gaps: {counters.empty: points} for gaps, points in reached.items()}
        trail = _Trail([], [layer], {})
        for day, plans in zip(self.problem.weeks[number].days, self.plans[number], strict=True):
            day_number += 1
            if floors is None:
                trail.plans.append(plans)
                layer = self._next(layer, day, plans, counters)
            else:
                trail.plans.append([plan.at(floors.prices[number]) for plan in plans])
                layer = self._next(layer, day, trail.plans[-1], counters, partial(floors.least, day_number))
            trail.layers.append(layer)
        return trail

    def _next(
        self,
        layer: Layer,
        day: Day,
        plans: Sequence[DayPlan],
        counters: Counters,
        least: Callable[[Gaps], Sequence[int]] | None = None,
    ) -> Layer:
        """Return the layer after a day. These loops are where the time goes: they stay plain."""
        following: Layer = {}
        guard, days = counters.guard, counters.days
        for gaps, by_uses in layer.items():
            for plan, points, after in self.moves(gaps, day, plans):
                target = following.setdefault(after, {})
                known, uses = target.get, plan.uses
                if least is None:
                    for used, so_far in by_uses.items():
                        now = used + uses
                        if not now & guard:
                            total = so_far + points
                            if total > known(now, total - 1):
                                target[now] = total
                    continue
                floor = least(after)
                for used, so_far in by_uses.items():
                    now = used + uses
                    if not now & guard:
                        total = so_far + points
                        if total >= floor[now & days] and total > known(now, total - 1):
                            target[now] = total
        return following

    def moves(self, gaps: Gaps, day: Day, plans: Sequence[DayPlan]) -> Iterator[tuple[DayPlan, int, Gaps]]:
        """Yield the ways to fill a day that the gaps allow, with their points and the gaps on the day after."""
        problem, far = self.problem, self.far
        back = gaps.back or day.break_ends
        for plan in plans:
            points = plan.points
            if plan.run:
                if gaps.run < problem.run_gap or plan.back == ("later" if back else "first"):
                    continue
                if gaps.run < len(problem.spread):
                    points -= problem.spread[gaps.run]
            if (plan.hard and gaps.hard < problem.hard_gap) or (plan.long and gaps.long < problem.long_gap):
                continue
            after = Gaps(
                1 if plan.run else min(gaps.run + 1, far.run),
                1 if plan.hard else min(gaps.hard + 1, far.hard),
                1 if plan.long else min(gaps.long + 1, far.long),
                back and not plan.run,
            )
            yield plan, points, after

    def _trace(self, reached: dict[Gaps, int], trails: list[_Trail]) -> Solution:
        """Walk back from the best end: each step asks which state and day plan gave exactly these points."""
        gaps = max(reached, key=lambda each: reached[each])
        total = points = reached[gaps]
        days: list[tuple[Option, ...]] = []
        for week, trail in zip(reversed(self.problem.weeks), reversed(trails), strict=True):
            used = next(each for each, best in trail.layers[-1][gaps].items() if best == points)
            points -= trail.paid.get(used, 0)
            for day, plans, before in zip(
                reversed(week.days), reversed(trail.plans), reversed(trail.layers[:-1]), strict=True
            ):
                plan, gaps, used, points = self._came_from(before, day, plans, (gaps, used, points))
                days.append(plan.options)
        return Solution(total, tuple(reversed(days)))

    def _came_from(
        self, before: Layer, day: Day, plans: Sequence[DayPlan], state: tuple[Gaps, int, int]
    ) -> tuple[DayPlan, Gaps, int, int]:
        gaps, used, points = state
        for earlier, by_uses in before.items():
            for plan, gained, after in self.moves(earlier, day, plans):
                if after == gaps and by_uses.get(used - plan.uses) == points - gained:
                    return plan, earlier, used - plan.uses, points - gained
        raise AssertionError("every state of a layer came from the layer before")
