"""Summaries: each case of a folder in one line, looked at again where it changed, so that thousands are quick."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from typing import NamedTuple

from planner.appointments.appointment import appointments
from planner.calendars.of_case import calendars_of
from planner.errors import InputError, OutsideError
from planner.limits.red_flags import LEVELS, raised_flags
from planner.scheduling.notes import alerts
from planner.scheduling.request import prepared
from planner.web.cases.opened import Opened, request_of
from planner.web.cases.practice import Practice
from planner.wording.signs import sign_name

AT_ONCE = 0.8
"""Seconds that a page waits for; what was not looked at by then is looked at behind it."""
AHEAD = timedelta(weeks=26)


class Summary(NamedTuple):
    """Hold what a list says of a case; `wrong` is a mistake in its file, `sign` an open danger sign with its day."""

    key: str
    name: str
    regions: tuple[str, ...] = ()
    treatment: datetime | date | None = None
    run: datetime | None = None
    sign: tuple[str, date] | None = None
    level: str = ""
    last_log: date | None = None
    wrong: str = ""
    alert: str = ""
    """What the plan itself would have somebody look at, such as a setback."""
    kept: bool = False

    @property
    def order(self) -> tuple[int, str]:
        """Those to look at come first, then by name."""
        urgency = 0 if self.level in LEVELS[:2] else 1 if self.wrong else 2 if self.sign or self.alert else 3
        return urgency, self.name.casefold()


Stamp = tuple[int, int, date]


class Summaries:
    """Know the summaries of a practice's cases, and look again where a file changed."""

    def __init__(self, practice: Practice) -> None:
        self._practice = practice
        self._known: dict[str, tuple[Stamp, Summary]] = {}
        self._lock = Lock()
        self._working = False

    def all(self) -> tuple[list[Summary], int]:
        """Return the summaries that are known now, those to look at first, and how many are still to come."""
        until, left = monotonic() + AT_ONCE, []
        keys = self._practice.folder.keys()
        for key, path in keys.items():
            if not self._fresh(key, path):
                if monotonic() < until:
                    self._look(key, path)
                else:
                    left.append((key, path))
        if left:
            self._behind(left)
        known = [self._known[key][1] for key in keys if key in self._known]
        return sorted(known, key=lambda each: each.order), len(keys) - len(known)

    def _fresh(self, key: str, path: Path) -> bool:
        known = self._known.get(key)
        return known is not None and known[0] == self._stamp(path)

    def _stamp(self, path: Path) -> Stamp:
        calendar = path.with_suffix(".ics")
        try:
            times = path.stat().st_mtime_ns, calendar.stat().st_mtime_ns if calendar.exists() else 0
        except OSError:
            times = 0, 0
        return (times[0], times[1], self._practice.today())

    def _behind(self, left: list[tuple[str, Path]]) -> None:
        with self._lock:
            if self._working:
                return
            self._working = True

        def work() -> None:
            try:
                for key, path in left:
                    self._look(key, path)
            finally:
                self._working = False

        Thread(target=work, daemon=True).start()

    def _look(self, key: str, path: Path) -> None:
        stamp = self._stamp(path)
        try:
            summary = self._of(self._practice.open(key, path, remember=False))
        except InputError as error:
            summary = Summary(key, path.stem, wrong=str(error.problems[0]).partition(": ")[2])
        except OutsideError as error:
            summary = Summary(key, path.stem, wrong=str(error))
        self._known[key] = (stamp, summary)

    def _of(self, opened: Opened) -> Summary:
        case, book, moment = opened.case, self._practice.rulebook, opened.moment
        calendars = calendars_of(opened.path, case, moment.today, moment.today + AHEAD)
        booked = appointments(case, book, moment.today + AHEAD, moment.today, calendars)
        treatment = next((one for one in booked if one.end > moment.now), None)
        runs = []
        if opened.memory is not None:
            runs = [
                event.start.astimezone(case.tz)
                for event in opened.memory.earlier.events
                if isinstance(event.start, datetime)
                and not event.cancelled
                and event.start > moment.now
                and event.mark in book.workouts
                and book.workouts[event.mark].kind in {"run", "race"}
            ]
        task = prepared(request_of(opened, self._practice.setting))
        told = [] if task.flags else list(alerts(task))
        flag = next((each for each in raised_flags(case, book, booked) if each.stands_on(moment.today)), None)
        return Summary(
            opened.key,
            case.name or opened.path.stem,
            tuple(book.regions[injury.region].name.lower() for injury in case.injury),
            None if treatment is None else treatment.day if treatment.whole_day else treatment.start,
            min(runs, default=None),
            None if flag is None else (sign_name(flag).lower(), flag.day),
            "" if flag is None else flag.sign.level,
            max((entry.date for entry in case.log), default=None),
            alert=told[0] if told else "",
            kept=opened.memory is not None,
        )
