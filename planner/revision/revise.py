"""Revise: how a plan that is made again finds its workouts in the calendar, and leaves the past as it was.

Weeks are calendar weeks, so a day that passes moves nothing by itself. What is past or has begun, and what lies on days
that are not planned now, stands and counts. Everything else the calendar shows is a wish to keep it, or where a person
moved it, a place to put it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from planner.case.model import Case
from planner.clock import FIRST_YEAR, LAST_YEAR, PLAUSIBLE, Minutes, at, end_of_plan, later, midnight, week_of
from planner.errors import InputError, Problem
from planner.revision.calendar import Earlier, ShownEvent
from planner.revision.identity import fresh_identity, workout_mark
from planner.revision.pinned import MOST_MOVED, Pinned, PriorPlan, ShownWorkout
from planner.rulebook.model import Rulebook

REMEMBERED_HOURS = 72
"""A break from running that ended within so many hours before the plan still has its first run back ahead."""
NEAR = timedelta(days=6)
"""A workout that is found this near to one that is gone is the same one, moved."""


class Weeks(NamedTuple):
    """Bound the days to plan: calendar weeks from `begins` on, of which the plan shows the days `first` to `last`.

    Of the first week no more is asked than its days from `since` on have room for: before, nobody planned.
    """

    begins: date
    number: int
    first: date
    last: date
    since: date

    @property
    def is_first_short(self) -> bool:
        """Whether the wishes of the first week are for a part of it."""
        return self.since > self.begins


def weeks_of(first: date, weeks: int | None = None, earlier: Earlier | None = None, week_starts: int = 0) -> Weeks:
    """Return the calendar weeks that hold the days to plan; an earlier plan that reaches them has begun before.

    Where the calendar shows more workouts soon after, their week is among them: what is planned keeps its distance.

    Args:
        first: the first day to plan.
        weeks: how many times seven days; None: to the end of the calendar week that ends six or more days later.
        earlier: what a calendar shows of an earlier plan.
        week_starts: the weekday on which weeks begin, from Monday 0.

    Raises:
        InputError: the first day is too far away.

    """
    if not FIRST_YEAR <= first.year < LAST_YEAR:
        raise InputError([Problem("plan", "start", f"{first} is too far away", PLAUSIBLE)])
    last = end_of_plan(first, weeks, week_starts)
    begins = week_of(first, week_starts)
    goes_on = earlier is not None and earlier.first <= first <= earlier.last
    since = max(begins, earlier.first) if earlier is not None and goes_on else first
    number = -(-((last - begins).days + 1) // 7)
    after = begins + timedelta(days=7 * number)
    if earlier is not None and any(
        after <= event.day < after + NEAR and not event.cancelled for event in earlier.events
    ):
        number += 1
    return Weeks(begins, number, first, last, since)


def recognise_workouts(earlier: Earlier, rulebook: Rulebook) -> Earlier:
    """Return what a calendar shows with every workout called by its name, in a private file too."""
    names = {workout_mark(earlier.plan_id, name, private=True): name for name in rulebook.workouts}
    events = tuple(event._replace(mark=names.get(event.mark, event.mark)) for event in earlier.events)
    return earlier._replace(events=events)


def find_prior_plan(
    earlier: Earlier | None, case: Case, rulebook: Rulebook, weeks: Weeks, now: datetime | None = None
) -> PriorPlan:
    """Return what a plan for some weeks finds: in the log, and in the calendar where there is one.

    Args:
        earlier: the plan's own calendar, None where there is none yet.
        case: the person's case, with its log.
        rulebook: the rules, by which workouts have their names.
        weeks: the weeks of the plan.
        now: nothing begins before this aware moment; where a calendar is known, what it calls now counts.

    """
    planned_from = midnight(weeks.first, case.tz)
    breaks_from = later(planned_from, hours=-REMEMBERED_HOURS)
    if earlier is None:
        if weeks.begins < weeks.first:
            now = planned_from if now is None else max(now, planned_from)
        fixed = _logged(case, weeks, ())
        standing = (*fixed, *_sessions(case, weeks, [(pinned.workout, pinned.start) for pinned in fixed], now))
        return PriorPlan(standing, not_before=now, breaks_from=breaks_from)
    workouts = {
        event: event.moment.astimezone(case.tz)
        for event in earlier.events
        if event.moment is not None and event.mark in rulebook.workouts
    }
    begun = [event for event, start in workouts.items() if start <= earlier.now and not event.cancelled]
    fixed = _logged(case, weeks, begun)
    days = {pinned.start.date() for pinned in fixed} | {entry.date for entry in case.log if entry.left_out}
    order = _order_of_moves(workouts)
    shown: list[ShownWorkout] = []
    gone: list[tuple[str, datetime]] = []
    for event, start in workouts.items():
        workout = event.mark
        if earlier.stands(event, weeks.first, weeks.last):
            # What the log says of a day beats what was planned for it.
            if not event.cancelled and not (start <= earlier.now and start.date() in days):
                fixed.append(Pinned(workout, start, event.minutes, done=True, uid=event.uid))
        elif event.by_hand == "deleted":
            gone.append((workout, start))
        elif not event.cancelled and event.by_hand == "moved":
            fixed.append(Pinned(workout, start, uid=event.uid, moved=order[event.uid]))
        elif not event.cancelled:
            shown.append(ShownWorkout(workout, start))
    # What begins this very moment is past already.
    not_before = max(earlier.now + timedelta(seconds=1), planned_from)
    fixed += _sessions(case, weeks, [*gone, *((pinned.workout, pinned.start) for pinned in fixed)], not_before)
    closed = (weeks.last + timedelta(days=1), earlier.last) if earlier.last > weeks.last else None
    known_from = min(midnight(earlier.first, case.tz), earlier.now)
    return PriorPlan(
        fixed=tuple(_asked(fixed, rulebook, weeks.last)),
        shown=tuple(shown),
        not_before=not_before,
        given_up=tuple((workout, start.date()) for workout, start in gone),
        known_from=known_from,
        closed=closed,
        breaks_from=min(breaks_from, known_from),
    )


def _order_of_moves(events: Iterable[ShownEvent]) -> dict[str, int]:
    """Return which of the moves by hand each is, the latest the last; those of one moment in the calendar's order."""
    moved = [event for event in events if event.by_hand == "moved" and not event.cancelled]
    moved.sort(key=lambda event: 0.0 if event.moved_at is None else event.moved_at.timestamp())
    # Of very many the oldest are alike.
    return {event.uid: max(MOST_MOVED - number, 1) for number, event in enumerate(reversed(moved))}


def _sessions(case: Case, weeks: Weeks, placed: Iterable[tuple[str, datetime]], now: datetime | None) -> list[Pinned]:
    """Return the fixed sessions of the planned days to come, without those that were done, moved or deleted.

    `placed` are the workouts of those, with their times: each stands for the session that is nearest to it on its day.
    """
    days = [weeks.first + timedelta(days=number) for number in range((weeks.last - weeks.first).days + 1)]
    sessions = [
        Pinned(
            entry.workout,
            at(day, entry.start, case.tz),
            entry.minutes,
            session=True,
            moved=0 if entry.date is None else MOST_MOVED + 1,
            keeps_its_time=entry.keep is True,
        )
        for day in days
        for entry in case.sessions
        # Who is away misses what is every week; what is of that very date was written for it.
        if entry.is_on(day) and (entry.date is not None or case.away_on(day) is None)
    ]
    for workout, moment in sorted(placed, key=lambda pair: pair[1]):
        alike = [
            session
            for session in sessions
            if session.workout == workout and session.start.date() == moment.astimezone(case.tz).date()
        ]
        if alike:
            sessions.remove(min(alike, key=lambda session: abs(session.start - moment)))
    return [session for session in sessions if now is None or session.start >= now]


def _asked(fixed: Iterable[Pinned], rulebook: Rulebook, last: date) -> Iterator[Pinned]:
    """Yield what is fixed; of what comes after the planned days, the next of each sort is asked for its distance."""
    met: set[str] = set()
    for pinned in sorted(fixed, key=lambda pinned: pinned.start):
        workout = rulebook.workouts[pinned.workout]
        sorts = {"run" if workout.is_running else "", "hard" if workout.hard else "", "long" if workout.long else ""}
        after = pinned.done and pinned.start.date() > last
        yield pinned._replace(asked=tuple(sorted(sorts - met - {""}))) if after else pinned
        met |= sorts if after else set()


def _logged(case: Case, weeks: Weeks, begun: Iterable[ShownEvent]) -> list[Pinned]:
    """Return what the log says was done; when on its day, it says itself, or only the calendar may know."""
    moments = {}
    for event in begun:
        if event.moment is not None:
            start = event.moment.astimezone(case.tz)
            moments[start.date(), event.mark] = start
    fixed = []
    for entry in case.log:
        if entry.did is not None and entry.date <= weeks.last:
            shown = moments.get((entry.date, entry.did), midnight(entry.date, case.tz))
            start = shown if entry.time is None else at(entry.date, entry.time, case.tz)
            fixed.append(Pinned(entry.did, start, entry.minutes or Minutes(0), done=True))
    return fixed


class Placed(NamedTuple):
    """Hold what a plan places, as `ShownEvent` does, and what a new identity is made of: its week and slot."""

    mark: str
    start: datetime | date
    week: date
    slot: str
    uid: str = ""
    about: datetime | date | None = None


def assign_identities(plan_id: str, placed: Sequence[Placed], earlier: Earlier | None, weeks: Weeks) -> list[str]:
    """Return the UID of each thing that a plan places: its own where the calendar knows it, else one never used.

    Of like workouts those nearest to each other are the same. One that was cancelled comes back to life only at its
    very time; none ever becomes another workout.

    Args:
        plan_id: the identity of the plan.
        placed: what the plan places.
        earlier: the plan's own calendar, None where there is none yet.
        weeks: the weeks of the plan.

    """
    uids = {number: item.uid for number, item in enumerate(placed) if item.uid}
    if earlier is not None:
        free = [event for event in earlier.events if not earlier.stands(event, weeks.first, weeks.last)]
        free = [event for event in free if event.by_hand != "deleted" and event.uid not in uids.values()]
        for number, event in _nearest(placed, free, uids):
            uids[number] = event.uid
    used = set(earlier.uids if earlier is not None else ()) | set(uids.values())
    for number, item in enumerate(placed):
        if number not in uids:
            uids[number] = fresh_identity(plan_id, item.week, item.slot, used)
            used.add(uids[number])
    return [uids[number] for number in range(len(placed))]


def was_taken_out(earlier: Earlier | None, mark: str, about: datetime | date) -> bool:
    """Return whether a person took the note on a treatment out of the calendar: then it is not made again."""
    events = earlier.events if earlier is not None else ()
    return any(event.by_hand == "deleted" and event.mark == mark and event.about == about for event in events)


def _nearest(
    placed: Sequence[Placed], events: Sequence[ShownEvent], uids: Mapping[int, str]
) -> Iterator[tuple[int, ShownEvent]]:
    """Yield which thing placed is which event: pair by pair, the nearest first, among equals the earliest."""
    pairs = []
    for number, item in enumerate(placed):
        if number in uids:
            continue
        for event in events:
            apart = _apart(item.about or item.start, event.about or event.start)
            if event.mark == item.mark and apart <= (timedelta(0) if event.cancelled else NEAR):
                pairs.append((apart, event.cancelled, number, event.uid, event))
    taken: set[int | str] = set()
    for _, _, number, uid, event in sorted(pairs, key=lambda pair: pair[:4]):
        if number not in taken and uid not in taken:
            taken |= {number, uid}
            yield number, event


def _apart(moment: datetime | date, other: datetime | date) -> timedelta:
    if isinstance(moment, datetime) and isinstance(other, datetime):
        return abs(moment - other)
    days = [time.date() if isinstance(time, datetime) else time for time in (moment, other)]
    return abs(days[0] - days[1])
