"""Cases with somebody else's plan, from `tests/bending/`, and what must come out of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import tomli

from planner import Case, Plan, plan, read_calendars, shipped_rulebook
from planner.calendars.write.file import write
from planner.calendars.write.memory import Memory
from planner.case.file import parse_case
from planner.scheduling.task import days_to_read

FOLDER = Path(__file__).parent / "bending"
EXAMPLES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def bent_case(name: str, *, text: str = "") -> tuple[Case, date, int]:
    """Return an example's case with `text` added, the date that counts as today, and how many weeks are planned."""
    said = (FOLDER / name / "case.toml").read_text()
    head, _, line = said.partition("[_plan]")
    command: dict[str, Any] = tomli.loads(line)
    return parse_case(head + text, "case.toml", shipped_rulebook()), command["today"], command["weeks"]


def expected(name: str) -> dict[str, Any]:
    """Return what must come out of an example."""
    found: dict[str, Any] = json.loads((FOLDER / name / "expected.json").read_text())
    return found


def bent(case: Case, today: date, weeks: int, folder: Path, memory: Memory | None = None) -> Plan:
    """Return the plan of a case whose calendars lie in a folder, made again where its file is given."""
    calendars = read_calendars(case, folder, *days_to_read(today, weeks))
    earlier = None if memory is None else memory.earlier
    return plan(case, shipped_rulebook(), today=today, weeks=weeks, calendars=calendars, earlier=earlier)


__all__ = ["EXAMPLES", "FOLDER", "bent", "bent_case", "expected", "write"]
