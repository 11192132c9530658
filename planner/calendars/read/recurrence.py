"""Recurrence rules of a calendar: checked before anything follows them, so that none can run for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Literal, NamedTuple

from dateutil.rrule import DAILY, FR, HOURLY, MINUTELY, MO, MONTHLY, SA, SECONDLY, SU, TH, TU, WE, WEEKLY, YEARLY, rrule
from recurring_ical_events.series import Series

from planner.appointments.booked import Remark
from planner.calendars.read.lines import Broken, Line, excerpt
from planner.calendars.read.times import Time, moment, until_of

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


class Checked(NamedTuple):
    """Hold a rule as the library is to follow it, the steps that it takes, and what of it is not followed."""

    rule: str
    steps: int
    remark: Remark | None


def checked_rule(line: Line, start: Time, zone: tzinfo, until: datetime, since: datetime | None = None) -> Checked:
    """Return a rule that can be followed, its times by the clock of the series.

    Args:
        line: the rule.
        start: the start of the series.
        zone: the zone of its clock.
        until: the moment up to which it is followed.
        since: the moment from which on it matters: what a rule can leap over costs no step.

    Raises:
        Broken: it is no rule, or would take too many steps.

    """
    parts = dict(_parts(line))
    frequency = parts.pop("FREQ", "")
    if frequency not in UNITS:
        raise Broken(line.number, f"the recurrence {excerpt(line.value)} does not say how often")
    skip = parts.pop("SKIP", "OMIT")
    checked = {"FREQ": frequency}
    try:
        for name, value in parts.items():
            if value and not name.startswith("X-") and (name, value) not in ORDINARY:
                checked[name] = _part(name, value, start, zone)
    except ValueError as error:
        raise Broken(line.number, f"the recurrence {excerpt(line.value)} cannot be read: {error}") from error
    another_day = _skipping(skip, checked, start) if skip != "OMIT" else {}
    remark = Remark(line.number, f"{excerpt(f'SKIP={skip}')} is not followed: months without that day are left out")
    checked |= another_day or {}
    if "COUNT" in checked:
        checked.pop("UNTIL", None)
    steps = steps_of(checked, moment(start, zone), until, since)
    if steps > MOST_STEPS:
        unit, _ = UNITS[frequency]
        raise Broken(line.number, f"the event repeats every {unit}, too often to be followed")
    followed = ";".join(f"{name}={value}" for name, value in checked.items())
    return Checked(followed, steps, remark if another_day is None else None)


def _skipping(skip: str, rule: Mapping[str, str], start: Time) -> dict[str, str] | None:
    """Return what makes a rule take another day where a month lacks its own (RFC 7529, 4.1).

    None: that cannot be said with the parts of RFC 5545.
    """
    by = {name for name in rule if name.startswith("BY")}
    day = int(rule["BYMONTHDAY"]) if re.fullmatch("[0-9]{1,2}", rule.get("BYMONTHDAY", "")) else start.day
    if 1 <= day <= 28 or rule["FREQ"] not in {"MONTHLY", "YEARLY"}:
        return {}
    if by <= {"BYMONTH", "BYMONTHDAY"} and skip == "BACKWARD":
        # The last one of these days that there is.
        month = {} if rule["FREQ"] == "MONTHLY" else {"BYMONTH": rule.get("BYMONTH", str(start.month))}
        return {**month, "BYMONTHDAY": ",".join(map(str, range(28, day + 1))), "BYSETPOS": "-1"}
    if not by and skip == "FORWARD" and rule["FREQ"] == "YEARLY":
        # 29 February is the 60th day of its year, and 1 March that of every other one.
        return {"BYYEARDAY": "60"} if (start.month, day) == (2, 29) else {}
    return None


def _parts(line: Line) -> list[tuple[str, str]]:
    pairs = [part.partition("=") for part in line.value.upper().split(";")]
    return [(name.strip(), value.strip()) for name, sign, value in pairs if sign]


def _part(name: str, value: str, start: Time, zone: tzinfo) -> str:
    if name in {"COUNT", "INTERVAL"}:
        if not re.fullmatch(r"[0-9]{1,6}", value) or not int(value):
            raise ValueError(f"{name} is {excerpt(value)}")
        return value
    if name == "UNTIL":
        return until_of(value, start, zone)
    if name == "WKST" and re.fullmatch("MO|TU|WE|TH|FR|SA|SU", value):
        return value
    values = [value.strip() for value in value.split(",") if value.strip()]
    if name == "BYDAY" and values and all(_a_weekday(value) for value in values):
        return ",".join(values)
    if name in RANGES and values and all(_in_range(name, value) for value in values):
        return ",".join(values)
    raise ValueError(f"{name} is {excerpt(value)}")


def _a_weekday(value: str) -> bool:
    match = _WEEKDAY.fullmatch(value)
    return match is not None and (match[1] is None or 1 <= abs(int(match[1])) <= 53)


def _in_range(name: str, value: str) -> bool:
    if not re.fullmatch(r"[+-]?[0-9]{1,3}", value):
        return False
    least, most = RANGES[name]
    number = int(value)
    return least <= (abs(number) if name in FROM_THE_END else number) <= most


def steps_of(rule: Mapping[str, str], start: datetime, until: datetime, since: datetime | None = None) -> int:
    """Return how often a checked rule repeats at most from its start, or from a moment on, up to another.

    Args:
        rule: the parts of the checked rule by their names.
        start: when the series begins.
        until: up to when repetitions count.
        since: from when they count; None is from the start.

    """
    if since is not None and since > start:
        start = later_start(rule, start, since)[0]
    narrowed = any(name.startswith("BY") for name in rule)
    if "UNTIL" in rule:
        last = datetime.strptime(rule["UNTIL"], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        if last + timedelta(days=1) < start:
            return 0
        until = min(until, last + timedelta(days=1))
    if narrowed and UNITS[rule["FREQ"]][1] < 86_400:
        # dateutil looks for what it lets through to the end of the year after.
        until = max(until, until.replace(year=until.year + 1, month=12, day=31))
    span = max((until - start).total_seconds(), 0)
    periods = int(span / UNITS[rule["FREQ"]][1] / int(rule.get("INTERVAL", 1))) + 1
    steps = periods * _most_in_a_period(rule)
    return min(steps, int(rule["COUNT"])) if "COUNT" in rule and not narrowed else steps


def later_start(rule: Mapping[str, str], start: datetime, since: datetime) -> tuple[datetime, int | None]:
    """Return a later start from which a checked rule repeats as from its own, and how often it still does.

    The start is at least one period before a moment. Nothing is leapt over where that would change what comes after.
    """
    count = int(rule["COUNT"]) if "COUNT" in rule else None
    interval = int(rule.get("INTERVAL", 1))
    if count is not None and any(name.startswith("BY") for name in rule):
        return start, count
    unit = UNITS[rule["FREQ"]][1] // 86_400
    if unit in {1, 7}:
        periods = (since - start).days // (unit * interval) - 1
    elif unit and start.day <= 28:
        months = (since.year - start.year) * 12 + since.month - start.month
        periods = months // (interval * (1 if unit == 28 else 12)) - 2
    else:
        return start, count
    if count is not None:
        periods = min(periods, count - 1)
    if periods <= 0:
        return start, count
    left = None if count is None else count - periods
    if unit in {1, 7}:
        return start + timedelta(days=periods * unit * interval), left
    months = start.month - 1 + periods * interval * (1 if unit == 28 else 12)
    return start.replace(year=start.year + months // 12, month=months % 12 + 1), left


def _most_in_a_period(rule: Mapping[str, str]) -> int:
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
        self.parts = parts = dict(part.split("=") for part in rule.split(";"))
        self.start, self.last_year = start, last_year
        numbers: dict[str, Any] = {name.lower(): _numbers(parts[name]) for name in RANGES if name in parts}
        self.until = datetime.strptime(parts["UNTIL"], "%Y%m%dT%H%M%S") if "UNTIL" in parts else None  # noqa: DTZ007 (by the clock)
        last_year = min(last_year, self.until.year) if self.until else last_year
        self._looks: int | None = None
        # With weeks it looks five times a year.
        self._most_looks = (max(last_year - start.year, 0) + 2) * (5 if "BYWEEKNO" in parts else 1)
        super().__init__(
            FREQUENCIES[parts["FREQ"]],
            dtstart=start,
            interval=int(parts.get("INTERVAL", 1)),
            wkst=WEEKDAYS.get(parts.get("WKST", "")),
            count=int(parts["COUNT"]) if "COUNT" in parts else None,
            until=self.until,
            byweekday=[_weekday(weekday) for weekday in parts["BYDAY"].split(",")] if "BYDAY" in parts else None,
            **numbers,
        )

    def between(self, after: datetime, before: datetime, inc: bool = False, count: int = 1) -> list[datetime]:
        """Return the occurrences between two times, without following those long before them.

        Args:
            after: the time after which an occurrence begins.
            before: the time before which it does.
            inc: whether an occurrence at one of the two times counts.
            count: as dateutil has it: not used.

        """
        start, left = later_start(self.parts, self.start, after)
        if start == self.start:
            return super().between(after, before, inc, count)
        parts = self.parts if left is None else {**self.parts, "COUNT": str(left)}
        rule = ";".join(f"{name}={value}" for name, value in parts.items())
        return rrule.between(Bounded(rule, start, self.last_year), after, before, inc, count)

    @property
    def _byweekno(self) -> Any:
        if self._looks is not None:  # else it is not followed yet
            self._looks -= 1
            if self._looks < 0:
                raise Endless
        return self._weeks

    @_byweekno.setter
    def _byweekno(self, weeks: Any) -> None:
        self._weeks = weeks

    def _iter(self) -> Iterator[datetime]:
        if self.until is not None and self.until < self.start:
            return
        self._looks = self._most_looks
        with suppress(Endless):
            yield from super()._iter()  # type: ignore[misc] # its stubs leave it out


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _weekday(text: str) -> Any:
    match = _WEEKDAY.fullmatch(text)
    assert match is not None  # noqa: S101 (it was checked)
    day = WEEKDAYS[match[2]]
    return day(int(match[1])) if match[1] else day


def series_until(last_year: int) -> type[Series]:
    """Return the library's class of series, for series that are followed to the end of a year."""

    class Until(Series):  # type: ignore[misc] # the library has no types
        class RecurrenceRules(Series.RecurrenceRules):  # type: ignore[misc] # as above
            def create_rule_with_start(self, rule_string: str) -> Bounded:
                return Bounded(rule_string, self.start, last_year)

    return Until
