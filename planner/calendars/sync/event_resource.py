"""Single events: each event of a plan as a calendar of its own, as servers keep them, and what such a one means.

Servers and clients reorder properties, fold lines anew, drop a VTIMEZONE or name another zone: two events are compared
by what they mean to a person, never by their bytes.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from icalendar import Calendar, Event

from planner.calendars.properties import PLAN, SESSION, SLOT

FOLD = re.compile(rb"\r?\n[ \t]")
BLOCK = re.compile(rb"^BEGIN:(VTIMEZONE|VEVENT)\r\n.*?^END:\1\r\n", re.MULTILINE | re.DOTALL)
"""A zone or an event of our own file; a text cannot look like one, for only a line's beginning counts."""
KEPT = (b"VERSION:", b"PRODID:", b"CALSCALE:", PLAN.encode() + b":")
"""What of the plan's head goes with each event; its name and colour belong to the calendar as a whole."""
STAMPS = (b"DTSTAMP", b"CREATED", b"LAST-MODIFIED", b"SEQUENCE")
"""Properties that say when an event was written, and not what it is."""
_HELD = (b"STATUS:", b"TRANSP:", b"X-MICROSOFT-CDO-BUSYSTATUS:")
"""Properties that say whether an event takes place, and time."""
SEQUENCE = re.compile(rb"^SEQUENCE:(\d+)\r$", re.MULTILINE)


class Meaning(NamedTuple):
    """Say what an event means to a person: when it is, and its texts.

    `start` and `end` are moments in UTC, dates where it lasts all day, moments without zone where it names none, and
    None where they cannot be read.
    """

    start: date | None
    end: date | None
    title: str
    notes: str
    repeats: bool = False
    cancelled: bool = False

    def by_the_clock_of(self, zone: tzinfo | None) -> Meaning:
        """Return the same with times that name no zone as local ones (RFC 5545, 3.3.5): some phones drop the TZID."""
        if zone is None:
            return self
        start, end = (
            moment.replace(tzinfo=zone).astimezone(UTC)
            if isinstance(moment, datetime) and moment.tzinfo is None
            else moment
            for moment in (self.start, self.end)
        )
        return self._replace(start=start, end=end)

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """When it begins and ends, or None where it is no single stretch of time: all day, repeated, without zone."""
        if self.repeats or not isinstance(self.start, datetime) or not isinstance(self.end, datetime):
            return None
        if self.start.tzinfo is None or self.end.tzinfo is None or self.end <= self.start:
            return None
        return self.start, self.end

    @property
    def stretch(self) -> tuple[date, date] | None:
        """When it begins and ends, as moments or as days, or None where it is repeated or has no zone."""
        return self.span or self.days

    @property
    def days(self) -> tuple[date, date] | None:
        """The day on which it begins and the one after its last, or None where it does not last all day, or repeats."""
        if self.repeats or self.start is None or self.end is None:
            return None
        if isinstance(self.start, datetime) or isinstance(self.end, datetime):
            return None
        return self.start, max(self.end, self.start + timedelta(days=1))


NOTHING = Meaning(None, None, "", "")
"""What cannot be read means nothing."""


def split_events(content: bytes) -> dict[str, bytes]:
    """Return each event of a plan's calendar file as a calendar of its own, with its zone, by UID.

    The lines are the file's own. Cancelled events are left out: a calendar that can delete has no use for them.
    """
    blocks = list(BLOCK.finditer(content))
    if not blocks:
        return {}
    head = b"".join(line for line in content[: blocks[0].start()].splitlines(True) if line.startswith(KEPT))
    zones = b"".join(block[0] for block in blocks if block[1] == b"VTIMEZONE")
    by_uid: dict[str, bytes] = {}
    for event in (block[0] for block in blocks if block[1] == b"VEVENT"):
        lines = FOLD.sub(b"", event).splitlines()
        if b"STATUS:CANCELLED" in lines:
            continue
        (uid,) = (line.removeprefix(b"UID:").decode() for line in lines if line.startswith(b"UID:"))
        zone = zones if any(b";TZID=" in line.partition(b":")[0] for line in lines) else b""
        by_uid[uid] = b"BEGIN:VCALENDAR\r\n" + head + zone + event + b"END:VCALENDAR\r\n"
    return by_uid


def unfolded(content: bytes) -> bytes:
    """Return the lines of a calendar as they were before they were folded."""
    return FOLD.sub(b"", content)


def essence(content: bytes) -> tuple[bytes, ...]:
    """Return all that one of our own single events says, but for its stamps: equal for events that say the same."""
    text = FOLD.sub(b"", content[content.index(b"BEGIN:VEVENT") :])
    return tuple(line for line in text.splitlines() if not line.startswith(STAMPS))


def with_higher_sequence(content: bytes, above: int) -> bytes:
    """Return one of our own single events with a SEQUENCE above another one, for it must never fall."""
    return SEQUENCE.sub(lambda match: b"SEQUENCE:%d\r" % max(int(match[1]), above + 1), content, count=1)


def with_uid(content: bytes, old: str, new: str) -> bytes:
    """Return a calendar of ours in which the event of one UID has another one."""
    return content.replace(f"UID:{old}\r\n".encode(), f"UID:{new}\r\n".encode())


def cancelled(content: bytes) -> bytes:
    """Return a single event as its server keeps it, cancelled: for a server that does not let go of it."""
    lines = [line for line in re.split(rb"\r?\n", content) if not line.startswith(_HELD)]
    at = lines.index(b"BEGIN:VEVENT") + 1
    lines[at:at] = [b"STATUS:CANCELLED", b"TRANSP:TRANSPARENT", b"X-MICROSOFT-CDO-BUSYSTATUS:FREE"]
    return with_higher_sequence(b"\r\n".join(lines), sequence(content))


def sequence(content: bytes) -> int:
    """Return the SEQUENCE of a single event, 0 where it has none that can be read."""
    return _read(content).sequence


def identity(content: bytes) -> tuple[str, bool]:
    """Return the UID of a single event ("" where it has none), and whether it bears our mark."""
    return _read(content).uid, _read(content).marked


def is_session(content: bytes) -> bool:
    """Return whether a single event of ours shows a session of somebody else's plan."""
    return _read(content).of_coach


def meaning(content: bytes) -> Meaning:
    """Return what a single event means, `NOTHING` where it cannot be read."""
    return _read(content).meaning


def moment(value: date | None) -> datetime | None:
    """Return a time of an event as one that can be compared: a date, or a time without zone, as if in UTC."""
    if value is None:
        return None
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), UTC)
    return value if value.tzinfo is not None else value.replace(tzinfo=UTC)


class _Read(NamedTuple):
    meaning: Meaning = NOTHING
    uid: str = ""
    marked: bool = False
    sequence: int = 0
    of_coach: bool = False


@lru_cache(maxsize=4096)  # One sync asks a few times about each event, and parsing it is what takes the time.
def _read(content: bytes) -> _Read:
    event = _main_event(content)
    if event is None:
        return _Read()
    start, end = _times(event)
    meaning = Meaning(
        start=start,
        end=end,
        title=_text(event, "SUMMARY"),
        notes=_text(event, "DESCRIPTION"),
        repeats=any(name in event for name in ("RRULE", "RDATE", "RECURRENCE-ID")),
        cancelled=_text(event, "STATUS").upper() == "CANCELLED",
    )
    try:
        number = int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        number = 0
    return _Read(meaning, str(event.get("UID", "")), SLOT in event, number, SESSION in event)


def _main_event(content: bytes) -> Event | None:
    """Return the event of a single event's calendar, where it is a series the one that carries its rule."""
    try:
        events = Calendar.from_ical(content).walk("VEVENT")
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):  # What icalendar makes of broken lines.
        return None
    plain_events = [event for event in events if isinstance(event, Event)]
    return next(
        (event for event in plain_events if "RECURRENCE-ID" not in event), plain_events[0] if plain_events else None
    )


def _times(event: Event) -> tuple[date | None, date | None]:
    start, end, lasts = (_value(event, name) for name in ("DTSTART", "DTEND", "DURATION"))
    try:
        if end is None and isinstance(start, datetime):
            # An hour's run lasts an hour, whatever the clocks do meanwhile (RFC 5545, 3.3.6).
            start = start.astimezone(UTC) if start.tzinfo is not None else start
            end = start + lasts if isinstance(lasts, timedelta) else start
        elif end is None and isinstance(start, date):
            end = start + (lasts if isinstance(lasts, timedelta) else timedelta(days=1))
        return _in_utc(start), _in_utc(end)
    except OverflowError:
        return None, None


def _value(event: Event, name: str) -> object:
    try:
        return getattr(event.get(name), "dt", None)
    except ValueError:  # A broken property says so only when it is read.
        return None


def _in_utc(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo is not None else value
    return value if isinstance(value, date) else None


def _text(event: Event, name: str) -> str:
    """Return a text as a person sees it: line ends, outer blanks and blank line ends make no difference."""
    value = event.get(name, "")
    text = "\n".join(map(str, value)) if isinstance(value, list) else str(value)
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()
