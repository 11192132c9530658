"""Everyday names: "heel" is the plantar fascia, "dry needling" is `dry_needling`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from planner.errors import suggestion


def folded(name: str) -> str:
    """Return a name without regard to case, spaces, hyphens and underscores."""
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


@dataclass(frozen=True)
class Names:
    """Know the canonical and the everyday names of regions, treatments, workouts and danger signs."""

    regions: Mapping[str, Sequence[str]]
    treatments: Mapping[str, Sequence[str]]
    workouts: Mapping[str, Sequence[str]]
    signs: Mapping[str, Sequence[str]]
    ambiguous: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The words that may mean several regions, by their key in the rulebook."""
    meanings: Mapping[str, str] = field(default_factory=dict)
    """The region that each of them is taken as."""

    @cached_property
    def _canonical(self) -> dict[str, dict[str, str]]:
        tables: dict[str, dict[str, str]] = {}
        for what in ("regions", "treatments", "workouts", "signs"):
            table = tables[what] = {}
            for key, everyday in getattr(self, what).items():
                for name in (*everyday, key):
                    table[folded(name)] = key
        for word, spellings in self.ambiguous.items():
            tables["regions"].update(dict.fromkeys(map(folded, spellings), self.meanings[word]))
        return tables

    def find(self, what: str, name: str) -> str | None:
        """Return the canonical name among `regions`, `treatments`, `workouts` or `signs`, or None."""
        return self._canonical[what].get(folded(name))

    @cached_property
    def _words(self) -> dict[str, str]:
        return {folded(each): word for word, spellings in self.ambiguous.items() for each in spellings}

    def ambiguity(self, name: str) -> str | None:
        """Return the key of the ambiguous word that a name is, or None where it says what it means."""
        return self._words.get(folded(name))

    def nearest(self, what: str, name: str) -> str:
        """Return what would be right for a name that is not known."""
        return suggestion(name, (*getattr(self, what), *self._canonical[what]))
