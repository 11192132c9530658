"""Placements: where and how a session of somebody else's plan may stand, and what each way costs.

A session stays, or goes to another time or another day of its week, is cut to what a rule allows, eased, replaced by
something that spares the tissue, or left out. It never grows, and nothing is made up for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from planner.bending.memory import SessionNumber, ShownSession
from planner.bending.prices import ChangeKind, Prices
from planner.bending.sessions import CoachSession
from planner.candidates.wishes import unwanted_kinds
from planner.case.availability import StartWindow
from planner.clock import Minutes, Seconds, after, at, later, midnight, seconds
from planner.limits.verdicts import Verdict
from planner.rulebook.bending import ChangeCost
from planner.scheduling.task import Task

WHOLE_DAY = StartWindow(time(6), time(21))
"""Tried for a session of a day that has no start window."""
EASED = {"run_hard": "run_easy", "run_long": "run_easy", "bike_hard": "bike_easy"}
PUT_BY_HAND = 10_000
"""Points, not shown, for moving a session from where the person put it: more than all else that a week may cost."""
POINT, CHANGED, DAY_MOVED = 10**8, 10**6, 2_000
"""What a point, a changed session and a day moved weigh against a minute: of equal sums of points the one with fewer
changes is chosen, then the one with fewer days moved, then with fewer minutes changed."""


class SessionPlacement(NamedTuple):
    """Hold one way in which a session may stand: its workout and minutes at an aware time, and what it costs.

    `back` is as in `search.problem.Option`; `kinds` say what was changed, none where it stands as planned.
    """

    session: SessionNumber
    start: datetime
    workout: str
    minutes: Minutes
    kinds: tuple[ChangeKind, ...]
    points: int
    back: str
    strides: bool
    verdict: Verdict
    end: datetime
    """When it ends: real minutes after its start."""
    days_moved: int = 0
    minutes_changed: int = 0
    windowless: bool = False
    again: int = 0
    """Points, not shown, for changing once more what a calendar shows already."""
    weight: int = 0
    """What it costs, with what decides between equals."""

    def weighed(self) -> SessionPlacement:
        """Return the placement with its weight."""
        changed = CHANGED if self.kinds else 0
        points = (self.points + self.again) * POINT
        return self._replace(weight=points + changed + self.days_moved * DAY_MOVED + self.minutes_changed)


class Variant(NamedTuple):
    """Hold one form that a session may take, and the points for that."""

    workout: str
    minutes: Minutes
    kind: ChangeKind | None
    points: int
    elsewhere: bool = True
    """Whether it may also go to another day."""


class Places:
    """Find the placements of the sessions of one plan."""

    def __init__(
        self,
        task: Task,
        sessions: Sequence[CoachSession],
        costs: Mapping[str, ChangeCost],
        days: tuple[date, date],
        shown: Mapping[SessionNumber, ShownSession] | None = None,
        put: Collection[SessionNumber] = (),
        told_apart: Sequence[frozenset[str]] = (),
    ) -> None:
        self.task = task
        self.told_apart = tuple(told_apart)
        self._counted: dict[str, tuple[bool, ...]] = {}
        self.sessions = sessions
        self.prices = Prices(task, sessions, costs)
        self.shown, self.put = shown or {}, frozenset(put)
        self.first, self.last = days
        self._swims = any(task.rulebook.workouts[session.workout].kind in {"swim", "aqua_run"} for session in sessions)
        self._placed_at: dict[tuple[SessionNumber, datetime, bool], list[SessionPlacement]] = {}
        self._forms: dict[SessionNumber, list[Variant]] = {}

    def weight_of_leaving_out(self, number: SessionNumber) -> int:
        """Return what leaving a session out weighs: its points, or more than all else where the person put it."""
        return (self.prices.dropping(number) + (PUT_BY_HAND if number in self.put else 0)) * POINT

    def days(self, session: CoachSession) -> list[date]:
        """Return the days on which a session may stand: its own, and those near it in its week that are planned."""
        monday = session.day - timedelta(days=session.day.weekday())
        most = self.prices.costs["day"].most_days
        week = (monday + timedelta(days=number) for number in range(7))
        near = [day for day in week if abs((day - session.day).days) <= most]
        return [day for day in near if self.first <= day <= self.last]

    def on(self, session_number: SessionNumber, day: date) -> list[SessionPlacement]:
        """Return the placements of a session on a day, each at the times that matter."""
        session = self.sessions[session_number]
        placements: list[SessionPlacement] = []
        for start, windowless in self._starts(session, day):
            placements += self.at(session_number, start, windowless=windowless)
        return placements

    def at(self, number: SessionNumber, start: datetime, *, windowless: bool = False) -> list[SessionPlacement]:
        """Return the placements of a session at an aware time."""
        asked = number, start, windowless
        if asked not in self._placed_at:
            session = self.sessions[number]
            half = session.half
            other_half = (half == "am" and start.hour >= 12) or (half == "pm" and start.hour < 12)
            placements = [] if other_half else self._at(number, start, windowless=windowless)
            self._placed_at[asked] = self._cheapest(placements)
        return self._placed_at[asked]

    def _cheapest(self, placements: Iterable[SessionPlacement]) -> list[SessionPlacement]:
        """Return, of placements at one time that the rest of the plan cannot tell apart, the cheapest."""
        best: dict[object, SessionPlacement] = {}
        for placement in placements:
            workout = self.task.rulebook.workouts[placement.workout]
            alike = workout.is_running, workout.hard, workout.long, placement.back, self.counted_in(placement.workout)
            if alike not in best or placement.weight < best[alike].weight:
                best[alike] = placement
        return list(best.values())

    def counted_in(self, workout: str) -> tuple[bool, ...]:
        """Return for each set of workouts that the search tells apart (`told_apart`) whether a workout is in it."""
        if workout not in self._counted:
            self._counted[workout] = tuple(workout in counting for counting in self.told_apart)
        return self._counted[workout]

    def is_within(self, day: date, moment: datetime) -> bool:
        """Whether a moment lies in a start window of its day."""
        windows = self.task.case.windows_on(day)
        return any(self.task.chooser.starts.within(day, window, (moment,)) for window in windows)

    def _starts(self, session: CoachSession, day: date) -> Iterator[tuple[datetime, bool]]:
        """Yield the times of a day that matter to a session, and whether they lie outside every start window."""
        chooser = self.task.chooser
        if self.task.case.away_on(day) is not None:
            return
        # A time that the coach chose is one that the person has, on other days of the week too.
        own = None if session.start is None else at(day, session.start.time(), self.task.case.tz)
        if own is not None and (chooser.prior.not_before is None or own >= chooser.prior.not_before):
            yield own, False
        windows = self.task.case.windows_on(day)
        if not windows and day == session.day and own is None:
            for start in chooser.moments(day, WHOLE_DAY):
                yield start, True
        for window in windows:
            for start in chooser.moments(day, window):
                if start != own:
                    yield start, False

    def _at(self, number: SessionNumber, start: datetime, *, windowless: bool) -> Iterator[SessionPlacement]:
        session = self.sessions[number]
        day = start.date()
        moved = abs((day - session.day).days)
        kinds, points = self.prices.moving(session, start)
        if number not in self._forms:
            self._forms[number] = list(self._variants(session))
        cheapest: dict[object, int] = {}  # what the cheapest placement weighs that is no run
        for variant in self._forms[number]:
            workout = self.task.rulebook.workouts[variant.workout]
            sort = workout.hard, workout.long, self.counted_in(variant.workout)
            runs = workout.is_running
            if not runs and sort in cheapest and cheapest[sort] < self._least(number, points + variant.points):
                continue
            if moved and (not variant.elsewhere or self._too_near_a_race(variant.workout, day, session)):
                continue
            for placement in self._fitting(number, variant, start):
                its = (*kinds, *placement.kinds)
                total = points + placement.points
                if its and session.day != day and placement.verdict.advised_against_by:
                    total += self.prices.costs["advised_against"].points
                at_start = placement._replace(
                    kinds=its,
                    points=round(total * self.prices.factors[number]),
                    days_moved=moved,
                    windowless=windowless,
                )
                weighed = at_start._replace(again=self._once_more(number, at_start)).weighed()
                if not runs:
                    cheapest[sort] = min(weighed.weight, cheapest.get(sort, weighed.weight))
                yield weighed

    def _least(self, number: SessionNumber, points: float) -> int:
        """Return the least that a placement of so many points can weigh."""
        return round(points * self.prices.factors[number]) * POINT

    def _once_more(self, number: SessionNumber, placement: SessionPlacement) -> int:
        """Return the points for standing otherwise than a calendar shows it, although its coach changed nothing."""
        if number in self.put:
            return PUT_BY_HAND if {"time", "move"} & set(placement.kinds) else 0
        shown = self.shown.get(number)
        if shown is None or not shown.unchanged or shown.event.cancelled:
            return 0
        event = shown.event
        if event.moment is None:
            same = not placement.kinds and placement.start.date() == event.day
        else:
            same = placement.start == event.moment and placement.minutes == event.minutes
        return 0 if same else self.prices.costs["again"].points

    def _variants(self, session: CoachSession) -> Iterator[Variant]:
        yield Variant(session.workout, session.minutes, None, 0)
        usual = self.task.chooser.usual_minutes
        if session.workout in EASED:
            eased = EASED[session.workout]
            minutes = min(session.minutes, usual(eased)) if session.workout == "run_long" else session.minutes
            yield Variant(eased, minutes, "ease", self.prices.costs["ease"].points)
        never = unwanted_kinds(self.task.case, self.task.rulebook) - ({"swim", "aqua_run"} if self._swims else set())
        workouts = self.task.rulebook.workouts
        cost = self.prices.costs["replace"]
        for rank, workout in enumerate(self.task.rulebook.instead_of(session.workout)):
            if workouts[workout].kind in never:
                continue
            minutes = min(session.minutes, usual(workout))
            yield Variant(workout, minutes, "replace", cost.points + cost.points_per_rank * rank, elsewhere=False)

    def _fitting(self, number: SessionNumber, variant: Variant, start: datetime) -> Iterator[SessionPlacement]:
        """Yield the ways in which a form of a session fits at a time, as far as rules and the person's day allow."""
        task, session = self.task, self.sessions[number]
        workout = task.rulebook.workouts[variant.workout]
        if not task.case.open_to(start.date(), workout.kind):
            return
        begins = seconds(start)
        verdict = task.limits.judge(variant.workout, begins, variant.minutes)
        if not verdict.allowed:
            return
        most = verdict.max_minutes or variant.minutes
        if start.date() != session.day:  # on its own day it lasts as long as its coach says
            most = min(most, task.case.availability.minutes_on(start.date()) or most)
        lengths = task.chooser.lengths.of(variant.workout, most) if workout.is_running else (("", most),)
        ends_by = seconds(midnight(start.date() + timedelta(days=1), task.case.tz))
        for back, minutes in lengths:
            least = minutes if back == "first" and not workout.long else min(workout.least_minutes, variant.minutes)
            end = after(begins, minutes)
            if minutes < least or end > ends_by or task.chooser.busy.until(begins, end) is not None:
                continue
            kinds: list[ChangeKind] = [variant.kind] if variant.kind is not None else []
            points: float = variant.points
            if minutes < variant.minutes:
                cuts, cost = self.prices.cutting(minutes, variant.minutes)
                kinds, points = [*kinds, *cuts], points + cost
            strides = session.strides and workout.kind == "run"
            if strides and (back == "first" or not self._sprints(begins, minutes)):
                strides = False
                kinds, points = [*kinds, "no_strides"], points + self.prices.costs["no_strides"].points
            yield SessionPlacement(
                session=number,
                start=start,
                workout=variant.workout,
                minutes=minutes,
                kinds=tuple(kinds),
                points=round(points),
                back=back,
                strides=strides,
                verdict=(
                    verdict if minutes == variant.minutes else task.limits.judge(variant.workout, begins, minutes)
                ),
                end=later(start, minutes=minutes),
                minutes_changed=session.minutes - minutes,
            )

    def _sprints(self, begins: Seconds, minutes: Minutes) -> bool:
        """Whether strides are allowed at a time: they ask of the tissue what a hard run does."""
        return self.task.limits.judge("run_hard", begins, minutes).allowed

    def _too_near_a_race(self, workout: str, day: date, session: CoachSession) -> bool:
        """Whether a rule about races keeps a session from a day nearer to one than its own."""
        races = self.task.chooser.races
        if races.rule_before(day, workout) is None:
            return False
        return day > session.day or races.rule_before(session.day, session.workout) is None


def verdicts_as_planned(task: Task, session: CoachSession) -> list[Verdict]:
    """Return the verdicts on a session as planned, at each start of its day that nothing else takes."""
    starts = [session.start] if session.start is not None else _starts_of(task, session)
    free = [
        start
        for start in starts
        if task.chooser.busy.until(seconds(start), after(seconds(start), session.minutes)) is None
    ]
    return [task.limits.judge(session.workout, seconds(start), session.minutes) for start in free]


def _starts_of(task: Task, session: CoachSession) -> list[datetime]:
    windows = task.case.windows_on(session.day) or (WHOLE_DAY,)
    starts = [start for window in windows for start in task.chooser.starts.of(session.day, window)]
    halves = {
        "am": [start for start in starts if start.hour < 12],
        "pm": [start for start in starts if start.hour >= 12],
    }
    return halves.get(session.half, starts)


def race_start(task: Task, session: CoachSession) -> datetime:
    """Return when a session of a whole day that is fixed is taken to begin: when its day opens."""
    return race_starts(task, session.day)[0]


def race_starts(task: Task, day: date) -> list[datetime]:
    """Return when a race of a whole day may begin: at the starts of its windows, or at ten."""
    windows = task.case.windows_on(day)
    starts = [start for window in windows for start in task.chooser.starts.of(day, window)]
    return starts or [midnight(day, task.case.tz) + timedelta(hours=10)]
