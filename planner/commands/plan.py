"""`planner plan`: plan a case, print it, write its calendar, or revise the one that is there."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from planner.calendars.of_case import calendars_of
from planner.calendars.plan_file import write_plan
from planner.case.file import read_case
from planner.commands.session import keep, local_today, past_until, present, remembered, show, stamp
from planner.planning import plan
from planner.results.plan import Plan
from planner.rulebook.file import rulebook
from planner.scheduling.task import days_to_read


def run(
    file: Path,
    output: Path | None,
    start: date | None,
    weeks: int,
    form: str,
    today: date | None,
    rules: Path | None = None,
    *,
    private: bool | None = None,
) -> int:
    """Plan a case file and return the exit status."""
    book = rulebook(rules)
    case = read_case(file, book)
    day, now = today or local_today(case), stamp()
    memory = None if output is None else remembered(output, case, present(case, day, now))
    earlier = None if memory is None else memory.earlier
    calendars = calendars_of(file, case, *days_to_read(start or day, weeks))
    to_come = past_until(case, today or start)
    planned = plan(case, book, today=day, start=start, weeks=weeks, calendars=calendars, earlier=earlier, now=to_come)
    content = b""
    if output is not None or form == "ics":
        from planner.calendars.write.file import write  # noqa: PLC0415 (icalendar loads only where a file is made)

        if private is None:
            # What was private once is not opened by a forgotten option.
            private = memory is not None and memory.private
        written = write(planned, now, memory=memory, private=private)
        content, planned = written.content, planned.model_copy(update={"changes": written.changes})
        if output is not None:
            keep(output, written)
            write_plan(output, content)
    show(planned, form, content)
    if output is not None:
        print(f"Wrote {output}: {said(planned, again=memory is not None)}.", file=sys.stderr)
    return 1 if planned.cleared else 0


def said(planned: Plan, *, again: bool) -> str:
    """Return what a calendar file holds, for the person who just wrote it."""
    if again:
        changes = planned.changes
        counts = {name: len(getattr(changes, name)) for name in type(changes).model_fields}
        found = [f"{count} {name}" for name, count in counts.items() if count]
        return ", ".join(found) or "nothing changed"
    count = len(planned.workouts)
    return f"{count} workout{'' if count == 1 else 's'}. Import it into a calendar of its own"
