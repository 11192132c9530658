"""Unplaced: what was asked for and did not fit into a week, and what stood in its way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from planner.candidates.candidate import Candidate
from planner.clock import DayNumber
from planner.results.obstacle import Obstacle
from planner.results.plan import Because, Unplaced
from planner.scheduling.obstacles import find_obstacle
from planner.scheduling.task import Task, asked_of_week
from planner.wording.plan.dose_notes import no_place_alert
from planner.wording.questions.obstacles import on_days

Chosen = Sequence[Sequence[Candidate]]
SPECIALS = {"long_run": "run_long", "hard_runs": "run_hard", "hard_bikes": "bike_hard"}
"""What stands for the wishes that are some of the runs or rides."""
MOST_REASONS = 6
"""So many things that stood in the way are named, those of the most days first."""


def unplaced_workouts(task: Task, chosen: Chosen) -> tuple[Unplaced, ...]:
    """Return what was asked for and did not fit, week by week, the most important first."""
    wishes_left = []
    for first in range(0, len(task.days), 7):
        days, week = task.days[first : first + 7], chosen[first : first + 7]
        for name, workout, asked in _asked(task, DayNumber(first)):
            placed = sum(_counts(task, candidate, name) for candidates in week for candidate in candidates)
            if placed < asked:
                wishes_left.append(
                    Unplaced(
                        week=days[0].day,
                        kind=name,
                        asked=asked,
                        placed=placed,
                        because=tuple(_because(task, chosen, DayNumber(first), workout)),
                    )
                )
    return tuple(wishes_left)


def _asked(task: Task, first: DayNumber) -> Iterator[tuple[str, str, int]]:
    """Yield the name of each wish of a week, the workout that stands for it, and how often it was asked for.

    Of a week that goes on after the plan only the races of its days: the rest of it is yet to be planned.
    """
    days = [choice.day for choice in task.days[first : first + 7] if choice.day <= task.weeks.last]
    races = sum(any(race.date == day for race in task.case.races) for day in days)
    if races:
        yield "race", "race", races
    caps = asked_of_week(task, first)
    for goal in task.wishes.ranks if len(days) == 7 else ():
        forms = [form for form in task.wishes.forms if form.goal == goal and form.role == "goal"]
        yield task.rulebook.goals[goal], forms[0].workout, caps[goal]
        for special, workout in (SPECIALS | task.rulebook.special_goals).items():
            if special in caps and any(special in form.counters for form in forms):
                yield special, workout, caps[special]


def _counts(task: Task, candidate: Candidate, name: str) -> bool:
    form = candidate.form
    if form.role == "substitute":
        return False
    if name == "race":
        return form.role == "race"
    return name in form.counters or task.rulebook.goals.get(form.goal) == name


def count_missing(task: Task, chosen: Chosen) -> dict[tuple[date, str], int]:
    """Return how many workouts of each wish did not fit into each week, by the week's first day and the wish."""
    count_of = {}
    for first in range(0, len(task.days), 7):
        days, week = task.days[first : first + 7], chosen[first : first + 7]
        for name, _, asked in _asked(task, DayNumber(first)):
            placed = sum(_counts(task, candidate, name) for candidates in week for candidate in candidates)
            if placed < asked:
                count_of[days[0].day, name] = asked - placed
    return count_of


def workout_of(task: Task, week: date, name: str) -> str:
    """Return the workout that stands for a wish of the week that begins on a day."""
    return next(workout for key, workout, _ in _asked(task, task.number_of(week)) if key == name)


def _because(task: Task, chosen: Chosen, first: DayNumber, workout: str) -> Iterator[Because]:
    """Yield what stood in the way on the days of a week that hold no such workout, the most frequent first."""
    in_the_way: dict[tuple[str, str], tuple[Obstacle, list[date]]] = {}
    for number, obstacle in obstacles_of_week(task, chosen, first, workout):
        in_the_way.setdefault((obstacle.rule, obstacle.text), (obstacle, []))[1].append(task.days[number].day)
    ordered = sorted(in_the_way.values(), key=lambda on_days: -len(on_days[1]))
    for obstacle, days in ordered[:MOST_REASONS]:
        yield Because(**dict(obstacle) | {"days": tuple(days), "text": on_days(days, obstacle.text)})


def obstacles_of_week(
    task: Task, chosen: Chosen, first: DayNumber, workout: str
) -> Iterator[tuple[DayNumber, Obstacle]]:
    """Yield the number of each day of a week that holds no such workout, with the one thing in its way.

    Args:
        task: the task.
        chosen: the workouts that were chosen, day by day.
        first: the number of the week's first day.
        workout: the workout, by its name in the catalogue.

    """
    kind = task.rulebook.workouts[workout].kind
    part = workout == "race" or workout in SPECIALS.values()
    for number in map(DayNumber, range(first, min(first + 7, len(task.days)))):
        choice = task.days[number]
        if choice.day < task.weeks.since:
            # Of the days before nothing was asked.
            continue
        starts = [start for starts in choice.starts for start in starts]
        if workout == "race":
            start = task.chooser.races.start_on(choice.day)
            if start is None:
                continue
            starts = [start]
        # A day with an easy run has one of the runs, but not the long one, and not the race.
        held = [candidate.form.workout for candidate in chosen[number]]
        if workout in held or (not part and any(task.rulebook.workouts[other].kind == kind for other in held)):
            continue
        yield number, find_obstacle(task, workout, starts, number, chosen, wanted=True)


def races_without_a_place(task: Task, chosen: Chosen, missing: Iterable[Unplaced]) -> Iterator[str]:
    """Yield each race that does not stand in the plan, with what stands in its way."""
    names = {race.date: race.name for race in task.case.races}
    for wish in missing:
        if wish.kind != "race":
            continue
        for number, obstacle in obstacles_of_week(task, chosen, task.number_of(wish.week), "race"):
            day = task.weeks.begins + timedelta(days=number)
            if day in names:
                yield no_place_alert(names[day], day, obstacle.text)
