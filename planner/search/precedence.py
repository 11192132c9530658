"""Precedence: what a plan would hold if nothing counted but which wish goes before which, and a problem held to that.

Where a week's counters have very many states, wishes that weigh so much more than the rest keep the prices of
`branch_and_bound` far from what is true. So how much of each wish a week holds is settled first, in whole numbers that
a limit can be rounded down to; then the counters allow no more, and only the rest is weighed.

How a tie is broken: `solve`.
"""

from __future__ import annotations

from collections import Counter
from math import prod

from planner.search.problem import Day, SearchProblem, Solution, Week

GRAIN = 4096
"""What one of precedence counts where nothing else does: prices lie between whole numbers."""


def by_precedence(problem: SearchProblem, bare: dict[int, tuple[Day, Day]]) -> SearchProblem:
    """Return a problem in which an option counts for its precedence, and nothing else does.

    `bare` keeps the days by the identity of those that they stand for, for the next problem.
    """
    weeks = tuple(Week(tuple(_bare(day, bare) for day in week.days), week.caps) for week in problem.weeks)
    return problem._replace(weeks=weeks, spread=(0,), crowded=0, weight=GRAIN, ranked=())


def _bare(day: Day, bare: dict[int, tuple[Day, Day]]) -> Day:
    if id(day) not in bare:
        windows = tuple(
            tuple(option._replace(points=option.precedence * GRAIN) for option in window) for window in day.windows
        )
        bare[id(day)] = (day._replace(windows=windows), day)
    return bare[id(day)][0]


def held_to(problem: SearchProblem, first: Solution) -> SearchProblem:
    """Return a problem whose weeks may hold no more of each wish than a choice by precedence alone holds."""
    weeks, begins = [], 0
    for week in problem.weeks:
        there = first.days[begins : begins + len(week.days)]
        taken = Counter(use for options in there for option in options if option.precedence for use in option.uses)
        caps = [taken[number] if number in problem.ranked else cap for number, cap in enumerate(week.caps)]
        weeks.append(week._replace(caps=tuple(caps)))
        begins += len(week.days)
    return problem._replace(weeks=tuple(weeks), ranked=())


def first_prices(problem: SearchProblem) -> list[int]:
    """Return what a use of each counter is worth as a wish, in grains, less what it takes: a place in the week.

    A place is worth what the last wish that finds one is worth; where all find one, nothing. Most weeks have no better
    prices than these, and are tried by them before any are sought.
    """
    worth = _precedences(problem)
    week = problem.weeks[-1]
    by_day = sorted(sum(any(option.precedence for option in window) for window in day.windows) for day in week.days)
    places = sum(by_day[-week.caps[0] :]) if week.caps[0] else 0
    price = 0
    for counter in sorted(range(len(worth)), key=lambda counter: -worth[counter]):
        places -= week.caps[counter] if worth[counter] else 0
        if places <= 0:
            price = worth[counter]
            break
    return [max(points - price, 0) for points in worth]


def _precedences(problem: SearchProblem) -> list[int]:
    """Return how far each counter goes before others, in grains."""
    worth = [0] * len(problem.weeks[0].caps)
    for week in problem.weeks:
        # What somebody put there goes before more than a whole week of wishes, and says nothing of its counter.
        wishes = prod(cap + 1 for cap in week.caps)
        for option in {option for day in week.days for window in day.windows for option in window if option.uses}:
            if option.precedence <= wishes:
                worth[option.uses[0]] = max(worth[option.uses[0]], option.precedence * GRAIN)
    return worth
