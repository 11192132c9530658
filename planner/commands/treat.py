"""`planner treat`: add, move or remove an appointment in the case file."""

from __future__ import annotations

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
