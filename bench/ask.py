"""Questions against one planning run: `why` of a whole week, and the ranking of 60 appointment times.

A second table holds the two searches behind `why` against each other, to tell up to how many states detours pay.

Run `python -m bench.ask`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from statistics import median
from unittest.mock import patch

from bench.cases import START, article, rich
from bench.timing import alternate, milliseconds, table
from planner.appointments.opening_hours import parse_hours
from planner.case.model import Case
from planner.clock import Minutes
from planner.planning import plan
from planner.revision.revise import weeks_of
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.choose import problem_of
from planner.scheduling.request import Request
from planner.scheduling.task import prepare
from planner.search import through_day as detours
from planner.what_if.booking import Booking, offer
from planner.what_if.questions import Questions

ROUNDS = 15
WHY_TARGET, BOOK_TARGET = 50, 1000
"""Milliseconds for the article's runner."""
TIMES = 60
FEW_ROUNDS = 5
EVERY = 10**9
"""More states than any case has."""


def why_week(case: Case) -> int:
    """Answer for every workout in every start window of a week; return how many answers there were."""
    questions = Questions(Request(case, shipped_rulebook(), START))
    answers = 0
    for number in range(7):
        day = START + timedelta(days=number)
        answers += len(questions.answer_for_day(day).workouts)
        for later in case.windows_on(day)[1:]:
            answers += len(questions.answer_for_day(day, datetime.combine(day, later.first)).workouts)
    return answers


def book_week(case: Case) -> int:
    """Rank 60 times of a second appointment in the week after; return how many were ranked."""
    hours, _ = parse_hours("mon-fri 08:00-14:00")
    first = START + timedelta(days=7)
    booking = Booking("dry_needling", "calf", Minutes(30), first, first + timedelta(days=4), hours)
    found = offer(Request(case, shipped_rulebook(), START), booking)
    return len(found.options) + len(found.passed_over)


def one_plan(case: Case) -> int:
    """Plan a week; return its workouts."""
    return len(plan(case, shipped_rulebook(), today=START).workouts)


def report() -> str:
    """Measure in turns and return the table."""
    cases = {"article": article(1), "rich": rich(1)}
    work: dict[str, Callable[[Case], int]] = {
        "one plan": one_plan,
        "why, a week": why_week,
        "book, 60 times": book_week,
    }
    counts = {(name, what): do(case) for name, case in cases.items() for what, do in work.items()}
    assert counts["article", "book, 60 times"] == TIMES
    contenders = {
        f"{name}: {what}": partial(milliseconds, partial(do, case))
        for name, case in cases.items()
        for what, do in work.items()
    }
    times = alternate(contenders, ROUNDS)
    rows = []
    for name in cases:
        planning = median(times[f"{name}: one plan"])
        for what in work:
            took = median(times[f"{name}: {what}"])
            count = str(counts[name, what])
            rows.append(
                [name, what, count, f"{took:.1f}", f"{took / planning:.1f}", f"{min(times[f'{name}: {what}']):.1f}"]
            )
    head = ["case", "what", "answers", "median, ms", "of one plan", "fastest, ms"]
    said = (
        f"{ROUNDS} rounds in turn; targets on the article's case: `why` of a week within {WHY_TARGET} ms, "
        f"a booking over {TIMES} times within {BOOK_TARGET} ms. One plan is `planner.plan`, without any file."
    )
    return "\n\n".join(("## Questions", table(head, rows), said))


def why_days(case: Case, weeks: int, days: int, most_states: int) -> int:
    """Answer for the first days of a plan, with detours up to so many states; return how many answers there were."""
    with patch.object(detours, "MOST_STATES", most_states):
        questions = Questions(Request(case, shipped_rulebook(), START, weeks=weeks))
        return sum(len(questions.answer_for_day(START + timedelta(days=number)).workouts) for number in range(days))


def with_goals(case: Case, **more: int) -> Case:
    """Return a case with more goals."""
    return case.model_copy(update={"goals": case.goals.model_copy(update=more)})


def detours_report() -> str:
    """Measure both searches and return the table."""
    cases = {
        "article": (article(1), 1),
        "article, 2 weeks": (article(2), 2),
        "article, 4 weeks": (article(4), 4),
        "with core and mobility": (with_goals(article(1), core=2, mobility=1), 1),
        "and a swim": (with_goals(article(1), core=2, mobility=2, swims=1), 1),
        "and a hard run": (with_goals(article(1), core=2, mobility=2, swims=1, hard_runs=1), 1),
        "rich, nothing hard": (with_goals(rich(1), hard_runs=0, hard_bikes=0), 1),
    }
    rows = []
    for name, (case, weeks) in cases.items():
        contenders = {
            f"{days} {most}": partial(milliseconds, partial(why_days, case, weeks, days, most))
            for days in (1, 7)
            for most in (0, EVERY)
        }
        times = alternate(contenders, FEW_ROUNDS)
        task = prepare(case, shipped_rulebook(), weeks_of(START, weeks), START)
        states = detours.count_states(problem_of(task, {}))
        rows.append([name, f"{states:,}", *(f"{median(times[contender]):.0f}" for contender in contenders)])
    head = ["case", "states", "a day, ms", "with detours", "a week, ms", "with detours"]
    said = f"{FEW_ROUNDS} rounds in turn. Detours are taken up to {detours.MOST_STATES:,} states."
    return "\n\n".join(("## `why` with and without detours", table(head, rows), said))


if __name__ == "__main__":
    print(report())
    print()
    print(detours_report())
