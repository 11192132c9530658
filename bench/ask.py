"""Questions against one planning run: `why` of a whole week, and the ranking of 60 appointment times.

Run `python -m bench.ask`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from statistics import median

from bench.cases import START, article, rich
from bench.timing import alternate, milliseconds, table
from planner.answers import Questions
from planner.booking import Booking, offer
from planner.case import Case
from planner.hours import parse_hours
from planner.planning import plan
from planner.rulebook_file import shipped_rulebook

ROUNDS = 15
WHY_TARGET, BOOK_TARGET = 50, 1000
"""Milliseconds for the article's runner."""
TIMES = 60


def why_week(case: Case) -> int:
    """Answer for every workout in every start window of a week; return how many answers there were."""
    rulebook = shipped_rulebook()
    questions = Questions(case, rulebook, START)
    answers = 0
    for number in range(7):
        day = START + timedelta(days=number)
        answers += len(questions.day(day).workouts)
        for later in case.availability.on(day)[1:]:
            answers += len(questions.day(day, datetime.combine(day, later.first)).workouts)
    return answers


def book_week(case: Case) -> int:
    """Rank 60 times of a second appointment in the week after; return how many were ranked."""
    hours, _ = parse_hours("mon-fri 08:00-14:00")
    first = START + timedelta(days=7)
    booking = Booking("dry_needling", "calf", 30, first, first + timedelta(days=4), hours)
    found = offer(case, shipped_rulebook(), booking, today=START)
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


if __name__ == "__main__":
    print(report())
