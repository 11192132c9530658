"""What a word for a part of the body may mean: one region, several of which the page asks, or none."""

from __future__ import annotations

from planner.page.drawing.places import PLACES
from planner.page.sentences import sentences
from planner.rulebook.model import Rulebook
from planner.rulebook.names import folded


def regions_meant(words: str, book: Rulebook) -> list[str]:
    """Return the regions that words may mean, the likeliest first: several only where the words are ambiguous."""
    known = book.names.find("regions", words)
    asked = folded(words)
    if known is not None and asked == folded(book.regions[known].name):
        return [known]
    several = [
        region
        for place in PLACES
        if asked in map(folded, sentences()[f"places.{place.key}_words"].split(","))
        for region in place.regions
        if region in book.regions
    ]
    first = [known] if known is not None else []
    return list(dict.fromkeys([*first, *several])) if several else first


def region_choices(regions: list[str], book: Rulebook) -> list[dict[str, str]]:
    """Return the choices of a question which of some regions is meant."""
    return [{"value": region, "name": book.regions[region].name, "hint": ""} for region in regions]
