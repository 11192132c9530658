"""Calendar events, understood: from the lines of one event to its times, its recurrence and its texts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from planner.appointments.booked import Remark
from planner.calendars.plain_text import is_called_off
from planner.calendars.read.blocks import Block
from planner.calendars.read.invitation import DECLINED, INVITED, is_declined
from planner.calendars.read.lines import Broken, Line, Properties, excerpt
from planner.calendars.read.times import (
    Duration,
    Time,
    duration_of,
    end_after,
    midnight_in,
    moment,
    night_end,
    second_pass,
    time_of,
)
from planner.calendars.read.zones import Zones

WHOLE_DAYS = ("X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT", "X-FUNAMBOL-ALLDAY")
"""Outlook and others write whole days as midnights, and say so here."""
WANTED = frozenset({
    "DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SUMMARY", "STATUS",
    "TRANSP", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "X-MICROSOFT-CDO-BUSYSTATUS", "METHOD", "ATTENDEE", "ORGANIZER",
    "FREEBUSY", INVITED, *WHOLE_DAYS,
})  # fmt: skip
CANCEL = "CANCEL"
CANCELLED = "CANCELLED"
CHANGES_NOTHING = frozenset({"COUNTER", "DECLINECOUNTER", "REPLY", "REFRESH"})
"""Proposals, answers and questions: only what the organizer sends then would change an event (RFC 5546, 3.2)."""
_BUSY = frozenset({"BUSY", "OOF", "TENTATIVE"})
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
    sequence: int | None
    stamps: tuple[str, str]
    """When it was written (DTSTAMP) and changed (LAST-MODIFIED), in UTC; empty where that is not said."""
    method: str
    """What the calendar around it asks for, or the event itself: CANCEL, PUBLISH; empty where neither says."""
    without_start: bool
    """It cancels all that has its UID, whenever that is: `start` says nothing."""
    recurrence_id: Time | None
    this_and_future: bool
    rules: tuple[Line, ...]
    more: tuple[Time | tuple[Time, Time], ...]
    """The RDATEs; a pair is a start and an end."""
    without: tuple[Time, ...]
    """The EXDATEs."""
    unless: tuple[Line, ...]
    """The EXRULEs, which RFC 2445 had and old programs still write."""
    remarks: tuple[Remark, ...]
    lasts: Duration | None = None  # where it says so in place of its end

    @property
    def repeats(self) -> bool:
        """Whether it says more than one occurrence of itself."""
        return bool(self.rules or self.more or self.without)


MOST_DATES = 5000


def parse_event(block: Block, zones: Zones, floating: tzinfo, method: str = "", own: Collection[str] = ()) -> Event:
    """Return the event of a block.

    Args:
        block: its lines.
        zones: the zones that the file knows.
        floating: the zone of times that have none.
        method: what the calendar around it asks for; CANCEL cancels what it holds.
        own: the addresses of the person whose calendar it is, in small letters.

    Raises:
        Broken: it has no start, or says its recurrence in a way that cannot be read.

    """
    return _EventReader(block, zones, floating).event(method, own)


def busy_periods(block: Block, zones: Zones, floating: tzinfo) -> tuple[list[tuple[Time, Time]], list[Remark]]:
    """Return the periods in which a list of busy times (VFREEBUSY) says that one is busy, and remarks."""
    reader = _EventReader(block, zones, floating)
    busy = [line for line in reader.properties.get("FREEBUSY", ()) if line.params.get("FBTYPE", "").upper() != "FREE"]
    reader.properties["FREEBUSY"] = busy
    periods = []
    for period in reader.listed_times("FREEBUSY", floating):
        if isinstance(period, tuple):
            periods.append(period)
        else:
            reader.remarks.append(Remark(block.line, f"a busy time at {period} does not say its end: left out"))
    return periods, reader.remarks


class _EventReader(Properties):
    """Read one event, and note what is odd about it."""

    def __init__(self, block: Block, zones: Zones, floating: tzinfo) -> None:
        super().__init__(block.text, block.line, WANTED)
        self.block = block
        self.zones = zones
        self.floating = floating
        self.lasts: Duration | None = None

    def event(self, method: str, own: Collection[str]) -> Event:
        """Return the event."""
        method = self.word("METHOD") or method
        identity = self.first("RECURRENCE-ID")
        self._note_what_does_not_count(identity)
        cancels = CANCEL in {method, (self.word("STATUS") or "")[: len(CANCEL)]}
        without_start = (cancels or method in CHANGES_NOTHING) and "DTSTART" not in self.properties
        start, zone = self._start() if not without_start else self._start_of_cancelled(identity)
        title = self.first("SUMMARY")
        free = self._free()
        return Event(
            line=self.block.line,
            uid=self.block.uid,
            start=start,
            end=start if without_start and isinstance(start, datetime) else self._end(start, zone),
            zone=zone,
            title=title.text if title else "",
            status=CANCELLED if method == CANCEL else self._status(title, free, own),
            free=free,
            sequence=self.number("SEQUENCE"),
            stamps=(self._stamp("DTSTAMP"), self._stamp("LAST-MODIFIED")),
            method=method,
            without_start=without_start and identity is None,
            recurrence_id=None if identity is None else self._of_series(identity, zone),
            this_and_future=identity is not None and identity.params.get("RANGE", "").upper() == "THISANDFUTURE",
            rules=tuple(line for line in self.properties.get("RRULE", ()) if line.value),
            more=tuple(self.listed_times("RDATE", zone)),
            without=tuple(day for day in self.listed_times("EXDATE", zone) if not isinstance(day, tuple)),
            unless=tuple(line for line in self.properties.get("EXRULE", ()) if line.value),
            remarks=tuple(dict.fromkeys(self.remarks)),
            lasts=self.lasts,
        )

    def _note_what_does_not_count(self, identity: Line | None) -> None:
        """Note what says a second time when the event is, and what it would change besides one occurrence."""
        for name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
            for line in self.properties.get(name, ())[1:]:
                if line[:3] != self.properties[name][0][:3]:
                    self.remarks.append(Remark(line.number, f"is a second {name} of the event: the first one counts"))
        if identity is not None and identity.params.get("RANGE", "").upper() == "THISANDPRIOR":
            remark = "RANGE=THISANDPRIOR is not followed: what comes before this occurrence stays as it was"
            self.remarks.append(Remark(identity.number, remark))

    def _status(self, title: Line | None, free: bool, own: Collection[str]) -> str | None:
        """Return the status: cancelled however it is spelt, declined where the person will not come."""
        status = self.word("STATUS")
        if status is not None and status.startswith(CANCEL):  # however it is spelt
            return CANCELLED
        if title is not None and is_called_off(title.text):
            why = "taken as cancelled" if free else "its time is not free, so it counts"
            self.remarks.append(Remark(title.number, f"is called cancelled: {why}"))
            return CANCELLED if free else status
        return DECLINED if is_declined(self, own) else status

    def _free(self) -> bool:
        """Return whether the calendar shows the time as free: Outlook's word comes before the other one."""
        busy_status, transparency = self.word("X-MICROSOFT-CDO-BUSYSTATUS"), self.word("TRANSP") or ""
        # vCalendar 1.0 had numbers: 0 is busy, whatever is above it is not.
        transparent = transparency == "TRANSPARENT" or transparency.lstrip("0").isdecimal()
        return busy_status == "FREE" or (transparent and busy_status not in _BUSY)

    def _clock(self, zone: tzinfo) -> tzinfo:
        """Return the zone of what says none beside a time in a zone: UTC is nobody's clock."""
        return self.floating if zone is UTC else zone

    def _stamp(self, name: str) -> str:
        word = self.word(name)
        try:
            return f"{moment(time_of(word, UTC), UTC):%Y%m%dT%H%M%S}" if word else ""
        except ValueError:
            return ""

    def _start_of_cancelled(self, identity: Line | None) -> tuple[Time, tzinfo]:
        """Return the start of an event that is cancelled without saying when: that of the occurrence that is named."""
        if identity is None:
            return date.min, self.floating
        start = self._of_series(identity, self.floating)
        return start, (start.tzinfo if isinstance(start, datetime) else None) or self.floating

    def _start(self) -> tuple[Time, tzinfo]:
        line = self.first("DTSTART")
        if line is None:
            raise Broken(self.block.line, "the event has no start (DTSTART)")
        try:
            start = self._time(line, line.value)
        except ValueError as error:
            raise Broken(line.number, f"the event's start {excerpt(line.value)} {error}") from error
        zone = start.tzinfo if isinstance(start, datetime) and start.tzinfo else self.floating
        if isinstance(start, datetime) and self._by_midnights():
            # Midnight by the clock of the zone, or else as it is written: some write the date as one in UTC.
            for clock in (self._clock(zone), zone):
                shown_as = start.astimezone(clock)
                if shown_as.time() == time():
                    return shown_as.date(), clock
        return start, zone

    def _end(self, start: Time, zone: tzinfo) -> Time:
        end = self._said_end(start, zone)
        if end is None:
            return start if isinstance(start, datetime) else start + _DAY
        if isinstance(start, datetime):
            if not isinstance(end, datetime):
                end = midnight_in(end, self._clock(zone))
            return end if end >= start else self._later_end(start, end)
        if isinstance(end, datetime) and self._by_midnights():
            end = end.astimezone(zone)
        last = end.date() if isinstance(end, datetime) else end
        if isinstance(end, datetime) and end.time() != time():
            last += _DAY
        if last <= start:
            self._remark("DTEND", "is a whole day and ends before the next one: taken as one day")
            return start + _DAY
        return last

    def _by_midnights(self) -> bool:
        """Return whether its midnights are meant as whole days."""
        return any(self.word(name) in {"TRUE", "1"} for name in WHOLE_DAYS)

    def _later_end(self, start: datetime, end: datetime) -> datetime:
        """Return the end of what ends before it begins: that of a night shift is on the next day."""
        again = second_pass(start, end)
        if again is not None:
            self.lasts = Duration(0, again.astimezone(UTC) - start.astimezone(UTC))
            return again
        on_next_day = night_end(start, end)
        if on_next_day is not None:
            self._remark("DTEND", "ends before it begins: taken to end a day later")
            return on_next_day
        self._remark("DTEND", "ends before it begins: taken as one moment")
        return start

    def _said_end(self, start: Time, zone: tzinfo) -> Time | None:
        """Return the end that is given, be it as a time or as a duration."""
        line = self.first("DTEND")
        if line is not None:
            try:
                end = self._time(line, line.value, self._clock(zone))
            except ValueError as error:
                self.remarks.append(Remark(line.number, f"the end {excerpt(line.value)} {error}: taken as not given"))
            else:
                # Where it ends as it begins, a length says more.
                if end != start or "DURATION" not in self.properties:
                    return self._not_before(start, end, line)
        line = self.first("DURATION")
        if line is None:
            return None
        try:
            lasts = duration_of(line.value)
            end = end_after(start, lasts, zone)
        except (ValueError, OverflowError):
            remark = f"the duration {excerpt(line.value)} cannot be: taken as not given"
            self.remarks.append(Remark(line.number, remark))
            return None
        self.lasts = lasts
        return end

    def _not_before(self, start: Time, end: Time, line: Line) -> Time:
        """Return the end of what begins in UTC: in UTC too where it has no zone and were too early in any other."""
        if isinstance(start, datetime) and isinstance(end, datetime) and start.tzinfo is UTC and end < start:
            in_utc = self._time(line, line.value, UTC)
            return in_utc if isinstance(in_utc, datetime) and in_utc >= start else end
        return end

    def _remark(self, name: str, why: str) -> None:
        line = self.first(name) or self.first("DURATION")
        self.remarks.append(Remark(line.number if line else self.block.line, why))

    def _of_series(self, line: Line, zone: tzinfo) -> Time:
        try:
            return self._time(line, line.value, self._clock(zone))
        except ValueError as error:
            raise Broken(line.number, f"the RECURRENCE-ID {excerpt(line.value)} {error}") from error

    def listed_times(self, name: str, zone: tzinfo) -> Iterator[Time | tuple[Time, Time]]:
        """Yield the dates and times of a list; what cannot be read is left out, and said."""
        if sum(line.raw.count(",") + 1 for line in self.properties.get(name, ())) > MOST_DATES:
            raise Broken(self.block.line, f"the event lists more than {MOST_DATES:,} dates ({name})")
        for line in self.properties.get(name, ()):
            # vCalendar 1.0 has semicolons in its lists.
            for value in filter(None, (part.strip() for part in line.value.replace(";", ",").split(","))):
                try:
                    yield self._period(line, value, zone) if "/" in value else self._time(line, value, zone)
                except (ValueError, OverflowError) as error:
                    self.remarks.append(Remark(line.number, f"{name} {excerpt(value)} {error}: left out"))

    def _period(self, line: Line, value: str, zone: tzinfo) -> tuple[Time, Time]:
        begins, _, ends = value.partition("/")
        start = self._time(line, begins, zone)
        if ends.upper().startswith(("P", "+P", "-P")):
            return start, end_after(start, duration_of(ends), zone)
        end = self._time(line, ends, zone)
        if moment(end, zone) < moment(start, zone):
            self.remarks.append(Remark(line.number, f"{excerpt(value)} ends before it begins: taken as one moment"))
            return start, start
        return start, end

    def _time(self, line: Line, value: str, zone: tzinfo | None = None) -> Time:
        """Return a date or an aware time; `zone` is that of a time that says none, or one that nobody knows."""
        only_date = line.params.get("VALUE", "").upper() == "DATE"
        if "TZID" not in line.params or value.upper().endswith("Z"):
            return time_of(value, zone or self.floating, only_date=only_date)
        clock = self._clock(zone or self.floating)
        timezone, remark = self.zones.find(line.params["TZID"], self.block.calendar, clock)
        if remark is not None:
            self.remarks.append(Remark(line.number, remark))
        return time_of(value, timezone, only_date=only_date)
