"""Stages of the return to running: their intervals to the minute, and how far a plan of several weeks goes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from planner.clock import Minutes
from planner.planning import plan
from planner.rulebook.file import shipped_rulebook
from planner.rulebook.model import Stage
from planner.scheduling.stages import fit_intervals
from tests.cases import MONDAY, case_of

BOOK = shipped_rulebook()
FIRST = Stage(walk_minutes=Minutes(9), run_minutes=Minutes(1), repeats=3)
LAST = Stage(walk_minutes=Minutes(0), run_minutes=Minutes(30), repeats=1)


@pytest.mark.parametrize(
    ("stage", "walk_first", "minutes", "expected"),
    [
        (FIRST, 5, 60, ("5 min walk, then 3 \u00d7 (9 min walk, 1 min run)", 35)),
        (FIRST, 5, 35, ("5 min walk, then 3 \u00d7 (9 min walk, 1 min run)", 35)),
        (FIRST, 5, 34, ("5 min walk, then 2 \u00d7 (9 min walk, 1 min run)", 25)),
        (FIRST, 5, 14, ("5 min walk, then 1 \u00d7 (9 min walk, 1 min run)", 15)),
        (FIRST, 0, 60, ("3 \u00d7 (9 min walk, 1 min run)", 30)),
        (LAST, 5, 60, ("5 min walk, then 30 min run", 35)),
        (LAST, 5, 30, ("5 min walk, then 25 min run", 30)),
        (LAST, 0, 60, ("30 min run", 30)),
    ],
)
def test_a_stage_in_words_and_minutes(stage: Stage, walk_first: int, minutes: int, expected: tuple[str, int]) -> None:
    """Fewer repeats where a rule leaves fewer minutes, but at least one."""
    assert fit_intervals(stage, walk_first, minutes) == expected


def runs(stage: int, weeks: int = 3, **data: Any) -> list[tuple[int | None, bool, int]]:
    """Return the stage of each run of a plan, whether it is projected, and its minutes."""
    case = {
        "injury": {"region": "calf", "severity": "mild"},
        "return_to_running": {"stage": stage},
        "goals": {"runs": 3},
        "availability": {"default": "07:00-08:30"},
    }
    made = plan(case_of(**{**case, **data}), BOOK, today=MONDAY, weeks=weeks)
    return [(one.stage, one.projected, one.minutes) for one in made.workouts if one.kind == "run"]


def test_stages_go_on_by_good_sessions_and_those_to_come_are_projected() -> None:
    """Only today's stage is sure; each of the next is passed by as many sessions as the rules want."""
    found = runs(2)
    stages = [stage for stage, _, _ in found]
    assert stages == sorted(stages, key=lambda each: each or 0)
    assert (stages[0], len(set(stages)) > 1) == (2, True)
    assert [projected for _, projected, _ in found] == [stage != 2 for stage in stages]


def test_the_last_stage_is_the_last() -> None:
    """Nothing comes after it, however many sessions there are."""
    assert {stage for stage, _, _ in runs(8)} == {8}


def test_a_stage_without_walking_is_called_an_easy_run() -> None:
    """It is one."""
    case = {"injury": {"region": "calf", "severity": "mild"}, "return_to_running": {"stage": 8}, "goals": {"runs": 1}}
    (first, *_) = [one for one in plan(case_of(**case), BOOK, today=MONDAY, weeks=1).workouts if one.kind == "run"]
    assert (first.title, first.reasons[0].rule) == ("Easy run, stage 8", "return_to_running")


def test_where_no_easy_run_may_be_the_stages_end_with_walking() -> None:
    """A clinician holds runs to very easy ones: walking stays in between, for as long as that holds."""
    word = {"what": ["run_easy"], "by": "Dr Smith"}
    assert {stage for stage, _, _ in runs(7, restrictions=[word])} == {7}
    assert {stage for stage, _, _ in runs(7)} == {7, 8}


def test_a_session_of_a_stage_stays_where_something_else_stands_before_it_on_its_day() -> None:
    """Mobility in the short morning window, the run and walk in the evening: a day shows both."""
    made = plan(
        case_of(
            injury={"region": "achilles", "severity": "mild"},
            return_to_running={"stage": 2},
            goals={"runs": 3, "mobility": 7, "two_a_day": True, "rest_days": 0},
            availability={"default": ["06:00-06:20", "18:00-19:00"]},
            busy=[{"start": datetime(2026, 11, 23 + day, 6, 25), "minutes": 60} for day in range(7)],
        ),
        shipped_rulebook(),
        today=MONDAY,
        weeks=1,
    )
    shown = [tuple(one.workout for one in day.workouts) for day in made.days]
    assert shown.count(("mobility", "run_walk")) == 3
