"""The emergency number of the country that a time zone lies in."""

from __future__ import annotations

from functools import cache
from importlib import resources

NUMBERS = {
    **dict.fromkeys(("US", "CA", "MX", "PR"), "911"),
    **dict.fromkeys(("GB", "IE"), "999"),
    "AU": "000",
    "NZ": "111",
    **dict.fromkeys(
        (
            *("AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IS", "IT"),
            *("LI", "LT", "LU", "LV", "MC", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "IN", "TR", "UA"),
        ),
        "112",
    ),
}
"""Where nothing stands, the page says "your emergency number": a wrong one is worse than none."""


def emergency_number(timezone: str) -> str:
    """Return the number to call where a time zone is, empty where that is not known."""
    return NUMBERS.get(_countries().get(timezone, ""), "")


@cache
def _countries() -> dict[str, str]:
    """Return the country of each time zone, as the time zone database lists them."""
    text = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows if len(row) > 2}
