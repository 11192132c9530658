"""Calendar events, understood: from the lines of one event to its times, its recurrence and its texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from planner.appointments.booked import Remark
from planner.calendars.read.blocks import Block
from planner.calendars.read.lines import Line, lines, shown
from planner.calendars.read.times import Time, duration_of, longer, midnight_in, moment, time_of
from planner.calendars.read.zones import Zones

WANTED = frozenset({
    "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SUMMARY", "STATUS", "TRANSP",
    "SEQUENCE", "DTSTAMP", "X-MICROSOFT-CDO-BUSYSTATUS",
})  # fmt: skip
_DAY = timedelta(days=1)


class Event(NamedTuple):
    """Hold one event as it stands in a calendar: a single one, a series, or a change of one occurrence of a series."""

    line: int
    uid: str
    start: Time
    end: Time
    zone: tzinfo
    """The zone of its start, in which a series keeps its time by the clock."""
    title: str
    status: str | None
    free: bool
    sequence: int
    stamp: str
    recurrence_id: Time | None
    this_and_future: bool
    rules: tuple[Line, ...]
    more: tuple[Time | tuple[Time, Time], ...]
    """The RDATEs; a pair is a start and an end."""
    without: tuple[Time, ...]
    """The EXDATEs."""
    remarks: tuple[Remark, ...]

    @property
    def repeats(self) -> bool:
        """Whether it says more than one occurrence of itself."""
        return bool(self.rules or self.more or self.without)


MOST_DATES = 5000
_TEXTS = ("SUMMARY", "DESCRIPTION", "LOCATION")


def texts(block: Block) -> tuple[str, ...]:
    """Return the title, the description and the location of an event."""
    said: dict[str, str] = {}
    for line in lines(block.text, block.line, frozenset(_TEXTS)):
        if isinstance(line, Line):
            said.setdefault(line.name, line.text)
    return tuple(said.get(name, "") for name in _TEXTS)


class Broken(Exception):  # noqa: N818 (it is an event that is broken)
    """Say why an event cannot be used."""

    def __init__(self, line: int, why: str) -> None:
        self.remark = Remark(line, why)
        super().__init__(why)


def understood(block: Block, zones: Zones, floating: tzinfo, *, cancelled: bool = False) -> Event:
    """Return the event of a block.

    Args:
        block: its lines.
        zones: the zones that the file knows.
        floating: the zone of times that have none.
        cancelled: whether the calendar around it cancels what it holds (METHOD:CANCEL).

    Raises:
        Broken: it has no start, or says its recurrence in a way that cannot be read.

    """
    return _Reader(block, zones, floating).event(cancelled)


class _Reader:
    """Read one event, and note what is odd about it."""

    def __init__(self, block: Block, zones: Zones, floating: tzinfo) -> None:
        self.block = block
        self.zones = zones
        self.floating = floating
        self.remarks: list[Remark] = []
        self.said: dict[str, list[Line]] = {}
        for line in lines(block.text, block.line, WANTED):
            if isinstance(line, Remark):
                self.remarks.append(line)
            else:
                self.said.setdefault(line.name, []).append(line)

    def event(self, cancelled: bool) -> Event:
        """Return the event."""
        start, zone = self._start()
        identity = self._first("RECURRENCE-ID")
        busy_status = self._word("X-MICROSOFT-CDO-BUSYSTATUS")
        title = self._first("SUMMARY")
        return Event(
            line=self.block.line,
            uid=self.block.uid,
            start=start,
            end=self._end(start, zone),
            zone=zone,
            title=title.text if title else "",
            status="CANCELLED" if cancelled else self._word("STATUS"),
            free=self._word("TRANSP") == "TRANSPARENT" or busy_status == "FREE",
            sequence=self._number("SEQUENCE"),
            stamp=self._word("DTSTAMP") or "",
            recurrence_id=None if identity is None else self._of_series(identity, zone),
            this_and_future=identity is not None and identity.params.get("RANGE", "").upper() == "THISANDFUTURE",
            rules=tuple(line for line in self.said.get("RRULE", ()) if line.value),
            more=tuple(self._many("RDATE", zone)),
            without=tuple(each for each in self._many("EXDATE", zone) if not isinstance(each, tuple)),
            remarks=tuple(dict.fromkeys(self.remarks)),
        )

    def _clock(self, zone: tzinfo) -> tzinfo:
        """Return the zone of what says none beside a time in a zone: UTC is nobody's clock."""
        return self.floating if zone is UTC else zone

    def _first(self, name: str) -> Line | None:
        found = self.said.get(name)
        return found[0] if found else None

    def _word(self, name: str) -> str | None:
        line = self._first(name)
        return line.value.upper() if line is not None and line.value else None

    def _number(self, name: str) -> int:
        word = self._word(name)
        return int(word) if word is not None and re.fullmatch(r"[0-9]{1,9}", word) else -1

    def _start(self) -> tuple[Time, tzinfo]:
        line = self._first("DTSTART")
        if line is None:
            raise Broken(self.block.line, "the event has no start (DTSTART)")
        try:
            start = self._time(line, line.value)
        except ValueError as error:
            raise Broken(line.number, f"the event's start {shown(line.value)} {error}") from error
        zone = start.tzinfo if isinstance(start, datetime) and start.tzinfo else self.floating
        return start, zone

    def _end(self, start: Time, zone: tzinfo) -> Time:
        end = self._said_end(start, zone)
        if end is None:
            return start if isinstance(start, datetime) else start + _DAY
        if isinstance(start, datetime):
            if not isinstance(end, datetime):
                end = midnight_in(end, self._clock(zone))
            if end < start:
                self._remark("DTEND", "ends before it begins: taken as one moment")
                return start
            return end
        last = end.date() if isinstance(end, datetime) else end
        if isinstance(end, datetime) and end.time() != time():
            last += _DAY
        if last <= start:
            self._remark("DTEND", "is a whole day and ends before the next one: taken as one day")
            return start + _DAY
        return last

    def _said_end(self, start: Time, zone: tzinfo) -> Time | None:
        """Return the end that is given, be it as a time or as a duration."""
        line = self._first("DTEND")
        if line is not None:
            try:
                return self._time(line, line.value)
            except ValueError as error:
                self.remarks.append(Remark(line.number, f"the end {shown(line.value)} {error}: taken as not given"))
        line = self._first("DURATION")
        if line is None or (line.value == "PT0S" and "DTEND" in self.said):
            return None
        try:
            return longer(start, duration_of(line.value), zone)
        except (ValueError, OverflowError):
            remark = f"the duration {shown(line.value)} cannot be: taken as not given"
            self.remarks.append(Remark(line.number, remark))
            return None

    def _remark(self, name: str, why: str) -> None:
        line = self._first(name) or self._first("DURATION")
        self.remarks.append(Remark(line.number if line else self.block.line, why))

    def _of_series(self, line: Line, zone: tzinfo) -> Time:
        try:
            return self._time(line, line.value, self._clock(zone))
        except ValueError as error:
            raise Broken(line.number, f"the RECURRENCE-ID {shown(line.value)} {error}") from error

    def _many(self, name: str, zone: tzinfo) -> Iterator[Time | tuple[Time, Time]]:
        """Yield the dates and times of a list; what cannot be read is left out, and said."""
        if sum(line.raw.count(",") + 1 for line in self.said.get(name, ())) > MOST_DATES:
            raise Broken(self.block.line, f"the event lists more than {MOST_DATES:,} dates ({name})")
        for line in self.said.get(name, ()):
            for value in filter(None, (part.strip() for part in line.value.split(","))):
                try:
                    yield self._period(line, value, zone) if "/" in value else self._time(line, value, zone)
                except (ValueError, OverflowError) as error:
                    self.remarks.append(Remark(line.number, f"{name} {shown(value)} {error}: left out"))

    def _period(self, line: Line, value: str, zone: tzinfo) -> tuple[Time, Time]:
        begins, _, ends = value.partition("/")
        start = self._time(line, begins, zone)
        if ends.upper().startswith(("P", "+P")):
            return start, longer(start, duration_of(ends), zone)
        return start, max(start, self._time(line, ends, zone), key=lambda each: moment(each, zone))

    def _time(self, line: Line, value: str, zone: tzinfo | None = None) -> Time:
        """Return a date or an aware time; `zone` is that of a time that says none."""
        only_date = line.params.get("VALUE", "").upper() == "DATE"
        if "TZID" not in line.params or value.upper().endswith("Z"):
            return time_of(value, zone or self.floating, only_date=only_date)
        found, remark = self.zones.find(line.params["TZID"])
        if remark is not None:
            self.remarks.append(Remark(line.number, remark))
        return time_of(value, found, only_date=only_date)
