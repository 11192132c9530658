"""An opened case: its file, its calendar file, and the best plan that follows from both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from planner.calendars.of_case import calendars_of
from planner.calendars.plan_file import is_plan_of, read_plan
from planner.calendars.write.file import Written, write
from planner.calendars.write.memory import Memory, read_memory
from planner.case.file import identified, parse_case
from planner.case.model import Case
from planner.clock import end_of_plan, midnight, week_of
from planner.errors import InputError, Problem
from planner.files import read_text
from planner.results.plan import Plan
from planner.rulebook.file import rulebook
from planner.rulebook.model import Rulebook
from planner.scheduling.request import Request
from planner.scheduling.task import days_to_read
from planner.what_if.questions import Questions

Clock = Callable[[], datetime]
MOST_WEEKS_AT_FIRST = 6


class Moment(NamedTuple):
    """Hold what counts as now: the day, the moment up to which things are past, and the stamp of what is written.

    Nothing is planned before `to_come`.
    """

    today: date
    now: datetime
    stamp: datetime
    to_come: datetime


class Setting(NamedTuple):
    """Hold by what cases are opened and planned: the rules, the clock, and which day counts as today.

    `words` is the folder of the words by which the titles of somebody else's plan are read, where it is an own one.
    """

    rulebook: Rulebook
    clock: Clock
    today: date | None = None
    words: Path | None = None

    def moment(self, tz: ZoneInfo) -> Moment:
        """Return what counts as now in a time zone."""
        now = self.clock().astimezone(tz).replace(microsecond=0)
        if self.today is None or now.date() == self.today:
            return Moment(now.date(), now, now.astimezone(UTC), now)
        begins = midnight(self.today, tz)
        return Moment(self.today, begins, now.astimezone(UTC), begins)


class Moments(NamedTuple):
    """Say by which rules another process works, and what counts as now: it has no clock of its own."""

    now: datetime
    today: date | None
    rules: Path | None
    words: Path | None

    @property
    def setting(self) -> Setting:
        """The setting that they say; the rules are read once."""
        return Setting(rulebook(self.rules), lambda: self.now, self.today, self.words)


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
        return base_of(self.text, self.content)

    @property
    def changed_since(self) -> bool:
        """Whether one of the files on the disk is another by now."""
        return base_of(read_text(self.path), read_plan(self.calendar)) != self.base

    @property
    def calendar(self) -> Path:
        """The calendar file beside the case."""
        return self.path.with_suffix(".ics")

    @property
    def first_shown(self) -> date:
        """The first day that a page shows: that of the week of the calendar in which today lies."""
        today = self.moment.today
        if self.memory is None or not self.memory.earlier.first <= today <= self.memory.earlier.last:
            return today
        return max(week_of(today, self.case.week_starts), self.memory.earlier.first)

    @property
    def weeks_shown(self) -> int | None:
        """How many times seven days a page shows at first: as far as a plan of today and the calendar go, at most six.

        None is to the end of a calendar week, as `planner.clock.end_of_plan` says, and as the command line has it.
        """
        starts, first = self.case.week_starts, self.first_shown
        last = end_of_plan(self.moment.today, None, starts)
        if self.memory is not None and self.memory.earlier.last > last:
            last = self.memory.earlier.last
        if last <= end_of_plan(first, None, starts):
            return None
        return min(MOST_WEEKS_AT_FIRST, -(-((last - first).days + 1) // 7))

    @property
    def private(self) -> bool:
        """Whether the calendar file says nothing about health."""
        return self.memory is not None and self.memory.private


def base_of(text: str, content: bytes | None) -> str:
    """Return what tells one state of a case file and its calendar file from another."""
    return f"{digest(text.encode())}.{digest(content or b'')}"


def digest(content: bytes) -> str:
    """Return what tells one content from another."""
    return sha256(content).hexdigest()[:16]


def open_case(key: str, path: Path, setting: Setting) -> Opened:
    """Return the case of a file.

    Raises `InputError` with every mistake in it, or in its calendar file, and `OutsideError` where the disk fails.
    """
    return opened_with(key, path, read_text(path), read_plan(path.with_suffix(".ics")), setting)


def opened_with(key: str, path: Path, text: str, content: bytes | None, setting: Setting) -> Opened:
    """Return a case as it would be with a text and a calendar file; raises as `open_case` does.

    Args:
        key: by what addresses know the case.
        path: where its file lies, or would lie.
        text: what stands in it.
        content: its calendar file, None where there is none.
        setting: by which rules and what clock it is opened.

    """
    case = identified(parse_case(text, path.name, setting.rulebook), path)
    moment = setting.moment(case.tz)
    memory = None
    if content is not None:
        memory = read_memory(content, path.with_suffix(".ics").name, moment.now)
        if not is_plan_of(case, memory.earlier.plan_id):
            wrong = "holds the plan of another case, and is left as it is"
            right = f'if this is that case renamed, write id = "{memory.earlier.plan_id}" in {path.name}'
            raise InputError([Problem(path.with_suffix(".ics").name, "", wrong, right)])
    return Opened(key, path, text, case, content, memory, moment)


def calendars_named(case: Case) -> Iterator[tuple[str, str]]:
    """Yield the calendar files that a case names, each with the field that names it."""
    for table in ("treatments", "busy", "workouts"):
        for number, entry in enumerate(getattr(case, table)):
            if entry.calendar:
                yield f"{table}[{number}].calendar", entry.calendar


def request_of(opened: Opened, setting: Setting, start: date | None = None, weeks: int | None = None) -> Request:
    """Return the request for a plan of a case, as its files stand, from a day on; its calendars are read.

    Args:
        opened: the case.
        setting: by which rules and words it is planned.
        start: the first day; default: today.
        weeks: how many times seven days; default: to the end of a calendar week.

    Raises `InputError` where one of them cannot be read.

    """
    moment, memory = opened.moment, opened.memory
    earlier = None if memory is None else memory.earlier
    first, last = days_to_read(start or moment.today, weeks, earlier and earlier.last)
    calendars = calendars_of(opened.path, opened.case, first, last, setting.words)
    return Request(opened.case, setting.rulebook, moment.today, start, weeks, calendars, earlier, moment.to_come)


def questions_about(opened: Opened, setting: Setting, start: date | None = None, weeks: int | None = None) -> Questions:
    """Return the best plan of a case from a day on, and what can be asked about it.

    Args:
        opened: the case, as its files stand.
        setting: by which rules and words it is planned.
        start: the first day; None is today.
        weeks: how many times seven days; None goes to the end of a calendar week.

    """
    return Questions(request_of(opened, setting, start, weeks))


def written_plan(plan: Plan, opened: Opened, *, private: bool | None = None) -> Written:
    """Return a plan as the calendar file that follows the one that is there."""
    private = opened.private if private is None else private
    return write(plan, opened.moment.stamp, memory=opened.memory, private=private)
