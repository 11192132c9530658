"""Revision: what a plan's events become beside those that its calendar file holds already.

What the plan leaves as it is stays as it is, to the byte. What it changes keeps its UID, and its SEQUENCE rises; what
it drops is cancelled, for a file that is imported deletes nothing; what is past, and what is not ours, stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Event as Component

from planner.calendars import properties
from planner.calendars.write.events import Made
from planner.calendars.write.lines import ComponentLines, ContentLine, escaped, line, lines_of, unescaped
from planner.calendars.write.memory import Memory, Remembered, sealed, text_seal
from planner.results.plan import Change, Changes, Plan
from planner.revision.calendar import ShownEvent
from planner.revision.identity import is_private_mark, workout_mark
from planner.wording.plan import event_texts
from planner.wording.plan.clean_text import one_line
from planner.wording.plan.private import PRIVATE_NOTICE, PRIVATE_TITLE

PRIVATE_LINES = {"CATEGORIES", "DESCRIPTION", properties.RULES, properties.TREATMENT, properties.WORKOUT}
"""What tells of health, or might."""


class WrittenEvent(NamedTuple):
    """Hold one event as it is written, with what it is sorted by."""

    start: datetime
    uid: str
    block: ComponentLines


class Revised(NamedTuple):
    """Hold the events of a file, what changed for the person, and what somebody had edited and is overwritten."""

    events: list[WrittenEvent]
    changes: Changes
    overwritten: tuple[ShownEvent, ...]


def new_events(made: Iterable[Made], tz: ZoneInfo) -> Revised:
    """Return the events of a plan that no file holds yet."""
    events = [WrittenEvent(_utc(event.start, tz), event.uid, _block(event)) for event in made]
    return Revised(sorted(events, key=_order), Changes(), ())


def revised_events(
    made: Sequence[Made], plan: Plan, stamp: datetime, memory: Memory, tz: ZoneInfo, *, private: bool
) -> Revised:
    """Return the events of a plan beside those of its file, in order of time, and what changed.

    Args:
        made: the events of the plan, as they would be in a new file.
        plan: the plan.
        stamp: the moment that changed events are stamped with.
        memory: what the plan's file holds.
        tz: the plan's zone.
        private: whether the file says no word about health.

    """
    events: list[WrittenEvent] = []
    lists: dict[str, list[Change]] = {name: [] for name in Changes.model_fields}
    overwritten: list[ShownEvent] = []
    for made_event in made:
        old = memory.events.get(made_event.uid)
        if old is not None and memory.earlier.stands(old.event, plan.from_, plan.to):
            continue
        block = _block(made_event) if old is None else _after(made_event, old, stamp)
        events.append(WrittenEvent(_utc(made_event.start, tz), made_event.uid, block))
        same = old is not None and block is old.block
        if old is not None and old.edited and not same:
            overwritten.append(old.event)
        if isinstance(made_event.start, datetime) or properties.SESSION in made_event.component:
            _note(lists, made_event, _moment(made_event.start, tz), old, same=same)
    kept = {event.uid for event in made}
    for uid, old in memory.events.items():
        stands = memory.earlier.stands(old.event, plan.from_, plan.to) and uid not in plan.withdrawn
        if uid in kept and not stands:
            continue
        stands = stands or _not_in_the_feed_yet(old, plan) or (plan.bent is not None and uid in plan.bent.logged)
        block = old.block
        if not stands and not old.event.cancelled:
            block = _cancelled(old, stamp)
            if old.event.moment is not None or old.event.session is not None:
                before = _moment(old.event.start, tz)
                lists["cancelled"].append(Change(uid=uid, title=old.event.title, from_=before))
        if private and not memory.private and _tells(block):
            hidden = _hidden(old, block, plan.plan_id, stamp)
            if hidden is None:
                continue
            block = hidden
        events.append(WrittenEvent(_utc(old.event.start, tz), uid, block))
    lists["treatments"] += _moved_treatments(plan, memory, tz)
    ordered = {name: tuple(sorted(changes, key=_when)) for name, changes in lists.items()}
    return Revised(sorted(events, key=_order), Changes(**ordered), tuple(overwritten))


def _not_in_the_feed_yet(old: Remembered, plan: Plan) -> bool:
    """Return whether an event is a session of days that its plan's calendar does not reach any more."""
    return old.event.session is not None and plan.bent is not None and old.event.day > plan.bent.feed_to


def _order(event: WrittenEvent) -> tuple[datetime, str]:
    return event.start, event.uid


def _utc(start: datetime | date, tz: ZoneInfo) -> datetime:
    return _moment(start, tz).astimezone(UTC)


def _moment(start: datetime | date, tz: tzinfo | None) -> datetime:
    """Return a local moment: midnight stands for what lasts all day."""
    return start.astimezone(tz) if isinstance(start, datetime) else datetime.combine(start, time(), tz)


def _note(lists: dict[str, list[Change]], made: Made, start: datetime, old: Remembered | None, *, same: bool) -> None:
    """Note what became of a workout, or of a session of somebody else's plan, which may last all day."""
    change = Change(uid=made.uid, title=str(made.component["SUMMARY"]), to=start)
    if old is None or old.event.cancelled or (old.event.moment is None and old.event.session is None):
        lists["added"].append(change)
        return
    before = _moment(old.event.start, start.tzinfo)
    same_title = old.event.title == change.title or (old.event.session is not None and old.event.title in change.title)
    was = None if same_title else old.event.title
    change = change.model_copy(update={"from_": before, "was": was})
    timed = old.event.moment is not None and isinstance(made.start, datetime)
    moved = before != start if timed else before.date() != start.date()
    lists["unchanged" if same else "moved" if moved else "changed"].append(change)


def _moved_treatments(plan: Plan, memory: Memory, tz: ZoneInfo) -> Iterator[Change]:
    """Yield the treatments whose notes say that they began at another time."""
    for treatment in (treatment for day in plan.days for treatment in day.treatments):
        old, now = memory.events.get(treatment.uid or ""), treatment.start
        was = None if old is None else old.event.about
        if isinstance(was, datetime) and isinstance(now, datetime) and was != now:
            title = f"{treatment.name}, {treatment.region.replace('_', ' ')}"
            yield Change(uid=treatment.uid or "", title=title, from_=was.astimezone(tz), to=now)


def _when(change: Change) -> tuple[datetime, str]:
    return change.to or change.from_ or datetime.max.replace(tzinfo=UTC), change.uid


def _block(made: Made) -> ComponentLines:
    """Return an event as a file holds it, sealed."""
    content: str = made.component.to_ical().decode()
    block = ComponentLines("VEVENT", tuple(lines_of(content)))
    return _with_seal(block, sealed(block, made.start, made.end))


def _with_seal(block: ComponentLines, seal: str) -> ComponentLines:
    """Return an event with its seal, which stands last of its own lines' X- properties, before any alarm."""
    lines = [line for line in block.lines if line.name != properties.SEAL]
    inner = next(number for number, line in enumerate(lines) if number and line.name in {"BEGIN", "END"})
    lines.insert(inner, line(lines[0].number, seal))
    return ComponentLines(block.kind, tuple(lines))


def _after(made: Made, old: Remembered, stamp: datetime) -> ComponentLines:
    """Return an event as it is written after its earlier version: that very one where nothing changes."""
    _stamp(made.component, old.created, old.stamped, old.event.sequence)
    as_before = _block(made)
    if as_before.texts == old.block.texts:
        return old.block
    same_time = (old.event.start, old.event.end) == (made.start, made.end)
    same_word = old.seal.endswith(text_seal(as_before)) and made.by_hand == (old.event.by_hand == "moved")
    if old.edited and same_time and same_word and not old.event.cancelled:
        # The plan says what it said: what a person wrote there since is theirs.
        return old.block
    _stamp(made.component, old.created, _later(old, stamp), old.event.sequence + 1)
    return _block(made)


def _later(old: Remembered, stamp: datetime) -> datetime:
    """Return the stamp of a change, later than the one before even where a clock went back."""
    return max(stamp.astimezone(UTC), old.stamped + timedelta(seconds=1))


def _stamp(component: Component, created: datetime, stamped: datetime, sequence: int) -> None:
    for name, value in (("CREATED", created), ("DTSTAMP", stamped), ("LAST-MODIFIED", stamped), ("SEQUENCE", sequence)):
        component.pop(name, None)
        component.add(name, value)


def moved_by_hand(old: Remembered, start: date, end: date, at: datetime | None = None) -> Remembered:
    """Return an event as a person moved it in the calendar: the next plan puts it there if the rules allow it.

    Args:
        old: the event as the plan's file remembers it.
        start: when it begins now: an aware moment, or a day for what lasts all day.
        end: when it ends now, likewise.
        at: the moment of the move; None where it is not known.

    """
    event = old.event._replace(start=start, end=end, by_hand="moved", moved_at=at or old.stamped)
    return old._replace(event=event)


def deleted_by_hand(old: Remembered, stamp: datetime) -> Remembered:
    """Return an event as a person took it out of the calendar: it stays cancelled, and plans do not place it anew."""
    cancelled = _cancelled(old, stamp)
    block = cancelled.rewritten(
        lambda line: None if line.name in {properties.SEAL, properties.BY_HAND} else line.text,
        [f"{properties.BY_HAND}:DELETED"],
    )
    event = old.event._replace(cancelled=True, by_hand="deleted", sequence=old.event.sequence + 1)
    return old._replace(event=event, block=_with_seal(block, sealed(block, event.start, event.end)))


def restored_by_hand(old: Remembered, start: date, end: date, at: datetime) -> Remembered:
    """Return an event that a person deleted and put back: it is planned again, and stays where they have it.

    Args:
        old: the event as the plan's file remembers it.
        start: when it begins: an aware moment, or a day for what lasts all day.
        end: when it ends, likewise.
        at: the moment at which it was seen to be back.

    """
    back = moved_by_hand(old, start, end, at)
    title = old.event.title.removeprefix(event_texts.CANCELLED)
    return back._replace(event=back.event._replace(cancelled=False, title=title))


def _cancelled(old: Remembered, stamp: datetime) -> ComponentLines:
    """Return an event as cancelled, its title saying so: a file that is imported deletes nothing."""
    title = one_line(event_texts.CANCELLED + old.event.title, event_texts.LONGEST_LINE)
    return _changed(old, stamp, {"STATUS": "CANCELLED", "SUMMARY": escaped(title), **_FREE})


_FREE = {"TRANSP": "TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS": "FREE"}


def _changed(old: Remembered, stamp: datetime, values: dict[str, str]) -> ComponentLines:
    """Return an event's lines with other values, a higher SEQUENCE, later stamps, no alarm and a new seal."""
    stamped = f"{_later(old, stamp):%Y%m%dT%H%M%SZ}"
    values = {"DTSTAMP": stamped, "LAST-MODIFIED": stamped, "SEQUENCE": str(old.event.sequence + 1), **values}
    block = old.block.rewritten(
        lambda line: None if line.name == properties.SEAL else _line(line, values.pop(line.name, None)),
    )
    block = block.rewritten(lambda line: line.text, [f"{name}:{value}" for name, value in values.items()])
    return _with_seal(block, sealed(block, old.event.start, old.event.end))


def _line(line: ContentLine, value: str | None) -> str:
    return line.text if value is None else f"{line.name}:{value}"


def _tells(block: ComponentLines) -> bool:
    """Return whether an event was written openly; what is past may have been hidden while the file was private."""
    workouts = [unescaped(line.value) for line in block.own(properties.WORKOUT)]
    if workouts:
        return not all(map(is_private_mark, workouts))
    descriptions = {unescaped(line.value) for line in block.own("DESCRIPTION")}
    return bool(block.own(properties.TREATMENT)) or not descriptions <= {PRIVATE_NOTICE, event_texts.PRIVATE_NOTHING}


def _hidden(old: Remembered, block: ComponentLines, plan_id: str, stamp: datetime) -> ComponentLines | None:
    """Return an event that was written openly with nothing left in it that tells of health, None where nothing is."""
    cancelled = block is not old.block or old.event.cancelled
    if old.event.moment is None and not cancelled:
        return None
    workouts = [workout_mark(plan_id, unescaped(line.value), private=True) for line in block.own(properties.WORKOUT)]
    kept = block.rewritten(
        lambda line: None if line.name in PRIVATE_LINES else line.text,
        [f"DESCRIPTION:{PRIVATE_NOTICE}", *(f"{properties.WORKOUT}:{workout}" for workout in workouts)],
    )
    title = (event_texts.CANCELLED if cancelled else "") + PRIVATE_TITLE
    return _changed(old._replace(block=kept), stamp, {"SUMMARY": title})
