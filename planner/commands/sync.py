"""`planner sync`: plan a case, and bring a calendar on a server to show just that.

Three sides meet: what we put there last (remembered beside the plan's file), what is there now, and the new plan. What
the person moved or deleted there is theirs: the plan is made around it. The plan's file is written once the server has
everything, so after any failure both are as they were.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from planner.calendars.plan_file import write_plan
from planner.calendars.sync.compare import SeenChange, changes_seen, count_events_of_others, events_of_plan, steps
from planner.calendars.sync.event_resource import split_events, with_uid
from planner.calendars.sync.push import ORDER, PushError, push
from planner.calendars.sync.server import RemoteCalendar, calendar, connect, list_events
from planner.calendars.sync.state import Pushed, Step, from_text, state_after_push, state_before_push, to_text
from planner.calendars.write.changes import deleted_by_hand, moved_by_hand, restored_by_hand
from planner.calendars.write.file import Written, write
from planner.calendars.write.memory import Memory, Remembered
from planner.case.model import Case
from planner.commands.opened_case import CaseOptions, OpenedCase, open_case, past_bound, stamp
from planner.commands.output import is_private, keep_edited, print_plan
from planner.errors import InputError, Problem
from planner.files import alone_in, note_done, read_text, write_whole
from planner.planning import plan_request
from planner.results.plan import Plan
from planner.revision.identity import plan_identity
from planner.wording.english import clock, day_name
from planner.wording.plan import event_texts
from planner.wording.plan.private import PRIVATE_TITLE

SECRET = 0o600
"""The mode of the file that remembers a sync: it holds what the events say, and nobody else needs to read it."""


@dataclass(frozen=True, kw_only=True)
class Options(CaseOptions):
    """Hold what `planner sync` is told: which calendar, which days, where the plan is kept, what to print."""

    to: str
    output: Path | None = None
    start: date | None = None
    weeks: int | None = None
    format: str = "table"
    private: bool | None = None
    plain_http: bool = False


def run(options: Options) -> int:
    """Sync a case file with a calendar and return the exit status."""
    with alone_in((options.output or options.case).parent):
        return _sync(options)


def _sync(options: Options) -> int:
    session, stamped = open_case(options), stamp()
    case = session.case
    target = options.output or session.file.with_suffix(".ics")
    now = past_bound(case, session.today, stamped)
    memory = session.remembered(target, stamped)
    notes = target.with_suffix(".sync.json")
    plan_id = plan_identity(case) if memory is None else memory.earlier.plan_id
    with connect(options.to, plain_http=options.plain_http) as dav:
        remote = calendar(dav, event_texts.calendar_name(case.name))
        pushed = _pushed(notes, remote)
        everything = list_events(remote)
        there = events_of_plan(everything, plan_id, pushed.keys())
        changes = changes_seen(pushed, there, case.tz)
        previous = memory
        _both_remembered(target, notes, memory, pushed)
        memory = memory and _by_hand(memory, changes, stamped)
        planned, written = _planned(session, memory, options, stamped)
        singles = split_events(written.content)
        keep_as_is, until = _standing(memory, planned), _until(planned, case)
        todo = steps(
            pushed, there, singles, keep=keep_as_is, gone=planned.withdrawn, since=now, until=until, zone=case.tz
        )
        private = is_private(options.private, previous)
        for line in _report_lines(
            todo, changes, previous, memory, case, count_events_of_others(everything, plan_id, now), private=private
        ):
            print(line, file=sys.stderr)
        done = _pushed_through(remote, todo, pushed, notes)
        if done:
            note_done(f"the calendar {remote.name}")
        content = _with_new_names(written.content, todo, done)
        todo = [*(step for step in todo if step.do == "leave"), *done]
        shows = events_of_plan(list_events(remote), plan_id, {**pushed, **dict.fromkeys(step.uid for step in todo)})
        _save(notes, state_after_push(pushed, todo, shows, since=now), remote)
    keep_edited(target, written, private=private)
    write_plan(target, content)
    print_plan(planned, session.rulebook, options.format, content, private=private)
    print(f"Synced with {remote.name}: {_counted(todo)}. The plan is kept in {target}.", file=sys.stderr)
    return 1 if planned.cleared else 0


def _pushed_through(remote: RemoteCalendar, todo: list[Step], pushed: Mapping[str, Pushed], notes: Path) -> list[Step]:
    """Push, and remember meanwhile what may be there should it be cut off; what was only tried was not written."""
    if all(step.do == "leave" for step in todo):
        return []
    begun = state_before_push(pushed, todo)
    _save(notes, begun, remote)
    try:
        return push(remote, todo)
    except PushError as error:
        _save(notes, {**pushed, **{uid: begun[uid] for uid in error.left if uid in begun}}, remote)
        raise
    except KeyboardInterrupt:
        _save(notes, pushed, remote)
        raise


def _with_new_names(content: bytes, todo: list[Step], done: list[Step]) -> bytes:
    """Return the plan's file with the UIDs under which the server took its events."""
    made = [step for name in ORDER for step in todo if step.do == name]
    for wanted, carried_out in zip(made, done, strict=True):
        content = with_uid(content, wanted.uid, carried_out.uid)
    return content


def _planned(session: OpenedCase, memory: Memory | None, options: Options, stamped: datetime) -> tuple[Plan, Written]:
    earlier = None if memory is None else memory.earlier
    planned = plan_request(session.request(options.start, options.weeks, earlier))
    written = write(planned, stamped, memory=memory, private=is_private(options.private, memory))
    return planned.model_copy(update={"changes": written.changes}), written


def _pushed(notes: Path, remote: RemoteCalendar) -> dict[str, Pushed]:
    """Return what is remembered of the last sync with a calendar; nothing where there was none."""
    if not notes.exists():
        return {}
    try:
        return from_text(read_text(notes), remote.url)
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        wrong = f"is not what a sync remembers ({error})"
        right = "move it away: then what you moved or deleted in the calendar since the last sync is not noticed"
        raise InputError([Problem(str(notes), "", wrong, right)]) from error


def _save(notes: Path, pushed: Mapping[str, Pushed], remote: RemoteCalendar) -> None:
    write_whole(notes, to_text(pushed, remote.url).encode(), mode=SECRET, noted=False)


def _by_hand(memory: Memory, remote: Mapping[str, SeenChange], stamped: datetime) -> Memory:
    """Return the plan's file with what the person moved or deleted in the calendar since."""
    events = dict(memory.events)
    for uid, seen_event in remote.items():
        old = events.get(uid)
        back = _is_back(old, seen_event)
        if old is None or memory.earlier.stands(old.event, old.event.day, old.event.day):
            continue
        if old.event.cancelled and not back:
            continue
        if seen_event.what == "deleted":
            events[uid] = deleted_by_hand(old, stamped)
        elif (back or seen_event.what == "moved") and seen_event.now is not None and seen_event.now.stretch is not None:
            zone = memory.earlier.now.tzinfo
            start, end = (
                moment.astimezone(zone) if isinstance(moment, datetime) else moment for moment in seen_event.now.stretch
            )
            events[uid] = (restored_by_hand if back else moved_by_hand)(old, start, end, stamped)
    changed = tuple(events[event.uid].event for event in memory.earlier.events)
    return memory._replace(events=events, earlier=memory.earlier._replace(events=changed))


def _is_back(old: Remembered | None, seen_event: SeenChange) -> bool:
    """Return whether an event that the person deleted stands in the calendar again: out of a trash bin, say."""
    was_deleted = old is not None and old.event.by_hand == "deleted"
    return was_deleted and seen_event.now is not None and not seen_event.now.cancelled


def _standing(memory: Memory | None, planned: Plan) -> set[str]:
    """Return the UIDs of what no plan touches: the past, and days that are not planned now."""
    if memory is None:
        return set()
    events = memory.earlier.events
    standing = {event.uid for event in events if memory.earlier.stands(event, planned.from_, planned.to)}
    return standing - set(planned.withdrawn)


def _until(planned: Plan, case: Case) -> datetime:
    """Return the moment up to which the plan reaches."""
    return datetime.combine(planned.to, datetime.max.time(), case.tz)


def _both_remembered(target: Path, notes: Path, memory: Memory | None, pushed: Mapping[str, Pushed]) -> None:
    """Refuse to go on where what was written is remembered, and the plan that it was is not."""
    if memory is None and any(event.settled for event in pushed.values()):
        wrong = f"is not there, though {notes} remembers what was written to the calendar"
        right = f"put it back; or, to begin anew, empty the calendar and remove {notes}"
        raise InputError([Problem(str(target), "", wrong, right)])


def _report_lines(
    todo: list[Step],
    remote: Mapping[str, SeenChange],
    previous: Memory | None,
    memory: Memory | None,
    case: Case,
    others: int,
    *,
    private: bool,
) -> Iterator[str]:
    """Yield what the person did in the calendar, what becomes of it, and that it holds another plan's events.

    In private no title is said: one from before it was, or one's own, may tell of health.
    """
    if others:
        events = "1 event" if others == 1 else f"{others} events"
        yield f"The calendar also holds {events} of another case's plan, left alone; give each plan its own calendar."
    for step in todo:
        event = remote.get(step.uid)
        old = memory.events.get(step.uid) if memory is not None else None
        if event is not None and _is_back(previous and previous.events.get(step.uid), event):
            yield f'You put "{_title(event, private=private)}" back: it counts again.'
            continue
        if event is None or event.before is None or event.what in {"untouched", "deleted", "unremembered"}:
            continue
        title = _title(event, private=private)
        if event.what == "moved" and event.now is not None and event.now.stretch is not None and step.do != "leave":
            start = event.now.stretch[0]
            to = clock(start.astimezone(case.tz)) if isinstance(start, datetime) else day_name(start)
            yield f'You moved "{title}" to {to}.'
        elif event.what == "edited" and step.do == "update":
            yield f'You changed "{title}" in the calendar; the plan now says something else there, and yours is gone.'
        elif event.what == "edited" and "times" in event.parts and old is not None:
            yield f'"{title}" has no single time in the calendar any more: the plan still counts on the one it had.'
    for uid, event in remote.items():
        new = memory is not None and uid in memory.events and memory.events[uid].event.by_hand == "deleted"
        already = previous is not None and uid in previous.events and previous.events[uid].event.by_hand == "deleted"
        if event.what == "deleted" and event.before is not None and new and not already:
            yield f'You deleted "{_title(event, private=private)}": it stays so.'


def _title(event: SeenChange, *, private: bool) -> str:
    """Return what an event that the person changed was called, or is called where that is not remembered."""
    meant = event.before or event.now
    return PRIVATE_TITLE if private or meant is None else meant.title


def _counted(todo: list[Step]) -> str:
    """Return how many events were added, changed and removed: events, for a plan has notes beside its workouts."""
    words = {"create": "added", "update": "changed", "delete": "removed"}
    counts = [(sum(step.do == name for step in todo), word) for name, word in words.items()]
    parts = [f"{count} {word}" for count, word in counts if count]
    if not parts:
        return "nothing had changed"
    count, _, word = parts[0].partition(" ")
    return ", ".join([f"{count} {'event' if count == '1' else 'events'} {word}", *parts[1:]])
