"""What was read of somebody else's plan, as a list: the unsure readings first, for they are to be looked at."""

from __future__ import annotations

from datetime import date

from planner.appointments.booked import Calendars
from planner.bending.sessions import CoachSession, sessions_of
from planner.case.model import Case
from planner.results.coached import ListedSession, NoSession, ReadSession, SessionList
from planner.rulebook.model import Rulebook
from planner.titles.session import PlanEvent


def session_list(
    case: Case, rulebook: Rulebook, calendars: Calendars, first: date, last: date, today: date
) -> SessionList:
    """Return how the sessions of a case's plan calendars from one local day to another were read.

    Raises `InputError` where distances wait for a pace that nothing tells.
    """
    found = sessions_of(case, rulebook, calendars.coached, today)
    shown = [one for one in found.sessions if first <= one.day <= last]
    return SessionList(
        workouts=tuple(_listed(one) for one in sorted(shown, key=lambda one: one.sure)),
        passed_over=tuple(
            [
                no_session(event, why)
                for event, why in found.passed_over
                if event.day is not None and first <= event.day <= last
            ]
            + [
                NoSession(source=one.source, line=one.line, uid="", title="", why=one.why)
                for one in calendars.passed_over
                if one.source in {entry.calendar for entry in case.workouts}
            ]
        ),
    )


def no_session(event: PlanEvent, why: str) -> NoSession:
    """Return an event that is no session, and why."""
    return NoSession(source=event.source, line=event.line, uid=event.uid, title=event.title, why=why)


def read_session(session: CoachSession) -> ReadSession:
    """Return what a session was read as."""
    return ReadSession(
        workout=session.workout,
        minutes=session.minutes,
        by=session.by,
        minutes_from=session.minutes_from,
        strides=session.strides,
        optional=session.optional,
        sure=session.sure,
        doubts=session.doubts,
    )


def _listed(session: CoachSession) -> ListedSession:
    event = session.event
    return ListedSession(
        calendar=event.source,
        line=event.line,
        uid=event.uid,
        part=session.part,
        title=event.title,
        date=session.day,
        start=session.start,
        read_as=read_session(session),
    )
