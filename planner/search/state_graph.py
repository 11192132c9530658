"""What can be done in a week: the ways to fill each day, and the places that they lead to.

A day's plans are gathered in groups that the days around it cannot tell apart, and plans that another one of the group
can stand in for are left out. A place is a day with all that it must know of the days before it, except for what the
week's counters hold; moves lead from place to place. Which moves the counters allow is left to `branch_and_bound`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from planner.search.problem import Day, Option, SearchProblem, Spacing

RUN, HARD, LONG, FIRST, LATER, WORKS, RAN, WAS_HARD, WAS_LONG, MOVED = (1 << bit for bit in range(10))
"""What the days around a day plan ask of it, as the bits of one whole number, its nature: is there a run, a hard
workout, a long run, a run that must (not) be the first one back, any workout at all; what of it is done already; and
does any of it stand elsewhere than on its day of a plan that somebody else made?"""
ASKS = 10
"""The bit of a nature from which on it says which of the problem's spacings are asked of it."""
COUNTS = ASKS + 24
"""And from which on, in which it counts; so there is room for 24 spacings."""
ORDER = COUNTS + 24
"""From this bit on a nature holds the order of its workouts."""
_SORTS = {"run": RUN, "hard": HARD, "long": LONG}
_ALIKE = attrgetter("kind", "uses", "run", "hard", "long", "back", "done", "in_place", "order", "counts", "asks")
_BACK = {"": 0, "first": FIRST, "later": LATER}


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


class Counters:
    """Count a week's workouts in the bits of one whole number; days with a workout, counter 0, are not counted here.

    Each counter starts so high that one more than its cap sets its guard bit: a single `&` tells whether any counter
    is used too often. It has room for twice its cap, so what keeps the caps may be added to what keeps them.
    """

    def __init__(self, caps: Sequence[int]) -> None:
        self.caps = tuple(caps)
        self.ones = [0]
        """What to add for one use of each counter."""
        self.empty = self.guard = shift = 0
        for cap in caps[1:]:
            width = max(cap, 1).bit_length()
            self.ones.append(1 << shift)
            self.empty |= ((1 << width) - 1 - cap) << shift
            self.guard |= 1 << (shift + width)
            shift += width + 1
        self.used: dict[int, tuple[int, ...]] = {}
        """The counters that a day plan takes from, one entry for each use, by what it adds."""


class DayPlan(NamedTuple):
    """Hold one way to fill a day: its points, what it adds to the counters, and which options of which windows.

    `before` are those of its points that it has for going before others.
    """

    points: int
    uses: int
    picks: tuple[tuple[int, int], ...]
    before: int = 0


class Group:
    """Gather a day's plans of one nature."""

    __slots__ = ("best", "nature", "plans", "ranking")

    def __init__(self, nature: int, plans: list[DayPlan]) -> None:
        self.nature = nature
        self.plans = plans
        # What follows is up to `branch_and_bound`.
        self.best = 0
        """The most points of a plan at its prices."""
        self.ranking: list[tuple[int, DayPlan]] = []
        """The plans with their points at its prices, the best first; empty until asked for."""


def day_plans(day: Day, counters: Counters, crowded: int, gaps: int = 0, weight: int = 0) -> list[Group]:
    """Return the ways to fill a day that keep the caps, by their nature, without those that others can stand in for.

    Args:
        day: the day, with its options.
        counters: what a week may hold of each wish, and how a choice counts.
        crowded: the points that each workout after the first of a day costs.
        gaps: the bits of spacings: of two workouts that ask the same of them, a day holds one.
        weight: how many points one point of precedence is worth.

    """
    chosen: list[tuple[tuple[Option, ...], int, DayPlan]] = [((), 0, DayPlan(0, 0, ()))]
    for window, offers in enumerate(_offers(day.windows)):
        longer = []
        own = [
            (number, option, _nature(option), sum([counters.ones[use] for use in option.uses]))
            for number, option in offers
        ]
        for options, nature, (points, uses, picks, before) in chosen:
            for number, option, its, more in own:
                if (counters.empty + uses + more) & counters.guard or not _together(options, option, gaps):
                    continue
                total = points + option.points - (crowded if options and not option.done else 0)
                first = before + weight * option.precedence
                plan = DayPlan(total, uses + more, (*picks, (window, number)), first)
                longer.append(((*options, option), nature | its, plan))
        chosen = longer if any(option.done for _, option, _, _ in own) else chosen + longer
    by_nature: dict[int, dict[int, DayPlan]] = {}
    for _, nature, plan in chosen:
        alike = by_nature.setdefault(nature, {})
        if plan.uses not in alike or plan.points > alike[plan.uses].points:
            alike[plan.uses] = plan
    groups = [Group(nature, _worthwhile(alike.values(), counters)) for nature, alike in by_nature.items()]
    for plan in [plan for group in groups for plan in group.plans]:
        used = [use for window, option in plan.picks for use in day.windows[window][option].uses]
        counters.used[plan.uses] = tuple(used)
    return groups


def _offers(windows: Sequence[Sequence[Option]]) -> list[list[tuple[int, Option]]]:
    """Return each window's options with their numbers; of those alike for all other windows only the best.

    When a workout begins and ends matters to other windows only where any of them could overlap.
    """
    spans = [
        (min(option.start for option in window), max(option.end for option in window)) for window in windows if window
    ]
    apart = all(earlier[1] <= later[0] for earlier, later in pairwise(spans))
    offers = []
    for window in windows:
        best: dict[object, tuple[int, Option]] = {}
        for number, option in enumerate(window):
            times = None if apart else (option.start, option.end)
            alike = (_ALIKE(option), times)
            if alike not in best or option.points > best[alike][1].points:
                best[alike] = (number, option)
        offers.append(list(best.values()))
    return offers


def _nature(option: Option) -> int:
    own = WORKS | option.order << ORDER | (0 if option.in_place else MOVED)
    own |= option.asks << ASKS | option.counts << COUNTS
    if option.done:
        own |= sum(bit for sort, bit in _SORTS.items() if sort in option.asked and getattr(option, sort))
        return own | (RAN if option.run else 0) | (WAS_HARD if option.hard else 0) | (WAS_LONG if option.long else 0)
    run = RUN | _BACK[option.back] if option.run else 0
    return own | run | (HARD if option.hard else 0) | (LONG if option.long else 0)


def _together(options: Sequence[Option], later: Option, gaps: int) -> bool:
    """Whether a workout goes with those before it: no overlap, no kind twice, one hard a day, a run first or later."""
    if later.done:
        return True
    for option in options:
        overlap = later.start < option.end and option.start < later.end
        if overlap or later.kind == option.kind or (option.hard and later.hard) or option.asks & later.asks & gaps:
            return False
        if option.run and later.run and {option.back, later.back} == {"first", "later"}:
            return False
    return True


def _worthwhile(plans: Iterable[DayPlan], counters: Counters) -> list[DayPlan]:
    """Return the plans, the best first, without any that takes as much of every counter as a better one.

    Wherever it is allowed the better one is allowed too, for other days see only their nature, which is the same, and
    what they leave of the counters.
    """
    kept: list[DayPlan] = []
    guard = counters.guard
    for plan in sorted(plans, key=lambda plan: -plan.points):
        # Lent its guard bit, a counter keeps it in a subtraction just where it holds no less than what is taken.
        lent = plan.uses + guard
        if not any((lent - other.uses) & guard == guard for other in kept):
            kept.append(plan)
    return kept


class DayMap:
    """Hold the ways to fill a day, and to which gaps they lead."""

    def __init__(self, problem: SearchProblem, far: Gaps, day: Day, counters: Counters) -> None:
        self._problem, self._far = problem, far
        self._break_ends, self._order_ends = day.break_ends, day.order_ends
        gaps = sum(1 << bit for bit, spacing in enumerate(problem.spacings) if spacing.alone and not spacing.in_a_row)
        self.groups = day_plans(day, counters, problem.crowded, gaps, problem.weight)
        self._moves: dict[Gaps, list[tuple[Group, int, Gaps]]] = {}

    def moves(self, gaps: Gaps) -> list[tuple[Group, int, Gaps]]:
        """Return the groups that the gaps allow, what the spread of runs adds, and the gaps on the day after."""
        if gaps not in self._moves:
            self._moves[gaps] = [move for group in self.groups if (move := self._move(gaps, group)) is not None]
        return self._moves[gaps]

    def _move(self, gaps: Gaps, group: Group) -> tuple[Group, int, Gaps] | None:
        problem, far = self._problem, self._far
        run, hard, long = group.nature & RUN, group.nature & HARD, group.nature & LONG
        back = gaps.back or self._break_ends
        if run and (gaps.run < problem.run_gap or group.nature & (LATER if back else FIRST)):
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
        more = gaps.more
        if more:
            asks, counts = group.nature >> ASKS, group.nature >> COUNTS
            for bit, (now, spacing) in enumerate(zip(more, problem.spacings, strict=True)):
                if asks >> bit & 1 and (now >= spacing.days if spacing.in_a_row else now < spacing.days):
                    return None
            more = tuple(
                [
                    _next(now, spacing, counted=bool(counts >> bit & 1))
                    for bit, (now, spacing) in enumerate(zip(more, problem.spacings, strict=True))
                ]
            )
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
            more,
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
        self._places: list[dict[tuple[Gaps, int], StateNode]] = [{} for _ in range(len(days) + 1)]
        owed = max(len(days) - counters.caps[0], 0)
        self.begins = [self._place(0, gaps, owed) for gaps in begins]
        self.places = [list(of_day.values()) for of_day in self._places]
        """The places before each day, and after the last."""
        self.ends = [place.gaps for place in self.places[-1]]

    def _place(self, day: int, gaps: Gaps, owed: int) -> StateNode:
        states = self._places[day]
        if (gaps, owed) not in states:
            place = states[gaps, owed] = StateNode(gaps)
            left = len(self.days) - day - 1
            for group, extra, after in self.days[day].moves(gaps) if left >= 0 else ():
                still = owed if group.nature & WORKS else max(owed - 1, 0)
                following = self._place(day + 1, after, still) if still <= left else None
                # Days with what is done may leave too few for the rest days still owed: no way leads there.
                if following is not None and (following.moves or left == 0):
                    place.moves.append(Move(group, extra, following))
        return states[gaps, owed]
