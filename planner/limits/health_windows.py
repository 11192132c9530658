"""Health windows: what `[health]` and being ill leave to do, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from math import ceil
from typing import NamedTuple

from planner.appointments.appointment import Appointment
from planner.case.health import Illness
from planner.case.model import Case, Injury
from planner.case.places import TissuePlace, injured_place
from planner.clock import Seconds, midnight, seconds
from planner.limits.rule_windows import FOREVER, HealthReading, Window, speaks_about_place
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import Rule
from planner.rulebook.scales import HealthFact


class HealthSpan(NamedTuple):
    """Hold from when to when a rule speaks."""

    opens: Seconds
    closes: Seconds


def health_windows(case: Case, rulebook: Rulebook, rules: Iterable[Rule]) -> list[Window]:
    """Return the windows of rules about people and about being ill."""
    return [
        window
        for rule in rules
        for window in (*_about_person(case, rulebook, rule), *_about_illness(case, rulebook, rule))
    ]


def person_spans(case: Case, rule: Rule) -> Iterator[tuple[HealthFact, HealthSpan]]:
    """Yield from when to when a rule about people speaks, by each fact of `[health]` that it names."""
    for fact in sorted(case.health.facts & frozenset(rule.when.health or ())):
        begins, cleared = case.health.begins(fact), case.health.cleared(fact)
        after = rule.hours("after")
        opens, closes = Seconds(0), FOREVER
        if begins is not None and after is not None:
            # A day in [health] is over when its rule begins to count, if it is the last of something.
            start = begins + timedelta(days=fact == "quinolone")
            opens, closes = (seconds(midnight(start + timedelta(hours=hours), case.tz)) for hours in after)
            opens = Seconds(0) if rule.during else opens
        if rule.until_cleared:
            ended = FOREVER if cleared is None else seconds(midnight(cleared, case.tz))
            closes = ended if after is None or cleared is None else max(closes, ended)
        elif rule.cleared_ends and cleared is not None:
            closes = min(closes, seconds(midnight(cleared, case.tz)))
        if opens < closes:
            yield fact, HealthSpan(opens, closes)


def health_spans(case: Case, rule: Rule) -> Iterator[HealthSpan]:
    """Yield from when to when a rule about people, or about being ill, speaks."""
    if rule.about == "person":
        yield from (span for _, span in person_spans(case, rule))
    elif rule.about == "illness":
        for illness in case.illness:
            if illness.kind in (rule.when.illnesses or ()):
                yield from illness_spans(case, rule, illness)


def speaks_against(
    case: Case, rulebook: Rulebook, rules: Iterable[Rule], treatment: Appointment
) -> Iterator[tuple[Rule, bool]]:
    """Yield the rules that say of somebody's health what it means for a treatment, and whether they forbid it.

    What does not forbid it asks that whoever treats is told. Where a rule names parts of the body, the treated one
    counts.

    Args:
        case: the person's case, with what it says of their health.
        rulebook: the rulebook, for the parts of the body that rules name.
        rules: the rules at the case's caution level.
        treatment: the appointment.

    """
    place = TissuePlace(treatment.region, treatment.tissues, treatment.graded)
    start = seconds(treatment.start)
    speaking = [
        (rule, treatment.kind in rule.forbids_treatments)
        for rule in rules
        if treatment.kind in (*rule.forbids_treatments, *rule.asks_before_treatments)
        if rule.when.electric is None or rule.when.electric == treatment.electric
        if speaks_about_place(rule.when, place, rulebook)
        if any(opens <= start < closes for opens, closes in health_spans(case, rule))
    ]
    forbidden = any(forbids for _, forbids in speaking)
    yield from ((rule, forbids) for rule, forbids in speaking if forbids or not forbidden)


def _about_person(case: Case, rulebook: Rulebook, rule: Rule) -> Iterator[Window]:
    if rule.about != "person":
        return
    for fact, span in person_spans(case, rule):
        for region in _regions(case, rulebook, rule):
            yield Window(rule, region, span.opens, span.closes, reading=HealthReading("health", name=fact))


def _regions(case: Case, rulebook: Rulebook, rule: Rule) -> Sequence[str]:
    """Return the hurt parts that a rule is about: any one part where it is about none in particular."""
    when = rule.when
    if when.regions is None and when.groups is None and when.tissues is None and rule.applies_to.load_at_least == 0:
        return (any_region(case, rulebook),)
    hurt = case.injury or tuple(
        Injury(region=entry.region, tissue=entry.tissue) for entry in case.treatments if entry.region
    )
    places = [injured_place(injury, rulebook) for injury in hurt]
    return list(dict.fromkeys(place.region for place in places if speaks_about_place(when, place, rulebook)))


def any_region(case: Case, rulebook: Rulebook) -> str:
    """Return a part of the body for what concerns all of it: one that is hurt or treated, if any is."""
    hurt = [injury.region for injury in case.injury] or [entry.region for entry in case.treatments if entry.region]
    return hurt[0] if hurt else next(iter(rulebook.regions))


def _about_illness(case: Case, rulebook: Rulebook, rule: Rule) -> Iterator[Window]:
    if rule.about != "illness":
        return
    for number, illness in enumerate(case.illness):
        if illness.kind in (rule.when.illnesses or ()):
            for span in illness_spans(case, rule, illness):
                reading = HealthReading("illness", number)
                yield Window(rule, any_region(case, rulebook), span.opens, span.closes, reading=reading)


def illness_spans(case: Case, rule: Rule, illness: Illness) -> Iterator[HealthSpan]:
    """Yield from when to when a rule about an illness speaks: by its days, while it lasts, after it."""
    first = seconds(midnight(illness.from_, case.tz))
    over = None if illness.until is None else seconds(midnight(illness.until + timedelta(days=1), case.tz))
    spans = []
    if rule.illness_days is not None:
        begins, ends = (
            seconds(midnight(illness.from_ + timedelta(days=round(days)), case.tz)) for days in rule.illness_days
        )
        if rule.until_cleared:
            ends = FOREVER if illness.cleared is None else max(ends, seconds(midnight(illness.cleared, case.tz)))
            spans.append(HealthSpan(begins, ends))
        elif over is not None and not (rule.also_when_well or rule.never_loosen):
            # Whoever is well again earlier has no second day of a cold.
            spans.append(HealthSpan(begins, min(ends, over)))
        else:
            spans.append(HealthSpan(begins, ends))
    if rule.during:
        spans.append(HealthSpan(first, FOREVER if over is None else over))
    if (after := rule.hours("after")) is not None and illness.until is not None:
        last = after[1]
        if rule.days_per_fever_day is not None:
            last = max(last, after[0] + 24 * ceil(rule.days_per_fever_day * (illness.fever_days or 0)))
        days = (illness.until + timedelta(days=1 + round(hours / 24)) for hours in (after[0], last))
        begins, ends = (seconds(midnight(day, case.tz)) for day in days)
        spans.append(HealthSpan(begins, ends))
    yield from (span for span in spans if span.opens < span.closes)
