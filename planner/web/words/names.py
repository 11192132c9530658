"""Names: the side that words name, and every everyday name, for a list of suggestions."""

from __future__ import annotations

from collections.abc import Iterable

from planner.errors import one_of
from planner.page.sentences import plain
from planner.rulebook.model import Rulebook


def side_in(text: str) -> tuple[str, str]:
    """Return the side that words name, and the words without it: `left calf` is `left`, `calf`."""
    words = text.split()
    for side in ("left", "right", "both"):
        if side in (word.casefold() for word in words):
            return side, " ".join(word for word in words if word.casefold() not in {side, "my"})
    return "", " ".join(word for word in words if word.casefold() != "my")


def everyday_names(book: Rulebook, what: str) -> list[str]:
    """Return every name, and everyday name, of regions or treatments, for a list of suggestions."""
    table: dict[str, Iterable[str]] = dict(getattr(book.names, what))
    return list(dict.fromkeys(name for names in table.values() for name in names))


def not_known(book: Rulebook, what: str, words: str) -> str:
    """Return that words are no region or no treatment that is known, and which ones are near."""
    near = [f"“{name}”" for name in book.names.near(what, words)]
    return plain(f"not_known.{what}", near=one_of(near)) if near else plain(f"not_known.{what}_nothing_near")
