"""Work on all cores: many pieces of work, each in a process of its own, given back as they are done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import islice
from multiprocessing import get_context
from typing import Literal, TypeVar

from planner.errors import OutsideError

MOST_AHEAD = 4
"""So many pieces wait for each core: the rest is not even looked at, so that memory stays flat."""
Piece = TypeVar("Piece")
Made = TypeVar("Made")


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def on_all_cores(
    work: Callable[[Piece], Made], pieces: Iterable[Piece], start: Literal["fork", "spawn"] | None = None
) -> Iterator[Made]:
    """Yield what became of each piece, as they are done; with one core, in their order.

    `start` is how processes begin, by default as the system does it: one that has threads must say "spawn". What is
    not taken any more is not begun any more. Raises `OutsideError` where a process was ended from outside.
    """
    ahead = iter(pieces)
    if cores() == 1:
        yield from map(work, ahead)
        return
    # Loaded only where there is more than one core.
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    waiting: set[Future[Made]] = set()
    with ProcessPoolExecutor(cores(), get_context(start)) as pool:
        try:
            while True:
                waiting |= {pool.submit(work, piece) for piece in islice(ahead, cores() * MOST_AHEAD - len(waiting))}
                if not waiting:
                    return
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        except BrokenProcessPool as error:
            raise OutsideError("a process that planned was ended from outside; plan again") from error
        finally:
            pool.shutdown(cancel_futures=True)
