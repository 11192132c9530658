"""A strict checker of calendar files: what each client is known to stumble over.

It reads raw bytes with a parser of its own, so it finds what a library that both writes and reads would forgive itself.
Each problem begins with the number of its rule in `ics_list.RULES`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from tests.ics_events import event_problems
from tests.ics_list import COLOURS
from tests.ics_parse import Component, Line, moment, parse
from tests.ics_zones import form_problems, offset_problems

LARGEST = 1_000_000
MULTIPLE = {"CATEGORIES", "X-PLANNER-RULES", "X-PLANNER-TREATMENT"}
TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "NAME", "X-WR-CALNAME", "X-WR-CALDESC", "TZNAME", "UID"}
DURATION = re.compile(r"P(?:[1-9]\d*W|(?=\d|T\d)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)")
NEVER = {"\ufeff", "\ufffe", "\uffff"}
"""A byte order mark, and what no XML may carry."""


def problems(data: bytes) -> list[str]:
    """Return everything that is wrong with a calendar file, each with the number of its rule in `ics_list.RULES`."""
    found = list(_bytes(data))
    try:
        text = data.decode("utf-8")
        calendars = parse(text)
    except UnicodeDecodeError as error:
        return [*found, f"1: not UTF-8 at byte {error.start}"]
    except ValueError as error:
        return [*found, f"7: {error}"]
    if calendars.lines or [part.name for part in calendars.parts] != ["VCALENDAR"]:
        return [*found, "7: not one VCALENDAR and nothing else"]
    (file,) = calendars.parts
    for check in (_head, _shown, _texts, _forbidden, _uids, _zones, _order):
        found += check(file)
    for event in file.named("VEVENT"):
        name = event.value("UID") or "?"
        found += [f"{problem} (event {name})" for problem in event_problems(event)]
    return found


def _bytes(data: bytes) -> Iterator[str]:
    if data.startswith(b"\xef\xbb\xbf"):
        yield "1: begins with a byte order mark"
    if not data.endswith(b"\r\n"):
        yield "2: the last line has no CR LF"
    if len(data) > LARGEST:
        yield f"35: {len(data)} bytes"
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    for number, line in enumerate(lines, 1):
        if b"\r" in line or b"\n" in line:
            yield f"2: line {number} holds a CR or LF of its own"
        if len(line) > 75:
            yield f"3: line {number} has {len(line)} octets"
        if not line.strip():
            yield f"3: line {number} is empty"
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            yield f"4: line {number} begins or ends within a character"
            continue
        if unfit := [char for char in text if unicodedata.category(char) in {"Cc", "Zl", "Zp", "Cs"} or char in NEVER]:
            yield f"5: line {number} holds {', '.join(f'U+{ord(char):04X}' for char in unfit)}"


def _head(file: Component) -> Iterator[str]:
    if file.value("VERSION") != "2.0":
        yield "7: VERSION is not 2.0, once"
    if not file.value("PRODID"):
        yield "7: not one PRODID"
    if [line.value for line in file.all("CALSCALE")] not in ([], ["GREGORIAN"]):
        yield "7: CALSCALE is not GREGORIAN"
    if [line.value for line in file.all("METHOD")] not in ([], ["PUBLISH"]):
        yield "8: METHOD is neither left out nor PUBLISH"
    if not file.value("X-PLANNER-PLAN"):
        yield "18: not one X-PLANNER-PLAN"
    if not file.named("VEVENT"):
        yield "37: no component"
    if strange := {part.name for part in file.parts} - {"VEVENT", "VTIMEZONE"}:
        yield f"7: holds {', '.join(sorted(strange))}"
    kinds = [part.name for part in file.parts]
    if kinds != sorted(kinds, reverse=True):
        yield "22: a VTIMEZONE stands behind an event"


def _shown(file: Component) -> Iterator[str]:
    for first, second in (("NAME", "X-WR-CALNAME"), ("DESCRIPTION", "X-WR-CALDESC")):
        if not file.value(first) or file.value(first) != file.value(second):
            yield f"33: {first} and {second} are not both there and equal"
    if file.value("COLOR") not in COLOURS:
        yield f"33: COLOR {file.value('COLOR')} is no CSS3 name"
    if not re.fullmatch(r"#[0-9A-F]{6}", file.value("X-APPLE-CALENDAR-COLOR") or ""):
        yield "33: X-APPLE-CALENDAR-COLOR is not #RRGGBB"
    refresh, ttl = file.one("REFRESH-INTERVAL"), file.value("X-PUBLISHED-TTL")
    if refresh is None or refresh.params != {"VALUE": "DURATION"} or refresh.value != ttl:
        yield "34: REFRESH-INTERVAL;VALUE=DURATION and X-PUBLISHED-TTL are not both there and equal"
    elif not DURATION.fullmatch(refresh.value) or not re.search("[1-9]", refresh.value):
        yield f"34: REFRESH-INTERVAL {refresh.value} is no positive duration"


def _texts(file: Component) -> Iterator[str]:
    for line in (line for component in file.walk() for line in component.lines):
        if line.name in TEXTS and not re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", line.value):
            yield f"6: {line.name} in line {line.number} is not escaped"
        if line.name in MULTIPLE and (
            not re.fullmatch(r"(?:[^\\;]|\\[\\;,nN])*", line.value) or not all(re.split(r"(?<!\\),", line.value))
        ):
            yield f"6: {line.name} in line {line.number} is no list of texts"
        if line.name == "URL" and (not all(urlsplit(line.value)[:2]) or "&amp;" in line.value or "\\" in line.value):
            yield f"32: URL in line {line.number} is not absolute, or escaped"


def _forbidden(file: Component) -> Iterator[str]:
    for line in (line for component in file.walk() for line in component.lines):
        if line.name in {"ORGANIZER", "ATTENDEE"}:
            yield f"8: {line.name} in line {line.number}"
        if line.name == "X-MICROSOFT-CDO-ALLDAYEVENT":
            yield f"20: {line.name} in line {line.number}"
        if line.name == "RELATED-TO" or (line.name == "LINK" and not {"VALUE", "LINKREL"} <= line.params.keys()):
            yield f"38: {line.name} in line {line.number}"


def _uids(file: Component) -> Iterator[str]:
    events = [event for event in file.named("VEVENT") if not event.all("RECURRENCE-ID")]
    for uid, count in Counter(event.value("UID") for event in events).items():
        if count > 1:
            yield f"11: {count} events have the UID {uid}"


def _zones(file: Component) -> Iterator[str]:
    zones = Counter(zone.value("TZID") for zone in file.named("VTIMEZONE"))
    used = {line.params["TZID"] for event in file.named("VEVENT") for line in _times(event) if "TZID" in line.params}
    if zones.keys() != used or any(count > 1 for count in zones.values()):
        yield f"22: VTIMEZONEs {sorted(zones.elements(), key=str)} for the TZIDs {sorted(used)}"
    if strange := used - available_timezones():
        yield f"21: {sorted(strange)} are no IANA names"
        return
    years = [
        time.year for event in file.named("VEVENT") for line in _times(event) if (time := moment(line)) is not None
    ]
    for zone in file.named("VTIMEZONE"):
        formal = list(form_problems(zone))
        yield from formal
        if not formal and years and zone.value("TZID") in used:
            yield from offset_problems(_written(zone), min(years) - 1, max(years) + 1)


def _times(event: Component) -> list[Line]:
    return [line for line in event.lines if line.name in {"DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"}]


def _written(component: Component) -> str:
    """Return a component as text again, unfolded."""
    lines = [f"BEGIN:{component.name}", *(f"{line.name}:{line.value}" for line in component.lines)]
    return "\r\n".join([*lines, *map(_written, component.parts), f"END:{component.name}"])


def _order(file: Component) -> Iterator[str]:
    zones = [zone.value("TZID") for zone in file.named("VTIMEZONE")]
    tz = ZoneInfo(zones[0]) if zones and zones[0] in available_timezones() else None
    starts = [(line, event.value("UID") or "") for event in file.named("VEVENT") if (line := event.one("DTSTART"))]
    keys = [(when, uid) for line, uid in starts if (when := moment(line)) is not None]
    if tz is None:
        # Without a zone nobody can say when a day begins: look at the days and at the moments apart.
        dates = [(when.isoformat(), uid) for when, uid in keys if not isinstance(when, datetime)]
        moments = [(when.isoformat(), uid) for when, uid in keys if isinstance(when, datetime)]
    else:
        dates, moments = [], [(_instant(when, tz).isoformat(), uid) for when, uid in keys]
    for (before, _), (after, uid) in (
        pair for each in (dates, moments) for pair in pairwise(each) if pair[0] > pair[1]
    ):
        yield f"36: {uid} at {after} stands behind {before}"


def _instant(when: date | datetime, tz: ZoneInfo) -> datetime:
    return when if isinstance(when, datetime) else datetime(when.year, when.month, when.day, tzinfo=tz).astimezone(UTC)
