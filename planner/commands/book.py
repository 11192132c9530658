"""`planner book`: rank the possible times of an appointment by what they cost the training."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planner import terminal
from planner.commands.opened_case import CaseOptions, open_case, past_until
from planner.commands.output import print_json
from planner.errors import InputError, Problem
from planner.rulebook.scales import Side
from planner.scheduling.task import MOST_WEEKS
from planner.show.booking import offer_lines
from planner.what_if.booking import offer
from planner.what_if.booking_wish import BookingWish, understand_booking

COMMAND = "planner book"
MANY = 100
"""From so many times on, a terminal shows how far it is."""


@dataclass(frozen=True, kw_only=True)
class Options(CaseOptions):
    """Hold what `planner book` is asked: which appointment, between which days, at which hours."""

    kind: str
    region: str | None = None
    side: Side | None = None
    between: Sequence[date]
    hours: str | None = None
    minutes: int | None = None
    sessions: int = 1
    every: str = "1 week"
    most: int = 5
    start: date | None = None
    plan: Path | None = None
    format: str = "text"


def run(options: Options) -> int:
    """Rank the times for a case file and return the exit status."""
    session = open_case(options)
    wish = BookingWish(
        kind=options.kind,
        region=options.region,
        side=options.side,
        first=options.between[0],
        last=options.between[1],
        hours=options.hours,
        minutes=options.minutes,
        sessions=options.sessions,
        every=options.every,
    )
    try:
        booking = understand_booking(wish, session.case, session.rulebook)
    except InputError as error:
        raise InputError(
            problem._replace(file=COMMAND, field=f"--{problem.field}") for problem in error.problems
        ) from error
    if booking.last < session.today:
        wrong = f"{booking.last} is past"
        raise InputError([Problem(COMMAND, "--between", wrong, f"give days from {session.today} on")])
    if options.start is not None and options.start > booking.last:
        wrong = f"{options.start} lies behind the last day to book, {booking.last}"
        raise InputError([Problem(COMMAND, "--from", wrong, "give an earlier day, or leave it out")])
    request = session.request(options.start, 1, session.kept_plan(options.plan), read_weeks=MOST_WEEKS)
    with _progress() as progress:
        offered = offer(request, booking, not_before=past_until(session.case, options.today), progress=progress)
    if options.format == "json":
        print_json(offered.model_dump(mode="json"), session.rulebook)
    else:
        print("\n".join(offer_lines(offered, session.rulebook, options.most, granted=options.hours is None)))
    return 1 if offered.alerts else 0


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """Show on a terminal how far it is, where there is much to try."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import Progress  # noqa: PLC0415 (only a terminal needs it)

    with Progress(console=terminal.console(stderr=True), transient=True) as bar:
        task = bar.add_task("Trying appointment times", total=None, visible=False)
        yield lambda done, total: bar.update(task, completed=done, total=total, visible=total >= MANY)
