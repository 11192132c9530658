"""Run the command line: `planner`, or `python -m planner`."""

import gc
import os
import sys


def run() -> int:
    """Run the command line as a process of its own and return its exit status."""
    # What a plan is made of lives for a fraction of a second and is all in use: looking for garbage in it, while it is
    # made and once more when the process ends, finds none and costs a fifth of the time (measured: `bench/process.py`).
    gc.disable()
    # Looking for plugins reads what every installed package says of itself; and what checks a case is ours alone.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from planner.cli import main  # noqa: PLC0415 (after the line above, for it to count)

        status = main()
    except KeyboardInterrupt:
        # Before anything was read, or while the end was being written.
        sys.stderr.write("\nStopped.\n")
        return 130
    gc.freeze()
    return status


if __name__ == "__main__":
    sys.exit(run())
