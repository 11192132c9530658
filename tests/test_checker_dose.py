"""The checker of dose sees each row on its own: a plan that breaks it is told, and one that keeps it is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from planner.planning import plan
from planner.rulebook.file import shipped_rulebook
from tests.cases import MONDAY, case_of
from tests.checker_dose import Dose, Session

RULEBOOK = shipped_rulebook()
FIT = {"easy_run_minutes": 40, "longest_run_minutes": 80, "bike_minutes": 60}
CASE: dict[str, Any] = {"goals": {"runs": 3, "bikes": 1, "long_run": "sunday"}, "fitness": FIT}
NEW_TO_RIDING = {"goals": {"runs": 3}, "fitness": {"easy_run_minutes": 40}}
LIMPED = {
    **CASE,
    "injury": {"region": "calf", "severity": "mild"},
    "log": [{"date": MONDAY - timedelta(days=1), "did": "run_easy", "minutes": 40, "limp": True}],
}
Days = dict[int, tuple[str, int]]
"""Workouts and their minutes by days from the first Monday; those before it are done."""


def broken(case: dict[str, Any], days: Days) -> set[str]:
    """Return the rows that a plan of some workouts breaks."""
    made = plan(case_of(**case), RULEBOOK, today=MONDAY, weeks=2)
    done = tuple(session(number, *of) for number, of in days.items() if number < 0)
    dose = Dose(case_of(**case), RULEBOOK, made, done, known_from=MONDAY)
    dose.ahead = tuple(session(number, *of) for number, of in days.items() if number >= 0)
    dose.all = sorted((*done, *dose.ahead))
    return {said.partition(":")[0] for said in dose.broken()}


def session(number: int, workout: str, minutes: int) -> Session:
    """Return a session on a day counted from the first Monday."""
    kind = RULEBOOK.workouts[workout].kind
    return Session(MONDAY + timedelta(days=number), workout, kind, minutes, planned=number >= 0)


@pytest.mark.parametrize(
    ("row", "case", "bad", "good"),
    [
        ("DO-64", CASE, {0: ("race", 120), 1: ("bike_easy", 30)}, {0: ("race", 120), 2: ("bike_easy", 30)}),
        ("DO-64", CASE, {0: ("race", 120), 7: ("bike_easy", 60)}, {0: ("race", 120), 8: ("bike_easy", 60)}),
        ("DO-64", CASE, {0: ("race", 120), 3: ("lower_body", 30)}, {0: ("race", 120), 4: ("lower_body", 30)}),
        ("DO-70", CASE, {9: ("race", 110)}, {9: ("race", 100)}),
        ("DO-71", CASE, {9: ("race", 140)}, {9: ("race", 130)}),
        (
            "DO-51",
            CASE,
            {7: ("run_easy", 20), 9: ("run_easy", 20), 13: ("run_long", 80)},
            {7: ("run_easy", 40), 9: ("run_easy", 40), 13: ("run_long", 80)},
        ),
        ("DO-25", LIMPED, {-4: ("run_easy", 40), 9: ("run_long", 60)}, {-4: ("run_easy", 40), 9: ("run_long", 48)}),
        (
            "DO-83",
            {"injury": {"region": "shoulder"}, "goals": {"swims": 3, "upper_body": 1}},
            {0: ("swim", 30), 1: ("upper_body", 30)},
            {0: ("swim", 30), 2: ("upper_body", 30)},
        ),
        ("DO-90", NEW_TO_RIDING, {0: ("bike_easy", 40)}, {0: ("bike_easy", 30)}),
        (
            "DO-93",
            CASE,
            {7: ("run_easy", 30), 8: ("run_easy", 30), 9: ("run_easy", 30), 11: ("run_easy", 30)},
            {7: ("run_easy", 30), 9: ("run_easy", 30), 11: ("run_easy", 30)},
        ),
        (
            "DO-67",
            {**CASE, "caution": "strict"},
            {5: ("run_hard", 30), 9: ("race", 40)},
            {3: ("run_hard", 30), 9: ("race", 40)},
        ),
    ],
)
def test_a_row_is_told_where_a_plan_breaks_it_and_only_there(
    row: str, case: dict[str, Any], bad: Days, good: Days
) -> None:
    """One figure on the wrong side of the row, and the same on the right one."""
    assert row in broken(case, bad)
    assert row not in broken(case, good)


def test_two_runs_and_two_hard_workouts_of_a_day_are_told() -> None:
    """Of two runs on a day, or a hard run and a hard ride, one is too many (DO-55)."""
    made = plan(case_of(**CASE), RULEBOOK, today=MONDAY, weeks=2)
    for one, other in (("run_easy", "run_walk"), ("run_hard", "bike_hard")):
        dose = Dose(case_of(**CASE), RULEBOOK, made)
        dose.ahead = (session(3, one, 30), session(3, other, 30))
        dose.all = sorted(dose.ahead)
        assert any(said.startswith("DO-55") for said in dose.broken())
