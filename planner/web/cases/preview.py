"""Previews: what a change would do to the plan, before anything is written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from planner.calendars.write.file import write
from planner.calendars.write.lines import ComponentLines, ContentLine, lines_of
from planner.calendars.write.memory import read_memory
from planner.clock import later
from planner.results.plan import Changes, Plan, PlannedWorkout
from planner.web.cases.opened import Opened
from planner.what_if.questions import Questions


class Preview(NamedTuple):
    """Hold the case as it would be, the plan that would follow, and what would change against the plan that stands."""

    opened: Opened
    questions: Questions
    plan: Plan
    changes: Changes

    @property
    def empty(self) -> bool:
        """Whether no workout would change."""
        changes = self.changes
        return not (changes.added or changes.moved or changes.changed or changes.cancelled)


def preview_change(before: Plan, opened: Opened, after: Questions, new: Opened) -> Preview:
    """Return what a plan would change against the one that stands, workout by workout.

    Args:
        before: the plan that stands.
        opened: the case, as its files stand.
        after: the plan that would be.
        new: the case as it would be.

    """
    stamp = opened.moment.stamp
    standing = write(before, stamp, memory=opened.memory)
    memory = read_memory(standing.content, opened.calendar.name, opened.moment.now)
    return Preview(new, after, after.plan, write(after.plan, stamp, memory=memory).changes)


def moved_in_calendar(content: bytes, uid: str, start: datetime, minutes: int) -> bytes:
    """Return a plan's calendar file with one event at another time, as a calendar program would move it.

    An event that lasts all day lasts all day on the day of that time.

    Raises `KeyError` where no event has that UID.

    Args:
        content: the calendar file.
        uid: the UID of the event.
        start: when it begins then, an aware moment.
        minutes: how long it lasts.

    """
    lines = lines_of(content.decode("utf-8-sig"))
    begins = 0
    any_shown = False
    changed: list[ContentLine] = []
    for number, line in enumerate(lines):
        if line.name == "BEGIN" and line.value.upper() == "VEVENT":
            begins = number
        own = _is_own(lines, begins, uid)
        if own and line.name in {"DTSTART", "DTEND"}:
            any_shown = True
            head = line.text[: len(line.text) - len(line.value)]
            begin = line.name == "DTSTART"
            if "VALUE=DATE:" in head.upper() or "VALUE=DATE;" in head.upper():
                day = start.date() if begin else start.date() + timedelta(days=1)
                changed.append(line._replace(text=f"{head}{day:%Y%m%d}"))
            else:
                moment = start if begin else later(start, minutes=minutes)
                changed.append(line._replace(text=f"{head}{_written(head, moment)}"))
        else:
            changed.append(line)
    if not any_shown:
        raise KeyError(uid)
    return ComponentLines("VCALENDAR", tuple(changed)).text.encode()


def _is_own(lines: list[ContentLine], begins: int, uid: str) -> bool:
    for line in lines[begins:]:
        if line.name == "UID":
            return line.value == uid
        if line.name == "END" and line.value.upper() == "VEVENT":
            return False
    return False


def _written(head: str, moment: datetime) -> str:
    if "TZID=" in head.upper():
        return f"{moment:%Y%m%dT%H%M%S}"
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def workout_with(plan: Plan, uid: str) -> PlannedWorkout | None:
    """Return the workout of a plan that has a UID."""
    return next((workout for workout in plan.workouts if workout.uid == uid), None)


def days_around(day: date, first: date, last: date, most: int) -> list[date]:
    """Return the days from a first to a last one that are at most so far from a day.

    Args:
        day: the day.
        first: the first day that may be returned.
        last: the last one.
        most: how many days they may be away from it.

    """
    return [
        shown
        for shown in (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))
        if abs((shown - day).days) <= most
    ]
