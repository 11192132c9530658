"""Zones in calendar files: their rules say at every moment what the zone's clocks show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

import pytest
from icalendar import Timezone

from planner.calendars.write.file import YEARS_AHEAD, vtimezone
from planner.calendars.write.timezones import FIRST_YEAR, STEP, Observance, observances
from tests.ics_parse import parse
from tests.ics_zones import form_problems, offset_problems

pytestmark = pytest.mark.once

ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Europe/Dublin",
    "America/St_Johns",
    "Pacific/Apia",
    "UTC",
    "America/Santiago",
    "Asia/Jerusalem",
    "Africa/Cairo",
    "Asia/Gaza",
    "America/Nuuk",
    "Antarctica/Troll",
)
YEAR = 2026
SPAN = (YEAR - 1, YEAR + YEARS_AHEAD)


def written(zone: str) -> Timezone:
    """Return the VTIMEZONE that a plan of November 2026 gets in a zone."""
    return vtimezone(zone, ZoneInfo(zone), YEAR - 1, YEAR + YEARS_AHEAD)


def parts(zone: str, first: int = SPAN[0], last: int = SPAN[1]) -> tuple[Observance, ...]:
    """Return the observances of a zone for some years."""
    return observances(ZoneInfo(zone), first, last)


@pytest.mark.parametrize("zone", ZONES)
def test_every_hour_of_the_span_has_the_offset_that_the_zone_has(zone: str) -> None:
    """Read by RFC 5545 alone, a VTIMEZONE gives the zone's offset at every hour from a year before to five after."""
    text = written(zone).to_ical().decode()
    assert list(offset_problems(text, *SPAN)) == []


@pytest.mark.parametrize("zone", ZONES)
def test_other_readers_take_the_same_offsets_from_it(zone: str) -> None:
    """dateutil, which reads a VTIMEZONE whose name icalendar does not know, sees the zone's offset at every hour."""
    read, tz = written(zone).to_tz(lookup_tzid=False), ZoneInfo(zone)
    moment, end, wrong = datetime(YEAR - 1, 1, 1, tzinfo=UTC), datetime(YEAR + 2, 1, 1, tzinfo=UTC), []
    while moment < end:
        local = moment.astimezone(tz)
        # dateutil gives the hour that autumn repeats its first meaning only, whichever is asked for.
        said = local.replace(tzinfo=read).utcoffset()
        if local.fold == 0 and said != local.utcoffset():
            wrong.append((moment, said))
        moment += timedelta(hours=1)
    assert wrong == []


def test_every_zone_of_the_database_comes_out_right() -> None:
    """For each zone of the IANA database the form is readable and the offset right at every twelfth hour."""
    wrong = {}
    for zone in distinct_zones():
        text = written(zone).to_ical().decode()
        problems = [
            *form_problems(parse(text).parts[0]),
            *offset_problems(text, *SPAN, step=timedelta(hours=12)),
        ]
        if problems:
            wrong[zone] = problems
    assert wrong == {}


def distinct_zones() -> list[str]:
    """Return one name of each zone: a third of the names are old ones of others."""
    names: dict[bytes, str] = {}
    for zone in sorted(available_timezones()):
        places = [Path(folder, zone) for folder in TZPATH]
        place = next((each for each in places if each.is_file()), resources.files("tzdata") / "zoneinfo" / zone)
        names.setdefault(place.read_bytes(), zone)
    return sorted(names.values())


@pytest.mark.parametrize("year", [1950, 1975, 1996, 2007, 2011, 2018, 2022, 2037, 2060, 9990])
def test_rules_of_other_years_come_out_right_too(year: int) -> None:
    """Whatever the year of a plan, past changes of the law included, the years around it have the right offsets."""
    wrong = []
    for zone in ZONES:
        text = written_in(zone, year).to_ical().decode()
        wrong += [*form_problems(parse(text).parts[0]), *offset_problems(text, year - 1, year + 5, timedelta(hours=6))]
    assert wrong == []


def written_in(zone: str, year: int) -> Timezone:
    """Return the VTIMEZONE of a plan in another year."""
    return vtimezone(zone, ZoneInfo(zone), year - 1, year + YEARS_AHEAD)


@pytest.mark.parametrize(
    ("zone", "rules"),
    [
        ("America/New_York", {"2SU in 3", "1SU in 11"}),
        ("Europe/Berlin", {"-1SU in 3", "-1SU in 10"}),
        ("Australia/Sydney", {"1SU in 4", "1SU in 10"}),
        ("Australia/Lord_Howe", {"1SU in 4", "1SU in 10"}),
        ("Asia/Jerusalem", {"FR from 23 in 3", "-1SU in 10"}),
    ],
)
def test_regular_changes_become_yearly_rules(zone: str, rules: set[str]) -> None:
    """A change on a certain weekday of a month is written as that rule, not as a list of dates."""
    found = set()
    for part in parts(zone):
        assert part.yearly is not None
        rule = part.yearly.rule
        window = f" from {part.yearly.from_day}" if part.yearly.from_day else ""
        found.add(f"{rule['BYDAY']}{window} in {rule['BYMONTH']}")
    assert rules == found


def test_rules_begin_in_the_year_they_came_into_force() -> None:
    """The American rules begin in 2007, when they were made: so every year's file has the same VTIMEZONE."""
    assert [part.starts.year for part in parts("America/New_York")] == [2007, 2007]
    assert parts("America/New_York") == parts("America/New_York", 2030, 2036)


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "America/Sao_Paulo", "Pacific/Apia", "UTC"])
def test_a_zone_that_never_changes_has_one_standard(zone: str) -> None:
    """Without changes one STANDARD holds from 1970 on, without any rule."""
    (part,) = parts(zone)
    assert (part.daylight, part.starts.year, part.yearly) == (False, FIRST_YEAR, None)


def test_summer_is_daylight_also_where_the_law_has_it_the_other_way_round() -> None:
    """Ireland's winter time is the exception in law, yet the forward change is DAYLIGHT, as clients expect it."""
    named = {part.daylight: (part.name, part.offset_to) for part in parts("Europe/Dublin")}
    assert {True: ("IST", timedelta(hours=1)), False: ("GMT", timedelta(0))} == named


def test_a_zone_that_goes_by_ramadan_lists_each_change_alone() -> None:
    """Morocco's changes follow the moon: each of them stands there by itself, and none claims to come every year."""
    found = parts("Africa/Casablanca")
    assert {part.yearly for part in found} == {None}
    assert len(found) >= 2 * (SPAN[1] - SPAN[0])


def test_a_change_of_the_law_within_the_span_is_kept_apart_from_the_rules_after_it() -> None:
    """Egypt's clocks changed by rule for years, then not, then again: the years without stand between the rules."""
    text = written_in("Africa/Cairo", 2014).to_ical().decode()
    assert list(offset_problems(text, 2013, 2019)) == []


def test_no_zone_changes_its_clock_and_back_between_two_looks() -> None:
    """Looking at a zone every twelve hours finds no change that looking at it every second day misses."""
    missed = []
    end = datetime(2033, 1, 1, tzinfo=UTC)
    for zone in distinct_zones():
        tz, moment = ZoneInfo(zone), datetime(2024, 1, 1, tzinfo=UTC)
        before = moment.astimezone(tz).utcoffset()
        while moment < end:
            halves = [(moment + number * STEP / 4).astimezone(tz).utcoffset() for number in range(1, 5)]
            if halves[-1] == before and set(halves) != {before}:
                missed.append((zone, moment))
            before, moment = halves[-1], moment + STEP
    assert missed == []


def test_the_checker_sees_a_rule_that_is_wrong() -> None:
    """A VTIMEZONE whose clocks change a week late, or never, does not pass."""
    text = written("America/New_York").to_ical().decode()
    late = text.replace("BYDAY=2SU", "BYDAY=3SU").replace("20070311", "20070318")
    never = text[: text.index("BEGIN:STANDARD")] + "END:VTIMEZONE\r\n"
    assert [len(list(offset_problems(wrong, *SPAN))) for wrong in (late, never)] == [1, 1]
