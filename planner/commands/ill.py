"""`planner ill`: being ill, or well again, written into the case file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.commands.opened_case import OpenedCase
from planner.commands.proposed_change import ChangeOptions, open_for_change, propose
from planner.editing.edits import Edit, add_entry, change_entry
from planner.errors import InputError, Problem, quoted

COMMAND = "planner ill"


@dataclass(frozen=True, kw_only=True)
class Options(ChangeOptions):
    """Hold what `planner ill` is told: which illness, from when to when, and how many days of it with a fever."""

    kind: str | None = None
    start: date | None = None
    until: date | None = None
    fever_days: int | None = None


def run(options: Options) -> int:
    """Write an illness, or its end, into a case file and return the exit status."""
    session = open_for_change(options)
    return propose(options, session, _ended(options, session) if options.kind is None else _begun(options, session))


def _begun(options: Options, session: OpenedCase) -> Edit:
    names = session.rulebook.names
    kind = names.find("illnesses", options.kind or "")
    if kind is None:
        wrong = f"{quoted(options.kind)} is no illness that is known here"
        raise InputError([Problem(COMMAND, "KIND", wrong, names.nearest("illnesses", options.kind or ""))])
    values = {"kind": kind, "from": options.start or session.today}
    more = {"until": options.until, "fever_days": options.fever_days}
    return add_entry("illness", {**values, **{key: value for key, value in more.items() if value is not None}})


def _ended(options: Options, session: OpenedCase) -> Edit:
    """Return the edit that ends the illness that still lasts."""
    lasting = [number for number, illness in enumerate(session.case.illness) if illness.until is None]
    if len(lasting) != 1 or options.until is None:
        right = "say which illness, such as: planner ill CASE flu"
        wrong = "is missing, and no illness still lasts" if not lasting else "is missing"
        right = "give --until DATE, or the illness that began" if lasting and options.until is None else right
        raise InputError([Problem(COMMAND, "KIND", wrong, right)])
    values = {"until": options.until, "fever_days": options.fever_days}
    return change_entry("illness", lasting[0], {key: value for key, value in values.items() if value is not None})
