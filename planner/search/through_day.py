"""Through a day, the annex of the clever room: the best plan with another day in the place of one.

Where a question puts a workout on a day, the days before and after it offer what they always do. So the best ways from
the beginning to the states before a day, and from the states after it to the end, are found once for all questions, and
a day in the place of another only has to join them. Counters that hold nothing yet allow all that others allow, and
more: what is still to come with them is a limit that nothing passes, and most of the states stay unseen. This pays for
plans with few states; for the others there is `branch_and_bound`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import NamedTuple

from planner.search.branch_and_bound import EVER
from planner.search.day_plans import WORKS, DayPlan
from planner.search.problem import Day, SearchProblem
from planner.search.solve import SearchMemory, gaps_of, has_many_states
from planner.search.state_graph import DayMap, Gaps

MOST_STATES = 10_000
"""So many states of the counters, of all weeks together, are few (measured: `bench/ask.py`)."""


class DayState(NamedTuple):
    """Stand before a day: the gaps, and how many days without a workout the week still owes."""

    gaps: Gaps
    owed: int


class Trail(NamedTuple):
    """Hold a best way from the beginning to a state, or from a state to the end.

    `plan` fills the day next to the state, `gain` are its points without those for precedence, `points` those of the
    whole way.
    """

    points: int
    gain: int = 0
    plan: DayPlan | None = None
    beyond: Trail | None = None
    """The rest of the way."""


class Spot(NamedTuple):
    """Hold a day of the plan: what it offers, and how many days of its week follow.

    `guard` is that of its counters, and `fresh` what they hold after it if nothing has been used. Where the next day
    begins a week, `turn` are the days without a workout that this week owes; else it is None.
    """

    map: DayMap
    left: int
    guard: int
    fresh: int
    turn: int | None
    moves: dict[DayState, list[tuple[list[DayPlan], int, DayState]]]
    """What a place allows, as far as it was asked for."""


class Detour(NamedTuple):
    """Hold the best plan through a day: its points, and what is picked on each day, as window and option."""

    points: int
    picks: tuple[tuple[tuple[int, int], ...], ...]


Ways = Mapping[DayState, Sequence[tuple[int, Trail]]]
"""The best way to each state before a day by its place, with what the counters hold; the most points first."""


def has_few_states(problem: SearchProblem) -> bool:
    """Whether detours pay for a problem."""
    return count_states(problem) <= MOST_STATES and not has_many_states(problem)


def count_states(problem: SearchProblem) -> int:
    """Return how many states the counters of all weeks together have."""
    return sum(prod(cap + 1 for cap in week.caps) for week in problem.weeks)


class Detours:
    """Know the best ways to and from each state of a problem, as far as they were asked for."""

    def __init__(self, problem: SearchProblem, memory: SearchMemory) -> None:
        self._problem, self._memory = problem, memory
        self._counters = [memory.counters(week.caps) for week in problem.weeks for _ in week.days]
        begins = [(memory.counters(week.caps).empty, max(len(week.days) - week.caps[0], 0)) for week in problem.weeks]
        self._spots: list[Spot] = []
        for week, (empty, _), following in zip(problem.weeks, begins, [*begins[1:], (0, 0)], strict=True):
            counters = memory.counters(week.caps)
            for left, day in zip(range(len(week.days) - 1, -1, -1), week.days, strict=True):
                fresh, turn = (empty, None) if left else following
                self._spots.append(Spot(memory.day_map(problem, day, counters), left, counters.guard, fresh, turn, {}))
        empty, owed = begins[0]
        self._to: list[Ways] = [{DayState(gaps_of(problem)[0], owed): [(empty, Trail(0))]}]
        self._from: list[dict[DayState, dict[int, Trail | None]]] = [{} for _ in range(len(self._spots) + 1)]
        """The best way from each state before a day to the end, None where there is none."""

    def best(self, number: int, day: Day) -> Detour:
        """Return the best plan with a day in the place of the one of that number; `ValueError` where there is none."""
        while len(self._to) <= number:
            self._to.append(_on(self._spots[len(self._to) - 1], self._to[-1]))
        instead = self._memory.day_map(self._problem, day, self._counters[number])
        most = -EVER
        joined: list[tuple[Trail, Trail]] = []
        for to, rest in self._joined(number, self._spots[number]._replace(map=instead, moves={})):
            points = to.points + rest.points
            if points > most:
                most, joined = points, []
            if points == most:
                joined.append((to, rest))
        # Of equal plans that with more points on the first day on which they differ.
        to, rest = max(joined, key=lambda pair: (*_gains(pair[0])[::-1], *_gains(pair[1])))
        return Detour(most, tuple(plan.picks for plan in (*_plans(to)[::-1], *_plans(rest))))

    def _joined(self, number: int, spot: Spot) -> Iterator[tuple[Trail, Trail]]:
        """Yield ways over a day with the best ways on from there, none that is worse than one before it."""
        most = -EVER
        for place, trails in self._to[number].items():
            for plans, extra, after in _moves(spot, place):
                limit = self._rest(number + 1, after, spot.fresh)
                if limit is None:
                    continue
                for plan in plans:
                    gain = plan.points + extra
                    for used, trail in trails:
                        if trail.points + gain + limit.points < most:
                            break
                        now = used + plan.uses
                        if now & spot.guard:
                            continue
                        rest = self._rest(number + 1, after, now if spot.turn is None else spot.fresh)
                        if rest is not None and trail.points + gain + rest.points >= most:
                            most = trail.points + gain + rest.points
                            yield Trail(trail.points + gain, gain - plan.before, plan, trail), rest

    def _rest(self, number: int, place: DayState, used: int) -> Trail | None:
        """Return the best way from a state before a day to the end, None where there is none."""
        trails = self._from[number].setdefault(place, {})
        if used not in trails:
            trails[used] = self._way_on(number, place, used) if number < len(self._spots) else Trail(0)
        return trails[used]

    def _way_on(self, number: int, place: DayState, used: int) -> Trail | None:
        best: Trail | None = None
        spot = self._spots[number]
        for plans, extra, after in _moves(spot, place):
            limit = self._rest(number + 1, after, spot.fresh)
            if limit is None:
                continue
            for plan in plans:
                gain = plan.points + extra
                if best is not None and gain + limit.points < best.points:
                    break
                now = used + plan.uses
                if now & spot.guard:
                    continue
                rest = self._rest(number + 1, after, now if spot.turn is None else spot.fresh)
                if rest is None or (best is not None and gain + rest.points < best.points):
                    continue
                way = Trail(gain + rest.points, gain - plan.before, plan, rest)
                if best is None or way.points > best.points or _gains(way) > _gains(best):
                    best = way
        return best


def _on(spot: Spot, ways: Ways) -> Ways:
    """Return the best ways to the states after a day, given those to the states before it."""
    reached: dict[DayState, dict[int, Trail]] = {}
    for place, trails in ways.items():
        for plans, extra, after in _moves(spot, place):
            by_moment = reached.setdefault(after, {})
            for plan in plans:
                gain = plan.points + extra
                for used, trail in trails:
                    now = used + plan.uses
                    if now & spot.guard:
                        continue
                    now = now if spot.turn is None else spot.fresh
                    old = by_moment.get(now)
                    if old is not None and trail.points + gain < old.points:
                        continue
                    way = Trail(trail.points + gain, gain - plan.before, plan, trail)
                    if old is None or way.points > old.points or _gains(way)[::-1] > _gains(old)[::-1]:
                        by_moment[now] = way
    return {place: sorted(trails.items(), key=lambda timed: -timed[1].points) for place, trails in reached.items()}


def _moves(spot: Spot, place: DayState) -> list[tuple[list[DayPlan], int, DayState]]:
    """Return the plans of a day that a place allows, what the spread of runs adds, and the places after it.

    They come by the points of their best plan, the most first.
    """
    if place not in spot.moves:
        moves = spot.moves[place] = []
        for group, extra, gaps in spot.map.moves(place.gaps):
            owed = place.owed if group.nature & WORKS else max(place.owed - 1, 0)
            if owed <= spot.left:
                moves.append((group.plans, extra, DayState(gaps, owed if spot.turn is None else spot.turn)))
        moves.sort(key=lambda move: -move[0][0].points - move[1])
    return spot.moves[place]


def _plans(trail: Trail) -> list[DayPlan]:
    """Return the day plans of a way, from its state on."""
    return [trail.plan for trail in _days(trail) if trail.plan is not None]


def _gains(trail: Trail) -> list[int]:
    """Return the points of each day of a way, from its state on."""
    return [trail.gain for trail in _days(trail)]


def _days(trail: Trail) -> Iterator[Trail]:
    """Yield a way with each of its days at the head; the end of it is no day."""
    while trail.beyond is not None:
        yield trail
        trail = trail.beyond
