"""Spacings: which workouts keep how many days from which others, and on how many days in a row they may stand.

The search keeps those that are active: a state for each would cost much, and most plans keep most of them anyway. So a
plan is made without, and made again with those that it breaks: what is best with fewer and keeps them all is the best.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from planner.candidates.candidate import Candidate
from planner.candidates.wishes import Form
from planner.case.model import Injury
from planner.dose.dose_windows import DoseLimits
from planner.dose.history import History
from planner.dose.ramp_after_break import lasts_until
from planner.limits.effects import concerns
from planner.limits.log_windows import SETBACKS
from planner.limits.progress import LogReading
from planner.limits.rule_windows import speaks_about_injury
from planner.rulebook.figures import AppliesTo
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import Rule

LONG_AGO = 14
"""Days: a workout is the first one again after so many without (`DO-83`)."""


INSTEAD = "instead:"
"""Before the name of a workout that stands in for a run: it is known by both names."""


def spaced_names(form: Form) -> tuple[str, ...]:
    """Return the names by which rules on spacing know what a form plans."""
    return (form.workout, INSTEAD + form.workout) if form.role == "substitute" else (form.workout,)


class SpacingRule(NamedTuple):
    """Hold a rule on spacing for one case.

    What `counts` keeps what `asks` at least so many days away; or `in_a_row`, there are at most so many days with one.
    Both hold names as `spaced_names` gives them.
    It is asked from a first day up to an end, which is not among them; None is without an end.
    """

    rule: Rule
    days: int
    counts: frozenset[str]
    asks: frozenset[str]
    in_a_row: bool = False
    hours: int = 0
    """Hours from the end of one workout to the next of the same day, where it is about these alone."""
    most: int = 0
    """The most of them that one day holds, where it is about that alone."""
    first: date | None = None
    end: date | None = None

    @property
    def alone(self) -> bool:
        """Whether two that it asks do not go together on one day: where what it asks counts for it, too."""
        return not self.counts.isdisjoint(self.asks)

    @property
    def within_a_day(self) -> bool:
        """Whether it is about what one day holds, and about no other day."""
        return bool(self.hours or self.most)

    def holds_on(self, day: date) -> bool:
        """Return whether it is asked on a day."""
        return (self.first is None or day >= self.first) and (self.end is None or day < self.end)


def spacing_rules(
    rulebook: Rulebook,
    dose: DoseLimits,
    begins: date,
    hurt: Sequence[Injury],
    readings: Iterable[LogReading],
) -> tuple[SpacingRule, ...]:
    """Return the rules on spacing for a plan.

    Args:
        rulebook: the rules, with the catalogue of workouts.
        dose: the rules about dose that speak to the case, what was done, and the breaks.
        begins: the first day of the plan.
        hurt: the injuries of the case; a rule about what loads them is asked for each.
        readings: what the log says: after a setback of a part the first days of a rule about it begin anew.

    """
    spacings, readings = [], list(readings)
    for rule in dose.rules:
        figures = (rule.gap, rule.most_days_in_a_row, rule.days_between_runs, rule.most_a_day)
        if all(figure is None for figure in figures):
            continue
        concerned = _concerned(rulebook, rule.applies_to)
        if rule.most_a_day is not None:
            spacings.append(SpacingRule(rule, 1, concerned, concerned, most=rule.most_a_day))
        if rule.gap is not None and rule.applies_to.load_at_least:
            spacings += _of_injured_parts(rulebook, rule, rule.gap.days, concerned, hurt)
            continue
        if rule.gap is not None and rule.gap.hours is not None:
            spacings.append(SpacingRule(rule, 1, concerned, concerned, hours=rule.gap.hours))
            continue
        if rule.gap is not None and rule.gap.instead_of_runs:
            spacings += _instead_of_runs(rulebook, rule, rule.gap.days, concerned)
        elif rule.gap is not None and rule.gap.days > 1:
            after = AppliesTo(kinds=rule.gap.after_kinds) if rule.gap.after_kinds else rule.applies_to
            counts = _concerned(rulebook, after)
            end = None
            if rule.gap.for_days_from_first is not None:
                first = max([_first_of(dose.history, counts, begins), *_setbacks(rulebook, rule, readings)])
                end = first + timedelta(days=rule.gap.for_days_from_first)
            spacings.append(SpacingRule(rule, rule.gap.days, counts, concerned, end=end))
        if rule.most_days_in_a_row is not None:
            spacings.append(SpacingRule(rule, rule.most_days_in_a_row, concerned, concerned, in_a_row=True))
        form = rule.after_break
        if form is not None and rule.days_between_runs is not None and rule.days_between_runs > 1:
            spacings += [
                SpacingRule(
                    rule,
                    rule.days_between_runs,
                    concerned,
                    concerned - {"race"},
                    first=pause.opens,
                    end=lasts_until(form, pause, dose.history.sessions),
                )
                for pause in dose.breaks.get("run", ())
                if form.days[0] <= pause.days <= form.days[1]
            ]
    return tuple(spacing for spacing in spacings if spacing.end is None or spacing.end > begins)


def _of_injured_parts(
    rulebook: Rulebook, rule: Rule, days: int, concerned: frozenset[str], hurt: Sequence[Injury]
) -> list[SpacingRule]:
    """Return a rule on spacing for each injured part that it is about: for what loads that part so much."""
    least = rule.applies_to.load_at_least
    loading = {
        frozenset(key for key in concerned if rulebook.workouts[key].load[injury.region] >= least)
        for injury in hurt
        if speaks_about_injury(rule.when, injury, rulebook)
    }
    return [SpacingRule(rule, days, keys, keys) for keys in sorted(loading, key=sorted) if keys and days > 1]


def _instead_of_runs(rulebook: Rulebook, rule: Rule, days: int, concerned: frozenset[str]) -> Iterator[SpacingRule]:
    """Yield a rule on spacing for what stands in for runs: of each kind it keeps its days from all of its kind."""
    kinds: dict[str, set[str]] = {}
    for key in concerned.intersection(rulebook.instead_of("run_easy")):
        kinds.setdefault(rulebook.workouts[key].kind, set()).add(INSTEAD + key)
    for kind, instead in sorted(kinds.items()) if days > 1 else ():
        alike = frozenset(key for key in concerned if rulebook.workouts[key].kind == kind)
        yield SpacingRule(rule, days, alike, frozenset(instead))
        yield SpacingRule(rule, days, frozenset(instead), alike)


def _concerned(rulebook: Rulebook, applies_to: AppliesTo) -> frozenset[str]:
    return frozenset(key for key in rulebook.workouts if concerns(applies_to, key, rulebook.workouts))


def _setbacks(rulebook: Rulebook, rule: Rule, readings: Iterable[LogReading]) -> Iterator[date]:
    """Yield the days on which a part that a rule is about was set back."""
    for felt in readings:
        there = rule.when.regions is None or any(rulebook.counts_as(felt.region, name) for name in rule.when.regions)
        if there and felt.response in SETBACKS:
            yield felt.day


def _first_of(history: History, workouts: frozenset[str], begins: date) -> date:
    """Return the day of the first of some workouts since there was none for long, else the plan's first day."""
    days = sorted({session.day for session in history.sessions if session.workout in workouts})
    if not days or (begins - days[-1]).days > LONG_AGO:
        return begins
    first = days[-1]
    for day, other in reversed(list(pairwise(days))):
        if (other - day).days > LONG_AGO:
            break
        first = day
    return first


def days_since_or_in_a_row(spacing: SpacingRule, done: Iterable[tuple[date, str]], first: date) -> int | None:
    """Return what a spacing knows at a first day of what was done before: as `search.problem.Spacing.since`.

    That is the days since the last workout that counts, None where there is none; of a spacing in a row the days in a
    row up to the day before.
    """
    days = {day for day, workout in done if workout in spacing.counts and day < first}
    if not spacing.in_a_row:
        return min(((first - day).days for day in days), default=None)
    number = 0
    while first - timedelta(days=number + 1) in days:
        number += 1
    return number


def longest_row(spacing: SpacingRule, there: Iterable[tuple[date, str]]) -> list[date]:
    """Return the longest row of days that follow each other with something that a rule counts; the first of several."""
    days = {day for day, workout in there if workout in spacing.counts}
    longest: list[date] = []
    for day in sorted(days):
        if day - timedelta(days=1) not in days:
            row = [day]
            while row[-1] + timedelta(days=1) in days:
                row.append(row[-1] + timedelta(days=1))
            longest = max(longest, row, key=len)
    return longest


def is_counted(spacing: SpacingRule, candidate: Candidate) -> bool:
    """Return whether what comes near to a workout keeps its distance from it."""
    timed = not spacing.hours or has_a_time(candidate)
    return timed and not spacing.counts.isdisjoint(spaced_names(candidate.form))


def is_asked(spacing: SpacingRule, candidate: Candidate) -> bool:
    """Return whether a workout keeps its own distance; on one day only what nobody put at its time does."""
    if spacing.within_a_day and candidate.fixed is not None:
        return False
    asked = not spacing.asks.isdisjoint(spaced_names(candidate.form))
    return asked and spacing.holds_on(candidate.start.date())


class TimedWorkout(NamedTuple):
    """Hold when a workout begins and ends, if that is known, its names, and whether a rule may move it."""

    start: datetime
    end: datetime
    names: tuple[str, ...]
    movable: bool
    has_a_time: bool


def has_a_time(candidate: Candidate) -> bool:
    """Return whether it is known when a workout begins: of what only the log tells it is not."""
    return not candidate.done or (candidate.fixed is not None and bool(candidate.fixed.uid))


def timed_workout(candidate: Candidate) -> TimedWorkout:
    """Return a workout as rules on hours see it; what stands at its time they do not move."""
    movable = not candidate.done and candidate.fixed is None
    return TimedWorkout(candidate.start, candidate.end, spaced_names(candidate.form), movable, has_a_time(candidate))


def breaks_a_day(spacing: SpacingRule, there: Iterable[TimedWorkout]) -> bool:
    """Return whether workouts break a rule on what one day holds: too many, or two too near to each other.

    Nothing is asked of those that nobody would move: what was done, what a person put there, and fixed sessions.
    """
    by_day: dict[date, list[TimedWorkout]] = {}
    for timed in there:
        if not spacing.counts.isdisjoint(timed.names):
            by_day.setdefault(timed.start.date(), []).append(timed)
    for concerned in by_day.values():
        if spacing.most and len(concerned) > spacing.most and any(timed.movable for timed in concerned):
            return True
        timed_ones = sorted(timed for timed in concerned if timed.has_a_time) if spacing.hours else []
        for earlier, later in pairwise(timed_ones):
            near = later.start - earlier.end < timedelta(hours=spacing.hours)
            if near and (earlier.movable or later.movable):
                return True
    return False


def breaks_spacing(spacing: SpacingRule, days: Iterable[tuple[date, str, bool]]) -> bool:
    """Return whether workouts break a spacing: each with its day and whether it is done, of which nothing is asked."""
    by_day: dict[date, list[tuple[str, bool]]] = {}
    for day, workout, done in days:
        by_day.setdefault(day, []).append((workout, done))
    counted = sorted(day for day, there in by_day.items() if any(workout in spacing.counts for workout, _ in there))
    for day in sorted(by_day):
        if not spacing.holds_on(day):
            continue
        asking = [workout for workout, done in by_day[day] if not done and workout in spacing.asks]
        if not asking:
            continue
        if spacing.in_a_row:
            if all(day - timedelta(days=number) in counted for number in range(spacing.days + 1)):
                return True
        elif (len(asking) > 1 and spacing.alone) or any(0 < (day - other).days < spacing.days for other in counted):
            return True
    return False
