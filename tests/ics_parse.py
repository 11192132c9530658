"""A small parser of iCalendar files, for checks that must not trust the library that wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LINE = re.compile(r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)', re.DOTALL)
PARAMETER = re.compile(r';([A-Z0-9-]+)=((?:"[^"]*"|[^";:])*)')
ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """Hold one unfolded line; `value` is as it stands in the file, escapes and all."""

    number: int
    name: str
    params: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as a person reads it."""
        return ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], self.value)

    @property
    def items(self) -> list[str]:
        """The texts of a list such as CATEGORIES."""
        parts = re.findall(r"(?:[^\\,]|\\.)+", self.value, re.DOTALL)
        return [Line(self.number, self.name, {}, part).text for part in parts]


@dataclass
class Component:
    """Hold what stands between a BEGIN and its END."""

    name: str
    lines: list[Line] = field(default_factory=list)
    parts: list[Component] = field(default_factory=list)

    def all(self, name: str) -> list[Line]:
        """Return the properties of a name."""
        return [line for line in self.lines if line.name == name]

    def one(self, name: str) -> Line | None:
        """Return the only property of a name, or None where there is none or more."""
        found = self.all(name)
        return found[0] if len(found) == 1 else None

    def value(self, name: str) -> str | None:
        """Return the raw value of the only property of a name."""
        line = self.one(name)
        return None if line is None else line.value

    def text(self, name: str) -> str:
        """Return the only property of a name as a person reads it."""
        line = self.one(name)
        if line is None:
            raise ValueError(f"{self.name} has {len(self.all(name))} {name}")
        return line.text

    def named(self, name: str) -> list[Component]:
        """Return the parts of a name."""
        return [part for part in self.parts if part.name == name]

    def walk(self) -> Iterator[Component]:
        """Yield this component and all within it."""
        yield self
        for part in self.parts:
            yield from part.walk()


def unfold(text: str) -> list[tuple[int, str]]:
    """Return each logical line of a text with the number of the physical line where it begins."""
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(text.removesuffix("\r\n").split("\r\n"), 1):
        if line[:1] in {" ", "\t"} and lines:
            lines[-1] = (lines[-1][0], lines[-1][1] + line[1:])
        else:
            lines.append((number, line))
    return lines


def parse(text: str) -> Component:
    """Return the outermost component of a file, called "FILE", with all that stands in it.

    Raises `ValueError` with the number of the line where it is no iCalendar file.
    """
    stack = [Component("FILE")]
    for number, raw in unfold(text):
        match = LINE.fullmatch(raw)
        if match is None:
            raise ValueError(f"line {number} is no property: {raw[:40]!r}")
        params = {name: value.strip('"') for name, value in PARAMETER.findall(match[2])}
        line = Line(number, match[1], params, match[3])
        if line.name == "BEGIN":
            stack.append(Component(line.value))
            stack[-2].parts.append(stack[-1])
        elif line.name == "END":
            if stack[-1].name != line.value or len(stack) == 1:
                raise ValueError(f"line {number} ends {line.value} within {stack[-1].name}")
            stack.pop()
        else:
            stack[-1].lines.append(line)
    if len(stack) > 1:
        raise ValueError(f"{stack[-1].name} does not end")
    return stack[0]


def events(data: bytes) -> list[Component]:
    """Return the events of a file."""
    return parse(data.decode()).parts[0].named("VEVENT")


def moment(line: Line) -> date | datetime | None:
    """Return the date of a DATE, or the instant of a DATE-TIME in UTC; None where it has neither's form."""
    try:
        if line.params.get("VALUE") == "DATE":
            return datetime.strptime(line.value, "%Y%m%d").date()  # noqa: DTZ007 (a date)
        if line.value.endswith("Z"):
            return datetime.strptime(line.value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        local = datetime.strptime(line.value, "%Y%m%dT%H%M%S").replace(tzinfo=ZoneInfo(line.params["TZID"]))
        return local.astimezone(UTC)
    except (KeyError, ValueError, OSError):
        return None
