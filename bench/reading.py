"""A calendar of ten years: finding the few events that match, against the libraries that read all of it.

Both do the same work to the end: the appointments whose title, description or location contains a text, within the
days that a plan looks at, as pairs of moments. The results must be equal, or nothing is reported.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import median

import recurring_ical_events
from icalendar import Calendar

from bench.timing import alternate, milliseconds, table
from planner.calendars.read.occurrences import read_events
from planner.clock import zone
from planner.scheduling.task import days_to_read

EVENTS = 10_000
MATCH = "needling"
START = date(2026, 11, 23)
TITLES = (
    "Team meeting",
    "Lunch with Ana",
    "Dentist",
    "1:1",
    "School run",
    "Flight to Lisbon",
    "Yoga",
    "Review\\; budget",
)
KINDS = {"singles": 0.0, "with series": 0.02}
"""What share of the events are series, most of them over."""


def ten_years(series: float, seed: int = 1) -> bytes:
    """Return a calendar of ten years, as calendar programs export it: every 200th event is an appointment."""
    random = Random(seed)  # noqa: S311 (a calendar, no secret)
    begin = datetime(2017, 1, 1)  # noqa: DTZ001 (a local time)
    parts = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Bench//EN", "X-WR-TIMEZONE:America/New_York"]
    for number in range(EVENTS):
        start = begin + timedelta(days=random.randrange(3652), minutes=15 * random.randrange(28, 76))
        end = start + timedelta(minutes=random.choice([30, 45, 60, 90]))
        appointment = number % 200 == 0
        title = "Dry needling\\, calf" if appointment else random.choice(TITLES)
        parts += [
            "BEGIN:VEVENT",
            f"DTSTART;TZID=America/New_York:{start:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=America/New_York:{end:%Y%m%dT%H%M%S}",
        ]
        if random.random() < series:
            until = start + timedelta(days=random.randrange(30, 400))
            parts.append(f"RRULE:FREQ=WEEKLY;UNTIL={until:%Y%m%dT%H%M%S}Z")
        parts += [
            "DTSTAMP:20261120T080000Z",
            f"UID:{number}-{random.randrange(10**12)}@bench.example",
            "CREATED:20170101T080000Z",
            f"DESCRIPTION:Agenda {random.randrange(10**6)} and what was said the last time we met, in so",
            f"  many words that the line had to be folded; room {random.randrange(100)}",
            f"LOCATION:Building {random.randrange(9)}\\, floor {random.randrange(9)}",
            "SEQUENCE:0",
            "STATUS:CONFIRMED",
            f"SUMMARY:{title}",
            "TRANSP:OPAQUE",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "DESCRIPTION:Reminder",
            "TRIGGER:-P0DT0H10M0S",
            "END:VALARM",
            "END:VEVENT",
        ]
    return "\r\n".join([*parts, "END:VCALENDAR", ""]).encode()


Moments = list[tuple[datetime, datetime, str]]


def ours(content: bytes, *, skip: bool = True) -> Moments:
    """Return the appointments, as `planner` reads them."""
    tz = zone("America/New_York")
    assert tz is not None
    first, last = days_to_read(START)
    found = read_events(content, tz, first, last, MATCH, skip=skip).events
    return sorted((_moment(one.start), _moment(one.end), one.uid) for one in found)


def theirs(content: bytes) -> Moments:
    """Return the appointments, as icalendar and recurring-ical-events read them."""
    tz = zone("America/New_York")
    assert tz is not None
    first, last = days_to_read(START)
    begin = datetime.combine(first, datetime.min.time(), tzinfo=tz)
    end = datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=tz)
    events = recurring_ical_events.of(Calendar.from_ical(content)).between(begin, end)
    return sorted(
        (_moment(event["DTSTART"].dt), _moment(event["DTEND"].dt), str(event["UID"]))
        for event in events
        if any(MATCH in str(event.get(name, "")).casefold() for name in ("SUMMARY", "DESCRIPTION", "LOCATION"))
    )


def _moment(when: date) -> datetime:
    assert isinstance(when, datetime)
    return when.astimezone(UTC)


def report(rounds: int = 5) -> str:
    """Measure both in turns, on calendars without series and with some."""
    rows = []
    for name, share in KINDS.items():
        content = ten_years(share)
        found = ours(content)
        assert found == theirs(content) == ours(content, skip=False)
        measured = alternate(
            {
                "ours": lambda content=content: milliseconds(lambda: ours(content)),  # type: ignore[misc] # bound now
                "plain": lambda content=content: milliseconds(lambda: ours(content, skip=False)),  # type: ignore[misc]
                "theirs": lambda content=content: milliseconds(lambda: theirs(content)),  # type: ignore[misc] # as above
            },
            rounds,
        )
        ms = {key: median(times) for key, times in measured.items()}
        rows.append(
            [
                name,
                f"{len(content) / 1e6:.1f}",
                str(len(found)),
                f"{ms['ours']:,.0f}",
                f"{ms['plain']:,.0f}",
                f"{ms['theirs']:,.0f}",
                f"1 : {ms['theirs'] / ms['ours']:.1f}",
            ]
        )
    head = [
        f"{EVENTS:,} events",
        "MB",
        "found",
        "ours, ms",
        "without skipping, ms",
        "libraries, ms",
        "ours : libraries",
    ]
    return f"## Reading a calendar of ten years\n\n{table(head, rows)}"


if __name__ == "__main__":
    print(report())
