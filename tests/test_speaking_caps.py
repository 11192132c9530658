"""What one rule says of one workout, whatever the workout's usual length; by rules of a test's own."""

from __future__ import annotations

from typing import Any

import pytest

from planner.clock import Minutes, Seconds
from planner.limits.effects import Caps, caps_of, strictest_caps
from planner.limits.verdicts import Limits
from planner.rulebook.figures import Check
from tests.rulebooks import NOON, WORKOUTS, appointment, rule, rulebook

NO_LIMP = Check(no_limp=True)


@pytest.mark.parametrize(
    ("data", "workout", "expected"),
    [
        # A cap on load: what is above it is out, what loads the part within it is spoken of, what does not load it not.
        ({"max_load": 2}, "run_easy", Caps(rules_out=True)),
        ({"max_load": 2}, "run_walk", Caps()),
        ({"max_load": 2}, "upper_body", None),
        # A cap on impact.
        ({"max_impact": "moderate"}, "run_easy", Caps(rules_out=True)),
        ({"max_impact": "moderate"}, "walk", Caps()),
        ({"max_impact": "moderate"}, "bike_easy", None),
        # Kinds that are allowed, and no others.
        ({"allows_only": ["walk"]}, "walk", Caps()),
        ({"allows_only": ["walk"]}, "bike_easy", Caps(rules_out=True)),
        # A cap on minutes; one that leaves less than a workout makes sense for rules it out.
        ({"max_minutes": 20}, "upper_body", Caps(minutes=Minutes(20))),
        ({"max_minutes": 19}, "upper_body", Caps(rules_out=True, minutes=Minutes(19))),
        # A cap on effort is said of each workout.
        ({"max_intensity": "easy"}, "walk", Caps(intensity="easy")),
        ({"max_intensity": "easy"}, "run_hard", Caps(rules_out=True, intensity="easy")),
        ({"check": {"no_limp": True}}, "run_easy", Caps(check=NO_LIMP)),
        # Only of what it applies to.
        ({"max_minutes": 30, "applies_to": {"kinds": ["run"]}}, "run_easy", Caps(minutes=Minutes(30))),
        ({"max_minutes": 30, "applies_to": {"kinds": ["run"]}}, "bike_easy", None),
        ({"rules_out": ["run"]}, "run_easy", Caps(rules_out=True)),
        ({"rules_out": ["run"]}, "bike_easy", None),
        ({"rules_out_workouts": ["run_hard"], "applies_to": {"kinds": ["bike"]}}, "run_hard", None),
    ],
)
def test_what_a_rule_says_of_a_workout(data: dict[str, Any], workout: str, expected: Caps | None) -> None:
    """Its own figure each, also where it asks no more than the workout is anyway; None where it is silent."""
    said = rule(when={"treatments": ["needling"]}, hours_after=[0, 24], **data)
    assert caps_of(said, "calf", workout, WORKOUTS) == expected


@pytest.mark.parametrize(
    ("second", "spoken"), [(-1801, 0), (-1800, 0), (-1799, 1), (0, 1), (24 * 3600 - 1, 1), (24 * 3600, 0)]
)
def test_a_rule_speaks_about_what_touches_its_window(second: int, spoken: int) -> None:
    """Half an hour that ends as it opens is not touched, nor what starts as it closes."""
    said = rule(when={"treatments": ["needling"]}, hours_after=[0, 24], rules_out=["run"])
    limits = Limits(rulebook(said), [said], [appointment()])
    found = list(limits.speaking_windows("run_easy", Seconds(int(NOON.timestamp()) + second), Minutes(30)))
    assert len(found) == spoken


def test_the_strictest_of_all_caps() -> None:
    """Of each figure by itself; a check is nobody else's."""
    caps = [
        Caps(minutes=Minutes(40)),
        Caps(minutes=Minutes(30), check=NO_LIMP),
        Caps(intensity="moderate"),
        Caps(intensity="easy"),
        Caps(),
    ]
    assert strictest_caps(caps) == Caps(minutes=Minutes(30), intensity="easy")
    assert strictest_caps([*caps, Caps(rules_out=True)]).rules_out
    assert strictest_caps([]) == Caps()
