"""Booking: which time for an appointment, or for a course of them, costs the training least.

Each possible time is tried by planning again with the appointment booked. What it costs is the difference of the two
plans' scores, in which the race and the long run weigh most; that workouts follow where a rule recommends them after
the treatment is no gain. Times nearer to a race than a rule books such a treatment come last. Times that cannot be are
passed over, with the reason: those that are past, that meet another appointment or a busy time, that stand too close to
one by a rule, at which the person's health or a danger sign speaks against the treatment, or that take a race its day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from planner.appointments.appointment import Appointment, appointment_of, appointments, in_order, is_same_part
from planner.appointments.opening_hours import Hours
from planner.case.entries import TreatmentEntry
from planner.case.model import Case, with_known_names
from planner.clock import Minutes, at, later, local, seconds
from planner.limits.health_windows import speaks_against
from planner.limits.red_flags import clears_the_plan, flags_standing_from, raised_flags
from planner.limits.rule_windows import FOREVER, windows_of
from planner.limits.session_spacing import NearRace, clashes, nearest_race, overlap
from planner.results.obstacle import Obstacle
from planner.results.offer import OFFER_STEP, BookingOption, Offer, OfferedAppointment, RefusedTime
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import Rule
from planner.rulebook.scales import Dose, Side
from planner.scheduling.request import Request, prepared
from planner.scheduling.task import LOOK_BACK, MOST_WEEKS, Task
from planner.what_if.coached_booking import CoachedBooking
from planner.what_if.compare import difference, losses
from planner.what_if.replanning import Outcome, Replanner
from planner.wording.questions.bookings import RACE_DAY, conflict_sentence, cost_sentence, near_race_sentence
from planner.wording.signs import sign_alert

AFTER = timedelta(days=3)
"""Days past the last rule's window that a plan still holds, so that what moves out of its way is seen."""
LONGEST_LOOK = timedelta(weeks=6)
"""How long the effects of an appointment are looked at, whatever its rules say."""


class Booking(NamedTuple):
    """Ask for an appointment of a kind: where, how long, between which days (both included), at which hours.

    `hours` are, by weekday (Monday 0), the windows in which the whole appointment must lie. A course has so many
    `sessions`, each `every` so long after the one before, at the same local time.
    """

    kind: str
    region: str
    minutes: Minutes
    first: date
    last: date
    hours: Mapping[int, Sequence[Hours]]
    dose: Dose = "normal"
    sessions: int = 1
    every: timedelta = timedelta(weeks=1)
    side: Side | None = None
    """On which side; None where it is not known, which may be either."""
    electric: bool = False
    """Whether current flows through the needles."""


def offer(
    request: Request,
    booking: Booking,
    *,
    not_before: datetime | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Offer:
    """Return the possible times of a booking, ranked by what they cost the training, then by how early they are.

    Args:
        request: what the plan is made from in which the appointment is to find its place; it gets as many weeks as the
            appointment can touch, and where a calendar shows an earlier plan, the costs are those of changing it.
        booking: what is to be booked.
        not_before: no appointment begins before this aware moment; default: the beginning of today.
        progress: told how many of how many times were tried.

    Raises:
        InputError: the case names what the rulebook does not know.

    """
    case, rulebook = with_known_names(request.case, request.rulebook), request.rulebook
    treated = appointments(case, rulebook, request.today, request.first_day - LOOK_BACK, request.calendars)
    flags = flags_standing_from(raised_flags(case, rulebook, treated), request.first_day)
    made = Offer(
        kind=booking.kind,
        region=booking.region,
        side=booking.side,
        minutes=booking.minutes,
        from_=request.first_day,
        weeks=1,
    )
    if clears_the_plan(flags):
        return made.model_copy(update={"alerts": tuple(map(sign_alert, flags))})
    courses = list(_courses(case, rulebook, booking))
    first, weeks = _span(case, rulebook, courses, request.first_day)
    replanner = Replanner(prepared(request._replace(start=first, weeks=weeks)))
    coached = CoachedBooking(request._replace(start=first, weeks=weeks)) if case.workouts else None
    desk = _Desk(replanner, booking, not_before or at(request.today, datetime.min.time(), case.tz), coached)
    options, passed_over = [], []
    for number, course in enumerate(courses):
        obstacle = desk.obstacle(course)
        option = None if obstacle else desk.option(course)
        if option is not None:
            options.append(option)
        else:
            obstacle = obstacle or RACE_DAY
            passed_over.append(RefusedTime(start=course[0].start, why=obstacle.text, obstacle=obstacle))
        if progress is not None:
            progress(number + 1, len(courses))
    options.sort(key=_in_rank)
    values: dict[str, object] = {"from_": first, "weeks": weeks, "options": tuple(options)}
    values |= {"passed_over": tuple(passed_over), "notes": tuple(dict.fromkeys(desk.asks)) if options else ()}
    return made.model_copy(update=values)


def _courses(case: Case, rulebook: Rulebook, booking: Booking) -> Iterator[list[Appointment]]:
    """Yield the appointments of each possible course, in order of its first start."""
    for number in range((booking.last - booking.first).days + 1):
        day = booking.first + timedelta(days=number)
        for window in booking.hours.get(day.weekday(), ()):
            start, closes = at(day, window.first, case.tz), at(day, window.last, case.tz)
            while later(start, minutes=booking.minutes) <= closes:
                yield [
                    appointment_of(case, rulebook, len(case.treatments), entry_at(booking, start, session), moment)
                    for session in range(booking.sessions)
                    for moment in [start.replace(tzinfo=None) + booking.every * session]
                ]
                start = later(start, minutes=OFFER_STEP)


def entry_at(booking: Booking, start: datetime, session: int = 0) -> TreatmentEntry:
    """Return a booked appointment as a case file would hold it."""
    return TreatmentEntry(
        kind=booking.kind,
        region=booking.region,
        start=start.replace(tzinfo=None) + booking.every * session,
        minutes=booking.minutes,
        dose=booking.dose,
        side=booking.side,
        electric=booking.electric,
    )


def _span(case: Case, rulebook: Rulebook, courses: Sequence[Sequence[Appointment]], start: date) -> tuple[date, int]:
    """Return the first day and the number of weeks of a plan that holds all that the appointments can touch.

    The weeks are counted from `start`; those that end long before the first appointment are left out.
    """
    if not courses:
        return start, 1
    thinners = case.health.blood_thinners
    first_course, last_course = courses[0], courses[-1]
    rules = rulebook.rules.values()
    windows = windows_of(rulebook, rules, last_course, blood_thinners=thinners)
    ends = last_course[-1].end
    closes = [window.closes for window in windows if window.closes < FOREVER]
    reach = timedelta(seconds=max(closes, default=seconds(ends)) - seconds(ends))
    last = (ends + min(reach, LONGEST_LOOK) + AFTER).date()
    early = max((first_course[0].day - start).days // 7 - 1, 0)
    first = start + timedelta(weeks=early)
    return first, min(max((last - first).days // 7 + 1, 1), MOST_WEEKS)


def _in_rank(option: BookingOption) -> tuple[bool, int, int, int, datetime]:
    """Return the place of an option: what costs a race is last, before it what is too near to one."""
    races = any(workout.workout == "race" for workout in option.lost)
    changed = len(option.moved) + len(option.shortened)
    return races, option.days_short_of_race, option.cost, changed, option.start


class _Desk:
    """Try one course after the other against a plan."""

    def __init__(
        self, replanner: Replanner, booking: Booking, not_before: datetime, coached: CoachedBooking | None = None
    ) -> None:
        self.replanner = replanner
        self.coached = coached
        self.booking = booking
        self.not_before = not_before
        self.task: Task = replanner.base.task
        self.asks: list[str] = []
        """What whoever treats should be told of the person's health."""

    def obstacle(self, course: Sequence[Appointment]) -> Obstacle | None:
        """Return what keeps a course out of its times, or None: the first of its appointments that cannot be."""
        task, booked = self.task, self.task.treatments
        for appointment in course:
            if appointment.start < self.not_before:
                return self._refusal(appointment, Obstacle(kind="past", rule="past"))
            if not self._open(appointment):
                return self._refusal(appointment, Obstacle(kind="closed", rule="hours"))
            # Who is busy cannot be treated; the buffer around busy times counts, for one must get there.
            busy = task.chooser.busy.until(seconds(appointment.start), seconds(appointment.end))
            if busy is not None:
                until = local(datetime.fromtimestamp(busy, UTC), task.case.tz)
                return self._refusal(appointment, Obstacle(kind="busy", rule="busy", until=until))
            for other in booked:
                if overlap(appointment, other):
                    return self._refusal(
                        appointment, Obstacle(kind="appointment", rule="treatments", until=other.end), other
                    )
        if (against := self._health(course)) is not None:
            return against
        thinners = task.case.health.blood_thinners
        near = in_order([*(booking for booking in booked if is_same_part(task.rulebook, booking, course[0])), *course])
        for clash in clashes(task.rulebook, task.rules.values(), near, blood_thinners=thinners):
            if clash.first in course or clash.second in course:
                appointment, other = (
                    (clash.second, clash.first) if clash.second in course else (clash.first, clash.second)
                )
                return self._refusal(appointment, Obstacle(kind="spacing", rule=clash.rule.id), other, clash.rule)
        return None

    def _health(self, course: Sequence[Appointment]) -> Obstacle | None:
        """Return what of the person's health, or which danger sign, speaks against an appointment of a course."""
        task = self.task
        for appointment in course:
            for rule, forbids in speaks_against(task.case, task.rulebook, task.rules.values(), appointment):
                if forbids:
                    return self._refusal(appointment, Obstacle(kind="rule", rule=rule.id), None, rule)
                self.asks.append(f"{rule.title}.")
            for flag in task.flags:
                if appointment.kind in flag.sign.forbids_treatments and flag.stands_on(appointment.day):
                    return Obstacle(kind="danger_sign", rule=flag.key, text=sign_alert(flag))
        return None

    def _refusal(
        self, appointment: Appointment, obstacle: Obstacle, other: Appointment | None = None, rule: Rule | None = None
    ) -> Obstacle:
        text = conflict_sentence(self.task.explainer, appointment, obstacle, other, rule)
        return obstacle.model_copy(update={"text": text})

    def _open(self, appointment: Appointment) -> bool:
        """Whether an appointment lies in the hours that were asked for."""
        tz = self.task.case.tz
        return any(
            at(appointment.day, window.first, tz) <= appointment.start
            and appointment.end <= at(appointment.day, window.last, tz)
            for window in self.booking.hours.get(appointment.day.weekday(), ())
        )

    def option(self, course: Sequence[Appointment]) -> BookingOption | None:
        """Return what a course costs, or None where it takes a race its day."""
        if self.coached is not None:
            return self._coached_option(course, self.coached)
        base = self.replanner.base
        other = self._booked(course)
        changes = difference(base, other)
        races = [workout.start.date() for workout in changes.lost if workout.workout == "race"]
        if any(appointment.day in races for appointment in course):
            return None
        near = self._nearest_race(course)
        text = cost_sentence(changes, losses(base, other), one_week=len(self.task.days) <= 7)
        return BookingOption(
            start=course[0].start,
            end=course[0].end,
            treatments=tuple(
                OfferedAppointment(start=appointment.start, end=appointment.end) for appointment in course
            ),
            cost=max(base.points - other.points + _served(other) - _served(base), 0),
            days_short_of_race=0 if near is None else near.days_short,
            moved=changes.moved,
            lost=changes.lost,
            shortened=changes.shortened,
            gained=changes.gained,
            text=text if near is None else f"{text} {near_race_sentence(near.race, near.days, near.rule)}",
        )

    def _coached_option(self, course: Sequence[Appointment], coached: CoachedBooking) -> BookingOption | None:
        """Return what a course costs somebody else's plan, or None where it takes a race its day."""
        other = coached.with_booked(self._entries(course))
        if coached.takes_a_race(other):
            return None
        changes, near, text = coached.difference(other), self._nearest_race(course), coached.sentence(other)
        return BookingOption(
            start=course[0].start,
            end=course[0].end,
            treatments=tuple(
                OfferedAppointment(start=appointment.start, end=appointment.end) for appointment in course
            ),
            cost=coached.cost(other),
            days_short_of_race=0 if near is None else near.days_short,
            moved=changes.moved,
            lost=changes.lost,
            shortened=changes.shortened,
            text=text if near is None else f"{text} {near_race_sentence(near.race, near.days, near.rule)}",
        )

    def _nearest_race(self, course: Sequence[Appointment]) -> NearRace | None:
        """Return the goal that a course stands too near to; a parkrun every week would leave no day for it."""
        task = self.task
        goals = [race.day for race in task.dose.races if race.goal]
        thinners = task.case.health.blood_thinners
        return nearest_race(task.rulebook, task.rules.values(), course, goals, blood_thinners=thinners)

    def _entries(self, course: Sequence[Appointment]) -> tuple[TreatmentEntry, ...]:
        return tuple(entry_at(self.booking, course[0].start, number) for number in range(len(course)))

    def _booked(self, course: Sequence[Appointment]) -> Outcome:
        task = self.task
        case = task.case.model_copy(update={"treatments": (*task.case.treatments, *self._entries(course))})
        return self.replanner.with_case(case, in_order([*task.treatments, *course]))


def _served(plan: Outcome) -> int:
    """Return the points of a plan for workouts that stand where a rule recommends them."""
    return plan.preferences.get("recovery_after_treatment", 0)
