"""The shortcut through a large calendar: which events cannot matter, told without understanding them.

When in doubt an event is read. Nothing that is skipped here could have been found there: a test compares.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from planner.calendars.plain_text import plain_letters
from planner.calendars.read.blocks import Block, unfolded

MARGIN = timedelta(days=3)
"""What a date may be off from one zone to another, with the day that an event without an end lasts, and more."""
_SPECIAL = re.compile(r"[\\,;:\"\s]+")
_CLOCK = "(?:t(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?z?)?"
_MOMENT = r"(?:;[^:\"\n]*)?:[ \t]*([0-9]{4})([0-9]{2})([0-9]{2})" + _CLOCK + r"[ \t]*\n"
_START = re.compile(r"\ndtstart" + _MOMENT)
_END = re.compile(r"\ndtend" + _MOMENT)
ENCODED = ("quoted-printable", "base64", "encoding=b")
_IN_DOUBT = ("rrule", "exrule", "rdate", "recurrence-id", "exdate", "duration", "allday", *ENCODED)
"""Whatever holds one of these words, be it in its description, is read."""


def certain_part(match: str) -> str:
    """Return the longest part of a text that stands in a file as it is, whatever is escaped or folded around it."""
    return max(_SPECIAL.split(plain_letters(match)), key=len)


def may_match(block: Block, part: str) -> bool:
    """Return whether an event could contain a text, of which `part` is the certain part."""
    text = plain_letters(unfolded(block.text))
    return part in text or any(word in text for word in ENCODED)


def is_far_away(block: Block, first: date, last: date) -> bool:
    """Return whether an event that is alone with its UID lies far outside some days, and has nothing odd in it."""
    text = unfolded(block.text).casefold()
    start = _START.search(text)
    if start is None or text.count("\ndtstart") != 1 or any(word in text for word in _IN_DOUBT):
        return False
    begins = _date(start)
    if begins is None:
        return False
    if begins > last + MARGIN:
        return True
    end = _END.search(text)
    if end is None:
        return "\ndtend" not in text and begins < first - MARGIN
    ends = _date(end)
    return ends is not None and text.count("\ndtend") == 1 and max(begins, ends) < first - MARGIN


def start_of(block: Block) -> date | None:
    """Return the day on which an event begins as it is written, None where that is not plain to see."""
    start = _START.search(unfolded(block.text).casefold())
    return None if start is None else _date(start)


def _date(match: re.Match[str]) -> date | None:
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    # Years that are not plausible are said to be so where events are read.
    if not 1900 < year < 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
