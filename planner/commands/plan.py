"""`planner plan`: plan a case, print it, write its calendar, or revise the one that is there."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planner.calendars.plan_file import write_plan
from planner.commands.opened_case import STANDARD, CaseOptions, open_case, stamp
from planner.commands.output import calendar_of, is_private, keep_edited, print_plan
from planner.files import alone_in
from planner.planning import plan_request
from planner.results.plan import Plan
from planner.wording.plan.private import private_plan


@dataclass(frozen=True, kw_only=True)
class Options(CaseOptions):
    """Hold what `planner plan` is told: which days, where to write, what to print."""

    output: Path | None = None
    start: date | None = None
    weeks: int | None = None
    format: str = "table"
    private: bool | None = None
    aftercare: bool = False


def run(options: Options) -> int:
    """Plan a case file and return the exit status."""
    if options.case.is_dir():
        from planner.commands.plan_folder import FolderSpan, plan_folder  # noqa: PLC0415 (for many)

        span = FolderSpan(options.start, options.weeks, options.today, options.rules, options.private)
        return plan_folder(options.case, options.output, span, options.format)
    if options.output in {None, STANDARD}:
        return _plan(options)
    with alone_in((options.output or options.case).parent):
        return _plan(options)


def _plan(options: Options) -> int:
    session, now, output = open_case(options), stamp(), options.output
    if options.format == "html" or (output is not None and is_hand_out(output)):
        from planner.commands.hand_out import write_hand_out  # noqa: PLC0415 (its pages are an extra)

        return write_hand_out(session, options.start, options.weeks, output, private=bool(options.private))
    piped = output == STANDARD
    memory = session.plan_beside(now) if output is None or piped else session.remembered(output, now)
    earlier = None if memory is None else memory.earlier
    # What is not written anywhere is for who asks: what the file is like says nothing about it.
    private = is_private(options.private, None if output is None else memory)
    planned = plan_request(session.request(options.start, options.weeks, earlier))
    content = b""
    if output is not None or options.format == "ics":
        written = calendar_of(planned, now, memory, private=options.private)
        content, planned = written.content, planned.model_copy(update={"changes": written.changes})
        if output is not None and not piped:
            keep_edited(output, written, private=private)
            write_plan(output, content)
    if piped:
        sys.stdout.buffer.write(content)
        print_plan(planned, session.rulebook, "table", aside=True, aftercare=options.aftercare, private=private)
        return 1 if planned.cleared else 0
    print_plan(planned, session.rulebook, options.format, content, aftercare=options.aftercare, private=private)
    if output is None and memory is not None:
        beside = options.case.with_suffix(".ics")
        print(f"It goes on from {beside}, which is left as it is: -o {beside} writes it there.", file=sys.stderr)
    if output is not None:
        shown = private_plan(planned) if private else planned
        print(f"Wrote {output}: {summary(shown, again=memory is not None)}.", file=sys.stderr)
    return 1 if planned.cleared else 0


def is_hand_out(output: Path) -> bool:
    """Return whether a file is named as a hand-out, not as a calendar."""
    return output.suffix.casefold() in {".html", ".htm"}


def summary(planned: Plan, *, again: bool) -> str:
    """Return what a calendar file holds, for the person who just wrote it."""
    if again:
        changes = planned.changes
        counts = {name: len(getattr(changes, name)) for name in type(changes).model_fields}
        treatments = counts.pop("treatments")
        parts = [f"{count} {name}" for name, count in counts.items() if count]
        if treatments:
            parts.insert(0, f"{treatments} treatment{'' if treatments == 1 else 's'} moved")
        return ", ".join(parts) or "nothing changed"
    count = len(planned.workouts)
    return f"{count} workout{'' if count == 1 else 's'}. Import it into a calendar of its own"
