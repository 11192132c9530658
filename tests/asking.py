"""Short questions for tests: a case and a rulebook, and nothing else to be made first."""

from __future__ import annotations

from datetime import date, datetime

from planner.appointments.booked import Calendars
from planner.case.model import Case
from planner.clock import local
from planner.results.answer import Answer, DayAnswer
from planner.rulebook.model import Rulebook
from planner.scheduling.request import Request
from planner.what_if.questions import Questions


def why_workout(
    case: Case, rulebook: Rulebook, moment: datetime, workout: str, calendars: Calendars | None = None
) -> Answer:
    """Return whether a workout may start at a local time (or an aware one), in the week that begins on that day."""
    start = local(moment, case.tz)
    return Questions(Request(case, rulebook, start.date(), calendars=calendars)).best_answer(workout, [start])


def why_day(case: Case, rulebook: Rulebook, day: date, calendars: Calendars | None = None) -> DayAnswer:
    """Return why a day looks as it does, in the week that begins on it."""
    return Questions(Request(case, rulebook, day, calendars=calendars)).answer_for_day(day)
