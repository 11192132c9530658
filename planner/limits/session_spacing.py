"""Session spacing: sessions that a rule keeps apart, or from a race; heavier ones that let training start earlier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from planner.appointments.appointment import Appointment, is_same_part
from planner.case.places import TissuePlace
from planner.clock import seconds
from planner.limits.effects import effect_of
from planner.limits.rule_windows import HOUR, rules_about, speaks_about_place
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import Rule
from planner.rulebook.scales import Dose, Severity


class Clash(NamedTuple):
    """Name two appointments in order of time, and the rule that keeps them apart."""

    first: Appointment
    second: Appointment
    rule: Rule


def clashes(
    rulebook: Rulebook, rules: Iterable[Rule], treatments: Sequence[Appointment], *, blood_thinners: bool
) -> Iterator[Clash]:
    """Yield every two appointments, given in order of time, that stand closer together than a rule wants them.

    Args:
        rulebook: the rulebook.
        rules: the rules.
        treatments: the appointments, in order of time.
        blood_thinners: whether the person takes any.

    """
    spacing = [rule for rule in rules if rule.hours_between_sessions or rule.forbids_treatments]
    for number, treatment in enumerate(treatments):
        for rule in rules_about(rulebook, spacing, treatment, blood_thinners=blood_thinners):
            for other in treatments[number + 1 :]:
                if is_same_part(rulebook, treatment, other) and _too_close(rule, treatment, other):
                    yield Clash(treatment, other, rule)


def _too_close(rule: Rule, treatment: Appointment, other: Appointment) -> bool:
    gap = (seconds(other.start) - seconds(treatment.end)) / HOUR
    if rule.hours_between_sessions is not None and other.kind == treatment.kind:
        return gap < rule.hours_between_sessions
    after = rule.hours("after")
    return other.kind in rule.forbids_treatments and after is not None and after[0] <= gap < after[1]


class NearRace(NamedTuple):
    """Name a race that comes too few days after an appointment, and the rule that says so."""

    race: date
    days: int
    """From the appointment to the race."""
    rule: Rule

    @property
    def days_short(self) -> int:
        """Return how many days earlier the appointment would have to be."""
        return (self.rule.booked_days_before_race or 0) - self.days


def nearest_race(
    rulebook: Rulebook,
    rules: Iterable[Rule],
    treatments: Sequence[Appointment],
    races: Sequence[date],
    *,
    blood_thinners: bool,
) -> NearRace | None:
    """Return the race that appointments stand too near to by most days, None where there is none.

    Args:
        rulebook: the rulebook.
        rules: the rules.
        treatments: the appointments.
        races: the days of the races that count.
        blood_thinners: whether the person takes any.

    """
    booking = [rule for rule in rules if rule.booked_days_before_race is not None]
    distances = [
        NearRace(race, (race - treatment.day).days, rule)
        for treatment in treatments
        for rule in rules_about(rulebook, booking, treatment, blood_thinners=blood_thinners)
        for race in races
    ]
    too_near = (race for race in distances if race.days >= 0 and race.days_short > 0)
    return max(too_near, key=lambda race: race.days_short, default=None)


def overlap(treatment: Appointment, other: Appointment) -> bool:
    """Return whether two appointments stand at one time; where a time of day is not known, nobody can say so."""
    return (
        not treatment.whole_day and not other.whole_day and treatment.start < other.end and other.start < treatment.end
    )


SESSIONS: tuple[tuple[Dose, Severity], ...] = (("light", "mild"), ("normal", "moderate"), ("heavy", "severe"))
"""What each dose makes of a session, the lightest first (`rules/README.md`)."""


class EarlierStart(NamedTuple):
    """Say that a workout may start earlier after a heavier session; the waits are in hours."""

    kind: str
    region: str
    workout: str
    lighter: Dose
    heavier: Dose
    wait_after_lighter: float
    wait_after_heavier: float


def earlier_starts(rulebook: Rulebook) -> Iterator[EarlierStart]:
    """Yield what a heavier session lets start earlier, for each kind of treatment in the first region that shows it."""
    for kind in rulebook.treatments:
        rules = [rule for rule in rulebook.rules.values() if _is_about(rule, kind, rulebook)]
        if not any(rule.when.severities or rule.when.doses for rule in rules):
            continue
        shown: set[tuple[str, Dose]] = set()
        for region in rulebook.regions:
            waits = [_waits(rulebook, rules, kind, region, session) for session in SESSIONS]
            for ((lighter, _), less), ((heavier, _), more) in pairwise(zip(SESSIONS, waits, strict=True)):
                for workout in rulebook.workouts:
                    if more.get(workout, 0) < less.get(workout, 0) and (workout, heavier) not in shown:
                        shown.add((workout, heavier))
                        waited = less.get(workout, 0), more.get(workout, 0)
                        yield EarlierStart(kind, region, workout, lighter, heavier, waited[0], waited[1])


def _is_about(rule: Rule, kind: str, rulebook: Rulebook) -> bool:
    traits = rulebook.treatments[kind].traits
    return (
        rule.about == "treatment"
        and not rule.away
        and rule.hours("after") is not None
        and (rule.when.treatments is None or kind in rule.when.treatments)
        and (rule.when.traits is None or any(trait in rule.when.traits for trait in traits))
        and not rule.when.blood_thinners
        and not rule.when.electric
    )


def _waits(
    rulebook: Rulebook, rules: Iterable[Rule], kind: str, region: str, session: tuple[Dose, Severity]
) -> Mapping[str, float]:
    """Return until how many hours after a session each workout is ruled out."""
    dose, severity = session
    own = rulebook.regions[region]
    place = TissuePlace(region, (rulebook.treatments[kind].tissue or own.tissue,), own.graded)
    waits: dict[str, float] = {}
    for rule in rules:
        if (
            (rule.when.severities is None or severity in rule.when.severities)
            and (rule.when.doses is None or dose in rule.when.doses)
            and speaks_about_place(rule.when, place, rulebook)
        ):
            ends = (rule.hours("after") or (0, 0))[1]
            for workout, entry in rulebook.workouts.items():
                effect = effect_of(rule, region, workout, rulebook.workouts)
                too_short = effect.minutes is not None and effect.minutes < entry.least_minutes
                if effect.out or too_short:
                    waits[workout] = max(waits.get(workout, 0), ends)
    return waits
