"""Planning again: what the best plan would be if one thing were otherwise, and as near to the plan as it can be.

Of all the plans that are equally good the nearest one is taken: each workout that stays on its day, or at its very
time, counts for less than a point. So what is told to move does move for a reason. Everything that a change leaves as
it was, days, weeks and what the search knows of them, is used again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from planner.appointments.appointment import Appointment
from planner.candidates.candidate import Candidate, DayChoice
from planner.candidates.preferences import COMFORT
from planner.case.model import Case
from planner.clock import DayNumber
from planner.revision.pinned import ASKED, Pinned
from planner.scheduling.assembly import points_by_preference
from planner.scheduling.choose import MOST_PASSES, broken_spacings, choose_dosed, day_of, problem_of, tighten_limits
from planner.scheduling.task import Task, caps_left, prepare_like
from planner.search.problem import Day, Option, SearchProblem, Week
from planner.search.solve import SearchMemory, shape_of, solve
from planner.search.through_day import Detour, Detours, has_few_states

Chosen = Sequence[Sequence[Candidate]]
Picks = Sequence[Sequence[tuple[int, int]]]
"""What is picked on each day, as window and option."""


class Outcome(NamedTuple):
    """Hold what was chosen for a task on each day, and what each preference gives to it."""

    task: Task
    chosen: Chosen
    preferences: dict[str, int]

    @property
    def points(self) -> int:
        """All its points, as a plan's score counts them."""
        return sum(self.preferences.values())

    @property
    def put(self) -> Candidate | None:
        """The workout that a person put at a time, or None where no plan can hold it."""
        return next((candidate for candidates in self.chosen for candidate in candidates if _is_put(candidate)), None)


def outcome_of(task: Task, chosen: Chosen) -> Outcome:
    """Return what was chosen for a task, with what each preference gives to it."""
    return Outcome(task, chosen, points_by_preference(task, chosen))


class Replanner:
    """Know the best plan of a task, and find the best plans of tasks that are much the same."""

    def __init__(self, task: Task, chosen: Chosen | None = None) -> None:
        if chosen is None:
            task, _, chosen = choose_dosed(task)
        self.base = outcome_of(task, chosen)
        self._stays = {(candidate.form.workout, candidate.start) for candidates in chosen for candidate in candidates}
        self._days = {(workout, start.date()) for workout, start in self._stays}
        # What stays counts for two at most (no day holds a workout twice): all that stays, for less than a point.
        self._unit = 2 * len(self._stays) + 1
        self._memory = SearchMemory(unit=self._unit)
        self._candidates: dict[int, Candidate] = {}
        self._drawn: dict[tuple[str | int | date | None, ...], dict[int, Day]] = {}
        """Days as the search sees them, by the counters of a week and the identity of the choice that they show."""
        self._nearest: dict[int, Day] = {}
        self._alike: dict[int, Day] = {}
        self._first_alike: dict[object, Day] = {}
        """The first of all days that the search cannot tell apart, by their shape."""
        self._solved: dict[object, Picks] = {}
        """What was picked on each day, by all that the search was given."""
        self._passed: dict[tuple[DayNumber, object], Detour] = {}
        """The best plan through a day of some shape, by the day's number."""
        self._choices: list[DayChoice] = []
        """Days are known by their identity, so they must live on."""

    def with_put(self, workout: str, start: datetime) -> Outcome:
        """Return the best plan with a workout at an aware time; its points are those that a plan would have.

        The limits are those of the plan that stands, those about dose too, though they hang on what it holds: to find
        them anew for each of the hundred answers of a week would take seconds. Where the rules do not let it stand
        there, or no plan can hold it, the outcome has no `put`.
        """
        task = self.base.task
        prior = task.prior._replace(fixed=(*task.prior.fixed, Pinned(workout, start)))
        chooser = task.chooser.with_prior(prior)
        number = next(DayNumber(number) for number, choice in enumerate(task.days) if choice.day == start.date())
        choice = chooser.on(start.date())
        days = (*task.days[:number], choice, *task.days[number + 1 :])
        task = task._replace(prior=prior, chooser=chooser, days=days)
        outcome = self._put(task, number, choice)
        broken = broken_spacings(outcome.task, outcome.chosen)
        # What the search keeps no eye on is mostly kept; where it is not, all is solved anew.
        return self._best(outcome.task._replace(active=outcome.task.active | broken)) if broken else outcome

    def _put(self, task: Task, number: DayNumber, choice: DayChoice) -> Outcome:
        """Return the best plan of a task that differs from the plan's in the choice of one day."""
        if self._detours is None:
            return self._best(task)
        base, detours = self._detours
        day = self._nearer(day_of(task, choice, self._candidates))
        key = number, shape_of(day)
        if key not in self._passed:
            self._passed[key] = detours.best(number, day)
        return outcome_of(task, self._picked((*base[:number], day, *base[number + 1 :]), self._passed[key].picks))

    @cached_property
    def _detours(self) -> tuple[Sequence[Day], Detours] | None:
        """The days of the plan as the search sees them, and the ways through them; None where there are too many."""
        problem, days = self._searched(self.base.task)
        if not has_few_states(problem):
            return None
        return days, Detours(self._scaled(problem, days), self._memory)

    def with_case(self, case: Case, treatments: tuple[Appointment, ...] | None = None) -> Outcome:
        """Return the best plan of the same days for another case, and other treatments than its own if given."""
        task = self.base.task
        outcome = self._best(prepare_like(task, case, treatments))
        for _ in range(MOST_PASSES):
            again = tighten_limits(outcome.task, outcome.chosen)
            if again is None:
                break
            outcome = self._best(again)
        return outcome

    def _best(self, task: Task) -> Outcome:
        problem, days = self._searched(task)
        picks = self._picks(problem, [self._stand_in(day) for day in days])
        return outcome_of(task, self._picked(days, picks))

    def _searched(self, task: Task) -> tuple[SearchProblem, list[Day]]:
        """Return a task as the search sees it, and its days as they tell equally good plans apart."""
        self._choices += task.days
        back = task.dose.way_back
        # All that a day hangs on beside the choice that it shows.
        shown_by = (*caps_left(task, DayNumber(0)), *sorted(task.active), back and back.opens)
        problem = problem_of(task, self._candidates, self._drawn.setdefault(shown_by, {}))
        return problem, [self._near(day) for week in problem.weeks for day in week.days]

    def _picked(self, days: Sequence[Day], picks: Picks) -> Chosen:
        """Return the candidates that are picked on each day, in order of time."""
        chosen = [
            [self._candidates[day.windows[window][option].key] for window, option in of_day]
            for day, of_day in zip(days, picks, strict=True)
        ]
        return [sorted(of_day, key=attrgetter("start")) for of_day in chosen]

    def _stand_in(self, day: Day) -> Day:
        """Return the first of the days that the search cannot tell from one."""
        if id(day) not in self._alike:
            self._alike[id(day)] = self._first_alike.setdefault(shape_of(day), day)
        return self._alike[id(day)]

    def _scaled(self, problem: SearchProblem, days: Sequence[Day]) -> SearchProblem:
        """Return a problem with other days, in points that leave room for what stays."""
        return problem._replace(
            weeks=tuple(
                Week(tuple(days[7 * number : 7 * number + 7]), week.caps) for number, week in enumerate(problem.weeks)
            ),
            spread=tuple(cost * self._unit for cost in problem.spread),
            crowded=problem.crowded * self._unit,
            weight=problem.weight * self._unit,
        )

    def _picks(self, problem: SearchProblem, days: Sequence[Day]) -> Picks:
        """Return what is best to pick on each day of days that stand in for a problem's own."""
        asked = problem._replace(weeks=())
        caps = tuple(week.caps for week in problem.weeks)
        key = (asked, caps, tuple(map(id, days)))
        if key not in self._solved:
            solution = solve(self._scaled(problem, days), memory=self._memory)
            self._solved[key] = [
                [_place(day, option) for option in options] for day, options in zip(days, solution.days, strict=True)
            ]
        return self._solved[key]

    def _near(self, day: Day) -> Day:
        """Return what is nearer on a day that lives on."""
        if id(day) not in self._nearest:
            self._nearest[id(day)] = self._nearer(day)
        return self._nearest[id(day)]

    def _nearer(self, day: Day) -> Day:
        """Return a day whose points tell equally good plans apart by what they leave where it is."""
        windows = [tuple(map(self._stay, window)) for window in day.windows]
        for number, window in enumerate(windows):
            if len(window) == 1 and _is_put(self._candidates[window[0].key]):
                windows[number] = (_plain(window[0], windows, self._unit),)
        return day._replace(windows=tuple(windows))

    def _stay(self, option: Option) -> Option:
        candidate = self._candidates[option.key]
        stays = ((candidate.form.workout, candidate.start) in self._stays) + (
            (candidate.form.workout, candidate.start.date()) in self._days
        )
        return option._replace(points=option.points * self._unit + stays)


def _place(day: Day, option: Option) -> tuple[int, int]:
    """Return in which window of a day, and where in it, an option stands."""
    return next((number, window.index(option)) for number, window in enumerate(day.windows) if option in window)


def _is_put(candidate: Candidate) -> bool:
    """Whether a workout was put there by a question; what a person moved in the calendar has an identity."""
    pinned = candidate.fixed
    return pinned is not None and not pinned.done and not pinned.uid and not pinned.session


def _plain(put: Option, windows: Sequence[Sequence[Option]], unit: int) -> Option:
    """Return what is put at a time without all that changes nothing in the choice of the rest of the plan.

    It stands there whatever it is worth; its kind matters where another window offers that kind, its end where it
    reaches into another workout. So a walk and a swim are one problem, which is solved once.
    """
    others = [option for window in windows for option in window if option is not put]
    alone = all(put.kind != option.kind for option in others)
    apart = all(put.end <= option.start or option.end <= put.start for option in others)
    return put._replace(
        points=COMFORT * ASKED * unit, kind="" if alone else put.kind, end=put.start + 1 if apart else put.end
    )
