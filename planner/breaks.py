"""Breaks: the times without running that rules order, long enough for a first run back to follow."""

from __future__ import annotations

from planner.limits import Limits
from planner.windows import HOUR

BREAK_HOURS = 24
"""A time without running that a rule orders counts as a break from this length on: then comes a first run back."""


def breaks_from_running(limits: Limits) -> list[tuple[int, int]]:
    """Return the times, in seconds, in which rules forbid easy runs for so long that a first run back follows."""
    merged: list[tuple[int, int]] = []
    for window in limits.ruling_out("run_easy"):
        if merged and window.opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], window.closes))
        else:
            merged.append((window.opens, window.closes))
    return [(opens, closes) for opens, closes in merged if closes - opens >= BREAK_HOURS * HOUR]
