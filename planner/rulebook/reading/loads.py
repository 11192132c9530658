"""Loads: what every workout asks of every region, those included that are loaded like others."""

from __future__ import annotations

from collections.abc import Mapping

from planner.rulebook.kinds import Region, Workout
from planner.rulebook.scales import Load


def complete_loads(
    workouts: Mapping[str, Workout], regions: Mapping[str, Region], *, cautious: bool = False
) -> dict[str, Workout]:
    """Return the workouts with a load for every region: that of its `load_like`, the greatest, where they name none.

    A workout's own `load_like` says what it loads like where it names no region. A region for which nothing gives a
    load is left out, and `check` says so; where one is `cautious`, it is loaded like the most loaded of its group.
    """
    return {key: _completed(workout, workouts, regions, cautious=cautious) for key, workout in workouts.items()}


def _completed(
    workout: Workout, workouts: Mapping[str, Workout], regions: Mapping[str, Region], *, cautious: bool
) -> Workout:
    like = workouts.get(workout.load_like or "")
    loads: dict[str, Load] = {**(like.load if like is not None else {}), **workout.load}
    for region in regions:
        _find(region, loads, regions, ())
    if cautious:
        for region in regions.keys() - loads.keys():
            group = regions[region].group
            loads_of_group = [load for name, load in loads.items() if name in regions and regions[name].group == group]
            loads |= {region: max(loads_of_group)} if loads_of_group else {}
    return workout.model_copy(update={"load": loads})


def _find(name: str, loads: dict[str, Load], regions: Mapping[str, Region], asked: tuple[str, ...]) -> Load | None:
    """Return the load on a region and note it; None where its likes have none, or go round in a circle."""
    if name in loads or name not in regions or name in asked:
        return loads.get(name)
    liked = [_find(like, loads, regions, (*asked, name)) for like in regions[name].load_like]
    heights = [load for load in liked if load is not None]
    if heights:
        loads[name] = max(heights)
    return loads.get(name)


def likes_of(key: str, regions: Mapping[str, Region]) -> set[str]:
    """Return the regions that a region is loaded like, and those that they are loaded like."""
    alike: set[str] = set()
    ahead = [key]
    while ahead:
        # A table that is not finished has every name, and not what stands behind it.
        likes = [like for name in ahead if (region := regions.get(name)) is not None for like in region.load_like]
        ahead = [like for like in dict.fromkeys(likes) if like not in alike]
        alike.update(ahead)
    return alike
