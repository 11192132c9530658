"""`planner treatments`: the appointments of a case as they were understood, and what was passed over."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import date, timedelta

from planner import arguments as shared
from planner.appointments.treatment_list import treatment_list
from planner.calendars.of_case import calendars_of
from planner.clock import FIRST_YEAR, LAST_YEAR, PLAUSIBLE
from planner.commands.opened_case import CaseOptions, open_case
from planner.commands.output import print_json
from planner.errors import InputError, Problem

DAYS = timedelta(days=8 * 7 - 1)
"""So many days after the first one are listed: eight weeks, as far ahead as clinics book."""
COMMAND = "planner treatments"


@dataclass(frozen=True, kw_only=True)
class Options(CaseOptions):
    """Hold what `planner treatments` is told: between which days, and what to print."""

    start: date | None = None
    end: date | None = None
    format: str = "table"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner treatments`."""
    parser.description = (
        "List the treatments as they were understood, each with where it comes from, and what of the calendars was "
        "passed over and why."
    )
    shared.add_case(parser)
    day = shared.date_argument
    parser.add_argument("--from", dest="start", type=day, metavar="DATE", help="first day (default: today)")
    parser.add_argument("--to", dest="end", type=day, metavar="DATE", help="last day (default: eight weeks)")
    shared.add_format(parser, "table", "json")
    shared.add_today_and_rules(parser)


def run(options: Options) -> int:
    """List the treatments of a case file and return the exit status."""
    session = open_case(options)
    first, last = _days(options, session.today)
    calendars = calendars_of(session.file, session.case, first, last)
    listed = treatment_list(session.case, session.rulebook, calendars, first, last, session.file.name)
    if options.format == "json":
        print_json(listed.model_dump(mode="json"), session.rulebook)
    else:
        from planner.show.table import console  # noqa: PLC0415 (only the table needs rich)
        from planner.show.treatments import show_treatments  # noqa: PLC0415 (as above)

        show_treatments(listed, session.rulebook, first, last, console())
    return 0


def _days(options: Options, today: date) -> tuple[date, date]:
    """Return the first and the last day to list; raise `InputError` where they are no span that a case could have."""
    first = options.start or today
    if not FIRST_YEAR <= first.year < LAST_YEAR:
        raise InputError([Problem(COMMAND, "--from", f"{first} is too far away", PLAUSIBLE)])
    last = options.end or first + DAYS
    if last < first:
        raise InputError([Problem(COMMAND, "--to", f"{last} is before {first}", "give a day that is not before it")])
    if not last.year < LAST_YEAR:
        raise InputError([Problem(COMMAND, "--to", f"{last} is too far away", PLAUSIBLE)])
    return first, last
