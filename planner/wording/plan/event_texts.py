"""Wording: what the events of a plan say, in plain text and in order of what is needed first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from planner.results.plan import Plan, PlannedTreatment, PlannedWorkout, Reason
from planner.rulebook.scales import Evidence, Intensity
from planner.wording.plan.clean_text import one_line, plain, width
from planner.wording.plan.private import private_title
from planner.wording.rules.explainer import instead, main_reason

LONGEST_LINE = 255
"""Outlook cuts a SUMMARY there."""

EFFORT: dict[Intensity, str] = {
    "very_easy": "very easy, you can chat without pausing for breath",
    "easy": "easy, you can talk in whole sentences",
    "moderate": "moderate, you can talk in short phrases",
    "hard": "hard, you can say a few words at a time",
}

AT_THE_DOOR, WITH_DETAILS = 400, 1000
"""So many characters of a workout's text are read at the door, and so many may it have in all."""
NOTE, NOTE_WITH_DETAILS = 700, 1400
"""The same for the note on a treatment's day."""
RESTS_ON: dict[Evidence, str] = {
    "A": "From trials or a drug label",
    "B": "From studies and hospitals",
    "C": "Expert advice",
    "D": "One person's experience",
    "M": "Our own judgement",
}
"""What a reason rests on, in the words that begin its line."""

SENTENCE_END = re.compile(r"(?<=[.!?]) ")

CANCELLED = "Cancelled: "
"""Before the title of what is cancelled, for Outlook shows it as if it were not."""

CLINICIAN_FIRST = "general.clinician_first"
"""The rule that says by itself that a clinician's word comes before every line."""
TREATMENT_SUMMARY = "Treatment day: before and after"
"""Says nothing of what is treated, where or how: a shared calendar shows titles whatever CLASS says."""


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
    """Return what is needed at the door (effort, check, what else, one line of why), then what the reasons rest on.

    `questions` are what the rules ask on that day whatever is done. Nothing of it depends on the other events, so an
    event that does not change stays as it is.
    """
    door = [f"Effort: {EFFORT[workout.intensity]}." + (f" {workout.intervals}." if workout.intervals else "")]
    if workout.check:
        other = one_line(instead(workout), LONGEST_LINE)
        too = " instead" if other.casefold() == one_line(workout.otherwise_title or "", LONGEST_LINE).casefold() else ""
        door.append(f"Before you start: {workout.check}. If not: {other}{too}.")
    door += [f"Today: {question}" for question in questions]
    main = main_reason(workout)
    if main is not None and _length([*door, main.title]) + len("Why: .") <= AT_THE_DOOR:
        door.append(f"Why: {_ended(main.title)}")
        titled = {main.title}
    else:
        titled = set()
    reasons = sorted(workout.reasons, key=lambda reason: reason is not main)
    details = _details(reasons, main, titled, WITH_DETAILS - _length(door) - len("\n\n"))
    return plain("\n\n".join(["\n".join(door), *(["\n".join(details)] if details else [])]))


def _details(reasons: Iterable[Reason], main: Reason | None, titled: set[str], most: int) -> list[str]:
    """Return as many reasons in full as fit into so many characters, those about one treatment under it.

    What holds on every day is left to `planner why`, a wish goes without saying, and no sentence is said twice.
    """
    paragraphs: list[str] = []
    about, titles_told = "", {_ended(title) for title in titled}
    for reason in reasons:
        if not reason.why or reason.rule.startswith("preferences.") or (reason.standing and reason is not main):
            continue
        sentences = [_ended(reason.title), *SENTENCE_END.split(_ended(reason.why))]
        new = [sentence for sentence in dict.fromkeys(sentences) if sentence not in titles_told]
        head = reason.about if reason.treatment is not None else ""
        lines = [f"- {RESTS_ON[reason.evidence]}: {' '.join(new)}"]
        if head and head != about:
            lines.insert(0, f"{head}:")
        if new and _length([*paragraphs, *lines]) <= most:
            paragraphs += lines
            about = head
            titles_told.update(new)
    return paragraphs


def _length(lines: Iterable[str]) -> int:
    return len("\n".join(lines))


def _ended(text: str) -> str:
    """Return a text with a full stop, if it has no end of its own."""
    return text if text[-1:] in {".", "!", "?"} else f"{text}."


def _fitting(lines: Iterable[str], most: int) -> list[str]:
    """Return as many lines as fit into so many characters, as one text, or nothing; what is too long is left out."""
    kept_lines: list[str] = []
    for line in lines:
        if line not in kept_lines and _length([*kept_lines, line]) <= most:
            kept_lines.append(line)
    return ["\n".join(kept_lines)] if kept_lines else []


def private_summary(workout: PlannedWorkout) -> str:
    """Return the title of a workout's event in a private file: its kind alone, `Run · 40 min`."""
    return f"{private_title(workout.kind)} · {workout.minutes} min"


def private_description(workout: PlannedWorkout) -> str:
    """Return the effort, and no word about health: neither check nor reason."""
    intervals = f" {workout.intervals}." if workout.intervals else ""
    return plain(f"Effort: {EFFORT[workout.intensity]}.{intervals}")


def treatment_description(treatment: PlannedTreatment, tz: ZoneInfo) -> str:
    """Return what the treatment is, where and when, and what to mind around it in the order of the hours.

    What is not for one's comfort but for one's safety always stands in the first part, and whose word wins.
    """
    head = f"{treatment.name}, {treatment.region.replace('_', ' ')}, {_time(treatment, tz)}."
    if all(reason.rule != CLINICIAN_FIRST for reason in treatment.aftercare):
        head += " Your clinician's word comes before every line here."
    lines = list(dict.fromkeys(f"- {_ended(reason.text)}" for reason in treatment.aftercare))
    first = [f"- {_ended(reason.text)}" for reason in treatment.aftercare if reason.safety]
    for line in lines:
        if line not in first and _length([head, *first, line]) <= NOTE:
            first.append(line)
    note = "\n".join([head, *(line for line in lines if line in first)])
    rest = [line for line in lines if line not in first]
    return plain("\n\n".join([note, *_fitting(rest, NOTE_WITH_DETAILS - len(note) - 2)]))


def nothing_summary(plan: Plan, *, private: bool = False) -> str:
    """Return the title of the note in a plan without events, or without any workout until advice was sought."""
    if plan.cleared and not private:
        return "Training paused: please read"
    weeks = ((plan.to - plan.from_).days + 1) // 7
    return "Nothing planned this week" if weeks <= 1 else f"Nothing planned for {weeks} weeks"


def nothing_description(plan: Plan) -> str:
    """Return why a plan has no events: what is to be asked first, then what stood in the way."""
    lines = list(plan.alerts)
    for unplaced in plan.unplaced:
        lines.append(f"{unplaced.kind.replace('_', ' ')}: {unplaced.placed} of {unplaced.asked}")
        lines += [f"- {because.text}" for because in unplaced.because]
    return (
        plain("\n".join(lines)) or "No workout was asked for or fits, and no treatment has anything to mind around it."
    )


def _time(treatment: PlannedTreatment, tz: ZoneInfo) -> str:
    if not isinstance(treatment.start, datetime) or not isinstance(treatment.end, datetime):
        return "time of day not known"
    return f"{treatment.start.astimezone(tz):%H:%M} to {treatment.end.astimezone(tz):%H:%M}"
