"""Somebody else's plan, bent: what `planner plan --format json` says of each session and of all together."""

from datetime import date, datetime

from pydantic import Field

from planner.clock import Minutes
from planner.models import Part
from planner.results.coached import NoSession, ReadSession


class SessionSource(Part):
    """Say where a session comes from: the event, as its calendar has it; `start` is a date where it lasts all day."""

    calendar: str
    line: int
    uid: str
    part: int
    title: str
    text: str = Field(default="", exclude=True)
    """What its calendar says of it: for the person's own calendar alone, so not in the JSON."""
    start: datetime | date
    minutes: Minutes
    read_as: ReadSession

    @property
    def day(self) -> date:
        """The day that it was planned for."""
        return self.start.date() if isinstance(self.start, datetime) else self.start


class ChangeReason(Part):
    """Name the rule that keeps a session from standing as planned, and the treatment that it speaks about.

    `other` is the title of another session, where this one only makes room for it.
    """

    rule: str
    treatment: int | None = None
    text: str
    other: str | None = None


class SessionChange(Part):
    """Say how a session was changed: time, move, trim, shorten, ease, no_strides, replace or drop, and why."""

    kinds: tuple[str, ...]
    points: int
    text: str
    reasons: tuple[ChangeReason, ...] = ()


class LostSession(Part):
    """Show a session that is left out."""

    source: SessionSource
    day: date
    change: SessionChange


class Conflict(Part):
    """Show a session that stays although rules speak against it: a race."""

    title: str
    day: date
    text: str
    reasons: tuple[ChangeReason, ...] = ()


class UnsureSession(Part):
    """Show a session whose title could not be read for sure, what it is taken for, and the line that settles it."""

    calendar: str
    line: int
    title: str
    taken_for: str
    minutes: Minutes
    why: str
    say: str
    could_not_be_read: bool = False
    """Whether it is taken for the most that it could be, for no word says what it is."""
    entry: int = Field(default=0, exclude=True)
    """The number of the entry of `[[workouts]]` that read it: several may read one calendar."""


class BentRemark(Part):
    """Say which rule about training the plan does not keep by itself, on which days: it is left as it is."""

    rule: str
    days: tuple[date, ...] = ()
    text: str


class BentSummary(Part):
    """Say how much of somebody else's plan stays, and what became of the rest."""

    kept: int
    changed: int
    lost: int
    points: int
    text: str
    feed_to: date
    """The day of the plan's last event: what comes after it is not in the feed yet."""
    logged: tuple[str, ...] = Field(default=(), exclude=True)
    """The UIDs of events of which the log says what became: they stay in the calendar as they are."""
    lost_workouts: tuple[LostSession, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    unsure: tuple[UnsureSession, ...] = ()
    remarks: tuple[BentRemark, ...] = ()
    passed_over: tuple[NoSession, ...] = ()
