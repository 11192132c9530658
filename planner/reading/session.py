"""What was read of one session of somebody else's plan."""

from __future__ import annotations

from typing import Literal, NamedTuple

MinutesFrom = Literal["person", "feed", "event", "text", "title", "distance", "race", "usual"]
"""Where the minutes of a session come from: the person, a field of the feed, the event's own length, its text, its
title, a distance at the person's pace, the race's own distance; or the usual ones, where nothing says them."""
NOT_TRAINING = frozenset({"rest", "note", "done"})


class Length(NamedTuple):
    """Hold how long a session is: minutes, or a distance in metres that a pace turns into minutes; both may be None."""

    minutes: float | None = None
    metres: float | None = None
    origin: MinutesFrom = "usual"
    doubtful: bool = False


class Reading(NamedTuple):
    """Say what a part of an event was read as.

    `workout` is a workout of the catalogue, "race", "rest", "note", "done", or "" where it could not be read. `by`
    lists the words that decided it; `half` is "am" or "pm" where the title says so.
    """

    workout: str
    length: Length = Length()
    by: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    strides: bool = False
    hills: bool = False
    optional: bool = False
    half: str = ""
    race_metres: float | None = None

    @property
    def is_training(self) -> bool:
        """Whether there is something to do."""
        return self.workout not in NOT_TRAINING
