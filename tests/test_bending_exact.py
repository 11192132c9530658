"""Bending is exact: no other way to change a week costs less, as trying every one of them shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from planner.bending.bend import Bent
from planner.bending.memory import SessionNumber, numbered
from planner.bending.placements import SessionPlacement
from planner.bending.plan import BentTask, prepare_bent
from tests.bent_cases import MONDAY, coached_weeks

pytestmark = pytest.mark.once

WEEKS = (
    (
        "needling on a Tuesday",
        {1: "Easy 40 min", 2: "6 x 800 m, 50 min", 5: "Long run 100 min"},
        "calf",
        "2026-11-24T09:30:00",
    ),
    (
        "needling on a Thursday",
        {1: "Easy 40 min", 4: "Tempo 45 min", 6: "Long run 90 min"},
        "calf",
        "2026-11-26T17:00:00",
    ),
    (
        "hard days side by side",
        {2: "Tempo 45 min", 5: "Intervals 50 min", 6: "Long run 95 min"},
        "calf",
        "2026-11-27T08:00:00",
    ),
    (
        "three easy runs",
        {0: "Easy 30 min", 2: "Easy 45 min with strides", 4: "Easy 60 min"},
        "calf",
        "2026-11-25T12:00:00",
    ),
    (
        "two sessions on a day",
        {1: "AM: Easy 30 min / PM: Easy 40 min", 3: "Long run 90 min"},
        "calf",
        "2026-11-24T12:00:00",
    ),
    ("rides and strength", {1: "Ride 60 min", 2: "Strength 40 min", 3: "Hills 50 min"}, "knee", "2026-11-25T10:00:00"),
)
SEVERITIES = ("mild", "moderate")


def made(folder: Path, week: dict[int, str], region: str, start: str, severity: str) -> BentTask:
    """Return a week of somebody's plan, bent around an appointment."""
    tables = (
        f'[injury]\nregion = "{region}"\nseverity = "{severity}"\n'
        f'[[treatments]]\nkind = "dry needling"\nregion = "{region}"\nstart = {start}\n'
        '[availability]\ndefault = ["07:00-08:00", "18:00-19:00"]\n'
    )
    return prepare_bent(coached_weeks(folder, week, tables))


def choices(bent: Bent, number: SessionNumber) -> list[SessionPlacement | None]:
    """Return every placement of a session in its week, also right after each other session, and none at all."""
    places = bent.places
    found: list[SessionPlacement | None] = [None]
    for day in places.days(bent.sessions[number]):
        starts = {one.end for other, _ in numbered(bent.sessions) if other != number for one in places.on(other, day)}
        found += places.on(number, day)
        found += [one for start in sorted(starts) if places.is_within(day, start) for one in places.at(number, start)]
    return found


def holds(made: BentTask, chosen: Sequence[SessionPlacement | None]) -> bool:
    """Return whether a choice keeps every rule between sessions, asked one by one and not as the search asks."""
    bent, task = made.bent, made.around
    workouts = task.rulebook.workouts
    standing = sorted((one for one in chosen if one is not None), key=lambda one: one.start)
    for one, other in pairs(standing):
        if one.start < other.end and other.start < one.end:
            return False
        apart = (other.start.date() - one.start.date()).days
        its = workouts[one.workout], workouts[other.workout]
        kept = all(each.start.date() == bent.sessions[each.session].day for each in (one, other))
        for field, both, exempt in (
            ("days_between_runs", all(each.is_running for each in its), False),
            ("days_between_hard", all(each.hard for each in its), kept),
            ("days_between_long", all(each.long for each in its), kept),
        ):
            gap = getattr(task.training[field], field) if field in task.training else 1
            near = apart < gap and not (field == "days_between_runs" and apart == 0)
            if both and near and not exempt and not (gap == 1 and apart == 0 and field == "days_between_runs"):
                return False
        ordered = all(each.hard or each.long for each in its)
        if ordered and apart > 0 and bent.sessions[one.session].day > bent.sessions[other.session].day:
            return False
    planned = {one.day for one in bent.sessions}
    if len({one.start.date() for one in standing}) > len(planned):
        return False
    return days_hold(made, standing) and first_runs_hold(made, standing)


def pairs(standing: Sequence[SessionPlacement]) -> Iterator[tuple[SessionPlacement, SessionPlacement]]:
    """Yield every two placements in order of time."""
    for number, one in enumerate(standing):
        for other in standing[number + 1 :]:
            yield one, other


def days_hold(made: BentTask, standing: Sequence[SessionPlacement]) -> bool:
    """Return whether no day holds more sessions, or more runs, than it may."""
    workouts = made.around.rulebook.workouts
    for day in {one.start.date() for one in standing}:
        here = [one for one in standing if one.start.date() == day]
        planned = [one for one in made.bent.sessions if one.day == day]
        runs = sum(workouts[one.workout].is_running for one in planned)
        running = [one for one in here if workouts[one.workout].is_running]
        double = not runs and len({made.bent.sessions[one.session].day for one in running}) == 1
        if len(here) > max(2, len(planned)) or (len(running) > max(runs, 1) and not double):
            return False
        heavy = any(workouts[one.workout].hard or workouts[one.workout].long for one in running)
        if heavy and len({made.bent.sessions[one.session].day for one in running}) > 1:
            return False
    return True


def first_runs_hold(made: BentTask, standing: Sequence[SessionPlacement]) -> bool:
    """Return whether the first run after a break is one, and no other run is."""
    workouts, breaks, due = made.around.rulebook.workouts, made.around.chooser.breaks, False
    for number in range(7):
        day = MONDAY + timedelta(days=number)
        due = due or breaks.ends_on(day)
        runs = [one for one in standing if one.start.date() == day and workouts[one.workout].is_running]
        backs = {one.back for one in runs} - {""}
        if (due and "later" in backs) or (not due and "first" in backs):
            return False
        due = due and not runs
    return True


def weight_of(made: BentTask, number: SessionNumber, one: SessionPlacement | None) -> int:
    """Return what a placement of a session costs, or none at all, with what decides between equals."""
    return made.bent.places.weight_of_leaving_out(number) if one is None else one.weight


def cheaper(made: BentTask, most: int) -> Iterator[list[SessionPlacement | None]]:
    """Yield every choice that costs less than some weight, whether it holds or not."""
    weights = [
        sorted(((weight_of(made, number, one), one) for one in choices(made.bent, number)), key=lambda pair: pair[0])
        for number, _ in numbered(made.bent.sessions)
    ]

    def further(chosen: list[SessionPlacement | None], left: int) -> Iterator[list[SessionPlacement | None]]:
        if len(chosen) == len(weights):
            yield chosen
            return
        for cost, one in weights[len(chosen)]:
            if cost >= left:
                return
            yield from further([*chosen, one], left - cost)

    yield from further([], most)


@pytest.mark.parametrize("severity", SEVERITIES)
@pytest.mark.parametrize(("name", "week", "region", "start"), WEEKS, ids=[name for name, *_ in WEEKS])
def test_no_other_way_costs_less(
    tmp_path: Path, name: str, week: dict[int, str], region: str, start: str, severity: str
) -> None:
    """Every combination of placements that would cost less is tried, and each breaks a rule."""
    task = made(tmp_path, week, region, start, severity)
    assert holds(task, task.bent.placements), name
    least = sum(weight_of(task, number, one) for number, one in numbered(task.bent.placements))
    assert [chosen for chosen in cheaper(task, least) if holds(task, chosen)] == []
