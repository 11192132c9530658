"""A check that a steroid or a painkiller answers proves nothing; only a clinician loosens what guards against harm."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from planner.calendars.write.file import to_ical
from planner.cli import main
from planner.limits.in_force import rules_in_force
from planner.limits.log_windows import masked_entries
from planner.limits.progress import running_stage
from planner.planning import plan
from planner.results.plan import Plan
from planner.rulebook.file import shipped_rulebook
from planner.wording.log_meaning import MASKED_SESSION
from planner.wording.rules.checks import MASKED
from planner.wording.rules.explainer import NOTICE
from tests.asking import why_workout
from tests.cases import case_of

pytestmark = pytest.mark.once

STEROID = {"kind": "steroid injection", "region": "knee", "start": datetime(2026, 11, 16, 9)}
HURT = {"injury": {"region": "achilles", "severity": "moderate"}}


def planned(today: date, **data: Any) -> Plan:
    """Return a plan for a week."""
    return plan(case_of(**data), shipped_rulebook(), today=today)


@pytest.mark.parametrize(("day", "masked"), [(24, True), (30, True), (1, False)])
def test_a_check_says_for_two_weeks_after_a_steroid_that_it_proves_nothing(day: int, masked: bool) -> None:
    """The knee got a steroid on Monday the 16th at 9: until Monday the 30th at 9:45 little pain proves nothing."""
    moment = datetime(2026, 12 if day == 1 else 11, day, 7)
    injury = {"region": "knee", "severity": "moderate"}
    answer = why_workout(case_of(treatments=[STEROID], injury=injury), shipped_rulebook(), moment, "run_easy")
    assert answer.check is not None
    assert masked == (MASKED in answer.check)


@pytest.mark.parametrize(("minute", "out"), [(19, True), (20, False)])
def test_hard_work_that_a_check_would_let_through_waits_while_pain_is_hidden(minute: int, out: bool) -> None:
    """Two weeks from the end of an injection of 20 minutes, to the minute: then the check decides again."""
    moment = datetime(2026, 11, 30, 9, minute)
    injury = {"region": "knee", "severity": "mild"}
    answer = why_workout(case_of(treatments=[STEROID], injury=injury), shipped_rulebook(), moment, "run_hard")
    assert answer.binding == (("general.masked_pain",) if out else ("joint.hard_work_check",))
    assert answer.verdict == ("ruled_out" if out else "limited")


def test_the_event_says_it_too() -> None:
    """In the calendar the check stands with its warning."""
    made = planned(date(2026, 11, 24), treatments=[STEROID], injury={"region": "knee", "severity": "moderate"})
    content = to_ical(made, datetime(2026, 11, 24, tzinfo=UTC)).replace(b"\r\n ", b"").decode().replace("\\", "")
    assert any(one.check and MASKED in one.check for one in made.workouts)
    assert MASKED in content


@pytest.mark.parametrize(("race", "placed"), [(date(2026, 11, 29), False), (date(2026, 12, 1), True)])
def test_a_race_within_two_weeks_of_a_steroid_waits_for_the_clinician(race: date, placed: bool) -> None:
    """13 days after it has no place; 15 days after it has."""
    data = {"treatments": [STEROID], "races": [{"date": race, "start": time(11), "minutes": 50}]}
    made = planned(date(2026, 11, 28), **data)
    assert placed == any(one.workout == "race" for one in made.workouts)


def test_a_clinician_by_name_may_let_the_race_be_run_and_the_plan_says_so() -> None:
    """The override of a named doctor lifts the ban, and is an alert."""
    word = {"override": {"general.masked_race": {"away": True, "by": "Dr Smith"}}}
    race = {"date": date(2026, 11, 29), "start": time(11), "minutes": 50}
    made = planned(date(2026, 11, 28), treatments=[STEROID], races=[race], rules=word)
    assert any(one.workout == "race" for one in made.workouts)
    assert any(
        one.startswith("On the word of Dr Smith this rule does not hold: After a steroid") for one in made.alerts
    )


def test_what_hides_pain_is_no_reason_where_nobody_asks_for_pain() -> None:
    """An easy ride of a knee with a steroid asks for no rating, so it is not told that ratings prove nothing."""
    answer = why_workout(case_of(treatments=[STEROID]), shipped_rulebook(), datetime(2026, 11, 28, 9), "upper_body")
    assert "general.masked_pain" not in [one.rule for one in answer.rules]


GUARDED = ["general.masked_race", "steroid_injection.joint_no_impact", "bone.returning_easy_only", "log.refer"]


@pytest.mark.parametrize("key", [key for key in GUARDED if key in shipped_rulebook().rules])
@pytest.mark.parametrize("by", ["me", "Myself", "my coach", "a friend"])
def test_what_guards_against_harm_is_not_loosened_by_oneself(key: str, by: str) -> None:
    """Rules about injections, bones and clearance need a clinician by name."""
    with pytest.raises(ValueError, match=f'"{key}" guards against harm, and "{by}" is no clinician'):
        case_of(**HURT, rules={"override": {key: {"away": True, "by": by}}})


def test_another_rule_may_be_changed_by_anybody_and_is_no_alert() -> None:
    """What guards against no harm stays a matter of taste."""
    words = {"override": {"dry_needling.first_day": {"hours_after": [0, 36], "by": "me"}}}
    assert () == planned(date(2026, 11, 23), **HURT, rules=words).alerts


def test_the_footer_names_what_nobody_may_loosen() -> None:
    """It no longer promises that the clinician's word comes before every rule."""
    assert "save the few that nobody may loosen: danger signs" in NOTICE


@pytest.mark.parametrize(("days", "referred"), [(7, True), (8, False)])
def test_pain_above_five_twice_within_a_week_is_for_a_clinician(days: int, referred: bool) -> None:
    """A second session at 6 of 10 sends a runner with a sore tendon to a clinician; eight days apart it does not."""
    first = date(2026, 11, 14)
    second = date.fromordinal(first.toordinal() + days)
    log = [{"date": day, "did": "run_easy", "pain": 6} for day in (first, second)]
    made = planned(date(2026, 11, 23), **HURT, log=log)
    assert referred == any("the second time too much within a week" in one for one in made.alerts)
    assert referred == (not any(one.kind == "run" for one in made.workouts[-3:]))


@pytest.mark.parametrize(("day", "soreness", "late"), [(19, 4, True), (18, 4, False), (19, 3, False)])
def test_soreness_later_than_72_hours_names_the_therapist(day: int, soreness: int, late: bool) -> None:
    """Needled on Monday at 10, still at 4 of 10 on Thursday: contact the therapist, and nothing long or hard."""
    needled = {"kind": "dry_needling", "region": "calf", "start": datetime(2026, 11, 16, 10)}
    log = [{"date": date(2026, 11, day), "soreness": soreness}]
    made = planned(date(2026, 11, 20), treatments=[needled], log=log)
    assert late == any("Contact your therapist" in one for one in made.alerts)
    answer = why_workout(
        case_of(treatments=[needled], log=log), shipped_rulebook(), datetime(2026, 11, 24, 7), "run_long"
    )
    assert late == ("log.still_sore" in [one.rule for one in answer.rules])


def test_a_quiet_day_ends_what_long_soreness_asks_for() -> None:
    """Soreness of 2 on a later day lets long runs come back."""
    needled = {"kind": "dry_needling", "region": "calf", "start": datetime(2026, 11, 16, 10)}
    log = [{"date": date(2026, 11, 19), "soreness": 5}, {"date": date(2026, 11, 23), "soreness": 2}]
    case = case_of(treatments=[needled], log=log)
    answer = why_workout(case, shipped_rulebook(), datetime(2026, 11, 24, 7), "run_long")
    assert "log.still_sore" not in [one.rule for one in answer.rules]


@pytest.mark.parametrize(("later", "ends"), [({"soreness": 3}, True), ({"soreness": 4}, False), ({"pain": 0}, False)])
def test_only_a_day_that_is_said_to_be_quiet_ends_what_long_soreness_asks_for(
    later: dict[str, Any], ends: bool
) -> None:
    """A later entry that says nothing of soreness does not say that it is gone."""
    needled = {"kind": "dry_needling", "region": "calf", "start": datetime(2026, 11, 16, 10)}
    log = [{"date": date(2026, 11, 19), "soreness": 5}, {"date": date(2026, 11, 22), **later}]
    answer = why_workout(
        case_of(treatments=[needled], log=log), shipped_rulebook(), datetime(2026, 11, 24, 7), "run_long"
    )
    assert ends == ("log.still_sore" not in [one.rule for one in answer.rules])


@pytest.mark.parametrize(("moment", "masked"), [((24, 11), True), ((24, 13), False)])
def test_a_painkiller_masks_a_check_for_twelve_hours(moment: tuple[int, int], masked: bool) -> None:
    """One taken on Monday counts until Tuesday at noon, for no time of day is known."""
    log = [{"date": date(2026, 11, 23), "painkiller": True}]
    case = case_of(**HURT, log=log)
    answer = why_workout(case, shipped_rulebook(), datetime(2026, 11, *moment), "run_easy")
    assert answer.check is not None
    assert masked == (MASKED in answer.check)


@pytest.mark.parametrize(
    ("entry", "good"),
    [
        ({"pain": 0}, 1),
        ({"pain": 0, "painkiller": True}, 0),
        ({}, 0),
        ({"next_morning": 0}, 0),
        ({"soreness": 3}, 0),
        ({"pain": 0, "next_morning": 0}, 1),
    ],
)
def test_only_a_rated_run_is_a_good_session(entry: dict[str, Any], good: int) -> None:
    """A run whose pain nobody rated, or that a painkiller covered, moves no stage."""
    run = {"date": date(2026, 11, 21), "did": "run_walk", **entry}
    case = case_of(**HURT, return_to_running={"stage": 1}, log=[run])
    found = running_stage(case, shipped_rulebook(), date(2026, 11, 23))
    assert found is not None
    assert good == found.good


@pytest.mark.parametrize(
    ("region", "day", "passed"),
    [("knee", date(2026, 11, 30), False), ("knee", date(2026, 12, 1), True), ("elbow", date(2026, 11, 24), True)],
)
def test_a_run_within_two_weeks_of_a_steroid_is_no_good_session(region: str, day: date, passed: bool) -> None:
    """The injection of the 16th covers what runs load until the 30th, and an elbow does not run."""
    runs = [{"date": each, "did": "run_walk", "pain": 0} for each in (day, date(2026, 12, 3))]
    data = {"treatments": [{**STEROID, "region": region}], "log": runs, "return_to_running": {"stage": 2}}
    made = planned(date(2026, 12, 4), **HURT, **data, goals={"runs": 3})
    assert passed == (3 == next(one.stage for one in made.workouts if one.workout == "run_walk"))


@pytest.mark.parametrize(
    ("run", "masked"),
    [
        ({"date": date(2026, 11, 20), "time": time(19)}, True),
        ({"date": date(2026, 11, 21), "time": time(5)}, True),
        ({"date": date(2026, 11, 21), "time": time(7)}, False),
        ({"date": date(2026, 11, 21)}, True),
        ({"date": date(2026, 11, 20), "time": time(12)}, False),
    ],
)
def test_a_painkiller_covers_the_runs_of_twelve_hours(run: dict[str, Any], masked: bool) -> None:
    """Taken on the 20th at 18: a run before it, or after 6 the next morning, counts; without a time it may not."""
    pill = {"date": date(2026, 11, 20), "time": time(18), "painkiller": True}
    case = case_of(**HURT, log=[pill, {**run, "did": "run_walk", "pain": 0}])
    rules = rules_in_force(case, shipped_rulebook()).values()
    assert masked == (1 in masked_entries(case, shipped_rulebook(), rules, ()))


def test_a_masked_session_is_none_also_where_nothing_is_hurt() -> None:
    """Who came back after a break without an injury passes no stage on a painkiller."""
    log = [{"date": date(2026, 11, 21), "did": "run_walk", "pain": 0, "painkiller": taken} for taken in (True, False)]
    found = [
        running_stage(case_of(return_to_running={"stage": 1}, log=[one]), shipped_rulebook(), date(2026, 11, 23))
        for one in log
    ]
    assert [0, 1] == [one.good for one in found if one is not None]


def test_log_says_that_a_masked_session_proves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And not that it loads no injury."""
    file = tmp_path / "me.toml"
    file.write_text(
        'timezone = "Europe/Berlin"\n[injury]\nregion = "knee"\n[[treatments]]\nkind = "steroid injection"\n'
        "start = 2026-11-16T09:00\n"
    )
    main(["log", str(file), "--did", "easy run", "--pain", "0", "--today", "2026-11-23"])
    out = capsys.readouterr().out
    assert MASKED_SESSION in " ".join(out.split())
    assert "loads no injury" not in out
