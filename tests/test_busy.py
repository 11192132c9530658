"""Busy times in a plan: no workout overlaps one, the next one starts where it ends, and the plan says so."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner import Calendars, Plan, plan, shipped_rulebook
from planner.appointments.booked import BusyBlock
from planner.appointments.busy import Busy
from planner.calendars.write.file import to_ical
from planner.clock import Minutes, Seconds, after, later, seconds
from planner.show.answers import workout_lines
from tests.asking import why_day, why_workout
from tests.cases import MONDAY, Ask, asks, case_of, examples, needled
from tests.checker import broken
from tests.ics_files import NEW_YORK

pytestmark = pytest.mark.once

ONE_RIDE: dict[str, Any] = {
    "injury": [{"region": "shoulder", "severity": "mild"}],
    "goals": {"bikes": 1},
    "fitness": {"bike_minutes": 40},
    "availability": {"default": [], "monday": "07:00-09:00"},
}
"""One ride a week, on Monday between seven and nine, for 40 minutes."""


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Return a time of Monday in New York."""
    return datetime(2026, 11, 23, hour, minute, second, tzinfo=NEW_YORK)


def block(start: datetime, end: datetime) -> BusyBlock:
    """Return a busy time."""
    return BusyBlock(start, end, "Secret meeting", "work.ics")


def planned(*blocks: BusyBlock, **changed: Any) -> Plan:
    """Return the plan of the week with one ride, and some busy times."""
    calendars = Calendars(busy=blocks)
    return plan(case_of(**{**ONE_RIDE, **changed}), shipped_rulebook(), today=MONDAY, calendars=calendars)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (at(6), at(7), at(7)),
        (at(6), at(7, 0, 1), at(7, 0, 1)),
        (at(6), at(8, 15), at(8, 15)),
        (at(6), at(9), at(9)),
        (at(6), at(9, 0, 1), None),
        (at(7, 40), at(8, 15), at(7)),
        (at(7, 39), at(8, 15), at(8, 15)),
        (at(7, 39), at(9, 1), None),
        (at(7), at(7), at(7)),
    ],
)
def test_a_workout_ends_before_a_busy_time_or_starts_where_it_ends(
    start: datetime, end: datetime, expected: datetime | None
) -> None:
    """On both sides of each boundary."""
    made = planned(block(start, end))
    assert ([] if expected is None else [expected]) == [workout.start for workout in made.workouts]


@pytest.mark.parametrize(
    ("minutes", "around", "expected"), [(60, 0, 7), (60, 1, 7 + 1 / 60), (75, 0, 7.25), (180, 0, 9), (180, 1, None)]
)
def test_a_time_of_the_case_is_kept_free_as_one_of_a_calendar_is(
    minutes: int, around: int, expected: float | None
) -> None:
    """It needs no calendar that was read; the time to get there and back counts too."""
    busy = [{"start": datetime(2026, 11, 23, 6), "minutes": minutes, "buffer_minutes": around}]
    made = plan(case_of(**ONE_RIDE, busy=busy), shipped_rulebook(), today=MONDAY)
    starts = [] if expected is None else [later(at(0), hours=expected)]
    assert starts == [workout.start for workout in made.workouts]


def test_a_workout_stands_between_two_busy_times() -> None:
    """Where there is just room, and not where a minute is missing."""
    assert [at(7, 20)] == [one.start for one in planned(block(at(6), at(7, 20)), block(at(8), at(10))).workouts]
    assert [] == list(planned(block(at(6), at(7, 21)), block(at(8), at(10))).workouts)


def test_a_workout_that_waits_for_a_busy_time_says_so() -> None:
    """As its first reasons are those of rules, this is one more."""
    (workout,) = planned(block(at(7, 30), at(8, 15))).workouts
    titles = [reason.title for reason in workout.reasons if reason.rule == "busy"]
    assert ["Starts at 08:15, when your calendar leaves time again"] == titles


@pytest.mark.parametrize("end", [at(9, 30), at(23)])
def test_what_does_not_fit_names_the_busy_time_and_not_what_it_is(end: datetime) -> None:
    """The plan goes into files: what an event is called stays out of it (25)."""
    made = planned(block(at(6), end))
    (missing,) = made.unplaced
    assert [f"Mon: you are busy until {end:%H:%M}"] == [one.text for one in missing.because if one.rule == "busy"]
    assert "Secret" not in made.model_dump_json()
    assert b"Secret" not in to_ical(made, at(12))


def test_a_race_stands_though_the_calendar_is_busy() -> None:
    """It may be the very event."""
    race = {"date": MONDAY, "start": datetime(2026, 11, 23, 10).time(), "minutes": 55}
    made = planned(block(at(9), at(12)), races=[race])
    assert [("race", at(10))] == [(one.workout, one.start) for one in made.workouts]


def test_why_names_the_start_that_is_not_busy() -> None:
    """A day's answers stand at a time that is free; asked about a busy one, it says until when."""
    case, rulebook = case_of(**ONE_RIDE), shipped_rulebook()
    calendars = Calendars(busy=(block(at(6), at(8, 15)),))
    assert {at(8, 15)} == {one.start for one in why_day(case, rulebook, MONDAY, calendars=calendars).workouts}
    answer = why_workout(case, rulebook, at(7), "bike_easy", calendars)
    assert ("allowed", at(8, 15)) == (answer.verdict, answer.busy_until)
    assert why_workout(case, rulebook, at(8, 15), "bike_easy", calendars).busy_until is None


@pytest.mark.parametrize("workout", ["bike_easy", "run_easy"])
def test_a_busy_time_is_told_once(workout: str) -> None:
    """Where the rules allow the workout the answer itself says it, where they rule it out a line of its own."""
    treated = {**ONE_RIDE, "treatments": [needled(datetime(2026, 11, 22, 17))]}
    case, rulebook = case_of(**treated), shipped_rulebook()
    answer = why_workout(case, rulebook, at(7), workout, Calendars(busy=(block(at(6), at(8, 15)),)))
    assert ("ruled_out" if workout == "run_easy" else "allowed") == answer.verdict
    lines = list(workout_lines(answer, rulebook, open_then=True))
    assert sum("you are busy until" in line for line in lines) == 1


def test_busy_times_that_touch_are_one() -> None:
    """So the moment between them is no start."""
    busy = Busy([block(at(7), at(8)), block(at(8), at(9)), block(at(7, 30), at(7, 45)), block(at(10), at(10))])
    begin = Seconds(int(at(7).timestamp()))
    assert [begin + 7200] == busy.ends_between(begin, Seconds(begin + 10 * 3600))
    assert (begin + 7200, None) == (
        busy.until(after(begin, Minutes(60)), Seconds(begin + 3601)),
        busy.until(after(begin, Minutes(120)), after(begin, Minutes(150))),
    )
    assert (None, begin + 7200) == (
        busy.until(after(begin, Minutes(-1)), begin),
        busy.until(after(begin, Minutes(-1)), Seconds(begin + 1)),
    )


@st.composite
def blocks(draw: st.DrawFn, ask: Ask) -> tuple[BusyBlock, ...]:
    """Draw busy times around the first days of a plan."""
    begin = datetime.combine(ask.today, datetime.min.time(), tzinfo=ask.case.tz)
    found = []
    for _ in range(draw(st.integers(1, 12))):
        start = later(begin, minutes=15 * draw(st.integers(0, 4 * 24 * 10)))
        found.append(block(start, later(start, minutes=draw(st.sampled_from([0, 15, 45, 90, 600, 3000])))))
    return tuple(found)


@examples(100)
@given(st.data())
def test_no_workout_ever_overlaps_a_busy_time(data: st.DataObject) -> None:
    """For random cases and busy times; an independent checker finds nothing wrong with the plan."""
    ask = data.draw(asks())
    busy = data.draw(blocks(ask))
    made = plan(ask.case, shipped_rulebook(), today=ask.today, weeks=ask.weeks, calendars=Calendars(busy=busy))
    assert broken(ask.case, shipped_rulebook(), made, busy) == []


@given(asks(most_weeks=1))
def test_busy_times_elsewhere_change_nothing(ask: Ask) -> None:
    """A year ago, the plan was another one."""
    start = datetime.combine(ask.today, datetime.min.time(), tzinfo=ask.case.tz) - timedelta(days=365)
    old = Calendars(busy=(block(start, start + timedelta(days=2)),))
    made = [plan(ask.case, shipped_rulebook(), today=ask.today, calendars=each) for each in (None, old)]
    assert json.loads(made[0].model_dump_json()) == json.loads(made[1].model_dump_json())


@pytest.mark.parametrize(
    ("moment", "until"),
    [(at(8, 59, 59), None), (at(9), at(10)), (at(9, 59, 59), at(10)), (at(10), None)],
)
def test_a_moment_is_busy_from_the_beginning_of_a_block_to_just_before_its_end(
    moment: datetime, until: datetime | None
) -> None:
    """Also asked about for no length of time at all, as a start is."""
    start = seconds(moment)
    assert Busy([block(at(9), at(10))]).until(start, start) == (None if until is None else seconds(until))
