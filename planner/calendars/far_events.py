"""Events of a calendar that lie outside some days: how many, which, and whose year may be wrong."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from planner.calendars.read.blocks import Block, blocks, decode
from planner.calendars.read.events import CANCELLED
from planner.calendars.read.lines import texts
from planner.calendars.read.occurrences import Entry, Reading, read_events
from planner.calendars.read.shortcut import is_far_away, start_of

A_YEAR = timedelta(days=366)
"""So far back and ahead the times of a series are followed: one without an end has no last."""
ALONE = timedelta(weeks=26)
"""An event is alone where the next one on the way to the days lies so far from it."""
MOST_FOLLOWED = 2000
"""In a file in which more takes place, it is not followed what its series do besides."""
MOST_YEARS = 5
"""Of so many events it is asked whether their year is right."""


class FarEvent(NamedTuple):
    """Hold the day of an event, the line of the file in which it begins, and its title."""

    day: date
    line: int
    title: str


class FarEvents(NamedTuple):
    """Hold the events that lie outside some days, each event once however often it takes place there."""

    before: tuple[FarEvent, ...]
    after: tuple[FarEvent, ...]
    in_another_year: tuple[tuple[Entry, date], ...]
    """Some of them that are alone far away, each with the day that was meant if only its year is wrong."""


def far_events(content: bytes, tz: ZoneInfo, days: tuple[date, date], reading: Reading) -> FarEvents:
    """Return the events of a calendar file that lie outside the days of which it was read.

    Args:
        content: the file.
        tz: the zone of the days, and of times without any.
        days: the first and the last local day that were read.
        reading: what was read of them.

    """
    first, last = days
    lone: list[FarEvent] = []
    others: list[FarEvent] = []
    for block in blocks(decode(content).text).events:
        start = start_of(block)
        if start is not None:
            (lone if is_far_away(block, first, last) else others).append(_far_event(start, block))
    around = ((first - A_YEAR, first - timedelta(days=1)), (last + timedelta(days=1), last + A_YEAR))
    near = [
        entry
        for begins, ends in around
        if len(reading.events) <= MOST_FOLLOWED
        for entry in read_events(content, tz, begins, ends).events
    ]
    inside = {entry.line for entry in reading.events}
    lines = {event.line for event in lone}
    series = [FarEvent(_day(entry), entry.line, entry.title) for entry in near if entry.line not in lines]
    series = [event for event in series if not first <= event.day <= last]
    # A series that was over long ago takes place nowhere near.
    lines |= inside | {entry.line for entry in near}
    series += [event for event in others if event.line not in lines and event.day < first]
    far = sorted({(event.line, event.day < first): event for event in (*lone, *series)}.values())
    off = {entry.line for entry in near if entry.status == CANCELLED}
    far = [event for event in far if event.line not in off]
    all_events = [*far, *(FarEvent(_day(entry), entry.line, entry.title) for entry in reading.events)]
    return FarEvents(
        tuple(event for event in far if event.day < first),
        tuple(event for event in far if event.day > last),
        tuple(_in_another_year(content, tz, days, (lone, all_events))),
    )


def _far_event(start: date, block: Block) -> FarEvent:
    return FarEvent(start, block.line, texts(block)[0])


def _day(entry: Entry) -> date:
    return entry.start.date() if isinstance(entry.start, datetime) else entry.start


def _in_another_year(
    content: bytes, tz: ZoneInfo, days: tuple[date, date], events: tuple[Sequence[FarEvent], Sequence[FarEvent]]
) -> Iterator[tuple[Entry, date]]:
    lone, all_events = events
    meant = {event: day for event in lone if (day := _day_meant(event.day, days)) is not None}
    in_the_way = sorted(event.day for event in all_events if event not in meant)
    alone = [event for event in meant if not _is_followed(event.day, in_the_way, days[0])]
    for event in alone[:MOST_YEARS]:
        entries = read_events(content, tz, event.day, event.day).events
        for entry in entries:
            if entry.line == event.line and entry.status != CANCELLED:
                yield entry, meant[event]


def _is_followed(day: date, others: Sequence[date], first: date) -> bool:
    """Return whether another event stands near a day, on the way from there to the days that are read."""
    place = bisect_left(others, day) if day < first else bisect_right(others, day) - 1
    return 0 <= place < len(others) and abs(others[place] - day) < ALONE


def _day_meant(day: date, days: tuple[date, date]) -> date | None:
    """Return the day within some days that has another year than a day outside of them, None where there is none."""
    first, last = days
    for year in range(first.year, last.year + 1):
        try:
            other = day.replace(year=year)
        except ValueError:  # the 29th of February
            continue
        if first <= other <= last:
            return other
    return None
