"""Difference: what another plan would move, lose, shorten or gain, as models."""

from datetime import datetime

from pydantic import Field

from planner.clock import Minutes
from planner.models import Part


class WorkoutAt(Part):
    """Name a workout at its time."""

    workout: str
    title: str
    start: datetime


class Moved(Part):
    """Say that a workout starts at another time."""

    workout: str
    title: str
    from_: datetime = Field(alias="from")
    to: datetime

    @property
    def other_day(self) -> bool:
        """Whether it moves to another day."""
        return self.from_.date() != self.to.date()


class Shortened(Part):
    """Say that a workout has fewer minutes, wherever it now stands."""

    workout: str
    title: str
    start: datetime
    from_minutes: Minutes
    minutes: Minutes


class Difference(Part):
    """Say what one plan changes against another, the race and the long run first, then in order of time."""

    lost: tuple[WorkoutAt, ...] = ()
    moved: tuple[Moved, ...] = ()
    shortened: tuple[Shortened, ...] = ()
    gained: tuple[WorkoutAt, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lost or self.moved or self.shortened or self.gained)


class Loss(Part):
    """Name a preference that gives less to the other plan, and how many points less."""

    preference: str
    points: int
    text: str
