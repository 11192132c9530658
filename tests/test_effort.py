"""A search counts what it costs, stops where it may cost no more, and forgets nothing true by that."""

from __future__ import annotations

import pytest

from bench.cases import CASES, START
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.assembly import assemble
from planner.scheduling.choose import choose_dosed, memory_for
from planner.scheduling.request import Request, prepared
from planner.search.effort import LOOKS, Effort
from planner.what_if.remedies import LEAST_WORK, offering_remedies

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
