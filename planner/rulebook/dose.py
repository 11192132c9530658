"""The forms of rules about dose: how much, how often and how soon, over days and weeks.

Each is one field of a rule (`rules/README.md` explains them); all figures may differ by caution level.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from planner.models import Frozen
from planner.validation import mistake

Days = Annotated[int, Field(strict=True, ge=0, le=999)]
Percent = Annotated[float, Field(gt=0, le=1000)]
Minutes = Annotated[int, Field(strict=True, ge=0, le=1440)]


def _in_order(name: str, span: tuple[int, int], *, falling: bool = False) -> None:
    first, last = span
    if (first < last) == falling or first == last:
        raise mistake(f"{name} = [{first}, {last}] is the wrong way round or empty", f"write [{last}, {first}]")


class AfterBreak(Frozen):
    """Say after which break a rule speaks, and for how long, from the first session back on (day 0).

    `of` lists kinds of workout, each of which has its own breaks. The rule lasts for the longest of what is given:
    `for_days`, `days_per_break_day` times the days of the break, `days_per_part` for each of `percents`; and until
    `sessions` sessions of the kind were done. `percents` are shares of the usual minutes of each workout, one for each
    of as many equal parts of that time; after the last, minutes may grow by `percent_per_week` until they are usual.
    """

    of: tuple[str, ...]
    days: tuple[Days, Days]
    percents: tuple[Percent, ...] = ()
    for_days: Days = 0
    days_per_break_day: float = Field(default=0, ge=0, le=10)
    days_per_part: Days = 0
    percent_per_week: Percent | None = None
    sessions: Days = 0

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        _in_order("days", self.days)
        return self


class AroundRace(Frozen):
    """Say on which days after, or before, a race of so many minutes a rule speaks.

    `minutes` are more than the first and up to the second. `days` are counted from the race, as time passes: after it
    `[0, 7]` ends before the seventh day, before it `[14, 7]` ends with the eighth. Or the rule lasts for
    `days_per_10_minutes`, and `at_least_days`. `goal_only`: a race that is a hard run (a parkrun) is not meant.
    """

    minutes: tuple[Minutes, Minutes] = (0, 1440)
    days: tuple[Days, Days] | None = None
    days_per_10_minutes: float | None = Field(default=None, gt=0, le=10)
    at_least_days: Days = 0
    goal_only: bool = Field(default=False, strict=True)


class Longest(Frozen):
    """Bound a workout by the longest of its kind in the last `days`, done or planned in earlier weeks.

    It lasts at most `percent` of that, or so many minutes more where that is longer; `minutes_where_none` where there
    is none, and never over `most_minutes`. `percent_after_down_week` holds in the week after a hold or a down week.
    """

    days: Days = 30
    percent: Percent
    at_least_minutes_more: Minutes = 0
    minutes_where_none: Minutes | None = None
    most_minutes: Minutes | None = None
    percent_after_down_week: Percent | None = None


class WeekCeiling(Frozen):
    """Bound a week's running by the larger of the week before and the mean of the last `weeks`."""

    percent: Percent
    weeks: Annotated[int, Field(strict=True, ge=1, le=12)] = 4


class Growth(Frozen):
    """Say by how much a week may grow on the way back to the usual week, and when one is lighter."""

    percent: Percent
    at_least_minutes: Minutes = 0
    every_weeks: Annotated[int, Field(strict=True, ge=1, le=8)] = 1
    down_week_every: Annotated[int, Field(strict=True, ge=2, le=12)] | None = None
    down_week_percent: Percent = 100


class Gap(Frozen):
    """Say how many days lie from one workout to the next (2: a day between).

    Both are those that the rule applies to, or the one before is of `after_kinds`, which may share a day with it. Left
    open, it holds always, else for so many days from the first of them on after two weeks without.
    """

    days: Annotated[int, Field(strict=True, ge=1, le=14)]
    after_kinds: tuple[str, ...] = ()
    for_days_from_first: Days | None = None


class Setbacks(Frozen):
    """Say of which setback of a region within so many days a rule about the log speaks."""

    number: Annotated[int, Field(strict=True, ge=1, le=9)]
    within_days: Days


class RaceRatio(Frozen):
    """Say from which ratio on a race is longer than what was trained: its minutes against the longest recent run."""

    over: float = Field(gt=0, le=10)
    injured_over: float | None = Field(default=None, gt=0, le=10)
    days: Days = 42
    alert: bool = Field(default=False, strict=True)
