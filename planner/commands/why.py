"""`planner why`: why a day looks as it does, and whether a workout may start at a time and what that would change."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

from planner.calendars.of_case import calendars_of
from planner.case.file import read_case
from planner.clock import at, local
from planner.commands.session import local_today, past_until, show, shown_in
from planner.errors import InputError, Problem
from planner.results.answer import Answer, DayAnswer
from planner.rulebook.file import rulebook
from planner.rulebook.model import Rulebook
from planner.scheduling.task import days_to_read
from planner.show.answers import day_lines, workout_lines
from planner.what_if.questions import Questions, plan_around


def run(
    file: Path,
    when: date | datetime,
    workout: str | None,
    form: str,
    rules: Path | None = None,
    start: date | None = None,
    weeks: int = 1,
    today: date | None = None,
    *,
    put: bool = False,
    shown: Path | None = None,
) -> int:
    """Answer for a case file and return the exit status."""
    book = rulebook(rules)
    case = read_case(file, book)
    moment = local(when, case.tz) if isinstance(when, datetime) else None
    day = moment.date() if moment is not None else when
    name = None if workout is None else _known(workout, book)
    if put and name is None:
        raise InputError([Problem("planner why", "--put", "no workout is named", "name the WORKOUT to put there")])
    now, today = past_until(case, today or start), today or local_today(case)
    earlier = shown_in(shown, case, today)
    first, many = plan_around(day, today, start, weeks, earlier and earlier.last)
    calendars = calendars_of(file, case, *days_to_read(first, many))
    # A day that is past is asked about as it was to come.
    questions = Questions(case, book, today, first, many, calendars, earlier, None if day < today else now)
    answer: Answer | DayAnswer
    if name is None:
        answer = questions.day(day, moment)
    else:
        answer = questions.best(name, [moment]) if moment else questions.on(name, day)
    with_it = None
    if put and isinstance(answer, Answer) and answer.would_cost is not None:
        with_it = questions.with_put(answer.workout, answer.start)
    if form == "json":
        found = answer.model_dump(mode="json")
        if put:
            found["plan"] = None if with_it is None else with_it.model_dump(mode="json")
        print(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        print("\n".join(_lines(answer, questions)))
        if with_it is not None:
            print()
            show(with_it, "table")
    return 1 if questions.cleared else 0


def _known(workout: str, book: Rulebook) -> str:
    name = book.names.find("workouts", workout)
    if name is None:
        near = book.names.nearest("workouts", workout)
        raise InputError([Problem("planner why", "WORKOUT", f'"{workout}" is no workout', near)])
    return name


def _lines(answer: Answer | DayAnswer, questions: Questions) -> list[str]:
    task = questions.task
    if isinstance(answer, DayAnswer):
        asked = {form.workout for form in task.wishes.forms if form.role == "goal"}
        asked |= {"race" for race in task.case.races if race.date == answer.date}
        return list(day_lines(answer, task.rulebook, asked))
    day, tz = answer.start.date(), task.case.tz
    windows = task.case.availability.on(day)
    open_then = any(at(day, one.first, tz) <= answer.start <= at(day, one.last, tz) for one in windows)
    # A race begins when it begins.
    open_then = open_then or (answer.workout == "race" and answer.chosen)
    return list(workout_lines(answer, task.rulebook, open_then=open_then))
