"""What differs between two states of a case, in words: whoever looks at the page never wrote a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple

from planner.page.environment import clock_words, day_words
from planner.page.sentences import plain, sentences
from planner.web.cases.outside import ValueDifference


class DifferenceShown(NamedTuple):
    """Hold one value that differs as a page shows it: what it is, how it was, and how it is now."""

    name: str
    before: str
    after: str


def difference_words(difference: ValueDifference) -> DifferenceShown:
    """Return a value that differs in words: `goals.runs` is what you would like, runs."""
    table, _, rest = difference.path.partition("[")[0].partition(".")
    key = f"tables.{table}"
    name = plain(key) if key in sentences() else _plain_name(table).capitalize()
    name = f"{name}: {_plain_name(rest)}" if rest else name
    return DifferenceShown(
        name,
        plain("conflict.not_there") if difference.before is None else value_words(difference.before),
        plain("conflict.gone") if difference.after is None else value_words(difference.after),
    )


def value_words(value: Any) -> str:
    """Return a value of a file as a person says it: `Wed 25 Nov`, `yes`, `kind massage, region calf`."""
    if isinstance(value, bool):
        return plain("conflict.yes" if value else "conflict.no")
    if isinstance(value, datetime):
        return clock_words(value)
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Mapping):
        return ", ".join(f"{_plain_name(key)} {value_words(part)}" for key, part in value.items() if key != "id")
    if isinstance(value, list):
        return ", ".join(map(value_words, value))
    return _plain_name(str(value))


def _plain_name(text: str) -> str:
    return text.replace("_", " ").replace(".", ", ") if text.replace("_", "").replace(".", "").isalpha() else text
