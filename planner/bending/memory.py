"""Memory: which sessions a calendar shows already, found again whatever a feed calls them.

A session is known by the UID of its event; where that fails, by its day and title; then by its sort and its place in
its week, for some feeds give every event a new UID at each fetch.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from itertools import count
from typing import NamedTuple, NewType, TypeVar

from planner.bending.sessions import CoachSession
from planner.clock import monday_of
from planner.limits.rule_windows import Window
from planner.revision.calendar import Earlier, SessionSeal, ShownEvent
from planner.rulebook.model import Rulebook
from planner.scheduling.task import Task
from planner.titles.session import PlanEvent
from planner.wording.coached import LEFT_BEHIND

SessionNumber = NewType("SessionNumber", int)
"""Which session of the plan that is bent it is, in order of time, from 0."""
T = TypeVar("T")


class ShownSession(NamedTuple):
    """Hold where a calendar shows a session, and whether its coach has left it as it was."""

    event: ShownEvent
    unchanged: bool


def seal_of(session: CoachSession, plan_id: str, kind: str) -> SessionSeal:
    """Return what is remembered of a session as its coach has it: nothing that a reader could understand."""
    event, (day, start) = session.event, session.planned
    begins = start.strftime("%H%M") if start is not None else ""
    content = _hash(plan_id, day.isoformat(), begins, session.workout, str(session.minutes), event.title)
    return SessionSeal(
        uid=_hash(plan_id, event.uid or f"{day} {event.title}", str(session.part)),
        title=_hash(plan_id, event.title, str(session.part)),
        day=day,
        kind=_hash(plan_id, kind, session.workout),
        content=content,
    )


def session_identity(session: CoachSession, plan_id: str, again: int = 0) -> str:
    """Return the UID of a session that no calendar shows yet: never that of the coach's event, which Apple refuses."""
    event = session.event
    own = event.uid or f"{session.day} {event.title}"
    name = _hash(plan_id, "session", event.source, own, str(session.day), str(session.part), str(again))
    return f"{name}-{plan_id}@workouts.planner"


def shown_already(
    sessions: Sequence[CoachSession], earlier: Earlier | None, plan_id: str, rulebook: Rulebook
) -> dict[int, ShownSession]:
    """Return where the calendar shows each session that it knows, by the session's number.

    Args:
        sessions: the sessions of the plan to bend.
        earlier: the plan's own calendar, None where there is none yet.
        plan_id: the identity of the case's plan.
        rulebook: the rules, by which a workout has its kind.

    """
    events = [event for event in earlier.events if event.session is not None] if earlier is not None else []
    seals = [seal_of(session, plan_id, rulebook.workouts[session.workout].kind) for session in sessions]
    by_number: dict[int, ShownEvent] = {}
    free = list(events)
    for is_same in (_by_uid, _by_day_and_title):
        for number, seal in enumerate(seals):
            if (
                number not in by_number
                and (event := next((event for event in free if is_same(event, seal)), None)) is not None
            ):
                by_number[number] = event
                free.remove(event)
    by_number |= dict(_by_place(seals, free, by_number))
    return {
        number: ShownSession(event, event.session is not None and event.session.content == seals[number].content)
        for number, event in by_number.items()
    }


def left_behind(
    earlier: Earlier | None, shown: Iterable[ShownSession], today: date, last: date, rulebook: Rulebook
) -> list[tuple[CoachSession, ShownSession]]:
    """Return the sessions that were put off, and of which a feed that begins with today says nothing any more.

    They are what the calendar shows of them: where their coach had them no feed tells.

    Args:
        earlier: what the calendar shows, None where there is none yet.
        shown: where it shows the sessions of the feed.
        today: the day that counts as today: a session of an earlier day is not missed in a feed.
        last: the last day of the plan.
        rulebook: the rules, by which workouts have their names.

    """
    if earlier is None:
        return []
    of_the_feed = {session_shown.event.uid for session_shown in shown}
    return [
        (
            CoachSession(
                event=PlanEvent(event.title, LEFT_BEHIND, event.start, uid=f"left behind {event.uid}"),
                part=0,
                workout=event.mark,
                minutes=event.minutes,
                minutes_from="event",
                day=event.day,
                start=event.moment,
            ),
            ShownSession(event, unchanged=True),
        )
        for event in earlier.events
        if event.session is not None
        and event.session.day < today <= event.day <= last
        and event.uid not in of_the_feed
        and event.mark in rulebook.workouts
        and event.moment is not None
        and not event.cancelled
        and event.by_hand != "deleted"
    ]


def numbered(sessions: Iterable[T]) -> Iterator[tuple[SessionNumber, T]]:
    """Yield the sessions of the plan that is bent, or what is known of each, with their numbers."""
    for number, session in enumerate(sessions):
        yield SessionNumber(number), session


class HandEdits(NamedTuple):
    """Hold the sessions as a person has them in the calendar, where it shows each, and what the person did there."""

    sessions: list[CoachSession]
    shown: dict[SessionNumber, ShownSession]
    put: set[SessionNumber]
    """The numbers of those that stand where the person moved them."""
    refused: list[tuple[CoachSession, list[Window]]]
    """Those that the person moved where rules forbid them, as they were put, with these rules: they stay at home."""
    taken_out: list[CoachSession]
    logged: list[str]
    """The UIDs of the events of those that the log speaks of: they stay as they are."""


def with_hand_edits(
    sessions: Sequence[CoachSession],
    shown: Mapping[int, ShownSession],
    earlier: Earlier | None,
    task: Task,
    logged: Collection[int],
    forbidding: Callable[[CoachSession], list[Window]],
) -> HandEdits:
    """Return the sessions where the person put them in the calendar; what has begun stands as it began there.

    What the coach changed since is the coach's again.

    Args:
        sessions: as their coach has them.
        shown: where the calendar shows each already, by its number.
        earlier: what the calendar shows, None where there is none.
        task: for its workouts and its last day; a session that was moved behind that waits there.
        logged: the numbers of those of which the log says what became.
        forbidding: returns the rules that let a session stand at no time of the day on which it is put.

    """
    edits = HandEdits([], {}, set(), [], [], [])
    for number, session in enumerate(sessions):
        standing = shown.get(number)
        stands: CoachSession | None = session
        if number in logged:
            edits.logged.extend([standing.event.uid] if standing is not None else [])
            continue
        if standing is not None and earlier is not None:
            event = standing.event
            if event.by_hand == "deleted" and standing.unchanged:
                edits.taken_out.append(session)
                stands = None
            elif event.moment is not None and event.moment <= earlier.now and not event.cancelled:
                stands = _as_it_began(session, event, task.rulebook)
            elif waits_for_its_time(session, standing, earlier.now):
                stands = session._replace(waits=True)
            elif event.by_hand == "moved" and standing.unchanged and not event.cancelled:
                put = _moved(session, event)
                if put.day > task.weeks.last:
                    stands = None
                elif rules := forbidding(put):
                    edits.refused.append((put, rules))
                else:
                    edits.put.add(SessionNumber(len(edits.sessions)))
                    stands = put
        if stands is None:
            continue
        if standing is not None:
            edits.shown[SessionNumber(len(edits.sessions))] = standing
        edits.sessions.append(stands)
    return edits


def day_shown(session: CoachSession, standing: ShownSession | None) -> date:
    """Return on which day a person finds a session: as the calendar shows it, unless its coach changed it since."""
    if standing is None or not standing.unchanged or standing.event.cancelled or standing.event.by_hand == "deleted":
        return session.day
    return standing.event.day


def waits_for_its_time(session: CoachSession, standing: ShownSession, now: datetime) -> bool:
    """Whether a session would be over where its coach has it, and planner had put it at a time still to come."""
    event = standing.event
    if event.by_hand or event.cancelled or not standing.unchanged:
        return False
    over = session.day < now.date() or (session.start is not None and session.start < now)
    return over and (event.moment > now if event.moment is not None else event.day >= now.date())


def _as_it_began(session: CoachSession, event: ShownEvent, rulebook: Rulebook) -> CoachSession:
    """Return a session that has begun as a calendar shows it: where, and as what."""
    stands = _moved(session, event)
    shown = event.mark in rulebook.workouts
    return stands._replace(workout=event.mark, minutes=event.minutes) if shown else stands


def _moved(session: CoachSession, event: ShownEvent) -> CoachSession:
    """Return a session where a calendar shows it."""
    zone = session.start.tzinfo if session.start is not None else None
    start = event.moment if event.moment is None or zone is None else event.moment.astimezone(zone)
    return session._replace(day=event.day, start=start, moved_from=session.planned)


def uids_of(
    sessions: Sequence[CoachSession], shown: Mapping[SessionNumber, ShownSession], plan_id: str, earlier: Earlier | None
) -> list[str]:
    """Return the UID of each session: its own where the calendar knows it, else one never used.

    Args:
        sessions: the sessions of the plan to bend.
        shown: those that the calendar shows, by the session's number.
        plan_id: the identity of the case's plan.
        earlier: the plan's own calendar, whose UIDs are taken; None where there is none yet.

    """
    uids = {number: event_shown.event.uid for number, event_shown in shown.items()}
    used = {*(earlier.uids if earlier is not None else ()), *uids.values()}
    for number, session in numbered(sessions):
        if number not in uids:
            fresh = (session_identity(session, plan_id, again) for again in count())
            uids[number] = next(uid for uid in fresh if uid not in used)
            used.add(uids[number])
    return [uids[number] for number, _ in numbered(sessions)]


def _by_uid(event: ShownEvent, seal: SessionSeal) -> bool:
    return event.session is not None and event.session.uid == seal.uid


def _by_day_and_title(event: ShownEvent, seal: SessionSeal) -> bool:
    own = event.session
    return own is not None and own.day == seal.day and own.title == seal.title


def _by_place(
    seals: Sequence[SessionSeal], free: Iterable[ShownEvent], by_number: dict[int, ShownEvent]
) -> list[tuple[int, ShownEvent]]:
    """Return the sessions that are left with the events that are left: the same sort, in the same order of a week."""
    pairs: list[tuple[int, ShownEvent]] = []
    waiting: dict[tuple[date, str], list[ShownEvent]] = {}
    for event in free:
        if event.session is not None:
            waiting.setdefault((monday_of(event.session.day), event.session.kind), []).append(event)
    for number, seal in sorted(enumerate(seals), key=lambda pair: (pair[1].day, pair[0])):
        events = waiting.get((monday_of(seal.day), seal.kind))
        if number not in by_number and events:
            events.sort(key=lambda event: event.session.day if event.session is not None else event.day)
            pairs.append((number, events.pop(0)))
    return pairs


def _hash(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]
