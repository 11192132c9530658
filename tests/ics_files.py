"""Calendar files for tests: small ones from their lines, those that stand in `tests/calendars`, and random ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from planner.calendars.read.occurrences import Entry, Reading, read_events

FILES = Path(__file__).parent / "calendars"
NEW_YORK = ZoneInfo("America/New_York")
FIRST, LAST = date(2026, 11, 1), date(2026, 12, 31)
"""The days that most tests ask for."""
HEAD = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//EN\n"
TAIL = "END:VCALENDAR\n"
NEEDLING = "SUMMARY:Needling\nDTSTART:20261124T143000Z\nDTEND:20261124T151500Z"
"""The lines of an event: 09:30 to 10:15 in New York."""


def event(lines: str, uid: str | None = "one") -> str:
    """Return an event of some lines."""
    named = "" if uid is None else f"UID:{uid}\n"
    return f"BEGIN:VEVENT\n{named}{lines}\nEND:VEVENT\n"


def calendar(*events: str, head: str = HEAD) -> bytes:
    """Return a calendar file that holds some components."""
    return "".join([head, *events, TAIL]).encode()


def read(
    content: bytes,
    first: date = FIRST,
    last: date = LAST,
    match: str | None = None,
    tz: ZoneInfo = NEW_YORK,
    *,
    skip: bool = True,
) -> Reading:
    """Return what takes place in a calendar file, in two months of New York."""
    return read_events(content, tz, first, last, match, skip=skip)


def times(reading: Reading) -> list[str]:
    """Return when each event takes place: `11-24 09:30-10:15`, `11-24 all day`; dates name the last day too."""
    return [_time(one) for one in reading.events]


def _time(one: Entry) -> str:
    if isinstance(one.start, datetime) and isinstance(one.end, datetime):
        end = one.end.strftime("%H:%M" if one.end.date() == one.start.date() else "%m-%d %H:%M")
        return f"{one.start:%m-%d %H:%M}-{end}"
    last = one.end - timedelta(days=1)
    return f"{one.start:%m-%d} all day" if one.start == last else f"{one.start:%m-%d} to {last:%m-%d}"


def start_of(one: Entry) -> datetime:
    """Return when an event begins that is none of whole days."""
    assert isinstance(one.start, datetime)
    return one.start


def whys(reading: Reading) -> list[str]:
    """Return what was passed over, with its line: `5: is no date`."""
    return [why if line is None else f"{line}: {why}" for line, why in reading.passed_over]


ZONES = ("TZID=America/New_York", "TZID=Europe/Berlin", "TZID=Eastern Standard Time", "TZID=Nowhere", "")
WORDS = ("Needling", "needling, calf", "Team; meeting", "Fu\u00dfpflege", "NEEDLING \\n left", "a\\b", "\U0001f3c3", "")


def _written(moment: datetime, zone: str) -> str:
    if zone == "UTC":
        return f":{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f";{zone}:{moment:%Y%m%dT%H%M%S}" if zone else f":{moment:%Y%m%dT%H%M%S}"


PARTS = {
    "BYMONTH": st.integers(1, 12), "BYWEEKNO": st.integers(-53, 53), "BYYEARDAY": st.integers(-366, 366),
    "BYMONTHDAY": st.integers(-31, 31), "BYHOUR": st.integers(0, 23), "BYMINUTE": st.integers(0, 59),
    "BYSECOND": st.integers(0, 59), "BYSETPOS": st.integers(-20, 20),
    "BYDAY": st.builds("{}{}".format, st.sampled_from(["", "", "1", "-1", "+2"]), st.sampled_from(["MO", "WE", "SU"])),
    "WKST": st.sampled_from(["MO", "SU"]), "INTERVAL": st.integers(1, 40), "COUNT": st.integers(1, 300),
    "UNTIL": st.sampled_from(["20261125T093000Z", "20261201", "20300101T000000", "20100101T000000Z"]),
    "SKIP": st.sampled_from(["OMIT", "BACKWARD", "FORWARD"]),
}  # fmt: skip
"""What a recurrence may be made of, values that mean nothing among them."""
ALONE = {"WKST", "INTERVAL", "COUNT", "UNTIL", "SKIP"}


@st.composite
def recurrences(draw: st.DrawFn, frequencies: Sequence[str]) -> str:
    """Draw a recurrence of any parts that the grammar has (RFC 5545, 3.3.10; RFC 7529)."""
    names = draw(st.lists(st.sampled_from(sorted(PARTS)), max_size=4, unique=True))
    drawn = [draw(st.lists(PARTS[name], min_size=1, max_size=1 if name in ALONE else 3)) for name in names]
    parts = [f"{name}={','.join(map(str, values))}" for name, values in zip(names, drawn, strict=True)]
    return ";".join([f"FREQ={draw(st.sampled_from(frequencies))}", *parts])


@st.composite
def events(draw: st.DrawFn) -> str:
    """Draw an event: single or a series, a change of an occurrence, of whole days or not, with and without an end."""
    day = date(2026, 11, 24) + timedelta(days=draw(st.integers(-70, 70)))
    clock = draw(st.sampled_from([(0, 0), (1, 30), (2, 30), (9, 30), (23, 45)]))
    zone = draw(st.sampled_from(("UTC", *ZONES)))
    start = datetime(day.year, day.month, day.day, *clock, tzinfo=UTC)
    whole = draw(st.integers(0, 3)) == 0
    lines = [f"DTSTART;VALUE=DATE:{day:%Y%m%d}" if whole else f"DTSTART{_written(start, zone)}"]
    length = draw(st.sampled_from([None, -60, 0, 45, 1440, 3000]))
    if length is not None and draw(st.booleans()):
        end = start + timedelta(minutes=length)
        lines.append(f"DTEND;VALUE=DATE:{end:%Y%m%d}" if whole else f"DTEND{_written(end, zone)}")
    elif length is not None and length >= 0:
        lines.append(f"DURATION:PT{length}M")
    rule = draw(
        st.sampled_from(["", "", "", "DAILY;COUNT=5", "WEEKLY;BYDAY=TU,TH", "MONTHLY;BYMONTHDAY=31", "DAILY;X"])
    )
    if rule:
        often = draw(recurrences(["WEEKLY", "MONTHLY", "YEARLY"])) if rule.endswith("X") else f"FREQ={rule}"
        lines.append(f"RRULE:{often}")
        excluded = start + timedelta(days=7)
        lines += draw(
            st.sampled_from([[], [f"EXDATE{_written(excluded, zone)}"], [f"RDATE{_written(excluded, 'UTC')}"]])
        )
    elif draw(st.integers(0, 4)) == 0:
        lines.append(f"RECURRENCE-ID{_written(start, zone)}")
    for name in ("SUMMARY", "DESCRIPTION", "LOCATION"):
        if draw(st.booleans()):
            lines.append(f"{name}:{_escaped(draw(st.sampled_from(WORDS)))}")
    lines += draw(
        st.sampled_from(
            [[], ["STATUS:CANCELLED"], ["SEQUENCE:2"], ["TRANSP:TRANSPARENT"], ["junk"], ["DTEND:soon"], ["dtstart:x"]]
        )
    )
    uid = draw(st.sampled_from(["one", "two", "three", None, None, None]))
    alarm = "\nBEGIN:VALARM\nUID:alarm\nSUMMARY:needling\nEND:VALARM" if draw(st.integers(0, 4)) == 0 else ""
    return event("\n".join(draw(st.permutations(lines))) + alarm, uid)


def _escaped(text: str) -> str:
    return text.replace(",", "\\,").replace(";", "\\;")


def folded(content: bytes, width: int) -> bytes:
    """Return a file with its long lines folded after so many bytes, if need be within a character."""
    lines = []
    for line in content.split(b"\n"):
        parts = [line[:width], *(line[place : place + width - 1] for place in range(width, len(line), width - 1))]
        lines.append(b"\r\n ".join(parts))
    return b"\r\n".join(lines)
