"""What others changed in a case while a page was open: told, and merged or refused, never overwritten."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, NamedTuple

import tomli
from pydantic import BaseModel

from planner.web.cases.opened import digest

MOST_REMEMBERED = 64
"""So many texts that pages were drawn from are remembered, while the server runs."""


class ValueDifference(NamedTuple):
    """Hold one value that differs: its dotted path, and how it was and is written (None: not there)."""

    path: str
    before: Any
    after: Any


class ConflictError(Exception):
    """Say that a case file changed since the page was drawn; nothing was written.

    `outside` is what others changed, `mine` what the page would change; `touching` are the paths that both change.
    Where it is not known what the page was drawn from, `base_known` is False.
    """

    def __init__(
        self, outside: list[ValueDifference], mine: list[ValueDifference], *, base_known: bool, base: str
    ) -> None:
        super().__init__("the case file was changed outside the page")
        self.outside = outside
        self.mine = mine
        self.base_known = base_known
        self.base = base

    @property
    def touching(self) -> list[tuple[ValueDifference, ValueDifference]]:
        """The changes of both that meet: of the same value, or one within the other."""
        return [
            (difference, other)
            for difference in self.outside
            for other in self.mine
            if _meet(difference.path, other.path)
        ]


class StaleError(Exception):
    """Say that a case's files changed since they were read for what is to be written; nothing was written."""


class DrawnTexts:
    """Remember the texts that pages were drawn from, by their digest."""

    def __init__(self) -> None:
        self._texts: OrderedDict[str, str] = OrderedDict()

    def remember(self, text: str) -> None:
        """Note a text that a page is drawn from now."""
        self._texts[digest(text.encode())] = text
        self._texts.move_to_end(digest(text.encode()))
        while len(self._texts) > MOST_REMEMBERED:
            self._texts.popitem(last=False)

    def text_of(self, base: str) -> str | None:
        """Return the text that a page was drawn from, None where it is too long ago."""
        return self._texts.get(base.partition(".")[0])


def mark_of(entry: BaseModel) -> str:
    """Return what tells an entry of a case from others: what it says, and not its number, which others may change."""
    return digest(entry.model_dump_json().encode())


def number_of(entries: Sequence[BaseModel], mark: str) -> int | None:
    """Return which entry has a mark by now, None where none says that any more."""
    return next((number for number, entry in enumerate(entries) if mark_of(entry) == mark), None)


def differences(before: str, after: str) -> list[ValueDifference]:
    """Return what differs between two case files, as data: remarks and order are no difference."""
    old, new = _flat(tomli.loads(before)), _flat(tomli.loads(after))
    paths = dict.fromkeys([*old, *new])
    return [ValueDifference(path, old.get(path), new.get(path)) for path in paths if old.get(path) != new.get(path)]


def _flat(value: Any, path: str = "") -> dict[str, Any]:
    if isinstance(value, dict):
        flat: dict[str, Any] = {}
        for key, part in value.items():
            flat |= _flat(part, f"{path}.{key}" if path else key)
        return flat
    if isinstance(value, list) and value and all(isinstance(element, dict) for element in value):
        # An entry is known by what it says, not by its number: others may be added before it.
        return {f"{path}[{_name_of_entry(part)}]": part for part in value}
    return {path: value}


def _name_of_entry(entry: dict[str, Any]) -> str:
    return " ".join(str(value) for value in entry.values())[:80]


def _meet(field: str, other: str) -> bool:
    return (
        field == other or field.startswith((f"{other}.", f"{other}[")) or other.startswith((f"{field}.", f"{field}["))
    )
