"""Log words: what a person says of a day, as the command line takes it, becomes the fields of a log entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, get_args

from planner.case.entries import NOTHING
from planner.case.health import refused_sign
from planner.dates import UnclearDateError, parse_date
from planner.errors import Problem, one_of, quoted
from planner.rulebook.model import Rulebook
from planner.rulebook.names import folded
from planner.rulebook.scales import Finding

COMMAND = "planner log"
OPTIONS = {
    "time": "--time",
    "did": "--did",
    "minutes": "--minutes",
    "pain": "--pain",
    "next_morning": "--next-morning",
    "soreness": "--soreness",
    "limp": "--limp",
    "painkiller": "--painkiller",
    "region": "--region",
    "signs": "--sign",
    "advice_sought": "--advice-sought",
    "cleared": "--cleared",
    "by": "--by",
    "training_from": "--training-from",
}
"""The fields of a log entry, in the order in which they are written, and the options that say them."""

NAMED = {"did": ("workouts", "workout"), "region": ("regions", "region")}
ABOUT = ("region", "time")
"""The fields that say nothing by themselves: where something was felt, and when it began."""
PAST = ("--date", "--from", "--until")
"""The options whose days lie behind: a weekday is the last one."""
MOST_DAYS = 62
"""So many days may be logged at once."""
RATINGS = ("pain", "next_morning", "soreness")
"""The fields that hold a rating from 0 to 10."""


_MINUTES = re.compile(r"(\d+) ?m(?:in(?:s|utes)?)?\.?", re.IGNORECASE)
_HOURS = re.compile(r"(\d{1,2})(?:h| ?hours?|:(?=\d))\s?([0-5]\d)?(?: ?min)?", re.IGNORECASE)
_OF_TEN = re.compile(r"(\d+) ?(?:/|of|out of) ?10")
_BROKEN = re.compile(r"(\d{1,4})[.,]\d+")
_LENGTH = re.compile(r"\b([1-9]\d{0,2}) ?min(?:utes)?\b")


class LogWords:
    """Understand what is said of a day: fields of a log entry, and every mistake in it.

    `words` holds what was said by the name of its field, and whatever else the command line said.
    """

    def __init__(self, words: Mapping[str, Any], book: Rulebook) -> None:
        self.problems: list[Problem] = []
        self.fields: dict[str, Any] = {}
        self.written: str | None = words["date"]
        self.first: str | None = words["first"]
        self.last: str | None = words["last"]
        self.training_from: str | None = None
        for field in OPTIONS:
            value = words[field]
            if value:
                self._field(field, value, book)
        if not words["as_planned"] and not any(words[field] for field in OPTIONS if field not in ABOUT):
            self._wrong(
                "",
                "nothing to write down",
                f"give {one_of(option for field, option in OPTIONS.items() if field not in ABOUT)}",
            )
        for field in ("by", "training_from"):
            if words[field] and not words["cleared"]:
                self._wrong(OPTIONS[field], "says nothing without a finding", f"add {OPTIONS['cleared']}")

    def _wrong(self, option: str, wrong: str, right: str) -> None:
        self.problems.append(Problem(COMMAND, option, wrong, right))

    def _field(self, field: str, value: Any, book: Rulebook) -> None:
        if field == "time":
            self._time(value)
        elif field in RATINGS:
            self._number(field, value, 0, 10)
        elif field == "minutes":
            self._number(field, value, 1, 1440)
        elif field == "did" and folded(value) in NOTHING:
            self.fields["did"] = "nothing"
        elif field in NAMED:
            self._name(field, value, book)
            if field == "did" and (length := _LENGTH.search(value)) is not None:
                # A calendar's title, "Easy run · 45 min", says how long it was; --minutes says it better.
                self.fields["minutes"] = int(length[1])
        elif field == "signs":
            self._signs(value, book)
        elif field == "cleared":
            self._finding(value)
        elif field == "training_from":
            self.training_from = value
        elif field == "by":
            self.fields[field] = value.strip()
        else:
            self.fields[field] = True

    def _signs(self, texts: Iterable[str], book: Rulebook) -> None:
        """Understand words for danger signs; one that nobody knows is kept as it is said, if it is not mistyped."""
        signs: dict[str, None] = {}
        for text in texts:
            name = book.names.find("signs", text)
            if name is None and (sentence := refused_sign(book, text)) is not None:
                wrong, right = sentence
                self._wrong(OPTIONS["signs"], wrong, right)
            else:
                signs[name or text.strip()] = None
        if signs:
            self.fields["signs"] = list(signs)

    def _finding(self, text: str) -> None:
        finding = text.strip().casefold().replace("_", " ").replace("-", " ")
        if finding not in get_args(Finding):
            right = f"say what the clinician found: {one_of(map(quoted, get_args(Finding)))}"
            self._wrong(OPTIONS["cleared"], f"{quoted(text)} is no finding", right)
        else:
            self.fields["cleared"] = finding

    def _time(self, text: str) -> None:
        try:
            self.fields["time"] = time.fromisoformat(text.strip().zfill(5))
        except ValueError:
            self._wrong(OPTIONS["time"], f"{quoted(text)} is no time of day", "write it as 18:30")

    def _date(self, option: str, text: str, today: date) -> date | datetime | None:
        """Return a day, with a time of it or without, that was written; None where it is none."""
        try:
            return parse_date(text, today, past=option in PAST)
        except UnclearDateError as error:
            self._wrong(option, error.wrong, error.right)
            return None

    def _training_from(self, today: date) -> None:
        if self.training_from is None:
            return
        day = self._date(OPTIONS["training_from"], self.training_from, today)
        if day is not None:
            self.fields["training_from"] = day.date() if isinstance(day, datetime) else day

    def _number(self, field: str, text: str, least: int, most: int) -> None:
        right = f"give {least} to {most}"
        plain = _MINUTES.fullmatch(text.strip()) if field == "minutes" else _OF_TEN.fullmatch(text.strip())
        text = plain[1] if plain is not None else text
        if field == "minutes" and (hours := _HOURS.fullmatch(text.strip())) is not None:
            text = str(60 * int(hours[1]) + int(hours[2] or 0))
        if (broken := _BROKEN.fullmatch(text)) is not None and least <= int(broken[1]) < most:
            low = int(broken[1])
            self._wrong(OPTIONS[field], f"{quoted(text)} is between {low} and {low + 1}", f"give {low} or {low + 1}")
        elif not re.fullmatch(r"[+-]?[0-9]{1,9}", text):
            self._wrong(OPTIONS[field], f"{quoted(text)} is not a whole number", right)
        elif not least <= int(text) <= most:
            self._wrong(OPTIONS[field], f"{text} is out of range", right)
        else:
            self.fields[field] = int(text)

    def _name(self, field: str, text: str, book: Rulebook) -> None:
        what, singular = NAMED[field]
        name = book.names.find(what, text)
        if name is None:
            self._wrong(OPTIONS[field], f"{quoted(text)} is no {singular}", book.names.nearest(what, text))
        else:
            self.fields[field] = name

    def days(self, today: date) -> list[date]:
        """Return the days that are meant: one, or those from a first to a last, both included."""
        if self.first is None and self.last is None:
            return [self.day(today)]
        self._training_from(today)
        if self.written is not None:
            self._wrong("--date", "names one day, and --from and --until several", "give one of them")
        if self.first is None:
            self._wrong("--until", f"{self.last} says no first day", "add --from")
            return []
        first = self._day_of("--from", self.first, today)
        last = today if self.last is None else self._day_of("--until", self.last, today)
        if first is None or last is None:
            return []
        if last < first:
            self._wrong("--until", f"{last} lies before {first}", f"give {first} or a later day")
        elif (last - first).days >= MOST_DAYS:
            self._wrong("--from", f"{first} to {last} are more than {MOST_DAYS} days", "log them in parts")
        return [first + timedelta(days=number) for number in range(max((last - first).days + 1, 0))]

    def _day_of(self, option: str, text: str, today: date) -> date | None:
        """Return a day that was written, None where it is no day up to today."""
        day = self._date(option, text, today)
        if day is None:
            return None
        if isinstance(day, datetime):
            self._wrong(option, f"{quoted(text)} has a time of day", "give the date alone")
            return None
        if day > today:
            self._wrong(option, f"{day} is in the future", f"give {today} or a day before it")
            return None
        return day

    def day(self, today: date) -> date:
        """Return the day that is meant: today, or yesterday where only the morning after it is told."""
        self._training_from(today)
        day: date = today
        if self.written is not None:
            written = self._day_of("--date", self.written, today)
            if written is None:
                return today
            day = written
        if "next_morning" in self.fields:
            if self.written is None and set(self.fields) <= {"next_morning", "did", "region"}:
                day = today - timedelta(days=1)
            elif self.written is None:
                wrong = "belongs to the day before it, and the rest to today"
                self._wrong(
                    "--next-morning", wrong, "log it by itself, or say which day all of it is about with --date"
                )
            elif day == today:
                self._wrong("--next-morning", f"the morning after {day} has not come yet", "log it tomorrow")
        return day
