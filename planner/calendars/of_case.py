"""Calendar files of a case: its appointments, and the times at which the person is busy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.appointments.booked import Booked, BusyBlock, CalendarRemark, Calendars
from planner.case.coach import CoachCalendar
from planner.case.entries import BusyEntry, TreatmentEntry
from planner.case.model import Case
from planner.clock import later, midnight
from planner.errors import InputError, Problem, quoted
from planner.files import read_bytes
from planner.rulebook.file import shipped_folder
from planner.titles.session import ReadEvent

if TYPE_CHECKING:
    from planner.calendars.read.occurrences import Entry, Reading


MOST_APPOINTMENTS = 400
"""So many treatments of one kind nobody has in fourteen months: it is the clinic's own calendar."""
NOT_HELD = {"CANCELLED": "cancelled", "DECLINED": "declined"}
"""What takes no time, though it stands in a calendar, by its status."""


def calendars_of(file: Path, case: Case, first: date, last: date, words: Path | None = None) -> Calendars:
    """Return what the calendars of a case file say; as `read_calendars`, its messages name the case file.

    Args:
        file: the case file, beside which its calendars lie.
        case: the case that it holds.
        first: the first day that matters.
        last: the last one.
        words: a rulebook's folder with a `reading.toml` of its own, by which the titles of a plan are read.

    """
    return read_calendars(case, file.parent, first, last, file=str(file), words=words)


def read_calendars(
    case: Case, folder: Path, first: date, last: date, *, file: str = "case", words: Path | None = None
) -> Calendars:
    """Return what the calendar files that a case names say about some days.

    Args:
        case: the case.
        folder: where the paths in the case begin: the folder of the case file.
        first: the first local day that matters.
        last: the last one, included. `planner.scheduling.task.days_to_read` gives both for a plan.
        file: what messages call the case file.
        words: a rulebook's folder with a `reading.toml` of its own, by which the titles of a plan are read.

    Raises:
        InputError: a calendar is missing, larger than 10 MB or no calendar; all such mistakes at once.
        OutsideError: the disk fails.

    """
    shelf = _Shelf(case, folder, first, last, file)
    shelf.words = words
    booked = [booked for number, entry in enumerate(case.treatments) for booked in shelf.booked(number, entry)]
    busy = [block for number, entry in enumerate(case.busy) for block in shelf.busy(number, entry)]
    coached = [event for number, entry in enumerate(case.workouts) for event in shelf.coached(number, entry)]
    if shelf.problems:
        raise InputError(shelf.problems)
    coached.sort(key=lambda event: (_moment(event.event.start or first, case), event.event.entry, event.event.line))
    booked.sort(key=lambda booked: (_moment(booked.start, case), booked.uid, booked.title, booked.line, booked.entry))
    busy.sort(key=lambda block: (block.start, block.end, block.source, block.title))
    shelf.note_meant_twice(booked)
    shelf.note_in_two_files(booked)
    return Calendars(tuple(booked), tuple(busy), tuple(dict.fromkeys(shelf.passed_over)), tuple(coached))


class _Shelf:
    """Read each calendar file once, and note what is passed over and what is wrong."""

    def __init__(self, case: Case, folder: Path, first: date, last: date, file: str) -> None:
        self.case = case
        self.folder = folder
        self.days = first, last
        self.file = file
        self.problems: list[Problem] = []
        self.passed_over: list[CalendarRemark] = []
        self.contents: dict[str, bytes] = {}
        self.words: Path | None = None
        """The folder of the words by which titles are read, None for those that come with the program."""

    def _reading(self, field: str, calendar: str, match: str | None, *, busy_lists: bool = False) -> Reading | None:
        """Return what a calendar says, or None where it cannot be read: then that is noted."""
        # Most cases have no calendar: what reads them takes a while to load.
        from planner.calendars.read.occurrences import NoCalendar, TooMuch, read_events  # noqa: PLC0415

        try:
            if calendar not in self.contents:
                self.contents[calendar] = read_bytes(self.folder / calendar)
            first, last = self.days
            reading = read_events(self.contents[calendar], self.case.tz, first, last, match, busy_lists=busy_lists)
        except InputError as error:
            for problem in error.problems:
                self._wrong(field, calendar, problem.wrong, problem.right)
            return None
        except (NoCalendar, TooMuch) as error:
            self._wrong(field, calendar, str(error), "give the file that a calendar program exports (.ics)")
            return None
        self.passed_over += [CalendarRemark(calendar, remark.line, remark.why) for remark in reading.passed_over]
        return reading

    def coached(self, number: int, entry: CoachCalendar) -> Iterator[ReadEvent]:
        """Yield the events of somebody else's plan, each with what it was read as."""
        from planner.calendars.coach_calendar import coach_events  # noqa: PLC0415 (few cases have such a plan)
        from planner.calendars.read.occurrences import NoCalendar, TooMuch  # noqa: PLC0415 (as above)
        from planner.titles.file import reading_words  # noqa: PLC0415 (as above)
        from planner.titles.reader import Reader  # noqa: PLC0415 (as above)

        field, calendar = f"workouts[{number}]", entry.calendar
        try:
            if calendar not in self.contents:
                self.contents[calendar] = read_bytes(self.folder / calendar)
            content, tz = self.contents[calendar], self.case.tz
            events, remarks = coach_events(content, tz, self.days, entry.match, source=calendar, entry=number)
            reader = Reader(reading_words(self.words or shipped_folder()))
        except InputError as error:
            for problem in error.problems:
                self._wrong(field, calendar, problem.wrong, problem.right)
            return
        except (NoCalendar, TooMuch) as error:
            self._wrong(field, calendar, str(error), "give the file that a calendar program exports (.ics)")
            return
        self.passed_over += [CalendarRemark(calendar, remark.line, remark.why) for remark in remarks]
        for event in events:
            yield ReadEvent(event, tuple(reader.read(event, entry.units)), reader.words.bounds)

    def _wrong(self, field: str, calendar: str, wrong: str, right: str) -> None:
        self.problems.append(Problem(self.file, f"{field}.calendar", f"{quoted(calendar)} {wrong}", right))

    def _pass_over(self, calendar: str, entry: Entry, why: str) -> None:
        begins = f"{entry.start:%Y-%m-%d %H:%M}" if isinstance(entry.start, datetime) else f"{entry.start}"
        # Not what it is called: that is between the person and the clinic.
        self.passed_over.append(CalendarRemark(calendar, entry.line, f"{begins}: {why}"))

    def booked(self, number: int, entry: TreatmentEntry) -> Iterator[Booked]:
        """Yield the appointments that an entry of the case means."""
        if entry.calendar is None:
            return
        field = f"treatments[{number}]"
        reading = self._reading(field, entry.calendar, entry.match)
        held = sum(event.status not in NOT_HELD for event in reading.events) if reading else 0
        if held > MOST_APPOINTMENTS:
            first, last = self.days
            wrong = f"holds {held:,} appointments from {first} to {last}, more than anybody has"
            self._wrong(field, entry.calendar, wrong, "say with match which of them are yours")
            return
        for read_event in reading.events if reading else ():
            if read_event.status in NOT_HELD:
                self._pass_over(entry.calendar, read_event, NOT_HELD[read_event.status])
                continue
            if read_event.start == read_event.end and entry.minutes is None:
                self._pass_over(
                    entry.calendar, read_event, "has no end: taken to last as long as such a treatment usually does"
                )
            yield Booked(
                number,
                read_event.start,
                read_event.end,
                entry.calendar,
                read_event.line,
                read_event.uid,
                read_event.title,
            )

    def note_meant_twice(self, booked: list[Booked]) -> None:
        """Note the events that several entries of the case mean: they are several treatments."""
        entries: dict[tuple[object, ...], list[int]] = {}
        for booking in booked:
            entries.setdefault((booking.source, booking.line, booking.start), []).append(booking.entry)
        for (source, line, start), numbers in entries.items():
            if len(numbers) > 1 and isinstance(line, int):
                begins = f"{start:%Y-%m-%d}"
                meant = " and ".join(f"treatments[{number}]" for number in numbers)
                self.passed_over.append(CalendarRemark(str(source), line, f"{begins}: counts for {meant}"))

    def note_in_two_files(self, booked: list[Booked]) -> None:
        """Note the appointments that stand in two calendars of the case: the same one, or two that share a UID."""
        first: dict[str, Booked] = {}
        for booking in booked:
            other = first.setdefault(booking.uid, booking) if booking.uid else booking
            if other.source != booking.source:
                why = f"has the UID of one in {other.source}, line {other.line}: both count"
                self.passed_over.append(
                    CalendarRemark(booking.source, booking.line, f"{booking.start:%Y-%m-%d}: {why}")
                )

    def busy(self, number: int, entry: BusyEntry) -> Iterator[BusyBlock]:
        """Yield the times that the events of an entry's calendar keep free of workouts."""
        if entry.calendar is None:
            return
        from planner.calendars.read.occurrences import named_first, plural  # noqa: PLC0415 (as above)

        reading = self._reading(f"busy[{number}]", entry.calendar, entry.match, busy_lists=True)
        passed: dict[str, list[str]] = {
            what: [] for what in ("of whole days", "shown as free", *NOT_HELD.values(), "without an end")
        }
        for read_event in reading.events if reading else ():
            if read_event.status in NOT_HELD:
                passed[NOT_HELD[read_event.status]].append(read_event.title)
            elif read_event.free and not entry.free:
                passed["shown as free"].append(read_event.title)
            elif not isinstance(read_event.start, datetime) and not entry.all_day:
                passed["of whole days"].append(read_event.title)
            elif read_event.start == read_event.end and not entry.buffer_minutes:
                passed["without an end"].append(read_event.title)
            else:
                start, end = _moment(read_event.start, self.case), _moment(read_event.end, self.case)
                around = entry.buffer_minutes
                yield BusyBlock(
                    later(start, minutes=-around), later(end, minutes=around), read_event.title, entry.calendar
                )
        for what, titles in passed.items():
            if titles:
                why = f"{plural('event', len(titles))} {what}: no busy time{named_first(titles)}"
                self.passed_over.append(CalendarRemark(entry.calendar, None, why))


def _moment(when: datetime | date, case: Case) -> datetime:
    return when if isinstance(when, datetime) else midnight(when, case.tz)
