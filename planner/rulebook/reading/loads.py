"""Loads: what every workout asks of every region, those included that are loaded like others."""

from __future__ import annotations

from collections.abc import Mapping

from planner.rulebook.kinds import Region, Workout
from planner.rulebook.scales import Load


def complete_loads(workouts: Mapping[str, Workout], regions: Mapping[str, Region]) -> dict[str, Workout]:
    """Return the workouts with a load for every region: that of its `load_like`, the greatest, where they name none.

    A region for which nothing gives a load is left out; `check` says so.
    """
    return {key: _completed(workout, regions) for key, workout in workouts.items()}


def _completed(workout: Workout, regions: Mapping[str, Region]) -> Workout:
    loads: dict[str, Load] = dict(workout.load)
    for region in regions:
        _find(region, loads, regions, ())
    return workout.model_copy(update={"load": loads})


def _find(name: str, loads: dict[str, Load], regions: Mapping[str, Region], asked: tuple[str, ...]) -> Load | None:
    """Return the load on a region and note it; None where its likes have none, or go round in a circle."""
    if name in loads or name not in regions or name in asked:
        return loads.get(name)
    found = [_find(like, loads, regions, (*asked, name)) for like in regions[name].load_like]
    known = [load for load in found if load is not None]
    if known:
        loads[name] = max(known)
    return loads.get(name)
