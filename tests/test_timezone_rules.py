"""What stands in a VTIMEZONE, part by part: of zones by rule, by the moon, and of years in which a law changed."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from planner.calendars.write.timezones import Observance, Yearly, observances


def offset(delta: timedelta) -> str:
    """Return an offset from UTC as a file has it."""
    minutes = round(delta.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def in_short(one: Observance) -> str:
    """Return a part of a VTIMEZONE on one line."""
    kind = "DAYLIGHT" if one.daylight else "STANDARD"
    said = f"{kind} {one.name} {offset(one.offset_from)} {offset(one.offset_to)} from {one.starts:%Y-%m-%d %H:%M}"
    if one.yearly is None:
        return said
    parts = {
        key: ",".join(map(str, value)) if isinstance(value, list) else value for key, value in one.yearly.rule.items()
    }
    return " ".join([said, *(f"{key}={value}" for key, value in parts.items())])


@pytest.mark.parametrize(
    ("zone", "first", "last", "expected"),
    [
        # The American rules of 2007: what came before stands alone.
        (
            "America/New_York", 2005, 2009,
            [
                "STANDARD EST -0500 -0500 from 1970-01-01 00:00",
                "DAYLIGHT EDT -0500 -0400 from 2005-04-03 02:00",
                "STANDARD EST -0400 -0500 from 2005-10-30 02:00",
                "DAYLIGHT EDT -0500 -0400 from 2006-04-02 02:00",
                "STANDARD EST -0400 -0500 from 2006-10-29 02:00",
                "DAYLIGHT EDT -0500 -0400 from 2007-03-11 02:00 FREQ=YEARLY BYMONTH=3 BYDAY=2SU",
                "STANDARD EST -0400 -0500 from 2007-11-04 02:00 FREQ=YEARLY BYMONTH=11 BYDAY=1SU",
            ],
        ),
        # Asked for with fewer than three years of a rule, no rule is believed.
        (
            "America/New_York", 2006, 2008,
            [
                "STANDARD EST -0500 -0500 from 1970-01-01 00:00",
                "DAYLIGHT EDT -0500 -0400 from 2006-04-02 02:00",
                "STANDARD EST -0400 -0500 from 2006-10-29 02:00",
                "DAYLIGHT EDT -0500 -0400 from 2007-03-11 02:00",
                "STANDARD EST -0400 -0500 from 2007-11-04 02:00",
                "DAYLIGHT EDT -0500 -0400 from 2008-03-09 02:00",
                "STANDARD EST -0400 -0500 from 2008-11-02 02:00",
            ],
        ),
        # The Friday before the last Sunday: a weekday on or after a day.
        (
            "Asia/Jerusalem", 2014, 2020,
            [
                ("DAYLIGHT IDT +0200 +0300 from 2013-03-29 02:00"
                " FREQ=YEARLY BYMONTH=3 BYMONTHDAY=23,24,25,26,27,28,29 BYDAY=FR"),
                "STANDARD IST +0300 +0200 from 2013-10-27 02:00 FREQ=YEARLY BYMONTH=10 BYDAY=-1SU",
            ],
        ),
        # Eight quarters past the hour, and a summer over the end of the year.
        (
            "Pacific/Chatham", 2010, 2016,
            [
                "STANDARD +1245 +1345 +1245 from 2008-04-06 03:45 FREQ=YEARLY BYMONTH=4 BYDAY=1SU",
                "DAYLIGHT +1345 +1245 +1345 from 2008-09-28 02:45 FREQ=YEARLY BYMONTH=9 BYDAY=-1SU",
            ],
        ),
        # By Ramadan: each change alone.
        (
            "Africa/Casablanca", 2019, 2020,
            [
                "STANDARD +01 +0100 +0100 from 1970-01-01 00:00",
                "STANDARD +00 +0100 +0000 from 2019-05-05 03:00",
                "DAYLIGHT +01 +0000 +0100 from 2019-06-09 02:00",
                "STANDARD +00 +0100 +0000 from 2020-04-19 03:00",
                "DAYLIGHT +01 +0000 +0100 from 2020-05-31 02:00",
            ],
        ),
        # Turkey stayed on its summer time for good in 2016.
        (
            "Europe/Istanbul", 2015, 2018,
            [
                "STANDARD EET +0200 +0200 from 1970-01-01 00:00",
                "DAYLIGHT EEST +0200 +0300 from 2015-03-29 03:00",
                "STANDARD EET +0300 +0200 from 2015-11-08 04:00",
                "DAYLIGHT EEST +0200 +0300 from 2016-03-27 03:00",
            ],
        ),
        # Greenland moved an hour for good in March 2023: that is no summer time.
        (
            "America/Nuuk", 2022, 2023,
            [
                "STANDARD -03 -0300 -0300 from 1970-01-01 00:00",
                "DAYLIGHT -02 -0300 -0200 from 2022-03-26 22:00",
                "STANDARD -03 -0200 -0300 from 2022-10-29 23:00",
                "STANDARD -02 -0300 -0200 from 2023-03-25 22:00",
            ],
        ),
        # Britain was on summer time all through 1968 to 1971, and called it standard.
        (
            "Europe/London", 1969, 1971,
            [
                "STANDARD BST +0100 +0100 from 1968-01-01 00:00",
                "STANDARD GMT +0100 +0000 from 1971-10-31 03:00",
            ],
        ),
        # A year that begins in summer.
        (
            "America/Sao_Paulo", 2018, 2019,
            [
                "DAYLIGHT -02 -0200 -0200 from 1970-01-01 00:00",
                "STANDARD -03 -0200 -0300 from 2018-02-18 00:00",
                "DAYLIGHT -02 -0300 -0200 from 2018-11-04 00:00",
                "STANDARD -03 -0200 -0300 from 2019-02-17 00:00",
            ],
        ),
        ("Asia/Kolkata", 2025, 2031, ["STANDARD IST +0530 +0530 from 1970-01-01 00:00"]),
    ],
)  # fmt: skip
def test_the_parts_of_a_zone_for_some_years(zone: str, first: int, last: int, expected: list[str]) -> None:
    """Rules where the clock follows rules, single changes where it does not, and what held before the first of them."""
    assert [in_short(one) for one in observances(ZoneInfo(zone), first, last)] == expected


@pytest.mark.parametrize(
    ("rule", "year", "expected"),
    [
        (Yearly(3, 6, 2, 0, time(2)), 2026, datetime(2026, 3, 8, 2)),
        (Yearly(3, 6, 1, 0, time(2)), 2026, datetime(2026, 3, 1, 2)),
        (Yearly(10, 6, -1, 0, time(3, 30)), 2026, datetime(2026, 10, 25, 3, 30)),
        (Yearly(2, 5, -1, 0, time(0)), 2026, datetime(2026, 2, 28)),
        (Yearly(2, 6, -1, 0, time(0)), 2026, datetime(2026, 2, 22)),
        # On the first day that counts, a day before it, and six days after.
        (Yearly(3, 4, 0, 27, time(2)), 2026, datetime(2026, 3, 27, 2)),
        (Yearly(3, 4, 0, 28, time(2)), 2025, datetime(2025, 3, 28, 2)),
        (Yearly(3, 3, 0, 24, time(2)), 2026, datetime(2026, 3, 26, 2)),
        (Yearly(3, 3, 0, 20, time(2)), 2026, datetime(2026, 3, 26, 2)),
    ],
)
def test_a_yearly_rule_names_one_moment_of_a_year(rule: Yearly, year: int, expected: datetime) -> None:
    """The how-manieth weekday of a month, its last one, or the first on or after a day, counted by a paper calendar."""
    assert rule.on(year) == expected
