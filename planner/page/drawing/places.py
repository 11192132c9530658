"""The places of the drawn body: each a polygon larger than the limb, which opens one or several regions.

Polygons are in the half of the person's left in a front view, as `outline` counts; they are mirrored for the other
side. Horizontal cuts bend a little downwards in the middle of a limb.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from planner.page.drawing.outline import Point

Shape = tuple[Point, ...]


class Place(NamedTuple):
    """Hold a place: its number, by which addresses know it; its view; the regions that it may mean.

    `sided` is False for what lies in the middle. `key` finds its name among the page's sentences.
    """

    number: int
    key: str
    view: str
    shape: Shape
    regions: tuple[str, ...]
    sided: bool = True

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides on which it lies; one that lies in the middle has none, written as an empty word."""
        return ("left", "right") if self.sided else ("",)

    def anchor(self, side: str = "") -> str:
        """Return the fragment that opens it: a number and a letter say nothing to who sees the address."""
        return f"p{self.number}{side[:1] if self.sided else ''}"


def _band(first: float, last: float, inner: float = 0, outer: float = 72) -> Shape:
    return (inner, first), (outer, first), (outer, last), (inner, last)


def _arm(first: Point, last: Point) -> Shape:
    """Return a piece of the arm: from its inner edge outwards as far as the box reaches."""
    return first, (110, first[1]), (110, last[1]), last


SHOULDER = (52, 136)
ELBOW = (57, 170)
FOREARM = (62, 206)
WRIST = (72, 254)
HAND_END = (76, 322)
UPPER_ARM: Shape = ((28, 82), (28, 106), SHOULDER, ELBOW, (110, 170), (110, 82))
_ARMS = (
    ("elbow", "elbow", ELBOW, FOREARM),
    ("forearm", "forearm", FOREARM, WRIST),
    ("hand", "hand_wrist", WRIST, HAND_END),
)

HEAD: Shape = ((-28, 0), (28, 0), (28, 58), (-28, 58))
_FRONT: tuple[tuple[str, Shape, tuple[str, ...], bool], ...] = (
    ("head", HEAD, ("head",), False),
    ("neck", ((-28, 58), (28, 58), (28, 87), (-28, 87)), ("neck",), False),
    ("upper_arm", UPPER_ARM, ("shoulder", "arm"), True),
    ("ribs", ((0, 87), (28, 87), (28, 106), SHOULDER, (56, 166), (0, 166)), ("ribs", "bone_rib"), True),
    ("belly", ((-56, 166), (56, 166), (60, 236), (-60, 236)), ("abdomen",), False),
    *((key, _arm(first, last), (region,), True) for key, region, first, last in _ARMS),
    ("pelvis", ((-24, 236), (24, 236), (24, 264), (-24, 264)), ("pelvic_floor", "bone_pelvis"), False),
    ("front_hip", _band(236, 264, 24, 68), ("hip_flexor", "hip_joint", "bone_pelvis"), True),
    ("groin", _band(264, 292, 0, 28), ("groin", "adductor", "hip_joint", "bone_femoral_neck"), True),
    ("inner_thigh", _band(292, 346, 0, 28), ("adductor",), True),
    (
        "front_thigh",
        ((28, 264), (70, 264), (70, 306), (46, 306), (46, 378), (0, 378), (0, 346), (28, 346)),
        ("quadriceps", "thigh", "leg", "bone_femoral_shaft"),
        True,
    ),
    ("outer_knee", _band(306, 406, 46, 74), ("itb",), True),
    ("kneecap", _band(378, 406, 0, 46), ("knee",), True),
    ("below_kneecap", _band(406, 432), ("patellar_tendon", "knee"), True),
    (
        "shin",
        _band(432, 496),
        ("shin_muscle", "shin_splints", "shin", "bone_tibia_medial", "bone_tibia_front", "bone_fibula"),
        True,
    ),
    ("ankle", _band(496, 522), ("ankle", "bone_tibia_front"), True),
    ("top_of_foot", _band(522, 549), ("bone_navicular", "bone_metatarsal", "ankle"), True),
    ("front_toes", _band(549, 608), ("toes", "forefoot"), True),
)
_BACK: tuple[tuple[str, Shape, tuple[str, ...], bool], ...] = (
    ("back_head", HEAD, ("head",), False),
    ("back_neck", ((-28, 58), (28, 58), (28, 87), (-28, 87)), ("neck",), False),
    ("shoulder", UPPER_ARM, ("shoulder", "arm"), True),
    ("upper_back", ((0, 87), (28, 87), (28, 106), SHOULDER, (53, 148), (0, 148)), ("upper_back",), True),
    ("back_ribs", ((20, 148), (53, 148), (57, 178), (20, 178)), ("ribs", "bone_rib", "upper_back", "back"), True),
    ("low_back", ((0, 148), (20, 148), (20, 178), (57, 178), (60, 222), (0, 222)), ("low_back",), True),
    *((f"back_{key}", _arm(first, last), (region,), True) for key, region, first, last in _ARMS),
    ("sacrum", _band(222, 250, 0, 27), ("si_joint", "bone_sacrum", "low_back", "back"), True),
    ("outer_hip", _band(222, 250, 27, 66), ("gluteal_tendon", "hip"), True),
    ("buttock", _band(250, 284), ("glutes", "piriformis", "hip"), True),
    ("sit_bone", _band(284, 310), ("upper_hamstring", "hamstring"), True),
    ("back_thigh", _band(310, 374), ("hamstring", "thigh", "leg", "bone_femoral_shaft"), True),
    ("back_knee", _band(374, 402), ("knee",), True),
    ("calf", _band(402, 464), ("calf",), True),
    ("achilles", _band(464, 494), ("achilles",), True),
    ("inner_ankle", _band(494, 522, 0, 26), ("tibialis_posterior", "ankle", "bone_tibia_front"), True),
    ("outer_ankle", _band(494, 522, 26, 72), ("peroneal_tendon", "ankle", "bone_fibula"), True),
    ("back_heel", _band(522, 608), ("achilles", "bone_calcaneus", "plantar_fascia"), True),
)
_SOLE: tuple[tuple[str, Shape, tuple[str, ...], bool], ...] = (
    ("toes", ((0, 0), (75, 0), (75, 74), (50, 52), (26, 48), (0, 52)), ("toes",), True),
    (
        "ball",
        ((33, 49), (50, 52), (75, 74), (75, 102), (33, 102)),
        ("forefoot", "bone_metatarsal"),
        True,
    ),
    (
        "under_big_toe",
        ((0, 52), (26, 48), (33, 49), (33, 102), (0, 102)),
        ("bone_sesamoid", "toes", "forefoot"),
        True,
    ),
    ("arch", _band(102, 184, 0, 38), ("plantar_fascia", "bone_navicular", "tibialis_posterior"), True),
    ("outer_edge", _band(102, 184, 38, 75), ("bone_metatarsal", "peroneal_tendon"), True),
    ("heel", _band(184, 268, 0, 75), ("plantar_fascia", "bone_calcaneus"), True),
)


LIES_IN: Mapping[str, tuple[str, ...]] = {
    "thigh": ("inner_thigh", "sit_bone"),
    "leg": ("inner_thigh", "sit_bone", "shin", "calf"),
    "arm": ("elbow", "forearm", "back_elbow", "back_forearm"),
    "back": ("upper_back", "low_back"),
}
"""Where a region that has several parts lies, too, beside the places that open it: what is done to it is done there."""
WHOLE = "p0"
"""The fragment that asks about what no place is a part of: the whole body."""


def _all_places() -> Iterator[Place]:
    number = 0
    for view, rows in (("front", _FRONT), ("back", _BACK), ("sole", _SOLE)):
        for key, shape, regions, sided in rows:
            number += 1
            yield Place(number, key, view, shape, regions, sided)


PLACES: tuple[Place, ...] = tuple(_all_places())


def places_of(regions: Iterable[str]) -> dict[Place, tuple[str, ...]]:
    """Return the places that open any of the regions that a rulebook has, each with those that it opens."""
    there = set(regions)
    opened = {place: tuple(region for region in place.regions if region in there) for place in PLACES}
    return {place: names for place, names in opened.items() if names}


def undrawn_regions(regions: Iterable[str]) -> tuple[str, ...]:
    """Return the regions that no place opens, such as a clinic's own: the list has them under "somewhere else"."""
    drawn = {region for place in PLACES for region in place.regions}
    return tuple(region for region in regions if region not in drawn)


def places_with(region: str, side: str | None, places: Mapping[Place, tuple[str, ...]]) -> Iterator[tuple[Place, str]]:
    """Yield the places, and their sides, that open a region of a side."""
    return _on_sides((place for place, names in places.items() if region in names), side)


def places_showing(
    region: str, side: str | None, places: Mapping[Place, tuple[str, ...]]
) -> Iterator[tuple[Place, str]]:
    """Yield the places, and their sides, in which a region of a side lies: its parts are places of it too."""
    parts = LIES_IN.get(region, ())
    return _on_sides((place for place, names in places.items() if region in names or place.key in parts), side)


def _on_sides(places: Iterable[Place], side: str | None) -> Iterator[tuple[Place, str]]:
    sides = ("left", "right") if side in {None, "both"} else (side,)
    for place in places:
        for one_side in sides if place.sided else ("",):
            yield place, str(one_side)


def curved_polygon(shape: Shape, view: str) -> list[Point]:
    """Return a polygon whose horizontal edges bend downwards in the middle of the limb.

    What is added depends on the point alone, so that neighbours meet exactly.
    """
    points: list[Point] = []
    for (x, y), (after, below) in zip(shape, (*shape[1:], shape[0]), strict=True):
        steps = max(1, round(abs(after - x) / 9)) if y == below else 1
        points += [(x + (after - x) * step / steps, y) for step in range(steps)]
    return [(x, y + (0 if view == "sole" else _bend(x, y))) for x, y in points]


def _bend(x: float, y: float) -> float:
    arm = 88 <= y <= 322 and abs(x) > 52 + max(0, y - 136) * 0.15
    if arm:
        centre, half = 59 + (y - 104) * 0.18, 13
    elif y >= 264:
        centre, half = 28, 30
    else:
        centre, half = 0, 52
    return 3 * max(0.0, 1 - ((abs(x) - centre) / half) ** 2)
