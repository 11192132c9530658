"""What a word for a part of the body may mean: one region, several of which the page asks, or none."""

from __future__ import annotations

from typing import NamedTuple

from planner.rulebook.model import Rulebook


class PlaceMeaning(NamedTuple):
    """Hold the regions that words may mean, the one that they are taken as first; `question` tells a bone from them."""

    regions: tuple[str, ...] = ()
    question: str = ""

    @property
    def asks(self) -> bool:
        """Whether it should be asked which is meant."""
        return len(self.regions) > 1


def meaning_of(words: str, book: Rulebook) -> PlaceMeaning:
    """Return what words for a part of the body may mean, by the rulebook's own list of ambiguous names."""
    word = book.names.ambiguity(words)
    if word is not None:
        entry = book.ambiguous_names[word]
        return PlaceMeaning((entry.means, *entry.could_be), entry.question)
    region = book.names.find("regions", words)
    return PlaceMeaning(() if region is None else (region,))


def region_choices(regions: tuple[str, ...], book: Rulebook) -> list[dict[str, str]]:
    """Return the choices of a question which of some regions is meant."""
    return [{"value": region, "name": book.regions[region].name, "hint": ""} for region in regions]
