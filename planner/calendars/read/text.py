"""Calendar text: from the bytes of a file to lines that end in one way, whatever wrote them."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_FOLDED_CHARACTER = re.compile(rb"\r?\n[ \t](?=[\x80-\xbf])")
"""A fold within a UTF-8 character: nothing else lets a line go on with such a byte."""
_PLACEHOLDER = "\ufffd"
_MARKLESS_UTF_16 = {
    re.compile(rb"(?:[BE\r\n]\x00)(?:[A-Za-z\r\n]\x00)"): "utf-16-le",
    re.compile(rb"(?:\x00[BE\r\n])(?:\x00[A-Za-z\r\n])"): "utf-16-be",
}
"""A calendar begins with BEGIN: with every other byte zero it is UTF-16."""
_MARKS = re.compile("(?:^|(?<=[\n\r]))\ufeff+")
_SEVERAL_RETURNS = re.compile("\r{2,}\n")


class Decoded(NamedTuple):
    r"""Hold the text of a file, its lines ending in `\n`, and a remark where it was not what it should be."""

    text: str
    remark: str | None


def decode(content: bytes) -> Decoded:
    """Return the text of a calendar file: UTF-8, else what is nearest to it."""
    text, remark = _decoded(content)
    # Files that somebody put together have marks at the beginning of each part.
    text = _MARKS.sub("", text) if "\ufeff" in text else text
    if "\r" in text:
        if "\r\r" in text:
            text = _SEVERAL_RETURNS.sub("\n", text)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, remark)


def _decoded(content: bytes) -> tuple[str, str | None]:
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16"), "is UTF-16, not UTF-8: read as that"
        for beginning, encoding in _MARKLESS_UTF_16.items():
            if beginning.match(content):
                return content.decode(encoding), "is UTF-16 without saying so, not UTF-8: read as that"
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
