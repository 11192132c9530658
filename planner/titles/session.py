"""Session: an event of somebody else's plan before it is read, and what was read of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NamedTuple

MinutesFrom = Literal["person", "feed", "event", "text", "title", "distance", "race", "usual"]
"""Where the minutes of a session come from: the person, a field of the feed, the event's own length, its text, its
title, a distance at the person's pace, the race's own distance; or the usual ones, where nothing says them."""
NOT_TRAINING = frozenset({"rest", "note", "done"})


class PlanEvent(NamedTuple):
    """Hold what a calendar says of one event of somebody's plan; an event of whole days has dates, else aware times.

    `source` is the calendar as the case names it, `entry` the number of its entry there.
    """

    title: str
    text: str = ""
    start: datetime | date | None = None
    end: datetime | date | None = None
    uid: str = ""
    estimated_seconds: int | None = None
    cancelled: bool = False
    source: str = ""
    line: int = 0
    entry: int = 0

    @property
    def day(self) -> date | None:
        """The local day on which it begins."""
        return self.start.date() if isinstance(self.start, datetime) else self.start

    @property
    def minutes(self) -> float | None:
        """The length of an event with times, in minutes."""
        if isinstance(self.start, datetime) and isinstance(self.end, datetime):
            return (self.end.timestamp() - self.start.timestamp()) / 60
        return None

    @property
    def days(self) -> int:
        """How many days an event of whole days lasts; 1 for every other one."""
        if self.start is None or self.end is None or isinstance(self.start, datetime):
            return 1
        last = self.end.date() if isinstance(self.end, datetime) else self.end
        return max((last - self.start).days, 1)


class SessionLength(NamedTuple):
    """Hold how long a session is: minutes, and a distance in metres that the person's pace turns into more of them.

    Both are None where nothing says how long it is.
    """

    minutes: float | None = None
    metres: float | None = None
    origin: MinutesFrom = "usual"
    doubtful: bool = False


class SessionReading(NamedTuple):
    """Say what a part of an event was read as.

    `workout` is a workout of the catalogue, "race", "rest", "note", "done", or "" where it could not be read. `by`
    lists the words that decided it; `half` is "am" or "pm" where the title says so.
    """

    workout: str
    length: SessionLength = SessionLength()
    by: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    strides: bool = False
    hills: bool = False
    optional: bool = False
    half: str = ""
    metres_beside: float | None = None
    """The distance that stands beside the minutes, in metres: both together tell the person's pace."""

    @property
    def is_training(self) -> bool:
        """Whether there is something to do."""
        return self.workout not in NOT_TRAINING


class RunBounds(NamedTuple):
    """Say from how many minutes an easy run is a long one, and between which a run is believed."""

    long_from: int = 90
    shortest: int = 15
    longest: int = 330


class ReadEvent(NamedTuple):
    """Hold an event with what each of its sessions was read as, and how long runs may be."""

    event: PlanEvent
    readings: tuple[SessionReading, ...]
    bounds: RunBounds = RunBounds()
