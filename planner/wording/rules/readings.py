"""Readings in words: what of the log a rule answers to, as a person says it."""

from __future__ import annotations

from planner.limits.rule_windows import HealthReading

PHRASES = {
    "pain": "pain {figure}",
    "pain_again": "pain {figure}, the second time too much within a week",
    "morning_above_usual": "{figure} above the usual next morning",
    "usual_morning": "the next morning as usual",
    "limp": "a limp",
    "painkiller": "a painkiller",
    "soreness": "soreness {figure}",
    "late_soreness": "soreness {figure} later than 72 hours after treatment",
    "sign": "{name}",
    "confirmed_sign": "{name}, which was confirmed",
}
"""How each kind of reading of the log is said; what [health] and an illness say, the explainer says by the case."""


def reading_phrase(reading: HealthReading | None) -> str:
    """Return what was felt as a phrase: `pain 6`; nothing for what is no reading of the log."""
    if reading is None or reading.kind not in PHRASES:
        return ""
    name = f"{reading.name[:1].lower()}{reading.name[1:]}"
    return PHRASES[reading.kind].format(figure=reading.figure, name=name)
