"""The second checker itself: it passes a good plan, and finds each constraint that is broken by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from planner.clock import Minutes
from planner.results.plan import Plan, PlanDay, PlannedWorkout, Score
from planner.rulebook.scales import Intensity
from tests.cases import case_of, core_rulebook, needled
from tests.checker import broken

pytestmark = pytest.mark.once

CALM = "soreness 3 or less (of 10) and no limp"
CASE: dict[str, Any] = {
    "injury": {"region": "calf", "severity": "moderate"},
    "treatments": [needled(datetime(2026, 11, 24, 9, 30))],  # half an hour: it ends on Tuesday at 10:00
    "goals": {"runs": 3, "bikes": 2, "upper_body": 2, "long_run": "sunday", "hard_runs": 1, "hard_bikes": 1},
    "availability": {"default": "07:00-08:30"},
    "fitness": {"longest_run_minutes": 60, "easy_run_minutes": 40, "bike_minutes": 45},
}


def workout(key: str, start: str, minutes: int, *, effort: Intensity | None = None, **data: Any) -> PlannedWorkout:
    """Return a planned workout that lasts its real minutes; `start` is a local time in New York."""
    entry = core_rulebook().workouts[key]
    begins = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo("America/New_York"))
    ends = (begins.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(begins.tzinfo)
    return PlannedWorkout(
        uid=start,
        workout=key,
        kind=entry.kind,
        title=entry.name,
        start=begins,
        minutes=Minutes(minutes),
        intensity=effort or entry.intensity,
        **{"end": ends, **data},
    )


GOOD = {
    "2026-11-23": [workout("run_easy", "2026-11-23T07:00", 40)],
    # Within the last four hours before needling: easy.
    "2026-11-24": [workout("upper_body", "2026-11-24T07:00", 40, effort="easy")],
    # 21 and 45 hours after it: easy rides of up to an hour.
    "2026-11-25": [workout("bike_easy", "2026-11-25T07:00", 45)],
    "2026-11-26": [workout("bike_easy", "2026-11-26T07:00", 45)],
    # The first run back, 69 hours after: 70 % of 40 minutes.
    "2026-11-27": [workout("run_easy", "2026-11-27T07:00", 28)],
    "2026-11-28": [],
    # 117 hours after: a long run if nothing is sore any more.
    "2026-11-29": [workout("run_long", "2026-11-29T07:00", 60, check=CALM)],
}


def plan_of(days: dict[str, list[PlannedWorkout]]) -> Plan:
    """Return a plan that holds some workouts by their dates."""
    made = tuple(PlanDay(date=date.fromisoformat(day), workouts=tuple(found)) for day, found in days.items())
    return Plan(
        case="",
        timezone="America/New_York",
        from_=made[0].date,
        to=made[-1].date,
        caution="standard",
        days=made,
        score=Score(total=0, preferences={}),
        plan_id="",
        weeks_from=made[0].date,
    )


def found(days: dict[str, list[PlannedWorkout]], **changed: Any) -> list[str]:
    """Return what the checker finds in the good plan with some days, and some keys of the case, changed."""
    return broken(case_of(**{**CASE, **changed}), core_rulebook(), plan_of({**GOOD, **days}))


def test_a_good_plan_is_passed() -> None:
    """The plan that all tests here start from breaks nothing."""
    assert found({}) == []


ONE_DAY: dict[str, tuple[list[PlannedWorkout], list[str]]] = {
    "an end that is not start and minutes": (
        [workout("run_easy", "2026-11-23T07:00", 40, end=datetime(2026, 11, 23, 12, 41, tzinfo=UTC))],
        ["2026-11-23 run_easy at 07:00 does not last 40 real minutes"],
    ),
    "a workout on another day than its own": (
        [workout("run_easy", "2026-11-22T07:00", 40)],
        [
            "2026-11-23 run_easy at 07:00 does not start on its day",
            "2026-11-23: workouts do not each start in a start window of their own",
        ],
    ),
    "a start a minute before the window": (
        [workout("run_easy", "2026-11-23T06:59", 40)],
        ["2026-11-23: workouts do not each start in a start window of their own"],
    ),
    "a start a minute after the window": (
        [workout("run_easy", "2026-11-23T08:31", 40)],
        ["2026-11-23: workouts do not each start in a start window of their own"],
    ),
    "a start at the last minute of the window": ([workout("run_easy", "2026-11-23T08:30", 40)], []),
    "two workouts in one window": (
        [workout("core", "2026-11-23T07:00", 20), workout("run_easy", "2026-11-23T07:20", 40)],
        [
            "2026-11-23: workouts do not each start in a start window of their own",
            "week from 2026-11-23: 1 of core are more than were asked for and runs are missing",
        ],
    ),
    "a workout too short to be worth it": (
        [workout("run_easy", "2026-11-23T07:00", 14)],
        ["2026-11-23 run_easy at 07:00 is too short to be worth it"],
    ),
    "a workout just long enough": ([workout("run_easy", "2026-11-23T07:00", 15)], []),
    "a hard run done easily": (
        [workout("run_hard", "2026-11-23T07:00", 40, effort="easy")],
        ["2026-11-23 run_hard at 07:00 cannot be done so gently"],
    ),
    "an easy run done hard": (
        [workout("run_easy", "2026-11-23T07:00", 40, effort="hard")],
        ["2026-11-23 run_easy at 07:00 is harder than it is meant to be"],
    ),
    "a run longer than 110 % of the longest": (
        [workout("run_easy", "2026-11-23T07:00", 67)],
        ["2026-11-23 run_easy at 07:00: training.session_cap allows 66 minutes"],
    ),
    "a run of 110 % of the longest": ([workout("run_easy", "2026-11-23T07:00", 66)], []),
    "a race that nobody named": (
        [workout("race", "2026-11-23T07:00", 40)],
        ["2026-11-23: a race that nobody named"],
    ),
}


@pytest.mark.parametrize("case", ONE_DAY)
def test_on_monday_the_checker_sees(case: str) -> None:
    """Monday lies before the needling and away from all its rules: one thing is wrong with it, or nothing."""
    workouts, expected = ONE_DAY[case]
    assert found({"2026-11-23": workouts}) == expected


AROUND_NEEDLING: dict[str, tuple[str, list[PlannedWorkout], list[str]]] = {
    "too hard in the last hours before": (
        "2026-11-24",
        [workout("upper_body", "2026-11-24T07:00", 40)],
        ["2026-11-24 upper_body at 07:00: general.before_needling allows effort easy"],
    ),
    "too long in the last hours before": (
        "2026-11-24",
        [workout("upper_body", "2026-11-24T07:00", 61, effort="easy")],
        ["2026-11-24 upper_body at 07:00: general.before_needling allows 60 minutes"],
    ),
    "too long until the needling itself": (
        "2026-11-24",
        [workout("upper_body", "2026-11-24T08:30", 61, effort="easy")],
        [
            "2026-11-24 upper_body at 08:30 falls into dry_needling of calf",
            "2026-11-24 upper_body at 08:30: general.before_needling allows 60 minutes",
            "2026-11-24 upper_body at 08:30: general.during_treatment allows only others",
        ],
    ),
    "up to the minute of the needling": (
        "2026-11-24",
        [workout("upper_body", "2026-11-24T08:30", 60, effort="easy")],
        [],
    ),
    "a run on the day after": (
        "2026-11-25",
        [workout("run_easy", "2026-11-25T07:00", 28)],
        [
            "2026-11-25 run_easy at 07:00: dry_needling.first_day allows load 1 on calf, and it has 3",
            "week from 2026-11-23: 4 runs where 3 were asked for",
        ],
    ),
    "a check that is missing": (
        "2026-11-29",
        [workout("run_long", "2026-11-29T07:00", 60)],
        [
            "2026-11-29 run_long at 07:00: dry_needling.still_sore asks for soreness 3 or less",
            "2026-11-29 run_long at 07:00: dry_needling.still_sore asks for no limp",
        ],
    ),
    "a check that is too lax": (
        "2026-11-29",
        [workout("run_long", "2026-11-29T07:00", 60, check="soreness 4 or less (of 10) and no limp")],
        ["2026-11-29 run_long at 07:00: dry_needling.still_sore asks for soreness 3 or less"],
    ),
    "a check that is stricter": (
        "2026-11-29",
        [workout("run_long", "2026-11-29T07:00", 60, check="soreness 2 or less (of 10) and no limp")],
        [],
    ),
    "a ride too long on the day after": (
        "2026-11-25",
        [workout("bike_easy", "2026-11-25T07:00", 61)],
        ["2026-11-25 bike_easy at 07:00: dry_needling.easy_bike_next_day allows 60 minutes"],
    ),
    "a first run back too long": (
        "2026-11-27",
        [workout("run_easy", "2026-11-27T07:00", 29)],
        ["2026-11-27 run_easy at 07:00: training.first_run_back allows 70 % of 40 minutes"],
    ),
    "a first run back too hard": (
        "2026-11-27",
        [workout("run_hard", "2026-11-27T07:00", 28, check="soreness 2 or less and this morning fine")],
        ["2026-11-27 run_hard at 07:00: training.first_run_back allows effort easy"],
    ),
}


@pytest.mark.parametrize("case", AROUND_NEEDLING)
def test_around_the_needling_the_checker_sees(case: str) -> None:
    """One workout near the needling on Tuesday from 9:30 to 10:00 is changed."""
    day, workouts, expected = AROUND_NEEDLING[case]
    assert found({day: workouts}) == expected


@pytest.mark.parametrize(
    ("hours_later", "expected"),
    [
        (0, ["2026-11-25 run_easy at 10:00: training.first_run_back allows 70 % of 40 minutes"]),
        (-1, ["dry_needling.first_day allows load 1 on calf, and it has 3"]),
    ],
)
def test_the_checker_knows_the_second_at_which_a_window_closes(hours_later: int, expected: list[str]) -> None:
    """A run 24 hours after the needling's end is none of the first day's, a minute earlier it is."""
    start = datetime(2026, 11, 25, 10) + timedelta(minutes=hours_later)
    run = workout("run_easy", start.isoformat(), 40, check=CALM)
    seen = found(
        {"2026-11-23": [], "2026-11-25": [run], "2026-11-27": []},
        availability={"default": ["07:00-08:30", "09:00-11:00"]},
    )
    assert all(any(part in sentence for sentence in seen) for part in expected)
    assert any("first_day" in sentence for sentence in seen) == (hours_later < 0)


def test_the_checker_knows_that_two_treatments_of_a_part_on_a_day_hold_a_day_longer() -> None:
    """A run 45 hours after is fine after one session; a second one on that day makes the 24 hours 48."""
    days = {"2026-11-26": [workout("run_easy", "2026-11-26T07:00", 28, check=CALM)], "2026-11-27": []}
    twice = [*CASE["treatments"], needled(datetime(2026, 11, 24, 6), minutes=10)]
    seen = found(days, treatments=twice)
    assert found(days) == []
    assert "2026-11-26 run_easy at 07:00: dry_needling.first_day allows load 1 on calf, and it has 3" in seen


def test_the_checker_takes_a_day_without_a_time_at_its_widest() -> None:
    """Needled at any time of Tuesday: nothing at all on Tuesday, and no run before Thursday."""
    seen = found(
        {"2026-11-25": [workout("run_easy", "2026-11-25T07:00", 28)]}, treatments=[needled(date(2026, 11, 24))]
    )
    assert "2026-11-24 upper_body at 07:00 falls into dry_needling of calf" in seen
    assert "2026-11-25 run_easy at 07:00: dry_needling.first_day allows load 1 on calf, and it has 3" in seen


def test_the_checker_spreads_a_series_out() -> None:
    """Needled a week earlier, and again after 7 days: the same windows as for a single session."""
    series = [needled(datetime(2026, 11, 17, 9, 30), repeat={"every": "1 week", "count": 2})]
    days = {"2026-11-25": [workout("run_easy", "2026-11-25T07:00", 28)]}
    assert any("dry_needling.first_day" in sentence for sentence in found(days, treatments=series))


WHOLE_WEEK: dict[str, tuple[dict[str, list[PlannedWorkout]], dict[str, Any], list[str]]] = {
    "too few rest days": (
        {"2026-11-28": [workout("upper_body", "2026-11-28T07:00", 40)]},
        {},
        ["week from 2026-11-23: fewer than 1 rest days"],
    ),
    "more runs than were asked for": (
        {},
        {"goals": {"runs": 2, "bikes": 2, "upper_body": 2, "long_run": "sunday"}},
        ["week from 2026-11-23: 3 runs where 2 were asked for"],
    ),
    "more rides than rides and missing runs": (
        {},
        {"goals": {"runs": 3, "bikes": 1, "upper_body": 2, "long_run": "sunday"}},
        ["week from 2026-11-23: 2 of bike are more than were asked for and runs are missing"],
    ),
    "a ride in place of a missing run": (
        {},
        {"goals": {"runs": 4, "bikes": 1, "upper_body": 2, "long_run": "sunday"}},
        [],
    ),
    "swims that nobody asked for": (
        {"2026-11-26": [workout("swim_pull", "2026-11-26T07:00", 30)]},
        {},
        ["week from 2026-11-23: 1 of swim are more than were asked for and runs are missing"],
    ),
    "a long run that nobody asked for": (
        {},
        {"goals": {"runs": 3, "bikes": 2, "upper_body": 2}},
        ["week from 2026-11-23: 1 long runs"],
    ),
    "a hard ride that nobody asked for": (
        {"2026-11-23": [workout("bike_hard", "2026-11-23T07:00", 45)]},
        {"goals": {"runs": 3, "bikes": 3, "upper_body": 2, "long_run": "sunday"}},
        ["week from 2026-11-23: 1 of bike_hard"],
    ),
    "running on consecutive days": (
        {"2026-11-28": [workout("run_easy", "2026-11-28T07:00", 40)], "2026-11-23": []},
        {},
        [
            "days_between_runs: 2026-11-27 and 2026-11-28 are less than 2 days apart",
            "days_between_runs: 2026-11-28 and 2026-11-29 are less than 2 days apart",
        ],
    ),
    "running on consecutive days with a mild injury": (
        {"2026-11-28": [workout("run_easy", "2026-11-28T07:00", 40)], "2026-11-23": []},
        {"injury": {"region": "calf", "severity": "mild"}},
        [],
    ),
    "hard days in a row": (
        {"2026-11-28": [workout("bike_hard", "2026-11-28T07:00", 45)], "2026-11-26": []},
        {},
        ["days_between_hard: 2026-11-28 and 2026-11-29 are less than 2 days apart"],
    ),
    "long runs too close together": (
        {"2026-11-25": [], "2026-11-27": [workout("run_long", "2026-11-27T07:00", 40)]},
        {"treatments": [needled(datetime(2026, 11, 1, 9))]},
        [
            "week from 2026-11-23: 2 long runs",
            "days_between_long: 2026-11-27 and 2026-11-29 are less than 5 days apart",
        ],
    ),
    "a kind twice on a day": (
        {
            "2026-11-25": [],
            "2026-11-26": [workout("bike_easy", "2026-11-26T07:00", 45), workout("bike_easy", "2026-11-26T08:00", 45)],
        },
        {"availability": {"default": "07:00-08:30", "thursday": ["07:00-07:30", "08:00-08:30"]}},
        ["2026-11-26: bike stands 2 times"],
    ),
    "workouts that overlap": (
        {"2026-11-26": [workout("upper_body", "2026-11-26T07:15", 46), workout("bike_easy", "2026-11-26T08:00", 45)]},
        {"availability": {"default": "07:00-08:30", "thursday": ["07:00-07:30", "08:00-08:30"]}},
        ["2026-11-26 bike_easy at 08:00 begins before the workout before it ends"],
    ),
    "workouts that follow one another": (
        {"2026-11-26": [workout("upper_body", "2026-11-26T07:15", 45), workout("bike_easy", "2026-11-26T08:00", 45)]},
        {"availability": {"default": "07:00-08:30", "thursday": ["07:00-07:30", "08:00-08:30"]}},
        [],
    ),
    "a workout past midnight": (
        {"2026-11-26": [workout("bike_easy", "2026-11-26T23:16", 45)]},
        {"availability": {"default": "07:00-08:30", "thursday": "23:00-23:30"}},
        ["2026-11-26 bike_easy at 23:16 does not end on its day"],
    ),
    "a workout until midnight": (
        {"2026-11-26": [workout("bike_easy", "2026-11-26T23:15", 45)]},
        {"availability": {"default": "07:00-08:30", "thursday": "23:00-23:30"}},
        [],
    ),
    "another workout on the day of a race": (
        {
            "2026-11-29": [
                workout("race", "2026-11-29T10:00", 60, check=CALM),
                workout("upper_body", "2026-11-29T18:00", 40),
            ]
        },
        {"races": [{"date": date(2026, 11, 29)}]},
        [
            "2026-11-29 upper_body at 18:00 stands on the day of a race",
        ],
    ),
    "a race at the wrong hour": (
        {"2026-11-29": [workout("race", "2026-11-29T10:00", 60, check=CALM)]},
        {"races": [{"date": date(2026, 11, 29), "start": "09:00:00"}]},
        ["2026-11-29 race at 10:00 does not start when the race does"],
    ),
    "a race at its hour": (
        {"2026-11-29": [workout("race", "2026-11-29T09:00", 60, check=CALM)]},
        {"races": [{"date": date(2026, 11, 29), "start": "09:00:00"}]},
        [],
    ),
    "a long run 6 days before a race": (
        {},
        {"races": [{"date": date(2026, 12, 5)}]},
        ["2026-11-29 run_long at 07:00: training.no_long_run_before_race, the race is on 2026-12-05"],
    ),
    "a long run 7 days before a race": ({}, {"races": [{"date": date(2026, 12, 6)}]}, []),
}


@pytest.mark.parametrize("case", WHOLE_WEEK)
def test_over_the_week_the_checker_sees(case: str) -> None:
    """What couples days, and days with more than one workout."""
    days, changed, expected = WHOLE_WEEK[case]
    assert found(days, **changed) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2027-03-14T02:30", ["2027-03-14 run_easy at 02:30 starts at a local time that the clock change skips"]),
        ("2027-03-14T03:00", []),
        ("2027-03-14T01:59", []),
    ],
)
def test_the_checker_sees_a_local_hour_that_is_skipped(start: str, expected: list[str]) -> None:
    """On 14 March 2027 clocks in New York go from 1:59:59 to 3:00."""
    case = case_of(
        injury={"region": "calf", "severity": "mild"},
        goals={"runs": 1, "rest_days": 0},
        availability={"default": "01:00-04:00"},
    )
    assert broken(case, core_rulebook(), plan_of({"2027-03-14": [workout("run_easy", start, 30)]})) == expected


def test_the_checker_sees_days_that_do_not_follow_one_another() -> None:
    """A plan that leaves a day out is no plan of those weeks."""
    days = {day: workouts for day, workouts in GOOD.items() if day != "2026-11-28"}
    assert broken(case_of(**CASE), core_rulebook(), plan_of(days)) == ["the days do not follow one another"]


def test_the_checker_reads_everyday_names() -> None:
    """A case that says "heel" and "dry needling" is checked by the rulebook's own names."""
    case = case_of(
        treatments=[{"kind": "dry needling", "region": "calf muscle", "start": datetime(2026, 11, 24, 9, 30)}]
    )
    run = {**GOOD, "2026-11-25": [workout("run_easy", "2026-11-25T07:00", 28)]}
    assert any("dry_needling.first_day" in sentence for sentence in broken(case, core_rulebook(), plan_of(run)))
