"""Calendar files are read as they come: what public reports of other programs' bugs have in them."""

from __future__ import annotations

from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest

from planner.calendars.read.times import moment
from tests.ics_files import HEAD, NEEDLING, calendar, event, read, times, whys

pytestmark = pytest.mark.once

BERLIN = ZoneInfo("Europe/Berlin")
NINE_THIRTY = ["11-24 09:30-10:15"]
IN_BERLIN = "DTSTART;TZID=Europe/Berlin:20261124T153000"
"""09:30 in New York."""


@pytest.mark.parametrize(
    ("first", "second"), [("1763971200", "1764057600"), ("9", "10"), ("0", "99999999999999999999")]
)
def test_the_higher_version_holds_however_high_it_is(first: str, second: str) -> None:
    """Some programs count versions by the seconds since 1970 (RFC 5546, 2.1.4)."""
    later = NEEDLING.replace("24T", "25T")
    content = calendar(event(f"{NEEDLING}\nSEQUENCE:{first}"), event(f"{later}\nSEQUENCE:{second}"))
    assert ["11-25 09:30-10:15"] == times(read(content))


def test_an_empty_property_says_nothing() -> None:
    """Neither when, nor how often, nor of which series."""
    names = "DTEND RRULE EXDATE RDATE RECURRENCE-ID STATUS TRANSP SEQUENCE ATTENDEE X-MICROSOFT-CDO-BUSYSTATUS DTSTART"
    reading = read(calendar(event("\n".join(f"{name}:" for name in names.split()) + f"\n{NEEDLING}")))
    assert (NINE_THIRTY, []) == (times(reading), whys(reading))
    lost = read(calendar(event("DTSTART:")))
    assert ([], ["4: the event has no start (DTSTART)"]) == (times(lost), whys(lost))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (f"{IN_BERLIN}\nDTEND:20261124T161500", "11-24 09:30-10:15"),
        (f"{IN_BERLIN}\nDTEND;TZID=Nobody's:20261124T161500", "11-24 09:30-10:15"),
        (f"{IN_BERLIN}\nDTEND:20261124T151500Z", "11-24 09:30-10:15"),
        ("DTSTART:20261124T143000Z\nDTEND:20261124T101500", "11-24 09:30-10:15"),
        # 09:00 in New York is after 09:00 in UTC, and 08:59 is not before its start there.
        ("DTSTART:20261124T140000Z\nDTEND:20261124T090000", "11-24 09:00-09:00"),
        ("DTSTART:20261124T030000Z\nDTEND:20261124T031500", "11-23 22:00-11-24 03:15"),
    ],
)
def test_an_end_without_a_zone_is_by_the_clock_of_its_start(lines: str, expected: str) -> None:
    """RFC 5545, 3.8.2.2; UTC is nobody's clock, so beside it the zone of the calendar comes first."""
    assert [expected] == times(read(calendar(event(lines))))


@pytest.mark.parametrize(
    "start",
    [
        "DTSTART:TZID=Europe/Berlin:20261124T153000",
        "dtstart:tzid=W. Europe Standard Time:20261124T153000",
        "DTSTART:VALUE=DATE-TIME;TZID=Europe/Berlin:20261124T153000",
        "DTSTART;TZID=Europe/Berlin;20261124T153000",
        "DTSTART;20261124T143000Z ",
        "DTSTART;20261124T1430Z",
    ],
)
def test_one_sign_for_the_other_between_a_parameter_and_its_value_is_read(start: str) -> None:
    """A colon for a semicolon, or a semicolon for the colon."""
    reading = read(calendar(event(f"{start}\nDURATION:PT45M")))
    assert (NINE_THIRTY, []) == (times(reading), whys(reading))


def test_a_text_that_looks_like_a_parameter_stays_as_it_is() -> None:
    """Only a date follows a parameter that stands behind a colon."""
    when = NEEDLING.partition("\n")[2]
    for title in ("VALUE=1: needling", "TZID=x", "VALUE=DATE:2026", "valued; 20261124"):
        assert [title] == [one.title for one in read(calendar(event(f"SUMMARY:{title}\n{when}"))).events]
    for odd in ("X-A;202611240", "X-B;2026-11-24"):
        assert [f'9: is no line of a calendar: "{odd}"'] == whys(read(calendar(event(f"{NEEDLING}\n{odd}"))))


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("DTEND:20261124T091500", "11-24 09:30-10:15"),
        ("DTEND:20261124T101500", "11-24 09:30-10:15"),
        ("DTEND:20261124T063000", "11-24 09:30-09:30"),
        ("DTEND;VALUE=DATE:20261125", "11-24 09:30-11-25 00:00"),
    ],
)
def test_an_end_that_lost_its_z_is_in_utc_where_it_were_too_early_elsewhere(end: str, expected: str) -> None:
    """09:15 in Berlin is before 08:30 in UTC, and 09:15 in UTC is not."""
    assert [expected] == times(read(calendar(event(f"DTSTART:20261124T083000Z\n{end}")), tz=BERLIN))


def test_a_shift_that_ends_in_the_second_pass_of_an_hour_ends_after_its_start() -> None:
    """From 01:30 to 01:15, while the clock goes back, are 45 minutes; in a series it lasts as long on other nights."""
    night = "DTSTART;TZID=America/New_York:20261101T013000\nDTEND;TZID=America/New_York:20261101T011500"
    reading = read(calendar(event(night)))
    lengths = [moment(one.end, UTC).timestamp() - moment(one.start, UTC).timestamp() for one in reading.events]
    assert ([45 * 60], []) == (lengths, whys(reading))
    series = read(calendar(event(f"{night}\nRRULE:FREQ=DAILY;COUNT=2")))
    assert ["11-01 01:30-01:15", "11-02 01:30-02:15"] == times(series)
    other_night = read(calendar(event(night.replace("1101T", "1103T"))))
    assert ["11-03 01:30-01:30"] == times(other_night)


@pytest.mark.parametrize("tz", ["America/New_York", "Europe/Berlin", "Pacific/Auckland"])
@pytest.mark.parametrize("name", ["EXDATE", "STATUS:CANCELLED\nDTSTART;VALUE=DATE:20261201\nRECURRENCE-ID"])
def test_a_day_of_a_series_of_whole_days_may_be_named_by_its_midnight_in_utc(name: str, tz: str) -> None:
    """Wherever one is: some programs write a date as one in UTC."""
    series = "DTSTART;VALUE=DATE:20261124\nRRULE:FREQ=WEEKLY;COUNT=3"
    named = f"\n{name}:20261201T000000Z"
    content = calendar(event(series + named) if name == "EXDATE" else event(series) + event(named.strip()))
    reading = read(content, last=date(2026, 12, 20), tz=ZoneInfo(tz))
    assert ["11-24 all day", "12-08 all day"] == [
        when for when, one in zip(times(reading), reading.events, strict=True) if one.status is None
    ]


@pytest.mark.parametrize("tzid", ["Nobody's", "(no TZ description)", '""'])
def test_what_names_an_occurrence_in_a_zone_that_nobody_knows_is_by_the_clock_of_its_series(tzid: str) -> None:
    """There is no better guess, and it is said."""
    lines = f"{IN_BERLIN}\nDURATION:PT45M\nRRULE:FREQ=WEEKLY;COUNT=2\nEXDATE;TZID={tzid}:20261201T153000"
    reading = read(calendar(event(lines)))
    assert NINE_THIRTY == times(reading)
    assert ["taken as Europe/Berlin" in why for why in whys(reading)] == [True]


OBSERVANCE = "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nEND:STANDARD"
EMPTY = "BEGIN:VTIMEZONE\nTZID:Clinic\nEND:VTIMEZONE\n"


def zone(*observances: str, tzid: str = "Clinic", end: str = "END:VTIMEZONE\n") -> str:
    """Return the definition of a zone."""
    lines = "\n".join(observances)
    return f"BEGIN:VTIMEZONE\nTZID:{tzid}\n{lines}\n{end}"


@pytest.mark.parametrize(
    ("named", "taken"), [("Europe/Berlin", "Europe/Berlin"), ("Clinic", "the one that the file defines")]
)
def test_a_zone_that_nobody_knows_is_that_of_the_calendar_where_it_has_one(named: str, taken: str) -> None:
    """As for times without any zone (5, 7)."""
    lines = event("DTSTART;TZID=Nobody's:20261124T153000\nDURATION:PT45M")
    reading = read(calendar(lines, zone(OBSERVANCE), head=f"{HEAD}X-WR-TIMEZONE:{named}\n"))
    expected = f'7: the time zone "Nobody\'s" is not known: taken as {taken}'
    assert (NINE_THIRTY, [expected]) == (times(reading), whys(reading))


@pytest.mark.parametrize(
    ("definition", "tzid"),
    [
        (zone(OBSERVANCE, end=""), "Clinic"),
        (EMPTY + zone(OBSERVANCE), "Clinic"),
        (zone(OBSERVANCE) + EMPTY, "Clinic"),
        (EMPTY.replace("END", "X-LIC-LOCATION:Europe/Berlin\nEND") + zone(OBSERVANCE.replace("+01", "+02")), "Clinic"),
        (zone(OBSERVANCE), '"Clinic;VALUE=DATE-TIME"'),
        (zone(OBSERVANCE), "'Clinic'"),
        (zone(OBSERVANCE.replace("FROM:+0100", "FROM:+5328")), "Clinic"),
        (zone(OBSERVANCE.replace("+0100", "+100")), "Clinic"),
        (zone(OBSERVANCE.replace("+0100", "0100")), "Clinic"),
        (zone(OBSERVANCE.replace("TZOFFSETTO", "RDATE:\nTZOFFSETTO")), "Clinic"),
    ],
)
def test_a_definition_with_a_fault_still_defines(definition: str, tzid: str) -> None:
    """What is missing or odd in it does not change what it says of today."""
    reading = read(calendar(definition, event(f"DTSTART;TZID={tzid}:20261124T153000\nDURATION:PT45M")))
    assert (NINE_THIRTY, []) == (times(reading), whys(reading))


@pytest.mark.parametrize(("tzid", "zone_taken"), [("Germany/Berlin", "Europe/Berlin"), ("DE/Berlin", "Europe/Berlin")])
def test_a_zone_may_be_named_by_its_town_in_a_country(tzid: str, zone_taken: str) -> None:
    """It is a guess, and said."""
    reading = read(calendar(event(f"DTSTART;TZID={tzid}:20261124T153000\nDURATION:PT45M")))
    expected = [f'6: the time zone "{tzid}" is taken as {zone_taken}']
    assert (NINE_THIRTY, expected) == (times(reading), whys(reading))
