"""Request: what a plan is made from, as it was asked for; it is prepared once, and everything else starts there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from planner.appointments.appointment import Appointment, appointments, require_read_calendars
from planner.appointments.booked import Calendars
from planner.case.model import Case, with_known_names
from planner.case.places import case_on
from planner.errors import InputError, Problem
from planner.limits.in_force import rules_in_force
from planner.limits.log_windows import log_windows, masked_entries
from planner.limits.progress import log_readings
from planner.limits.red_flags import Flag, clears_the_plan, flags_standing_from, raised_flags
from planner.limits.rule_windows import HealthReading, Window
from planner.revision.calendar import Earlier
from planner.revision.revise import Weeks, find_prior_plan, recognise_workouts, weeks_of
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import Rule
from planner.scheduling.task import LOOK_AHEAD, LOOK_BACK, MOST_WEEKS, Task, prepare
from planner.wording.rules.explainer import Explainer


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
    prior = find_prior_plan(earlier, case, rulebook, weeks, request.now)
    return prepare(case, rulebook, weeks, request.today, prior, request.calendars, earlier=earlier)


class AlertFacts(NamedTuple):
    """Hold what alerts speak about: it is known before anything is planned."""

    case: Case
    rulebook: Rulebook
    rules: Mapping[str, Rule]
    treatments: tuple[Appointment, ...]
    windows: Sequence[Window]
    flags: tuple[Flag, ...]
    today: date
    weeks: Weeks
    explainer: Explainer

    @property
    def cleared(self) -> bool:
        """Whether a danger sign clears the plan."""
        return clears_the_plan(self.flags, self.weeks.last)

    @property
    def waiting_for_clinician(self) -> set[tuple[int | None, HealthReading | None]]:
        """The log entries, each with its reading, after which something waits until a clinician has looked.

        Setbacks that add up are left out: they have an alert of their own.
        """
        windows = (window for window in self.windows if window.rule.until_cleared and window.rule.setbacks is None)
        return {(window.entry, window.reading) for window in windows}


def alert_facts_of(task: Task) -> AlertFacts:
    """Return what the alerts of a task speak about."""
    windows, flags = task.limits.everything, task.flags
    return AlertFacts(
        task.case, task.rulebook, task.rules, task.treatments, windows, flags, task.today, task.weeks, task.explainer
    )


def gather_alert_facts(request: Request) -> AlertFacts:
    """Return what the alerts of a plan from today on speak about, for a small part of what preparing it costs.

    Raises `InputError` as `prepared` does.
    """
    today = request.today
    weeks = weeks_of(today, None, request.earlier, request.case.week_starts)
    rulebook = request.rulebook
    case = case_on(with_known_names(request.case, rulebook), rulebook, today)
    rules, calendars = rules_in_force(case, rulebook), require_read_calendars(case, request.calendars)
    until = weeks.begins + timedelta(days=7 * weeks.number) + LOOK_AHEAD
    treated = appointments(case, rulebook, until, weeks.begins - LOOK_BACK, calendars)
    masked = masked_entries(case, rulebook, rules.values(), treated)
    felt = log_readings(case, rulebook, [(appointment.day, appointment.region) for appointment in treated], masked)
    flags = raised_flags(case, rulebook, treated, felt)
    windows = log_windows(case, rulebook, rules.values(), felt, flags)
    standing = tuple(flags_standing_from(flags, weeks.first))
    return AlertFacts(
        case, rulebook, rules, treated, windows, standing, today, weeks, Explainer(rulebook, case, treated)
    )
