"""Run the command line: `planner`, or `python -m planner`."""

from __future__ import annotations

import _thread
import gc
import os
import sys
import time

SIGINT = 2
"""The signal of Ctrl-C; `signal` itself takes a moment to load."""
SOON = 0.01
"""Seconds after which Ctrl-C is taken to be pressed once more, where the first time came to nothing."""


def run() -> int:
    """Run the command line as a process of its own and return its exit status."""
    # What a plan is made of lives for a fraction of a second and is all in use: looking for garbage in it, while it is
    # made and once more when the process ends, finds none and costs a fifth of the time (measured: `bench/process.py`).
    gc.disable()
    usual, sys.unraisablehook = sys.unraisablehook, _stop_all_the_same
    try:
        # Looking for plugins reads what every installed package says of itself; and what checks a case is ours alone.
        from planner.commands.without_plugins import leave_out_plugins  # noqa: PLC0415 (as little as can be, before it)

        leave_out_plugins()
        from planner.cli import main  # noqa: PLC0415 (after the lines above, for them to count)

        status = main()
        _close_ears()
    except KeyboardInterrupt:
        _close_ears()
        # Before anything was read, or while the end was being written.
        sys.stderr.write("\nStopped.\n")
        return 130
    finally:
        sys.unraisablehook = usual
    gc.freeze()
    return status


def _stop_all_the_same(unraisable: sys.UnraisableHookArgs) -> None:
    """Have Ctrl-C stop the program also where the interpreter was tidying up, so that it came to nothing."""
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        _thread.start_new_thread(_press_again, ())
    else:
        sys.__unraisablehook__(unraisable)


def _press_again() -> None:
    time.sleep(SOON)
    if os.name == "nt":
        _thread.interrupt_main()
    else:
        # This also ends what the program waits for, such as a server.
        os.kill(os.getpid(), SIGINT)


def _close_ears() -> None:
    """Have Ctrl-C do nothing any more: all is said, and in the middle of the interpreter's end it is a traceback."""
    import signal  # noqa: PLC0415 (loading it above would take as long as all that is there)

    signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(run())
