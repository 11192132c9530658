"""Shares: how many minutes a share of the usual is for a workout, and windows that hold a rule to them on some days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from planner.candidates.wishes import Wishes
from planner.case.model import Case
from planner.clock import Minutes, at, midnight, seconds
from planner.limits.effects import concerns, stands_for
from planner.limits.rule_windows import Basis, Window
from planner.limits.verdicts import Limits
from planner.rulebook.figures import AppliesTo
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import Rule

NEVER_SHORTER = ("run_easy", "run_walk")
"""No share makes these shorter than their least: or who runs little would not come back at all."""


class DaySpan(NamedTuple):
    """Hold the days from a first one up to an end, which is not among them."""

    first: date
    end: date

    def days(self) -> Iterator[date]:
        """Yield the days of the span."""
        for number in range((self.end - self.first).days):
            yield self.first + timedelta(days=number)


class Shares:
    """Know what shares of the usual mean for one person."""

    def __init__(self, rulebook: Rulebook, wished: Wishes, tz: ZoneInfo) -> None:
        self.rulebook, self.wished, self.tz = rulebook, wished, tz
        self.region = next(iter(rulebook.regions))
        """Any one: what these rules say holds whatever is hurt."""

    def usual(self, workout: str) -> Minutes:
        """Return the usual minutes of a workout."""
        return self.rulebook.workouts[workout].length.minutes_of(self.wished.usual_now)

    def grown(self, workout: str) -> Minutes:
        """Return the minutes of a workout that are asked for: the usual ones, or those to grow to."""
        return self.rulebook.workouts[workout].length.minutes_of(self.wished.minutes)

    def concerned(self, rule: Rule, kind: str | None = None, *, counted: bool = False) -> list[str]:
        """Return the workouts, of a kind if given, that a rule's caps concern; or also those `counted` as of a kind."""
        workouts = self.rulebook.workouts
        return [
            key
            for key, workout in workouts.items()
            if kind is None or workout.kind == kind or (counted and kind in stands_for(key, workouts)[1])
            if concerns(rule.applies_to, key, workouts)
        ]

    def most(self, rule: Rule, workout: str, minutes: float) -> Minutes | None:
        """Return to how many whole minutes a rule that leaves so many holds a workout, None where it is no longer."""
        most = self.least(workout, minutes)
        if rule.max_minutes is not None:
            most = min(most, rule.max_minutes)
        return most if most < self.grown(workout) else None

    def least(self, workout: str, minutes: float) -> Minutes:
        """Return minutes as whole ones, for short runs no fewer than their least."""
        whole = Minutes(int(minutes))
        if workout not in NEVER_SHORTER:
            return whole
        return max(whole, min(self.rulebook.workouts[workout].least_minutes, self.usual(workout)))

    def capped(self, rule: Rule, span: DaySpan, basis: Basis, minutes: Mapping[str, float]) -> Iterator[Window]:
        """Yield windows in which a rule caps each workout at so many minutes, where that is less than asked for.

        Args:
            rule: the rule.
            span: the days on which it speaks.
            basis: what its figures rest on.
            minutes: to how many minutes it holds each workout, by its name.

        """
        by_minutes: dict[Minutes, list[str]] = {}
        for workout, share in minutes.items():
            most = self.most(rule, workout, share)
            if most is not None:
                by_minutes.setdefault(most, []).append(workout)
        for most, keys in by_minutes.items():
            applies_to = AppliesTo(workouts=tuple(keys), only_these=True)
            yield self.window(rule, span, basis, {"max_minutes": most, "applies_to": applies_to})

    def window(self, rule: Rule, span: DaySpan, basis: Basis, figures: Mapping[str, object] | None = None) -> Window:
        """Return a window in which a rule speaks on some days, with figures made for this person.

        Args:
            rule: the rule.
            span: the days on which it speaks.
            basis: what its figures rest on.
            figures: the figures made for this person, by the rule's fields; None are its own.

        """
        figures = figures or {}
        return Window(
            rule.model_copy(update=dict(figures)) if figures else rule,
            self.region,
            seconds(midnight(span.first, self.tz)),
            seconds(midnight(span.end, self.tz)),
            basis=basis,
        )


def share_windows(shares: Shares, windows: Iterable[Window]) -> Iterator[Window]:
    """Yield what rules about a treatment, the log, the person or an illness leave of the usual, while they hold.

    Each is a part of the rule's own window: it speaks of the same, with the minutes of some workouts.
    """
    workouts = shares.rulebook.workouts
    for window in windows:
        rule, by_minutes = window.rule, dict[Minutes, list[str]]()
        if rule.percent_of_usual is None or window.basis is not None:
            continue
        for key, workout in workouts.items():
            most = shares.most(rule, key, shares.usual(key) * rule.percent_of_usual / 100)
            if most is not None and concerns(rule.applies_to, key, workouts, workout.load[window.region]):
                by_minutes.setdefault(most, []).append(key)
        first = datetime.fromtimestamp(window.opens, shares.tz).date()
        for most, keys in by_minutes.items():
            # What counts as one of them is held to its own share.
            others = tuple(key for key in workouts if key not in keys)
            figures = {"max_minutes": most, "applies_to": AppliesTo(workouts=tuple(keys), except_workouts=others)}
            yield window._replace(rule=rule.model_copy(update=figures), basis=Basis("usual", first, most))


def is_new_to(case: Case, rulebook: Rulebook, workout: str) -> bool:
    """Return whether a case neither asks for workouts of a kind nor says how long they are, or that they are fixed."""
    entry = rulebook.workouts[workout]
    goal = rulebook.described_kinds[entry.kind].goal
    asked = goal is not None and case.goals.count(goal) > 0
    fixed = any(rulebook.workouts[session.workout].kind == entry.kind for session in case.sessions)
    return not (asked or fixed) and getattr(case.fitness, entry.length.fitness, None) is None


def join_windows(windows: Iterable[Window]) -> list[Window]:
    """Return windows with those that follow each other without a change made one."""
    merged: list[Window] = []
    last: dict[object, int] = {}
    for window in windows:
        alike = *window.known_by, window.region, window.figures_key
        number = last.get(alike)
        if number is not None and merged[number].closes == window.opens:
            merged[number] = merged[number]._replace(closes=window.closes)
        else:
            last[alike] = len(merged)
            merged.append(window)
    return merged


class MostMinutes:
    """Know up to how many minutes a workout may last on a day by other rules; 0 where it may not be."""

    def __init__(self, case: Case, limits: Limits, shares: Shares) -> None:
        self.case, self.limits, self.shares = case, limits, shares
        self.minutes_by_day: dict[tuple[str, date], Minutes] = {}

    def __call__(self, workout: str, day: date) -> Minutes:
        """Return the most minutes of a workout on a day."""
        key = workout, day
        if key not in self.minutes_by_day:
            self.minutes_by_day[key] = self._most(workout, day)
        return self.minutes_by_day[key]

    def _most(self, workout: str, day: date) -> Minutes:
        most = Minutes(0)
        if workout not in self.shares.rulebook.workouts:
            return most
        usual = self.shares.grown(workout)
        for window in self.case.availability.on(day):
            for moment in (window.first, window.last):
                verdict = self.limits.judge(workout, seconds(at(day, moment, self.case.tz)), usual)
                if verdict.allowed:
                    most = max(most, verdict.max_minutes or usual)
                    break
        return most
