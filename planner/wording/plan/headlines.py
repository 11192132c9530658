"""Headlines: the answer that a person opens a plan for, before the days: the next run, the long run, what to mind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from planner.results.plan import Plan, PlanDay, PlannedWorkout, RuledOut
from planner.wording.english import clock, day_name, when

SOON = timedelta(days=3)
"""How long after a treatment what it rules out is still the thing to mind."""


def headlines(plan: Plan) -> Iterator[str]:
    """Yield what matters first: `Next run: Mon 23 Nov, 07:00, 40 minutes, if pain 5 or less (of 10) and no limp.`."""
    runs = [workout for workout in plan.workouts if workout.kind == "run" and workout.workout != "race"]
    first = runs[0] if runs else None
    if first is not None:
        yield f"Next run: {_said(first)}."
    long_run = next((workout for workout in runs if workout.workout == "run_long"), None)
    if long_run is not None and long_run is not first:
        yield f"Next long run: {_said(long_run)}."
    race = next((workout for workout in plan.workouts if workout.workout == "race"), None)
    if race is not None:
        yield f"{race.title}: {clock(race.start)}."
    if first is None:
        other = next(iter(plan.workouts), None)
        if other is not None:
            yield f"Next workout: {other.title.lower()}, {_said(other)}."
    yield from _to_mind(plan)


def _said(workout: PlannedWorkout) -> str:
    check = f", if {workout.check}" if workout.check else ""
    return f"{clock(workout.start)}, {workout.minutes} minutes{check}"


def _to_mind(plan: Plan) -> Iterator[str]:
    """Yield the first treatment, with what it rules out of what the person asks for."""
    day, treatment = next(((day, one) for day in plan.days for one in day.treatments), (None, None))
    if day is None or treatment is None:
        return
    start = treatment.start
    region = treatment.region.replace("_", " ")
    said = f"{treatment.name.lower()} ({region}) on {when(start) if isinstance(start, datetime) else day_name(start)}"
    text = next((each.text for near in plan.days if day.date <= near.date < day.date + SOON for each in _out(near)), "")
    yield f"Mind the {said}.{f' {text}.' if text else ''}"


def _out(day: PlanDay) -> list[RuledOut]:
    return [one for one in day.ruled_out if one.asked]
