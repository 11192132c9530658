"""`planner away`: no time for workouts from a day to another, written into the case file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner import arguments as shared
from planner.commands.proposed_change import ChangeOptions, open_for_change, propose
from planner.editing.edits import add_entry
from planner.errors import InputError, Problem

COMMAND = "planner away"


@dataclass(frozen=True, kw_only=True)
class Options(ChangeOptions):
    """Hold what `planner away` is told: from when to when, from which kinds of workout, and why."""

    start: date
    until: date
    what: Sequence[str] = ()
    why: str | None = None


def run(options: Options) -> int:
    """Write an absence into a case file and return the exit status."""
    if options.until < options.start:
        wrong = f"{options.until} lies before {options.start}"
        raise InputError([Problem(COMMAND, "UNTIL", wrong, "give the first day first")])
    session = open_for_change(options)
    values: dict[str, object] = {"from": options.start, "until": options.until}
    if options.what:
        values["what"] = list(options.what)
    if options.why:
        values["why"] = options.why
    weeks = min(max((options.until - session.today).days // 7 + 1, 1), shared.MOST_WEEKS)
    return propose(options, session, add_entry("away", values), weeks=weeks)
