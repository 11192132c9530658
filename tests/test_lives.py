"""Weeks lived day by day as seven people: each morning is planned again, and each plan is one to sign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.rulebook.file import shipped_rulebook
from tests.checker import Checker
from tests.checker_dose import Dose, Session
from tests.checker_log import broken_by_the_log
from tests.lived import LIVES, Morning, Shows, mornings, read_life

RULEBOOK = shipped_rulebook()


@pytest.mark.once
@pytest.mark.parametrize("path", LIVES, ids=[path.stem for path in LIVES])
def test_weeks_are_lived_as_a_coach_would_sign_them(path: Path) -> None:
    """No plan of a morning breaks a row, each has an answer, and what was done adds up as the story says."""
    life, said, done = read_life(path), [], tuple[Session, ...]()
    before: list[tuple[Any, ...]] = []
    for morning in mornings(life):
        ahead = [(one.start, one.workout, one.minutes, one.check) for one in morning.plan.workouts]
        if morning.happened is not None or ahead != [one for one in before if one[0] >= morning.now]:
            # A plan that is what is left of yesterday's was looked at yesterday.
            said += [f"{morning.day:%a %d %b}: {wrong}" for wrong in wrong_with(morning)]
        before, done = ahead, morning.done
    assert said == []
    assert [wrong for week in life.weeks for wrong in wrong_with_week(week, done)] == []


def wrong_with(morning: Morning) -> Iterator[str]:
    """Yield what a morning's plan breaks, lacks, or shows otherwise than its story says."""
    checker = Checker(morning.case, RULEBOOK, morning.plan)
    for check in (
        checker.times,
        checker.start_windows,
        checker.treatments_themselves,
        checker.rule_windows,
        checker.days_with_several,
        checker.days_before_races,
        checker.around_races,
    ):
        yield from check()
    noted = frozenset(one.date for one in morning.case.log)
    yield from Dose(morning.case, RULEBOOK, morning.plan, morning.done, noted, morning.begins).broken()
    yield from broken_by_the_log(morning.case, RULEBOOK, morning.plan)
    if not morning.first_lines:
        yield "no answer"
    if morning.happened is not None:
        yield from missing_from(morning, morning.happened.plan)


def missing_from(morning: Morning, shows: Shows) -> Iterator[str]:
    """Yield what a morning's plan shows otherwise than it is written."""
    workouts = [(one.start.date(), one) for one in morning.plan.workouts]
    last = shows.until or morning.day
    for day, one in workouts:
        if {one.kind, one.workout} & set(shows.none) and day <= last:
            yield f"{one.workout} on {day}"
    for name, wanted in shows.some.items():
        if not any(name in {one.kind, one.workout} and day == wanted for day, one in workouts):
            yield f"no {name} on {wanted}"
    texts = " ".join((*morning.plan.alerts, *morning.plan.notes))
    yield from (f"nothing is said of {word}" for word in shows.says if word not in texts)


def wrong_with_week(week: dict[str, Any], done: tuple[Session, ...]) -> Iterator[str]:
    """Yield the kinds of which a week held more or less minutes than its story says."""
    first: date = week["from"]
    for kind, (least, most) in ((key, value) for key, value in week.items() if key != "from"):
        days = [one for one in done if first <= one.day < first + timedelta(days=7)]
        minutes = sum(one.minutes for one in days if one.kind == kind and one.workout != "race")
        if not least <= minutes <= most:
            yield f"{minutes} minutes of {kind} from {first}"


def test_there_are_seven_lives() -> None:
    """The folder is read."""
    assert len(LIVES) == 7
