"""Changing a case file from the command line: what it does to the plan is shown before anything is written."""

from __future__ import annotations

import codecs
import sys
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from planner.case.file import identified, parse_case
from planner.case.model import Case
from planner.commands.opened_case import CaseOptions, OpenedCase, open_case, past_bound, stamp
from planner.commands.output import print_json, show_changes
from planner.editing.edits import Edit
from planner.errors import InputError, Problem
from planner.files import alone_in, read_text, write_whole
from planner.planning import plan_request
from planner.results.plan import Changes, Plan

YES = {"y", "yes", ""}


@dataclass(frozen=True, kw_only=True)
class ChangeOptions(CaseOptions):
    """Hold what every command that changes a case is told: whether to write without asking, and what to print."""

    yes: bool = False
    format: str = "text"


def propose(options: ChangeOptions, session: OpenedCase, edit: Edit, *, weeks: int | None = None) -> int:
    """Show what an edit of the case file does to the plan, ask, write it, and return the exit status.

    Raises `InputError` where the edited file would be no case: then nothing is written.

    Args:
        options: what the command was told: the file, the format, whether to ask.
        session: the opened case, as it is without the edit.
        edit: what makes the new text of the file out of the old one.
        weeks: for how many weeks the change is shown; None goes to the end of a calendar week.

    """
    file = options.case
    text = read_text(file)
    changed = edit(text)
    case = identified(parse_case(changed, str(file), session.rulebook), file)
    after, changes = changed_plan(session, case, weeks)
    if options.format == "text":
        # A reader who has seen enough (`… | head`) takes nothing back of what was to be written without asking.
        with suppress(BrokenPipeError) if options.yes else nullcontext():
            show_changes(changes, after)
    written = options.yes or _agreed()
    if written:
        _write(file, text, changed)
        print(f"Wrote {file}. Plan again to have it in the calendar: planner plan {file} -o …", file=sys.stderr)
    else:
        print("Nothing was written.", file=sys.stderr)
    if options.format == "json":
        data = {"file": str(file), "written": written, "cleared": after.cleared, "alerts": list(after.alerts)}
        print_json({**data, "changes": changes.model_dump(mode="json")}, session.rulebook)
    return 1 if written and after.cleared else 0


def _write(file: Path, text: str, changed: str) -> None:
    """Write a case file anew, with the byte order mark that it had.

    Raises `InputError` where it no longer holds the text that was read: somebody else wrote while the question stood.
    """
    with alone_in(file.parent):
        if read_text(file) != text:
            wrong = "was changed meanwhile, and is left as it is"
            raise InputError([Problem(str(file), "", wrong, "say it again")])
        with file.open("rb") as old:
            mark = codecs.BOM_UTF8 if old.read(3) == codecs.BOM_UTF8 else b""
        write_whole(file, mark + changed.encode())


def changed_plan(session: OpenedCase, case: Case, weeks: int | None) -> tuple[Plan, Changes]:
    """Return the plan of a changed case, and what differs in it from the plan as it was."""
    # icalendar loads only here: workouts are compared as a calendar would.
    from planner.calendars.write.file import write  # noqa: PLC0415
    from planner.calendars.write.memory import read_memory  # noqa: PLC0415

    now = stamp()
    earlier = session.kept_plan(None)
    before = plan_request(session.request(None, weeks, earlier))
    after = plan_request(session._replace(case=case).request(None, weeks, earlier))
    memory = read_memory(write(before, now).content, "the plan", past_bound(case, session.today, now))
    return after, write(after, now, memory=memory).changes


def open_for_change(options: ChangeOptions) -> OpenedCase:
    """Return the session of a command that changes a case file.

    Raises `InputError` where the case comes from standard input: there is no file to write.
    """
    if str(options.case) == "-":
        raise InputError([Problem("standard input", "", "is no file that can be changed", "name the case file")])
    return open_case(options)


def _agreed() -> bool:
    """Return whether the person wants it written; who cannot be asked does not."""
    print("Write it? [Y/n] ", end="", file=sys.stderr, flush=True)
    try:
        return input().strip().casefold() in YES
    except EOFError:
        print(file=sys.stderr)
        return False
