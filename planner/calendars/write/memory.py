"""Memory: what a plan's calendar file holds, read so that the next plan can leave it as it is.

The file is the only memory of a plan. What is broken in it is said with its line, and nothing is guessed: a file that
was damaged stays untouched until somebody looks at it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from icalendar import Component

from planner.calendars import properties
from planner.calendars.write.lines import ComponentLines, ContentLine, lines_of, unescaped
from planner.clock import FIRST_YEAR, LAST_YEAR
from planner.errors import InputError, Problem
from planner.revision.calendar import ByHand, Earlier, SessionSeal, ShownEvent
from planner.revision.identity import treatment_mark

MEND = "mend it, or move the file away to begin a new one (in a calendar that you have emptied)"
LARGEST = 2_000_000
"""Bytes: what planner writes is half of that at most; the rest somebody else put into it."""
REQUIRED = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", properties.SLOT)


class Remembered(NamedTuple):
    """Hold one event of ours as it stands in the file, and when it was made and last written."""

    event: ShownEvent
    block: ComponentLines
    created: datetime
    stamped: datetime
    edited: bool
    """Whether somebody changed its time or its text by hand."""
    seal: str
    fresh: bool = False
    """Whether its time was changed since it was written."""


class Memory(NamedTuple):
    """Hold a plan's calendar file: our events by UID, what else somebody put into it, and its time zones by name."""

    earlier: Earlier
    events: Mapping[str, Remembered]
    others: tuple[ComponentLines, ...]
    zones: Mapping[str, ComponentLines]
    private: bool


def read_memory(content: bytes, file: str, now: datetime) -> Memory:
    """Return what a plan's calendar file holds; what begins up to `now`, an aware moment in the plan's zone, is past.

    Raises `InputError` with every line that is broken.
    """
    if len(content) > LARGEST:
        much = f"has {len(content):,} bytes, and a plan's calendar holds no more than {LARGEST:,}"
        raise InputError([Problem(file, "", much, "take out what is not the plan's, or move the file away")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError([Problem(file, f"line {line}", "is damaged: it is not UTF-8 text", MEND)]) from error
    lines = lines_of(text)
    wrong: list[Problem] = []
    blocks = _blocks(lines, file, wrong)
    ours = {properties.PLAN, properties.FROM, properties.TO, properties.PRIVATE, properties.RULEBOOK}
    head = {line.name: line.value for line in lines if line.name in ours}
    events: dict[str, Remembered] = {}
    for block in blocks:
        if block.kind == "VEVENT" and block.own(properties.SLOT):
            remembered = _remembered(block, file, wrong)
            if remembered is not None and remembered.event.uid in events:
                text = f'two events have the UID "{remembered.event.uid}"'
                wrong.append(Problem(file, f"line {block.lines[0].number}", text, "take one of them out"))
            elif remembered is not None:
                events[remembered.event.uid] = remembered
    if wrong:
        raise InputError(wrong)
    events = _with_moments_of_moves(events)
    others = tuple(
        component for component in blocks if component.kind != "VTIMEZONE" and not component.own(properties.SLOT)
    )
    days = [event.event.day for event in events.values()] or [now.date()]
    earlier = Earlier(
        plan_id=unescaped(head.get(properties.PLAN, "")),
        first=_a_date(head.get(properties.FROM, "")) or min(days),
        last=_a_date(head.get(properties.TO, "")) or max(days),
        now=now,
        events=tuple(
            sorted((event.event for event in events.values()), key=lambda event: (str(event.start), event.uid))
        ),
        rulebook_version=unescaped(head.get(properties.RULEBOOK, "")),
        uids=frozenset(events) | {unescaped(line.value) for block in others for line in block.own("UID")},
    )
    zones = {
        line.value: component for component in blocks if component.kind == "VTIMEZONE" for line in component.own("TZID")
    }
    return Memory(earlier, events, others, zones, head.get(properties.PRIVATE, "").upper() == "TRUE")


def _with_moments_of_moves(events: Mapping[str, Remembered]) -> dict[str, Remembered]:
    """Return events with when each was moved by hand: what nobody planned again since is later than all that was.

    Of such moves a calendar may say itself when they were made, in LAST-MODIFIED or DTSTAMP; many leave these as they
    are.
    """
    stamps = [event.stamped for event in events.values() if not event.fresh]
    last = max(stamps, default=None)
    moved = dict(events)
    for uid, remembered in events.items():
        if remembered.event.by_hand == "moved":
            moment = remembered.stamped
            if remembered.fresh and last is not None:
                moment = max(moment, last + timedelta(seconds=1))
            moved[uid] = remembered._replace(event=remembered.event._replace(moved_at=moment))
    return moved


def _blocks(lines: Sequence[ContentLine], file: str, wrong: list[Problem]) -> list[ComponentLines]:
    """Return the components that stand in the calendar, nested ones within them; note where they do not add up."""
    components: list[ComponentLines] = []
    open_: list[ContentLine] = []
    begins = 0
    for number, line in enumerate(lines):
        if not line.name or ":" not in line.text:
            wrong.append(Problem(file, f"line {line.number}", "is damaged: it is no line of a calendar", MEND))
        if line.name == "BEGIN":
            open_.append(line)
            begins = number if len(open_) == 2 else begins
        elif line.name == "END":
            if not open_ or open_[-1].value.upper() != line.value.upper():
                text = f"is damaged: it ends a {line.value} that does not begin there"
                wrong.append(Problem(file, f"line {line.number}", text, MEND))
                return components
            open_.pop()
            if len(open_) == 1:
                components.append(ComponentLines(line.value.upper(), tuple(lines[begins : number + 1])))
    for line in open_:
        text = f"is damaged: the {line.value} that begins there does not end"
        wrong.append(Problem(file, f"line {line.number}", text, MEND))
    return components


def _remembered(block: ComponentLines, file: str, wrong: list[Problem]) -> Remembered | None:
    first = block.lines[0].number
    missing = [name for name in REQUIRED if len(block.own(name)) != 1]
    if missing:
        text = f"the event does not have exactly one {' and one '.join(missing)}"
        wrong.append(Problem(file, f"line {first}", text, MEND))
        return None
    try:
        component = Component.from_ical(block.text)
        start, end = (_moment(component, name) for name in ("DTSTART", "DTEND"))
        stamped = [_stamp(component, name) for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED") if name in component]
        sequence = _count(block.own("SEQUENCE")[0].value)
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        text = f"the event's times or numbers cannot be read ({error})"
        wrong.append(Problem(file, f"line {first}", text, MEND))
        return None
    if isinstance(start, datetime) != isinstance(end, datetime) or not start < end:
        wrong.append(Problem(file, f"line {first}", "the event does not end after it begins", MEND))
        return None
    seal = next((line.value for line in block.own(properties.SEAL)), "")
    moved = bool(seal) and not seal.startswith(time_seal(start, end))
    event = ShownEvent(
        uid=unescaped(block.own("UID")[0].value),
        mark=_mark(block),
        title=unescaped(block.own("SUMMARY")[0].value),
        start=start,
        end=end,
        sequence=sequence,
        cancelled=any(line.value.upper() == "CANCELLED" for line in block.own("STATUS")),
        by_hand="moved" if moved else _by_hand(block),
        about=_about(block),
        session=_session(block),
    )
    edited = moved or (bool(seal) and not seal.endswith(text_seal(block)))
    return Remembered(event, block, min(stamped), max(stamped), edited, seal, fresh=moved)


def _count(value: str) -> int:
    if not value.isascii() or not value.isdecimal():
        raise ValueError(f"SEQUENCE {value} is no number")
    return int(value)


def _moment(component: Component, name: str) -> datetime | date:
    value = component.decoded(name)
    if not isinstance(value, date):
        raise TypeError(f"{name} is no date")
    if not FIRST_YEAR <= value.year < LAST_YEAR:
        raise ValueError(f"{name} is too far away")
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError(f"{name} has no time zone")
    return value


def _session(block: ComponentLines) -> SessionSeal | None:
    """Return what is remembered of a session of somebody else's plan."""
    for line in block.own(properties.SESSION):
        parts = line.value.split(",")
        day = _a_date(parts[2]) if len(parts) == len(SessionSeal._fields) else None
        if day is not None:
            return SessionSeal(parts[0], parts[1], day, parts[3], parts[4])
    return None


def _stamp(component: Component, name: str) -> datetime:
    value = _moment(component, name)
    if not isinstance(value, datetime):
        raise TypeError(f"{name} has no time of day")
    return value.astimezone(UTC)


def _mark(block: ComponentLines) -> str:
    """Return what an event is, as `ShownEvent.mark` says it."""
    for line in block.own(properties.WORKOUT):
        return unescaped(line.value)
    for line in block.own(properties.TREATMENT):
        kind, region, *_ = [*line.value.split(","), "", ""]
        return treatment_mark(unescaped(kind), unescaped(region))
    return ""


def _about(block: ComponentLines) -> datetime | date | None:
    """Return when the treatment of a note begins."""
    for line in block.own(properties.TREATMENT):
        begins = line.value.split(",")[-1]
        with suppress(ValueError):
            return datetime.fromisoformat(begins) if "T" in begins else date.fromisoformat(begins)
    return None


def _by_hand(block: ComponentLines) -> ByHand:
    marks = {line.value.upper() for line in block.own(properties.BY_HAND)}
    return "deleted" if "DELETED" in marks else "moved" if "MOVED" in marks else ""


def _a_date(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


LENGTH = 10


TEXT = ("CATEGORIES", "CLASS", "DESCRIPTION", "LOCATION", "STATUS", "SUMMARY", "TRANSP", "URL")
"""What people edit. What programs add or change on their way through (stamps, X- properties) is no edit."""


def time_seal(start: datetime | date, end: datetime | date) -> str:
    """Return the seal of an event's time: the same for one moment, however it is written."""
    return _hash(
        *(str(int(moment.timestamp())) if isinstance(moment, datetime) else str(moment) for moment in (start, end))
    )


def text_seal(block: ComponentLines) -> str:
    """Return the seal of what an event says, and of its alarms."""
    texts = sorted(f"{line.name}:{line.value}" for name in TEXT for line in block.own(name))
    alarms = [line.text for line in block.lines if line.name in {"ACTION", "TRIGGER"}]
    return _hash(*texts, *alarms)


def sealed(block: ComponentLines, start: datetime | date, end: datetime | date) -> str:
    """Return the line that seals an event as it stands."""
    return f"{properties.SEAL}:{time_seal(start, end)}{text_seal(block)}"


def _hash(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()[:LENGTH]
