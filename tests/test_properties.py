"""What holds for every case: random cases, several zones, days with clock changes."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.appointments.appointment import appointments
from planner.clock import Minutes, Seconds
from planner.limits.in_force import rules_in_force
from planner.limits.verdicts import Limits, Verdict
from planner.planning import plan
from planner.results.plan import Plan
from planner.rulebook.file import shipped_rulebook
from planner.rulebook.model import Rulebook
from tests.cases import Ask, asks, case_of, examples, treatments
from tests.checker import broken

pytestmark = pytest.mark.once

LEVELS = ("permissive", "standard", "strict")
LAST = date(2030, 1, 1)


def planned(ask: Ask, rulebook: Rulebook | None = None, **changed: Any) -> Plan:
    """Return the plan for what is asked, some keys of the case changed."""
    case = case_of(**{**ask.data, **changed})
    return plan(case, rulebook or shipped_rulebook(), today=ask.today, weeks=ask.weeks)


def limits_of(data: dict[str, Any], until: date) -> Limits:
    """Return the limits of a case file's data."""
    case, rulebook = case_of(**data), shipped_rulebook()
    return Limits(
        rulebook,
        rules_in_force(case, rulebook).values(),
        appointments(case, rulebook, until),
        case.injury,
        blood_thinners=case.health.blood_thinners,
    )


def every_verdict(limits: Limits, first: date, days: int = 8) -> dict[tuple[int, str], Verdict]:
    """Return the verdict on each workout, 30 minutes long, at every third hour of some days."""
    begins = int((first - date(1970, 1, 1)).total_seconds())
    return {
        (hour, key): limits.judge(key, Seconds(begins + hour * 3600), Minutes(30))
        for hour in range(0, days * 24, 3)
        for key in shipped_rulebook().workouts
    }


@examples(150)
@given(asks())
def test_no_plan_ever_breaks_a_cap_or_a_hard_constraint(ask: Ask) -> None:
    """A plan is found for every case, and an independent checker finds nothing wrong with it."""
    assert broken(ask.case, shipped_rulebook(), planned(ask)) == []


@given(asks())
def test_the_points_of_all_preferences_add_up_to_the_score(ask: Ask) -> None:
    """What the assembly takes apart is what the scheduler counted."""
    score = planned(ask).score
    assert sum(score.preferences.values()) == score.total


@given(asks(most_weeks=1))
def test_planning_twice_gives_the_same_plan(ask: Ask) -> None:
    """Nothing of one plan leaks into the next, and nothing is random."""
    assert planned(ask).model_dump_json() == planned(ask).model_dump_json()


@given(asks(most_weeks=1), st.data())
def test_the_order_of_treatments_does_not_matter(ask: Ask, data: st.DataObject) -> None:
    """A case file with its treatments in another order gives the same plan."""
    shuffled = data.draw(st.permutations(ask.data["treatments"]))
    assert planned(ask).model_dump_json() == planned(ask, treatments=shuffled).model_dump_json()


@given(asks(most_weeks=1), st.integers(0, 1000))
def test_the_order_of_rules_does_not_matter(ask: Ask, seed: int) -> None:
    """A rulebook with its rules in another order gives the same plan."""
    rulebook = shipped_rulebook()
    entries = list(rulebook.rules.items())
    Random(seed).shuffle(entries)  # noqa: S311 (an order, no secret)
    shuffled = rulebook.model_copy(update={"rules": dict(entries)})
    assert planned(ask).model_dump_json() == planned(ask, shuffled).model_dump_json()


@given(asks(most_weeks=1), st.data())
def test_only_the_counted_goals_have_an_order(ask: Ask, data: st.DataObject) -> None:
    """With the priority spelled out, goals may stand in any order, counted ones and special ones alike."""
    ranked = list(ask.case.goals.priority)
    goals = {**ask.data["goals"], "priority": ranked}
    if not any(name in ask.data["goals"] for name in ranked):
        goals |= {"runs": 3, "bikes": 2, "upper_body": 2}
    shuffled = dict(data.draw(st.permutations(list(goals.items()))))
    expected = planned(ask, goals=goals).model_dump_json()
    assert planned(ask, goals=shuffled).model_dump_json() == expected


@given(asks())
def test_a_plan_survives_its_own_json(ask: Ask) -> None:
    """What is written as JSON and read back is the same plan, its identity apart, which is not written."""
    written = planned(ask).model_dump_json()
    # Compared as text: Python calls a time that the clock shows twice unequal to itself in another zone.
    assert Plan.model_validate_json(written).model_dump_json() == written


@examples(25)
@given(asks(most_weeks=1))
def test_a_stricter_level_never_allows_more(ask: Ask) -> None:
    """What a looser level of caution rules out, limits in length or in effort, a stricter one does at least as much."""
    until = ask.today + timedelta(days=12)
    levels = [every_verdict(limits_of({**ask.data, "caution": level}, until), ask.today) for level in LEVELS]
    for looser, stricter in ((0, 1), (1, 2)):
        for place, loose in levels[looser].items():
            strict = levels[stricter][place]
            assert not (strict.allowed and not loose.allowed), (place, LEVELS[looser], LEVELS[stricter])
            if strict.allowed:
                assert most(strict.max_minutes) <= most(loose.max_minutes), (place, LEVELS[looser])
                assert most(strict.max_intensity) <= most(loose.max_intensity), (place, LEVELS[looser])


@examples(25)
@given(asks(most_weeks=1), st.data())
def test_one_more_treatment_never_allows_more(ask: Ask, data: st.DataObject) -> None:
    """A workout that is ruled out or limited stays at least as much so if another treatment is booked."""
    more = data.draw(treatments(ask.today, needs_region=True))
    until = ask.today + timedelta(days=12)
    before = every_verdict(limits_of(dict(ask.data), until), ask.today)
    after = every_verdict(limits_of({**ask.data, "treatments": [*ask.data["treatments"], more]}, until), ask.today)
    for place, one in before.items():
        assert not (after[place].allowed and not one.allowed), place
        if after[place].allowed:
            assert most(after[place].max_minutes) <= most(one.max_minutes), place
            assert most(after[place].max_intensity) <= most(one.max_intensity), place
            assert set(asked_of(one)) <= set(asked_of(after[place])), place


@pytest.mark.parametrize("weeks", [3])
@examples(15)
@given(ask=asks())
def test_a_plan_holds_every_day_of_its_weeks(weeks: int, ask: Ask) -> None:
    """The days of a plan are all days from the first one on, seven a week."""
    made = plan(ask.case, shipped_rulebook(), today=ask.today, weeks=weeks)
    expected = [ask.today + timedelta(days=number) for number in range(7 * weeks)]
    assert [day.date for day in made.days] == expected


@examples(30)
@given(asks())
def test_no_two_workouts_of_a_plan_share_a_uid(ask: Ask) -> None:
    """A calendar would take two workouts of one UID for one."""
    uids = [workout.uid for workout in planned(ask).workouts]
    assert len(set(uids)) == len(uids)


def most(value: int | None) -> float:
    """Return a limit as a number: none is without limit."""
    return float("inf") if value is None else value


def asked_of(verdict: Verdict) -> list[str]:
    """Return the rules that ask for a check."""
    return [window.rule.id for window in verdict.checks]
