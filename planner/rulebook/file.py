"""Read the rulebook from its folder, and check it: every mistake names its file, its rule and what would be right.

A person's own folder is either a whole rulebook, or additions: its files stand on top of the shipped ones.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from planner.errors import InputError, Problem
from planner.rulebook.model import Rulebook
from planner.rulebook.reading.kept import kept_rulebook

_PACKAGE = Path(__file__).parents[1]
"""Where the program stands: always a folder of files, whatever it was installed by (the page reads it as one too)."""


@cache
def shipped_rulebook() -> Rulebook:
    """Return the rulebook that comes with the program."""
    return kept_rulebook(shipped_folder())


def rulebook(folder: Path | None) -> Rulebook:
    """Return a person's own rulebook, or the shipped one where no folder is given.

    Raises `InputError` with every mistake, each with the file that it stands in.
    """
    return shipped_rulebook() if folder is None else read_rulebook(folder)


def shipped_folder() -> Path:
    """Return the folder of the rulebook that comes with the program."""
    packaged = _PACKAGE / "rules"
    if packaged.is_dir():
        return packaged
    checkout = _PACKAGE.parent
    # A package called `rules` exists elsewhere: only a checkout's own folder is meant, with its pyproject.toml.
    if (checkout / "pyproject.toml").is_file() and (checkout / "rules").is_dir():
        return checkout / "rules"
    raise InputError([Problem(str(packaged), "", "the rulebook is missing", "install the program again")])


def read_rulebook(folder: Path) -> Rulebook:
    """Return the rulebook of a person's folder, checked: a whole one, or additions on top of the shipped one.

    Raises `InputError` with every mistake of all its files.
    """
    return own_rulebook(folder).rulebook


CATALOGUES = ("regions.toml", "workouts.toml")
OTHERS = ("preferences.toml", "sources.toml", "red_flags.toml", "general.toml", "training.toml", "progression.toml")
MOST_OF_THEM = 4
"""Who wrote so many of the other files besides both catalogues means a whole rulebook, and left one out by mistake."""


class OwnRulebook(NamedTuple):
    """Hold a person's own rulebook, whether their folder is a whole one, and the ids of the rules that it says."""

    rulebook: Rulebook
    whole: bool
    rules: tuple[str, ...]


def own_rulebook(folder: Path) -> OwnRulebook:
    """Return the rulebook of a person's folder, checked: a whole one, or additions on top of the shipped one.

    A folder with `regions.toml`, `workouts.toml` and most of the others is a whole rulebook. In any other, tables with
    the key and rules with the id of a shipped one stand in its place, and new ones are added.
    """
    from planner.rulebook.reading.reader import RulebookReader  # noqa: PLC0415 (the shipped one is kept, read already)

    reader = RulebookReader()
    whole = all((folder / name).is_file() for name in CATALOGUES)
    whole = whole and sum((folder / name).is_file() for name in OTHERS) >= MOST_OF_THEM
    if not whole:
        reader.read(shipped_folder(), "rules")
    shipped = frozenset(reader.origins.values())
    reader.read(folder, str(folder), additions=not whole)
    if not whole:
        reader.leave_out_unused(shipped)
    rulebook = reader.checked()
    own = (rule for rule in rulebook.rules if reader.origins[f"rules:{rule}"] not in shipped)
    return OwnRulebook(rulebook, whole, tuple(own))
