"""`planner sync`: plan a case, and bring a calendar on a server to show just that.

Three sides meet: what we put there last (remembered beside the plan's file), what is there now, and the new plan. What
the person moved or deleted there is theirs: the plan is made around it. The plan's file is written once the server has
everything, so after any failure both are as they were.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from planner.calendars.of_case import calendars_of
from planner.calendars.plan_file import write_plan
from planner.calendars.sync.compare import Seen, ours, seen, steps
from planner.calendars.sync.event_resource import apart
from planner.calendars.sync.push import push
from planner.calendars.sync.server import RemoteCalendar, calendar, connect, shown
from planner.calendars.sync.state import Pushed, ServerEvent, Step, from_text, remember, to_text, trying
from planner.calendars.write import wording
from planner.calendars.write.file import Written, write
from planner.calendars.write.memory import Memory
from planner.calendars.write.revision import deleted_by_hand, moved_by_hand
from planner.case.file import read_case
from planner.case.model import Case
from planner.commands.session import keep, local_today, past_until, present, remembered, show, stamp
from planner.errors import InputError, Problem
from planner.files import read_text, write_whole
from planner.planning import plan
from planner.results.plan import Plan
from planner.revision.identity import plan_identity
from planner.rulebook.file import rulebook
from planner.rulebook.model import Rulebook
from planner.scheduling.task import days_to_read
from planner.wording.english import clock

SECRET = 0o600
"""The mode of the file that remembers a sync: it holds what the events say, and nobody else needs to read it."""


class Wanted(NamedTuple):
    """Say what to plan: from when, for how many weeks, which day counts as today, and whether it is private."""

    start: date | None = None
    weeks: int = 1
    today: date | None = None
    private: bool | None = None


def run(
    file: Path, url: str, output: Path | None, wanted: Wanted, form: str, rules: Path | None, *, plain_http: bool
) -> int:
    """Sync a case file with a calendar and return the exit status."""
    book = rulebook(rules)
    case = read_case(file, book)
    target = output or file.with_suffix(".ics")
    day, stamped = wanted.today or local_today(case), stamp()
    now = present(case, day, stamped)
    memory = remembered(target, case, now)
    notes = target.with_suffix(".sync.json")
    with connect(url, plain_http=plain_http) as dav:
        remote = calendar(dav, wording.calendar_name(case.name))
        pushed = _pushed(notes, remote)
        there = _there(remote, case, pushed)
        found = seen(pushed, there)
        known = memory
        _both_remembered(target, notes, memory, pushed)
        memory = memory and _by_hand(memory, found, stamped)
        planned, written = _planned(file, case, book, memory, wanted, day, stamped)
        singles = apart(written.content)
        todo = steps(pushed, there, singles, keep=_standing(memory, planned), since=now, until=_until(planned, case))
        for line in _told(todo, found, known, memory, case):
            print(line, file=sys.stderr)
        _save(notes, trying(pushed, todo), remote)
        push(remote, todo)
        _save(
            notes, remember(pushed, todo, _there(remote, case, {**pushed, **dict.fromkeys(singles)}), since=now), remote
        )
    keep(target, written)
    write_plan(target, written.content)
    show(planned, form, written.content)
    print(f"Synced with {remote.name}: {_counted(todo)}. The plan is kept in {target}.", file=sys.stderr)
    return 1 if planned.cleared else 0


def _planned(
    file: Path, case: Case, book: Rulebook, memory: Memory | None, wanted: Wanted, day: date, stamped: datetime
) -> tuple[Plan, Written]:
    calendars = calendars_of(file, case, *days_to_read(wanted.start or day, wanted.weeks))
    earlier = None if memory is None else memory.earlier
    now, start, weeks = past_until(case, wanted.today or wanted.start), wanted.start, wanted.weeks
    planned = plan(case, book, today=day, start=start, weeks=weeks, calendars=calendars, earlier=earlier, now=now)
    private = wanted.private if wanted.private is not None else memory is not None and memory.private
    written = write(planned, stamped, memory=memory, private=private)
    return planned.model_copy(update={"changes": written.changes}), written


def _there(remote: RemoteCalendar, case: Case, known: Mapping[str, object]) -> dict[str, ServerEvent]:
    return ours(shown(remote), plan_identity(case), known.keys())


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
    write_whole(notes, to_text(pushed, remote.url).encode(), mode=SECRET)


def _by_hand(memory: Memory, found: Mapping[str, Seen], stamped: datetime) -> Memory:
    """Return the plan's file with what the person moved or deleted in the calendar since."""
    events = dict(memory.events)
    for uid, one in found.items():
        old = events.get(uid)
        if old is None or old.event.cancelled or (old.event.moment or stamped) < memory.earlier.now:
            continue
        if one.what == "deleted":
            events[uid] = deleted_by_hand(old, stamped)
        elif one.what == "moved" and one.now is not None and one.now.span is not None and old.event.moment is not None:
            zone = old.event.moment.tzinfo
            events[uid] = moved_by_hand(old, *(moment.astimezone(zone) for moment in one.now.span))
    changed = tuple(events[event.uid].event for event in memory.earlier.events)
    return memory._replace(events=events, earlier=memory.earlier._replace(events=changed))


def _standing(memory: Memory | None, planned: Plan) -> set[str]:
    """Return the UIDs of what no plan touches: the past, and days that are not planned now."""
    if memory is None:
        return set()
    events = memory.earlier.events
    return {event.uid for event in events if memory.earlier.stands(event, planned.from_, planned.to)}


def _until(planned: Plan, case: Case) -> datetime:
    """Return the moment up to which the plan reaches."""
    return datetime.combine(planned.to, datetime.max.time(), case.tz)


def _both_remembered(target: Path, notes: Path, memory: Memory | None, pushed: Mapping[str, Pushed]) -> None:
    """Refuse to go on where what was written is remembered, and the plan that it was is not."""
    if memory is None and pushed:
        wrong = f"is not there, though {notes} remembers what was written to the calendar"
        right = f"put it back; or, to begin anew, empty the calendar and remove {notes}"
        raise InputError([Problem(str(target), "", wrong, right)])


def _told(
    todo: list[Step], found: Mapping[str, Seen], known: Memory | None, memory: Memory | None, case: Case
) -> Iterator[str]:
    """Yield what the person did in the calendar, and what becomes of it."""
    for step in todo:
        one = found.get(step.uid)
        old = memory.events.get(step.uid) if memory is not None else None
        if one is None or one.before is None or one.what in {"untouched", "deleted", "unremembered"}:
            continue
        title = one.before.title
        if one.what == "moved" and one.now is not None and one.now.span is not None and step.do != "leave":
            yield f'You moved "{title}" to {clock(one.now.span[0].astimezone(case.tz))}.'
        elif one.what == "edited" and step.do == "update":
            yield f'You changed "{title}" in the calendar; the plan now says something else there, and yours is gone.'
        elif one.what == "edited" and "times" in one.parts and old is not None:
            yield f'"{title}" has no single time in the calendar any more: the plan still counts on the one it had.'
    for uid, one in found.items():
        new = memory is not None and uid in memory.events and memory.events[uid].event.by_hand == "deleted"
        told = known is not None and uid in known.events and known.events[uid].event.by_hand == "deleted"
        if one.what == "deleted" and one.before is not None and new and not told:
            yield f'You deleted "{one.before.title}": it stays so.'


def _counted(todo: list[Step]) -> str:
    counts = {name: sum(step.do == name for step in todo) for name in ("create", "update", "delete")}
    words = {"create": "added", "update": "changed", "delete": "removed"}
    said = [f"{count} {words[name]}" for name, count in counts.items() if count]
    return ", ".join(said) or "nothing had changed"
