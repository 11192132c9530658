"""Case changes: a case with one thing otherwise, as a remedy names it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from planner.appointments.appointment import Appointment
from planner.case.availability import parse_windows
from planner.case.entries import TreatmentEntry
from planner.case.model import Case, Override, RuleWords
from planner.clock import seconds
from planner.results.plan import Remedy

CLINICIAN = "your clinician"


def changed_case(case: Case, remedy: Remedy, treatments: Sequence[Appointment]) -> Case:
    """Return a case with a remedy applied; `treatments` are the appointments that the remedy counts."""
    match remedy.change:
        case "appointment" if remedy.treatment is not None and remedy.start is not None:
            return case_with_moved(case, treatments, treatments[remedy.treatment], remedy.start)
        case "window" if remedy.day is not None:
            key = remedy.day.isoformat()
            times = case.availability.times_on(remedy.day)
            windows = parse_windows([*map(str, times.windows), remedy.window or ""])
            opened = case.availability.model_copy(update={key: times.model_copy(update={"windows": windows})})
            return case.model_copy(update={"availability": opened})
        case "goal":
            return case.model_copy(
                update={"goals": case.goals.model_copy(update={str(remedy.goal): remedy.count})},
            )
        case "rule":
            word = Override(by=CLINICIAN, **(remedy.figures or {}))
            override = {**case.rules.override, str(remedy.rule): word}
            return case.model_copy(update={"rules": RuleWords(override=override)})
        case "caution":
            return case.model_copy(update={"caution": remedy.caution})
    raise ValueError(f"this is no change: {remedy!r}")


def case_with_moved(
    case: Case, treatments: Sequence[Appointment], appointment: Appointment, start: datetime | date
) -> Case:
    """Return a case in which one appointment begins at another time.

    A series, or what came out of a calendar, becomes as many appointments of their own, of which only this one moves.

    Args:
        case: the person's case.
        treatments: its appointments.
        appointment: the one that moves.
        start: when it begins then: a local moment, or a day.

    """
    others = [entry for number, entry in enumerate(case.treatments) if number != appointment.entry]
    series = [treatment for treatment in treatments if treatment.entry == appointment.entry]
    alone = [entry_of(treatment, start if treatment is appointment else None) for treatment in series]
    return case.model_copy(update={"treatments": (*others, *alone)})


def entry_of(appointment: Appointment, start: datetime | date | None = None) -> TreatmentEntry:
    """Return an appointment as an entry of its own in a case, at another time if one is given."""
    minutes = (seconds(appointment.end) - seconds(appointment.start)) // 60
    begins = start or appointment.begins
    # Not checked again: all of it comes out of what was, and a calendar may hold what nobody would write.
    return TreatmentEntry.model_construct(
        kind=appointment.kind,
        region=appointment.region,
        start=begins,
        minutes=minutes if isinstance(begins, datetime) and not appointment.whole_day else None,
        dose=appointment.dose,
        # Several are what the case makes of the region, and does again.
        tissue=appointment.tissues[0] if len(appointment.tissues) == 1 else None,
        side=appointment.side,
        electric=appointment.electric,
        cleared=None if appointment.cleared is None else appointment.cleared.date(),
    )
