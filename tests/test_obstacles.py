"""Obstacles: why a workout is not at a time is decided in one place, and is data beside the sentence."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from planner.planning import plan
from planner.results.plan import Plan, Unplaced
from planner.rulebook.figures import Check, strictest
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.request import Request
from planner.what_if.questions import Questions
from tests.cases import MONDAY, case_of, needled
from tests.living import on

BOOK = shipped_rulebook()
MILD: dict[str, Any] = {"injury": {"region": "calf", "severity": "mild"}}


def made(**case: Any) -> Plan:
    """Return the plan of the week that begins on the Monday."""
    return plan(case_of(**case), BOOK, today=MONDAY)


def missing(kind: str, **case: Any) -> Unplaced:
    """Return what a week does not hold of a wish."""
    (found,) = (one for one in made(**case).unplaced if one.kind == kind)
    return found


def test_a_dropped_race_names_the_rule_that_drops_it_also_where_a_run_takes_its_day() -> None:
    """Needled on Tuesday: no race on Thursday, though the day has an easy run."""
    case = {**MILD, "treatments": [needled(datetime(2026, 11, 24, 9))], "races": [{"date": date(2026, 11, 26)}]}
    (because,) = missing("race", **case).because
    assert ("rule", "dry_needling.race_waits", (date(2026, 11, 26),)) == (because.kind, because.rule, because.days)
    assert because.until == on(4, 9, 30)


def test_a_run_is_missed_on_every_day_that_holds_none_and_on_no_other() -> None:
    """Whichever run a day has: a hard one is one of the runs, too."""
    week = made(**MILD, treatments=[needled(datetime(2026, 11, 24, 9))], goals={"runs": 6, "hard_runs": 2})
    ran = {one.start.date() for one in week.workouts if one.kind == "run"}
    assert {"run_easy", "run_hard"} <= {one.workout for one in week.workouts}
    (runs,) = (one for one in week.unplaced if one.kind == "run")
    missed = [day for because in runs.because for day in because.days]
    assert sorted(missed) == sorted({day.date for day in week.days} - ran)


@pytest.mark.parametrize(("hour", "dropped"), [(9, True), (10, False)])
def test_a_race_is_asked_about_at_its_own_hour(hour: int, dropped: bool) -> None:
    """72 hours after the needling of Tuesday ended at 9:30: at nine on Friday it cannot be, at ten it can."""
    race = {"date": date(2026, 11, 27), "start": datetime(2026, 11, 27, hour).time()}
    case = {**MILD, "treatments": [needled(datetime(2026, 11, 24, 9))], "races": [race]}
    assert dropped == any(one.kind == "race" for one in made(**case).unplaced)
    answer = Questions(Request(case_of(**case), BOOK, MONDAY)).answer_on("race", date(2026, 11, 27))
    assert (answer.start, answer.verdict == "ruled_out") == (on(4, hour), dropped)


@pytest.mark.parametrize(("days", "out"), [(4, False), (3, True), (1, True)])
def test_nothing_hard_stands_in_the_three_days_before_a_race(days: int, out: bool) -> None:
    """On the fourth day before it a hard run may stand yet."""
    case = {"injury": {"region": "elbow"}, "races": [{"date": on(6).date(), "minutes": 60}]}
    answer = Questions(Request(case_of(**case), BOOK, MONDAY)).best_answer("run_hard", [on(6 - days, 9)])
    assert out == ("training.nothing_hard_before_race" in answer.binding)


def test_a_ban_on_all_running_is_the_reason_where_a_later_rule_would_let_people_run_and_walk() -> None:
    """Twenty days after a steroid at the heel nothing runs for another eight days, whatever waits after that."""
    injected = {"kind": "steroid_injection", "region": "plantar_fascia", "start": datetime(2026, 11, 3, 9)}
    case = {"injury": {"region": "plantar_fascia", "severity": "moderate"}, "treatments": [injected]}
    assert {"steroid_injection.fascia_rest"} == {one.rule for one in missing("run", **case).because}
    answer = Questions(Request(case_of(**case), BOOK, MONDAY)).best_answer("run_easy", [on(1, 7)])
    assert answer.binding[0] == "steroid_injection.fascia_rest"
    assert answer.obstacle is not None
    assert ("rule", "steroid_injection.fascia_rest") == (answer.obstacle.kind, answer.obstacle.rule)


@pytest.mark.parametrize(
    ("workout", "start", "case", "kind", "rule"),
    [
        ("race", on(0, 9), MILD, "no_race", "preferences.race"),
        ("run_easy", on(1, 7), {**MILD, "return_to_running": {"stage": 2}}, "return_to_running", "return_to_running"),
        (
            "run_long",
            on(1, 7),
            {**MILD, "races": [{"date": MONDAY + timedelta(days=3)}]},
            "before_race",
            "training.no_long_run_before_race",
        ),
        ("walk", on(3, 7), {**MILD, "races": [{"date": MONDAY + timedelta(days=3)}]}, "race_day", "preferences.race"),
        ("run_easy", on(0, 23, 45), MILD, "too_little_time", "availability"),
        ("run_easy", on(3, 7), {**MILD, "log": [{"date": MONDAY, "signs": ["fever"]}]}, "danger_sign", "red_flags"),
    ],
)
def test_an_answer_names_its_obstacle_as_data(
    workout: str, start: datetime, case: dict[str, Any], kind: str, rule: str
) -> None:
    """Its kind, and the rule or the wish behind it."""
    obstacle = Questions(Request(case_of(**case), BOOK, MONDAY)).best_answer(workout, [start]).obstacle
    assert obstacle is not None
    assert (kind, rule) == (obstacle.kind, obstacle.rule)


def test_what_is_past_is_past_whatever_the_rules_say() -> None:
    """A time of this morning, asked about at noon."""
    questions = Questions(Request(case_of(**MILD), BOOK, MONDAY, now=on(0, 12)))
    assert ["past", None] == [
        one.obstacle and one.obstacle.kind for one in (questions.best_answer("walk", [on(0, hour)]) for hour in (7, 13))
    ]


def test_what_a_plan_holds_has_no_obstacle() -> None:
    """Nor has what could be put there."""
    questions = Questions(Request(case_of(**MILD), BOOK, MONDAY))
    answers = [questions.answer_on(workout, MONDAY) for workout in ("run_easy", "walk", "mobility")]
    assert [None] * 3 == [one.obstacle for one in answers]


def test_a_check_is_figures_beside_its_sentence() -> None:
    """In JSON only what it asks."""
    case = {"injury": {"region": "achilles", "severity": "moderate"}}
    (run,) = [one for one in made(**case, goals={"runs": 1, "long_run": False}).workouts if one.kind == "run"]
    assert run.conditions == Check(pain_at_most=5, no_limp=True)
    assert run.model_dump(mode="json")["conditions"] == {"pain_at_most": 5, "no_limp": True}
    (free,) = made(**MILD, goals={"runs": 0, "mobility": 1}).workouts
    assert (free.check, free.conditions) == (None, None)


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ([], None),
        ([Check(pain_at_most=3)], Check(pain_at_most=3)),
        ([Check(pain_at_most=3), Check(pain_at_most=0, no_limp=True)], Check(pain_at_most=0, no_limp=True)),
        ([Check(soreness_at_most=2), Check(pain_at_most=5)], Check(soreness_at_most=2, pain_at_most=5)),
    ],
)
def test_several_checks_are_one_at_the_strictest_figure(checks: list[Check], expected: Check | None) -> None:
    """All that any of them asks, and a figure of zero is one."""
    assert expected == strictest(checks)
