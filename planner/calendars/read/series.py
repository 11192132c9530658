"""Series in a calendar: the events of one UID, and when they take place; recurring-ical-events does the recurrences.

It is given local times without a zone, those of the clock by which a series keeps its time: so what it compares can
always be compared, and an exception in UTC means the same moment as one in any other zone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import Any, NamedTuple

from icalendar import Event as LibraryEvent
from icalendar import vRecur
from recurring_ical_events.adapters.event import EventAdapter

from planner.appointments.booked import Remark
from planner.calendars.read.events import CANCEL, CANCELLED, Event
from planner.calendars.read.lines import Broken
from planner.calendars.read.recurrence import MOST_STEPS, Bounded, checked_rule, series_until
from planner.calendars.read.times import Span, Time, end_after, moment
from planner.clock import local

MOST_OCCURRENCES = 2000
"""An event that takes place more often within what is asked for is no appointment."""
MOST_FOLLOWED = MOST_OCCURRENCES + 1000
"""Some of those that are followed lie outside, for the margin."""
MARGIN = timedelta(days=2)
"""What local times may be off from one zone to another, and more."""


UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, AssertionError)
"""What icalendar, dateutil and recurring-ical-events raise over nonsense, each of them somewhere."""


class Occurrence(NamedTuple):
    """Hold one time at which an event takes place, and the event that says so."""

    start: Time
    end: Time
    event: Event


class FoundOccurrences(NamedTuple):
    """Hold when the events of one UID take place, what is to be said of them, and how many steps it took."""

    occurrences: list[Occurrence]
    remarks: list[Remark]
    steps: int


def occurrences(events: Sequence[Event], span: Span) -> FoundOccurrences:
    """Return when the events of one UID take place within a span."""
    current, others, remarks = _current(events)
    taken = _taking_place(current, span) if current else FoundOccurrences([], [], 0)
    if taken.occurrences:
        taken.remarks[:0] = remarks
    elif not current and not others:
        taken.remarks.extend(remarks)
    # What is neither newer nor older than another event of its UID is one of its own.
    for event, remark in others:
        own = _taking_place([event], span)
        odd = [remark] if own.occurrences and remark else []
        taken = FoundOccurrences(
            taken.occurrences + own.occurrences, [*taken.remarks, *odd, *own.remarks], taken.steps + own.steps
        )
    return taken


def _taking_place(current: Sequence[Event], span: Span) -> FoundOccurrences:
    """Return when a series and its changes, or a change alone, take place within a span."""
    series = next((event for event in current if event.recurrence_id is None), None)
    remarks: list[Remark] = []
    if series is None or (len(current) == 1 and not series.repeats):
        occurrences, steps = [Occurrence(event.start, event.end, event) for event in current], 0
    else:
        try:
            occurrences, steps = _followed(series, current, span, remarks)
        except Broken as broken:
            return FoundOccurrences([], [broken.remark], 0)
    many = len(occurrences) == MOST_FOLLOWED
    occurrences = [occurrence for occurrence in occurrences if span.touches(occurrence.start, occurrence.end)]
    if many or len(occurrences) > MOST_OCCURRENCES:
        why = f"the event takes place more than {MOST_OCCURRENCES:,} times: it is no appointment"
        return FoundOccurrences([], [Remark(current[0].line, why)], steps)
    if not occurrences and len(current) == 1 and series is not None and _never_begins(series, span):
        remarks.append(Remark(series.line, "its recurrence ends before it begins: it never takes place"))
        return FoundOccurrences([], remarks, steps)
    taking_place = {occurrence.event.line for occurrence in occurrences}
    remarks += [remark for event in current if event.line in taking_place for remark in event.remarks]
    return FoundOccurrences(occurrences, remarks if occurrences else [], steps)


def _never_begins(series: Event, span: Span) -> bool:
    """Return whether a series that does not take place within a span was to begin there, and excludes nothing."""
    return span.touches(series.start, series.end) and not series.without and not series.unless


class _Version:
    """Hold what one UID, or one occurrence of its series, is now: one event, or several of which none is newer."""

    def __init__(self, event: Event) -> None:
        self.events = [event]
        self.contents = {_what_it_says(event)}

    def add(self, event: Event) -> Remark | None:
        """Take an event in, unless it is older; return what is to be said: of it, or of the event that it replaces."""
        newest = self.events[0]
        order = _order(event, newest)
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


def _order(event: Event, other: Event) -> int:
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


def _current(events: Sequence[Event]) -> tuple[list[Event], list[Beside], list[Remark]]:
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
        if _order(whole, event) > 0:
            return event._replace(status=CANCELLED)
    return event


def _titled(event: Event, series: _Version | None) -> Event:
    """Return a change of a series, with the title of the series where it has none: it holds only what changed."""
    if event.title or event.recurrence_id is None or series is None:
        return event
    return event._replace(title=series.events[0].title)


def _followed(
    series: Event, events: Sequence[Event], span: Span, remarks: list[Remark]
) -> tuple[list[Occurrence], int]:
    """Return every occurrence of a series near a span, and the steps that it took; adds to the remarks."""
    if len(events) > MOST_OCCURRENCES:
        raise Broken(series.line, f"more than {MOST_OCCURRENCES:,} occurrences of the event are changed")
    clock = _Clock(series)
    still_left_out = _left_out(series, events, clock, span, remarks)
    first, last = clock.shows(span.first) - MARGIN, clock.shows(span.last) + MARGIN
    adapters = []
    steps = 1
    try:
        for number, event in enumerate(events):
            component = LibraryEvent()
            # The library tells by its UID which event an occurrence is of.
            component.add("UID", str(number))
            component.add("DTSTART", clock.shows(event.start))
            component.add("DTEND", clock.shows(event.end))
            if event is series:
                steps += _recurrence(component, series._replace(without=still_left_out), clock, span, remarks)
            elif event.recurrence_id is not None:
                parameters = {"RANGE": "THISANDFUTURE"} if event.this_and_future else {}
                component.add("RECURRENCE-ID", clock.of_series(event.recurrence_id), parameters=parameters)
            adapters.append(EventAdapter(component))
        followed = series_until(last.year)(adapters)
        starts = list(islice(followed.between(first, last), MOST_FOLLOWED))
    except UNREADABLE as error:
        raise Broken(series.line, "the event's recurrence cannot be followed") from error
    own_ends = {start[0] for start in series.more if isinstance(start, tuple)}
    return [_occurrence(start, events, clock, own_ends) for start in starts], steps


def _left_out(
    series: Event, events: Sequence[Event], clock: _Clock, span: Span, remarks: list[Remark]
) -> tuple[Time, ...]:
    """Return the exceptions of a series that hold although an event changes the same occurrence; adds to the remarks.

    Some programs write both for an occurrence that they moved: it is lost only where the exception is newer.
    """
    exceptions = {clock.of_series(excluded): excluded for excluded in series.without}
    for event in events:
        named = None if event.recurrence_id is None else clock.of_series(event.recurrence_id)
        if named not in exceptions or event.status == CANCELLED:
            continue
        order = _order(event, series)
        if order >= 0:
            del exceptions[named]
        if order <= 0 and span.touches(event.start, event.end):
            holds = "neither is newer, so the change counts" if order == 0 else "that is newer, and holds"
            remarks.append(Remark(event.line, f"changes an occurrence that its series leaves out: {holds}"))
    return tuple(exceptions.values())


def _recurrence(component: LibraryEvent, series: Event, clock: _Clock, span: Span, remarks: list[Remark]) -> int:
    steps = 0
    since = span.first - MARGIN - (moment(series.end, series.zone) - moment(series.start, series.zone))
    until = span.last + MARGIN
    for line in (*series.rules, *series.unless):
        checked = checked_rule(line, series.start, series.zone, until, since)
        remarks += [checked.remark] if checked.remark else []
        steps += checked.steps
        if steps > MOST_STEPS:
            raise Broken(line.number, "the event has more rules than can be followed")
        if line in series.rules:
            component.add("RRULE", vRecur.from_ical(checked.rule))
        else:
            rule = Bounded(checked.rule, moment(clock.shows(series.start), UTC).replace(tzinfo=None), until.year)
            for when in rule.between(clock.shows(since), clock.shows(until), inc=True)[:MOST_FOLLOWED]:
                component.add("EXDATE", [when if isinstance(series.start, datetime) else when.date()])
    for excluded in series.more:
        # In a series of whole days a period is its day, as a time is.
        if isinstance(excluded, tuple) and isinstance(series.start, datetime):
            component.add("RDATE", [(clock.of_series(excluded[0]), clock.shows(excluded[1]))])
        else:
            component.add("RDATE", [clock.of_series(excluded[0] if isinstance(excluded, tuple) else excluded)])
    for excluded in series.without:
        component.add("EXDATE", [clock.of_series(excluded)])
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


def _occurrence(occurrence: Any, events: Sequence[Event], clock: _Clock, own_ends: Collection[Time]) -> Occurrence:
    """Return an occurrence as it stands in its zone; `own_ends` are the starts of those that say their own end."""
    event = events[int(occurrence.uid)]
    start, end = occurrence.start, occurrence.end
    if start == clock.shows(event.start) and end == clock.shows(event.end):
        # As it stands in the file: also in an hour that comes twice, which a clock alone does not tell apart.
        return Occurrence(event.start, event.end, event)
    if not isinstance(start, datetime):
        return Occurrence(start, end if not isinstance(end, datetime) else end.date(), event)
    if not isinstance(event.start, datetime) and start.time() == end.time() == time():
        return Occurrence(start.date(), end.date(), event)
    begins, ends = local(start, clock.zone), local(_a_time(end), clock.zone)
    if event.lasts is not None and begins not in own_ends:
        return Occurrence(begins, end_after(begins, event.lasts, clock.zone), event)
    if ends < begins:
        # The clock change skips its beginning.
        ends = (begins.astimezone(UTC) + (_a_time(end) - start)).astimezone(clock.zone)
    return Occurrence(begins, ends, event)


def _a_time(when: Time) -> datetime:
    return when if isinstance(when, datetime) else datetime.combine(when, time())
