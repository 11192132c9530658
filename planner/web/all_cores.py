"""Work on all cores: many pieces of work, each in a process of its own, given back as they are done."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
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
    not taken any more is not begun any more, nor is anything once the program ends. Raises `OutsideError` where a
    process was ended from outside.
    """
    ahead = iter(pieces)
    if cores() == 1:
        yield from map(work, ahead)
        return
    # Loaded only where there is more than one core.
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    waiting: set[Future[Made]] = set()
    with ProcessPoolExecutor(cores(), get_context(start), _end_with_parent) as pool:
        try:
            while True:
                for piece in islice(ahead, cores() * MOST_AHEAD - len(waiting)):
                    try:
                        with _ctrl_c_is_for_others():
                            waiting.add(pool.submit(work, piece))
                    except RuntimeError:
                        return  # The program is ending, and nobody waits for this any more.
                if not waiting:
                    return
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        except BrokenProcessPool as error:
            raise OutsideError("a process that planned was ended from outside; plan again") from error
        finally:
            pool.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    """Have this process end when the one that began it was killed: else it would wait for work for ever."""
    Thread(target=_wait_for_end, args=(parent_process(),), daemon=True).start()


def _wait_for_end(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


@contextmanager
def _ctrl_c_is_for_others() -> Iterator[None]:
    """Have a process that begins here not hear Ctrl-C, nor that all should end: who began it does, and ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    usual = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, usual)
