"""Every window of every rule about treatments, at every caution level, on both sides of its ends."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from functools import cache
from typing import Any, get_args

import pytest

from planner import Case, shipped_rulebook
from planner.appointments.appointment import Appointment
from planner.clock import Seconds
from planner.limits.in_force import rules_in_force
from planner.limits.verdicts import Limits
from planner.rulebook.rule import Rule
from planner.rulebook.scales import Caution
from tests.reaching import treatments_of
from tests.readme import ROOT

pytestmark = pytest.mark.once

RULEBOOK = shipped_rulebook()
HOURS = {"hours": 1, "days": 24, "weeks": 168}


@cache
def written() -> dict[str, dict[str, Any]]:
    """Return every rule as its file says it, read apart from the program's own reader."""
    files = (ROOT / "rules").glob("**/*.toml")
    return {
        entry["id"]: entry
        for file in files
        for entry in tomllib.loads(file.read_text(encoding="utf-8")).get("rule", [])
    }


def span(rule: str, caution: Caution, side: str) -> tuple[float, float] | None:
    """Return the hours of a rule's window after or before a treatment at a level, as its file says them."""
    said = written()[rule] | written()[rule].get(caution, {})
    for unit, hours in HOURS.items():
        if f"{unit}_{side}" in said:
            first, last = said[f"{unit}_{side}"]
            return first * hours, last * hours
    return None


@cache
def an_appointment(rule: str) -> tuple[Case, Appointment]:
    """Return a case with a treatment from 9:00 to 10:00 UTC that a rule speaks about."""
    return next(treatments_of(RULEBOOK, RULEBOOK.rules[rule]))


def speaks(rule: Rule, treatment: Appointment, moment: datetime) -> bool:
    """Return whether a rule touches a workout of one minute at a moment."""
    thinners = bool(rule.when.blood_thinners)
    limits = Limits(RULEBOOK, [rule], [treatment], blood_thinners=thinners)
    first = Seconds(int(moment.timestamp()))
    return any(window.rule.id == rule.id for window in limits.touching(first, Seconds(first + 60)))


CAPPING = [
    rule.id
    for rule in RULEBOOK.rules.values()
    if rule.about == "treatment"
    if rule.caps and not rule.during and not rule.first_run_back and not rule.days_before_race
]


@pytest.mark.parametrize("caution", get_args(Caution))
@pytest.mark.parametrize("rule", CAPPING)
def test_a_window_opens_and_closes_when_its_file_says(rule: str, caution: Caution) -> None:
    """A minute before its end a rule speaks, and from its end on it does not; so at its beginning."""
    case, treatment = an_appointment(rule)
    held = rules_in_force(case.model_copy(update={"caution": caution}), RULEBOOK).get(rule)
    if held is None:
        assert written()[rule].get(caution, written()[rule])["away"]
        return
    minute = timedelta(minutes=1)
    if (after := span(rule, caution, "after")) is not None:
        opens, closes = (treatment.end + timedelta(hours=hours) for hours in after)
        assert [True, False] == [speaks(held, treatment, closes - minute), speaks(held, treatment, closes)]
        assert [False, True] == [speaks(held, treatment, opens - minute), speaks(held, treatment, opens)]
    if (before := span(rule, caution, "before")) is not None:
        opens, closes = (treatment.start - timedelta(hours=hours) for hours in before)
        assert [True, False] == [speaks(held, treatment, closes - minute), speaks(held, treatment, closes)]
        assert [False, True] == [speaks(held, treatment, opens - minute), speaks(held, treatment, opens)]
