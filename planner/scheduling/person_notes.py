"""Notes about the person: whom to ask first, what not to book, what a clinician allows, what a case leaves unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from planner.case.availability import DEFAULTS
from planner.case.entries import Restriction
from planner.case.health import Illness
from planner.case.model import Case
from planner.clock import Seconds, midnight, seconds
from planner.limits.health_windows import health_spans, speaks_against
from planner.limits.in_force import injuries, restriction_id, restriction_words
from planner.limits.red_flags import is_after
from planner.limits.rule_windows import DAY, rules_about, speaks_about_injury
from planner.results.plan import Absence
from planner.rulebook.rule import Rule
from planner.scheduling.task import Task
from planner.wording.plan.dose_notes import LAST_RUN_UNKNOWN, bone_waits_note, healed_before_note, heals_later_note
from planner.wording.plan.notes import (
    ASSUMED_GOALS,
    ASSUMED_SEVERITY,
    absence_words,
    assumed_bone_note,
    assumed_days_note,
    assumed_injury_note,
    assumed_minutes_note,
    assumed_windows_note,
    away_note,
    far_ahead_note,
    long_past_note,
    no_appointment_note,
    passed_over_note,
)
from planner.wording.signs import (
    OTHER_RULEBOOK,
    ambiguity_sentence,
    clinicians_word_note,
    fever_alert,
    illness_advice,
    leave_note,
    long_illness_alert,
    not_booked_alert,
)

LATELY = timedelta(days=56)
"""So long after an injury has healed the plan asks when the last run was, if nothing says so."""
MINDED_DAYS = 3
"""So many days after a treatment the plan still says what somebody's health makes of it."""


def health_alerts(task: Task) -> Iterator[str]:
    """Yield what a person must ask or not do before training goes on, and appointments that should not be."""
    for rule in _speaking(task):
        if rule.advice is not None and _asks_first(rule):
            yield rule.advice
    for injury in task.case.injury:
        if injury.healed is not None and injury.healed <= task.today:
            yield bone_waits_note(task.rulebook.regions[injury.region].name, injury.healed)
    yield from _not_booked(task)
    for entry, rules in _with_leave(task):
        for rule in rules:
            if task.rulebook.needs_a_clinician(rule):
                what = restriction_words(entry, task.rulebook)
                yield clinicians_word_note(task.explainer.titled(rule), entry.by, gone=True, what=what)
    for illness in task.case.illness:
        kind = task.rulebook.illnesses[illness.kind]
        day = (task.today - illness.from_).days + 1
        if illness.until is None and illness.cleared is None and day >= kind.doctor_from_day:
            yield long_illness_alert(kind.name, illness.from_, day)
        if _waits_for_a_doctor(task, illness):
            yield illness_advice(kind.name, kind.advice)
        yield from _after_a_needle(task, illness)


def health_notes(task: Task) -> Iterator[str]:
    """Yield what a person should know besides: advice without limits, and what to mind after an illness."""
    for rule in _speaking(task):
        if rule.advice is not None and not _asks_first(rule):
            yield rule.advice
    yield from _healed_notes(task)
    for entry, rules in _with_leave(task):
        titles = [task.explainer.titled(rule) for rule in rules]
        yield leave_note(restriction_words(entry, task.rulebook), entry.by, titles)
    treated = [treatment for treatment in task.treatments if (task.weeks.first - treatment.day).days <= MINDED_DAYS]
    for rule in task.rules.values():
        asks = rule.when.health is not None or rule.when.blood_thinners
        about = rule.about == "treatment" and asks and rule.advice is not None
        thinners = task.case.health.blood_thinners
        if about and any(
            rules_about(task.rulebook, [rule], appointment, blood_thinners=thinners) for appointment in treated
        ):
            yield rule.advice or ""
    for illness in task.case.illness:
        kind = task.rulebook.illnesses[illness.kind]
        if any(_reaches(task, rule) for rule in _about(task, illness)) and not _waits_for_a_doctor(task, illness):
            yield illness_advice(kind.name, kind.advice)


def _about(task: Task, illness: Illness) -> list[Rule]:
    """Return the rules that speak about an illness."""
    return [rule for rule in task.rules.values() if illness.kind in (rule.when.illnesses or ())]


def _waits_for_a_doctor(task: Task, illness: Illness) -> bool:
    """Return whether nothing goes on after an illness until the case says that a doctor cleared it."""
    return illness.cleared is None and any(rule.until_cleared for rule in _about(task, illness))


def _after_a_needle(task: Task, illness: Illness) -> Iterator[str]:
    """Yield the last treatment from which an illness may have come, while its rules hold and no doctor cleared it."""
    kind = task.rulebook.illnesses[illness.kind]
    if kind.may_come_from is None or illness.cleared is not None:
        return
    if not any(_reaches(task, rule) for rule in _about(task, illness)):
        return
    more = kind.longer_if_immunity_is_weak if task.case.health.weak_immunity else 0
    first, last = kind.may_come_from.days
    meant = kind.may_come_from.model_copy(update={"days": (first, last + more)})
    treated = [
        appointment for appointment in task.treatments if is_after(meant, task.rulebook, illness.from_, appointment)
    ]
    if treated:
        latest = max(treated, key=lambda appointment: appointment.day)
        name, advice = task.explainer.treatment(latest), kind.where_it_may or kind.advice
        yield fever_alert(kind.name, illness.from_, name, latest.day, advice)


def _healed_notes(task: Task) -> Iterator[str]:
    """Yield what is to be minded of what has healed within the days that a rule names, and what is still to heal."""
    names = {key: region.name for key, region in task.rulebook.regions.items()}
    for injury in task.case.injury:
        if injury.healed is not None and injury.healed > task.today:
            yield heals_later_note(names[injury.region], injury.healed)
    for rule in task.dose.rules:
        days = rule.when.healed_within_days
        for injury in task.case.healed if days is not None else ():
            if days is not None and injury.healed and (task.today - injury.healed).days <= days:
                yield healed_before_note(names[injury.region], injury.healed, rule)
    lately = [injury for injury in task.case.healed if injury.healed and task.today - injury.healed <= LATELY]
    has_run = task.case.fitness.last_run is not None or task.dose.history.of("run")
    if not has_run and any(
        injury.severity != "mild" and task.rulebook.regions[injury.region].group != "arm" for injury in lately
    ):
        yield LAST_RUN_UNKNOWN


def _with_leave(task: Task) -> Iterator[tuple[Restriction, list[Rule]]]:
    """Yield what clinicians allow, with the rules that it goes before on the days of the plan."""
    begins, last = (seconds(midnight(day, task.case.tz)) for day in (task.weeks.first, task.weeks.last))
    for number, entry in enumerate(task.case.restrictions, start=1):
        lifted = {
            window.lifts
            for window in task.limits.windows
            if window.lifts and window.rule.id == restriction_id(number)
            if window.touches(begins, Seconds(last + DAY))
        }
        if lifted:
            yield entry, [task.rules[key] for key in sorted(lifted)]


def _asks_first(rule: Rule) -> bool:
    """Return whether a rule takes something away until a clinician agrees."""
    return rule.caps and (rule.until_cleared or rule.cleared_ends)


def _speaking(task: Task) -> list[Rule]:
    """Return the rules about people that speak in the days of the plan."""
    return [rule for rule in task.rules.values() if rule.about == "person" and _reaches(task, rule)]


def _reaches(task: Task, rule: Rule) -> bool:
    first, last = (seconds(midnight(day, task.case.tz)) for day in (task.weeks.first, task.weeks.last))
    return any(opens < last + DAY and closes > first for opens, closes in health_spans(task.case, rule))


def _not_booked(task: Task) -> Iterator[str]:
    """Yield the appointments to come that a rule about the person, or about being ill, would rather not see."""
    for treatment in task.treatments:
        if treatment.day >= task.weeks.first:
            for rule, _ in speaks_against(task.case, task.rulebook, task.rules.values(), treatment):
                yield not_booked_alert(task.explainer.treatment(treatment), treatment.day, rule.title)


LONG_PAST, FAR_AHEAD = timedelta(days=60), timedelta(days=180)
"""Appointments that lie all so far from the plan may have the wrong year."""


def _far_appointments(task: Task) -> Iterator[str]:
    """Yield that all appointments of a case are long past, or far ahead: then the year may be wrong."""
    entries = task.case.treatments
    if not entries or any(entry.start is None or entry.repeat is not None for entry in entries):
        return
    days = [
        entry.start.date() if isinstance(entry.start, datetime) else entry.start for entry in entries if entry.start
    ]
    if max(days) < task.weeks.first - LONG_PAST:
        yield long_past_note(len(days), max(days))
    elif min(days) > task.weeks.last + FAR_AHEAD:
        yield far_ahead_note(len(days), min(days))


def absence_on(case: Case, day: date) -> Absence | None:
    """Return what keeps a person from all workouts on a day, None where nothing does: being away, or ill."""
    away = case.away_on(day)
    if away is not None:
        return Absence(kind="away", text=absence_words(away))
    ill = any(illness.from_ <= day and (illness.until is None or day <= illness.until) for illness in case.illness)
    return Absence(kind="ill", text=absence_words(None)) if ill else None


def _by_another_rulebook(task: Task) -> bool:
    version = "" if task.earlier is None else task.earlier.rulebook_version
    return version not in {"", task.rulebook.version}


def plan_notes(task: Task) -> list[str]:
    """Return what rules advise about the injuries, and the defaults that were taken where the case says nothing."""
    case = task.case
    notes = [
        rule.advice
        for rule in task.rules.values()
        if rule.about == "injury" and rule.advice is not None
        if any(speaks_about_injury(rule.when, injury, task.rulebook) for injury in case.injury)
    ]
    notes += _far_appointments(task)
    notes += [OTHER_RULEBOOK] if _by_another_rulebook(task) else []
    used = {task.rulebook.workouts[form.workout].length.fitness for form in task.wishes.forms if form.role == "goal"}
    guessed = [key for key in task.wishes.guessed if key in used]
    if guessed:
        notes.append(assumed_minutes_note({key: task.wishes.minutes[key] for key in guessed}))
    first, last = task.weeks.first, task.weeks.last
    for away in case.away:
        if away.from_ <= last and away.until >= first:
            kinds = [] if away.what == "all" else [task.rulebook.described_kinds[kind].several for kind in away.what]
            notes.append(away_note(away, kinds))
    open_days = case.availability.defaults_taken
    if len(open_days) == 7:
        notes.append(assumed_windows_note(DEFAULTS["default"], DEFAULTS["saturday"]))
    elif open_days:
        notes.append(assumed_days_note(open_days))
    if "goals" not in case.model_fields_set:
        notes.append(ASSUMED_GOALS)
    # Those of treatments by name: the order of treatments in the case says nothing.
    of_treatments = sorted(entry.ambiguous for entry in case.treatments if entry.ambiguous is not None)
    words = dict.fromkeys([*(injury.ambiguous for injury in case.injury), *of_treatments])
    notes += [ambiguity_sentence(word, task.rulebook) for word in words if word is not None]
    notes += _assumed_of_injuries(task)
    read = {booking.entry for booking in task.calendars.booked}
    for number, entry in enumerate(case.treatments):
        if entry.calendar is not None and number not in read:
            notes.append(no_appointment_note(entry.calendar, entry.match))
    passed = [remark for remark in task.calendars.passed_over if remark.line is not None]
    remarks = {(remark.source, remark.line): f"{remark.source}, line {remark.line}: {remark.why}" for remark in passed}
    if remarks:
        notes.append(passed_over_note(list(remarks.values())))
    return notes


def _assumed_of_injuries(task: Task) -> Iterator[str]:
    """Yield what was taken to be hurt, and how much, where the case does not say so."""
    case, regions = task.case, task.rulebook.regions
    for injury in case.injury:
        is_named = injury.ambiguous is None and injury.region not in task.rulebook.ambiguous_names
        if injury.tissue is None and injury.graded is None and regions[injury.region].tissue == "bone" and is_named:
            yield assumed_bone_note(regions[injury.region].name)
    assumed = injuries(case, task.rulebook)[len(case.injury) :]
    if assumed:
        yield assumed_injury_note(sorted(regions[injury.region].name for injury in assumed))
    if any("severity" not in injury.model_fields_set for injury in case.injury):
        yield ASSUMED_SEVERITY
