"""Checks in words: what a workout asks of the body before it begins, go or no-go."""

from __future__ import annotations

from planner.rulebook.figures import Check
from planner.wording.english import listed

MASKED = "little pain proves nothing now: your injection or painkiller can hide it"
CHECK_WORDS = {
    "no_limp": "no limp",
    "morning_at_baseline": "pain and stiffness this morning no worse than usual",
    "no_chest_symptom": "no chest pain, breathlessness or dry cough",
    "no_swelling": "no swelling",
    "feeling_back": "feeling and strength as before the treatment",
}
"""The questions of a check that have no figure, in words."""


def check_sentence(check: Check | None) -> str | None:
    """Return the go/no-go check as a phrase: `soreness 3 or less and no limp`."""
    if check is None:
        return None
    parts = []
    if check.soreness_at_most is not None:
        parts.append(f"soreness {check.soreness_at_most} or less")
    if check.pain_at_most is not None:
        parts.append(f"pain {check.pain_at_most} or less")
    if parts:
        parts[-1] += " (of 10)"
    parts += [words for field, words in CHECK_WORDS.items() if getattr(check, field)]
    if check.masked and parts:
        return f"{listed(parts)} ({MASKED})"
    return listed(parts) or None
