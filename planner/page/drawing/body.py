"""The drawn body as SVG: every place a named link that opens its question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import NamedTuple

from planner.page.drawing.outline import VIEWS, Point, View, silhouette
from planner.page.drawing.places import Place, curved_polygon

Marks = Mapping[tuple[int, str], frozenset[str]]
"""What is so at a place, by its number and side: `hurts`, `treated`."""


class DrawnView(NamedTuple):
    """Hold a view of the body as SVG, and the places that it links to."""

    view: View
    svg: str


class Words(NamedTuple):
    """Hold what the drawing says: a view's name, and the name of a place on a side with what is so there."""

    views: Mapping[str, str]
    places: Mapping[tuple[int, str], str]


def body_views(places: Mapping[Place, tuple[str, ...]], marks: Marks, words: Words) -> Iterator[DrawnView]:
    """Yield the body from the front, from the back, and its soles; places without a region are drawn, not linked."""
    for view in VIEWS:
        yield DrawnView(view, _drawing(view, [place for place in places if place.view == view.name], marks, words))


def _drawing(view: View, places: list[Place], marks: Marks, words: Words) -> str:
    outline = silhouette(view)
    clip = f"clip-{view.name}"
    links = [
        _link(place, side, view, clip, marks.get((place.number, side), frozenset()), words.places[place.number, side])
        for place in places
        for side in place.sides
    ]
    return (
        f'<svg class="body body-{view.name}" viewBox="0 0 {view.width} {view.height}" role="group" '
        f'aria-label="{escape(words.views[view.name])}">'
        f'<defs><clipPath id="{clip}"><path d="{outline}"/></clipPath></defs>'
        f'<path class="rim" d="{outline}"/><path class="skin" d="{outline}"/>{"".join(links)}</svg>'
    )


def _link(place: Place, side: str, view: View, clip: str, marks: frozenset[str], name: str) -> str:
    points = " ".join(f"{x:.4g},{y:.4g}" for x, y in area(place, side, view))
    classes = " ".join(["place", *sorted(marks)])
    anchor = place.anchor(side)
    return (
        f'<a href="#{anchor}" data-place="{anchor}" aria-label="{escape(name)}" class="{classes}">'
        f'<polygon class="part" clip-path="url(#{clip})" points="{points}"/>'
        f'<polygon class="hit" points="{points}"/></a>'
    )


def area(place: Place, side: str, view: View) -> list[Point]:
    """Return the polygon in which a place is hit, in the units of its view."""
    at_left = side == ("right" if view.right_is_left else "left")
    sign = -1 if at_left else 1
    return [(view.middle + sign * x, y) for x, y in curved_polygon(place.shape, view.name)]
