"""Events of a calendar that lie outside some days: how many, which, and whose year may be wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from planner.calendars.read.occurrences import Entry, read_events

FURTHEST = timedelta(days=5 * 366)
"""So far ahead events are looked for: a series without an end has none."""
FIRST_DAY = date(1970, 1, 1)
ALONE = timedelta(weeks=26)
"""An event is alone where the next one on the way to the days lies so far from it."""


class FarEvents(NamedTuple):
    """Hold the events that lie outside some days, each event once however often it takes place there."""

    before: tuple[Entry, ...]
    after: tuple[Entry, ...]
    in_another_year: tuple[tuple[Entry, date], ...]
    """Those of them that are alone a year or more away, each with the day that was meant if only its year is wrong."""


def far_events(content: bytes, tz: ZoneInfo, first: date, last: date) -> FarEvents:
    """Return the events of a calendar file that lie outside some days.

    Args:
        content: the file.
        tz: the zone of the days, and of times without any.
        first: the first local day.
        last: the last one, included.

    Raises `NoCalendar` and `TooMuch` as `read_events` does.

    """
    entries = read_events(content, tz, FIRST_DAY, last + FURTHEST).events
    entries = tuple(entry for entry in entries if entry.status != "CANCELLED")
    before = [entry for entry in entries if _day(entry) < first]
    after = [entry for entry in entries if _day(entry) > last]
    return FarEvents(_each_once(before), _each_once(after), tuple(_in_another_year(entries, first, last)))


def _day(entry: Entry) -> date:
    return entry.start.date() if isinstance(entry.start, datetime) else entry.start


def _each_once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple({entry.line: entry for entry in reversed(list(entries))}.values())[::-1]


def _in_another_year(entries: Sequence[Entry], first: date, last: date) -> Iterable[tuple[Entry, date]]:
    times = Counter(entry.line for entry in entries)
    meant = {
        number: day
        for number, entry in enumerate(entries)
        if times[entry.line] == 1 and (day := _day_meant(_day(entry), first, last)) is not None
    }
    others = [_day(entry) for number, entry in enumerate(entries) if number not in meant]
    for number, day in meant.items():
        own = _day(entries[number])
        on_the_way = (other - own if own < first else own - other for other in others)
        if not any(timedelta() <= apart < ALONE for apart in on_the_way):
            yield entries[number], day


def _day_meant(day: date, first: date, last: date) -> date | None:
    """Return the day within some days that has another year than a day outside of them, None where there is none."""
    for year in range(first.year, last.year + 1) if not first <= day <= last else ():
        try:
            other = day.replace(year=year)
        except ValueError:  # the 29th of February
            continue
        if first <= other <= last:
            return other
    return None
