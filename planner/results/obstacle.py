"""Obstacle: what keeps a workout or an appointment out of a time, as data."""

from datetime import datetime
from typing import Literal

from planner.models import Part

ObstacleKind = Literal[
    "danger_sign",
    "past",
    "return_to_running",
    "before_race",
    "no_race",
    "race_day",
    "after_race",
    "rule",
    "busy",
    "away",
    "other_kinds",
    "no_time",
    "too_little_time",
    "spacing",
    "first_run_back",
    "same_day",
    "goal_met",
    "rest_days",
    "combination",
    "closed",
    "appointment",
]
"""What stands in the way.

The first ones keep a workout out whatever else is chosen; from `spacing` on it is what stands beside it. `combination`
is said where each thing alone would leave room. `closed` and `appointment` are only in the way of an appointment.
"""


class Obstacle(Part):
    """Name the one thing that keeps a workout or an appointment out of a time, and until when it does.

    `rule` is a rule's id, or the part of the case that says so: `availability`, `busy`, `rest_days`, `goals.runs`,
    `preferences.race`. `until` is when it lets go, where it does so at a moment. `workouts` are those that stand there.
    """

    kind: ObstacleKind
    rule: str
    until: datetime | None = None
    workouts: tuple[str, ...] = ()
    asked: int = 0
    """How many of a goal were asked for, where all of it stands in the week already."""
    text: str = ""
    """The obstacle as a phrase."""
