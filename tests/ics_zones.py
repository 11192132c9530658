"""What a VTIMEZONE says, worked out from RFC 5545, 3.6.5 alone, and whether that is what the zone's clocks show."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from tests.ics_parse import Component, parse

WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
OFFSET = re.compile(r"([+-])(\d\d)([0-5]\d)([0-5]\d)?")
HOUR = timedelta(hours=1)


def form_problems(zone: Component) -> Iterator[str]:
    """Yield what keeps a client from reading a VTIMEZONE."""
    observances = [part for part in zone.parts if part.name in {"STANDARD", "DAYLIGHT"}]
    if not zone.named("STANDARD"):
        yield "22: the VTIMEZONE has no STANDARD"
    if not zone.value("TZID"):
        yield "22: the VTIMEZONE has no TZID"
    for part in observances:
        start = part.value("DTSTART") or ""
        if not re.fullmatch(r"\d{8}T\d{6}", start):
            yield f"22: an observance starts at {start!r}, not at a local time"
        for name in ("TZOFFSETFROM", "TZOFFSETTO"):
            if not OFFSET.fullmatch(part.value(name) or ""):
                yield f"22: {name} is {part.value(name)!r}"
        if part.all("RDATE"):
            yield "22: an observance lists its dates (RDATE)"
        if (rule := part.value("RRULE")) is not None and not _readable(rule):
            yield f"22: {rule} is no yearly rule with BYDAY"


def _readable(rule: str) -> bool:
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    nth = re.fullmatch(r"(-1|[1-4])(MO|TU|WE|TH|FR|SA|SU)", parts.get("BYDAY", ""))
    window = parts.get("BYDAY") in WEEKDAYS and re.fullmatch(r"\d\d?(,\d\d?){6}", parts.get("BYMONTHDAY", ""))
    known = parts.keys() <= {"FREQ", "BYMONTH", "BYDAY", "BYMONTHDAY"}
    return parts.get("FREQ") == "YEARLY" and "BYMONTH" in parts and known and bool(nth or window)


def offset_problems(text: str, first: int, last: int, step: timedelta = HOUR) -> Iterator[str]:
    """Yield where a VTIMEZONE (as text) differs from the zone it names, looking at each step of the years."""
    yield from _offset_problems(text, first, last, step)


@lru_cache(maxsize=512)
def _offset_problems(text: str, first: int, last: int, step: timedelta) -> tuple[str, ...]:
    zone = parse(text).parts[0]
    try:
        onsets = sorted(_onsets(zone, last + 1))
    except (ValueError, KeyError) as error:
        return (f"22: the VTIMEZONE cannot be worked out: {error}",)
    tz = ZoneInfo(zone.value("TZID") or "")
    end = datetime(last + 1, 1, 1, tzinfo=UTC)
    starts, moment = [onset for onset, _ in onsets], datetime(first, 1, 1, tzinfo=UTC)
    while moment < end:
        place = bisect_right(starts, moment)
        said = onsets[place - 1][1] if place else None
        if said != moment.astimezone(tz).utcoffset():
            local = moment.astimezone(tz)
            return (f"22: the VTIMEZONE of {tz} says {said} at {moment:%Y-%m-%d %H:%M}Z, not {local.utcoffset()}",)
        moment += step
    if any(this == after for this, after in pairwise(starts)):
        return (f"22: the VTIMEZONE of {tz} has two observances that begin at once",)
    return ()


def _onsets(zone: Component, last: int) -> Iterator[tuple[datetime, timedelta]]:
    """Yield each moment, in UTC, at which an observance sets in, and the offset from then on."""
    for part in zone.parts:
        start = datetime.strptime(part.value("DTSTART") or "", "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        offset_from, offset_to = (offset(part.value(name) or "") for name in ("TZOFFSETFROM", "TZOFFSETTO"))
        rule = part.value("RRULE")
        for local in [start] if rule is None else _yearly(rule, start, last):
            yield local - offset_from, offset_to


def _yearly(rule: str, start: datetime, last: int) -> Iterator[datetime]:
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    weekday = WEEKDAYS.index(parts["BYDAY"][-2:])
    nth = int(parts["BYDAY"][:-2] or 0)
    for year in range(start.year, last + 1):
        month = int(parts["BYMONTH"])
        days = range(1, calendar.monthrange(year, month)[1] + 1)
        days_of = [day for day in days if calendar.weekday(year, month, day) == weekday]
        if nth:
            day = days_of[nth - 1 if nth > 0 else nth]
        else:
            (day,) = set(days_of) & set(map(int, parts["BYMONTHDAY"].split(",")))
        onset = start.replace(year=year, month=month, day=day)
        if year == start.year and onset != start:
            raise ValueError(f"DTSTART {start:%Y%m%dT%H%M%S} is not a hit of {rule}")
        yield onset


def offset(text: str) -> timedelta:
    """Return a UTC-OFFSET as a time span."""
    match = OFFSET.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no offset")
    span = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
    return -span if match[1] == "-" else span
