"""What changed in a plan, a line for each workout."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from planner.page.environment import clock_words
from planner.page.sentences import say
from planner.results.plan import Change, Changes


def change_lines(changes: Changes) -> list[Markup]:
    """Return a line for each workout that changed: what moved first, then what is new, gone, longer or shorter."""
    lines = [say("changes.moved", what=_name(one), was=_when(one.from_), now=_when(one.to)) for one in changes.moved]
    lines += [
        say("changes.changed", what=one.title, was=one.was or "", when=_when(one.to))
        for one in changes.changed
        if one.was is not None
    ]
    lines += [say("changes.added", what=_name(one), when=_when(one.to)) for one in changes.added]
    return lines + [
        say("changes.cancelled", what=_name(one), when=_when(one.from_ or one.to)) for one in changes.cancelled
    ]


def _name(change: Change) -> str:
    return change.title


def _when(moment: datetime | None) -> str:
    return "" if moment is None else clock_words(moment)
