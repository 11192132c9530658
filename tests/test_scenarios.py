"""Scenarios: whole cases whose names are sentences, with what a plan must show and the arithmetic beside it.

Each file in `scenarios/` is one case and its expectations, in TOML:

    today = 2026-11-23                    the first day of the plan
    weeks = 1                             1 if left out

    [case]                                a case file, as people write it
    …

    [days.2026-11-25]                     what one day of the plan shows; what is left out does not matter
    workouts = ["07:00 bike_easy 45"]     exactly these, in order: local start, workout, minutes, and at will the effort
    no = ["run", "race"]                  no workout of these kinds
    check = { run_easy = "no limp" }      what to check before a workout; "" means nothing
    otherwise = { run_easy = "bike_easy" }    what to do if the check fails
    reasons = { run_easy = ["dry_needling.second_day"] }     rules or preferences among a workout's reasons
    ruled_out = { run_easy = "dry_needling.first_day" }      shown as ruled out all day, by this rule
    allowed = ["walk"]                    not shown as ruled out
    treatments = ["09:30 dry_needling calf 30"]   exactly these: local start (or "all day"), kind, region, minutes
    advice = ["dry_needling.tape"]        rules among the aftercare of the day's treatments

    [plan]                                what the whole plan shows; what is left out does not matter, alerts apart
    workouts = { run = 3, bike = 2 }      how many of these kinds
    unplaced = ["run 2 of 3"]             exactly these: kind, placed of asked, in every week
    because = { run = ["dry_needling.first_day"] }      what is named among the obstacles of a kind
    alerts = ["dry needling (calf)"]      as many alerts, each with its part; none if left out
    notes = ["a moderate injury"]         parts of notes

A key that is not listed here is an error. Every scenario's plan must also satisfy the second checker.
"""

from __future__ import annotations

import itertools
import tomllib
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from planner.planning import plan
from planner.results.plan import Plan, PlanDay, PlannedTreatment, PlannedWorkout
from planner.rulebook.file import shipped_rulebook
from tests.cases import case_of
from tests.checker import broken
from tests.recorded import PEOPLE, answers_to, kept, recorded

pytestmark = pytest.mark.once

FILES = sorted((Path(__file__).parent / "scenarios").glob("*.toml"))


class Part(BaseModel):
    """Refuse keys that are not known."""

    model_config = ConfigDict(extra="forbid")


class ExpectedDay(Part):
    """Say what a day shows."""

    workouts: list[str] | None = None
    no: list[str] = Field(default=[])
    check: dict[str, str] = Field(default={})
    otherwise: dict[str, str] = Field(default={})
    reasons: dict[str, list[str]] = Field(default={})
    ruled_out: dict[str, str] = Field(default={})
    allowed: list[str] = Field(default=[])
    treatments: list[str] | None = None
    advice: list[str] = Field(default=[])


class ExpectedPlan(Part):
    """Say what the whole plan shows."""

    workouts: dict[str, int] = Field(default={})
    unplaced: list[str] | None = None
    because: dict[str, list[str]] = Field(default={})
    alerts: list[str] = Field(default=[])
    notes: list[str] = Field(default=[])


class Scenario(Part):
    """Hold a scenario file."""

    today: date
    weeks: int = 1
    case: dict[str, Any]
    days: dict[date, ExpectedDay] = Field(default={})
    plan: ExpectedPlan = ExpectedPlan()


def read(path: Path) -> Scenario:
    """Return a scenario out of its file."""
    return Scenario.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def planned(scenario: Scenario) -> Plan:
    """Return the plan of a scenario."""
    return plan(case_of(**scenario.case), shipped_rulebook(), today=scenario.today, weeks=scenario.weeks)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_scenario(path: Path) -> None:
    """The plan of a scenario shows what its file expects, and the second checker passes it."""
    scenario = read(path)
    made = planned(scenario)
    assert broken(case_of(**scenario.case), shipped_rulebook(), made) == []
    by_date = {day.date: day for day in made.days}
    for day, expected in scenario.days.items():
        assert shown(by_date[day], expected) == wanted(expected), f"on {day}"
    assert shown_plan(made, scenario.plan) == wanted_plan(scenario.plan)


def wanted(expected: ExpectedDay) -> dict[str, Any]:
    """Return what is expected of a day, in the form of `shown`."""
    return {
        **({} if expected.workouts is None else {"workouts": expected.workouts}),
        **({} if expected.treatments is None else {"treatments": expected.treatments}),
        "no": [],
        "check": expected.check,
        "otherwise": expected.otherwise,
        "reasons": {key: sorted(rules) for key, rules in expected.reasons.items()},
        "ruled_out": expected.ruled_out,
        "allowed": sorted(expected.allowed),
        "advice": sorted(expected.advice),
    }


def shown(day: PlanDay, expected: ExpectedDay) -> dict[str, Any]:
    """Return what a day shows of what is expected."""
    workouts = {workout.workout: workout for workout in day.workouts}
    ruled_out = {one.workout: one.rule for one in day.ruled_out}
    advice = {reason.rule for treatment in day.treatments for reason in treatment.aftercare}
    found: dict[str, Any] = {}
    if expected.workouts is not None:
        with_effort = [len(text.split()) > 3 for text in expected.workouts] + [False] * len(day.workouts)
        found["workouts"] = [said(one, effort=effort) for one, effort in zip(day.workouts, with_effort, strict=False)]
    if expected.treatments is not None:
        found["treatments"] = [said_treatment(one) for one in day.treatments]
    return {
        **found,
        "no": [workout.workout for workout in day.workouts if workout.kind in expected.no],
        "check": {key: workouts[key].check or "" for key in expected.check if key in workouts},
        "otherwise": {key: workouts[key].otherwise for key in expected.otherwise if key in workouts},
        "reasons": {
            key: sorted({reason.rule for reason in workouts[key].reasons} & set(rules))
            for key, rules in expected.reasons.items()
            if key in workouts
        },
        "ruled_out": {key: ruled_out[key] for key in expected.ruled_out if key in ruled_out},
        "allowed": sorted(key for key in expected.allowed if key not in ruled_out),
        "advice": sorted(advice & set(expected.advice)),
    }


def said(workout: PlannedWorkout, *, effort: bool) -> str:
    """Return a workout as scenarios write it."""
    text = f"{workout.start:%H:%M} {workout.workout} {workout.minutes}"
    return f"{text} {workout.intensity}" if effort else text


def said_treatment(treatment: PlannedTreatment) -> str:
    """Return a treatment as scenarios write it."""
    start, end = treatment.start, treatment.end
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return f"all day {treatment.kind} {treatment.region}"
    minutes = (end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() / 60
    return f"{start:%H:%M} {treatment.kind} {treatment.region} {minutes:g}"


def wanted_plan(expected: ExpectedPlan) -> dict[str, Any]:
    """Return what is expected of a plan, in the form of `shown_plan`."""
    return {
        "workouts": expected.workouts,
        **({} if expected.unplaced is None else {"unplaced": expected.unplaced}),
        "because": {kind: sorted(rules) for kind, rules in expected.because.items()},
        "alerts": expected.alerts,
        "notes": expected.notes,
    }


def shown_plan(made: Plan, expected: ExpectedPlan) -> dict[str, Any]:
    """Return what a plan shows of what is expected."""
    kinds = Counter(workout.kind for workout in made.workouts)
    obstacles = {
        kind: {because.rule for one in made.unplaced if one.kind == kind for because in one.because}
        for kind in expected.because
    }
    unplaced = [f"{one.kind} {one.placed} of {one.asked}" for one in made.unplaced]
    return {
        "workouts": {kind: kinds[kind] for kind in expected.workouts},
        **({} if expected.unplaced is None else {"unplaced": unplaced}),
        "because": {kind: sorted(rules & obstacles[kind]) for kind, rules in map(as_set, expected.because.items())},
        "alerts": with_parts(made.alerts, expected.alerts),
        "notes": [part for part in expected.notes if any(part in note for note in made.notes)],
    }


def as_set(item: tuple[str, list[str]]) -> tuple[str, set[str]]:
    """Return rules by kind as a set."""
    return item[0], set(item[1])


def with_parts(texts: tuple[str, ...], parts: list[str]) -> list[str]:
    """Return the expected parts in place of the texts that hold them; every other text stays as it is."""
    return [next((part for part in parts if part in text), text) for text in texts]


@pytest.mark.once
@pytest.mark.parametrize("person", PEOPLE)
def test_the_answers_to_a_person_are_those_on_record(person: str) -> None:
    """What differs is a change of what people get: see `tests/recorded.py` for how to read it, and how to keep it."""
    found, expected = [kept(line) for line in answers_to(person)], recorded()[person]
    assert found == expected, (
        f"`python -m tests.recorded {person}` shows them whole, `python -m tests.recorded` keeps them"
    )


def test_there_are_scenarios_enough() -> None:
    """The folder is read: at least 25 scenarios, their names sentences."""
    assert len(FILES) >= 25
    assert [path.stem for path in FILES if path.stem.count("_") < 3] == []


@pytest.mark.parametrize(
    ("place", "key"),
    [((), "expect"), (("days", "2026-11-25"), "workout"), (("plan",), "alert"), (("case",), "injuries")],
)
def test_an_unknown_key_in_a_scenario_is_an_error(place: tuple[str, ...], key: Literal["expect", "workout"]) -> None:
    """A misspelt expectation would pass unseen otherwise."""
    text = FILES[0].read_text(encoding="utf-8")
    data: dict[str, Any] = {**tomllib.loads(text)}
    inside = data
    for part in place:
        inside = inside.setdefault(part, {})
    inside[key] = []
    with pytest.raises(ValueError, match=key):
        planned(Scenario.model_validate(data))


def test_a_scenario_that_is_not_met_fails() -> None:
    """What is expected is held against what is shown: here a workout, a missing alert and a missing rule."""
    scenario = read(FILES[0])
    made = planned(scenario)
    day = made.days[0]
    nothing = ExpectedDay(workouts=["04:00 run_easy 5"], ruled_out={"walk": "no.rule"}, advice=["no.rule"])
    alert = ExpectedPlan(alerts=["no such alert"], workouts={"run": 99}, unplaced=["run 0 of 99"])
    assert {key for key, value in wanted(nothing).items() if shown(day, nothing)[key] != value} == {
        "workouts",
        "ruled_out",
        "advice",
    }
    wrong = {key for key, value in wanted_plan(alert).items() if shown_plan(made, alert)[key] != value}
    assert wrong == {"workouts", "unplaced", "alerts"}


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("a_treatment_without_an_injury_is_planned_as_for_a_moderate_one", 2),
        ("a_moderate_injury_keeps_a_day_between_runs", 2),
        ("a_light_session_and_a_mild_injury_allow_running_day_after_day", 1),
    ],
)
def test_scenarios_about_spacing_keep_it(name: str, days: int) -> None:
    """The least distance of running days in these scenarios is the one that their severity asks for."""
    made = planned(read(Path(__file__).parent / "scenarios" / f"{name}.toml"))
    runs = [day.date for day in made.days if any(workout.kind == "run" for workout in day.workouts)]
    assert min((later - earlier).days for earlier, later in itertools.pairwise(runs)) == days


def test_a_later_start_is_explained_by_a_rule_about_that_workout() -> None:
    """A run that waits for 10:15 waits for the first day's rule on running, not for the one on deep-water running."""
    name = "a_run_starts_at_the_moment_a_rule_lets_go_inside_a_long_window"
    made = planned(read(Path(__file__).parent / "scenarios" / f"{name}.toml"))
    reasons = [reason.rule for reason in made.workouts[0].reasons if reason.title.startswith("Starts at 10:15")]
    assert reasons == ["dry_needling.first_day"]
