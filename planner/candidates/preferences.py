"""Preferences: what the planner would rather do, each a small function; its weight stands in `rules/preferences.toml`.

Most look at one workout at one place (`LOCAL`); what couples days or workouts (`spread_runs`, `one_a_day`) is known to
the search by its cost. Points are whole numbers: what is gained, or lost below zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from math import prod
from typing import NamedTuple

from planner.candidates.wishes import Form, Wishes
from planner.clock import Minutes
from planner.rulebook.model import Preference

COMFORT = 50_000
"""More points than all preferences give to a week, or take from it: the last wish still goes before them."""


class Placement(NamedTuple):
    """Hold one workout at one place of the plan, as preferences see it."""

    form: Form
    start: datetime
    opens: datetime
    """When the start window opens."""
    minutes: Minutes
    usual_minutes: Minutes
    recommended: bool
    advised_against: bool
    conditional: bool
    kept: int = 0
    """2 where the calendar shows the workout at just this time, 1 where on this day, else 0."""


def fit_in_goals(place: Placement, weight: Preference, wishes: Wishes) -> int:
    """Count a workout that was asked for, the less the further down the list it stands."""
    if place.form.role != "goal" and place.form.goal not in wishes.ranks:
        return 0
    if place.form.role == "substitute":
        return 0
    return max(weight.points - weight.points_less_per_rank * wishes.ranks[place.form.goal], weight.least_points)


def race(place: Placement, weight: Preference, _: Wishes) -> int:
    """Count a race."""
    return weight.points if place.form.role == "race" else 0


def long_run(place: Placement, weight: Preference, _: Wishes) -> int:
    """Count a run that is the long run."""
    return weight.points if "long_run" in place.form.counters else 0


def hard_sessions(place: Placement, weight: Preference, _: Wishes) -> int:
    """Count a hard run or ride that was asked for, or whatever else is some of a goal, such as a long ride."""
    return weight.points if set(place.form.counters) - {place.form.goal, "long_run"} else 0


def as_asked(place: Placement, weight: Preference, _: Wishes) -> int:
    """Lose points for a lesser form of a workout: walking and running in turn for a run, arms alone for a swim."""
    return 0 if place.form.as_asked else -weight.points


def long_run_day(place: Placement, weight: Preference, wishes: Wishes) -> int:
    """Count a long run on its wished day."""
    return weight.points if "long_run" in place.form.counters and place.start.weekday() == wishes.long_run_day else 0


def full_length(place: Placement, weight: Preference, _: Wishes) -> int:
    """Lose points in proportion to the minutes that are missing; none for what only stands in for another workout."""
    if place.form.role == "substitute":
        return 0
    return -round(weight.points * (place.usual_minutes - place.minutes) / place.usual_minutes)


def recovery_after_treatment(place: Placement, weight: Preference, _: Wishes) -> int:
    """Count a workout that a rule recommends at its time."""
    return weight.points if place.recommended else 0


def rules_advise_against(place: Placement, weight: Preference, _: Wishes) -> int:
    """Lose points for a workout that a rule would rather not see at its time."""
    return -weight.points if place.advised_against else 0


def instead_of_a_hole(place: Placement, weight: Preference, _: Wishes) -> int:
    """Count a ride or an upper-body day in place of a run that has no place."""
    return weight.points if place.form.role == "substitute" else 0


def without_conditions(place: Placement, weight: Preference, _: Wishes) -> int:
    """Lose points for a workout that hangs on a check on the day."""
    return -weight.points if place.conditional else 0


def early_in_the_window(place: Placement, weight: Preference, _: Wishes) -> int:
    """Lose points for every 15 minutes after the window opens."""
    return -weight.points * int((place.start - place.opens).total_seconds() // 900)


def keep_the_calendar(place: Placement, weight: Preference, _: Wishes) -> int:
    """Count a workout that stands where the calendar shows it already, half of it on the same day at another time."""
    return weight.points * place.kept // 2


LOCAL: dict[str, Callable[[Placement, Preference, Wishes], int]] = {
    function.__name__: function
    for function in (
        fit_in_goals,
        race,
        long_run,
        hard_sessions,
        as_asked,
        long_run_day,
        full_length,
        recovery_after_treatment,
        rules_advise_against,
        instead_of_a_hole,
        without_conditions,
        early_in_the_window,
        keep_the_calendar,
    )
}
"""By name: the order means nothing, for their points are added up."""


def points(place: Placement, weights: Mapping[str, Preference], wishes: Wishes) -> dict[str, int]:
    """Return what each preference gives to (or takes from) a workout at a place; silent ones are left out."""
    points = {name: function(place, weights[name], wishes) for name, function in LOCAL.items()}
    return {name: value for name, value in points.items() if value}


def precedence(form: Form, wishes: Wishes) -> int:
    """Return how far a form of a wish goes before all those further down; a race goes before everything.

    One workout of a goal weighs more than a whole week of all goals below it. What only stands in for another workout
    has none. The search counts each as `COMFORT` points, a plan's score does not count them.
    """
    if form.role == "substitute" or (form.role != "race" and form.goal not in wishes.ranks):
        return 0
    rank = -1 if form.role == "race" else wishes.ranks[form.goal]
    return prod(wishes.caps[goal] + 1 for goal, below in wishes.ranks.items() if below > rank)


def spread_runs(weight: Preference, ideal_gap: int) -> tuple[int, ...]:
    """Return the cost of a run by its gap in days to the one before (from index 1 on): points for each day short."""
    return tuple(weight.points * (ideal_gap - gap) if gap else 0 for gap in range(ideal_gap)) or (0,)


def one_a_day(weight: Preference) -> int:
    """Return the cost of each workout of a day after its first."""
    return weight.points
