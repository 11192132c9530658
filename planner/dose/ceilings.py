"""Ceilings: week by week, how long each run may be, by the longest so far and by what the weeks before held.

What earlier weeks of the same plan hold is not known before they are planned: at first it is taken to be what they may
hold, then what the plan found for them holds (see `planner.scheduling.choose`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from planner.clock import Minutes
from planner.dose.breaks import Break
from planner.dose.history import History, TrainingSession, longest_before, minutes_between
from planner.dose.shares import DaySpan, Shares
from planner.dose.week_level import WeekAsk, WeekLevels, share_minutes
from planner.limits.rule_windows import Basis, Window
from planner.rulebook.figures import Longest
from planner.rulebook.model import Stage
from planner.rulebook.rule import Rule

LONG_BREAK = 14
"""Days: after a break of so many, the case's own figure is what was usual, and no run any more (`DO-22`)."""


def with_longest_of_case(
    history: History, minutes: Mapping[str, Minutes], breaks: dict[str, list[Break]], days: int, first: date
) -> list[TrainingSession]:
    """Return what was done, and the longest run and ride that the case gives, as if done on the day they are of.

    They count where the log does not reach back so many days, but not in a long break nor after it.

    Args:
        history: what was done.
        minutes: the minutes of each figure of `[fitness]`.
        breaks: the breaks of each kind of workout.
        days: how many days before the first one count.
        first: the first day of the plan.

    """
    sessions = list(history.sessions)
    if history.covers(first - timedelta(days=days)):
        return sessions
    for kind, workout, figure in (("run", "run_long", "longest_run_minutes"), ("bike", "bike_easy", "bike_minutes")):
        since = history.as_of if history.dated else first - timedelta(days=days)
        begins = [
            pause.back - timedelta(days=pause.days)
            for pause in breaks.get(kind, ())
            if pause.days >= LONG_BREAK and pause.back >= since
        ]
        until = min(begins, default=date.max)
        if until > first:
            day = history.as_of - timedelta(days=1)
            sessions.append(TrainingSession(day, workout, kind, minutes[figure], usual=True, until=until))
    return sessions


def most_minutes(
    form: Longest, sessions: Iterable[TrainingSession], kind: str, day: date, *, held: bool
) -> Minutes | None:
    """Return the most minutes of a workout of a kind on a day, None where a rule sets no limit.

    Args:
        form: what the rule says of the longest so far.
        sessions: what was done, and what is planned.
        kind: the kind of workout.
        day: the day that is asked about.
        held: whether the week comes after a hold or a lighter week: then the longest makes no step.

    """
    longest = longest_before(sessions, kind, day, form.days)
    if longest is None:
        most = form.minutes_where_none
    elif held and form.percent_after_down_week is not None:
        most = Minutes(int(longest * form.percent_after_down_week / 100))
    else:
        most = Minutes(max(int(longest * form.percent / 100), longest + form.at_least_minutes_more))
    bounds = [bound for bound in (most, form.most_minutes) if bound is not None]
    return min(bounds, default=None)


def rules_on_length(rules: Iterable[Rule]) -> Sequence[tuple[Rule, Longest]]:
    """Return the rules that bound a workout by the longest so far."""
    return [(rule, rule.longest) for rule in rules if rule.longest is not None]


def most_running(rules: Iterable[Rule], sessions: Iterable[TrainingSession], day: date) -> Minutes | None:
    """Return the most minutes of running in a run-and-walk on a day, None where no rule sets a limit."""
    sessions = list(sessions)
    caps = [
        most_minutes(form, sessions, "run", day, held=False)
        for rule, form in rules_on_length(rules)
        if rule.applies_to.kinds is None or "run" in rule.applies_to.kinds
    ]
    return min((most for most in caps if most is not None), default=None)


def shortened_stage(stage: Stage, most: Minutes | None, walk_first: Minutes) -> Stage:
    """Return a stage with so much less running, stretch for stretch, that it has no more than so many minutes.

    A stretch in one go counts with the walk before it.
    """
    if most is None or stage.run_minutes * stage.repeats + (0 if stage.walk_minutes else walk_first) <= most:
        return stage
    running = most - (0 if stage.walk_minutes else walk_first)
    return stage.model_copy(update={"run_minutes": max(running // stage.repeats, 1)})


RUNS = ("run_easy", "run_long", "run_hard")
NONE, WITHOUT_END = Minutes(0), Minutes(10_000)
"""None at all, and more than any workout has."""


class WeekMost(NamedTuple):
    """Hold how many minutes of running a week may have at most, and the rule that says so."""

    minutes: Minutes
    rule: Rule


class Ceilings:
    """Make the windows of a plan's weeks, one week after the other."""

    def __init__(
        self,
        shares: Shares,
        rules: Sequence[Rule],
        levels: WeekLevels,
        done: Sequence[TrainingSession],
        most_on: Callable[[str, date], Minutes],
        breaks: Sequence[Break],
        *,
        staged: bool,
    ) -> None:
        self.shares, self.levels, self.breaks = shares, levels, breaks
        self.rules = rules_on_length(rules)
        self.week_rule = next((rule for rule in rules if rule.week_ceiling is not None), None)
        self.growth_rule = next((rule for rule in rules if rule.growth is not None), None)
        self.sessions = list(done)
        self.confirmed = {rule.id: list(done) for rule, form in self.rules if form.done_only}
        """By the rules for which what is planned lifts nothing: what was done, and what is planned as it counts."""
        self.most_on = most_on
        self.weeks: dict[date, WeekMost] = {}
        """What each week may hold, by its first day."""
        self.fewer: dict[int, int] = {}
        """The number of runs of a week, by its place in the plan, where its minutes are too few for all asked for."""
        self.longest: dict[tuple[str, date], list[tuple[Rule, Minutes]]] = {}
        """What each rule on the longest so far says of a workout on a day, also where that is more than usual."""
        self.staged = staged
        """Whether running and walking in turn goes by stages: then its minutes are theirs."""

    def windows(
        self, weeks: Sequence[WeekAsk], planned: Sequence[TrainingSession] | None, *, quiet: bool
    ) -> Iterator[Window]:
        """Yield the windows of some weeks; `planned` is what a plan holds, None where none was made yet."""
        held = not quiet
        for number, week in enumerate(weeks):
            most: dict[tuple[str, date], Minutes] = {}
            for rule, _ in self.rules:
                for kind in self._kinds(rule):
                    yield from self._by_longest(rule, kind, week, most, held=held)
            yield from self._by_level(number, week, most, self._beside_runs(week, planned or ()), quiet=not held)
            level = self.levels.was
            sessions = self._assumed(week, most) if planned is None else self._held(week, most, planned)
            self.sessions += sessions
            self._confirm(sessions)
            ran = minutes_between(self.sessions, week.span.first, week.span.end - timedelta(days=1))
            if any(pause.touches(week.span.first, week.span.end - timedelta(days=1)) for pause in self.breaks):
                # The weeks of a break say nothing about what the next may hold: that is up to the way back.
                self.levels.note_break()
            elif not week.known_in_part:
                self.levels.note_week(ran)
            held = level.lighter

    def _confirm(self, planned: Iterable[TrainingSession]) -> None:
        """Let what is planned keep what was done for the rules by which it lifts nothing.

        It counts as no more than the longest before it that was done, or that such a plan kept: a plan of many weeks
        neither makes a second step on what nobody has run yet, nor forgets in them what the first of them may hold.
        """
        planned = sorted(planned)
        for rule, form in self.rules:
            if not form.done_only:
                continue
            counted = self.confirmed[rule.id]
            for session in planned:
                longest = longest_before(counted, session.kind, session.day, form.days)
                if longest is not None:
                    counted.append(session._replace(minutes=Minutes(min(session.minutes, longest))))

    def _kinds(self, rule: Rule) -> list[str]:
        """Return the kinds whose longest bounds them: no longest run says how long a match or a brick may be."""
        kinds = dict.fromkeys(self.shares.rulebook.workouts[key].kind for key in self.shares.concerned(rule))
        return [kind for kind in kinds if rule.applies_to.kinds is None or kind in rule.applies_to.kinds]

    def _by_longest(
        self, rule: Rule, kind: str, week: WeekAsk, most: dict[tuple[str, date], Minutes], *, held: bool
    ) -> Iterator[Window]:
        form = rule.longest
        workouts = [key for key in self.shares.concerned(rule, kind) if not (self.staged and key == "run_walk")]
        if form is None:
            return
        for day in week.span.days():
            minutes = most_minutes(form, self.confirmed.get(rule.id, self.sessions), kind, day, held=held)
            if minutes is None:
                continue
            for key in workouts:
                most[key, day] = min(most.get((key, day), minutes), minutes)
                self.longest.setdefault((key, day), []).append((rule, self.shares.least(key, minutes)))
            basis = Basis("longest", day, minutes, kind)
            span = DaySpan(day, day + timedelta(days=1))
            yield from self.shares.capped(rule, span, basis, dict.fromkeys(workouts, minutes))

    def _by_level(
        self, number: int, week: WeekAsk, most: dict[tuple[str, date], Minutes], beside: Minutes, *, quiet: bool
    ) -> Iterator[Window]:
        level = self.levels.next(quiet=quiet)
        rule = self.growth_rule if level.grows or level.lighter or level.after_lighter else self.week_rule
        rule = rule or self.week_rule or self.growth_rule
        if level.minutes is None or rule is None or not week.runs or "run_easy" not in self.shares.rulebook.workouts:
            return
        self.weeks[week.span.first] = WeekMost(level.minutes, rule)
        easy, long, hard = (self._longest_in(week, key, most) for key in RUNS)
        if long and week.long_day is not None:
            easy = self._longest_in(week, "run_easy", most, but=week.long_day) or easy
        done = self._done_in(week)
        runs = max(week.runs - len(done), 1)
        there = sum(session.minutes for session in done if session.workout != "race")
        budget = Minutes(max(level.minutes - beside - there, 0))
        # What is done is not asked for again: the hard run and the long one take no more of what is left.
        ran = [session.workout for session in done]
        hards = max(week.hards - ran.count("run_hard"), 0)
        long = long if week.long_day is not None and "run_long" not in ran else NONE
        least = self.shares.rulebook.workouts["run_easy"].least_minutes
        if runs * least > budget:
            # Rather fewer runs than ever shorter ones; what is done stays done.
            runs = budget // least
            self.fewer[number] = runs
            runs = max(runs, 1)
        shared = share_minutes(budget, easy, long, hard, runs, hards, least)
        if long and shared[1] < self.shares.rulebook.workouts["run_long"].least_minutes:
            shared = share_minutes(budget, easy, NONE, hard, runs, hards, least)
        basis = Basis("week", week.span.first, level.minutes)
        by_workout = {"run_easy": shared[0], "run_walk": shared[0]}
        by_workout |= {"run_long": shared[1]} if long else {}
        by_workout |= {"run_hard": shared[2]} if hards else {}
        keys = [
            key for key in by_workout if key in self.shares.concerned(rule) and not (self.staged and key == "run_walk")
        ]
        for key in keys:
            for day in week.span.days():
                most[key, day] = min(most.get((key, day), by_workout[key]), by_workout[key])
        shorter = {
            key: by_workout[key]
            for key in keys
            if key == "run_walk" or by_workout[key] < self._longest_in(week, key, {})
        }
        yield from self.shares.capped(rule, week.span, basis, shorter)

    def _done_in(self, week: WeekAsk) -> list[TrainingSession]:
        """Return the runs of a week that were done, or are taken as planned."""
        there = (session for session in self.sessions if week.span.first <= session.day < week.span.end)
        return [session for session in there if session.kind == "run" and not session.usual]

    def _beside_runs(self, week: WeekAsk, planned: Sequence[TrainingSession]) -> Minutes:
        """Return the running minutes of a week in what is no run: in bricks and matches, done or planned."""
        there = (session for session in (*self.sessions, *planned) if week.span.first <= session.day < week.span.end)
        return Minutes(sum(session.running for session in there if session.kind != "run"))

    def _longest_in(
        self, week: WeekAsk, workout: str, most: Mapping[tuple[str, date], Minutes], but: int | None = None
    ) -> Minutes:
        """Return the most minutes that a workout may have on any day of a week, but for a weekday."""
        if workout not in self.shares.rulebook.workouts:
            return NONE
        days = [day for day in week.span.days() if day.weekday() != but]
        longest_by_day = [min(self.most_on(workout, day), most.get((workout, day), WITHOUT_END)) for day in days]
        longest = max(longest_by_day, default=NONE)
        entry = self.shares.rulebook.workouts[workout]
        return longest if longest >= min(entry.least_minutes, self.shares.usual(workout)) else NONE

    def _assumed(self, week: WeekAsk, most: Mapping[tuple[str, date], Minutes]) -> list[TrainingSession]:
        """Return as many runs as the week asks for, as long as they may be, on the first days that may have them."""
        done = {session.day for session in self._done_in(week)}
        left = week.runs - len(done)
        sessions: list[TrainingSession] = []
        taken = set(done)
        for key, number in (("run_long", 1 if week.long_day is not None else 0), ("run_easy", left)):
            if key not in self.shares.rulebook.workouts:
                continue
            wanted = week.long_day if key == "run_long" else None
            least = min(self.shares.rulebook.workouts[key].least_minutes, self.shares.usual(key))
            in_order = sorted((day.weekday() != wanted, day) for day in week.span.days())
            days = [
                day
                for _, day in in_order
                if day not in taken and min(self.most_on(key, day), most.get((key, day), WITHOUT_END)) >= least
            ]
            for day in days[: min(number, left - len(sessions))]:
                minutes = min(self.most_on(key, day), most.get((key, day), WITHOUT_END))
                sessions.append(TrainingSession(day, key, "run", Minutes(minutes)))
                taken.add(day)
        return sessions

    def _held(
        self, week: WeekAsk, most: Mapping[tuple[str, date], Minutes], planned: Sequence[TrainingSession]
    ) -> list[TrainingSession]:
        return [
            session._replace(
                minutes=Minutes(min(session.minutes, most.get((session.workout, session.day), WITHOUT_END)))
            )
            for session in planned
            if week.span.first <= session.day < week.span.end
        ]
