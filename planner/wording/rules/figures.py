"""The figures of rules in short, as a table of caution levels shows them side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planner.rulebook.figures import Check
from planner.rulebook.model import Band
from planner.rulebook.rule import Rule, Span
from planner.rulebook.scales import Caution
from planner.wording.rules.dose import DOSE_FIGURES
from planner.wording.rules.explainer import EFFORT
from planner.wording.rules.phrases import LOADS


def _short_check(check: Check) -> str:
    """Return a check in so few words that three of them fit side by side."""
    parts = [] if check.soreness_at_most is None else [f"soreness {check.soreness_at_most}"]
    parts += [] if check.pain_at_most is None else [f"pain {check.pain_at_most}"]
    return ", ".join([*parts, *(words for field, words in SHORT.items() if getattr(check, field))]) or "nothing"


SHORT = {
    "no_limp": "no limp",
    "morning_at_baseline": "usual morning",
    "no_chest_symptom": "calm chest",
    "no_swelling": "no swelling",
    "feeling_back": "feeling as before",
}


def _span(span: Span) -> str:
    return f"{span[0]:g} to {span[1]:g}"


FIGURES: dict[str, tuple[str, Callable[[Any], str]]] = {
    "hours_after": ("hours after", _span),
    "days_after": ("days after", _span),
    "weeks_after": ("weeks after", _span),
    "hours_before": ("hours before", _span),
    "days_before": ("days before", _span),
    "weeks_before": ("weeks before", _span),
    "illness_days": ("days of it", _span),
    "days_per_fever_day": ("days per day of fever", "{:g}".format),
    "max_load": ("load at most", lambda load: f"{load} ({LOADS[load]})"),
    "max_impact": ("impact at most", str),
    "max_intensity": ("effort at most", lambda effort: EFFORT[effort]),
    "max_minutes": ("minutes at most", str),
    "check": ("only if", _short_check),
    "hours_between_sessions": ("hours between sessions", "{:g}".format),
    "days_between_runs": ("days from run to run", str),
    "days_between_hard": ("days from hard to hard", str),
    "days_between_long": ("days from long to long", str),
    "days_before_race": ("days before a race", str),
    "booked_days_before_race": ("days from it to a race", str),
    "longer_by_hours": ("hours longer", "{:g}".format),
    "percent_of_longest_run": ("% of the longest run", "{:g}".format),
    "warn_percent_per_week": ("% more per week", "{:g}".format),
    "percent_of_easy_run": ("% of the easy run", "{:g}".format),
    **DOSE_FIGURES,
    "progress_at_most": ("go on up to pain", str),
    "hold_at_most": ("stay up to pain", str),
    "refer_above": ("clinician above pain", str),
}
"""How the figures that caution levels change are called, and how they are written."""


def figures_at(rule: Rule | Band, caution: Caution) -> dict[str, object] | None:
    """Return the figures of a rule or band at a caution level, or None where it does not hold there."""
    level = rule.at(caution)
    if level is None:
        return None
    figures = {name: getattr(level, name, None) for name in FIGURES}
    return {name: value for name, value in figures.items() if value is not None}
