"""Problem: what the search chooses from, what must hold, and what it gives back."""

from __future__ import annotations

from typing import NamedTuple


class Option(NamedTuple):
    """Offer one workout at one time of one day.

    `start` and `end` are minutes on any common scale; `uses` lists the week's counters from 1 on (see `Week.caps`) that
    the workout takes one of each. `back` is `"first"` where the option is open only to the first run after a break that
    a rule ordered, `"later"` where only to the runs after that one, and `""` where it does not matter. What is `done`
    cannot be left out: no spacing is asked of it but as what it is `asked` (`"run"`, `"hard"`, `"long"`), only of what
    comes after it. `counts` and `asks` are bits, one for each of the problem's `spacings`: whether what comes after
    keeps its distance from it, and whether it keeps its own from what comes before.
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
    done: bool = False
    asked: tuple[str, ...] = ()
    in_place: bool = False
    """Whether it stands on its day of a plan that somebody else made: two of these stand as near as they did there."""
    order: int = 0
    """Workouts with an order keep it within their week: none comes after one of a higher order; 0 has none."""
    counts: int = 0
    asks: int = 0
    precedence: int = 0
    """How far it goes before others, as a small whole number; its points hold so many times the problem's `weight`."""


class Day(NamedTuple):
    """Hold a day's start windows, each with its options, at most one of which is taken.

    `break_ends` says that a break from running, ordered by a rule, ends on this day: the next run is the first back.
    """

    windows: tuple[tuple[Option, ...], ...] = ()
    break_ends: bool = False
    order_ends: bool = False
    """Whether the order of workouts begins anew on the day after."""
    run_gap: int = 1
    """Days that a run on this day keeps from the one before, where that is more than the problem's."""


class Week(NamedTuple):
    """Hold up to seven days and how often each counter may be used in them; counter 0 counts days with a workout."""

    days: tuple[Day, ...]
    caps: tuple[int, ...]


class Spacing(NamedTuple):
    """Keep workouts apart: at least so many days from one to the next, or on at most so many days in a row.

    `since` counts, at the first day, the days from the last one before (None: long ago), or the days in a row up to it.
    """

    days: int
    in_a_row: bool = False
    since: int | None = None
    alone: bool = True
    """Whether a day holds at most one of the workouts that are asked to keep apart."""
    minutes: int = 0
    """Of one that is about one day alone: so many minutes lie between what counts and what is asked, either way."""
    most: int = 0
    """Of one that is about one day alone: what is asked stands on no day on which more than so many count."""


class SearchProblem(NamedTuple):
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
    spacings: tuple[Spacing, ...] = ()
    weight: int = 0
    """The points that one of precedence counts. What is equally good is told apart by the other points."""
    ranked: tuple[int, ...] = ()
    """The counters of what goes before what: in a week of many states they are settled first, by precedence alone."""


class Solution(NamedTuple):
    """Hold the best choice: its points, and the chosen options of each day in order of time."""

    points: int
    days: tuple[tuple[Option, ...], ...]
