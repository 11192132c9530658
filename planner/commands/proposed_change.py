"""Changing a case file from the command line: what it does to the plan is shown before anything is written."""

from __future__ import annotations

import codecs
import sys
from dataclasses import dataclass

from planner.case.file import identified, parse_case
from planner.case.model import Case
from planner.commands.opened_case import CaseOptions, OpenedCase, open_case, present, stamp
from planner.commands.output import show_changes
from planner.editing.edits import Edit
from planner.errors import InputError, Problem
from planner.files import alone_in, read_text, write_whole
from planner.planning import plan_request

YES = {"y", "yes", ""}


@dataclass(frozen=True, kw_only=True)
class ChangeOptions(CaseOptions):
    """Hold what every command that changes a case is told: whether to write without asking."""

    yes: bool = False


def propose(options: ChangeOptions, session: OpenedCase, edit: Edit, *, weeks: int | None = None) -> int:
    """Show what an edit of the case file does to the plan, ask, write it, and return the exit status.

    Raises `InputError` where the edited file would be no case: then nothing is written.
    """
    file = options.case
    text = read_text(file)
    changed = edit(text)
    case = identified(parse_case(changed, str(file), session.rulebook), file)
    after = show_effect(session, case, weeks)
    if not (options.yes or _agreed()):
        print("Nothing was written.", file=sys.stderr)
        return 0
    with alone_in(file.parent):
        if read_text(file) != text:
            # While the question stood there, somebody else wrote into the file.
            wrong = "was changed meanwhile, and is left as it is"
            raise InputError([Problem(str(file), "", wrong, "say it again")])
        with file.open("rb") as old:
            mark = codecs.BOM_UTF8 if old.read(3) == codecs.BOM_UTF8 else b""
        write_whole(file, mark + changed.encode())
    print(f"Wrote {file}. Plan again to have it in the calendar: planner plan {file} -o …", file=sys.stderr)
    return 1 if after else 0


def show_effect(session: OpenedCase, case: Case, weeks: int | None) -> bool:
    """Print what a changed case changes in the plan; return whether a danger sign clears it."""
    # icalendar loads only here: workouts are compared as a calendar would.
    from planner.calendars.write.file import write  # noqa: PLC0415
    from planner.calendars.write.memory import read_memory  # noqa: PLC0415

    now = stamp()
    earlier = session.kept_plan(None)
    before = plan_request(session.request(None, weeks, earlier))
    after = plan_request(session._replace(case=case).request(None, weeks, earlier))
    memory = read_memory(write(before, now).content, "the plan", present(case, session.today, now))
    show_changes(write(after, now, memory=memory).changes, after)
    return after.cleared


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
