"""Races as dose sees them: those that were run and those to come, each with its minutes, and whether it is a goal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from planner.candidates.wishes import Wishes
from planner.case.model import Case
from planner.clock import Minutes
from planner.dose.breaks import Break
from planner.dose.history import History, TrainingSession
from planner.dose.shares import DaySpan, MostMinutes, Shares
from planner.limits.rule_windows import Basis, Window
from planner.rulebook.figures import AroundRace, RaceRatio
from planner.rulebook.rule import Rule

LATELY = 42
"""Days: so long a long run counts for how long those before a race are (`DO-70`)."""


class Raced(NamedTuple):
    """Hold a race on a day; a `goal` has a taper, any other race is a hard run."""

    day: date
    minutes: Minutes
    goal: bool


def races_of(case: Case, wished: Wishes, history: History, today: date) -> list[Raced]:
    """Return the races of a case in order of time: those that the log tells of, and those that it does not deny.

    Args:
        case: the person's case, with its races.
        wished: what is usual, for a race without minutes.
        history: what was done.
        today: a race before this day is denied by a log that tells of that day, and not of it.

    """
    races: dict[date, Raced] = {}
    for race in case.races:
        denied = race.date < today and race.date in history.noted
        if not denied:
            minutes = race.minutes or wished.minutes["race_minutes"]
            races[race.date] = Raced(race.date, minutes, _is_goal(minutes, race.goal, wished.minutes))
    for session in history.of("run"):
        if session.workout == "race":
            named = next((race for race in case.races if race.date == session.day), None)
            goal = _is_goal(session.minutes, named.goal if named is not None else None, wished.minutes)
            races[session.day] = Raced(session.day, session.minutes, goal)
    return sorted(races.values())


def _is_goal(minutes: Minutes, named: bool | None, usual: Mapping[str, Minutes]) -> bool:
    """Return whether a race is one to train for: as the case says, else where it is longer than an easy run."""
    return minutes > usual["easy_run_minutes"] if named is None else named


def longest_run_before(race: date, runs: Iterable[tuple[date, Minutes]], days: int, last: date) -> Minutes:
    """Return the minutes of the longest run of the weeks before a race (DO-70), 0 where there is none.

    The days after a plan hold no run yet, which is no sign that none will be: of a race that comes after them it is the
    longest of the weeks before the plan ends.

    Args:
        race: its day.
        runs: what was run and is planned, with the days.
        days: so many days count.
        last: the last day of the plan.

    """
    ends = _known_until(race, last)
    return max((minutes for day, minutes in runs if 0 < (ends - day).days <= days), default=Minutes(0))


def growth_until(race: date, rules: Iterable[Rule], last: date) -> float:
    """Return how many times as long a run may be by a race as when the plan ends: lighter weeks add nothing (DO-40).

    Args:
        race: its day; before the plan ends nothing is added to what is planned.
        rules: those that hold; the one on growth says what a week adds.
        last: the last day of the plan.

    """
    growth = next((rule.growth for rule in rules if rule.growth is not None), None)
    weeks = (race - _known_until(race, last)).days // 7
    if growth is None:
        return 1
    lighter = weeks // growth.down_week_every if growth.down_week_every else 0
    return (1 + growth.percent / 100) ** ((weeks - lighter) // growth.every_weeks)


def _known_until(race: date, last: date) -> date:
    """Return the day before which what is run before a race is known, done or planned."""
    return min(race, last + timedelta(days=1))


def breaks_before(race: date, breaks: Iterable[Break], form: RaceRatio) -> list[Break]:
    """Return the breaks from running from which somebody comes back too near to a race (DO-72).

    Args:
        race: its day.
        breaks: those from running.
        form: how long a break matters, and for how long.

    """
    if form.break_days is None:
        return []
    long = [pause for pause in breaks if pause.days >= form.break_days]
    return [pause for pause in long if 0 <= (race - pause.back).days <= form.days_after_break]


def days_around(rule: Rule, races: Iterable[Raced], times: float = 1) -> Iterator[tuple[Raced, date, date]]:
    """Yield each race that a rule speaks about, with the first day on which it holds and the day on which it ends.

    The days before and after a race are so many times as many.
    """
    for race in races:
        for side, around in (("after", rule.after_race), ("before", rule.before_race)):
            if around is None or not _means(around, race):
                continue
            first, last = _days(around, race)
            first, last = ceil(first * times), ceil(last * times)
            if side == "after":
                # Day 0 is the race's own: what else stands on it is another question.
                yield race, race.day + timedelta(days=max(first, 1)), race.day + timedelta(days=last)
            else:
                yield race, race.day - timedelta(days=first), race.day - timedelta(days=last)


def _means(around: AroundRace, race: Raced) -> bool:
    return around.minutes[0] < race.minutes <= around.minutes[1] and (race.goal or not around.goal_only)


def _days(around: AroundRace, race: Raced) -> tuple[int, int]:
    if around.days is not None:
        return around.days
    return 0, max(around.at_least_days, ceil(race.minutes / 10 * (around.days_per_10_minutes or 0)))


class AroundRaces:
    """Make the windows of the rules about the days before and after races, within the days of a plan."""

    def __init__(self, shares: Shares, rules: Sequence[Rule], races: Sequence[Raced], days: DaySpan) -> None:
        self.shares, self.rules, self.races, self.days = shares, rules, races, days
        self.runs = max(shares.wished.caps.get("runs", 1), 1)
        self.times = max((rule.race_days_times for rule in rules if rule.race_days_times is not None), default=1.0)

    def windows(self) -> Iterator[Window]:
        """Yield the windows of races in which rules rule out or cap, whatever is usual."""
        for rule, race, span in self._near_races():
            if rule.percent_of_usual_week is None and rule.percent_of_usual is None and rule.caps:
                yield self.shares.window(rule, span, Basis("race", race.day, race.minutes))

    def with_shares(
        self,
        most_on: MostMinutes,
        usual: Minutes,
        done: Iterable[TrainingSession],
        planned: Iterable[TrainingSession] | None,
        *,
        staged: bool,
    ) -> Iterator[Window]:
        """Yield the windows in which there is a share of what is usual: of a usual week, by its runs.

        Where no day leaves room for the long run, and none was on it, its minutes are shared out among the others. Who
        has grown beyond what is usual keeps a share of that.

        Args:
            most_on: the most minutes of a workout on a day by other rules.
            usual: the running minutes of a usual week.
            done: what was done.
            planned: what the plan holds, None where none was made yet: then the long run is what is grown to.
            staged: whether running begins by stages: then no run-and-walk is a share of anything.

        """
        long_runs = [run for run in (*done, *(planned or ())) if run.workout == "run_long"]
        if planned is None and self.shares.wished.usual:
            long_runs.append(TrainingSession(date.min, "run_long", "run", self.shares.grown("run_long"), usual=True))
        for rule, race, span in self._near_races():
            percent = rule.percent_of_usual_week or rule.percent_of_usual
            if percent is None:
                continue
            concerned = [key for key in self.shares.concerned(rule) if not (staged and key == "run_walk")]
            whole = next(days for days in self._whole_spans(rule, race) if days.first <= span.first < days.end)
            minutes = {key: self.shares.usual(key) * percent / 100 for key in concerned}
            if "run_long" in minutes:
                minutes["run_long"] = self._longest(long_runs, whole.first) * percent / 100
            there = any(whole.first <= run.day < whole.end for run in long_runs)
            long = there or any(most_on("run_long", day) for day in span.days())
            if rule.percent_of_usual_week is not None and not long:
                minutes = dict.fromkeys(concerned, usual * percent / 100 / self.runs)
            yield from self.shares.capped(rule, span, Basis("race", race.day, race.minutes), minutes)

    def _longest(self, long_runs: Iterable[TrainingSession], day: date) -> Minutes:
        """Return the longest of the long runs before a day, of what is usual and of some weeks."""
        lately = [run.minutes for run in long_runs if run.usual or 0 < (day - run.day).days <= LATELY]
        return max([self.shares.usual("run_long"), *lately])

    def _whole_spans(self, rule: Rule, race: Raced) -> Iterator[DaySpan]:
        """Yield the days around a race on which a rule holds, also those behind the days of the plan."""
        for _, first, end in days_around(rule, [race], self.times):
            yield DaySpan(first, end)

    def _near_races(self) -> Iterator[tuple[Rule, Raced, DaySpan]]:
        for rule in self.rules:
            for race, first, end in days_around(rule, self.races, self.times):
                if first < end and end > self.days.first and first < self.days.end:
                    yield rule, race, DaySpan(max(first, self.days.first), min(end, self.days.end))
