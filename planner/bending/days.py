"""Days: every way to fill a day with sessions of somebody else's plan, as the search takes them.

What matters within a day is settled here (no overlap, no second run where there was one, no more sessions than usual);
what matters between days is left to the search, which knows how far hard, long and other runs stand apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from planner.bending.placements import POINT, Places, SessionPlacement
from planner.bending.sessions import CoachSession

MOST_A_DAY = 2
"""So many sessions stand on a day at most, or as many as the plan had there."""


class Filling(NamedTuple):
    """Hold one way to fill a day: its placements in order of time, and what the days around it must know."""

    placements: tuple[SessionPlacement, ...]
    gain: int
    """What is not lost by leaving its sessions out, less what their changes cost."""
    run: bool
    hard: bool
    long: bool
    back: str
    in_place: bool
    order: int


class Fillings:
    """Find the ways to fill the days of a plan."""

    def __init__(self, places: Places, movable: Sequence[int], orders: Mapping[int, int]) -> None:
        self.places = places
        self.workouts = places.task.rulebook.workouts
        self._orders = orders
        self._by_day: dict[date, list[int]] = {}
        for number in movable:
            for day in places.days(places.sessions[number]):
                self._by_day.setdefault(day, []).append(number)

    def on(self, day: date, fixed: Sequence[CoachSession]) -> list[Filling]:
        """Return the ways to fill a day beside what is fixed there, of those that look alike to the search the best."""
        planned = [one for one in self.places.sessions if one.day == day]
        runs = sum(self.workouts[one.workout].kind == "run" for one in planned)
        fixed_runs = sum(self.workouts[one.workout].kind == "run" for one in fixed)
        room = max(MOST_A_DAY, len(planned)) - len(fixed)
        most_runs = (runs or MOST_A_DAY) - fixed_runs
        best: dict[object, Filling] = {}
        for chosen in self._chosen(self._by_day.get(day, []), day, room, most_runs):
            filling = self._filling(chosen)
            key = (frozenset(one.session for one in chosen), *filling[2:])
            if key not in best or _better(filling, best[key]):
                best[key] = filling
        return list(best.values())

    def _chosen(self, numbers: list[int], day: date, room: int, runs: int) -> Iterator[tuple[SessionPlacement, ...]]:
        """Yield every set of placements that go together on a day, the empty one too."""
        chosen: list[tuple[SessionPlacement, ...]] = [()]
        for number in numbers:
            own = self.places.on(number, day)
            cheapest = min(own, key=lambda one: one.weight, default=None)
            longer: list[tuple[SessionPlacement, ...]] = []
            for before in chosen:
                if len(before) >= room:
                    continue
                found = [one for one in own if self._together(before, one, runs)]
                if before and cheapest not in found:
                    # Right after another one it may stand as cheaply as alone.
                    found += [one for one in self._after(number, before, day) if self._together(before, one, runs)]
                longer += [(*before, one) for one in found]
            chosen += longer
        yield from chosen

    def _after(self, number: int, before: tuple[SessionPlacement, ...], day: date) -> Iterator[SessionPlacement]:
        """Yield the placements of a session right after others, where a start window is still open then."""
        for one in before:
            if one.end.date() == day and self.places.within(day, one.end):
                yield from self.places.at(number, one.end)

    def _together(self, before: tuple[SessionPlacement, ...], new: SessionPlacement, most_runs: int) -> bool:
        workouts = self.workouts
        running = workouts[new.workout].kind == "run"
        if running and sum(workouts[one.workout].kind == "run" for one in before) >= most_runs:
            return False
        for one in before:
            if new.start < one.end and one.start < new.end:
                return False
            if workouts[one.workout].hard and workouts[new.workout].hard and not self._both_in_place(one, new):
                return False
            if running and {one.back, new.back} == {"first", "later"}:
                return False
        return True

    def _both_in_place(self, one: SessionPlacement, other: SessionPlacement) -> bool:
        return self._in_place(one) and self._in_place(other)

    def _in_place(self, one: SessionPlacement) -> bool:
        return one.start.date() == self.places.sessions[one.session].day

    def _filling(self, chosen: tuple[SessionPlacement, ...]) -> Filling:
        workouts = self.workouts
        hard = [one for one in chosen if workouts[one.workout].hard or workouts[one.workout].long]
        backs = {one.back for one in chosen} - {""}
        orders = [self._orders.get(one.session, 0) for one in hard]
        return Filling(
            placements=tuple(sorted(chosen, key=lambda one: one.start)),
            gain=sum(self.places.drop_points(one.session) * POINT - one.weight for one in chosen),
            run=any(workouts[one.workout].kind == "run" for one in chosen),
            hard=any(workouts[one.workout].hard for one in chosen),
            long=any(workouts[one.workout].long for one in chosen),
            back=backs.pop() if backs else "",
            in_place=all(self._in_place(one) for one in hard),
            order=max(orders, default=0),
        )


def _better(one: Filling, other: Filling) -> bool:
    """Whether a filling costs less than another, or of equal cost begins earlier."""
    if one.gain != other.gain:
        return one.gain > other.gain
    return [each.start for each in one.placements] < [each.start for each in other.placements]
