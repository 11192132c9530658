"""How much time there is: absences, days for some kinds of workout, minutes, and two workouts in one window."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main
from planner.planning import plan
from planner.results.plan import Plan
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.assembly import assemble
from planner.scheduling.choose import choose
from planner.scheduling.request import Request, prepared
from planner.wording.plan.private import private_plan
from tests.cases import case_of
from tests.practices import words

pytestmark = pytest.mark.once

MONDAY = date(2026, 11, 23)
BOOK = shipped_rulebook()


def planned(**more: Any) -> Plan:
    """Return the week of a person with a sore elbow, who has time every morning."""
    data: dict[str, Any] = {"injury": {"region": "elbow"}, "availability": {"default": "07:00-08:30"}, **more}
    return plan(case_of(**data), BOOK, today=MONDAY)


def days_of(made: Plan, kind: str) -> set[int]:
    """Return on which days of the plan, counted from 0, a kind of workout stands."""
    return {(day.date - MONDAY).days for day in made.days for one in day.workouts if one.kind == kind}


def away(first: int, last: int, **more: Any) -> dict[str, Any]:
    """Return an absence from a day of the plan to another, counted from 0."""
    return {"from": MONDAY + timedelta(days=first), "until": MONDAY + timedelta(days=last), **more}


def test_nothing_is_planned_while_somebody_is_away() -> None:
    """From the first day to the last, both included; the plan says so, with the person's own word for it."""
    made = planned(goals={"runs": 7, "rest_days": 0}, away=[away(2, 4, why="holiday")])
    assert {0, 1, 5, 6} == days_of(made, "run") | days_of(made, "bike") | days_of(made, "upper_body")
    assert "Away from Wed 25 Nov to Fri 27 Nov (holiday): no workouts then." in made.notes


@pytest.mark.parametrize(("word", "expected"), [({"why": "holiday"}, "Away: holiday"), ({}, "Away")])
def test_a_day_away_says_so_and_the_days_beside_it_do_not(word: dict[str, str], expected: str) -> None:
    """From the first day to the last; who is away for some kinds alone is not away; a private plan says nothing."""
    made = planned(away=[away(2, 4, **word), away(6, 6, what=["swims"])])
    days = [None if day.absent is None else (day.absent.kind, day.absent.text) for day in made.days]
    assert days == [None, None, *[("away", expected)] * 3, None, None]
    assert all(day.absent is None for day in private_plan(made).days)
    assert "absent" not in json.loads(made.model_dump_json())["days"][0]


@pytest.mark.parametrize(("until", "expected"), [(1, [0, 1]), (None, [*range(7)])])
def test_a_day_of_an_illness_says_so(until: int | None, expected: list[int]) -> None:
    """Up to its last day; where nobody knows that yet, all days that are planned."""
    last = {} if until is None else {"until": MONDAY + timedelta(days=until)}
    made = planned(illness=[{"kind": "cold", "from": MONDAY, **last}])
    assert [number for number, day in enumerate(made.days) if day.absent is not None] == expected
    assert {day.absent.text for day in made.days if day.absent is not None} == {"Ill"}


def test_the_terminal_and_the_hand_out_say_that_one_is_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Instead of a rest day; a day of rest stays one."""
    case, page = tmp_path / "case.toml", tmp_path / "week.html"
    text = "timezone = 'UTC'\n[injury]\nregion = 'calf'\n[goals]\nruns = 1\n[availability]\nsaturday = []\n"
    case.write_text(f"{text}[[away]]\nfrom = 2026-11-25\nuntil = 2026-11-25\nwhy = 'family'\n")
    assert main(["plan", str(case), "--today", "2026-11-23", "--weeks", "1"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "Wed 25 Nov away Away: family" in lines
    assert "Sat 28 Nov rest Rest day" in lines
    assert main(["plan", str(case), "--today", "2026-11-23", "--weeks", "1", "-o", str(page)]) == 0
    assert "Wed 25 Away: family" in words(page.read_text())
    assert "Sat 28 Rest" in words(page.read_text())


def test_who_is_away_from_the_pool_runs_all_the_same() -> None:
    """An absence may be of some kinds of workout alone, by any of their names.

    It is the wrist that hurts: with a sore elbow, a rule would put a day between swims.
    """
    goals = {"runs": 2, "swims": 7, "rest_days": 0}
    made = planned(injury={"region": "wrist"}, goals=goals, away=[away(0, 3, what=["swims"])])
    assert {4, 5, 6} == days_of(made, "swim")
    assert days_of(made, "run")


def test_a_day_may_be_for_some_kinds_and_bound_how_long_they_are() -> None:
    """`kinds` and `minutes` of a weekday, and `most_minutes` of all days; the stricter of the two counts."""
    tuesday = {"windows": ["07:00-08:30"], "minutes": 25, "kinds": ["ride"]}
    availability = {"default": "07:00-08:30", "tuesday": tuesday, "most_minutes": 40}
    made = planned(goals={"runs": 3, "bikes": 4, "rest_days": 0}, availability=availability)
    assert 1 not in days_of(made, "run")
    minutes = {(day.date - MONDAY).days: one.minutes for day in made.days for one in day.workouts if one.kind == "bike"}
    assert 25 == minutes.get(1, 25)
    assert max(one.minutes for one in made.workouts) <= 40


@pytest.mark.parametrize(("two_a_day", "expected"), [(False, 1), (True, 2)])
def test_a_long_window_may_hold_two_workouts_where_that_is_wished(two_a_day: bool, expected: int) -> None:
    """A ride and then upper body, one after the other."""
    made = planned(
        goals={"bikes": 1, "upper_body": 1, "two_a_day": two_a_day},
        availability={"default": [], "monday": "07:00-09:00"},
    )
    first, *others = sorted(made.workouts, key=lambda one: one.start)
    assert expected == 1 + len(others)
    assert all(first.end <= other.start for other in others)


@pytest.mark.parametrize(
    ("caution", "evening", "together"),
    [
        ("standard", "13:30-13:30", True),  # the run is over at 07:30, one walked in turn at 07:22
        ("standard", "13:21-13:21", False),
        ("permissive", "10:30-10:30", True),
        ("permissive", "10:21-10:21", False),
        ("strict", "20:00-20:00", False),
    ],
)
def test_two_workouts_for_the_legs_have_hours_between_them(caution: str, evening: str, together: bool) -> None:
    """A run in the morning and a ride later on the only day there is, six hours after its end, or by the level."""
    goals = {"runs": 1, "bikes": 1}
    windows = {"default": [], "monday": ["07:00-07:00", evening]}
    made = planned(caution=caution, goals=goals, availability=windows, fitness={"easy_run_minutes": 30})
    assert [one.kind for one in made.workouts] == (["run", "bike"] if together else ["run"])
    rules = {because.rule for unplaced in made.unplaced for because in unplaced.because}
    assert together is rules.isdisjoint({"training.legs_twice_a_day", "training.workouts_a_day"})


@pytest.mark.parametrize(
    ("caution", "second", "together"),
    [
        ("standard", "upper_body", True),
        ("standard", "core", True),
        ("strict", "core", False),
        ("strict", "walks", True),
    ],
)
def test_what_loads_other_parts_may_follow_at_once(caution: str, second: str, together: bool) -> None:
    """A run and upper body, or core work; at the strict level only walks and mobility share a day with a workout."""
    goals = {"runs": 1, second: 1, "two_a_day": True}
    made = planned(
        injury={"region": "wrist", "severity": "mild"},
        caution=caution,
        goals=goals,
        availability={"default": [], "monday": "07:00-09:00"},
    )
    assert len(made.workouts) == 1 + together


@pytest.mark.parametrize(("caution", "expected"), [("permissive", 3), ("standard", 2), ("strict", 1)])
def test_a_day_holds_no_third_workout(caution: str, expected: int) -> None:
    """Three windows of a day are no reason to fill them all: run, swim and strength, and mobility beside them."""
    goals = {"runs": 1, "swims": 1, "lower_body": 1, "mobility": 1}
    windows = {"default": [], "monday": ["06:00-06:30", "10:00-10:30", "14:00-14:30", "20:00-20:30"]}
    made = planned(injury={"region": "wrist", "severity": "mild"}, caution=caution, goals=goals, availability=windows)
    assert sum(one.workout != "mobility" for one in made.workouts) == expected
    assert {"mobility"} & {one.workout for one in made.workouts}


def test_fixed_sessions_stand_as_near_to_each_other_as_the_person_wants() -> None:
    """There and back by bike and a run at noon; what is planned beside them keeps its hours."""
    sessions = [
        {"workout": "bike_easy", "day": "monday", "start": "08:00:00", "minutes": 20},
        {"workout": "run_easy", "day": "monday", "start": "12:00:00", "minutes": 30},
        {"workout": "bike_easy", "day": "monday", "start": "17:00:00", "minutes": 20},
    ]
    windows = {"default": [], "monday": ["06:30-07:00", "18:00-19:30"]}
    goals = {"runs": 1, "bikes": 3, "lower_body": 1}
    made = planned(sessions=sessions, goals=goals, availability=windows)
    assert [one.kind for one in made.workouts] == ["bike", "run", "bike"]


def test_an_unplaced_run_says_that_one_was_away() -> None:
    """What does not fit names the absence."""
    made = planned(goals={"runs": 7, "rest_days": 0}, away=[away(0, 5)])
    (unplaced,) = made.unplaced
    assert "away" in Counter(because.rule for because in unplaced.because)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[away]]\nfrom = 2026-12-27\nuntil = 2026-12-20", "away[0]: until is 2026-12-20, before 2026-12-27"),
        (
            "[[away]]\nfrom = 2026-12-27\nuntil = 2026-12-28\nwhat = ['runn']",
            '"runn" is no kind of workout; did you mean "run"',
        ),
        ("[availability]\nmonday = { minutes = 45 }", "availability.monday.windows: is missing"),
        (
            "[availability]\nmonday = { windows = ['07:00-08:00'], minuts = 4 }",
            'availability.monday.minuts: "minuts" is not',
        ),
        ("[availability]\nweek_starts = 'moonday'", 'availability.week_starts: "moonday" is no weekday'),
    ],
)
def test_what_makes_no_sense_is_said(
    text: str, expected: str, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each mistake has its field, what is wrong and what would be right."""
    file = tmp_path / "case.toml"
    file.write_text(f'timezone = "Europe/Berlin"\n[injury]\nregion = "calf"\n{text}\n', encoding="utf-8")
    assert main(["plan", str(file)]) == 2
    assert expected in capsys.readouterr().err


def restricted(runs: int = 7, **entry: Any) -> Plan:
    """Return the week of a person with a clinician's restriction, who may run and ride every day and wishes to."""
    goals = {"runs": runs, "bikes": 7, "rest_days": 0}
    every_day = {"override": {"training.days_in_a_row": {"away": True, "by": "my physiotherapist"}}}
    return planned(goals=goals, rules=every_day, restrictions=[{"by": "my physiotherapist", **entry}])


def test_a_restriction_holds_to_the_end_of_its_last_day() -> None:
    """No runs until Wednesday, and then runs; what fell away says whose word it was."""
    made = restricted(what=["runs"], until=MONDAY + timedelta(days=2))
    assert {0, 1, 2} == set(range(7)) - days_of(made, "run")
    (wednesday,) = [each for each in made.days[2].ruled_out if each.workout == "run_easy"]
    assert ("restriction.number_1", True) == (wednesday.rule, "No runs, says my physiotherapist" in wednesday.text)


def test_a_restriction_may_hold_workouts_to_minutes_or_effort() -> None:
    """What it names is held to it; the rest is as long as ever."""
    made = restricted(0, what=["easy ride"], most_minutes=20)
    assert {20} == {one.minutes for one in made.workouts if one.workout == "bike_easy"}
    gentle = restricted(0, what=["bike"], most_intensity="very_easy")
    assert {"very_easy"} == {one.intensity for one in gentle.workouts if one.kind == "bike"}


def test_a_restriction_of_a_region_leaves_what_hardly_loads_it() -> None:
    """Little load on the calf: no run, but rides."""
    made = restricted(region="calf", until=MONDAY + timedelta(days=6))
    assert set() == days_of(made, "run")
    assert set(range(7)) == days_of(made, "bike")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('by = "me"', "restrictions[0]: says neither what nor which region"),
        ('what = ["run"]', "restrictions[0].by: is missing"),
        ('what = ["runn"]\nby = "me"', '"runn" is neither a kind of workout nor a workout; did you mean "run"'),
    ],
)
def test_a_restriction_that_makes_no_sense_is_said(
    text: str, expected: str, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each mistake has its field, what is wrong and what would be right."""
    file = tmp_path / "case.toml"
    head = 'timezone = "Europe/Berlin"\n[injury]\nregion = "calf"\n[[restrictions]]\n'
    file.write_text(f"{head}{text}\n", encoding="utf-8")
    assert main(["plan", str(file)]) == 2
    assert expected in capsys.readouterr().err


@pytest.mark.parametrize(
    ("days", "expected"), [(-400, "long past"), (-61, "long past"), (-60, ""), (186, ""), (187, "far ahead")]
)
def test_an_appointment_of_another_year_is_noticed(days: int, expected: str) -> None:
    """All of them more than two months before the plan, or half a year behind it: the plan asks about the year."""
    treatment = {"kind": "massage", "region": "elbow", "start": MONDAY + timedelta(days=days)}
    notes = [note for note in planned(treatments=[treatment]).notes if "is the year right?" in note]
    assert bool(expected) == bool(notes)
    assert all(f"Your appointment is {expected}" in note for note in notes)


BOTH_ENDS = ["06:00-08:00", "17:00-19:00"]


@pytest.mark.parametrize("ran", [0, 1, 6])
@pytest.mark.parametrize("two_a_day", [False, True])
def test_what_the_search_counts_is_what_the_score_says(two_a_day: bool, ran: int) -> None:
    """A second workout of a day costs points unless two are wished for; so does a run soon after one `ran` days ago."""
    case = case_of(
        injury={"region": "elbow"},
        goals={"runs": 2 if ran else 1, "bikes": 3, "upper_body": 3, "two_a_day": two_a_day},
        availability={"default": [], "monday": BOTH_ENDS, "tuesday": BOTH_ENDS, "wednesday": BOTH_ENDS},
        log=[{"date": MONDAY - timedelta(days=ran), "did": "run_easy", "minutes": 30, "pain": 0}] if ran else [],
    )
    task = prepared(Request(case, BOOK, MONDAY, None, 1))
    solution, candidates = choose(task)
    chosen = [[candidates[option.key] for option in options] for options in solution.days]
    assert ran or any(len(day) == 2 for day in chosen)
    score = assemble(task, chosen, solution.points).score
    assert sum(score.preferences.values()) == solution.points
