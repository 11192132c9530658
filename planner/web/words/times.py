"""Times: moments and days as people type them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from planner.dates import WEEKDAYS
from planner.errors import nearest
from planner.web.words.hours import NotUnderstoodError

_CLOCK = re.compile(r"(?:at\s+|um\s+)?(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|uhr|h)?", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.)?\s*([a-zä]{3,})\.?(?:\s+(\d{4}))?|([a-zä]{3,})\s+(\d{1,2})(?:,?\s+(\d{4}))?"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


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
            named_day = _date(int(year) if year else today.year, month, day)
            if named_day is not None and not year and named_day < today - timedelta(days=90):
                named_day = _date(today.year + 1, month, day)
            return named_day, words[named.end() :]
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
