"""Recurrence rules followed: by dateutil, but no further than asked, and not through what is long past."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any, Literal

from dateutil.rrule import DAILY, FR, HOURLY, MINUTELY, MO, MONTHLY, SA, SECONDLY, SU, TH, TU, WE, WEEKLY, YEARLY, rrule
from recurring_ical_events.series import Series

from planner.calendars.read.recurring.rules import RANGES, WEEKDAY, later_start

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


def counted_from_start(rule: str, start: datetime, last_year: int) -> str:
    """Return a checked rule for what it adds to the start of its series.

    A start that the rule itself does not hit takes place all the same, and is the first of COUNT (RFC 5545, 3.3.10).
    """
    parts = dict(part.split("=") for part in rule.split(";"))
    if "COUNT" not in parts or not any(name.startswith("BY") for name in parts):
        return rule
    if next(iter(Bounded(rule, start, last_year)), None) == start:
        return rule
    parts["COUNT"] = str(int(parts["COUNT"]) - 1)
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _weekday(text: str) -> Any:
    match = WEEKDAY.fullmatch(text)
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
