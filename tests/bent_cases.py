"""Cases with somebody else's plan, from `tests/bending/`, and what must come out of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import tomli

from planner import Case, Plan, plan, read_calendars, shipped_rulebook
from planner.calendars.write.file import write
from planner.calendars.write.memory import Memory
from planner.case.file import parse_case
from planner.scheduling.request import Request
from planner.scheduling.task import days_to_read

MONDAY = date(2026, 11, 23)
FOLDER = Path(__file__).parent / "bending"
EXAMPLES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def bent_case(name: str, *, text: str = "") -> tuple[Case, date, int]:
    """Return an example's case with `text` added, the date that counts as today, and how many weeks are planned."""
    example = (FOLDER / name / "case.toml").read_text()
    head, _, line = example.partition("[_plan]")
    command: dict[str, Any] = tomli.loads(line)
    return parse_case(head + text, "case.toml", shipped_rulebook()), command["today"], command["weeks"]


def expected(name: str) -> dict[str, Any]:
    """Return what must come out of an example."""
    record: dict[str, Any] = json.loads((FOLDER / name / "expected.json").read_text())
    return record


def bent(case: Case, today: date, weeks: int, folder: Path, memory: Memory | None = None) -> Plan:
    """Return the plan of a case whose calendars lie in a folder, made again where its file is given."""
    calendars = read_calendars(case, folder, *days_to_read(today, weeks))
    earlier = None if memory is None else memory.earlier
    return plan(case, shipped_rulebook(), today=today, weeks=weeks, calendars=calendars, earlier=earlier)


def coached_weeks(folder: Path, titles: Mapping[int, str], tables: str, **coach: str) -> Request:
    """Return a request with a coach's titles by their days from Monday, the tables of a case, and who coaches how."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//coach//EN"]
    for day, title in titles.items():
        lines += ["BEGIN:VEVENT", f"UID:{day}@coach", f"DTSTART;VALUE=DATE:{MONDAY + timedelta(days=day):%Y%m%d}"]
        lines += [f"SUMMARY:{title}", "END:VEVENT"]
    (folder / "coach.ics").write_text("\n".join([*lines, "END:VCALENDAR", ""]))
    text = f'timezone = "Europe/Berlin"\n{tables}[[workouts]]\ncalendar = "coach.ics"\n'
    text += "".join(f'{key} = "{value}"\n' for key, value in coach.items())
    case, weeks = parse_case(text, "case.toml", shipped_rulebook()), max(titles) // 7 + 1
    calendars = read_calendars(case, folder, *days_to_read(MONDAY, weeks))
    return Request(case, shipped_rulebook(), MONDAY, None, weeks, calendars)


__all__ = ["EXAMPLES", "FOLDER", "MONDAY", "bent", "bent_case", "coached_weeks", "expected", "write"]
