"""The page's sentences: all of them stand in `wording/page.toml`, found by a key such as `weeks.next_run`.

`{name}` in a sentence is filled in, and escaped; `**so**` is strong. The one word that no list of sentences holds is
the emergency number of where a person is.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

import tomli
from markupsafe import Markup

EMERGENCY_NUMBERS = {
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


@cache
def sentences() -> dict[str, str]:
    """Return every sentence by its key; a table's name and a dot stand before the keys within it."""
    text = resources.files("planner").joinpath("wording", "page.toml").read_text(encoding="utf-8")
    by_name: dict[str, str] = {}

    def walk(table: dict[str, Any], before: str) -> None:
        for key, value in table.items():
            if isinstance(value, dict):
                walk(value, f"{before}{key}.")
            else:
                by_name[f"{before}{key}"] = value

    walk(tomli.loads(text), "")
    return by_name


def say(key: str, **values: object) -> Markup:
    """Return a sentence as safe HTML, its values filled in; a count of 1 takes the sentence of `key`_one if there is.

    Raises `KeyError` where there is no such sentence, or it needs a value that is not given.
    """
    if values.get("count") == 1 and f"{key}_one" in sentences():
        key = f"{key}_one"
    # Our own sentences, escaped; what is filled in is escaped by `format`.
    return Markup(_marked_up(key)).format(**values)  # noqa: S704


@cache
def _marked_up(key: str) -> str:
    escaped = sentences()[key].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escaped)


def plain(key: str, **values: object) -> str:
    """Return a sentence as plain text, for a name that a reader of the screen hears, or for a calendar."""
    return sentences()[key].replace("**", "").format(**values)


def in_page_words(text: str) -> str:
    """Return a sentence of a plan with the page's words in place of those of the case file and the command line."""
    for pattern, words in _terms():
        text = pattern.sub(words, text)
    return text


@cache
def _terms() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what a sentence says of the file or of a command, `{}` being any words, and what the page says instead."""
    keys = [key.removesuffix(".file") for key in sentences() if key.startswith("words.") and key.endswith(".file")]
    return tuple(
        (re.compile(re.escape(sentences()[f"{key}.file"]).replace(r"\{\}", ".+?")), sentences()[f"{key}.page"])
        for key in keys
    )


def emergency_number(timezone: str) -> str:
    """Return the number to call where a time zone is, empty where that is not known."""
    return EMERGENCY_NUMBERS.get(_countries().get(timezone, ""), "")


@cache
def _countries() -> dict[str, str]:
    """Return the country of each time zone, as the time zone database lists them."""
    text = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows if len(row) > 2}
