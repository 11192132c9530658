"""In the way: of a workout that the rules let start and no plan can hold, the reason that is named is one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from planner.planning import plan
from planner.results.answer import Answer
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.request import Request
from planner.scheduling.task import Task
from planner.what_if.questions import Questions, starts_on
from planner.what_if.remedies import with_remedies
from tests.cases import MONDAY, case_of, needled
from tests.living import on

BOOK = shipped_rulebook()
NEW_YORK = ZoneInfo("America/New_York")
MILD: dict[str, Any] = {"injury": {"region": "calf", "severity": "mild"}}
MODERATE: dict[str, Any] = {"injury": {"region": "plantar_fascia", "severity": "moderate"}}


def did(workout: str, day: int, **more: Any) -> dict[str, Any]:
    """Return a log entry on a day counted from the Monday."""
    return {"date": MONDAY + timedelta(days=day), "did": workout, **more}


def asked(workout: str, start: datetime, now: datetime | None = None, **case: Any) -> Answer:
    """Return the answer for a workout at a time of the week that begins on the Monday."""
    return Questions(Request(case_of(**case), BOOK, MONDAY, now=now)).best_answer(workout, [start])


@pytest.mark.parametrize(
    ("workout", "start", "case", "why"),
    [
        # Done today, or the day before the plan: a day between runs, and on the way back as well.
        ("run_easy", on(1, 7), {**MODERATE, "log": [did("run_easy", 0)]}, "No running on consecutive days"),
        ("run_easy", on(0, 7), {**MODERATE, "log": [did("run_easy", -1)]}, "No running on consecutive days"),
        (
            "run_walk",
            on(0, 7),
            {**MILD, "return_to_running": {"stage": 2}, "log": [did("run_walk", -1)]},
            "no running on consecutive days on the way back to running",
        ),
        (
            "run_walk",
            on(1, 7),
            {**MILD, "return_to_running": {"stage": 2}, "log": [did("run_walk", 0)]},
            "no running on consecutive days on the way back to running",
        ),
        # The same kind twice a day, and two hard ones on days that follow one another.
        ("run_easy", on(0, 18), {**MILD, "log": [did("run_easy", 0)]}, "that day has an easy run already"),
        ("bike_hard", on(0, 18), {**MILD, "log": [did("run_hard", 0)]}, "that day has a hard run already"),
        # All rides of the week are done.
        (
            "bike_easy",
            on(5, 9),
            {**MILD, "goals": {"runs": 1, "bikes": 1}, "log": [did("bike_easy", 0)]},
            "the ride you asked for stands in that week already",
        ),
        # Six days with a workout are done: the seventh is the rest day.
        (
            "mobility",
            on(6, 9),
            {**MILD, "log": [did("walk", day) for day in range(6)]},
            "too few rest days would be left in the week",
        ),
        ("race", on(0, 9), MILD, "you have no race at that time"),
    ],
)
def test_what_keeps_it_out_is_named(workout: str, start: datetime, case: dict[str, Any], why: str) -> None:
    """By the rule, the wish or the day that does."""
    assert f"The rules allow it, but no plan can hold it: {why}." == asked(workout, start, **case).text


def test_a_run_of_race_day_that_is_logged_leaves_the_race_in() -> None:
    """A short run in the morning is no reason to drop the race of the evening."""
    case = {**MILD, "races": [{"date": MONDAY, "start": datetime(2026, 11, 23, 18).time()}]}
    made = plan(case_of(**case, log=[did("run_easy", 0, minutes=15)]), BOOK, today=MONDAY)
    assert ["race"] == [one.workout for one in made.days[0].workouts]
    assert ("Easy run",) == made.days[0].done


def test_nothing_is_put_while_the_race_of_the_night_before_still_runs() -> None:
    """The race of Saturday, 23:00, ends on Sunday at 1:00."""
    race = {"date": MONDAY + timedelta(days=5), "start": datetime(2026, 11, 28, 23).time(), "minutes": 120}
    during = asked("walk", on(6, 0, 30), **MILD, races=[race])
    assert "The rules allow it, but no plan can hold it: the race of the day before is not over then." == during.text
    assert asked("walk", on(6, 1), **MILD, races=[race]).would_cost is not None


@pytest.mark.parametrize(("now", "first"), [((6, 59), (7, 0)), ((7, 0), (7, 0)), ((7, 10), (7, 15)), ((8, 31), None)])
def test_nothing_is_planned_before_now(now: tuple[int, int], first: tuple[int, int] | None) -> None:
    """A window that is open is used from the next quarter of an hour on, one that is over no more."""
    case = case_of(**MILD, goals={"mobility": 7, "rest_days": 0}, availability={"default": "07:00-08:30"})
    made = plan(case, BOOK, today=MONDAY, now=on(0, *now))
    assert [on(0, *first)] * bool(first) == [one.start for one in made.days[0].workouts] if first else True
    assert bool(first) == bool(made.days[0].workouts)
    assert [7] * 6 == [one.start.hour for one in made.workouts if one.start.date() > MONDAY]


def test_an_appointment_that_is_over_is_not_moved() -> None:
    """The needling of this morning makes no room by another time, that of tomorrow does."""
    case = case_of(treatments=[needled(datetime(2026, 11, 23, 9))], goals={"runs": 7, "rest_days": 0})
    changes = []
    for now in (on(0, 8), on(0, 15)):
        questions = Questions(Request(case, BOOK, MONDAY, now=now))
        base = questions.replanner.base
        tried = with_remedies(questions.task, base.chosen, plan(case, BOOK, today=MONDAY, now=now).unplaced, most=20)
        changes.append({remedy.change for one in tried for remedy in one.remedies})
    assert "appointment" not in changes[1]


def task(**case: Any) -> Task:
    """Return what the week of the Monday is planned from."""
    return Questions(Request(case_of(**case), BOOK, MONDAY)).task


def test_a_day_without_a_free_start_is_asked_about_at_its_own_windows() -> None:
    """A day that is open at noon is not asked about at seven; one without any window is, as a usual day."""
    noon = {**MILD, "availability": {"default": "12:00-12:30", "friday": []}}
    assert [on(1, 12)] == starts_on(task(**noon), date(2026, 11, 24))
    assert [on(4, 7)] == starts_on(task(**noon), date(2026, 11, 27))


def test_the_hour_that_comes_twice_is_two_times() -> None:
    """At 1:30 before and after the clocks go back other rules hold: each is asked for by itself."""
    case = case_of(treatments=[needled(datetime(2026, 10, 31, 1, 0), minutes=30)], goals={"walks": 1})
    first = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK)
    second = first.replace(fold=1)
    for order in ((first, second), (second, first)):
        questions = Questions(Request(case, BOOK, date(2026, 10, 31)))
        costs = {one.fold: questions.replanner.with_put("walk", one).preferences for one in order}
        fresh = {
            one.fold: Questions(Request(case, BOOK, date(2026, 10, 31))).replanner.with_put("walk", one).preferences
            for one in order
        }
        assert fresh == costs


def test_a_danger_sign_rules_everything_out() -> None:
    """Not the hour decides, but the sign: until a clinician was asked."""
    answer = asked("walk", on(3, 7), **MILD, log=[{"date": MONDAY, "signs": ["fever"]}])
    assert "ruled_out" == answer.verdict
    assert answer.text.startswith("Fever: no training until a clinician has found what it is")
