"""Times: moments, days and hours of the week as people type them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from planner.appointments.opening_hours import parse_hours
from planner.case.availability import WEEKDAYS
from planner.errors import nearest

PARTS_OF_DAY = {"mornings": "07:00-08:30", "evenings": "17:30-19:30", "lunch": "12:00-13:00", "always": "06:00-20:00"}
_CLOCK = re.compile(r"(?:at\s+|um\s+)?(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|uhr|h)?", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.)?\s*([a-zä]{3,})\.?(?:\s+(\d{4}))?|([a-zä]{3,})\s+(\d{1,2})(?:,?\s+(\d{4}))?"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class NotUnderstoodError(ValueError):
    """Say that a text is not understood, and what would be right."""

    def __init__(self, text: str, right: str) -> None:
        super().__init__(text)
        self.text = text
        self.right = right


def read_when(text: str, today: date) -> datetime | date:
    """Return the local moment, or the day, that a person typed: `tuesday 9:30`, `24 Nov 09:30`, `2026-11-24`.

    A weekday is the next one, today included. Raises `NotUnderstoodError` with what would be right.
    """
    words = " ".join(text.casefold().replace(",", " ").replace("t", "t").split())
    if iso := re.fullmatch(r"(\d{4}-\d{2}-\d{2})[t ](\d{2}:\d{2})(?::\d{2})?", words):
        return datetime.fromisoformat(f"{iso[1]}T{iso[2]}")
    day, rest = _day(words, today)
    if day is None:
        raise NotUnderstoodError(text, _right(text, today))
    rest = rest.strip()
    if not rest:
        return day
    clock = _CLOCK.fullmatch(rest)
    if clock is None:
        raise NotUnderstoodError(text, _right(text, today))
    hour, minute = int(clock[1]), int(clock[2] or 0)
    if (clock[3] or "").casefold() == "pm" and hour < 12:
        hour += 12
    try:
        return datetime.combine(day, time(hour, minute))
    except ValueError:
        raise NotUnderstoodError(text, _right(text, today)) from None


def _day(words: str, today: date) -> tuple[date | None, str]:
    for name, ahead in (("today", 0), ("tomorrow", 1), ("yesterday", -1)):
        if words.startswith(name):
            return today + timedelta(days=ahead), words.removeprefix(name)
    if iso := _DATE.match(words):
        return _date(int(iso[1]), int(iso[2]), int(iso[3])), words[iso.end() :]
    first, _, rest = words.removeprefix("next ").partition(" ")
    days = [number for number, name in enumerate(WEEKDAYS) if len(first) >= 3 and name.startswith(first.rstrip("."))]
    if days:
        after = _DAY_MONTH.match(rest)
        if after is not None and _month(after[2] or after[4] or "") is not None:
            return _day(rest, today)
        return today + timedelta(days=(days[0] - today.weekday()) % 7), rest
    if named := _DAY_MONTH.match(words):
        month = _month(named[2] or named[4])
        day, year = int(named[1] or named[5]), named[3] or named[6]
        if month is not None:
            found = _date(int(year) if year else today.year, month, day)
            if found is not None and not year and found < today - timedelta(days=90):
                found = _date(today.year + 1, month, day)
            return found, words[named.end() :]
    if _CLOCK.fullmatch(words):
        return today, words
    return None, words


def _month(name: str) -> int | None:
    return MONTHS.index(name[:3]) + 1 if name[:3] in MONTHS else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _right(text: str, today: date) -> str:
    first = text.casefold().split(" ")[0]
    near = nearest(first, [*WEEKDAYS, "today", "tomorrow"], most=1)
    if near and near[0] in WEEKDAYS:
        day = today + timedelta(days=(WEEKDAYS.index(near[0]) - today.weekday()) % 7)
        return f"{near[0].capitalize()} {day.day} {day:%b}, 09:00"
    return f"{today + timedelta(days=1):%A} 9:30"


def read_times(text: str) -> dict[str, Any]:
    """Return the start windows of a week as a case holds them; a day that is left out has none.

    `mon-fri 7-8:30, sat 9-12`, `mornings`, `evenings, sun 9-12`. Raises `NotUnderstoodError` with what is wrong.
    """
    days: dict[int, list[str]] = {}
    for part in text.split(","):
        words = part.strip().casefold()
        if not words:
            continue
        written = as_hours(words)
        hours, mistakes = parse_hours(written)
        if mistakes:
            raise NotUnderstoodError(part.strip(), "mon-fri 7-8:30, sat 9-12")
        for day, windows in hours.items():
            days.setdefault(day, []).extend(f"{one.first:%H:%M}-{one.last:%H:%M}" for one in windows)
    if not days:
        raise NotUnderstoodError(text, "mon-fri 7-8:30, sat 9-12")
    everyday = " ".join(text.casefold().split()) in PARTS_OF_DAY
    if everyday:
        return {"default": next(iter(days.values()))[0]}
    return {name: _windows(days.get(number, [])) for number, name in enumerate(WEEKDAYS)}


def _windows(windows: list[str]) -> str | list[str]:
    return windows[0] if len(windows) == 1 else windows


def as_hours(words: str) -> str:
    """Return hours as `parse_hours` takes them: `mon 7-9` becomes `mon 07:00-09:00`, `mornings` what they are."""
    words = words.strip().casefold()
    first, _, rest = words.rpartition(" ")
    if rest in PARTS_OF_DAY:
        return f"{first or 'mon-sun'} {PARTS_OF_DAY[rest]}"
    return re.sub(
        r"(?<![\d:])(\d{1,2})(?::(\d{2}))?\s*[-\u2013]\s*(\d{1,2})(?::(\d{2}))?$",
        lambda found: f"{found[1]:0>2}:{found[2] or '00'}-{found[3]:0>2}:{found[4] or '00'}",
        words,
    )


def times_words(availability: dict[str, Any]) -> str:
    """Return start windows as `read_times` takes them, days that are alike joined."""
    days = [availability.get(day, availability.get("default")) for day in WEEKDAYS]
    groups: list[tuple[int, int, Any]] = []
    for number, windows in enumerate(days):
        if groups and groups[-1][2] == windows and groups[-1][1] == number - 1:
            groups[-1] = (groups[-1][0], number, windows)
        else:
            groups.append((number, number, windows))
    parts = []
    for first, last, windows in groups:
        name = WEEKDAYS[first][:3] if first == last else f"{WEEKDAYS[first][:3]}-{WEEKDAYS[last][:3]}"
        for window in [windows] if isinstance(windows, str) else windows or ():
            parts.append(f"{name} {window}")  # noqa: PERF401 (a comprehension of three loops is harder to read)
    return ", ".join(parts)
