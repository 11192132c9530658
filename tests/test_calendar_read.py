"""Calendar files are read: line ends, encodings, zones, whole days, ends; a broken event costs itself."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from planner.calendars.read.occurrences import NoCalendar, read_events
from tests.ics_files import (
    FIRST,
    HEAD,
    LAST,
    NEEDLING,
    NEW_YORK,
    TAIL,
    calendar,
    event,
    folded,
    read,
    times,
    whys,
)

ONE = calendar(event(NEEDLING))
NINE_THIRTY = ["11-24 09:30-10:15"]


@pytest.mark.parametrize(
    "content",
    [
        ONE,
        ONE.replace(b"\n", b"\r\n"),
        ONE.replace(b"\n", b"\r"),
        ONE.replace(b"\n", b"\r\r\n"),
        ONE.replace(b"\n", b"\r\n", 3),
        ONE.rstrip(b"\n"),
        b"\xef\xbb\xbf" + ONE,
        b"\xff\xfe" + ONE.decode().encode("utf-16-le"),
        ONE.replace(b"\nDT", b"\n\n\nDT"),
        folded(ONE, 16),
        ONE.replace(b"DTSTART:", b"DTSTART\n :"),
        ONE.replace(b"DTSTART:", b"DTSTART\n\t:"),
    ],
    ids=["LF", "CR LF", "CR", "CR CR LF", "mixed", "no last end", "BOM", "UTF-16", "blanks", "folded", "name", "tab"],
)
def test_lines_end_and_fold_in_every_way(content: bytes) -> None:
    """LF, CR LF, CR and mixtures, a byte order mark, and folds wherever they stand (1)."""
    assert NINE_THIRTY == times(read(content))
    assert read(content).events[0].title == "Needling"


@pytest.mark.parametrize("blanks", [" ", "    ", "\t"])
@pytest.mark.parametrize("deeper", [True, False])
def test_a_file_that_is_moved_in_as_a_whole_is_read_and_said(blanks: str, deeper: bool) -> None:
    """As a page shows it, each part further in or not; a line that goes on still does."""
    lines = calendar(event(f"{NEEDLING}\nLOCATION:Room\n two")).decode().splitlines()
    inner = blanks * 2 if deeper else blanks
    moved = [f"{inner if 'VCALENDAR' not in line else blanks}{line}" for line in lines]
    reading = read("\n".join(moved).encode(), match="room two")
    assert (NINE_THIRTY, ["is moved in by blanks: read all the same"]) == (times(reading), whys(reading))


def test_a_file_of_which_all_but_the_calendar_is_moved_in_is_read_and_said() -> None:
    """As templates write it."""
    lines = calendar(event(f"{NEEDLING}\nLOCATION:Room"), event(NEEDLING.replace("1124", "1125"), "two")).decode()
    moved = "\n".join(line if "VCALENDAR" in line else f"  {line}" for line in lines.splitlines())
    reading = read(moved.encode(), match="needling")
    expected = ["11-24 09:30-10:15", "11-25 09:30-10:15"], ["is moved in by blanks: read all the same"]
    assert expected == (times(reading), whys(reading))


def test_a_calendar_without_events_that_is_moved_in_is_one() -> None:
    """What is in it is counted."""
    lines = calendar("BEGIN:VTODO\nEND:VTODO\n").decode().splitlines()
    reading = read("\n".join(f"  {line}" for line in lines).encode())
    assert ["1 task: passed over", "is moved in by blanks: read all the same"] == sorted(whys(reading))


def test_zero_bytes_are_nothing() -> None:
    """Nobody sees them in a title, nor do they break a line."""
    damaged = ONE.replace(b"Need", b"Ne\0ed").replace(b"END:VEVENT", b"END:VEVENT\0")
    assert NINE_THIRTY == times(read(damaged, match="needling"))


def test_a_line_that_goes_on_with_a_begin_is_no_file_that_is_moved_in() -> None:
    """Only where no part of the file begins where it should."""
    reading = read(calendar(event(f"{NEEDLING}\nDESCRIPTION:as in\n BEGIN:VEVENT\n X:1")))
    assert (NINE_THIRTY, []) == (times(reading), whys(reading))


def test_parts_that_are_put_together_without_a_line_end_are_all_read() -> None:
    """The second calendar cancels what it holds, and the first one does not."""
    first, second = (calendar(event(NEEDLING.replace("1124", day), day)) for day in ("1124", "1125"))
    cancels = second.replace(b"VERSION:2.0", b"VERSION:2.0\nMETHOD:CANCEL")
    reading = read(first.rstrip() + cancels)
    assert [None, "CANCELLED"] == [one.status for one in reading.events]
    events = event(NEEDLING, "one").rstrip() + event(NEEDLING.replace("1124", "1125"), "two")
    assert ["11-24 09:30-10:15", "11-25 09:30-10:15"] == times(read(calendar(events)))
    zone = "BEGIN:VTIMEZONE\nTZID:Clinic\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETTO:+0100\nEND:STANDARD\n"
    zoned = event("DTSTART;TZID=Clinic:20261124T153000\nDURATION:PT45M").rstrip()
    last = read(calendar(f"{zone}END:VTIMEZONE{zoned}"))
    assert (NINE_THIRTY, []) == (times(last), whys(last))


def test_a_name_of_its_own_with_an_underscore_is_a_line() -> None:
    """Some programs write `X_ROOM:2`; what it says means nothing, and nothing is said of it."""
    assert [] == whys(read(calendar(event(f"{NEEDLING}\nX_ROOM:2"))))


def test_a_long_line_that_was_not_folded_is_read() -> None:
    """A description of 100,000 characters on one line (1)."""
    assert NINE_THIRTY == times(read(calendar(event(f"{NEEDLING}\nDESCRIPTION:{'x' * 100_000}"))))


@pytest.mark.parametrize("between", ["\n ", "\n\n ", "\r\n\r\n\t", "\n  \n"])
@pytest.mark.parametrize("match", [None, "needling calf"])
def test_a_line_goes_on_after_a_blank_one_and_by_a_blank_alone(between: str, match: str | None) -> None:
    """Some programs double every line end, and a fold may leave one blank to its line."""
    content = calendar(event(NEEDLING.replace("Needling", f"Needling{between} calf")))
    assert ["Needling calf"] == [one.title for one in read(content, match=match).events]


def test_a_fold_within_a_character_is_mended() -> None:
    """A program that folds after 75 bytes cuts characters in two: they are joined, and it is said."""
    content = folded(calendar(event(NEEDLING.replace("Needling", "123456Fu\u00df"))), 17)
    assert content.count(b"\xc3\r\n \x9f") == 1
    assert ("123456Fu\u00df", ["folds lines within characters: mended"]) == (
        read(content).events[0].title,
        whys(read(content)),
    )


@pytest.mark.parametrize(
    ("encoded", "title", "remark"),
    [
        ("Fu\u00df \u20ac5".encode("cp1252"), "Fu\u00df \u20ac5", "is not UTF-8: read as Windows-1252"),
        (b"Fu\xdf \x81", "Fu\u00df \x81", "is not UTF-8: read as Latin-1"),
        (
            "\u5bfe\u5fdc\u6cbb\u7642".encode()[:-1],
            "\u5bfe\u5fdc\u6cbb\ufffd",
            "is not quite UTF-8: what could not be read is shown as \ufffd",
        ),
    ],
    ids=["Windows-1252", "Latin-1", "damaged UTF-8"],
)
def test_what_is_not_utf_8_is_read_as_what_it_is(encoded: bytes, title: str, remark: str) -> None:
    """Text in the encodings of old programs, and text with a damaged byte; both say so (2)."""
    reading = read(ONE.replace(b"Needling", encoded))
    assert (title, [remark]) == (reading.events[0].title, whys(reading))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("before", ["", "\r\n", "  ", "\ufeff"])
def test_utf_16_and_utf_32_are_read_and_named(encoding: str, before: str) -> None:
    """With a mark, or with every other byte zero, or three of four (2)."""
    reading = read((before + ONE.decode().replace("Needling", "Fu\u00df")).encode(encoding))
    name = encoding[:6].upper() + ("" if before == "\ufeff" else " without saying so")
    assert ("Fu\u00df", [f"is {name}, not UTF-8: read as that"]) == (reading.events[0].title, whys(reading))


def test_several_calendars_in_one_file_are_all_read() -> None:
    """A mail program puts one after the other (3)."""
    other = calendar(event("DTSTART:20261125T143000Z\nDURATION:PT30M", "two"))
    assert ["11-24 09:30-10:15", "11-25 09:30-10:00"] == times(read(ONE + b"\n" + other))


@pytest.mark.parametrize(
    ("lines", "remark"),
    [
        ("SUMMARY:x", "10: the event has no start (DTSTART)"),
        ("DTSTART:soon", '12: the event\'s start "soon" is no date'),
        ("DTSTART:20261131", '12: the event\'s start "20261131" is no date of the calendar'),
        ("DTSTART:20261124T250000Z", '12: the event\'s start "20261124T250000Z" is no time of day'),
        ("DTSTART:99990101", '12: the event\'s start "99990101" is too far away'),
        ("DTSTART:20261124\nRECURRENCE-ID:now", '13: the RECURRENCE-ID "now" is no date'),
    ],
)  # fmt: skip
def test_a_broken_event_costs_itself_and_says_its_line(lines: str, remark: str) -> None:
    """The events before and after it are read (4)."""
    after = event("DTSTART:20261126T143000Z\nDURATION:PT30M", "three")
    reading = read(calendar(event(NEEDLING), event(lines, "two"), after))
    assert (["11-24 09:30-10:15", "11-26 09:30-10:00"], [remark]) == (times(reading), whys(reading))


def test_an_event_that_does_not_end_is_read_where_something_else_begins() -> None:
    """It is all there; where the file ends within it, nobody knows what is missing (4)."""
    open_event = "BEGIN:VEVENT\nDTSTART:20261125\n"
    for content in (calendar(open_event, event(NEEDLING)), calendar(event(NEEDLING), open_event)):
        line = 4 if content.index(b"20261125") < content.index(b"Needling") else 10
        assert ([*NINE_THIRTY, "11-25 all day"], [f"{line}: the event that begins here does not end"]) == (
            times(read(content)),
            whys(read(content)),
        )
    cut = read((HEAD + event(NEEDLING) + open_event).encode())
    assert (NINE_THIRTY, ["10: the event that begins here does not end"]) == (times(cut), whys(cut))
    late = read(calendar("END:VEVENT\n", event(NEEDLING)))
    assert (NINE_THIRTY, ["4: an event ends here that did not begin"]) == (times(late), whys(late))


def test_of_an_event_that_does_not_end_what_is_nested_and_open_is_lost() -> None:
    """Nobody knows where the alarm ends; what stands before it is the event's own."""
    open_alarm = "BEGIN:VEVENT\nDTSTART:20261125\nBEGIN:VALARM\nDURATION:P2D\n"
    assert [*NINE_THIRTY, "11-25 all day"] == times(read(calendar(open_alarm, event(NEEDLING))))


def test_a_file_that_is_folded_everywhere_is_read() -> None:
    """A line may be folded anywhere, also that in which something begins or ends; its number stays (RFC 5545, 3.1)."""
    lines = calendar(event(f"{NEEDLING}\nDURATION:long"), event("DTSTART:soon", "two")).decode().split("\n")
    for width in (5, 9, 14):
        parts = [[line[at : at + width] for at in range(0, len(line), width)] or [""] for line in lines]
        reading = read("\n".join("\n\t".join(part) for part in parts).encode())
        broken = 1 + sum(len(part) for part in parts[: lines.index("DTSTART:soon")])
        assert (NINE_THIRTY, [f'{broken}: the event\'s start "soon" is no date']) == (times(reading), whys(reading))


def test_a_line_that_is_none_costs_itself() -> None:
    """The event around it is read, and the line is named (4)."""
    reading = read(calendar(event(f"{NEEDLING}\nX\nwhat")))
    expected = ['9: is no line of a calendar: "X"', '10: is no line of a calendar: "what"']
    assert (NINE_THIRTY, expected) == (times(reading), whys(reading))


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_whole_day_is_that_date_wherever_one_is(zone: str) -> None:
    """It is a date and no midnight somewhere (8)."""
    content = calendar(event("DTSTART;VALUE=DATE:20261124"))
    assert ["11-24 all day"] == times(read(content, tz=ZoneInfo(zone)))


@pytest.mark.parametrize(
    ("lines", "expected", "remarks"),
    [
        ("DTSTART:20261124", "11-24 all day", []),
        ("DTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261125", "11-24 all day", []),
        ("DTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261126", "11-24 to 11-25", []),
        ("DTSTART;VALUE=DATE:20261124\nDURATION:P2D", "11-24 to 11-25", []),
        (
            "DTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261124",
            "11-24 all day",
            ["7: is a whole day and ends before the next one: taken as one day"],
        ),
        ("DTSTART;VALUE=DATE:20261124T000000Z", "11-24 all day", []),
    ],
)
def test_the_end_of_a_whole_day_is_the_day_after(lines: str, expected: str, remarks: list[str]) -> None:
    """The end is not included; without one it is one day (8)."""
    reading = read(calendar(event(lines)))
    assert ([expected], remarks) == (times(reading), whys(reading))


@pytest.mark.parametrize(
    ("lines", "expected", "remarks"),
    [
        ("DURATION:PT45M", "11-24 09:30-10:15", []),
        ("DURATION:P1DT1H", "11-24 09:30-11-25 10:30", []),
        ("DURATION:PT0S", "11-24 09:30-09:30", []),
        ("", "11-24 09:30-09:30", []),
        ("DTEND:20261124T143000Z", "11-24 09:30-09:30", []),
        ("DTEND:20261124T142900Z", "11-24 09:30-09:30", ["7: ends before it begins: taken as one moment"]),
        (
            "DTEND:20261124T063000Z",
            "11-24 09:30-11-25 01:30",
            ["7: ends before it begins: taken to end a day later"],
        ),
        ("DTEND:20261124T063100Z", "11-24 09:30-09:30", ["7: ends before it begins: taken as one moment"]),
        ("DTEND:20261122T150000Z", "11-24 09:30-09:30", ["7: ends before it begins: taken as one moment"]),
        ("DTEND:20261124T240000Z", "11-24 09:30-19:00", []),
        ("DTEND:20261124T150060Z", "11-24 09:30-10:00", []),
        ("DTEND:20261124T143000Z\nDURATION:PT45M", "11-24 09:30-10:15", []),
        ("DTEND:20261124T144500Z\nDURATION:PT45M", "11-24 09:30-09:45", []),
        ("DTEND:\nDURATION:PT45M", "11-24 09:30-10:15", []),
        ("DURATION:P45M", "11-24 09:30-10:15", []),
        ("DURATION:P2700S", "11-24 09:30-10:15", []),
        ("DURATION:PT1D", "11-24 09:30-11-25 09:30", []),
        ("DURATION:PT1H30", "11-24 09:30-09:30", ['7: the duration "PT1H30" cannot be: taken as not given']),
        ("DTEND:later", "11-24 09:30-09:30", ['7: the end "later" is no date: taken as not given']),
        ("DTEND:later\nDURATION:PT45M", "11-24 09:30-10:15", ['7: the end "later" is no date: taken as not given']),
        ("DURATION:-PT45M", "11-24 09:30-09:30", ['7: the duration "-PT45M" cannot be: taken as not given']),
        ("DURATION:long", "11-24 09:30-09:30", ['7: the duration "long" cannot be: taken as not given']),
        ("DTEND;VALUE=DATE:20261125", "11-24 09:30-11-25 00:00", []),
    ],
)
def test_an_end_is_given_or_follows_from_the_duration_or_is_the_start(
    lines: str, expected: str, remarks: list[str]
) -> None:
    """Without either the event is one moment; an end before the start never makes a negative time (9, 10)."""
    reading = read(calendar(event(f"DTSTART:20261124T143000Z\n{lines}")))
    assert ([expected], remarks) == (times(reading), whys(reading))


def test_an_event_in_the_hour_that_spring_skips_is_no_negative_time() -> None:
    """02:30 to 03:00 does not exist on that night: it is half an hour after the gap (10)."""
    lines = (
        "DTSTART;TZID=America/New_York:20270307T023000\nDTEND;TZID=America/New_York:20270307T030000\nRRULE:FREQ=WEEKLY"
    )
    reading = read(calendar(event(lines)), date(2027, 3, 7), date(2027, 3, 21))
    assert ["03-07 02:30-03:00", "03-14 03:30-04:00", "03-21 02:30-03:00"] == times(reading)


@pytest.mark.parametrize(("lines", "free"), [
    ("TRANSP:TRANSPARENT", True), ("TRANSP:OPAQUE", False), ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", True),
    ("TRANSP:TRANSPARENT\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY", False),
    ("TRANSP:TRANSPARENT\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", True), ("transp:transparent", True),
    ("TRANSP:0", False), ("TRANSP:1", True), ("TRANSP:10", True), ("TRANSP:-1", False),
    ("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", False), ("SUMMARY:x", False),
])  # fmt: skip
def test_what_a_calendar_shows_as_free_is_told(lines: str, free: bool) -> None:
    """By either of the two names (18)."""
    assert free == read(calendar(event(f"{NEEDLING}\n{lines}"))).events[0].free


@pytest.mark.parametrize("mark", [b"", b"\xff\xfe"])
def test_utf_16_that_is_cut_within_a_character_is_read(mark: bytes) -> None:
    """A file that was cut short, or that a line end of one byte was added to (24)."""
    reading = read(mark + ONE.decode().encode("utf-16-le") + b"\n")
    assert ("Needling", True) == (reading.events[0].title, "UTF-16" in whys(reading)[-1])


def test_a_night_shift_ends_by_the_clock_also_where_it_changes() -> None:
    """A day later is the same time of day, an hour more or less."""
    for day, following in (("1031", "11-01"), ("1123", "11-24")):
        lines = f"DTSTART;TZID=America/New_York:2026{day}T220000\nDTEND;TZID=America/New_York:2026{day}T060000"
        assert [f"{day[:2]}-{day[2:]} 22:00-{following} 06:00"] == times(
            read(calendar(event(lines)), date(2026, 10, 30))
        )


def test_a_whole_day_may_say_its_length() -> None:
    """In days, which are dates, or in hours, which end at no midnight: then it lasts to the end of that day."""
    for length, expected in (("P1D", "11-24 all day"), ("P2D", "11-24 to 11-25"), ("PT30H", "11-24 to 11-25")):
        assert [expected] == times(read(calendar(event(f"DTSTART;VALUE=DATE:20261124\nDURATION:{length}"))))


@pytest.mark.parametrize(("odd", "told"), [(5, 5), (6, 5)])
def test_lines_that_are_none_are_said_up_to_five_of_an_event(odd: int, told: int) -> None:
    """What follows is more of the same."""
    reading = read(calendar(event("\n".join([NEEDLING, *["what"] * odd]))))
    assert (NINE_THIRTY, told) == (times(reading), len(whys(reading)))


MIDNIGHTS = "DTSTART;TZID=America/New_York:20261124T000000\nDTEND;TZID=America/New_York:20261126T000000"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (f"{MIDNIGHTS}\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE", "11-24 to 11-25"),
        (f"{MIDNIGHTS}\nX-FUNAMBOL-ALLDAY:1", "11-24 to 11-25"),
        (f"{MIDNIGHTS}\nX-MICROSOFT-CDO-ALLDAYEVENT:FALSE", "11-24 00:00-11-26 00:00"),
        (MIDNIGHTS, "11-24 00:00-11-26 00:00"),
        ("DTSTART:20261124T000000Z\nDTEND:20261125T000000Z\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE", "11-24 all day"),
        ("DTSTART:20261124T050000Z\nDTEND:20261125T050000Z\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE", "11-24 all day"),
        (
            "DTSTART:20261124T060000Z\nDTEND:20261125T060000Z\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
            "11-24 01:00-11-25 01:00",
        ),
    ],
)
def test_midnights_that_outlook_means_as_whole_days_are_dates(lines: str, expected: str) -> None:
    """By its mark; without it they are times like others."""
    assert [expected] == times(read(calendar(event(lines))))


def test_a_series_of_outlooks_whole_days_repeats_as_dates() -> None:
    """Its exceptions are named by midnight."""
    lines = f"{MIDNIGHTS}\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE\nRRULE:FREQ=WEEKLY;COUNT=3"
    reading = read(calendar(event(f"{lines}\nEXDATE;TZID=America/New_York:20261201T000000")))
    assert ["11-24 to 11-25", "12-08 to 12-09"] == times(reading)


LIST = """\
BEGIN:VFREEBUSY
DTSTART:20261122T230000Z
DTEND:20261130T230000Z
FREEBUSY:20261124T143000Z/20261124T150000Z,20261125T143000Z/PT1H
FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261126T143000Z/PT30M
FREEBUSY;FBTYPE=FREE:20261127T143000Z/PT30M
FREEBUSY:20270127T143000Z/PT30M
FREEBUSY:20261128T143000Z/often
FREEBUSY:20261129T143000Z
FREEBUSY:20261130T143000Z/20261130T133000Z
END:VFREEBUSY
"""


def test_a_list_of_busy_times_is_read_where_it_is_asked_for() -> None:
    """What is free is not busy; no period that cannot be read is left out, or shrinks, in silence (22)."""
    reading = read_events(calendar(LIST), NEW_YORK, FIRST, LAST, busy_lists=True)
    assert ["11-24 09:30-10:00", "11-25 09:30-10:30", "11-26 09:30-10:00", "11-30 09:30-09:30"] == times(reading)
    assert [
        "4: a busy time at 2026-11-29 14:30:00+00:00 does not say its end: left out",
        '11: FREEBUSY "20261128T143000Z/often" is no date: left out',
        '13: "20261130T143000Z/20261130T133000Z" ends before it begins: taken as one moment',
    ] == whys(reading)
    for other in (read(calendar(LIST)), read_events(calendar(LIST), NEW_YORK, FIRST, LAST, "x", busy_lists=True)):
        assert ([], "1 free/busy list: passed over") == (times(other), whys(other)[0])


def test_busy_times_without_a_zone_are_in_that_of_their_calendar() -> None:
    """Of the first calendar of a file as of any other."""
    lists = "BEGIN:VFREEBUSY\nFREEBUSY:20261124T153000/PT30M\nEND:VFREEBUSY\n"
    content = calendar(lists, head=f"{HEAD}X-WR-TIMEZONE:Europe/Berlin\n")
    assert ["11-24 09:30-10:00"] == times(read_events(content, NEW_YORK, FIRST, LAST, busy_lists=True))


def test_tasks_journals_and_free_busy_lists_are_counted() -> None:
    """They are no appointments (22)."""
    task = "BEGIN:VTODO\nSUMMARY:x\nDTSTART:20261124\nEND:VTODO\n"
    others = [task, task.replace("VTODO", "VJOURNAL"), task.replace("VTODO", "VFREEBUSY"), task]
    reading = read(calendar(*others, event(NEEDLING)))
    expected = ["1 free/busy list: passed over", "1 journal entry: passed over", "2 tasks: passed over"]
    assert (NINE_THIRTY, expected) == (times(reading), whys(reading))


def test_whatever_else_a_calendar_holds_is_counted() -> None:
    """Hours that somebody is free (RFC 7953), and components that nobody here knows."""
    others = [f"BEGIN:{name}\nDTSTART:20261124\nEND:{name}\n" for name in ("VAVAILABILITY", "X-POLL", "X-POLL")]
    reading = read(calendar(*others, event(NEEDLING)))
    expected = ["1 availability list: passed over", '2 "X-POLL" components: passed over']
    assert (NINE_THIRTY, expected) == (times(reading), whys(reading))


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("DTSTART:20261126T143000Z", ["8: is a second DTSTART of the event: the first one counts"]),
        ("DTEND:20261124T183000Z", ["8: is a second DTEND of the event: the first one counts"]),
        ("DTSTART:20261124T143000Z", []),
    ],
)
def test_what_an_event_says_twice_counts_once_and_is_said(second: str, said: list[str]) -> None:
    """Where it says the same twice there is nothing to say."""
    times_of_one = "DTSTART:20261124T143000Z\nDTEND:20261124T151500Z"
    reading = read(calendar(event(f"{times_of_one}\n{second}")))
    assert (NINE_THIRTY, said) == (times(reading), whys(reading))


def test_what_is_nested_in_an_event_is_not_its_own() -> None:
    """An alarm has a text, a UID and a duration of its own."""
    alarm = "BEGIN:VALARM\nUID:alarm\nSUMMARY:Wake up\nDURATION:PT5M\nTRIGGER:-PT1H\nDTSTART:20261130\nEND:VALARM\n"
    content = calendar(f"BEGIN:VEVENT\n{alarm}{NEEDLING}\nUID:one\n{alarm}STATUS:TENTATIVE\nEND:VEVENT\n")
    (one,) = read(content).events
    assert ("one", "Needling", "TENTATIVE", 4) == (one.uid, one.title, one.status, one.line)


def test_small_letters_and_missing_heads_are_let_through() -> None:
    """Names in small letters, no VERSION, no PRODID: read all the same, and said (23)."""
    reading = read(b"begin:vcalendar\n" + event(NEEDLING).lower().encode() + b"end:vcalendar\n")
    expected = [f"the calendar has no {name}: read all the same" for name in ("VERSION", "PRODID")]
    assert (NINE_THIRTY, expected) == (times(reading), whys(reading))


def test_events_outside_of_a_calendar_are_read() -> None:
    """Where somebody copied a part of a file (23)."""
    assert NINE_THIRTY == times(read(event(NEEDLING).encode()))


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Fu=C3=9F", "Fu\u00df"),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Fu=DF", "Fu\u00df"),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE:Needling =\nof the calf", "Needling of the calf"),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=none:Fu=DF", "Fu\u00df"),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE:Needling=\n", "Needling"),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE:Needling=\n=\n\nX-A:b", "Needling"),
        ("SUMMARY;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Fu=DF", "Fu\u00df"),
        ("SUMMARY;LANGUAGE=de:Fu=DF", "Fu=DF"),
        ("SUMMARY;ENCODING=BASE64:RnXD\n nw==", "Fu\u00df"),
        ("SUMMARY;BASE64;CHARSET=ISO-8859-1:RnXf", "Fu\u00df"),
        ("SUMMARY;ENCODING=BASE64:Massage!", "Massage!"),
        ("SUMMARY:Needling\\: a\\, b\\; c \\\\ d\\Ne\\nf", "Needling: a, b; c \\ d\ne\nf"),
        ("SUMMARY;LANGUAGE=de;X=\"a:b;c\":Nadel: links", "Nadel: links"),
        ("SUMMARY: Needling ", " Needling "),
        ("SUMMARY:C:\\qux", "C:\\qux"),
    ],
)  # fmt: skip
def test_texts_are_unescaped_once(line: str, title: str) -> None:
    """Quoted-printable text and escapes, that of a colon among them (23)."""
    lines = NEEDLING.replace("SUMMARY:Needling", line)
    assert title == read(calendar(event(lines))).events[0].title


def test_the_list_is_in_order_of_time_and_then_of_uid() -> None:
    """Whatever the order in the file; a whole day begins it."""
    events = [
        event("DTSTART:20261125T143000Z", "b"),
        event("DTSTART;TZID=Europe/Berlin:20261125T153000", "a"),
        event("DTSTART:20261125", "c"),
        event("DTSTART:20261124T143000Z", "d"),
    ]
    expected = ["d", "c", "a", "b"]
    assert expected == [one.uid for one in read(calendar(*events)).events]
    assert expected == [one.uid for one in read(calendar(*reversed(events))).events]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("DTSTART:20261124T045900Z\nDTEND:20261124T050000Z", False),
        ("DTSTART:20261124T045900Z\nDTEND:20261124T050001Z", True),
        ("DTSTART:20261124T050000Z", True),
        ("DTSTART:20261124T045959Z", False),
        ("DTSTART:20261125T045959Z\nDTEND:20261125T060000Z", True),
        ("DTSTART:20261125T050000Z\nDTEND:20261125T060000Z", False),
        ("DTSTART:20261124", True),
        ("DTSTART:20261123", False),
        ("DTSTART:20261125", False),
        ("DTSTART:20261120\nDTEND:20261125", True),
        ("DTSTART:20261120\nDTEND:20261124", False),
    ],
)
def test_only_what_touches_the_days_is_found(lines: str, found: bool) -> None:
    """On both sides of both midnights of New York."""
    day = date(2026, 11, 24)
    assert found == bool(read(calendar(event(lines)), day, day).events)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x00\xff\xfe", b"BEGIN:VCARD\nEND:VCARD\n", TAIL.encode()])
def test_a_file_that_is_no_calendar_is_refused(content: bytes) -> None:
    """It is not taken for an empty one."""
    with pytest.raises(NoCalendar):
        read(content)


def test_an_empty_calendar_is_one() -> None:
    """It holds nothing, and nothing is wrong with it."""
    assert ([], []) == (times(read(calendar())), whys(read(calendar())))
