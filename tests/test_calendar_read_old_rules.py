"""Rules of vCalendar 1.0, which old phones and programs still write: said in the words of iCalendar, or told."""

from __future__ import annotations

import pytest

from planner.calendars.read.recurring.old_rule import as_recurrence
from tests.ics_files import calendar, event, read, times, whys

pytestmark = pytest.mark.once

START = "DTSTART:20261103T143000Z\nDTEND:20261103T151500Z"
"""A Tuesday, 09:30 to 10:15 in New York."""


@pytest.mark.parametrize(
    ("rule", "meant"),
    [
        ("D1 #5", "FREQ=DAILY;INTERVAL=1;COUNT=5"),
        ("D2 #0", "FREQ=DAILY;INTERVAL=2"),
        ("D1 #00", "FREQ=DAILY;INTERVAL=1"),
        ("W1 MO #10", "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;COUNT=10"),
        ("W2 TU TH 20261224", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20261224"),
        ("W1 TU 20261224T000000Z", "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU;UNTIL=20261224T000000Z"),
        ("W1 TU #3 20261224T000000", "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU;UNTIL=20261224T000000"),
        ("W1  TU   #3", "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU;COUNT=3"),
        ("W1 #3", "FREQ=WEEKLY;INTERVAL=1;COUNT=3"),
        ("MP1 1+ TU #3", "FREQ=MONTHLY;INTERVAL=1;BYDAY=1TU;COUNT=3"),
        ("MP1 2 TU #3", "FREQ=MONTHLY;INTERVAL=1;BYDAY=2TU;COUNT=3"),
        ("MP6 1+ MO 2+ TH 1- FR #12", "FREQ=MONTHLY;INTERVAL=6;BYDAY=1MO,2TH,-1FR;COUNT=12"),
        ("MP1 1+ SA SU #3", "FREQ=MONTHLY;INTERVAL=1;BYDAY=1SA,1SU;COUNT=3"),
        ("MD1 1 15- #4", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=1,-15;COUNT=4"),
        ("MD1 LD #4", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-1;COUNT=4"),
        ("MD1 #4", "FREQ=MONTHLY;INTERVAL=1;COUNT=4"),
        ("YM1 3 9 #6", "FREQ=YEARLY;INTERVAL=1;BYMONTH=3,9;COUNT=6"),
        ("YD1 1 100 #6", "FREQ=YEARLY;INTERVAL=1;BYYEARDAY=1,100;COUNT=6"),
    ],
)
def test_an_old_rule_says_the_same_in_new_words(rule: str, meant: str) -> None:
    """Days, weeks, months by weekday and by day, years by month and by day; `#0` is for ever."""
    assert as_recurrence(rule) == meant


@pytest.mark.parametrize(
    "rule",
    [
        "", "W1", "W1 TU", "W1 XX #3", "W1 1+ TU #3", "MP1 TU #3", "MP1 1+ #3", "MP1 6+ TU #3", "MD1 TU #3", "D1 15 #3",
        "W", "MD1 1+15 #3", "D1 0900 #3", "X1 #3", "D1 #x", "D1 2026-12-24", "WEEKLY", "D1 MD1 3 #2 #5", "M15 #4",
        "MD1 15 TU #3", "YM1 TU 3 #3",
    ],
)  # fmt: skip
def test_what_is_no_old_rule_or_says_no_end_is_none(rule: str) -> None:
    """Rules within rules and times of day are too rare to guess at; what no end means differs between programs."""
    assert as_recurrence(rule) is None


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("W1 TU #3", ["11-03", "11-10", "11-17"]),
        ("w1 tu #3", ["11-03", "11-10", "11-17"]),
        ("D1 #2", ["11-03", "11-04"]),
        ("MD1 3 #0", ["11-03", "12-03"]),
        ("W1 TU 20261110T143000Z", ["11-03", "11-10"]),
    ],
)
def test_an_old_rule_is_followed(rule: str, expected: list[str]) -> None:
    """In small letters too."""
    reading = read(calendar(event(f"{START}\nRRULE:{rule}")))
    assert ([f"{day} 09:30-10:15" for day in expected], []) == (times(reading), whys(reading))


@pytest.mark.parametrize(("rule", "told"), [("W1 TU TH #4", True), ("W1 TU #4", False), ("W1 TU TH 20261113", False)])
def test_how_often_an_old_rule_of_several_days_takes_place_is_said_to_be_in_doubt(rule: str, told: bool) -> None:
    """Some programs count weeks where it has two days a week; of one day a week both are the same."""
    remark = f'8: "{rule}" is taken to count times; some programs count days, weeks or months'
    reading = read(calendar(event(f"{START}\nRRULE:{rule}")))
    assert (4, [remark] if told else []) == (len(reading.events), whys(reading))


def test_exceptions_of_an_old_calendar_are_apart_by_semicolons() -> None:
    """EXDATE, and RDATE as well."""
    lines = (
        f"{START}\nRRULE:W1 TU #4\nEXDATE:20261103T143000Z;20261110T143000Z\nRDATE:20261105T143000Z;20261106T143000Z"
    )
    expected = [f"{day} 09:30-10:15" for day in ("11-05", "11-06", "11-17", "11-24")]
    assert expected == times(read(calendar(event(lines))))


def test_an_old_calendar_with_its_alarms_and_stamps_is_read() -> None:
    """What means nothing here costs nothing."""
    more = "DCREATED:20261101T120000Z\nAALARM;TYPE=WAVE:20261103T140000Z;;;file:///x.wav\nSTATUS:NEEDS ACTION\nTRANSP:0"
    reading = read(calendar(event(f"{START}\n{more}"), head="BEGIN:VCALENDAR\nVERSION:1.0\nPRODID:phone\n"))
    assert (["11-03 09:30-10:15"], [], False) == (times(reading), whys(reading), reading.events[0].free)
