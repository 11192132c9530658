"""Planning: data walks through here one way, from a case and a rulebook to a plan, or to an answer about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from planner.appointments.booked import Calendars
from planner.case.model import Case
from planner.clock import local
from planner.errors import InputError, Problem, quoted
from planner.results.plan import Plan
from planner.revision.calendar import Earlier
from planner.rulebook.model import Rulebook
from planner.scheduling.assembly import assemble
from planner.scheduling.choose import choose_dosed, memory_for
from planner.scheduling.request import Request, prepared

if TYPE_CHECKING:
    from planner.results.answer import Answer, DayAnswer
    from planner.results.offer import Offer
    from planner.what_if.booking_wish import BookingWish


def plan(
    case: Case,
    rulebook: Rulebook,
    *,
    today: date,
    start: date | None = None,
    weeks: int | None = None,
    calendars: Calendars | None = None,
    earlier: Earlier | None = None,
    now: datetime | None = None,
) -> Plan:
    """Return the best plan for the weeks from a first day on.

    Args:
        case: the person's case; everyday names are understood.
        rulebook: the rules to plan by (`planner.shipped_rulebook()` is the one that comes with the program).
        today: the local date that counts as today.
        start: the first day of the plan; default: today.
        weeks: how many times seven days, 1 to 52; default: to the end of the calendar week that ends six or more days
            after the first day.
        calendars: what `read_calendars` found, where the case names calendar files.
        earlier: what a calendar shows of an earlier plan; as little of it as the rules allow is changed.
        now: the aware moment before which nothing is planned; an earlier plan knows its own. Default: none.

    Raises:
        InputError: the case names what the rulebook does not know, or calendars that were not read, or the weeks are
            out of range.

    """
    return plan_request(Request(case, rulebook, today, start, weeks, calendars, earlier, now))


def plan_request(request: Request) -> Plan:
    """Return the best plan for a request.

    Raises `InputError` as `plan` does.
    """
    if request.case.workouts:
        from planner.bending.plan import bent_plan  # noqa: PLC0415 (most cases have no plan of somebody else)

        return bent_plan(request)
    task = prepared(request)
    memory = memory_for(task)
    task, solution, chosen = choose_dosed(task, memory)
    made = assemble(task, chosen, solution.points, task.earlier)
    if not made.unplaced:
        return made
    from planner.what_if.remedies import offering_remedies  # noqa: PLC0415 (most plans hold all that was asked for)

    return offering_remedies(made, task, chosen, memory)


def why(
    case: Case,
    rulebook: Rulebook,
    when: date | datetime,
    workout: str | None = None,
    *,
    today: date,
    start: date | None = None,
    weeks: int | None = None,
    calendars: Calendars | None = None,
    earlier: Earlier | None = None,
    now: datetime | None = None,
) -> Answer | DayAnswer:
    """Return why a day of the plan looks as it does, or whether a workout may start then and what that would cost.

    Args:
        case: the person's case.
        rulebook: the rules to plan by.
        when: a local date, or a local time (naive, or aware).
        workout: a workout, everyday names too: the answer is about it alone. Default: about the whole day.
        today: the local date that counts as today.
        start: the first day of the plan; default: today, or the day that is asked about where that is past.
        weeks: how many times seven days, as in `plan`; more where the day lies behind them.
        calendars: what `read_calendars` found, where the case names calendar files.
        earlier: what a calendar shows of an earlier plan: then the answer is about the plan that follows it.
        now: the aware moment before which nothing is planned. Default: none.

    Raises:
        InputError: no workout has that name, the day lies before `start` or more than 52 weeks ahead, or as in `plan`.

    """
    # A plan asks no questions: what answers them loads only here.
    from planner.what_if.questions import Questions, plan_around  # noqa: PLC0415

    name = None if workout is None else rulebook.names.find("workouts", workout)
    if workout is not None and name is None:
        near = rulebook.names.nearest("workouts", workout)
        raise InputError([Problem("why", "workout", f"{quoted(workout)} is no workout", near)])
    moment = local(when, case.tz) if isinstance(when, datetime) else None
    day = moment.date() if moment is not None else when
    first, number = plan_around(day, today, start, weeks, earlier and earlier.last, case.week_starts)
    now = None if day < today else now
    questions = Questions(Request(case, rulebook, today, first, number, calendars, earlier, now))
    if name is None:
        return questions.answer_for_day(day, moment)
    return questions.best_answer(name, [moment]) if moment is not None else questions.answer_on(name, day)


def book(
    case: Case,
    rulebook: Rulebook,
    wish: BookingWish,
    *,
    today: date,
    start: date | None = None,
    calendars: Calendars | None = None,
    earlier: Earlier | None = None,
    now: datetime | None = None,
) -> Offer:
    """Return the possible times of an appointment, or of a course of them, ranked by what they cost the training.

    Args:
        case: the person's case.
        rulebook: the rules to plan by.
        wish: which appointment, between which days, at which hours.
        today: the local date that counts as today.
        start: the first day of the plan; default: today.
        calendars: what `read_calendars` found, where the case names calendar files.
        earlier: what a calendar shows of an earlier plan: then the costs are those of changing it.
        now: the aware moment before which nothing is planned or booked. Default: the beginning of today.

    Raises:
        InputError: the wish makes no sense, or as in `plan`.

    """
    from planner.what_if.booking import offer  # noqa: PLC0415 (as in `why`)
    from planner.what_if.booking_wish import understand_booking  # noqa: PLC0415 (as in `why`)

    request = Request(case, rulebook, today, start, None, calendars, earlier, now)
    return offer(request, understand_booking(wish, case, rulebook), not_before=now)
