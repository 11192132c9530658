"""Choosing: a task as the search sees it, and the best choice for it that keeps the rules about dose.

These rules speak of what the plan itself holds: how long a run may be hangs on the runs of the weeks before it, and
when the way back begins on the first run of it. So a plan is made with what the weeks may hold, then held against the
same rules with what they do hold; where it breaks any, it is made again with these limits too. Limits are only ever
added, and what is chosen is the best for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import prod

from planner.candidates.candidate import Candidate, DayChoice
from planner.candidates.preferences import COMFORT, one_a_day, precedence, spread_runs
from planner.clock import DayNumber, Minutes, seconds
from planner.dose.dose_windows import dose_of
from planner.dose.history import TrainingSession, session
from planner.dose.spacings import (
    breaks_a_day,
    breaks_spacing,
    days_since_or_in_a_row,
    is_asked,
    is_counted,
    spaced_names,
    timed_workout,
)
from planner.limits.progress import log_readings, running_stage, sessions_per_stage
from planner.limits.verdicts import Limits
from planner.revision.pinned import Pinned
from planner.rulebook.scales import INTENSITIES
from planner.scheduling.task import RUNNING, Task, caps_left, days_since_done, is_a_run
from planner.search.problem import Day, Option, SearchProblem, Solution, Spacing, Week
from planner.search.solve import MANY_STATES, SearchMemory, solve

MOST_RUNS = 7
MOST_PASSES = 12
"""So often a plan is made at the most; two or three times are usual, and most plans need one."""
Chosen = Sequence[Sequence[Candidate]]


def choose(task: Task, memory: SearchMemory | None = None) -> tuple[Solution, dict[int, Candidate]]:
    """Return the best choice for a task, and the candidates by the keys of its options (`memory`: of tasks alike).

    Where a danger sign clears the plan nothing is searched for: every plan, bent or not, and every answer is empty.
    """
    if task.cleared:
        return Solution(days=tuple(() for _ in task.days), points=0), {}
    candidates: dict[int, Candidate] = {}
    solution = solve(problem_of(task, candidates), memory=memory)
    before = sum(COMFORT * option.precedence for options in solution.days for option in options)
    return solution._replace(points=solution.points - before), candidates


def memory_for(task: Task) -> SearchMemory:
    """Return a memory for a task and those alike, which bounds the search where that pays."""
    return SearchMemory(bounded=prod(cap + 1 for cap in caps_left(task, DayNumber(0)).values()) >= MANY_STATES)


def problem_of(task: Task, candidates: dict[int, Candidate], drawn: dict[int, Day] | None = None) -> SearchProblem:
    """Return a task as the search sees it; the candidates are noted by the keys of its options.

    `drawn` keeps the search's days by the identity of the choices that they show, for the next task.
    """
    drawn = {} if drawn is None else drawn
    for choice in task.days:
        if id(choice) not in drawn:
            drawn[id(choice)] = day_of(task, choice, candidates)
    days = [drawn[id(choice)] for choice in task.days]
    weights = task.rulebook.preferences
    gaps = _gaps(task)
    done = [(pinned.start.date(), pinned.workout) for pinned in task.prior.fixed if pinned.done]
    return SearchProblem(
        weeks=tuple(
            Week(tuple(days[first : first + 7]), tuple(caps_left(task, DayNumber(first)).values()))
            for first in range(0, len(days), 7)
        ),
        run_gap=gaps["run"],
        hard_gap=gaps["hard"],
        long_gap=gaps["long"],
        spread=spread_runs(weights["spread_runs"], task.wishes.ideal_run_gap),
        crowded=0 if task.case.goals.two_a_day else one_a_day(weights["one_a_day"]),
        first_run_back=task.chooser.breaks.is_first_run_due(task.days[0].day, task.last_run, task.prior.known_from),
        since=days_since_done(task),
        weight=COMFORT,
        ranked=_ranked(task),
        spacings=tuple(
            Spacing(
                days=spacing.days,
                in_a_row=spacing.in_a_row,
                since=days_since_or_in_a_row(spacing, done, task.days[0].day),
                alone=spacing.alone,
                minutes=60 * spacing.hours,
                most=spacing.most,
            )
            for spacing in task.active_spacings
        ),
    )


def _ranked(task: Task) -> tuple[int, ...]:
    counters = list(caps_left(task, DayNumber(0)))
    names = [RUNNING if goal == "runs" and RUNNING in counters else goal for goal in task.wishes.ranks]
    return tuple(counters.index(name) for name in names if name != "runs")


def _gaps(task: Task) -> dict[str, int]:
    """Return the least days from one run, hard workout and long run to the next."""
    return {
        sort: getattr(task.training[field], field) if field in task.training else 1
        for sort, field in (
            ("run", "days_between_runs"),
            ("hard", "days_between_hard"),
            ("long", "days_between_long"),
        )
    }


def _run_gap_on(task: Task, day: date) -> int:
    """Return the least days from one run to the next on a day of the way back to running; 1 before it, and without."""
    returning, back = task.rulebook.return_to_running, task.dose.way_back
    is_returning = task.case.return_to_running is not None or (back is not None and day >= back.opens)
    return returning.days_between_runs if returning is not None and is_returning else 1


def _asked(task: Task, fixed: Pinned) -> tuple[str, ...]:
    """Return of which sorts something that comes after the plan keeps its distance from what is chosen.

    Where something else that is done stands too near, nothing chosen could help: it is not asked.
    """
    day = fixed.start.date()
    gaps = _gaps(task)
    gaps["run"] = max(gaps["run"], _run_gap_on(task, day))

    def near(other: Pinned, sort: str) -> bool:
        workout = task.rulebook.workouts[other.workout]
        alike = {"run": workout.is_running, "hard": workout.hard, "long": workout.long}[sort]
        return other.done and alike and 0 < (day - other.start.date()).days < gaps[sort]

    return tuple(sort for sort in fixed.asked if not any(near(other, sort) for other in task.prior.fixed))


def _put(candidate: Candidate) -> int:
    """Return how far a candidate goes before others for standing where a person put it."""
    return 0 if candidate.fixed is None else candidate.fixed.precedence


def _precedence(task: Task, candidate: Candidate) -> int:
    """Return how far a candidate goes before others: what was put there, then the wishes in their order."""
    return 0 if candidate.done else _put(candidate) + precedence(candidate.form, task.wishes)


def day_of(task: Task, choice: DayChoice, candidates: dict[int, Candidate]) -> Day:
    """Return a day as the search sees it; the candidates are noted by the keys of its options."""
    counters = {name: number for number, name in enumerate(caps_left(task, DayNumber(0)))}
    windows = []
    for window in choice.windows:
        options = []
        for candidate in window:
            key = len(candidates)
            candidates[key] = candidate
            options.append(_option(task, key, candidate, counters))
        windows.append(tuple(options))
    return Day(tuple(windows), choice.break_ends, run_gap=_run_gap_on(task, choice.day))


def _option(task: Task, key: int, candidate: Candidate, counters: Mapping[str, int]) -> Option:
    workout = task.rulebook.workouts[candidate.form.workout]
    names = candidate.form.counters
    if RUNNING in counters and is_a_run(task, candidate.form):
        names = (*names, RUNNING)
    begins, first = seconds(candidate.start) // 60, _precedence(task, candidate)
    spacings = task.active_spacings
    return Option(
        key=key,
        # A race goes before a run that was done on its day: two of a kind are no reason to leave it out. A match or a
        # brick is a run, too.
        kind="race" if candidate.form.role == "race" else "run" if workout.is_running else _kind(task, candidate),
        start=begins,
        end=begins + candidate.minutes,
        points=candidate.total + COMFORT * first,
        # What is done is off the caps already: they may be lower than what was done.
        uses=() if candidate.done else tuple(counters[name] for name in names),
        run=workout.is_running,
        hard=workout.hard,
        long=workout.long,
        back=candidate.back,
        done=candidate.done,
        precedence=first,
        asked=() if candidate.fixed is None else _asked(task, candidate.fixed),
        counts=sum(1 << bit for bit, spacing in enumerate(spacings) if is_counted(spacing, candidate)),
        asks=0
        if candidate.done
        else sum(1 << bit for bit, spacing in enumerate(spacings) if is_asked(spacing, candidate)),
    )


def _kind(task: Task, candidate: Candidate) -> str:
    """Return the kind of which a day holds one; of fixed sessions it may hold several: there and back by bike."""
    kind, fixed = task.rulebook.workouts[candidate.form.workout].kind, candidate.fixed
    if fixed is None or not fixed.session or fixed.workout != candidate.form.workout:
        return kind
    before = [
        pinned
        for pinned in task.prior.on(candidate.start.date())
        if (pinned.session or pinned.done) and pinned.start < fixed.start
        if task.rulebook.workouts[pinned.workout].kind == kind
    ]
    return f"{kind} {len(before)}" if before else kind


def choose_dosed(task: Task, memory: SearchMemory | None = None) -> tuple[Task, Solution, Chosen]:
    """Return the best choice that keeps the rules about dose, and the task with the limits for which it is the best.

    `memory` is that of tasks alike.
    """
    memory = memory or memory_for(task)
    for _ in range(MOST_PASSES):
        solution, candidates = choose(task, memory)
        chosen = [[candidates[option.key] for option in options] for options in solution.days]
        again = tighten_limits(task, chosen)
        if again is None:
            break
        task = again
    return task, solution, chosen


def tighten_limits(task: Task, chosen: Chosen) -> Task | None:
    """Return a task with the limits that follow from what was chosen, None where that keeps them all."""
    others = task.other_limits
    if others is None or task.cleared:
        return None
    treated = [(treatment.day, treatment.region) for treatment in task.treatments]
    reports = log_readings(task.case, task.rulebook, treated, task.masked)
    planned = planned_sessions(task, chosen)
    dose = dose_of(
        task.case,
        task.rulebook,
        task.dose.rules,  # of a coach's plan not all hold
        others,
        task.wishes,
        task.prior,
        task.weeks,
        task.today,
        reports,
        planned,
        task.masked,
    )
    limits = others.with_more(dose.windows)
    broken = broken_spacings(task, chosen)
    fewer = dict(dose.fewer_runs)
    for number in fewer:
        week = [
            candidate
            for candidates in chosen[7 * number : 7 * number + 7]
            for candidate in candidates
            if not candidate.done
        ]
        fewer[number] -= sum(is_a_run(task, candidate.form) for candidate in week)
    if (
        not broken
        and min(fewer.values(), default=0) >= 0
        and all(_keeps(limits, candidate) for candidates in chosen for candidate in candidates if not candidate.done)
    ):
        return None
    windows = (*task.dose.windows, *dose.windows)
    fewer = {
        number: min(runs.get(number, MOST_RUNS) for runs in (task.dose.fewer_runs, dose.fewer_runs))
        for number in {*task.dose.fewer_runs, *dose.fewer_runs}
    }
    return task.with_dose(dose._replace(windows=windows, fewer_runs=fewer))._replace(active=task.active | broken)


def _standing(task: Task, chosen: Chosen) -> list[tuple[date, str, bool]]:
    """Return what is chosen, and what was done before the plan, with its day and whether it is done."""
    there = [
        (candidate.start.date(), name, candidate.done)
        for candidates in chosen
        for candidate in candidates
        for name in spaced_names(candidate.form)
    ]
    first = task.days[0].day
    done = [(pinned.start.date(), pinned.workout) for pinned in task.prior.fixed if pinned.done]
    return there + [(day, workout, True) for day, workout in done if day < first]


def broken_spacings(task: Task, chosen: Chosen) -> frozenset[int]:
    """Return the numbers of the rules on spacing that are not active, and broken by what is chosen."""
    there = _standing(task, chosen)
    timed = [timed_workout(candidate) for candidates in chosen for candidate in candidates]
    return frozenset(
        number
        for number, spacing in enumerate(task.spacings)
        if number not in task.active
        and (breaks_a_day(spacing, timed) if spacing.within_a_day else breaks_spacing(spacing, there))
    )


def _keeps(limits: Limits, candidate: Candidate) -> bool:
    """Return whether a workout that was chosen keeps some limits."""
    verdict = limits.judge(candidate.form.workout, seconds(candidate.start), candidate.usual_minutes)
    if not verdict.allowed:
        return False
    short = verdict.max_minutes is None or candidate.minutes <= verdict.max_minutes
    return short and (verdict.max_intensity is None or INTENSITIES.index(candidate.intensity) <= verdict.max_intensity)


def planned_sessions(task: Task, chosen: Chosen) -> list[TrainingSession]:
    """Return what was chosen as history will count it, a run by stages with the running of its stage."""
    back = running_stage(task.case, task.rulebook, task.today, task.dose.way_back, task.masked)
    stage, good = (0, 0) if back is None else (back.stage, back.good)
    needed = sessions_per_stage(task.case, task.rulebook)
    sessions = []
    for candidates in chosen:
        for candidate in candidates:
            if candidate.done:
                continue
            done = session(
                task.rulebook, candidate.form.workout, candidate.start.date(), candidate.minutes, task.wishes
            )
            if done.workout == "run_walk" and stage:
                now = task.rulebook.stages[stage - 1]
                done = done._replace(minutes=Minutes(now.run_minutes * now.repeats))
                good += 1
                if good >= needed and stage < len(task.rulebook.stages):
                    stage, good = stage + 1, 0
            sessions.append(done)
    return sessions
