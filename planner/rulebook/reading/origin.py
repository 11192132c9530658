"""Origins: where an entry of the rulebook stands, and the mistakes that are told of it."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator
from typing import Any, NamedTuple

from planner.errors import Problem, quoted, suggestion
from planner.rulebook.model import Rulebook


class Origin(NamedTuple):
    """Say where an entry of the rulebook stands."""

    file: str
    field: str

    def problem(self, part: str, wrong: str, right: str) -> Problem:
        """Return a problem in a part of the entry."""
        return Problem(self.file, f"{self.field}: {part}" if part else self.field, wrong, right)


class Unfinished(dict[str, Any]):
    """A table of which something could not be read: every name may be one of its."""

    def __contains__(self, _: object) -> bool:
        return True


def unknown_names(
    origin: Origin, part: str, names: Iterable[str], allowed: Iterable[str], what: str
) -> Iterator[Problem]:
    """Yield each of some names that is not among those that are allowed.

    Args:
        origin: where the entry stands.
        part: the part of the entry that names them.
        names: the names.
        allowed: those that there are.
        what: what is named: `region`.

    """
    choices = allowed if isinstance(allowed, Container) else list(allowed)
    for name in names:
        if name not in choices:
            yield origin.problem(part, f"{quoted(name)} is no {what}", suggestion(name, choices))


def known_kinds(rulebook: Rulebook) -> Collection[str]:
    """Return the kinds of workout, which nobody knows where a workout or a kind could not be read."""
    unread = any(isinstance(table, Unfinished) for table in (rulebook.workouts, rulebook.workout_kinds))
    return Unfinished() if unread else rulebook.kinds
