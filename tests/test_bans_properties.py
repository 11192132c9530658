"""No plan, and no calendar, holds what a danger sign, a bone or a clinician's missing word forbids: random cases."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner import Case, plan, shipped_rulebook
from planner.rulebook.scales import Caution, Finding, Severity, Tissue
from tests.cases import case_of, examples
from tests.checker import FAR_AHEAD, Checker, broken
from tests.checker_flags import broken_by_signs, left_standing
from tests.checker_log import broken_by_the_log
from tests.living import DATA, Living

pytestmark = pytest.mark.once

RULEBOOK = shipped_rulebook()
TODAY = date(2026, 11, 23)
SIGNS = (*sorted(RULEBOOK.signs), "a word that nobody knows")
LOOSE = [
    rule.id
    for rule in RULEBOOK.rules.values()
    if not rule.never_loosen and rule.about in {"treatment", "injury"} and rule.hours("after") is not None
]
"""Rules with a window after something, whose figures a clinician may change."""


@st.composite
def entries(draw: st.DrawFn, first: int, last: int) -> list[dict[str, Any]]:
    """Draw log entries of the days from a first to a last, counted from today: pain, signs, findings."""
    found: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(0, 4))):
        day = TODAY + timedelta(days=draw(st.integers(first, last)))
        kind = draw(st.sampled_from(["sign", "sign", "felt", "finding", "asked"]))
        if kind == "sign":
            found.append({"date": day, "signs": draw(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=2))})
        elif kind == "felt":
            felt = {"pain": draw(st.integers(0, 10)), "limp": draw(st.booleans())}
            found.append({"date": day, "did": draw(st.sampled_from(["run_easy", "bike_easy"])), **felt})
        elif kind == "asked":
            found.append({"date": day, "advice_sought": True})
        else:
            finding = {"date": day, "cleared": draw(st.sampled_from(get_args(Finding))), "by": "Dr Smith"}
            if finding["cleared"] == "confirmed" and draw(st.booleans()):
                finding["training_from"] = day + timedelta(days=draw(st.integers(0, 20)))
            if draw(st.booleans()):
                finding["signs"] = [draw(st.sampled_from(SIGNS))]
            found.append(finding)
    return found


@st.composite
def injuries(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw an injury or two, with tissues of their own."""
    regions = draw(st.lists(st.sampled_from(sorted(RULEBOOK.regions)), min_size=1, max_size=2, unique=True))
    return [
        {
            "region": region,
            "severity": draw(st.sampled_from(get_args(Severity))),
            **({"tissue": draw(st.sampled_from(get_args(Tissue)))} if draw(st.booleans()) else {}),
        }
        for region in regions
    ]


@st.composite
def treated(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw up to two treatments of the last and the next weeks."""
    return [
        {
            "kind": draw(st.sampled_from(sorted(RULEBOOK.treatments))),
            "region": draw(st.sampled_from(sorted(RULEBOOK.regions))),
            "start": datetime(2026, 11, 23, 9) + timedelta(days=draw(st.integers(-16, 12))),
        }
        for _ in range(draw(st.integers(0, 2)))
    ]


@st.composite
def words(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what a clinician says of up to two rules."""
    found: dict[str, Any] = {}
    for key in draw(st.lists(st.sampled_from(LOOSE), max_size=2, unique=True)):
        figures = {"away": True} if draw(st.booleans()) else {"hours_after": [0, draw(st.integers(1, 120))]}
        found[key] = {"by": "Dr Smith", **figures}
    return {"override": found}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a case in which much is forbidden, for some time or for good."""
    goals = {"runs": 3, "bikes": 2, "upper_body": 2, "lower_body": 1, "swims": 1, "walks": 1, "long_run": "sunday"}
    return case_of(
        timezone="Europe/Berlin",
        caution=draw(st.sampled_from(get_args(Caution))),
        injury=draw(injuries()),
        treatments=draw(treated()),
        log=draw(entries(-20, 1)),
        rules=draw(words()),
        goals={**goals, "hard_runs": 1},
        health={"blood_thinners": draw(st.booleans()), "heart_disease": draw(st.booleans())},
        races=[{"date": TODAY + timedelta(days=draw(st.integers(0, 20)))}] if draw(st.booleans()) else [],
    )


@examples(60)
@given(cases(), st.integers(1, 3))
def test_no_plan_holds_what_a_sign_a_log_or_a_rule_forbids(case: Case, weeks: int) -> None:
    """Weeks, clearances, overrides and the tissue of an injury, as the second checker reads them."""
    made = plan(case, RULEBOOK, today=TODAY, weeks=weeks)
    treatments = Checker(case, RULEBOOK, made).treated
    assert [] == broken(case, RULEBOOK, made)
    assert [] == broken_by_the_log(case, RULEBOOK, made)
    assert [] == broken_by_signs(case, RULEBOOK, made, treatments)


@examples(30)
@given(injuries(), injuries(), entries(1, 3), st.integers(1, 3), st.integers(0, 6))
def test_no_calendar_goes_on_showing_what_has_no_end(
    before: list[dict[str, Any]], after: list[dict[str, Any]], log: list[dict[str, Any]], weeks: int, days: int
) -> None:
    """A plan of weeks is made again for a week: whatever is still ahead in its file may stand there."""
    living = Living(data={**DATA, "treatments": [], "injury": before})
    living.again(weeks=weeks)
    living.pass_time(days=days, hours=7)
    log = [entry for entry in log if entry["date"] <= living.now.date()]
    living.again(injury=after, log=log)
    memory, case = living.memory(), case_of(**living.data)
    assert memory is not None
    assert living.plan is not None
    ahead = [
        (one.moment.astimezone(case.tz), one.mark)
        for one in memory.earlier.events
        if one.moment is not None and one.moment > living.now and not one.cancelled and one.mark in RULEBOOK.workouts
    ]
    checker = Checker(case, RULEBOOK, living.plan)
    assert [] == left_standing(case, RULEBOOK, checker.treated, [(start.date(), key) for start, key in ahead])
    endless = [one for one in checker.speaking if one.closes == FAR_AHEAD]
    assert [] == [
        f"{start}: {key} stands against {one.rule.id}"
        for start, key in ahead
        for one in endless
        if checker.forbids(one.rule, one.region, key) is not None
    ]
