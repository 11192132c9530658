"""Lines: content lines of a calendar file as they stand, so that what is not changed stays as it is to the byte."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from icalendar.parser import Contentline

SHORT = 75
"""Characters: what is shorter, and ASCII, is never folded."""
_END = re.compile("\r\n|\n|\r")
_NAME = re.compile("[A-Za-z0-9-]+")
_PARTS = re.compile(r'([A-Za-z0-9-]+)((?:;(?:"[^"]*"|[^":;])*)*):(.*)', re.DOTALL)


class ContentLine(NamedTuple):
    """Hold one content line, unfolded, with the number of its first line in the file.

    `name` is the property's, in capitals; empty where the line has none.
    """

    number: int
    name: str
    text: str

    @property
    def value(self) -> str:
        """What stands after the colon, still escaped."""
        match = _PARTS.fullmatch(self.text)
        return match[3] if match else ""


def line(number: int, text: str) -> ContentLine:
    """Return a content line."""
    match = _NAME.match(text)
    return ContentLine(number, match[0].upper() if match else "", text)


@dataclass(frozen=True)
class ComponentLines:
    """Hold one component of a calendar with the lines of it and of all that it contains, BEGIN and END included."""

    kind: str
    lines: tuple[ContentLine, ...]

    @property
    def text(self) -> str:
        """The component as a file holds it: folded, its lines ended by CR LF."""
        return "".join([f"{_folded(line.text)}\r\n" for line in self.lines])

    @property
    def texts(self) -> list[str]:
        """The texts of its lines."""
        return [line.text for line in self.lines]

    @cached_property
    def _own(self) -> dict[str, list[ContentLine]]:
        depth, by_name = 0, defaultdict(list)
        for line in self.lines:
            depth += line.name == "BEGIN"
            if depth == 1:
                by_name[line.name].append(line)
            depth -= line.name == "END"
        return by_name

    def own(self, name: str) -> list[ContentLine]:
        """Return the lines of a property of the component itself, not of those in it (an alarm's)."""
        return self._own.get(name, [])

    def rewritten(self, change: Callable[[ContentLine], str | None], more: Iterable[str] = ()) -> ComponentLines:
        """Return the component with its own lines changed (None: left out), components in it gone, and more lines."""
        depth, texts = 0, []
        for content_line in self.lines:
            depth += content_line.name == "BEGIN"
            if depth == 1 and content_line.name not in {"BEGIN", "END"}:
                text = change(content_line)
                texts += [] if text is None else [text]
            depth -= content_line.name == "END"
        body = [f"BEGIN:{self.kind}", *texts, *more, f"END:{self.kind}"]
        return ComponentLines(self.kind, tuple(line(self.lines[0].number, text) for text in body))


def lines_of(text: str) -> list[ContentLine]:
    """Return the content lines of a text, unfolded; empty lines are passed over."""
    parts: list[tuple[int, list[str]]] = []
    for number, part in enumerate(_END.split(text), 1):
        if part[:1] in {" ", "\t"} and parts:
            parts[-1][1].append(part[1:])
        elif part:
            parts.append((number, [part]))
    return [line(number, "".join(texts)) for number, texts in parts]


def _folded(text: str) -> str:
    """Return a content line as a file holds it: no line over 75 octets."""
    if len(text) < SHORT and text.isascii():
        return text
    content: bytes = Contentline(text).to_ical()  # type: ignore[no-untyped-call]  # icalendar left it without types
    return content.decode()


def unescaped(value: str) -> str:
    r"""Return a TEXT value as it reads, each escape undone once (RFC 5545, 3.3.11)."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value, flags=re.DOTALL)


def escaped(text: str) -> str:
    r"""Return text as a TEXT value, each backslash, semicolon, comma and line end escaped once (RFC 5545, 3.3.11)."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
