"""Calendar weeks: what is asked of a week that begins in the middle, and how far a plan goes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner import plan
from planner.candidates.wishes import wishes, wishes_of_short_week
from planner.rulebook.file import shipped_rulebook
from tests.cases import MONDAY, case_of

BOOK = shipped_rulebook()
MILD = {"region": "shoulder", "severity": "mild"}
WEEK = {"runs": 3, "bikes": 2, "upper_body": 2, "long_run": "sunday"}
MORNINGS = {"default": "06:30-08:00", "saturday": "08:00-11:00", "sunday": "08:00-11:00"}


def asked(day: int, **data: Any) -> dict[str, int]:
    """Return what is asked of a week that is planned from a day on, Monday 0."""
    case = case_of(**{"injury": MILD, "goals": WEEK, "availability": MORNINGS, **data})
    return wishes_of_short_week(case, wishes(case, BOOK, MONDAY), MONDAY, MONDAY + timedelta(days=day))


@pytest.mark.parametrize(
    ("day", "runs", "bikes", "upper", "days"),
    [
        (0, 3, 2, 2, 6),
        (1, 3, 2, 1, 5),
        (2, 2, 2, 1, 4),
        (3, 2, 1, 1, 3),
        (4, 1, 1, 1, 3),
        (5, 1, 1, 0, 2),
        (6, 1, 0, 0, 1),
    ],
)
def test_a_short_week_asks_for_its_part_of_each_wish(day: int, runs: int, bikes: int, upper: int, days: int) -> None:
    """And for its part of all together: of halves and more those further up are one first."""
    found = asked(day)
    assert (runs, bikes, upper, days) == tuple(found[name] for name in ("runs", "bikes", "upper_body", "workout_days"))


def test_what_is_half_of_one_goes_before_less_than_half_of_a_wish_further_up() -> None:
    """Of three days of seven: three sevenths of a run are none where four sevenths of a ride are left over."""
    every_day = {"default": "06:30-08:00"}
    found = asked(4, goals={"runs": 1, "bikes": 6, "rest_days": 0}, availability=every_day)
    assert (0, 3) == (found["runs"], found["bikes"])


@pytest.mark.parametrize(("long_run", "expected"), [("sunday", 1), ("friday", 1), ("thursday", 0)])
def test_the_long_run_of_a_short_week_is_asked_for_where_its_day_is_to_come(long_run: str, expected: int) -> None:
    """From a Friday on; where it is past, it is next week's."""
    assert expected == asked(4, goals=WEEK | {"long_run": long_run})["long_run"]


def test_days_without_time_for_sport_are_no_part_of_a_week() -> None:
    """Who has time at the weekend alone has all of the week to come on a Saturday."""
    weekend = {"default": [], "saturday": "08:00-11:00", "sunday": "08:00-11:00"}
    found = asked(5, goals={"runs": 2, "long_run": "sunday"}, availability=weekend)
    assert (2, 1) == (found["runs"], found["long_run"])


@given(st.integers(0, 6), st.integers(0, 7), st.integers(0, 7), st.integers(0, 4))
def test_no_short_week_asks_for_more_than_a_whole_one(day: int, runs: int, bikes: int, rest: int) -> None:
    """Nor for more of anything than the whole part, rounded up."""
    goals = {"runs": runs, "bikes": bikes, "rest_days": rest}
    whole, found = asked(0, goals=goals), asked(day, goals=goals)
    assert all(0 <= found[name] <= whole[name] for name in whole)
    assert all(found[name] * 7 < whole[name] * (7 - day) + 7 for name in whole)


@pytest.mark.parametrize("day", [4, 5])
def test_two_long_runs_never_stand_in_one_calendar_week(day: int) -> None:
    """A file that begins on a Friday has its long runs on Sundays, none of them on a working morning."""
    case = case_of(injury=MILD, goals=WEEK, availability=MORNINGS, fitness={"longest_run_minutes": 90})
    made = plan(case, BOOK, today=MONDAY + timedelta(days=day), weeks=3)
    longs = [one.start.date() for one in made.workouts if one.workout == "run_long"]
    assert longs == [MONDAY + timedelta(days=6 + 7 * number) for number in range(3)]


def test_a_week_that_was_planned_from_a_friday_on_asks_for_no_more_on_saturday() -> None:
    """What is written counts from where it began, so a day that passes fills nothing up."""
    case = case_of(injury=MILD, goals=WEEK, availability=MORNINGS)
    made = plan(case, BOOK, today=MONDAY + timedelta(days=4))
    assert (MONDAY, MONDAY + timedelta(days=4)) == (made.weeks_from, made.wishes_from)
    assert [3, 7] == [len(days) for days in made.weeks]
    assert all(one.asked == 1 for one in made.unplaced if one.week == MONDAY)


@pytest.mark.parametrize(("starts", "last"), [("monday", date(2026, 12, 6)), ("sunday", date(2026, 12, 5))])
def test_weeks_begin_when_the_person_says_so(starts: str, last: date) -> None:
    """From a Wednesday to the Sunday, or the Saturday, that is six or more days away."""
    case = case_of(injury=MILD, goals=WEEK, availability=MORNINGS | {"week_starts": starts})
    assert last == plan(case, BOOK, today=date(2026, 11, 25)).to


def test_a_run_that_the_log_tells_of_is_one_of_the_week() -> None:
    """Three were done before Thursday: none is left, whatever part of the week is to come."""
    log = [{"date": MONDAY + timedelta(days=day), "did": "run_easy", "minutes": 30} for day in range(3)]
    case = case_of(injury=MILD, goals={"runs": 3}, availability=MORNINGS, log=log)
    made = plan(case, BOOK, today=MONDAY + timedelta(days=3))
    week = made.weeks[0]
    assert [] == [one for day in week for one in day.workouts if one.kind == "run"]
    assert not [one for one in made.unplaced if one.week == MONDAY]


def test_a_break_that_ended_long_before_a_plan_in_the_middle_of_a_week_is_forgotten() -> None:
    """A needling on the Monday of the week bans runs until Wednesday: on Sunday that is more than 72 hours ago."""
    needled = [{"kind": "dry_needling", "region": "calf", "start": datetime(2026, 11, 23, 9)}]
    case = case_of(treatments=needled, goals={"runs": 7, "rest_days": 0}, availability=MORNINGS)

    def first(day: int) -> int:
        made = plan(case, BOOK, today=MONDAY + timedelta(days=day))
        return next(one.minutes for one in made.workouts if one.kind == "run")

    assert first(4) < first(6)
