"""Dates as people write them: what each means, and what is not guessed."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from planner.dates import parse_absolute, parse_date, parse_time, plain_span

SATURDAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tomorrow", date(2026, 11, 29)),
        ("Yesterday", date(2026, 11, 27)),
        ("sunday", date(2026, 11, 29)),
        ("Fri", date(2026, 12, 4)),
        ("Tuesday 9:30", datetime(2026, 12, 1, 9, 30)),
        ("tue at 9.30", datetime(2026, 12, 1, 9, 30)),
        ("tomorrow 7 pm", datetime(2026, 11, 29, 19)),
        ("1 Dec", date(2026, 12, 1)),
        ("1 Dec 9:30", datetime(2026, 12, 1, 9, 30)),
        ("December 1st, 2027", date(2027, 12, 1)),
        ("2 Jan", date(2027, 1, 2)),
        ("24.12.", date(2026, 12, 24)),
        ("12/24", date(2026, 12, 24)),
        ("2026-12-3", date(2026, 12, 3)),
        ("in 3 days", date(2026, 12, 1)),
        ("Tue, 1 Dec 9:30", datetime(2026, 12, 1, 9, 30)),
        ("a week ago", date(2026, 11, 21)),
        ("the day after tomorrow", date(2026, 11, 30)),
        ("last sunday", date(2026, 11, 22)),
        ("last saturday", date(2026, 11, 21)),
        ("2026-12-03T9:30:00", datetime(2026, 12, 3, 9, 30)),
    ],
)
def test_a_date_means_what_people_mean(text: str, expected: date | datetime) -> None:
    """Weekdays are the next ones, a day without a year the nearest one, and case does not matter."""
    assert expected == parse_date(text, SATURDAY)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("saturday", "could be Sat 28 Nov 2026 or Sat 5 Dec 2026; write 2026-11-28 or 2026-12-05"),
        ("next tuesday", "write 2026-12-01 or 2026-12-08"),
        ("last tuesday", "write 2026-11-24 or 2026-11-17"),
        ("Mon 1 Dec", "is no Monday: it would be Tue 1 Dec 2026"),
        ("3/4", "write 2027-04-03 or 2027-03-04"),
        ("1 june", "could be 2026-06-01 or 2027-06-01; say the year"),
        ("30 feb", "is no date"),
        ("someday", '"someday" is no date; write it as 2026-11-25, or 2026-11-25T07:00'),
        ("may", "is no date"),
        ("tomorrow 25:00", "is no time of day; write it as 09:30"),
    ],
)
def test_what_could_mean_two_days_is_asked(text: str, message: str) -> None:
    """It is not guessed: the error names both days, or says what to write."""
    with pytest.raises(ValueError, match=message.replace("(", "\\(")):
        parse_date(text, SATURDAY)


def test_of_what_lies_behind_a_weekday_is_the_last_one() -> None:
    """Who logs Tuesday's run on a Saturday means the Tuesday before; today's weekday is asked about."""
    assert date(2026, 11, 24) == parse_date("tuesday", SATURDAY, past=True)
    with pytest.raises(ValueError, match="2026-11-28 or 2026-11-21"):
        parse_date("saturday", SATURDAY, past=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("6-7:30", "06:00-07:30"), ("6 to 7:30 pm", "18:00-19:30"), ("9am-1pm", "09:00-13:00"), ("6-25", "6-25")],
)
def test_a_span_of_hours_is_read(text: str, expected: str) -> None:
    """As clocks show it; what is no span stays as it is."""
    assert expected == plain_span(text)


@pytest.mark.parametrize(("text", "expected"), [("9:30", time(9, 30)), ("9h30", time(9, 30)), ("12 am", time(0))])
def test_a_time_of_day_is_read(text: str, expected: time) -> None:
    """With a colon, a point, an h or the half of the day."""
    assert expected == parse_time(text)


def test_in_a_file_only_what_stays_the_same_day_is_a_date() -> None:
    """A year makes a day absolute; without one, or in words, it is another day whenever the file is read."""
    assert datetime(2026, 12, 1, 9, 30) == parse_absolute("1 Dec 2026 9:30")
    for text in ("tomorrow", "Tuesday", "1 Dec"):
        with pytest.raises(ValueError, match="is another day whenever it is read"):
            parse_absolute(text)
    with pytest.raises(ValueError, match="is no date"):
        parse_absolute("someday")
