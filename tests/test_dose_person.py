"""Dose and the person: age, new runners, a part that hurts, what is new to somebody, and races soon after a break."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest

from planner.planning import plan
from planner.results.plan import Plan
from planner.rulebook.file import shipped_rulebook
from tests.asking import why_workout
from tests.cases import MONDAY, case_of

pytestmark = pytest.mark.once

RULEBOOK = shipped_rulebook()
EVERY_MORNING = {"default": "06:00-09:00"}
FIT = {"easy_run_minutes": 60, "longest_run_minutes": 60}


def planned(weeks: int = 2, **data: Any) -> Plan:
    """Return the plan of somebody who can train every morning."""
    return plan(case_of(**{"availability": EVERY_MORNING, **data}), RULEBOOK, today=MONDAY, weeks=weeks)


def days_of(made: Plan, *workouts: str) -> list[date]:
    """Return the days of some workouts of a plan."""
    return [one.start.date() for one in made.workouts if one.workout in workouts]


def least_apart(days: list[date]) -> int:
    """Return the least days from one to the next."""
    return min((other - one).days for one, other in pairwise(days))


@pytest.mark.parametrize(("age", "apart"), [(60, 2), (61, 3), (None, 2)])
def test_over_sixty_two_days_lie_between_hard_ones_if_the_age_is_known(age: int | None, apart: int) -> None:
    """Five hard sessions in two weeks: every other day, or every third one for who is over 60 and says so."""
    health: dict[str, Any] = {} if age is None else {"health": {"age": age}}
    goals = {"runs": 3, "bikes": 2, "hard_runs": 2, "hard_bikes": 1}
    hard = days_of(planned(goals=goals, fitness=FIT, **health), "run_hard", "bike_hard")
    assert least_apart(hard) == apart


@pytest.mark.parametrize(("age", "free"), [(60, 6), (61, 9)])
def test_over_sixty_the_days_after_a_race_are_half_as_many_again(age: int, free: int) -> None:
    """After an hour of racing on the day before the plan nothing is hard for six days, or for nine."""
    log = [{"date": MONDAY - timedelta(days=1), "did": "race", "minutes": 60, "pain": 0}]
    goals = {"runs": 4, "hard_runs": 2}
    made = planned(goals=goals, fitness=FIT, health={"age": age}, log=log)
    assert (days_of(made, "run_hard")[0] - (MONDAY - timedelta(days=1))).days >= free
    assert (days_of(made, "run_hard")[0] - (MONDAY - timedelta(days=1))).days < 9 or age > 60


@pytest.mark.parametrize(
    ("caution", "age", "apart"),
    [("permissive", 61, 2), ("standard", 60, 3), ("standard", 61, 5), ("strict", 60, 5), ("strict", 61, 8)],
)
def test_nothing_hard_stands_in_the_last_days_before_a_race(caution: str, age: int, apart: int) -> None:
    """Two, three or five days by the level, and half as many again over 60: a hard run before them, none in them."""
    race = {"date": MONDAY + timedelta(days=13), "minutes": 50, "goal": False}
    case = {"caution": caution, "health": {"age": age}, "goals": {"runs": 3}, "fitness": FIT, "races": [race]}
    case |= {"availability": EVERY_MORNING}
    mornings = {number: datetime.combine(MONDAY + timedelta(days=13 - number), time(7)) for number in range(1, 12)}
    answers = {number: why_workout(case_of(**case), RULEBOOK, at, "run_hard") for number, at in mornings.items()}
    rule = "training.nothing_hard_before_race"
    barred = [number for number, answer in answers.items() if answer.obstacle and answer.obstacle.rule == rule]
    assert barred == list(range(1, apart + 1))


@pytest.mark.parametrize(("caution", "grows"), [("standard", True), ("strict", False)])
def test_at_the_strict_level_what_is_planned_lifts_no_longest_run(caution: str, grows: bool) -> None:
    """Who wants to run for 120 minutes is shown longer and longer long runs, or at the strict level the first step."""
    fitness = {"easy_run_minutes": 40, "longest_run_minutes": 60}
    goals = {"runs": 3, "long_run": "sunday", "longest_run_minutes": 120}
    made = planned(weeks=5, caution=caution, goals=goals, fitness=fitness)
    long = [one.minutes for one in made.workouts if one.workout == "run_long"]
    assert (max(long) > 66) == grows
    assert max(long) > 60


@pytest.mark.parametrize("goals", [{"runs": 4, "long_run": "sunday"}, {"runs": 3}])
def test_at_the_strict_level_a_long_plan_keeps_what_was_done(goals: dict[str, Any]) -> None:
    """Twelve weeks hold what the first does: what was done is not forgotten where the plan itself keeps it up."""
    fitness = {"easy_run_minutes": 45, "longest_run_minutes": 70}
    made = planned(weeks=12, caution="strict", goals=goals, fitness=fitness)
    weeks = [sorted(one.minutes for day in week for one in day.workouts) for week in made.weeks]
    assert max(weeks[0]) == (70 if "long_run" in goals else 45)
    assert weeks == [weeks[0]] * 12


@pytest.mark.parametrize(("days", "expected"), [(20, 40), (21, 20)])
def test_at_the_strict_level_no_plan_keeps_up_what_nobody_has_run_lately(days: int, expected: int) -> None:
    """The longest run of the 21 days before the plan is kept up; without one no run is over 20 minutes."""
    fitness = {"easy_run_minutes": 40, "longest_run_minutes": 60, "as_of": MONDAY - timedelta(days=days)}
    made = planned(weeks=6, caution="strict", goals={"runs": 3}, fitness=fitness)
    assert [max(one.minutes for day in week for one in day.workouts) for week in made.weeks] == [expected] * 6


def test_over_sixty_strength_comes_back_more_slowly() -> None:
    """After three weeks without, the second week is at half of the usual 40 minutes too, not at seven tenths."""
    fitness = {**FIT, "upper_body_minutes": 40, "last_strength": MONDAY - timedelta(days=22)}
    goals = {"upper_body": 2}
    minutes = [
        [one.minutes for one in planned(goals=goals, fitness=fitness, health={"age": age}).workouts] for age in (60, 61)
    ]
    assert minutes == [[20, 20, 28, 28], [20, 20, 20, 20]]


@pytest.mark.parametrize(("days", "new"), [(90, True), (91, False)])
def test_a_new_runner_has_a_day_between_runs_and_no_hard_one(days: int, new: bool) -> None:
    """For the first 90 days; from the day after on, five runs stand where they fit, one of them hard."""
    fitness = {**FIT, "running_since": MONDAY - timedelta(days=days)}
    made = planned(goals={"runs": 5, "hard_runs": 1}, fitness=fitness)
    runs = days_of(made, "run_easy", "run_hard")
    assert (least_apart(runs) == 2) == new
    assert (days_of(made, "run_hard") == []) == new


def test_what_loads_a_moderately_injured_part_has_a_day_between() -> None:
    """Rides and leg strength both load a thigh: they stand on two days in a row only with a mild injury."""
    goals = {"bikes": 3, "lower_body": 2}
    for severity, apart in (("mild", 1), ("moderate", 2)):
        injury = {"region": "quadriceps", "severity": severity}
        assert least_apart(days_of(planned(goals=goals, injury=injury), "bike_easy", "lower_body")) == apart


def test_a_ride_in_place_of_a_run_is_short_at_first_for_whom_riding_is_new() -> None:
    """Three of half an hour, then ten minutes more each time up to an easy run; not where the case says how long."""
    injury = {"region": "calf", "severity": "severe"}
    goals = {"runs": 3, "upper_body": 0}
    new = planned(3, goals=goals, injury=injury, fitness=FIT)
    rides = [one.minutes for one in new.workouts if one.kind == "bike"]
    assert rides[:3] == [30, 30, 30]
    assert rides[3] == 40
    assert all(other - one <= 10 for one, other in pairwise(rides))
    known = planned(1, goals=goals, injury=injury, fitness={**FIT, "bike_minutes": 60})
    assert next(one.minutes for one in known.workouts if one.kind == "bike") == 60


def test_rides_that_were_done_count_on_the_way_to_longer_ones() -> None:
    """Whoever rode four times in the last weeks begins at fifty minutes, or where 45 are usual at those."""
    log = [{"date": MONDAY - timedelta(days=day), "did": "bike_easy", "minutes": 30} for day in (2, 5, 8, 11)]
    goals = {"runs": 3, "upper_body": 0}
    made = planned(1, goals=goals, injury={"region": "calf", "severity": "severe"}, fitness=FIT, log=log)
    assert next(one.minutes for one in made.workouts if one.kind == "bike") == 45


@pytest.mark.parametrize(("back", "alert"), [(14, True), (15, False)])
def test_a_race_soon_after_a_long_break_is_an_alert(back: int, alert: bool) -> None:
    """Two weeks off, then a race within two weeks of the first run back; the run of five weeks ago was long enough."""
    ran = [(35, 90), (30, 60), (back - 7, 30)]
    log = [{"date": MONDAY - timedelta(days=day), "did": "run_easy", "minutes": each, "pain": 0} for day, each in ran]
    log += [{"date": MONDAY - timedelta(days=day), "did": "bike_easy", "minutes": 30} for day in (24, 18)]
    race = {"date": MONDAY + timedelta(days=7), "minutes": 65}
    made = planned(goals={"runs": 3}, fitness=FIT, log=log, races=[race])
    assert any("comes soon after" in each for each in made.alerts) == alert


def test_a_permissive_planner_says_nothing_of_a_race_soon_after_a_break() -> None:
    """The evidence has a figure for the other two levels only."""
    log = [{"date": MONDAY - timedelta(days=7), "did": "run_easy", "minutes": 30, "pain": 0}]
    log += [{"date": MONDAY - timedelta(days=day), "did": "run_easy", "minutes": 90, "pain": 0} for day in (35, 30)]
    race = {"date": MONDAY + timedelta(days=7), "minutes": 65}
    made = planned(goals={"runs": 3}, fitness=FIT, log=log, races=[race], caution="permissive")
    assert not any("comes soon after" in each for each in made.alerts)


@pytest.mark.parametrize(
    ("caution", "rides", "most"),
    [
        # A ride is worth it from 20 minutes on, and 45 are usual: there the rule says no more.
        *(("strict", 2, 20), ("strict", 4, 25), ("strict", 7, 40), ("strict", 8, None)),
        *(("standard", 2, 30), ("standard", 3, 40), ("standard", 4, None)),
        ("permissive", 0, None),
    ],
)
def test_each_level_has_its_own_way_to_longer_rides(caution: str, rides: int, most: int | None) -> None:
    """Three short ones, then longer each time, up to what is usual."""
    log = [{"date": MONDAY - timedelta(days=2 * day), "did": "bike_easy", "minutes": 30} for day in range(1, rides + 1)]
    case = case_of(
        goals={"runs": 3, "bikes": 0},
        injury={"region": "calf", "severity": "severe"},
        fitness={"easy_run_minutes": 90},
        caution=caution,
        log=log,
        availability=EVERY_MORNING,
    )
    answer = why_workout(case, RULEBOOK, datetime.combine(MONDAY, time(7)), "bike_easy")
    caps = [rule.max_minutes for rule in answer.rules if rule.rule == "training.new_to_riding"]
    assert caps == ([] if most is None else [most])


@pytest.mark.parametrize(("ago", "apart"), [(12, True), (13, False)])
def test_after_a_setback_a_day_lies_between_swims_again(ago: int, apart: bool) -> None:
    """A day between swims up to day 13 after a setback of a shoulder used for weeks; the swim of day 14 is free."""
    swims = [{"date": MONDAY - timedelta(days=days), "did": "swim", "pain": 0} for days in range(46, ago, -4)]
    setback = {"date": MONDAY - timedelta(days=ago), "did": "swim", "pain": 6}
    since = [{"date": MONDAY - timedelta(days=days), "did": "swim", "pain": 0} for days in range(ago - 4, 1, -4)]
    injury = {"region": "shoulder", "tissue": "tendon", "severity": "mild"}
    made = planned(1, injury=[injury], goals={"swims": 6}, log=[*swims, setback, *since])
    days = days_of(made, "swim")
    assert apart is (days[:2] != [MONDAY, MONDAY + timedelta(days=1)])
