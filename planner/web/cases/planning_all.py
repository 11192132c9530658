"""Planning all cases of a folder behind the page, on all cores; what others change meanwhile is planned again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from planner.calendars.write.file import Written
from planner.errors import InputError, OutsideError
from planner.web.all_cores import cores, on_all_cores
from planner.web.cases.opened import Moments, Opened, Setting, open_case, questions_about, written_plan
from planner.web.cases.outside import StaleError
from planner.web.cases.practice import Practice

WORTH_PROCESSES = 12
"""Fewer cases than this are planned before another process has begun."""


class PlannedCase(NamedTuple):
    """Hold a case as it was read, and the calendar file that follows."""

    opened: Opened
    written: Written


class PlanningAll:
    """Plan all cases behind the page, and know how far that is."""

    def __init__(self) -> None:
        self.total = 0
        self.done = 0
        self.failed = 0
        self.running = False
        self.stopped = False
        self._thread: Thread | None = None

    @property
    def tenths(self) -> int:
        """So many tenths of it are done: a new one is told to who cannot see it, not each case."""
        return self.done * 10 // max(1, self.total)

    def start(self, practice: Practice) -> None:
        """Begin with all cases, unless they are being planned already."""
        if self.running:
            return
        cases = list(practice.folder.keys().items())
        self.total, self.done, self.failed, self.running, self.stopped = len(cases), 0, 0, True, False
        self._thread = Thread(target=self._work, args=(practice, cases), daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop, and wait for the case that is being planned: what is written is written whole."""
        self.stopped = True
        if self._thread is not None:
            self._thread.join()

    def _work(self, practice: Practice, cases: list[tuple[str, Path]]) -> None:
        try:
            for planned in _planned(practice, cases):
                self.failed += not (isinstance(planned, PlannedCase) and self._kept(practice, planned))
                self.done += 1
                if self.stopped:
                    return
        except OutsideError:
            self.failed += self.total - self.done
        finally:
            self.running = False

    @staticmethod
    def _kept(practice: Practice, planned: PlannedCase) -> bool:
        """Keep a plan, and return whether that could be."""
        opened = planned.opened
        with suppress(InputError, OutsideError, StaleError):
            try:
                practice.keep_written(opened, planned.written)
            except StaleError:
                again = practice.open(opened.key, opened.path, remember=False)
                practice.keep_plan(again, practice.shown(again).plan)
            return True
        return False


def _planned(practice: Practice, cases: list[tuple[str, Path]]) -> Iterator[PlannedCase | None]:
    if len(cases) < WORTH_PROCESSES or cores() == 1:
        yield from (plan_case(case, practice.setting) for case in cases)
        return
    yield from on_all_cores(partial(plan_case_elsewhere, moments=practice.moments), cases, "spawn")


def plan_case_elsewhere(case: tuple[str, Path], moments: Moments) -> PlannedCase | None:
    """Plan a case in another process, which has read the rules once."""
    return plan_case(case, moments.setting)


def plan_case(case: tuple[str, Path], setting: Setting) -> PlannedCase | None:
    """Return the plan of a case (its key and its file) as its calendar file, None where something is wrong with it."""
    key, path = case
    try:
        opened = open_case(key, path, setting)
        plan = questions_about(opened, setting, opened.first_shown, opened.weeks_shown).plan
        return PlannedCase(opened, written_plan(plan, opened))
    except (InputError, OutsideError):
        return None
