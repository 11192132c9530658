"""Tables of what the shipped rules let through, to read and to compare.

`python -m tests.golden_tables` writes them anew. A change in the tables is a change of the rules: read the difference
before you keep it.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from planner.appointments.appointment import Appointment, session_severity
from planner.clock import Minutes, Seconds
from planner.limits.verdicts import Limits, Verdict
from planner.rulebook.figures import Check
from planner.rulebook.file import shipped_rulebook
from planner.rulebook.model import Rulebook
from planner.rulebook.scales import INTENSITIES, Caution, Dose

GOLDEN = Path(__file__).parent / "golden"
END = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOURS = (1, 3, 5, 13, 25, 37, 49, 73, 97)
CASES: tuple[tuple[Caution, Dose], ...] = (
    ("permissive", "normal"),
    ("standard", "normal"),
    ("strict", "normal"),
    ("permissive", "heavy"),
    ("standard", "heavy"),
    ("strict", "heavy"),
)
HEAD = """\
What the rules let through after {kind}, for every part of the body.

Written by `python -m tests.golden_tables`; a change here is a change of the rules. Each table holds for the parts named
above it. Columns: hours from the end of the treatment to the start of a workout of one hour. Cells:

  .      ruled out           yes     allowed as it is       30'     at most so many minutes
  v e m  very easy, easy, moderate at most
  s3 p2  if soreness (pain) is at most 3 (2)                l       if nobody limps
  b      if the morning was as usual                        c       if the chest is quiet
"""


def table_of(kind: str, rulebook: Rulebook) -> str:
    """Return the tables of a kind of treatment as text."""
    return "\n".join([HEAD.format(kind=rulebook.treatments[kind].name.lower()), *_blocks(kind, rulebook)])


def _blocks(kind: str, rulebook: Rulebook) -> list[str]:
    blocks = []
    for caution, dose in CASES:
        regions_by_rows: dict[str, list[str]] = defaultdict(list)
        for region in rulebook.regions:
            regions_by_rows[_rows(kind, region, caution, dose, rulebook)].append(region)
        blocks += [
            f"== {caution}, {dose} session: {', '.join(regions)}\n\n{rows}\n"
            for rows, regions in regions_by_rows.items()
        ]
    return blocks


def _rows(kind: str, region: str, caution: Caution, dose: Dose, rulebook: Rulebook) -> str:
    limits = limits_after(kind, region, caution, dose, rulebook)
    lines = [f"{'hours after':12}" + "".join(f"{hour:<13}" for hour in HOURS)]
    for key in (key for key, one in rulebook.workouts.items() if not one.on_request):
        cells = [
            cell(limits.judge(key, Seconds(int((END + timedelta(hours=hour)).timestamp())), Minutes(60)))
            for hour in HOURS
        ]
        lines.append(f"{key:12}" + "".join(f"{text:<13}" for text in cells))
    return "\n".join(line.rstrip() for line in lines)


def limits_after(
    kind: str, region: str, caution: Caution = "standard", dose: Dose = "normal", rulebook: Rulebook | None = None
) -> Limits:
    """Return the limits of one treatment of a region that ends at `END`, with no injury but what is treated."""
    rulebook = rulebook or shipped_rulebook()
    entry = rulebook.treatments[kind]
    treated = Appointment(
        kind=kind,
        region=region,
        start=END - timedelta(minutes=entry.minutes),
        end=END,
        whole_day=False,
        dose=dose,
        tissues=(entry.tissue or rulebook.regions[region].tissue,),
        graded=rulebook.regions[region].graded,
        side=None,
        electric=False,
        severity=session_severity(dose, []),
        cleared=None,
        entry=0,
    )
    rules = [rule.at(caution) for rule in rulebook.rules.values()]
    return Limits(rulebook, [rule for rule in rules if rule is not None], [treated])


def cell(verdict: Verdict) -> str:
    """Return a verdict in a few letters."""
    if not verdict.allowed:
        return "."
    parts = [] if verdict.max_minutes is None else [f"{verdict.max_minutes}'"]
    if verdict.max_intensity is not None:
        parts.append(INTENSITIES[verdict.max_intensity][0])
    checks = [window.rule.check for window in verdict.checks if window.rule.check is not None]
    parts += _asked(checks)
    return " ".join(parts) or "yes"


def _asked(checks: list[Check]) -> list[str]:
    parts = []
    for letter, field in (("s", "soreness_at_most"), ("p", "pain_at_most")):
        numbers = [getattr(check, field) for check in checks if getattr(check, field) is not None]
        parts += [f"{letter}{min(numbers)}"] if numbers else []
    for letter, field in (
        ("l", "no_limp"),
        ("b", "morning_at_baseline"),
        ("c", "no_chest_symptom"),
        ("w", "no_swelling"),
    ):
        parts += [letter] if any(getattr(check, field) for check in checks) else []
    return parts


def write() -> list[Path]:
    """Write the tables, and return their files."""
    rulebook = shipped_rulebook()
    written = [GOLDEN / "dry_needling_limits.txt"]
    written[0].write_text(table_of("dry_needling", rulebook), encoding="utf-8")
    return written


if __name__ == "__main__":
    for path in write():
        sys.stdout.write(f"{path.name}\n")
