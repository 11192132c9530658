"""Calendars on record: what is read out of four hundred drawn calendar files, line by line.

Each is put together of what the bug reports are made of: odd zones, whole days as midnights, exceptions, changes and
cancellations of series, versions, invitations, lists of busy times, encodings, damage. Whether what is read is *right*
the other tests of calendars say, rule by rule; here nothing changes unseen. `python -m tests.recorded_calendars` writes
them anew into `tests/golden/calendars.txt`, `python -m tests.recorded_calendars 7` shows a file and what is read there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from planner.calendars.read.occurrences import Entry, NoCalendar, read_events
from tests.ics_files import NEW_YORK, event

FILE = Path(__file__).parent / "golden" / "calendars.txt"
NUMBERS = range(400)
FIRST, LAST = date(2026, 10, 20), date(2026, 12, 10)
ZONES = (
    "America/New_York", "Europe/Berlin", "europe/paris", "Eastern Standard Time", "GMT+0100",
    "(UTC-05:00) Bogota, Lima", "/vendor/2026/Asia/Tokyo", "tzone://Microsoft/Utc", "Ours", "Nobody's", "UTC+5:45",
    "Central Time (US & Canada)",
)  # fmt: skip
OURS = (
    "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:{year}1025T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
    "RRULE:FREQ=YEARLY;{autumn}\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:{year}0329T020000\nTZOFFSETFROM:+0100\n"
    "TZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;{spring}\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
)
SEASONS = (
    ("BYMONTH=10;BYDAY=-1SU", "BYMONTH=3;BYDAY=-1SU"), ("BYMONTH=10;BYDAY=SU;BYSETPOS=-1", "BYMONTH=03;BYDAY=+4SU"),
    ("BYMONTH=10;BYMONTHDAY=25,26,27,28,29,30,31;BYDAY=SU", "BYMONTH=3;BYDAY=-1SU;UNTIL=20300101T000000Z"),
)  # fmt: skip
RULES = (
    "FREQ=DAILY;COUNT=4", "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=5", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO;COUNT=6",
    "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYDAY=-1FR", "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD",
    "FREQ=WEEKLY;UNTIL=20261201", "FREQ=WEEKLY;UNTIL=20261124T143000Z", "FREQ=DAILY;INTERVAL=3;UNTIL=99991231T235959Z",
    "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "FREQ=HOURLY;INTERVAL=6;COUNT=5", "FREQ=DAILY;BYHOUR=9,15;BYDAY=MO;COUNT=6",
    "FREQ=SECONDLY", "FREQ=WEEKLY;BYDAY=XX", "COUNT=3", "FREQ=MONTHLY;SKIP=FORWARD",
)  # fmt: skip
TITLES = (
    "Needling", "dry\u00a0needling\\, calf", "Canceled: needling", "Massage", "K\u00e4lte", "", "needling (abgesagt)",
    "Ca\u0301lf needl\n ing", "Team; needling", "RE: Needling",
)  # fmt: skip
MORE = (
    "STATUS:CANCELLED", "STATUS:CANCELED", "STATUS:TENTATIVE", "METHOD:CANCEL", "METHOD:COUNTER", "METHOD:ADD",
    "TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:FREE", "X-MICROSOFT-CDO-BUSYSTATUS:OOF\nTRANSP:TRANSPARENT",
    "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE", "SEQUENCE:2", "SEQUENCE:1\nDTSTAMP:20261101T000000Z",
    "DTSTAMP:20261103T000000Z",
    "DTSTAMP:20261102T010000\nLAST-MODIFIED:20261104T000000Z", "ATTENDEE;PARTSTAT=DECLINED:mailto:Me@example.org",
    "ORGANIZER:mailto:a@example.org\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.org\nATTENDEE;PARTSTAT=DECLINED:mailto:x@y.z",
    "X-MOZ-INVITED-ATTENDEE:mailto:x@y.z\nATTENDEE;PARTSTAT=DECLINED:mailto:x@y.z\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.c",
    "junk", "DTSTART:never", "LOCATION:Needling room", "EXDATE:soon",
    "DESCRIPTION;ENCODING=QUOTED-PRINTABLE:nee=64ling", "BEGIN:VALARM\nDTSTART:20260101\nSUMMARY:needling\nEND:VALARM",
    "SEQUENCE:x", "X-EMPTY:", "DESCRIPTION:;:\\;needling",
)  # fmt: skip
HEADS = (
    "",
    "METHOD:CANCEL\n",
    "METHOD:REPLY\n",
    "X-WR-TIMEZONE:Europe/Berlin\n",
    "X-WR-CALNAME:me@example.org\n",
    "METHOD:PUBLISH\n",
)
MATCHES = (None, None, "needling", "DRY NEEDLING", "kalte", "Team; needling", "room")


class Drawn:
    """Draw a calendar file by number: the same one on every machine and with every version of Python."""

    def __init__(self, number: int) -> None:
        self.chance = Random(number)  # noqa: S311 (a file, no secret)
        self.match = self.chance.choice(MATCHES)
        self.content = self._content()

    def maybe(self, one_in: int) -> bool:
        """Return whether something that holds for so many is true of this file."""
        return self.chance.randrange(one_in) == 0

    def _content(self) -> bytes:
        chance = self.chance
        text = "".join(self._calendar() for _ in range(chance.choice((1, 1, 1, 2))))
        if self.maybe(12):
            text = text.replace("END:VEVENT\n", "", 1)
        if self.maybe(12):
            text = text.replace("BEGIN:VEVENT", "begin : vevent", 1)
        text = text.replace("\n", chance.choice(("\n", "\r\n", "\r\n", "\r", "\r\r\n")))
        encoding = chance.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"))
        content = text.encode(encoding, "replace")
        return content.replace(b"calf", b"c\xe4lf", 1) if self.maybe(15) else content

    def _calendar(self) -> str:
        chance = self.chance
        autumn, spring = chance.choice(SEASONS)
        zone = (
            OURS.format(year=chance.choice((1601, 1996, 2020)), autumn=autumn, spring=spring) if self.maybe(2) else ""
        )
        events = [self._event() for _ in range(chance.randrange(2, 6))]
        busy = "BEGIN:VFREEBUSY\nUID:busy\nFREEBUSY:20261124T090000Z/PT2H,20261125T090000Z/20261125T100000Z\n"
        busy += "FREEBUSY;FBTYPE=FREE:20261126T090000Z/PT2H\nEND:VFREEBUSY\n"
        others = [busy] if self.maybe(5) else ["BEGIN:VTODO\nSUMMARY:needling\nEND:VTODO\n"] if self.maybe(5) else []
        head = chance.choice(("VERSION:2.0\nPRODID:-//Test//EN\n", "VERSION:2.0\n")) + chance.choice(HEADS)
        return f"BEGIN:VCALENDAR\n{head}{zone}{''.join(events)}{''.join(others)}END:VCALENDAR\n"

    def _written(self, when: datetime, zone: str | None) -> str:
        """Return a time, in the zone that it is written in: the local time there is never mind."""
        if zone == "DATE":
            return self.chance.choice((f";VALUE=DATE:{when:%Y%m%d}", f":{when:%Y%m%d}"))
        if zone == "UTC":
            return f":{when:%Y%m%dT%H%M%S}Z"
        quoted = zone and (f'"{zone}"' if not zone.replace("/", "").replace("_", "").isalnum() else zone)
        return f";TZID={quoted}:{when:%Y%m%dT%H%M%S}" if zone else f":{when:%Y%m%dT%H%M%S}"

    def _event(self) -> str:
        chance = self.chance
        clock = chance.choice(((0, 0), (1, 30), (9, 30), (14, 30), (23, 45)))
        start = datetime(2026, 10, 20, *clock, tzinfo=UTC) + timedelta(days=chance.randrange(45))
        zone = chance.choice(("UTC", "UTC", "DATE", None, *chance.sample(ZONES, 3)))
        lines = [] if self.maybe(25) else [f"DTSTART{self._written(start, zone)}"]
        minutes = chance.choice((None, -60, -23 * 60, 0, 45, 45, 1440, 2880))
        if minutes is not None and self.maybe(2):
            lines.append(f"DTEND{self._written(start + timedelta(minutes=minutes), zone)}")
        elif minutes is not None and minutes >= 0:
            lines.append(f"DURATION:{chance.choice((f'PT{minutes}M', 'P1D', 'P1DT2H', 'PT', '-PT5M'))}")
        near = start + timedelta(days=chance.choice((0, 2, 7)))
        kind = chance.randrange(6)
        if kind < 2:
            lines.append(f"RRULE:{chance.choice(RULES)}")
        if kind in {1, 2}:
            lines.append(
                f"{chance.choice(('EXDATE', 'RDATE'))}{self._written(near, chance.choice((zone, 'UTC', 'DATE')))}"
            )
        elif kind == 3:
            named = self._written(near, chance.choice((zone, "UTC", "DATE")))
            lines.append(f"RECURRENCE-ID{chance.choice(('', '', ';RANGE=THISANDFUTURE'))}{named}")
        elif kind == 4 and self.maybe(2):
            period = f"{near:%Y%m%dT%H%M%S}Z/{chance.choice(('PT2H', f'{near:%Y%m%d}T235900Z', '20200101T000000Z'))}"
            lines.append(f"RDATE;VALUE=PERIOD:{period}")
        if self.maybe(10):
            lines.append("EXRULE:FREQ=WEEKLY;INTERVAL=2")
        lines.append(f"SUMMARY:{chance.choice(TITLES)}")
        lines += chance.sample(MORE, chance.randrange(3))
        chance.shuffle(lines)
        return event("\n".join(lines), chance.choice(("one", "two", "two", "three", None)))


def _said(one: Entry) -> str:
    busy = "free" if one.free else "busy"
    return f"{one.start} to {one.end} {one.title!r} of {one.uid!r} in line {one.line}, {one.status}, {busy}"


def lines_read(number: int) -> Iterator[str]:
    """Yield what is read in a file, line by line: what takes place, and what is said of the rest."""
    drawn = Drawn(number)
    try:
        reading = read_events(drawn.content, NEW_YORK, FIRST, LAST, drawn.match, busy_lists=True)
    except NoCalendar as error:
        yield str(error)
        return
    yield from map(_said, reading.events)
    yield from (f"line {one.line}: {one.why}" for one in reading.passed_over)


def main() -> int:
    """Write all that is read anew, or show one file and what is read there."""
    if sys.argv[1:]:
        number = int(sys.argv[1])
        shown = Drawn(number).content.decode("utf-8", "replace")
        sys.stdout.write(shown.replace("\r\n", "\n") + "\n".join(lines_read(number)) + "\n")
        return 0
    texts = [f"== {number}\n" + "".join(f"{line}\n" for line in lines_read(number)) for number in NUMBERS]
    FILE.write_text("".join(texts), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
