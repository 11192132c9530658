"""A search counts what it costs, stops where it may cost no more, and forgets nothing true by that."""

from __future__ import annotations

import pytest

from bench.cases import CASES, START, problem, rich
from planner.candidates.preferences import COMFORT
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.assembly import assemble
from planner.scheduling.choose import choose_dosed, memory_for
from planner.scheduling.request import Request, prepared
from planner.search.effort import LOOKS, NO_END, Effort
from planner.search.problem import Day
from planner.search.solve import SearchMemory, solve
from planner.what_if.remedies import LEAST_WORK, offering_remedies

pytestmark = pytest.mark.once

RICH = prepared(Request(CASES["rich"](1), shipped_rulebook(), START, None, 1))


@pytest.mark.parametrize(("visits", "goes_on"), [(10, True), (11, False)])
def test_what_costs_more_than_it_may_stops(visits: int, goes_on: bool) -> None:
    """Ten visits of ten are made, the eleventh is not; after that there is no limit any more."""
    effort, reached = Effort(), False
    with effort.limited(10):
        effort.spend(visits)
        reached = True
    assert reached is goes_on
    effort.look(100 * LOOKS)
    assert effort.done == visits + 100


@pytest.mark.parametrize(("outer", "ends"), [(14, "outer"), (15, "inner")])
def test_a_limit_within_another_ends_no_more_than_itself(outer: int, ends: str) -> None:
    """What is stopped by the inner limit goes on after it, as far as the outer one lets it, and no further."""
    effort, reached = Effort(), "nothing"
    with effort.limited(outer):
        effort.spend(10)
        with effort.limited(4):
            effort.spend(5)
        reached = "inner"
        effort.spend(1)
    if ends == "inner":
        assert (reached, effort.done, effort.most) == ("inner", 16, NO_END)
    else:
        assert (reached, effort.done, effort.most) == ("nothing", 15, NO_END)


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.9])
def test_a_search_that_was_stopped_is_no_worse_afterwards(share: float) -> None:
    """Stopped anywhere and asked again with what it knows by then, it finds the same plan as from nothing."""
    whole, again = memory_for(RICH), memory_for(RICH)
    _, solution, _ = choose_dosed(RICH, whole)
    with again.effort.limited(round(share * whole.effort.done)):
        choose_dosed(RICH, again)
        pytest.fail("it was not stopped")
    assert choose_dosed(RICH, again)[1].points == solution.points


def test_looking_for_what_makes_room_costs_no_more_than_the_plan_did() -> None:
    """A rich week leaves a wish open: what would help is looked for with no more than the search for the plan cost."""
    memory = memory_for(RICH)
    task, solution, chosen = choose_dosed(RICH, memory)
    made = assemble(task, chosen, solution.points, task.earlier)
    assert made.unplaced
    cost = memory.effort.done
    assert cost > LEAST_WORK
    offering_remedies(made, task, chosen, memory)
    # What was about to be done when the limit was passed is counted too: the moves of a week at the most.
    most = max(week.moves for week in memory.maps.values())
    assert cost < memory.effort.done <= 2 * cost + most


SUNDAY = {"long_run": '"sunday"'}
BOTH = {**SUNDAY, "two_a_day": "true"}
ORDERS: dict[str, dict[str, object]] = {
    "bikes first": {
        "bikes": 2,
        "runs": 4,
        "swims": 3,
        "lower_body": 2,
        "core": 1,
        "hard_runs": 1,
        "upper_body": 3,
        **SUNDAY,
    },
    "runs last": {"upper_body": 2, "lower_body": 2, "bikes": 2, "mobility": 2, "runs": 3, **SUNDAY},
    "two a day": {
        "bikes": 2,
        "lower_body": 2,
        "upper_body": 2,
        "mobility": 2,
        "hard_runs": 1,
        "runs": 2,
        **BOTH,
    },
    "two a day, runs first": {
        "runs": 5,
        "bikes": 3,
        "hard_runs": 1,
        "mobility": 3,
        "hard_bikes": 1,
        "upper_body": 1,
        **BOTH,
    },
}


@pytest.mark.parametrize("order", ORDERS)
def test_many_wishes_in_any_order_are_shared_out_with_little_search(order: str) -> None:
    """What goes before what says where good prices are: these cost two to twenty times as much without."""
    memory = SearchMemory()
    solve(problem(rich(1, goals=ORDERS[order]), 1), memory=memory)
    assert memory.effort.done < 40_000


def only_put_there(day: Day, counter: int, *, here: bool) -> Day:
    """Return a day without what uses a counter first, but for one option `here` that somebody put there."""
    put, windows, left = 10**10, [], here
    for window in day.windows:
        options = []
        for option in window:
            if option.uses[:1] != (counter,):
                options.append(option)
            elif left:
                options.append(option._replace(precedence=put, points=option.points + put * COMFORT))
                left = False
        windows.append(tuple(options))
    return day._replace(windows=tuple(windows))


@pytest.mark.parametrize("number", [0, 3, 5])
@pytest.mark.parametrize("counter", [1, 2, 7])
def test_what_somebody_put_there_says_nothing_of_what_its_wish_is_worth(counter: int, number: int) -> None:
    """It goes before ten thousand million others, and is all of its kind that has a place: prices are found soon."""
    stated = problem(rich(1), 1)
    (week,) = stated.weeks
    days = tuple(only_put_there(day, counter, here=place == number) for place, day in enumerate(week.days))
    memory = SearchMemory()
    solve(stated._replace(weeks=(week._replace(days=days),)), memory=memory)
    assert memory.effort.done < 40_000
