"""Series in a calendar: the events of one UID, and when they take place; recurring-ical-events does the recurrences.

It is given local times without a zone, those of the clock by which a series keeps its time: so what it compares can
always be compared, and an exception in UTC means the same moment as one in any other zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any, NamedTuple

from icalendar import Event as LibraryEvent
from icalendar import vRecur
from recurring_ical_events.adapters.event import EventAdapter

from planner.appointments.booked import Remark
from planner.calendars.read.events import Broken, Event
from planner.calendars.read.rules import MOST_STEPS, checked_rule, series_until
from planner.calendars.read.times import Time, moment
from planner.calendars.read.zones import UNREADABLE
from planner.clock import local

MOST_OCCURRENCES = 2000
"""An event that takes place more often within what is asked for is no appointment."""
MOST_FOLLOWED = MOST_OCCURRENCES + 1000
"""Some of those that are followed lie outside, for the margin."""
MARGIN = timedelta(days=2)
"""What local times may be off from one zone to another, and more."""


class Span(NamedTuple):
    """Hold the days that are asked for as moments, from the first one up to the last, and their zone."""

    first: datetime
    last: datetime
    zone: tzinfo

    def touches(self, start: Time, end: Time) -> bool:
        """Return whether something takes place within the span; dates are those of its own zone."""
        begins, ends = moment(start, self.zone), moment(end, self.zone)
        return begins < self.last and (ends > self.first or begins == ends == self.first)


class Occurrence(NamedTuple):
    """Hold one time at which an event takes place, and the event that says so."""

    start: Time
    end: Time
    event: Event


class Found(NamedTuple):
    """Hold when the events of one UID take place, what is to be said of them, and how many steps it took."""

    occurrences: list[Occurrence]
    remarks: list[Remark]
    steps: int


def occurrences(events: Sequence[Event], span: Span) -> Found:
    """Return when the events of one UID take place within a span."""
    current, remarks = _current(events)
    series = next((event for event in current if event.recurrence_id is None), None)
    if series is None or (len(current) == 1 and not series.repeats):
        found, steps = [Occurrence(event.start, event.end, event) for event in current], 0
    else:
        try:
            found, steps = _followed(series, current, span)
        except Broken as broken:
            return Found([], [broken.remark], 0)
    many = len(found) == MOST_FOLLOWED
    found = [one for one in found if span.touches(one.start, one.end)]
    if many or len(found) > MOST_OCCURRENCES:
        why = f"the event takes place more than {MOST_OCCURRENCES:,} times: it is no appointment"
        return Found([], [Remark(current[0].line, why)], steps)
    taking_place = {one.event.line for one in found}
    remarks = remarks if found else []
    remarks += [each for event in current if event.line in taking_place for each in event.remarks]
    return Found(found, remarks, steps)


def _current(events: Iterable[Event]) -> tuple[list[Event], list[Remark]]:
    """Return the events that hold, and remarks on older versions of them: RFC 5546, 2.1.5."""
    latest: dict[datetime | None, Event] = {}
    remarks = []
    for event in events:
        said = event.recurrence_id
        key = None if said is None else moment(said, event.zone).astimezone(UTC)
        other = latest.get(key)
        if other is not None:
            old, event = sorted((other, event), key=lambda one: (one.sequence, one.stamp))  # noqa: PLW2901 (the newer)
            remarks.append(Remark(old.line, f"is an older version of the event in line {event.line}"))
        latest[key] = event
    return list(latest.values()), remarks


def _followed(series: Event, events: Sequence[Event], span: Span) -> tuple[list[Occurrence], int]:
    """Return every occurrence of a series near a span."""
    if len(events) > MOST_OCCURRENCES:
        raise Broken(series.line, f"more than {MOST_OCCURRENCES:,} occurrences of the event are changed")
    clock = _Clock(series)
    first, last = clock.shows(span.first) - MARGIN, clock.shows(span.last) + MARGIN
    adapters = []
    steps = 1
    for number, event in enumerate(events):
        component = LibraryEvent()
        # The library tells by its UID which event an occurrence is of.
        component.add("UID", str(number))
        component.add("DTSTART", clock.shows(event.start))
        component.add("DTEND", clock.shows(event.end))
        if event is series:
            steps += _recurrence(component, series, clock, span)
        elif event.recurrence_id is not None:
            parameters = {"RANGE": "THISANDFUTURE"} if event.this_and_future else {}
            component.add("RECURRENCE-ID", clock.of_series(event.recurrence_id), parameters=parameters)
        adapters.append(EventAdapter(component))
    try:
        followed = series_until(last.year)(adapters)
        found = list(islice(followed.between(first, last), MOST_FOLLOWED))
    except UNREADABLE as error:
        raise Broken(series.line, "the event's recurrence cannot be followed") from error
    return [_occurrence(each, events, clock) for each in found], steps


def _recurrence(component: LibraryEvent, series: Event, clock: _Clock, span: Span) -> int:
    steps = 0
    for line in series.rules:
        rule, taken = checked_rule(line, series, span.last + MARGIN)
        component.add("RRULE", vRecur.from_ical(rule))
        steps += taken
        if steps > MOST_STEPS:
            raise Broken(line.number, "the event has more rules than can be followed")
    for each in series.more:
        if isinstance(each, tuple):
            component.add("RDATE", [(clock.of_series(each[0]), clock.shows(each[1]))])
        else:
            component.add("RDATE", [clock.of_series(each)])
    for each in series.without:
        component.add("EXDATE", [clock.of_series(each)])
    return steps


class _Clock:
    """Tell what the clock of a series shows at a time."""

    def __init__(self, series: Event) -> None:
        self.series = series
        self.zone = series.zone

    def shows(self, when: Time) -> Any:
        """Return a date as it is, and a time as the clock shows it."""
        return when.astimezone(self.zone).replace(tzinfo=None) if isinstance(when, datetime) else when

    def of_series(self, when: Time) -> Any:
        """Return the occurrence that a date or time names.

        In a series of whole days it is a date, also where a program gives its midnight; in any other it is a time, also
        where only the date is given.
        """
        shown = self.shows(when)
        if not isinstance(self.series.start, datetime):
            return shown.date() if isinstance(shown, datetime) else shown
        return shown if isinstance(shown, datetime) else datetime.combine(shown, self.shows(self.series.start).time())


def _occurrence(found: Any, events: Sequence[Event], clock: _Clock) -> Occurrence:
    event = events[int(found.uid)]
    start, end = found.start, found.end
    if start == clock.shows(event.start) and end == clock.shows(event.end):
        # As it stands in the file: also in an hour that comes twice, which a clock alone does not tell apart.
        return Occurrence(event.start, event.end, event)
    if not isinstance(start, datetime):
        return Occurrence(start, end if not isinstance(end, datetime) else end.date(), event)
    if not isinstance(event.start, datetime) and start.time() == end.time() == time():
        return Occurrence(start.date(), end.date(), event)
    begins, ends = local(start, clock.zone), local(_a_time(end), clock.zone)
    if ends < begins:
        # The clock change skips its beginning.
        ends = (begins.astimezone(UTC) + (_a_time(end) - start)).astimezone(clock.zone)
    return Occurrence(begins, ends, event)


def _a_time(when: Time) -> datetime:
    return when if isinstance(when, datetime) else datetime.combine(when, time())
