"""Reuse: of a case that is much the same as another, only the days that differ are looked at anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from planner.candidates.candidate import DayChoice
from planner.candidates.chooser import Chooser
from planner.case.model import Case
from planner.clock import Seconds, midnight, seconds
from planner.limits.rule_windows import DAY, Window
from planner.limits.verdicts import Limits

LOOKED_AT_APART = {"treatments", "rules", "caution", "goals", "availability"}
"""What may differ between two cases whose days are compared: its effects on a day are looked at one by one."""


def reuse_days(chooser: Chooser, earlier: Chooser, days: Sequence[DayChoice]) -> tuple[DayChoice, ...]:
    """Return the choice of each day, the known one where nothing that it hangs on is different.

    In a known choice the windows name their treatments by the numbers of the case that it was made for.
    """
    if not _alike(chooser, earlier):
        return tuple(chooser.on(choice.day) for choice in days)
    return tuple(choice if _same_day(chooser, earlier, choice.day) else chooser.on(choice.day) for choice in days)


def _alike(chooser: Chooser, other: Chooser) -> bool:
    """Whether two choosers can differ only by what touches single days."""
    wished, wishes = chooser.wishes, other.wishes
    return (
        all(
            getattr(chooser.case, name) is getattr(other.case, name)
            for name in set(Case.model_fields) - LOOKED_AT_APART
        )
        and (wished.forms, wished.minutes, wished.long_run_day) == (wishes.forms, wishes.minutes, wishes.long_run_day)
        and dict(wished.ranks) == dict(wishes.ranks)
        # Lowering a goal to nothing takes its counter away, and a race counts as a run only where runs are asked for.
        and list(wished.caps) == list(wishes.caps)
        and chooser.training == other.training
        and chooser.races.rules == other.races.rules
        and bool(chooser.breaks) == bool(other.breaks)
        and chooser.prior == other.prior
    )


def _same_day(chooser: Chooser, other: Chooser, day: date) -> bool:
    return (
        chooser.case.windows_on(day) == other.case.windows_on(day)
        and chooser.case.availability.times_on(day) == other.case.availability.times_on(day)
        and chooser.breaks.ends_on(day) == other.breaks.ends_on(day)
        and _touching(chooser.limits, chooser, day) == _touching(other.limits, other, day)
    )


def _touching(limits: Limits, chooser: Chooser, day: date) -> set[tuple[object, ...]]:
    """Return all that rules say about a day, and about the one after where a race may run on into it."""
    first = seconds(midnight(day, chooser.case.tz))
    last = seconds(midnight(day + timedelta(days=1), chooser.case.tz))
    if any(race.date == day for race in chooser.case.races):
        last = Seconds(last + DAY)
    return {
        (
            (window.rule.id, *window.figures_key) if _is_made_for_a_person(window) else id(window.rule),
            *(window.region, max(window.opens, first), min(window.closes, last), window.injury, window.entry),
        )
        for window in limits.touching(first, last)
    }


def _is_made_for_a_person(window: Window) -> bool:
    """Whether its rule is made anew for each case, so that it is known by what it says alone."""
    return window.basis is not None or window.rule.applies_to.what_hurt
