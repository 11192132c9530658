"""The drawn body: every region is reached, on both sides, and every place can be hit with a thumb."""

from __future__ import annotations

from planner import shipped_rulebook
from planner.page.drawing.body import Words, area, body_views
from planner.page.drawing.outline import VIEWS, Point
from planner.page.drawing.places import LIES_IN, PLACES, places_of, places_showing, places_with, undrawn_regions

SIDED = [(place, side) for place in PLACES for side in place.sides]
VIEW = {view.name: view for view in VIEWS}
PIXELS = {"front": 360 / 204, "back": 360 / 204, "sole": 2.4}
"""Pixels to a unit on a phone of 360 px, where the figure runs from edge to edge."""


def test_there_are_forty_six_places_and_eighty_six_with_sides() -> None:
    """Each has a number of its own, by which its address says nothing."""
    assert len(PLACES) == 46
    assert len({place.anchor(side) for place, side in SIDED}) == 86 == len(SIDED)


def test_every_region_is_reached_by_the_drawing() -> None:
    """Each region opens from a place, on both of its sides; only the whole body is none, and has a link beside it."""
    regions = shipped_rulebook().regions
    assert undrawn_regions(regions) == ("whole_body",)
    places = places_of(regions)
    for region in set(regions) - {"whole_body"}:
        sides = {side for place, side in places_with(region, "both", places)}
        assert sides in ({"left", "right"}, {""}, {"left", "right", ""})


def test_a_region_of_several_parts_is_shown_where_its_parts_are() -> None:
    """A treated leg is treated at the calf and the shin as at the thigh, a back all along, an arm down to the wrist."""
    book = shipped_rulebook()
    places = places_of(book.regions)
    for region in LIES_IN:
        parts = book.regions[region].counts_as
        shown = {place for place, _ in places_showing(region, "left", places)}
        assert all(shown & {place for place, _ in places_with(part, "left", places)} for part in parts), region
        assert all({*parts, region} & set(place.regions) for place in shown), region
        assert {side for _, side in places_showing(region, "left", places)} == {"left"}
    assert {"calf", "shin", "front_thigh", "back_thigh"} <= {
        place.key for place, _ in places_showing("leg", "left", places)
    }
    assert list(places_showing("calf", "left", places)) == list(places_with("calf", "left", places))


def test_a_region_of_a_clinics_own_is_somewhere_else() -> None:
    """What nobody has drawn yet is not lost: the list has it."""
    assert undrawn_regions(["calf", "tail"]) == ("tail",)


def test_every_place_holds_a_thumb() -> None:
    """On a phone each area holds a square of 44 by 44 pixels."""
    for place, side in SIDED:
        points, least = area(place, side, VIEW[place.view]), 43.9 / PIXELS[place.view]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        corners = [(dx * least, dy * least) for dx in (0, 0.5, 1) for dy in (0, 1)]
        assert any(
            all(_inside((x / 2 + dx, y / 2 + dy), points) for dx, dy in corners)
            for x in range(2 * int(min(xs)), 2 * int(max(xs) - least) + 2)
            for y in range(2 * int(min(ys)), 2 * int(max(ys) - least) + 2)
        ), (place.key, side)


def test_places_do_not_lie_over_one_another() -> None:
    """No point of a view belongs to two places, but for rounding along a cut."""
    for view in VIEWS:
        shapes = [(place.key, side, area(place, side, view)) for place, side in SIDED if place.view == view.name]
        twice = 0
        for x in range(1, view.width, 3):
            for y in range(1, view.height, 3):
                twice += sum(_inside((x, y), points) for _, _, points in shapes) > 1
        assert twice <= 6, view.name


def test_a_place_is_a_link_with_a_name_and_a_number() -> None:
    """A screen reader hears the name; the address holds a number; patterns are in the name too."""
    places = places_of(["calf"])
    (place,) = places
    names = {(place.number, "left"): "Left calf, treated", (place.number, "right"): "Right calf"}
    views = list(
        body_views(
            places,
            {(place.number, "left"): frozenset({"treated"})},
            Words({"front": "Front", "back": "Back", "sole": "Soles"}, names),
        )
    )
    back = next(drawn.svg for drawn in views if drawn.view.name == "back")
    assert (
        f'<a href="#p{place.number}l" data-place="p{place.number}l" aria-label="Left calf, treated" '
        'class="place treated">' in back
    )
    assert len("".join(drawn.svg for drawn in views)) < 79_000


def _inside(point: Point, points: list[Point]) -> bool:
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
