"""The page's sentences: all of them stand in `wording/page.toml`, found by a key such as `weeks.next_run`.

`{name}` in a sentence is filled in, and escaped; `**so**` is strong.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

import tomli
from markupsafe import Markup


@cache
def sentences() -> dict[str, str]:
    """Return every sentence by its key; a table's name and a dot stand before the keys within it."""
    text = resources.files("planner").joinpath("wording", "page.toml").read_text(encoding="utf-8")
    found: dict[str, str] = {}

    def walk(table: dict[str, Any], before: str) -> None:
        for key, value in table.items():
            if isinstance(value, dict):
                walk(value, f"{before}{key}.")
            else:
                found[f"{before}{key}"] = value

    walk(tomli.loads(text), "")
    return found


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
