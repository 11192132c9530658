"""What is checked of each event in a calendar file; the numbers are those of `ics_rules`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.ics_parse import Component, Line, moment

BUSY = {"OPAQUE": "BUSY", "TRANSPARENT": "FREE"}
ALARM = re.compile(r"-P(?:[1-9]\d*W|(?=\d|T\d)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)")


def event_problems(event: Component) -> Iterator[str]:
    """Yield everything that is wrong with one event."""
    for check in (_once, _uid, _stamps, _times, _local, _series, _alarms, _busy, _words):
        yield from check(event)


def _once(event: Component) -> Iterator[str]:
    for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "SEQUENCE", "CREATED", "LAST-MODIFIED"):
        if len(event.all(name)) != 1:
            yield f"9: {len(event.all(name))} {name}"
    if len(event.all("DTEND")) + len(event.all("DURATION")) != 1:
        yield "9: not one of DTEND and DURATION"
    if not re.fullmatch(r"\d+", event.value("SEQUENCE") or ""):
        yield "15: SEQUENCE is no count"


def _uid(event: Component) -> Iterator[str]:
    uid, start = event.value("UID") or "", event.value("DTSTART") or ""
    if not re.fullmatch(r"[!-~]{16,255}", uid):
        yield "10: the UID is not 16 to 255 printable ASCII characters"
    if start and start[:8] in uid.replace("-", ""):
        yield "10: the UID holds the date"


def _stamps(event: Component) -> Iterator[str]:
    for line in event.lines:
        if line.name in {"DTSTAMP", "CREATED", "LAST-MODIFIED"} and (
            line.params or not re.fullmatch(r"\d{8}T\d{6}Z", line.value) or moment(line) is None
        ):
            yield f"13: {line.name} is {line.value}, not in UTC"


def _times(event: Component) -> Iterator[str]:
    start, end = event.one("DTSTART"), event.one("DTEND")
    for line in (start, end):
        if line is None:
            continue
        form = "DATE" if line.params.get("VALUE") == "DATE" else "UTC" if line.value.endswith("Z") else "local"
        if line.params.keys() != {"DATE": {"VALUE"}, "UTC": set(), "local": {"TZID"}}[form]:
            yield f"21: {line.name} has the parameters {line.params}"
        elif moment(line) is None:
            yield f"21: {line.name} is {line.value}"
    if start is None or end is None:
        return
    begins, ends = moment(start), moment(end)
    if begins is None or ends is None:
        return
    if isinstance(begins, datetime) != isinstance(ends, datetime) or start.params != end.params:
        yield "19: DTSTART and DTEND are not of one kind"
    elif isinstance(begins, datetime) and isinstance(ends, datetime):
        if ends <= begins:
            yield "24: ends when it begins, or before"
        if start.value.endswith("T000000") and end.value.endswith("T000000"):
            yield "20: a whole day is written with times"
    elif _days(begins, ends) < 1:
        yield "19: a whole day ends on the day it begins, or before"


def _days(begins: date, ends: date) -> int:
    return (ends - begins).days


def _local(event: Component) -> Iterator[str]:
    """Yield the local times that no clock shows, because spring skips them."""
    for line in event.lines:
        if line.name not in {"DTSTART", "DTEND"} or "TZID" not in line.params:
            continue
        utc = moment(line)
        if isinstance(utc, datetime):
            shown = utc.astimezone(ZoneInfo(line.params["TZID"]))
            if f"{shown:%Y%m%dT%H%M%S}" != line.value:
                yield f"23: {line.name} is {line.value}, a time that spring skips"


def _series(event: Component) -> Iterator[str]:
    start = event.one("DTSTART")
    for line in event.all("RRULE"):
        parts = dict(part.split("=", 1) for part in line.value.split(";") if "=" in part)
        if parts.get("FREQ") not in {"DAILY", "WEEKLY", "MONTHLY"} or {"COUNT", "UNTIL"} <= parts.keys():
            yield f"25: RRULE is {line.value}"
        form = r"\d{8}" if start is not None and start.params.get("VALUE") == "DATE" else r"\d{8}T\d{6}Z"
        if "UNTIL" in parts and not re.fullmatch(form, parts["UNTIL"]):
            yield f"25: UNTIL is {parts['UNTIL']}"
    for line in event.lines:
        if line.name in {"EXDATE", "RECURRENCE-ID"} and start is not None and line.params != start.params:
            yield f"25: {line.name} is not of DTSTART's kind"


def _alarms(event: Component) -> Iterator[str]:
    if len(event.named("VALARM")) > 1:
        yield "27: more than one VALARM"
    for alarm in event.named("VALARM"):
        if alarm.value("ACTION") != "DISPLAY" or not alarm.value("DESCRIPTION"):
            yield "27: a VALARM displays nothing"
        trigger = alarm.one("TRIGGER")
        if trigger is None or trigger.params or not _negative(trigger):
            yield "27: TRIGGER is no time before the start"


def _negative(line: Line) -> bool:
    return bool(ALARM.fullmatch(line.value)) and any(digit in line.value for digit in "123456789")


def _busy(event: Component) -> Iterator[str]:
    transparency, busy = event.value("TRANSP"), event.value("X-MICROSOFT-CDO-BUSYSTATUS")
    if transparency is None or BUSY.get(transparency) != busy:
        yield f"29: TRANSP is {transparency} and the busy status {busy}"


def _words(event: Component) -> Iterator[str]:
    summary, description = event.one("SUMMARY"), event.one("DESCRIPTION")
    if summary is not None:
        text = summary.text
        if "\n" in text or text != text.strip() or not text:
            yield "31: SUMMARY is not one line without outer blanks"
        if len(text.encode("utf-16-le")) // 2 > 255:
            yield "31: SUMMARY is longer than 255"
    if description is not None and re.search(r"<(html|body|br|p|div|a|ul|li)\b[^>]*>", description.text, re.IGNORECASE):
        yield "31: DESCRIPTION holds HTML"
    if any("medical advice" in line.text for line in event.lines):
        yield "30: an event repeats the calendar's notice"


def lasts(event: Component) -> timedelta | None:
    """Return how long an event lasts, in real time."""
    start, end = event.one("DTSTART"), event.one("DTEND")
    begins, ends = (None if line is None else moment(line) for line in (start, end))
    return None if begins is None or ends is None else ends - begins
