"""No plan ever breaks what the log forbids, as the second checker reads it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner import Case, plan, shipped_rulebook
from planner.results.plan import Plan
from planner.rulebook.scales import Caution, Finding, Severity, Tissue
from tests.checker import broken
from tests.checker_log import broken_by_the_log

pytestmark = pytest.mark.once

RULEBOOK = shipped_rulebook()
TODAY = date(2026, 11, 23)
RATING = st.none() | st.integers(0, 10)


@st.composite
def logs(draw: st.DrawFn) -> Case:
    """Draw a case with an injury or two and up to five entries of the days before and after today."""
    injuries = [
        {
            "region": region,
            "severity": draw(st.sampled_from(get_args(Severity))),
            "tissue": draw(st.sampled_from(get_args(Tissue))),
        }
        for region in draw(st.lists(st.sampled_from(sorted(RULEBOOK.regions)), min_size=1, max_size=2, unique=True))
    ]
    entries: list[dict[str, Any]] = [
        {
            "date": TODAY + timedelta(days=draw(st.integers(-12, 1))),
            "did": draw(st.none() | st.sampled_from(sorted(RULEBOOK.workouts))),
            "pain": draw(RATING),
            "next_morning": draw(st.none() | st.integers(0, 3)),
            "limp": draw(st.booleans()),
            "painkiller": draw(st.sampled_from([False, False, True])),
            "advice_sought": draw(st.booleans()),
        }
        for _ in range(draw(st.integers(1, 5)))
    ]
    for _ in range(draw(st.integers(0, 2))):
        day = TODAY + timedelta(days=draw(st.integers(-12, 5)))
        finding: dict[str, Any] = {"date": day, "cleared": draw(st.sampled_from(get_args(Finding))), "by": "Dr Smith"}
        if finding["cleared"] == "confirmed" and draw(st.booleans()):
            finding["training_from"] = day + timedelta(days=draw(st.integers(0, 12)))
        entries.insert(draw(st.integers(0, len(entries))), finding)
    goals = {"runs": 3, "bikes": 2, "upper_body": 2, "lower_body": 1, "swims": 1, "long_run": "sunday", "hard_runs": 1}
    return Case.model_validate(
        {
            "timezone": "Europe/Berlin",
            "caution": draw(st.sampled_from(get_args(Caution))),
            "injury": injuries,
            "log": entries,
            "goals": goals,
        }
    )


@given(logs())
def test_no_plan_breaks_what_the_log_forbids(case: Case) -> None:
    """Whatever was logged, no workout of the plan is among those that a rule about the log forbids."""
    made = plan(case, RULEBOOK, today=TODAY, weeks=2)
    assert [] == broken_by_the_log(case, RULEBOOK, made)


@pytest.mark.parametrize(("pain", "found"), [(2, 0), (6, 1)])
def test_the_checker_of_the_log_can_fail(pain: int, found: int) -> None:
    """A run on the day after a run that hurt too much is seen; after one that did not, it is fine."""
    data: dict[str, Any] = {"timezone": "Europe/Berlin", "injury": [{"region": "achilles", "severity": "mild"}]}
    made: Plan = plan(Case.model_validate(data | {"goals": {"runs": 1}}), RULEBOOK, today=TODAY)
    assert [] == broken(Case.model_validate(data | {"goals": {"runs": 1}}), RULEBOOK, made)
    (run,) = made.workouts
    entry = {"date": run.start.date() - timedelta(days=1), "did": "run_easy", "pain": pain}
    hurt = Case.model_validate(data | {"log": [entry]})
    breaches = {said.split(" breaks ")[1] for said in broken_by_the_log(hurt, RULEBOOK, made)}
    assert bool(found) == ("log.regress_no_impact" in breaches)


@pytest.mark.parametrize(("days", "expected"), [((0, 7, 43), False), ((0, 7, 42), True), ((0, 0, 7), False)])
def test_the_checker_counts_setbacks_by_days(days: tuple[int, ...], expected: bool) -> None:
    """Three bad days within 42 are a third setback, and no run is right then; two entries of one day are one."""
    data: dict[str, Any] = {"timezone": "Europe/Berlin", "injury": [{"region": "achilles", "severity": "mild"}]}
    made = plan(Case.model_validate(data | {"goals": {"runs": 1}}), RULEBOOK, today=TODAY)
    log = [{"date": TODAY - timedelta(days=day), "did": "run_easy", "next_morning": 2} for day in days]
    seen = broken_by_the_log(Case.model_validate(data | {"log": log}), RULEBOOK, made)
    assert any("log.third_setback" in sentence for sentence in seen) is expected
