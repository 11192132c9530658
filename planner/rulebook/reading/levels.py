"""Levels: strict is nowhere looser than standard, and standard nowhere looser than permissive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from planner.rulebook.figures import Check
from planner.rulebook.model import BandNumbers
from planner.rulebook.rule import UNITS, Numbers, Span
from planner.rulebook.scales import IMPACTS, INTENSITIES

Strictness = Callable[[Any], float]
"""How strict a figure is: of two, the greater is the stricter."""


def _reach(span: Span) -> float:
    # After a treatment a window ends at its second number, before one it begins at its first: the greater reaches on.
    return max(span)


def _asked(check: Check) -> float:
    """Return how much a check asks: each limit by how far it lies below 10, each question as much as all limits."""
    limits = (check.soreness_at_most, check.pain_at_most)
    questions = sum(value is True for value in check.model_dump().values())
    return sum(11 - limit for limit in limits if limit is not None) + 22 * questions


STRICTNESS: dict[str, Strictness] = {
    **{f"{unit}_{side}": _reach for unit in UNITS for side in ("after", "before")},
    "max_load": lambda load: -load,
    "max_impact": lambda impact: -IMPACTS.index(impact),
    "max_intensity": lambda effort: -INTENSITIES.index(effort),
    "max_minutes": lambda minutes: -minutes,
    "check": _asked,
    "hours_between_sessions": float,
    "days_between_runs": float,
    "days_between_hard": float,
    "days_between_long": float,
    "most_a_day": lambda most: -most,
    "days_before_race": float,
    "booked_days_before_race": float,
    "longer_by_hours": float,
    "percent_of_longest_run": lambda percent: -percent,
    "warn_percent_per_week": lambda percent: -percent,
    "percent_of_easy_run": lambda percent: -percent,
    "progress_at_most": lambda pain: -pain,
    "hold_at_most": lambda pain: -pain,
    "refer_above": lambda pain: -pain,
    "illness_days": _reach,
    "days_per_fever_day": float,
    "percent_of_usual": lambda percent: -percent,
}
"""The figures that a caution level may change."""


def reversed_figures(
    own: Numbers | BandNumbers, permissive: Numbers | BandNumbers | None, strict: Numbers | BandNumbers | None
) -> Iterator[tuple[str, str, str]]:
    """Yield the level, the figure and what is wrong with it, where a level is on the wrong side of standard.

    A permissive level may ask more in one figure where it asks less in another: half a day earlier, but less sore.
    """
    if getattr(own, "away", False):
        yield from _of_a_single_level(permissive, strict)
    if strict is not None:
        if getattr(strict, "away", False):
            yield "strict", "away", "lifts the rule for those who chose to be careful"
        for name, by in _compared(own, strict):
            if by < 0:
                yield "strict", name, "is looser than the standard one"
    if permissive is not None and not getattr(permissive, "away", False):
        changes = list(_compared(own, permissive))
        if not any(by < 0 for _, by in changes):
            for name, by in changes:
                if by > 0:
                    yield "permissive", name, "is stricter than the standard one"


def _of_a_single_level(
    permissive: Numbers | BandNumbers | None, strict: Numbers | BandNumbers | None
) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with the levels of a rule that does not hold at standard: it is there for strict alone."""
    if permissive is not None and not getattr(permissive, "away", True):
        yield "permissive", "away", "holds where standard does not"
    if strict is None or "away" not in strict.model_fields_set:
        yield "strict", "away", "is missing, and standard says that the rule does not hold: so it never does"


def _compared(own: Numbers | BandNumbers, level: Numbers | BandNumbers) -> Iterator[tuple[str, float]]:
    """Yield the figures that a level changes, each with how much stricter it is there (below zero: looser)."""
    for name in sorted(level.model_fields_set & STRICTNESS.keys()):
        standard, there = getattr(own, name), getattr(level, name)
        if standard is not None and there is not None:
            yield name, STRICTNESS[name](there) - STRICTNESS[name](standard)
