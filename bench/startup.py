"""Where a process of ours spends its time beyond the floor: imports by package, the rulebook, the plan."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.timing import table

ROOT = Path(__file__).parent.parent
FLOOR = "import bench.floor"
RUNS = 9
SHOWN = 18
_STEPS = """\
import sys
from time import perf_counter as now
begin = now()
import planner.cli
import planner.commands.plan as command
from planner.calendars.plan_file import write_plan
from planner.calendars.write.file import to_ical
from planner.commands.opened_case import Request, read_case, stamp
from planner.commands.output import print_plan
imported = now()
from planner.rulebook.file import shipped_rulebook
rulebook = shipped_rulebook()
read = now()
case = read_case(command.Path(sys.argv[1]), rulebook)
understood = now()
from datetime import date
start = date(2026, 11, 23)
plan = command.plan_request(Request(case, rulebook, start))
planned = now()
content = to_ical(plan, stamp())
write_plan(command.Path(sys.argv[2]), content)
written = now()
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()):
    print_plan(plan, rulebook, "table")
shown = now()
steps = [begin, imported, read, understood, planned, written, shown]
print(*[1000 * (after - before) for before, after in zip(steps, steps[1:])])
"""
STEPS = ("imports", "rulebook", "case", "plan", "calendar", "table (with rich)")


def startup_report(arguments: Sequence[str], case: str) -> str:
    """Return where the time goes: the steps of one process, then its imports by package beside the floor's."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "case.toml"
        file.write_text(case, encoding="utf-8")
        steps = [_python(_STEPS, str(file), f"{folder}/{number}.ics").split() for number in range(RUNS)]
        planning = [argument if not argument.endswith("case.toml") else str(file) for argument in arguments]
        program = f"import sys; sys.argv = {['planner', *planning]!r}; from planner.cli import main; main()"
        ours = _imports(program)
        theirs = _imports(FLOOR)
    times = [median(float(run[number]) for run in steps) for number in range(len(STEPS))]
    whole = sum(times)
    share = [[name, f"{each:.1f}", f"{each / whole:.0%}"] for name, each in zip(STEPS, times, strict=True)]
    extra = {name: took - theirs.get(name, 0) for name, took in ours.items()}
    most = sorted(extra, key=lambda name: -extra[name])[:SHOWN]
    # What defining the models costs the floor stands in one line there, and in several of ours.
    most.append("bench.floor")
    extra["bench.floor"] = -theirs["bench.floor"]
    rows = [[name, f"{ours.get(name, 0):.1f}", f"{theirs.get(name, 0):.1f}", f"{extra[name]:.1f}"] for name in most]
    return "\n\n".join(
        (
            "## Where a process spends its time, step by step",
            table(["step", "ms", "share"], share),
            "## Imports by package, own time, beyond the floor (traced: every import is slower than in a plain run)",
            table(["package", "ours, ms", "floor, ms", "more"], rows),
        )
    )


def _python(program: str, *arguments: str, options: Sequence[str] = ()) -> str:
    ran = subprocess.run(
        [sys.executable, *options, "-c", program, *arguments],
        check=True,
        cwd=ROOT,
        env={key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"},
        capture_output=True,
        text=True,
    )
    return ran.stderr if options else ran.stdout


def _imports(program: str) -> Mapping[str, float]:
    """Return the milliseconds that a program's imports take themselves, by top package (our own by module)."""
    runs: list[dict[str, float]] = []
    for _ in range(RUNS):
        took: dict[str, float] = defaultdict(float)
        for line in _python(program, options=["-X", "importtime"]).splitlines():
            if not line.startswith("import time:") or "self [us]" in line:
                continue
            own, _, name = line.removeprefix("import time:").split("|")
            module = name.strip()
            took[module if module.startswith(("planner.", "bench.")) else module.split(".")[0]] += int(own) / 1000
        runs.append(took)
    return {name: median(run.get(name, 0.0) for run in runs) for name in {name for run in runs for name in run}}
