"""`planner treat`: add, move or remove an appointment in the case file."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import date, datetime

from planner import arguments as shared
from planner.case.entries import TreatmentEntry
from planner.commands.opened_case import OpenedCase
from planner.commands.proposed_change import ChangeOptions, open_for_change, propose
from planner.editing.edits import Edit, add_entry, change_entry, remove_entry
from planner.errors import InputError, Problem, quoted

COMMAND = "planner treat"


@dataclass(frozen=True, kw_only=True)
class Options(ChangeOptions):
    """Hold what `planner treat` is told: what to do with which appointment."""

    action: str
    which: str
    when: date | datetime | None = None
    region: str | None = None
    side: str | None = None
    minutes: int | None = None
    dose: str | None = None


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner treat`."""
    parser.description = (
        "Add an appointment to the case file, move one or take one out, and show what it does to the plan before it is "
        "written. WHICH is a number, counted as the appointments stand in the file from 1 on, or the kind of treatment "
        "where there is one of it."
    )
    shared.add_case(parser)
    parser.add_argument("action", choices=("add", "move", "remove"), help="what to do")
    parser.add_argument("which", metavar="WHICH", help="the kind of treatment ('dry needling'), or a number")
    parser.add_argument(
        "when",
        nargs="*",
        action=shared.WhenAction,
        default=None,
        metavar="WHEN",
        help="tuesday 9:30, 2026-12-01T09:30, or the date alone",
    )
    parser.add_argument("--region", metavar="REGION", help="what is treated (default: the injury's region)")
    parser.add_argument("--side", choices=("left", "right", "both"), help="on which side")
    parser.add_argument("--minutes", type=shared.number_argument(1, 480), metavar="N", help="how long it lasts")
    parser.add_argument("--dose", choices=("light", "normal", "heavy"), help="how much of it (default: normal)")
    shared.add_yes(parser)
    shared.add_format(parser, "text", "json")
    shared.add_today_and_rules(parser)


def run(options: Options) -> int:
    """Change the appointments of a case file and return the exit status."""
    session = open_for_change(options)
    if options.action != "remove" and options.when is None:
        raise InputError([Problem(COMMAND, "WHEN", "is missing", "say when it is: 'tuesday 9:30'")])
    return propose(options, session, _edit(options, session), weeks=_weeks(options, session))


def _weeks(options: Options, session: OpenedCase) -> int:
    if options.when is None:
        return 2
    day = options.when.date() if isinstance(options.when, datetime) else options.when
    return min(max((day - session.today).days // 7 + 2, 1), shared.MOST_WEEKS)


def _edit(options: Options, session: OpenedCase) -> Edit:
    """Return the edit that the options ask for."""
    if options.action == "add":
        fields: dict[str, object] = {"kind": options.which, "region": options.region, "side": options.side}
        fields |= {"start": options.when, "minutes": options.minutes, "dose": options.dose}
        return add_entry("treatments", {key: value for key, value in fields.items() if value is not None})
    number = _number(options, session)
    if options.action == "remove":
        return remove_entry("treatments", number)
    entry: TreatmentEntry = session.case.treatments[number]
    if entry.calendar is not None or entry.repeat is not None:
        what = "comes from a calendar" if entry.calendar is not None else "is a series"
        right = "move it in that calendar" if entry.calendar is not None else "change the series in the file"
        raise InputError([Problem(COMMAND, "WHICH", f"treatments[{number}] {what}", right)])
    changed: dict[str, object] = {
        "start": options.when,
        "region": options.region,
        "side": options.side,
        "minutes": options.minutes,
        "dose": options.dose,
    }
    return change_entry("treatments", number, {key: value for key, value in changed.items() if value is not None})


def _number(options: Options, session: OpenedCase) -> int:
    """Return the number of the entry that is meant, from 0."""
    entries = session.case.treatments
    if options.which.isdecimal():
        number = int(options.which) - 1
        if 0 <= number < len(entries):
            return number
        right = f"give 1 to {len(entries)}" if entries else "there is none yet: planner treat CASE add …"
        raise InputError([Problem(COMMAND, "WHICH", f"there is no appointment {options.which}", right)])
    kind = session.rulebook.names.find("treatments", options.which)
    if kind is None:
        near = session.rulebook.names.nearest("treatments", options.which)
        raise InputError([Problem(COMMAND, "WHICH", f"{quoted(options.which)} is no treatment", near)])
    numbers = [number for number, entry in enumerate(entries) if entry.kind == kind]
    if len(numbers) == 1:
        return numbers[0]
    wrong = f"{len(numbers)} appointments are {kind.replace('_', ' ')}" if numbers else f"no appointment is {kind}"
    right = f"give its number: {', '.join(str(number + 1) for number in numbers)}" if numbers else "give a number"
    raise InputError([Problem(COMMAND, "WHICH", wrong, right)])
