"""What the API is asked, and what it answers beside the models of the command line."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Weeks = Annotated[int, Field(ge=1, le=12)]


class ApiPart(BaseModel):
    """Refuse unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Problems(ApiPart):
    """List everything that is wrong with what was asked."""

    problems: tuple[ApiProblem, ...]


class ApiProblem(ApiPart):
    """State one mistake: where, what is wrong, what would be right."""

    file: str
    field: str
    wrong: str
    right: str


class ListedCase(ApiPart):
    """Name a case by the key that addresses know it by."""

    key: str
    name: str


class CaseList(ApiPart):
    """List the cases of the folder."""

    cases: tuple[ListedCase, ...]


class PlanQuestion(ApiPart):
    """Ask for the plan of a case that is sent along, as the text of a case file.

    Without `weeks` it goes to the end of the calendar week that ends six or more days after its first day.
    """

    case: Annotated[str, StringConstraints(min_length=1, max_length=200_000)]
    start: date | None = None
    weeks: Weeks | None = None


class WhyQuestion(ApiPart):
    """Ask why a day looks as it does, or whether a workout may start at a local date and time."""

    day: date
    time: datetime | None = None
    workout: Text | None = None


class BookQuestion(ApiPart):
    """Ask for the times of an appointment; `hours` are when the therapist has time."""

    kind: Text
    region: Text
    first: date
    last: date
    hours: Text = "mon-fri 08:00-18:00"
    minutes: Annotated[int, Field(ge=1, le=480)] | None = None


class ListedRule(ApiPart):
    """Show a rule as `planner rules --format json` does, with the key of its page."""

    key: str
    rule: dict[str, Any]


class RuleList(ApiPart):
    """List the rules of the rulebook."""

    rules: tuple[ListedRule, ...]
