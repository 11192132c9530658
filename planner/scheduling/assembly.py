"""Assembly: from what the search chose to a plan that says why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from planner.appointments.appointment import Appointment, TreatmentNumber
from planner.candidates.candidate import Candidate, DayChoice
from planner.candidates.wishes import unwanted_kinds, workouts_of_same_wish
from planner.clock import midnight, seconds
from planner.limits.rule_windows import rules_about
from planner.results.plan import Plan, PlanDay, PlannedTreatment, PlannedWorkout, Reason, RuledOut, Score
from planner.revision.calendar import Earlier
from planner.revision.identity import NOTE, plan_identity, treatment_mark, workout_mark
from planner.revision.revise import Placed, assign_identities, was_taken_out
from planner.rulebook.model import PREFERENCES
from planner.rulebook.rule import Rule
from planner.scheduling.notes import (
    alerts,
    dose_notes,
    hand_edit_notes,
    volume_notes,
)
from planner.scheduling.person_notes import absence_on, health_alerts, health_notes, plan_notes
from planner.scheduling.request import alert_facts_of
from planner.scheduling.stages import with_stages
from planner.scheduling.task import Task
from planner.scheduling.unplaced import races_without_a_place, unplaced_workouts
from planner.wording.rules.checks import check_sentence

Chosen = Sequence[Sequence[Candidate]]


def assemble(task: Task, chosen: Chosen, points: int, earlier: Earlier | None = None) -> Plan:
    """Return the plan for what was chosen on each day of a task.

    Args:
        task: the task.
        chosen: the workouts that were chosen, day by day.
        points: the points that the search counted for them.
        earlier: the plan's own calendar: what it knows keeps its identity. None where there is none yet.

    """
    plan_id = plan_identity(task.case) if earlier is None else earlier.plan_id
    days: list[PlanDay] = []
    placed: list[Placed] = []
    for number, (choice, candidates) in enumerate(zip(task.days, chosen, strict=True)):
        if not task.weeks.first <= choice.day <= task.weeks.last:
            continue
        week = task.days[number - number % 7].day
        # What only the log knows stands on no calendar.
        shown = [
            candidate
            for candidate in candidates
            if not (candidate.done and candidate.fixed and not candidate.fixed.uid)
        ]
        placed += [_placed(plan_id, candidate, week) for candidate in shown]
        days.append(
            PlanDay(
                date=choice.day,
                treatments=tuple(
                    planned_treatment(task, treatment, TreatmentNumber(order), earlier)
                    for order, treatment in enumerate(task.treatments)
                    if treatment.day == choice.day
                ),
                workouts=tuple(_workout(task, candidate) for candidate in shown),
                done=tuple(
                    task.rulebook.workouts[candidate.form.workout].name
                    for candidate in candidates
                    if candidate not in shown
                ),
                questions=_questions(task, choice),
                ruled_out=_ruled_out(task, choice),
                absent=absence_on(task.case, choice.day),
            )
        )
    for day in days:
        placed += [
            Placed(mark, day.date, day.date, NOTE, about=treatment.start)
            for treatment in day.treatments
            if (mark := treatment_mark(treatment.kind, treatment.region)) and treatment.uid is not None
        ]
    days = with_stages(task, _named(days, assign_identities(plan_id, placed, earlier, task.weeks)))
    missing = () if task.cleared else unplaced_workouts(task, chosen)
    return Plan(
        case=task.case.name,
        timezone=task.case.timezone,
        from_=task.weeks.first,
        to=task.weeks.last,
        caution=task.case.caution,
        days=tuple(days),
        unplaced=missing,
        score=score(task, chosen, points),
        cleared=task.cleared,
        alerts=(
            *alerts(alert_facts_of(task)),
            *(() if task.cleared else health_alerts(task)),
            *races_without_a_place(task, chosen, missing),
            *dose_notes(task, days, alert=True),
        ),
        notes=(
            *hand_edit_notes(task, chosen),
            *volume_notes(task, days),
            *dose_notes(task, days, alert=False),
            *plan_notes(task),
            *health_notes(task),
        ),
        plan_id=plan_id,
        weeks_from=task.weeks.begins,
        wishes_from=task.weeks.since,
        withdrawn=tuple(pinned.uid for pinned in task.prior.withdrawn),
        rulebook_version=task.rulebook.version,
    )


def _placed(plan_id: str, candidate: Candidate, week: date) -> Placed:
    role, workout = candidate.form.role, candidate.form.workout
    slot = candidate.form.goal if role == "goal" else role
    uid = candidate.fixed.uid if candidate.fixed is not None else ""
    return Placed(workout_mark(plan_id, workout, private=False), candidate.start, week, slot, uid)


def _named(days: Iterable[PlanDay], uids: Sequence[str]) -> list[PlanDay]:
    """Return the days with the identities of their workouts, then of the notes on their treatments, in order."""
    names = iter(uids)
    with_workouts = [
        day.model_copy(
            update={"workouts": tuple(workout.model_copy(update={"uid": next(names)}) for workout in day.workouts)}
        )
        for day in days
    ]
    return [
        day.model_copy(
            update={
                "treatments": tuple(
                    treatment if treatment.uid is None else treatment.model_copy(update={"uid": next(names)})
                    for treatment in day.treatments
                )
            }
        )
        for day in with_workouts
    ]


def _workout(task: Task, candidate: Candidate) -> PlannedWorkout:
    workout = task.rulebook.workouts[candidate.form.workout]
    conditions = candidate.verdict.conditions
    otherwise = None if conditions is None else _otherwise(task, candidate)
    title = workout.name
    if candidate.form.role == "race":
        title = next((race.name for race in task.case.races if race.date == candidate.start.date()), title)
    return PlannedWorkout(
        uid="",
        workout=candidate.form.workout,
        kind=workout.kind,
        title=title,
        start=candidate.start,
        end=candidate.end,
        minutes=candidate.minutes,
        intensity=candidate.intensity,
        check=check_sentence(conditions),
        conditions=conditions,
        otherwise=otherwise,
        otherwise_title=None if otherwise is None else task.rulebook.workouts[otherwise].name,
        by_hand=candidate.put and bool(candidate.fixed and candidate.fixed.uid),
        reasons=tuple(_reasons(task, candidate)),
    )


def _otherwise(task: Task, candidate: Candidate) -> str | None:
    """Return the first workout to do instead that the rules allow anyway at that time, without any check."""
    for key in task.rulebook.instead_of(candidate.form.workout):
        if task.rulebook.workouts[key].kind in unwanted_kinds(task.case, task.rulebook):
            continue
        verdict = task.limits.judge(key, seconds(candidate.start), task.chooser.usual_minutes(key))
        if verdict.allowed and not verdict.checks:
            return key
    return None


def _reasons(task: Task, candidate: Candidate) -> list[Reason]:
    explainer = task.explainer
    reasons = explainer.verdict_reasons(candidate.verdict)
    if candidate.back == "first":
        reasons.insert(0, explainer.standing_reason(task.training["first_run_back"]))
    moved = []
    if candidate.start != candidate.opens:
        begins = seconds(candidate.start)
        moved = [window for window in task.limits.windows_ruling_out(candidate.form.workout) if window.closes == begins]
    if moved:
        reasons.append(explainer.starts_when_a_rule_lets_go(candidate.start, moved[-1]))
    elif candidate.form.role != "race" and seconds(candidate.start) in task.chooser.busy.ends:
        reasons.append(explainer.starts_when_free(candidate.start))
    if candidate.put:
        reasons.append(explainer.put_reason(candidate.fixed, candidate.form.workout))
    if candidate.form.role == "substitute":
        reasons.append(explainer.preference_reason("instead_of_a_hole"))
    reasons += [
        explainer.preference_reason(name) for name in ("race", "long_run_day") if candidate.points.get(name, 0) > 0
    ]
    if candidate.form.role == "goal":
        reasons.append(explainer.wish_reason(candidate.form.goal, task.wishes.caps[candidate.form.goal]))
    return reasons


def planned_treatment(
    task: Task, treatment: Appointment, number: TreatmentNumber, earlier: Earlier | None = None
) -> PlannedTreatment:
    """Return a treatment as a plan shows it.

    Args:
        task: the task.
        treatment: the appointment.
        number: its place among the task's treatments, from 0.
        earlier: the plan's own calendar, None where there is none yet.

    """
    whole_day = treatment.whole_day
    # What several rules say in the same words stands once.
    by_advice: dict[str, list[Rule]] = {}
    for rule in sorted(_rules_about(task, number), key=_when_it_matters):
        if rule.advice is not None:
            by_advice.setdefault(rule.advice, []).append(rule)
    aftercare = tuple(
        Reason(
            rule=rules[0].id,
            title=rules[0].title,
            text=advice,
            evidence=rules[0].evidence,
            sources=rules[0].sources,
            treatment=number,
            safety=any(rule.never_loosen for rule in rules),
        )
        for advice, rules in by_advice.items()
    )
    start = treatment.begins
    # The note on a day that is past stands in the calendar, or does not: none is made any more.
    past = earlier is not None and treatment.day < earlier.now.date()
    noted = (
        aftercare and not past and not was_taken_out(earlier, treatment_mark(treatment.kind, treatment.region), start)
    )
    return PlannedTreatment(
        kind=treatment.kind,
        name=task.rulebook.treatments[treatment.kind].name,
        region=treatment.region,
        start=start,
        end=treatment.end.date() if whole_day else treatment.end,
        aftercare=aftercare,
        uid="" if noted else None,
    )


def _rules_about(task: Task, number: TreatmentNumber) -> list[Rule]:
    thinners = task.case.health.blood_thinners
    return rules_about(task.rulebook, task.rules.values(), task.treatments[number], blood_thinners=thinners)


def _when_it_matters(rule: Rule) -> tuple[bool, float, str]:
    """Order advice as time passes: what to do before a treatment, then what soon after, then the rest."""
    after = rule.hours("after")
    return rule.hours("before") is None, after[1] if after else 0, rule.id


def _ruled_out(task: Task, choice: DayChoice) -> tuple[RuledOut, ...]:
    """Return the workouts that rules keep out of every start time of a day, with the rule that binds."""
    starts = [seconds(start) for starts in choice.starts for start in starts]
    wanted = [form for form in task.wishes.forms if form.role == "goal"]
    # What is asked for first of each goal: the easy run of the runs.
    asked = {next(form.workout for form in wanted if form.goal == goal) for goal in task.wishes.ranks}
    entries = []
    wished = {form.workout for form in task.wishes.forms}
    for key, workout in task.rulebook.workouts.items():
        if workout.on_request and key not in wished:
            continue
        verdicts = [task.limits.judge(key, start, task.chooser.usual_minutes(key)) for start in starts]
        if not verdicts or any(verdict.allowed for verdict in verdicts):
            continue
        windows = [window for verdict in verdicts for window in verdict.ruled_out_by]
        binding = task.limits.binding_window(windows, workouts_of_same_wish(key, task.wishes))
        text = task.explainer.window(binding)
        entries.append(RuledOut(workout=key, rule=binding.rule.id, text=text, asked=key in asked))
    return tuple(entries)


def _questions(task: Task, choice: DayChoice) -> tuple[str, ...]:
    """Return what rules ask on a day, such as for three days after needling near the lung."""
    begins = seconds(midnight(choice.day, task.case.tz))
    ends = seconds(midnight(choice.day + timedelta(days=1), task.case.tz))
    touching = task.limits.touching(begins, ends)
    return tuple(dict.fromkeys(window.rule.question for window in touching if window.rule.question))


def score(task: Task, chosen: Chosen, total: int) -> Score:
    """Return the points of a plan by preference; together they are what the search counted."""
    return Score(total=total, preferences=points_by_preference(task, chosen))


def points_by_preference(task: Task, chosen: Chosen) -> dict[str, int]:
    """Return the points that each preference gives to what is chosen for a task; silent ones are left out."""
    points = dict.fromkeys(PREFERENCES, 0)
    before = task.last_run
    last_run = None if before is None else (before.date() - task.days[0].day).days
    weights, workouts = task.rulebook.preferences, task.rulebook.workouts
    for number, candidates in enumerate(chosen):
        for candidate in candidates:
            for name, worth in candidate.points.items():
                points[name] += worth
        if not task.case.goals.two_a_day:
            done = sum(candidate.done for candidate in candidates)
            points["one_a_day"] -= weights["one_a_day"].points * max(len(candidates) - max(done, 1), 0)
        runs = [run for run in candidates if workouts[run.form.workout].is_running]
        if runs:
            if last_run is not None and not any(run.done and not (run.fixed and run.fixed.asked) for run in runs):
                short = max(task.wishes.ideal_run_gap - (number - last_run), 0)
                points["spread_runs"] -= weights["spread_runs"].points * short
            last_run = number
    return {name: points[name] for name in sorted(points) if points[name]}
