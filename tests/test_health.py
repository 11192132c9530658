"""Whom to ask first (`[health]`) and being ill (`[[illness]]`): what is left, until when, and what is said."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main
from planner.planning import plan
from planner.results.plan import Plan
from planner.rulebook.file import shipped_rulebook
from planner.wording.english import day_name
from tests.asking import why_workout
from tests.cases import MONDAY, case_of
from tests.checker import Checker
from tests.checker_health import spoken_against

pytestmark = pytest.mark.once

HURT: dict[str, Any] = {"injury": {"region": "calf", "severity": "mild"}}
GOALS = {"runs": 3, "bikes": 2, "upper_body": 2, "walks": 1, "hard_runs": 1}


def planned(weeks: int = 1, **data: Any) -> Plan:
    """Return a plan from the first Monday on."""
    return plan(case_of(**{**HURT, "goals": GOALS, **data}), shipped_rulebook(), today=MONDAY, weeks=weeks)


def kinds(made: Plan) -> set[str]:
    """Return the kinds of workout that a plan holds."""
    return {one.kind for one in made.workouts}


def may(moment: datetime, workout: str, **data: Any) -> bool:
    """Return whether a workout may start at a time."""
    case = case_of(**{**HURT, "fitness": {"easy_run_minutes": 60}, **data})
    return why_workout(case, shipped_rulebook(), moment, workout).verdict != "ruled_out"


def on(days: int, hour: int = 9) -> datetime:
    """Return a local moment so many days after the first Monday."""
    return datetime.combine(MONDAY, time(hour)) + timedelta(days=days)


@pytest.mark.parametrize(
    ("health", "left"),
    [
        ({"pregnant": True}, {"walk", "mobility"}),
        ({"fracture": date(2026, 11, 1)}, {"walk", "mobility"}),
        ({"surgery": date(2026, 11, 1)}, set()),
    ],
)
def test_who_must_ask_first_walks_until_a_clinician_agreed(health: dict[str, Any], left: set[str]) -> None:
    """Nothing but what is left stands in the plan, and an alert says whom to ask and what to write."""
    made = planned(health=health)
    assert kinds(made) <= left
    assert any("cleared = DATE" in alert for alert in made.alerts)


@pytest.mark.parametrize(
    "health",
    [
        {"pregnant": {"cleared": date(2026, 11, 20)}},
        {"fracture": {"date": date(2026, 9, 1), "cleared": date(2026, 11, 20)}},
        {"surgery": {"date": date(2026, 11, 1), "cleared": date(2026, 11, 20)}},
        {"surgery": date(2026, 8, 31)},
    ],
)
def test_who_was_cleared_is_planned_for(health: dict[str, Any]) -> None:
    """With a clinician's date, or twelve weeks after an operation, runs and rides come back."""
    assert {"run", "bike"} <= kinds(planned(health=health))


def test_a_healthy_runner_is_told_nothing() -> None:
    """Without a word under [health] nothing is asked and nothing is left out."""
    made = planned()
    assert () == made.alerts
    assert {"run", "bike", "upper_body"} <= kinds(made)


@pytest.mark.parametrize(("age", "refused"), [(17, True), (18, False)])
def test_under_18_nothing_is_planned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], age: int, refused: bool
) -> None:
    """It is wrong input, and the message says whom to ask."""
    file = tmp_path / "me.toml"
    file.write_text(f'timezone = "Europe/Berlin"\n[health]\nage = {age}\n[injury]\nregion = "calf"\n')
    assert (2 if refused else 0) == main(["plan", str(file), "--today", "2026-11-23"])
    err = capsys.readouterr().err
    assert refused == (f"{file}: health.age: 17 is under 18" in err)
    assert refused == ("ask the clinician who treats you" in err)


@pytest.mark.parametrize(
    ("born", "cleared", "caution", "runs"),
    [
        (on(-83).date(), on(-10).date(), "standard", False),
        (on(-84).date(), on(-10).date(), "standard", True),
        (on(-84).date(), None, "standard", False),
        (on(-21).date(), on(-1).date(), "permissive", True),
        (on(-84).date(), on(-10).date(), "strict", False),
    ],
)
def test_after_a_birth_running_waits_for_weeks_and_for_an_examination(
    born: date, cleared: date | None, caution: str, runs: bool
) -> None:
    """Twelve weeks, three for who is permissive and was examined, sixteen for the strict; then walking in turn."""
    birth = born if cleared is None else {"date": born, "cleared": cleared}
    assert runs == may(on(0), "run_walk", health={"birth": birth}, caution=caution)
    assert not may(on(0), "run_easy", health={"birth": birth}, caution=caution)
    assert may(on(0), "bike_easy", health={"birth": birth}, caution=caution)


@pytest.mark.parametrize(
    ("cleared", "more", "free"),
    [
        (1, {}, False),
        (20, {}, False),
        (41, {}, False),
        (42, {}, True),
        (20, {"log": [{"date": on(-19).date(), "did": "run_easy", "pain": 0}]}, True),
        (20, {"fitness": {"easy_run_minutes": 60, "as_of": on(-20).date()}}, True),
    ],
)
def test_an_operation_is_a_break_also_where_it_was_cleared_before_the_plan(
    cleared: int, more: dict[str, Any], free: bool
) -> None:
    """Six weeks without running: walk and run in turn first, for as long again, unless the case tells what was done."""
    surgery = {"date": on(-cleared - 41).date(), "cleared": on(-cleared).date()}
    assert free == may(on(0), "run_easy", health={"surgery": surgery}, **more)


def test_a_bad_heart_waits_for_a_doctor_with_what_is_hard() -> None:
    """Easy running stays; hard work, jumps and races wait."""
    assert not may(on(0), "run_hard", health={"heart_disease": True})
    assert not may(on(0), "race", health={"heart_disease": True}, races=[{"date": MONDAY}])
    assert may(on(0), "run_easy", health={"heart_disease": True})
    assert may(on(0), "run_hard", health={"heart_disease": {"cleared": date(2026, 11, 1)}})


@pytest.mark.parametrize(
    ("fact", "kind", "word"),
    [
        ("blood_thinners", "shockwave", "blood thinners"),
        ("blood_thinners", "massage", "blood thinners"),
        ("blood_thinners", "wet cupping", "blood thinners"),
        ("pacemaker", "shockwave", "pacemaker"),
        ("epilepsy", "shockwave", "epilepsy"),
        ("weak_immunity", "dry needling", "immune"),
        ("pregnant", "shockwave", "pregnant: no shockwave"),
        ("pregnant", "TENS", "at belly, back or pelvis"),
        ("pacemaker", "electric dry needling", "no needles with current"),
    ],
)
def test_a_treatment_that_is_not_for_everybody_is_an_alert(fact: str, kind: str, word: str) -> None:
    """A booked appointment that somebody's health speaks against is named with its day; without the fact it is not."""
    region = "low back" if kind == "TENS" else "calf"
    current = kind.startswith("electric ")
    booked = {"kind": kind.removeprefix("electric "), "region": region, "start": on(2), "electric": current}
    named = [one for one in planned(treatments=[booked], health={fact: True}).alerts if "Wed 25 Nov" in one]
    assert any(word in one.casefold() for one in named)
    assert not any(word in one.casefold() for one in planned(treatments=[booked]).alerts)


@pytest.mark.parametrize(
    ("fact", "booked"),
    [
        ("pregnant", {"kind": "TENS", "region": "calf"}),
        ("pacemaker", {"kind": "dry needling", "region": "calf"}),
    ],
)
def test_a_treatment_elsewhere_or_without_current_is_no_alert(fact: str, booked: dict[str, Any]) -> None:
    """Of a pregnant woman's calf, and of needles alone with a pacemaker, nothing is said."""
    made = planned(treatments=[{**booked, "start": on(2)}], health={fact: True})
    assert not any(one.startswith(("TENS", "Dry needling")) for one in made.alerts)


@pytest.mark.parametrize(
    ("health", "caution"),
    [
        ({"pregnant": {"cleared": date(2026, 11, 20)}}, "standard"),
        ({"blood_thinners": True}, "strict"),
        ({"pacemaker": True, "weak_immunity": {"cleared": on(2).date()}}, "standard"),
        ({"quinolone_until": on(-30).date(), "heart_disease": True}, "standard"),
    ],
)
def test_every_appointment_that_health_speaks_against_is_named_and_no_other(
    health: dict[str, Any], caution: str
) -> None:
    """The days with such an alert are those that the independent checker finds."""
    kinds = ("shockwave", "massage", "dry needling", "TENS", "wet cupping", "steroid injection")
    booked = [
        {"kind": kind, "region": "low back", "start": on(day), "electric": day == 2} for day, kind in enumerate(kinds)
    ]
    case = case_of(treatments=booked, health=health, caution=caution, goals={"walks": 1})
    made = plan(case, shipped_rulebook(), today=MONDAY)
    said = {one.split(": ")[0].rsplit(" on ")[-1] for one in made.alerts if one.endswith("Ask your clinician.")}
    assert said == {day_name(day) for day in spoken_against(Checker(case, shipped_rulebook(), made))}


@pytest.mark.parametrize(
    ("health", "caution", "workout", "free"),
    [
        ("epilepsy", "standard", "swim", True),
        ("epilepsy", "strict", "swim", False),
        ("epilepsy", "strict", "bike_easy", True),
        ("heart_disease", "standard", "run_easy", True),
        ("heart_disease", "strict", "run_easy", False),
        ("heart_disease", "strict", "walk", True),
    ],
)
def test_the_strict_level_keeps_more_from_who_asks_first(health: str, caution: str, workout: str, free: bool) -> None:
    """Nothing in the water with epilepsy; nothing but walks and mobility with a heart that no doctor has cleared."""
    assert free == may(on(0), workout, health={health: True}, caution=caution)


@pytest.mark.parametrize(("caution", "most"), [("permissive", 45), ("standard", 30), ("strict", None)])
def test_the_first_day_of_a_cold_at_each_level(caution: str, most: int | None) -> None:
    """Three quarters of the usual hour, half an hour, and no run at all."""
    case = case_of(fitness={"easy_run_minutes": 60}, illness=[{"kind": "cold", "from": MONDAY}], caution=caution)
    answer = why_workout(case, shipped_rulebook(), on(0), "run_easy")
    assert (most is None) == (answer.verdict == "ruled_out")
    assert most is None or most == answer.max_minutes


@pytest.mark.parametrize(
    ("caution", "day", "free"), [("strict", 27, False), ("strict", 29, True), ("standard", 27, True)]
)
def test_botulinum_keeps_jumps_away_for_four_weeks_at_strict(caution: str, day: int, free: bool) -> None:
    """At standard they are only asked about."""
    treated = {"kind": "botox", "region": "calf", "start": on(0)}
    case = case_of(treatments=[treated], caution=caution, goals={"runs": 3})
    assert free == (why_workout(case, shipped_rulebook(), on(day, 7), "plyometrics").verdict != "ruled_out")


@pytest.mark.parametrize(
    ("health", "said"),
    [
        ({"pregnant": True}, "then write pregnant = { cleared = DATE } under [health]"),
        ({"birth": on(-83).date()}, "then write birth = { date = 2026-09-01, cleared = DATE } under [health]"),
    ],
)
def test_why_says_what_ends_what_waits_for_a_clinician(health: dict[str, Any], said: str) -> None:
    """With the day that the case has already."""
    assert said in why_workout(case_of(**HURT, health=health), shipped_rulebook(), on(0), "run_easy").text


def test_a_steroid_speaks_of_sugar_to_who_has_diabetes() -> None:
    """And to nobody else."""
    steroid = {"kind": "steroid injection", "region": "knee", "start": on(1)}
    assert any("raises your sugar" in one for one in planned(treatments=[steroid], health={"diabetes": True}).notes)
    assert not any("raises your sugar" in one for one in planned(treatments=[steroid]).notes)


@pytest.mark.parametrize(("days", "runs_hard"), [(29, False), (31, True)])
def test_a_quinolone_keeps_an_injured_tendon_from_what_is_hard(days: int, runs_hard: bool) -> None:
    """For 30 days after the last tablet; a muscle is not meant."""
    health = {"quinolone_until": on(-days).date()}
    tendon = {"injury": {"region": "achilles", "severity": "mild"}}
    assert runs_hard == may(on(0), "run_hard", health=health, **tendon)
    assert may(on(0), "run_hard", health=health)


@pytest.mark.parametrize(
    ("health", "message"),
    [
        ({"pregnant": "yes"}, "'yes' is neither true nor false; write true, or { cleared = 2026-11-20 }"),
        ({"pregnant": date(2026, 11, 2)}, "^1 validation error(.|\n)*  2026-11-02 is neither true nor false"),
        ({"surgery": {"date": date(2026, 11, 2), "cleared": date(2026, 11, 1)}}, "lies before it happened"),
        ({"surgery": datetime(2026, 11, 2, 9)}, "write the date alone"),
        ({"birth": {"cleared": date(2026, 11, 2)}}, "does not say when it was; write { date = 2026-09-01 }"),
        ({"pregnant": {"cleared": True}}, "does not say since when a clinician agrees"),
    ],
)
def test_what_is_wrong_with_health_is_said(health: dict[str, Any], message: str) -> None:
    """Each mistake says what would be right."""
    with pytest.raises(ValueError, match=message):
        case_of(**HURT, health=health)


# -------------------------------------------------------------------------------------------------------- being ill


@pytest.mark.parametrize(
    ("kind", "days", "workout", "free"),
    [
        # Ill from Monday to Wednesday: the day after is the third from Monday on.
        ("cold", 1, "run_hard", False),
        ("cold", 3, "run_hard", False),
        ("cold", 4, "run_hard", True),
        ("fever", 1, "bike_easy", False),
        ("fever", 3, "bike_easy", False),
        ("fever", 4, "bike_easy", True),
        ("fever", 10, "run_hard", False),
        ("fever", 11, "run_hard", True),
        ("flu", 13, "run_hard", False),
        ("flu", 14, "run_hard", True),
        ("stomach", 3, "mobility", False),
        ("stomach", 4, "mobility", True),
        ("stomach", 16, "swim", False),
        ("stomach", 17, "swim", True),
        ("covid", 2, "run_easy", False),
        ("mono", 27, "run_easy", False),
        ("pneumonia", 40, "walk", False),
    ],
)
def test_an_illness_leaves_little_and_comes_back_step_by_step(kind: str, days: int, workout: str, free: bool) -> None:
    """Both sides of each day on which something comes back."""
    illness = {"kind": kind, "from": MONDAY, "until": on(2).date()}
    assert free == may(on(days), workout, illness=[illness])


@pytest.mark.parametrize(("day", "minutes"), [(0, 30), (1, 45), (2, 60)])
def test_a_cold_begins_with_half_an_hour(day: int, minutes: int) -> None:
    """30 easy minutes on its first day, 45 on its second, an hour from its third on."""
    case = case_of(**HURT, fitness={"bike_minutes": 90}, illness=[{"kind": "head cold", "from": MONDAY}])
    answer = why_workout(case, shipped_rulebook(), on(day), "bike_easy")
    assert (answer.verdict, answer.max_minutes) == ("limited", minutes)


def test_a_short_cold_has_no_second_day() -> None:
    """Who is well again is not held to the table of the ill: a ride is as long as it would be without the cold."""
    fitness = {"bike_minutes": 90}
    cold = case_of(**HURT, fitness=fitness, illness=[{"kind": "cold", "from": MONDAY, "until": MONDAY}])
    healthy = case_of(**HURT, fitness=fitness)
    minutes = [why_workout(case, shipped_rulebook(), on(2), "bike_easy").max_minutes for case in (cold, healthy)]
    assert minutes == [120, 120]


@pytest.mark.parametrize(("fever", "free"), [(None, True), (5, False)])
def test_the_way_back_is_as_long_as_the_fever(fever: int | None, free: bool) -> None:
    """Easy work for two days after a fever of two, for five after one of five."""
    illness = {"kind": "fever", "from": on(-6).date(), "until": on(-2).date(), "fever_days": fever}
    case = case_of(**HURT, illness=[illness])
    answer = why_workout(case, shipped_rulebook(), on(3), "upper_body")
    assert free == (answer.max_intensity is None)


def most(days: int, kind: str, caution: str = "standard", fever: int | None = None) -> int | None:
    """Return the most minutes of an easy run of 60 so many days after the last day of an illness."""
    illness = {"kind": kind, "from": on(-5).date(), "until": on(-1).date(), "fever_days": fever}
    case = case_of(**HURT, fitness={"easy_run_minutes": 60}, illness=[illness], caution=caution)
    rules = why_workout(case, shipped_rulebook(), on(days), "run_easy").rules
    said = [rule.max_minutes for rule in rules if rule.rule.startswith("illness.") and rule.max_minutes is not None]
    return min(said, default=None)


@pytest.mark.parametrize(
    ("kind", "caution", "fever", "last_days"),
    [
        ("fever", "standard", None, (2, 7)),
        ("fever", "standard", 4, (4, 7)),
        ("flu", "standard", 3, (3, 7)),
        ("fever", "permissive", 4, (2, 3)),
        ("fever", "strict", 4, (8, 10)),
        ("stomach", "standard", None, (2, 2)),
        ("covid", "standard", None, (2, 4)),
        ("covid", "strict", None, (8, 10)),
    ],
)
def test_the_way_back_after_an_illness_has_shares_of_the_usual(
    kind: str, caution: str, fever: int | None, last_days: tuple[int, int]
) -> None:
    """Half of the usual up to a day, three quarters up to another, and then what is usual; `why` says the minutes."""
    half, shorter = last_days
    assert most(half, kind, caution, fever) == 30
    assert most(half + 1, kind, caution, fever) == (45 if shorter > half else None)
    assert most(shorter, kind, caution, fever) == (45 if shorter > half else 30)
    assert most(shorter + 1, kind, caution, fever) is None


def test_walks_have_no_share_and_a_short_run_is_no_shorter_than_is_worth_it() -> None:
    """Half of twenty minutes would be none: a run stays at fifteen; a walk is what it was."""
    illness = [{"kind": "fever", "from": on(-5).date(), "until": on(-1).date()}]
    case = case_of(**HURT, fitness={"easy_run_minutes": 20, "walk_minutes": 60}, illness=illness)
    run = why_workout(case, shipped_rulebook(), on(1), "run_easy")
    assert [15, 15] == [rule.max_minutes for rule in run.rules if rule.rule.startswith("illness.after_fever_")][:2]
    assert why_workout(case, shipped_rulebook(), on(1), "walk").verdict == "allowed"


def test_covid_without_a_symptom_waits_for_three_days_too() -> None:
    """Tested and well on Monday: no run on Wednesday, half of one on Thursday."""
    covid = [{"kind": "covid", "from": MONDAY, "until": MONDAY}]
    assert not may(on(2), "run_easy", illness=covid)
    assert may(on(3), "run_easy", illness=covid)


def test_after_prolotherapy_the_treated_part_has_three_quarters_of_the_usual() -> None:
    """In the second week, of what loads it; an upper-body day is what it was, and `why` names the treatment."""
    treated = [{"kind": "prolotherapy", "region": "knee", "start": on(0)}]
    case = case_of(fitness={"easy_run_minutes": 60}, treatments=treated)
    run = why_workout(case, shipped_rulebook(), on(8), "run_easy")
    assert ("Prolotherapy (knee) on Mon 23 Nov", 45) in [(rule.about, rule.max_minutes) for rule in run.rules]
    assert why_workout(case, shipped_rulebook(), on(8), "upper_body").max_minutes is None
    assert 45 not in [rule.max_minutes for rule in why_workout(case, shipped_rulebook(), on(15), "run_easy").rules]


@pytest.mark.parametrize(("days", "half"), [(6, True), (7, False)])
def test_after_a_confirmed_sign_a_week_has_half_of_the_usual(days: int, half: bool) -> None:
    """Counted from the day that the clinician named."""
    finding = {"date": MONDAY, "cleared": "confirmed", "by": "Dr Smith", "training_from": on(0).date()}
    log = [{"date": on(-1).date(), "signs": ["swollen calf"]}, finding]
    case = case_of(**HURT, fitness={"easy_run_minutes": 60}, log=log)
    rules = why_workout(case, shipped_rulebook(), on(days), "run_easy").rules
    assert half == (("log.after_confirmed", 30) in [(rule.rule, rule.max_minutes) for rule in rules])


@pytest.mark.parametrize(("days", "doctor"), [(1, False), (2, True)])
def test_a_fever_that_lasts_is_for_a_doctor(days: int, doctor: bool) -> None:
    """On its third day the plan says so; on its second not yet."""
    made = planned(illness=[{"kind": "fever", "from": on(-days).date()}])
    assert doctor == any("let a doctor see you" in one for one in made.alerts)


def test_glandular_fever_waits_for_a_doctor() -> None:
    """After three weeks and a doctor's word easy work comes back; after four nothing of it keeps hard work away."""
    mono = {"kind": "mono", "from": MONDAY, "until": on(9).date(), "cleared": on(20).date()}
    assert not may(on(20), "core", illness=[mono])
    assert may(on(21), "core", illness=[mono])
    for day, named in ((27, True), (28, False)):
        answer = why_workout(case_of(**HURT, illness=[mono]), shipped_rulebook(), on(day), "run_hard")
        assert named == ("illness.mono_nothing_hard" in [one.rule for one in answer.rules])


@pytest.mark.parametrize(
    ("kind", "days", "health", "asked"),
    [
        ("fever", 14, {}, True),
        ("fever", 15, {}, False),
        ("fever", 21, {"weak_immunity": True}, True),
        ("fever", 22, {"weak_immunity": True}, False),
        ("cold", 3, {}, False),
    ],
)
def test_a_fever_soon_after_a_needle_is_for_today(kind: str, days: int, health: dict[str, Any], asked: bool) -> None:
    """It may be an infection that the needle brought: up to two weeks, with a weak immunity three."""
    needled = [{"kind": "dry needling", "region": "calf", "start": on(-days)}]
    made = planned(treatments=needled, illness=[{"kind": kind, "from": MONDAY}], health=health)
    assert asked == any("infection that the needle brought" in one for one in made.alerts)


@pytest.mark.parametrize("cleared", [None, on(-1).date()])
def test_what_waits_for_a_doctor_is_said_above_the_plan(cleared: date | None) -> None:
    """Until the case says that one cleared it; then it is a note."""
    mono = {"kind": "mono", "from": on(-40).date(), "until": on(-20).date(), "cleared": cleared}
    assert (cleared is None) == any("Write cleared = DATE" in one for one in planned(illness=[mono]).alerts)


@pytest.mark.parametrize(("ended", "noted"), [(1, True), (9, True), (100, False)])
def test_what_to_mind_after_an_illness_is_a_note_while_its_rules_speak(ended: int, noted: bool) -> None:
    """What is long over is not spoken of; what waits for a doctor is an alert, and not said twice."""
    over = {"from": on(-ended - 3).date(), "until": on(-ended).date()}
    assert noted == any(one.startswith("Flu: ") for one in planned(illness=[{"kind": "flu", **over}]).notes)
    assert not any(one.startswith("Glandular fever") for one in planned(illness=[{"kind": "mono", **over}]).notes)


def test_while_ill_no_needle_is_booked() -> None:
    """An appointment in a fever is an alert; one a week later is not."""
    needled = [{"kind": "dry needling", "region": "calf", "start": on(days)} for days in (1, 9)]
    made = planned(2, treatments=needled, illness=[{"kind": "fever", "from": MONDAY, "until": on(2).date()}])
    assert ["Tue 24 Nov"] == [one[one.index("Tue") :][:10] for one in made.alerts if one.startswith("Dry needling")]


def test_an_illness_is_no_danger_sign(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A cold that is logged as a sign is sent where it has a way back, and "collapsed" is not offered."""
    file = tmp_path / "me.toml"
    file.write_text('timezone = "Europe/Berlin"\n[injury]\nregion = "calf"\n')
    assert 2 == main(["log", str(file), "--sign", "cold", "--today", "2026-11-23"])
    err = capsys.readouterr().err
    assert 'write it as an [[illness]], kind = "cold" and from = DATE' in err
    assert "collapsed" not in err


@pytest.mark.parametrize(
    ("illness", "message"),
    [
        ({"kind": "feever", "from": MONDAY}, "is no illness"),
        ({"kind": "flu", "from": MONDAY, "until": on(-1).date()}, "lies before from"),
        ({"kind": "flu", "from": MONDAY, "until": MONDAY, "fever_days": 2}, "more than the illness lasted"),
        ({"kind": "flu"}, "from"),
    ],
)
def test_what_is_wrong_with_an_illness_is_said(illness: dict[str, Any], message: str) -> None:
    """Each mistake says what would be right."""
    with pytest.raises(ValueError, match=message):
        case_of(**HURT, illness=[illness])
