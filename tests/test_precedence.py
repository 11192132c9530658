"""Before a search weighs anything else it settles how much of each wish a week holds, and begins at likely prices."""

from __future__ import annotations

import pytest

from planner.search.precedence import GRAIN, first_prices
from planner.search.problem import Day, Option, SearchProblem, Week

pytestmark = pytest.mark.once

WISHES = (9, 3, 1)
"""What a run, a ride and a core session go before: two runs, two rides and a core session are asked for."""


def week(places: int, days: int = 7) -> SearchProblem:
    """Return a week that offers every wish in so many start windows of as many days."""
    options = tuple(
        Option(number, f"kind {number}", 0, 60, 0, (number + 1,), precedence=precedence)
        for number, precedence in enumerate(WISHES)
    )
    offering = [Day((options,)) for _ in range(places)] + [Day(((),)) for _ in range(7 - places)]
    return SearchProblem((Week(tuple(offering), (days, 2, 2, 1)),), weight=1, ranked=(2, 3))


@pytest.mark.parametrize(
    ("places", "expected"),
    [(6, (9, 3, 1)), (5, (8, 2, 0)), (4, (6, 0, 0)), (3, (6, 0, 0)), (2, (0, 0, 0))],
)
def test_a_wish_is_worth_what_it_gives_less_its_place(places: int, expected: tuple[int, ...]) -> None:
    """A place is worth what the last wish that finds one is worth; where there are more than wishes, nothing."""
    assert first_prices(week(places)) == [0, *(points * GRAIN for points in expected)]


@pytest.mark.parametrize(("days", "expected"), [(6, 9), (5, 8)])
def test_days_that_must_rest_are_no_places(days: int, expected: int) -> None:
    """Seven days offer a place, and no more of them count than may hold a workout."""
    assert first_prices(week(7, days))[1] == expected * GRAIN
