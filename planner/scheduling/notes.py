"""Notes: what the person should read and act on: danger signs, setbacks, appointments, edits by hand, races."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from planner.candidates.candidate import Candidate
from planner.clock import Minutes, midnight, seconds
from planner.dose.raced import Raced, breaks_before, days_around, growth_until, longest_run_before, races_of
from planner.dose.week_level import WEEKS_MEASURED, steep_weeks
from planner.limits.progress import log_readings, running_stage
from planner.limits.red_flags import Flag, clearance_of, findings_of
from planner.limits.rule_windows import Window
from planner.limits.session_spacing import clashes
from planner.results.plan import PlanDay
from planner.revision.pinned import Pinned
from planner.rulebook.figures import RaceRatio
from planner.rulebook.rule import Rule
from planner.scheduling.obstacles import find_obstacle
from planner.scheduling.request import AlertFacts
from planner.scheduling.task import MOST_WEEKS, Task
from planner.wording.plan.dose_notes import (
    race_after_break_alert,
    race_after_race_note,
    race_note,
    race_to_come_note,
    setback_alert,
    share_note,
)
from planner.wording.plan.notes import (
    cannot_stand_note,
    clinician_alert,
    goes_on_note,
    lasting_soreness_alert,
    lost_place_note,
    setbacks_alert,
    taken_out_note,
    too_close_alert,
    volume_note,
)
from planner.wording.questions.answers import session_sentence
from planner.wording.signs import clinicians_word_note, not_meanwhile_alert, sign_alert, sign_standing, withdrawn_note

Run = tuple[date, Minutes]
"""The day of a run, and how long it is."""


class _TooLong(NamedTuple):
    """Hold that a race is longer than a rule lets pass without a word, after a run of so many minutes."""

    alert: bool
    longest: Minutes
    rule: Rule


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
    if not alert:
        yield from _race_after_race_notes(task)
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
    """Yield the races of a plan for which nobody is prepared (`alert`), or else those longer than what was trained.

    What the plan holds before a race counts as trained. Where nobody would be prepared without it, that is said all the
    same, but not above the plan: it counts for good once it was done.
    """
    rules = [(rule, rule.race_ratio) for rule in task.dose.rules if rule.race_ratio is not None]
    done = [(workout.day, workout.minutes) for workout in task.dose.done if workout.kind == "run"]
    planned = [
        (workout.start.date(), Minutes(workout.minutes))
        for day in days
        for workout in day.workouts
        if workout.kind == "run"
    ]
    names = {race.date: race.name for race in task.case.races}
    for race in races_of(task.case, task.wishes, task.dose.history, task.today):
        if race.day < task.weeks.first:
            continue
        name = names.get(race.day, "Race")
        over = _too_long(task, race, rules, (*done, *planned), task.weeks.last)
        by_now = _too_long(task, race, rules, done, None) if race.day <= task.weeks.last else []
        worst = max(over, key=lambda too_long: too_long.alert, default=None)
        worst_by_now = max(by_now, key=lambda too_long: too_long.alert, default=None)
        if worst_by_now is not None and (worst is None or (worst_by_now.alert and not worst.alert)):
            if not alert:
                ahead = max((minutes for day, minutes in planned if day < race.day), default=Minutes(0))
                yield race_to_come_note(name, race.day, (race.minutes, worst_by_now.longest, ahead), worst_by_now.rule)
        elif worst is not None and worst.alert == alert:
            yield race_note(name, race.day, race.minutes, worst.longest, worst.rule, alert=alert)
        if alert and not any(too_long.alert for too_long in over):
            for rule, form in rules:
                pauses = breaks_before(race.day, task.dose.breaks.get("run", ()), form) if form.alert else []
                soon = [pause.days for pause in pauses]
                if soon:
                    yield race_after_break_alert(name, race.day, max(soon), rule)


def _too_long(
    task: Task, race: Raced, rules: Iterable[tuple[Rule, RaceRatio]], runs: Iterable[Run], last: date | None
) -> list[_TooLong]:
    """Return which rules find a race too long after some runs, and what may be added to them after a plan.

    Args:
        task: the task.
        race: the race.
        rules: those about it, with their figures.
        runs: the runs.
        last: the last day of the plan, None where it is what was run before it that counts.

    """
    runs, over = list(runs), []
    for rule, form in rules:
        if last is None and (race.day - task.weeks.first).days > form.days:
            continue
        ends = race.day if last is not None else task.weeks.first
        longest = longest_run_before(ends, runs, form.days, task.weeks.last)
        grown = 1 if last is None else growth_until(race.day, task.dose.rules, last)
        limit = form.injured_over if form.injured_over is not None and task.case.injury else form.over
        if race.minutes > limit * longest * grown:
            over.append(_TooLong(form.alert, longest, rule))
    return over


def _race_after_race_notes(task: Task) -> Iterator[str]:
    """Yield the races of a plan that come within the days after another one in which nothing hard is done."""
    rules = [rule for rule in task.dose.rules if rule.after_race is not None and "run_hard" in rule.rules_out_workouts]
    times = max((rule.race_days_times or 1 for rule in task.dose.rules), default=1)
    names = {race.date: race.name for race in task.case.races}
    races = races_of(task.case, task.wishes, task.dose.history, task.today)
    for rule in rules:
        for earlier, first, end in days_around(rule, races, times):
            for race in races:
                if first <= race.day < end and task.weeks.first <= race.day <= task.weeks.last:
                    name, before = names.get(race.day, "Race"), names.get(earlier.day, "Race")
                    yield race_after_race_note(name, race.day, before, (race.day - earlier.day).days, rule)


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
