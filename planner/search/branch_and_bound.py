"""Branch and bound, the clever room: the best way through a week, with hardly a look at all the others.

The counters of a rich week (four runs, two rides, two swims … in every combination) have very many states. Almost all
of them stay unseen, though nothing is guessed:

- **Prices stand in for caps.** Let each use of a counter cost a price, and let no cap hold: then the best way on from a
  place no longer hangs on the counters and is found at once, from the last day back. A plan that keeps the caps uses no
  more than what they leave, so its points are at most its priced points and the price of all that they leave. The most
  priced points still to come, with that price added, are therefore a limit that no plan passes (Lagrangian relaxation).
- **Good prices are sought.** Where the best priced plan uses a counter too often its price goes up, where too seldom it
  goes down (subgradient steps); it begins with what goes before what, where that is known. Any prices give true limits;
  good ones give low limits, mostly a few points too high. Where likely ones are known, a week is tried by them first.
- **A state is asked for a number of points.** It tries its moves from the best limit on, and leaves untried only what
  by its limit gives less than is asked for. If what it finds is no less than any limit that it left, it has found its
  best. Otherwise it has proven a new limit, the highest of those, and keeps it. The week's beginning is asked for a few
  points less than its limit; if that was too much, for ever fewer, until it has found its best.
- **Equals are settled last.** Only what is better than the best so far is searched for. Which of the equally good ways
  is taken is asked on the way itself, move by move, of those alone that can still lead there.
- **Found is found.** What is found or proven for a state is so for all the ways in which the week may begin.

Without prices (`bounded=False`) no limit is known, and every state that can be reached is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from operator import itemgetter
from typing import NamedTuple

from planner.search.day_plans import DayPlan
from planner.search.effort import Effort, TooMuchWork
from planner.search.state_graph import Gaps, Move, StateNode, WeekMap


class Pace(NamedTuple):
    """Say how prices are sought, and how much is asked for, in points (times the unit of a problem).

    A price changes by `first` at first for each use too many or too few, by `settled` where good prices of a like week
    are known. A step that did not lower the limit makes the next one `shorter`; after `long_way` in a row that did,
    each one is twice as long: what goes before all else is worth so much more that prices have far to go. Steps
    below `last` are not worth their time. A week is asked first for `allowance` points less than its limit; each
    further try triples them. After so many `tries` by the prices of another beginning good ones are sought for itself;
    where they are `trusted`, the first beginning too is tried by those of a week before, and the first week of all by
    those that are likely. `whole` points are multiples of the unit: a limit is rounded down to one.
    """

    first: float
    settled: float
    shorter: float
    long_way: int
    last: float
    allowance: int
    tries: int
    trusted: bool = False
    whole: bool = False


TRIAL = 1000
"""So many visits at the most are made by prices that are merely likely, before better ones are sought (measured)."""
NEAR_PRICES = Pace(first=160, settled=16, shorter=0.75, long_way=8, last=8, allowance=20, tries=3)
"""For points as preferences give them (measured: `bench/solver.py`)."""
WHOLE_POINTS = Pace(
    first=8, settled=1, shorter=0.9, long_way=3, last=0.01, allowance=0, tries=1, trusted=True, whole=True
)
"""For points that are whole units: a limit less than one above is none above."""

MOST_STEPS = 500
"""Prices are sought in so many steps at the most: 120 are usual, and those found by then give true limits too."""
EVER = 10**24
"""More points than any plan has."""
NEVER = -(10**22)
"""The points of a week's end that nothing may follow: fewer than any plan has, but not than no plan at all."""


class Way(NamedTuple):
    """Hold the best way through a week: its points, those after the week included, its day plans, and how it ends."""

    points: int
    plans: list[DayPlan]
    end: Gaps


class WeekSearch:
    """Find the best ways through weeks, one after the other."""

    def __init__(self, effort: Effort, *, bounded: bool, unit: int = 1, pace: Pace = NEAR_PRICES) -> None:
        self._effort, self._bounded, self._pace = effort, bounded, pace
        self._unit = unit
        """What a point counts: where it counts more, steps are as much longer."""
        self._known_prices: dict[tuple[tuple[int, ...], Gaps | None], list[int]] = {}
        """Good prices by the caps and how the week begins, and under None the last ones."""
        self.first_prices: Sequence[int] = ()
        """Where good prices are sought from, if none are known of any week with the same caps; default: zero."""
        self.last_prices: Sequence[int] = ()
        """The good ones that were found last."""
        self._costs: dict[int, int] = {}
        """What a day plan's uses cost, by what it adds to the counters."""
        self._guard = self._spare = 0
        """The guard bits of a week's counters, and what all that its caps allow costs."""

    def ways(self, week: WeekMap, ends: Sequence[int]) -> dict[Gaps, Way]:
        """Return the best way from each beginning of a week; `ends` are the points that come after each of its ends.

        Where what is done leaves no way from a beginning, it is left out.
        """
        for places in week.places:
            for place in places:
                place.ahead = EVER
                place.exact, place.limits, place.ranking = {}, {}, []
        for place, points in zip(week.places[-1], ends, strict=True):
            place.ahead = points
        self._guard = week.counters.guard
        if not self._bounded:
            self._set_prices(week, [0] * len(week.counters.caps))
        begins = [begin for begin in week.begins if begin.moves or not week.days]
        alone = len(begins) == 1
        trial, settled = False, None
        if self._bounded and begins and self._pace.trusted:
            settled = self._settled_prices(week, begins[0])
            trial = settled is None and len(self.first_prices) == len(week.counters.caps)
        if trial or settled:
            self._use_prices(week, settled or self.first_prices)
        elif self._bounded and begins:
            self._seek_prices(week, begins[0], alone=alone)
        sought = alone and not trial and not settled
        return {begin.gaps: self._way(week, begin, alone=alone, sought=sought, trial=trial) for begin in begins}

    def _way(self, week: WeekMap, begin: StateNode, *, alone: bool, sought: bool, trial: bool) -> Way:
        """Return the best way from a beginning.

        Args:
            week: the week.
            begin: how it begins.
            alone: whether it begins so in any case.
            sought: whether no better prices can be found for it.
            trial: whether its prices are merely likely: by them it is tried with little work.

        """
        used = week.counters.empty
        first = self._pace.allowance * self._unit if self._bounded else 2 * EVER
        below, tries = first, 0
        while used not in begin.exact:
            limit = begin.ahead + self._spare
            if tries == self._pace.tries and self._bounded and not sought:
                self._seek_prices(week, begin, alone=alone)
                below = first if begin.ahead + self._spare < limit else below
                limit = begin.ahead + self._spare
            # Where points are whole units no plan has a part of one more.
            most = limit // self._unit * self._unit if self._pace.whole else limit
            with self._effort.limited(TRIAL) if trial and tries < self._pace.tries else nullcontext():
                self._visit(begin, used, most - below, self._spare)
            below, tries = 3 * below or self._unit, tries + 1
        return self._walk(begin, used)

    def _walk(self, begin: StateNode, used: int) -> Way:
        """Return the best way from a state whose points are known.

        Of moves that are equally good it takes the one that gives most itself, precedence not counted, and of those the
        first offered: so it does not hang on the prices, nor on what was searched for before.
        """
        best, plans, place, spare = begin.exact[used], [], begin, self._spare
        while place.moves:
            points = place.exact[used]
            for gained, plan, after in self._promising(place, used, points, spare):
                now, left = used + plan.uses, spare - self._costs[plan.uses]
                if now not in after.exact:
                    self._visit(after, now, points - gained, left)
                if gained + after.exact.get(now, -EVER) == points:
                    break
            place, used, spare = after, now, left
            plans.append(plan)
        return Way(best, plans, place.gaps)

    def _promising(self, place: StateNode, used: int, points: int, spare: int) -> list[tuple[int, DayPlan, StateNode]]:
        """Return the moves that may lead on to some points, in the order of choice, with what they give."""
        moves = []
        for group, extra, after in place.moves:
            if group.best + extra + after.ahead + spare < points:
                continue
            for plan in group.plans:
                now = used + plan.uses
                if now & self._guard:
                    continue
                gained = plan.points + extra
                most = after.exact.get(now)
                if most is None:
                    most = min(after.limits.get(now, EVER), after.ahead + spare - self._costs[plan.uses])
                if gained + most >= points:
                    moves.append((gained, plan, after))
        return sorted(moves, key=lambda move: move[1].before - move[0])

    def _visit(self, place: StateNode, used: int, need: int, spare: int) -> None:
        """Find the most points still to come from a state if they are at least `need`; if not, maybe only a limit.

        `used` is what the counters hold, and `spare` the price of what they leave.
        """
        effort = self._effort
        effort.done += 1
        if effort.done > effort.most:
            raise TooMuchWork
        if not place.moves:
            place.exact[used] = place.ahead
            return
        best = limit = -EVER
        guard = self._guard
        for promise, (group, extra, after) in place.ranking or self._rank(place):
            if promise + spare < need:
                limit = max(limit, promise + spare)
                break
            exact, limits = after.exact, after.limits
            rest = extra + after.ahead + spare
            for priced, plan in group.ranking:
                if priced + rest < need:
                    limit = max(limit, priced + rest)
                    break
                now = used + plan.uses
                if now & guard:
                    continue
                gained = plan.points + extra
                if now not in exact and gained + limits.get(now, EVER) >= need:
                    self._visit(after, now, need - gained, spare + priced - plan.points)
                if now not in exact:
                    limit = max(limit, gained + limits[now])
                elif gained + exact[now] > best:
                    best = gained + exact[now]
                    # From now on only more is of use: which of the equals is taken `_walk` settles.
                    need = max(need, best + 1)
        if best >= limit and best > -EVER:
            place.exact[used] = best
        else:
            place.limits[used] = limit

    def _rank(self, place: StateNode) -> list[tuple[int, Move]]:
        costs = self._costs
        for move in place.moves:
            if not move.group.ranking:
                priced = [(plan.points - costs[plan.uses], plan) for plan in move.group.plans]
                move.group.ranking = sorted(priced, reverse=True)
        promised = [(move.group.best + move.extra + move.after.ahead, move) for move in place.moves]
        place.ranking = sorted(promised, key=itemgetter(0), reverse=True)
        return place.ranking

    def _seek_prices(self, week: WeekMap, begin: StateNode, *, alone: bool) -> None:
        """Seek prices that make the limit of a week's beginning low, and set them, for its other beginnings too."""
        caps, pace = week.counters.caps, self._pace
        prices_of_week = self._settled_prices(week, begin)
        size = (pace.settled if prices_of_week else pace.first) * self._unit
        near = list(self.first_prices) if len(self.first_prices) == len(caps) else [0] * len(caps)
        prices = prices_of_week or near
        good, lowest = prices, EVER
        layers = _reachable(begin)
        lowered, places = 0, sum(map(len, layers))
        for _ in range(MOST_STEPS):
            self._effort.look(places)
            self._set_prices(week, prices)
            _look_ahead(layers)
            limit = begin.ahead + _worth(prices, caps)
            if limit < lowest:
                good, lowest = prices, limit
                lowered += 1
                size *= 2 if lowered > pace.long_way else 1
            else:
                lowered = 0
                size *= pace.shorter
            excess = [used - cap for used, cap in zip(self._uses(week, begin), caps, strict=True)]
            # With these the best priced plan keeps the caps and wastes nothing that has a price: it is the best plan.
            settled = all(over == 0 or (over < 0 and price == 0) for over, price in zip(excess, prices, strict=True))
            if settled or size < pace.last * self._unit:
                break
            prices = [max(0, round(price + size * over)) for price, over in zip(prices, excess, strict=True)]
        if prices is not good:
            self._set_prices(week, good)
        if prices is not good or not alone:
            _look_ahead(layers if alone else week.places[-2::-1])
        self._known_prices[caps, begin.gaps] = self._known_prices[caps, None] = self.last_prices = good
        self._spare = _worth(good, caps)

    def _settled_prices(self, week: WeekMap, begin: StateNode) -> list[int] | None:
        """Return good prices of a week like this one, if any are known."""
        caps = week.counters.caps
        return self._known_prices.get((caps, begin.gaps)) or self._known_prices.get((caps, None))

    def _use_prices(self, week: WeekMap, prices: Sequence[int]) -> None:
        """Set prices that were good for another week."""
        self._effort.look(sum(map(len, week.places)))
        self._set_prices(week, prices)
        _look_ahead(week.places[-2::-1])
        self._spare = _worth(prices, week.counters.caps)
        self.last_prices = prices

    def _set_prices(self, week: WeekMap, prices: Sequence[int]) -> None:
        costs = {uses: sum([prices[use] for use in used]) for uses, used in week.counters.used.items()}
        for group in week.groups:
            group.best = max([points - costs[uses] for points, uses, _, _ in group.plans])
            group.ranking = []
        self._costs = costs

    def _uses(self, week: WeekMap, place: StateNode) -> list[int]:
        """Return how often the best priced plan uses each counter (counter 0, which has no price, at its cap)."""
        uses = [week.counters.caps[0], *[0] * (len(week.counters.caps) - 1)]
        while place.moves:
            group, _, place = next(move for move in place.moves if _promise(move) == place.ahead)
            plan = next(plan for plan in group.plans if plan.points - self._costs[plan.uses] == group.best)
            for use in week.counters.used[plan.uses]:
                uses[use] += 1
        return uses


def _reachable(begin: StateNode) -> list[list[StateNode]]:
    """Return the places that can be reached from one, from the last day back, without those after it."""
    layers = [[begin]]
    while layers[-1] and layers[-1][0].moves:
        layers.append(list({id(move.after): move.after for place in layers[-1] for move in place.moves}.values()))
    return layers[-2::-1]


def _look_ahead(layers: Sequence[Sequence[StateNode]]) -> None:
    for places in layers:
        for place in places:
            place.ahead = max([group.best + extra + after.ahead for group, extra, after in place.moves], default=NEVER)
            place.ranking = []


def _promise(move: Move) -> int:
    return move.group.best + move.extra + move.after.ahead


def _worth(prices: Sequence[int], caps: Sequence[int]) -> int:
    return sum([price * cap for price, cap in zip(prices, caps, strict=True)])
