"""Recurrence rules as vCalendar 1.0 wrote them, before iCalendar: `W1 TU TH #10` said in the words of RFC 5545."""

from __future__ import annotations

import re

_RULE = re.compile(r"(D|W|MP|MD|YM|YD)([0-9]{1,4})((?: [^ #]+)*?)(?: #([0-9]{1,5}))?(?: ([0-9]{8}(?:T[0-9]{6}Z?)?))?")
_FREQUENCIES = {"D": "DAILY", "W": "WEEKLY", "MP": "MONTHLY", "MD": "MONTHLY", "YM": "YEARLY", "YD": "YEARLY"}
_PLACES = {"MD": "BYMONTHDAY", "YM": "BYMONTH", "YD": "BYYEARDAY"}
_WEEKDAY = re.compile("MO|TU|WE|TH|FR|SA|SU")
_WEEK = re.compile(r"([1-5])([+-]?)")
_DAY = re.compile(r"([0-9]{1,3})([+-]?)")


def as_recurrence(rule: str) -> str | None:
    """Return a rule of vCalendar 1.0, in capitals, as one of iCalendar; None where it is none, or cannot be said so.

    A rule that does not say its end is none: what programs take for it differs.
    """
    match = _RULE.fullmatch(" ".join(rule.split()))
    if match is None or (match[4] is None and match[5] is None):
        return None
    kind, interval, places, count, until = match.groups()
    by = _places(kind, places.split())
    if by is None:
        return None
    parts = [f"FREQ={_FREQUENCIES[kind]}", f"INTERVAL={interval}", *by]
    # `#0` is for ever; where an end is given too, it holds.
    if until:
        parts.append(f"UNTIL={until}")
    elif count.strip("0"):
        parts.append(f"COUNT={count}")
    return ";".join(parts)


def _places(kind: str, words: list[str]) -> list[str] | None:
    """Return where in its period a rule has it take place: of no words, where its start is."""
    if not words:
        return []
    if kind == "W":
        return [f"BYDAY={','.join(words)}"] if all(map(_WEEKDAY.fullmatch, words)) else None
    if kind == "MP":
        return _weekdays_of_month(words)
    days = [_DAY.fullmatch("1-" if word == "LD" else word) for word in words]
    if kind not in _PLACES or not all(days):
        return None
    signed = [day[2].strip("+") + day[1] for day in days if day]
    return [f"{_PLACES[kind]}={','.join(signed)}"]


def _weekdays_of_month(words: list[str]) -> list[str] | None:
    """Return which weekdays of a month are meant: `1+ TU 1- FR` is its first Tuesday and its last Friday."""
    days, week = [], ""
    for word in words:
        place = _WEEK.fullmatch(word)
        if place is not None:
            week = place[2].strip("+") + place[1]
        elif week and _WEEKDAY.fullmatch(word):
            days.append(f"{week}{word}")
        else:
            return None
    return [f"BYDAY={','.join(days)}"] if days else None
