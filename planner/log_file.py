"""The log within a case file's text: an entry is added, or added to, and every other character stays as it is."""

from __future__ import annotations

import re
import tomli
from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array, Comment, Whitespace

from planner.errors import InputError, Problem

Fields = Mapping[str, Any]


def logged(text: str, file: str, number: int | None, fields: Fields) -> str:
    """Return a case file's text with fields in a log entry, or with a new entry of them where the number is None.

    Signs join those that the entry has. `file` is what messages call it. Raises `InputError` where that cannot be
    written without moving something else.
    """
    newline = "\r\n" if re.match(r"[^\n]*\r\n", text) else "\n"
    ended = text if text.endswith("\n") or not text else text + newline
    lines = "".join(f"{key} = {tomlkit.item(value).as_string()}{newline}" for key, value in fields.items())
    try:
        changed = _new(ended, fields, lines, newline) if number is None else _more(ended, number, fields, lines)
        if newline == "\r\n" and not re.search(r"(?<!\r)\n", text):
            changed = re.sub(r"(?<!\r)\n", newline, changed)
        as_meant = tomli.loads(changed) == _meant(text, number, fields)
    except TOMLKitError:
        as_meant = False
    if not as_meant:
        wrong = "cannot be written there without moving something else"
        right = f"write it yourself: {', '.join(lines.split(newline)[:-1])}"
        raise InputError([Problem(file, "log" if number is None else f"log[{number}]", wrong, right)])
    return changed


def _meant(text: str, number: int | None, fields: Fields) -> dict[str, Any]:
    """Return what the changed text is to say: nothing else may change."""
    data = tomli.loads(text)
    entries = data.setdefault("log", [])
    if number is None:
        entries.append(dict(fields))
    else:
        signs = {"signs": [*entries[number].get("signs", []), *fields["signs"]]} if "signs" in fields else {}
        entries[number] |= {**fields, **signs}
    return data


def _new(text: str, fields: Fields, lines: str, newline: str) -> str:
    block = f"[[log]]{newline}{lines}"
    document = tomlkit.parse(text)
    entries = document.get("log")
    if isinstance(entries, Array):
        entry = tomlkit.inline_table()
        entry.update(fields)
        entries.append(entry)
        return document.as_string()
    if not isinstance(entries, AoT) or document.as_string() != text:
        # The first entry, or entries with other tables between them: a new one may always stand at the end.
        return f"{text}{newline}{block}"
    last = entries.body[-1].value.body
    tail = _cut(last)
    last.append((None, Whitespace(newline)))
    added: Any = tomlkit.parse(block)["log"]
    added.body[0].value.body.extend(tail)
    entries.body.append(added.body[0])
    return document.as_string()


def _more(text: str, number: int, fields: Fields, lines: str) -> str:
    document = tomlkit.parse(text)
    if document.as_string() != text:
        # Entries with other tables between them: tomlkit would bring them together.
        raise TOMLKitError
    entries: Any = document["log"]
    entry = entries[number]
    if "signs" in entry and "signs" in fields:
        entry["signs"].extend(fields["signs"])
    if isinstance(entries, Array):
        entry.update({key: value for key, value in fields.items() if key not in entry})
        return document.as_string()
    body = entry.value.body
    tail = _cut(body)
    body.extend((key, item) for key, item in tomlkit.parse(lines).body if key is None or key.key not in entry)
    body.extend(tail)
    return document.as_string()


def _cut(body: list[Any]) -> list[Any]:
    """Cut off what stands below a table's last value: blank lines, and remarks that belong to what follows.

    Remarks right below the value, without a blank line between, belong to it.
    """
    last = max((number for number, (key, _) in enumerate(body) if key is not None), default=-1)
    below = range(last + 1, len(body))
    end = next((number for number in below if not isinstance(body[number][1], Comment)), len(body))
    tail = body[end:]
    del body[end:]
    return tail
