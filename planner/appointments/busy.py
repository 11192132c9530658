"""Busy times: when nothing is planned, because the person is somewhere else."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from planner.appointments.booked import BusyBlock
from planner.case.model import Case
from planner.clock import Seconds, later, local, seconds


def own_times(case: Case) -> Iterator[BusyBlock]:
    """Yield the times that a case itself keeps free of workouts, besides those of its calendars."""
    for entry in case.busy:
        if entry.start is not None and entry.minutes is not None:
            start, around = local(entry.start, case.tz), entry.buffer_minutes
            end = later(start, minutes=entry.minutes + around)
            yield BusyBlock(later(start, minutes=-around), end, "", "")


class Busy:
    """Answer for any time whether the person is busy; blocks that touch or overlap are one.

    As everywhere in the engine, moments are whole seconds since 1970, and a block is half-open: at its end one is free.
    """

    def __init__(self, blocks: Iterable[BusyBlock] = ()) -> None:
        self.begins: list[Seconds] = []
        self.ends: list[Seconds] = []
        for begin, end in sorted((seconds(block.start), seconds(block.end)) for block in blocks):
            if begin >= end:
                continue
            if self.ends and begin <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.begins.append(begin)
                self.ends.append(end)

    def until(self, start: Seconds, end: Seconds) -> Seconds | None:
        """Return when the last block ends that something from `start` up to `end` would overlap, or None."""
        number = bisect_left(self.begins, max(end, start + 1)) - 1
        return self.ends[number] if number >= 0 and self.ends[number] > start else None

    def ends_between(self, first: Seconds, last: Seconds) -> list[Seconds]:
        """Return the moments after `first`, up to and with `last`, at which the person is free again."""
        return self.ends[bisect_right(self.ends, first) : bisect_right(self.ends, last)]
