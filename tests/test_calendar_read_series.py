"""Series in a calendar: recurrences, exceptions, changed and cancelled occurrences, newer and older versions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice

import pytest
from dateutil.rrule import rrule, rrulestr
from hypothesis import given
from hypothesis import strategies as st

from planner.calendars.read.recurring.followed_rule import Bounded
from tests.cases import examples
from tests.ics_files import HEAD, LAST, NEW_YORK, calendar, event, read, start_of, times, whys

pytestmark = pytest.mark.once

START = "DTSTART;TZID=America/New_York:20261103T093000\nDURATION:PT45M"
"""A Tuesday."""


def days(lines: str, *others: str, first: date = date(2026, 11, 1), last: date = date(2026, 12, 31)) -> list[str]:
    """Return the days on which an event takes place that begins on 3 November, at half past nine."""
    reading = read(calendar(event(f"{START}\n{lines}"), *others), first, last)
    assert all(f"{start_of(one):%H:%M}" == "09:30" for one in reading.events)
    return [f"{one.start:%m-%d}" for one in reading.events]


def test_a_series_keeps_its_time_by_the_clock() -> None:
    """Half past nine stays half past nine when summer time ends (11)."""
    lines = START.replace("1103", "1020") + "\nRRULE:FREQ=WEEKLY;COUNT=4"
    reading = read(calendar(event(lines)), date(2026, 10, 1))
    assert ["10-20 09:30-10:15", "10-27 09:30-10:15", "11-03 09:30-10:15", "11-10 09:30-10:15"] == times(reading)
    assert ["-0400", "-0400", "-0500", "-0500"] == [f"{start_of(one):%z}" for one in reading.events]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=WEEKLY;COUNT=3", ["11-03", "11-10", "11-17"]),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=3", ["11-03", "11-17", "12-01"]),
        ("FREQ=WEEKLY;UNTIL=20261117T143000Z", ["11-03", "11-10", "11-17"]),
        ("FREQ=WEEKLY;UNTIL=20261117T142959Z", ["11-03", "11-10"]),
        ("FREQ=WEEKLY;UNTIL=20261117T093000", ["11-03", "11-10", "11-17"]),
        ("FREQ=WEEKLY;UNTIL=20261117T092959", ["11-03", "11-10"]),
        ("FREQ=WEEKLY;UNTIL=20261118", ["11-03", "11-10", "11-17"]),
        ("FREQ=WEEKLY;UNTIL=20261117", ["11-03", "11-10"]),
        ("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3", ["11-03", "11-05", "11-10"]),
        ("FREQ=MONTHLY;BYDAY=1TU;COUNT=2", ["11-03", "12-01"]),
        ("FREQ=MONTHLY;BYDAY=-1TU;COUNT=3", ["11-03", "11-24", "12-29"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=-1;COUNT=3", ["11-03", "11-30", "12-30"]),
        ("FREQ=DAILY;BYMONTHDAY=3,5;BYMONTH=11", ["11-03", "11-05"]),
        ("FREQ=YEARLY", ["11-03"]),
        ("freq=weekly;count=2", ["11-03", "11-10"]),
        ("FREQ=WEEKLY;COUNT=2;", ["11-03", "11-10"]),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20261104", ["11-03", "11-10"]),
        ("FREQ=MONTHLY;UNTIL=99991231T235959Z", ["11-03", "12-03"]),
        ("FREQ=MONTHLY;UNTIL=99991231", ["11-03", "12-03"]),
        ("RSCALE=GREGORIAN;FREQ=WEEKLY;SKIP=OMIT;COUNT=2", ["11-03", "11-10"]),
        ("RRULE:FREQ=WEEKLY;COUNT=2", ["11-03", "11-10"]),
        ("FREQ=WEEKLY;BYDAY=TU;BYDAY=TH;COUNT=3", ["11-03", "11-05", "11-10"]),
    ],
)  # fmt: skip
def test_a_rule_is_followed(rule: str, expected: list[str]) -> None:
    """COUNT, UNTIL as a date, a local time and in UTC, BYDAY, INTERVAL and more (12)."""
    assert expected == days(f"RRULE:{rule}")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=3", ["11-03", "11-10", "11-17"]),
        ("FREQ=WEEKLY;BYDAY=WE;COUNT=3", ["11-03", "11-04", "11-11"]),
        ("FREQ=WEEKLY;BYDAY=WE;COUNT=1", ["11-03"]),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=1", ["11-03"]),
        ("FREQ=MONTHLY;BYMONTHDAY=5;COUNT=2", ["11-03", "11-05"]),
        ("FREQ=YEARLY;BYMONTH=12;COUNT=2", ["11-03", "12-03"]),
        ("FREQ=DAILY;COUNT=2", ["11-03", "11-04"]),
        ("FREQ=WEEKLY;BYDAY=WE;UNTIL=20261112", ["11-03", "11-04", "11-11"]),
    ],
)
def test_a_start_that_its_rule_does_not_hit_is_the_first_of_count(rule: str, expected: list[str]) -> None:
    """RFC 5545, 3.3.10: as many as COUNT says, with the start among them."""
    assert expected == days(f"RRULE:{rule}")


@examples(60)
@given(
    st.sampled_from(["DAILY", "WEEKLY", "WEEKLY;INTERVAL=2", "MONTHLY"]),
    st.sampled_from(["BYDAY=TU,SU", "BYDAY=WE", "BYMONTHDAY=3,-1", "BYMONTH=12", "BYDAY=MO,FR;BYSETPOS=-1"]),
    st.integers(1, 6),
    st.integers(0, 20),
)
def test_wherever_a_start_lies_there_are_as_many_as_count_says(often: str, by: str, count: int, later: int) -> None:
    """As dateutil follows the rule without COUNT, with the start before what it finds where the rule has it not."""
    start = datetime(2026, 11, 3, 9, 30) + timedelta(days=later)
    hits = list(islice(rrulestr(f"FREQ={often};{by}", dtstart=start), count))
    expected = hits if hits[0] == start else [start, *hits[: count - 1]]
    lines = f"DTSTART:{start:%Y%m%dT%H%M%S}\nDURATION:PT45M\nRRULE:FREQ={often};{by};COUNT={count}"
    reading = read(calendar(event(lines)), date(2026, 11, 1), date(2030, 12, 31))
    assert [f"{each:%Y-%m-%d}" for each in expected] == [f"{one.start:%Y-%m-%d}" for one in reading.events]


@pytest.mark.parametrize(("rule", "expected"), [("BYDAY=WE;COUNT=2", ["11-04"]), ("BYDAY=WE", ["11-04", "11-11"])])
def test_a_start_off_its_rule_that_is_left_out_still_counts(rule: str, expected: list[str]) -> None:
    """An exception takes out what was counted, as it does of any other occurrence."""
    lines = f"RRULE:FREQ=WEEKLY;{rule}\nEXDATE;TZID=America/New_York:20261103T093000"
    assert expected == days(lines, last=date(2026, 11, 15))


def test_of_whole_days_a_start_off_the_rule_counts_too() -> None:
    """A date is compared with a date."""
    content = calendar(event("DTSTART:20261103\nRRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=2"))
    assert ["11-03 all day", "11-04 all day"] == times(read(content))


@pytest.mark.parametrize(
    ("lines", "expected", "remark"),
    [
        ("RRULE:EVERY=DAY", ["11-03"], 'the recurrence "EVERY=DAY" does not say how often'),
        ("RRULE:FREQ=DAILY;COUNT=x", ["11-03"], 'the recurrence "FREQ=DAILY;COUNT=x" cannot be read: COUNT is "X"'),
        ("RRULE:RSCALE=CHINESE;FREQ=MONTHLY", ["11-03"], 'the recurrence is by another calendar (RSCALE="CHINESE")'),
        (
            "RRULE:FREQ=BIWEEKLY\nRDATE;TZID=America/New_York:20261105T093000",
            ["11-03", "11-05"],
            'the recurrence "FREQ=BIWEEKLY" cannot be read: FREQ is "BIWEEKLY"',
        ),
        (
            "RRULE:FREQ=DAILY;COUNT=2\nRRULE:FREQ=BIWEEKLY",
            ["11-03", "11-04"],
            'the recurrence "FREQ=BIWEEKLY" cannot be read: FREQ is "BIWEEKLY"',
        ),
    ],
)
def test_a_rule_that_cannot_be_read_leaves_the_event_its_start(lines: str, expected: list[str], remark: str) -> None:
    """An appointment is not lost to the way in which it repeats, and what is lost is said."""
    content = calendar(event(f"{START}\n{lines}"))
    number = 9 if "COUNT=2" in lines else 8
    assert expected == days(lines)
    assert [f"{number}: {remark}; only its first time counts"] == whys(read(content))


@pytest.mark.parametrize(("start", "said"), [("1025", True), ("1231", True), ("0101", False)])
def test_a_rule_that_cannot_be_read_is_said_where_it_may_have_mattered(start: str, said: bool) -> None:
    """Also where its first time is long past; not where that is yet to come."""
    year = 2027 if start == "0101" else 2026
    content = calendar(event(f"DTSTART;TZID=America/New_York:{year}{start}T093000\nRRULE:FREQ=BIWEEKLY"))
    assert said is bool(whys(read(content)))


def test_an_exception_rule_that_cannot_be_read_leaves_nothing_out() -> None:
    """An appointment too many is told; one too few would not be seen."""
    content = calendar(event(f"{START}\nRRULE:FREQ=DAILY;COUNT=2\nEXRULE:FREQ=OFTEN"))
    told = '9: the recurrence "FREQ=OFTEN" cannot be read: FREQ is "OFTEN"; nothing is left out for it'
    assert (2, [told]) == (len(read(content).events), whys(read(content)))


def test_a_rule_for_the_31st_skips_the_months_without_one() -> None:
    """It is not moved to the 30th or the 1st (12)."""
    content = calendar(event("DTSTART:20260831\nRRULE:FREQ=MONTHLY;COUNT=4"))
    assert ["08-31", "10-31", "12-31", "01-31"] == [
        f"{one.start:%m-%d}" for one in read(content, date(2026, 8, 1), date(2027, 2, 28)).events
    ]


@pytest.mark.parametrize(
    ("start", "rule", "expected", "remark"),
    [
        ("20260831", "FREQ=MONTHLY;SKIP=BACKWARD;COUNT=4", ["08-31", "09-30", "10-31", "11-30"], None),
        ("20260831", "FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD;COUNT=3", ["08-31", "09-30", "10-31"], None),
        ("20240229", "FREQ=YEARLY;SKIP=BACKWARD", ["02-28"], None),
        ("20240229", "FREQ=YEARLY;SKIP=FORWARD", ["03-01"], None),
        ("20250930", "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=31;SKIP=BACKWARD", ["09-30"], None),
        ("20260828", "FREQ=MONTHLY;SKIP=FORWARD;COUNT=2", ["08-28", "09-28"], None),
        ("20260831", "FREQ=MONTHLY;SKIP=FORWARD;COUNT=2", ["08-31", "10-31"], "FORWARD"),
        ("20260831", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=5;SKIP=BACKWARD;COUNT=1", ["08-31"], "BACKWARD"),
    ],
)
def test_a_rule_that_takes_another_day_where_there_is_none_is_followed_or_told(
    start: str, rule: str, expected: list[str], remark: str | None
) -> None:
    """SKIP of RFC 7529: the day before or after, where that can be worked out."""
    reading = read(calendar(event(f"DTSTART:{start}\nRRULE:RSCALE=GREGORIAN;{rule}")), date(2026, 1, 1), LAST)
    assert expected == [f"{one.start:%m-%d}" for one in reading.events]
    told = f'7: "SKIP={remark}" is not followed: months without that day are left out'
    assert ([] if remark is None else [told]) == whys(reading)


@pytest.mark.parametrize(
    ("until", "nights"),
    [
        ("20261101T052959Z", ["10-31"]),
        ("20261101T053000Z", ["10-31", "11-01"]),
        ("20261101T060000Z", ["10-31", "11-01"]),
        ("20261101T065959Z", ["10-31", "11-01"]),
    ],
)
def test_the_end_of_a_series_in_the_hour_that_comes_twice_is_a_moment(until: str, nights: list[str]) -> None:
    """01:30 is the first of the two, at 05:30 in UTC, so an end in the second one is after it."""
    lines = f"DTSTART;TZID=America/New_York:20261031T013000\nRRULE:FREQ=DAILY;UNTIL={until}"
    assert nights == [f"{one.start:%m-%d}" for one in read(calendar(event(lines)), date(2026, 10, 1)).events]


RULES = st.tuples(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY;BYHOUR=9"]),
    st.sampled_from(["", ";INTERVAL=2", ";INTERVAL=3;WKST=SU", ";INTERVAL=7"]),
    st.sampled_from(["", ";COUNT=1", ";COUNT=60", ";COUNT=400", ";UNTIL=20261220T000000", ";UNTIL=20200101T000000"]),
    st.sampled_from(["", ";BYDAY=TU,SU", ";BYMONTH=11", ";BYMONTHDAY=3,-1", ";BYDAY=MO,FR;BYSETPOS=-1"]),
).map("".join)


@examples(150)
@given(RULES, st.integers(0, 4000), st.integers(-40, 40))
def test_leaping_over_what_is_long_past_changes_no_occurrence(rule: str, age: int, offset: int) -> None:
    """The same days as dateutil finds that follows the rule from its start."""
    start = datetime(2026, 11, 3, 9, 30) - timedelta(days=age)
    first = datetime(2026, 11, 3) + timedelta(days=offset)
    bounded = Bounded(f"FREQ={rule}", start, 2027)
    after, before = first, first + timedelta(days=45)
    assert rrule.between(bounded, after, before, inc=True) == bounded.between(after, before, inc=True)


def test_a_rule_that_began_long_ago_goes_on() -> None:
    """A birthday of 1604, as some programs write it where the year is not known."""
    content = calendar(event("DTSTART;VALUE=DATE:16041124\nRRULE:FREQ=YEARLY"))
    assert ["11-24 all day"] == times(read(content))


def test_a_date_list_adds_occurrences() -> None:
    """RDATE, of times, dates and periods."""
    assert ["11-03", "11-06", "11-09"] == days("RDATE;TZID=America/New_York:20261106T093000,20261109T093000")
    assert ["11-03", "11-06"] == days("RDATE;VALUE=DATE:20261106")
    period = calendar(event(f"{START}\nRDATE;VALUE=PERIOD:20261106T143000Z/PT2H,20261109T143000Z/20261109T150000Z"))
    assert ["11-03 09:30-10:15", "11-06 09:30-11:30", "11-09 09:30-10:00"] == times(read(period))


def test_a_changed_occurrence_without_a_zone_is_named_by_the_clock_of_its_series() -> None:
    """Not by that of the person."""
    series = event("DTSTART;TZID=Asia/Tokyo:20261103T093000\nRRULE:FREQ=WEEKLY;COUNT=2")
    changed = event("RECURRENCE-ID:20261110T093000\nDTSTART;TZID=Asia/Tokyo:20261112T093000")
    assert ["11-02 19:30-19:30", "11-11 19:30-19:30"] == times(read(calendar(series, changed)))


def test_an_occurrence_that_began_long_before_the_days_in_question_reaches_into_them() -> None:
    """Three weeks each, in a series that is leapt into: the one of 12 October ends on 2 November."""
    content = calendar(event("DTSTART;VALUE=DATE:19900101\nDURATION:P3W\nRRULE:FREQ=WEEKLY"))
    found = times(read(content, date(2026, 11, 1), date(2026, 11, 1)))
    assert ["10-12 to 11-01", "10-19 to 11-08", "10-26 to 11-15"] == found


def test_times_from_midnight_to_midnight_stay_times() -> None:
    """Nothing but its own word makes a whole day of an event."""
    lines = "DTSTART;TZID=America/New_York:20261103T000000\nDTEND;TZID=America/New_York:20261104T000000"
    expected = ["11-03 00:00-11-04 00:00", "11-10 00:00-11-11 00:00"]
    assert expected == times(read(calendar(event(f"{lines}\nRRULE:FREQ=WEEKLY;COUNT=2"))))


def test_hours_of_a_series_of_whole_days_are_hours() -> None:
    """An added time in a series of dates keeps its date alone; a changed one has its times."""
    dates = "DTSTART;VALUE=DATE:20261103\nRRULE:FREQ=WEEKLY;COUNT=2"
    assert ["11-03 all day", "11-06 all day", "11-10 all day"] == times(
        read(calendar(event(f"{dates}\nRDATE:20261106T143000Z")))
    )
    period = "RDATE;VALUE=PERIOD:20261106T143000Z/PT2H"
    assert ["11-03 all day", "11-06 all day", "11-10 all day"] == times(read(calendar(event(f"{dates}\n{period}"))))
    changed = event("RECURRENCE-ID;VALUE=DATE:20261110\nDTSTART:20261110T143000Z\nDURATION:PT1H")
    assert ["11-03 all day", "11-10 09:30-10:30"] == times(read(calendar(event(dates), changed)))


def test_an_added_period_that_ends_before_it_begins_takes_place_all_the_same() -> None:
    """An appointment is not lost for an odd end; it is said."""
    reading = read(calendar(event(f"{START}\nRDATE;VALUE=PERIOD:20261106T143000Z/20261106T133000Z")))
    expected = ['8: "20261106T143000Z/20261106T133000Z" ends before it begins: taken as one moment']
    assert (["11-03 09:30-10:15", "11-06 09:30-09:30"], expected) == (times(reading), whys(reading))
    left_out = read(calendar(event(f"{START}\nRDATE;VALUE=PERIOD:20261106T143000Z/-PT45M")))
    expected = ['8: RDATE "20261106T143000Z/-PT45M" is less than nothing: left out']
    assert (["11-03 09:30-10:15"], expected) == (times(left_out), whys(left_out))


@pytest.mark.parametrize(
    "lines",
    [
        "EXDATE:20261110T143000Z",
        "EXDATE;TZID=Europe/Berlin:20261110T153000",
        "EXDATE;TZID=America/New_York:20261110T093000",
        "EXDATE:20261110T093000",
        "EXDATE;VALUE=DATE:20261110",
        "EXDATE:20261110T143000Z,20271110T143000Z",
        "EXDATE:20271110T143000Z\nEXDATE:20261110T143000Z",
    ],
)
def test_an_exception_is_the_same_moment_in_whatever_zone(lines: str) -> None:
    """In UTC, in another zone, as a date; several lines, and lists (13)."""
    assert ["11-03", "11-17"] == days(f"RRULE:FREQ=WEEKLY;COUNT=3\n{lines}")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=WEEKLY;INTERVAL=2", ["11-10", "11-24"]),
        ("FREQ=MONTHLY;BYDAY=2TU", ["11-03", "11-17", "11-24"]),
        ("FREQ=WEEKLY;UNTIL=20261110T143000Z", ["11-17", "11-24"]),
    ],
)
def test_a_rule_may_say_when_a_series_does_not_take_place(rule: str, expected: list[str]) -> None:
    """EXRULE, as old programs write it."""
    assert expected == days(f"RRULE:FREQ=WEEKLY;COUNT=4\nEXRULE:{rule}")


def test_a_rule_may_say_on_which_days_a_series_does_not_take_place() -> None:
    """Of whole days, too."""
    content = calendar(event("DTSTART:20261103\nRRULE:FREQ=WEEKLY;COUNT=4\nEXRULE:FREQ=WEEKLY;INTERVAL=2"))
    assert ["11-10 all day", "11-24 all day"] == times(read(content))


def test_a_rule_leaves_out_one_of_two_times_of_a_day() -> None:
    """The other one takes place: what is left out is a time, not the day."""
    times_of_day = "DTSTART:20261103T143000Z\nDTEND:20261103T151500Z\nRRULE:FREQ=DAILY;BYHOUR=14,20;COUNT=4"
    content = calendar(event(f"{times_of_day}\nEXRULE:FREQ=DAILY;BYHOUR=20;BYMINUTE=30"))
    assert ["11-03 09:30-10:15", "11-04 09:30-10:15"] == times(read(content))


def test_an_exception_at_another_moment_is_none() -> None:
    """09:30 in UTC is not 09:30 in New York (13)."""
    assert ["11-03", "11-10", "11-17"] == days("RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20261110T093000Z")


@pytest.mark.parametrize(
    ("of_series", "of_change", "taken", "said"),
    [
        ("", "", ["11-03", "11-12", "11-17"], "neither is newer, so the change counts"),
        ("SEQUENCE:1", "SEQUENCE:1", ["11-03", "11-12", "11-17"], "neither is newer, so the change counts"),
        ("SEQUENCE:1", "SEQUENCE:2", ["11-03", "11-12", "11-17"], None),
        ("SEQUENCE:2", "SEQUENCE:1", ["11-03", "11-17"], "that is newer, and holds"),
        ("DTSTAMP:20261102T080000Z", "DTSTAMP:20261101T080000Z", ["11-03", "11-17"], "that is newer, and holds"),
    ],
)
def test_a_changed_occurrence_is_lost_only_to_an_exception_that_is_newer(
    of_series: str, of_change: str, taken: list[str], said: str | None
) -> None:
    """Some programs write both for an occurrence that they moved; it is said, and nothing is older without evidence."""
    series = event(f"{START}\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20261110T143000Z\n{of_series}")
    moved = START.replace("1103", "1112")
    reading = read(calendar(series, event(f"{moved}\nRECURRENCE-ID:20261110T143000Z\n{of_change}")), date(2026, 11, 1))
    remark = [f"12: changes an occurrence that its series leaves out: {said}"] if said else []
    assert (taken, remark) == ([f"{one.start:%m-%d}" for one in reading.events], whys(reading))


def test_a_cancelled_occurrence_that_its_series_leaves_out_is_left_out() -> None:
    """Both say the same; neither is told."""
    series = event(f"{START}\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20261110T143000Z")
    off = event(f"{START.replace('1103', '1110')}\nRECURRENCE-ID:20261110T143000Z\nSTATUS:CANCELLED")
    reading = read(calendar(series, off), date(2026, 11, 1))
    assert (["11-03", "11-17"], []) == ([f"{one.start:%m-%d}" for one in reading.events], whys(reading))


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("RRULE:FREQ=WEEKLY;UNTIL=20261001T000000Z", True),
        ("RRULE:FREQ=WEEKLY;COUNT=1\nEXDATE:20261103T143000Z", False),
    ],
)
def test_a_series_that_ends_before_it_begins_is_said_to(rule: str, said: bool) -> None:
    """Calendars leave such a one of a series that was cut in two; exceptions that take all of it say so themselves."""
    reading = read(calendar(event(f"{START}\n{rule}")), date(2026, 11, 1))
    remark = ["4: its recurrence ends before it begins: it never takes place"] if said else []
    assert ([], remark) == (times(reading), whys(reading))


def test_a_change_of_all_that_comes_before_is_said_not_to_be_followed() -> None:
    """RFC 2445 had RANGE=THISANDPRIOR; the occurrence that it names is changed."""
    earlier = START.replace("T0930", "T0830").replace("1103", "1110")
    change = event(f"{earlier}\nRECURRENCE-ID;RANGE=THISANDPRIOR:20261110T143000Z")
    reading = read(calendar(event(f"{START}\nRRULE:FREQ=WEEKLY;COUNT=2"), change), date(2026, 11, 1))
    remark = "RANGE=THISANDPRIOR is not followed: what comes before this occurrence stays as it was"
    assert (["11-03 09:30-10:15", "11-10 08:30-09:15"], [f"14: {remark}"]) == (times(reading), whys(reading))


def test_an_exception_that_cannot_be_read_is_left_out_and_said() -> None:
    """The others hold."""
    reading = read(calendar(event(f"{START}\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20261110T143000Z,never")))
    assert (["11-03 09:30-10:15", "11-17 09:30-10:15"], ['9: EXDATE "never" is no date: left out']) == (
        times(reading),
        whys(reading),
    )


SERIES = event(f"{START}\nSUMMARY:Needling\nRRULE:FREQ=WEEKLY;COUNT=3")


def changed(lines: str, identity: str = "RECURRENCE-ID;TZID=America/New_York:20261110T093000") -> list[str]:
    """Return when a series takes place whose second occurrence is changed."""
    return times(read(calendar(SERIES, event(f"{identity}\n{lines}"))))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("DTSTART:20261111T190000Z\nDURATION:PT45M", "11-11 14:00-14:45"),
        ("DTSTART:20261110T143000Z\nDURATION:PT15M", "11-10 09:30-09:45"),
        ("DTSTART;VALUE=DATE:20261110", "11-10 all day"),
    ],
)
def test_one_occurrence_is_moved_or_shortened(lines: str, expected: str) -> None:
    """The others stay (14)."""
    assert sorted(["11-03 09:30-10:15", expected, "11-17 09:30-10:15"]) == changed(lines)


def test_hours_of_a_series_are_real_and_its_days_are_those_of_the_clock() -> None:
    """Each occurrence of a series with a duration ends by itself (RFC 5545, 3.8.5.3)."""
    lasting = "DTSTART;TZID=America/New_York:20261031T220000\nDURATION:{}\nRRULE:FREQ=DAILY;COUNT=2"
    for length, ends in (("PT8H", ["11-01 05:00", "11-02 06:00"]), ("P1D", ["11-01 22:00", "11-02 22:00"])):
        found = times(read(calendar(event(lasting.format(length)))))
        assert ends == [occurrence[-11:] for occurrence in found]


def test_one_occurrence_is_cancelled() -> None:
    """It is still told, as cancelled: whoever asks wants to know (14, 17)."""
    reading = read(
        calendar(SERIES, event("RECURRENCE-ID:20261110T143000Z\nDTSTART:20261110T143000Z\nSTATUS:CANCELLED"))
    )
    assert [None, "CANCELLED", None] == [one.status for one in reading.events]


@pytest.mark.parametrize(
    "identity",
    [
        "RECURRENCE-ID:20261110T143000Z",
        "RECURRENCE-ID;TZID=Europe/Berlin:20261110T153000",
        "RECURRENCE-ID:20261110T093000",
        "RECURRENCE-ID;VALUE=DATE:20261110",
    ],
)
def test_an_occurrence_is_named_in_whatever_zone(identity: str) -> None:
    """As exceptions are (14)."""
    expected = ["11-03 09:30-10:15", "11-11 09:30-10:15", "11-17 09:30-10:15"]
    assert expected == changed("DTSTART:20261111T143000Z\nDURATION:PT45M", identity)


@pytest.mark.parametrize(
    "identity",
    [
        "RECURRENCE-ID;VALUE=DATE:20261110",
        "RECURRENCE-ID:20261110T050000Z",
        "RECURRENCE-ID;TZID=America/New_York:20261110T000000",
        "RECURRENCE-ID:20261110T000000",
    ],
)
def test_an_occurrence_of_whole_days_may_be_named_by_its_midnight(identity: str) -> None:
    """Exchange does so (14)."""
    series = event("DTSTART;VALUE=DATE:20261103\nRRULE:FREQ=WEEKLY;COUNT=3")
    moved = event(f"{identity}\nDTSTART;VALUE=DATE:20261112")
    assert ["11-03 all day", "11-12 all day", "11-17 all day"] == times(read(calendar(series, moved)))


def test_a_change_of_this_and_all_that_follow_moves_them() -> None:
    """RANGE=THISANDFUTURE (14)."""
    identity = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=America/New_York:20261110T093000"
    expected = ["11-03 09:30-10:15", "11-11 14:00-15:00", "11-18 14:00-15:00"]
    assert expected == changed("DTSTART;TZID=America/New_York:20261111T140000\nDURATION:PT1H", identity)


def test_a_change_without_its_series_is_an_event_of_its_own() -> None:
    """A mail may bring only that (15)."""
    lone = event("RECURRENCE-ID:20261110T143000Z\nDTSTART:20261111T190000Z\nDURATION:PT45M")
    assert ["11-11 14:00-14:45"] == times(read(calendar(lone)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("SEQUENCE:2\nDTSTAMP:20261101T000000Z", "SEQUENCE:1\nDTSTAMP:20261102T000000Z", "11-24 09:30-10:15"),
        ("SEQUENCE:1\nDTSTAMP:20261102T000000Z", "SEQUENCE:2\nDTSTAMP:20261101T000000Z", "11-25 09:30-10:15"),
        ("SEQUENCE:1\nDTSTAMP:20261101T000000Z", "SEQUENCE:1\nDTSTAMP:20261102T000000Z", "11-25 09:30-10:15"),
        ("SEQUENCE:1\nDTSTAMP:20261102T000000Z", "SEQUENCE:1\nDTSTAMP:20261101T000000Z", "11-24 09:30-10:15"),
        ("DTSTAMP:20261102T000000Z", "SEQUENCE:0\nDTSTAMP:20261101T000000Z", "11-24 09:30-10:15"),
        ("DTSTAMP:20261102T000000Z", "SEQUENCE:1\nDTSTAMP:20261101T000000Z", "11-25 09:30-10:15"),
        ("LAST-MODIFIED:20261102T000000Z", "LAST-MODIFIED:20261101T000000Z", "11-24 09:30-10:15"),
        ("DTSTAMP:20261102T020000", "DTSTAMP:20261102T030000Z", "11-25 09:30-10:15"),
    ],
)
def test_of_two_events_with_one_uid_the_newer_one_holds(one: str, other: str, expected: str) -> None:
    """By SEQUENCE, then by DTSTAMP; the older one is named (16)."""
    first = event(f"DTSTART:20261124T143000Z\nDURATION:PT45M\n{one}")
    second = event(f"DTSTART:20261125T143000Z\nDURATION:PT45M\n{other}")
    for events in ((first, second), (second, first)):
        reading = read(calendar(*events))
        assert [expected] == times(reading)
        (why,) = whys(reading)
        assert "is an older version of the event in line" in why


def test_events_without_a_uid_are_all_their_own() -> None:
    """None of them is taken for a version of another."""
    lone = event("DTSTART:20261124T143000Z\nDURATION:PT45M", None)
    assert ["11-24 09:30-10:15"] * 2 == times(read(calendar(lone, lone)))


def test_a_calendar_that_cancels_cancels_all_that_it_holds() -> None:
    """METHOD:CANCEL (17)."""
    (one,) = read(calendar(SERIES.replace("RRULE", "X-RRULE"), head=HEAD + "METHOD:CANCEL\n")).events
    assert "CANCELLED" == one.status


def test_a_later_calendar_in_the_file_may_cancel_an_event() -> None:
    """The same UID with a higher SEQUENCE (16, 17)."""
    booked = calendar(event(f"{START}\nSEQUENCE:1"))
    cancelled = calendar(event(f"{START}\nSEQUENCE:2"), head=HEAD + "METHOD:CANCEL\n")
    assert ["CANCELLED"] == [one.status for one in read(booked + cancelled).events]


def test_reading_a_newer_file_brings_no_duplicates() -> None:
    """Every file is read afresh: what the newer one says is all there is (19)."""
    older = read(calendar(SERIES, event("DTSTART:20261124T143000Z", "gone")))
    newer = read(calendar(SERIES.replace("COUNT=3", "COUNT=2")))
    assert (4, 2) == (len(older.events), len(newer.events))


def test_a_time_that_comes_twice_in_autumn_is_the_first_of_the_two_unless_it_says_which() -> None:
    """In UTC the second one has a name of its own."""
    night = date(2026, 11, 1)
    first = read(calendar(event("DTSTART;TZID=America/New_York:20261101T013000\nDURATION:PT30M")), night, night)
    second = read(calendar(event("DTSTART:20261101T063000Z\nDURATION:PT30M")), night, night)
    assert [0, 1] == [start_of(reading.events[0]).fold for reading in (first, second)]
    changed_to = event("RECURRENCE-ID:20261101T143000Z\nDTSTART:20261101T063000Z\nDURATION:PT30M")
    series = event("DTSTART;TZID=America/New_York:20261101T093000\nRRULE:FREQ=DAILY;COUNT=1")
    (moved,) = read(calendar(series, changed_to), night, night).events
    assert datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=1).timestamp() == start_of(moved).timestamp()
