"""Dates, times and durations of calendars by themselves: what each means, and what means nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from planner.calendars.read.times import Duration, Time, duration_of, end_after, moment, time_of

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("20261124", date(2026, 11, 24)),
        ("20261124T093015", datetime(2026, 11, 24, 9, 30, 15, tzinfo=NEW_YORK)),
        ("20261124T0930", datetime(2026, 11, 24, 9, 30, tzinfo=NEW_YORK)),
        ("20261124t093015z", datetime(2026, 11, 24, 9, 30, 15, tzinfo=UTC)),
        # The midnight at the end of a day, and a leap second.
        ("20261124T240000", datetime(2026, 11, 25, tzinfo=NEW_YORK)),
        ("20261231T240000Z", datetime(2027, 1, 1, tzinfo=UTC)),
        ("20261124T235960", datetime(2026, 11, 24, 23, 59, 59, tzinfo=NEW_YORK)),
        ("15830101", date(1583, 1, 1)),
        ("21991231", date(2199, 12, 31)),
        # A time that spring skips is counted on from before it.
        ("20260308T023000", datetime(2026, 3, 8, 3, 30, tzinfo=NEW_YORK)),
    ],
)
def test_what_is_written_is_a_date_or_a_time(written: str, expected: Time) -> None:
    """In the zone that is told, or in UTC where it says so."""
    found = time_of(written, NEW_YORK)
    assert (type(found), str(found)) == (type(expected), str(expected))
    assert time_of("20261124T093015", NEW_YORK, only_date=True) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("soon", "is no date"),
        ("2026-11-24", "is no date"),
        ("20261124T09", "is no date"),
        ("20261131", "is no date of the calendar"),
        ("15821231", "is too far away"),
        ("22000101", "is too far away"),
        ("20261124T240001", "is no time of day"),
        ("20261124T250000", "is no time of day"),
        ("20261124T096000", "is no time of day"),
        ("20261124T093061", "is no time of day"),
    ],
)
def test_what_is_no_time_says_why(written: str, why: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match=f"^{why}$"):
        time_of(written, NEW_YORK)


HALF_PAST_NOON = datetime(2026, 10, 31, 12, 30, tzinfo=NEW_YORK)
"""Half a day before the clocks go back."""


@pytest.mark.parametrize(
    ("start", "duration", "expected"),
    [
        (HALF_PAST_NOON, "P1D", datetime(2026, 11, 1, 12, 30, tzinfo=NEW_YORK)),
        (HALF_PAST_NOON, "PT24H", datetime(2026, 11, 1, 11, 30, tzinfo=NEW_YORK)),
        (HALF_PAST_NOON, "P1DT24H", datetime(2026, 11, 2, 12, 30, tzinfo=NEW_YORK)),
        (HALF_PAST_NOON, "PT23H", datetime(2026, 11, 1, 10, 30, tzinfo=NEW_YORK)),
        (HALF_PAST_NOON, "PT45M", datetime(2026, 10, 31, 13, 15, tzinfo=NEW_YORK)),
        (HALF_PAST_NOON, "P1DT2H", datetime(2026, 11, 1, 14, 30, tzinfo=NEW_YORK)),
        (HALF_PAST_NOON, "PT0S", HALF_PAST_NOON),
        (date(2026, 11, 24), "P2D", date(2026, 11, 26)),
        (date(2026, 11, 24), "P1W", date(2026, 12, 1)),
        (date(2026, 11, 24), "PT24H", date(2026, 11, 25)),
        (date(2026, 11, 24), "PT2H", datetime(2026, 11, 24, 2, tzinfo=NEW_YORK)),
        (date(2026, 11, 24), "P1DT2H", datetime(2026, 11, 25, 2, tzinfo=NEW_YORK)),
    ],
)
def test_days_go_by_the_clock_and_hours_are_real(start: Time, duration: str, expected: Time) -> None:
    """RFC 5545, 3.3.6; whole days last whole days, or get a time."""
    found = end_after(start, duration_of(duration.lower()), NEW_YORK)
    assert (type(found), str(found)) == (type(expected), str(expected))


@pytest.mark.parametrize(
    ("duration", "why"),
    [
        (Duration(0, timedelta(seconds=-1)), "is less than nothing"),
        (Duration(366 * 174 + 1), "is too long"),
        (Duration(0, timedelta(days=366 * 174 + 1)), "is too long"),
    ],
)
def test_what_cannot_last_says_why(duration: Duration, why: str) -> None:
    """Less than nothing, or beyond all years; just as long is long, and no more."""
    with pytest.raises(ValueError, match=why):
        end_after(date(2026, 11, 24), duration, NEW_YORK)
    assert end_after(date(2026, 11, 24), Duration(366 * 100), NEW_YORK) > date(2120, 1, 1)


def test_a_date_is_the_moment_at_which_it_begins() -> None:
    """In the zone that is told; a time is itself."""
    assert str(moment(date(2026, 11, 24), NEW_YORK)) == "2026-11-24 00:00:00-05:00"
    assert moment(HALF_PAST_NOON, UTC) is HALF_PAST_NOON
