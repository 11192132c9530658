"""The dose over the weeks as one chart: minutes done, planned, ceiling, longest; the table beside it is the source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

_Scale = Callable[[float], float]
HEIGHT = 256
TOP, BOTTOM = 14, 206
LEFT = 9
"""Percent of the width that the scale takes."""
STEPS = 4


class Bar(NamedTuple):
    """Hold one week of the chart, in minutes; None is not known. Its name has up to three short lines."""

    name: tuple[str, ...]
    done: int | None
    planned: int
    ceiling: int | None
    longest: int | None
    projected: bool


def dose_chart(bars: Sequence[Bar], title: str, description: str) -> str:
    """Return the chart as SVG; its text keeps its size however wide it is."""
    top = _top(bars)

    def y(minutes: float) -> float:
        return round(BOTTOM - minutes / top * (BOTTOM - TOP), 1)

    parts = []
    for number in range(STEPS + 1):
        minutes = top * number // STEPS
        parts.append(f'<line class="grid-line" x1="{LEFT}%" x2="100%" y1="{y(minutes)}" y2="{y(minutes)}"/>')
        parts.append(f'<text class="quiet" x="{LEFT - 2}%" y="{y(minutes) + 4}" text-anchor="end">{minutes}</text>')
    width = (100 - LEFT) / max(1, len(bars))
    for number, bar in enumerate(bars):
        parts.append(_bar(bar, LEFT + width * number, width, y))
    return (
        f'<svg class="chart" role="img" height="{HEIGHT}"><title>{escape(title)}</title><desc>{escape(description)}'
        f"</desc>{''.join(parts)}</svg>"
    )


def _top(bars: Sequence[Bar]) -> int:
    """Return the next 50 above all that is shown, so that the four steps are round numbers."""
    most = max((figure or 0 for bar in bars for figure in (bar.done, bar.planned, bar.ceiling, bar.longest)), default=0)
    return max(100, -(-(most + 1) // 100) * 100)


def _bar(bar: Bar, x: float, width: float, y: _Scale) -> str:
    middle = x + width / 2
    parts = []
    if bar.planned:
        dashed = " projected" if bar.projected else ""
        parts.append(
            f'<rect class="planned{dashed}" x="{x + width * 0.2:.2f}%" y="{y(bar.planned)}" width="{width * 0.6:.2f}%" '
            f'height="{BOTTOM - y(bar.planned):.1f}"/>'
        )
    if bar.done:
        parts.append(
            f'<rect class="done" x="{x + width * 0.27:.2f}%" y="{y(bar.done)}" width="{width * 0.46:.2f}%" '
            f'height="{BOTTOM - y(bar.done):.1f}"/>'
        )
    if bar.ceiling is not None:
        level, first, last = y(bar.ceiling), x + width * 0.12, x + width * 0.88
        for x1, x2, y2 in ((first, last, level), (first, first, level + 6), (last, last, level + 6)):
            parts.append(f'<line class="ceiling" x1="{x1:.2f}%" x2="{x2:.2f}%" y1="{level}" y2="{y2}"/>')
    if bar.longest:
        parts.append(
            f'<svg x="{middle:.2f}%" y="{y(bar.longest)}" overflow="visible">'
            f'<path class="longest" d="M0 -7l7 7-7 7-7-7z"/></svg>'
        )
    for number, line in enumerate(bar.name):
        quiet = "" if number == 0 else ' class="quiet"'
        parts.append(
            f'<text{quiet} x="{middle:.2f}%" y="{BOTTOM + 17 + 16 * number}" text-anchor="middle">{escape(line)}</text>'
        )
    return "".join(parts)
