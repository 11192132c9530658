"""What the constants of the search are worth: its bound on or off, and other values than those chosen."""

from __future__ import annotations

from functools import partial
from math import prod
from statistics import median
from time import process_time

from bench.cases import CASES, problem, rich
from bench.timing import alternate, milliseconds, table
from planner.search import branch_and_bound as bound
from planner.search.problem import SearchProblem
from planner.search.solve import SearchMemory, solve

WEEKS = (1, 4, 12)
TRIED = {
    "first": (25, 50, 75, 100, 150, 160, 200, 300),
    "known": (4, 8, 16, 32, 64),
    "allowance": (5, 10, 20, 30, 50, 80, 120, 200),
}
ORDER = ("mobility", "core", "lower_body", "swims", "hard_bikes", "hard_runs", "upper_body")
"""In this order goals are taken out of the rich case, to see from how many states on the bound pays for itself."""


def states(stated: SearchProblem) -> int:
    """Return how many states a week's counters may have, as `solve` reckons."""
    return max(prod(cap + 1 for cap in week.caps) for week in stated.weeks)


def compare(stated: SearchProblem, rounds: int = 5) -> tuple[float, float]:
    """Return the milliseconds of the search without and with its bound."""
    assert solve(stated, bounded=True).points == solve(stated, bounded=False).points
    measured = alternate(
        {
            "plain": lambda: milliseconds(lambda: solve(stated, bounded=False)),
            "bounded": lambda: milliseconds(lambda: solve(stated, bounded=True)),
        },
        rounds,
        warm_up=0,
    )
    return median(measured["plain"]), median(measured["bounded"])


def plain_report() -> str:
    """Compare the search with and without its bound, on both cases and on ever poorer versions of the rich one."""
    rows = [_row(name, weeks, problem(of(weeks), weeks)) for name, of in CASES.items() for weeks in WEEKS]
    rows += [
        _row(f"rich less {count}", weeks, problem(rich(weeks, ORDER[:count]), weeks))
        for count in range(1, len(ORDER) + 1)
        for weeks in (1, 4)
    ]
    head = ["case", "weeks", "states", "plain, ms", "bounded, ms", "plain : bounded"]
    return f"## The search without and with its bound\n\n{table(head, rows)}"


def _row(name: str, weeks: int, stated: SearchProblem) -> list[str]:
    plain, bounded = compare(stated)
    return [name, str(weeks), str(states(stated)), f"{plain:,.1f}", f"{bounded:,.1f}", f"{plain / bounded:.2f}"]


def sweep_report() -> str:
    """Try other values of how prices are sought, one at a time, on the bounded search of both cases."""
    stated = {f"{name} {weeks}": problem(of(weeks), weeks) for name, of in CASES.items() for weeks in WEEKS}
    parts = ["## Other ways to seek prices (branch_and_bound.NEAR_PRICES; CPU milliseconds, bounded search)"]
    for constant, values in TRIED.items():
        columns = [
            alternate({str(value): partial(_cpu, constant, value, each) for value in values}, 3, warm_up=0)
            for each in stated.values()
        ]
        rows = [
            [
                f"{value} (chosen)" if value == getattr(bound.NEAR_PRICES, constant) else str(value),
                *(f"{median(column[str(value)]):,.1f}" for column in columns),
            ]
            for value in values
        ]
        parts.append(table([constant, *stated], rows))
    return "\n\n".join(parts)


def _cpu(constant: str, value: int, stated: SearchProblem) -> float:
    memory = SearchMemory(pace=_paced(constant, value))
    begin = process_time()
    solve(stated, memory=memory)
    return (process_time() - begin) * 1000


def _paced(constant: str, value: int) -> bound.Pace:
    return bound.Pace(**{**bound.NEAR_PRICES._asdict(), constant: value})
