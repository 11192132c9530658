"""`planner workouts`: how somebody else's plan was read, the unsure readings first."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import date, timedelta

from planner import arguments as shared
from planner.bending.sessions import session_list
from planner.calendars.of_case import calendars_of
from planner.clock import FIRST_YEAR, LAST_YEAR, PLAUSIBLE
from planner.commands.opened_case import CaseOptions, open_case
from planner.commands.output import print_json
from planner.errors import InputError, Problem

DAYS = timedelta(days=8 * 7 - 1)
"""So many days after the first one are listed: eight weeks, as far ahead as most feeds reach."""
COMMAND = "planner workouts"


@dataclass(frozen=True, kw_only=True)
class Options(CaseOptions):
    """Hold what `planner workouts` is told: between which days, whether only what is unsure, and what to print."""

    start: date | None = None
    end: date | None = None
    unsure: bool = False
    format: str = "text"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner workouts`."""
    parser.description = (
        "Show how the sessions of somebody else's plan ([[workouts]] in the case) were read: which workout, how long, "
        "by which words, and how sure that is. Look at it before you plan: what is read too light protects nothing."
    )
    shared.add_case(parser)
    day = shared.date_argument
    parser.add_argument("--from", dest="start", type=day, metavar="DATE", help="first day (default: today)")
    parser.add_argument("--to", dest="end", type=day, metavar="DATE", help="last day (default: eight weeks)")
    parser.add_argument("--unsure", action="store_true", help="only what could not be read for sure")
    shared.add_format(parser, "text", "json")
    shared.add_today_and_rules(parser)


def run(options: Options) -> int:
    """Show how the plan of a case file was read and return the exit status."""
    session = open_case(options)
    if not session.case.workouts:
        right = 'write [[workouts]] and below it calendar = "coach.ics"'
        raise InputError([Problem(str(session.file), "workouts", "the case names no plan of somebody else", right)])
    first, last = _days(options, session.today)
    calendars = calendars_of(session.file, session.case, first - timedelta(days=60), last, session.words)
    found = session_list(session.case, session.rulebook, calendars, first, last, session.today)
    if options.unsure:
        found = found.model_copy(
            update={"workouts": tuple(workout for workout in found.workouts if not workout.read_as.sure)}
        )
    if options.format == "json":
        print_json(found.model_dump(mode="json"), session.rulebook)
    else:
        from planner.show.table import console  # noqa: PLC0415 (only the text needs rich)
        from planner.show.workouts import show_workouts  # noqa: PLC0415 (as above)

        show_workouts(found, session.rulebook, first, last, console())
    return 0


def _days(options: Options, today: date) -> tuple[date, date]:
    """Return the first and the last day to list; raise `InputError` where they are no span that a case could have."""
    first = options.start or today
    last = options.end or first + DAYS
    for field, day in (("--from", first), ("--to", last)):
        if not FIRST_YEAR <= day.year < LAST_YEAR:
            raise InputError([Problem(COMMAND, field, f"{day} is too far away", PLAUSIBLE)])
    if last < first:
        raise InputError([Problem(COMMAND, "--to", f"{last} is before {first}", "give a day that is not before it")])
    return first, last
