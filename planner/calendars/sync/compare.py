"""Compare: what happened to our events in a calendar since the last sync, and what is to be done there now.

Pure: three sides go in (what we put there, what is there, what the new plan wants there), steps come out. The person is
always right about what they did; the plan says what is wanted. Where both changed, the command tells the person.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, tzinfo
from typing import Literal, NamedTuple

from planner.calendars.sync.event_resource import (
    Meaning,
    essence,
    identity,
    is_session,
    meaning,
    moment,
    sequence,
    unfolded,
    with_higher_sequence,
)
from planner.calendars.sync.state import Pushed, ServerEvent, Step

_OUR_UID = re.compile("[0-9a-f]{16}-([0-9a-f]{20})@workouts[.]planner")
"""As `revision.identity` makes them: the plan's identity is their second half."""

_PLANNERS = b"@workouts.planner"
_UID = re.compile(rb"^UID[^:\r\n]*:([^\r\n]*)", re.MULTILINE | re.IGNORECASE)

What = Literal["untouched", "moved", "edited", "deleted", "unremembered"]
Part = Literal["times", "title", "notes"]


class SeenChange(NamedTuple):
    """Say what the person did to one of our events.

    `untouched`: nothing. `moved`: it stands at another time, or, if its coach asks for it on a day, on another day; its
    texts may be changed, too. `edited`: other texts, or times that are no single stretch of time (all day, repeated,
    without zone). `deleted`: it is gone, or marked as
    cancelled. `unremembered`: it is there, but what we put there is not known. `before` is what we put there, `now`
    what is there, `parts` what of it they changed.
    """

    what: What
    before: Meaning | None = None
    now: Meaning | None = None
    parts: tuple[Part, ...] = ()


def events_of_plan(
    events: Iterable[ServerEvent], plan_id: str, remembered: Collection[str] = frozenset()
) -> dict[str, ServerEvent]:
    """Return those events of a calendar that are this plan's, by UID.

    They are those with a UID that is remembered, those with our mark and a UID of this plan, and those whose whole UID
    is one that planner makes for it, though a program dropped the mark: neither another plan's nor a copy that the
    person made of one of ours, which has a UID of its own.
    """
    own: dict[str, ServerEvent] = {}
    for event in sorted(events):
        if not _may_be_ours(event.content, plan_id, remembered):
            continue
        uid, marked = identity(event.content)
        made_here = _OUR_UID.fullmatch(uid)
        of_plan = uid.partition("@")[0].endswith(f"-{plan_id}") if marked else made_here and made_here[1] == plan_id
        if uid in remembered or of_plan:
            own.setdefault(uid, event)
    return own


def _may_be_ours(content: bytes, plan_id: str, remembered: Collection[str]) -> bool:
    """Return whether an event could be one of a plan: of thousands that others made none has to be understood."""
    lines = unfolded(content)
    return plan_id.encode() in lines or any(
        match[1].decode("utf-8", "replace").strip() in remembered for match in _UID.finditer(lines)
    )


def count_events_of_others(events: Iterable[ServerEvent], plan_id: str, since: datetime) -> int:
    """Return how many events of a calendar are another plan's, and not over before a moment."""
    of_planner = [event.content for event in events if _PLANNERS in unfolded(event.content)]
    ends = [(_OUR_UID.fullmatch(identity(content)[0]), moment(meaning(content).end)) for content in of_planner]
    return sum(uid is not None and uid[1] != plan_id and end is not None and end > since for uid, end in ends)


def changes_seen(
    pushed: Mapping[str, Pushed], shown: Mapping[str, ServerEvent], zone: tzinfo | None = None
) -> dict[str, SeenChange]:
    """Return what the person did to each of our events since the last sync, by UID; local times are in the zone."""
    return {uid: _change_seen(pushed.get(uid), shown.get(uid), zone) for uid in sorted({*pushed, *shown})}


def _change_seen(pushed: Pushed | None, event: ServerEvent | None, zone: tzinfo | None) -> SeenChange:
    now = meaning(event.content).by_the_clock_of(zone) if event is not None else None
    if pushed is None or (not pushed.meanings and now is not None):
        return SeenChange("unremembered", now=now)
    before = pushed.meanings[0] if pushed.meanings else None
    if now is None:
        return SeenChange("untouched" if pushed.may_be_absent else "deleted", before)
    if now in pushed.meanings:
        return SeenChange("untouched", now, now)
    if now.cancelled:
        return SeenChange("deleted", before, now)
    # What lies nearest to what is there now is what the person began from.
    before = min(pushed.meanings, key=lambda meaning: len(_parts(meaning, now)))
    parts = _parts(before, now)
    # A session of a coach may last all day: it may go to another day, get a time, or lose the one it had.
    stretches = (before.stretch, now.stretch) if is_session(pushed.sent) else (before.span, now.span)
    moved = "times" in parts and None not in stretches
    return SeenChange("moved" if moved else "edited", before, now, parts)


def _parts(before: Meaning, now: Meaning) -> tuple[Part, ...]:
    parts: list[Part] = []
    if (before.start, before.end, before.repeats) != (now.start, now.end, now.repeats):
        parts.append("times")
    if before.title != now.title:
        parts.append("title")
    if before.notes != now.notes:
        parts.append("notes")
    return tuple(parts)


def steps(
    pushed: Mapping[str, Pushed],
    shown: Mapping[str, ServerEvent],
    wanted: Mapping[str, bytes],
    *,
    keep: Collection[str] = frozenset(),
    gone: Collection[str] = frozenset(),
    since: datetime | None = None,
    until: datetime | None = None,
    zone: tzinfo | None = None,
) -> list[Step]:
    """Return what to do so that a calendar shows the plan: a step for each UID that is wanted or to be deleted.

    An event that the person deleted stays deleted, one that they moved gets the time that the plan wants, and what they
    changed otherwise stays until the plan itself changes that event.

    Args:
        pushed: what we put there.
        shown: our events as they are there now (`events_of_plan`).
        wanted: what the plan wants there (`event_resource.split_events`).
        keep: UIDs that are left as they are, whatever is wanted.
        gone: UIDs that the plan takes back however far ahead they are.
        since: events that end before are history: they are not deleted, though no plan speaks of them any more.
        until: events that begin then or later are not deleted either, for the plan does not reach so far.
        zone: the zone of times that name none.

    """
    changes = changes_seen(pushed, shown, zone)
    made = [
        _step(uid, wanted[uid], pushed.get(uid), shown.get(uid), changes.get(uid), zone, kept=uid in keep)
        for uid in sorted(wanted)
    ]
    dropped = [
        Step("delete", uid, event=event)
        for uid, event in sorted(shown.items())
        if uid not in wanted
        and uid not in keep
        and (uid in gone or _within(event, since, until))
        and not _is_cancelled(pushed, uid, event)
    ]
    return made + dropped


def _is_cancelled(pushed: Mapping[str, Pushed], uid: str, event: ServerEvent) -> bool:
    """Return whether an event stands there as we cancelled it, because the server does not let go of it."""
    now = meaning(event.content)
    return now.cancelled and uid in pushed and now in pushed[uid].meanings


def _step(
    uid: str,
    content: bytes,
    pushed: Pushed | None,
    event: ServerEvent | None,
    remote: SeenChange | None,
    zone: tzinfo | None,
    *,
    kept: bool,
) -> Step:
    deleted = remote is not None and remote.what == "deleted"
    if event is None:
        return Step("leave" if deleted or kept else "create", uid, content)
    if deleted or kept or not _changes(content, pushed, event, remote, zone):
        return Step("leave", uid, content, event)
    return Step("update", uid, with_higher_sequence(content, sequence(event.content)), event)


def _changes(
    content: bytes, pushed: Pushed | None, event: ServerEvent, remote: SeenChange | None, zone: tzinfo | None
) -> bool:
    """Return whether an event that is there must be written anew."""
    now = meaning(event.content).by_the_clock_of(zone)
    if pushed is None or not pushed.sent or remote is None:
        return meaning(content) != now
    if remote.what == "moved" or essence(content) != essence(pushed.sent):
        return True
    # What a sync that broke off left there is ours, but it is not what the memory says.
    return remote.what == "untouched" and now not in pushed.settled


def _within(event: ServerEvent, since: datetime | None, until: datetime | None) -> bool:
    shown = meaning(event.content)
    start, end = moment(shown.start), moment(shown.end)
    if since is not None and end is not None and end <= since:
        return False
    return until is None or start is None or start < until
