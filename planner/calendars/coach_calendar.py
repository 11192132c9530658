"""The events of somebody else's plan: what a calendar says of each session, with its text and what a feed adds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from planner.appointments.booked import Remark
from planner.calendars.read.blocks import Block, blocks, decode
from planner.calendars.read.lines import Line, lines
from planner.calendars.read.occurrences import read_events
from planner.titles.session import PlanEvent

ESTIMATE = "X-WORKOUT-ESTIMATED-DURATION"
"""In seconds, as Runna's feeds say how long a session is."""
_WANTED = frozenset({"DESCRIPTION", ESTIMATE})
LONGEST_TEXT = 20_000
"""So many characters of a session's text are kept."""


def coach_events(
    content: bytes, tz: ZoneInfo, days: tuple[date, date], match: str | None, *, source: str, entry: int
) -> tuple[list[PlanEvent], Sequence[Remark]]:
    """Return the events of a plan's calendar within some days, in order of time, and what was passed over.

    Raises `NoCalendar` and `TooMuch` as `read_events` does.

    Args:
        content: the calendar file.
        tz: the zone in which times without one are meant, and in which the days begin.
        days: the first and the last day, both included.
        match: what a person finds in the titles of the events that are meant; None means all.
        source: what the calendar is called.
        entry: which of the case's plan calendars it is, from 0.

    """
    first, last = days
    reading = read_events(content, tz, first, last, match)
    wanted = {event.line for event in reading.events}
    details = {block.line: _details(block) for block in blocks(decode(content).text).events if block.line in wanted}
    events = [
        PlanEvent(
            title=event.title.strip(),
            text=details[event.line][0],
            start=event.start,
            end=event.end,
            uid=event.uid,
            estimated_seconds=details[event.line][1],
            cancelled=event.status == "CANCELLED",
            source=source,
            line=event.line,
            entry=entry,
        )
        for event in reading.events
    ]
    return events, reading.passed_over


def _details(block: Block) -> tuple[str, int | None]:
    """Return the text of an event, and how many seconds a feed expects it to last."""
    lines = dict(_first_of_each(block))
    estimate = lines[ESTIMATE].value if ESTIMATE in lines else ""
    text = lines["DESCRIPTION"].text if "DESCRIPTION" in lines else ""
    return text[:LONGEST_TEXT], int(estimate) if estimate.isascii() and estimate.isdecimal() else None


def _first_of_each(block: Block) -> Iterator[tuple[str, Line]]:
    names: set[str] = set()
    for line in lines(block.text, block.line, _WANTED):
        if isinstance(line, Line) and line.name not in names:
            names.add(line.name)
            yield line.name, line
