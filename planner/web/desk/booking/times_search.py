"""The search for times of an appointment behind a page: how far it is, and what it offers once it is done."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock, Thread

from planner.results.offer import Offer

Progress = Callable[[int, int], None]
Search = Callable[[Progress], Offer]
PATIENCE = 2.0
"""Seconds that a page waits for an answer before it shows how far the search is."""
MOST_KEPT = 8
"""So many searches are remembered, the last one of as many cases."""


class _StoppedError(Exception):
    """Say that nobody wants the answer any more."""


class TimesSearch:
    """One search: so many times of so many were looked at, and what is offered once that is done."""

    def __init__(self, question: object) -> None:
        self.question = question
        self.done = 0
        self.total = 0
        self.offer: Offer | None = None
        self.stopped = False
        self._error: Exception | None = None
        self._ended = Event()

    @property
    def tenths(self) -> int:
        """So many tenths of the times were looked at: a new one is told to who cannot see it, not each time."""
        return self.done * 10 // max(1, self.total)

    def work(self, search: Search) -> None:
        """Search until that is done, or stopped."""
        try:
            self.offer = search(self._note)
        except _StoppedError:
            pass
        except Exception as error:  # noqa: BLE001 (whatever it is, who asks gets it)
            self._error = error
        finally:
            self._ended.set()

    def wait(self, seconds: float) -> Offer | None:
        """Wait so long for the answer, and return it; None where it is still to come. Raises what the search raised."""
        self._ended.wait(seconds)
        if self._error is not None:
            raise self._error
        return self.offer

    def _note(self, done: int, total: int) -> None:
        if self.stopped:
            raise _StoppedError
        self.done, self.total = done, total


class TimesSearches:
    """Know the last search of each case; another question about the same case ends the one before."""

    def __init__(self) -> None:
        self.patience = PATIENCE
        self._searches: dict[str, TimesSearch] = {}
        self._lock = Lock()

    def about(self, key: str, question: object, search: Search) -> TimesSearch:
        """Return the search for the answer to a question about a case: it is begun unless it is on its way already.

        Args:
            key: the key of the case.
            question: all that the answer depends on.
            search: what finds the answer, telling how far it is.

        """
        with self._lock:
            running = self._searches.pop(key, None)
            if running is None or running.question != question:
                if running is not None:
                    running.stopped = True
                running = TimesSearch(question)
                Thread(target=running.work, args=(search,), daemon=True).start()
            self._searches[key] = running
            while len(self._searches) > MOST_KEPT:
                self._searches.pop(next(iter(self._searches))).stopped = True
            return running
