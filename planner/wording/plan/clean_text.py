"""Clean text for a calendar file: no character that makes a client drop the line, the event or the whole file."""

from __future__ import annotations

import re

LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
"""What `str.splitlines` takes for the end of a line: some client takes each of them for one, too."""

UNFIT = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Control characters, marks that turn the writing around, halves of surrogate pairs, byte order marks and what no XML
(so no CalDAV) may carry."""

ELLIPSIS = "…"
JOINERS = "\u200d\ufe0e\ufe0f"
"""What must not end a cut text: they belong to the character that was cut off."""


def plain(text: str) -> str:
    r"""Return text of several lines for a calendar: lines end in `\n`, tabs are blanks, nothing invisible breaks it."""
    lines = LINE_ENDS.sub("\n", text).replace("\t", " ").split("\n")
    return "\n".join(UNFIT.sub("", line).rstrip() for line in lines).strip("\n")


def one_line(text: str, most: int) -> str:
    """Return text as one line without outer blanks, cut to at most so many characters.

    Characters are counted as Outlook does, in UTF-16 units: an emoji is two.
    """
    line = " ".join(plain(text).split())
    if width(line) <= most:
        return line
    kept = line.encode("utf-16-le")[: 2 * (most - width(ELLIPSIS))].decode("utf-16-le", "ignore")
    return kept.rstrip(JOINERS + " ") + ELLIPSIS


def width(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
