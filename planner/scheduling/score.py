"""Score: what each preference gives to a plan; together that is what the scheduler counted."""

from __future__ import annotations

from collections.abc import Sequence

from planner.candidates.candidate import Candidate
from planner.results.plan import Score
from planner.rulebook.model import PREFERENCES
from planner.scheduling.task import Task

Chosen = Sequence[Sequence[Candidate]]


def score(task: Task, chosen: Chosen, total: int) -> Score:
    """Return the points of a plan by preference; together they are what the scheduler counted."""
    return Score(total=total, preferences=points_by_preference(task, chosen))


def points_by_preference(task: Task, chosen: Chosen) -> dict[str, int]:
    """Return the points that each preference gives to what is chosen for a task; silent ones are left out."""
    given = dict.fromkeys(PREFERENCES, 0)
    before = task.last_run
    last_run = None if before is None else (before.date() - task.days[0].day).days
    weights, workouts = task.rulebook.preferences, task.rulebook.workouts
    for number, candidates in enumerate(chosen):
        for candidate in candidates:
            for name, points in candidate.points.items():
                given[name] += points
        if len(candidates) > 1:
            done = sum(candidate.done for candidate in candidates)
            if not task.case.goals.two_a_day:
                given["one_a_day"] -= weights["one_a_day"].points * max(len(candidates) - max(done, 1), 0)
        runs = [one for one in candidates if workouts[one.form.workout].kind == "run"]
        if runs:
            if last_run is not None and not any(one.done and not (one.fixed and one.fixed.asked) for one in runs):
                short = max(task.wishes.ideal_run_gap - (number - last_run), 0)
                given["spread_runs"] -= weights["spread_runs"].points * short
            last_run = number
    return {name: given[name] for name in sorted(given) if given[name]}
