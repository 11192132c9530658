"""Read a calendar: from the bytes of a file to the times at which its events take place, within some days.

A broken event costs that event, and says so with its line; nothing else in the file does. The same file gives the same
list, in order of time and then of UID.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from planner.appointments.booked import Remark
from planner.calendars.plain_text import contains, plain_letters
from planner.calendars.read import shortcut
from planner.calendars.read.blocks import BUSY_LIST, NO_APPOINTMENTS, Block, Blocks, Calendar, blocks, decode
from planner.calendars.read.events import CHANGES_NOTHING, Event, busy_periods, parse_event
from planner.calendars.read.lines import Broken, Line, excerpt, lines, texts
from planner.calendars.read.recurring.series import Occurrence, occurrences
from planner.calendars.read.times import Span, Time, moment
from planner.calendars.read.zones import Zones
from planner.clock import midnight

MOST_EVENTS = 50_000
"""No calendar that a person keeps holds more."""
MOST_LINES = 500_000
MOST_STEPS = 300_000
"""So many repetitions are followed in one file: about two seconds."""
MOST_REMARKS = 100
"""Who reads more?"""
MOST_NAMED, MOST_LOOKED_AT = 3, 100
"""Of what is counted so many titles are named, out of the first so many events."""
_HEAD = frozenset({"METHOD", "X-WR-TIMEZONE", "TIMEZONE-ID", "TZ", "X-WR-CALNAME", "X-OWNER", "VERSION", "PRODID"})


class TooMuch(ValueError):  # noqa: N818 (it says what the file holds)
    """Say that a file holds more than any calendar does."""


class NoCalendar(ValueError):  # noqa: N818 (it says what the file is)
    """Say that a file is no calendar at all."""


class Entry(NamedTuple):
    """Hold one event as it takes place once: dates for whole days (the end is the day after), else aware times."""

    start: Time
    end: Time
    uid: str
    title: str
    line: int
    status: str | None
    free: bool
    """Whether the calendar shows the time as free."""


class Reading(NamedTuple):
    """Hold what takes place, in order of time, and what was passed over or read otherwise than it stands there."""

    events: tuple[Entry, ...]
    """Also what lists of busy times say, where they were asked for."""
    passed_over: tuple[Remark, ...]


def read_events(
    content: bytes,
    tz: ZoneInfo,
    first: date,
    last: date,
    match: str | None = None,
    *,
    busy_lists: bool = False,
    skip: bool = True,
) -> Reading:
    """Return what takes place in a calendar file within some days.

    Args:
        content: the file.
        tz: the zone of the days, and of times without any.
        first: the first local day.
        last: the last one, included.
        match: only events whose title, description or location contains this, as a person sees it.
        busy_lists: whether lists of busy times (VFREEBUSY) are asked for, which have no title, so none with a `match`.
        skip: whether events that cannot matter are skipped unread: it changes no result.

    Raises:
        NoCalendar: the file holds no calendar.
        TooMuch: it holds more events than any calendar does.

    """
    decoded = decode(content)
    if decoded.text.count("\n") > MOST_LINES:
        raise TooMuch(f"has more than {MOST_LINES:,} lines")
    parts = blocks(decoded.text)
    if not parts.calendars and not parts.events and not parts.broken:
        raise NoCalendar("is no calendar file")
    for what, count, most in (("events", len(parts.events), MOST_EVENTS), ("calendars", len(parts.calendars), 1000)):
        if count > most:
            raise TooMuch(f"holds more than {most:,} {what}")
    reader = _CalendarReader(parts, tz, first, last, match.strip() if match else None)
    reader.read(skip)
    if busy_lists and match is None:
        reader.read_busy_lists()
    remarks = [*([Remark(None, decoded.remark)] if decoded.remark else []), *reader.remarks]
    remarks = sorted(dict.fromkeys(remarks), key=lambda remark: (remark.line is None, remark.line or 0))
    if len(remarks) > MOST_REMARKS:
        more = plural("more remark", len(remarks) - MOST_REMARKS)
        remarks[MOST_REMARKS:] = [Remark(None, f"{more} of this kind")]
    entries = [*map(reader.entry, reader.occurrences), *reader.busy]
    entries.sort(key=lambda entry: (moment(entry.start, tz), entry.uid, entry.title, entry.line))
    return Reading(tuple(entries), tuple(remarks))


class _CalendarReader:
    """Read the events of one file."""

    def __init__(self, content: Blocks, tz: ZoneInfo, first: date, last: date, match: str | None) -> None:
        self.blocks = content
        self.tz = tz
        self.first, self.last = first, last
        self.span = Span(midnight(first, tz), midnight(last + timedelta(days=1), tz), tz)
        self.match = match
        self.zones = Zones([calendar.zones for calendar in content.calendars], tz)
        self.remarks: list[Remark] = list(content.broken)
        self.heads = [_Head(calendar, self.zones, number) for number, calendar in enumerate(content.calendars)]
        self.occurrences: list[Occurrence] = []
        self.busy: list[Entry] = []

    def read(self, skip: bool) -> None:
        """Read every event, or skip those that cannot matter."""
        for head in self.heads:
            self.remarks += head.remarks
        groups = _by_uid(self.blocks.events)
        hits = self._hits(groups, skip)
        left = MOST_STEPS
        for group in groups:
            meant = any(block.line in hits for block in group)
            if skip and (not meant or (len(group) == 1 and shortcut.is_far_away(group[0], self.first, self.last))):
                continue
            events = list(self._understood(group, hits))
            if not events:
                continue
            if meant and left <= 0:
                self.remarks.append(Remark(group[0].line, "the file repeats too much: the event was not followed"))
                continue
            taken = occurrences(events, self.span)
            self.occurrences += [occurrence for occurrence in taken.occurrences if occurrence.event.line in hits]
            if meant:
                left -= taken.steps
                self.remarks += taken.remarks
        self._count(hits)

    def read_busy_lists(self) -> None:
        """Read what the lists of busy times say."""
        for block in self.blocks.lists:
            head = self.heads[block.calendar] if block.calendar >= 0 else None
            try:
                periods, remarks = busy_periods(block, self.zones, head.zone if head else self.tz)
            except Broken as error:
                self.remarks.append(error.remark)
                continue
            self.remarks += remarks
            for start, end in periods:
                if self.span.touches(start, end):
                    begins, ends = (moment(day, self.tz).astimezone(self.tz) for day in (start, end))
                    self.busy.append(Entry(begins, ends, block.uid, "", block.line, None, free=False))
        busy_only = Remark(None, f"{plural(NO_APPOINTMENTS[BUSY_LIST], len(self.blocks.lists))}: passed over")
        self.remarks = [remark for remark in self.remarks if remark != busy_only]

    def _hits(self, groups: Iterable[Sequence[Block]], skip: bool) -> set[int]:
        """Return the lines of the events that contain the text in question: all where there is none.

        A change of a series that has no title holds only what changed: it is meant where its series is.
        """
        if not self.match:
            return {block.line for block in self.blocks.events}
        match = " ".join(plain_letters(self.match).split())
        part = shortcut.certain_part(match)
        near = [block for block in self.blocks.events if not skip or shortcut.may_match(block, part)]
        hits = {block.line for block in near if any(contains(text, match) for text in texts(block))}
        for group in groups:
            if len(group) > 1 and any(block.line in hits for block in group):
                hits |= {block.line for block in group if not texts(block)[0].strip()}
        return hits

    def _understood(self, group: Sequence[Block], hits: Collection[int]) -> Iterator[Event]:
        for block in group:
            head = self.heads[block.calendar] if block.calendar >= 0 else None
            floating: tzinfo = head.zone if head else self.tz
            try:
                event = parse_event(block, self.zones, floating, head.method if head else "", head.own if head else ())
            except Broken as error:
                if block.line in hits:
                    self.remarks.append(error.remark)
                continue
            if event.method not in CHANGES_NOTHING:
                yield event
            elif block.line in hits and (event.without_start or self.span.touches(event.start, event.end)):
                why = f"is a proposal or an answer (METHOD:{event.method}): it changes nothing"
                self.remarks.append(Remark(block.line, why))

    def _count(self, hits: Collection[int]) -> None:
        """Say how many of what is in the file are no appointments, or not those that are meant, and what they are."""
        for name, count in sorted(self.blocks.others.items()):
            what = NO_APPOINTMENTS.get(name, f"{excerpt(name)} component")
            self.remarks.append(Remark(None, f"{plural(what, count)}: passed over"))
        others = [block for block in self.blocks.events if block.line not in hits]
        if others:
            without = f'{plural("event", len(others))} without "{self.match}" in title, description or location'
            self.remarks.append(Remark(None, f"{without}{named_first(texts(block)[0] for block in others)}"))

    def entry(self, occurrence: Occurrence) -> Entry:
        """Return an occurrence as an entry in the zone of the days."""
        event = occurrence.event
        start, end = (
            moment.astimezone(self.tz) if isinstance(moment, datetime) else moment
            for moment in (occurrence.start, occurrence.end)
        )
        return Entry(start, end, event.uid, event.title, event.line, event.status, event.free)


class _Head:
    """Hold what a calendar says for all its events."""

    def __init__(self, calendar: Calendar, zones: Zones, number: int) -> None:
        self.remarks: list[Remark] = []
        head: dict[str, Line] = {}
        for first, text in calendar.head:
            for line in lines(text, first - 1, _HEAD):
                if isinstance(line, Remark):
                    self.remarks.append(line)
                else:
                    head.setdefault(line.name, line)
        self.method = head["METHOD"].value.upper() if "METHOD" in head else ""
        self.own = {
            head[name].value.lower().removeprefix("mailto:")
            for name in ("X-WR-CALNAME", "X-OWNER")
            if name in head and "@" in head[name].value
        }
        """The addresses of whose calendar it is; Google calls a person's own calendar by it."""
        self.zone: tzinfo = zones.own
        named = head.get("X-WR-TIMEZONE") or head.get("TIMEZONE-ID") or head.get("TZ")
        if named is not None and named.value:
            of_calendar = zones.of_standard_time if named.name == "TZ" else zones.find
            self.zone, remark = of_calendar(named.value, number)
            self.remarks += [Remark(named.number, remark)] if remark else []
        for name in ("VERSION", "PRODID"):
            if name not in head:
                self.remarks.append(Remark(None, f"the calendar has no {name}: read all the same"))


def _by_uid(events: Iterable[Block]) -> list[list[Block]]:
    """Return events that belong together; those without a UID belong to no other."""
    groups: dict[str, list[Block]] = {}
    for number, block in enumerate(events):
        groups.setdefault(block.uid or f"\n{number}", []).append(block)
    return list(groups.values())


def named_first(titles: Iterable[str]) -> str:
    """Return the first few titles of what is counted, as ` ("Massage", "Pilates" and others)`; of none nothing."""
    named = list(dict.fromkeys(excerpt(title) for title in islice(titles, MOST_LOOKED_AT) if title.strip()))
    more = " and others" if len(named) > MOST_NAMED else ""
    return f" ({', '.join(named[:MOST_NAMED])}{more})" if named else ""


def plural(what: str, count: int) -> str:
    """Return how many there are of something: `1 entry`, `2 entries`."""
    if count == 1:
        return f"1 {what}"
    return f"{count:,} {what[:-1]}ies" if what.endswith("y") else f"{count:,} {what}s"
