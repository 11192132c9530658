"""Hours: at which times of which weekdays a therapist has time, as people write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from typing import NamedTuple

from planner.dates import WEEKDAYS, plain_span
from planner.errors import quoted, suggestion

WEEKDAY_HOURS = "mon-fri 08:00-18:00"
"""Taken where nobody says when the therapist has time."""
PARTS_OF_DAY = {"morning": "08:00-12:00", "afternoon": "12:00-17:00", "evening": "17:00-20:00"}
"""When a therapist works who has time then."""
_PART = re.compile(r"(?:([a-z]+)(?:\s*(?:[-\u2013]|to)\s*([a-z]+))?\s+)?(\d\S*.*)")
_CLOCKS = re.compile(r"(\d{1,2}):(\d{2})\s*[-\u2013]\s*(\d{1,2}):(\d{2})")
_WORD = re.compile(rf"\b({'|'.join(PARTS_OF_DAY)})s?\Z")
SHORTEST = 2
"""Letters that a weekday needs."""


class Hours(NamedTuple):
    """Bound the local times of a day between which an appointment may lie."""

    first: time
    last: time

    @property
    def minutes(self) -> int:
        """How long it is by the clock."""
        return (self.last.hour - self.first.hour) * 60 + self.last.minute - self.first.minute


Mistake = tuple[str, str]
"""What is wrong, and what would be right."""


def parse_hours(text: str) -> tuple[dict[int, list[Hours]], list[Mistake]]:
    """Return the hours by weekday (Monday 0), and every mistake: `mon 09:00-12:00, tue-thu 14:00-18:00`.

    A part that names no weekday holds from Monday to Friday. `tue mornings` and `9-12` are understood too.
    """
    by_weekday: dict[int, list[Hours]] = {}
    wrong: list[Mistake] = []
    for part in text.split(","):
        match = _PART.fullmatch(_WORD.sub(lambda word: PARTS_OF_DAY[word[1]], part.strip().casefold()))
        clocks = match and _CLOCKS.fullmatch(plain_span(match[3]))
        if match is None or clocks is None:
            wrong.append((f"{quoted(part.strip())} is no time of the week", 'write it like "mon 09:00-12:00"'))
            continue
        names = (match[1] or "mon", match[2] or match[1] or "fri")
        days = [_weekday(name) for name in names]
        unknown = dict.fromkeys(name for name, day in zip(names, days, strict=True) if day is None)
        wrong += [(f"{quoted(name)} is no weekday", suggestion(name, WEEKDAYS)) for name in unknown]
        first_hour, first_minute, last_hour, last_minute = map(int, clocks.groups())
        hours, mistake = _hours(first_hour, first_minute, last_hour, last_minute)
        if mistake is not None:
            wrong.append((f"{quoted(part.strip())} {mistake[0]}", mistake[1]))
        first, last = days
        if hours is not None and first is not None and last is not None:
            for day in _from_to(first, last):
                by_weekday.setdefault(day, []).append(hours)
    return {day: sorted(set(by_weekday[day])) for day in sorted(by_weekday)}, wrong


def _weekday(name: str) -> int | None:
    """Return a weekday by its name or the beginning of it."""
    meant = [number for number, day in enumerate(WEEKDAYS) if len(name) >= SHORTEST and day.startswith(name)]
    return meant[0] if len(meant) == 1 else None


def _from_to(first: int, last: int) -> Iterator[int]:
    """Yield the weekdays from one to another, over the end of the week where it comes to that."""
    yield from ((first + number) % 7 for number in range((last - first) % 7 + 1))


def _hours(hour: int, minute: int, last_hour: int, last_minute: int) -> tuple[Hours | None, Mistake | None]:
    try:
        hours = Hours(time(hour, minute), time(last_hour, last_minute))
    except ValueError:
        return None, ("names a time that no clock shows", "write times from 00:00 to 23:59")
    if hours.last <= hours.first:
        return None, ("ends before it begins", f'write "{hours.last:%H:%M}-{hours.first:%H:%M}"')
    return hours, None
