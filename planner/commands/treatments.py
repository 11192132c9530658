"""`planner treatments`: the appointments of a case as they were understood, and what was passed over."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from planner.appointments.treatment_list import treatment_list
from planner.calendars.of_case import calendars_of
from planner.case.file import read_case
from planner.clock import FIRST_YEAR, LAST_YEAR, PLAUSIBLE
from planner.commands.session import local_today
from planner.errors import InputError, Problem
from planner.rulebook.file import rulebook

DAYS = timedelta(days=8 * 7 - 1)
"""So many days after the first one are listed: eight weeks, as far ahead as clinics book."""
COMMAND = "planner treatments"


def run(
    file: Path, first: date | None, last: date | None, form: str, today: date | None, rules: Path | None = None
) -> int:
    """List the treatments of a case file and return the exit status."""
    book = rulebook(rules)
    case = read_case(file, book)
    first = first or today or local_today(case)
    if not FIRST_YEAR <= first.year < LAST_YEAR:
        raise InputError([Problem(COMMAND, "--from", f"{first} is too far away", PLAUSIBLE)])
    last = last or first + DAYS
    if last < first:
        raise InputError([Problem(COMMAND, "--to", f"{last} is before {first}", "give a day that is not before it")])
    if not last.year < LAST_YEAR:
        raise InputError([Problem(COMMAND, "--to", f"{last} is too far away", PLAUSIBLE)])
    found = treatment_list(case, book, calendars_of(file, case, first, last), first, last, file.name)
    if form == "json":
        print(found.model_dump_json(indent=2))
    else:
        from planner.show.table import console  # noqa: PLC0415 (only the table needs rich)
        from planner.show.treatments import show_treatments  # noqa: PLC0415 (as above)

        show_treatments(found, book, first, last, console())
    return 0
