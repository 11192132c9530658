"""Fitness: what a person could do before the injury changed things, and when each kind was done last."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, ValidationInfo

from planner.case.entries import plain_date, rulebook_of
from planner.errors import quoted, suggestion
from planner.models import Frozen
from planner.validation import mistake


def _a_figure_of_the_rulebook(name: str, info: ValidationInfo) -> str:
    """Return the name of a figure that a rulebook's own kind of workout brings; refuse every other key."""
    rulebook = rulebook_of(info)
    with_known_names = () if rulebook is None else rulebook.usual_minutes
    if name not in with_known_names:
        keys = dict.fromkeys((*Fitness.model_fields, *with_known_names))
        raise mistake(f"{quoted(name)} is not a key that is known here", suggestion(name, keys))
    return name


class Fitness(Frozen):
    """Say what the person could do before the injury changed things, in minutes; None is a coach's guess."""

    longest_run_minutes: int | None = Field(strict=True, default=None, ge=5, le=600)
    easy_run_minutes: int | None = Field(strict=True, default=None, ge=5, le=300)
    bike_minutes: int | None = Field(strict=True, default=None, ge=5, le=600)
    upper_body_minutes: int | None = Field(strict=True, default=None, ge=5, le=240)
    lower_body_minutes: int | None = Field(strict=True, default=None, ge=5, le=240)
    core_minutes: int | None = Field(strict=True, default=None, ge=5, le=120)
    mobility_minutes: int | None = Field(strict=True, default=None, ge=5, le=120)
    walk_minutes: int | None = Field(strict=True, default=None, ge=5, le=480)
    swim_minutes: int | None = Field(strict=True, default=None, ge=5, le=240)
    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[
        Annotated[str, AfterValidator(_a_figure_of_the_rulebook)], Annotated[int, Field(strict=True, ge=5, le=600)]
    ]
    """The figures of a rulebook's own kinds of workout, such as `row_minutes`."""

    as_of: Annotated[date | None, BeforeValidator(plain_date)] = None  # the day for which these figures hold
    last_run: Annotated[date | None, BeforeValidator(plain_date)] = None
    last_ride: Annotated[date | None, BeforeValidator(plain_date)] = None
    last_swim: Annotated[date | None, BeforeValidator(plain_date)] = None
    last_strength: Annotated[date | None, BeforeValidator(plain_date)] = None
    running_since: Annotated[date | None, BeforeValidator(plain_date)] = None
