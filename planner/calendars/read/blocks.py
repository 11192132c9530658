"""Calendar blocks: a file's text cut into its calendars, events and time zones, each with its line.

Nothing is understood here, so that ten years of events cost little more than being looked at. What is not closed, or
not open, costs itself and nothing else.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from planner.appointments.booked import Remark

_MARK = re.compile(r"\n([Bb][Ee][Gg][Ii][Nn]|[Ee][Nn][Dd])[ \t]*:[ \t]*([A-Za-z0-9-]+)[ \t]*(?=\n)")
_FOLD = re.compile("(?<!\n)\n++[ \t]")
"""A line that goes on, also after blank ones: some programs double every line end."""
_FOLDED_MARK = re.compile(r"\n[BEbe](?:[A-Za-z:-]|\n[ \t])+(?=\n[^ \t])")
"""What may be the beginning or the end of something, folded within (RFC 5545, 3.1: a line may be, anywhere)."""
_UID = re.compile(r"\n[Uu][Ii][Dd](?:;[^:\n]*)?:[ \t]*([^\n]*)")
DEEPEST = 10
"""Deeper than this nothing is nested."""
BUSY_LIST = "VFREEBUSY"
NO_APPOINTMENTS = {
    "VTODO": "task", "VJOURNAL": "journal entry", BUSY_LIST: "free/busy list", "VAVAILABILITY": "availability list",
}  # fmt: skip


class Block(NamedTuple):
    """Hold the lines of an event that are its own, with the number of the first one.

    An alarm within it is left out; its lines are blank ones, so that numbers stay right.
    """

    line: int
    text: str
    calendar: int
    uid: str
    """As written; empty where there is none."""


@dataclass
class Calendar:
    """Hold what a calendar says of itself, and of its time zones."""

    line: int
    head: list[tuple[int, str]] = field(default_factory=list)
    """Its own lines in pieces, each with the number of its first line."""
    zones: list[str] = field(default_factory=list)


class Blocks(NamedTuple):
    """Hold what a file is made of."""

    calendars: list[Calendar]
    events: list[Block]
    others: Counter[str]
    """How many of each component there are that are no events."""
    broken: list[Remark]
    lists: list[Block]
    """The lists of busy times, which are counted among the others too."""


def unfolded(text: str) -> str:
    """Return lines as they were before they were folded."""
    return _FOLD.sub("", text) if "\n " in text or "\n\t" in text else text


def blocks(text: str) -> Blocks:
    """Return the blocks of a file's text."""
    scan = _scanned(f"\n{text}\n")
    if not scan.calendars and _FOLD.search(text):
        scan = _scanned(_FOLDED_MARK.sub(_unfolded_mark, f"\n{text}\n"))
    return Blocks(scan.calendars, scan.events, scan.others, scan.broken, scan.lists)


def _scanned(text: str) -> _Scan:
    scan = _Scan(text)
    for mark in _MARK.finditer(scan.text):
        scan.mark(
            mark[1] in {"BEGIN", "begin"} or mark[1].upper() == "BEGIN", mark[2].upper(), mark.start(), mark.end()
        )
    scan.finish()
    return scan


def _unfolded_mark(mark: re.Match[str]) -> str:
    """Return a mark that was folded, in one line, with as many blank ones after it."""
    lines = unfolded(mark[0])
    return lines + "\n" * (mark[0].count("\n") - lines.count("\n"))


class _Scan:
    """Walk over the marks of a text, in their order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.calendars: list[Calendar] = []
        self.events: list[Block] = []
        self.others: Counter[str] = Counter()
        self.broken: list[Remark] = []
        self.lists: list[Block] = []
        self.inside: list[str] = []
        """What is open, below the calendar: an event, a zone, or something else, and what is nested in it."""
        self.opened = 0
        """Where the lines of the outermost open component begin."""
        self.line = 0
        self.counted = 0
        """Up to where lines were counted: `line` is the number of the line that begins there."""
        self.began = 0
        self.pieces: list[str] = []
        self.own = 0
        """From where on the lines are the event's own again."""
        self.free = 0
        """From where on the lines are the calendar's own."""

    def _count(self, position: int) -> int:
        """Return the number of the line that begins after a line end."""
        self.line += self.text.count("\n", self.counted, position + 1)
        self.counted = position + 1
        return self.line

    def mark(self, begins: bool, name: str, start: int, end: int) -> None:
        """Note that a component begins or ends."""
        if name == "VCALENDAR":
            self._calendar(begins, start, end)
        elif begins:
            self._begin(name, start, end)
        else:
            self._end(name, start, end)

    def _calendar(self, begins: bool, start: int, end: int) -> None:
        self._give_up(start)
        if begins:
            self.calendars.append(Calendar(self._count(start)))
        else:
            self._head(start)
        self.free = end

    def _give_up(self, start: int) -> None:
        """Leave what is open and cannot be closed any more; what ends where something else begins is all there."""
        if self.inside and self.inside[0] == "VEVENT":
            self.broken.append(Remark(self.began, "the event that begins here does not end"))
        if self.inside:
            if self.inside[0] in {"VEVENT", "VTIMEZONE"} and start < len(self.text):
                self._close(self.inside[0], start, start, nested=len(self.inside) > 1)
            self.free = start
        self.inside.clear()

    def _head(self, start: int) -> None:
        if start > self.free and self.calendars and self.text[self.free : start].strip():
            self.calendars[-1].head.append((self._count(self.free), self.text[self.free : start]))

    def _begin(self, name: str, start: int, end: int) -> None:
        if name == "VEVENT":
            self._give_up(start)
        if not self.inside:
            self._head(start)
            self.began = self._count(start)
            self.opened = start
            self.own = end
            self.pieces = []
        elif len(self.inside) == 1:
            self.pieces.append(self.text[self.own : start])
            self.own = start
        if len(self.inside) < DEEPEST:
            self.inside.append(name)

    def _end(self, name: str, start: int, end: int) -> None:
        if name not in self.inside:
            if name == "VEVENT":
                self.broken.append(Remark(self._count(start), "an event ends here that did not begin"))
            return
        depth = len(self.inside) - 1 - self.inside[::-1].index(name)
        nested = len(self.inside) > 1
        del self.inside[depth:]
        if depth == 0:
            self._close(name, start, end, nested)
        elif depth == 1:
            self.pieces.append("\n" * self.text.count("\n", self.own, end))
            self.own = end

    def _close(self, name: str, start: int, end: int, nested: bool) -> None:
        self.free = end
        if name == "VTIMEZONE":
            if self.calendars:
                self.calendars[-1].zones.append(self.text[self.opened + 1 : end])
        else:
            # Of what is nested and not closed nothing is the event's own.
            text = "".join([*self.pieces, "" if nested else self.text[self.own : start], "\n"])
            uid = _UID.search(unfolded(text))
            block = Block(self.began, text, len(self.calendars) - 1, uid[1].strip() if uid else "")
            if name == "VEVENT":
                self.events.append(block)
                return
            if name == BUSY_LIST:
                self.lists.append(block)
            self.others[name] += 1

    def finish(self) -> None:
        """Note what the end of the file leaves open."""
        self._give_up(len(self.text))
        self._head(len(self.text) - 1)


_FOLDED_CHARACTER = re.compile(rb"\r?\n[ \t](?=[\x80-\xbf])")
"""A fold within a UTF-8 character: nothing else lets a line go on with such a byte."""


_PLACEHOLDER = "\ufffd"


_MARKLESS = {
    re.compile(rb"(?:[ \t\r\n]\x00)*[Bb]\x00[Ee]\x00"): "UTF-16-LE",
    re.compile(rb"(?:\x00[ \t\r\n])*\x00[Bb]\x00[Ee]"): "UTF-16-BE",
    re.compile(rb"(?:[ \t\r\n]\x00{3})*[Bb]\x00{3}[Ee]\x00{3}"): "UTF-32-LE",
    re.compile(rb"(?:\x00{3}[ \t\r\n])*\x00{3}[Bb]\x00{3}[Ee]"): "UTF-32-BE",
}
"""A calendar begins with BEGIN: with every other byte zero it is UTF-16, with three of four UTF-32."""
_MARKS_OF_UTF_16 = codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE
_MARKS_OF_UTF_32 = codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE
_MARKS = re.compile("(?:^|(?<=[\n\r]))\ufeff+")
_SEVERAL_RETURNS = re.compile("\r{2,}\n")
_BEGINS = re.compile(r"(?:^|\n)([ \t]*)BEGIN[ \t]*:[ \t]*V(CALENDAR|EVENT)[ \t]*(?=\n)", re.IGNORECASE)
_BLANKS = {" ", "\t"}
_SECOND_MARK = re.compile("(?<=[A-Z])(?:BEGIN|END):")
_MOVED_IN = re.compile(r"(^|\n)[ \t]+(?=[A-Za-z0-9_-]+[ \t]*[:;])")
_GLUED = (
    "END:VCALENDARBEGIN:VCALENDAR", "END:VEVENTBEGIN:VEVENT", "END:VTIMEZONEBEGIN:VEVENT", "END:VEVENTEND:VCALENDAR",
)  # fmt: skip
"""What somebody put together, of which the first part did not end in a line end."""


class Decoded(NamedTuple):
    r"""Hold the text of a file, its lines ending in `\n`, and a remark where it was not what it should be."""

    text: str
    remark: str | None


def decode(content: bytes) -> Decoded:
    """Return the text of a calendar file: UTF-8, else what is nearest to it."""
    text, remark = _decoded(content)
    # Files that somebody put together have marks at the beginning of each part.
    text = (_MARKS.sub("", text) if "\ufeff" in text else text).replace("\0", "")
    if "\r" in text:
        if "\r\r" in text:
            text = _SEVERAL_RETURNS.sub("\n", text)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for glued in _GLUED:
        text = text.replace(glued, _SECOND_MARK.sub(r"\n\g<0>", glued))
    first = text.find("BEGIN:VEVENT")
    moved_in = text.lstrip("\n")[:1] in _BLANKS or (first > 0 and text[first - 1] in _BLANKS)
    begins = _BEGINS.findall(text) if moved_in else []
    blanks = [blanks for blanks, what in begins if what.upper() == "EVENT"] or [blanks for blanks, _ in begins]
    if blanks and all(blanks):
        # Moved in, as a page or a template has it: what looks like a property is one, and no line that goes on.
        text, remark = _MOVED_IN.sub(r"\1", text), remark or "is moved in by blanks: read all the same"
    return Decoded(text, remark)


def _decoded(content: bytes) -> tuple[str, str | None]:
    try:
        # A mark of UTF-32 begins with one of UTF-16.
        for marks, encoding in ((_MARKS_OF_UTF_32, "UTF-32"), (_MARKS_OF_UTF_16, "UTF-16")):
            if content.startswith(marks):
                return content.decode(encoding, "replace"), f"is {encoding}, not UTF-8: read as that"
        for beginning, encoding in _MARKLESS.items():
            if beginning.match(content):
                remark = f"is {encoding[:6]} without saying so, not UTF-8: read as that"
                return content.decode(encoding, "replace"), remark
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        pass
    try:
        return _FOLDED_CHARACTER.sub(b"", content).decode("utf-8-sig"), "folds lines within characters: mended"
    except UnicodeDecodeError:
        pass
    damaged = content.decode("utf-8-sig", "replace")
    # Text in another encoding hardly ever holds what happens to be a UTF-8 character. Where most are, only some bytes
    # were damaged.
    if _real_characters(damaged) > damaged.count(_PLACEHOLDER):
        return damaged, "is not quite UTF-8: what could not be read is shown as \ufffd"
    try:
        return content.decode("cp1252"), "is not UTF-8: read as Windows-1252"
    except UnicodeDecodeError:
        return content.decode("latin-1"), "is not UTF-8: read as Latin-1"


def _real_characters(text: str) -> int:
    """Return how many characters are neither ASCII nor stand for damage."""
    return sum(character > "\x7f" for character in text) - text.count(_PLACEHOLDER)
