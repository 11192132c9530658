"""Breaks: the days without a kind of workout, and the first day back, from which the way back is counted.

What says that there was a break is a rule's ban, days that the case calls away, a dated last session, or a log that
was kept meanwhile; an empty log is no break. A run-and-walk is a run. Of a session that is still to come, the first day
back is the first one on which rules and availability let it be, until a plan says when it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import ceil
from typing import NamedTuple
from zoneinfo import ZoneInfo

from planner.case.availability import Availability, Away
from planner.clock import Seconds
from planner.dose.history import History, TrainingSession
from planner.limits.log_windows import REMEMBERED
from planner.limits.rule_windows import DAY, FOREVER
from planner.limits.verdicts import Limits
from planner.rulebook.model import Rulebook

FOR_A_KIND = {
    "run": ("run_easy", "run_walk"),
    "bike": ("bike_easy",),
    "swim": ("swim", "swim_pull"),
    "upper_body": ("upper_body",),
    "lower_body": ("lower_body",),
}
"""The workouts any of which ends a break of a kind: where rules forbid them all, it is banned."""
SHORT_BAN = 3
"""Days: a shorter ban by a rule asks for nothing but a careful first run (`DO-01`)."""
LEAST_DAYS = 6
"""Days without a kind that are a break where only a log says so."""
WEEK = 7
"""Days: a break of so many has a way back, which says what the next weeks may hold; what was before it does not."""


class Break(NamedTuple):
    """Hold the days without a kind, and the day of the first session back; `last` is the one before it, if known."""

    kind: str
    days: int
    back: date
    opens: date
    """The first day on which it may be."""
    last: date | None = None

    @property
    def has_a_way_back(self) -> bool:
        """Whether it is so long that the way back says what the weeks after it may hold."""
        return self.days >= WEEK

    def touches(self, first: date, last: date) -> bool:
        """Return whether any of its days lies between two days, both included."""
        return self.back - timedelta(days=self.days) <= last and self.back > first


class Ban(NamedTuple):
    """Hold a time in which rules forbid a kind, from its first day to the day on which it is let go."""

    first: date
    lets_go: date | None
    whole_days: int = 0
    """How many times 24 hours it lasts."""
    always_was: bool = False
    """Whether it has no first day: what it goes by has none."""


def bans(limits: Limits, kind: str, tz: ZoneInfo) -> list[Ban]:
    """Return the times in which rules forbid every workout that would end a break of a kind."""
    workouts = [key for key in FOR_A_KIND[kind] if key in limits.rulebook.workouts]
    common = limits.banned_times(workouts) if workouts else []
    return [
        Ban(_day(opens, tz), None if closes >= FOREVER else _day(closes, tz), (closes - opens) // DAY, opens <= 0)
        for opens, closes in common
    ]


def _day(moment: Seconds, tz: ZoneInfo) -> date:
    return datetime.fromtimestamp(max(moment, 0), UTC).astimezone(tz).date()


class BreakFinder:
    """Find the breaks of each kind up to the end of a plan."""

    def __init__(
        self,
        history: History,
        limits: Limits,
        rulebook: Rulebook,
        availability: Availability,
        tz: ZoneInfo,
        first: date,
        last: date,
        planned: Sequence[TrainingSession] = (),
        runs: int = 0,
        away: Sequence[Away] = (),
    ) -> None:
        self.history, self.limits, self.rulebook = history, limits, rulebook
        self.availability, self.tz = availability, tz
        self.first, self.last = first, last
        self.planned, self.away = planned, away
        self.least = max(LEAST_DAYS, ceil(2 * 7 / runs) - 1 if runs else 0)
        """So many days without are a break where no rule says so: fewer are the rhythm of who runs so often."""

    def of(self, kind: str) -> list[Break]:
        """Return the breaks of a kind, in order of the first day back."""
        if kind not in FOR_A_KIND:
            return []
        banned = [*bans(self.limits, kind, self.tz), *self._absences(kind)]
        banned = [ban for ban in banned if ban.first <= self.last]
        there = {session.day for session in self.history.sessions if self._ends_a_break(session, kind)}
        done = sorted(there | {*filter(None, [self.history.last.get(kind)])})
        pauses = [
            pause for last, back in pairwise(done) if (pause := self._between(kind, last, back, banned)) is not None
        ]
        still = self._still(kind, done, banned)
        return sorted([*pauses, *still], key=lambda pause: pause.back)

    def _absences(self, kind: str) -> Iterator[Ban]:
        """Yield the days on which the person is away from a kind, where they are as many as make a break."""
        for entry in self.away:
            days = (entry.until - entry.from_).days + 1
            if days >= self.least and (entry.what == "all" or kind in entry.what):
                yield Ban(entry.from_, entry.until + timedelta(days=1), days)

    def _ends_a_break(self, session: TrainingSession, kind: str) -> bool:
        """Return whether a session ends a break of a kind: one of it, or one that holds it, as a brick holds a ride."""
        workouts = self.rulebook.workouts
        entry = workouts.get(session.workout)
        if session.kind == kind or entry is None:
            return session.kind == kind
        return (
            entry.is_whole_running
            if kind == "run"
            else any(workouts[workout].kind == kind for workout in entry.counts_as)
        )

    def _between(self, kind: str, last: date, back: date, banned: Iterable[Ban]) -> Break | None:
        """Return the break between two sessions that were done, None where nothing says that there was one."""
        days = (back - last).days - 1
        if days < 1 or (self.first - back).days > REMEMBERED:
            return None
        is_certain = self.history.was_kept_between(last, back) or self.history.last.get(kind) == last
        if is_certain and days >= self.least:
            return Break(kind, days, back, back, last)
        inside = [ban for ban in banned if last < ban.first < back and ban.whole_days >= SHORT_BAN]
        return Break(kind, (back - inside[0].first).days, back, back, last) if inside else None

    def _still(self, kind: str, done: Sequence[date], banned: Sequence[Ban]) -> list[Break]:
        """Return the breaks that last until the plan, or come in it."""
        last = done[-1] if done else None
        pauses = []
        begins = self._since(kind, last)
        if begins is not None:
            back = self._first_back(kind, max(self.first, begins), banned)
            if back is not None and (back - begins).days >= self.least:
                pauses.append(Break(kind, (back - begins).days, back, max(self.first, begins), last))
        for ban in banned:
            if ban.lets_go is None or (last is not None and ban.first <= last) or ban.whole_days < SHORT_BAN:
                continue
            if ban.always_was:
                # Since when there is what a clinician has cleared, nobody says: it is no word of a break.
                continue
            if ban.lets_go < self.first:
                if self._on_the_way_back(ban):
                    pauses.append(Break(kind, (ban.lets_go - ban.first).days, ban.lets_go, ban.lets_go, last))
                continue
            back = self._first_back(kind, max(self.first, ban.lets_go), banned)
            if back is not None and (not pauses or back > pauses[-1].back):
                pauses.append(Break(kind, (back - ban.first).days, back, max(self.first, ban.lets_go), last))
        return pauses

    def _on_the_way_back(self, ban: Ban) -> bool:
        """Return whether a ban that is over still asks for a way back: not longer ago than it lasted.

        Nothing tells of what was done since: at best it began on the day on which it might. What the case says of usual
        minutes since then, or a log that was kept, goes before that.
        """
        if ban.lets_go is None or ban.whole_days < self.least:
            return False
        if self.history.dated and self.history.as_of >= ban.lets_go:
            return False
        recent = (self.first - ban.lets_go).days <= ban.whole_days
        return recent and not any(day >= ban.lets_go for day in self.history.noted)

    def _since(self, kind: str, last: date | None) -> date | None:
        """Return the first day of a break that lasts still, as the log or a dated last session tell of it."""
        if last is None:
            # Whoever logs other things, and never this one, has not done it.
            return self.history.log_from if self.history.noted else None
        dated = self.history.last.get(kind) == last
        later = any(day > last for day in self.history.noted)
        return last + timedelta(days=1) if dated or later else None

    def _first_back(self, kind: str, first: date, banned: Iterable[Ban]) -> date | None:
        """Return the day of the first session from a day on: planned, or the first on which there may be one."""
        there = [session for session in self.planned if self._ends_a_break(session, kind)]
        planned = [session.day for session in there if session.day >= first and session.workout != "race"]
        if self.planned:
            return min(planned, default=None)
        closed = [ban for ban in banned if ban.lets_go is None or ban.lets_go > first]
        for number in range((self.last - first).days + 1):
            day = first + timedelta(days=number)
            if not self.availability.on(day):
                continue
            if not any(ban.first <= day and (ban.lets_go is None or day < ban.lets_go) for ban in closed):
                return day
        return None
