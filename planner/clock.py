"""Local times and real hours: the only place that turns one into the other.

A local time that the spring clock change skips is taken as the same time after the gap (02:30 becomes 03:30), and a
local time that comes twice in autumn is taken as the first of the two, as calendar programs do.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from math import ceil
from typing import NewType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Seconds = NewType("Seconds", int)
"""A moment: whole seconds since 1970, the engine's measure of time."""
Minutes = NewType("Minutes", int)
"""A length of time, in whole real minutes."""
DayNumber = NewType("DayNumber", int)
"""Which day of a task it is, counted from its first one, 0."""

QUARTER = 15 * 60
"""A quarter of an hour, in seconds."""
FIRST_YEAR, LAST_YEAR = 1970, 2200
PLAUSIBLE = f"give a date from {FIRST_YEAR} on and before {LAST_YEAR}"


def zone(name: str) -> ZoneInfo | None:
    """Return the IANA time zone of a name, or None where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def local(moment: datetime, tz: tzinfo) -> datetime:
    """Return a naive local time, or an aware one, as an aware time that exists in the zone."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=tz)
    return moment.astimezone(UTC).astimezone(tz)


@lru_cache(maxsize=4096)
def at(day: date, clock: time, tz: ZoneInfo) -> datetime:
    """Return the aware time at which a clock in the zone shows a time on a day."""
    return local(datetime.combine(day, clock), tz)


def midnight(day: date, tz: ZoneInfo) -> datetime:
    """Return the moment at which a local day begins."""
    return at(day, time(), tz)


def later(moment: datetime, hours: float = 0, minutes: float = 0) -> datetime:
    """Return the moment real hours and minutes later (earlier where negative), across any clock change."""
    return (moment.astimezone(UTC) + timedelta(hours=hours, minutes=minutes)).astimezone(moment.tzinfo)


def soon(moment: datetime) -> datetime:
    """Return the first full quarter of an hour that is not before an aware moment."""
    quarters = ceil(moment.timestamp() / QUARTER)
    return datetime.fromtimestamp(quarters * QUARTER, UTC).astimezone(moment.tzinfo)


def seconds(moment: datetime) -> Seconds:
    """Return a moment as the engine measures time."""
    return Seconds(int(moment.timestamp()))


def after(begins: Seconds, minutes: int) -> Seconds:
    """Return the moment so many real minutes after one."""
    return Seconds(begins + minutes * 60)
