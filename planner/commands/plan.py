"""`planner plan`: plan a case, print it, write its calendar."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from planner.calendar_files import calendars_of
from planner.case import Case
from planner.case_file import read_case
from planner.errors import InputError, Problem
from planner.files import write_plan
from planner.planned import Plan
from planner.planning import days_to_read, plan
from planner.rulebook_file import rulebook


def run(
    file: Path,
    output: Path | None,
    start: date | None,
    weeks: int,
    form: str,
    today: date | None,
    rules: Path | None = None,
) -> int:
    """Plan a case file and return the exit status."""
    book = rulebook(rules)
    case = read_case(file, book)
    today = today or local_today(case)
    calendars = calendars_of(file, case, *days_to_read(start or today, weeks))
    planned = plan(case, book, today=today, start=start, weeks=weeks, calendars=calendars)
    content = planned.to_ical(stamp()) if output is not None or form == "ics" else b""
    if output is not None:
        write_plan(output, content)
    show(planned, form, content)
    if output is not None:
        print(f"Wrote {output}: {written(planned)}.", file=sys.stderr)
    return 1 if planned.cleared else 0


def show(planned: Plan, form: str, content: bytes = b"") -> None:
    """Print a plan to standard output."""
    if form == "json":
        print(planned.model_dump_json(indent=2))
    elif form == "ics":
        sys.stdout.buffer.write(content)
    else:
        from planner.show.table import console, show_plan  # noqa: PLC0415 (only the table needs rich)

        show_plan(planned, console())


def written(planned: Plan) -> str:
    """Return what a calendar file holds, for the person who just wrote it."""
    count = len(planned.workouts)
    return f"{count} workout{'' if count == 1 else 's'}. Import it into a calendar of its own"


def local_today(case: Case) -> date:
    """Return today's date where the person lives."""
    return datetime.now(case.tz).date()


def stamp() -> datetime:
    """Return the moment that events are stamped with: SOURCE_DATE_EPOCH where it is set, else now.

    Raises `InputError` where the variable is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        wrong = f'"{epoch}" is no number of seconds since 1970'
        raise InputError(
            [Problem("SOURCE_DATE_EPOCH", "", wrong, "set it to a whole number, or not at all")]
        ) from error
