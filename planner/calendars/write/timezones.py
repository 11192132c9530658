"""Time zones for calendar files: the changes of a zone's clock as yearly rules, worked out from the zone itself.

A calendar file carries the rules of its zone, and some clients believe those rather than the zone's name. icalendar can
only list every change one by one (RDATE), which several clients do not read. Where the clock follows no yearly rule
(Morocco and Gaza go by Ramadan, Egypt by "the night after the last Thursday", which may fall into the next month) every
change of the years asked for stands alone, as an observance of its own: that all clients read.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import MAXYEAR, MINYEAR, UTC, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

FIRST_YEAR = 1970
STEP = timedelta(days=2)
"""No zone changes its clock and back within two days (a test looks at every zone)."""
FEWEST_YEARS = 3
"""A day of the year that came in fewer years than this is no rule."""
AHEAD = 28
"""Years in which every date falls on every weekday: a rule that holds so long was guessed right."""
SECOND = timedelta(seconds=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Yearly(NamedTuple):
    """Name a local moment of every year: a weekday of a month, and the time that the clock shows before it is changed.

    `nth` counts the weekday within the month, -1 is the last one; 0 means the first one on or after `from_day`.
    """

    month: int
    weekday: int
    nth: int
    from_day: int
    clock: time

    def on(self, year: int) -> datetime:
        """Return the local moment in a year."""
        last = calendar.monthrange(year, self.month)[1]
        begin = last - 6 if self.nth == -1 else 7 * self.nth - 6 if self.nth else self.from_day
        day = begin + (self.weekday - calendar.weekday(year, self.month, begin)) % 7
        return datetime.combine(datetime(year, self.month, day), self.clock)  # noqa: DTZ001 (a local moment)

    @property
    def rule(self) -> dict[str, object]:
        """The parts of an RRULE."""
        weekday = WEEKDAYS[self.weekday]
        if self.nth:
            return {"FREQ": "YEARLY", "BYMONTH": self.month, "BYDAY": f"{self.nth}{weekday}"}
        days = list(range(self.from_day, self.from_day + 7))
        return {"FREQ": "YEARLY", "BYMONTH": self.month, "BYMONTHDAY": days, "BYDAY": weekday}


class Observance(NamedTuple):
    """Hold what becomes a STANDARD or DAYLIGHT part of a VTIMEZONE.

    `starts` is the local moment, by the clock before the change, from which `to` is the offset; every year again where
    there is a `yearly` rule.
    """

    daylight: bool
    name: str
    offset_from: timedelta
    offset_to: timedelta
    starts: datetime
    yearly: Yearly | None = None


class _Change(NamedTuple):
    """Hold one change of the clock, at a local moment by the clock before it."""

    daylight: bool
    name: str
    offset_from: timedelta
    offset_to: timedelta
    wall: datetime

    @property
    def alike(self) -> tuple[bool, str, timedelta, timedelta]:
        return self.daylight, self.name, self.offset_from, self.offset_to

    def observance(self, yearly: Yearly | None = None, year: int = 0) -> Observance:
        starts = yearly.on(year) if yearly else self.wall
        return Observance(self.daylight, self.name, self.offset_from, self.offset_to, starts, yearly)


@lru_cache(maxsize=32)
def observances(tz: ZoneInfo, first: int, last: int) -> tuple[Observance, ...]:
    """Return what gives a zone's offset at every moment from the first year to the last, both included.

    Where the clock follows yearly rules to the end they hold on after the last year, and back to the year in which they
    came into force: so next year's file has the same ones.
    """
    first, last = max(first, MINYEAR + 1), min(last, MAXYEAR - 1)
    changes = list(_changes(tz, first, last))
    years = [[change for change in changes if change.wall.year == year] for year in range(first, last + 1)]
    missed, rules = _rules(tz, years)
    start = first + missed
    if missed:
        alone = [change.observance() for change in changes if change.wall.year < start]
        later = [*alone, *(change.observance(rule, start) for rule, change in rules)]
        observances = [_opening(tz, first, bool(later)), *later]
    else:
        while start > FIRST_YEAR and all(_holds(tz, rule, change, start - 1) for rule, change in rules):
            start -= 1
        # Rules that are as old as the first year say nothing about its days before the first change.
        opening = [_opening(tz, first, True)] if start == first else []
        observances = opening + [change.observance(rule, start) for rule, change in rules]
    return tuple(sorted(observances, key=lambda observance: observance.starts))


def _rules(tz: ZoneInfo, years: Sequence[Sequence[_Change]]) -> tuple[int, list[tuple[Yearly, _Change]]]:
    """Return how many years pass before the yearly rules hold, and the rules, each with a change that it makes."""
    for missed in range(len(years) + 1 - FEWEST_YEARS):
        rules = _rules_of(tz, years[missed:])
        if rules:
            return missed, rules
    return len(years), []


def _rules_of(tz: ZoneInfo, years: Sequence[Sequence[_Change]]) -> list[tuple[Yearly, _Change]]:
    if len({tuple(change.alike for change in year) for year in years}) != 1:
        return []
    yearly = []
    for changes in zip(*years, strict=True):
        fitting = list(_fitting([change.wall for change in changes]))
        if not fitting:
            return []
        ahead = range(changes[-1].wall.year + 1, min(changes[-1].wall.year + AHEAD, MAXYEAR))
        lasting = (rule for rule in fitting if all(_holds(tz, rule, changes[0], year) for year in ahead))
        yearly.append((next(lasting, fitting[0]), changes[0]))
    return yearly


def _fitting(walls: Sequence[datetime]) -> Iterator[Yearly]:
    """Yield the rules that name all of some moments, one a year: the plainest first."""
    wall = walls[0]
    if len({(wall.month, wall.weekday(), wall.time()) for wall in walls}) != 1:
        return
    earliest, latest = min(wall.day for wall in walls), max(wall.day for wall in walls)
    for nth in (-1, 1, 2, 3, 4):
        yield from _naming(walls, Yearly(wall.month, wall.weekday(), nth, 0, wall.time()))
    shortest = calendar.monthrange(2025, wall.month)[1]
    for day in range(max(latest - 6, 1), min(earliest, shortest - 6) + 1):
        yield from _naming(walls, Yearly(wall.month, wall.weekday(), 0, day, wall.time()))


def _naming(walls: Sequence[datetime], rule: Yearly) -> Iterator[Yearly]:
    if all(rule.on(wall.year) == wall for wall in walls):
        yield rule


def _holds(tz: ZoneInfo, rule: Yearly, change: _Change, year: int) -> bool:
    moment = (rule.on(year) - change.offset_from).replace(tzinfo=UTC)
    after = moment.astimezone(tz)
    before = (moment - SECOND).astimezone(tz)
    return (before.utcoffset(), after.utcoffset(), after.tzname()) == (
        change.offset_from,
        change.offset_to,
        change.name,
    )


def _opening(tz: ZoneInfo, year: int, changes: bool) -> Observance:
    """Return what holds before the first change of a year; where nothing changes, always: that is no summer time."""
    moment = datetime(year, 1, 1, tzinfo=UTC).astimezone(tz)
    summer = changes and (moment.dst() or timedelta()) > timedelta()
    starts = datetime(min(year - 1, FIRST_YEAR), 1, 1)  # noqa: DTZ001 (a local moment)
    return Observance(summer, moment.tzname() or "", _offset(moment), _offset(moment), starts)


def _changes(tz: ZoneInfo, first: int, last: int) -> Iterator[_Change]:
    """Yield every change of the clock in some years, found by looking at the zone again and again."""
    before, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    offset = before.astimezone(tz).utcoffset()
    while before < end:
        after = before + STEP
        if after.astimezone(tz).utcoffset() != offset:
            yield _change(tz, before, after)
            offset = after.astimezone(tz).utcoffset()
        before = after


def _change(tz: ZoneInfo, before: datetime, after: datetime) -> _Change:
    """Return the change between two moments, to the second."""
    offset_from = before.astimezone(tz).utcoffset()
    while after - before > SECOND:
        middle = before + timedelta(seconds=(after - before) // SECOND // 2)
        if middle.astimezone(tz).utcoffset() == offset_from:
            before = middle
        else:
            after = middle
    old, new = before.astimezone(tz), after.astimezone(tz)
    # Ireland's law has winter time as the exception (a negative shift). Clients know summer time only: forward is
    # DAYLIGHT, back is STANDARD, whatever the law calls them. A country that moves for good is on STANDARD again.
    daylight = _offset(new) > _offset(old) and bool(old.dst() or new.dst())
    wall = after.replace(tzinfo=None) + _offset(old)
    return _Change(daylight, new.tzname() or "", _offset(old), _offset(new), wall)


def _offset(moment: datetime) -> timedelta:
    offset = moment.utcoffset()
    assert offset is not None  # noqa: S101 (a zone of the IANA database always has one)
    return offset
