"""Planning again looks anew at the days that differ, at all of those, and at no other."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from planner.case.model import Case
from planner.what_if.replanning import Replanner
from tests.cases import MONDAY, case_of, needled
from tests.test_replanning import task_of

NEEDLING = [needled(datetime(2026, 11, 24, 9, 30))]
FIGURES = {"easy_run_minutes": 30, "bike_minutes": 40}


def case(**data: Any) -> Case:
    """Return a case with a needling on the first Tuesday."""
    return case_of(**{"treatments": NEEDLING, "fitness": FIGURES, **data})


def looked_at(base: Case, changed: Case) -> list[int]:
    """Return the numbers of the days, of two weeks, that are looked at anew where a case takes the place of another."""
    replanner = Replanner(task_of(base, MONDAY, 2))
    names = [name for name in changed.model_fields_set if getattr(changed, name) != getattr(base, name)]
    again = replanner.with_case(base.model_copy(update={name: getattr(changed, name) for name in names}))
    pairs = zip(replanner.base.task.days, again.task.days, strict=True)
    return [number for number, (one, other) in enumerate(pairs) if one is not other]


ALL = list(range(14))
LATER = [*NEEDLING, needled(datetime(2026, 12, 3, 9, 30))]


@pytest.mark.parametrize(
    ("base", "changed", "expected"),
    [
        (case(), case(), []),
        (case(), case(treatments=LATER), [9, 10, 11, 12, 13]),
        (case(availability={}), case(availability={"2026-12-01": []}), [8]),
        (case(availability={}), case(availability={"2026-12-01": "10:00-11:00", "2026-12-02": "10:00-11:00"}), [8, 9]),
        (case(goals={"runs": 3, "bikes": 1}), case(goals={"runs": 3, "bikes": 1}), []),
        (case(goals={"runs": 3, "bikes": 1}), case(goals={"runs": 4, "bikes": 1}), []),
        (case(goals={"runs": 3, "bikes": 1}), case(goals={"runs": 3, "bikes": 0}), ALL),
        (case(), case(fitness={**FIGURES, "bike_minutes": 50}), ALL),
        (case(), case(races=[{"date": date(2026, 12, 5), "minutes": 50, "start": time(10)}]), ALL),
    ],
    ids=["nothing", "needling", "a day off", "other windows", "goals", "more runs", "no ride", "figures", "race"],
)  # fmt: skip
def test_only_the_days_that_differ_are_looked_at_anew(base: Case, changed: Case, expected: list[int]) -> None:
    """And all of them, where what hangs together over the days is different."""
    assert expected == looked_at(base, changed)


@pytest.mark.parametrize(("race", "expected"), [(None, 9), (date(2026, 12, 1), 8), (date(2026, 11, 30), 9)])
def test_a_day_with_a_race_hangs_on_the_day_after_it_too(race: date | None, expected: int) -> None:
    """For a race may run on into it; no other workout does."""
    races = [] if race is None else [{"date": race, "minutes": 50, "start": time(22)}]
    base = case(races=races)
    found = looked_at(base, case(races=races, treatments=LATER))
    assert expected == min(found)
