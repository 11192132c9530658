"""Planning: data walks through here one way, from a case and a rulebook to a plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from planner.assembly import assemble
from planner.bookings import Calendars
from planner.candidate import Candidate, DayChoice
from planner.case import Case
from planner.clock import seconds
from planner.earlier import Earlier
from planner.planned import Plan
from planner.preferences import one_a_day, spread_runs
from planner.red_flags import clears_the_plan
from planner.request import Request, prepared
from planner.rulebook import Rulebook
from planner.schedule import Day, Option, Problem, Solution, Week, solve
from planner.task import Task, caps_left, since


def choose(task: Task) -> tuple[Solution, dict[int, Candidate]]:
    """Return the best choice for a task, and the candidates by the keys of its options."""
    candidates: dict[int, Candidate] = {}
    solution = solve(problem_of(task, candidates))
    put = sum(_for_standing(candidates[option.key]) for options in solution.days for option in options)
    return solution._replace(points=solution.points - put), candidates


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
    counters = {name: number for number, name in enumerate(task.wishes.caps)}
    windows = []
    for found in choice.windows:
        options = []
        for candidate in found:
            key = len(candidates)
            candidates[key] = candidate
            options.append(_option(task.rulebook, key, candidate, counters))
        windows.append(tuple(options))
    return Day(tuple(windows), choice.break_ends)


def _option(rulebook: Rulebook, key: int, candidate: Candidate, counters: Mapping[str, int]) -> Option:
    workout = rulebook.workouts[candidate.form.workout]
    begins = seconds(candidate.start) // 60
    return Option(
        key=key,
        # A race goes before a run that was done on its day: two of a kind are no reason to leave it out.
        kind="race" if candidate.form.role == "race" else workout.kind,
        start=begins,
        end=begins + candidate.minutes,
        points=candidate.total + _for_standing(candidate),
        # What is done is off the caps already: they may be lower than what was done.
        uses=() if candidate.done else tuple(counters[name] for name in candidate.form.counters),
        run=workout.kind == "run",
        hard=workout.hard,
        long=workout.long,
        back=candidate.back,
        done=candidate.done,
        asked=candidate.fixed is not None and candidate.fixed.asked,
    )


def plan(
    case: Case,
    rulebook: Rulebook,
    *,
    today: date,
    start: date | None = None,
    weeks: int = 1,
    calendars: Calendars | None = None,
    earlier: Earlier | None = None,
    now: datetime | None = None,
) -> Plan:
    """Return the best plan for the weeks from a first day on.

    Args:
        case: the person's case; everyday names are understood.
        rulebook: the rules to plan by (`planner.shipped_rulebook()` is the one that comes with the program).
        today: the local date that counts as today.
        start: the first day of the plan; default: today.
        weeks: how many weeks of seven days, 1 to 52.
        calendars: what `read_calendars` found, where the case names calendar files.
        earlier: what a calendar shows of an earlier plan; as little of it as the rules allow is changed.
        now: the aware moment before which nothing is planned; an earlier plan knows its own. Default: none.

    Raises:
        InputError: the case names what the rulebook does not know, or calendars that were not read, or the weeks are
            out of range.

    """
    return plan_request(Request(case, rulebook, today, start, weeks, calendars, earlier, now))


def plan_request(request: Request) -> Plan:
    """Return the best plan for a request.

    Raises `InputError` as `plan` does.
    """
    task = prepared(request)
    if clears_the_plan(task.flags):
        return assemble(task, [[] for _ in task.days], 0, task.earlier)
    solution, candidates = choose(task)
    chosen = [[candidates[option.key] for option in options] for options in solution.days]
    return assemble(task, chosen, solution.points, task.earlier)
