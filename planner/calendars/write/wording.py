"""Wording: what the events of a plan say, in plain text and in order of what is needed first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from planner.calendars.clean import one_line, plain, width
from planner.results.plan import Plan, PlannedTreatment, PlannedWorkout, Reason
from planner.rulebook.scales import EVIDENCE, Intensity
from planner.wording.rules import instead

LONGEST_LINE = 255
"""Outlook cuts a SUMMARY there."""

EFFORT: dict[Intensity, str] = {
    "very_easy": "very easy, you can chat without pausing for breath (RPE up to 3 of 10)",
    "easy": "easy, you can talk in whole sentences (RPE up to 4 of 10)",
    "moderate": "moderate, you can talk in short phrases (RPE up to 6 of 10)",
    "hard": "hard, you can say a few words at a time (RPE above 6 of 10)",
}

CANCELLED = "Cancelled: "
"""Before the title of what is cancelled, for Outlook shows it as if it were not."""

CLINICIAN_FIRST = "general.clinician_first"
"""The rule that says by itself that a clinician's word comes before every line."""
TREATMENT_SUMMARY = "Treatment day: before and after"
"""Says nothing of what is treated, where or how: a shared calendar shows titles whatever CLASS says."""


KINDS = {"run": "Run", "bike": "Ride", "aqua_run": "Swim", "race": "Run"}
"""What a private file calls a kind of workout where its own name is not plain enough."""
PRIVATE_KINDS = {"aqua_run": "swim"}
"""What a private file files a kind of workout under where the kind itself says that running hurts."""
PRIVATE_TITLE = "Training"
"""What a private file calls what it may not name."""
PRIVATE_NOTICE = "A training plan: times may change."
PRIVATE_NOTHING = "Ask planner, on your own machine, for more."


def calendar_name(case: str) -> str:
    """Return what the calendar of a case of some name is called."""
    ending = " – training plan"  # noqa: RUF001 (a dash between words)
    name = one_line(case, LONGEST_LINE - width(ending))
    return f"{name}{ending}" if name else "Training plan"


def workout_summary(workout: PlannedWorkout) -> str:
    """Return the title of a workout's event, which says nothing about health: `Easy run · 40 min`."""
    ending = f" · {workout.minutes} min"
    return f"{one_line(workout.title, LONGEST_LINE - width(ending)) or 'Workout'}{ending}"


def workout_description(workout: PlannedWorkout, questions: Iterable[str] = ()) -> str:
    """Return the effort, the check before the workout with what to do instead, and the reasons with their evidence.

    `questions` are what the rules ask on that day whatever is done.
    """
    parts = [f"Effort: {EFFORT[workout.intensity]}"]
    if workout.intervals:
        parts[0] += f"\nIntervals: {workout.intervals}"
    parts += [f"Today: {question}" for question in questions]
    if workout.check:
        other = one_line(instead(workout), LONGEST_LINE)
        too = " instead" if other.casefold() == one_line(workout.otherwise_title or "", LONGEST_LINE).casefold() else ""
        parts.append(f"Before you start: {workout.check}. If not: {other}{too}.")
    if workout.reasons:
        parts.append("\n".join(["Why here:", *_reasons(workout.reasons)]))
    return plain("\n\n".join(parts))


def private_summary(workout: PlannedWorkout) -> str:
    """Return the title of a workout's event in a private file: its kind alone, `Run · 40 min`."""
    kind = workout.kind.replace("_", " ")
    return f"{KINDS.get(workout.kind, kind[:1].upper() + kind[1:])} · {workout.minutes} min"


def private_description(workout: PlannedWorkout) -> str:
    """Return the effort, and no word about health: neither check nor reason."""
    intervals = f"\nIntervals: {workout.intervals}" if workout.intervals else ""
    return plain(f"Effort: {EFFORT[workout.intensity]}{intervals}")


def treatment_description(treatment: PlannedTreatment, tz: ZoneInfo) -> str:
    """Return what the treatment is, where and when, and what to mind around it."""
    what = f"{treatment.name}, {treatment.region.replace('_', ' ')}, {_time(treatment, tz)}."
    parts = [what, "\n".join(_reasons(treatment.aftercare))]
    if all(reason.rule != CLINICIAN_FIRST for reason in treatment.aftercare):
        parts.append("Your clinician's word comes before every line here.")
    return plain("\n\n".join(parts))


def nothing_summary(plan: Plan, *, private: bool = False) -> str:
    """Return the title of the note in a plan without events, or without any workout until advice was sought."""
    if plan.cleared and not private:
        return "Training paused: please read"
    weeks = ((plan.to - plan.from_).days + 1) // 7
    return "Nothing planned this week" if weeks <= 1 else f"Nothing planned for {weeks} weeks"


def nothing_description(plan: Plan) -> str:
    """Return why a plan has no events: what is to be asked first, then what stood in the way."""
    lines = list(plan.alerts)
    for one in plan.unplaced:
        lines.append(f"{one.kind.replace('_', ' ')}: {one.placed} of {one.asked}")
        lines += [f"- {because.text}" for because in one.because]
    return (
        plain("\n".join(lines)) or "No workout was asked for or fits, and no treatment has anything to mind around it."
    )


def _reasons(reasons: Iterable[Reason]) -> Iterator[str]:
    for reason in reasons:
        yield f"- {reason.text} ({_standing(reason)}.)"


def _standing(reason: Reason) -> str:
    """Return what a reason rests on: studies, or opinion that says it is one."""
    if reason.rule.startswith("preferences."):
        return "Preference"
    kind = "Evidence" if reason.evidence in {"A", "B"} else "Opinion"
    return f"{kind}: {EVIDENCE[reason.evidence]}"


def _time(treatment: PlannedTreatment, tz: ZoneInfo) -> str:
    if not isinstance(treatment.start, datetime) or not isinstance(treatment.end, datetime):
        return "time of day not known"
    return f"{treatment.start.astimezone(tz):%H:%M} to {treatment.end.astimezone(tz):%H:%M}"
