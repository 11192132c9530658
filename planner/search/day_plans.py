"""The ways to fill a day: each plan of a day with its points, what it uses, and what it asks of the days around it.

A day's plans are gathered in groups that the days around it cannot tell apart, and plans that another one of the group
can stand in for are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from planner.search.problem import Day, Option

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
SPACED = (1 << ORDER) - (1 << ASKS)
"""The bits of a nature that speak of spacings."""
_SORTS = {"run": RUN, "hard": HARD, "long": LONG}
_ALIKE = attrgetter("kind", "uses", "run", "hard", "long", "back", "done", "in_place", "order", "counts", "asks")
_BACK = {"": 0, "first": FIRST, "later": LATER}


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


WithinADay = Sequence[tuple[int, int, int]]
"""The bit of each spacing that is about one day alone, its minutes between two and the most that a day holds (or 0)."""
Choice = tuple[tuple["Option", ...], int, DayPlan]
"""What is chosen of some windows: the options, their nature, and the plan of the day that they make."""


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


def day_plans(
    day: Day, counters: Counters, crowded: int, gaps: int = 0, weight: int = 0, within: WithinADay = ()
) -> list[Group]:
    """Return the ways to fill a day that keep the caps, by their nature, without those that others can stand in for.

    Args:
        day: the day, with its options.
        counters: what a week may hold of each wish, and how a choice counts.
        crowded: the points that each workout after the first of a day costs.
        gaps: the bits of spacings: of two workouts that ask the same of them, a day holds one.
        weight: how many points one point of precedence is worth.
        within: the spacings that are about one day alone.

    """
    rest = max([0, *(minutes for _, minutes, _ in within)])
    one_day = sum(bit for bit, _, _ in within)
    chosen: list[Choice] = [((), 0, DayPlan(0, 0, ()))]
    over = 0
    for window, offers in enumerate(_offers(day.windows, rest)):
        if all(option.start >= over + rest for _, option in offers):
            chosen = _best_alike(chosen, one_day)
        over = max([over, *(option.end for _, option in offers)])
        longer = []
        own = [
            (number, option, _nature(option, one_day), sum([counters.ones[use] for use in option.uses]))
            for number, option in offers
        ]
        for options, nature, (points, uses, picks, before) in chosen:
            for number, option, its, more in own:
                if (counters.empty + uses + more) & counters.guard or not _together(options, option, gaps, within):
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


def _best_alike(chosen: Iterable[Choice], within: int) -> list[Choice]:
    """Return the choices without those that others stand in for, now that no time of theirs matters any more.

    What comes after them asks for their nature, for their kinds, and for what they leave of the counters.
    """
    best: dict[object, Choice] = {}
    for choice in chosen:
        options, nature, plan = choice
        bits = tuple(sorted((option.counts & within, option.asks & within) for option in options)) if within else ()
        alike = (nature, plan.uses, frozenset((option.kind, option.back) for option in options), bits)
        if alike not in best or plan.points > best[alike][2].points:
            # In the order in which they came: among equals the first goes first.
            best.pop(alike, None)
            best[alike] = choice
    return list(best.values())


def _offers(windows: Sequence[Sequence[Option]], rest: int) -> list[list[tuple[int, Option]]]:
    """Return each window's options with their numbers; of those alike for all other windows only the best.

    When a workout begins and ends matters to other windows only where any of them could overlap, or be too near.
    """
    spans = [
        (min(option.start for option in window), max(option.end for option in window)) for window in windows if window
    ]
    apart = all(earlier[1] + rest <= later[0] for earlier, later in pairwise(spans))
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


def _nature(option: Option, within: int) -> int:
    own = WORKS | option.order << ORDER | (0 if option.in_place else MOVED)
    own |= (option.asks & ~within) << ASKS | (option.counts & ~within) << COUNTS
    if option.done:
        own |= sum(bit for sort, bit in _SORTS.items() if sort in option.asked and getattr(option, sort))
        return own | (RAN if option.run else 0) | (WAS_HARD if option.hard else 0) | (WAS_LONG if option.long else 0)
    run = RUN | _BACK[option.back] if option.run else 0
    return own | run | (HARD if option.hard else 0) | (LONG if option.long else 0)


def _together(options: Sequence[Option], later: Option, gaps: int, within: WithinADay) -> bool:
    """Whether a workout goes with those before it: no overlap, no kind twice, one hard a day, a run first or later."""
    for bit, _, most in within:
        if most and later.counts & bit:
            counted = [option for option in (*options, later) if option.counts & bit]
            if len(counted) > most and any(option.asks & bit for option in counted):
                return False
    if later.done:
        return True
    for option in options:
        overlap = later.start < option.end and option.start < later.end
        if overlap or later.kind == option.kind or (option.hard and later.hard) or option.asks & later.asks & gaps:
            return False
        for bit, minutes, _ in within:
            alike = (option.asks & later.counts | option.counts & later.asks) & bit
            if alike and later.start < option.end + minutes and option.start < later.end + minutes:
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
