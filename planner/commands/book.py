"""`planner book`: rank the possible times of an appointment by what they cost the training."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from planner.appointments.opening_hours import WEEKDAY_HOURS, parse_hours
from planner.calendars.of_case import calendars_of
from planner.case.file import read_case
from planner.case.model import Case
from planner.case.repeats import step
from planner.clock import FIRST_YEAR, LAST_YEAR, PLAUSIBLE
from planner.commands.session import local_today, past_until, shown_in
from planner.errors import InputError, Problem, quoted
from planner.rulebook.file import rulebook
from planner.rulebook.model import Rulebook
from planner.rulebook.names import folded
from planner.rulebook.scales import Dose
from planner.scheduling.task import MOST_WEEKS, days_to_read
from planner.show.booking import offer_lines
from planner.what_if.booking import Booking, offer

COMMAND = "planner book"
LONGEST = timedelta(weeks=26)
MANY = 100
"""From so many times on, a terminal shows how far it is."""


class Asked(NamedTuple):
    """Hold what was written on the command line."""

    kind: str
    region: str | None
    between: Sequence[date]
    hours: str | None
    minutes: int | None
    sessions: int
    every: str


def run(
    file: Path,
    asked: Asked,
    form: str,
    most: int,
    today: date | None = None,
    start: date | None = None,
    rules: Path | None = None,
    shown: Path | None = None,
) -> int:
    """Rank the times for a case file and return the exit status."""
    book = rulebook(rules)
    case = read_case(file, book)
    booking = _booking(asked, case, book)
    said, now, today = today, past_until(case, today), today or local_today(case)
    if booking.last < today:
        wrong = f"{booking.last} is past"
        raise InputError([Problem(COMMAND, "--between", wrong, f"give days from {today} on")])
    if start is not None and start > booking.last:
        wrong = f"{start} lies behind the last day to book, {booking.last}"
        raise InputError([Problem(COMMAND, "--from", wrong, "give an earlier day, or leave it out")])
    calendars = calendars_of(file, case, *days_to_read(start or today, MOST_WEEKS))
    with _progress() as progress:
        found = offer(
            *(case, book, booking),
            today=today,
            start=start,
            not_before=now,
            progress=progress,
            calendars=calendars,
            earlier=shown_in(shown, case, today),
            now=past_until(case, said or start),
        )
    if form == "json":
        print(found.model_dump_json(indent=2))
    else:
        print("\n".join(offer_lines(found, book, most, granted=asked.hours is None)))
    return 1 if found.alerts else 0


def _booking(asked: Asked, case: Case, book: Rulebook) -> Booking:
    """Return what is to be booked; raises `InputError` with every mistake."""
    wrong: list[Problem] = []
    kind = book.names.find("treatments", asked.kind)
    if kind is None:
        near = book.names.nearest("treatments", asked.kind)
        wrong.append(Problem(COMMAND, "--kind", f'"{asked.kind}" is no treatment', near))
    region = case.injury[0].region if len(case.injury) == 1 else None
    if asked.region is not None:
        region = book.names.find("regions", asked.region)
        if region is None:
            near = book.names.nearest("regions", asked.region)
            wrong.append(Problem(COMMAND, "--region", f'"{asked.region}" is no region', near))
    elif region is None:
        many = "several injuries" if case.injury else "no injury"
        wrong.append(
            Problem(COMMAND, "--region", f"is missing, and the case has {many}", "say which region is treated")
        )
    first, last = asked.between
    if last < first:
        wrong.append(Problem(COMMAND, "--between", f"{last} lies before {first}", f"write --between {last} {first}"))
    elif last - first > LONGEST:
        wrong.append(
            Problem(COMMAND, "--between", f"{first} to {last} is too long", f"give {LONGEST.days} days at most")
        )
    hours, mistakes = parse_hours(asked.hours or WEEKDAY_HOURS)
    wrong += [Problem(COMMAND, "--at", *mistake) for mistake in mistakes]
    every = step(asked.every)
    if not every:
        wrong.append(
            Problem(COMMAND, "--every", f"{quoted(asked.every)} is no interval", 'write "1 week" or "10 days"')
        )
    wrong += _too_far(first, last, every * (asked.sessions - 1))
    minutes = asked.minutes or (book.treatments[kind].minutes if kind else 0)
    longest = max((window.minutes for windows in hours.values() for window in windows), default=minutes)
    if minutes > longest:
        what = f"no appointment of {minutes} minutes fits into {quoted(asked.hours)}"
        wrong.append(Problem(COMMAND, "--at", what, "give longer hours, or fewer --minutes"))
    if wrong or kind is None or region is None:
        raise InputError(wrong)
    return Booking(
        kind, region, minutes, first, last, hours, _dose(asked.kind, book), sessions=asked.sessions, every=every
    )


def _too_far(first: date, last: date, course: timedelta) -> Iterator[Problem]:
    """Yield what is wrong with days, or with a course from the last of them on, that no case could hold."""
    wrong = next((day for day in (first, last) if not FIRST_YEAR <= day.year < LAST_YEAR), None)
    if wrong is not None:
        yield Problem(COMMAND, "--between", f"{wrong} is too far away", PLAUSIBLE)
    elif course >= date(LAST_YEAR, 1, 1) - last:
        right = f"have the last session before {LAST_YEAR}"
        yield Problem(COMMAND, "--sessions", "the course would go on too long", right)


def _dose(kind: str, book: Rulebook) -> Dose:
    """Return the dose that a treatment's everyday name says."""
    for each in book.treatments.values():
        if folded(kind) in map(folded, each.light_names):
            return "light"
        if folded(kind) in map(folded, each.heavy_names):
            return "heavy"
    return "normal"


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """Show on a terminal how far it is, where there is much to try."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 (only a terminal needs it)
    from rich.progress import Progress  # noqa: PLC0415 (only a terminal needs it)

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Trying appointment times", total=None, visible=False)
        yield lambda done, total: bar.update(task, completed=done, total=total, visible=total >= MANY)
