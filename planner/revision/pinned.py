"""Pinned: workouts that stand whatever else is chosen: begun already, or put at a time by a person."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from planner.clock import Minutes

PUT = 10**10
"""How far a workout that a person put at a time goes before others: more than all wishes of a plan."""
MOST_MOVED = 16
"""So many moves are told apart by when they were made."""
ASKED = PUT << (MOST_MOVED + 6)
"""The same for one that a question puts there: more than all that a person put where it would be in its way."""


class Pinned(NamedTuple):
    """Name a workout that stands at an aware time.

    What is `done` has begun, or lies on days that are not planned now: no rule is asked, and nothing takes it back.
    What is `asked` too comes after the days that are planned: they keep their distance from it, as a `"run"`, a
    `"hard"` or a `"long"` one. Everything else is put there by a person, and stands there if the rules allow it.
    `minutes` are those of what is done, or of a fixed session.
    """

    workout: str
    start: datetime
    minutes: Minutes = Minutes(0)
    done: bool = False
    asked: tuple[str, ...] = ()
    uid: str = ""
    """Its identity, where the calendar shows it."""
    session: bool = False
    """Whether it is a fixed session of the case."""
    moved: int = 0
    """Of what a person moved, how many moves were made before it, counted from 1: the latest goes before all others.

    A session that the case has for that very date is later than every move."""
    keeps_its_time: bool = False
    """Whether its time has something else to do where the rules forbid the session itself."""

    @property
    def precedence(self) -> int:
        """How far it goes before others for standing where it was put."""
        if self.done:
            return 0
        if not self.uid and not self.session:
            return ASKED
        # A move goes before the fixed sessions of every week, of which few could be in its way.
        return PUT << (self.moved + 2) if self.moved else PUT


class ShownWorkout(NamedTuple):
    """Name a workout that the calendar shows at an aware time, and that a new plan would rather keep there."""

    workout: str
    start: datetime


class PriorPlan(NamedTuple):
    """Hold what a plan finds: what is fixed, what the calendar shows, and the moment before which nothing begins.

    `given_up` lists, with their days, workouts that a person took out of the calendar: they are not placed anew.
    """

    fixed: tuple[Pinned, ...] = ()
    shown: tuple[ShownWorkout, ...] = ()
    not_before: datetime | None = None
    given_up: tuple[tuple[str, date], ...] = ()
    known_from: datetime | None = None
    """From when on the calendar tells what was done, None where there is none."""
    breaks_from: datetime | None = None
    """A break from running that ended before this moment is forgotten, None where it does not matter."""
    closed: tuple[date, date] | None = None
    """The first and the last of the days after those that are planned that hold nothing new."""
    withdrawn: tuple[Pinned, ...] = ()
    """What stands on days that are not planned now, and what has no end forbids: it is cancelled all the same."""

    @property
    def last_fixed(self) -> date | None:
        """The last day on which anything stands already, None where nothing does."""
        return max((pinned.start.date() for pinned in self.fixed), default=None)

    def is_closed(self, day: date) -> bool:
        """Return whether a day holds nothing but what is fixed."""
        return self.closed is not None and self.closed[0] <= day <= self.closed[1]

    def done_before(self, day: date) -> list[Pinned]:
        """Return what was done before a local day."""
        return [pinned for pinned in self.fixed if pinned.done and pinned.start.date() < day]

    def on(self, day: date) -> list[Pinned]:
        """Return what is fixed on a local day, in order of time."""
        return sorted((pinned for pinned in self.fixed if pinned.start.date() == day), key=lambda pinned: pinned.start)

    def keeping_grade(self, workout: str, start: datetime) -> int:
        """Return 2 where the calendar shows a workout at just this time, 1 where on this day, else 0."""
        kept = 0
        for event in self.shown:
            if event.workout == workout and event.start.date() == start.date():
                kept = max(kept, 2 if event.start == start else 1)
        return kept


NO_PRIOR_PLAN = PriorPlan()
"""What a plan finds that is the first one."""
