"""The practice: what one server knows, and the only way in which its pages change a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import RLock
from typing import NamedTuple
from zoneinfo import ZoneInfo

from planner.calendars.plan_file import set_aside, write_plan
from planner.calendars.write.file import Written
from planner.case.model import Case
from planner.clock import midnight
from planner.editing.edits import Edit
from planner.files import alone_in, write_new, write_whole
from planner.results.plan import Changes, Plan
from planner.rulebook.model import Rulebook
from planner.web.cases.feeds import Feeds
from planner.web.cases.folder import Folder
from planner.web.cases.opened import (
    Moment,
    Opened,
    digest,
    open_case,
    opened_with,
    questions_about,
    written_plan,
)
from planner.web.cases.outside import ConflictError, DrawnTexts, differences
from planner.web.cases.undo import Changed
from planner.web.security.tokens import Secrets
from planner.what_if.questions import Questions

Clock = Callable[[], datetime]


class Reach(NamedTuple):
    """Say by what address others reach the server: `local` where only this computer does."""

    origin: str
    local: bool


class Saved(NamedTuple):
    """Hold what a change did: its number, by which it is taken back, and what became of the plan (None: none kept)."""

    number: int
    changes: Changes


class Practice:
    """Hold the folder, the rules, the secrets and the clock of one server."""

    def __init__(
        self,
        folder: Folder,
        rulebook: Rulebook,
        secrets: Secrets,
        feeds: Feeds,
        reach: Reach,
        *,
        today: date | None = None,
        clock: Clock = lambda: datetime.now(UTC),
    ) -> None:
        self.folder = folder
        self.rulebook = rulebook
        self.secrets = secrets
        self.feeds = feeds
        self.reach = reach
        self.drawn = DrawnTexts()
        self.changed = Changed()
        self.last: dict[str, Saved] = {}
        """What the last change of a case did, by its key."""
        self._today = today
        self._clock = clock
        self._writing = RLock()
        self._known: dict[tuple[object, ...], Questions] = {}

    def moment(self, case: Case) -> Moment:
        """Return what counts as now for a case."""
        return self.moment_in(case.tz)

    def moment_in(self, tz: ZoneInfo) -> Moment:
        """Return what counts as now in a time zone."""
        now = self._clock().astimezone(tz).replace(microsecond=0)
        if self._today is None or now.date() == self._today:
            return Moment(now.date(), now, now.astimezone(UTC), now)
        begins = midnight(self._today, tz)
        return Moment(self._today, begins, now.astimezone(UTC), begins)

    def path_of(self, key: str) -> Path | None:
        """Return the file of a case, None where no case has that key."""
        return self.folder.path_of(key)

    def today(self) -> date:
        """Return the day by which lists are made again: that of this computer, for cases have zones of their own."""
        return self._today or self._clock().date()

    def open(self, key: str, path: Path, *, remember: bool = True) -> Opened:
        """Return a case as its files stand; raises as `open_case` does. What no page shows is not remembered."""
        opened = open_case(key, path, self.rulebook, self.moment)
        if remember:
            self.drawn.remember(opened.text)
        return opened

    def questions(self, opened: Opened, start: date | None = None, weeks: int = 1) -> Questions:
        """Return the best plan of a case and what can be asked about it; the last ones are kept for who asks again."""
        quarter = int(opened.moment.now.timestamp()) // 60
        calendars = [path.stat().st_mtime_ns for path in self._calendars(opened) if path.is_file()]
        key = (opened.path, opened.base, start, weeks, opened.moment.today, quarter, tuple(calendars))
        found = self._known.get(key)
        if found is None:
            found = questions_about(opened, self.rulebook, start, weeks)
            while len(self._known) >= 16:
                self._known.pop(next(iter(self._known)), None)
            self._known[key] = found
        return found

    @staticmethod
    def _calendars(opened: Opened) -> list[Path]:
        names = [each.calendar for each in opened.case.treatments if each.calendar]
        names += [each.calendar for each in opened.case.busy]
        return [opened.path.parent / name for name in names]

    def weeks_shown(self, opened: Opened) -> int:
        """Return how many weeks a page shows at first: as far as the calendar goes, at least two, at most six."""
        if opened.memory is None:
            return 2
        days = (opened.memory.earlier.last - self.first_shown(opened)).days + 1
        return min(6, max(1, -(-days // 7)))

    def first_shown(self, opened: Opened) -> date:
        """Return the first day that a page shows: that of the week of the calendar in which today lies."""
        today = opened.moment.today
        if opened.memory is None or not opened.memory.earlier.first <= today <= opened.memory.earlier.last:
            return today
        return today - timedelta(days=(today - opened.memory.earlier.first).days % 7)

    def change(self, opened: Opened, edit: Edit, base: str) -> Saved:
        """Change a case file, and the calendar file where there is one; return what that did.

        `base` is what the page was drawn from. Raises `ConflictError` where others changed the file meanwhile, and
        `InputError` where the changed text is no case: then nothing is written.
        """
        with self._writing, alone_in(self.folder.home):
            current = self.open(opened.key, opened.path)
            after = edit(current.text)
            if base.partition(".")[0] != current.base.partition(".")[0]:
                drawn = self.drawn.text_of(base)
                outside = [] if drawn is None else differences(drawn, current.text)
                if drawn is None or outside:
                    mine = differences(current.text, after)
                    raise ConflictError(outside, mine, known=drawn is not None, base=current.base)
            new = opened_with(current.key, current.path, after, current.content, self.rulebook, self.moment)
            written = None
            if current.content is not None:
                questions = self.questions(new, self.first_shown(new), self.weeks_shown(new))
                written = written_plan(questions.plan, new)
            self._write_case(current.path, after)
            if written is not None:
                self._write_calendar(new, written)
            number = self.changed.note(current.path, (current.text, current.content), after)
            saved = Saved(number, Changes() if written is None else written.changes)
            self.last[current.key] = saved
            return saved

    def keep_plan(
        self, opened: Opened, plan: Plan, *, before: Opened | None = None, changes: Changes | None = None
    ) -> Saved:
        """Write a plan into the calendar file of a case, and return what that did.

        `before` is the case as its files stand, where `opened` holds what was moved in it, and `changes` what differs.
        """
        with self._writing, alone_in(self.folder.home):
            written = written_plan(plan, opened)
            self._write_calendar(opened, written)
            standing = before or opened
            number = self.changed.note(standing.path, (standing.text, standing.content), standing.text)
            saved = Saved(number, changes or written.changes)
            self.last[opened.key] = saved
            return saved

    def take_back(self, opened: Opened, number: int) -> bool:
        """Take a change back; False where it is too long ago, or others changed the file since."""
        with self._writing, alone_in(self.folder.home):
            kept = self.changed.find(number, opened.path)
            current = self.open(opened.key, opened.path)
            if kept is None or digest(kept.after.encode()) != digest(current.text.encode()):
                return False
            text, content = kept.before
            self._write_case(opened.path, text)
            if content is not None:
                write_plan(opened.calendar, content)
            elif opened.calendar.is_file():
                opened.calendar.unlink()
            self.changed.drop(kept)
            self.last.pop(opened.key, None)
            return True

    def make_case(self, path: Path, text: str, *, weeks: int = 2) -> str:
        """Write a new case and its calendar file, and return its key; raises as `opened_with` does."""
        with self._writing, alone_in(self.folder.home):
            opened = opened_with("", path, text, None, self.rulebook, self.moment)
            written = written_plan(self.questions(opened, weeks=weeks).plan, opened)
            write_new(path, text)
            write_plan(path.with_suffix(".ics"), written.content)
            return self.folder.keep(path)

    @staticmethod
    def _write_case(path: Path, text: str) -> None:
        mark = b"\xef\xbb\xbf" if path.read_bytes()[:3] == b"\xef\xbb\xbf" else b""
        write_whole(path, mark + text.encode())

    @staticmethod
    def _write_calendar(opened: Opened, written: Written) -> None:
        if written.overwritten:
            set_aside(opened.calendar)
        write_plan(opened.calendar, written.content)
