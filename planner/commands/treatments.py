"""`planner treatments`: the appointments of a case as they were understood, and what was passed over."""

from __future__ import annotations

from dataclasses import dataclass

from planner.appointments.treatment_list import treatment_list
from planner.calendars.of_case import calendars_of
from planner.commands.listed_days import ListOptions, days_to_list
from planner.commands.opened_case import open_case
from planner.commands.output import print_json

COMMAND = "planner treatments"


@dataclass(frozen=True, kw_only=True)
class Options(ListOptions):
    """Hold what `planner treatments` is told: between which days, and what to print."""

    format: str = "table"


def run(options: Options) -> int:
    """List the treatments of a case file and return the exit status."""
    session = open_case(options)
    first, last = days_to_list(options, COMMAND, session.today)
    calendars = calendars_of(session.file, session.case, first, last)
    listed = treatment_list(session.case, session.rulebook, calendars, first, last, session.file.name)
    if options.format == "json":
        print_json(listed.model_dump(mode="json"), session.rulebook)
    else:
        from planner.show.table import console  # noqa: PLC0415 (only the table needs rich)
        from planner.show.treatments import show_treatments  # noqa: PLC0415 (as above)

        show_treatments(listed, session.rulebook, first, last, console())
    return 0
