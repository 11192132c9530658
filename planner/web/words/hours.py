"""Hours of the week as people type them, and what says that something typed is not understood."""

from __future__ import annotations

import re
from typing import Any

from planner.appointments.opening_hours import parse_hours
from planner.dates import WEEKDAYS

PARTS_OF_DAY = {"mornings": "07:00-08:30", "evenings": "17:30-19:30", "lunch": "12:00-13:00", "always": "06:00-20:00"}


class NotUnderstoodError(ValueError):
    """Say that a text is not understood, and what would be right."""

    def __init__(self, text: str, right: str) -> None:
        super().__init__(text)
        self.text = text
        self.right = right


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
            days.setdefault(day, []).extend(f"{hours.first:%H:%M}-{hours.last:%H:%M}" for hours in windows)
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
        lambda match: f"{match[1]:0>2}:{match[2] or '00'}-{match[3]:0>2}:{match[4] or '00'}",
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
