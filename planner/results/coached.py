"""What was read of somebody else's plan: the contract of `planner workouts --format json`."""

from datetime import date, datetime

from planner.clock import Minutes
from planner.models import Part


class ReadSession(Part):
    """Say what a title was read as: the workout and its minutes, by which words, from where, and whether that is sure.

    `minutes_from` is `person`, `feed`, `event`, `text`, `title`, `distance`, `race`, or `usual` where nothing says
    them. `doubts` say why a reading is not sure.
    """

    workout: str
    minutes: Minutes
    by: tuple[str, ...] = ()
    minutes_from: str
    strides: bool = False
    optional: bool = False
    sure: bool = True
    doubts: tuple[str, ...] = ()


class ListedSession(Part):
    """Show one session of a plan as its calendar has it, and what it was read as; `part` counts those of one event."""

    calendar: str
    line: int
    uid: str
    part: int
    title: str
    date: date
    start: datetime | None = None
    read_as: ReadSession


class NoSession(Part):
    """Say what of a plan's calendar is no session, and why."""

    source: str
    line: int | None
    uid: str
    title: str
    why: str


class SessionList(Part):
    """List the sessions of some days, the unsure ones first, and what was passed over."""

    workouts: tuple[ListedSession, ...]
    passed_over: tuple[NoSession, ...]
