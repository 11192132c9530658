"""Push: carry out steps on a calendar, all of them or none.

CalDAV has no transactions. So each write names the version that it replaces, and where one fails, those before it are
taken back, latest first. Where even that fails, what is left is said event by event.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple
from urllib.parse import quote

from planner.calendars.sync.dav import Dav, ServerError
from planner.calendars.sync.event_resource import cancelled, meaning, with_uid
from planner.calendars.sync.server import RemoteCalendar, fetch_event
from planner.calendars.sync.state import ServerEvent, Step
from planner.errors import OutsideError
from planner.revision.identity import another_identity

ORDER = ("create", "update", "delete")
"""Whoever looks at the calendar meanwhile sees an event twice rather than not at all."""
MOST_MISSES = 3
"""A server that failed so often in a row is not asked to take back anything more: each time may take half a minute."""
MOST_NAMES = 3
"""So many UIDs are tried where a server refuses one."""
TYPE = {"Content-Type": "text/calendar; charset=utf-8"}
DONE = {"create": "may be there already", "update": "may be changed already", "delete": "may be gone already"}


class Left(NamedTuple):
    """Name a step that could not be taken back: the server failed once more, or somebody else changed the event."""

    step: Step
    failed: bool


class PushError(OutsideError):
    """Say that a push failed; `left` names the UIDs that are not as they were before it, none where all was undone."""

    def __init__(self, message: str, left: Sequence[str] = ()) -> None:
        self.left = tuple(left)
        super().__init__(message)


def push(calendar: RemoteCalendar, steps: Sequence[Step]) -> list[Step]:
    """Carry out steps and return them as they were carried out: some servers want another UID, or do not delete.

    Raises `PushError` where one of them failed. The calendar is then as it was, or the message says what is not.
    """
    todo = [step for name in ORDER for step in steps if step.do == name]
    touched: list[tuple[Step, str]] = []
    left: list[Left] = []
    try:
        for step in todo:
            href = _address(calendar, step)
            touched.append((step, href))
            touched[-1] = _carry_out(calendar, step, href)
    except ServerError as failure:
        failed = touched.pop()
        if failure.unsure:
            # It may have been carried out, and the answer was lost. What else is there is not our doing.
            left = [undone for undone in _undo(calendar.dav, [failed]) if undone.failed]
        left = _undo(calendar.dav, touched) + left
        raise PushError(_message(failure, touched, left), [undone.step.uid for undone in left]) from failure
    except KeyboardInterrupt as stop:
        # What was begun is taken back all the same.
        left = _undo(calendar.dav, touched)
        if left:
            raise PushError(_message("Stopped", touched, left), [undone.step.uid for undone in left]) from stop
        raise
    return [step for step, _ in touched]


def _address(calendar: RemoteCalendar, step: Step) -> str:
    return step.event.href if step.event is not None else f"{calendar.url}{quote(step.uid, safe='@')}.ics"


def _carry_out(calendar: RemoteCalendar, step: Step, href: str) -> tuple[Step, str]:
    """Carry out a step and return it as it was carried out, and where."""
    dav = calendar.dav
    try:
        if step.event is None:
            return _create(calendar, step, href)
        _replace(dav, step, href, step.event)
    except ServerError as failure:
        if step.event is None or failure.status not in {403, 412}:
            raise
        if failure.status == 403 and step.do == "delete":
            return _cancel(dav, step, href, step.event, failure), href
        if failure.status == 403:
            raise
        # Some servers give a version in their list that is not the one they have. What counts is what the event says.
        now = fetch_event(dav, href)
        if now is None or meaning(now.content) != meaning(step.event.content):
            raise
        _replace(dav, step, href, now)
    return step, href


def _create(calendar: RemoteCalendar, step: Step, href: str) -> tuple[Step, str]:
    """Make an event; where the server does not let go of a UID that was deleted once, under another one."""
    for attempt in range(MOST_NAMES):
        try:
            calendar.dav.ask("PUT", href, step.content, {**TYPE, "If-None-Match": "*"}, accepted=(200, 201, 204))
        except ServerError as failure:
            if failure.status != 400 or attempt == MOST_NAMES - 1:
                raise
            uid = another_identity(step.uid)
            step = Step("create", uid, with_uid(step.content, step.uid, uid))
            href = _address(calendar, step)
        else:
            break
    return step, href


def _replace(dav: Dav, step: Step, href: str, event: ServerEvent) -> None:
    if step.do == "delete":
        dav.ask("DELETE", href, headers=_matching(event), accepted=(200, 204, 404, 410))
    else:
        dav.ask("PUT", href, step.content, {**TYPE, **_matching(event)}, accepted=(200, 201, 204))


def _cancel(dav: Dav, step: Step, href: str, event: ServerEvent, failure: ServerError) -> Step:
    """Cancel an event that the server does not let be deleted, as where its trash holds one of that name."""
    step = Step("update", step.uid, cancelled(event.content), event)
    try:
        _replace(dav, step, href, event)
    except ServerError:
        raise failure from None
    return step


def _matching(event: ServerEvent) -> dict[str, str]:
    # A weak version (W/"…") never matches (RFC 9110, 13.1.1): a server that gives only such ones cannot be asked.
    return {"If-Match": event.etag} if event.etag and not event.etag.startswith("W/") else {}


def _undo(dav: Dav, touched: Sequence[tuple[Step, str]]) -> list[Left]:
    """Take steps back, latest first, and return those that could not be."""
    left: list[Left] = []
    misses = 0
    for step, href in reversed(touched):
        if misses == MOST_MISSES:
            left.append(Left(step, failed=True))
            continue
        try:
            if not _take_back(dav, step, href):
                left.append(Left(step, failed=False))
            misses = 0
        except ServerError:
            misses += 1
            left.append(Left(step, failed=True))
    return left[::-1]


def _take_back(dav: Dav, step: Step, href: str) -> bool:
    """Bring an event back to what it was before a step; return False where somebody else changed it meanwhile."""
    now = fetch_event(dav, href)
    old = step.event
    if old is None:
        if now is None:
            return True
        if meaning(now.content) != meaning(step.content):
            return False
        dav.ask("DELETE", href, headers=_matching(now), accepted=(200, 204, 404, 410))
        return True
    if now is None:
        if step.do == "delete":
            dav.ask("PUT", href, old.content, {**TYPE, "If-None-Match": "*"}, accepted=(200, 201, 204))
        return step.do == "delete"
    if now.content == old.content or (now.etag and now.etag == old.etag):
        return True
    if step.do == "delete" or meaning(now.content) != meaning(step.content):
        return meaning(now.content) == meaning(old.content)
    dav.ask("PUT", href, old.content, {**TYPE, **_matching(now)}, accepted=(200, 201, 204))
    return True


def _message(failure: object, touched: Sequence[tuple[Step, str]], left: Sequence[Left]) -> str:
    if not left:
        done = "what was begun was taken back, and the calendar is as it was" if touched else "nothing was changed"
        return f"{failure}; {done}"
    left_over = ", ".join(_left_words(undone) for undone in left)
    return f"{failure}; not all of what was begun could be taken back: {left_over}; run sync again to finish it"


def _left_words(left: Left) -> str:
    step = left.step
    content = step.event.content if step.event is not None else step.content
    what = meaning(content)
    name = f'"{what.title}" of {_day(what.start)}'
    if not left.failed:
        return f"{name} (somebody else changed it meanwhile)"
    return f"{name} ({DONE[step.do]})"


def _day(start: date | None) -> str:
    if isinstance(start, datetime):
        return f"{start.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if start.tzinfo else f"{start:%Y-%m-%d %H:%M}"
    return str(start)
