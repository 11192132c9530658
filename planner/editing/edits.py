"""Edits of a case file's text: what the page changes is changed, and every remark, blank line and order stays.

Each takes a text that is TOML and returns the changed text; whether it is still a case is said by who reads it then.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tomli
import tomlkit
from tomlkit.items import Array, InlineTable

Edit = Callable[[str], str]


def parts_of(text: str) -> list[str]:
    """Return a text table by table, what stands before the first one first; joined they are the text."""
    pieces, start = [], 0
    for match in re.finditer(r"^[ \t]*\[", text, re.MULTILINE):
        try:
            tomli.loads(text[start : match.start()])
        except tomli.TOMLDecodeError:
            continue  # Within a text or a list that runs over several lines.
        pieces.append(text[start : match.start()])
        start = match.start()
    return [*pieces, text[start:]]


def newline_of(text: str) -> str:
    """Return how a text ends its lines."""
    return "\r\n" if re.match(r"[^\n]*\r\n", text) else "\n"


def set_in_table(table: str, values: Mapping[str, Any]) -> Edit:
    """Return an edit that sets values in a table such as `goals` (None: takes them out); it is added if need be."""

    def edit(text: str) -> str:
        parts = parts_of(text)
        for number, part in enumerate(parts):
            data = tomli.loads(part)
            if table in data and isinstance(data[table], dict):
                parts[number] = _with_values(part, table, values)
                return "".join(parts)
        lines = [f"{_key(key)} = {_value(value)}" for key, value in values.items() if value is not None]
        return _appended(text, f"[{table}]", lines) if lines else text

    return edit


def set_at_top(values: Mapping[str, Any]) -> Edit:
    """Return an edit that sets values before the first table, such as `caution`."""

    def edit(text: str) -> str:
        first, *others = parts_of(text)
        document = tomlkit.parse(first)
        _set(document, values)
        return "".join([document.as_string(), *others])

    return edit


def add_entry(table: str, values: Mapping[str, Any]) -> Edit:
    """Return an edit that adds an entry to a list of tables such as `treatments`, after those that are there."""

    def edit(text: str) -> str:
        data = tomli.loads(text)
        lines = [f"{_key(key)} = {_value(value)}" for key, value in values.items()]
        places = [number for number, part in enumerate(parts_of(text)) if _holds_list(part, table)]
        there = data.get(table)
        if isinstance(there, dict):
            # A single [injury] becomes the first of several.
            text = re.sub(rf"^([ \t]*)\[{table}\]", rf"\1[[{table}]]", text, count=1, flags=re.MULTILINE)
            return edit(text)
        if there and not places:
            document = tomlkit.parse(text)
            row = tomlkit.inline_table()
            row.update(dict(values))
            document[table].append(row)
            return document.as_string()
        if not places:
            return _appended(text, f"[[{table}]]", lines)
        parts = parts_of(text)
        before, after = _split(parts[places[-1]])
        newline = newline_of(text)
        entry = newline.join(["", f"[[{table}]]", *lines, ""])
        parts[places[-1]] = before + ("" if before.endswith("\n") else newline) + entry + after
        return "".join(parts)

    return edit


def change_entry(table: str, number: int, values: Mapping[str, Any]) -> Edit:
    """Return an edit that sets values in one entry of a list of tables (None: takes them out)."""

    def edit(text: str) -> str:
        parts = parts_of(text)
        places = [place for place, part in enumerate(parts) if _holds_list(part, table)]
        if places:
            place = places[number]
            document = tomlkit.parse(parts[place])
            _set(document[table][0], values)
            parts[place] = document.as_string()
            return "".join(parts)
        for place, part in enumerate(parts):
            data = tomli.loads(part)
            if isinstance(data.get(table), dict) and number == 0:
                parts[place] = _with_values(part, table, values)
                return "".join(parts)
        document = tomlkit.parse(text)
        _set(document[table][number], values)
        return document.as_string()

    return edit


def remove_entry(table: str, number: int) -> Edit:
    """Return an edit that takes one entry out of a list of tables; remarks that belong to the next one stay."""

    def edit(text: str) -> str:
        parts = parts_of(text)
        places = [place for place, part in enumerate(parts) if _holds_list(part, table)]
        if places:
            return "".join(_without(parts, places[number]))
        for place, part in enumerate(parts):
            if isinstance(tomli.loads(part).get(table), dict) and number == 0 and part.lstrip().startswith("["):
                return "".join(_without(parts, place))
        document = tomlkit.parse(text)
        del document[table][number]
        return document.as_string()

    return edit


def add_to_list(table: str, number: int, key: str, row: Mapping[str, Any]) -> Edit:
    """Return an edit that puts a row first in a list that one entry of a list of tables has; it is made if need be.

    Args:
        table: the list of tables.
        number: which of its entries.
        key: the list in that.
        row: what is put into it.

    """

    def edit(text: str) -> str:
        document = tomlkit.parse(text)
        there: Any = document[table]
        entry = there if isinstance(there, dict) else there[number]
        if key not in entry:
            return change_entry(table, number, {key: [_inline(row)]})(text)
        entry[key].insert(0, _inline(row) if isinstance(entry[key], Array) else tomlkit.item(dict(row)))
        return document.as_string()

    return edit


def set_override(rule: str, values: Mapping[str, Any] | None) -> Edit:
    """Return an edit that keeps a clinician's word on a rule, or takes it back (None)."""
    head = f'[rules.override."{rule}"]'

    def edit(text: str) -> str:
        parts = parts_of(text)
        for number, part in enumerate(parts):
            data = tomli.loads(part).get("rules", {}).get("override", {})
            if rule in data and len(data) == 1 and part.lstrip().startswith("["):
                parts = _without(parts, number)
        changed = "".join(parts)
        if values is None:
            return changed
        return _appended(changed, head, [f"{key} = {_value(value)}" for key, value in values.items()])

    return edit


def several(edits: Sequence[Edit]) -> Edit:
    """Return an edit that makes several, one after the other."""

    def edit(text: str) -> str:
        for change in edits:
            text = change(text)
        return text

    return edit


def _holds_list(part: str, table: str) -> bool:
    return part.lstrip().startswith("[[") and isinstance(tomli.loads(part).get(table), list)


def _appended(text: str, head: str, lines: Sequence[str]) -> str:
    newline = newline_of(text)
    text = text if not text or text.endswith("\n") else text + newline
    return text + newline.join([*([""] if text.strip() else []), head, *lines, ""])


def _with_values(part: str, table: str, values: Mapping[str, Any]) -> str:
    document = tomlkit.parse(part)
    _set(document[table], values)
    return document.as_string()


def _set(table: Any, values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        if value is None:
            table.pop(key, None)
        elif key not in table or table[key] != value:
            table[key] = _inline(value) if isinstance(value, dict) else value


def _split(part: str) -> tuple[str, str]:
    """Return a table's text, and what stands below it after a blank line: remarks that belong to what follows."""
    lines = part.splitlines(keepends=True)
    end = len(lines)
    while end > 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    # A remark right below the last value, without a blank line between, belongs to it.
    while end < len(lines) and lines[end].strip():
        end += 1
    return "".join(lines[:end]), "".join(lines[end:])


def _without(parts: Sequence[str], number: int) -> list[str]:
    """Return parts of a text without one table; what stands below it stays, and the blank line before it goes."""
    after = _split(parts[number])[1].lstrip("\r\n")
    kept = [*parts[:number], after, *parts[number + 1 :]]
    if not after and number == len(parts) - 1 and number and parts[number - 1].endswith(("\n\n", "\n\r\n")):
        kept[number - 1] = re.sub(r"\r?\n\Z", "", kept[number - 1])
    return kept


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else str(tomlkit.string(key).as_string())


def _value(value: Any) -> str:
    return str((_inline(value) if isinstance(value, dict) else tomlkit.item(value)).as_string())


def _inline(values: Mapping[str, Any]) -> InlineTable:
    row = tomlkit.inline_table()
    row.update(values)
    return row
