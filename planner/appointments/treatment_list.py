"""The treatments of a case as they were understood: what each is, when, where it comes from, and what was passed over.

The models are the contract of `planner treatments --format json`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from planner.appointments import booked as bookings
from planner.appointments.appointment import Appointment, appointments
from planner.appointments.booked import Calendars
from planner.case.model import Case, with_known_names
from planner.clock import midnight
from planner.models import Part
from planner.rulebook.model import Rulebook


class ListedTreatment(Part):
    """Show one treatment: dates where it is of whole days (the end is the day after), else aware times.

    `source` is the calendar, as the case names it, or the case file and its entry; `uid` and `title` are those of the
    event in the calendar.
    """

    kind: str
    region: str
    start: datetime | date
    end: datetime | date
    source: str
    uid: str | None = None
    title: str | None = None
    entry: SkipJsonSchema[int | None] = Field(default=None, exclude=True)
    """Which of the case's treatments it is, from 0, None for an event; the JSON says it in `source`."""


class PassedOver(Part):
    """Say what of a calendar was passed over, or read otherwise than it stands there; `line` None is the whole file."""

    source: str
    line: int | None
    why: str


class TreatmentList(Part):
    """List the treatments of some days in order of time, and what was passed over."""

    treatments: tuple[ListedTreatment, ...]
    passed_over: tuple[PassedOver, ...]


def treatment_list(
    case: Case, rulebook: Rulebook, calendars: Calendars, first: date, last: date, file: str = "case"
) -> TreatmentList:
    """Return the treatments that take place from one local day to another, both included.

    Args:
        case: the person's case.
        rulebook: the rules.
        calendars: what was read of the calendars that the case names.
        first: the first day of the list.
        last: its last day.
        file: what the case file is called.

    """
    in_time = appointments(with_known_names(case, rulebook), rulebook, last, first - timedelta(days=1), calendars)
    begins = midnight(first, case.tz)
    return TreatmentList(
        treatments=tuple(_listed(appointment, file) for appointment in in_time if appointment.end > begins),
        passed_over=tuple(_passed_over(remark) for remark in calendars.passed_over),
    )


def _listed(treatment: Appointment, file: str) -> ListedTreatment:
    booked = treatment.booked
    return ListedTreatment(
        kind=treatment.kind,
        region=treatment.region,
        start=treatment.begins,
        end=treatment.end.date() if treatment.whole_day else treatment.end,
        source=f"{file}: treatments[{treatment.entry}]" if booked is None else booked.source,
        uid=None if booked is None else booked.uid,
        title=None if booked is None else booked.title,
        entry=treatment.entry if booked is None else None,
    )


def _passed_over(remark: bookings.CalendarRemark) -> PassedOver:
    return PassedOver(source=remark.source, line=remark.line, why=remark.why)
