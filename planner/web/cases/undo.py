"""Taking back: the last changes that pages made, kept in memory while the server runs."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import NamedTuple

MOST_CHANGES = 20


class Kept(NamedTuple):
    """Hold a change that a page made: both files before it (None: no calendar file), and their base after it."""

    number: int
    path: Path
    before: tuple[str, bytes | None]
    after: str


class Changed:
    """Remember the last twenty changes."""

    def __init__(self) -> None:
        self._changes: deque[Kept] = deque(maxlen=MOST_CHANGES)
        self._number = 0

    def note(self, path: Path, before: tuple[str, bytes | None], after: str) -> int:
        """Note a change and return its number; `after` is the base of the files that it left."""
        self._number += 1
        self._changes.append(Kept(self._number, path, before, after))
        return self._number

    def find(self, number: int, path: Path) -> Kept | None:
        """Return a change of a case by its number, None where it is too long ago."""
        return next((kept for kept in self._changes if kept.number == number and kept.path == path), None)

    def drop(self, kept: Kept) -> None:
        """Forget a change that was taken back."""
        self._changes.remove(kept)
