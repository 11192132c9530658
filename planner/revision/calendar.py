"""Calendar: what it already shows of a plan, as data; a plan that is made again starts from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NamedTuple

from planner.clock import Minutes

ByHand = Literal["", "moved", "deleted"]


class SessionSeal(NamedTuple):
    """Hold what is remembered of a session of somebody else's plan: hashes, and the day that it was planned for.

    `uid` is that of its event, `title` its title, `kind` its workout, `content` all that its coach wrote of it.
    """

    uid: str
    title: str
    day: date
    kind: str
    content: str


class ShownEvent(NamedTuple):
    """Hold one event of a plan as its calendar shows it.

    `mark` says what it is, as `identity.workout_mark` or `identity.treatment_mark` made it (empty: a note that nothing
    is planned); `start` and `end` are aware, or dates for what lasts all day. `by_hand` tells what a person did to it.
    """

    uid: str
    mark: str
    title: str
    start: datetime | date
    end: datetime | date
    sequence: int
    cancelled: bool = False
    by_hand: ByHand = ""
    about: datetime | date | None = None
    """When the treatment begins that a note is about."""
    session: SessionSeal | None = None
    """The session of somebody else's plan that it shows, as the plan had it."""
    moved_at: datetime | None = None
    """When a person moved it, as far as the calendar tells: of moves that contradict each other the latest stands."""

    @property
    def day(self) -> date:
        """The date on which it begins, in the zone of its start."""
        return self.start.date() if isinstance(self.start, datetime) else self.start

    @property
    def moment(self) -> datetime | None:
        """When it begins, None for what lasts all day."""
        return self.start if isinstance(self.start, datetime) else None

    @property
    def minutes(self) -> Minutes:
        """How many real minutes it lasts; 0 for what lasts all day."""
        if isinstance(self.start, datetime) and isinstance(self.end, datetime):
            return Minutes(round((self.end.timestamp() - self.start.timestamp()) / 60))
        return Minutes(0)


class Earlier(NamedTuple):
    """Hold what a calendar shows of an earlier plan.

    It was planned from `first` on, and `last` is the last day that was planned. What begins up to the moment `now`
    is past: no plan touches it. `uids` are those of every event in the calendar, so that none is used twice.
    """

    plan_id: str
    first: date
    last: date
    now: datetime
    events: tuple[ShownEvent, ...] = ()
    uids: frozenset[str] = frozenset()
    rulebook_version: str = ""
    """The version of the rulebook by which it was planned, empty where the calendar does not say."""

    def stands(self, event: ShownEvent, first: date, last: date) -> bool:
        """Return whether an event is out of reach of a plan from a first to a last day: past, or on another day.

        A workout is past once it has begun, a note for a whole day once the day is over.
        """
        past = event.moment <= self.now if event.moment is not None else event.day < self.now.date()
        return past or not first <= event.day <= last
