"""Goals: what to fit into a week, the most important first."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from planner.case.availability import WEEKDAYS
from planner.errors import suggestion
from planner.models import Frozen
from planner.rulebook.vocabulary import GOAL_KINDS
from planner.validation import mistake

_DEFAULT_COUNTS = {"runs": 3, "bikes": 2, "upper_body": 2}


class Goals(Frozen):
    """Say how many workouts of each kind a week should hold, and how many rest days.

    `priority` lists the counted goals, the most important first; left out, it is the order in which they are written.
    """

    runs: int = Field(strict=True, default=0, ge=0, le=7)
    bikes: int = Field(strict=True, default=0, ge=0, le=7)
    upper_body: int = Field(strict=True, default=0, ge=0, le=7)
    swims: int = Field(strict=True, default=0, ge=0, le=7)
    lower_body: int = Field(strict=True, default=0, ge=0, le=7)
    core: int = Field(strict=True, default=0, ge=0, le=7)
    mobility: int = Field(strict=True, default=0, ge=0, le=7)
    walks: int = Field(strict=True, default=0, ge=0, le=7)
    hard_runs: int = Field(strict=True, default=0, ge=0, le=7)
    hard_bikes: int = Field(strict=True, default=0, ge=0, le=7)
    long_run: str | Literal[False] = False
    rest_days: int = Field(strict=True, default=1, ge=0, le=7)
    longest_run_minutes: int | None = Field(strict=True, default=None, ge=5, le=600)
    """A long run to grow to, beyond the usual one."""
    priority: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _order_is_priority(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        if not any(key in GOAL_KINDS for key in data):
            data = {**_DEFAULT_COUNTS, **data}
        if not data.get("priority"):
            data = {**data, "priority": tuple(key for key in data if key in GOAL_KINDS)}
        return data

    @field_validator("long_run", mode="before")
    @classmethod
    def _a_weekday(cls, value: Any) -> Any:
        if value is False:
            return value
        if not isinstance(value, str) or value.casefold() not in WEEKDAYS:
            near = suggestion(str(value), WEEKDAYS)
            raise mistake(f"{value!r} is no weekday".replace("'", '"').replace("True", "true"), f"{near} (or false)")
        return value.casefold()

    @field_validator("priority")
    @classmethod
    def _goals_only(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if name not in GOAL_KINDS:
                raise mistake(f'"{name}" is no counted goal', suggestion(name, GOAL_KINDS))
        return tuple(dict.fromkeys((*names, *GOAL_KINDS)))

    @model_validator(mode="after")
    def _parts_fit_their_wholes(self) -> Self:
        special = self.hard_runs + (self.long_run is not False)
        if special > self.runs:
            asked = [f"hard_runs is {self.hard_runs}"] if self.hard_runs else []
            asked += ["there is a long_run"] if self.long_run else []
            wrong = f"{' and '.join(asked)}, more than runs ({self.runs})"
            raise mistake(wrong, "they are some of the runs: ask for more runs")
        if self.hard_bikes > self.bikes:
            raise mistake(
                f"hard_bikes is {self.hard_bikes}, more than bikes ({self.bikes})",
                "they are some of the rides: ask for more bikes",
            )
        return self
