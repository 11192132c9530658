"""What an appointment costs somebody else's plan: it is bent with and without it, and the two are compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from planner.bending.bend import Bent
from planner.bending.memory import SessionNumber, numbered
from planner.bending.plan import bend_sessions
from planner.bending.sessions import CoachSession
from planner.case.entries import TreatmentEntry
from planner.results.difference import Difference, Moved, Shortened, WorkoutAt
from planner.scheduling.request import Request
from planner.wording.coached import booking_sentence


class CoachedBooking:
    """Know a plan as it is bent without the appointment, and what becomes of it with one."""

    def __init__(self, request: Request) -> None:
        self.request = request
        made = bend_sessions(request)
        self._task, self.base = made.task, made.bent

    def with_booked(self, entries: Sequence[TreatmentEntry]) -> Bent:
        """Return the plan bent around more appointments: what else is asked for around it is not looked at."""
        return bend_sessions(self.request, entries, self._task).bent

    def cost(self, other: Bent) -> int:
        """Return how many points of change more another bent plan costs."""
        return other.points - self.base.points

    def takes_a_race(self, other: Bent) -> bool:
        """Whether rules speak against a race that they let stand without the appointment."""
        before = {self._key(self.base, number) for number, _ in self.base.conflicts}
        return any(self._key(other, number) not in before for number, _ in other.conflicts)

    def difference(self, other: Bent) -> Difference:
        """Return what becomes of the sessions with the appointment, against what became of them without it."""
        lost: list[WorkoutAt] = []
        moved: list[Moved] = []
        shortened: list[Shortened] = []
        for number, session in numbered(self.base.sessions):
            before, after = self.base.placements[number], other.placements[number]
            if before is None:
                continue
            title = session.event.title
            if after is None or after.workout != before.workout:
                lost.append(WorkoutAt(workout=before.workout, title=title, start=before.start))
                continue
            if self._when(session, before.start) != self._when(session, after.start):
                moved.append(Moved(workout=before.workout, title=title, from_=before.start, to=after.start))
            if after.minutes < before.minutes:
                minutes = before.minutes, after.minutes
                shortened.append(
                    Shortened(
                        workout=before.workout,
                        title=title,
                        start=after.start,
                        from_minutes=minutes[0],
                        minutes=minutes[1],
                    )
                )
        return Difference(lost=tuple(lost), moved=tuple(moved), shortened=tuple(shortened))

    def sentence(self, other: Bent) -> str:
        """Return what an appointment costs the plan."""
        changed = [
            session.event.title
            for number, session in numbered(self.base.sessions)
            if self._stands(self.base, number) != self._stands(other, number)
        ]
        return booking_sentence(changed, len(self.base.sessions), self.cost(other))

    def _stands(self, bent: Bent, number: SessionNumber) -> tuple[object, ...] | None:
        """Return as what and when a session stands, None where it has no place."""
        placement = bent.placements[number]
        if placement is None:
            return None
        when = self._when(self.base.sessions[number], placement.start)
        return placement.workout, placement.minutes, placement.strides, when

    def _when(self, session: CoachSession, start: datetime) -> datetime | date:
        """Return when a session stands: of one that lasts all day the day alone matters."""
        return start if session.start is not None else start.date()

    def _key(self, bent: Bent, number: SessionNumber) -> tuple[str, str]:
        session = bent.sessions[number]
        return session.event.title, session.day.isoformat()
