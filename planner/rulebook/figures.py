"""Figures: the numbers of a rule as people say them, for the places that its title keeps for them."""

from __future__ import annotations

import re
from collections.abc import Callable

LONGEST_IN_HOURS = 96
"""What lasts longer is said in days."""
PLACE = re.compile(r"\{(\w+)\}")
HOURS = {"hours": 1, "days": 24, "weeks": 168}


def lasting(first: float, last: float, unit: str = "hours") -> str:
    """Return a span of hours as a person says it, in a unit if it is whole in it: `36 hours`, `14 to 30 days`."""
    first, last = sorted((first, last))
    if unit == "hours" and last > LONGEST_IN_HOURS:
        unit = "days"
    if first % HOURS[unit] or last % HOURS[unit]:
        unit = "days" if not (first % 24 or last % 24) else "hours"
    if first:
        return f"{first / HOURS[unit]:g} to {counted(last / HOURS[unit], unit)}"
    return counted(last / HOURS[unit], unit)


def counted(number: float, unit: str) -> str:
    """Return a number with its unit, one of which is singular: `1 day`, `30 minutes`."""
    return f"{number:g} {unit.removesuffix('s') if number == 1 else unit}"


def on_day(hours: float) -> str:
    """Return when something ends, so many hours after a treatment: `day 35`, `hour 36`."""
    return f"hour {hours:g}" if hours % 24 else f"day {hours / 24:g}"


def figure(name: str, value: float) -> str:
    """Return a figure of a rule with the unit that its name holds: `110 %`, `5 days`, `30 minutes`, or the number."""
    words = name.split("_")
    if "percent" in words:
        return f"{value:g} %"
    if "hours" in words:
        return lasting(0, value)
    unit = next((word for word in words if word in {"minutes", "days", "weeks"}), None)
    return f"{value:g}" if unit is None else counted(value, unit)


def places(text: str) -> list[str]:
    """Return the names of the figures that a text keeps a place for: `["hours_after"]`."""
    return PLACE.findall(text)


def filled(text: str, figure_of: Callable[[str], str]) -> str:
    """Return a text with each figure in its place, as `figure_of` says it."""
    return PLACE.sub(lambda place: figure_of(place[1]), text)
