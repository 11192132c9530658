"""The whole process, `planner plan CASE -o FILE.ics`, against the floor of its libraries.

Run `python -m bench.process`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.cases import article_text
from bench.make_floor import size
from bench.startup import startup_report
from bench.timing import alternate, milliseconds, table

PAIRS = 25
TARGET = 1.5
FLOOR = [sys.executable, "-c", "import bench.floor"]
ROOT = Path(__file__).parent.parent


def environment() -> dict[str, str]:
    """Return this environment, with compiled modules allowed: a program that is installed has them."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def run(command: Sequence[str]) -> None:
    """Run a command that must succeed, its output set aside."""
    subprocess.run(command, check=True, cwd=ROOT, env=environment(), capture_output=True)


def report() -> str:
    """Measure the pairs and return the table."""
    with TemporaryDirectory() as folder:
        case, calendar = Path(folder) / "case.toml", Path(folder) / "week.ics"
        case.write_text(article_text(1), encoding="utf-8")
        tight = Path(folder) / "tight.toml"
        tight.write_text(article_text(1).replace("runs = 3", "runs = 4"), encoding="utf-8")
        planning = [f"{sysconfig.get_path('scripts')}/planner", "plan", str(case), "--from", "2026-11-23"]

        def measure(command: Sequence[str]) -> float:
            # Every run writes the file for the first time, as the article's runner does.
            calendar.unlink(missing_ok=True)
            return milliseconds(partial(run, command))

        spent: dict[str, list[float]] = defaultdict(list)

        def measured(name: str, command: Sequence[str]) -> float:
            before = os.times()
            took = measure(command)
            after = os.times()
            cpu = after.children_user + after.children_system - before.children_user - before.children_system
            spent[name].append(cpu * 1000)
            return took

        contenders = {
            "bench/floor.py": FLOOR,
            "planner plan -o": [*planning, "-o", str(calendar)],
            "planner plan -o, one run too many": [*planning[:2], str(tight), *planning[3:], "-o", str(calendar)],
            "planner plan": planning,
            "planner plan --format json": [*planning, "--format", "json"],
            "python -c pass": [sys.executable, "-c", "pass"],
        }
        times = alternate(
            {name: partial(measured, name, command) for name, command in contenders.items()}, PAIRS, warm_up=3
        )
    floor_name = "bench/floor.py"
    floor = median(times[floor_name])
    least, busy = min(times[floor_name]), median(spent[floor_name])
    rows = [
        [
            name,
            *(f"{median(each):.0f}", f"{median(each) / floor:.2f}"),
            f"{min(each) / least:.2f}",
            *(f"{median(spent[name]):.0f}", f"{median(spent[name]) / busy:.2f}"),
        ]
        for name, each in times.items()
    ]
    models, fields = size()
    said = (
        f"{PAIRS} rounds in turn; target for `planner plan -o`: at most {TARGET}. The planner defines {models} models "
        f"with {fields} fields, the floor as many{'' if _as_many(models, fields) else ' no longer: make it again'}."
    )
    parts = [
        "## The whole process against the floor",
        table(["process", "median, ms", "of the floor", "fastest of the floor's", "CPU, ms", "of the floor's"], rows),
        said,
        startup_report([*planning[1:], "--today", "2026-11-23"], article_text(1)),
    ]
    return "\n\n".join(parts)


def _as_many(models: int, fields: int) -> bool:
    text = (ROOT / "bench" / "floor.py").read_text(encoding="utf-8")
    lines = text.splitlines()
    roots = sum("(RootModel[" in line for line in lines)
    found = sum(line.startswith("    ") and ": " in line and '"""' not in line for line in lines)
    return (sum(line.startswith("class ") for line in lines), found + roots) == (models, fields)


if __name__ == "__main__":
    print(report())
