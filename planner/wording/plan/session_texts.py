"""What the events of somebody else's plan say: what stays is theirs to the letter, what was changed says so first."""

from __future__ import annotations

import re
from collections.abc import Iterable

from planner.results.bent import SessionChange, SessionSource
from planner.results.plan import PlannedWorkout
from planner.wording.plan.clean_text import one_line, plain, width
from planner.wording.plan.event_texts import LONGEST_LINE, workout_description, workout_summary

OF_THE_OLD = {"ease", "trim", "shorten", "replace", "no_strides"}
"""Changes after which the steps of the session are no longer those to do."""

LINK = re.compile(r"(?:https?|webcals?)://[^\s<>\"']+", re.IGNORECASE)
TOKEN = re.compile(
    r"(?<![\w-])(?=\w*\d)(?=\w*[a-z])\w{12,}|[0-9a-f]{8}-[0-9a-f]{4}-|[?&](?:token|key|auth|sig|user|athlete|uid)\w*=",
    re.IGNORECASE,
)
"""What opens a page for one person alone: a long mixture of letters and digits, or a parameter that is called so."""
LEFT_OUT = "(a personal link was left out)"


def session_summary(workout: PlannedWorkout, source: SessionSource) -> str:
    """Return the title of a session's event: theirs, or `Easy run · 35 min (was: Intervals 6x1000m)`."""
    title = one_line(source.title, LONGEST_LINE)
    if workout.change is None:
        return title or workout_summary(workout)
    own = workout_summary(workout)
    room = LONGEST_LINE - width(own) - len(" (was: )")
    return f"{own} (was: {one_line(source.title, room)})" if title and room > 0 else own


def session_description(workout: PlannedWorkout, source: SessionSource, questions: Iterable[str] = ()) -> str:
    """Return the text of a session's event: what was changed and why, then theirs; a check stands before both."""
    parts = []
    if workout.change is not None:
        parts.append(_changed(workout.change))
    if workout.hint:
        parts.append(f"Today: {workout.hint}.")
    if workout.check or workout.change is not None or any(questions):
        parts.append(workout_description(workout, questions))
    theirs = _without_personal_links(source.text.strip())
    if not parts:
        return plain(theirs)
    if theirs:
        old = workout.change is not None and OF_THE_OLD & set(workout.change.kinds)
        head = "From your coach (the steps are those of the session as it was):" if old else "From your coach:"
        parts.append(f"{head}\n{theirs}")
    return plain("\n\n".join(parts))


def _without_personal_links(text: str) -> str:
    """Return text without the links of a feed that are for one person alone; others stay."""
    return LINK.sub(lambda link: LEFT_OUT if TOKEN.search(link[0].partition("://")[2]) else link[0], text)


def _changed(change: SessionChange) -> str:
    why = " ".join(reason.text for reason in change.reasons)
    return f"{change.text}. {why}".strip()
