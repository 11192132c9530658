"""The outline of the body: half of it as points, smoothed, mirrored; no sex, no face, no muscles.

Units are those of the view's box; x is counted from the midline, y from the top.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

Point = tuple[float, float]

TRUNK_AND_LEG: tuple[Point, ...] = (
    *((0, 50), (12, 56), (13, 72), (24, 82), (44, 90), (51, 104), (50, 128), (46, 156), (43, 182), (45, 210)),
    *((51, 238), (54, 264), (54, 298), (50, 340), (43, 378), (43, 404), (46, 430), (44, 460), (36, 490), (33, 510)),
    *((35, 530), (42, 556), (44, 582), (38, 597), (26, 600), (15, 596), (12, 580), (14, 550), (16, 526), (15, 506)),
    *((12, 470), (10, 440), (14, 404), (14, 380), (11, 346), (5, 300), (2, 272), (0, 264)),
)
ARM: tuple[Point, ...] = (
    *((40, 89), (56, 92), (67, 104), (73, 130), (78, 160), (84, 190), (90, 220), (94, 250), (98.5, 274), (99.5, 294)),
    *((96, 309), (89, 306), (84, 286), (81, 262), (75, 232), (68, 204), (62, 178), (56, 150), (51, 126), (46, 106)),
)
HEAD = (0, 33, 24, 30)
"""Centre and radii of the head."""
SOLE: tuple[Point, ...] = (
    *((11, 86), (14, 62), (28, 50), (46, 54), (60, 72), (66, 102), (63, 140), (59, 180), (58, 222), (52, 250)),
    *((39, 262), (26, 252), (18, 224), (20, 190), (21, 160), (16, 130), (11, 106)),
)
TOES = ((23, 28, 11, 17), (41, 25, 6.5, 11), (53, 34, 6, 10), (62, 47, 5.2, 8.5), (67.5, 61, 4.4, 7))
"""Centre and radii of the toes, the big one first."""


class View(NamedTuple):
    """Describe a view of the body: its box, its midline, and whether the person's right is at the reader's left."""

    name: str
    width: int
    height: int
    middle: int
    right_is_left: bool


VIEWS = (
    View("front", 204, 604, 102, right_is_left=True),
    View("back", 204, 604, 102, right_is_left=False),
    View("sole", 150, 268, 75, right_is_left=False),
)


def smooth_path(points: Sequence[Point]) -> str:
    """Return a closed path through points, rounded between them (Catmull-Rom as Bézier curves)."""
    count = len(points)
    parts = [f"M{_plain(points[0])}"]
    for number in range(count):
        before, here, after, beyond = (points[(number + step) % count] for step in (-1, 0, 1, 2))
        first = (here[0] + (after[0] - before[0]) / 6, here[1] + (after[1] - before[1]) / 6)
        second = (after[0] - (beyond[0] - here[0]) / 6, after[1] - (beyond[1] - here[1]) / 6)
        parts.append(f"C{_plain(first)} {_plain(second)} {_plain(after)}")
    return "".join(parts) + "Z"


def silhouette(view: View) -> str:
    """Return the path of everything that is drawn in a view, both halves."""
    shapes: list[Sequence[Point]]
    if view.name == "sole":
        shapes = [SOLE, *map(_ellipse, TOES)]
        return "".join(smooth_path(_placed(shape, view, side)) for side in (-1, 1) for shape in shapes)
    # The trunk is one shape over both halves, so that no seam runs down the middle.
    whole = [*_placed(TRUNK_AND_LEG, view, 1), *_placed(TRUNK_AND_LEG[1:-1], view, -1)]
    arms = [_placed(ARM, view, side) for side in (-1, 1)]
    return "".join(map(smooth_path, [_placed(_ellipse(HEAD), view, 1), *arms, whole]))


def _ellipse(ellipse: tuple[float, float, float, float]) -> list[Point]:
    x, y, across, down = ellipse
    around = ((0, -1), (0.71, -0.71), (1, 0), (0.71, 0.71), (0, 1), (-0.71, 0.71), (-1, 0), (-0.71, -0.71))
    return [(x + across * right, y + down * below) for right, below in around]


def _placed(points: Iterable[Point], view: View, side: int) -> list[Point]:
    placed = [(view.middle + side * x, y) for x, y in points]
    # Mirrored, it would run the other way round, and where two shapes overlap they would be a hole.
    return placed if side > 0 else placed[::-1]


def _plain(point: Point) -> str:
    return f"{point[0]:.4g} {point[1]:.4g}"
