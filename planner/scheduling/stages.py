"""Stages: the return to running in a plan of several weeks, each run with its intervals.

A stage is passed by good sessions, and only the log knows of these: every stage past today's is projected, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from planner.clock import Minutes, later, seconds
from planner.dose.ceilings import most_running, shortened_stage
from planner.dose.history import TrainingSession
from planner.limits.progress import running_stage, sessions_per_stage
from planner.results.plan import PlanDay, PlannedWorkout, Reason
from planner.rulebook.model import Stage
from planner.scheduling.task import Task
from planner.wording.plan.stages import intervals_text, run_title, stage_title


class FittedIntervals(NamedTuple):
    """Hold a stage's intervals as a person reads them, and how long they are with the walk before them."""

    text: str
    minutes: int


def with_stages(task: Task, days: Sequence[PlanDay]) -> list[PlanDay]:
    """Return the days with the stage of each run, for a person on the way back to running; else as they are."""
    back = running_stage(task.case, task.rulebook, task.today, task.dose.way_back, task.masked)
    if back is None:
        return list(days)
    stage, good = back.stage, back.good
    needed = sessions_per_stage(task.case, task.rulebook)
    staged = []
    ran = list(task.dose.done)
    way_back = task.rulebook.return_to_running
    first = Minutes(0) if way_back is None else way_back.walk_first_minutes
    for day in days:
        workouts = []
        for workout in day.workouts:
            if workout.workout != "run_walk":
                workouts.append(workout)
                continue
            most = most_running(task.dose.rules, ran, day.date)
            shortened = shortened_stage(task.rulebook.stages[stage - 1], most, first)
            workouts.append(_at_stage(task, workout, stage, shortened, projected=stage > back.stage))
            ran.append(TrainingSession(day.date, "run_walk", "run", Minutes(shortened.run_minutes * shortened.repeats)))
            good += 1
            if good >= needed and stage < _last_stage(task, workout):
                stage, good = stage + 1, 0
        staged.append(day.model_copy(update={"workouts": tuple(workouts)}))
    return staged


def _last_stage(task: Task, workout: PlannedWorkout) -> int:
    """Return the last stage that a run may reach: one without walking only where the rules allow an easy run."""
    stages = task.rulebook.stages
    if task.dose.way_back is not None:
        return len(stages)
    verdict = task.limits.judge("run_easy", seconds(workout.start), Minutes(workout.minutes))
    return (
        len(stages) if verdict.allowed else max(number + 1 for number, stage in enumerate(stages) if stage.walk_minutes)
    )


def _at_stage(task: Task, workout: PlannedWorkout, number: int, stage: Stage, *, projected: bool) -> PlannedWorkout:
    rule = task.rulebook.return_to_running
    reasons = workout.reasons
    fitted = fit_intervals(stage, 0 if rule is None else rule.walk_first_minutes, workout.minutes)
    if rule is not None:
        title = stage_title(number, len(task.rulebook.stages), projected=projected)
        reason = Reason(
            rule="return_to_running",
            title=title,
            text=f"{title}. {rule.why}",
            evidence=rule.evidence,
            sources=rule.sources,
            why=rule.why,
        )
        reasons = (reason, *reasons)
    return workout.model_copy(
        update={
            "title": run_title(workout.title, number, stage),
            "stage": number,
            "intervals": fitted.text,
            "minutes": fitted.minutes,
            "end": later(workout.start, minutes=fitted.minutes),
            "projected": projected,
            "reasons": reasons,
        }
    )


def fit_intervals(stage: Stage, walk_first: int, most_minutes: int) -> FittedIntervals:
    """Return a stage's intervals, `5 min walk, then 3 x (6 min walk, 4 min run)`, in the minutes that there are.

    Where a rule leaves fewer minutes than the stage has, there are fewer repeats, but at least one.
    """
    if not stage.walk_minutes:
        run = min(stage.run_minutes * stage.repeats, most_minutes - walk_first)
        return FittedIntervals(intervals_text(walk_first, 1, 0, run), walk_first + run)
    once = stage.walk_minutes + stage.run_minutes
    repeats = max(1, min(stage.repeats, (most_minutes - walk_first) // once))
    text = intervals_text(walk_first, repeats, stage.walk_minutes, stage.run_minutes)
    return FittedIntervals(text, walk_first + repeats * once)
