"""Planning again: whatever is changed, the answer is that of a plan from scratch, and the nearest of its equals."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.candidates.candidate import Candidate
from planner.case.model import Case
from planner.planning import plan
from planner.revision.pinned import Pinned
from planner.revision.revise import find_prior_plan as found_already
from planner.revision.revise import weeks_of
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.choose import choose
from planner.scheduling.task import Task, prepare
from planner.what_if.replanning import Replanner
from tests.cases import MONDAY, Ask, asks, case_of, examples, needled, treatments

pytestmark = pytest.mark.once

BOOK = shipped_rulebook()


def task_of(case: Case, today: date, weeks: int = 1) -> Task:
    """Return what a plan of a case is made from."""
    days = weeks_of(today, weeks)
    return prepare(case, BOOK, days, today, found_already(None, case, BOOK, days))


def shown(chosen: Any) -> list[tuple[str, datetime, int]]:
    """Return what was chosen in order of time."""
    everything: list[Candidate] = [one for candidates in chosen for one in candidates]
    return [(one.form.workout, one.start, one.minutes) for one in everything]


@examples(60)
@given(asks(), st.data())
def test_a_workout_put_somewhere_gives_the_points_of_a_plan_from_scratch(ask: Ask, data: st.DataObject) -> None:
    """For any workout at any start time that matters; and it is put there in the one just when it is in the other."""
    task = task_of(ask.case, ask.today, ask.weeks)
    starts = [start for choice in task.days for starts in choice.starts for start in starts]
    assume(starts)
    replanner = Replanner(task)
    for _ in range(3):
        start, workout = data.draw(st.sampled_from(starts)), data.draw(st.sampled_from(sorted(BOOK.workouts)))
        again = replanner.with_put(workout, start)
        fresh = prepare(ask.case, BOOK, task.weeks, ask.today, task.prior._replace(fixed=(Pinned(workout, start),)))
        # What the plan itself made the rules about dose ask for holds in both.
        dosed = fresh.with_dose(replanner.base.task.dose)._replace(active=again.task.active)
        solution, candidates = choose(dosed)
        held = [candidates[option.key] for options in solution.days for option in options]
        assert (again.put is not None) == any(one.fixed is not None for one in held)
        assert again.points == solution.points


@examples(60)
@given(asks(), st.data())
def test_another_treatment_gives_the_points_of_a_plan_from_scratch(ask: Ask, data: st.DataObject) -> None:
    """Days that a change does not touch are taken as they were, and nothing of an earlier question stays behind."""
    replanner = Replanner(task_of(ask.case, ask.today, ask.weeks))
    for _ in range(2):
        more = data.draw(treatments(ask.today, needs_region=True))
        case = case_of(**{**ask.data, "treatments": [*ask.data["treatments"], more]})
        fresh = plan(case, BOOK, today=ask.today, weeks=ask.weeks)
        changed = ask.case.model_copy(update={"treatments": case.treatments})
        assert fresh.score.total == replanner.with_case(changed).points
    assert replanner.base.points == replanner.with_case(ask.case).points


@examples(40)
@given(asks())
def test_the_same_case_again_is_the_same_plan_to_the_minute(ask: Ask) -> None:
    """Of equal plans the nearest is taken, and nothing is nearer than the plan itself."""
    replanner = Replanner(task_of(ask.case, ask.today, ask.weeks))
    assert shown(replanner.base.chosen) == shown(replanner.with_case(ask.case).chosen)


@examples(40)
@given(asks(), st.data())
def test_no_equal_plan_leaves_more_where_it_is(ask: Ask, data: st.DataObject) -> None:
    """Under the same limits, as good a plan never has more workouts at their old time, and on their old day."""
    replanner = Replanner(task_of(ask.case, ask.today, ask.weeks))
    more = data.draw(treatments(ask.today, needs_region=True))
    case = case_of(**{**ask.data, "treatments": [*ask.data["treatments"], more]})
    again = replanner.with_case(ask.case.model_copy(update={"treatments": case.treatments}))
    # What dose asks for hangs on what is chosen: with other limits another plan could keep more.
    solution, candidates = choose(again.task)
    fresh = [[candidates[option.key] for option in options] for options in solution.days]
    assert stays(fresh, replanner.base.chosen) <= stays(again.chosen, replanner.base.chosen)


def stays(chosen: Any, base: Any) -> int:
    """Return how much of a plan stays: one for a workout on its day, two at its very time."""
    times = {(workout, start) for workout, start, _ in shown(base)}
    days = {(workout, start.date()) for workout, start in times}
    return sum(((one, at) in times) + ((one, at.date()) in days) for one, at, _ in shown(chosen))


def test_untouched_days_are_not_looked_at_again() -> None:
    """A needling on the second Thursday leaves the choice of every day of the first week the very one it was."""
    case = case_of(treatments=[needled(datetime(2026, 11, 24, 9, 30))])
    replanner = Replanner(task_of(case, MONDAY, 2))
    thursday = MONDAY + timedelta(days=10)
    more = case_of(treatments=[needled(datetime(2026, 12, 3, 9, 30))]).treatments
    again = replanner.with_case(case.model_copy(update={"treatments": (*case.treatments, *more)}))
    same = [one is other for one, other in zip(replanner.base.task.days, again.task.days, strict=True)]
    assert [True] * 7 == same[:7]
    assert not same[(thursday - MONDAY).days]
