"""Series in a calendar: the events of one UID, and when they take place; recurring-ical-events does the recurrences.

It is given local times without a zone, those of the clock by which a series keeps its time: so what it compares can
always be compared, and an exception in UTC means the same moment as one in any other zone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import Any, NamedTuple

from icalendar import Event as LibraryEvent
from icalendar import vRecur
from recurring_ical_events.adapters.event import EventAdapter

from planner.appointments.booked import Remark
from planner.calendars.read.events import CANCELLED, Event
from planner.calendars.read.lines import Broken, excerpt
from planner.calendars.read.recurring.followed_rule import Bounded, counted_from_start, series_until
from planner.calendars.read.recurring.rules import MOST_STEPS, Unreadable, checked_rule
from planner.calendars.read.recurring.versions import current_events, order_of
from planner.calendars.read.times import Span, Time, end_after, moment
from planner.clock import local

MOST_OCCURRENCES = 2000
"""An event that takes place more often within what is asked for is no appointment."""
MOST_FOLLOWED = MOST_OCCURRENCES + 1000
"""Some of those that are followed lie outside, for the margin."""
MARGIN = timedelta(days=2)
"""What local times may be off from one zone to another, and more."""


ONCE, NOTHING_LEFT_OUT = "only its first time counts", "nothing is left out for it"
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
    current, others, remarks = current_events(events)
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
    lost: list[Remark] = []
    if series is None or (len(current) == 1 and not series.repeats):
        occurrences, steps = [Occurrence(event.start, event.end, event) for event in current], 0
    else:
        try:
            occurrences, steps = _followed(series, current, span, remarks, lost)
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
    if series is not None and moment(series.start, series.zone) >= span.last:
        lost = []
    taking_place = {occurrence.event.line for occurrence in occurrences}
    remarks += [remark for event in current if event.line in taking_place for remark in event.remarks]
    return FoundOccurrences(occurrences, [*lost, *(remarks if occurrences else [])], steps)


def _never_begins(series: Event, span: Span) -> bool:
    """Return whether a series that does not take place within a span was to begin there, and excludes nothing."""
    return span.touches(series.start, series.end) and not series.without and not series.unless


def _followed(
    series: Event, events: Sequence[Event], span: Span, remarks: list[Remark], lost: list[Remark]
) -> tuple[list[Occurrence], int]:
    """Return every occurrence of a series near a span, and the steps that it took.

    Args:
        series: the series.
        events: it and the events that change its occurrences.
        span: what is asked for.
        remarks: takes what is to be said where it takes place.
        lost: takes what is to be said in any case, for what is not followed may have taken place.

    """
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
            start, end = clock.shows(event.start), clock.shows(event.end)
            component.add("DTSTART", start)
            # Where the clock went back in between, it shows an earlier time.
            component.add("DTEND", max(start, end) if type(start) is type(end) else end)
            if event is series:
                steps += _recurrence(component, series._replace(without=still_left_out), clock, span, remarks, lost)
            elif event.recurrence_id is not None:
                parameters = {"RANGE": "THISANDFUTURE"} if event.this_and_future else {}
                component.add("RECURRENCE-ID", clock.of_series(event.recurrence_id), parameters=parameters)
            adapters.append(EventAdapter(component))
        followed = series_until(last.year)(adapters)
        starts = list(islice(followed.between(first, last), MOST_FOLLOWED))
    except UNREADABLE as error:
        if not series.rules and not series.unless:
            raise Broken(series.line, "the event's recurrence cannot be followed") from error
        lost[:] = [Remark(series.line, f"the event's recurrence cannot be followed; {ONCE}")]
        alone = series._replace(rules=(), unless=())
        return _followed(alone, [alone if event is series else event for event in events], span, remarks, lost)
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
        order = order_of(event, series)
        if order >= 0:
            del exceptions[named]
        if order <= 0 and span.touches(event.start, event.end):
            holds = "neither is newer, so the change counts" if order == 0 else "that is newer, and holds"
            remarks.append(Remark(event.line, f"changes an occurrence that its series leaves out: {holds}"))
    return tuple(exceptions.values())


def _recurrence(
    component: LibraryEvent, series: Event, clock: _Clock, span: Span, remarks: list[Remark], lost: list[Remark]
) -> int:
    """Give the library's event the recurrence of a series, and return the steps that it takes.

    Args:
        component: what the library follows.
        series: the series.
        clock: the clock by which it keeps its time.
        span: what is asked for.
        remarks: takes what is to be said where it takes place.
        lost: takes what is to be said in any case.

    """
    steps = 0
    start = moment(clock.shows(series.start), UTC).replace(tzinfo=None)
    since = span.first - MARGIN - (moment(series.end, series.zone) - moment(series.start, series.zone))
    until = span.last + MARGIN
    for line in (*series.rules, *series.unless):
        try:
            checked = checked_rule(line, series.start, series.zone, until, since)
        except Unreadable as error:
            what = ONCE if line in series.rules else NOTHING_LEFT_OUT
            lost.append(Remark(line.number, f"{error.remark.why}; {what}"))
            continue
        remarks += [checked.remark] if checked.remark else []
        steps += checked.steps
        if steps > MOST_STEPS:
            raise Broken(line.number, "the event has more rules than can be followed")
        if line in series.rules:
            if moment(series.start, series.zone) <= until:
                component.add("RRULE", vRecur.from_ical(counted_from_start(checked.rule, start, until.year)))
            continue
        try:
            rule = Bounded(checked.rule, start, until.year)
            starts = rule.between(clock.shows(since), clock.shows(until), inc=True)[:MOST_FOLLOWED]
        except UNREADABLE:
            lost.append(Remark(line.number, f"{excerpt(line.value)} cannot be followed; {NOTHING_LEFT_OUT}"))
            continue
        for when in starts:
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
            # Midnight by the clock of the series, or else as it is written: some write the date as one in UTC.
            midnight = isinstance(when, datetime) and when.time() == time() != shown.time()
            shown = when if midnight else shown
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
