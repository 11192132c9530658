"""Treatments that a rule speaks about, found by what its `when` says: trying all of them takes a minute."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, datetime

from planner import Case, Rulebook
from planner.appointments.appointment import Appointment, appointments
from planner.case.entries import TreatmentEntry
from planner.case.health import Health
from planner.case.model import Injury
from planner.limits.rule_windows import rules_about
from planner.rulebook.rule import Rule
from planner.rulebook.scales import Dose, Severity


def treatments_of(rulebook: Rulebook, rule: Rule) -> Iterator[tuple[Case, Appointment]]:
    """Yield treatments from 9:00 to 10:00 UTC that a rule speaks about, each with its case."""
    when = rule.when
    kinds = [
        key
        for key, kind in rulebook.treatments.items()
        if (when.treatments is None or key in when.treatments)
        and (when.traits is None or set(when.traits) & set(kind.traits))
    ]
    regions = [
        key
        for key, region in rulebook.regions.items()
        if (when.regions is None or key in when.regions) and (when.groups is None or region.group in when.groups)
    ]
    doses: tuple[Dose, ...] = when.doses or ("normal", "light", "heavy")
    severities: tuple[Severity, ...] = ("moderate", "severe", "mild")
    choices = itertools.product(kinds, regions, doses, when.tissues or (None,), severities)
    for kind, region, dose, tissue, severity in choices:
        entry = TreatmentEntry(
            kind=kind,
            region=region,
            start=datetime(2026, 11, 24, 9),
            minutes=60,
            dose=dose,
            tissue=tissue,
            electric=bool(when.electric),
            cleared=date(2026, 11, 24),
        )
        health = Health.model_validate(dict.fromkeys(when.health or (), True))
        hurt = (Injury(region=region, severity=severity),)
        case = Case(timezone="UTC", injury=hurt, treatments=(entry,), health=health)
        (treatment,) = appointments(case, rulebook, date(2026, 12, 1))
        if rules_about(rulebook, [rule], treatment, blood_thinners=bool(when.blood_thinners)):
            yield case, treatment
