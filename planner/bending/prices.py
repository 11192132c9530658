"""Prices: the points that each change of a session costs, and by what they are multiplied for what it is worth.

The points stand in `rules/bending.toml`; what of a change they count (hours, days, minutes lost) is settled here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import prod
from typing import Literal

from planner.bending.memory import SessionNumber, numbered
from planner.bending.sessions import CoachSession
from planner.case.availability import StartWindow
from planner.clock import Minutes
from planner.rulebook.bending import ChangeCost
from planner.scheduling.task import Task

ChangeKind = Literal["time", "move", "trim", "shorten", "ease", "no_strides", "replace", "drop"]


class Prices:
    """Say what the changes of one plan's sessions cost."""

    def __init__(self, task: Task, sessions: Sequence[CoachSession], costs: Mapping[str, ChangeCost]) -> None:
        self.task = task
        self.sessions = sessions
        self.costs = costs
        self._fullest = self._most_asked()
        self.factors = [self._factor(number) for number, _ in numbered(sessions)]
        """By what the points of each session's changes are multiplied, by its number."""

    def dropping(self, number: SessionNumber) -> int:
        """Return the points for leaving a session out."""
        return round(self.costs["drop"].points * self.factors[number])

    def moving(self, session: CoachSession, start: datetime) -> tuple[tuple[ChangeKind, ...], float]:
        """Return how a session is changed that begins at an aware time, and what that costs before its importance."""
        day = start.date()
        if day != session.day:
            days = abs((day - session.day).days)
            cost = self.costs["day"]
            fuller = session.minutes > self._fullest.get(self.task.case.windows_on(day), 0)
            more = cost.points_on_a_fuller_day if fuller else 0
            return ("move",), cost.points + cost.points_per_day * days + more + self._another_time(session, start)
        another_time = self._another_time(session, start)
        return (("time",), another_time) if another_time else ((), 0)

    def cutting(self, minutes: Minutes, planned: Minutes) -> tuple[tuple[ChangeKind, ...], float]:
        """Return how a session of so many planned minutes is changed that lasts fewer, and what that costs."""
        lost = (planned - minutes) / planned
        if lost * 100 <= self.costs["trim"].up_to_percent:
            return ("shorten", "trim"), self.costs["trim"].points
        return ("shorten",), self.costs["shorten"].points + self.costs["shorten"].points_for_all * lost

    def _another_time(self, session: CoachSession, start: datetime) -> float:
        """Return what it costs that a session with a time begins at another time of a day."""
        if session.start is None:
            return 0
        clocks = [moment.hour + moment.minute / 60 for moment in (session.start, start)]
        hours = abs(clocks[0] - clocks[1])
        return self.costs["time"].points + self.costs["time"].points_per_hour * hours if hours else 0

    def _factor(self, number: SessionNumber) -> float:
        """Return by what the points of a session's changes are multiplied."""
        session = self.sessions[number]
        workout = self.task.rulebook.workouts[session.workout]
        sort = "long" if workout.long else "hard" if workout.hard else "easy" if workout.kind == "run" else "other"
        sorts = [sort]
        if any(earlier.day == session.day for earlier in self.sessions[:number]):
            sorts.append("second_of_a_day")
        if session.optional:
            sorts.append("optional")
        return prod(self.costs[sort].factor for sort in sorts)

    def _most_asked(self) -> dict[tuple[StartWindow, ...], Minutes]:
        """Return the most minutes that the plan asks of days with the same start windows."""
        most: dict[tuple[StartWindow, ...], Minutes] = {}
        for session in self.sessions:
            windows = self.task.case.windows_on(session.day)
            most[windows] = max(most.get(windows, session.minutes), session.minutes)
        return most
