"""Appointments: each treatment of a case at its own time, series spread out, everyday names resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple, NewType
from zoneinfo import ZoneInfo

from planner.appointments.booked import Booked, Calendars
from planner.case.entries import TreatmentEntry
from planner.case.model import Case, Injury
from planner.case.places import are_opposite, place_at
from planner.clock import later, local, midnight, seconds
from planner.errors import InputError, Problem
from planner.rulebook.model import Rulebook
from planner.rulebook.scales import SEVERITIES, Dose, Severity, Side, Tissue

TreatmentNumber = NewType("TreatmentNumber", int)
"""Which of the treatments of a task it is, counted from 0 in the order of time."""


class Appointment(NamedTuple):
    """Hold one treatment with its earliest and latest possible time.

    Where the time of day is not known, the treatment could be at any time of its day: `start` is the day's first moment
    and `end` its last, so that every window around it is taken at its widest. All moments are aware.
    """

    kind: str
    region: str
    start: datetime
    end: datetime
    whole_day: bool
    dose: Dose
    tissues: tuple[Tissue, ...]
    """What may have been treated: rules about any of them speak about it."""
    graded: bool
    """Whether a bone among them is one whose running is graded by pain."""
    side: Side | None
    electric: bool
    severity: Severity
    cleared: datetime | None
    """The moment from which clearance holds that a rule may wait for."""
    entry: int
    """The number of its entry in the case, from 0."""
    booked: Booked | None = None
    """The event of a calendar that it is."""

    @property
    def day(self) -> date:
        """The local date on which it begins."""
        return self.start.date()

    @property
    def begins(self) -> datetime | date:
        """When it begins, as a person says it: where the time of day is not known, its day."""
        return self.day if self.whole_day else self.start

    def moved_to(self, begins: datetime | date, tz: ZoneInfo) -> Appointment:
        """Return it as it would be at another time, as long as it is."""
        if isinstance(begins, datetime):
            minutes = (seconds(self.end) - seconds(self.start)) // 60
            return self._replace(start=begins, end=later(begins, minutes=minutes))
        start, end = (midnight(day, tz) for day in (begins, begins + (self.end.date() - self.day)))
        return self._replace(start=start, end=end)


def appointments(
    case: Case, rulebook: Rulebook, until: date, since: date = date.min, calendars: Calendars | None = None
) -> tuple[Appointment, ...]:
    """Return every treatment that begins up to a local date, that date included, in order of time.

    Raises `InputError` where the case names calendars and they were not read.

    Args:
        case: the person's case.
        rulebook: the rules, whose treatments it names.
        until: the last local date on which a treatment may begin.
        since: the first one, of a series and of what a calendar holds; single entries of the case count from any day.
        calendars: what was read of the calendars that the case names.

    """
    calendars = require_read_calendars(case, calendars)
    appointments = [
        appointment_of(case, rulebook, number, entry, start)
        for number, entry in enumerate(case.treatments)
        for start in _starts(entry, until, since, case.tz)
    ]
    appointments += [
        appointment_of(case, rulebook, booking.entry, case.treatments[booking.entry], booking.start, booking)
        for booking in calendars.booked
        if since <= _date(booking.start) <= until
    ]
    return in_order(appointments)


def in_order(treatments: Iterable[Appointment]) -> tuple[Appointment, ...]:
    """Return appointments in order of time, and always in the same one."""
    return tuple(
        sorted(
            treatments,
            key=lambda appointment: (
                appointment.start,
                appointment.end,
                appointment.kind,
                appointment.region,
                appointment.dose,
                appointment.tissues,
            ),
        )
    )


def require_read_calendars(case: Case, calendars: Calendars | None) -> Calendars:
    """Return the calendars of a case; raises `InputError` where there are some that were not read."""
    named = [(f"treatments[{number}]", entry.calendar) for number, entry in enumerate(case.treatments)]
    named += [(f"busy[{number}]", entry.calendar) for number, entry in enumerate(case.busy)]
    if calendars is None and any(calendar for _, calendar in named):
        right = "read it first: calendars = read_calendars(case, folder, first, last)"
        raise InputError(
            Problem("case", f"{field}.calendar", f'"{calendar}" was not read', right)
            for field, calendar in named
            if calendar
        )
    return calendars or Calendars()


def _starts(entry: TreatmentEntry, until: date, since: date, tz: ZoneInfo) -> Iterator[datetime | date]:
    start = entry.start
    if start is None:
        return
    if isinstance(start, datetime) and start.tzinfo is not None:
        # Given with an offset: from here on it is local, so that a series keeps its time by the clock.
        start = start.astimezone(tz).replace(tzinfo=None)
    if entry.repeat is not None:
        yield from entry.repeat.starts(start, until, since)
    elif _date(start) <= until:
        yield start


def _date(start: datetime | date) -> date:
    return start.date() if isinstance(start, datetime) else start


def appointment_of(
    case: Case,
    rulebook: Rulebook,
    number: int,
    entry: TreatmentEntry,
    start: datetime | date,
    booked: Booked | None = None,
) -> Appointment:
    """Return the appointment of an entry of a case that begins at a local time, or on a date.

    Args:
        case: the person's case.
        rulebook: the rules, whose treatments it names.
        number: which of the case's treatments the entry is, from 0.
        entry: the entry itself.
        start: the local time, or the date where the time of day is not known.
        booked: the event of a calendar that it comes from, None for one that the case itself dates.

    """
    kind = rulebook.treatments[entry.kind]
    # Where neither says which part, it is the injury's own, of its side; or the whole body, where not just one is hurt.
    hurt = case.injury[0] if len(case.injury) == 1 else None
    region = entry.region or (kind.body if hurt is None else None) or case.injury[0].region
    side = entry.side if entry.region or entry.side or hurt is None else hurt.side
    place = place_at(case, rulebook, region, side)
    tissue = entry.tissue or kind.tissue
    if isinstance(start, datetime):
        begins = local(start, case.tz)
        ends = later(begins, minutes=entry.minutes or kind.minutes)
        # A calendar says how long an appointment lasts, unless the case does.
        if entry.minutes is None and booked is not None and isinstance(booked.end, datetime) and booked.end > begins:
            ends = local(booked.end, case.tz)
    else:
        ends_on = start + timedelta(days=1) if booked is None else _date(booked.end)
        begins, ends = midnight(start, case.tz), midnight(ends_on, case.tz)
    return Appointment(
        kind=entry.kind,
        region=region,
        start=begins,
        end=ends,
        whole_day=not isinstance(start, datetime),
        dose=entry.dose,
        tissues=place.tissues if tissue is None else (tissue,),
        graded=place.graded,
        side=side,
        electric=entry.electric,
        severity=session_severity(entry.dose, _near(case, rulebook, region)),
        cleared=None if entry.cleared is None else midnight(entry.cleared, case.tz),
        entry=number,
        booked=booked,
    )


def is_same_part(rulebook: Rulebook, treatment: Appointment, other: Appointment) -> bool:
    """Return whether two appointments treat the same part of the body: two knees are two."""
    return rulebook.is_same_place(treatment.region, other.region) and not are_opposite(treatment.side, other.side)


def _near(case: Case, rulebook: Rulebook, region: str) -> list[Injury]:
    """Return the injuries in the same part of the body: they are what the treatment is for."""
    group = rulebook.regions[region].group
    return [injury for injury in case.injury if rulebook.regions[injury.region].group == group]


def session_severity(dose: Dose, injuries: list[Injury]) -> Severity:
    """Return how much a session asks of the tissue: severe after a heavy session or on a severe injury.

    A session is mild only where it was light and no injury there is worse than mild.
    """
    worst = max((SEVERITIES.index(injury.severity) for injury in injuries), default=None)
    if dose == "heavy" or worst == SEVERITIES.index("severe"):
        return "severe"
    if dose == "light" and not worst:
        return "mild"
    return "moderate"
