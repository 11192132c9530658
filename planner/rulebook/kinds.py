"""Kinds of workout: what a week can ask for, and what it is called, how long it usually is, how it looks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import Field

from planner.models import Frozen
from planner.rulebook.rule import Sentence

Colour = Literal["green", "cyan", "magenta", "blue", "yellow", "red", "white"]
USUAL_MINUTES = 30
"""What a careful coach assumes of a kind of workout about which nothing is said, in minutes."""


class WorkoutKind(Frozen):
    """Describe a kind of workout (`rules/kinds.toml`).

    `goal` is its key in a case's `[goals]`, None where nobody asks for it by itself; `one` and `several` are what
    people call it in a sentence. `usual_minutes` are the figures of `[fitness]` that say how long it is, each with
    what a careful coach assumes of who says nothing.
    """

    goal: str | None = Field(default=None, pattern="^[a-z][a-z0-9_]*$")
    one: Sentence
    several: Sentence
    usual_minutes: dict[str, int] = Field(default={})
    colour: Colour | None = None
    stands_in_for_runs: bool = False
    only_with: str | None = None
    """The goal without which it stands in for nothing: water is for who asks for swims."""


def complete_kinds(described: Mapping[str, WorkoutKind], kinds: Iterable[str]) -> dict[str, WorkoutKind]:
    """Return the description of every kind of workout, plain words standing for what nobody described."""
    return dict(described) | {kind: plain_kind(kind) for kind in kinds if kind not in described}


def plain_kind(kind: str) -> WorkoutKind:
    """Return what a kind of workout is called where `kinds.toml` does not say: `row` is asked for with `rows`."""
    words = kind.replace("_", " ")
    return WorkoutKind(
        goal=_several(kind),
        one=words,
        several=_several(words),
        usual_minutes={f"{kind}_minutes": USUAL_MINUTES},
        stands_in_for_runs=True,
    )


def _several(noun: str) -> str:
    return noun if noun.endswith("s") else f"{noun}s"
