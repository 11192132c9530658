"""Effort: what a search has cost, the same on any machine, and where it is to stop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

NO_END = 10**24
"""More visits than any search makes."""
LOOKS = 4
"""To look ahead from so many places costs as much as one visit to a state (measured)."""


class TooMuchWork(Exception):  # noqa: N818 (no mistake: whoever sets a limit expects it)
    """Stop a search that has cost as much as it may; what it has found before stays true."""


class Effort:
    """Count what a search has cost, in visits to a state: to draw a move of a week costs as much."""

    __slots__ = ("done", "most")

    def __init__(self) -> None:
        self.done = 0
        self.most = NO_END

    def spend(self, visits: int) -> None:
        """Count what costs as much as so many visits; raise `TooMuchWork` where that is more than may be."""
        self.done += visits
        if self.done > self.most:
            raise TooMuchWork

    def look(self, places: int) -> None:
        """Count that the search looked ahead from so many places."""
        self.spend(places // LOOKS)

    @contextmanager
    def limited(self, more: int) -> Iterator[None]:
        """Let the search cost so much more within; past that it stops with `TooMuchWork`, which ends here."""
        outer = self.most
        self.most = min(outer, self.done + more)
        try:
            yield
        except TooMuchWork:
            if self.done > outer:
                raise
        finally:
            self.most = outer
