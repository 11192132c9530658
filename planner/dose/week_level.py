"""What a week asks for, and its level: how many minutes of running it may hold, by the weeks before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from planner.candidates.wishes import Wishes, wishes_of_short_week
from planner.case.model import Case
from planner.clock import Minutes
from planner.dates import WEEKDAYS
from planner.dose.history import History
from planner.dose.shares import DaySpan, Shares
from planner.limits.progress import BUILD_UP, minutes_to_grow_to
from planner.limits.rule_windows import Basis, Window
from planner.revision.revise import Weeks
from planner.rulebook.figures import Growth, WeekCeiling
from planner.rulebook.rule import Rule

DONE = 0.8
"""A week of which so much was done is one to grow from (`DO-40`)."""
WEEKS_MEASURED = 4
"""So many weeks before it are what a week is measured by (`DO-50`)."""


class Level(NamedTuple):
    """Hold what a week may have: its minutes (None: no limit), and whether it or the one before is a lighter one."""

    minutes: Minutes | None = None
    lighter: bool = False
    after_lighter: bool = False
    grows: bool = False


class WeekAsk(NamedTuple):
    """Hold a week of a plan: its days, and how many runs, hard runs and long runs it asks for.

    Of a week that is `known_in_part` nobody knows what was done on its first days: no week after it is held against it.
    """

    span: DaySpan
    runs: int
    hards: int
    long_day: int | None
    known_in_part: bool = False


def ask_of_week(case: Case, wished: Wishes, history: History, weeks: Weeks, number: int) -> WeekAsk:
    """Return what the week of a plan with a number asks for; of a first week that is short, its part.

    Args:
        case: the person's case.
        wished: what they ask for, as the rulebook understands it.
        history: what was done.
        weeks: the weeks of the plan.
        number: which of them, from 0.

    """
    goals, begins = case.goals, weeks.begins + timedelta(days=7 * number)
    span = DaySpan(begins, begins + timedelta(days=7))
    long_day = WEEKDAYS.index(goals.long_run) if goals.long_run else None
    if number > 0 or not weeks.is_first_short:
        # A race that is still to come is one of the runs, and none of the minutes.
        ran = {run.day for run in history.of("run")}
        races = sum(span.first <= race.date < span.end and race.date not in ran for race in case.races)
        return WeekAsk(span, max(goals.runs - races, 0), goals.hard_runs, long_day)
    asked = wishes_of_short_week(case, wished, begins, weeks.since)
    done = [run for run in history.of("run") if begins <= run.day < weeks.since]
    return WeekAsk(
        span,
        min(asked.get("runs", 0) + len(done), goals.runs),
        asked.get("hard_runs", 0),
        long_day if asked.get("long_run") else None,
        known_in_part=not history.covers(begins),
    )


def no_more_than_asked(
    shares: Shares, case: Case, rules: Iterable[Rule], weeks: Iterable[WeekAsk], *, may_grow: bool
) -> Iterator[Window]:
    """Yield the windows of weeks that ask for less than others of a plan do: on a way back, and after the race.

    Args:
        shares: what is usual, and what is asked for.
        case: the person's case.
        rules: those that speak to it; the one on growth gives the windows.
        weeks: those of the plan.
        may_grow: whether anything grows beyond what is usual.

    """
    rule = next((rule for rule in rules if rule.growth is not None), None)
    if rule is None or not shares.wished.usual:
        return
    usual = shares.wished.usual_now
    for week in weeks:
        grown = minutes_to_grow_to(case, usual, week.span.first, BUILD_UP) if may_grow else {}
        asked = {**usual, **grown}
        minutes = {"run_easy": asked["easy_run_minutes"], "run_long": asked["longest_run_minutes"]}
        yield from shares.capped(rule, week.span, Basis("person", week.span.first, 0), minutes)


def steep_weeks(minutes: Sequence[float], percent: float) -> Iterator[tuple[int, int]]:
    """Yield the numbers of the weeks that hold more running than so many per cent above those before, and how many.

    A week after a lighter one is measured by what is usual: by the mean of the weeks before it (`DO-50`).
    """
    for number in range(1, len(minutes)):
        recent = minutes[max(number - WEEKS_MEASURED, 0) : number]
        before, now = max(recent[-1], sum(recent) / len(recent)), minutes[number]
        if before and now > before * (1 + percent / 100):
            yield number, round(100 * (now / before - 1))


class WeekLevels:
    """Follow the weeks of a plan, each after the one before.

    `recent` are the running minutes of the whole weeks before the plan, where they are known, `usual` those of the
    usual week, and `goal` those of the week to grow to. `may_grow` is False where a break rules the way back: then only
    the ceiling speaks. Of the `recent` weeks the last `logged_weeks` ones are as the log has them: each that did not
    grow is one that was waited for the next step.
    """

    def __init__(
        self,
        ceiling: WeekCeiling | None,
        growth: Growth | None,
        recent: Sequence[Minutes],
        usual: Minutes,
        goal: Minutes,
        *,
        may_grow: bool,
        logged_weeks: int = 0,
    ) -> None:
        self.ceiling, self.growth = ceiling, growth if may_grow else None
        self.usual_weeks = [usual] * (ceiling.weeks if ceiling is not None else 4)
        self.weeks = list(recent) or self.usual_weeks.copy()
        self.goal = max(usual, goal)
        self.level = max(self.weeks[-1], self._mean())
        if self._after_a_step() >= self.goal:
            # One step from the usual week is no way back to it.
            self.growth = None
        self.grown = _growing(recent, 1 if growth is None else growth.every_weeks)
        self.waited = min(_waited(recent), logged_weeks)
        self.steps = 0
        self.before_lighter = 0.0
        self.was = Level()

    def next(self, *, quiet: bool = True) -> Level:
        """Return the level of the next week; after a week that was not quiet nothing grows."""
        if max(self.weeks[-1], self._mean()) <= 0:
            self.was = Level()
            return self.was
        bounds = []
        if self.ceiling is not None:
            bounds.append(self.ceiling.percent / 100 * max(self.weeks[-1], self._mean()))
        lighter = grows = False
        after = self.was.lighter
        growth = self.growth
        if growth is not None and self.level < self.goal:
            if growth.down_week_every is not None and self.grown >= growth.down_week_every - 1:
                lighter = True
                bounds.append(self.level * growth.down_week_percent / 100)
            elif after:
                # To be again what it was is no step, so no ceiling is held against the lighter week alone.
                bounds.append(min(self.before_lighter, self.weeks[-1] * 100 / growth.down_week_percent))
            elif not quiet or self.waited + 1 < growth.every_weeks or self.steps == growth.most_steps:
                bounds.append(self.level)
            else:
                grows = True
                self.steps += 1
                bounds.append(self._after_a_step())
        self.was = Level(Minutes(int(min(bounds))) if bounds else None, lighter, after, grows)
        return self.was

    def note_week(self, minutes: Minutes) -> None:
        """Take note of what the week that was asked for last holds."""
        was = self.was
        if was.lighter:
            self.before_lighter, self.grown, self.waited = self.level, 0, 0
        else:
            # By the week before it, not by its level: what a ceiling holds below the level grows all the same.
            grew = minutes > self.weeks[-1]
            self.grown = self.grown + 1 if grew else 0 if was.grows else self.grown
            self.waited = 0 if was.grows else self.waited + 1
        self.weeks.append(minutes)
        if was.lighter:
            return
        whole = was.minutes is None or minutes >= DONE * was.minutes
        self.level = minutes if whole else max(minutes, self._mean())
        if self.level >= self.goal:
            self.growth = None

    def note_break(self) -> None:
        """Take note that the week that was asked for last is one of a break: the way back rules those that follow."""
        self.weeks, self.growth = self.usual_weeks.copy(), None

    def _after_a_step(self) -> float:
        growth = self.growth
        if growth is None:
            return self.level
        return max(self.level * (1 + growth.percent / 100), self.level + growth.at_least_minutes)

    def _mean(self) -> float:
        weeks = self.weeks[-(self.ceiling.weeks if self.ceiling is not None else 4) :]
        return sum(weeks) / len(weeks)


def _growing(weeks: Sequence[Minutes], every: int) -> int:
    """Return how many of the last weeks had more minutes than the one before each.

    Where only each so manieth week may grow, the weeks between them that stay as they were end nothing.
    """
    number = stayed = 0
    for week, before in pairwise(reversed(weeks)):
        stayed = 0 if week > before else stayed + 1
        if week < DONE * before or stayed >= every:
            break
        number += week > before
    return number


def _waited(weeks: Sequence[Minutes]) -> int:
    """Return how many weeks there were since the last that had more minutes than all before it."""
    grown = [number for number in range(1, len(weeks)) if weeks[number] > max(weeks[:number])]
    return len(weeks) - 1 - max(grown, default=0)


def share_minutes(
    budget: Minutes, easy: Minutes, long: Minutes, hard: Minutes, runs: int, hards: int, least: Minutes
) -> tuple[Minutes, Minutes, Minutes]:
    """Return the minutes of an easy, a long and a hard run so that a week of so many runs keeps its budget.

    All are made shorter alike; where nothing is left of the long run it becomes an easy one (0). None is shorter than
    the least.

    Args:
        budget: the running minutes of the week.
        easy: the minutes of an easy run.
        long: those of the long run, 0 where none is asked for.
        hard: those of a hard run.
        runs: how many runs the week has, the long and the hard ones among them.
        hards: how many of them are hard.
        least: the least minutes of an easy or a hard run.

    """
    plain = max(runs - hards - (1 if long else 0), 0)
    asked = plain * easy + long + hards * hard
    if asked <= budget or not asked:
        return easy, long, hard
    share = budget / asked
    shorter_easy, shorter_hard = (max(Minutes(int(minutes * share)), least) for minutes in (easy, hard))
    return shorter_easy, Minutes(int(long * share)), shorter_hard if hards else hard
