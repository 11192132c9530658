"""Spacing: appointments that a rule would rather see further apart, or not at all after one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from planner.appointments.appointment import Appointment, same_part
from planner.clock import seconds
from planner.limits.windows import HOUR, rules_about
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import Rule


class Clash(NamedTuple):
    """Name two appointments in order of time, and the rule that keeps them apart."""

    first: Appointment
    second: Appointment
    rule: Rule


def clashes(
    rulebook: Rulebook, rules: Iterable[Rule], treatments: Sequence[Appointment], *, blood_thinners: bool
) -> Iterator[Clash]:
    """Yield every two appointments, given in order of time, that stand closer together than a rule wants them."""
    spacing = [rule for rule in rules if rule.hours_between_sessions or rule.forbids_treatments]
    for number, treatment in enumerate(treatments):
        for rule in rules_about(rulebook, spacing, treatment, blood_thinners=blood_thinners):
            for other in treatments[number + 1 :]:
                if same_part(rulebook, treatment, other) and _too_close(rule, treatment, other):
                    yield Clash(treatment, other, rule)


def _too_close(rule: Rule, treatment: Appointment, other: Appointment) -> bool:
    gap = (seconds(other.start) - seconds(treatment.end)) / HOUR
    if rule.hours_between_sessions is not None and other.kind == treatment.kind:
        return gap < rule.hours_between_sessions
    after = rule.hours("after")
    return other.kind in rule.forbids_treatments and after is not None and after[0] <= gap < after[1]


def overlap(one: Appointment, other: Appointment) -> bool:
    """Return whether two appointments stand at one time; where a time of day is not known, nobody can say so."""
    return not one.whole_day and not other.whole_day and one.start < other.end and other.start < one.end
