"""Between which days a list is wanted: what `planner treatments` and `planner workouts` are told alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from planner.clock import FIRST_YEAR, LAST_YEAR, PLAUSIBLE
from planner.commands.opened_case import CaseOptions
from planner.errors import InputError, Problem

DAYS = timedelta(days=8 * 7 - 1)
"""So many days after the first one are listed: eight weeks, as far ahead as clinics book and most feeds reach."""


@dataclass(frozen=True, kw_only=True)
class ListOptions(CaseOptions):
    """Hold between which days something of a case is listed."""

    start: date | None = None
    end: date | None = None


def days_to_list(options: ListOptions, command: str, today: date) -> tuple[date, date]:
    """Return the first and the last day to list; raise `InputError` where they are no span that a case could have."""
    first = options.start or today
    if not FIRST_YEAR <= first.year < LAST_YEAR:
        raise InputError([Problem(command, "--from", f"{first} is too far away", PLAUSIBLE)])
    last = options.end or first + DAYS
    if last < first:
        raise InputError([Problem(command, "--to", f"{last} is before {first}", "give a day that is not before it")])
    if not last.year < LAST_YEAR:
        raise InputError([Problem(command, "--to", f"{last} is too far away", PLAUSIBLE)])
    return first, last
