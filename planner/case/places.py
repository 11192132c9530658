"""Places: where on the body something is, and which of its tissues is meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from planner.case.model import Case, Injury
from planner.rulebook.model import Rulebook
from planner.rulebook.scales import Side, Tissue


class TissuePlace(NamedTuple):
    """Hold a region with the tissues that are meant there: a rule about any of them speaks about it.

    `graded` says of a bone that running on it is graded by pain, and waits for no clearance.
    """

    region: str
    tissues: tuple[Tissue, ...]
    graded: bool


def injured_place(injury: Injury, rulebook: Rulebook) -> TissuePlace:
    """Return where an injury is, and its tissue: the one it names, else the region's own."""
    region = rulebook.regions[injury.region]
    graded = region.graded if injury.graded is None else injury.graded
    return TissuePlace(injury.region, (injury.tissue or region.tissue,), graded)


def place_at(case: Case, rulebook: Rulebook, name: str, side: Side | None = None) -> TissuePlace:
    """Return a region with every tissue that may be meant there: its own, and those of the injuries there.

    A bone there is graded if every injured bone there is, and where none is injured, if the region's own is.
    """
    region = rulebook.regions[name]
    injured = [injured_place(injury, rulebook) for injury in injuries_at(case, rulebook, name, side)]
    tissues = dict.fromkeys((region.tissue, *(tissue for place in injured for tissue in place.tissues)))
    bones = [place.graded for place in injured if "bone" in place.tissues]
    return TissuePlace(name, tuple(tissues), all(bones) if bones else region.graded)


def injuries_at(case: Case, rulebook: Rulebook, region: str, side: Side | None = None) -> Iterable[Injury]:
    """Return the injuries at a region, in a part of it, or in what it is a part of, and not on the other side."""
    return [
        injury
        for injury in case.injury
        if rulebook.same_place(injury.region, region) and not opposite(injury.side, side)
    ]


def opposite(one: Side | None, other: Side | None) -> bool:
    """Return whether two sides are known to be different ones: two knees are two."""
    return {one, other} == {"left", "right"}
