"""Availability: which start windows hold on a day, and what is said about those that cannot be read."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from planner.case.availability import Availability, DayTimes, StartWindow, parse_windows
from planner.planning import plan
from planner.rulebook.file import shipped_rulebook
from planner.validation import mistake_sentence
from tests.cases import MONDAY, case_of


def on(day: date, **given: Any) -> list[str]:
    """Return the start windows of a day."""
    return [str(window) for window in Availability.model_validate(given).on(day)]


SATURDAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["09:00-11:00"]),
        ({"default": "06:00-07:00"}, ["06:00-07:00"]),
        ({"default": "06:00-07:00", "saturday": "10:00-12:00"}, ["10:00-12:00"]),
        ({"default": "06:00-07:00", "saturday": "10:00-12:00", "2026-11-28": []}, []),
        ({"default": "06:00-07:00", "2026-11-28": "13:00-14:00"}, ["13:00-14:00"]),
        ({"saturday": []}, []),
        ({"sunday": "08:00-09:00"}, ["09:00-11:00"]),
        ({"2026-11-27": []}, ["09:00-11:00"]),
    ],
)
def test_a_date_beats_its_weekday_and_a_weekday_the_default(given: dict[str, Any], expected: list[str]) -> None:
    """And where the case says nothing, there are the usual windows."""
    assert on(SATURDAY, **given) == expected


@pytest.mark.parametrize(("day", "expected"), [(MONDAY, "07:00-08:30"), (SATURDAY, "09:00-11:00")])
def test_the_usual_windows_are_later_at_the_weekend(day: date, expected: str) -> None:
    """Where nobody says otherwise."""
    assert on(day) == [expected]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("07:00-08:30", time(7), time(8, 30)),
        ("7:00-8:30", time(7), time(8, 30)),
        (" 07:00 - 08:30 ", time(7), time(8, 30)),
        ("07:00\u201308:30", time(7), time(8, 30)),
        ("07:00-07:00", time(7), time(7)),
        ("00:00-23:59", time(0), time(23, 59)),
    ],
)
def test_a_window_is_two_times_of_day(text: str, first: time, last: time) -> None:
    """Spaces, a single digit and a long dash are fine; a window may be a single moment."""
    assert parse_windows(text) == (StartWindow(first, last),)


def test_several_windows_are_sorted() -> None:
    """The order in which they are written does not matter."""
    assert [str(window) for window in parse_windows(["18:00-19:00", "06:00-07:00"])] == ["06:00-07:00", "18:00-19:00"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("7-25", '"7-25" is no start window; write it as "07:00-08:30"'),
        ("", '"" is no start window; write it as "07:00-08:30"'),
        ("07:00-24:00", '"07:00-24:00" is no start window; write it as "07:00-08:30"'),
        ("07:60-08:00", '"07:60-08:00" is no start window; write it as "07:00-08:30"'),
        ("08:30-07:00", '"08:30-07:00" ends before it begins; write "07:00-08:30"'),
        (7, '7 is no start window; write "07:00-08:30", or a list of such windows'),
        ([7], '[7] is no start window; write "07:00-08:30", or a list of such windows'),
        (["07:00-08:00", "08:00-09:00"], '"07:00-08:00" and "08:00-09:00" overlap; join them, or move one'),
    ],
)
def test_a_window_that_cannot_be_read_is_said(value: Any, expected: str) -> None:
    """With what would be right."""
    with pytest.raises(Exception) as caught:  # noqa: PT011 (pydantic's own error, read below)
        parse_windows(value)
    assert mistake_sentence(caught.value) == expected


def test_a_window_is_read_as_people_write_it() -> None:
    """Hours alone, and one half of the day for both."""
    assert ["06:00-07:30", "18:00-19:00"] == [str(window) for window in parse_windows(["6-7:30", "6-7 pm"])]


def test_windows_that_follow_one_another_at_once_do_not_overlap() -> None:
    """A minute apart is enough."""
    assert len(parse_windows(["07:00-08:00", "08:01-09:00"])) == 2


@pytest.mark.parametrize("key", ["someday", "2026-02-30", "2026-2-1", "20261128", "Monday"])
def test_a_key_that_is_no_day_is_refused(key: str) -> None:
    """Weekdays in small letters, dates as TOML writes them, and `default`."""
    with pytest.raises(ValidationError, match="is neither a weekday, nor a date"):
        Availability.model_validate({key: "07:00-08:00"})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, 7),
        ({"default": "07:00-08:00"}, 0),
        ({"monday": []}, 6),
        ({"2026-11-28": []}, 7),
    ],
)
def test_it_is_known_which_days_are_the_programs_own_choice(given: dict[str, Any], expected: int) -> None:
    """So that the plan can say so."""
    assert len(Availability.model_validate(given).defaults_taken) == expected


def test_what_was_read_is_written_back_as_it_was() -> None:
    """A case that is dumped and read again is the same."""
    given = {"default": ["06:00-07:00", "18:00-19:00"], "friday": [], "2026-11-28": ["09:00-12:00"]}
    assert Availability.model_validate(given).model_dump(exclude_unset=True) == given


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ("01:30-04:00", "2027-03-14T01:30:00-05:00"),
        ("02:30-04:00", "2027-03-14T03:30:00-04:00"),
        ("02:30-03:15", None),
    ],
)
def test_a_window_on_the_day_on_which_an_hour_is_skipped(window: str, expected: str | None) -> None:
    """A start in the gap is the same time after it, and never after the window's end."""
    case = case_of(injury={"region": "elbow"}, goals={"runs": 1}, availability={"default": [], "2027-03-14": window})
    workouts = plan(case, shipped_rulebook(), today=date(2027, 3, 14)).workouts
    assert [workout.start.isoformat() for workout in workouts] == ([] if expected is None else [expected])


def test_a_window_may_begin_in_the_hour_that_comes_twice() -> None:
    """It is taken as the first of the two, and nothing falls out of order."""
    case = case_of(
        injury={"region": "elbow"}, goals={"runs": 1}, availability={"default": [], "2026-11-01": "01:30-02:30"}
    )
    (workout,) = plan(case, shipped_rulebook(), today=date(2026, 11, 1)).workouts
    assert workout.start == datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"))
    assert workout.start.isoformat() == "2026-11-01T01:30:00-04:00"


def test_a_window_of_a_night_shift_reaches_into_the_next_day() -> None:
    """From ten in the evening to one: what begins after midnight begins on the day after."""
    availability = Availability.model_validate({"default": [], "friday": "22:00-01:00", "saturday": "00:30-02:00"})
    friday = date(2026, 11, 27)
    expected = [["22:00-23:59"], ["00:00-02:00"], []]
    assert expected == [[str(window) for window in availability.on(friday + timedelta(days=n))] for n in range(3)]
    case = case_of(injury={"region": "elbow"}, goals={"runs": 2}, availability={"default": [], "friday": "23:00-00:30"})
    starts = [one.start for one in plan(case, shipped_rulebook(), today=friday, weeks=1).workouts]
    assert [(27, 23, 0), (28, 0, 0)] == [(start.day, start.hour, start.minute) for start in starts]


@pytest.mark.parametrize(("text", "fits"), [("20:00-08:00", True), ("20:00-08:01", False), ("09:00-08:00", False)])
def test_a_window_past_midnight_is_at_most_twelve_hours_long(text: str, fits: bool) -> None:
    """A longer one was written the wrong way round."""
    if fits:
        assert [text] == [str(window) for window in parse_windows(text)]
    else:
        with pytest.raises(Exception, match="ends before it begins"):
            parse_windows(text)


@pytest.mark.parametrize(
    "given",
    [
        ["07:00-08:00"],
        {"windows": ["07:00-08:00"], "minutes": 40},
        {"windows": ["07:00-08:00"], "kinds": ["run"]},
        {"windows": ["07:00-08:00"], "minutes": 40, "kinds": ["run", "bike"]},
    ],
)
def test_the_times_of_a_day_are_given_back_as_they_were_written(given: Any) -> None:
    """Nothing is added that nobody said, and nothing is lost."""
    times = DayTimes.model_validate(given)
    data = times.model_dump(mode="json")
    assert data == given
    assert DayTimes.model_validate(data) == times
