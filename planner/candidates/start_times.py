"""Start times: the moments of a start window at which it makes a difference to begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from planner.appointments.busy import Busy
from planner.case.availability import StartWindow
from planner.case.model import Race
from planner.clock import at, local, seconds
from planner.limits.verdicts import Limits


class StartTimes:
    """Know at which times of a start window rules and busy times let something begin."""

    def __init__(self, limits: Limits, busy: Busy, tz: ZoneInfo) -> None:
        self._limits, self._busy, self._tz = limits, busy, tz

    def of(self, day: date, window: StartWindow, race: Race | None = None) -> Iterator[datetime]:
        """Yield the start times that matter in a window, none of them in a busy time.

        They are its beginning, and the moments at which a rule lets go or a busy time ends. A race starts when it
        starts: it may well be what the calendar calls busy.
        """
        first, last = self._span(day, window)
        if first > last:
            # The clock change skips the beginning of the window, and all of it.
            return
        if race is not None or self._busy.until(seconds(first), seconds(first)) is None:
            yield first
        moments = self._limits.lets_go_between(seconds(first), seconds(last))
        if race is None and (frees := self._busy.ends_between(seconds(first), seconds(last))):
            moments = sorted({*moments, *frees})
        for moment in moments:
            if race is not None or self._busy.until(moment, moment) is None:
                yield local(datetime.fromtimestamp(moment, UTC), self._tz)

    def within(self, day: date, window: StartWindow, moments: Iterable[datetime]) -> list[datetime]:
        """Return the moments that lie in a start window."""
        first, last = self._span(day, window)
        return [moment for moment in moments if first <= moment <= last]

    def is_free(self, moment: datetime) -> bool:
        """Whether no busy time holds a moment."""
        return self._busy.until(seconds(moment), seconds(moment)) is None

    def opening(self, day: date, windows: Iterable[StartWindow], moment: datetime) -> datetime:
        """Return when the start window opens in which a moment lies; the moment itself where it lies in none."""
        return next(
            (at(day, window.first, self._tz) for window in windows if self.within(day, window, (moment,))), moment
        )

    def _span(self, day: date, window: StartWindow) -> tuple[datetime, datetime]:
        return at(day, window.first, self._tz), at(day, window.last, self._tz)
