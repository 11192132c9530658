"""Offer: the possible times of an appointment, ranked, as models."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from planner.clock import Minutes
from planner.models import Part
from planner.results.difference import Moved, Shortened, WorkoutAt
from planner.results.obstacle import Obstacle
from planner.rulebook.scales import Side

OFFER_STEP = Minutes(30)
"""Minutes from one possible start to the next."""


class OfferedAppointment(Part):
    """Name one appointment of an option."""

    start: datetime
    end: datetime


class BookingOption(Part):
    """Show a time for an appointment, or the times of a course, and what the training loses by it.

    `cost` is how many points less the best plan has with it than without, but for those for what follows a treatment
    where its rules recommend it: a treatment is no gain. `days_short_of_race` is how many days nearer it stands to a
    race than a rule books such a treatment.
    """

    start: datetime
    end: datetime
    treatments: tuple[OfferedAppointment, ...]
    cost: int
    days_short_of_race: int = 0
    moved: tuple[Moved, ...] = ()
    lost: tuple[WorkoutAt, ...] = ()
    shortened: tuple[Shortened, ...] = ()
    gained: tuple[WorkoutAt, ...] = ()
    text: str


class RefusedTime(Part):
    """Name a time that cannot be, and why."""

    start: datetime
    why: str
    obstacle: Obstacle


class Offer(Part):
    """Rank the possible times, the best first; all were planned from `from_` on for so many weeks."""

    kind: str
    region: str
    side: Side | None = None
    minutes: Minutes
    from_: date = Field(alias="from")
    weeks: int
    alerts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What whoever treats should be told of the person's health."""
    options: tuple[BookingOption, ...] = ()
    passed_over: tuple[RefusedTime, ...] = ()
