"""History: what was done, as far as the case and its calendar tell, and what a person usually does.

A log that was kept is told from one that is empty: a kept one without a run in it says that there was no running.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from planner.candidates.wishes import Wishes
from planner.case.model import Case
from planner.clock import Minutes
from planner.revision.pinned import PriorPlan
from planner.rulebook.model import Rulebook

WEEKS_BEFORE = 4
"""The usual week is the mean of so many whole weeks before the plan, where the log covers them (`DO` conventions)."""
RUN_WALK_SHARE = 0.5
"""The running part of a run-and-walk whose intervals nobody noted: our own judgement."""


class TrainingSession(NamedTuple):
    """Hold one workout on a day, done or planned; `minutes` of a run-and-walk are its running part."""

    day: date
    workout: str
    kind: str
    minutes: Minutes
    usual: bool = False
    """Whether it stands for what the case calls usual: no week holds it."""
    running_percent: int = 0
    """How much of the minutes of what is no run is running."""
    until: date = date.max
    """The first day on which it says nothing any more of what may be: what is usual is not so in a long break."""

    @property
    def running(self) -> Minutes:
        """How many of its minutes are running."""
        return self.minutes if self.kind == "run" else Minutes(self.minutes * self.running_percent // 100)


class History(NamedTuple):
    """Hold what was done before the days that are planned, in order of days, and since when that is known.

    `log_from` is the first day of which the log or the calendar tells anything, None where nothing does; `noted` are
    all the days of which they tell. `last` holds dated last sessions by kind, where the case gives them.
    """

    sessions: tuple[TrainingSession, ...]
    noted: frozenset[date]
    log_from: date | None
    as_of: date
    last: Mapping[str, date]
    dated: bool = False
    """Whether the case says of which day its figures are."""

    def of(self, kind: str) -> list[TrainingSession]:
        """Return the sessions of a kind."""
        return [session for session in self.sessions if session.kind == kind]

    def covers(self, first: date) -> bool:
        """Return whether the log or the calendar reaches back to a day, and tells of anything since."""
        return self.log_from is not None and self.log_from <= first and any(day >= first for day in self.noted)

    def was_kept_between(self, first: date, other: date) -> bool:
        """Return whether anything was noted on the days between two."""
        return any(first < day < other for day in self.noted)


def history_of(case: Case, rulebook: Rulebook, prior: PriorPlan, wished: Wishes, first: date, last: date) -> History:
    """Return what was done before a plan's first day, and on days of it that are past.

    Args:
        case: the person's case, with its log.
        rulebook: the rules, by which a workout has its kind.
        prior: what the log and the calendar show as done.
        wished: what is usual, for what has no minutes.
        first: the first day of the plan.
        last: its last day.

    """
    sessions = [
        session(rulebook, pinned.workout, pinned.start.date(), pinned.minutes, wished)
        for pinned in prior.fixed
        if pinned.done and pinned.start.date() <= last
    ]
    noted = {session.day for session in sessions} | {entry.date for entry in case.log if entry.is_of_training}
    days = [*noted, *([prior.known_from.date()] if prior.known_from is not None else [])]
    fitness = case.fitness
    dated = {
        kind: day
        for kind, day in (
            ("run", fitness.last_run),
            ("bike", fitness.last_ride),
            ("swim", fitness.last_swim),
            ("lower_body", fitness.last_strength),
            ("upper_body", fitness.last_strength),
        )
        if day is not None
    }
    return History(
        sessions=tuple(sorted(set(sessions))),
        noted=frozenset(noted),
        log_from=min(days, default=None),
        as_of=fitness.as_of or min([first, *days[len(noted) :]]),
        last=dated,
        dated=fitness.as_of is not None,
    )


def session(rulebook: Rulebook, workout: str, day: date, minutes: Minutes, wished: Wishes) -> TrainingSession:
    """Return a workout as history counts it; where its minutes are not known, they are the usual ones.

    Args:
        rulebook: the rules, by which a workout has its kind.
        workout: the workout, by its name in the catalogue.
        day: the local day.
        minutes: how long it was; 0 where that is not known.
        wished: what is usual.

    """
    entry = rulebook.workouts[workout]
    minutes = minutes or entry.length.minutes_of(wished.usual_now)
    if workout == "run_walk":
        minutes = Minutes(round(minutes * RUN_WALK_SHARE))
    return TrainingSession(day, workout, entry.kind, minutes, running_percent=entry.running_percent)


def longest_before(sessions: Iterable[TrainingSession], kind: str, day: date, days: int) -> Minutes | None:
    """Return the most minutes of a session of a kind in the days before a day, None where there was none.

    Args:
        sessions: what was done, and what is planned.
        kind: the kind of workout.
        day: the day before which they lie.
        days: how many days back they count.

    """
    lengths = [
        session.minutes
        for session in sessions
        if session.kind == kind and 0 < (day - session.day).days <= days and day < session.until
    ]
    return max(lengths, default=None)


def minutes_between(sessions: Iterable[TrainingSession], first: date, last: date) -> Minutes:
    """Return the running minutes from a first to a last day, those of bricks and matches too; races are left out."""
    ran = (
        session.running
        for session in sessions
        if session.workout != "race" and not session.usual and first <= session.day <= last
    )
    return Minutes(sum(ran))


def asked_week(case: Case, rulebook: Rulebook, wished: Wishes, *, grown: bool = False) -> Minutes:
    """Return the running minutes of a week with all that the case asks for.

    Args:
        case: the person's case.
        rulebook: the rules, by which a workout holds running.
        wished: what the case asks of a week.
        grown: whether each workout is as long as that to which it is asked to grow, not as usual.

    """
    runs = case.goals.runs
    minutes = wished.minutes if grown else wished.usual_now
    long = minutes["longest_run_minutes"] if runs and case.goals.long_run else 0
    ran = max(runs - bool(long), 0) * minutes["easy_run_minutes"] + long
    ran += sum(
        wished.caps[form.goal] * session(rulebook, form.workout, date.min, Minutes(0), wished).running
        for form in wished.forms
        if form.role == "goal" and form.as_asked and rulebook.workouts[form.workout].kind != "run"
    )
    return Minutes(ran)


def usual_week(case: Case, rulebook: Rulebook, wished: Wishes, history: History, before: date) -> Minutes:
    """Return the running minutes of a usual week: the mean of the last whole weeks before a day where they are known.

    Args:
        case: the person's case.
        rulebook: the rules, by which a workout holds running.
        wished: what the case asks of a week, which is taken where the log does not reach back so far.
        history: what was done.
        before: the first day of a week: that of the plan, or of the first day of a break or setback.

    """
    first = before - timedelta(days=7 * WEEKS_BEFORE)
    if not history.covers(first):
        return asked_week(case, rulebook, wished)
    return Minutes(round(minutes_between(history.sessions, first, before - timedelta(days=1)) / WEEKS_BEFORE))


def recent_weeks(history: History, begins: date, weeks: int, usual: Minutes) -> list[Minutes]:
    """Return the running minutes of the whole weeks before one begins, the oldest first.

    Where the log does not reach back so far, a week before it began is a usual one, and one since then is no less.

    Args:
        history: what was done.
        begins: the first day of the week.
        weeks: how many weeks before it.
        usual: the running minutes of a usual week.

    """
    firsts = [begins - timedelta(days=7 * number) for number in range(weeks, 0, -1)]
    ran = [minutes_between(history.sessions, first, first + timedelta(days=6)) for first in firsts]
    if history.covers(firsts[0]):
        return ran
    return [max(usual, minutes) if history.covers(first) else usual for first, minutes in zip(firsts, ran, strict=True)]
