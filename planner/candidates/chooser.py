"""Chooser: for each day, each workout at the best of its possible start times, and what it is worth there.

The only start times that matter in a start window are its beginning, the moments at which a rule lets go or a busy time
ends, and the end of a workout that reaches into it from the window before, so trying these is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date, datetime, timedelta

from planner.appointments.booked import BusyBlock
from planner.appointments.busy import Busy, own_times
from planner.candidates.candidate import Candidate, DayChoice, best_of_each, may_reach_over
from planner.candidates.durations import Lengths
from planner.candidates.first_run_back import FirstRunBack
from planner.candidates.preferences import Placement, points
from planner.candidates.races import Races
from planner.candidates.start_times import StartTimes
from planner.candidates.wishes import Form, Wishes, form_on, race_form, unwanted_kinds
from planner.case.availability import StartWindow
from planner.case.model import Case, Race
from planner.clock import Minutes, after, at, midnight, next_quarter, seconds
from planner.limits.progress import WayBack
from planner.limits.verdicts import Limits, Verdict
from planner.revision.pinned import NO_PRIOR_PLAN, Pinned, PriorPlan
from planner.rulebook.model import ReturnToRunning, Rulebook
from planner.rulebook.rule import Rule
from planner.rulebook.scales import INTENSITIES

SATURDAY = 5
"""The first weekday, from Monday 0, on which most people do not work."""


class Chooser:
    """Find the candidates of each day of one case."""

    def __init__(
        self,
        case: Case,
        rulebook: Rulebook,
        rules: Iterable[Rule],
        limits: Limits,
        wished: Wishes,
        training: Mapping[str, Rule],
        prior: PriorPlan = NO_PRIOR_PLAN,
        busy: Iterable[BusyBlock] = (),
        way_back: WayBack | None = None,
    ) -> None:
        self.case = case
        self.rulebook = rulebook
        self.limits = limits
        self.wishes = wished
        self.training = training
        self.busy = Busy((*busy, *own_times(case)))
        self.starts = StartTimes(limits, self.busy, case.tz)
        self.breaks = FirstRunBack(limits, case.tz, prior.breaks_from)
        self.prior = prior
        stage = way_back.stage if way_back is not None else None
        self.lengths = Lengths(case, rulebook, wished, training, self.breaks, stage)
        self.races = Races(case, rules, self.lengths, training.get("race_days_times"))
        self._put_at: dict[object, list[Candidate]] = {}
        """What was found of a form at a time, by all that it hangs on."""

    def with_prior(self, prior: PriorPlan) -> Chooser:
        """Return a chooser for the same case with another prior plan."""
        other = copy(self)
        other.prior = prior
        return other

    def on(self, day: date) -> DayChoice:
        """Return what may be done on a day beside what is fixed: a race alone where there is one that rules allow."""
        fixed = self.prior.on(day)
        if self.prior.is_closed(day):
            return self._choice(day, (), (), self._standing(fixed))
        race = self.races.on(day)
        if race is not None and not any(pinned.workout == "race" for pinned in fixed):
            standing = self._standing([pinned for pinned in fixed if pinned.done])
            choice = self._choice(day, (self.races.window(race),), (race_form(self.wishes),), standing, race)
            if any(
                candidate.form.role == "race" and not candidate.done
                for window in choice.windows
                for candidate in window
            ):
                return choice
        standing = self._standing(fixed)
        # Where something stands in a start window already, the window holds nothing else (when something that the log
        # tells of was done, it does not say; what the rules do not let stand there takes no window).
        there = [window[0] for window in standing]
        timed = [
            candidate.start
            for candidate in there
            if not candidate.done or (candidate.fixed is not None and candidate.fixed.uid)
        ]
        # Nor does the day of a race that is put at a time.
        racing = any(
            candidate.form.workout == "race" and not candidate.done for window in standing for candidate in window
        )
        opened = () if racing else self.case.windows_on(day)
        windows = [window for window in opened if not self.starts.within(day, window, timed)]
        if self.case.goals.two_a_day:
            # A workout takes a window of its own: one that may hold two stands there twice.
            windows = [window for window in windows for _ in range(2)]
        return self._choice(day, windows, self._not_given_up(day), standing)

    def _not_given_up(self, day: date) -> list[Form]:
        """Return the wished forms without those of a kind that the person took out of the calendar on a day."""
        workouts = self.rulebook.workouts
        gone = {workouts[workout].kind for workout, its_day in self.prior.given_up if its_day == day}
        kinds = ((form, workouts[form.workout].kind) for form in self.wishes.forms)
        return [form for form, kind in kinds if kind not in gone and self.case.open_to(day, kind)]

    def _standing(self, fixed: Iterable[Pinned]) -> list[tuple[Candidate, ...]]:
        """Return a window for each thing that stands on a day; what the rules do not let stand has an empty one."""
        by_hand = [(self._unasked(pinned),) if pinned.done else self._put(pinned) for pinned in fixed]
        return [window for window in by_hand if window]

    def _put(self, fixed: Pinned) -> tuple[Candidate, ...]:
        """Return the ways in which what a person put at a time may stand there, or what does in place of a session."""
        candidates = list(self.standing_at(fixed.workout, fixed.start, fixed.minutes))
        if not candidates and fixed.keeps_its_time and (other := self.in_place_of(fixed)) is not None:
            minutes = min(fixed.minutes, self.usual_minutes(other))
            candidates = list(self.standing_at(other, fixed.start, minutes))
        return tuple(candidate._replace(fixed=fixed) for candidate in candidates)

    def in_place_of(self, session: Pinned) -> str | None:
        """Return the first workout that the rules let stand at the time of a session that they forbid, if any does.

        What the person never wants, took out of that day or moved on it is none.
        """
        day, workouts = session.start.date(), self.rulebook.workouts
        there = {pinned.workout for pinned in self.prior.on(day) if pinned.uid}
        there |= {workout for workout, its_day in self.prior.given_up if its_day == day}
        away = unwanted_kinds(self.case, self.rulebook)
        for name in self.rulebook.instead_of(session.workout):
            wanted = workouts[name].kind not in away and name not in there
            if wanted and any(self.standing_at(name, session.start)):
                return name
        return None

    def standing_at(self, workout: str, start: datetime, minutes: Minutes | None = None) -> Iterator[Candidate]:
        """Yield the ways in which a workout, asked for or not, may stand at an aware time.

        `minutes` are those of a session that has its own; None, and 0, stand for the usual ones.
        """
        day = start.date()
        race = self.races.on(day) if workout == "race" else None
        racing_until = self.races.end_of(day - timedelta(days=1))
        if (workout == "race" and race is None) or (racing_until is not None and start < racing_until):
            return
        # In a start window it is as late as anything else that begins then.
        opens = start if race else self.starts.opening(day, self.case.windows_on(day), start)
        form = self.form_on(workout, day)
        if not minutes:
            yield from self._candidates(form, day, (start,), opens, race)
        elif self.barring_rule(day, workout) is None:
            yield from self._at(form, start, opens, race, self.prior.keeping_grade(workout, start), minutes)

    def form_on(self, workout: str, day: date) -> Form:
        """Return the form of a workout that stands on a day."""
        return form_on(workout, day, self.case, self.wishes, self.rulebook)

    def _unasked(self, fixed: Pinned) -> Candidate:
        """Return a workout as it is, without asking the rules."""
        workout = self.rulebook.workouts[fixed.workout]
        return Candidate(
            form=self.form_on(fixed.workout, fixed.start.date()),
            start=fixed.start,
            opens=fixed.start,
            minutes=fixed.minutes,
            usual_minutes=fixed.minutes,
            intensity=workout.intensity,
            verdict=self.limits.judge(fixed.workout, seconds(fixed.start), fixed.minutes),
            back="",
            points={},
            fixed=fixed,
        )

    def _choice(
        self,
        day: date,
        windows: Iterable[StartWindow],
        forms: Sequence[Form],
        standing: Sequence[tuple[Candidate, ...]],
        race: Race | None = None,
    ) -> DayChoice:
        starts: list[tuple[datetime, ...]] = []
        options: list[list[Candidate]] = []
        racing_until = self.races.end_of(day - timedelta(days=1))
        # Where the calendar shows something is a start time that matters, and so is the end of what is fixed, or of a
        # workout that reaches in from the window before.
        shown = {event.start for event in self.prior.shown if event.start.date() == day}
        shown |= {candidate.end for candidates in standing for candidate in candidates}
        for window in windows:
            ends = shown | {candidate.end for candidates in options for candidate in candidates}
            moments = tuple(
                sorted({*self.moments(day, window, race), *self._to_come(self.starts.within(day, window, ends))})
            )
            opens = at(day, window.first, self.case.tz)
            candidates = [
                candidate
                for form in forms
                if self._has_room_for(form, day, window)
                for candidate in self._candidates(form, day, moments, opens, race)
            ]
            starts.append(moments)
            options.append(
                [candidate for candidate in candidates if racing_until is None or candidate.start >= racing_until]
            )
        if not standing and not may_reach_over(starts, options):
            options = [best_of_each(candidates) for candidates in options]
        choice = DayChoice(day, tuple(map(tuple, options)), tuple(starts), self.breaks.ends_on(day))
        return _beside(choice, standing) if standing else choice

    def _has_room_for(self, form: Form, day: date, window: StartWindow) -> bool:
        """Return whether a start window is one for a form: the long run's on its wished day, at a weekend, or so long.

        A long run that does not fit into the morning of a working day waits for a better day (`DO-27`).
        """
        if "long_run" not in form.counters or day.weekday() == self.wishes.long_run_day or day.weekday() >= SATURDAY:
            return True
        opens, closes = (60 * moment.hour + moment.minute for moment in (window.first, window.last))
        return closes - opens >= self.usual_minutes(form.workout)

    def moments(self, day: date, window: StartWindow, race: Race | None = None) -> list[datetime]:
        """Return the start times that matter in a window and are still to come."""
        moments = self._to_come(self.starts.of(day, window, race))
        now = self.prior.not_before
        if now is not None and race is None and at(day, window.first, self.case.tz) < now:
            # A window that is open now is used from the next quarter of an hour on.
            moments += filter(self.starts.is_free, self.starts.within(day, window, (next_quarter(now),)))
        return sorted(set(moments))

    def _to_come(self, moments: Iterable[datetime]) -> list[datetime]:
        now = self.prior.not_before
        return [moment for moment in moments if now is None or moment >= now]

    def barring_rule(self, day: date, workout: str) -> Rule | ReturnToRunning | None:
        """Return what keeps a workout out of a day whatever the hour: the way back to running, or a race to come."""
        returning = self.rulebook.return_to_running if self.case.return_to_running is not None else None
        # Whoever walks and runs in turn neither runs at a stretch nor races.
        if returning is not None and workout != "run_walk" and self.rulebook.workouts[workout].is_whole_running:
            return returning
        return self.races.rule_before(day, workout)

    def usual_minutes(self, workout: str, race: Race | None = None) -> Minutes:
        """Return the usual minutes of a workout or of a race."""
        return self.lengths.usual(workout, race)

    def _candidates(
        self, form: Form, day: date, starts: tuple[datetime, ...], opens: datetime, race: Race | None = None
    ) -> Iterator[Candidate]:
        """Yield the candidates of a form at some times of a day."""
        if self.barring_rule(day, form.workout) is not None:
            return
        for start in starts:
            kept = self.prior.keeping_grade(form.workout, start)
            # Two times of a zone are equal on both sides of the hour that comes twice in autumn.
            key = form, start, opens, race, kept, start.fold
            if key not in self._put_at:
                self._put_at[key] = list(self._at(form, start, opens, race, kept))
            yield from self._put_at[key]

    def _at(
        self, form: Form, start: datetime, opens: datetime, race: Race | None, kept: int, own: Minutes | None = None
    ) -> Iterator[Candidate]:
        """Yield the candidates of a form at a time; `kept` is its `PriorPlan.keeping_grade`, `own` its minutes."""
        workout = self.rulebook.workouts[form.workout]
        usual = own or self.usual_minutes(form.workout, race)
        begins = seconds(start)
        verdict = self.limits.judge(form.workout, begins, usual)
        if not verdict.allowed:
            return
        ends_by = seconds(midnight(start.date() + timedelta(days=1), self.case.tz))
        most = verdict.max_minutes or usual
        there_are = None if race is not None or own is not None else self.case.availability.minutes_on(start.date())
        most = most if there_are is None else min(most, there_are)
        for back, minutes in self.lengths.of(form.workout, most):
            # A race is as long as it is; everything else ends on the day it begins.
            end = after(begins, minutes)
            fits = race is not None or (end <= ends_by and self.busy.until(begins, end) is None)
            # Who runs little has a very short first run back: still better than none ever.
            least = minutes if back == "first" and not workout.long else min(workout.least_minutes, usual)
            if fits and minutes >= least:
                yield self._candidate(form, start, opens, (minutes, usual), verdict, back, kept)

    def _candidate(
        self,
        form: Form,
        start: datetime,
        opens: datetime,
        lengths: tuple[Minutes, Minutes],
        verdict: Verdict,
        back: str,
        kept: int,
    ) -> Candidate:
        minutes, usual = lengths
        workout = self.rulebook.workouts[form.workout]
        intensity = workout.intensity if verdict.max_intensity is None else INTENSITIES[verdict.max_intensity]
        place = Placement(
            form=form,
            start=start,
            opens=opens,
            minutes=minutes,
            usual_minutes=usual,
            recommended=bool(verdict.recommended_by),
            advised_against=bool(verdict.advised_against_by),
            conditional=bool(verdict.checks),
            kept=kept,
        )
        return Candidate(
            form=form,
            start=start,
            opens=opens,
            minutes=minutes,
            usual_minutes=usual,
            intensity=intensity,
            verdict=verdict,
            back=back,
            points=points(place, self.rulebook.preferences, self.wishes),
        )


def _beside(choice: DayChoice, standing: Sequence[tuple[Candidate, ...]]) -> DayChoice:
    """Return a day's choice with the windows of what stands there, all in order of time."""
    windows = [pair for pair in zip(choice.starts, choice.windows, strict=True) if pair[0]]
    windows += [((window[0].start,), window) for window in standing]
    windows.sort(key=lambda pair: pair[0])
    return choice._replace(starts=tuple(pair[0] for pair in windows), windows=tuple(pair[1] for pair in windows))
