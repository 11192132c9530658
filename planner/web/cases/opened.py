"""An opened case: its file, its calendar file, and the best plan that follows from both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from planner.calendars.of_case import calendars_of
from planner.calendars.plan_file import is_plan_of, read_plan
from planner.calendars.write.file import Written, write
from planner.calendars.write.memory import Memory, read_memory
from planner.case.file import identified, parse_case
from planner.case.model import Case
from planner.errors import InputError, Problem
from planner.files import read_text
from planner.results.plan import Plan
from planner.rulebook.model import Rulebook
from planner.scheduling.request import Request
from planner.scheduling.task import days_to_read
from planner.what_if.questions import Questions

MomentOf = Callable[[Case], "Moment"]


class Moment(NamedTuple):
    """Hold what counts as now: the day, the moment up to which things are past, and the stamp of what is written.

    Nothing is planned before `to_come`.
    """

    today: date
    now: datetime
    stamp: datetime
    to_come: datetime


class Opened(NamedTuple):
    """Hold a case as its files stand; `memory` is None where no plan was kept yet."""

    key: str
    path: Path
    text: str
    case: Case
    content: bytes | None
    memory: Memory | None
    moment: Moment

    @property
    def base(self) -> str:
        """What tells this state of both files from another: a page carries it, and so sees what others changed."""
        return f"{digest(self.text.encode())}.{digest(self.content or b'')}"

    @property
    def calendar(self) -> Path:
        """The calendar file beside the case."""
        return self.path.with_suffix(".ics")

    @property
    def private(self) -> bool:
        """Whether the calendar file says nothing about health."""
        return self.memory is not None and self.memory.private


def digest(content: bytes) -> str:
    """Return what tells one content from another."""
    return sha256(content).hexdigest()[:16]


def open_case(key: str, path: Path, rulebook: Rulebook, moment_of: MomentOf) -> Opened:
    """Return the case of a file.

    Raises `InputError` with every mistake in it, or in its calendar file, and `OutsideError` where the disk fails.
    """
    return opened_with(key, path, read_text(path), read_plan(path.with_suffix(".ics")), rulebook, moment_of)


def opened_with(
    key: str, path: Path, text: str, content: bytes | None, rulebook: Rulebook, moment_of: MomentOf
) -> Opened:
    """Return a case as it would be with a text and a calendar file; raises as `open_case` does."""
    case = identified(parse_case(text, path.name, rulebook), path)
    moment = moment_of(case)
    memory = None
    if content is not None:
        memory = read_memory(content, path.with_suffix(".ics").name, moment.now)
        if not is_plan_of(case, memory.earlier.plan_id):
            wrong = "holds the plan of another case, and is left as it is"
            right = f'if this is that case renamed, write id = "{memory.earlier.plan_id}" in {path.name}'
            raise InputError([Problem(path.with_suffix(".ics").name, "", wrong, right)])
    return Opened(key, path, text, case, content, memory, moment)


def request_of(opened: Opened, rulebook: Rulebook, start: date | None = None, weeks: int | None = None) -> Request:
    """Return the request for a plan of a case, as its files stand, from a day on; its calendars are read.

    Raises `InputError` where one of them cannot be read.
    """
    moment, memory = opened.moment, opened.memory
    first, last = days_to_read(start or moment.today, weeks)
    calendars = calendars_of(opened.path, opened.case, first, last)
    earlier = None if memory is None else memory.earlier
    return Request(opened.case, rulebook, moment.today, start, weeks, calendars, earlier, moment.to_come)


def questions_about(
    opened: Opened, rulebook: Rulebook, start: date | None = None, weeks: int | None = None
) -> Questions:
    """Return the best plan of a case from a day on, and what can be asked about it."""
    return Questions(request_of(opened, rulebook, start, weeks))


def written_plan(plan: Plan, opened: Opened, *, private: bool | None = None) -> Written:
    """Return a plan as the calendar file that follows the one that is there."""
    private = opened.private if private is None else private
    return write(plan, opened.moment.stamp, memory=opened.memory, private=private)
