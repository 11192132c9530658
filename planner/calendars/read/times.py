"""Times in a calendar: dates and times as they are written, made moments."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from planner.calendars.read.lines import excerpt
from planner.clock import LAST_YEAR, local

Time = datetime | date
"""A date, or an aware time in the zone that it was given in."""

FIRST_YEAR = 1583
"""The first year of our calendar; some programs have birthdays of unknown years begin in 1604."""
_WRITTEN = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})?(Z?))?", re.IGNORECASE)

_LASTS = re.compile(
    r"([+-])?P(?:([0-9]{1,9})W)?T?(?:([0-9]{1,9})D)?T?(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})S)?",
    re.IGNORECASE,
)
"""Wherever the T stands, and without any: `P45M` are minutes, for there are no months (RFC 5545, 3.3.6)."""


def time_of(value: str, zone: tzinfo, *, only_date: bool = False) -> Time:
    """Return the date or the time that is written; a time without a zone of its own is in the one given.

    Raises `ValueError` that says what is wrong.
    """
    match = _WRITTEN.fullmatch(value)
    if match is None:
        raise ValueError("is no date")
    year, month, day = (int(part) for part in match.groups()[:3])
    try:
        local_day = date(year, month, day)
    except ValueError:
        raise ValueError("is no date of the calendar") from None
    if not FIRST_YEAR <= year < LAST_YEAR:
        raise ValueError("is too far away")
    if match[4] is None or only_date:
        return local_day
    hour, minute, second = int(match[4]), int(match[5]), int(match[6] or 0)
    # 24:00 is the midnight at the end of its day (ISO 8601), and a leap second the one before it (RFC 5545, 3.3.12).
    next_day = (hour, minute, second) == (24, 0, 0)
    try:
        clock = time(0 if next_day else hour, minute, 59 if second == 60 else second)
    except ValueError:
        raise ValueError("is no time of day") from None
    naive = datetime.combine(local_day + timedelta(days=next_day), clock)
    return naive.replace(tzinfo=UTC) if match[7] else local(naive, zone)


class Duration(NamedTuple):
    """Hold how long something lasts: whole days by the clock, and beyond them an exact time (RFC 5545, 3.3.6)."""

    days: int
    exact: timedelta = timedelta()


def duration_of(value: str) -> Duration:
    """Return the duration that is written: `P1D` is a day by the clock, `PT24H` are hours, however a clock is changed.

    Raises `ValueError` where it cannot be.
    """
    length = _LASTS.fullmatch(value.strip())
    if length is None:
        raise ValueError("is no duration")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in length.groups()[1:])
    sign = -1 if length[1] == "-" else 1
    exact = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return Duration(sign * (7 * weeks + days), sign * exact)


def midnight_in(day: date, zone: tzinfo) -> datetime:
    """Return the moment at which a day begins in a zone."""
    return local(datetime.combine(day, time()), zone)


def moment(when: Time, zone: tzinfo) -> datetime:
    """Return the moment of a time, and the one at which a date begins in a zone."""
    return when if isinstance(when, datetime) else midnight_in(when, zone)


class Span(NamedTuple):
    """Hold the days that are asked for as moments, from the first one up to the last, and their zone."""

    first: datetime
    last: datetime
    zone: tzinfo

    def touches(self, start: Time, end: Time) -> bool:
        """Return whether something takes place within the span; dates are those of its own zone."""
        begins, ends = moment(start, self.zone), moment(end, self.zone)
        return begins < self.last and (ends > self.first or begins == ends == self.first)


LONGEST_NIGHT = timedelta(hours=16)
"""What ends so long after its start, were its end on the next day, was meant to."""


def night_end(start: datetime, end: datetime) -> datetime | None:
    """Return the end of a night shift whose end stands before its start: on the next day, or None where it is none."""
    on_next_day = end_after(end, Duration(1), end.tzinfo or UTC)
    return on_next_day if isinstance(on_next_day, datetime) and start < on_next_day <= start + LONGEST_NIGHT else None


def second_pass(start: datetime, end: datetime) -> datetime | None:
    """Return an end that stands before its start as a time of an hour that came again, or None where it is none."""
    again = end.replace(fold=1)
    came_again = again.utcoffset() != end.utcoffset() and again.astimezone(UTC) > start.astimezone(UTC)
    return again if came_again else None


def end_after(start: Time, lasts: Duration, zone: tzinfo) -> Time:
    """Return when what lasts so long ends: days go by the clock, hours are real ones (RFC 5545, 3.3.6).

    Raises `ValueError` where it lasts less than nothing, or too long.
    """
    if lasts < Duration(0):
        raise ValueError("is less than nothing")
    if lasts.days + lasts.exact.days > 366 * (LAST_YEAR - start.year):
        raise ValueError("is too long")
    if not isinstance(start, datetime):
        if not lasts.exact.seconds:
            return start + timedelta(days=lasts.days) + lasts.exact
        start = midnight_in(start, zone)
    days = local(start.replace(tzinfo=None) + timedelta(days=lasts.days), zone) if lasts.days else start
    return (days.astimezone(UTC) + lasts.exact).astimezone(zone)


def until_of(value: str, start: Time, zone: tzinfo) -> str:
    """Return the last moment of a series by the clock of its start; where only a date is given, its first moment."""
    match = re.fullmatch(r"([0-9]{8})(?:T([0-9]{4}(?:[0-9]{2})?)(Z?))?", value)
    if match is None:
        raise ValueError(f"UNTIL is {excerpt(value)}")
    try:
        # For "never" some programs write the last day of the year 9999.
        day = min(datetime.strptime(match[1], "%Y%m%d"), datetime(LAST_YEAR, 1, 1))  # noqa: DTZ001, DTZ007 (local)
        clock = datetime.strptime((match[2] or "").ljust(6, "0"), "%H%M%S").time()  # noqa: DTZ007 (a time of day)
    except ValueError:
        raise ValueError(f"UNTIL is {excerpt(value)}") from None
    last = datetime.combine(day, clock)
    if match[3] and day.year > 1:
        by_clock = _by_clock(last.replace(tzinfo=UTC).astimezone(zone))
        # Of a series of whole days some programs write the midnight of the last one, in UTC.
        last = by_clock if isinstance(start, datetime) or by_clock.time() == time() else last
    if not isinstance(start, datetime):
        last = datetime.combine(last.date(), time())
    return f"{last.year:04}{last:%m%dT%H%M%S}"


def _by_clock(last: datetime) -> datetime:
    """Return the last local time, taken as the first of two where it comes twice, that is not after a moment."""
    if last.fold:
        # All local times of the hour that comes twice were there before: the moment is in its second pass.
        end = last.replace(second=59, microsecond=0, fold=0)
        while end.utcoffset() != end.replace(fold=1).utcoffset():
            last, end = end, end + timedelta(minutes=1)
    return last.replace(tzinfo=None, fold=0)
