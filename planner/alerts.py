"""Alerts: what the person should not only read but act on: danger signs, setbacks, appointments too close."""

from __future__ import annotations

from collections.abc import Iterator

from planner.explain import day_name
from planner.progress import felt, standing
from planner.red_flags import Flag, clears_the_plan
from planner.spacing import clashes
from planner.task import Task

HOW_SOON = {
    "emergency": "Emergency",
    "same_day": "See a clinician today",
    "soon": "See a clinician in the next days",
}
UNTIL_SOUGHT = (
    "No workouts are planned until you say that advice was sought: "
    "planner log CASE --advice-sought, or advice_sought = true in a [[log]] entry of that day."
)


def alerts(task: Task) -> Iterator[str]:
    """Yield a plan's alerts, the most urgent first; a sign that clears the plan is the only one."""
    for flag in task.flags:
        said = sign_alert(flag)
        if clears_the_plan(task.flags):
            yield f"{said} {UNTIL_SOUGHT}"
            return
        yield said
    yield from _from_the_log(task)
    yield from _too_close(task)


def sign_alert(flag: Flag) -> str:
    """Return what a danger sign means: how soon it needs a clinician, and what to do."""
    return f"{HOW_SOON[flag.sign.level]}: {flag.sign.name.lower()} ({day_name(flag.day)}). {flag.sign.advice}"


def _from_the_log(task: Task) -> Iterator[str]:
    returning = task.rulebook.return_to_running
    back = standing(task.case, task.rulebook, task.today)
    if returning is not None and back is not None and back.setbacks >= returning.setbacks_for_clinician:
        yield f"{back.setbacks} setbacks on the way back to running: talk to your clinician before you go on."
    for each in felt(task.case, task.rulebook, []):
        if each.response == "refer" and (task.days[0].day - each.day).days <= 7:
            region = task.rulebook.regions[each.region].name.lower()
            yield f"{each.reading.capitalize()} on {day_name(each.day)} ({region}): let a clinician look at it."


def _too_close(task: Task) -> Iterator[str]:
    """Yield the appointments that a rule would rather see further apart, or not at all after one another."""
    thinners = task.case.health.blood_thinners
    for one in clashes(task.rulebook, task.rules.values(), task.treatments, blood_thinners=thinners):
        if one.second.day < task.days[0].day:
            continue
        first, second = task.explainer.treatment(one.first), task.explainer.treatment(one.second)
        yield (
            f"{first[:1].upper()}{first[1:]} on {day_name(one.first.day)}, then {second} on "
            f"{day_name(one.second.day)}: {one.rule.title}. Ask your therapist."
        )
