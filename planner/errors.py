"""What can be wrong, as data: the sentences for people are made here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Problem(NamedTuple):
    """State one mistake in one place of one file.

    `wrong` says what is wrong (it names the bad value), `right` what would be right; `field` is a dotted
    path such as `treatments[1].region`, and empty where the file as a whole is meant.
    """

    file: str
    field: str
    wrong: str
    right: str

    @property
    def within_file(self) -> str:
        """The mistake as one line for whoever has the file before them."""
        words = f"{self.wrong}; {self.right}" if self.right else self.wrong
        return f"{self.field}: {words}" if self.field else words

    def __str__(self) -> str:
        return f"{self.file}: {self.within_file}"


CASE = "case"
"""What a mistake in a case is said of where nobody knows which file the case stands in."""


class InputError(ValueError):
    """Carry every mistake that was found in what the user gave (exit status 2)."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def in_file(self, name: str) -> InputError:
        """Return the same mistakes, those in the case said of the file in which it stands."""
        return InputError(problem._replace(file=name) if problem.file == CASE else problem for problem in self.problems)


class OutsideError(RuntimeError):
    """Say that something outside failed, a disk or a server, and what to do (exit status 3)."""


MOST_CHOICES = 20
"""More choices than this are not all listed in a message."""


def quoted(value: object) -> str:
    """Return a value as a person would write it in the file: text in quotes, the rest plain."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    return str(value)


def one_of(names: Iterable[str]) -> str:
    """Return the choices as `a, b or c`."""
    listed = list(names)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} or {listed[-1]}"


def nearest(name: str, names: Iterable[str], most: int = 3, *, likeness: float = 0.55) -> list[str]:
    """Return the known names that look most like a mistyped one, best first, without regard to case.

    Args:
        name: the mistyped name.
        names: those that are known.
        most: how many are returned at most.
        likeness: from 0 (anything) to 1 (the same).

    """
    import difflib  # noqa: PLC0415 (only a mistake needs it)

    by_folded = {candidate.casefold(): candidate for candidate in names}
    matches = difflib.get_close_matches(name.casefold(), by_folded, n=most, cutoff=likeness)
    return [by_folded[match] for match in matches]


def suggestion(name: str, names: Iterable[str]) -> str:
    """Return what would be right for an unknown name: the nearest ones, or all where none is near."""
    choices = list(dict.fromkeys(names))
    near = nearest(name, choices)
    if near:
        return f"did you mean {one_of(quoted(candidate) for candidate in near)}?"
    return list_names(choices)


def list_names(choices: Sequence[str]) -> str:
    """Return which names there are, where none is near: all of them, or the first of many."""
    if len(choices) > MOST_CHOICES:
        return f"use one of the {len(choices)} known names, such as {one_of(choices[:3])}"
    return f"use {one_of(choices)}"
