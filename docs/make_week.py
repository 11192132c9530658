"""Draw README's picture, docs/week.svg: `python -m docs.make_week`."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

from rich.console import Console

from planner import plan, read_case, shipped_rulebook
from planner.show.table import show_plan

ROOT = Path(__file__).parent.parent


def draw() -> str:
    """Return the first example's week as an SVG picture of a terminal."""
    rulebook = shipped_rulebook()
    case = read_case(ROOT / "examples" / "plantar_fascia_calf_needled.toml", rulebook)
    console = Console(record=True, width=112, file=StringIO(), force_terminal=True, highlight=False)
    show_plan(plan(case, rulebook, today=date(2026, 11, 23)), rulebook, console)
    return console.export_svg(title="planner plan examples/plantar_fascia_calf_needled.toml --from 2026-11-23")


if __name__ == "__main__":
    (ROOT / "docs" / "week.svg").write_text(draw(), encoding="utf-8")
