"""Everyday names: "heel" is the plantar fascia, "dry needling" is `dry_needling`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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

    @cached_property
    def _canonical(self) -> dict[str, dict[str, str]]:
        tables: dict[str, dict[str, str]] = {}
        for what in ("regions", "treatments", "workouts", "signs"):
            table = tables[what] = {}
            for key, everyday in getattr(self, what).items():
                for name in (*everyday, key):
                    table[folded(name)] = key
        return tables

    def find(self, what: str, name: str) -> str | None:
        """Return the canonical name among `regions`, `treatments`, `workouts` or `signs`, or None."""
        return self._canonical[what].get(folded(name))

    def nearest(self, what: str, name: str) -> str:
        """Return what would be right for a name that is not known."""
        return suggestion(name, (*getattr(self, what), *self._canonical[what]))
