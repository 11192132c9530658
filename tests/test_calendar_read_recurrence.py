"""Recurrence rules by themselves: what is passed on to be followed, how many steps it takes, what is leapt over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from planner.calendars.read.lines import Broken, Line
from planner.calendars.read.recurring.followed_rule import Bounded
from planner.calendars.read.recurring.rules import MOST_STEPS, checked_rule, later_start, steps_of
from planner.calendars.read.times import Time

pytestmark = pytest.mark.once

NEW_YORK = ZoneInfo("America/New_York")
START = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
"""A Monday."""
YEAR_LATER = datetime(2027, 1, 5, 9, 30, tzinfo=UTC)


def parts(rule: str) -> dict[str, str]:
    """Return the parts of a rule."""
    return dict(part.split("=") for part in rule.split(";"))


def checked(rule: str, start: Time = START, until: datetime = YEAR_LATER) -> tuple[str, str | None]:
    """Return a rule as it is followed, and what of it is not."""
    line = Line("RRULE", {}, rule, 7)
    found = checked_rule(line, start, NEW_YORK, until)
    return found.rule, None if found.remark is None else found.remark.why


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # One for each day, week, month and year, the first one included; 365 days are 52 weeks and a day.
        ("FREQ=DAILY", 366),
        ("FREQ=DAILY;INTERVAL=2", 183),
        ("FREQ=HOURLY", 365 * 24 + 1),
        ("FREQ=WEEKLY", 53 * 3),
        ("FREQ=WEEKLY;INTERVAL=4", 14 * 3),
        ("FREQ=WEEKLY;BYDAY=MO,WE", 53 * 4),
        ("FREQ=WEEKLY;BYDAY=MO,MO", 53 * 3),
        ("FREQ=WEEKLY;BYDAY=MO,WE;BYHOUR=8,9;BYMINUTE=0,30", 53 * 10),
        ("FREQ=DAILY;BYSECOND=1,2,3", 366 * 3),
        ("FREQ=MONTHLY", 14 * 5),
        ("FREQ=MONTHLY;BYDAY=MO,TU", 14 * 14),
        ("FREQ=MONTHLY;BYDAY=1MO,-1TU", 14 * 6),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", 14 * 6),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", 14 * 35),
        ("FREQ=YEARLY", 2 * 26),
        ("FREQ=YEARLY;BYMONTH=1,2", 2 * 27),
        ("FREQ=YEARLY;BYMONTHDAY=1", 2 * 37),
        ("FREQ=YEARLY;BYYEARDAY=1,2,3", 2 * 28),
        ("FREQ=YEARLY;BYWEEKNO=1,2", 2 * 39),
        ("FREQ=YEARLY;BYDAY=MO", 2 * 78),
        ("FREQ=YEARLY;BYDAY=2MO,3TU", 2 * 27),
        ("FREQ=YEARLY;BYMONTH=3,4;BYDAY=MO", 2 * 37),
        ("FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=1,2", 2 * (25 + 732)),
        # A number of times is all that there is, but for a rule that passes some over.
        ("FREQ=DAILY;COUNT=5", 5),
        ("FREQ=DAILY;COUNT=900", 366),
        ("FREQ=DAILY;COUNT=5;BYDAY=MO", 366),
        # Up to its end, a day more for the clocks of all zones.
        ("FREQ=DAILY;UNTIL=20260110T000000", 6),
        ("FREQ=DAILY;UNTIL=20260104T093000", 1),
        ("FREQ=DAILY;UNTIL=20260104T092959", 0),
        ("FREQ=DAILY;UNTIL=20300104T092959", 366),
        # What is looked for within days is looked for to the end of the next year.
        ("FREQ=HOURLY;BYMONTH=3", int((datetime(2028, 12, 31, 9, 30, tzinfo=UTC) - START).total_seconds()) // 3600 + 1),
    ],
)  # fmt: skip
def test_the_steps_of_a_rule_are_what_following_it_for_a_year_takes(rule: str, expected: int) -> None:
    """Each day, week, month or year that is looked at, and each time on each of its days."""
    assert steps_of(parts(rule), START, YEAR_LATER) == expected


@pytest.mark.parametrize(("days", "expected"), [(-40, 366), (0, 366), (100, 267)])
def test_what_is_leapt_over_costs_no_step(days: int, expected: int) -> None:
    """From a period before the moment on that matters."""
    assert steps_of(parts("FREQ=DAILY"), START, YEAR_LATER, START + timedelta(days=days)) == expected


def test_a_rule_that_takes_as_many_steps_as_are_followed_is_followed() -> None:
    """One more is too many, and the line is named."""
    last = START + timedelta(days=MOST_STEPS - 1)
    assert checked("FREQ=DAILY", until=last) == ("FREQ=DAILY", None)
    with pytest.raises(Broken, match="repeats every day, too often"):
        checked("FREQ=DAILY", until=last + timedelta(days=1))


@pytest.mark.parametrize(
    ("rule", "since", "start", "left"),
    [
        ("FREQ=DAILY", "2026-01-20", "2026-01-19", None),
        ("FREQ=DAILY;INTERVAL=3", "2026-01-20", "2026-01-17", None),
        ("FREQ=DAILY;COUNT=5", "2026-01-20", "2026-01-09", 1),
        ("FREQ=DAILY;COUNT=100", "2026-01-20", "2026-01-19", 86),
        ("FREQ=WEEKLY", "2026-02-20", "2026-02-09", None),
        ("FREQ=WEEKLY;INTERVAL=2", "2026-02-20", "2026-02-02", None),
        ("FREQ=MONTHLY", "2026-07-20", "2026-05-05", None),
        ("FREQ=MONTHLY;INTERVAL=2", "2027-02-20", "2026-09-05", None),
        ("FREQ=MONTHLY;COUNT=9", "2027-07-20", "2026-09-05", 1),
        ("FREQ=YEARLY", "2031-07-20", "2029-01-05", None),
        ("FREQ=YEARLY;INTERVAL=2", "2035-07-20", "2030-01-05", None),
        # Not leapt over: what has just begun, what is counted among days that are passed over, hours.
        ("FREQ=DAILY", "2026-01-06", "2026-01-05", None),
        ("FREQ=DAILY", "2026-01-07", "2026-01-06", None),
        ("FREQ=DAILY;COUNT=1", "2026-01-20", "2026-01-05", 1),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=9", "2027-01-20", "2026-01-05", 9),
        ("FREQ=HOURLY", "2027-01-20", "2026-01-05", None),
        ("FREQ=HOURLY;COUNT=9", "2027-01-20", "2026-01-05", 9),
        # By days of the week nothing is counted: it is leapt over.
        ("FREQ=WEEKLY;BYDAY=MO", "2026-02-20", "2026-02-09", None),
    ],
)  # fmt: skip
def test_a_rule_is_taken_up_a_period_before_it_matters(rule: str, since: str, start: str, left: int | None) -> None:
    """By its own steps, with as many of its times left as there are."""
    after = datetime.fromisoformat(f"{since}T12:00:00+00:00")
    expected = datetime.fromisoformat(f"{start}T09:30:00+00:00")
    assert later_start(parts(rule), START, after) == (expected, left)


@pytest.mark.parametrize(("day", "leapt"), [(28, True), (29, False)])
def test_months_are_leapt_over_where_each_has_the_day(day: int, leapt: bool) -> None:
    """The 29th is no day of every month."""
    start = START.replace(day=day)
    assert (later_start(parts("FREQ=MONTHLY"), start, YEAR_LATER)[0] > start) == leapt


@pytest.mark.parametrize(
    ("rule", "start", "expected", "remark"),
    [
        # A month that lacks the day takes its last one.
        ("FREQ=MONTHLY;SKIP=BACKWARD", date(2026, 1, 30), "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", None),
        ("FREQ=MONTHLY;SKIP=BACKWARD", date(2026, 1, 29), "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1", None),
        ("FREQ=MONTHLY;SKIP=BACKWARD", date(2026, 1, 28), "FREQ=MONTHLY", None),
        (
            "FREQ=MONTHLY;BYMONTH=1,2;SKIP=BACKWARD", date(2026, 1, 29),
            "FREQ=MONTHLY;BYMONTH=1,2;BYMONTHDAY=28,29;BYSETPOS=-1", None,
        ),
        (
            "FREQ=YEARLY;SKIP=BACKWARD", date(2024, 2, 29),
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", None,
        ),
        (
            "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31;SKIP=BACKWARD", date(2024, 2, 29),
            "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", None,
        ),
        # Weeks and days lack none, and the first has no day that may lack.
        ("FREQ=WEEKLY;SKIP=BACKWARD", date(2026, 1, 31), "FREQ=WEEKLY", None),
        ("FREQ=MONTHLY;BYMONTHDAY=1;SKIP=BACKWARD", date(2026, 1, 31), "FREQ=MONTHLY;BYMONTHDAY=1", None),
        # Forward: 29 February alone.
        ("FREQ=YEARLY;SKIP=FORWARD", date(2024, 2, 29), "FREQ=YEARLY;BYYEARDAY=60", None),
        ("FREQ=YEARLY;SKIP=FORWARD", date(2024, 3, 29), "FREQ=YEARLY", None),
        ("FREQ=YEARLY;SKIP=FORWARD", date(2024, 1, 31), "FREQ=YEARLY", None),
        # What the parts of RFC 5545 cannot say is told.
        ("FREQ=MONTHLY;SKIP=FORWARD", date(2024, 1, 31), "FREQ=MONTHLY", "FORWARD"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-30;SKIP=BACKWARD", date(2024, 1, 31),
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", None,
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=30,31;SKIP=FORWARD", date(2024, 1, 31), "FREQ=MONTHLY;BYMONTHDAY=30,31", "FORWARD"),
        ("FREQ=MONTHLY;BYDAY=MO;SKIP=BACKWARD", date(2024, 1, 31), "FREQ=MONTHLY;BYDAY=MO", "BACKWARD"),
    ],
)  # fmt: skip
def test_another_day_for_one_that_a_month_lacks(rule: str, start: date, expected: str, remark: str | None) -> None:
    """SKIP of RFC 7529 in the parts of RFC 5545, or told."""
    told = None if remark is None else f'"SKIP={remark}" is not followed: months without that day are left out'
    assert checked(f"RSCALE=GREGORIAN;{rule}", start) == (expected, told)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("freq=daily; interval = 2 ;X-OWN=1;COUNT=;BYDAY=+1MO, TU", "FREQ=DAILY;INTERVAL=2;BYDAY=+1MO,TU"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20260110", "FREQ=DAILY;COUNT=3"),
        ("FREQ=DAILY;WKST=SU;BYSETPOS=-366,366", "FREQ=DAILY;WKST=SU;BYSETPOS=-366,366"),
        ("FREQ=DAILY;BYMONTHDAY=-31,1,31;BYHOUR=0,23", "FREQ=DAILY;BYMONTHDAY=-31,1,31;BYHOUR=0,23"),
        ("FREQ=DAILY;BYDAY=-53MO,53TU", "FREQ=DAILY;BYDAY=-53MO,53TU"),
        # In UTC, by the clock of the series; a local time and a date as they are.
        ("FREQ=DAILY;UNTIL=20260110T143000Z", "FREQ=DAILY;UNTIL=20260110T093000"),
        ("FREQ=DAILY;UNTIL=20260110T143000", "FREQ=DAILY;UNTIL=20260110T143000"),
        ("FREQ=DAILY;UNTIL=20260110", "FREQ=DAILY;UNTIL=20260110T000000"),
        ("FREQ=DAILY;UNTIL=00010101T000000Z", "FREQ=DAILY;UNTIL=00010101T000000"),
        # For "never" some programs write the last day that there is.
        ("FREQ=DAILY;UNTIL=99991231T235959Z", "FREQ=DAILY;UNTIL=22000101T185959"),
        ("FREQ=DAILY;UNTIL=99991231", "FREQ=DAILY;UNTIL=22000101T000000"),
        ("FREQ=DAILY;UNTIL=21991231T235959", "FREQ=DAILY;UNTIL=21991231T235959"),
        # The second of two hours is after all of the first; a minute before the clock is set is what it says.
        ("FREQ=DAILY;UNTIL=20261101T063000Z", "FREQ=DAILY;UNTIL=20261101T015959"),
        ("FREQ=DAILY;UNTIL=20261101T053000Z", "FREQ=DAILY;UNTIL=20261101T013000"),
        ("FREQ=DAILY;UNTIL=20261101T070000Z", "FREQ=DAILY;UNTIL=20261101T020000"),
    ],
)  # fmt: skip
def test_a_rule_is_followed_by_the_clock_of_its_series(rule: str, expected: str) -> None:
    """Blanks, empty and private parts are nothing, a number of times comes before an end, times are local ones."""
    assert checked(rule) == (expected, None)


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("20260110T143000Z", "20260110"),
        ("99991231T235959Z", "22000101"),
        # Midnight in New York is the day that begins there; any other time is one of its own day, as it is written.
        ("20260111T050000Z", "20260111"),
        ("20260111T045959Z", "20260111"),
        ("20260110T000000", "20260110"),
    ],
)
def test_a_series_of_dates_ends_on_a_date(until: str, expected: str) -> None:
    """Whatever the time that stands beside it, and however far away it is."""
    found = checked(f"FREQ=DAILY;UNTIL={until}", date(2026, 1, 5))
    assert found == (f"FREQ=DAILY;UNTIL={expected}T000000", None)


@pytest.mark.parametrize(
    "part",
    [
        "COUNT=0", "COUNT=1e6", "COUNT=-1", "INTERVAL=0", "INTERVAL=x", "WKST=XX", "BYDAY=XX", "BYDAY=0MO",
        "BYDAY=54MO", "BYDAY=-54MO", "BYDAY=,", "BYMONTH=0", "BYMONTH=13", "BYMONTH=-1", "BYHOUR=24", "BYHOUR=-1",
        "BYMINUTE=60", "BYMONTH=MO", "BYSECOND=60", "BYMONTHDAY=0", "BYMONTHDAY=32", "BYMONTHDAY=-32", "BYYEARDAY=367",
        "BYWEEKNO=54", "BYSETPOS=0", "BYSETPOS=367", "BYMONTH=1,x", "UNTIL=2026", "UNTIL=20261301", "WHATEVER=1",
        "UNTIL=20260101T250000", "BYDAY=MOTU", "WKST=1MO", "BYDAY=TU 1", "BYDAY=MONTAG", "WKST=MO TU", "BYDAY=MOND",
    ],
)  # fmt: skip
def test_a_part_that_means_nothing_is_named(part: str) -> None:
    """The line, the part and its value: nothing is guessed."""
    name, _, value = part.partition("=")
    with pytest.raises(Broken, match=f'cannot be read: {name} is "{value.upper()}"'):
        checked(f"FREQ=DAILY;{part}")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("COUNT=999999", "COUNT=999999"),
        ("COUNT=1000000", "COUNT=999999"),
        ("INTERVAL=2147483647", "INTERVAL=999999"),
        ("UNTIL=20260110T1430Z", "UNTIL=20260110T093000"),
        ("UNTIL;TZID=America/New_York:20260110T093000", "UNTIL=20260110T093000"),
        ("DTSTART;TZID=America/New_York:20260105T093000", ""),
        ("DTSTART=20260105T143000Z", ""),
    ],
)
def test_a_part_that_is_written_otherwise_is_read(written: str, meant: str) -> None:
    """A number beyond all counting, a time without seconds, and what some libraries write of a start and a zone."""
    assert checked(f"{written};FREQ=WEEKLY") == (f"FREQ=WEEKLY;{meant}".rstrip(";"), None)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tu", "TU"), ("TU TH", "TU,TH"), (" tu , th ", "TU,TH"), ("TU,,TH,", "TU,TH"), ("1 TU", "1TU"),
        ("-1 fr", "-1FR"), ("Tue,Thu", "TU,TH"), ("MONDAY TUESDAY WEDNESDAY", "MO,TU,WE"),
        ("thursday,friday,saturday,sunday", "TH,FR,SA,SU"), ("mon wed thu fri sat sun", "MO,WE,TH,FR,SA,SU"),
    ],
)  # fmt: skip
def test_weekdays_are_read_as_people_write_them(written: str, meant: str) -> None:
    """Without commas, in small letters, in full: there is no doubt which days they are."""
    assert checked(f"FREQ=WEEKLY;BYDAY={written}") == (f"FREQ=WEEKLY;BYDAY={meant}", None)


def test_of_what_a_rule_says_twice_lists_are_joined_and_the_last_number_holds() -> None:
    """Days may stand in two lists; a number that stands there twice has one meaning."""
    assert checked("FREQ=DAILY;COUNT=3;BYHOUR=9;BYHOUR=14;COUNT=2") == ("FREQ=DAILY;COUNT=2;BYHOUR=9,14", None)


@pytest.mark.parametrize("written", ["SU", "su", "Sunday", " SUN "])
def test_the_day_that_begins_a_week_is_read_as_people_write_it(written: str) -> None:
    """It is a weekday as any other."""
    assert checked(f"FREQ=WEEKLY;WKST={written}") == ("FREQ=WEEKLY;WKST=SU", None)


@pytest.mark.parametrize("scale", ["GREGORIAN", "gregorian", "GREGORY", "ISO8601", "BUDDHIST", "JAPANESE", "ROC", ""])
def test_a_scale_with_our_months_is_the_usual_one(scale: str) -> None:
    """RSCALE of RFC 7529: however it is called."""
    assert checked(f"RSCALE={scale};FREQ=MONTHLY;BYMONTHDAY=5") == ("FREQ=MONTHLY;BYMONTHDAY=5", None)


@pytest.mark.parametrize(
    ("rule", "followed"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", True), ("FREQ=DAILY", True), ("FREQ=HOURLY", True), ("FREQ=DAILY;BYHOUR=9", True),
        ("FREQ=MONTHLY", False), ("FREQ=YEARLY", False), ("FREQ=DAILY;BYMONTH=5", False),
        ("FREQ=DAILY;BYMONTHDAY=5", False), ("FREQ=DAILY;BYYEARDAY=5", False), ("FREQ=DAILY;BYWEEKNO=5", False),
    ],
)  # fmt: skip
def test_by_another_scale_days_and_weeks_are_the_same(rule: str, followed: bool) -> None:
    """A month and a year are not: such a rule is told, not guessed at."""
    if followed:
        assert checked(f"RSCALE=CHINESE;{rule}") == (rule, None)
        return
    with pytest.raises(Broken, match=r'the recurrence is by another calendar \(RSCALE="CHINESE"\)'):
        checked(f"RSCALE=CHINESE;{rule}")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # 29 February comes every fourth year, 30 February never; a rule of weeks is looked at more often.
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", [2028, 2032]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", []),
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR", [2027, 2032]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;UNTIL=20310101T000000", [2028]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;UNTIL=20200101T000000", []),
    ],
)
def test_a_rule_is_looked_for_no_further_than_asked(rule: str, expected: list[int]) -> None:
    """Up to the last year, and not to the year 9999."""
    found = Bounded(rule, datetime(2026, 1, 5, 9, 30), 2033)
    assert [each.year for each in found if each.year <= 2033] == expected


def test_a_rule_without_an_occurrence_ends_with_the_last_year() -> None:
    """Nothing is looked for behind it, whatever would be found there."""
    found = Bounded("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", datetime(2026, 1, 5, 9, 30), 2026)
    assert list(found) == []
