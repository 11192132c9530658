"""`planner workouts`: how somebody else's plan was read, the unsure readings first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from planner.bending.sessions import session_list
from planner.calendars.of_case import calendars_of
from planner.commands.listed_days import ListOptions, days_to_list
from planner.commands.opened_case import open_case
from planner.commands.output import print_json
from planner.errors import InputError, Problem

COMMAND = "planner workouts"


@dataclass(frozen=True, kw_only=True)
class Options(ListOptions):
    """Hold what `planner workouts` is told: between which days, whether only what is unsure, and what to print."""

    unsure: bool = False
    format: str = "text"


def run(options: Options) -> int:
    """Show how the plan of a case file was read and return the exit status."""
    session = open_case(options)
    if not session.case.workouts:
        right = 'write [[workouts]] and below it calendar = "coach.ics"'
        raise InputError([Problem(str(session.file), "workouts", "the case names no plan of somebody else", right)])
    first, last = days_to_list(options, COMMAND, session.today)
    calendars = calendars_of(session.file, session.case, first - timedelta(days=60), last, session.words)
    sessions_of_days = session_list(session.case, session.rulebook, calendars, first, last, session.today)
    files = {
        entry.calendar: (
            _written(session.file.parent / entry.calendar),
            max(
                (listed.date for listed in sessions_of_days.workouts if listed.calendar == entry.calendar), default=None
            ),
        )
        for entry in session.case.workouts
    }
    if options.unsure:
        sessions_of_days = sessions_of_days.model_copy(
            update={"workouts": tuple(workout for workout in sessions_of_days.workouts if not workout.read_as.sure)}
        )
    if options.format == "json":
        print_json(sessions_of_days.model_dump(mode="json"), session.rulebook)
    else:
        from planner.show.table import console  # noqa: PLC0415 (only the text needs rich)
        from planner.show.workouts import show_workouts  # noqa: PLC0415 (as above)

        show_workouts(sessions_of_days, session.rulebook, (first, last), files, console())
    return 0


def _written(path: Path) -> date | None:
    """Return the day on which a calendar file was last written, None where that cannot be told."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
    except (OSError, OverflowError, ValueError):
        return None
