"""Days: every way to fill a day with sessions of somebody else's plan, as the search takes them.

What matters within a day is settled here (no overlap, no second run where there was one, no more sessions than usual);
what matters between days is left to the search, which knows how far hard, long and other runs stand apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from planner.bending.memory import SessionNumber, numbered
from planner.bending.placements import Places, SessionPlacement
from planner.bending.sessions import CoachSession
from planner.clock import monday_of
from planner.scheduling.task import Task

MOST_A_DAY = 2
"""So many sessions stand on a day at most, or as many as the plan had there."""


Alike = tuple[bool, bool, bool, str, tuple[bool, ...]]
"""Whether a placement is a run, hard and long, what it is to the way back after a break, and what counts it."""


class RunsAllowed(NamedTuple):
    """Say how many runs a day may have beside those that are fixed: as many as the plan has there, or one.

    `doubles` lets two runs that share a day in the plan go together to a day that has none.
    """

    most: int
    doubles: bool


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

    def __init__(self, places: Places, movable: Sequence[SessionNumber], orders: Mapping[SessionNumber, int]) -> None:
        self.places = places
        self.workouts = places.task.rulebook.workouts
        self._sorts = {key: (workout.is_running, workout.hard, workout.long) for key, workout in self.workouts.items()}
        self._orders = orders
        self._by_day: dict[date, list[SessionNumber]] = {}
        for number in movable:
            for day in places.days(places.sessions[number]):
                self._by_day.setdefault(day, []).append(number)

    def on(self, day: date, standing: Sequence[str], logged: Sequence[str]) -> list[Filling]:
        """Return the ways to fill a day beside what stands there, of those that look alike to the search the best.

        `standing` are the workouts that are fixed or done, `logged` those of them that the log says were done.
        """
        planned = [*(session.workout for session in self.places.sessions if session.day == day), *logged]
        runs, standing_runs = (sum(self.workouts[name].is_running for name in names) for names in (planned, standing))
        room = max(MOST_A_DAY, len(planned)) - len(standing)
        allowed = RunsAllowed(max(runs, 1) - standing_runs, doubles=runs == 0)
        best: dict[object, Filling] = {}
        for chosen in self._cheapest_ways(self._chosen(self._by_day.get(day, []), day, room, allowed)):
            filling = self._filling(chosen)
            key = (frozenset(placement.session for placement in chosen), *filling[2:])
            if key not in best or _better(filling, best[key]):
                best[key] = filling
        return list(best.values())

    def _cheapest_ways(self, ways: Iterable[tuple[SessionPlacement, ...]]) -> list[tuple[SessionPlacement, ...]]:
        """Return, of the ways to place the same sessions that the search cannot tell apart, the best."""
        best: dict[object, tuple[int, tuple[SessionPlacement, ...]]] = {}
        for chosen in ways:
            sort = tuple((placement.session, self._alike(placement)) for placement in chosen)
            weight = sum(placement.weight for placement in chosen)
            cheapest = best.get(sort)
            if (
                cheapest is None
                or weight < cheapest[0]
                or (weight == cheapest[0] and _starts(chosen) < _starts(cheapest[1]))
            ):
                best[sort] = weight, chosen
        return [chosen for _, chosen in best.values()]

    def _chosen(
        self, numbers: list[SessionNumber], day: date, room: int, runs: RunsAllowed
    ) -> Iterator[tuple[SessionPlacement, ...]]:
        """Yield every set of placements that go together on a day, the empty one too."""
        chosen: list[tuple[SessionPlacement, ...]] = [()]
        for number in numbers:
            own = self.places.on(number, day)
            by_sort: dict[Alike, list[SessionPlacement]] = {}
            for chosen_placement in own:
                by_sort.setdefault(self._alike(chosen_placement), []).append(chosen_placement)
            longer: list[tuple[SessionPlacement, ...]] = []
            for before in chosen:
                if len(before) >= room:
                    continue
                beside = self._beside(before, by_sort, runs)
                apart = [placement for placement in beside if not _overlaps(before, placement)]
                if before and (dearer := self._dearer(apart, beside)):
                    # Right after another one it may stand as cheaply as alone.
                    for chosen_placement in self._after(number, before, day):
                        if self._alike(chosen_placement) in dearer and self._go_together(
                            before, chosen_placement, runs
                        ):
                            apart += [] if _overlaps(before, chosen_placement) else [chosen_placement]
                longer += [(*before, placement) for placement in apart]
            chosen += longer
        yield from chosen

    def _beside(
        self,
        before: tuple[SessionPlacement, ...],
        by_sort: Mapping[Alike, Sequence[SessionPlacement]],
        runs: RunsAllowed,
    ) -> list[SessionPlacement]:
        """Return the placements of a session on a day that go together with others, at whatever time."""
        beside: list[SessionPlacement] = []
        for placements in by_sort.values():
            if self._go_together(before, placements[0], runs):
                beside += placements
        return beside

    def _alike(self, placement: SessionPlacement) -> Alike:
        """Return what the rest of the plan knows of a placement."""
        return (*self._sorts[placement.workout], placement.back, self.places.counted_in(placement.workout))

    def _cheapest(self, placements: Sequence[SessionPlacement]) -> dict[Alike, int]:
        """Return the least weight of the placements that the rest of the plan cannot tell apart."""
        least: dict[Alike, int] = {}
        for placement in placements:
            alike = self._alike(placement)
            least[alike] = min(placement.weight, least.get(alike, placement.weight))
        return least

    def _dearer(self, apart: Sequence[SessionPlacement], own: Sequence[SessionPlacement]) -> set[Alike]:
        """Return the sorts of placements that cost more apart from others than they would alone."""
        here = self._cheapest(apart)
        return {alike for alike, weight in self._cheapest(own).items() if here.get(alike) != weight}

    def _after(
        self, number: SessionNumber, before: tuple[SessionPlacement, ...], day: date
    ) -> Iterator[SessionPlacement]:
        """Yield the placements of a session right after others, where a start window is still open then."""
        for placement in before:
            if placement.end.date() == day and self.places.is_within(day, placement.end):
                yield from self.places.at(number, placement.end)

    def _go_together(self, before: tuple[SessionPlacement, ...], new: SessionPlacement, allowed: RunsAllowed) -> bool:
        """Whether a placement goes on the same day as others, at whatever time."""
        running, hard, long = self._sorts[new.workout]
        others = [self._sorts[placement.workout] for placement in before]
        running_before = [earlier for earlier, (run, _, _) in zip(before, others, strict=True) if run]
        if running and len(running_before) >= allowed.most:
            together = running_before and all(self._shared_a_day(earlier, new) for earlier in running_before)
            if not (allowed.doubles and together):
                return False
        for earlier_placement, (runs, its, other_long) in zip(before, others, strict=True):
            if (
                running
                and runs
                and (hard or long or its or other_long)
                and not self._shared_a_day(earlier_placement, new)
            ):
                return False  # nobody runs long right after another run, unless the plan has it so
            if its and hard and not (self._in_place(earlier_placement) and self._in_place(new)):
                return False
            if running and {earlier_placement.back, new.back} == {"first", "later"}:
                return False
        return True

    def _shared_a_day(self, placement: SessionPlacement, other: SessionPlacement) -> bool:
        sessions = self.places.sessions
        return sessions[placement.session].day == sessions[other.session].day

    def _in_place(self, placement: SessionPlacement) -> bool:
        return placement.start.date() == self.places.sessions[placement.session].day

    def _filling(self, chosen: tuple[SessionPlacement, ...]) -> Filling:
        workouts = self.workouts
        hard = [
            placement for placement in chosen if workouts[placement.workout].hard or workouts[placement.workout].long
        ]
        backs = {placement.back for placement in chosen} - {""}
        orders = [self._orders.get(placement.session, 0) for placement in hard]
        return Filling(
            placements=tuple(sorted(chosen, key=lambda placement: placement.start)),
            gain=sum(self.places.weight_of_leaving_out(placement.session) - placement.weight for placement in chosen),
            run=any(workouts[placement.workout].is_running for placement in chosen),
            hard=any(workouts[placement.workout].hard for placement in chosen),
            long=any(workouts[placement.workout].long for placement in chosen),
            back=backs.pop() if backs else "",
            in_place=all(self._in_place(placement) for placement in hard),
            order=max(orders, default=0),
            marks=tuple(
                any(placement.workout in counting for placement in chosen) for counting in self.places.told_apart
            ),
        )


def _overlaps(before: tuple[SessionPlacement, ...], new: SessionPlacement) -> bool:
    return any(new.start < placement.end and placement.start < new.end for placement in before)


def _better(filling: Filling, other: Filling) -> bool:
    """Whether a filling costs less than another, or of equal cost begins earlier."""
    if filling.gain != other.gain:
        return filling.gain > other.gain
    return _starts(filling.placements) < _starts(other.placements)


def _starts(placements: Sequence[SessionPlacement]) -> list[datetime]:
    return sorted(placement.start for placement in placements)


def orders_in_weeks(task: Task, sessions: Sequence[CoachSession]) -> dict[SessionNumber, int]:
    """Return the order of hard workouts, long runs and races within each week, from 1."""
    orders: dict[SessionNumber, int] = {}
    counts: dict[date, int] = {}
    for number, session in numbered(sessions):
        workout = task.rulebook.workouts[session.workout]
        if workout.hard or workout.long:
            monday = monday_of(session.day)
            counts[monday] = counts.get(monday, 0) + 1
            orders[number] = counts[monday]
    return orders
