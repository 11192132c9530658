"""Races: the days that they take, and what stays out of the days before them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from math import ceil

from planner.candidates.durations import Lengths
from planner.case.availability import StartWindow
from planner.case.model import Case, Race
from planner.clock import at, later
from planner.rulebook.rule import Rule

RACE_START = StartWindow(time(10), time(10))
"""When a race is taken to start where the case does not say."""


class Races:
    """Know the races of a case, and the rules about the days before one."""

    def __init__(self, case: Case, rules: Iterable[Rule], lengths: Lengths, longer: Rule | None = None) -> None:
        self.case = case
        self.lengths = lengths
        self.times = 1 if longer is None else longer.race_days_times or 1
        """By how many times the days around a race are longer than rules say, for this person."""
        self.rules = [rule for rule in rules if rule.days_before_race is not None]

    def on(self, day: date) -> Race | None:
        """Return the race of a day."""
        return next((race for race in self.case.races if race.date == day), None)

    def window(self, race: Race) -> StartWindow:
        """Return when a race starts, as a start window of one moment."""
        return RACE_START if race.start is None else StartWindow(race.start, race.start)

    def start_on(self, day: date) -> datetime | None:
        """Return when the race of a day starts."""
        race = self.on(day)
        return None if race is None else self._start_of(race)

    def _start_of(self, race: Race) -> datetime:
        return at(race.date, self.window(race).first, self.case.tz)

    def end_of(self, day: date) -> datetime | None:
        """Return when the race of a day ends, which may be on the day after."""
        race = self.on(day)
        return None if race is None else later(self._start_of(race), minutes=self.lengths.usual("race", race))

    def rule_before(self, day: date, workout: str) -> Rule | None:
        """Return the rule that keeps a workout out of the days before a race, or None."""
        for race in self.case.races:
            days = (race.date - day).days
            for rule in self.rules:
                if 0 < days <= ceil((rule.days_before_race or 0) * self.times) and workout in rule.rules_out_workouts:
                    return rule
        return None
