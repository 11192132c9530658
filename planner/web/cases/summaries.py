"""Summaries: each case of a folder in one line, looked at again where it changed, so that thousands are quick."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from typing import NamedTuple

from planner.appointments.appointment import appointments
from planner.calendars.of_case import calendars_of
from planner.errors import InputError, OutsideError
from planner.limits.red_flags import LEVELS, raised_flags
from planner.revision.calendar import Earlier
from planner.revision.revise import recognise_workouts
from planner.rulebook.model import Rulebook
from planner.scheduling.notes import alerts
from planner.scheduling.request import Request, gather_alert_facts
from planner.scheduling.task import LOOK_BACK
from planner.web.all_cores import cores, on_all_cores
from planner.web.cases.opened import Moments, Opened, Setting, open_case
from planner.web.cases.practice import Practice
from planner.wording.signs import sign_name

AT_ONCE = 0.8
"""Seconds that a page waits for; what was not looked at by then is looked at behind it."""
AHEAD = timedelta(weeks=26)
WORTH_PROCESSES = 200
"""So many cases are looked at by other processes: here they would hold up each page that is asked for meanwhile."""


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
    changed: datetime | None = None
    """When the case's own file was written last."""

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
        self._summaries: dict[str, tuple[Stamp, Summary]] = {}
        self._lock = Lock()
        self._working = False

    def all(self) -> tuple[list[Summary], int]:
        """Return the summaries that are known now, those to look at first, and how many are still to come."""
        until, today = monotonic() + AT_ONCE, self._practice.today()
        stamps = {case: _stamp(case[1], today) for case in self._practice.folder.keys().items()}
        left = [case for case, stamp in stamps.items() if self._stamp_known(case) != stamp]
        while left and not self._working and monotonic() < until:
            case = left.pop(0)
            self._summaries[case[0]] = (stamps[case], summary_of(case, self._practice.setting))
        if left:
            self._read_in_background([(case, stamps[case]) for case in left])
        summaries = [
            summary._replace(changed=datetime.fromtimestamp(stamp[0] / 1e9, UTC))
            for stamp, summary in (self._summaries[key] for key, _ in stamps if key in self._summaries)
        ]
        return sorted(summaries, key=lambda summary: summary.order), len(stamps) - len(summaries)

    def _stamp_known(self, case: tuple[str, Path]) -> Stamp | None:
        kept = self._summaries.get(case[0])
        return None if kept is None else kept[0]

    def _read_in_background(self, left: list[tuple[tuple[str, Path], Stamp]]) -> None:
        with self._lock:
            if self._working:
                return
            self._working = True
        Thread(target=self._work, args=(left,), daemon=True).start()

    def _work(self, left: list[tuple[tuple[str, Path], Stamp]]) -> None:
        stamps = {case[0]: stamp for case, stamp in left}
        cases = [case for case, _ in left]
        try:
            for summary in self._looked_at(cases):
                self._summaries[summary.key] = (stamps[summary.key], summary)
        finally:
            self._working = False

    def _looked_at(self, cases: list[tuple[str, Path]]) -> Iterator[Summary]:
        if len(cases) < WORTH_PROCESSES or cores() == 1:
            yield from (summary_of(case, self._practice.setting) for case in cases)
            return
        yield from on_all_cores(partial(summary_elsewhere, moments=self._practice.moments), cases, "spawn")


def _stamp(path: Path, today: date) -> Stamp:
    """Return what tells a case's files from what they were, on a day."""
    return _changed(path), _changed(path.with_suffix(".ics")), today


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def summary_elsewhere(case: tuple[str, Path], moments: Moments) -> Summary:
    """Return the summary of a case from another process, which has read the rules once."""
    return summary_of(case, moments.setting)


def summary_of(case: tuple[str, Path], setting: Setting) -> Summary:
    """Return a case (its key and its file) in one line, also where something is wrong with it."""
    key, path = case
    try:
        return _summary(open_case(key, path, setting), setting)
    except InputError as error:
        return Summary(key, path.stem, wrong=error.problems[0].within_file)
    except OutsideError as error:
        return Summary(key, path.stem, wrong=str(error))


def _summary(opened: Opened, setting: Setting) -> Summary:
    case, book, moment = opened.case, setting.rulebook, opened.moment
    first, last = moment.today - LOOK_BACK, moment.today + AHEAD
    calendars = calendars_of(opened.path, case, first, last, setting.words)
    earlier = None if opened.memory is None else recognise_workouts(opened.memory.earlier, book)
    facts = gather_alert_facts(
        Request(case, book, moment.today, calendars=calendars, earlier=earlier, now=moment.to_come)
    )
    booked = appointments(case, book, last, moment.today, calendars)
    treatment = next((appointment for appointment in booked if appointment.end > moment.now), None)
    warnings = [] if facts.flags else list(alerts(facts))
    flag = next((flag for flag in raised_flags(case, book, booked) if flag.stands_on(moment.today)), None)
    return Summary(
        opened.key,
        case.name or opened.path.stem,
        tuple(book.regions[injury.region].name.lower() for injury in case.injury),
        None if treatment is None else treatment.day if treatment.whole_day else treatment.start,
        min(_runs(earlier, opened, book), default=None),
        None if flag is None else (sign_name(flag).lower(), flag.day),
        "" if flag is None else flag.sign.level,
        max((entry.date for entry in case.log), default=None),
        alert=warnings[0] if warnings else "",
        kept=opened.memory is not None,
    )


def _runs(earlier: Earlier | None, opened: Opened, book: Rulebook) -> Iterator[datetime]:
    """Yield when the runs begin that the calendar shows from now on."""
    for event in () if earlier is None else earlier.events:
        run = event.mark in book.workouts and book.workouts[event.mark].kind in {"run", "race"}
        if run and isinstance(event.start, datetime) and not event.cancelled and event.start > opened.moment.now:
            yield event.start.astimezone(opened.case.tz)
