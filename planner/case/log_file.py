"""The log within a case file's text: an entry is added, or added to, and every other character stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import tomli
import tomlkit
from tomlkit.items import Comment

Fields = Mapping[str, Any]


def add_log_entry(text: str, number: int | None, fields: Fields) -> str:
    """Return a case file's text with fields in a log entry, or with a new entry of them where the number is None.

    The text is TOML, and the entry has none of the fields but `signs`: these join those that it has.
    """
    newline = "\r\n" if re.match(r"[^\n]*\r\n", text) else "\n"
    parts = list(_parts(text if text.endswith("\n") or not text else text + newline))
    entries = [place for place, part in enumerate(parts) if isinstance(tomli.loads(part).get("log"), list)]
    if entries == [0]:
        parts[0] = _in_a_list(parts[0], number, fields)
    elif number is not None:
        parts[entries[number]] = _more(parts[entries[number]], fields, newline)
    else:
        entry = f"{newline}[[log]]{newline}{_lines(fields, newline)}"
        if entries:
            before, after = _split(parts[entries[-1]])
            parts[entries[-1]] = before + entry + after
        else:
            parts.append(entry)
    return "".join(parts)


def _parts(text: str) -> Iterator[str]:
    """Yield the text table by table, what stands before the first one first.

    One at a time, for tomlkit brings the tables of one name together, wherever they stand.
    """
    start = 0
    for match in re.finditer(r"^[ \t]*\[", text, re.MULTILINE):
        try:
            tomli.loads(text[start : match.start()])
        except tomli.TOMLDecodeError:
            continue  # Within a text or a list that runs over several lines.
        yield text[start : match.start()]
        start = match.start()
    yield text[start:]


def _lines(fields: Fields, newline: str) -> str:
    return "".join(f"{key} = {tomlkit.item(value).as_string()}{newline}" for key, value in fields.items())


def _more(part: str, fields: Fields, newline: str) -> str:
    """Return a log entry's text with more fields below those that it has."""
    before, after = _split(part)
    document: Any = tomlkit.parse(before)
    _join_signs(document["log"][0], fields)
    new = {key: value for key, value in fields.items() if key not in document["log"][0]}
    return f"{document.as_string()}{_lines(new, newline)}{after}"


def _in_a_list(part: str, number: int | None, fields: Fields) -> str:
    """Return the beginning of a file, `log = [{…}]` in it, with a new entry there, or with more fields in one."""
    document: Any = tomlkit.parse(part)
    if number is None:
        entry = tomlkit.inline_table()
        document["log"].append(entry)
        number = -1
    entry = document["log"][number]
    _join_signs(entry, fields)
    entry.update({key: value for key, value in fields.items() if key not in entry})
    changed: str = document.as_string()
    return changed if re.search(r"(?<!\r)\n", part) else re.sub(r"(?<!\r)\n", "\r\n", changed)


def _join_signs(entry: Any, fields: Fields) -> None:
    if "signs" in entry and "signs" in fields:
        entry["signs"].extend(fields["signs"])


def _split(part: str) -> tuple[str, str]:
    """Return a log entry's text, and what stands below it: blank lines, and remarks that belong to what follows.

    Remarks right below the last value, without a blank line between, belong to the entry.
    """
    document: Any = tomlkit.parse(part)
    body = document["log"][0].value.body
    last = max((place for place, (key, _) in enumerate(body) if key is not None), default=-1)
    below = range(last + 1, len(body))
    end = next((place for place in below if not isinstance(body[place][1], Comment)), len(body))
    del body[end:]
    entry: str = document.as_string()
    return entry, part[len(entry) :]
