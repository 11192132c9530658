"""Repeats: a series of treatments, kept at its local time across clock changes."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from pydantic import Field, field_validator, model_validator

from planner.clock import FIRST_YEAR, LAST_YEAR, PLAUSIBLE
from planner.models import Frozen
from planner.validation import mistake

_EVERY = re.compile(r"\s*(\d{1,3})?\s*(day|week)s?\s*")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
MOST = 1000
"""A count beyond this is a slip of the pen."""


class Repeat(Frozen):
    """Repeat a treatment: `every` and `count`, `every` and `until` (its last date), or an RFC 5545 `rrule`."""

    every: str | None = None
    count: int | None = Field(strict=True, default=None, ge=1, le=MOST)
    until: date | None = None
    rrule: str | None = None

    @field_validator("every")
    @classmethod
    def _days_or_weeks(cls, value: str | None) -> str | None:
        if value is not None and (not _EVERY.fullmatch(value) or not step(value)):
            raise mistake(f'"{value}" is no interval', 'write "1 week", "10 days" or the like')
        return value

    @field_validator("until", mode="before")
    @classmethod
    def _a_date(cls, value: Any) -> Any:
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise mistake(f"{value} is no date", "write the last date without quotes: 2026-12-31")
        if value is not None and not FIRST_YEAR <= value.year < LAST_YEAR:
            raise mistake(f"{value} is too far away", PLAUSIBLE)
        return value

    @field_validator("rrule")
    @classmethod
    def _a_calendar_rule(cls, value: str | None) -> str | None:
        if value is None:
            return value
        text = value.upper().removeprefix("RRULE:")
        frequency = re.search(r"FREQ=(\w+)", text)
        if frequency is None or frequency[1] not in _FREQUENCIES:
            raise mistake(
                f'"{value}" is no rule by days, weeks, months or years', 'write it like "FREQ=WEEKLY;COUNT=4"'
            )
        try:
            _rule(text, datetime(2026, 1, 1))  # noqa: DTZ001 (a local time: the series keeps its wall clock)
        except ValueError as error:
            raise mistake(
                f'"{value}" is no recurrence rule ({error})', 'write it like "FREQ=WEEKLY;COUNT=4"'
            ) from error
        return text

    @model_validator(mode="after")
    def _one_way_to_say_it(self) -> Self:
        if self.rrule is not None:
            if self.every or self.count or self.until:
                raise mistake("has an rrule and every, count or until", "keep the rrule alone, or leave it out")
        elif self.every is None:
            raise mistake("does not say how often", 'give every = "1 week"')
        elif (self.count is None) == (self.until is None):
            raise mistake("must end in exactly one way", "give either count = 4 or until = 2026-12-31")
        return self

    def starts(self, first: datetime | date, until: date, since: date = date.min) -> Iterator[Any]:
        """Yield the starts of the series between two dates, both included: local times, or dates, as `first` is."""
        whole_days = not isinstance(first, datetime)
        moment = first if isinstance(first, datetime) else datetime.combine(first, time())
        for start in self._moments(moment):
            if start.date() > until:
                return
            if start.date() < since:
                continue
            yield start.date() if whole_days else start

    def _moments(self, first: datetime) -> Iterator[datetime]:
        if self.rrule is not None:
            yield from _rule(self.rrule, first)
            return
        apart = step(self.every or "")
        number = 0
        while self.count is None or number < self.count:
            moment = first + apart * number
            if self.until is not None and moment.date() > self.until:
                return
            yield moment
            number += 1


def step(every: str) -> timedelta:
    """Return how long it is from one to the next: `"1 week"` is seven days; nothing where it is no interval."""
    match = _EVERY.fullmatch(every)
    if match is None:
        return timedelta()
    return timedelta(days=(7 if match[2] == "week" else 1) * int(match[1] or 1))


def _rule(text: str, first: datetime) -> Any:
    from dateutil.rrule import rrulestr  # noqa: PLC0415 (most cases have no rrule: start-up)

    return rrulestr(re.sub(r"(UNTIL=\d{8}T\d{6})Z", r"\1", text), dtstart=first)
