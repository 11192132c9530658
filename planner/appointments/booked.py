"""Bookings: what the calendar files of a case say, as plain data, and what of them was passed over."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from planner.titles.session import ReadEvent


class Remark(NamedTuple):
    """Say what was passed over in a calendar, or read otherwise than it stands there, and in which line."""

    line: int | None
    why: str


class Booked(NamedTuple):
    """Hold one event of a calendar that an entry of `[[treatments]]` means.

    An event of whole days has dates, `end` being the day after the last one; every other one has aware times.
    """

    entry: int
    """The number of the entry in the case, from 0."""
    start: datetime | date
    end: datetime | date
    source: str
    """The calendar, as written in the case."""
    line: int
    uid: str
    title: str


class BusyBlock(NamedTuple):
    """Hold a time without workouts, the buffer around it included; all moments are aware."""

    start: datetime
    end: datetime
    title: str
    """For the person alone: it goes into no file and no JSON."""
    source: str


class CalendarRemark(NamedTuple):
    """Say what of a calendar was passed over, and why; `line` is None where the whole file is meant."""

    source: str
    line: int | None
    why: str


class Calendars(NamedTuple):
    """Hold what was read out of the calendar files of a case."""

    booked: tuple[Booked, ...] = ()
    busy: tuple[BusyBlock, ...] = ()
    passed_over: tuple[CalendarRemark, ...] = ()
    coached: tuple[ReadEvent, ...] = ()
    """The events of somebody else's plan, each with what it was read as, in order of time."""
