"""`planner why`: why a day looks as it does, and whether a workout may start at a time and what that would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from planner.clock import at, local
from planner.commands.opened_case import CaseOptions, open_case, past_until
from planner.commands.output import print_json, print_plan
from planner.errors import InputError, Problem
from planner.results.answer import Answer, DayAnswer
from planner.rulebook.model import Rulebook
from planner.show.answers import day_lines, workout_lines
from planner.what_if.questions import Questions, plan_around

COMMAND = "planner why"


@dataclass(frozen=True, kw_only=True)
class Options(CaseOptions):
    """Hold what `planner why` is asked: when, about which workout, and of which plan."""

    when: date | datetime
    workout: str | None = None
    put: bool = False
    plan: Path | None = None
    start: date | None = None
    weeks: int | None = None
    format: str = "text"


def run(options: Options) -> int:
    """Answer for a case file and return the exit status."""
    session = open_case(options)
    moment = local(options.when, session.case.tz) if isinstance(options.when, datetime) else None
    day = moment.date() if moment is not None else options.when
    workout = None if options.workout is None else _known_workout(options.workout, session.rulebook)
    if options.put and workout is None:
        raise InputError([Problem(COMMAND, "--put", "no workout is named", "name the WORKOUT to put there")])
    earlier = session.kept_plan(options.plan)
    first, weeks = plan_around(
        day, session.today, options.start, options.weeks, earlier and earlier.last, session.case.week_starts
    )
    request = session.request(first, weeks, earlier)
    # A day that is past is asked about as it was to come.
    now = None if day < session.today else past_until(session.case, options.today or options.start)
    questions = Questions(request._replace(now=now))
    answer: Answer | DayAnswer
    if workout is None:
        answer = questions.answer_for_day(day, moment)
    else:
        answer = questions.best_answer(workout, [moment]) if moment else questions.answer_on(workout, day)
    with_it = None
    if options.put and isinstance(answer, Answer) and answer.would_cost is not None:
        with_it = questions.with_put(answer.workout, answer.start)
    if options.format == "json":
        data = answer.model_dump(mode="json")
        if options.put:
            data["plan"] = None if with_it is None else with_it.model_dump(mode="json")
        print_json(data, session.rulebook)
    else:
        print("\n".join(_lines(answer, questions)))
        if with_it is not None:
            print()
            print_plan(with_it, session.rulebook, "table")
    return 1 if questions.cleared else 0


def _known_workout(name: str, rulebook: Rulebook) -> str:
    workout = rulebook.names.find("workouts", name)
    if workout is None:
        near = rulebook.names.nearest("workouts", name)
        raise InputError([Problem(COMMAND, "WORKOUT", f'"{name}" is no workout', near)])
    return workout


def _lines(answer: Answer | DayAnswer, questions: Questions) -> list[str]:
    task = questions.task
    if isinstance(answer, DayAnswer):
        asked = {form.workout for form in task.wishes.forms if form.role == "goal"}
        asked |= {"race" for race in task.case.races if race.date == answer.date}
        return list(day_lines(answer, task.rulebook, asked))
    day, tz = answer.start.date(), task.case.tz
    windows = task.case.windows_on(day)
    open_then = any(at(day, window.first, tz) <= answer.start <= at(day, window.last, tz) for window in windows)
    # A race begins when it begins.
    open_then = open_then or (answer.workout == "race" and answer.chosen)
    return list(workout_lines(answer, task.rulebook, open_then=open_then))
