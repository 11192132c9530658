"""Red flags: danger signs in the log. Nothing loosens them, and emergency and same-day signs close the plan.

A sign is read in its circumstances (`[[sign.cases]]`): what was treated in the days before, and what `[health]` says.
It stands until a clinician's finding ends it, however far ahead that is: asking is not being cleared. A finding ends
the signs that its log entry names, or all of them up to its date, and what pain in the log had ordered until a
clinician has looked. The latest word counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from planner.appointments.appointment import Appointment
from planner.case.model import Case, LogEntry
from planner.limits.progress import LogReading
from planner.rulebook.figures import AppliesTo
from planner.rulebook.kinds import AfterTreatment, Sign, SignCase
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import Rule
from planner.rulebook.scales import Level

LEVELS: tuple[Level, ...] = ("emergency", "same_day", "soon", "ask", "note")
"""The most urgent first."""
URGENT = "red_flags"
SOON = "red_flags.soon"
UNKNOWN = "unknown"
"""The sign that stands for every word that no sign has as a name."""


class Clearance(NamedTuple):
    """Hold a clinician's finding: the number of its log entry, and the first day on which training may go on.

    `free_from` is None where a finding was confirmed and no date was named yet.
    """

    entry: int
    free_from: date | None
    confirmed: bool
    by: str


def findings_of(case: Case) -> list[tuple[int, LogEntry]]:
    """Return the log entries that say what a clinician found, by their place in the log."""
    return [(number, entry) for number, entry in enumerate(case.log) if entry.cleared is not None]


def clearance_of(
    findings: Iterable[tuple[int, LogEntry]], day: date, number: int, sign: str | None = None
) -> Clearance | None:
    """Return the latest finding that ends what a log entry of a day says, a sign of it or its pain; None without one.

    Args:
        findings: those of the log, from `findings_of`.
        day: the day of the entry.
        number: its place in the log, from 0: of two entries of one day, the one further down the file came later.
        sign: the danger sign; None is its pain.

    """
    cleared = [(entry.date, other, entry) for other, entry in findings if _ends(entry, other, day, number, sign)]
    if not cleared:
        return None
    _, other, entry = max(cleared, key=lambda dated: dated[:2])
    confirmed = entry.cleared == "confirmed"
    free_from = entry.training_from if confirmed else entry.date + timedelta(days=1)
    return Clearance(other, free_from, confirmed, entry.by or "")


def _ends(entry: LogEntry, other: int, day: date, number: int, sign: str | None) -> bool:
    if other == number:
        return sign is None or sign in entry.signs
    return (entry.date, other) > (day, number) and (not entry.signs or sign in entry.signs)


def advice_notes(case: Case) -> Iterator[tuple[int, LogEntry]]:
    """Yield the entries that say only that advice was sought, with their numbers: they end nothing."""
    yield from ((number, entry) for number, entry in enumerate(case.log) if entry.advice_sought and not entry.cleared)


class Flag(NamedTuple):
    """Hold a danger sign that was logged, as it is in its circumstances.

    `free_from` is the first day on which it binds nothing any more, None while nobody has said that. `confirmed` tells
    that a clinician found what was feared. `word` is what the person wrote, where the program does not know it.
    """

    sign: Sign
    day: date
    entry: int
    key: str
    free_from: date | None = None
    confirmed: bool = False
    word: str = ""
    clearance: int | None = None
    """The number of the log entry whose finding it is."""

    def stands_on(self, day: date) -> bool:
        """Return whether it still binds on a day."""
        return self.free_from is None or day < self.free_from


def raised_flags(
    case: Case, rulebook: Rulebook, treatments: Sequence[Appointment] = (), readings: Sequence[LogReading] = ()
) -> list[Flag]:
    """Return every danger sign of the log, the most urgent first, with the day from which it binds nothing any more.

    Args:
        case: the person's case, with its log.
        rulebook: the rulebook, with its signs.
        treatments: the appointments of the case.
        readings: what `log_readings` makes of its log.

    """
    flags = [
        _flag(case, rulebook, number, entry, name, treatments, readings)
        for number, entry in enumerate(case.log)
        for name in entry.signs
    ]
    return sorted(flags, key=lambda flag: (LEVELS.index(flag.sign.level), flag.day, flag.sign.name))


def _flag(
    case: Case,
    rulebook: Rulebook,
    number: int,
    entry: LogEntry,
    name: str,
    treatments: Sequence[Appointment],
    readings: Sequence[LogReading],
) -> Flag:
    key = name if name in rulebook.signs else UNKNOWN
    sign = rulebook.signs[key]
    for circumstance in sign.cases:
        if _holds(circumstance, case, rulebook, entry, treatments):
            sign = sign.in_case(circumstance)
            break
    clearance = clearance_of(findings_of(case), entry.date, number, name)
    gone = _gone(sign, case, entry, readings)
    free_from = clearance.free_from if clearance is not None else gone
    confirmed = clearance is not None and clearance.confirmed
    word, cleared_by = "" if key == name else name, clearance.entry if clearance is not None else None
    return Flag(sign, entry.date, number, key, free_from, confirmed, word, cleared_by)


def _holds(
    sign_case: SignCase, case: Case, rulebook: Rulebook, entry: LogEntry, treatments: Sequence[Appointment]
) -> bool:
    """Return whether the circumstances of a sign's case are those of a log entry."""
    if sign_case.health is not None and not any(fact in case.health.facts for fact in sign_case.health):
        return False
    if sign_case.caution is not None and sign_case.caution != case.caution:
        return False
    return sign_case.treated is None or any(
        is_after(sign_case.treated, rulebook, entry.date, appointment, entry.region) for appointment in treatments
    )


def is_after(
    treated: AfterTreatment, rulebook: Rulebook, day: date, treatment: Appointment, felt_in: str | None = None
) -> bool:
    """Return whether a day is among those that are meant after a treatment, of the part where something is felt.

    Args:
        treated: which treatments, and how many days after them, are meant.
        rulebook: the rulebook, which says of regions and treatments what they are.
        day: the day.
        treatment: the appointment.
        felt_in: the region where something is felt; None is anywhere.

    """
    region = rulebook.regions[treatment.region]
    first, last = treated.days
    return (
        first <= (day - treatment.day).days <= last
        and (treated.treatments is None or treatment.kind in treated.treatments)
        and (
            treated.traits is None
            or any(trait in treated.traits for trait in rulebook.treatments[treatment.kind].traits)
        )
        and (treated.regions is None or region.whole or treatment.region in treated.regions)
        and (treated.chest_wall is None or treated.chest_wall == region.chest_wall)
        and (felt_in is None or region.whole or rulebook.regions[felt_in].group == region.group)
    )


def _gone(sign: Sign, case: Case, entry: LogEntry, readings: Sequence[LogReading]) -> date | None:
    """Return the day of the good session that shows a sign to be gone, for signs that may go by themselves."""
    if sign.gone_after_days is None:
        return None
    good = {
        report.day for report in readings if report.response == "progress" and case.log[report.entry].pain is not None
    }
    bad = {report.day for report in readings if report.response != "progress"} | {
        entry.date for entry in case.log if entry.signs
    }
    later = [day for day in good - bad if (day - entry.date).days >= sign.gone_after_days]
    return min(later, default=None)


def flags_standing_from(flags: Iterable[Flag], day: date) -> list[Flag]:
    """Return the signs that still bind on a day or after it."""
    return [flag for flag in flags if flag.stands_on(day)]


def clears_the_plan(flags: Iterable[Flag], last: date | None = None) -> bool:
    """Return whether a sign is so urgent that nothing is planned up to a last day (None: without an end)."""
    return any(
        flag.sign.closes_the_plan and (flag.free_from is None or (last is not None and last < flag.free_from))
        for flag in flags
    )


def flag_rule(flag: Flag) -> Rule | None:
    """Return what a sign leaves to do until a clinician has found what it is; None where it binds nothing."""
    sign = flag.sign
    rule = Rule(
        id=SOON,
        title=f"{sign.name}: only what does not load it until a clinician has looked",
        about="log",
        applies_to=AppliesTo(except_kinds=("walk", "mobility")),
        max_load=0,
        max_impact="none",
        hours_after=(0, 24),
        until_cleared=True,
        never_loosen=True,
        why=sign.advice,
        evidence=sign.evidence,
        sources=sign.sources,
    )
    if sign.closes_the_plan:
        title = f"{sign.name}: no training until a clinician has found what it is"
        closed = {"max_load": None, "max_impact": None, "allows_only": (), "applies_to": AppliesTo()}
        return rule.model_copy(update={"id": URGENT, "title": title, **closed})
    if sign.level != "soon":
        return None
    if not sign.has_limits:
        return rule
    title = f"{sign.name}: little is left until a clinician has looked"
    own = {name: getattr(sign, name) for name in ("allows_only", "max_load", "max_impact", "rules_out_workouts")}
    return rule.model_copy(update={"id": f"{URGENT}.{flag.key}", "title": title, **own})
