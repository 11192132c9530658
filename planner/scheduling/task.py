"""Task: everything that a plan is made from, before anything is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from planner.appointments.appointment import Appointment, appointments, require_read_calendars
from planner.appointments.booked import Calendars
from planner.candidates.candidate import DayChoice
from planner.candidates.chooser import Chooser
from planner.candidates.wishes import Form, Wishes, wishes, wishes_of_short_week
from planner.case.model import Case, with_known_names
from planner.case.places import case_on
from planner.clock import FIRST_YEAR, LAST_YEAR, DayNumber, seconds
from planner.dose.dose_windows import NO_DOSE, DoseLimits, dose_of
from planner.dose.spacings import SpacingRule, spacing_rules
from planner.limits.health_windows import health_windows
from planner.limits.in_force import have_same_rules, loosen_windows, restriction_windows, rules_in_force, training_rules
from planner.limits.log_windows import log_windows, masked_entries
from planner.limits.progress import log_readings
from planner.limits.red_flags import Flag, clears_the_plan, flags_standing_from, raised_flags
from planner.limits.verdicts import Limits
from planner.revision.calendar import Earlier
from planner.revision.pinned import NO_PRIOR_PLAN, Pinned, PriorPlan
from planner.revision.revise import NEAR, Weeks
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import Rule
from planner.wording.rules.explainer import Explainer

MOST_WEEKS = 52
LOOK_BACK = timedelta(days=400)
"""How far before the plan the treatments of a series are looked at: no shipped rule speaks for so long."""
LOOK_AHEAD = timedelta(days=30)
"""How far past the plan treatments are looked at: some rules speak days before one."""


class Task(NamedTuple):
    """Hold everything that a plan is made from: the pure core's input, and its first steps.

    `days` runs over whole calendar weeks; of them the plan shows those from `first` to `last`.
    """

    case: Case
    rulebook: Rulebook
    rules: Mapping[str, Rule]
    treatments: tuple[Appointment, ...]
    limits: Limits
    wishes: Wishes
    training: Mapping[str, Rule]
    chooser: Chooser
    explainer: Explainer
    days: tuple[DayChoice, ...]
    flags: tuple[Flag, ...]
    today: date
    weeks: Weeks
    prior: PriorPlan = NO_PRIOR_PLAN
    calendars: Calendars = Calendars()
    earlier: Earlier | None = None
    """What a calendar shows of an earlier plan, every workout called by its name."""
    dose: DoseLimits = NO_DOSE
    """What rules about dose say, and what they rest on."""
    other_limits: Limits | None = None
    """The limits without those of the rules about dose."""
    spacings: tuple[SpacingRule, ...] = ()
    """The rules on spacing, but for those between runs, hard days and long runs."""
    active: frozenset[int] = frozenset()
    """The numbers of those that the search keeps an eye on."""
    masked: frozenset[int] = frozenset()
    """The numbers of the log entries at whose time something hides pain: they prove nothing good."""

    @property
    def cleared(self) -> bool:
        """Whether a danger sign clears the plan: then nothing is chosen, and nothing has a cost."""
        return clears_the_plan(self.flags, self.weeks.last)

    @property
    def active_spacings(self) -> list[SpacingRule]:
        """The rules on spacing that the search keeps an eye on."""
        return [self.spacings[number] for number in sorted(self.active)]

    def with_dose(self, dose: DoseLimits) -> Task:
        """Return the task with other limits of rules about dose."""
        from planner.candidates.reuse import reuse_days  # noqa: PLC0415 (most plans are made once)

        limits = self.limits if self.other_limits is None else self.other_limits.with_more(dose.windows)
        chooser = Chooser(
            self.case,
            self.rulebook,
            self.rules.values(),
            limits,
            self.wishes,
            self.training,
            self.prior,
            self.calendars.busy,
            dose.way_back,
        )
        days = reuse_days(chooser, self.chooser, self.days)
        return self._replace(dose=dose, limits=limits, chooser=chooser, days=days)

    def number_of(self, day: date) -> DayNumber:
        """Return which day of the task a date is."""
        return DayNumber((day - self.days[0].day).days)

    @property
    def last_run(self) -> datetime | None:
        """When the last run before the days of the plan began, as far as that is known."""
        done = self.prior.done_before(self.days[0].day)
        runs = [pinned.start for pinned in done if self.rulebook.workouts[pinned.workout].is_running]
        return max(runs, default=None)


def days_to_read(start: date, weeks: int | None = None, reached: date | None = None) -> tuple[date, date]:
    """Return the first and the last day that matter for a plan: `read_calendars` looks no further.

    An earlier plan may have `reached` a day behind it: nothing that an appointment forbids may stand there.
    """
    # What is too far away `weeks_of` says; it may count weeks from some days before, and look at some days after.
    start = min(max(start, date(FIRST_YEAR, 1, 1)), date(LAST_YEAR - 1, 12, 31))
    last = min(max(start + timedelta(days=7 * (weeks or 2)), reached or start), date(LAST_YEAR - 1, 12, 31))
    return start - NEAR - LOOK_BACK, last + timedelta(days=14) + LOOK_AHEAD


def prepare(
    case: Case,
    rulebook: Rulebook,
    weeks: Weeks,
    today: date | None = None,
    prior: PriorPlan = NO_PRIOR_PLAN,
    calendars: Calendars | None = None,
    *,
    treatments: tuple[Appointment, ...] | None = None,
    like: Task | None = None,
    earlier: Earlier | None = None,
    dosed_by: Callable[[Rule], bool] | None = None,
) -> Task:
    """Return what the days of some weeks allow, before anything is chosen.

    Args:
        case: the person's case.
        rulebook: the rules.
        weeks: the days to plan.
        today: the day that counts as today; None is the first of them.
        prior: what the calendar shows already, and the person moved.
        calendars: what was read of the calendars that the case names.
        treatments: its appointments; None are the case's own.
        like: a task of the same days for a case that is much the same: what does not differ is taken from it.
        earlier: the plan's own file, as it was read.
        dosed_by: which of the rules about dose hold; None is all of them.

    Raises:
        InputError: the case names what the rulebook does not know, or calendars that were not read.

    """
    start = weeks.begins
    case = case_on(with_known_names(case, rulebook), rulebook, today or start)
    rules = like.rules if like is not None and have_same_rules(case, like.case) else rules_in_force(case, rulebook)
    calendars = require_read_calendars(case, calendars)
    if treatments is None:
        until = max(start + timedelta(days=7 * weeks.number), prior.last_fixed or start) + LOOK_AHEAD
        treatments = appointments(case, rulebook, until, start - LOOK_BACK, calendars)
    masked = masked_entries(case, rulebook, rules.values(), treatments)
    reports = log_readings(case, rulebook, [(treatment.day, treatment.region) for treatment in treatments], masked)
    flags = raised_flags(case, rulebook, treatments, reports)
    wished = wishes(case, rulebook, today or start)
    if like is not None and rules is like.rules and has_same_limits(case, treatments, like):
        others, limits, training, dose = like.other_limits, like.limits, like.training, like.dose
    else:
        known_effects = like.limits.effects if like is not None and rules is like.rules else None
        logged = log_windows(case, rulebook, rules.values(), reports, flags, start)
        logged += restriction_windows(case, rulebook)
        others = Limits(
            rulebook,
            rules.values(),
            treatments,
            case.injury,
            [*logged, *health_windows(case, rulebook, rules.values())],
            blood_thinners=case.health.blood_thinners,
            effects=known_effects,
            leave=partial(loosen_windows, case, rulebook),
        )
        training = training_rules(case, rulebook, rules.values(), today or start)
        dosing = [rule for rule in rules.values() if dosed_by is None or dosed_by(rule)]
        dose = dose_of(case, rulebook, dosing, others, wished, prior, weeks, today or start, reports, masked=masked)
        limits = others.with_more(dose.windows)
    prior = without_the_forbidden(prior, others or limits, weeks)
    chooser = Chooser(case, rulebook, rules.values(), limits, wished, training, prior, calendars.busy, dose.way_back)
    if like is None:
        days = tuple(chooser.on(start + timedelta(days=number)) for number in range(7 * weeks.number))
    else:
        from planner.candidates.reuse import reuse_days  # noqa: PLC0415 (a plan that is the first one is like no other)

        days = reuse_days(chooser, like.chooser, like.days)
    spacings = spacing_rules(rulebook, dose, start, case.injury, reports)
    explainer = Explainer(rulebook, case, treatments)
    return Task(
        case,
        rulebook,
        rules,
        treatments,
        limits,
        wished,
        training,
        chooser,
        explainer,
        days,
        tuple(flags_standing_from(flags, weeks.first)),
        today or start,
        weeks,
        prior,
        calendars,
        like.earlier if like is not None else earlier,
        dose,
        others,
        spacings,
        _active(wished, spacings)
        | (like.active if like is not None and len(spacings) == len(like.spacings) else frozenset()),
        masked,
    )


def without_the_forbidden(prior: PriorPlan, limits: Limits, weeks: Weeks) -> PriorPlan:
    """Return what a plan finds without what stands after its days and is ruled out there, or longer than it may be.

    `limits` are those of all rules but those about dose, which speak of a plan as a whole.
    """
    withdrawn = [
        pinned
        for pinned in prior.fixed
        if pinned.uid and pinned.done and pinned.start.date() > weeks.last
        if prior.not_before is None or pinned.start >= prior.not_before
        if limits.judge(pinned.workout, seconds(pinned.start), pinned.minutes).forbids
    ]
    gone = {pinned.uid for pinned in withdrawn}
    uids = {pinned.uid for pinned in prior.withdrawn}
    return prior._replace(
        fixed=tuple(pinned for pinned in prior.fixed if pinned.uid not in gone or not pinned.done),
        withdrawn=(*prior.withdrawn, *(pinned for pinned in withdrawn if pinned.uid not in uids)),
    )


def prepare_like(task: Task, case: Case, treatments: tuple[Appointment, ...] | None = None) -> Task:
    """Return what the same days allow for another case, and other treatments than its own if they are given."""
    return prepare(
        case, task.rulebook, task.weeks, task.today, task.prior, task.calendars, treatments=treatments, like=task
    )


def _active(wished: Wishes, spacings: Sequence[SpacingRule]) -> frozenset[int]:
    """Return the numbers of the gaps that a plan would break without care: of what is wished for twice a week."""
    often = {form.workout for form in wished.forms if form.role == "goal" and wished.caps.get(form.goal, 0) > 1}
    gaps = [pair for pair in enumerate(spacings) if not (pair[1].in_a_row or pair[1].within_a_day)]
    return frozenset(number for number, gap in gaps if gap.asks & often and gap.counts & often)


def has_same_limits(case: Case, treatments: tuple[Appointment, ...], like: Task) -> bool:
    """Return whether the same rules say the same of a case, with these treatments, as of that of a task."""
    others = ("injury", "log", "treatments", "health", "illness", "restrictions", "fitness", "races")
    return treatments == like.treatments and all(getattr(case, other) is getattr(like.case, other) for other in others)


def asked_of_week(task: Task, first: DayNumber) -> Mapping[str, int]:
    """Return how often each wish is asked for in the week that begins at a day's number.

    Of a short first week that is no more than its days have room for, beside what was done on those before them.
    """
    caps = task.wishes.caps
    if first > 0 or not task.weeks.is_first_short:
        return caps
    begins, since = task.weeks.begins, task.weeks.since
    end = begins + timedelta(days=7)
    asked = wishes_of_short_week(task.case, task.wishes, begins, since)
    # What a question puts there takes the place of something.
    standing = [pinned for pinned in task.prior.fixed if pinned.done or pinned.uid or pinned.session]
    there = _counted(task, [pinned for pinned in standing if since <= pinned.start.date() < end])
    done = _counted(
        task, [pinned for pinned in task.prior.fixed if pinned.done and begins <= pinned.start.date() < since]
    )
    races = sum(since <= race.date < end for race in task.case.races)
    if "runs" in caps:
        there["runs"] = max(there["runs"], races)
    return {name: min(caps[name], max(asked[name], there[name]) + done[name]) for name in caps}


def _counted(task: Task, fixed: Sequence[Pinned]) -> Counter[str]:
    """Return how often what is fixed counts for each wish."""
    forms = [task.chooser.form_on(pinned.workout, pinned.start.date()) for pinned in fixed]
    counted = Counter(name for form in forms for name in form.counters)
    counted["workout_days"] = len({pinned.start.date() for pinned in fixed})
    return counted


def caps_left(task: Task, first: DayNumber) -> dict[str, int]:
    """Return the caps of the week that begins at a day's number, less what is done and what was given up in it."""
    caps = dict(asked_of_week(task, first))
    days = [choice.day for choice in task.days[first : first + 7]]
    done = [(pinned.workout, pinned.start.date()) for pinned in task.prior.fixed if pinned.done]
    for workout, day in (*done, *task.prior.given_up):
        for name in task.chooser.form_on(workout, day).counters if day in days else ():
            caps[name] = max(caps[name] - 1, 0)
    caps["workout_days"] = max(caps["workout_days"], len({day for _, day in done if day in days}))
    if task.dose.fewer_runs:
        caps[RUNNING] = task.dose.fewer_runs.get(first // 7, 7)
    return caps


RUNNING = "running"
"""The counter of what is really run, where the weeks before allow fewer runs than are asked for."""


def is_a_run(task: Task, form: Form) -> bool:
    """Return whether a form is a run, and no race."""
    return form.role != "race" and task.rulebook.workouts[form.workout].kind == "run"


def days_since_done(task: Task) -> tuple[int | None, int | None, int | None]:
    """Return the days from the last run, hard workout and long run that was done to the first day of the plan."""
    first = task.days[0].day
    done = [
        ((first - pinned.start.date()).days, task.rulebook.workouts[pinned.workout])
        for pinned in task.prior.done_before(first)
    ]
    return (
        min((days for days, workout in done if workout.is_running), default=None),
        min((days for days, workout in done if workout.hard), default=None),
        min((days for days, workout in done if workout.long), default=None),
    )
