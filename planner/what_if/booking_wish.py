"""A wish for an appointment, in a person's own words, and what it means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from planner.appointments.opening_hours import WEEKDAY_HOURS, parse_hours
from planner.case.model import Case
from planner.case.repeats import step
from planner.clock import FIRST_YEAR, LAST_YEAR, PLAUSIBLE, Minutes
from planner.errors import InputError, Problem, quoted
from planner.rulebook.model import Rulebook
from planner.rulebook.names import folded, kind_and_place, plain_name, split_side
from planner.rulebook.scales import Dose, Side
from planner.what_if.booking import Booking

PLACE = "book"
"""What messages call the place of a mistake."""
LONGEST = timedelta(weeks=26)
"""So long a span of days is looked through at most."""


class BookingWish(NamedTuple):
    """Ask for an appointment, or a course of them, as a person says it.

    `kind` and `region` may be everyday names (default: the region of the case's one injury, on its side), and `region`
    may say the `side` too: "left knee"; `first` and `last` are the
    days between which it should begin, both included; `hours` are those of the therapist ("mon 09:00-12:00, thu
    14:00-18:00"; default: weekdays, 8 to 18), and the whole appointment lies in them. `minutes` are by default those of
    the kind. A course has so many `sessions`, one `every` "1 week" or "10 days".
    """

    kind: str
    first: date
    last: date
    region: str | None = None
    hours: str | None = None
    minutes: int | None = None
    sessions: int = 1
    every: str = "1 week"
    side: Side | None = None


def understand_booking(wish: BookingWish, case: Case, rulebook: Rulebook) -> Booking:
    """Return what is to be booked, in the rulebook's own names.

    Raises `InputError` with every mistake, each with the part of the wish that it is in.
    """
    wrong: list[Problem] = []
    kind = rulebook.names.find("treatments", wish.kind)
    if kind is None and wish.region is None:
        bare_kind, place = kind_and_place(wish.kind)
        kind = rulebook.names.find("treatments", bare_kind)
        wish = wish._replace(region=place) if kind is not None and place else wish
    if kind is None:
        near = rulebook.names.nearest("treatments", wish.kind)
        wrong.append(Problem(PLACE, "kind", f'"{wish.kind}" is no treatment', near))
    region, side = _default_place(case, rulebook, kind)
    if wish.region is not None:
        bare, side = split_side(plain_name(wish.region))
        region = rulebook.names.find("regions", wish.region) or rulebook.names.find("regions", bare)
        if region is None:
            near = rulebook.names.nearest("regions", wish.region)
            wrong.append(Problem(PLACE, "region", f'"{wish.region}" is no region', near))
    elif region is None:
        many = "several injuries" if case.injury else "no injury"
        wrong.append(Problem(PLACE, "region", f"is missing, and the case has {many}", "say which region is treated"))
    first, last = wish.first, wish.last
    if last < first:
        wrong.append(Problem(PLACE, "between", f"{last} lies before {first}", f"give {last} first, then {first}"))
    elif last - first > LONGEST:
        wrong.append(Problem(PLACE, "between", f"{first} to {last} is too long", f"give {LONGEST.days} days at most"))
    hours, mistakes = parse_hours(wish.hours or WEEKDAY_HOURS)
    wrong += [Problem(PLACE, "at", what, right) for what, right in mistakes]
    every = step(wish.every)
    if not every:
        wrong.append(Problem(PLACE, "every", f"{quoted(wish.every)} is no interval", 'write "1 week" or "10 days"'))
    wrong += _too_far(first, last, every * (wish.sessions - 1))
    minutes = Minutes(wish.minutes or (rulebook.treatments[kind].minutes if kind else 0))
    longest = max((window.minutes for windows in hours.values() for window in windows), default=minutes)
    if minutes > longest:
        what = f"no appointment of {minutes} minutes fits into {quoted(wish.hours)}"
        wrong.append(Problem(PLACE, "at", what, "give longer hours, or fewer minutes"))
    if wrong or kind is None or region is None:
        raise InputError(wrong)
    return Booking(
        kind,
        region,
        minutes,
        first,
        last,
        hours,
        _dose(wish.kind, rulebook),
        sessions=wish.sessions,
        every=every,
        side=wish.side or side,
        electric=folded(wish.kind) in map(folded, rulebook.treatments[kind].electric_names),
    )


def _default_place(case: Case, rulebook: Rulebook, kind: str | None) -> tuple[str | None, Side | None]:
    """Return what is treated where nobody says so, and on which side: the kind's own place, or that of the one injury.

    Where nothing is hurt, or more than one place, it is the whole body for what may be for all of it.
    """
    entry = None if kind is None else rulebook.treatments[kind]
    if entry is not None and entry.region is not None:
        return entry.region, None
    if len(case.injury) == 1:
        return case.injury[0].region, case.injury[0].side
    return (None if entry is None else entry.body), None


def _too_far(first: date, last: date, course: timedelta) -> Iterator[Problem]:
    """Yield what is wrong with days, or with a course from the last of them on, that no case could hold."""
    wrong = next((day for day in (first, last) if not FIRST_YEAR <= day.year < LAST_YEAR), None)
    if wrong is not None:
        yield Problem(PLACE, "between", f"{wrong} is too far away", PLAUSIBLE)
    elif course >= date(LAST_YEAR, 1, 1) - last:
        right = f"have the last session before {LAST_YEAR}"
        yield Problem(PLACE, "sessions", "the course would go on too long", right)


def _dose(kind: str, rulebook: Rulebook) -> Dose:
    """Return the dose that a treatment's everyday name says."""
    for treatment in rulebook.treatments.values():
        if folded(kind) in map(folded, treatment.light_names):
            return "light"
        if folded(kind) in map(folded, treatment.heavy_names):
            return "heavy"
    return "normal"
