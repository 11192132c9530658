"""Branch and bound, the clever room: the best way through a week, with hardly a look at all the others.

The counters of a rich week (four runs, two rides, two swims … in every combination) have very many states. Almost all
of them stay unseen, though nothing is guessed:

- **Prices stand in for caps.** Let each use of a counter cost a price, and let no cap hold: then the best way on from a
  place no longer hangs on the counters and is found at once, from the last day back. A plan that keeps the caps uses no
  more than what they leave, so its points are at most its priced points and the price of all that they leave. The most
  priced points still to come, with that price added, are therefore a limit that no plan passes (Lagrangian relaxation).
- **Good prices are sought.** Where the best priced plan uses a counter too often its price goes up, where too seldom it
  goes down (subgradient steps). Any prices give true limits; good ones give low limits, mostly a few points too high.
- **A state is asked for a number of points.** It tries its moves from the best limit on, and leaves untried only what
  by its limit gives less than is asked for. If what it finds is no less than any limit that it left, it has found its
  best. Otherwise it has proven a new limit, the highest of those, and keeps it. The week's beginning is asked for a few
  points less than its limit; if that was too much, for ever fewer, until it has found its best.
- **Found is found.** What is found or proven for a state is so for all the ways in which the week may begin.

Without prices (`bounded=False`) no limit is known, and every state that can be reached is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from planner.search.state_graph import DayPlan, Gaps, Move, StateNode, WeekMap

TRIES = 3
"""So often a beginning is asked by the prices of the one before; then good ones are sought for itself."""


class Pace(NamedTuple):
    """Say how prices are sought, and how much is asked for, in points (times the unit of a problem).

    A price changes by `first` at first for each use too many or too few, by `known` where good prices of a like week
    are known. A step that did not lower the limit makes the next one `shorter`; after `long_way` in a row that did,
    each one is twice as long: what goes before all else is worth so much more that prices have far to go. Steps
    below `last` are not worth their time. A week is asked first for `allowance` points less than its limit; each
    further try triples them.
    """

    first: float
    known: float
    shorter: float
    long_way: int
    last: float
    allowance: float


NEAR_PRICES = Pace(first=160, known=16, shorter=0.75, long_way=8, last=8, allowance=20)
"""For points as preferences give them (measured: `bench/solver.py`)."""
WHOLE_POINTS = Pace(first=8, known=1, shorter=0.95, long_way=3, last=0.0003, allowance=0.9999)
"""For points that are whole units: a limit less than one above is none above."""

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

    def __init__(self, *, bounded: bool, unit: int = 1, pace: Pace = NEAR_PRICES) -> None:
        self._bounded, self._pace = bounded, pace
        self._unit = unit
        """What a point counts: where it counts more, steps are as much longer."""
        self._known_prices: dict[tuple[tuple[int, ...], Gaps | None], list[int]] = {}
        """Good prices by the caps and how the week begins, and under None the last ones."""
        self._costs: dict[int, int] = {}
        """What a day plan's uses cost, by what it adds to the counters."""
        self._guard = self._spare = 0
        """The guard bits of a week's counters, and what all that its caps allow costs."""
        self.work = 0
        """How many states and places were looked at so far: what the search has cost, on any machine."""

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
        if self._bounded and begins:
            self._seek_prices(week, begins[0], alone=len(begins) == 1)
        return {begin.gaps: self._way(week, begin, alone=len(begins) == 1) for begin in begins}

    def _way(self, week: WeekMap, begin: StateNode, *, alone: bool) -> Way:
        used = week.counters.empty
        first = int(self._pace.allowance * self._unit) if self._bounded else 2 * EVER
        below, tries = first, 0
        while used not in begin.exact:
            if tries == TRIES and self._bounded and not alone:
                limit = begin.ahead + self._spare
                self._seek_prices(week, begin, alone=False)
                below = first if begin.ahead + self._spare < limit else below
            self._visit(begin, used, begin.ahead + self._spare - below, self._spare)
            below, tries = 3 * below, tries + 1
        points, plans, place = begin.exact[used], [], begin
        while place.moves:
            _, plan, place = max(_best_moves(place, used), key=itemgetter(0))
            used += plan.uses
            plans.append(plan)
        return Way(points, plans, place.gaps)

    def _visit(self, place: StateNode, used: int, need: int, spare: int) -> None:
        """Find the most points still to come from a state if they are at least `need`; if not, maybe only a limit.

        `used` is what the counters hold, and `spare` the price of what they leave.
        """
        self.work += 1
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
                    # From now on nothing less is of use (what is equal is, for the choice among equals).
                    need = max(need, best)
        if best > limit:
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
        known = self._known_prices.get((caps, begin.gaps)) or self._known_prices.get((caps, None))
        size = (pace.known if known else pace.first) * self._unit
        prices = known or [0] * len(caps)
        good, lowest = prices, EVER
        layers = _reachable(begin)
        lowered, places = 0, sum(map(len, layers))
        while True:
            self.work += places
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
        self._known_prices[caps, begin.gaps] = self._known_prices[caps, None] = good
        self._spare = _worth(good, caps)

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


def _best_moves(place: StateNode, used: int) -> Iterator[tuple[int, DayPlan, StateNode]]:
    """Yield every move that leads on from a state to its best points, with what it gives beside precedence."""
    for group, extra, after in place.moves:
        for plan in group.plans:
            gained = plan.points + extra
            if gained + after.exact.get(used + plan.uses, EVER) == place.exact[used]:
                yield gained - plan.before, plan, after


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
