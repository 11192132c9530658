"""What the tests of titles share: the reader with the shipped words, and the minutes of a reading at one pace."""

from __future__ import annotations

from functools import cache

from planner.rulebook.file import shipped_folder
from planner.titles.file import reading_words
from planner.titles.reader import Reader
from planner.titles.session import SessionReading

PACE = 360
"""Seconds a kilometre: what the labelled minutes of distances stand for."""


@cache
def shipped_reader() -> Reader:
    """Return the reader with the words that come with the program."""
    return Reader(reading_words(shipped_folder()))


def minutes_of(reading: SessionReading) -> int | None:
    """Return the minutes of a reading at the pace of the labels, None where it says neither minutes nor a distance."""
    length = reading.length
    if length.minutes is None and length.metres is None:
        return None
    return round((length.minutes or 0) + (length.metres or 0) / 1000 * PACE / 60)
