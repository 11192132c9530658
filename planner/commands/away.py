"""`planner away`: no time for workouts from a day to another, written into the case file."""

from __future__ import annotations

import argparse
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


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner away`."""
    parser.description = (
        "Write down that there is no time for workouts from a first to a last day, both included. What it does to the "
        "plan is shown before it is written."
    )
    shared.add_case(parser)
    parser.add_argument("start", type=shared.date_argument, metavar="FROM", help="the first day")
    parser.add_argument("until", type=shared.date_argument, metavar="UNTIL", help="the last day")
    parser.add_argument(
        "--what",
        action="append",
        default=[],
        metavar="KIND",
        help="from these alone, such as swims (default: all)",
    )
    parser.add_argument("--why", metavar="TEXT", help="a word for the plan, such as holiday")
    shared.add_yes(parser)
    shared.add_format(parser, "text", "json")
    shared.add_today_and_rules(parser)


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
