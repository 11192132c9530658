"""First run back: the times without running that rules order, after which a careful first run follows."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from planner.clock import midnight, seconds
from planner.limits.rule_windows import HOUR
from planner.limits.verdicts import Limits
from planner.revision.revise import REMEMBERED_HOURS

BREAK_HOURS = 24
"""A time without running that a rule orders counts as a break from this length on: then comes a first run back."""


class FirstRunBack:
    """Hold the times, in seconds, in which rules forbid easy runs for so long that a first run back follows."""

    def __init__(self, limits: Limits, tz: ZoneInfo, remembered_from: datetime | None = None) -> None:
        self.tz = tz
        forgotten = 0 if remembered_from is None else seconds(remembered_from)
        # Running and walking in turn may be allowed meanwhile: whoever does so on the last day has run again.
        self.spans = [
            (opens, closes)
            for opens, closes in limits.banned_times(("run_easy",))
            if closes - opens >= BREAK_HOURS * HOUR and closes > forgotten
        ]

    def __bool__(self) -> bool:
        return bool(self.spans)

    def ends_on(self, day: date) -> bool:
        """Return whether a break ends on a day."""
        first, last = midnight(day, self.tz), midnight(day + timedelta(days=1), self.tz)
        return any(seconds(first) < closes <= seconds(last) for _, closes in self.spans)

    def is_first_run_due(self, day: date, last_run: datetime | None, known_from: datetime | None = None) -> bool:
        """Return whether a break lies so short before a day that its first run back is still to come.

        Where a calendar tells what was done from a moment on, a break since then is remembered until a run follows.
        """
        begins = seconds(midnight(day, self.tz))
        ran = 0 if last_run is None else seconds(last_run)
        since = begins - REMEMBERED_HOURS * HOUR
        if known_from is not None:
            since = min(since, seconds(known_from))
        return any(ran < closes and since < closes <= begins for _, closes in self.spans)
