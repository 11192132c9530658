"""Tiny hand-made rulebooks: two regions, a few workouts, and the rules of one test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from planner.appointments.appointment import Appointment
from planner.clock import Minutes, Seconds
from planner.limits.verdicts import Limits, Verdict
from planner.rulebook.file import shipped_rulebook
from planner.rulebook.kinds import Region, TreatmentKind, Workout
from planner.rulebook.model import PREFERENCES, Preference, Rulebook
from planner.rulebook.rule import Rule

NEW_YORK = ZoneInfo("America/New_York")
NOON = datetime(2026, 11, 24, 12, tzinfo=NEW_YORK)
"""The end of the treatment in most tests; it takes an hour."""


def workout(kind: str, loads: tuple[int, int], **data: Any) -> Workout:
    """Return a workout with its load on calf and shoulder: easy and without impact where not said otherwise."""
    defaults = {
        "name": kind,
        "kind": kind,
        "intensity": "easy",
        "least_intensity": "very_easy",
        "impact": "none",
        "length": {"fitness": "easy_run_minutes"},
        "least_minutes": 10,
        "load": {"calf": loads[0], "shoulder": loads[1]},
    }
    return Workout.model_validate({**defaults, **data})


WORKOUTS = {
    "walk": workout("walk", (1, 0), impact="low", intensity="very_easy"),
    "bike_easy": workout("bike", (1, 1)),
    "bike_hard": workout("bike", (2, 1), intensity="hard", least_intensity="hard", hard=True),
    "run_walk": workout("run", (2, 0), impact="moderate"),
    "run_easy": workout("run", (3, 0), impact="high"),
    "run_hard": workout("run", (3, 1), impact="high", intensity="hard", least_intensity="hard", hard=True),
    "upper_body": workout("upper_body", (0, 3), intensity="moderate", least_intensity="easy", least_minutes=20),
}
REGIONS = {
    "calf": Region(name="Calf", group="leg", tissue="muscle", load_why="A test.", load_evidence="M"),
    "shoulder": Region(
        name="Shoulder", group="arm", tissue="joint", chest_wall=True, load_why="A test.", load_evidence="M"
    ),
}
TREATMENTS = {
    "needling": TreatmentKind(id="needling", name="Needling", minutes=Minutes(30), traits=("puncture",)),
    "massage": TreatmentKind(id="massage", name="Massage", minutes=Minutes(60), tissue="muscle"),
}


def rule(id: str = "test.rule", **data: Any) -> Rule:  # noqa: A002 (as rules call it)
    """Return a rule; what it is about is left to the test."""
    return Rule.model_validate({"id": id, "title": "A rule", "why": "A test.", "evidence": "M", **data})


def rulebook(*rules: Rule, **parts: Any) -> Rulebook:
    """Return a rulebook with some rules, and preferences that are worth nothing."""
    preferences = {name: Preference(sentence=name, why="A test.", points=0) for name in PREFERENCES}
    defaults: dict[str, Any] = {
        "regions": REGIONS,
        "workouts": WORKOUTS,
        "treatments": TREATMENTS,
        "rules": {one.id: one for one in rules},
        "preferences": preferences,
        "sources": {},
    }
    known = {**defaults, **parts}
    kinds = {one.kind for one in known["workouts"].values()}
    described = {key: kind for key, kind in shipped_rulebook().workout_kinds.items() if key in kinds}
    return Rulebook(**{"workout_kinds": described, **known})


def appointment(end: datetime = NOON, hours: float = 1, **data: Any) -> Appointment:
    """Return a needling of the calf that ends at a moment."""
    defaults: dict[str, Any] = {
        "kind": "needling",
        "region": "calf",
        "start": (end.astimezone(UTC) - timedelta(hours=hours)).astimezone(end.tzinfo),
        "end": end,
        "whole_day": False,
        "dose": "normal",
        "tissues": ("muscle",),
        "graded": False,
        "side": None,
        "electric": False,
        "severity": "moderate",
        "cleared": None,
        "entry": 0,
    }
    return Appointment(**{**defaults, **data})


def verdict(
    rules: Rule | list[Rule],
    key: str,
    seconds_after: float,
    *treatments: Appointment,
    minutes: int = 30,
    thinners: bool = False,
) -> Verdict:
    """Return the verdict on a workout that starts so many seconds after `NOON`, by default the treatment's end."""
    given = [rules] if isinstance(rules, Rule) else rules
    limits = Limits(rulebook(*given), given, treatments or [appointment()], blood_thinners=thinners)
    return limits.judge(key, Seconds(int(NOON.timestamp() + seconds_after)), Minutes(minutes))


def allowed(rules: Rule | list[Rule], seconds_after: float, *treatments: Appointment, **data: Any) -> list[str]:
    """Return the workouts that may start so many seconds after `NOON`, in the order of the catalogue."""
    return [key for key in WORKOUTS if verdict(rules, key, seconds_after, *treatments, **data).allowed]
