"""`planner plan`: plan a case, print it, write its calendar, or revise the one that is there."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planner import arguments as shared
from planner.calendars.plan_file import write_plan
from planner.commands.session import STANDARD, CaseOptions, keep_edited, opened, show, stamp
from planner.files import alone_in
from planner.planning import plan_request
from planner.results.plan import Plan


@dataclass(frozen=True, kw_only=True)
class Options(CaseOptions):
    """Hold what `planner plan` is told: which days, where to write, what to print."""

    output: Path | None = None
    start: date | None = None
    weeks: int = 1
    format: str = "table"
    private: bool | None = None


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner plan`."""
    parser.description = (
        "Plan whole weeks around the treatments of a case. What a calendar imports is a copy: importing again updates "
        "some calendars and duplicates in others, so give the plan a calendar of its own."
    )
    shared.add_case(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE.ics",
        help="write the plan as a calendar file; an earlier plan there is revised, and the changes are listed (- is "
        "standard output: the calendar alone, the table on standard error)",
    )
    shared.add_private(parser)
    shared.add_span(parser)
    shared.add_format(parser, "table", "json", "ics")
    shared.add_today_and_rules(parser)


def run(options: Options) -> int:
    """Plan a case file and return the exit status."""
    if options.output in {None, STANDARD}:
        return _plan(options)
    with alone_in((options.output or options.case).parent):
        return _plan(options)


def _plan(options: Options) -> int:
    session, now, output = opened(options), stamp(), options.output
    piped = output == STANDARD
    memory = None if output is None or piped else session.remembered(output, now)
    earlier = None if memory is None else memory.earlier
    planned = plan_request(session.request(options.start, options.weeks, earlier))
    content = b""
    if output is not None or options.format == "ics":
        from planner.calendars.write.file import write  # noqa: PLC0415 (icalendar loads only where a file is made)

        private = options.private
        if private is None:
            # What was private once is not opened by a forgotten option.
            private = memory is not None and memory.private
        written = write(planned, now, memory=memory, private=private)
        content, planned = written.content, planned.model_copy(update={"changes": written.changes})
        if output is not None and not piped:
            keep_edited(output, written)
            write_plan(output, content)
    if piped:
        sys.stdout.buffer.write(content)
        show(planned, session.rulebook, "table", aside=True)
        return 1 if planned.cleared else 0
    show(planned, session.rulebook, options.format, content)
    if output is not None:
        print(f"Wrote {output}: {summary(planned, again=memory is not None)}.", file=sys.stderr)
    return 1 if planned.cleared else 0


def summary(planned: Plan, *, again: bool) -> str:
    """Return what a calendar file holds, for the person who just wrote it."""
    if again:
        changes = planned.changes
        counts = {name: len(getattr(changes, name)) for name in type(changes).model_fields}
        return ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing changed"
    count = len(planned.workouts)
    return f"{count} workout{'' if count == 1 else 's'}. Import it into a calendar of its own"
