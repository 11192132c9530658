"""Headlines: the answer that a person opens a plan for, before the days: the next run, the long run, what to mind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from planner.results.plan import Plan, PlanDay, PlannedWorkout, RuledOut
from planner.wording.english import clock, day_name, listed, start_words

SOON = timedelta(days=3)
"""How long after a treatment what it rules out is still the thing to mind."""

RUNS = ("run_easy", "run_walk")
"""The runs that are asked for first: what keeps them out keeps out all others."""
MOST_NAMED = 3
"""So many of the workouts before the next run are named."""


def headlines(plan: Plan) -> Iterator[str]:
    """Yield what matters first: `Next run: Mon 23 Nov, 07:00, 40 minutes, if pain 5 or less (of 10) and no limp.`."""
    runs = [workout for workout in plan.workouts if workout.kind == "run" and workout.workout != "race"]
    first = runs[0] if runs else None
    if first is not None:
        long = ", the long one" if first.workout == "run_long" else ""
        yield f"Next run{long}: {_workout_words(first)}."
    long_run = next((workout for workout in runs if workout.workout == "run_long"), None)
    if long_run is not None and long_run is not first:
        yield f"Next long run: {_workout_words(long_run)}."
    yield from _until(plan, first)
    race = next((workout for workout in plan.workouts if workout.workout == "race"), None)
    if race is not None:
        yield f"{race.title}: {clock(race.start)}."
    if first is None:
        other = next(iter(plan.workouts), None)
        if other is not None:
            yield f"Next workout: {other.title.lower()}, {_workout_words(other)}."
    yield from _to_mind(plan)


def _until(plan: Plan, run: PlannedWorkout | None) -> Iterator[str]:
    """Yield what the days before the next run hold, or why there is none where one was asked for."""
    if run is None:
        if any(wish.kind == "run" for wish in plan.unplaced):
            out = next((ruled for day in plan.days for ruled in _out(day) if ruled.workout in RUNS), None)
            reason = "" if out is None else f": {out.text}"
            yield f"No run up to {day_name(plan.days[-1].date)}{reason}."
        return
    if not plan.days or run.start.date() == plan.days[0].date:
        return
    before = [workout for workout in plan.workouts if workout.start < run.start]
    # There and back on a day is said once.
    spoken = [f"{workout.title.lower()} on {day_name(workout.start.date())}" for workout in before]
    named = list(dict.fromkeys(spoken))
    if len(named) > MOST_NAMED:
        named = named[:MOST_NAMED]
        named.append("more below")
    yield f"Until then: {listed(named) if named else 'rest'}."


def _workout_words(workout: PlannedWorkout) -> str:
    check = f", if {workout.check}" if workout.check else ""
    return f"{clock(workout.start)}, {workout.minutes} minutes{check}"


def _to_mind(plan: Plan) -> Iterator[str]:
    """Yield the first treatment, with what it rules out of what the person asks for."""
    day, treatment = next(((day, treatment) for day in plan.days for treatment in day.treatments), (None, None))
    if day is None or treatment is None:
        return
    start = treatment.start
    region = treatment.region.replace("_", " ")
    words = f"{treatment.name.lower()} ({region}) on {start_words(start)}"
    text = next(
        (ruled_out.text for near in plan.days if day.date <= near.date < day.date + SOON for ruled_out in _out(near)),
        "",
    )
    yield f"Mind the {words}.{f' {text}.' if text else ''}"


def _out(day: PlanDay) -> list[RuledOut]:
    return [ruled_out for ruled_out in day.ruled_out if ruled_out.asked]
