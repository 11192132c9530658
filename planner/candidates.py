"""Candidates: for each day, each workout at the best of its possible start times, and what it is worth there.

The only start times that matter in a start window are its beginning, the moments at which a rule lets go or a busy time
ends, and the end of a workout that reaches into it from the window before, so trying these is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from planner.availability import StartWindow
from planner.bookings import BusyBlock
from planner.breaks import breaks_from_running
from planner.busy import Busy
from planner.case import Case, Race
from planner.clock import at, later, local, midnight, seconds
from planner.limits import Limits, Verdict, concerns, effects
from planner.preferences import Place, points
from planner.rule import Rule
from planner.rulebook import Rulebook
from planner.scales import INTENSITIES, Intensity
from planner.windows import HOUR
from planner.wishes import Form, Wishes, race_form

RACE_START = StartWindow(*[datetime(2000, 1, 1, 10).time()] * 2)  # noqa: DTZ001 (a time of day)
"""When a race is taken to start where the case does not say."""
REMEMBERED_HOURS = 72
"""A break that ended within so many hours before the plan begins still has its first run back ahead."""


class Candidate(NamedTuple):
    """Hold one workout at one time: how long and how hard it may be there, and what each preference gives for it."""

    form: Form
    start: datetime
    opens: datetime
    minutes: int
    usual_minutes: int
    intensity: Intensity
    verdict: Verdict
    back: str
    """As in `schedule.Option`."""
    points: Mapping[str, int]

    @property
    def total(self) -> int:
        """All its points."""
        return sum(self.points.values())

    @property
    def end(self) -> datetime:
        """When it ends: real minutes after its start."""
        return later(self.start, minutes=self.minutes)


class DayChoice(NamedTuple):
    """Hold what may be done on a day: for each start window its candidates, and every verdict that was asked for."""

    day: date
    windows: tuple[tuple[Candidate, ...], ...]
    starts: tuple[tuple[datetime, ...], ...]
    break_ends: bool


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
        busy: Iterable[BusyBlock] = (),
    ) -> None:
        self.case = case
        self.rulebook = rulebook
        self.limits = limits
        self.wishes = wished
        self.training = training
        self.busy = Busy(busy)
        self.race_rules = [rule for rule in rules if rule.days_before_race is not None]
        self.breaks = breaks_from_running(limits)
        self.usual = {key: self.length(key) for key in rulebook.workouts}
        if case.return_to_running is not None and rulebook.return_to_running is not None:
            stage = rulebook.stages[case.return_to_running.stage - 1]
            first = rulebook.return_to_running.walk_first_minutes
            self.usual["run_walk"] = first + (stage.walk_minutes + stage.run_minutes) * stage.repeats

    def length(self, workout: str) -> int:
        """Return the usual minutes of a workout, within the cap on single runs."""
        length = self.rulebook.workouts[workout].length
        minutes = round(self.wishes.minutes[length.fitness] * length.percent / 100)
        rule = self.training.get("percent_of_longest_run")
        if rule is None or not self._concerns(rule, workout):
            return minutes
        return min(minutes, self.share_of_longest(rule))

    def _concerns(self, rule: Rule, workout: str) -> bool:
        return concerns(rule.applies_to, workout, self.rulebook.workouts[workout])

    def share_of_longest(self, rule: Rule) -> int:
        """Return the minutes to which a rule limits a run, by the longest run and the usual easy run."""
        minutes = self.wishes.minutes
        shares = (
            (rule.percent_of_longest_run, minutes["longest_run_minutes"]),
            (rule.percent_of_easy_run, minutes["easy_run_minutes"]),
        )
        return min(int(percent * usual / 100) for percent, usual in shares if percent is not None)

    def on(self, day: date) -> DayChoice:
        """Return what may be done on a day: a race alone where there is one that the rules allow."""
        race = next((one for one in self.case.races if one.date == day), None)
        if race is not None:
            choice = self._choice(day, (self._race_window(race),), (race_form(self.wishes),), race)
            if any(choice.windows):
                return choice
        return self._choice(day, self.case.availability.on(day), self.wishes.forms)

    def _choice(
        self, day: date, windows: Iterable[StartWindow], forms: Sequence[Form], race: Race | None = None
    ) -> DayChoice:
        starts: list[tuple[datetime, ...]] = []
        found: list[list[Candidate]] = []
        racing_until = self._race_ends(day - timedelta(days=1))
        for window in windows:
            # Where a workout of the window before reaches into this one, its end is a start time that matters too.
            ends = {candidate.end for candidates in found for candidate in candidates}
            moments = tuple(sorted({*self.starts(day, window, race), *self._within(day, window, ends)}))
            candidates = [one for form in forms for one in self._candidates(form, day, moments, race)]
            starts.append(moments)
            found.append([one for one in candidates if racing_until is None or one.start >= racing_until])
        if not _tight(starts, found):
            found = [_best(candidates) for candidates in found]
        return DayChoice(day, tuple(map(tuple, found)), tuple(starts), self._break_ends(day))

    def _within(self, day: date, window: StartWindow, moments: Iterable[datetime]) -> Iterator[datetime]:
        """Yield the moments that lie in a start window."""
        first, last = at(day, window.first, self.case.tz), at(day, window.last, self.case.tz)
        for moment in moments:
            if first <= moment <= last:
                yield moment

    def _race_ends(self, day: date) -> datetime | None:
        """Return when the race of a day ends, which may be on the day after."""
        race = next((one for one in self.case.races if one.date == day), None)
        if race is None:
            return None
        return later(at(day, self._race_window(race).first, self.case.tz), minutes=self.usual_minutes("race", race))

    def _race_window(self, race: Race) -> StartWindow:
        return RACE_START if race.start is None else StartWindow(race.start, race.start)

    def starts(self, day: date, window: StartWindow, race: Race | None = None) -> Iterator[datetime]:
        """Yield the start times that matter in a window, none of them in a busy time.

        They are its beginning, and the moments at which a rule lets go or a busy time ends. A race starts when it
        starts: it may well be what the calendar calls busy.
        """
        first, last = at(day, window.first, self.case.tz), at(day, window.last, self.case.tz)
        if first > last:
            # The clock change skips the beginning of the window, and all of it.
            return
        if race is not None or self.busy.until(seconds(first), seconds(first)) is None:
            yield first
        between = (seconds(first), seconds(last))
        moments = self.limits.lets_go_between(*between)
        if race is None and (frees := self.busy.ends_between(*between)):
            moments = sorted({*moments, *frees})
        for moment in moments:
            if race is not None or self.busy.until(moment, moment) is None:
                yield local(datetime.fromtimestamp(moment, UTC), self.case.tz)

    def usual_minutes(self, workout: str, race: Race | None = None) -> int:
        """Return the usual minutes of a workout or of a race."""
        return (race and race.minutes) or self.usual[workout]

    def _candidates(
        self, form: Form, day: date, starts: tuple[datetime, ...], race: Race | None
    ) -> Iterator[Candidate]:
        if self.before_race(day, form.workout) is not None:
            return
        workout = self.rulebook.workouts[form.workout]
        usual = self.usual_minutes(form.workout, race)
        ends_by = seconds(midnight(day + timedelta(days=1), self.case.tz))
        for start in starts:
            verdict = self.limits.judge(form.workout, seconds(start), usual)
            if not verdict.allowed:
                continue
            most = usual if verdict.max_minutes is None else min(verdict.max_minutes, usual)
            for back, minutes in self._lengths(form.workout, most):
                # A race is as long as it is; everything else ends on the day it begins.
                end = seconds(start) + minutes * 60
                fits = race is not None or (end <= ends_by and self.busy.until(seconds(start), end) is None)
                # Who runs little has a very short first run back: still better than none ever.
                least = minutes if back == "first" and not workout.long else min(workout.least_minutes, usual)
                if fits and minutes >= least:
                    yield self._candidate(form, start, starts[0], (minutes, usual), verdict, back)

    def _lengths(self, workout: str, most: int) -> Iterator[tuple[str, int]]:
        """Yield the minutes of a workout, of a run apart for the first one after a break."""
        rule = self.training.get("first_run_back")
        if rule is None or not self.breaks or not self._concerns(rule, workout):
            yield "", most
            return
        shorter = self.share_of_longest(rule)
        eased = effects(rule, next(iter(self.rulebook.regions)), self.rulebook.workouts).get(workout)
        if eased is not None and eased.out:
            yield "later", most
        elif shorter >= most:
            yield "", most
        else:
            yield "later", most
            yield "first", shorter

    def before_race(self, day: date, workout: str) -> Rule | None:
        """Return the rule that keeps a workout out of the days before a race, or None."""
        for race in self.case.races:
            days = (race.date - day).days
            for rule in self.race_rules:
                if 0 < days <= (rule.days_before_race or 0) and workout in rule.rules_out_workouts:
                    return rule
        return None

    def _candidate(
        self,
        form: Form,
        start: datetime,
        opens: datetime,
        lengths: tuple[int, int],
        verdict: Verdict,
        back: str,
    ) -> Candidate:
        minutes, usual = lengths
        workout = self.rulebook.workouts[form.workout]
        intensity = workout.intensity if verdict.max_intensity is None else INTENSITIES[verdict.max_intensity]
        place = Place(
            form=form,
            start=start,
            opens=opens,
            minutes=minutes,
            usual_minutes=usual,
            recommended=bool(verdict.recommended_by),
            advised_against=bool(verdict.advised_against_by),
            conditional=bool(verdict.checks),
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

    def _break_ends(self, day: date) -> bool:
        first, last = midnight(day, self.case.tz), midnight(day + timedelta(days=1), self.case.tz)
        return any(seconds(first) < closes <= seconds(last) for _, closes in self.breaks)

    def first_run_back(self, day: date) -> bool:
        """Return whether a break lies so short before a day that its first run back is still to come."""
        begins = seconds(midnight(day, self.case.tz))
        runs = [entry.date for entry in self.case.log if entry.did and self.rulebook.workouts[entry.did].kind == "run"]
        last_run = seconds(midnight(max(runs), self.case.tz)) if runs else 0
        return any(
            last_run < closes and begins - REMEMBERED_HOURS * HOUR < closes <= begins for _, closes in self.breaks
        )


def _tight(starts: Sequence[tuple[datetime, ...]], found: list[list[Candidate]]) -> bool:
    """Whether a workout of one start window could reach into the next, so that every start time must be kept."""
    return any(
        following and candidate.end > following[0]
        for candidates, following in zip(found, starts[1:], strict=False)
        for candidate in candidates
    )


def _best(found: list[Candidate]) -> list[Candidate]:
    """Return, of candidates that differ only in their start, the one worth most; among equals the earliest."""
    best: dict[tuple[Form, str], Candidate] = {}
    for candidate in found:
        key = (candidate.form, candidate.back)
        if key not in best or candidate.total > best[key].total:
            best[key] = candidate
    return list(best.values())
