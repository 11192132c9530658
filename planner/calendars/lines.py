"""Lines: content lines of a calendar file as they stand, so that what is not changed stays as it is to the byte."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from icalendar.parser import Contentline

_END = re.compile("\r\n|\n|\r")
_NAME = re.compile("[A-Za-z0-9-]+")
_PARTS = re.compile(r'([A-Za-z0-9-]+)((?:;(?:"[^"]*"|[^":;])*)*):(.*)', re.DOTALL)


class Line(NamedTuple):
    """Hold one content line, unfolded, with the number of its first line in the file."""

    number: int
    text: str

    @property
    def name(self) -> str:
        """The property's name in capitals, empty where the line has none."""
        found = _NAME.match(self.text)
        return found[0].upper() if found else ""

    @property
    def value(self) -> str:
        """What stands after the colon, still escaped."""
        found = _PARTS.fullmatch(self.text)
        return found[3] if found else ""


class Block(NamedTuple):
    """Hold one component of a calendar with the lines of it and of all that it contains, BEGIN and END included."""

    kind: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The component as a file holds it: folded, its lines ended by CR LF."""
        return folded(line.text for line in self.lines)

    def own(self, name: str) -> list[Line]:
        """Return the lines of a property of the component itself, not of those in it (an alarm's)."""
        depth, found = 0, []
        for line in self.lines:
            depth += line.name == "BEGIN"
            if depth == 1 and line.name == name:
                found.append(line)
            depth -= line.name == "END"
        return found

    def rewritten(self, change: Callable[[Line], str | None], more: Iterable[str] = ()) -> Block:
        """Return the component with its own lines changed (None: left out), components in it gone, and more lines."""
        depth, texts = 0, []
        for line in self.lines:
            depth += line.name == "BEGIN"
            if depth == 1 and line.name not in {"BEGIN", "END"}:
                text = change(line)
                texts += [] if text is None else [text]
            depth -= line.name == "END"
        body = [f"BEGIN:{self.kind}", *texts, *more, f"END:{self.kind}"]
        return Block(self.kind, tuple(Line(self.lines[0].number, text) for text in body))


def lines_of(text: str) -> list[Line]:
    """Return the content lines of a text, unfolded; empty lines are passed over."""
    found: list[Line] = []
    for number, line in enumerate(_END.split(text), 1):
        if line[:1] in {" ", "\t"} and found:
            found[-1] = found[-1]._replace(text=found[-1].text + line[1:])
        elif line:
            found.append(Line(number, line))
    return found


def folded(texts: Iterable[str]) -> str:
    """Return content lines as a file holds them: none over 75 octets, each ended by CR LF."""
    return "".join(f"{_fold(text)}\r\n" for text in texts)


def _fold(text: str) -> str:
    content: bytes = Contentline(text).to_ical()  # type: ignore[no-untyped-call]  # icalendar left it without types
    return content.decode()


def unescaped(value: str) -> str:
    r"""Return a TEXT value as it reads, each escape undone once (RFC 5545, 3.3.11)."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value, flags=re.DOTALL)


def escaped(text: str) -> str:
    r"""Return text as a TEXT value, each backslash, semicolon, comma and line end escaped once (RFC 5545, 3.3.11)."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
