"""Comparing plans: what another plan would move, lose, shorten or gain against the one that stands.

Workouts are matched week by week: of those that are the same in the catalogue, first those that stay where they are,
then the nearest ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from planner.candidates.candidate import Candidate
from planner.results.difference import Difference, Loss, Moved, Shortened, WorkoutAt
from planner.rulebook.model import Rulebook
from planner.what_if.replanning import Outcome

Pair = tuple[Candidate, Candidate]


def difference(before: Outcome, after: Outcome) -> Difference:
    """Return what the second plan of the same days changes against the first; what is put into it is no change."""
    book = before.task.rulebook
    pairs: list[Pair] = []
    lost: list[Candidate] = []
    gained: list[Candidate] = []
    for first in range(0, len(before.chosen), 7):
        old = {
            (candidate.form.workout, candidate.start): candidate
            for of_day in before.chosen[first : first + 7]
            for candidate in of_day
        }
        new = {
            (candidate.form.workout, candidate.start): candidate
            for of_day in after.chosen[first : first + 7]
            for candidate in of_day
        }
        stay = [(old.pop(place), new.pop(place)) for place in list(old) if place in new]
        pairs += [pair for pair in stay if pair[1].minutes < pair[0].minutes]
        for workout in dict.fromkeys(workout for workout, _ in (*old, *new)):
            matched, left, more = _matched(
                [candidate for (its, _), candidate in old.items() if its == workout],
                [candidate for (its, _), candidate in new.items() if its == workout],
            )
            pairs, lost = pairs + matched, lost + left
            gained += [candidate for candidate in more if candidate is not after.put]
    pairs.sort(key=lambda pair: _weight(book, pair[0]))
    return Difference(
        lost=tuple(
            _session(before, candidate) for candidate in sorted(lost, key=lambda candidate: _weight(book, candidate))
        ),
        moved=tuple(_moved(before, old, new) for old, new in pairs if old.start != new.start),
        shortened=tuple(_shortened(before, old, new) for old, new in pairs if new.minutes < old.minutes),
        gained=tuple(
            _session(after, candidate) for candidate in sorted(gained, key=lambda candidate: _weight(book, candidate))
        ),
    )


def _matched(old: list[Candidate], new: list[Candidate]) -> tuple[list[Pair], list[Candidate], list[Candidate]]:
    """Match the nearest first; return the pairs, and what is left over of the old and of the new."""
    pairs = []
    while old and new:
        nearest_old, other = min(_pairs(old, new), key=_apart)
        pairs.append((nearest_old, other))
        old = [candidate for candidate in old if candidate is not nearest_old]
        new = [candidate for candidate in new if candidate is not other]
    return pairs, old, new


def _pairs(old: Iterable[Candidate], new: Sequence[Candidate]) -> Iterator[Pair]:
    return ((candidate, other) for candidate in old for other in new)


def _apart(pair: Pair) -> tuple[int, float, datetime, datetime]:
    """Return how far apart two workouts stand, in days first."""
    candidate, other = pair
    days = abs((other.start.date() - candidate.start.date()).days)
    return days, abs((other.start - candidate.start).total_seconds()), candidate.start, other.start


def _weight(book: Rulebook, candidate: Candidate) -> tuple[bool, bool, datetime]:
    workout = book.workouts[candidate.form.workout]
    return candidate.form.role != "race", not workout.long, candidate.start


def workout_title(plan: Outcome, candidate: Candidate) -> str:
    """Return what a workout of a plan is called: a race by its own name."""
    if candidate.form.role == "race":
        day = candidate.start.date()
        return next((race.name for race in plan.task.case.races if race.date == day), "Race")
    return plan.task.rulebook.workouts[candidate.form.workout].name


def _session(plan: Outcome, candidate: Candidate) -> WorkoutAt:
    return WorkoutAt(workout=candidate.form.workout, title=workout_title(plan, candidate), start=candidate.start)


def _moved(plan: Outcome, old: Candidate, new: Candidate) -> Moved:
    return Moved(workout=old.form.workout, title=workout_title(plan, old), from_=old.start, to=new.start)


def _shortened(plan: Outcome, old: Candidate, new: Candidate) -> Shortened:
    return Shortened(
        workout=old.form.workout,
        title=workout_title(plan, old),
        start=new.start,
        from_minutes=old.minutes,
        minutes=new.minutes,
    )


def losses(base: Outcome, other: Outcome) -> tuple[Loss, ...]:
    """Return the preferences that give less to the second plan, the most points first."""
    weights = base.task.rulebook.preferences
    less = {name: base.preferences.get(name, 0) - other.preferences.get(name, 0) for name in weights}
    return tuple(
        Loss(preference=name, points=points, text=weights[name].sentence)
        for name, points in sorted(less.items(), key=lambda lost: (-lost[1], lost[0]))
        if points > 0
    )
