"""`planner move`: put a planned workout at another time, as a fixed session of that day in the case file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from planner import arguments as shared
from planner.commands.opened_case import OpenedCase
from planner.commands.proposed_change import ChangeOptions, open_for_change, propose
from planner.editing.edits import add_entry
from planner.errors import InputError, Problem
from planner.planning import plan_request

COMMAND = "planner move"


@dataclass(frozen=True, kw_only=True)
class Options(ChangeOptions):
    """Hold what `planner move` is told: which workout, and where to."""

    workout: str
    when: date | datetime


def run(options: Options) -> int:
    """Write a fixed session into a case file and return the exit status."""
    session = open_for_change(options)
    if session.case.workouts:
        wrong = "the sessions of somebody else's plan are not fixed in the case"
        right = (
            "move it in the calendar of the bent plan: planner finds it there, and keeps it there if the rules allow it"
        )
        raise InputError([Problem(COMMAND, "WORKOUT", wrong, right)])
    if not isinstance(options.when, datetime):
        right = f'write "{options.when} 09:00"'
        raise InputError([Problem(COMMAND, "WHEN", f"{options.when} has no time of day", right)])
    workout = session.workout_named(options.workout, COMMAND)
    values: dict[str, object] = {
        "workout": workout,
        "date": options.when.date(),
        "start": options.when.time(),
        "minutes": _minutes(session, workout, options.when.date()),
    }
    return propose(options, session, add_entry("sessions", values), weeks=_weeks(session, options.when.date()))


def _weeks(session: OpenedCase, day: date) -> int:
    return min(max((day - session.today).days // 7 + 1, 1), shared.MOST_WEEKS)


def _minutes(session: OpenedCase, workout: str, day: date) -> int:
    """Return how long the workout is that moves: the nearest one of the plan, or as long as it usually is."""
    planned = plan_request(session.request(None, _weeks(session, day), session.kept_plan(None)))
    by_distance = sorted(
        (abs(planned_workout.start.date() - day), planned_workout.minutes)
        for planned_workout in planned.workouts
        if planned_workout.workout == workout
    )
    if by_distance and by_distance[0][0] < timedelta(days=7):
        return by_distance[0][1]
    name = session.rulebook.workouts[workout].name.lower()
    right = "name one of the week's workouts, or add a [[sessions]] entry to the case"
    raise InputError([Problem(COMMAND, "WORKOUT", f"the plan has no {name} near {day}", right)])
