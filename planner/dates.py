"""Dates and times as people write them: "tomorrow", "Tuesday 9:30", "1 Dec 9:30", 2026-12-01T09:30.

What could mean two days is not guessed: the error names both. `dateparser` was tried and left: it takes a fifth of a
second to load, finds a date in nearly any text, and guesses where a day could be a month.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
RELATIVE = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}
RELATIVE |= {"the day after tomorrow": 2, "day after tomorrow": 2, "the day before yesterday": -2}
RELATIVE |= {"day before yesterday": -2}
SHORTEST = 3
"""Letters that the name of a weekday or a month needs."""
FAR = timedelta(days=150)
"""A day without a year that lies so far from today could as well be that of the year before or after."""
WRITE = "write it as 2026-11-25, or 2026-11-25T07:00"

# Patterns, not compiled: whoever reads no date of a person, such as a plan made again, has no need of them.
_CLOCK = r"(\d{1,2})(?:[:.h](\d{2}))? ?(am|pm)?"
_SPAN = rf"{_CLOCK}\s*(?:-|\u2013|to|till|until)\s*{_CLOCK}"
_AGO = r"(?P<number>\d{1,3}|a|one) (?P<unit>days?|weeks?) ago"
_AHEAD = r"in (?P<number>\d{1,3}|a|one) (?P<unit>days?|weeks?)"
_ISO = r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]+(.+))?"
_TIME = r"(?:at )?(\d{1,2})(?:[:.h](\d{2})(?::(\d{2}))?)? ?(am|pm)?"
_NUMBERS = r"(\d{1,2})([./])(\d{1,2})\.?(?:\2?(\d{4}))?"
_DAY_MONTH = r"(\d{1,2})(?:st|nd|rd|th|\.)? ([a-z]{3,9})\.?,?(?: (\d{4}))?"
_MONTH_DAY = r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?"


class UnclearDateError(ValueError):
    """Say what is wrong with a date or a time, and what to write."""

    def __init__(self, wrong: str, right: str) -> None:
        self.wrong, self.right = wrong, right
        super().__init__(f"{wrong}; {right}")


def parse_time(text: str) -> time:
    """Return a time of day: `9:30`, `9.30`, `9h30`, `9 pm`.

    Raises `UnclearDateError`, which says what would be right.
    """
    match = re.fullmatch(_TIME, text.strip().casefold())
    if match is None or (match[2] is None and match[4] is None):
        raise UnclearDateError(f'"{text}" is no time of day', "write it as 09:30")
    hour = int(match[1])
    if match[4] is not None:
        if not 1 <= hour <= 12:
            raise UnclearDateError(f'"{text}" is no time of day', "write it as 09:30")
        hour = hour % 12 + (12 if match[4] == "pm" else 0)
    try:
        return time(hour, int(match[2] or 0), int(match[3] or 0))
    except ValueError:
        raise UnclearDateError(f'"{text}" is no time of day', "write it as 09:30") from None


def plain_span(text: str) -> str:
    """Return from when to when, as clocks show it: `06:00-07:30` for `6-7:30`; any other text as it is."""
    match = re.fullmatch(_SPAN, text.strip().casefold())
    if match is None:
        return text
    ends = [match.group(1, 2, 3), match.group(4, 5, 6)]
    # Who says "6-7:30 pm" means both.
    ends = [(hour, minute, half or match[6]) for hour, minute, half in ends]
    try:
        times = [parse_time(f"{hour}:{minute or '00'} {half or ''}") for hour, minute, half in ends]
    except ValueError:
        return text
    return "-".join(f"{time:%H:%M}" for time in times)


def parse_date(text: str, today: date, *, past: bool = False) -> date | datetime:
    """Return the day that a text means, seen from `today`, or the local time where it names one.

    `past`: what is told lies behind, so that a weekday is the last one, not the next.

    Raises `UnclearDateError` where it means nothing, or could mean two days: the error says what to write.
    """
    words = " ".join(text.casefold().replace(",", " ").split())
    for split in _splits(words):
        day = _day(split[0], today, text, past=past)
        if day is None:
            continue
        return day if not split[1] else datetime.combine(day, parse_time(split[1]))
    raise UnclearDateError(f'"{text}" is no date', WRITE)


def parse_absolute(text: str) -> date | datetime:
    """Return the day, or the local time, that a text means whenever it is read.

    Raises `UnclearDateError` as `parse_date` does, and where the day depends on today.
    """
    read = {_or_none(text, today) for today in (date(2025, 3, 15), date(2026, 9, 16), date(2028, 1, 21))}
    if read == {None}:
        parse_date(text, date(2026, 1, 15))
    day = read.pop()
    if read or day is None:
        raise UnclearDateError(f'"{text}" is another day whenever it is read', WRITE)
    return day


def date_in_toml(day: date) -> str:
    """Return a date, or a local date and time, as TOML writes it."""
    return f"{day:%Y-%m-%dT%H:%M:%S}" if isinstance(day, datetime) else f"{day:%Y-%m-%d}"


def _or_none(text: str, today: date) -> date | datetime | None:
    try:
        return parse_date(text, today)
    except ValueError:
        return None


def _splits(words: str) -> list[tuple[str, str]]:
    """Return the ways to split words into a day and a time; the day alone first."""
    parts = words.split(" ")
    ways = [(words, "")]
    if (match := re.fullmatch(_ISO, words)) is not None and match[4]:
        return [(f"{match[1]}-{match[2]}-{match[3]}", match[4])]
    ways += [(" ".join(parts[:-count]), " ".join(parts[-count:])) for count in (1, 2, 3) if len(parts) > count]
    return [(day.removesuffix(" at"), clock) for day, clock in ways if not clock or re.fullmatch(_TIME, clock)]


def _day(words: str, today: date, text: str, *, past: bool = False) -> date | None:
    if words in RELATIVE:
        return today + timedelta(days=RELATIVE[words])
    if (match := re.fullmatch(_AGO, words)) is not None or (match := re.fullmatch(_AHEAD, words)) is not None:
        number = 1 if match["number"] in {"a", "one"} else int(match["number"])
        days = number * (7 if match["unit"].startswith("week") else 1)
        return today + timedelta(days=-days if words.endswith("ago") else days)
    if (match := re.fullmatch(_ISO, words)) is not None:
        return _date(int(match[1]), int(match[2]), int(match[3]), text)
    bare = re.sub(r"^(?:next|last|this|on) ", "", words)
    if (weekday := _named(bare, WEEKDAYS)) is not None:
        if words.startswith("last ") or (past and not words.startswith(("next ", "this "))):
            return _last_weekday(weekday, today, text, last=words.startswith("last "))
        return _weekday(weekday, today, text, next_week=words.startswith("next "))
    first, _, rest = words.partition(" ")
    if rest and (weekday := _named(first, WEEKDAYS)) is not None:
        day = _day(rest, today, text, past=past)
        if day is not None and day.weekday() != weekday:
            raise UnclearDateError(
                f'"{text}" is no {WEEKDAYS[weekday].capitalize()}: it would be {_written(day)}', WRITE
            )
        return day
    if (match := re.fullmatch(_DAY_MONTH, words)) is not None:
        return _month_day(match[2], int(match[1]), match[3], today, text)
    if (match := re.fullmatch(_MONTH_DAY, words)) is not None:
        return _month_day(match[1], int(match[2]), match[3], today, text)
    if (match := re.fullmatch(_NUMBERS, words)) is not None:
        return _numbers(match, today, text)
    return None


def _weekday(weekday: int, today: date, text: str, *, next_week: bool) -> date:
    """Return the next such weekday; one that is today's, or that is said to be next, could be that of next week too."""
    ahead = (weekday - today.weekday()) % 7
    first, second = today + timedelta(days=ahead), today + timedelta(days=ahead + 7)
    if ahead == 0 or next_week:
        raise _one_of_two(text, first, second)
    return first


def _last_weekday(weekday: int, today: date, text: str, *, last: bool) -> date:
    """Return the weekday that was last; today's, or one of this week that is said to be last, could be another too."""
    behind = (today.weekday() - weekday) % 7
    first, second = today - timedelta(days=behind), today - timedelta(days=behind + 7)
    if last and behind == 0:
        return second
    if behind == 0 or (last and behind <= today.weekday()):
        raise _one_of_two(text, first, second)
    return first


def _one_of_two(text: str, first: date, second: date) -> UnclearDateError:
    wrong = f'"{text}" could be {_written(first)} or {_written(second)}'
    return UnclearDateError(wrong, f"write {first} or {second}")


def _month_day(name: str, day: int, year: str | None, today: date, text: str) -> date | None:
    month = _named(name, MONTHS)
    if month is None:
        return None
    if year is not None:
        return _date(int(year), month + 1, day, text)
    return _nearest_year(month + 1, day, today, text)


def _numbers(match: re.Match[str], today: date, text: str) -> date:
    """Return the day of `24.12.` (day first, as it is written with points) or of `12/24`, where only one way fits."""
    first, second = int(match[1]), int(match[3])
    ways = {(first, second)} if match[2] == "." else {(first, second), (second, first)}
    days = []
    for day, month in sorted(ways):
        try:
            days.append(date(int(match[4]), month, day) if match[4] else _nearest_year(month, day, today, text))
        except ValueError:
            continue
    if not days:
        raise UnclearDateError(f'"{text}" is no date', WRITE)
    if len(days) > 1:
        choices = " or ".join(map(_written, days))
        raise UnclearDateError(f'"{text}" could be {choices}', f"write {' or '.join(map(str, days))}")
    return days[0]


def _nearest_year(month: int, day: int, today: date, text: str) -> date:
    years = (today.year - 1, today.year, today.year + 1)
    days = [date(year, month, day) for year in years if _fits(year, month, day)]
    days.sort(key=lambda day: abs(day - today))
    if not days:
        raise UnclearDateError(f'"{text}" is no date', WRITE)
    if abs(days[0] - today) > FAR and len(days) > 1:
        near = sorted(days[:2])
        raise UnclearDateError(f'"{text}" could be {near[0]} or {near[1]}', "say the year")
    return days[0]


def _fits(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _date(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise UnclearDateError(f'"{text}" is no date: there is no such day', WRITE) from None


def _named(name: str, names: tuple[str, ...]) -> int | None:
    """Return which of some names is meant by its first letters, or None."""
    if len(name) < SHORTEST:
        return None
    matching = [number for number, full_name in enumerate(names) if full_name.startswith(name)]
    return matching[0] if len(matching) == 1 else None


def _written(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"
