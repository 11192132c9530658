"""Candidate: one workout at one time of a day, with what it is worth there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from planner.candidates.wishes import Form
from planner.clock import Minutes, later
from planner.limits.verdicts import Verdict
from planner.revision.pinned import Pinned
from planner.rulebook.scales import Intensity


class Candidate(NamedTuple):
    """Hold one workout at one time: how long and how hard it may be there, and what each preference gives for it."""

    form: Form
    start: datetime
    opens: datetime
    minutes: Minutes
    usual_minutes: Minutes
    intensity: Intensity
    verdict: Verdict
    back: str
    """As in `search.problem.Option`."""
    points: Mapping[str, int]
    fixed: Pinned | None = None

    @property
    def total(self) -> int:
        """All its points."""
        return sum(self.points.values())

    @property
    def done(self) -> bool:
        """Whether it stands whatever is chosen."""
        return self.fixed is not None and self.fixed.done

    @property
    def put(self) -> bool:
        """Whether a person put it at its time."""
        return self.fixed is not None and not self.fixed.done

    @property
    def end(self) -> datetime:
        """When it ends: real minutes after its start."""
        return later(self.start, minutes=self.minutes)


class DayChoice(NamedTuple):
    """Hold what may be done on a day: for each start window its candidates, and the start times that matter."""

    day: date
    windows: tuple[tuple[Candidate, ...], ...]
    starts: tuple[tuple[datetime, ...], ...]
    break_ends: bool


def may_reach_over(starts: Sequence[tuple[datetime, ...]], per_start: list[list[Candidate]]) -> bool:
    """Return whether a workout of one start window could reach into the next, so that every start time must be kept."""
    return any(
        following and candidate.end > following[0]
        for candidates, following in zip(per_start, starts[1:], strict=False)
        for candidate in candidates
    )


def best_of_each(candidates: list[Candidate]) -> list[Candidate]:
    """Return, of candidates that differ only in their start, the one worth most; among equals the earliest."""
    best: dict[tuple[Form, str], Candidate] = {}
    for candidate in candidates:
        key = (candidate.form, candidate.back)
        if key not in best or candidate.total > best[key].total:
            best[key] = candidate
    return list(best.values())
