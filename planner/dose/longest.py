"""The longest so far: on each day, up to how many minutes a workout may last by the longest of the days before it.

Weeks follow each other: what one week plans is there for the next. The runs of one week do not lift each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from planner.dose.breaks import Break
from planner.dose.history import History, TrainingSession, longest_before
from planner.rulebook.figures import Longest
from planner.rulebook.model import Stage
from planner.rulebook.rule import Rule

LONG_BREAK = 14
"""Days: after a break of so many, the case's own figure is what was usual, and no run any more (`DO-22`)."""


def with_the_case(
    history: History, minutes: dict[str, int], breaks: dict[str, list[Break]], days: int, first: date
) -> list[TrainingSession]:
    """Return what was done, and the longest run and ride that the case gives, as if done on the day they are of.

    They count where the log does not reach back so many days, but not after a long break.
    """
    found = list(history.sessions)
    if history.covers(first - timedelta(days=days)):
        return found
    for kind, workout, figure in (("run", "run_long", "longest_run_minutes"), ("bike", "bike_easy", "bike_minutes")):
        since = history.as_of if history.dated else first - timedelta(days=days)
        away = any(one.days >= LONG_BREAK and one.back >= since for one in breaks.get(kind, ()))
        if not away:
            found.append(TrainingSession(history.as_of - timedelta(days=1), workout, kind, minutes[figure]))
    return found


def most_minutes(form: Longest, sessions: Iterable[TrainingSession], kind: str, day: date, *, held: bool) -> int | None:
    """Return the most minutes of a workout of a kind on a day, None where a rule sets no limit.

    `held` says that the week comes after a hold or a lighter week: then the longest makes no step.
    """
    longest = longest_before(sessions, kind, day, form.days)
    if longest is None:
        most = form.minutes_where_none
    elif held and form.percent_after_down_week is not None:
        most = int(longest * form.percent_after_down_week / 100)
    else:
        most = max(int(longest * form.percent / 100), longest + form.at_least_minutes_more)
    bounds = [bound for bound in (most, form.most_minutes) if bound is not None]
    return min(bounds, default=None)


def rules_on_length(rules: Iterable[Rule]) -> Sequence[tuple[Rule, Longest]]:
    """Return the rules that bound a workout by the longest so far."""
    return [(rule, rule.longest) for rule in rules if rule.longest is not None]


def most_running(rules: Iterable[Rule], sessions: Iterable[TrainingSession], day: date) -> int | None:
    """Return the most minutes of running in a run-and-walk on a day, None where no rule sets a limit."""
    sessions = list(sessions)
    found = [
        most_minutes(form, sessions, "run", day, held=False)
        for rule, form in rules_on_length(rules)
        if rule.applies_to.kinds is None or "run" in rule.applies_to.kinds
    ]
    return min((most for most in found if most is not None), default=None)


def at_most(stage: Stage, most: int | None, walk_first: int) -> Stage:
    """Return a stage with so much less running, stretch for stretch, that it has no more than so many minutes.

    A stretch in one go counts with the walk before it.
    """
    if most is None or stage.run_minutes * stage.repeats + (0 if stage.walk_minutes else walk_first) <= most:
        return stage
    most -= 0 if stage.walk_minutes else walk_first
    return stage.model_copy(update={"run_minutes": max(most // stage.repeats, 1)})
