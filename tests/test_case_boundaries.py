"""Cases at their boundaries: of one day, without a rulebook, and the last value that is taken of each kind."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from planner.case.coach import pace_seconds
from planner.case.model import Case
from planner.case.repeats import Repeat, step
from tests.cases import case_of

DAY = date(2026, 11, 24)


def test_a_case_that_is_held_against_no_rulebook_keeps_its_words() -> None:
    """Names are the rulebook's business: without one every name stays what it is."""
    case = Case.model_validate(
        {
            "timezone": "Europe/Berlin",
            "injury": {"region": "a part"},
            "treatments": [{"kind": "a kind", "start": DAY}],
            "restrictions": [{"what": ["dance"], "by": "Dr Smith"}],
            "availability": {"monday": {"windows": ["07:00-08:00"], "kinds": ["dance"]}},
            "workouts": [{"calendar": "coach.ics", "read": [{"title": "x", "as": "waltz"}], "otherwise": "dance"}],
            "goals": {},
        }
    )
    assert (case.injury[0].region, case.treatments[0].kind) == ("a part", "a kind")
    assert case.restrictions[0].what == ("dance",)
    assert case.availability.times_on(date(2026, 11, 23)).kinds == ("dance",)
    assert (case.workouts[0].read[0].as_, case.workouts[0].otherwise) == ("waltz", "dance")


@pytest.mark.parametrize(
    "data",
    [
        {"restrictions": [{"what": ["run"], "from": DAY, "until": DAY, "by": "Dr Smith"}]},
        {"away": [{"from": DAY, "until": DAY}]},
        {"illness": [{"kind": "flu", "from": DAY, "until": DAY}]},
        {"races": [{"date": DAY, "start": None}]},
        {
            "treatments": [
                {"kind": "massage", "region": "calf", "start": DAY, "repeat": {"every": "1 day", "until": DAY}}
            ]
        },
        {"treatments": [{"kind": "massage", "region": "calf", "start": date(1970, 1, 1)}]},
        {"treatments": [{"kind": "massage", "region": "calf", "start": date(2199, 12, 31)}]},
        {"treatments": [{"kind": "massage", "region": "calf", "calendar": "a.ics", "start": None}]},
        {"injury": {"region": "calf", "healed": DAY, "by": "Dr Smith"}},
        {"injury": {"region": "calf", "healed": DAY}},
    ],
)
def test_what_is_of_one_day_or_just_within_is_taken(data: dict[str, Any]) -> None:
    """The day itself is in every span."""
    assert case_of(**data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            {"restrictions": [{"what": ["run"], "from": DAY, "until": date(2026, 11, 23), "by": "Dr S"}]},
            "before 2026-11-24",
        ),
        ({"treatments": [{"kind": "massage", "region": "calf", "start": date(1969, 12, 31)}]}, "too far away"),
        ({"treatments": [{"kind": "massage", "region": "calf", "start": date(2200, 1, 1)}]}, "too far away"),
        ({"treatments": [{"kind": "massage", "region": "calf", "start": 7}]}, "7 is not a date"),
        (
            {"treatments": [{"kind": "massage", "region": "calf", "start": datetime(2026, 1, 1).time()}]},
            "without its date",
        ),
        ({"treatments": [{"kind": "massage", "region": "calf"}]}, "neither a start nor a calendar"),
        (
            {"treatments": [{"kind": "massage", "region": "calf", "start": DAY, "calendar": "a.ics"}]},
            "both a start and",
        ),
        (
            {"treatments": [{"kind": "massage", "region": "calf", "start": DAY, "match": "a"}]},
            "no calendar to look into",
        ),
        (
            {
                "treatments": [
                    {"kind": "massage", "region": "calf", "calendar": "a", "repeat": {"every": "week", "count": 2}}
                ]
            },
            "both a repeat and a calendar",
        ),
        ({"races": [{"date": DAY, "start": 7}]}, "7 is no time of day"),
        ({"races": [{"date": datetime(2026, 11, 24, 9)}]}, "has a time of day"),
        ({"injury": {"region": "calf", "by": "Dr Smith"}}, "not since when it is healed"),
        ({"injury": "calf"}, "is text, not a table"),
        ({"treatments": [{"kind": "dry_needling", "start": DAY}]}, "with no injury there is no default"),
        (
            {
                "treatments": [{"kind": "dry_needling", "start": DAY}],
                "injury": [{"region": "calf"}, {"region": "knee"}],
            },
            "with several injuries there is no default",
        ),
        ({"return_to_running": {"stage": 9}, "injury": {"region": "calf"}}, "less than or equal to 8"),
        (
            {"workouts": [{"calendar": "c.ics"}], "goals": {"hard_bikes": 1, "bikes": 1}},
            "and the rides come from there",
        ),
        ({"workouts": [{"calendar": "c.ics"}], "goals": {"runs": 2}}, "and the runs come from there"),
        (
            {"workouts": [{"calendar": "c.ics"}], "goals": {"bikes": 1, "long_rides": 1}},
            "and the hard days come from there",
        ),
        ({"workouts": [{"calendar": "c.ics"}], "return_to_running": {"stage": 1}}, "keep one of them"),
        ({"workouts": [{"calendar": "c.ics"}], "busy": [{"calendar": "c.ics"}]}, r"also that of busy\[0\]"),
        (
            {"workouts": [{"calendar": "c.ics"}], "busy": [{"calendar": "c.ics", "match": "x"}]},
            r"also that of busy\[0\]",
        ),
    ],
)
def test_what_is_just_outside_or_does_not_go_together_is_said(data: dict[str, Any], message: str) -> None:
    """With what is wrong, and what would be right."""
    with pytest.raises(ValidationError, match=message):
        case_of(**data)


def test_a_calendar_may_hold_a_coach_s_plan_and_busy_times_that_a_match_tells_apart() -> None:
    """Both say which of its events are theirs."""
    busy = {"calendar": "c.ics", "match": "shift"}
    assert case_of(workouts=[{"calendar": "c.ics", "match": "run"}], busy=[busy, {"calendar": "d.ics"}])


@pytest.mark.parametrize(
    ("pace", "seconds"),
    [("3:00/km", 180), ("12:00/km", 720), ("6:10 min/km", 370), (" 9:39 / mi ", 359.8), ("9:39/mile", 359.8)],
)
def test_a_pace_is_so_many_seconds_a_kilometre(pace: str, seconds: float) -> None:
    """Of miles, too; the fastest and the slowest that are taken."""
    assert round(pace_seconds(pace), 1) == seconds


@pytest.mark.parametrize("pace", ["2:59/km", "12:01/km", "6:60/km", "6/km", "6:10", "4:49/mi"])
def test_what_is_no_pace_of_an_easy_run_is_said(pace: str) -> None:
    """Nobody runs easily so fast, or so slowly."""
    with pytest.raises(ValueError, match="is no pace"):
        pace_seconds(pace)


@pytest.mark.parametrize(
    ("every", "days"),
    [("1 week", 7), ("week", 7), ("2 weeks", 14), ("10 days", 10), ("day", 1), ("0 days", 0), ("month", 0), ("", 0)],
)
def test_an_interval_is_so_many_days(every: str, days: int) -> None:
    """Nothing where it is none."""
    assert step(every).days == days


@pytest.mark.parametrize(
    "data",
    [
        {"every": "0 weeks", "count": 2},
        {"every": "1 month", "count": 2},
        {"every": "1 week"},
        {"every": "1 week", "count": 2, "until": DAY},
        {"count": 2},
        {"rrule": "FREQ=WEEKLY;COUNT=2", "every": "1 week"},
        {"rrule": "FREQ=WEEKLY;COUNT=2", "count": 2},
        {"rrule": "FREQ=HOURLY;COUNT=2"},
        {"rrule": "COUNT=2"},
        {"rrule": "FREQ=WEEKLY;BYDAY=XX"},
        {"every": "1 week", "until": datetime(2026, 11, 24)},
        {"every": "1 week", "until": date(2200, 1, 1)},
        {"every": "1 week", "until": date(1969, 12, 31)},
    ],
)
def test_a_series_is_said_in_one_way(data: dict[str, Any]) -> None:
    """Every so often and so many times or up to a day, or by a rule."""
    with pytest.raises(ValidationError):
        Repeat.model_validate(data)


def test_a_series_is_spread_between_two_days() -> None:
    """Both included; dates stay dates."""
    weekly = Repeat.model_validate({"every": "1 week", "count": 4})
    assert list(weekly.starts(DAY, date(2026, 12, 8), date(2026, 12, 1))) == [date(2026, 12, 1), date(2026, 12, 8)]
    rule = Repeat.model_validate({"rrule": "RRULE:FREQ=DAILY;UNTIL=20261126T090000Z", "every": None, "until": None})
    nine = datetime(2026, 11, 24, 9)
    assert [start.day for start in rule.starts(nine, date(2026, 12, 1))] == [24, 25, 26]
