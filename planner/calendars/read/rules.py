"""Recurrence rules of a calendar: checked before anything follows them, so that none can run for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, time
from typing import Any, Literal

from dateutil.rrule import DAILY, FR, HOURLY, MINUTELY, MO, MONTHLY, SA, SECONDLY, SU, TH, TU, WE, WEEKLY, YEARLY, rrule
from recurring_ical_events.series import Series

from planner.calendars.read.events import Broken, Event
from planner.calendars.read.lines import Line, shown
from planner.calendars.read.times import moment
from planner.clock import LAST_YEAR

UNITS = {
    "SECONDLY": ("second", 1),
    "MINUTELY": ("minute", 60),
    "HOURLY": ("hour", 3600),
    "DAILY": ("day", 86_400),
    "WEEKLY": ("week", 7 * 86_400),
    "MONTHLY": ("month", 28 * 86_400),
    "YEARLY": ("year", 365 * 86_400),
}
RANGES = {
    "BYSECOND": (0, 59),
    "BYMINUTE": (0, 59),
    "BYHOUR": (0, 23),
    "BYMONTHDAY": (1, 31),
    "BYYEARDAY": (1, 366),
    "BYWEEKNO": (1, 53),
    "BYMONTH": (1, 12),
    "BYSETPOS": (1, 366),
}
FREQUENCIES: dict[str, Literal[0, 1, 2, 3, 4, 5, 6]] = {
    "YEARLY": YEARLY,
    "MONTHLY": MONTHLY,
    "WEEKLY": WEEKLY,
    "DAILY": DAILY,
    "HOURLY": HOURLY,
    "MINUTELY": MINUTELY,
    "SECONDLY": SECONDLY,
}
WEEKDAYS = {str(day): day for day in (MO, TU, WE, TH, FR, SA, SU)}
FROM_THE_END = {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"}
"""These may be negative: counted from the end."""
ORDINARY = {("RSCALE", "GREGORIAN"), ("SKIP", "OMIT")}
"""What RFC 7529 adds, where it says what holds anyway."""
MOST_STEPS = 160_000
"""So often may a rule repeat from its start on to the end of what is asked for: every day since 1583."""
_WEEKDAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


def checked_rule(line: Line, event: Event, until: datetime) -> tuple[str, int]:
    """Return a rule as the library is to follow it, its times by the clock of the event, and the steps it takes.

    Raises `Broken` where it is no rule, or would take too many steps to a moment.
    """
    parts = dict(_parts(line))
    frequency = parts.pop("FREQ", "")
    if frequency not in UNITS:
        raise Broken(line.number, f"the recurrence {shown(line.value)} does not say how often")
    found = {"FREQ": frequency}
    try:
        for name, value in parts.items():
            if value and not name.startswith("X-") and (name, value) not in ORDINARY:
                found[name] = _part(name, value, event)
    except ValueError as error:
        raise Broken(line.number, f"the recurrence {shown(line.value)} cannot be read: {error}") from error
    if "COUNT" in found:
        found.pop("UNTIL", None)
    steps = _steps(found, event, until)
    if steps > MOST_STEPS:
        unit, _ = UNITS[frequency]
        raise Broken(line.number, f"the event repeats every {unit}, too often to be followed")
    return ";".join(f"{name}={value}" for name, value in found.items()), steps


def _parts(line: Line) -> list[tuple[str, str]]:
    pairs = [part.partition("=") for part in line.value.upper().split(";")]
    return [(name.strip(), value.strip()) for name, sign, value in pairs if sign]


def _part(name: str, value: str, event: Event) -> str:
    if name in {"COUNT", "INTERVAL"}:
        if not re.fullmatch(r"[0-9]{1,6}", value) or not int(value):
            raise ValueError(f"{name} is {shown(value)}")
        return value
    if name == "UNTIL":
        return _until(value, event)
    if name == "WKST" and re.fullmatch("MO|TU|WE|TH|FR|SA|SU", value):
        return value
    values = [each.strip() for each in value.split(",") if each.strip()]
    if name == "BYDAY" and values and all(_a_weekday(each) for each in values):
        return ",".join(values)
    if name in RANGES and values and all(_in_range(name, each) for each in values):
        return ",".join(values)
    raise ValueError(f"{name} is {shown(value)}")


def _a_weekday(value: str) -> bool:
    found = _WEEKDAY.fullmatch(value)
    return found is not None and (found[1] is None or 1 <= abs(int(found[1])) <= 53)


def _in_range(name: str, value: str) -> bool:
    if not re.fullmatch(r"[+-]?[0-9]{1,3}", value):
        return False
    least, most = RANGES[name]
    number = int(value)
    return least <= (abs(number) if name in FROM_THE_END else number) <= most


def _until(value: str, event: Event) -> str:
    """Return the last moment of a series by the clock of its start; where only a date is given, its first moment."""
    found = re.fullmatch(r"([0-9]{8})(?:T([0-9]{6})(Z?))?", value)
    if found is None:
        raise ValueError(f"UNTIL is {shown(value)}")
    try:
        day = datetime.strptime(found[1], "%Y%m%d")  # noqa: DTZ007 (a local time, given its zone below)
        clock = datetime.strptime(found[2] or "000000", "%H%M%S").time()  # noqa: DTZ007 (a time of day)
    except ValueError:
        raise ValueError(f"UNTIL is {shown(value)}") from None
    last = datetime.combine(day, clock)
    if found[3] and isinstance(event.start, datetime) and 1 < day.year < LAST_YEAR:
        last = last.replace(tzinfo=UTC).astimezone(event.zone).replace(tzinfo=None)
    elif not isinstance(event.start, datetime):
        last = datetime.combine(day, time())
    return f"{last:%Y%m%dT%H%M%S}" if last.year >= 1000 else f"{last.year:04}{last:%m%dT%H%M%S}"


def _steps(rule: dict[str, str], event: Event, until: datetime) -> int:
    """Return how often a rule repeats at most, up to a moment."""
    span = max((until - moment(event.start, event.zone)).total_seconds(), 0)
    if "UNTIL" in rule:
        last = datetime.strptime(rule["UNTIL"], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        span = min(span, max((last - moment(event.start, event.zone)).total_seconds() + 86_400, 0))
    periods = int(span / UNITS[rule["FREQ"]][1] / int(rule.get("INTERVAL", 1))) + 1
    steps = periods * _each(rule)
    if "COUNT" in rule and not any(name.startswith("BY") for name in rule):
        steps = min(steps, int(rule["COUNT"]))
    return steps


def _each(rule: dict[str, str]) -> int:
    """Return what one day, week, month or year of a rule costs: looking at its days, and each time on each of them."""
    many = {name: len(set(rule[name].split(","))) for name in ("BYDAY", *RANGES) if name in rule}
    times = many.get("BYHOUR", 1) * many.get("BYMINUTE", 1) * many.get("BYSECOND", 1)
    named = any(character.isdigit() for character in rule.get("BYDAY", ""))
    if rule["FREQ"] == "YEARLY":
        weeks = 5 * many["BYMONTH"] if "BYMONTH" in many else 1 if named else 53
        days = many.get("BYDAY", 0) * weeks + many.get("BYMONTHDAY", 0) * 12 + many.get("BYYEARDAY", 0)
        return 25 + min(max(days + many.get("BYWEEKNO", 0) * 7 + many.get("BYMONTH", 0), 1), 366) * times
    if rule["FREQ"] == "MONTHLY":
        return 4 + min(max(many.get("BYDAY", 0) * (1 if named else 5) + many.get("BYMONTHDAY", 0), 1), 31) * times
    if rule["FREQ"] == "WEEKLY":
        return 2 + many.get("BYDAY", 1) * times
    return times


class Endless(Exception):  # noqa: N818 (it is a search that does not end)
    """Say that a rule is searched for occurrences beyond what is asked for."""


class Bounded(rrule):
    """Follow a rule no further than some years.

    dateutil looks on until the year 9999, for seconds, where a rule has no occurrence ("30 February"). For each year it
    looks anew at whether the rule names weeks: that is where the years can be counted.
    """

    def __init__(self, rule: str, start: datetime, last_year: int) -> None:
        parts = dict(part.split("=") for part in rule.split(";"))
        numbers: dict[str, Any] = {name.lower(): _numbers(parts[name]) for name in RANGES if name in parts}
        self.until = datetime.strptime(parts["UNTIL"], "%Y%m%dT%H%M%S") if "UNTIL" in parts else None  # noqa: DTZ007 (by the clock)
        last_year = min(last_year, self.until.year) if self.until else last_year
        # With weeks it looks five times a year.
        self._looks = (max(last_year - start.year, 0) + 2) * (5 if "BYWEEKNO" in parts else 1)
        super().__init__(
            FREQUENCIES[parts["FREQ"]],
            dtstart=start,
            interval=int(parts.get("INTERVAL", 1)),
            wkst=WEEKDAYS.get(parts.get("WKST", "")),
            count=int(parts["COUNT"]) if "COUNT" in parts else None,
            until=self.until,
            byweekday=[_weekday(each) for each in parts["BYDAY"].split(",")] if "BYDAY" in parts else None,
            **numbers,
        )

    @property
    def _byweekno(self) -> Any:
        self._looks -= 1
        if self._looks < 0:
            raise Endless
        return self._weeks

    @_byweekno.setter
    def _byweekno(self, weeks: Any) -> None:
        self._weeks = weeks

    def _iter(self) -> Iterator[datetime]:
        with suppress(Endless):
            yield from super()._iter()  # type: ignore[misc] # its stubs leave it out


def _numbers(text: str) -> list[int]:
    return [int(each) for each in text.split(",")]


def _weekday(text: str) -> Any:
    found = _WEEKDAY.fullmatch(text)
    assert found is not None  # noqa: S101 (it was checked)
    day = WEEKDAYS[found[2]]
    return day(int(found[1])) if found[1] else day


def series_until(last_year: int) -> type[Series]:
    """Return the library's class of series, for series that are followed to the end of a year."""

    class Until(Series):  # type: ignore[misc] # the library has no types
        class RecurrenceRules(Series.RecurrenceRules):  # type: ignore[misc] # as above
            def create_rule_with_start(self, rule_string: str) -> Bounded:
                return Bounded(rule_string, self.start, last_year)

    return Until
