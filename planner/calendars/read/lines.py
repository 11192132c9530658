"""Calendar lines: the properties of an event, unfolded, unescaped, and each with the number of its line."""

from __future__ import annotations

import quopri
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from planner.appointments.booked import Remark
from planner.calendars.read.blocks import Block

_LINE = re.compile(r'([A-Za-z0-9_-]+)[ \t]*((?:;(?:"[^"]*+"|[^":]++)*+)?+):(.*)', re.DOTALL)
_ZONE_WITH_COLON = re.compile(
    r"(^[A-Z-]+;(?:[^\":]*;)?TZID=)([^\";:]*(?::(?![0-9]{8})[^\";:]*)+)(?=:[0-9]{8})", re.IGNORECASE
)
"""Exchange's `TZID=tzone://Microsoft/Utc:2026…` and `TZID=GMT+01:00:2026…` are not quoted, as they should be."""
_COLON_FOR_SEMICOLON = re.compile(r"^([A-Z-]+):(?=(?:TZID|VALUE)=[^:]*:[0-9]{8})", re.IGNORECASE)
_SEMICOLON_FOR_COLON = re.compile(r";(?=[0-9]{8}(?:T[0-9]{4,6}Z?)?[ \t]*$)", re.IGNORECASE)
"""Some write the one sign for the other: nothing else can be meant."""
_PARAMETER = re.compile(r';[ \t]*([A-Za-z0-9-]+)[ \t]*=[ \t]*((?:"[^"]*+"|[^";]++)*+)')
_ESCAPED = re.compile(r"\\([\\;,:\"nN])")
MOST_ODD = 5
"""So many lines of one event are said to be none."""
ENCODED = "QUOTED-PRINTABLE"
_BASE_64 = frozenset({"BASE64", "B"})


class Line(NamedTuple):
    """Hold one property as it is written, its name and the names of its parameters in capitals."""

    name: str
    params: dict[str, str]
    raw: str
    number: int

    @property
    def value(self) -> str:
        """What is no text: without blanks around it."""
        return self.raw.strip()

    @property
    def text(self) -> str:
        r"""The value as text: `\n` is a line end, and `\,` a comma."""
        return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], self.raw)


class Broken(Exception):  # noqa: N818 (it is an event that is broken)
    """Say why an event, a rule or a zone cannot be used, and in which line."""

    def __init__(self, line: int, why: str) -> None:
        self.remark = Remark(line, why)
        super().__init__(why)


def lines(text: str, first: int, wanted: frozenset[str]) -> Iterator[Line | Remark]:
    """Yield the properties of some names, and a remark on each line that is none.

    `first` is the number of the line in which the text begins.
    """
    odd = 0
    for number, line in _logical(text, first):
        match = _matched(line)
        if match is None:
            odd += 1
            if odd <= MOST_ODD:
                yield Remark(number, f"is no line of a calendar: {excerpt(line)}")
        elif match[1].upper() in wanted:
            params = {key.upper(): value.replace('"', "").strip() for key, value in _PARAMETER.findall(match[2])}
            value = _decoded(match[3], _encoding(match[2], params), params.get("CHARSET", "utf-8"))
            yield Line(match[1].upper(), params, value, number)


def _matched(line: str) -> re.Match[str] | None:
    """Return a line in its parts: its name, its parameters and its value; None where it is none."""
    match = _LINE.match(_ZONE_WITH_COLON.sub(r'\1"\2"', line, count=1))
    if match is None:
        return _LINE.match(_SEMICOLON_FOR_COLON.sub(":", line))
    if match[3][:5].upper() in {"TZID=", "VALUE"}:
        return _LINE.match(_COLON_FOR_SEMICOLON.sub(r"\1;", line))
    return match


def _logical(text: str, first: int) -> Iterator[tuple[int, str]]:
    """Yield each line that is not blank, unfolded, with the number of its first part."""
    logical: list[tuple[int, list[str]]] = []
    for number, part in enumerate(text.split("\n"), first):
        if part[:1] in {" ", "\t"} and logical:
            logical[-1][1].append(part[1:])
        elif logical and logical[-1][1][-1].endswith("=") and ENCODED in logical[-1][1][0].upper():
            # In quoted-printable text a line that goes on ends in "=", and the next one, be it blank, is not moved in.
            logical[-1][1][-1] = logical[-1][1][-1][:-1]
            logical[-1][1].append(part)
        elif not part.strip():
            continue
        else:
            logical.append((number, [part]))
    for number, parts in logical:
        yield number, "".join(parts)


def _encoding(written: str, params: Mapping[str, str]) -> str:
    """Return how a value is encoded: vCalendar 1.0 may say `;QUOTED-PRINTABLE` alone."""
    alone = {part.strip().upper() for part in written.split(";")} & {ENCODED, *_BASE_64}
    return params.get("ENCODING", "").upper() or "".join(alone)


def _decoded(value: str, encoding: str, charset: str) -> str:
    if encoding == ENCODED:
        content = quopri.decodestring(value.encode("utf-8", "replace"))
    elif encoding in _BASE_64:
        try:
            content = b64decode("".join(value.split()), validate=True)
        except ValueError:
            return value
    else:
        return value
    try:
        return content.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return content.decode("cp1252", "replace")


def excerpt(text: str, most: int = 40) -> str:
    """Return the beginning of what stands in a file, fit for a message."""
    plain = "".join(character if character.isprintable() else " " for character in text).strip()
    return f'"{plain}"' if len(plain) <= most else f'"{plain[:most]}…"'


class Properties:
    """Hold the properties of an event by their names, and what is to be said of its lines."""

    def __init__(self, text: str, first: int, wanted: frozenset[str]) -> None:
        """Take the lines of an event, the number of the first one, and the names that are wanted."""
        self.remarks: list[Remark] = []
        self.properties: dict[str, list[Line]] = {}
        for line in lines(text, first, wanted):
            if isinstance(line, Remark):
                self.remarks.append(line)
            elif line.value:  # an empty one says nothing
                self.properties.setdefault(line.name, []).append(line)

    def first(self, name: str) -> Line | None:
        """Return the first property of a name, or None."""
        return next(iter(self.properties.get(name, ())), None)

    def word(self, name: str) -> str | None:
        """Return the value of a property in capitals; None where it is missing or empty."""
        line = self.first(name)
        return line.value.upper() if line is not None else None

    def number(self, name: str) -> int | None:
        """Return the value of a property as a number; None where it is none."""
        word = self.word(name)
        return int(word) if word is not None and re.fullmatch(r"[0-9]{1,20}", word) else None


_TEXTS = ("SUMMARY", "DESCRIPTION", "LOCATION")


def texts(block: Block) -> tuple[str, ...]:
    """Return the title, the description and the location of an event."""
    values: dict[str, str] = {}
    for line in lines(block.text, block.line, frozenset(_TEXTS)):
        if isinstance(line, Line):
            values.setdefault(line.name, line.text)
    return tuple(values.get(name, "") for name in _TEXTS)
