"""Days: every way to fill a day with sessions of somebody else's plan, as the search takes them.

What matters within a day is settled here (no overlap, no second run where there was one, no more sessions than usual);
what matters between days is left to the search, which knows how far hard, long and other runs stand apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from planner.bending.placements import Places, SessionPlacement

MOST_A_DAY = 2
"""So many sessions stand on a day at most, or as many as the plan had there."""


Alike = tuple[bool, bool, bool, str, tuple[bool, ...]]
"""Whether a placement is a run, hard and long, what it is to the way back after a break, and what counts it."""


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
    marks: tuple[bool, ...] = ()
    """Of each set of workouts that the search tells apart, whether one of them is among them."""


class Fillings:
    """Find the ways to fill the days of a plan."""

    def __init__(self, places: Places, movable: Sequence[int], orders: Mapping[int, int]) -> None:
        self.places = places
        self.workouts = places.task.rulebook.workouts
        self._sorts = {key: (one.is_running, one.hard, one.long) for key, one in self.workouts.items()}
        self._orders = orders
        self._by_day: dict[date, list[int]] = {}
        for number in movable:
            for day in places.days(places.sessions[number]):
                self._by_day.setdefault(day, []).append(number)

    def on(self, day: date, standing: Sequence[str], logged: Sequence[str]) -> list[Filling]:
        """Return the ways to fill a day beside what stands there, of those that look alike to the search the best.

        `standing` are the workouts that are fixed or done, `logged` those of them that the log says were done.
        """
        planned = [*(one.workout for one in self.places.sessions if one.day == day), *logged]
        runs, standing_runs = (sum(self.workouts[one].is_running for one in names) for names in (planned, standing))
        room = max(MOST_A_DAY, len(planned)) - len(standing)
        most_runs = (runs or MOST_A_DAY) - standing_runs
        best: dict[object, Filling] = {}
        for chosen in self._cheapest_ways(self._chosen(self._by_day.get(day, []), day, room, most_runs)):
            filling = self._filling(chosen)
            key = (frozenset(one.session for one in chosen), *filling[2:])
            if key not in best or _better(filling, best[key]):
                best[key] = filling
        return list(best.values())

    def _cheapest_ways(self, ways: Iterable[tuple[SessionPlacement, ...]]) -> list[tuple[SessionPlacement, ...]]:
        """Return, of the ways to place the same sessions that the search cannot tell apart, the best."""
        best: dict[object, tuple[int, tuple[SessionPlacement, ...]]] = {}
        for chosen in ways:
            sort = tuple((one.session, self._alike(one)) for one in chosen)
            weight = sum(one.weight for one in chosen)
            known = best.get(sort)
            if known is None or weight < known[0] or (weight == known[0] and _starts(chosen) < _starts(known[1])):
                best[sort] = weight, chosen
        return [chosen for _, chosen in best.values()]

    def _chosen(self, numbers: list[int], day: date, room: int, runs: int) -> Iterator[tuple[SessionPlacement, ...]]:
        """Yield every set of placements that go together on a day, the empty one too."""
        chosen: list[tuple[SessionPlacement, ...]] = [()]
        for number in numbers:
            own = self.places.on(number, day)
            by_sort: dict[Alike, list[SessionPlacement]] = {}
            for one in own:
                by_sort.setdefault(self._alike(one), []).append(one)
            longer: list[tuple[SessionPlacement, ...]] = []
            for before in chosen:
                if len(before) >= room:
                    continue
                beside = self._beside(before, by_sort, runs) if before else own
                apart = [one for one in beside if not _overlaps(before, one)]
                if before and (dearer := self._dearer(apart, beside)):
                    # Right after another one it may stand as cheaply as alone.
                    for one in self._after(number, before, day):
                        if self._alike(one) in dearer and self._go_together(before, one, runs):
                            apart += [] if _overlaps(before, one) else [one]
                longer += [(*before, one) for one in apart]
            chosen += longer
        yield from chosen

    def _beside(
        self,
        before: tuple[SessionPlacement, ...],
        by_sort: Mapping[Alike, Sequence[SessionPlacement]],
        most_runs: int,
    ) -> list[SessionPlacement]:
        """Return the placements of a session on a day that go together with others, at whatever time."""
        found: list[SessionPlacement] = []
        for placements in by_sort.values():
            if self._go_together(before, placements[0], most_runs):
                found += placements
        return found

    def _alike(self, one: SessionPlacement) -> Alike:
        """Return what the rest of the plan knows of a placement."""
        return (*self._sorts[one.workout], one.back, self.places.marks(one.workout))

    def _cheapest(self, placements: Sequence[SessionPlacement]) -> dict[Alike, int]:
        """Return the least weight of the placements that the rest of the plan cannot tell apart."""
        least: dict[Alike, int] = {}
        for one in placements:
            alike = self._alike(one)
            least[alike] = min(one.weight, least.get(alike, one.weight))
        return least

    def _dearer(self, apart: Sequence[SessionPlacement], own: Sequence[SessionPlacement]) -> set[Alike]:
        """Return the sorts of placements that cost more apart from others than they would alone."""
        here = self._cheapest(apart)
        return {alike for alike, weight in self._cheapest(own).items() if here.get(alike) != weight}

    def _after(self, number: int, before: tuple[SessionPlacement, ...], day: date) -> Iterator[SessionPlacement]:
        """Yield the placements of a session right after others, where a start window is still open then."""
        for one in before:
            if one.end.date() == day and self.places.within(day, one.end):
                yield from self.places.at(number, one.end)

    def _go_together(self, before: tuple[SessionPlacement, ...], new: SessionPlacement, most_runs: int) -> bool:
        """Whether a placement goes on the same day as others, at whatever time."""
        running, hard, long = self._sorts[new.workout]
        others = [self._sorts[one.workout] for one in before]
        if running and sum(run for run, _, _ in others) >= most_runs:
            return False
        for one, (runs, its, other_long) in zip(before, others, strict=True):
            if running and runs and (hard or long or its or other_long) and not self._shared_a_day(one, new):
                return False  # nobody runs long right after another run, unless the plan has it so
            if its and hard and not (self._in_place(one) and self._in_place(new)):
                return False
            if running and {one.back, new.back} == {"first", "later"}:
                return False
        return True

    def _shared_a_day(self, one: SessionPlacement, other: SessionPlacement) -> bool:
        sessions = self.places.sessions
        return sessions[one.session].day == sessions[other.session].day

    def _in_place(self, one: SessionPlacement) -> bool:
        return one.start.date() == self.places.sessions[one.session].day

    def _filling(self, chosen: tuple[SessionPlacement, ...]) -> Filling:
        workouts = self.workouts
        hard = [one for one in chosen if workouts[one.workout].hard or workouts[one.workout].long]
        backs = {one.back for one in chosen} - {""}
        orders = [self._orders.get(one.session, 0) for one in hard]
        return Filling(
            placements=tuple(sorted(chosen, key=lambda one: one.start)),
            gain=sum(self.places.loss(one.session) - one.weight for one in chosen),
            run=any(workouts[one.workout].is_running for one in chosen),
            hard=any(workouts[one.workout].hard for one in chosen),
            long=any(workouts[one.workout].long for one in chosen),
            back=backs.pop() if backs else "",
            in_place=all(self._in_place(one) for one in hard),
            order=max(orders, default=0),
            marks=tuple(any(one.workout in each for one in chosen) for each in self.places.told_apart),
        )


def _overlaps(before: tuple[SessionPlacement, ...], new: SessionPlacement) -> bool:
    return any(new.start < one.end and one.start < new.end for one in before)


def _better(one: Filling, other: Filling) -> bool:
    """Whether a filling costs less than another, or of equal cost begins earlier."""
    if one.gain != other.gain:
        return one.gain > other.gain
    return _starts(one.placements) < _starts(other.placements)


def _starts(placements: Sequence[SessionPlacement]) -> list[datetime]:
    return sorted(one.start for one in placements)
