"""Figures: the numbers of a rule as people say them, of whom it speaks, and the forms of those about dose."""

import re
from collections.abc import Callable, Iterable
from typing import Annotated, Self

from pydantic import Field, model_validator

from planner.clock import Minutes
from planner.models import Frozen
from planner.rulebook.scales import Dose, Group, HealthFact, Load, Response, Severity, Tissue
from planner.validation import mistake

LONGEST_IN_HOURS = 96
"""What lasts longer is said in days."""
PLACE = re.compile(r"\{(\w+)\}")
HOURS = {"hours": 1, "days": 24, "weeks": 168}


def hours_span(first: float, last: float, unit: str = "hours") -> str:
    """Return a span of hours as a person says it, in a unit if it is whole in it: `36 hours`, `14 to 30 days`."""
    first, last = sorted((first, last))
    if unit == "hours" and last > LONGEST_IN_HOURS:
        unit = "days"
    if first % HOURS[unit] or last % HOURS[unit]:
        unit = "days" if not (first % 24 or last % 24) else "hours"
    if first:
        return f"{first / HOURS[unit]:g} to {counted(last / HOURS[unit], unit)}"
    return counted(last / HOURS[unit], unit)


def counted(number: float, unit: str) -> str:
    """Return a number with its unit, one of which is singular: `1 day`, `30 minutes`."""
    return f"{number:g} {unit.removesuffix('s') if number == 1 else unit}"


def on_day(hours: float) -> str:
    """Return when something ends, so many hours after a treatment: `day 35`, `hour 36`."""
    return f"hour {hours:g}" if hours % 24 else f"day {hours / 24:g}"


def figure(name: str, value: float) -> str:
    """Return a figure of a rule with the unit that its name holds: `110 %`, `5 days`, `30 minutes`, or the number."""
    words = name.split("_")
    if "percent" in words:
        return f"{value:g} %"
    if "hours" in words:
        return hours_span(0, value)
    unit = next((word for word in words if word in {"minutes", "days", "weeks"}), None)
    return f"{value:g}" if unit is None else counted(value, unit)


def figure_names(text: str) -> list[str]:
    """Return the names of the figures that a text keeps a place for: `["hours_after"]`."""
    return PLACE.findall(text)


def fill_figures(text: str, figure_of: Callable[[str], str]) -> str:
    """Return a text with each figure in its place, as `figure_of` says it."""
    return PLACE.sub(lambda place: figure_of(place[1]), text)


# --------------------------------------------------------------------------- of whom, and of what, a rule speaks

PERSONAL = ("age_years_over", "running_days_at_most", "healed_within_days")
"""What a rule about training may ask of the person."""


class When(Frozen):
    """Say which treatments or cases a rule speaks about; what is left out does not matter."""

    treatments: tuple[str, ...] | None = None
    traits: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    except_regions: tuple[str, ...] = ()
    """These regions themselves are not meant."""
    groups: tuple[Group, ...] | None = None
    tissues: tuple[Tissue, ...] | None = None
    severities: tuple[Severity, ...] | None = None
    doses: tuple[Dose, ...] | None = None
    graded: bool | None = None
    chest_wall: bool | None = None
    electric: bool | None = None
    blood_thinners: bool | None = None
    responses: tuple[Response, ...] | None = None
    pain_in: tuple[str, ...] | None = None
    """Of a rule about the log: one of these kinds of workout brought pain, or a limp."""
    health: tuple[HealthFact, ...] | None = None
    """One of these facts of `[health]`."""
    illnesses: tuple[str, ...] | None = None
    age_years_over: int | None = Field(default=None, strict=True, ge=18, le=120)
    running_days_at_most: int | None = Field(default=None, strict=True, ge=1, le=999)
    """So many days since the person began to run at all."""
    healed_within_days: int | None = Field(default=None, strict=True, ge=1, le=3650)
    """An injury that healed within so many days."""

    @property
    def personal(self) -> bool:
        """Whether it asks for something of the person, besides any injury."""
        return not self.model_fields_set.isdisjoint(PERSONAL)

    @property
    def about_no_injury(self) -> bool:
        """Whether it asks for nothing but what is so of the person: no treatment, no injury, nothing in the log."""
        return not self.model_fields_set.difference(PERSONAL, ("health",))


class AppliesTo(Frozen):
    """Say which workouts a rule's caps concern; what is left out does not matter."""

    workouts: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    except_workouts: tuple[str, ...] = ()
    except_kinds: tuple[str, ...] = ()
    load_at_least: Load = 0
    only_these: bool = False
    """Not what counts as them: minutes made for an easy run are none for a brick."""
    what_hurt: bool = False
    """Of a rule about the log: only what is of the kind of the workout that an entry tells of."""


# --------------------------------------------------------------------------------------------- forms about dose

Days = Annotated[int, Field(strict=True, ge=0, le=999)]
Percent = Annotated[float, Field(gt=0, le=1000)]
RuleMinutes = Annotated[Minutes, Field(strict=True, ge=0, le=1440)]


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

    minutes: tuple[RuleMinutes, RuleMinutes] = (Minutes(0), Minutes(1440))
    days: tuple[Days, Days] | None = None
    days_per_10_minutes: float | None = Field(default=None, gt=0, le=10)
    at_least_days: Days = 0
    goal_only: bool = Field(default=False, strict=True)


class Longest(Frozen):
    """Bound a workout by the longest of its kind in the last `days`, done or planned in earlier weeks.

    It lasts at most `percent` of that, or so many minutes more where that is longer; `minutes_where_none` where there
    is none, and never over `most_minutes`. `percent_after_down_week` holds in the week after a hold or a down week.
    `done_only`: what is planned lifts nothing, it keeps what was done.
    """

    days: Days = 30
    percent: Percent
    at_least_minutes_more: RuleMinutes = Minutes(0)
    minutes_where_none: RuleMinutes | None = None
    most_minutes: RuleMinutes | None = None
    percent_after_down_week: Percent | None = None
    done_only: bool = Field(default=False, strict=True)


class WeekCeiling(Frozen):
    """Bound a week's running by the larger of the week before and the mean of the last `weeks`."""

    percent: Percent
    weeks: Annotated[int, Field(strict=True, ge=1, le=12)] = 4


class Growth(Frozen):
    """Say by how much a week may grow on the way back to the usual week, and when one is lighter.

    `most_steps`: a plan shows no more growing weeks than that; those after them keep what was reached.
    """

    percent: Percent
    at_least_minutes: RuleMinutes = Minutes(0)
    every_weeks: Annotated[int, Field(strict=True, ge=1, le=8)] = 1
    down_week_every: Annotated[int, Field(strict=True, ge=2, le=12)] | None = None
    down_week_percent: Percent = 100
    most_steps: Annotated[int, Field(strict=True, ge=1, le=52)] | None = None


class Gap(Frozen):
    """Say how many days lie from one workout to the next (2: a day between).

    Both are those that the rule applies to, or the one before is of `after_kinds`, which may share a day with it. Left
    open, it holds always, else for so many days from the first of them on after two weeks without. `instead_of_runs`:
    it is about what stands in for a run, and keeps that away from others of its kind, and those from it. With `hours`
    it is about one day alone: so many lie from the end of a workout to the next.
    """

    days: Annotated[int, Field(strict=True, ge=1, le=14)]
    hours: Annotated[int, Field(strict=True, ge=1, le=23)] | None = None
    after_kinds: tuple[str, ...] = ()
    for_days_from_first: Days | None = None
    instead_of_runs: bool = Field(default=False, strict=True)


class InsteadOfRun(Frozen):
    """Say how long a workout in place of a run is for whom it is new: short at first, then each a little longer.

    It is new to those who neither ask for its kind nor say their usual minutes of it, and did none for `unused_days`.
    """

    first_workouts: Annotated[int, Field(strict=True, ge=1, le=14)]
    minutes: RuleMinutes
    minutes_more: RuleMinutes
    unused_days: Days = 30


class Setbacks(Frozen):
    """Say of which setback of a region within so many days a rule about the log speaks."""

    number: Annotated[int, Field(strict=True, ge=1, le=9)]
    within_days: Days


class RaceRatio(Frozen):
    """Say from which ratio on a race is longer than what was trained: its minutes against the longest recent run.

    Or it comes within `days_after_break` days of the first run back after a break of `break_days` or more.
    """

    over: float = Field(gt=0, le=10)
    injured_over: float | None = Field(default=None, gt=0, le=10)
    days: Days = 42
    break_days: Days | None = None
    days_after_break: Days = 0
    alert: bool = Field(default=False, strict=True)


class Check(Frozen):
    """Say what to check in the body before starting (the go/no-go check)."""

    soreness_at_most: int | None = Field(strict=True, default=None, ge=0, le=10)
    pain_at_most: int | None = Field(strict=True, default=None, ge=0, le=10)
    no_limp: bool = False
    morning_at_baseline: bool = False
    no_chest_symptom: bool = False
    no_swelling: bool = False
    feeling_back: bool = False
    masked: bool = False
    """Something hides pain and soreness: what a check says of them proves nothing."""

    @property
    def asks_how_it_feels(self) -> bool:
        """Whether it asks for a rating of pain or soreness."""
        return self.soreness_at_most is not None or self.pain_at_most is not None


def strictest(checks: Iterable[Check]) -> Check | None:
    """Return one check that asks all that some checks ask, at the strictest figure; None where there is none."""
    asked = list(checks)
    if len(asked) < 2:
        return asked[0] if asked else None
    conditions: dict[str, bool | int] = {}
    for name in Check.model_fields:
        values = [value for check in asked if (value := getattr(check, name)) is not None]
        if values:
            conditions[name] = any(values) if isinstance(values[0], bool) else min(values)
    return Check.model_validate(conditions)
