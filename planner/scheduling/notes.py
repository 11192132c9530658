"""Notes: what the person should read and act on: danger signs, setbacks, appointments too close, edits by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from planner.candidates.candidate import Candidate
from planner.case.availability import DEFAULTS
from planner.clock import Minutes, midnight, seconds
from planner.dose.raced import breaks_before, growth_until, longest_run_before, races_of
from planner.dose.week_level import WEEKS_MEASURED, steep_weeks
from planner.limits.in_force import injuries
from planner.limits.progress import log_readings, running_stage
from planner.limits.red_flags import Flag, clearance_of, findings_of
from planner.limits.rule_windows import Window, speaks_about_injury
from planner.limits.session_spacing import clashes
from planner.results.plan import PlanDay
from planner.revision.pinned import Pinned
from planner.scheduling.obstacles import find_obstacle
from planner.scheduling.request import AlertFacts
from planner.scheduling.task import MOST_WEEKS, Task
from planner.wording.plan.dose_notes import race_after_break_alert, race_note, setback_alert, share_note
from planner.wording.plan.notes import (
    ASSUMED_GOALS,
    ASSUMED_SEVERITY,
    assumed_bone_note,
    assumed_days_note,
    assumed_injury_note,
    assumed_minutes_note,
    assumed_windows_note,
    away_note,
    cannot_stand_note,
    clinician_alert,
    far_ahead_note,
    goes_on_note,
    lasting_soreness_alert,
    long_past_note,
    lost_place_note,
    no_appointment_note,
    passed_over_note,
    setbacks_alert,
    taken_out_note,
    too_close_alert,
    volume_note,
)
from planner.wording.questions.answers import session_sentence
from planner.wording.signs import (
    OTHER_RULEBOOK,
    ambiguity_sentence,
    clinicians_word_note,
    not_meanwhile_alert,
    sign_alert,
    sign_standing,
    withdrawn_note,
)


def alerts(facts: AlertFacts) -> Iterator[str]:
    """Yield a plan's alerts, the most urgent first; a sign that clears the plan is the only one."""
    for flag in facts.flags:
        if facts.cleared:
            yield sign_standing(flag, facts.case)
            return
        yield sign_alert(flag) if flag.sign.level in {"ask", "note"} else sign_standing(flag, facts.case)
        yield from _not_meanwhile(facts, flag)
    yield from _from_the_log(facts)
    yield from _setbacks(facts)
    yield from _on_a_clinicians_word(facts)
    yield from _too_close(facts)


def _on_a_clinicians_word(facts: AlertFacts) -> Iterator[str]:
    """Yield what a clinician changed of the rules about injections, bones and danger signs."""
    for key, word in sorted(facts.case.rules.override.items()):
        rule = facts.rulebook.rules[key]
        if facts.rulebook.needs_a_clinician(rule):
            yield clinicians_word_note(facts.explainer.titled(facts.rules.get(key, rule)), word.by, gone=word.away)


def _not_meanwhile(facts: AlertFacts, flag: Flag) -> Iterator[str]:
    """Yield the appointments that a sign forbids while nobody has looked."""
    for treatment in facts.treatments:
        to_come = treatment.day >= max(flag.day, facts.weeks.first) and flag.stands_on(treatment.day)
        if to_come and treatment.kind in flag.sign.forbids_treatments:
            yield not_meanwhile_alert(facts.explainer.treatment(treatment), treatment.day, flag)


def _from_the_log(facts: AlertFacts) -> Iterator[str]:
    returning = facts.rulebook.return_to_running
    back = running_stage(facts.case, facts.rulebook, facts.today)
    if returning is not None and back is not None and back.setbacks >= returning.setbacks_for_clinician:
        yield setbacks_alert(back.setbacks)
    treated = [(treatment.day, treatment.region) for treatment in facts.treatments]
    waiting = facts.waiting_for_clinician
    for felt in log_readings(facts.case, facts.rulebook, treated):
        waits = felt.response == "refer" or (felt.entry, felt.reading) in waiting
        clearance = clearance_of(findings_of(facts.case), felt.day, felt.entry) if waits else None
        standing_yet = clearance is None or clearance.free_from is None or facts.weeks.first < clearance.free_from
        region = facts.rulebook.regions[felt.region].name
        if waits and standing_yet:
            yield clinician_alert(felt, region)
        elif felt.response == "still_sore" and (facts.weeks.begins - felt.day).days <= 7:
            yield lasting_soreness_alert(felt, region)


def _setbacks(facts: AlertFacts) -> Iterator[str]:
    """Yield the setbacks that add up, for as long as one of their rules holds; the worst rule about a region speaks."""
    begins = seconds(midnight(facts.weeks.first, facts.case.tz))
    worst: dict[str, tuple[int, Window]] = {}
    windows = [window for window in facts.windows if window.rule.setbacks is not None and window.entry is not None]
    lasting = {window.entry for window in windows if window.closes > begins}
    for window in windows:
        if window.rule.setbacks is not None and window.entry in lasting:
            setback = window.rule.setbacks.number, window
            worst[window.region] = max(worst.get(window.region, setback), setback, key=lambda numbered: numbered[0])
    for region, (number, window) in worst.items():
        if window.entry is not None:
            day = facts.case.log[window.entry].date
            yield setback_alert(number, day, facts.rulebook.regions[region].name.lower(), window.rule)


def dose_notes(task: Task, days: Sequence[PlanDay], *, alert: bool) -> Iterator[str]:
    """Yield what of a plan's dose is remarked upon: races longer than what was trained, the share of long runs.

    `alert` says whether to yield what stands above the plan, or the notes below it.
    """
    if task.cleared:
        return
    yield from _race_notes(task, days, alert=alert)
    rule = next((rule for rule in task.dose.rules if rule.warn_share_of_long_run is not None), None)
    if alert or rule is None or rule.warn_share_of_long_run is None:
        return
    for week in _whole_weeks(task, days):
        runs = [workout for day in week for workout in day.workouts if workout.kind == "run"]
        runs = [workout for workout in runs if workout.workout != "race"]
        most = rule.warn_share_of_long_run[min(max(len(runs) - 3, 0), 2)]
        minutes = sum(workout.minutes for workout in runs)
        for run in runs:
            percent = round(100 * run.minutes / minutes)
            if run.workout == "run_long" and len(runs) > 1 and percent > most:
                yield share_note(run.start.date(), run.minutes, percent, rule)


def _whole_weeks(task: Task, days: Sequence[PlanDay]) -> list[Sequence[PlanDay]]:
    """Return the calendar weeks of which a plan shows every day: of the others it does not know what they hold."""
    first = (task.weeks.begins - task.weeks.first).days
    weeks = [days[max(number, 0) : number + 7] for number in range(first, len(days), 7)]
    return [week for week in weeks if len(week) == 7]


def _race_notes(task: Task, days: Sequence[PlanDay], *, alert: bool) -> Iterator[str]:
    rules = [rule for rule in task.dose.rules if rule.race_ratio is not None]
    there = [(workout.day, workout.minutes) for workout in task.dose.done if workout.kind == "run"]
    there += [
        (workout.start.date(), Minutes(workout.minutes))
        for day in days
        for workout in day.workouts
        if workout.kind == "run"
    ]
    names = {race.date: race.name for race in task.case.races}
    for race in races_of(task.case, task.wishes, task.dose.history, task.today):
        if race.day < task.weeks.first or not (race.goal or race.minutes > task.wishes.minutes["easy_run_minutes"]):
            continue
        over = []
        for rule in rules:
            form = rule.race_ratio
            if form is None:
                continue
            longest = longest_run_before(race.day, there, form.days, task.weeks.last)
            limit = form.injured_over if form.injured_over is not None and task.case.injury else form.over
            most = limit * longest * growth_until(race.day, task.dose.rules, task.weeks.last)
            if race.minutes > most:
                over.append((form.alert, longest, rule))
            soon = [pause.days for pause in breaks_before(race.day, task.dose.breaks.get("run", ()), form)]
            if soon and alert and form.alert and race.minutes <= most:
                yield race_after_break_alert(names.get(race.day, "Race"), race.day, max(soon), rule)
        if over and max(over, key=lambda rated: rated[0])[0] == alert:
            _, longest, rule = max(over, key=lambda rated: rated[0])
            yield race_note(names.get(race.day, "Race"), race.day, race.minutes, longest, rule, alert=alert)


def _too_close(facts: AlertFacts) -> Iterator[str]:
    """Yield the appointments that a rule would rather see further apart, or not at all after one another."""
    thinners = facts.case.health.blood_thinners
    for clash in clashes(facts.rulebook, facts.rules.values(), facts.treatments, blood_thinners=thinners):
        if clash.second.day < facts.weeks.begins:
            continue
        first, second = facts.explainer.treatment(clash.first), facts.explainer.treatment(clash.second)
        yield too_close_alert(first, clash.first.day, second, clash.second.day, clash.rule.title)


def hand_edit_notes(task: Task, chosen: Sequence[Sequence[Candidate]]) -> Iterator[str]:
    """Yield a sentence for each workout that cannot stand where a person moved it, and for each taken out."""
    instead = {candidate.fixed: candidate.form.workout for candidates in chosen for candidate in candidates}
    kept = instead.keys()
    asked = any(pinned is not None and not pinned.done and not pinned.uid and not pinned.session for pinned in kept)
    for fixed_workout in task.prior.fixed:
        if fixed_workout.session and not asked and instead.get(fixed_workout, "") != fixed_workout.workout:
            why, there = _why_not(task, chosen, fixed_workout), fixed_workout in instead
            other = instead[fixed_workout] if there else task.chooser.in_place_of(fixed_workout)
            yield session_sentence(task.explainer, fixed_workout, why, other, in_its_place=there)
        if fixed_workout.uid and not fixed_workout.done and fixed_workout not in kept:
            name = task.rulebook.workouts[fixed_workout.workout].name
            if asked:
                yield lost_place_note(name, fixed_workout.start)
                continue
            yield cannot_stand_note(name, fixed_workout.start, _why_not(task, chosen, fixed_workout))
    for workout, day in task.prior.given_up:
        yield taken_out_note(task.rulebook.workouts[workout].name, day)
    if task.prior.withdrawn:
        names = dict.fromkeys(task.rulebook.workouts[pinned.workout].name.lower() for pinned in task.prior.withdrawn)
        yield withdrawn_note(task.prior.withdrawn, task.weeks.last, list(names))
    last = max((pinned.start.date() for pinned in task.prior.fixed if pinned.done), default=task.weeks.last)
    if last > task.weeks.last:
        weeks = -(-((last - task.weeks.first).days + 1) // 7)
        yield goes_on_note(last, task.weeks.last, weeks if weeks <= MOST_WEEKS else None)


def _why_not(task: Task, chosen: Sequence[Sequence[Candidate]], fixed: Pinned) -> str:
    number = task.number_of(fixed.start.date())
    return find_obstacle(task, fixed.workout, [fixed.start], number, chosen).text


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


def volume_notes(task: Task, days: Sequence[PlanDay]) -> Iterator[str]:
    """Yield a warning for each week whose running grows by more than a rule warns of; it is no proven threshold."""
    rule = task.training.get("warn_percent_per_week")
    if rule is None or rule.warn_percent_per_week is None:
        return
    weeks = _whole_weeks(task, days)
    minutes = [
        sum(run.minutes for day in week for run in day.workouts if run.kind == "run" and run.workout != "race")
        for week in weeks
    ]
    for number, percent in steep_weeks(minutes, rule.warn_percent_per_week):
        first, last = weeks[max(number - WEEKS_MEASURED, 0)][0].date, weeks[number][-1].date
        # The way back after a break has rules of its own.
        if not any(pause.has_a_way_back and pause.touches(first, last) for pause in task.dose.breaks.get("run", ())):
            yield volume_note(weeks[number][0].date, percent, rule.why)
