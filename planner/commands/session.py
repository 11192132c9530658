"""Session: what several commands share: the plan's file, the clock, the printing."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.calendars.plan_file import read_plan, set_aside
from planner.case.model import Case
from planner.clock import midnight
from planner.errors import InputError, Problem
from planner.results.plan import Plan
from planner.revision.identity import plan_identity

if TYPE_CHECKING:
    from planner.calendars.write.file import Written
    from planner.calendars.write.memory import Memory
    from planner.revision.calendar import Earlier


def remembered(output: Path, case: Case, now: datetime) -> Memory | None:
    """Return what a plan's file holds, None where there is no such file.

    Raises `InputError` where the file is damaged, not ours, or the plan of another case.
    """
    content = read_plan(output)
    if content is None:
        return None
    from planner.calendars.write.memory import read_memory  # noqa: PLC0415 (icalendar loads only where a file is read)

    memory = read_memory(content, str(output), now)
    if memory.earlier.plan_id != plan_identity(case):
        wrong = "holds the plan of another case, and is left as it is"
        right = f'give another name; or, if this is that case renamed, write id = "{memory.earlier.plan_id}" in it'
        raise InputError([Problem(str(output), "", wrong, right)])
    return memory


def shown_in(file: Path | None, case: Case, today: date) -> Earlier | None:
    """Return what the calendar file of a plan shows, for a question about it; None where no file is named.

    Raises `InputError` where there is no such file, and as `remembered` does.
    """
    if file is None:
        return None
    right = "name the file that `planner plan -o` wrote"
    try:
        memory = remembered(file, case, present(case, today, stamp()))
    except InputError as error:
        # What to do with a file that is in the way of writing is no help to who only asks.
        raise InputError([problem._replace(right=right) for problem in error.problems]) from error
    if memory is None:
        raise InputError([Problem(str(file), "", "is not there", right)])
    return memory.earlier


def keep(output: Path, written: Written) -> None:
    """Keep the old file beside the new one where somebody had edited by hand what is now overwritten, and say so."""
    if not written.overwritten:
        return
    aside = set_aside(output)
    for event in written.overwritten:
        print(
            f'{output}: "{event.title}" of {event.day} was edited by hand, and the plan now says something else there; '
            f"the old file is kept as {aside}",
            file=sys.stderr,
        )


def show(planned: Plan, form: str, content: bytes = b"") -> None:
    """Print a plan to standard output."""
    if form == "json":
        print(planned.model_dump_json(indent=2))
    elif form == "ics":
        sys.stdout.buffer.write(content)
    else:
        from planner.show.table import console, show_plan  # noqa: PLC0415 (only the table needs rich)

        show_plan(planned, console())


def local_today(case: Case) -> date:
    """Return today's date where the person lives."""
    return datetime.now(case.tz).date()


def present(case: Case, today: date, now: datetime) -> datetime:
    """Return the moment up to which things are past: now, or where another day counts as today, its beginning."""
    here = now.astimezone(case.tz)
    return here if here.date() == today else midnight(today, case.tz)


def past_until(case: Case, said: date | None) -> datetime | None:
    """Return the moment that is now, before which nothing is planned.

    It is None where a day was `said` by `--today` or `--from`, or SOURCE_DATE_EPOCH is set: then days are whole.
    """
    return None if said is not None or "SOURCE_DATE_EPOCH" in os.environ else datetime.now(case.tz)


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
