"""Measure in alternation, so that what slows the machine for a while slows all that is compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long one call takes."""
    begin = perf_counter()
    work()
    return (perf_counter() - begin) * 1000


def alternate(
    contenders: Mapping[str, Callable[[], float]], rounds: int, *, warm_up: int = 1
) -> dict[str, list[float]]:
    """Return what each contender measured of itself, all of them taking turns."""
    for _ in range(warm_up):
        for measure in contenders.values():
            measure()
    measured: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, measure in contenders.items():
            measured[name].append(measure())
    return measured


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as an aligned Markdown table, so that a report can be pasted into the README."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in (head, *rows)
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])
