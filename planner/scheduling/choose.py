"""Choosing: a task as the search sees it, and the best choice for it."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from planner.candidates.candidate import Candidate, DayChoice
from planner.candidates.preferences import one_a_day, spread_runs
from planner.clock import seconds
from planner.scheduling.task import RUNNING, Task, caps_left, is_a_run, since
from planner.search.problem import Day, Option, Problem, Solution, Week
from planner.search.solve import MANY_STATES, Memory, solve


def choose(task: Task, memory: Memory | None = None) -> tuple[Solution, dict[int, Candidate]]:
    """Return the best choice for a task, and the candidates by the keys of its options (`memory`: of tasks alike)."""
    candidates: dict[int, Candidate] = {}
    solution = solve(problem_of(task, candidates), memory=memory)
    put = sum(_for_standing(candidates[option.key]) for options in solution.days for option in options)
    return solution._replace(points=solution.points - put), candidates


def memory_for(task: Task) -> Memory:
    """Return a memory for a task and those alike, which bounds the search where that pays."""
    return Memory(bounded=prod(cap + 1 for cap in caps_left(task, 0).values()) >= MANY_STATES)


def problem_of(task: Task, candidates: dict[int, Candidate], drawn: dict[int, Day] | None = None) -> Problem:
    """Return a task as the scheduler sees it; the candidates are noted by the keys of its options.

    `drawn` keeps the scheduler's days by the identity of the choices that they show, for the next task.
    """
    drawn = {} if drawn is None else drawn
    for choice in task.days:
        if id(choice) not in drawn:
            drawn[id(choice)] = day_of(task, choice, candidates)
    days = [drawn[id(choice)] for choice in task.days]
    weights = task.rulebook.preferences
    gaps = {
        field: getattr(task.training[field], field) if field in task.training else 1
        for field in ("days_between_runs", "days_between_hard", "days_between_long")
    }
    returning = task.rulebook.return_to_running
    if task.case.return_to_running is not None and returning is not None:
        gaps["days_between_runs"] = max(gaps["days_between_runs"], returning.days_between_runs)
    return Problem(
        weeks=tuple(
            Week(tuple(days[first : first + 7]), tuple(caps_left(task, first).values()))
            for first in range(0, len(days), 7)
        ),
        run_gap=gaps["days_between_runs"],
        hard_gap=gaps["days_between_hard"],
        long_gap=gaps["days_between_long"],
        spread=spread_runs(weights["spread_runs"], task.wishes.ideal_run_gap),
        crowded=one_a_day(weights["one_a_day"]),
        first_run_back=task.chooser.breaks.first_run_due(task.days[0].day, task.last_run, task.given.known_from),
        since=since(task),
    )


def _for_standing(candidate: Candidate) -> int:
    """Return the points that put what is fixed, and still to come, before everything else."""
    return 0 if candidate.fixed is None else candidate.fixed.points


def day_of(task: Task, choice: DayChoice, candidates: dict[int, Candidate]) -> Day:
    """Return a day as the scheduler sees it; the candidates are noted by the keys of its options."""
    counters = {name: number for number, name in enumerate(caps_left(task, 0))}
    windows = []
    for found in choice.windows:
        options = []
        for candidate in found:
            key = len(candidates)
            candidates[key] = candidate
            options.append(_option(task, key, candidate, counters))
        windows.append(tuple(options))
    return Day(tuple(windows), choice.break_ends)


def _option(task: Task, key: int, candidate: Candidate, counters: Mapping[str, int]) -> Option:
    workout = task.rulebook.workouts[candidate.form.workout]
    names = candidate.form.counters
    if RUNNING in counters and is_a_run(task, candidate.form):
        names = (*names, RUNNING)
    begins = seconds(candidate.start) // 60
    return Option(
        key=key,
        # A race goes before a run that was done on its day: two of a kind are no reason to leave it out.
        kind="race" if candidate.form.role == "race" else workout.kind,
        start=begins,
        end=begins + candidate.minutes,
        points=candidate.total + _for_standing(candidate),
        # What is done is off the caps already: they may be lower than what was done.
        uses=() if candidate.done else tuple(counters[name] for name in names),
        run=workout.kind == "run",
        hard=workout.hard,
        long=workout.long,
        back=candidate.back,
        done=candidate.done,
        asked=candidate.fixed is not None and candidate.fixed.asked,
    )
