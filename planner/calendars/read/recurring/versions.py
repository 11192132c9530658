"""Versions in a calendar: which of the events of one UID hold, which stand beside them, and which are older.

By RFC 5546, 2.1.5 and 3.2. Nothing is older without evidence, so an appointment is not lost to a weak UID.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from planner.appointments.booked import Remark
from planner.calendars.read.events import CANCEL, CANCELLED, Event
from planner.calendars.read.times import moment


class _Version:
    """Hold what one UID, or one occurrence of its series, is now: one event, or several of which none is newer."""

    def __init__(self, event: Event) -> None:
        self.events = [event]
        self.contents = {_what_it_says(event)}

    def add(self, event: Event) -> Remark | None:
        """Take an event in, unless it is older; return what is to be said: of it, or of the event that it replaces."""
        newest = self.events[0]
        order = order_of(event, newest)
        if order > 0:
            self.events, self.contents = [event], {_what_it_says(event)}
            return Remark(newest.line, f"is an older version of the event in line {event.line}")
        if order < 0:
            return Remark(event.line, f"is an older version of the event in line {newest.line}")
        content = _what_it_says(event)
        if content in self.contents:
            return Remark(event.line, "stands in the file more than once: counts once")
        self.contents.add(content)
        self.events.append(event)
        return None


def order_of(event: Event, other: Event) -> int:
    """Return 1 where an event is newer than another one, -1 where it is older, and 0 where nothing says.

    By RFC 5546, 2.1.5; nothing is older without evidence. A cancellation that does not count its version follows what
    it cancels.
    """
    uncounted = any(event.method == CANCEL and event.sequence is None for event in (event, other))
    counted = (0, 0) if uncounted else (event.sequence or 0, other.sequence or 0)
    if counted[0] != counted[1]:
        return 1 if counted[0] > counted[1] else -1
    for mine, others in zip(event.stamps, other.stamps, strict=True):
        if mine and others and mine != others:
            return 1 if mine > others else -1
    # Of one time that is and is not cancelled, it is: nobody cancels first.
    same_time = event.start == other.start
    cancels = [event.method == CANCEL or (same_time and event.status == CANCELLED) for event in (event, other)]
    return cancels[0] - cancels[1]


def _what_it_says(event: Event) -> tuple[object, ...]:
    rules = tuple(line.value for line in event.rules)
    return (
        event.start, event.end, event.title, event.status, event.free, event.this_and_future, rules, event.more,
        event.without,
    )  # fmt: skip


Beside = tuple[Event, Remark | None]
"""An event that neither replaces nor changes another one of its UID, and what is to be said of it."""


def current_events(events: Sequence[Event]) -> tuple[list[Event], list[Beside], list[Remark]]:
    """Return the events that hold together, those that stand beside them, and remarks: RFC 5546, 2.1.5 and 3.2."""
    versions: dict[datetime | None, _Version] = {}
    remarks = []
    # What is added to a series (METHOD:ADD) replaces nothing.
    beside: list[Beside] = [(event, None) for event in events if event.method == "ADD"]
    for event in events:
        if event.without_start or event.method == "ADD":
            continue
        day = event.recurrence_id
        key = None if day is None else moment(day, event.zone).astimezone(UTC)
        if key not in versions:
            versions[key] = _Version(event)
        elif remark := versions[key].add(event):
            remarks.append(remark)
    cancelling = [event for event in events if event.without_start]
    if not versions and not beside:
        remarks += [Remark(event.line, "cancels an event that is not in the file") for event in cancelling]
    if None in versions:
        cancelling += [event for event in versions[None].events if event.status == CANCELLED]
    current = []
    for version in versions.values():
        first, *more = (_titled(_cancelled(event, cancelling), versions.get(None)) for event in version.events)
        current.append(first)
        why = f"has the UID of the event in line {first.line}, and nothing says which of them is newer: all count"
        beside += [(event, Remark(event.line, why)) for event in more]
    return current, beside, remarks


def _cancelled(event: Event, cancelling: Iterable[Event]) -> Event:
    """Return an event, cancelled where the whole of it is: by what follows it."""
    for whole in cancelling:
        if order_of(whole, event) > 0:
            return event._replace(status=CANCELLED)
    return event


def _titled(event: Event, series: _Version | None) -> Event:
    """Return a change of a series, with the title of the series where it has none: it holds only what changed."""
    if event.title or event.recurrence_id is None or series is None:
        return event
    return event._replace(title=series.events[0].title)
