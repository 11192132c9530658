"""Zones of calendar files: by their names, by what the file says of them, by what a name says itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from planner.calendars.read.zones import Zones
from planner.calendars.write.file import vtimezone
from tests.ics_files import HEAD, NEW_YORK, calendar, event, read, start_of, times, whys

pytestmark = pytest.mark.once

NINE_THIRTY = ["11-24 09:30-10:15"]
ZONE = """\
BEGIN:VTIMEZONE
TZID:Clinic
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:-0800
TZOFFSETTO:-0800
TZNAME:CLINIC
END:STANDARD
END:VTIMEZONE
"""


@pytest.mark.parametrize(
    ("tzid", "start"),
    [
        ("Europe/Berlin", "03:30"),
        ("/softwarestudio.org/Tzfile/Europe/Berlin", "03:30"),
        ("/freeassociation.sourceforge.net/America/Argentina/Ushuaia", "07:30"),
        # What somebody adds behind it, and what nobody sees.
        ("Europe/Berlin (CET)", "03:30"),
        ("Europe/Berlin\u200e", "03:30"),
        ("\ufeffEurope/Berlin", "03:30"),
        ("W. Europe Standard Time", "03:30"),
        ("w. europe standard time", "03:30"),
        ('"Europe/Berlin"', "03:30"),
        ("W. Europe Standard Time 1", "03:30"),
        ("Europe/Zürich", "03:30"),
        ("Clinic", "12:30"),
        ("CLINIC", "12:30"),
        ("US/Pacific", "12:30"),
        ("europe/berlin", "03:30"),
        ("America/New York", "09:30"),
        ("tzone://Microsoft/Utc", "04:30"),
        ('"tzone://Microsoft/Utc"', "04:30"),
        ("UTC", "04:30"),
        ("Z", "04:30"),
        ("GMT+0100", "03:30"),
        ("GMT+01:00", "03:30"),
        ("GMT+14", "14:30"),
        ("GMT-01:59", "06:29"),
        ("UTC-5", "09:30"),
        ("+01:00", "03:30"),
        ("(UTC+01:00)", "03:30"),
        ("Etc/GMT+5", "09:30"),
    ],
)
def test_a_zone_is_found_by_its_name(tzid: str, start: str) -> None:
    """An IANA name, the end of a longer one, the names of Windows, then what the file itself defines (5)."""
    lines = f"DTSTART;TZID={tzid}:20261124T093000\nDTEND;TZID={tzid}:20261124T101500"
    reading = read(calendar(ZONE, event(lines)))
    assert (start, []) == (f"{reading.events[0].start:%H:%M}", whys(reading))


@pytest.mark.parametrize(
    ("tzid", "taken"),
    [
        ("MEZ", "Europe/Berlin"),
        ("CET/CEST", "Europe/Berlin"),
        ("Mitteleuropäische Sommerzeit", "Europe/Berlin"),
        ("Heure normale d\u2019Europe centrale", "Europe/Berlin"),
        ("Greenwich Mean Time", "Europe/London"),
        ("Vienna", "Europe/Vienna"),
        # Where the person's own clock is called so, it is that one.
        ("EDT", "America/New_York"),
        ("PST", "America/Los_Angeles"),
    ],
)
def test_a_zone_that_is_named_in_words_or_in_short_is_a_guess_and_said(tzid: str, taken: str) -> None:
    """The same letters mean other zones elsewhere."""
    reading = read(calendar(event(f'SUMMARY:x\nDTSTART;TZID="{tzid}":20261124T093000\nDURATION:PT45M')))
    assert [f'7: the time zone "{tzid}" is taken as {taken}'] == whys(reading)
    assert reading.events[0].start == datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo(taken))


@pytest.mark.parametrize("where", ["before", "after"])
def test_a_zone_may_be_defined_before_or_after_its_events(where: str) -> None:
    """Evolution writes it after them (5)."""
    lines = event("DTSTART;TZID=Clinic:20261124T093000\nDURATION:PT45M")
    assert ["11-24 12:30-13:15"] == times(read(calendar(*([ZONE, lines] if where == "before" else [lines, ZONE]))))


@pytest.mark.parametrize(
    ("tzid", "remark"),
    [
        ("Nowhere", '7: the time zone "Nowhere" is not known: taken as America/New_York'),
        ("", "7: the time zone has no name: taken as America/New_York"),
        ("GMT+01:60", '7: the time zone "GMT+01:60" is not known: taken as America/New_York'),
        ("GMT+15", '7: the time zone "GMT+15" is not known: taken as America/New_York'),
        (
            "tzone://Microsoft/Custom",
            '7: the time zone "tzone://Microsoft/Custom" is not known: taken as America/New_York',
        ),
        ("../../etc/passwd", '7: the time zone "../../etc/passwd" is not known: taken as America/New_York'),
    ],
)
def test_a_zone_that_nobody_knows_is_the_persons_own(tzid: str, remark: str) -> None:
    """And it is said (5)."""
    reading = read(calendar(event(f"SUMMARY:x\nDTSTART;TZID={tzid}:20261124T093000\nDTEND:20261124T151500Z")))
    assert (NINE_THIRTY, [remark]) == (times(reading), whys(reading))


def test_a_zone_whose_definition_is_broken_is_the_persons_own() -> None:
    """A definition without offsets defines nothing."""
    broken = "\n".join(line for line in ZONE.split("\n") if "OFFSET" not in line)
    reading = read(calendar(broken, event("DTSTART;TZID=Clinic:20261124T093000\nDURATION:PT45M")))
    assert (NINE_THIRTY, ['13: the time zone "Clinic" is not known: taken as America/New_York']) == (
        times(reading),
        whys(reading),
    )


def test_a_known_name_is_believed_rather_than_what_the_file_says_of_it() -> None:
    """Definitions often begin after the events, or are wrong (6)."""
    wrong = ZONE.replace("Clinic", "Europe/Berlin")
    assert ["11-24 03:30-04:15"] == times(
        read(calendar(wrong, event("DTSTART;TZID=Europe/Berlin:20261124T093000\nDURATION:PT45M")))
    )


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", "09:30"),
        ("X-WR-TIMEZONE:Europe/Berlin\n", "03:30"),
        ("X-WR-TIMEZONE:W. Europe Standard Time\n", "03:30"),
        ("X-WR-TIMEZONE:Nowhere\n", "09:30"),
        ("TIMEZONE-ID:Europe/Berlin\n", "03:30"),
        ("TIMEZONE-ID:Asia/Tokyo\nX-WR-TIMEZONE:Europe/Berlin\n", "03:30"),
    ],
)
def test_a_time_without_a_zone_is_in_that_of_its_calendar(head: str, expected: str) -> None:
    """Else in the person's own (7)."""
    reading = read(calendar(event("DTSTART:20261124T093000\nDURATION:PT45M"), head=HEAD + head))
    assert expected == f"{reading.events[0].start:%H:%M}"


@pytest.mark.parametrize(
    ("head", "expected", "remark"),
    [
        ("TZ:-05\n", "07-14 09:30", None),
        ("TZ:-0500\nDAYLIGHT:TRUE;-04;20260308T020000;20261101T020000;EST;EDT\n", "07-14 09:30", None),
        ("TZ:+01\n", "07-14 04:30", "the calendar's times are taken at +01, in summer too"),
        ("TZ:soon\n", "07-14 09:30", 'the time zone "soon" is not known: taken as America/New_York'),
        ("TZ:\n", "07-14 09:30", None),
        ("TZ:+01\nX-WR-TIMEZONE:Europe/Berlin\n", "07-14 03:30", None),
    ],
)
def test_an_old_calendar_says_the_offset_of_its_standard_time(head: str, expected: str, remark: str | None) -> None:
    """TZ of vCalendar 1.0: where it is the person's own, their clock changes in summer; of any other nobody knows."""
    reading = read(calendar(event("DTSTART:20260714T093000\nDURATION:PT45M"), head=HEAD + head), date(2026, 7, 1))
    assert expected == f"{start_of(reading.events[0]):%m-%d %H:%M}"
    assert ([] if remark is None else [f"4: {remark}"]) == whys(reading)


@pytest.mark.parametrize(("zone", "expected"), [("Europe/London", "09:30"), ("Europe/Berlin", "11:30")])
def test_an_old_calendar_of_greenwich_is_that_of_london(zone: str, expected: str) -> None:
    """An offset of nothing is an offset; in July the clock of London is an hour ahead of it."""
    content = calendar(event("DTSTART:20260714T093000\nDURATION:PT45M"), head=f"{HEAD}TZ:+00\n")
    reading = read(content, date(2026, 7, 1), tz=ZoneInfo(zone))
    assert expected == f"{start_of(reading.events[0]):%H:%M}"


def test_a_zone_of_a_calendar_that_nobody_knows_is_said() -> None:
    """All its times without a zone hang on it."""
    reading = read(calendar(event("DTSTART:20261124T093000\nDURATION:PT45M"), head=f"{HEAD}X-WR-TIMEZONE:Nowhere\n"))
    expected = ['4: the time zone "Nowhere" is not known: taken as America/New_York']
    assert (NINE_THIRTY, expected) == (times(reading), whys(reading))


def test_the_towns_that_windows_lists_name_a_zone() -> None:
    """Summer time and all, and it is said: it is a guess."""
    tzid = "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"
    for day, start in (("20261124", "03:30"), ("20260701", "03:30")):
        lines = f'DTSTART;TZID="{tzid}":{day}T093000\nDURATION:PT45M'
        reading = read(calendar(event(lines)), date(2026, 6, 1), date(2026, 12, 31))
        assert start == f"{reading.events[0].start:%H:%M}"
        assert ["is taken as Europe/Amsterdam" in why for why in whys(reading)] == [True]


@pytest.mark.parametrize(
    ("tzid", "start", "zone"),
    [
        ("(UTC-08:00) Pacific Time (US & Canada)", "12:30", "America/Los_Angeles"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "09:30", "America/New_York"),
        ("Pacific Daylight Time", "12:30", "America/Los_Angeles"),
        ("(UTC) Dublin, Edinburgh, Lisbon, London", "04:30", "Europe/Dublin"),
        ("(GMT) Greenwich Mean Time : Lisbon, London", "04:30", "Europe/Lisbon"),
        ("GMT+0100 (CET)", "03:30", "UTC+01:00"),
        ("(UTC-08:00) Nowhere", "12:30", "UTC-08:00"),
    ],
)
def test_a_name_that_windows_shows_is_no_worse_than_its_offset(tzid: str, start: str, zone: str) -> None:
    """The names that it writes, said otherwise; towns; at the least the offset that stands there: each a guess."""
    reading = read(calendar(event(f'DTSTART;TZID="{tzid}":20261124T093000\nDURATION:PT45M')))
    (why,) = whys(reading)
    assert (start, True) == (f"{reading.events[0].start:%H:%M}", why.endswith(f"is taken as {zone}"))


def defined(summer: str, winter: str, more: str = "") -> str:
    """Return the definition of a zone like New York's, by how its clock changes are said."""
    return f"""\
BEGIN:VTIMEZONE
TZID:Clinic time
{more}BEGIN:STANDARD
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
{winter}
END:STANDARD
BEGIN:DAYLIGHT
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
{summer}
END:DAYLIGHT
END:VTIMEZONE
"""


SUNDAYS = (
    "DTSTART:16010101T020000\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3",
    "DTSTART:16010101T020000\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
)
FORMS = {
    "Outlook's": SUNDAYS,
    "the year 1": tuple(each.replace("16010101", "00010101") for each in SUNDAYS),
    "+2SU": tuple(each.replace("BYDAY=", "BYDAY=+") for each in SUNDAYS),
    "03": (SUNDAYS[0].replace("=3", "=03"), SUNDAYS[1]),
    "BYHOUR": tuple(f"{each};BYHOUR=2;BYMINUTE=0".replace("T020000", "T000000") for each in SUNDAYS),
    "BYSETPOS": (
        "DTSTART:20070311T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=SU;BYSETPOS=2",
        "DTSTART:20071104T020000\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=SU;BYSETPOS=1",
    ),
    "BYMONTHDAY": (
        "DTSTART:20070311T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=SU;BYMONTHDAY=8,9,10,11,12,13,14",
        "DTSTART:20071104T020000\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=SU;BYMONTHDAY=1,2,3,4,5,6,7",
    ),
    "MONTHLY": (
        "DTSTART:20070311T020000\nRRULE:FREQ=MONTHLY;INTERVAL=12;BYDAY=2SU",
        "DTSTART:20071104T020000\nRRULE:FREQ=MONTHLY;INTERVAL=12;BYDAY=1SU",
    ),
    "UNTIL": (
        f"{SUNDAYS[0]};UNTIL=20300310T070000Z",
        f"{SUNDAYS[1]};UNTIL=20301103T060000Z",
    ),
    "RDATE": (
        "DTSTART:20260308T020000\nRDATE:20260308T020000,20270314T020000",
        "DTSTART:20261101T020000\nRDATE:20261101T020000\nRDATE:20271107T020000",
    ),
    "folded": tuple(each.replace("BYDAY", "BY\n DAY") for each in SUNDAYS),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_zone_is_what_its_file_says_whatever_the_grammar_allows(form: str) -> None:
    """The clock shows what it does in New York, in every hour of two years around both changes."""
    found, remark = Zones([[defined(*FORMS[form])]], ZoneInfo("Asia/Tokyo")).find("Clinic time", 0)
    assert remark is None
    moment = datetime(2026, 3, 8, 8, tzinfo=UTC)
    while moment.year < 2028:
        local, right = moment.astimezone(found), moment.astimezone(NEW_YORK)
        assert (right.replace(tzinfo=None), right.utcoffset()) == (local.replace(tzinfo=None), local.utcoffset())
        assert moment == local.astimezone(UTC)
        moment += timedelta(hours=7)


@pytest.mark.parametrize("name", ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata"])
def test_what_planner_writes_of_a_zone_it_reads_back(name: str) -> None:
    """Local times that come twice, or never, too."""
    text = vtimezone("Own", ZoneInfo(name), 2026, 2028).to_ical().decode().replace("\r\n", "\n")
    found, _ = Zones([[text]], ZoneInfo("Asia/Tokyo")).find("Own", 0)
    zone = ZoneInfo(name)
    for half_hour in range(48 * 365):
        local = datetime(2027, 1, 1, 0, 15) + timedelta(minutes=30 * half_hour)
        for fold in (0, 1):
            assert (
                local.replace(fold=fold, tzinfo=zone).utcoffset() == local.replace(fold=fold, tzinfo=found).utcoffset()
            )


@pytest.mark.parametrize("more", ["X-LIC-LOCATION:Europe/Berlin\n", "TZID-ALIAS-OF:Europe/Berlin\n"])
def test_another_name_that_a_definition_gives_is_believed(more: str) -> None:
    """It is right for every year."""
    lines = event("DTSTART;TZID=Clinic time:20261124T093000\nDURATION:PT45M")
    assert ["11-24 03:30-04:15"] == times(read(calendar(defined(*SUNDAYS, more), lines)))
    known = defined(*SUNDAYS, "TZUNTIL:20281029T010000Z\nLAST-MODIFIED:20260101T000000Z\n")
    assert NINE_THIRTY == times(read(calendar(known, lines)))


def test_each_calendar_of_a_file_has_its_own_definitions() -> None:
    """Two that call different zones alike; one without a definition has that of the other."""
    other = defined(*SUNDAYS).replace("-0500", "-0600").replace("-0400", "-0500")
    lines = event("DTSTART;TZID=Clinic time:20261124T093000\nDURATION:PT45M", "{}")
    files = [calendar(defined(*SUNDAYS), lines.format(1)), calendar(other, lines.format(2)), calendar(lines.format(3))]
    assert ["11-24 09:30-10:15", "11-24 09:30-10:15", "11-24 10:30-11:15"] == times(read(b"".join(files)))


@pytest.mark.parametrize(
    "broken",
    [
        defined("DTSTART:soon", SUNDAYS[1]),
        defined("RRULE:FREQ=YEARLY", SUNDAYS[1]),
        defined("DTSTART:20260308T020000\nRRULE:FREQ=SECONDLY", SUNDAYS[1]),
        defined("DTSTART:20260308T020000\nRRULE:EVERY=YEAR", SUNDAYS[1]),
        defined(*SUNDAYS).replace("-0500", "-5"),
        defined(*SUNDAYS).replace("-0500", "-9900"),
    ],
)
def test_a_definition_that_cannot_be_followed_is_none(broken: str) -> None:
    """The zone is the person's own, and it is said."""
    reading = read(calendar(broken, event("DTSTART;TZID=Clinic time:20261124T093000\nDURATION:PT45M")))
    assert NINE_THIRTY == times(reading)
    assert ['the time zone "Clinic time" is not known' in why for why in whys(reading)] == [True]


def test_zones_that_take_too_long_to_follow_are_not_followed() -> None:
    """However many a file defines."""
    daily = "DTSTART:19700101T020000\nRRULE:FREQ=DAILY;BYMONTH=3"
    texts = [defined(daily, daily).replace("Clinic time", f"Z{number}") for number in range(50)]
    zones = Zones([texts], NEW_YORK)
    remarks = [zones.find(f"Z{number}", 0)[1] for number in range(50)]
    assert (None, False) == (remarks[0], remarks[-1] is None)
    assert sum(before is None and after is not None for before, after in pairwise(remarks)) == 1
