"""The practice: what one server knows, and the only way in which its pages change a case."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from threading import RLock
from typing import NamedTuple

from planner.calendars.plan_file import set_aside, write_plan
from planner.calendars.write.file import Written
from planner.editing.edits import Edit
from planner.errors import OutsideError
from planner.files import alone_in, write_new, write_whole
from planner.results.plan import Changes, Plan
from planner.rulebook.model import Rulebook
from planner.web.cases.feeds import Feeds
from planner.web.cases.folder import Folder
from planner.web.cases.opened import (
    Clock,
    Moments,
    Opened,
    Setting,
    base_of,
    calendars_named,
    open_case,
    opened_with,
    questions_about,
    written_plan,
)
from planner.web.cases.outside import ConflictError, DrawnTexts, StaleError, differences
from planner.web.cases.undo import Changed
from planner.web.security.tokens import Secrets
from planner.what_if.questions import Questions

MOST_TRIES = 3
"""So often a change is made anew where an editor saves the file just then."""


class Reach(NamedTuple):
    """Say by what address others reach the server: `local` where only this computer does."""

    origin: str
    local: bool


class Saved(NamedTuple):
    """Hold what a change did: its number, by which it is taken back, and what became of the plan (None: none kept)."""

    number: int
    changes: Changes
    words: str = ""
    """What a page says of it, where that is more than that it was kept."""


class Good(NamedTuple):
    """Hold the text of a case without a mistake, and when it was read."""

    text: str
    read: datetime


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
        rules: Path | None = None,
    ) -> None:
        """Hold them all; `rules` is the folder that the rules were read from, where it is an own one."""
        self.folder = folder
        self.rulebook = rulebook
        self.secrets = secrets
        self.feeds = feeds
        self.reach = reach
        self.drawn = DrawnTexts()
        self.changed = Changed()
        self.last: dict[str, Saved] = {}
        """What the last change of a case did, by its key."""
        self.untold: set[str] = set()
        """The keys of the cases whose last change no page has told yet."""
        self.good: dict[str, Good] = {}
        """Each case as it was when it last was one, by its key."""
        self.rules = rules
        words = rules if rules is not None and (rules / "reading.toml").is_file() else None
        self.setting = Setting(rulebook, clock, today, words)
        self._writing = RLock()
        self._questions: dict[tuple[object, ...], Questions] = {}

    def path_of(self, key: str) -> Path | None:
        """Return the file of a case, None where no case has that key."""
        return self.folder.path_of(key)

    def today(self) -> date:
        """Return the day by which lists are made again: that of this computer, for cases have zones of their own."""
        return self.setting.today or self.setting.clock().date()

    @property
    def moments(self) -> Moments:
        """What another process needs to work as this one does now."""
        return Moments(self.setting.clock(), self.setting.today, self.rules, self.setting.words)

    def open(self, key: str, path: Path, *, remember: bool = True) -> Opened:
        """Return a case as its files stand; raises as `open_case` does. What no page shows is not remembered."""
        opened = open_case(key, path, self.setting)
        if remember:
            self.drawn.remember(opened.text)
            self.good[key] = Good(opened.text, opened.moment.now)
        return opened

    def questions(self, opened: Opened, start: date | None = None, weeks: int | None = None) -> Questions:
        """Return the best plan of a case and what can be asked about it; the last ones are kept for who asks again."""
        minute = int(opened.moment.now.timestamp()) // 60
        named = [opened.path.parent / name for _, name in calendars_named(opened.case)]
        calendars = tuple(path.stat().st_mtime_ns for path in named if path.is_file())
        key = (opened.path, opened.base, start, weeks, opened.moment.today, minute, calendars)
        questions = self._questions.get(key)
        if questions is None:
            questions = questions_about(opened, self.setting, start, weeks)
            while len(self._questions) >= 16:
                self._questions.pop(next(iter(self._questions)), None)
            self._questions[key] = questions
        return questions

    def shown(self, opened: Opened) -> Questions:
        """Return the plan that pages show at first, and what can be asked about it."""
        return self.questions(opened, opened.first_shown, opened.weeks_shown)

    def change(self, opened: Opened, edit: Edit, base: str, *, words: str = "") -> Saved:
        """Change a case file, and the calendar file where there is one; return what that did.

        Args:
            opened: the case as the page opened it.
            edit: what is changed in its text.
            base: what the page was drawn from.
            words: what the next page says of the change.

        Raises:
            ConflictError: others changed the file meanwhile.
            InputError: the changed text is no case.
            OutsideError: others write it all the time. In each case nothing is written.

        """
        with self._writing, alone_in(self.folder.home):
            for _ in range(MOST_TRIES):
                with suppress(StaleError):
                    return self._change_once(opened, edit, base, words)
        raise OutsideError(f"{opened.path.name}: another program writes it again and again; close it, and save again")

    def _change_once(self, opened: Opened, edit: Edit, base: str, words: str) -> Saved:
        current = self.open(opened.key, opened.path)
        after = edit(current.text)
        if base.partition(".")[0] != current.base.partition(".")[0]:
            drawn = self.drawn.text_of(base)
            outside = [] if drawn is None else differences(drawn, current.text)
            if drawn is None or outside:
                mine = differences(current.text, after)
                raise ConflictError(outside, mine, base_known=drawn is not None, base=current.base)
        new = opened_with(current.key, current.path, after, current.content, self.setting)
        written = None if current.content is None else written_plan(self.shown(new).plan, new)
        if current.changed_since:
            # An editor that knows no locks saved it while the plan was made.
            raise StaleError
        self._write_case(current.path, after)
        if written is not None:
            self._write_calendar(new.calendar, written)
        return self._note(current, after, written, None, words)

    def keep_plan(
        self,
        opened: Opened,
        plan: Plan,
        *,
        before: Opened | None = None,
        changes: Changes | None = None,
        words: str = "",
    ) -> Saved:
        """Write a plan into the calendar file of a case, and return what that did.

        Args:
            opened: the case that the plan was made from.
            plan: the plan.
            before: the case as its files stand, where `opened` holds what was moved in it.
            changes: what differs for the person, where that is not what the calendar file says.
            words: what the next page says of it.

        Raises:
            StaleError: the files are others by now: nothing was written.

        """
        return self.keep_written(before or opened, written_plan(plan, opened), changes, words)

    def keep_written(
        self, standing: Opened, written: Written, changes: Changes | None = None, words: str = ""
    ) -> Saved:
        """Write a calendar file, as `keep_plan` does.

        Args:
            standing: the case as its files stood when it was made.
            written: the file.
            changes: what differs for the person, where that is not what the file says.
            words: what the next page says of it.

        """
        with self._writing, alone_in(self.folder.home):
            if standing.changed_since:
                raise StaleError
            self._write_calendar(standing.calendar, written)
            return self._note(standing, standing.text, written, changes, words)

    def _note(self, before: Opened, text: str, written: Written | None, changes: Changes | None, words: str) -> Saved:
        """Remember a change, so that it can be shown and taken back."""
        content = before.content if written is None else written.content
        number = self.changed.note(before.path, (before.text, before.content), base_of(text, content))
        saved = Saved(number, changes or (Changes() if written is None else written.changes), words)
        self.last[before.key] = saved
        self.untold.add(before.key)
        return saved

    def take_back(self, opened: Opened, number: int) -> bool:
        """Take a change back; False where it is too long ago, or others changed one of the files since."""
        with self._writing, alone_in(self.folder.home):
            kept = self.changed.find(number, opened.path)
            current = self.open(opened.key, opened.path)
            if kept is None or kept.after != current.base:
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

    def make_case(self, path: Path, text: str) -> str:
        """Write a new case and its calendar file, and return its key; raises as `opened_with` does."""
        with self._writing, alone_in(self.folder.home):
            opened = opened_with("", path, text, None, self.setting)
            written = written_plan(self.shown(opened).plan, opened)
            write_new(path, text)
            write_plan(path.with_suffix(".ics"), written.content)
            return self.folder.keep(path)

    @staticmethod
    def _write_case(path: Path, text: str) -> None:
        mark = b"\xef\xbb\xbf" if path.read_bytes()[:3] == b"\xef\xbb\xbf" else b""
        write_whole(path, mark + text.encode())

    @staticmethod
    def _write_calendar(calendar: Path, written: Written) -> None:
        if written.overwritten:
            set_aside(calendar)
        write_plan(calendar, written.content)
