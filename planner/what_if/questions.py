"""Why: what the rules say about a workout at a time, what the best plan with it would lose, and why a day is as it is.

Nothing of this is guessed: what a workout would cost is known by planning again with the workout put there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from planner.appointments.appointment import TreatmentNumber
from planner.bending.plan import prepare_bent
from planner.candidates.candidate import Candidate
from planner.case.availability import DEFAULTS, parse_windows
from planner.clock import after, at, end_of_plan, local, midnight, seconds
from planner.errors import InputError, Problem
from planner.limits.rule_windows import FOREVER, Window
from planner.limits.verdicts import Verdict
from planner.results.answer import Answer, DayAnswer, Reaching
from planner.results.obstacle import Obstacle
from planner.results.plan import Plan, PlannedTreatment, Reason
from planner.scheduling.assembly import assemble, planned_treatment
from planner.scheduling.notes import hand_edit_notes
from planner.scheduling.obstacles import find_obstacle
from planner.scheduling.request import Request, prepared
from planner.scheduling.task import MOST_WEEKS, Task
from planner.what_if.compare import difference, losses
from planner.what_if.remedies import offering_remedies
from planner.what_if.replanning import Replanner
from planner.what_if.speaking_rules import spoken_rules, with_obstacle
from planner.wording.coached import change_with_why
from planner.wording.questions.answers import answer_sentence, kept_sentence
from planner.wording.rules.checks import check_sentence


class Questions:
    """Know the best plan of a case, and answer questions about its days.

    Where a calendar shows an earlier plan, it is the plan that follows that one.
    """

    def __init__(self, request: Request) -> None:
        bent = prepare_bent(request) if request.case.workouts else None
        task = prepared(request) if bent is None else bent.around
        self.task, self._bent = task, bent
        self.cleared = task.cleared
        """Whether a danger sign clears the plan: then nothing is chosen, and nothing has a cost."""
        self.replanner = Replanner(task, None if bent is None else bent.chosen()[1])
        # What only the log knows was done, nobody knows when.
        self.chosen = {
            (candidate.form.workout, candidate.start)
            for day in self.replanner.base.chosen
            for candidate in day
            if not (candidate.done and candidate.fixed and not candidate.fixed.uid)
        }
        self._starts: dict[date, list[datetime]] = {}
        """The start times that matter, by the days that were asked about."""

    @cached_property
    def _treatments(self) -> list[PlannedTreatment]:
        """The treatments as a plan shows them."""
        return [
            planned_treatment(self.task, appointment, TreatmentNumber(number))
            for number, appointment in enumerate(self.task.treatments)
        ]

    @cached_property
    def plan(self) -> Plan:
        """The best plan."""
        base = self.replanner.base
        if self._bent is not None:
            return self._bent.explained(assemble(self.task, base.chosen, base.points, self.task.earlier))
        return assemble(base.task, base.chosen, base.points, base.task.earlier)

    @cached_property
    def plan_with_remedies(self) -> Plan:
        """The best plan, which says of what found no place what would make room for it."""
        base = self.replanner.base
        return self.plan if self._bent is not None else offering_remedies(self.plan, base.task, base.chosen)

    def with_put(self, workout: str, start: datetime) -> Plan | None:
        """Return the best plan with a workout at an aware time, or None where there is none."""
        if (workout, start) in self.chosen:
            return self.plan
        if self._past(start):
            return None
        put = self.replanner.with_put(workout, start)
        if put.put is None:
            return None
        return offering_remedies(assemble(put.task, put.chosen, put.points, self.task.earlier), put.task, put.chosen)

    def answer_for_day(self, day: date, moment: datetime | None = None) -> DayAnswer:
        """Return why a day looks as it does, or what may start at one local time of it."""
        plan = self.plan
        treatments, standing = self._reaching(day)
        shown = next(planned_day for planned_day in plan.days if planned_day.date == day)
        return DayAnswer(
            date=day,
            alerts=plan.alerts if self.cleared else (),
            treatments=treatments,
            standing=standing,
            chosen=shown.workouts,
            done=shown.done,
            notes=(
                *hand_edit_notes(self.task, self.replanner.base.chosen),
                *self._kept_notes(day),
                *self._gone_sessions(day),
            ),
            workouts=tuple(
                self.best_answer(workout, [local(moment, self.task.case.tz)])
                if moment
                else self.answer_on(workout, day)
                for workout in self.task.rulebook.workouts
            ),
        )

    def _kept_notes(self, day: date) -> Iterator[str]:
        """Yield what the calendar shows on a day that is elsewhere, or nowhere, once the plan is made again."""
        earlier = self.task.earlier
        planned = {workout.uid: workout for workout in self.plan.workouts}
        for event in () if earlier is None else earlier.events:
            if event.moment is None or event.cancelled or event.by_hand or event.day != day or self._past(event.moment):
                continue
            now = planned.get(event.uid)
            if now is None or now.start != event.moment:
                yield kept_sentence(event, None if now is None else now.start)

    def _gone_sessions(self, day: date) -> Iterator[str]:
        """Yield what became, and why, of the sessions that somebody else's plan has on a day and this plan has not."""
        if self.plan.bent is None:
            return
        moved = [(workout.source, workout.change) for workout in self.plan.workouts if workout.start.date() != day]
        lost = [(workout.source, workout.change) for workout in self.plan.bent.lost_workouts]
        for source, change in (*moved, *lost):
            if source is not None and change is not None and source.day == day:
                yield change_with_why(change)

    def answer_on(self, workout: str, day: date) -> Answer:
        """Return the answer for a workout on a day: when the plan holds it, else when the rules allow most of it."""
        chosen = [start for key, start in self.chosen if key == workout and start.date() == day]
        race = self.task.chooser.races.start_on(day) if workout == "race" else None
        if race is not None:
            # A race begins when it begins.
            return self.best_answer(workout, [race])
        if day not in self._starts:
            self._starts[day] = starts_on(self.task, day)
        return self.best_answer(workout, chosen or self._starts[day])

    def best_answer(self, workout: str, starts: Sequence[datetime]) -> Answer:
        """Return the answer for that of some aware times at which the rules allow most: to come and free, if any is."""
        minutes, busy = self.task.chooser.usual_minutes(workout), self.task.chooser.busy
        starts = [start for start in starts if not self._past(start)] or starts
        free = [start for start in starts if busy.until(seconds(start), after(seconds(start), minutes)) is None]
        starts = free or starts
        verdicts = [(self.task.limits.judge(workout, seconds(start), minutes), start) for start in starts]
        order = ("allowed", "limited", "ruled_out")
        verdict, start = min(
            verdicts, key=lambda timed: (order.index(timed[0].word), -(timed[0].max_minutes or minutes))
        )
        return self._answer(verdict, start)

    def _answer(self, verdict: Verdict, start: datetime) -> Answer:
        task, workout, base = self.task, verdict.workout, self.replanner.base
        kept_out = task.chooser.barring_rule(start.date(), workout)
        out = self.cleared or kept_out is not None or not verdict.allowed
        chosen = (workout, start) in self.chosen
        asked = not (out or chosen)
        other = self.replanner.with_put(workout, start) if asked and not self._past(start) else None
        held = None if other is None or other.put is None else other
        first = None if kept_out is None else task.explainer.standing_reason(kept_out)
        obstacle = None if chosen or held else self._obstacle(workout, start)
        put = held.put if held else self._chosen_at(workout, start)
        spoken = with_obstacle(task, spoken_rules(task, verdict, put, first), obstacle)
        answer = Answer(
            workout=workout,
            title=task.rulebook.workouts[workout].name,
            start=start,
            verdict="ruled_out" if out else "limited" if spoken.limited else "allowed",
            max_minutes=None if out else spoken.caps.minutes,
            max_intensity=None if out else spoken.caps.intensity,
            usual_minutes=task.chooser.lengths.wished(workout),
            usual_intensity=task.rulebook.workouts[workout].intensity,
            check=None if out else check_sentence(verdict.conditions),
            conditions=None if out else verdict.conditions,
            rules=spoken.rules,
            binding=spoken.binding,
            chosen=chosen,
            would_cost=base.points - held.points if held else 0 if chosen and not out else None,
            busy_until=None if put is not None else self._busy_until(verdict),
            obstacle=obstacle,
            would_change=difference(base, held) if held else None,
            lost_by=losses(base, held) if held else (),
        )
        return answer.model_copy(update={"text": self._sentence(answer)})

    def _chosen_at(self, workout: str, start: datetime) -> Candidate | None:
        """Return a workout of the plan, if it stands at that time."""
        chosen = self.replanner.base.chosen[self.task.number_of(start.date())]
        return next(
            (candidate for candidate in chosen if (candidate.form.workout, candidate.start) == (workout, start)), None
        )

    def _obstacle(self, workout: str, start: datetime) -> Obstacle:
        """Return what keeps a workout out of every plan: whatever else is chosen can give way, what stands cannot."""
        days = self.task.days
        stands = [[candidate for window in day.windows for candidate in window if candidate.done] for day in days]
        return find_obstacle(self.task, workout, [start], self.task.number_of(start.date()), stands)

    def _sentence(self, answer: Answer) -> str:
        forms = self.task.wishes.forms
        asked_for = any(form.workout == answer.workout and form.role != "substitute" for form in forms)
        one_week = len(self.task.days) <= 7
        return answer_sentence(answer, one_week=one_week, asked_for=asked_for)

    def _past(self, start: datetime) -> bool:
        """Whether a time is past, as far as a calendar shows what was done."""
        return self.task.prior.not_before is not None and start < self.task.prior.not_before

    def _busy_until(self, verdict: Verdict) -> datetime | None:
        """Return when the busy time ends that a workout would overlap; a race asks no calendar."""
        minutes = verdict.max_minutes or verdict.minutes
        busy = self.task.chooser.busy.until(verdict.start, after(verdict.start, minutes))
        if busy is None or verdict.workout == "race":
            return None
        return local(datetime.fromtimestamp(busy, UTC), self.task.case.tz)

    def _reaching(self, day: date) -> tuple[tuple[Reaching, ...], tuple[Reason, ...]]:
        """Return the treatments whose rules reach into a day, and the other rules that do."""
        task = self.task
        begins = seconds(midnight(day, task.case.tz))
        ends = seconds(midnight(day + timedelta(days=1), task.case.tz))
        windows = sorted(task.limits.touching(begins, ends), key=self._weight)
        treatments = []
        for number, treatment in enumerate(task.treatments):
            rules = [task.explainer.window_reason(window) for window in windows if window.treatment == number]
            if rules or treatment.day == day:
                treatments.append(Reaching(treatment=self._treatments[number], rules=_lasting_longest(rules)))
        standing = [task.explainer.window_reason(window) for window in windows if window.treatment is None]
        return tuple(treatments), _lasting_longest(standing)

    def _weight(self, window: Window) -> tuple[int, int, str]:
        """Order windows by how many workouts they rule out, then by how long they last; a standing one comes last."""
        lasts = 0 if window.closes >= FOREVER else window.closes
        return -len(self.task.limits.workouts_ruled_out(window)), -lasts, window.rule.id


def _lasting_longest(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return the first reason of each rule."""
    by_rule: dict[str, Reason] = {}
    for reason in reasons:
        by_rule.setdefault(reason.rule, reason)
    return tuple(by_rule.values())


def plan_around(
    day: date,
    today: date,
    start: date | None = None,
    weeks: int | None = None,
    last: date | None = None,
    week_starts: int = 0,
) -> tuple[date, int | None]:
    """Return the first day and the number of weeks of the plan that a day belongs to.

    It begins on `start`, else today; where the day is past, on that day. It has so many weeks, and more where the day
    lies behind them, or is to come and the `last` day of an earlier plan does.

    Args:
        day: the day that is asked about.
        today: the local date that counts as today.
        start: the first day of the plan, where it is named.
        weeks: how many times seven days; None: to the end of a calendar week, as `end_of_plan` says.
        last: the last day of an earlier plan, where there is one.
        week_starts: the weekday on which weeks begin, from Monday 0.

    Raises:
        InputError: the day lies before `start`, or too far ahead.

    """
    if start is not None and day < start:
        wrong = f"{day} lies before the first day of the plan, {start}"
        raise InputError([Problem("planner why", "WHEN", wrong, f"give --from {day}, or a later day")])
    first = start or min(today, day)
    needed = (day - first).days // 7 + 1
    if needed > MOST_WEEKS:
        wrong = f"{day} is {needed - 1} weeks ahead"
        raise InputError([Problem("planner why", "WHEN", wrong, f"give a day within {MOST_WEEKS} weeks, or --from")])
    planned = 0 if last is None or day < today else min((last - first).days // 7 + 1, MOST_WEEKS)
    reached = end_of_plan(first, weeks, week_starts)
    if max(day, last or day if day >= today else day) <= reached:
        return first, weeks
    return first, max(weeks or 1, needed, planned)


def starts_on(task: Task, day: date) -> list[datetime]:
    """Return the start times that matter on a day: where none is free, when its windows open; else of a usual day."""
    windows = task.case.windows_on(day) or parse_windows(DEFAULTS["default"])
    starts = [start for window in windows for start in task.chooser.moments(day, window)]
    return starts or [at(day, window.first, task.case.tz) for window in windows]
