"""Hostile and damaged calendar files: nothing hangs, nothing is a traceback, and what is too much is said."""

from __future__ import annotations

from datetime import timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.calendars.read.occurrences import MOST_EVENTS, MOST_LINES, NoCalendar, TooMuch
from planner.calendars.read.recurring.rules import MOST_STEPS
from planner.calendars.read.recurring.series import MOST_OCCURRENCES
from tests.cases import examples
from tests.ics_files import FIRST, HEAD, NEEDLING, calendar, event, events, read, recurrences, times, whys

pytestmark = pytest.mark.once

OLD = "DTSTART:20200101T143000Z\nDURATION:PT45M"
EVERY_SECOND = ";".join(
    f"BY{name}={','.join(map(str, range(most)))}" for name, most in (("HOUR", 24), ("MINUTE", 60), ("SECOND", 60))
)
LONGEST_SECONDS = 6
"""Three times what is promised, for machines that are slow or busy: what hangs takes minutes."""


def read_in_time(content: bytes) -> list[str]:
    """Return when events take place, once that was told soon enough."""
    begin = process_time()
    found = times(read(content))
    assert process_time() - begin < LONGEST_SECONDS
    return found


@pytest.mark.parametrize(
    ("rule", "remark"),
    [
        ("FREQ=SECONDLY", "8: the event repeats every second, too often to be followed"),
        ("FREQ=SECONDLY;COUNT=999999", "8: the event repeats every second, too often to be followed"),
        ("FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", "8: the event repeats every minute, too often to be followed"),
        ("FREQ=HOURLY;UNTIL=20271231", None),
        (f"FREQ=YEARLY;BYDAY=MO,TU;{EVERY_SECOND}", "8: the event repeats every year, too often to be followed"),
        (f"FREQ=MONTHLY;{EVERY_SECOND}", "8: the event repeats every month, too often to be followed"),
        (f"FREQ=WEEKLY;{EVERY_SECOND}", "8: the event repeats every week, too often to be followed"),
        (f"FREQ=DAILY;{EVERY_SECOND}", "8: the event repeats every day, too often to be followed"),
        (
            "\nRRULE:".join(["FREQ=DAILY;BYHOUR=9;COUNT=9999"] * 200),
            "70: the event has more rules than can be followed",
        ),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", None),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", None),
        ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=3", None),
        (
            "FREQ=DAILY;INTERVAL=0",
            '8: the recurrence "FREQ=DAILY;INTERVAL=0" cannot be read: INTERVAL is "0"; only its first time counts',
        ),
        (
            "FREQ=DAILY;COUNT=0",
            '8: the recurrence "FREQ=DAILY;COUNT=0" cannot be read: COUNT is "0"; only its first time counts',
        ),
        ("FREQ=MINUTELY;BYSETPOS=8", "8: the event repeats every minute, too often to be followed"),
        (
            "FREQ=WEEKLY;BYDAY=XX",
            '8: the recurrence "FREQ=WEEKLY;BYDAY=XX" cannot be read: BYDAY is "XX"; only its first time counts',
        ),
        (
            "FREQ=MONTHLY;BYDAY=54MO",
            '8: the recurrence "FREQ=MONTHLY;BYDAY=54MO" cannot be read: BYDAY is "54MO"; only its first time counts',
        ),
        (
            "FREQ=MONTHLY;BYDAY=0MO",
            '8: the recurrence "FREQ=MONTHLY;BYDAY=0MO" cannot be read: BYDAY is "0MO"; only its first time counts',
        ),
        (
            "FREQ=DAILY;BYHOUR=24",
            '8: the recurrence "FREQ=DAILY;BYHOUR=24" cannot be read: BYHOUR is "24"; only its first time counts',
        ),
        ("FREQ=MONTHLY;BYDAY=53MO", "4: the event's recurrence cannot be followed; only its first time counts"),
        (
            "FREQ=SECONDLY;INTERVAL=86400;BYSECOND=5",
            "4: the event's recurrence cannot be followed; only its first time counts",
        ),
    ],
)
def test_an_absurd_recurrence_costs_no_other_event_and_no_time(rule: str, remark: str | None) -> None:
    """Without end, never, or every second (20)."""
    content = calendar(event(f"{OLD}\nRRULE:{rule}"), event(NEEDLING, "two"))
    assert "11-24 09:30-10:15" in read_in_time(content)
    assert ([] if remark is None else [remark]) == whys(read(content))


def test_seconds_that_end_soon_are_followed() -> None:
    """It is the number that counts, not the word."""
    content = calendar(event("DTSTART:20261124T143000Z\nRRULE:FREQ=SECONDLY;COUNT=3"))
    assert ["11-24 09:30-09:30"] * 3 == read_in_time(content)


def test_a_rule_may_repeat_up_to_a_number_of_times() -> None:
    """On both sides of the limit: counted from its start (20)."""
    for count, followed in ((MOST_STEPS, True), (MOST_STEPS + 1, False)):
        lines = f"DTSTART:20261120T143000Z\nRRULE:FREQ=SECONDLY;COUNT={count}"
        (why,) = whys(read(calendar(event(lines))))
        assert followed == ("too often" not in why)


def test_an_event_may_take_place_up_to_a_number_of_times() -> None:
    """On both sides of the limit: with more it is no appointment (20)."""
    for count in (MOST_OCCURRENCES, MOST_OCCURRENCES + 1):
        reading = read(calendar(event(f"DTSTART:20261124T143000Z\nRRULE:FREQ=MINUTELY;COUNT={count}")))
        few = count == MOST_OCCURRENCES
        assert (count if few else 0) == len(reading.events)
        expected = [] if few else [f"4: the event takes place more than {count - 1:,} times: it is no appointment"]
        assert expected == whys(reading)


@pytest.mark.parametrize(
    "duration", ["P999999999999999999W", "P99999999D", "PT99999999999999999999999S", f"P{'9' * 5000}W"]
)
def test_an_absurd_duration_is_taken_as_not_given(duration: str) -> None:
    """And said (20)."""
    content = calendar(event(f"DTSTART:20261124T143000Z\nDURATION:{duration}"))
    assert ["11-24 09:30-09:30"] == read_in_time(content)
    (why,) = whys(read(content))
    assert why.startswith('7: the duration "P')
    assert why.endswith("cannot be: taken as not given")


def test_many_series_are_followed_up_to_a_number_of_repetitions() -> None:
    """The rest is named, and not followed (20)."""
    content = calendar(*(event(f"{OLD}\nRRULE:FREQ=DAILY;BYHOUR=9;COUNT=9999", str(number)) for number in range(200)))
    read_in_time(content)
    assert "the file repeats too much: the event was not followed" in whys(read(content))[0]


def test_hundreds_of_old_series_are_all_followed() -> None:
    """What came before the days that are asked for is leapt over: daily since 1990, yearly since 1604."""
    daily = [event("DTSTART:19900101T143000Z\nDURATION:PT45M\nRRULE:FREQ=DAILY", str(number)) for number in range(300)]
    yearly = [event("DTSTART:16041124\nRRULE:FREQ=YEARLY", f"y{number}") for number in range(300)]
    reading = read(calendar(*daily, *yearly), FIRST, FIRST + timedelta(days=29))
    assert ([], 300 * 30 + 300) == (whys(reading), len(reading.events))


def test_a_file_with_too_much_in_it_is_refused() -> None:
    """Events, lines and calendars have their limits, on both sides (21)."""
    most = "BEGIN:VEVENT\nEND:VEVENT\n" * MOST_EVENTS
    read(calendar(most))
    with pytest.raises(TooMuch, match="50,000 events"):
        read(calendar(most, event(NEEDLING)))
    with pytest.raises(TooMuch, match="500,000 lines"):
        read(b"\n" * MOST_LINES + calendar())
    read(calendar() * 1000)
    with pytest.raises(TooMuch, match="1,000 calendars"):
        read(calendar() * 1001)


ODD = "x\n"
PARTS = {
    "alarms within alarms": event(f"{NEEDLING}\n" + "BEGIN:VALARM\n" * 100_000 + "END:VALARM\n" * 100_000),
    "names within names": event("".join(f"BEGIN:A{number}\n" for number in range(100_000)) + "END:Z\n" * 100_000),
    "a line of eight million letters": event(f"{NEEDLING}\nDESCRIPTION:{'x' * 8_000_000}"),
    "a line of quotes": event(f"{NEEDLING}\nDTEND;X={chr(34) * 4_000_001}:20261124T151500Z"),
    "a line of parameters": event(f"{NEEDLING}\nDTEND{';A=1' * 2_000_001}:20261124T151500Z"),
    "a line of folds": event(f"{NEEDLING}\nDESCRIPTION:" + "\n x" * 400_000),
    "lines that are none": event(f"{NEEDLING}\n{ODD * 400_000}"),
    "one event again and again": event(NEEDLING) * 40_000,
    "changes of one event": event(f"{OLD}\nRRULE:FREQ=DAILY")
    + event("RECURRENCE-ID:20261124T143000Z\nDTSTART:20261124T143000Z") * 20_000,
    "dates of one event": event(f"{OLD}\nRDATE:{','.join(['20261124T143000Z'] * 100_000)}"),
    "series of every hour": "".join(event(f"{OLD}\nRRULE:FREQ=HOURLY", str(number)) for number in range(200)),
    "series of every day of every year": "".join(
        event("DTSTART:16040101\nRRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", str(number)) for number in range(200)
    ),
    "a zone that changes every second": (
        "BEGIN:VTIMEZONE\nTZID:odd\n"
        + "".join(
            f"BEGIN:{name}\nDTSTART:16010101T000000\nRRULE:FREQ=SECONDLY\n"
            f"TZOFFSETFROM:+0{number}00\nTZOFFSETTO:+0{1 - number}00\nEND:{name}\n"
            for number, name in enumerate(("STANDARD", "DAYLIGHT"))
        )
        + "END:VTIMEZONE\n"
        + event("DTSTART;TZID=odd:20261124T093000\nDURATION:PT1H")
    ),
}


@pytest.mark.parametrize("part", PARTS)
def test_a_file_full_of_something_is_read_in_time(part: str) -> None:
    """Whatever it is full of (21)."""
    read_in_time(calendar(PARTS[part]))


def test_what_is_passed_over_is_told_up_to_a_number() -> None:
    """Nobody reads a thousand lines."""
    said = whys(read(calendar(*(event("DTSTART:x", str(number)) for number in range(1000)))))
    assert (101, "900 more remarks of this kind") == (len(said), said[-1])


@pytest.mark.parametrize("name", ["RRULE", "EXRULE"])
@examples(60)
@given(
    recurrences(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"]),
    st.sampled_from(["DTSTART;VALUE=DATE:20261103", "DTSTART:20000229T093000Z", "DTSTART:16040101T000000"]),
)
def test_no_recurrence_is_a_traceback_or_takes_long(name: str, rule: str, start: str) -> None:
    """Whatever parts the grammar allows: followed, or said to be none, and the others are read."""
    repeats = "RRULE:FREQ=DAILY\n" if name == "EXRULE" else ""
    content = calendar(event(f"{start}\n{repeats}{name}:{rule}"), event(NEEDLING, "two"))
    assert "11-24 09:30-10:15" in read_in_time(content)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("RRULE:FREQ=YEARLY;BYWEEKNO=48;BYDAY=TU", ["11-03 09:30-09:30", "11-24 09:30-09:30"]),
        ("RRULE:FREQ=SECONDLY;BYWEEKNO=35;BYHOUR=22;UNTIL=20100101T000000Z", []),
    ],
)
def test_an_odd_recurrence_is_followed(rule: str, expected: list[str]) -> None:
    """The weeks of a year; an end before the beginning, which is what is left of a series that was split (20)."""
    assert expected == read_in_time(calendar(event(f"DTSTART:20261103T143000Z\n{rule}")))


def test_an_exception_rule_that_nothing_fits_leaves_nothing_out() -> None:
    """Every 24th minute from half past on is never the 3rd: dateutil says so in a way of its own."""
    lines = "DTSTART:20261103T143000Z\nRRULE:FREQ=DAILY;COUNT=2\nEXRULE:FREQ=MINUTELY;INTERVAL=24;BYMINUTE=3"
    content = calendar(event(lines), event(NEEDLING, "two"))
    told = '8: "FREQ=MINUTELY;INTERVAL=24;BYMINUTE=3" cannot be followed; nothing is left out for it'
    assert ["11-03 09:30-09:30", "11-04 09:30-09:30", "11-24 09:30-10:15"] == read_in_time(content)
    assert [told] == whys(read(content))


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Draw a calendar and damage it: cut it short, flip bytes, double lines or drop them."""
    content = calendar(*draw(st.lists(events(), max_size=4)))
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["cut", "flip", "double", "drop", "swap"]))
        place = draw(st.integers(0, max(len(content) - 1, 0)))
        lines = content.split(b"\n")
        number = place % len(lines)
        if kind == "cut":
            content = content[:place]
        elif kind == "flip" and content:
            content = content[:place] + draw(st.binary(min_size=1, max_size=2)) + content[place + 1 :]
        elif kind == "double":
            content = b"\n".join([*lines[: number + 1], *lines[number:]])
        elif kind == "drop":
            content = b"\n".join([*lines[:number], *lines[number + 1 :]])
        elif kind == "swap":
            content = b"\n".join([*lines[number:], *lines[:number]])
    return content


@examples(200)
@given(damaged())
def test_a_damaged_file_gives_no_traceback(content: bytes) -> None:
    """It gives a list, or says that it is no calendar; and what was skipped unread changes nothing (24)."""
    try:
        reading = read(content)
    except NoCalendar:
        return
    assert reading == read(content, skip=False)
    assert all(isinstance(why, str) and why for _, why in reading.passed_over)


@given(st.binary(max_size=300))
def test_no_bytes_give_a_traceback(content: bytes) -> None:
    """Be it as a file or as the lines of an event (24)."""
    for file in (content, HEAD.encode() + b"BEGIN:VEVENT\n" + content + b"\nEND:VEVENT\nEND:VCALENDAR\n"):
        try:
            read(file)
        except NoCalendar:
            assert file == content
