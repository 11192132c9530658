"""Run every benchmark and print one report."""

from __future__ import annotations

import os
import platform

from bench import ask, bending, moving, process, reading, serving, solver, sweep


def main() -> None:
    """Print what was measured, and on what."""
    print(f"# Benchmarks\n\nPython {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}.\n")
    reports = (
        process.report,
        reading.report,
        solver.report,
        sweep.plain_report,
        moving.report,
        ask.report,
        serving.report,
        bending.report,
    )
    for report in reports:
        print(report(), end="\n\n", flush=True)


if __name__ == "__main__":
    main()
