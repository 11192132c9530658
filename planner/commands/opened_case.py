"""An opened case: the file read and checked, its rulebook, which day counts as today, what a file remembers."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from planner.calendars.of_case import calendars_of
from planner.calendars.plan_file import is_plan_of, read_plan
from planner.case.file import parse_case, read_case
from planner.case.model import Case
from planner.clock import FIRST_YEAR, LAST_YEAR, midnight
from planner.errors import InputError, Problem, quoted
from planner.revision.calendar import Earlier, ShownEvent
from planner.revision.revise import recognise_workouts
from planner.rulebook import file as rulebook_file
from planner.rulebook.model import Rulebook
from planner.scheduling.request import Request
from planner.scheduling.task import days_to_read

if TYPE_CHECKING:
    from planner.calendars.write.memory import Memory

STANDARD = Path("-")
"""What stands for standard input, or standard output, in place of a file."""


@dataclass(frozen=True, kw_only=True)
class CaseOptions:
    """Hold what every command about a case may be told: the file, the date that counts as today, a person's rules."""

    case: Path
    today: date | None = None
    rules: Path | None = None


class OpenedCase(NamedTuple):
    """Hold a case with the rules that it is held against, the file that it stands in, and the present.

    `today` is the local date that counts as today, and `named_today` that of `--today`.
    """

    file: Path
    case: Case
    rulebook: Rulebook
    today: date
    named_today: date | None
    words: Path | None = None
    """The folder of the words by which the titles of somebody else's plan are read, where it is the person's own."""

    def request(
        self, start: date | None, weeks: int | None, earlier: Earlier | None = None, *, read_weeks: int | None = None
    ) -> Request:
        """Return the request for a plan of some weeks from a day on, the case's calendars read.

        The calendars are read as far as an earlier plan reaches: nothing that an appointment forbids may stand there.

        Raises `InputError` where a calendar of the case cannot be read.

        Args:
            start: the first day; None is today.
            weeks: how many times seven days; None goes to the end of a calendar week, as `planner.clock.end_of_plan`
                says.
            earlier: the plan's own calendar, which the plan follows; None where there is none.
            read_weeks: for how many weeks calendars are read, where the plan may get more than those asked for.

        """
        begins = start or self.today
        first, last = days_to_read(begins, read_weeks or weeks, earlier and earlier.last)
        calendars = calendars_of(self.file, self.case, first, last, self.words)
        now = past_until(self.case, self.named_today or start)
        return Request(self.case, self.rulebook, self.today, start, weeks, calendars, earlier, now)

    def remembered(self, output: Path, now: datetime) -> Memory | None:
        """Return what a plan's file holds, None where there is no such file.

        Raises `InputError` where the file is damaged, not ours, or the plan of another case.
        """
        content = read_plan(output)
        if content is None:
            return None
        # icalendar loads only where a file is read.
        from planner.calendars.write.memory import read_memory  # noqa: PLC0415

        memory = read_memory(content, str(output), past_bound(self.case, self.today, now))
        if not is_plan_of(self.case, memory.earlier.plan_id):
            wrong = "holds the plan of another case, and is left as it is"
            right = f'give another name; or, if this is that case renamed, write id = "{memory.earlier.plan_id}" in it'
            raise InputError([Problem(str(output), "", wrong, right)])
        return memory

    def workout_named(self, name: str, command: str) -> str:
        """Return the workout of a name, or of a title as the calendar shows it: `Easy run · 45 min`.

        Raises `InputError` where there is none.
        """
        title = name.partition(" · ")[0]
        workout = self.rulebook.names.find("workouts", title)
        if workout is None:
            near = self.rulebook.names.nearest("workouts", title)
            raise InputError([Problem(command, "WORKOUT", f"{quoted(name)} is no workout", near)])
        return workout

    def kept_plan(self, file: Path | None) -> Earlier | None:
        """Return what the calendar file of a plan shows, for a question about it.

        Where no file is named it is the one beside the case, if there is one and it holds the case's plan.

        Raises `InputError` where there is no such file, and as `remembered` does.
        """
        if file is None:
            memory = self.plan_beside(stamp())
            return None if memory is None else memory.earlier
        right = "name the file that `planner plan -o` wrote"
        try:
            memory = self.remembered(file, stamp())
        except InputError as error:
            # What to do with a file that is in the way of writing is no help to who only asks.
            raise InputError([problem._replace(right=right) for problem in error.problems]) from error
        if memory is None:
            raise InputError([Problem(str(file), "", "is not there", right)])
        return memory.earlier

    def shown_workouts(self, day: date) -> list[ShownEvent]:
        """Return the workouts that the plan's file beside the case has on a day, each marked with its name."""
        earlier = self.kept_plan(None)
        events = () if earlier is None else recognise_workouts(earlier, self.rulebook).events
        return [event for event in events if event.mark in self.rulebook.workouts and self._is_on(event, day)]

    def _is_on(self, event: ShownEvent, day: date) -> bool:
        moment = event.moment
        return moment is not None and not event.cancelled and moment.astimezone(self.case.tz).date() == day

    def plan_beside(self, now: datetime) -> Memory | None:
        """Return what the calendar file beside the case holds, if there is one and it holds the case's plan."""
        beside = self.file.with_suffix(".ics")
        if self.file == STANDARD or not beside.exists():
            return None
        try:
            return self.remembered(beside, now)
        except InputError:
            # Nobody named it: it may well be a calendar of another kind.
            return None


def open_case(options: CaseOptions) -> OpenedCase:
    """Return the session of a command about a case file.

    Raises `InputError` with every mistake of the rulebook, or else of the case.
    """
    rules = rulebook_file.rulebook(options.rules)
    if options.case == STANDARD:
        case = parse_case(sys.stdin.read(), "standard input", rules, options.today)
    else:
        case = read_case(options.case, rules, options.today)
    own = options.rules is not None and (options.rules / "reading.toml").is_file()
    return OpenedCase(
        options.case, case, rules, options.today or local_today(case), options.today, options.rules if own else None
    )


def local_today(case: Case) -> date:
    """Return today's date where the person lives."""
    return datetime.now(case.tz).date()


def past_bound(case: Case, today: date, now: datetime) -> datetime:
    """Return the moment up to which things are past: now, or where another day counts as today, its beginning."""
    here = now.astimezone(case.tz)
    return here if here.date() == today else midnight(today, case.tz)


def past_until(case: Case, named_day: date | None) -> datetime | None:
    """Return the moment that is now, before which nothing is planned.

    It is None where a day was named by `--today` or `--from`, or SOURCE_DATE_EPOCH is set: then days are whole.
    """
    return None if named_day is not None or "SOURCE_DATE_EPOCH" in os.environ else datetime.now(case.tz)


def stamp() -> datetime:
    """Return the moment that events are stamped with: SOURCE_DATE_EPOCH where it is set, else now.

    Raises `InputError` where the variable is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).replace(microsecond=0)
    wrong = f'"{epoch}" is no number of seconds since 1970'
    with suppress(ValueError, OverflowError, OSError):
        moment = datetime.fromtimestamp(int(epoch), UTC)
        if FIRST_YEAR <= moment.year < LAST_YEAR:
            return moment
        wrong = f'"{epoch}" is not between the years {FIRST_YEAR} and {LAST_YEAR}'
    raise InputError([Problem("SOURCE_DATE_EPOCH", "", wrong, "set it to a whole number, or not at all")])
