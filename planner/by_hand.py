"""By hand: what becomes of the workouts that a person moved in the calendar, took out of it, or does not plan anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.candidate import Candidate
from planner.clock import seconds
from planner.explain import clock, day_name
from planner.fixed import Fixed
from planner.obstacles import spacing
from planner.task import MOST_WEEKS, Task


def told(task: Task, chosen: Sequence[Sequence[Candidate]]) -> Iterator[str]:
    """Yield a sentence for each workout that cannot stand where a person moved it, and for each taken out."""
    standing = {one.fixed for candidates in chosen for one in candidates}
    asked = any(one is not None and not one.done and not one.uid for one in standing)
    for one in task.given.fixed:
        if one.uid and not one.done and one not in standing:
            name = task.rulebook.workouts[one.workout].name.lower()
            if asked:
                yield f"The {name} that you moved to {clock(one.start)} could not stay there."
                continue
            yield f"You moved the {name} to {clock(one.start)}. It cannot stand there: {_why_not(task, chosen, one)}."
    for workout, day in task.given.given_up:
        name = task.rulebook.workouts[workout].name.lower()
        yield f"You took out the {name} of {day_name(day)}: it is not planned again."
    last = max((one.start.date() for one in task.given.fixed if one.done), default=task.weeks.last)
    if last > task.weeks.last:
        weeks = -(-((last - task.weeks.first).days + 1) // 7)
        how = f"--weeks {weeks}" if weeks <= MOST_WEEKS else "a later --from"
        yield (
            f"The calendar goes on to {day_name(last)}. What stands there after {day_name(task.weeks.last)} was not "
            f"looked at: plan with {how} to have it changed too."
        )


def _why_not(task: Task, chosen: Sequence[Sequence[Candidate]], fixed: Fixed) -> str:
    verdict = task.limits.judge(fixed.workout, seconds(fixed.start), task.chooser.usual_minutes(fixed.workout))
    if verdict.ruled_out_by:
        return task.explainer.window(max(verdict.ruled_out_by, key=lambda window: (window.closes, window.rule.id)))
    begins = seconds(fixed.start)
    if task.chooser.busy.until(begins, begins + 60 * task.chooser.usual_minutes(fixed.workout)) is not None:
        return "you are busy then"
    number = (fixed.start.date() - task.days[0].day).days
    near = spacing(task, chosen, number, fixed.workout)
    if near is not None:
        return near[1]
    return "the week would hold more than you asked for, or too few rest days"
