"""What hurt too much waits a day: the kind of workout that was logged, however little it should load the part."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given

from planner import Case, Plan, plan, shipped_rulebook
from planner.case.file import parse_case
from planner.clock import at, seconds
from planner.limits.effects import effects
from planner.limits.in_force import rules_in_force
from planner.limits.log_windows import log_windows, masked_entries
from planner.limits.progress import log_readings
from tests.asking import why_workout
from tests.cases import examples
from tests.checker_log import broken_by_the_log
from tests.test_log_properties import TODAY, logs

pytestmark = pytest.mark.once

RULEBOOK = shipped_rulebook()
RULE = "log.what_hurt"
HURT = date(2026, 11, 22)


def hurt(entry: str, more: str = "", head: str = "") -> Case:
    """Return a case with a calf that is a tendon (pain above 5 is too much), and one entry of the 22nd."""
    text = f'timezone = "Europe/Berlin"\n{head}\n[injury]\nregion = "calf"\ntissue = "tendon"\nseverity = "mild"\n'
    return parse_case(f"{text}{more}\n[[log]]\ndate = 2026-11-22\n{entry}\n", "case.toml", RULEBOOK)


def waits(case: Case, days: int, workout: str = "bike_easy", hour: int = 7) -> bool:
    """Return whether the rule keeps a workout away so many days after the 22nd."""
    moment = datetime.combine(HURT + timedelta(days=days), time(hour))
    answer = why_workout(case, RULEBOOK, moment, workout)
    return any(one.rule == RULE and one.rules_out for one in answer.rules)


@pytest.mark.parametrize(("pain", "found"), [(5, False), (6, True), (8, True)])
def test_a_ride_that_hurt_above_the_band_waits_a_day(pain: int, found: bool) -> None:
    """A ride loads the calf little, and would be let through; after pain 6 of 10, or more, none is ridden tomorrow."""
    assert found is waits(hurt(f'did = "bike_easy"\npain = {pain}'), 1)


@pytest.mark.parametrize("said", ["limp = true", "next_morning = 2"])
def test_a_limp_or_a_bad_morning_is_too_much_as_pain_is(said: str) -> None:
    """What the log reads as a step back keeps the workout away, whatever it was that told."""
    assert waits(hurt(f'did = "bike_easy"\n{said}'), 1)


@pytest.mark.parametrize(
    ("caution", "days", "found"),
    [
        ("permissive", 1, True),
        ("permissive", 2, False),
        ("standard", 0, True),
        ("standard", 1, True),
        ("standard", 2, False),
        ("strict", 2, True),
        ("strict", 3, False),
    ],
)
def test_it_waits_to_the_end_of_the_next_day_and_a_day_longer_at_strict(caution: str, days: int, found: bool) -> None:
    """A rest day is one day at permissive and standard, two at strict, to its last hour; the same day is over too."""
    case = hurt('did = "bike_easy"\npain = 6', head=f'caution = "{caution}"')
    assert found is waits(case, days, hour=22 if found else 0)


@pytest.mark.parametrize(
    ("did", "workout", "found"),
    [
        ("bike_easy", "bike_hard", True),
        ("bike_easy", "brick", True),
        ("bike_easy", "swim", False),
        ("bike_easy", "walk", False),
        ("walk", "walk", True),
        ("walk", "bike_easy", False),
        ("brick", "bike_easy", True),
        ("brick", "swim", False),
    ],
)
def test_only_the_kind_that_hurt_waits(did: str, workout: str, found: bool) -> None:
    """After a ride that is rides, after a walk walks; of a brick nobody knows which part hurt."""
    assert found is waits(hurt(f'did = "{did}"\npain = 6'), 1, workout)


def test_an_entry_that_names_no_workout_rules_out_none() -> None:
    """Pain of a day, of no workout, says nothing of what brought it."""
    assert not waits(hurt("pain = 6"), 1)
    assert RULE not in {window.rule.id for window in _windows(hurt("pain = 6"))}


def test_two_workouts_of_a_day_that_hurt_both_wait() -> None:
    """Each entry keeps its own kind away, and neither that of the other's day."""
    case = hurt('did = "bike_easy"\npain = 6\n[[log]]\ndate = 2026-11-23\ndid = "swim"\npain = 6')
    found = {(days, key): waits(case, days, key) for days in (1, 2) for key in ("bike_easy", "swim")}
    assert found == {(1, "bike_easy"): True, (1, "swim"): True, (2, "bike_easy"): False, (2, "swim"): True}


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("days_after = [0, 3]", [True, True, True, False]),
        ("hours_after = [0, 12]", [True, False, False, False]),
        ("away = true", [False] * 4),
    ],
)
def test_a_clinicians_word_makes_it_longer_shorter_or_nothing(word: str, found: list[bool]) -> None:
    """The figure is one like any other; in hours it counts from when the ride began: 10 o'clock to 22 o'clock."""
    more = f'[rules.override."{RULE}"]\nby = "Dr Smith"\n{word}\n'
    case = hurt('did = "bike_easy"\npain = 6\ntime = 10:00:00', more)
    assert found == [waits(case, days, hour=21 if days == 0 else 7) for days in (0, 1, 3, 4)]


def test_the_reason_names_the_workout_that_hurt() -> None:
    """Who asks why no ride stands there reads which workout hurt, and how much."""
    answer = why_workout(hurt('did = "bike_easy"\npain = 6'), RULEBOOK, datetime(2026, 11, 23, 18), "bike_hard")
    (reason,) = (one for one in answer.rules if one.rule == RULE)
    assert "Your log of Sun 22 Nov, pain 6 (easy bike ride, calf muscle): What hurt too much waits" in reason.text


def test_a_plan_made_again_from_a_longer_log_keeps_what_hurt_away() -> None:
    """The rides that are asked for stand on the other days, and the plan has as many as fit."""
    case = hurt('did = "bike_easy"\npain = 6', "[goals]\nbikes = 3\n")
    made = plan(case, RULEBOOK, today=TODAY)
    rides = [workout.start.date() for workout in made.workouts if workout.kind == "bike"]
    assert (TODAY in rides, len(rides)) == (False, 3)


def swimmer(entries: list[tuple[int, str | None, int]]) -> Plan:
    """Return three weeks of somebody whose shoulder hurt; an entry has the days before the 22nd, workout and pain."""
    log = [{"date": HURT - timedelta(days=ago), "did": did, "pain": pain} for ago, did, pain in entries]
    case = Case.model_validate(
        {
            "timezone": "Europe/Berlin",
            "injury": [{"region": "shoulder", "tissue": "tendon", "severity": "mild"}],
            "fitness": {"swim_minutes": 40, "bike_minutes": 60},
            "goals": {"swims": 3, "bikes": 2},
            "log": log,
        }
    )
    return plan(case, RULEBOOK, today=TODAY, weeks=3)


def minutes_of(planned: Plan, workout: str, last: int) -> set[int]:
    """Return the minutes of the workouts of a plan up to so many days after the 22nd."""
    end = HURT + timedelta(days=last)
    return {int(one.minutes) for one in planned.workouts if one.workout == workout and one.start.date() <= end}


SWIM = (0, "swim", 6)


@pytest.mark.parametrize(("caution", "week", "after"), [("permissive", 4, 5), ("standard", 7, 8), ("strict", 10, 11)])
def test_what_hurt_comes_back_a_step_lower_for_a_week(caution: str, week: int, after: int) -> None:
    """Swims of 40 minutes last 30 until the week is over (permissive 4 days, strict 10), then 40 again."""
    case = hurt('did = "swim"\npain = 6', head=f'caution = "{caution}"')
    ids = [
        {one.rule for one in why_workout(case, RULEBOOK, datetime.combine(day, time(7)), "swim").rules}
        for day in (HURT + timedelta(days=week), HURT + timedelta(days=after))
    ]
    assert [f"{RULE}_week" in each for each in ids] == [True, False]


def test_a_step_lower_is_three_quarters_for_a_week() -> None:
    """Of 40 minutes the swims of the week last 30, then 40 again; rides, which did not hurt, keep their 60."""
    planned = swimmer([SWIM])
    assert minutes_of(planned, "swim", 7) == {30}
    assert 40 in minutes_of(planned, "swim", 14)
    assert minutes_of(planned, "bike_easy", 7) == {60}


@pytest.mark.parametrize(("ago", "minutes"), [(21, 20), (22, 30)])
def test_the_second_setback_within_three_weeks_halves_what_hurt(ago: int, minutes: int) -> None:
    """Two swims that hurt within 21 days: 20 of 40 minutes; a day further apart it is a first setback again."""
    assert minutes_of(swimmer([(ago, "swim", 6), SWIM]), "swim", 7) == {minutes}


@pytest.mark.parametrize(("ago", "found"), [(42, True), (43, False)])
def test_the_third_setback_within_six_weeks_keeps_what_hurt_away_and_names_the_clinician(ago: int, found: bool) -> None:
    """Three swims that hurt: none for a week, and the plan says above it who should look."""
    planned = swimmer([(ago, "swim", 6), (20, "swim", 6), SWIM])
    assert found is (minutes_of(planned, "swim", 7) == set())
    assert found is any("Let a clinician look at it before you load it again" in one for one in planned.alerts)


@pytest.mark.parametrize(
    ("ago", "advice", "found"),
    [
        ((21,), "See your clinician if it does not settle.", True),
        ((22,), "See your clinician if it does not settle.", False),
        ((42, 20), "Let a clinician look at it before you load it again.", True),
        ((43, 20), "Let a clinician look at it before you load it again.", False),
    ],
)
def test_an_arm_that_hurts_again_is_for_the_clinician_whatever_brought_it(
    ago: tuple[int, ...], advice: str, found: bool
) -> None:
    """Pain that no workout is named for adds up to setbacks like any other: the plan says above it who should look."""
    planned = swimmer([*((days, None, 6) for days in ago), (0, None, 6)])
    assert found is any(alert.endswith(advice) for alert in planned.alerts)


@pytest.mark.parametrize(("region", "did", "week"), [("shoulder", None, 7), ("shoulder", "swim", 7), ("knee", None, 0)])
def test_an_arm_is_spared_for_a_week_after_a_third_setback(region: str, did: str | None, week: int) -> None:
    """Nothing that loads it before a good week, or a clinician; the day after, and a leg's setbacks, leave it alone."""
    log = "".join(
        f'[[log]]\ndate = {HURT - timedelta(days=ago)}\nregion = "{region}"\npain = 6\n'
        + (f'did = "{did}"\n' if did else "")
        for ago in (20, 10, 0)
    )
    text = f'timezone = "Europe/Berlin"\n[injury]\nregion = "{region}"\nseverity = "mild"\n{log}'
    case = parse_case(text, "case.toml", RULEBOOK)
    found = [
        any(one.rule == "log.third_setback_arm" and one.rules_out for one in answer.rules)
        for days in (7, 8)
        for answer in [
            why_workout(case, RULEBOOK, datetime.combine(HURT + timedelta(days=days), time(7)), "upper_body")
        ]
    ]
    assert found == [week == 7, False]


@pytest.mark.parametrize(
    ("region", "did", "workout", "named"),
    [
        ("calf", "run_easy", "run_easy", ["log.third_setback"]),
        ("calf", "run_easy", "race", ["log.what_hurt_third"]),
        ("calf", "bike_easy", "run_easy", ["log.third_setback"]),
        ("calf", "bike_easy", "bike_easy", ["log.what_hurt_third"]),
        ("shoulder", "run_easy", "run_easy", ["log.what_hurt_third"]),
        ("shoulder", "swim", "swim", ["log.third_setback_arm"]),
    ],
)
def test_a_third_setback_keeps_a_workout_away_for_one_reason(
    region: str, did: str, workout: str, named: list[str]
) -> None:
    """What is said of that part of the body goes before the same of whatever hurt; else that stands."""
    log = "".join(
        f'[[log]]\ndate = {HURT - timedelta(days=ago)}\nregion = "{region}"\npain = 6\ndid = "{did}"\n'
        for ago in (20, 10, 0)
    )
    text = f'timezone = "Europe/Berlin"\n[injury]\nregion = "{region}"\nseverity = "mild"\n{log}'
    answer = why_workout(parse_case(text, "case.toml", RULEBOOK), RULEBOOK, datetime(2026, 11, 24, 18), workout)
    assert [one.rule for one in answer.rules if "third" in one.rule and one.rules_out] == named
    assert set(named) <= set(answer.binding)


@pytest.mark.parametrize(
    ("entry", "graded", "found"),
    [
        ('did = "walk"\npain = 1', "true", False),
        ('did = "walk"\npain = 2', "true", True),
        ('did = "walk"\nlimp = true', "true", True),
        ('did = "hike"\npain = 3', "true", True),
        ('did = "walk"\nnext_morning = 1', "true", False),
        ('did = "run_easy"\npain = 3', "true", False),
        ('did = "walk"\npain = 3', "false", False),
    ],
)
def test_shin_splints_that_hurt_in_walking_are_taken_for_a_bone(entry: str, graded: str, found: bool) -> None:
    """From pain 2 of 10 in a walk on nobody runs, for months, until a clinician has looked; in a run 3 is no such."""
    text = f'timezone = "Europe/Berlin"\n[injury]\nregion = "shin"\nseverity = "mild"\ngraded = {graded}\n'
    case = parse_case(f"{text}[[log]]\ndate = 2026-11-22\n{entry}\n", "case.toml", RULEBOOK)
    answer = why_workout(case, RULEBOOK, datetime(2027, 3, 1, 7), "run_easy")
    assert found is any(one.rule == "log.pain_in_walking" and one.rules_out for one in answer.rules)


@pytest.mark.parametrize(("pain", "finding", "found"), [(2, "", True), (1, "", False), (2, "ruled out", False)])
def test_who_waits_for_a_clinician_reads_it_above_the_plan(pain: int, finding: str, found: bool) -> None:
    """What bans runs until somebody has looked says so first, like pain that is too much; until somebody has."""
    text = 'timezone = "Europe/Berlin"\n[injury]\nregion = "shin"\nseverity = "mild"\ngraded = true\n'
    text += f'[[log]]\ndate = 2026-11-20\ndid = "walk"\npain = {pain}\n'
    text += f'[[log]]\ndate = 2026-11-22\ncleared = "{finding}"\nby = "Dr Smith"\n' if finding else ""
    alerts = plan(parse_case(text, "case.toml", RULEBOOK), RULEBOOK, today=TODAY).alerts
    assert found is any("Pain 2 on Fri 20 Nov" in each and "let a clinician look at it" in each for each in alerts)


def test_a_clinicians_finding_ends_what_pain_in_walking_asks_for() -> None:
    """Once somebody has looked and found nothing, running is up to the other rules again."""
    text = 'timezone = "Europe/Berlin"\n[injury]\nregion = "shin"\nseverity = "mild"\ngraded = true\n'
    log = '[[log]]\ndate = 2026-11-22\ndid = "walk"\npain = 3\n'
    finding = '[[log]]\ndate = 2026-11-27\ncleared = "ruled out"\nby = "Dr Smith"\n'
    found = [
        why_workout(parse_case(text + said, "case.toml", RULEBOOK), RULEBOOK, datetime(2026, 12, 1, 7), "run_easy")
        for said in (log, log + finding)
    ]
    assert ["log.pain_in_walking" in {one.rule for one in answer.rules} for answer in found] == [True, False]


def _windows(case: Case) -> list[Any]:
    rules = list(rules_in_force(case, RULEBOOK).values())
    masked = masked_entries(case, RULEBOOK, rules, [])
    return log_windows(case, RULEBOOK, rules, log_readings(case, RULEBOOK, [], masked), [])


def _by_the_engine(case: Case, day: date) -> set[tuple[str, str]]:
    """Return what the engine's rules about what hurt keep away at noon of a day: the rule, and the workout."""
    noon = seconds(at(day, time(12), case.tz))
    return {
        (window.rule.id, key)
        for window in _windows(case)
        if window.rule.id.startswith(RULE) and window.opens <= noon < window.closes
        for key, effect in effects(window.rule, window.region, RULEBOOK.workouts).items()
        if effect.out
    }


def _by_the_checker(case: Case, day: date) -> set[tuple[str, str]]:
    """Return what the second checker finds wrong on a day that holds a minute of every workout, as easy as can be."""
    workouts = [
        SimpleNamespace(workout=key, minutes=1, intensity=workout.least_intensity)
        for key, workout in RULEBOOK.workouts.items()
    ]
    whole = cast("Plan", SimpleNamespace(days=[SimpleNamespace(date=day, workouts=workouts)]))
    said = [sentence.split(": ", 1)[1] for sentence in broken_by_the_log(case, RULEBOOK, whole)]
    found = {(rule, words.split(",")[0]) for words, rule in (sentence.split(" breaks ") for sentence in said)}
    return {(rule, key) for rule, key in found if rule.startswith(RULE)}


@examples(60)
@given(logs())
def test_the_checker_and_the_engine_keep_the_same_workouts_away(case: Case) -> None:
    """Whatever was logged, on each day around the log both keep the same workouts away, for the same rules."""
    for days in range(-12, 9):
        day = TODAY + timedelta(days=days)
        assert _by_the_engine(case, day) == _by_the_checker(case, day), day
