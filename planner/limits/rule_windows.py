"""Windows: each rule held against each treatment or injury that it speaks about, from when to when.

Hours are real hours, right across a clock change. Where the time of day of a treatment is not known, its windows are
taken at their widest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from typing import Literal, NamedTuple

from planner.appointments.appointment import Appointment, TreatmentNumber, is_same_part
from planner.case.model import Case, Injury
from planner.case.places import TissuePlace, injured_place
from planner.clock import Seconds, seconds
from planner.rulebook.figures import When
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import Rule

HOUR = 3600
DAY = 24 * HOUR
FOREVER = Seconds(1 << 40)
"""A moment, in seconds since 1970, that no plan reaches."""


class Basis(NamedTuple):
    """Say what a window rests on of a person and their training: a break, a race, the longest so far, the weeks before.

    `day` is that of the first session back, of the race, or on which a share of the usual begins to hold; `amount` the
    days of the break, the minutes of the race, of the longest, of the week, of the share, or of what is new to a
    person; `kind` the kind of workout that is meant.
    """

    what: Literal["break", "race", "longest", "week", "usual", "setback", "person"]
    day: date
    amount: int
    kind: str = "run"


class HealthReading(NamedTuple):
    """Hold what a rule about the log or about health answers to: what was felt, a danger sign, a fact or an illness.

    `figure` is what the log says (pain, soreness, how far a morning was above the usual one; all of 10), or the number
    of an illness in the case; `name` is that of a sign, or the fact under [health].
    """

    kind: Literal[
        "pain",
        "pain_again",
        "morning_above_usual",
        "usual_morning",
        "limp",
        "painkiller",
        "soreness",
        "late_soreness",
        "sign",
        "confirmed_sign",
        "health",
        "illness",
    ]
    figure: int = 0
    name: str = ""


class Window(NamedTuple):
    """Hold one rule against what it speaks about: it concerns workouts that touch `[opens, closes)`, in seconds.

    `treatment` and `injury` are numbers in the lists that the windows were made from, `entry` one in the case's log,
    and `reading` what was felt then, or said of health; what does not apply is None.
    """

    rule: Rule
    region: str
    opens: Seconds
    closes: Seconds
    treatment: TreatmentNumber | None = None
    injury: int | None = None
    entry: int | None = None
    reading: HealthReading | None = None
    basis: Basis | None = None
    """What of a person's training it rests on, where its figures were made for that."""
    part: Literal["", "others", "theirs", "check", "leave"] = ""
    """Which part of a rule it is where a clinician allows some of what it forbids: what it says of other workouts, of
    theirs at other times, the check that stays, or that they may."""
    lifts: str = ""
    """The id of the rule that a clinician's leave goes before."""

    def touches(self, first: Seconds, last: Seconds) -> bool:
        """Whether any second from `first` up to `last`, which is not among them, lies in it."""
        return self.opens < last and first < self.closes

    @property
    def figures_key(self) -> tuple[object, ...]:
        """What tells its rule, with figures made for a person, from the rule as the rulebook has it."""
        rule = self.rule
        if self.part:
            return self.part, self.lifts, rule.applies_to, rule.max_minutes
        if rule.applies_to.what_hurt and self.basis is None:
            return (rule.applies_to.kinds,)
        return () if self.basis is None else (rule.max_minutes, rule.max_intensity, rule.applies_to.workouts)

    @property
    def known_by(self) -> tuple[object, ...]:
        """What it is told by: the rule, and what that speaks about; of a rule's parts each says the same."""
        return self.rule.id, self.treatment, self.injury, self.entry, self.lifts


def windows_of(
    rulebook: Rulebook,
    rules: Iterable[Rule],
    treatments: Sequence[Appointment],
    injuries: Sequence[Injury] = (),
    *,
    blood_thinners: bool = False,
) -> list[Window]:
    """Return every window of some rules, in an order that does not depend on theirs.

    Args:
        rulebook: the rulebook.
        rules: the rules.
        treatments: the appointments that they may speak about.
        injuries: the injuries that they may speak about.
        blood_thinners: whether the person takes any.

    """
    rules = list(rules)
    longer = [rule for rule in rules if rule.longer_by_hours]
    longer_by = max((rule.longer_by_hours or 0 for rule in longer), default=0)
    counted = [
        rules_about(rulebook, longer, appointment, blood_thinners=blood_thinners) != [] for appointment in treatments
    ]
    twice = _treated_twice(rulebook, [number for number, counts in enumerate(counted) if counts], treatments)
    windows = [
        Window(rule, treatment.region, opens, closes, treatment=TreatmentNumber(number))
        for number, treatment in enumerate(treatments)
        for rule in rules_about(rulebook, rules, treatment, blood_thinners=blood_thinners)
        for opens, closes in _spans(rule, treatment, longer_by if number in twice else 0)
    ]
    windows += [
        Window(rule, injury.region, Seconds(0), FOREVER, injury=number)
        for number, injury in enumerate(injuries)
        for rule in rules
        if rule.about == "injury" and speaks_about_injury(rule.when, injury, rulebook)
    ]
    return sorted(
        windows, key=lambda window: (window.opens, window.closes, window.rule.id, window.region, str(window.treatment))
    )


def rules_about(
    rulebook: Rulebook, rules: Iterable[Rule], treatment: Appointment, *, blood_thinners: bool = False
) -> list[Rule]:
    """Return the rules that speak about a treatment, those that only advise included.

    Args:
        rulebook: the rulebook.
        rules: the rules.
        treatment: the appointment.
        blood_thinners: whether the person takes any.

    """
    return [
        rule
        for rule in rules
        if rule.about == "treatment"
        and _speaks_about_treatment(rule.when, treatment, rulebook, blood_thinners=blood_thinners)
    ]


def _speaks_about_treatment(when: When, treatment: Appointment, rulebook: Rulebook, *, blood_thinners: bool) -> bool:
    traits = rulebook.treatments[treatment.kind].traits
    return (
        (when.treatments is None or treatment.kind in when.treatments)
        and (when.traits is None or any(trait in when.traits for trait in traits))
        and (when.severities is None or treatment.severity in when.severities)
        and (when.doses is None or treatment.dose in when.doses)
        and (when.blood_thinners is None or when.blood_thinners == blood_thinners)
        and (when.electric is None or treatment.electric == when.electric)
        and speaks_about_place(when, TissuePlace(treatment.region, treatment.tissues, treatment.graded), rulebook)
    )


def speaks_about_injury(when: When, injury: Injury, rulebook: Rulebook) -> bool:
    """Return whether a rule that needs no treatment speaks about an injury."""
    return when.health is None and is_of_injury(when, injury, rulebook)


def is_of_injury(when: When, injury: Injury, rulebook: Rulebook) -> bool:
    """Return whether an injury is one that a rule speaks about, whatever else it asks of the person."""
    return (
        when.treatments is None
        and when.traits is None
        and when.doses is None
        and when.blood_thinners is None
        and when.electric is None
        and (when.severities is None or injury.severity in when.severities)
        and speaks_about_place(when, injured_place(injury, rulebook), rulebook)
    )


def speaks_about_person(when: When, case: Case, today: date) -> bool:
    """Return whether what a rule asks of the person is so on a day: of an age, a new runner, healed not long ago."""
    if not when.personal:
        return True
    age, since = case.health.age, case.fitness.running_since
    healed = [injury.healed for injury in case.healed if injury.healed is not None]
    return (
        (when.age_years_over is None or (age is not None and age > when.age_years_over))
        and (
            when.running_days_at_most is None
            or (since is not None and (today - since).days <= when.running_days_at_most)
        )
        and (when.healed_within_days is None or any((today - day).days <= when.healed_within_days for day in healed))
    )


def speaks_about_place(when: When, place: TissuePlace, rulebook: Rulebook) -> bool:
    """Return whether a rule speaks about a part of the body, of some tissues: any of them is enough."""
    region = rulebook.regions[place.region]
    return (
        place.region not in when.except_regions
        and (when.regions is None or any(rulebook.counts_as(place.region, name) for name in when.regions))
        and (when.groups is None or region.group in when.groups)
        and (when.tissues is None or any(tissue in when.tissues for tissue in place.tissues))
        and (when.graded is None or when.graded == place.graded)
        and (when.chest_wall is None or when.chest_wall == region.chest_wall)
    )


def _spans(rule: Rule, treatment: Appointment, longer: float) -> list[tuple[Seconds, Seconds]]:
    """Return the seconds in which a rule speaks about a treatment: after its end, before its start, or during it."""
    start, end = seconds(treatment.start), seconds(treatment.end)
    spans = []
    if (after := rule.hours("after")) is not None:
        first, last = after
        if rule.caps and last >= 24:
            last += longer
        # Where the time of day is not known, the window may begin as early as the earliest possible end.
        opens = start if treatment.whole_day else end
        closes = _cleared(rule, treatment, Seconds(end + round(last * HOUR)))
        spans.append((Seconds(opens + round(first * HOUR)), closes))
    if (before := rule.hours("before")) is not None:
        first, last = before
        closes = end if treatment.whole_day else start
        spans.append((Seconds(start - round(first * HOUR)), Seconds(closes - round(last * HOUR))))
    if rule.during:
        spans.append((start, end))
    return spans


def _cleared(rule: Rule, treatment: Appointment, closes: Seconds) -> Seconds:
    """Return when a rule lets go: one that waits for clearance, not before it was given."""
    if not rule.until_cleared:
        return closes
    return FOREVER if treatment.cleared is None else max(closes, seconds(treatment.cleared))


def _treated_twice(rulebook: Rulebook, numbers: Iterable[int], treatments: Sequence[Appointment]) -> set[int]:
    """Return the numbers of those treatments whose part of the body is treated more than once on their day."""
    by_day: dict[date, list[int]] = defaultdict(list)
    for number in numbers:
        by_day[treatments[number].day].append(number)
    pairs = (pair for same_day in by_day.values() for pair in combinations(same_day, 2))
    return {
        number for pair in pairs if is_same_part(rulebook, treatments[pair[0]], treatments[pair[1]]) for number in pair
    }
