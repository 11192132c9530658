"""Somebody else's plan, bent, in the terminal: what was changed and why, first; then how much stays."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from planner.results.bent import BentSummary
from planner.results.plan import Plan, PlannedWorkout
from planner.wording.coached import as_planned, change_with_why, changed_from


def bent_lines(plan: Plan, bent: BentSummary) -> Iterator[Text]:
    """Yield a line for each session that was changed or left out, and then how much stays."""
    lost = [(workout.day, change_with_why(workout.change)) for workout in bent.lost_workouts]
    changed = [
        (workout.source.day, change_with_why(workout.change))
        for workout in plan.workouts
        if workout.source and workout.change is not None
    ]
    for _, line in sorted([*lost, *changed]):
        yield Text(in_one_line(line))
    yield Text(bent.text, style="bold" if lost or changed else "")


def session_line(workout: PlannedWorkout) -> str:
    """Return what a workout is in somebody else's plan, in one line."""
    if workout.source is None:
        return ""
    if workout.change is not None:
        return in_one_line(changed_from(workout.source.title, workout.source.day))
    return in_one_line(as_planned(workout.source.title, workout.hint))


def in_one_line(text: str) -> str:
    """Return text of somebody else's calendar in one line, its blanks as they are."""
    return "".join(character if character.isprintable() else " " for character in text)
