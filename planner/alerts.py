"""Alerts: what the person should not only read but act on: danger signs, setbacks, appointments too close."""

from __future__ import annotations

from collections.abc import Iterator

from planner.appointments import Appointment
from planner.clock import seconds
from planner.explain import day_name
from planner.planning import Task
from planner.progress import felt, standing
from planner.red_flags import Flag, clears_the_plan
from planner.rule import Rule
from planner.windows import HOUR, rules_about

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
    spacing = [rule for rule in task.rules.values() if rule.hours_between_sessions or rule.forbids_treatments]
    for number, treatment in enumerate(task.treatments):
        thinners = task.case.health.blood_thinners
        for rule in rules_about(task.rulebook, spacing, treatment, blood_thinners=thinners):
            for other in task.treatments[number + 1 :]:
                if other.region != treatment.region or other.day < task.days[0].day:
                    continue
                if _clash(rule, treatment, other):
                    first, second = task.explainer.treatment(treatment), task.explainer.treatment(other)
                    yield (
                        f"{first[:1].upper()}{first[1:]} on {day_name(treatment.day)}, then {second} on "
                        f"{day_name(other.day)}: {rule.title}. Ask your therapist."
                    )


def _clash(rule: Rule, treatment: Appointment, other: Appointment) -> bool:
    gap = (seconds(other.start) - seconds(treatment.end)) / HOUR
    if rule.hours_between_sessions is not None and other.kind == treatment.kind:
        return gap < rule.hours_between_sessions
    after = rule.hours("after")
    return other.kind in rule.forbids_treatments and after is not None and after[0] <= gap < after[1]
