"""Problem: what the search chooses from, what must hold, and what it gives back."""

from __future__ import annotations

from typing import NamedTuple


class Option(NamedTuple):
    """Offer one workout at one time of one day.

    `start` and `end` are minutes on any common scale; `uses` lists the week's counters from 1 on (see `Week.caps`) that
    the workout takes one of each. `back` is `"first"` where the option is open only to the first run after a break that
    a rule ordered, `"later"` where only to the runs after that one, and `""` where it does not matter. What is `done`
    cannot be left out: no spacing is asked of it (unless it is `asked`), but of what comes after it.
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
    asked: bool = False
    in_place: bool = False
    """Whether it stands on its day of a plan that somebody else made: two of these stand as near as they did there."""
    order: int = 0
    """Workouts with an order keep it within their week: none comes after one of a higher order; 0 has none."""


class Day(NamedTuple):
    """Hold a day's start windows, each with its options, at most one of which is taken.

    `break_ends` says that a break from running, ordered by a rule, ends on this day: the next run is the first back.
    """

    windows: tuple[tuple[Option, ...], ...] = ()
    break_ends: bool = False
    order_ends: bool = False
    """Whether the order of workouts begins anew on the day after."""


class Week(NamedTuple):
    """Hold up to seven days and how often each counter may be used in them; counter 0 counts days with a workout."""

    days: tuple[Day, ...]
    caps: tuple[int, ...]


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


class Solution(NamedTuple):
    """Hold the best choice: its points, and the chosen options of each day in order of time."""

    points: int
    days: tuple[tuple[Option, ...], ...]
