"""Races as dose sees them: those that were run and those to come, each with its minutes, and whether it is a goal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from planner.candidates.wishes import Wishes
from planner.case.model import Case
from planner.dose.history import History
from planner.rulebook.dose import AroundRace
from planner.rulebook.rule import Rule


class Raced(NamedTuple):
    """Hold a race on a day; a `goal` has a taper, any other race is a hard run."""

    day: date
    minutes: int
    goal: bool


def races_of(case: Case, wished: Wishes, history: History, today: date) -> list[Raced]:
    """Return the races of a case in order of time: those that the log tells of, and those that it does not deny."""
    found: dict[date, Raced] = {}
    for race in case.races:
        denied = race.date < today and race.date in history.noted
        if not denied:
            minutes = race.minutes or wished.minutes["race_minutes"]
            found[race.date] = Raced(race.date, minutes, _is_goal(minutes, race.goal, wished.minutes))
    for one in history.of("run"):
        if one.workout == "race":
            named = next((race for race in case.races if race.date == one.day), None)
            goal = _is_goal(one.minutes, named.goal if named is not None else None, wished.minutes)
            found[one.day] = Raced(one.day, one.minutes, goal)
    return sorted(found.values())


def _is_goal(minutes: int, named: bool | None, usual: Mapping[str, int]) -> bool:
    """Return whether a race is one to train for: as the case says, else where it is longer than an easy run."""
    return minutes > usual["easy_run_minutes"] if named is None else named


def days_around(rule: Rule, races: Iterable[Raced]) -> Iterator[tuple[Raced, date, date]]:
    """Yield each race that a rule speaks about, with the first day on which it holds and the day on which it ends."""
    for race in races:
        for side, around in (("after", rule.after_race), ("before", rule.before_race)):
            if around is None or not _means(around, race):
                continue
            first, last = _days(around, race)
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
