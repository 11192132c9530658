"""Somebody else's plan: the calendar that a coach or a program fills, and how the person says it is to be read."""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from planner.case.entries import Words, rulebook_of
from planner.clock import Minutes
from planner.models import Frozen
from planner.rulebook.model import Rulebook
from planner.validation import mistake

KILOMETRES_A_MILE = 1.609344
FASTEST, SLOWEST = 180, 720
"""Seconds a kilometre: nobody's easy pace is outside."""


IDLE = ("ignore", "rest")
"""What a session may be said to be beside a workout."""
_PACE = re.compile(r"\s*(\d{1,2}):([0-5]\d)\s*(?:min)?\s*/\s*(km|mi|mile)\s*", re.IGNORECASE)


def pace_seconds(text: str) -> float:
    """Return the seconds a kilometre of a pace written as "6:10/km" or "9:55/mi".

    Raises a pydantic error that says what is wrong and what would be right.
    """
    match = _PACE.fullmatch(text)
    if match is None:
        raise mistake(f'"{text}" is no pace', 'write "6:10/km" or "9:55/mi"')
    seconds = int(match[1]) * 60 + int(match[2])
    a_kilometre = seconds if match[3].lower() == "km" else seconds / KILOMETRES_A_MILE
    if not FASTEST <= a_kilometre <= SLOWEST:
        raise mistake(f'"{text}" is no pace of an easy run', "give one from 3:00/km to 12:00/km")
    return a_kilometre


def _a_pace(value: Any) -> Any:
    if value is None:
        return value
    if not isinstance(value, str):
        raise mistake(f"{value} is no pace", 'write "6:10/km" or "9:55/mi"')
    pace_seconds(value)
    return value


def _workout_or(name: str, others: tuple[str, ...], info: ValidationInfo) -> str:
    rulebook = rulebook_of(info)
    if rulebook is None or name in others:
        return name
    workout = rulebook.names.find("workouts", name)
    if workout is None:
        nearest = rulebook.names.nearest("workouts", name)
        raise mistake(f'"{name}" is no workout', f"{nearest} (or {' or '.join(others)})")
    return workout


class ReadAs(Frozen):
    """Say what an event is whose title holds some words: a workout, "race", "rest", or "ignore"."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    as_: Words = Field(alias="as")
    minutes: Minutes | None = Field(strict=True, default=None, ge=5, le=600)

    @field_validator("as_")
    @classmethod
    def _a_workout(cls, name: str, info: ValidationInfo) -> str:
        return _workout_or(name, IDLE, info)

    def means(self, title: str) -> bool:
        """Return whether the words stand in the title of an event, case aside."""
        return self.title.casefold() in title.casefold()


class CoachCalendar(Frozen):
    """Name a calendar file that holds somebody else's plan, and say how it is to be read (`[[workouts]]`)."""

    calendar: Words
    match: Words | None = None
    """Only the events whose title, description or location contains this, case aside."""
    easy_pace: Annotated[str | None, BeforeValidator(_a_pace)] = None
    """The pace of an easy run, which turns distances into minutes; default: as its own easy runs have it."""
    units: Literal["miles", "km"] | None = None
    """What a number without a unit counts; default: it is not guessed."""
    otherwise: Words = "run_hard"
    """What an event that cannot be read is taken for: a workout, or "ignore"."""
    read: tuple[ReadAs, ...] = ()
    """The person's word on some titles; the first that is part of a title counts."""
    times: Literal["keep", "set"] = "keep"
    """Whether an event of a whole day stays one, or gets a time."""

    @field_validator("otherwise")
    @classmethod
    def _a_workout(cls, name: str, info: ValidationInfo) -> str:
        return _workout_or(name, IDLE[:1], info)

    @property
    def pace(self) -> float | None:
        """The pace of an easy run in seconds a kilometre."""
        return None if self.easy_pace is None else pace_seconds(self.easy_pace)


class Coached(Frozen):
    """Hold the plans of somebody else that a case names (`[[workouts]]`), and what may stand beside them."""

    workouts: tuple[CoachCalendar, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_added_to_a_coach(cls, data: Any) -> Any:
        """Ask for no more than the plan of a coach has, where the case asks for nothing itself."""
        if isinstance(data, dict) and data.get("workouts") and isinstance(data.get("goals", {}), dict):
            return {**data, "goals": {"runs": 0, **data.get("goals", {})}}
        return data

    @model_validator(mode="after")
    def _a_plan_that_can_be_bent(self, info: ValidationInfo) -> Self:
        if self.workouts:
            _stands_beside(self, rulebook_of(info))
        return self


def _stands_beside(case: Any, rulebook: Rulebook | None) -> None:
    """Raise a pydantic error where something in a case does not go with the plan of a coach."""
    hard = (
        []
        if rulebook is None
        else [goal for goal, workout in rulebook.special_goals.items() if rulebook.workouts[workout].hard]
    )
    for goal in ("runs", "hard_runs", "hard_bikes", "long_run", *hard):
        if case.goals.count(goal):
            what = "runs" if "run" in goal else "hard days" if goal in hard else "rides"
            raise mistake(f"goals.{goal} stands beside [[workouts]], and the {what} come from there", "take it out")
    if case.return_to_running is not None:
        raise mistake("[return_to_running] stands beside [[workouts]]", "keep one of them")
    others = [(f"busy[{number}]", block) for number, block in enumerate(case.busy)]
    others += [(f"treatments[{number}]", treatment) for number, treatment in enumerate(case.treatments)]
    for number, plan in enumerate(case.workouts):
        for place, entry in others:
            if entry.calendar == plan.calendar and not (entry.match and plan.match):
                wrong = f'workouts[{number}].calendar "{plan.calendar}" is also that of {place}'
                raise mistake(wrong, "give a match in both, which tells their events apart")
