"""What has healed: an injury that ended, the log that was about it, and a case in which nothing hurts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from planner.planning import plan
from planner.results.plan import Plan
from planner.rulebook.file import shipped_rulebook
from tests.cases import MONDAY, case_of, needled
from tests.checker import broken

RULEBOOK = shipped_rulebook()
HEALED = MONDAY - timedelta(days=3)
RUNNER: dict[str, Any] = {
    "goals": {"runs": 3, "long_run": "sunday"},
    "fitness": {"easy_run_minutes": 40, "longest_run_minutes": 60},
}


def planned(**data: Any) -> Plan:
    """Return the plan of a runner for the week of the first Monday."""
    return plan(case_of(**{**RUNNER, **data}), RULEBOOK, today=MONDAY)


def runs_of(made: Plan) -> list[tuple[str, int]]:
    """Return the runs of a plan with their minutes."""
    return [(one.workout, one.minutes) for one in made.workouts if one.kind == "run"]


@pytest.mark.parametrize(("healed", "runs"), [(MONDAY, 3), (MONDAY + timedelta(days=1), 0)])
def test_an_injury_ends_on_the_day_it_is_healed_and_not_before(healed: date, runs: int) -> None:
    """A badly strained calf rules out all runs; a day that is still to come ends nothing, and the plan says so."""
    made = planned(injury={"region": "calf", "severity": "severe", "healed": healed})
    assert len(runs_of(made)) == runs
    assert any("still to come" in note for note in made.notes) == (runs == 0)


def test_a_bone_is_healed_by_a_clinicians_word_alone() -> None:
    """Of a stressed shin the person's own word ends nothing, and the plan says what is missing; a doctor's does."""
    bone = {"region": "shin", "severity": "moderate", "healed": HEALED}
    own, doctors = planned(injury=bone), planned(injury={**bone, "by": "Dr Smith"})
    assert runs_of(own) == []
    assert any("by =" in alert for alert in own.alerts)
    assert len(runs_of(doctors)) == 3
    assert len(runs_of(planned(injury={**bone, "graded": True}))) == 3


def test_by_without_healed_says_nothing() -> None:
    """Who says so belongs to what is said."""
    with pytest.raises(ValueError, match="since when"):
        case_of(injury={"region": "calf", "by": "Dr Smith"})


def entry(days_ago: int, pain: int) -> dict[str, Any]:
    """Return a logged run of so many days ago with its pain."""
    return {"date": MONDAY - timedelta(days=days_ago), "did": "run_easy", "minutes": 30, "pain": pain}


def test_a_setback_before_an_injury_healed_binds_no_longer_and_one_after_it_does() -> None:
    """Pain 4 in a muscle cuts the next week to half hours; so it does where the healed calf hurts again."""
    calf = {"region": "calf", "healed": HEALED}
    before, after = planned(injury=calf, log=[entry(5, 4)]), planned(injury=calf, log=[entry(5, 0), entry(1, 4)])
    assert max(minutes for _, minutes in runs_of(before)) > 30
    assert max(minutes for _, minutes in runs_of(after)) <= 30


def test_pain_that_was_for_a_clinician_is_not_healed_by_the_persons_own_word() -> None:
    """Pain 7 in a muscle waits until a clinician has looked: the day alone is no such word, a name beside it is."""
    calf = {"region": "calf", "healed": HEALED}
    assert runs_of(planned(injury=calf, log=[entry(5, 7)])) == []
    assert len(runs_of(planned(injury={**calf, "by": "my physiotherapist"}, log=[entry(5, 7)]))) == 3


def test_a_treatment_of_what_has_healed_makes_no_injury_of_it() -> None:
    """A needling of three weeks ago was for the calf that has healed: nothing keeps a day between runs any more."""
    treatments = [needled(MONDAY - timedelta(days=21))]
    data = {"goals": {"runs": 5}, "treatments": treatments}
    hurt, healed = planned(**data), planned(**data, injury={"region": "calf", "healed": HEALED})
    assert (len(runs_of(hurt)), len(runs_of(healed))) == (4, 5)


def test_a_treatment_without_a_region_keeps_that_of_the_injury_that_healed() -> None:
    """A needling of yesterday was of the calf, also where that has healed this morning."""
    yesterday = {"kind": "dry_needling", "start": MONDAY - timedelta(days=1)}
    made = planned(injury={"region": "calf", "healed": MONDAY}, treatments=[yesterday])
    assert {one.region for day in made.days for one in day.treatments} <= {"calf"}
    assert runs_of(made)
    assert made.workouts[0].start.date() > MONDAY


def test_a_treatment_of_another_part_stays_one_of_that_when_the_injury_has_healed() -> None:
    """What the case says was treated was treated."""
    made = planned(injury={"region": "calf", "healed": HEALED}, treatments=[needled(MONDAY, region="shoulder")])
    assert ["shoulder"] == [one.region for day in made.days for one in day.treatments]


@pytest.mark.parametrize(("days", "said"), [(365, True), (366, False)])
def test_an_injury_within_the_year_is_remarked_upon(days: int, said: bool) -> None:
    """What was hurt is hurt again more easily: that is said for a year."""
    made = planned(injury={"region": "calf", "healed": MONDAY - timedelta(days=days)})
    assert any("hurt again" in note for note in made.notes) == said


def test_the_way_back_after_a_break_outlasts_the_injury() -> None:
    """Three weeks without running are half of the usual run, whether or not the calf has healed meanwhile."""
    fitness = {**RUNNER["fitness"], "last_run": MONDAY - timedelta(days=22)}
    made = planned(injury={"region": "elbow", "healed": HEALED}, fitness=fitness)
    assert {minutes for _, minutes in runs_of(made)} == {20}


def test_nothing_hurts_and_nothing_is_treated_and_there_is_a_plan() -> None:
    """A case of a time zone alone has the week of a healthy person, by the rules that hold for everybody."""
    case = case_of(**RUNNER)
    made = plan(case, RULEBOOK, today=MONDAY, weeks=2)
    assert broken(case, RULEBOOK, made) == []
    assert len(runs_of(made)) == 6
    assert plan(case_of(), RULEBOOK, today=MONDAY).workouts


def test_stages_go_on_where_nothing_hurts() -> None:
    """After a month off a healthy runner walks and runs in turn, and two sessions at a stage lead to the next."""
    fitness = {**RUNNER["fitness"], "last_run": MONDAY - timedelta(days=40)}
    log = [{"date": MONDAY - timedelta(days=day), "did": "run_walk", "minutes": 30} for day in (4, 2)]
    first, later = planned(fitness=fitness), planned(fitness=fitness, log=log)
    stages = [next(one.stage for one in made.workouts if one.stage is not None) for made in (first, later)]
    assert stages == [1, 2]


@pytest.mark.parametrize(("days", "runs"), [(-1, 5), (0, 4), (1, 4)])
def test_a_treatment_from_the_day_on_which_an_injury_healed_is_for_a_new_one(days: int, runs: int) -> None:
    """A needling of the day before was for the calf that healed; one of that day or later is for what hurts again."""
    data: dict[str, Any] = {"goals": {"runs": 5}, "treatments": [needled(HEALED + timedelta(days=days))]}
    made = planned(**data, injury={"region": "calf", "healed": HEALED})
    assert len(runs_of(made)) == runs
