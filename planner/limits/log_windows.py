"""Log windows: what rules make of what was felt, from an entry's day on, what danger signs leave, what hides pain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from planner.appointments.appointment import Appointment
from planner.case.model import Case, LogEntry
from planner.case.places import injured_place, place_at
from planner.clock import Minutes, Seconds, after, at, midnight, seconds
from planner.limits.effects import concerns, stands_for
from planner.limits.progress import SORE, LogReading
from planner.limits.red_flags import Flag, clearance_of, findings_of, flag_rule
from planner.limits.rule_windows import FOREVER, HOUR, HealthReading, Window, speaks_about_place, windows_of
from planner.rulebook.model import Rulebook
from planner.rulebook.names import is_a_clinician
from planner.rulebook.rule import Rule

SETBACKS = ("regress", "refer")
"""The responses that are setbacks."""
REMEMBERED = 400
"""Days: what the log says holds for weeks; a break that it tells of may have ended so long ago, and no longer."""


def log_windows(
    case: Case,
    rulebook: Rulebook,
    rules: Iterable[Rule],
    readings: Sequence[LogReading],
    flags: Iterable[Flag],
    first: date | None = None,
) -> list[Window]:
    """Return the windows of rules about the log: open from an entry's day on, and counted from the end of that day.

    A rule in hours counts from when the workout began, where the log says when that was.

    Args:
        case: the person's case.
        rulebook: the rulebook, for the parts of the body that rules name.
        rules: the rules at the case's caution level.
        readings: what the log says, entry by entry.
        flags: the danger signs of the log.
        first: the first day that is asked about; what closed long before it is left out, for a log may have decades.

    """
    rules, findings = [rule for rule in rules if rule.about == "log"], findings_of(case)
    # Setbacks are counted over weeks: for an entry that still matters, those of twice as long ago are more than enough.
    recent = [felt for felt in readings if first is None or felt.day + timedelta(days=2 * REMEMBERED) >= first]
    windows: list[Window] = []
    for report in readings:
        others = recent if recent and report.day >= recent[0].day + timedelta(days=REMEMBERED) else readings
        for rule in rules:
            speaks = _matters(rule, report, first) and _speaks(case, rulebook, rule, report)
            if speaks and _counts(case, rule, report, others):
                windows += _window(case, _of_what_hurt(case, rulebook, rule, report), report, others, findings)
    regions = [injury.region for injury in case.injury] or [entry.region for entry in case.treatments if entry.region]
    hurt = tuple(dict.fromkeys(regions)) or (next(iter(rulebook.regions)),)
    for flag in flags:
        windows += _flag_windows(case, flag, hurt)
        windows += _stepwise(case, rules, flag, hurt)
    return windows


def _flag_windows(case: Case, flag: Flag, hurt: Sequence[str]) -> Iterator[Window]:
    """Yield what a danger sign leaves, until the day from which it binds nothing any more, or without an end."""
    rule = flag_rule(flag)
    if rule is None:
        return
    closing = flag.sign.closes_the_plan
    # What nobody has looked at lets nothing be planned, whichever day is asked about.
    opens = Seconds(0) if closing and flag.free_from is None else seconds(midnight(flag.day, case.tz))
    closes = FOREVER if flag.free_from is None else seconds(midnight(flag.free_from, case.tz))
    reading = HealthReading("sign", name=flag.sign.name)
    for region in hurt[:1] if closing else (flag.sign.regions or hurt):
        if opens < closes:
            yield Window(rule, region, opens, closes, entry=flag.entry, reading=reading)


def _stepwise(case: Case, rules: Iterable[Rule], flag: Flag, hurt: Sequence[str]) -> Iterator[Window]:
    """Yield what holds from the day on which a clinician lets training begin again after a confirmed sign."""
    if not (flag.confirmed and flag.sign.closes_the_plan and flag.free_from is not None):
        return
    opens = seconds(midnight(flag.free_from, case.tz))
    reading = HealthReading("confirmed_sign", name=flag.sign.name)
    for rule in rules:
        if rule.about == "log" and "confirmed" in (rule.when.responses or ()):
            first, last = rule.hours("after") or (0, 0)
            for region in hurt[:1]:
                begins, ends = Seconds(opens + round(first * HOUR)), Seconds(opens + round(last * HOUR))
                yield Window(rule, region, begins, ends, entry=flag.entry, reading=reading)


def _matters(rule: Rule, felt: LogReading, first: date | None) -> bool:
    """Return whether a rule that an entry calls for may still hold: what waits for a clinician always may."""
    last = (rule.hours("after") or (0, 0))[1]
    return first is None or rule.until_cleared or felt.day + timedelta(days=REMEMBERED, hours=last) >= first


def _speaks(case: Case, rulebook: Rulebook, rule: Rule, felt: LogReading) -> bool:
    if rule.about != "log" or felt.response not in (rule.when.responses or ()):
        return False
    entry = case.log[felt.entry]
    kinds = set() if entry.did is None else stands_for(entry.did, rulebook.workouts)[1]
    if rule.applies_to.what_hurt and not kinds:
        return False
    if rule.when.pain_in is not None and (kinds.isdisjoint(rule.when.pain_in) or not (entry.pain or entry.limp)):
        return False
    injured = [
        injured_place(injury, rulebook) for injury in (*case.injury, *case.healed) if injury.region == felt.region
    ]
    places = injured or [place_at(case, rulebook, felt.region)]
    return any(speaks_about_place(rule.when, place, rulebook) for place in places)


def _of_what_hurt(case: Case, rulebook: Rulebook, rule: Rule, felt: LogReading) -> Rule:
    """Return a rule as it holds after an entry: where it is about what hurt, with the kinds of that workout."""
    did = case.log[felt.entry].did
    if not rule.applies_to.what_hurt or did is None:
        return rule
    # Which part of a brick it was that hurt, nobody knows: it is about each.
    _, kinds = stands_for(did, rulebook.workouts)
    return rule.model_copy(update={"applies_to": rule.applies_to.model_copy(update={"kinds": tuple(sorted(kinds))})})


def _counts(case: Case, rule: Rule, felt: LogReading, readings: Sequence[LogReading]) -> bool:
    """Return whether an entry is as manieth a setback of its region as a rule speaks of, since that last healed."""
    form = rule.setbacks
    if form is None:
        return True
    healed = _healed(case, felt)
    since = date.min if healed is None or felt.day < healed else healed
    days = {
        report.day
        for report in readings
        if report.region == felt.region and report.response in SETBACKS
        if since <= report.day and 0 <= (felt.day - report.day).days <= form.within_days
    }
    return len(days) >= form.number


def _window(
    case: Case,
    rule: Rule,
    felt: LogReading,
    readings: Sequence[LogReading],
    findings: Sequence[tuple[int, LogEntry]],
) -> list[Window]:
    first, last = rule.hours("after") or (0, 0)
    day_begins = seconds(midnight(felt.day, case.tz))
    day_ends = seconds(midnight(felt.day + timedelta(days=1), case.tz))
    began = case.log[felt.entry].time
    if began is not None and rule.hours_after is not None:
        # What is counted in hours begins when the workout did, where that is known.
        day_ends = seconds(at(felt.day, began, case.tz))
    opens = day_begins if first == 0 else day_ends + round(first * HOUR)
    closes = day_ends + round(last * HOUR)
    if rule.until_cleared:
        # A finding ends it, before its window does too where the rule may be loosened; without one it has no end.
        clearance = clearance_of(findings, felt.day, felt.entry)
        free_from = None if clearance is None else clearance.free_from
        ended = FOREVER if free_from is None else seconds(midnight(free_from, case.tz))
        closes = max(closes, ended) if rule.never_loosen else ended
    elif (better := _better(case, felt, readings)) is not None:
        closes = min(closes, seconds(midnight(better, case.tz)))
    healed = _healed(case, felt, by_clinician=rule.until_cleared)
    if healed is not None and felt.day < healed:
        closes = min(closes, seconds(midnight(healed, case.tz)))
    if closes <= opens:
        return []
    return [Window(rule, felt.region, Seconds(opens), Seconds(closes), entry=felt.entry, reading=felt.reading)]


def _healed(case: Case, felt: LogReading, *, by_clinician: bool = False) -> date | None:
    """Return since when the region of an entry is healed, None where it is not, or where no clinician says so."""
    injuries = [injury for injury in case.healed if injury.region == felt.region]
    if by_clinician:
        # What waits for a clinician does not end by the person's own word.
        injuries = [injury for injury in injuries if injury.by is not None and is_a_clinician(injury.by)]
    return max((injury.healed for injury in injuries if injury.healed), default=None)


def _better(case: Case, felt: LogReading, readings: Sequence[LogReading]) -> date | None:
    """Return the day that ends what an entry asks for: for holding the next good session, for soreness a quiet day.

    Going back a step does not end before its time. A session whose pain nobody rated is no good one.
    """
    if felt.response == "still_sore":
        quiet = [entry.date for entry in case.log if entry.soreness is not None and entry.soreness <= SORE]
        return min((day for day in quiet if day > felt.day), default=None)
    if felt.response != "hold":
        return None
    good = [report for report in readings if report.response == "progress" and case.log[report.entry].pain is not None]
    return min((report.day for report in good if report.region == felt.region and report.day > felt.day), default=None)


def masked_entries(
    case: Case, rulebook: Rulebook, rules: Iterable[Rule], treatments: Sequence[Appointment]
) -> frozenset[int]:
    """Return the numbers of the log entries at whose time something hides pain, so that little of it proves nothing.

    Whose time of day is not known may have been at any of its day (`SA-49`).

    Args:
        case: the person's case, with its log.
        rulebook: the rulebook.
        rules: the rules in force.
        treatments: the appointments, of which some hide pain.

    """
    masks = [rule for rule in rules if rule.check is not None and rule.check.masked]
    if any(rule.about == "person" for rule in masks):
        return frozenset(range(len(case.log)))
    spans = [_span(case, entry) for entry in case.log]
    pills = [
        (opens, (closes if entry.time is None else opens) + (rule.hours("after") or (0, 0))[1] * HOUR)
        for entry, (opens, closes) in zip(case.log, spans, strict=True)
        for rule in masks
        if entry.painkiller and rule.about == "log"
    ]
    windows = windows_of(rulebook, masks, treatments, blood_thinners=case.health.blood_thinners)
    return frozenset(
        number
        for number, (entry, (begins, ends)) in enumerate(zip(case.log, spans, strict=True))
        if entry.painkiller
        or any(opens < ends and begins < closes for opens, closes in pills)
        or any(
            window.touches(begins, ends) and _works(rulebook, window.rule, window.region, entry) for window in windows
        )
    )


def _span(case: Case, entry: LogEntry) -> tuple[Seconds, Seconds]:
    """Return the seconds in which a log entry may lie: all of its day where it gives no time."""
    if entry.time is None:
        return seconds(midnight(entry.date, case.tz)), seconds(midnight(entry.date + timedelta(days=1), case.tz))
    begins = seconds(at(entry.date, entry.time, case.tz))
    return begins, after(begins, entry.minutes or Minutes(1))


def _works(rulebook: Rulebook, rule: Rule, region: str, entry: LogEntry) -> bool:
    """Return whether what an entry tells of works a region of which a rule says that it does not tell of pain."""
    if entry.did is None:
        return entry.region is None or rulebook.is_same_place(entry.region, region)
    return concerns(rule.applies_to, entry.did, rulebook.workouts, rulebook.workouts[entry.did].load[region])
