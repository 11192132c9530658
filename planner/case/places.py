"""Places: where on the body something is, and which of its tissues is meant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from planner.case.model import Case, Injury
from planner.rulebook.model import Rulebook
from planner.rulebook.names import is_a_clinician
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

    Args:
        case: the person's case.
        rulebook: the rules, whose regions it names.
        name: the region's name.
        side: left or right; None is not known, or both.

    """
    region = rulebook.regions[name]
    injured = [injured_place(injury, rulebook) for injury in injuries_at(case, rulebook, name, side)]
    tissues = dict.fromkeys((region.tissue, *(tissue for place in injured for tissue in place.tissues)))
    bones = [place.graded for place in injured if "bone" in place.tissues]
    return TissuePlace(name, tuple(tissues), all(bones) if bones else region.graded)


def injuries_at(case: Case, rulebook: Rulebook, region: str, side: Side | None = None) -> Iterable[Injury]:
    """Return the injuries at a region, in a part of it, or in what it is a part of, and not on the other side.

    Args:
        case: the person's case; what is healed counts as well.
        rulebook: the rules, which say what is a part of what.
        region: the region's name.
        side: left or right; None is not known, or both.

    """
    return [
        injury
        for injury in (*case.injury, *case.healed)
        if rulebook.is_same_place(injury.region, region) and not are_opposite(injury.side, side)
    ]


def are_opposite(side: Side | None, other: Side | None) -> bool:
    """Return whether two sides are known to be different ones: two knees are two."""
    return {side, other} == {"left", "right"}


def waits_for_a_clinician(injury: Injury, rulebook: Rulebook) -> bool:
    """Return whether an injury is called healed and waits for a clinician's word: a bone that nobody has cleared."""
    place = injured_place(injury, rulebook)
    a_bone = "bone" in place.tissues and not place.graded and injury.severity != "mild"
    return injury.healed is not None and a_bone and (injury.by is None or not is_a_clinician(injury.by))


def case_on(case: Case, rulebook: Rulebook, today: date) -> Case:
    """Return a case as it stands on a day: what has healed by then is no injury, and what was treated keeps its place.

    A day that is still to come ends nothing: until then it hurts. The names in the case are the rulebook's own.
    """
    healed = [
        injury
        for injury in case.injury
        if injury.healed is not None and injury.healed <= today and not waits_for_a_clinician(injury, rulebook)
    ]
    if not healed:
        return case
    first = case.injury[0] if len(case.injury) == 1 else None
    # Where a treatment does not say what is treated, it is the injury's own part, also of one that has healed.
    treatments = tuple(
        entry.model_copy(update={"region": first.region, "side": entry.side or first.side})
        if entry.region is None and first is not None
        else entry
        for entry in case.treatments
    )
    return case.without_injuries(healed, {"treatments": treatments})
