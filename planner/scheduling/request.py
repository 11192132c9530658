"""Request: what a plan is made from, as it was asked for; it is prepared once, and everything else starts there."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from planner.appointments.booked import Calendars
from planner.case.model import Case, with_known_names
from planner.errors import InputError, Problem
from planner.revision.calendar import Earlier
from planner.revision.revise import find_prior_plan, recognise_workouts, weeks_of
from planner.rulebook.model import Rulebook
from planner.scheduling.task import MOST_WEEKS, Task, prepare


class Request(NamedTuple):
    """Hold what a plan is made from: who asks, by which rules, for which days, and what is there already.

    Args:
        case: the person's case; everyday names are understood.
        rulebook: the rules to plan by.
        today: the local date that counts as today.
        start: the first day of the plan; default: today.
        weeks: how many times seven days, 1 to 52; default: to the end of the calendar week that ends six or more days
            after the first day.
        calendars: what `read_calendars` found, where the case names calendar files.
        earlier: what a calendar shows of an earlier plan; as little of it as the rules allow is changed.
        now: the aware moment before which nothing is planned; an earlier plan knows its own. Default: none.

    """

    case: Case
    rulebook: Rulebook
    today: date
    start: date | None = None
    weeks: int | None = None
    calendars: Calendars | None = None
    earlier: Earlier | None = None
    now: datetime | None = None

    @property
    def first_day(self) -> date:
        """The first day of the plan."""
        return self.start or self.today


def prepared(request: Request) -> Task:
    """Return what the days of a request allow, before anything is chosen.

    Raises `InputError` where the case names what the rulebook does not know, or calendars that were not read, or the
    weeks are out of range.
    """
    if request.weeks is not None and not 1 <= request.weeks <= MOST_WEEKS:
        wrong = f"{request.weeks} is out of range"
        raise InputError([Problem("plan", "weeks", wrong, f"give 1 to {MOST_WEEKS}")])
    case, rulebook = with_known_names(request.case, request.rulebook), request.rulebook
    earlier = None if request.earlier is None else recognise_workouts(request.earlier, rulebook)
    weeks = weeks_of(request.first_day, request.weeks, earlier, case.week_starts)
    found = find_prior_plan(earlier, case, rulebook, weeks, request.now)
    return prepare(case, rulebook, weeks, request.today, found, request.calendars, earlier=earlier)
