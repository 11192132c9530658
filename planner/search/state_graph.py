"""What can be done in a week: the places that the ways to fill its days lead to.

A place is a day with all that it must know of the days before it, except for what the week's counters hold; moves lead
from place to place. Which moves the counters allow is left to `branch_and_bound`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from planner.search.day_plans import (
    ASKS,
    COUNTS,
    FIRST,
    HARD,
    LATER,
    LONG,
    MOVED,
    ORDER,
    RAN,
    RUN,
    SPACED,
    WAS_HARD,
    WAS_LONG,
    WORKS,
    Counters,
    Group,
    day_plans,
)

if TYPE_CHECKING:
    from planner.search.problem import Day, SearchProblem, Spacing


class Gaps(NamedTuple):
    """Remember what the next day must know: days since the last run, hard day and long run, and more."""

    run: int
    hard: int
    long: int
    back: bool
    placed: int = 0
    """HARD and LONG where the last such workout stands on its day of another's plan."""
    order: int = 0
    more: tuple[int, ...] = ()
    """For each of the problem's spacings, days since the last one, or days in a row with one."""


class DayMap:
    """Hold the ways to fill a day, and to which gaps they lead.

    The spacings know nothing of runs, hard days and long runs, nor these of them: each is worked out once for all the
    others, and the gaps after a day are put together of both.
    """

    def __init__(self, problem: SearchProblem, far: Gaps, day: Day, counters: Counters) -> None:
        self._problem, self._far = problem, far
        self._break_ends, self._order_ends = day.break_ends, day.order_ends
        self._run_gap = max(problem.run_gap, day.run_gap)
        numbered = list(enumerate(problem.spacings))
        within = [
            (1 << bit, spacing.minutes, spacing.most) for bit, spacing in numbered if spacing.minutes or spacing.most
        ]
        alone = (1 << bit for bit, spacing in numbered if spacing.alone and not spacing.in_a_row)
        gaps = sum(alone) & ~sum(bit for bit, _, _ in within)
        self.groups = day_plans(day, counters, problem.crowded, gaps, problem.weight, within)
        self._moves: dict[Gaps, list[tuple[Group, int, Gaps]]] = {}
        self._allowed: dict[Gaps, list[tuple[Group, int, Gaps]]] = {}
        self._spacings: dict[tuple[int, ...], dict[int, tuple[int, ...] | None]] = {}

    def moves(self, gaps: Gaps) -> list[tuple[Group, int, Gaps]]:
        """Return the groups that the gaps allow, what the spread of runs adds, and the gaps on the day after."""
        if gaps not in self._moves:
            self._moves[gaps] = self._allowed_by(gaps) if not gaps.more else list(self._spaced(gaps))
        return self._moves[gaps]

    def _spaced(self, gaps: Gaps) -> Iterator[tuple[Group, int, Gaps]]:
        """Yield the groups that the gaps allow, the spacings among them."""
        spacings = self._spacings.get(gaps.more)
        if spacings is None:
            spacings = self._spacings[gaps.more] = {
                spaced: self._spacings_after(gaps.more, spaced)
                for spaced in {group.nature & SPACED for group in self.groups}
            }
        for group, extra, after in self._allowed_by(gaps._replace(more=())):
            more = spacings[group.nature & SPACED]
            if more is not None:
                run, hard, long, back, placed, order, _ = after
                yield group, extra, Gaps(run, hard, long, back, placed, order, more)

    def _spacings_after(self, more: tuple[int, ...], spaced: int) -> tuple[int, ...] | None:
        """Return what the day after knows of the spacings, None where one of them forbids such a day."""
        asks, counts = spaced >> ASKS, spaced >> COUNTS
        for bit, (now, spacing) in enumerate(zip(more, self._problem.spacings, strict=True)):
            if asks >> bit & 1 and (now >= spacing.days if spacing.in_a_row else now < spacing.days):
                return None
        return tuple(
            [
                _next(now, spacing, counted=bool(counts >> bit & 1))
                for bit, (now, spacing) in enumerate(zip(more, self._problem.spacings, strict=True))
            ]
        )

    def _allowed_by(self, gaps: Gaps) -> list[tuple[Group, int, Gaps]]:
        """Return the groups that the gaps allow, whatever the spacings say; `gaps` is without these."""
        if gaps not in self._allowed:
            moves = [self._move(gaps, group) for group in self.groups]
            self._allowed[gaps] = [move for move in moves if move is not None]
        return self._allowed[gaps]

    def _move(self, gaps: Gaps, group: Group) -> tuple[Group, int, Gaps] | None:
        problem, far = self._problem, self._far
        run, hard, long = group.nature & RUN, group.nature & HARD, group.nature & LONG
        back = gaps.back or self._break_ends
        if run and (gaps.run < self._run_gap or group.nature & (LATER if back else FIRST)):
            return None
        # Two that both stand on their days of another's plan stand as near as they did there.
        placed = 0 if group.nature & MOVED else gaps.placed
        if (hard and gaps.hard < problem.hard_gap and not placed & HARD) or (
            long and gaps.long < problem.long_gap and not placed & LONG
        ):
            return None
        order = group.nature >> ORDER
        if 0 < order < gaps.order:
            return None
        # Past the gaps of `far` nothing changes any more: there are few gaps to tell apart.
        own = 0 if group.nature & MOVED else HARD | LONG
        since_hard = 1 if group.nature & (HARD | WAS_HARD) else min(gaps.hard + 1, far.hard)
        since_long = 1 if group.nature & (LONG | WAS_LONG) else min(gaps.long + 1, far.long)
        kept_hard = own if since_hard == 1 and group.nature & (HARD | WAS_HARD) else gaps.placed
        kept_long = own if since_long == 1 and group.nature & (LONG | WAS_LONG) else gaps.placed
        after = Gaps(
            1 if group.nature & (RUN | RAN) else min(gaps.run + 1, far.run),
            since_hard,
            since_long,
            back and not group.nature & (RUN | RAN),
            (kept_hard & HARD if since_hard < far.hard else 0) | (kept_long & LONG if since_long < far.long else 0),
            0 if self._order_ends else max(order, gaps.order),
        )
        spread = problem.spread[gaps.run] if run and gaps.run < len(problem.spread) else 0
        return group, -spread, after


def _next(now: int, spacing: Spacing, *, counted: bool) -> int:
    """Return what the next day knows of a spacing."""
    if spacing.in_a_row:
        return min(now + 1, spacing.days) if counted else 0
    return 1 if counted else min(now + 1, spacing.days)


class StateNode:
    """Stand before a day, or after the last one, with all that matters of the days before but the counters."""

    __slots__ = ("ahead", "exact", "gaps", "limits", "moves", "ranking")

    def __init__(self, gaps: Gaps) -> None:
        self.gaps = gaps
        self.moves: list[Move] = []
        """The ways on; there are none just after the last day."""
        # What follows is up to `branch_and_bound`.
        self.ahead = 0
        """The most points still to come at its prices."""
        self.ranking: list[tuple[int, Move]] = []
        """The moves with the most points still to come by each, the best first; empty until asked for."""
        self.exact: dict[int, int] = {}
        """Where they are known: the most points still to come, by what the counters hold."""
        self.limits: dict[int, int] = {}
        """Where they are not: points that they are proven not to pass."""


class Move(NamedTuple):
    """Fill a day with a plan of some group: what the spread of runs adds to its points, and where it leads to."""

    group: Group
    extra: int
    after: StateNode


class WeekMap:
    """Hold the places of a week that can be reached from where it may begin.

    A place knows how many days without a workout the week still owes to its cap of days: mostly one, then none. So
    there are fewer places than if it counted the days with one.
    """

    def __init__(self, days: Sequence[DayMap], counters: Counters, begins: Iterable[Gaps]) -> None:
        self.days = days
        self.counters = counters
        self.groups = list({id(group): group for day in days for group in day.groups}.values())
        owed = max(len(days) - counters.caps[0], 0)
        by_day: list[dict[tuple[Gaps, int], StateNode]] = [{} for _ in range(len(days) + 1)]
        by_day[0] = {(gaps, owed): StateNode(gaps) for gaps in begins}
        self.begins = list(by_day[0].values())
        for number, day in enumerate(days):
            _draw_moves(day, by_day[number], by_day[number + 1], len(days) - number - 1)
        for number in range(len(days) - 2, -1, -1):
            # Days with what is done may leave too few for the rest days still owed: no way leads there.
            if not all(place.moves for place in by_day[number + 1].values()):
                for place in by_day[number].values():
                    place.moves = [move for move in place.moves if move.after.moves]
        self.places = [list(places.values()) for places in by_day]
        """The places before each day, and after the last."""
        self.ends = [place.gaps for place in self.places[-1]]

    @property
    def moves(self) -> int:
        """How many moves there are between its places."""
        return sum(len(place.moves) for places in self.places for place in places)


def _draw_moves(
    day: DayMap,
    places: dict[tuple[Gaps, int], StateNode],
    after_it: dict[tuple[Gaps, int], StateNode],
    left: int,
) -> None:
    """Draw the moves of a day, and the places that they lead to.

    Args:
        day: the ways to fill it.
        places: those before it, by the gaps and the days without a workout that are still owed.
        after_it: those after it, to which the new ones are added.
        left: how many days the week has after it; more than so many cannot be owed.

    """
    for (gaps, owed), place in places.items():
        for group, extra, after in day.moves(gaps):
            still = owed if group.nature & WORKS or not owed else owed - 1
            if still > left:
                continue
            following = after_it.get((after, still))
            if following is None:
                following = after_it[after, still] = StateNode(after)
            place.moves.append(Move(group, extra, following))
