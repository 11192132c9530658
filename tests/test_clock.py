"""The clock: local times and real hours, in zones whose clocks change by an hour, by half of one, and at midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.clock import at, later, local, midnight, next_quarter, seconds, zone
from tests.cases import ZONES

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("name", "moment", "expected"),
    [
        # Skipped in spring: the same time after the gap.
        ("America/New_York", datetime(2027, 3, 14, 1, 59), "2027-03-14T01:59:00-05:00"),
        ("America/New_York", datetime(2027, 3, 14, 2, 0), "2027-03-14T03:00:00-04:00"),
        ("America/New_York", datetime(2027, 3, 14, 2, 30), "2027-03-14T03:30:00-04:00"),
        ("America/New_York", datetime(2027, 3, 14, 3, 0), "2027-03-14T03:00:00-04:00"),
        # Twice in autumn: the first of the two.
        ("America/New_York", datetime(2026, 11, 1, 0, 59), "2026-11-01T00:59:00-04:00"),
        ("America/New_York", datetime(2026, 11, 1, 1, 30), "2026-11-01T01:30:00-04:00"),
        ("America/New_York", datetime(2026, 11, 1, 2, 0), "2026-11-01T02:00:00-05:00"),
        ("Europe/Berlin", datetime(2027, 3, 28, 2, 15), "2027-03-28T03:15:00+02:00"),
        ("Europe/Berlin", datetime(2026, 10, 25, 2, 15), "2026-10-25T02:15:00+02:00"),
        # Half an hour.
        ("Australia/Lord_Howe", datetime(2026, 10, 4, 2, 15), "2026-10-04T02:45:00+11:00"),
        ("Australia/Lord_Howe", datetime(2027, 4, 4, 1, 45), "2027-04-04T01:45:00+11:00"),
        # At midnight.
        ("America/Havana", datetime(2027, 3, 14, 0, 30), "2027-03-14T01:30:00-04:00"),
        ("America/Havana", datetime(2026, 11, 1, 0, 30), "2026-11-01T00:30:00-04:00"),
        ("Asia/Kathmandu", datetime(2026, 11, 1, 2, 30), "2026-11-01T02:30:00+05:45"),
    ],
)
def test_a_local_time_becomes_a_time_that_exists(name: str, moment: datetime, expected: str) -> None:
    """On both sides of each gap and each repeated hour."""
    assert local(moment, ZoneInfo(name)).isoformat() == expected


@pytest.mark.parametrize("offset", [0, -5, 9])
def test_an_aware_time_is_turned_into_the_zones(offset: int) -> None:
    """The moment stays the same."""
    moment = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=offset)))
    found = local(moment, NEW_YORK)
    assert (seconds(found), found.tzinfo) == (seconds(moment), NEW_YORK)


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("America/New_York", date(2027, 3, 14), 23),
        ("America/New_York", date(2026, 11, 1), 25),
        ("America/New_York", date(2026, 11, 2), 24),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
        ("Australia/Lord_Howe", date(2027, 4, 4), 24.5),
        ("America/Havana", date(2027, 3, 14), 23),
        ("America/Havana", date(2026, 11, 1), 25),
        ("Africa/Cairo", date(2027, 4, 30), 23),
        ("Asia/Beirut", date(2027, 3, 28), 23),
    ],
)
def test_a_day_is_as_long_as_it_is(name: str, day: date, expected: float) -> None:
    """From midnight to midnight, which itself may be skipped or come twice."""
    tz = ZoneInfo(name)
    assert (seconds(midnight(day + timedelta(days=1), tz)) - seconds(midnight(day, tz))) / 3600 == expected


def test_midnight_that_is_skipped_is_the_days_first_moment() -> None:
    """In Havana 14 March 2027 begins at 1:00."""
    assert midnight(date(2027, 3, 14), ZoneInfo("America/Havana")).isoformat() == "2027-03-14T01:00:00-04:00"


def test_midnight_that_comes_twice_is_the_first() -> None:
    """In Havana 1 November 2026 has two midnights: the clock goes back from 1:00 to 0:00."""
    assert midnight(date(2026, 11, 1), ZoneInfo("America/Havana")).isoformat() == "2026-11-01T00:00:00-04:00"


def test_at_joins_a_day_and_a_time() -> None:
    """A time of day in the zone, on a day."""
    assert at(date(2026, 11, 24), time(9, 30), NEW_YORK).isoformat() == "2026-11-24T09:30:00-05:00"


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        ("2027-03-13T10:00", 24, "2027-03-14T11:00:00-04:00"),
        ("2026-10-31T10:00", 24, "2026-11-01T09:00:00-05:00"),
        ("2026-11-01T01:30", 1, "2026-11-01T01:30:00-05:00"),
        ("2027-03-14T03:30", -1, "2027-03-14T01:30:00-05:00"),
        ("2026-11-24T10:00", 1.5, "2026-11-24T11:30:00-05:00"),
    ],
)
def test_later_counts_real_hours(start: str, hours: float, expected: str) -> None:
    """Forwards and backwards, across clock changes."""
    assert later(local(datetime.fromisoformat(start), NEW_YORK), hours=hours).isoformat() == expected


@given(
    st.sampled_from(sorted(ZONES)),
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),
    st.integers(-5000, 5000),
)
def test_later_and_back_is_the_same_moment(name: str, moment: datetime, minutes: int) -> None:
    """Real minutes add up, wherever the clock is."""
    start = local(moment, ZoneInfo(name))
    assert seconds(later(start, minutes=minutes)) - seconds(start) == minutes * 60
    assert seconds(later(later(start, minutes=minutes), minutes=-minutes)) == seconds(start)


@given(st.sampled_from(sorted(ZONES)), st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)))
def test_every_local_time_comes_out_as_one_that_the_clock_shows(name: str, moment: datetime) -> None:
    """It survives the way to UTC and back, and stands at most an hour later than it was written."""
    tz = ZoneInfo(name)
    found = local(moment, tz)
    back = found.astimezone(UTC).astimezone(tz)
    assert back.replace(tzinfo=None) == found.replace(tzinfo=None)
    assert timedelta(0) <= found.replace(tzinfo=None) - moment <= timedelta(hours=1)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("America/New_York", True),
        ("UTC", True),
        ("New York", False),
        ("", False),
        ("../../etc/passwd", False),
        ("America", False),
        ("x" * 300, False),
        ("a\0b", False),
    ],
)
def test_a_zone_is_known_by_its_iana_name_or_not_at_all(name: str, known: bool) -> None:
    """Whatever the text, no error leaves it."""
    assert (zone(name) is not None) == known


@pytest.mark.parametrize(
    ("clock", "expected"),
    [("07:00:00", "07:00"), ("07:00:00.000001", "07:15"), ("07:14:59.999999", "07:15"), ("07:15:01", "07:30")],
)
def test_soon_is_the_next_full_quarter_of_an_hour(clock: str, expected: str) -> None:
    """To the microsecond: what begins then is shown, and written, by the minute."""
    day, berlin = "2026-11-24T", ZoneInfo("Europe/Berlin")
    moment = datetime.fromisoformat(day + clock).replace(tzinfo=berlin)
    assert datetime.fromisoformat(day + expected).replace(tzinfo=berlin) == next_quarter(moment)
