"""The order of the wishes: none further up is lost to one further down, whatever comfort says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.candidates.candidate import Candidate
from planner.candidates.preferences import COMFORT, precedence
from planner.candidates.wishes import Form, Wishes, wishes
from planner.clock import DayNumber
from planner.planning import plan
from planner.revision.revise import weeks_of
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.choose import choose, problem_of
from planner.scheduling.task import Task, asked_of_week, prepare
from planner.search.problem import Option, SearchProblem
from planner.search.solve import solve
from tests.cases import MONDAY, case_of, examples
from tests.test_schedule import by_day, choices, problems

pytestmark = pytest.mark.once

BOOK = shipped_rulebook()
GOALS = ("runs", "bikes", "upper_body")
ONE_MORNING = {"default": [], "thursday": "07:00-08:30"}
NEEDLED = [{"kind": "dry_needling", "region": "calf", "start": MONDAY.replace(day=24)}]


@pytest.mark.parametrize("order", [("runs", "bikes"), ("bikes", "runs")])
def test_the_only_free_morning_goes_to_the_wish_further_up(order: tuple[str, ...]) -> None:
    """A first run back is short and hangs on a check: that costs comfort, and not the run."""
    case = case_of(treatments=NEEDLED, goals=dict.fromkeys(order, 1), availability=ONE_MORNING)
    (workout,) = plan(case, BOOK, today=MONDAY, weeks=1).workouts
    assert workout.kind == order[0].removesuffix("s")


@pytest.mark.parametrize(("runs", "kept"), [(1, {"run": 1, "bike": 1}), (2, {"run": 2})])
def test_two_of_a_wish_further_down_never_outweigh_one_further_up(runs: int, kept: dict[str, int]) -> None:
    """Two mornings: what is asked for first takes what it asked for, the rest goes to the next."""
    case = case_of(
        injury={"region": "elbow"},
        goals={"runs": runs, "bikes": 2},
        availability={"default": [], "tuesday": "07:00-08:30", "friday": "07:00-08:30"},
    )
    assert Counter(one.kind for one in plan(case, BOOK, today=MONDAY, weeks=1).workouts) == kept


def test_precedence_puts_one_workout_before_a_week_of_all_wishes_below_it() -> None:
    """So it is for each rank, and for a race before all; what stands in for a run has none."""
    case = case_of(goals={"runs": 3, "bikes": 2, "upper_body": 2, "swims": 1})
    wished = wishes(case, BOOK, MONDAY)
    goals = sorted(wished.ranks, key=lambda goal: wished.ranks[goal])
    for rank, goal in enumerate(goals):
        below = sum(wished.caps[other] * _of(wished, other) for other in goals[rank + 1 :])
        assert _of(wished, goal) == below + 1
    assert precedence(Form("race", "runs", "race", ()), wished) == 1 + sum(
        wished.caps[goal] * _of(wished, goal) for goal in goals
    )
    assert precedence(Form("bike_easy", "runs", "substitute", ("runs",)), wished) == 0


def _of(wished: Wishes, goal: str) -> int:
    return precedence(Form("", goal, "goal", (goal,)), wished)


def test_comfort_outweighs_all_that_preferences_give_to_a_week() -> None:
    """Two workouts on each day, each with all that any preference gives or takes: less than the last wish weighs."""
    most = sum(one.points for name, one in BOOK.preferences.items() if name != "race")
    assert 14 * most < COMFORT


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    """Draw a week of few mornings, some wishes in some order, and a treatment that stands in their way."""
    random = Random(draw(st.integers(0, 2**32)))  # noqa: S311 (test data, no secret)
    order = random.choice(list(permutations(GOALS)))
    days = random.sample(["tuesday", "wednesday", "thursday", "friday", "saturday"], random.randint(1, 4))
    case = case_of(
        injury={"region": random.choice(["plantar_fascia", "elbow", "knee"])},
        treatments=[
            {
                "kind": random.choice(["dry_needling", "massage", "shockwave"]),
                "region": random.choice(["calf", "shoulder"]),
                "start": MONDAY + timedelta(days=random.randint(0, 4)),
            }
        ],
        goals={goal: random.randint(0, 2) for goal in order} | {"runs": random.randint(1, 2), "priority": list(order)},
        availability={"default": [], **dict.fromkeys(days, "07:00-08:30")},
    )
    return prepare(case, BOOK, weeks_of(MONDAY, 1), MONDAY)


@examples(40)
@given(tasks())
def test_no_choice_that_the_rules_allow_holds_more_of_a_wish_further_up(task: Task) -> None:
    """Held against every choice there is: what is chosen is first in the order of the wishes, then in points."""
    candidates: dict[int, Candidate] = {}
    problem = problem_of(task, candidates)
    days = tuple(day for week in problem.weeks for day in week.days)
    allowed = [choice for choice in choices(days) if by_day(problem, choice) is not None]
    chosen, known = choose(task)
    goals = sorted(task.wishes.ranks, key=lambda goal: task.wishes.ranks[goal])

    def held(options: Iterable[Option], of: dict[int, Candidate]) -> list[int]:
        forms = [of[option.key].form for option in options]
        return [sum(one.role != "substitute" and one.goal == goal for one in forms) for goal in goals]

    best = max(held((one for day in choice for one in day), candidates) for choice in allowed)
    assert held((one for day in chosen.days for one in day), known) == best
    asked = asked_of_week(task, DayNumber(0))
    assert all(count <= asked[goal] for goal, count in zip(goals, best, strict=True))


def _ranked(problem: SearchProblem, random: Random) -> SearchProblem:
    """Return a problem in which the options of one counter, or of two, go before the others."""
    counters = len(problem.weeks[0].caps)
    ranked = tuple(sorted(random.sample(range(1, counters), random.randint(1, min(2, counters - 1)))))
    first = {number: 3**place for place, number in enumerate(ranked)}

    def with_precedence(option: Option) -> Option:
        before = sum(first.get(use, 0) for use in option.uses)
        return option._replace(precedence=before, points=option.points + 1000 * before)

    weeks = [
        week._replace(
            days=tuple(
                day._replace(windows=tuple(tuple(map(with_precedence, window)) for window in day.windows))
                for day in week.days
            )
        )
        for week in problem.weeks
    ]
    return problem._replace(weeks=tuple(weeks), ranked=ranked, weight=1000)


def _precedence_of(days: Sequence[Sequence[Option]]) -> int:
    return sum(option.precedence for options in days for option in options)


def _allowed(problem: SearchProblem) -> Iterator[tuple[int, int]]:
    """Yield the precedence and the points of every choice that is allowed."""
    for choice in choices(tuple(day for week in problem.weeks for day in week.days)):
        gains = by_day(problem, choice)
        if gains is not None:
            yield _precedence_of(choice), sum(gains)


@examples(120)
@given(problems(), st.integers(0, 2**32))
def test_a_week_of_many_states_is_settled_by_precedence_first(problem: SearchProblem, seed: int) -> None:
    """It holds as much precedence as any choice, like one of few states, weighed in one go; so with a bound."""
    problem = _ranked(problem, Random(seed))  # noqa: S311 (as above)
    most = max(_allowed(problem))[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("planner.search.solve.MANY_STATES", 1)
        settled = [solve(problem, bounded=bounded) for bounded in (False, True)]
    assert settled[0] == settled[1]
    whole = solve(problem)
    assert [_precedence_of(one.days) for one in (settled[0], whole)] == [most, most]
    assert settled[0].points <= whole.points == max(points for before, points in _allowed(problem) if before == most)
