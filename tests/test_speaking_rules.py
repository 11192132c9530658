"""Speaking rules: `why` names every rule that speaks about a workout, with the rule's own caps."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from planner.results.answer import Answer, SpeakingRule
from planner.rulebook.figures import Check
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.request import Request
from planner.what_if.questions import Questions
from tests.cases import MONDAY, case_of, needled
from tests.living import on

BOOK = shipped_rulebook()
MILD: dict[str, Any] = {"injury": {"region": "calf", "severity": "mild"}}
NEEDLED: dict[str, Any] = {**MILD, "treatments": [needled(datetime(2026, 11, 24, 9, 30))]}


def asked(workout: str, start: datetime, **case: Any) -> Answer:
    """Return the answer for a workout at a time of the week that begins on the Monday."""
    return Questions(Request(case_of(**case), BOOK, MONDAY)).best_answer(workout, [start])


def rule_of(answer: Answer, rule: str) -> SpeakingRule:
    """Return what one rule says."""
    (found,) = (one for one in answer.rules if one.rule == rule)
    return found


@pytest.mark.parametrize("usual", [30, 40, 50])
def test_a_rule_says_its_own_minutes_whatever_the_usual_run(usual: int) -> None:
    """Up to 40 minutes on the second day: 40 also to a person whose usual run is 30."""
    case = {**NEEDLED, "fitness": {"easy_run_minutes": usual, "longest_run_minutes": 90}}
    second_day = rule_of(asked("run_easy", on(2, 10, 30), **case), "dry_needling.second_day")
    assert (second_day.max_minutes, second_day.max_intensity) == (40, "easy")
    assert second_day.conditions == Check(soreness_at_most=3, no_limp=True)


@pytest.mark.parametrize(("usual", "verdict"), [(59, "allowed"), (60, "allowed"), (61, "limited")])
def test_only_a_cap_below_the_usual_workout_limits_it(usual: int, verdict: str) -> None:
    """At most an hour in the last hours before needling, whatever the run would be."""
    case = {**NEEDLED, "fitness": {"easy_run_minutes": usual, "longest_run_minutes": 90}}
    answer = asked("run_easy", on(1, 7), **case)
    assert (answer.max_minutes, answer.verdict) == (60, verdict)
    assert (rule_of(answer, "general.before_needling").rule in answer.binding) == (verdict == "limited")


def test_the_figures_at_the_top_are_the_strictest_of_all() -> None:
    """Of every rule that speaks, length rules among them."""
    answer = asked("run_easy", on(2, 10, 30), **NEEDLED)
    minutes = [one.max_minutes for one in answer.rules if one.max_minutes is not None]
    efforts = {one.max_intensity for one in answer.rules} - {None}
    assert len(minutes) > 1
    assert (answer.max_minutes, answer.max_intensity) == (min(minutes), "easy")
    assert efforts == {"easy"}


@pytest.mark.parametrize(("longest", "cap", "verdict"), [(34, 39, "limited"), (35, 40, "allowed"), (60, 66, "allowed")])
def test_the_share_of_the_longest_run_is_a_cap_like_any_other(longest: int, cap: int, verdict: str) -> None:
    """110 % of the longest run of 30 days, or 5 minutes more: limited only where the usual 40 minutes are longer."""
    case = {**MILD, "injury": {"region": "shoulder", "severity": "mild"}}
    answer = asked("run_easy", on(0, 7), **case, fitness={"easy_run_minutes": 40, "longest_run_minutes": longest})
    assert (rule_of(answer, "training.session_cap").max_minutes, answer.max_minutes) == (cap, cap)
    assert answer.verdict == verdict


def test_the_first_run_after_a_break_says_its_share_of_the_usual_one() -> None:
    """70 % of 40 minutes, and easy."""
    answer = asked("run_easy", on(2, 10, 30), **NEEDLED, fitness={"easy_run_minutes": 40, "longest_run_minutes": 60})
    back = rule_of(answer, "training.first_run_back")
    assert (back.max_minutes, back.max_intensity, answer.max_minutes) == (28, "easy", 28)


def test_a_stage_of_the_way_back_says_how_long_it_is() -> None:
    """Run and walk at stage 2 lasts as long as its intervals."""
    answer = asked("run_walk", on(1, 7), **MILD, return_to_running={"stage": 2})
    stage, rule = BOOK.stages[1], BOOK.return_to_running
    assert rule is not None
    whole = rule.walk_first_minutes + (stage.walk_minutes + stage.run_minutes) * stage.repeats
    assert rule_of(answer, "return_to_running").max_minutes == whole


def test_a_rule_that_lets_a_workout_be_speaks_about_it() -> None:
    """In the first hours after needling only walking and mobility: that speaks about mobility."""
    answer = asked("mobility", on(1, 11), **NEEDLED)
    assert answer.verdict == "allowed"
    assert not rule_of(answer, "dry_needling.first_hours").rules_out


@pytest.mark.parametrize(("start", "speaks"), [((9, 59), True), ((10, 0), False)])
def test_a_rule_has_let_go_at_the_very_moment_its_window_closes(start: tuple[int, int], speaks: bool) -> None:
    """Needled until 10:00 on Tuesday: the first day of it ends on Wednesday at 10:00, not a minute later."""
    answer = asked("run_easy", on(2, *start), **NEEDLED)
    assert speaks == any(one.rule == "dry_needling.first_day" for one in answer.rules)


def test_a_rule_that_rules_out_says_so_and_no_figure_stands_at_the_top() -> None:
    """Which rule it is, each rule says."""
    answer = asked("run_easy", on(1, 18), **NEEDLED)
    assert answer.verdict == "ruled_out"
    assert rule_of(answer, "dry_needling.first_day").rules_out
    assert (answer.max_minutes, answer.max_intensity, answer.conditions) == (None, None, None)
    assert answer.rules[0].rules_out


def test_what_binds_is_told_before_what_only_speaks() -> None:
    """The first run after a break is cut, where the hours before the next needling would leave an hour of it."""
    treatments = [needled(datetime(2026, 11, day, 9, 30)) for day in (24, 27)]
    days, fitness = {"default": [], "friday": "07:00-08:30"}, {"easy_run_minutes": 59, "longest_run_minutes": 60}
    answer = asked("run_easy", on(4, 7), **MILD, treatments=treatments, fitness=fitness, availability=days)
    assert ("training.first_run_back",) == answer.binding
    assert ["training.first_run_back", "general.before_needling"] == [one.rule for one in answer.rules][:2]


def test_a_rule_on_spacing_that_is_in_the_way_is_one_that_speaks() -> None:
    """A run was done the day before: no plan holds another, and the rule about it is named with its reason."""
    case = {"injury": {"region": "calf", "severity": "moderate"}, "treatments": ()}
    answer = asked("run_easy", on(0, 7), **case, log=[{"date": MONDAY - timedelta(days=1), "did": "run_easy"}])
    assert answer.binding[0] == "training.running_days_apart"
    assert rule_of(answer, "training.running_days_apart").text


def test_no_rule_speaks_only_where_none_does() -> None:
    """A week without injury of what is loaded: upper body is nobody's business."""
    assert asked("upper_body", on(0, 7), **MILD).rules == ()
