"""Explain changes: sentences about two plans, about what would make room, and about what an appointment costs.

These are about what would be, so everything here says `would`; what is stands in `wording/rules/explainer`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from planner.results.plan import Remedy, Unplaced
from planner.rulebook.rule import Rule
from planner.wording.english import day_name, listed, spoken, start_words, with_article
from planner.wording.rules.explainer import Explainer, goal_words

if TYPE_CHECKING:
    from planner.results.difference import Difference, Moved, Shortened, WorkoutAt

MOST_NAMED = 3
"""So many moves are named one by one; more are counted."""
MOST_CLAUSES = 5
"""So many clauses make a sentence; what is left is counted."""
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class ChangeSentences:
    """Say what another plan would change, day by day: weekdays alone where the plans have one week."""

    def __init__(self, *, one_week: bool) -> None:
        self.one_week = one_week

    def day(self, day: date) -> str:
        """Return a day as a person says it: `Wednesday`, or `Wed 25 Nov` where there are several weeks."""
        return f"{day:%A}" if self.one_week else day_name(day)

    def clauses(self, difference: Difference, here: tuple[str, datetime] | None = None) -> list[str]:
        """Return what would change, the worst first: `the long run would move from Sunday to Saturday`.

        `here` is the workout that was asked about and its time: where it only moves there, that comes first.
        """
        gained = list(difference.gained)
        lost, clauses = [], []
        for lost_workout in difference.lost:
            other = next(
                (
                    gained_workout
                    for gained_workout in gained
                    if gained_workout.start.date() == lost_workout.start.date()
                ),
                None,
            )
            # A race does not become anything: it would be lost.
            if other is None or lost_workout.workout == "race":
                lost.append(lost_workout)
                continue
            gained.remove(other)
            clauses.append(f"{self._the(lost_workout)} would become {with_article(spoken(other.workout, other.title))}")
        if lost:
            named = [self._the(workout) for workout in lost[:MOST_NAMED]]
            more = len(lost) - MOST_NAMED
            named += [f"{_number(more)} more {'workout' if more == 1 else 'workouts'}"] if more > 0 else []
            clauses.insert(0, f"{listed(named)} would go")
        moved = [move for move in difference.moved if (move.workout, move.to) != here]
        if len(moved) < len(difference.moved):
            came = next(move for move in difference.moved if move not in moved)
            there = f"move here from {self.day(came.from_.date())}"
            clauses.insert(0, f"it would {there if came.other_day else f'start then instead of at {came.from_:%H:%M}'}")
        shorter = {(less.workout, less.start): less for less in difference.shortened}
        clauses += self._moves(moved, shorter)
        if len(shorter) > MOST_NAMED:
            clauses.append(f"{_number(len(shorter))} workouts would be shorter")
            shorter = {}
        for less in shorter.values():
            clauses.append(
                f"the {spoken(less.workout, less.title)} on {self.day(less.start.date())} would {_last(less)}"
            )
        if gained:
            clauses.append(f"{listed([self._an(workout) for workout in gained])} would come in")
        if len(clauses) > MOST_CLAUSES:
            clauses[MOST_CLAUSES - 1 :] = [f"there would be {_number(len(clauses) - MOST_CLAUSES + 1)} more changes"]
        return clauses

    def _the(self, placed: WorkoutAt) -> str:
        noun = spoken(placed.workout, placed.title)
        return f"{noun if noun == placed.title else f'the {noun}'} on {self.day(placed.start.date())}"

    def _an(self, placed: WorkoutAt) -> str:
        return f"{with_article(spoken(placed.workout, placed.title))} on {self.day(placed.start.date())}"

    def _moves(self, moved: Sequence[Moved], shorter: dict[tuple[str, datetime], Shortened]) -> list[str]:
        """Return what moves: what swaps days, what goes to another day, what starts later or earlier on its day.

        What is `shorter` too on its day is said with it, and taken out.
        """
        clauses = []
        days = [move for move in moved if move.other_day]
        for move in list(days):
            other = next((partner for partner in days if move in days and _swapped(move, partner)), None)
            if other is not None:
                days = [left for left in days if left not in (move, other)]
                both = f"the {_noun(move)} and the {_noun(other)}"
                their = f"{self.day(move.from_.date())} and {self.day(other.from_.date())}"
                clauses.append(f"{both} would change places ({their})")
        if days:
            named = [
                f"the {_noun(move)} {'would move ' if number == 0 else ''}"
                f"from {self.day(move.from_.date())} to {self.day(move.to.date())}"
                for number, move in enumerate(days[:MOST_NAMED])
            ]
            rest = len(days) - MOST_NAMED
            if rest > 0:
                named.append(f"{_number(rest)} more to {'another day' if rest == 1 else 'other days'}")
            clauses.append(listed(named))
        same_day = [move for move in moved if not move.other_day]
        if len(same_day) > MOST_NAMED:
            clauses.append(f"{_number(len(same_day))} workouts would start at another time of their day")
        else:
            for move in same_day:
                start = f"start at {move.to:%H:%M} instead of {move.from_:%H:%M}"
                less = shorter.pop((move.workout, move.to), None)
                too = f" and {_last(less)}" if less is not None else ""
                clauses.append(f"the {_noun(move)} on {self.day(move.from_.date())} would {start}{too}")
        return clauses


def _noun(moved: Moved) -> str:
    return spoken(moved.workout, moved.title)


def _last(less: Shortened) -> str:
    return f"last {less.minutes} minutes instead of {less.from_minutes}"


def _swapped(moved: Moved, other: Moved) -> bool:
    return moved.from_.date() == other.to.date() and moved.to.date() == other.from_.date()


def remedy_sentence(remedy: Remedy, wish: Unplaced, explainer: Explainer, rules: Mapping[str, Rule]) -> str:
    """Return what a remedy changes as a sentence: `Open a start window on Fri 27 Nov (07:00-08:30).`.

    Args:
        remedy: the remedy.
        wish: what it makes room for.
        explainer: the words for the case and its rules.
        rules: the rules in force, by their ids.

    """
    text = f"{_change(remedy, explainer, rules)}{_room(remedy, wish)}{_given_up(remedy, explainer)}."
    return text[:1].upper() + text[1:]


def _change(remedy: Remedy, explainer: Explainer, rules: Mapping[str, Rule]) -> str:
    match remedy.change:
        case "appointment" if remedy.treatment is not None and remedy.start is not None:
            treatment = explainer.treatments[remedy.treatment]
            begins, other = start_words(treatment.begins), start_words(remedy.start)
            return f"move the {explainer.treatment(treatment)} from {begins} to {other}"
        case "window" if remedy.day is not None:
            more = "another" if explainer.case.windows_on(remedy.day) else "a"
            return f"open {more} start window on {day_name(remedy.day)} ({remedy.window})"
        case "goal" if remedy.goal == "rest_days":
            return "keep one rest day less"
        case "goal":
            return f"ask for one {goal_words(str(remedy.goal), explainer.rulebook)[0]} less"
        case "rule":
            rule, figures = rules[str(remedy.rule)], remedy.figures or {}
            if "hours_after" not in figures:
                return f"only your clinician can lift this rule: {rule.title}"
            hours = f"{figures['hours_after'][1]:g}"
            return f"only your clinician can shorten this rule, to {hours} hours: {rule.title}"
    return f"only with your clinician: plan at the caution level {remedy.caution}"


def _room(remedy: Remedy, wish: Unplaced) -> str:
    """Return how much of what did not fit would fit, where it is not all of it."""
    gone = wish.asked - wish.placed
    return "" if not remedy.left else f" (that makes room for {_number(gone - remedy.left)} of the {_number(gone)})"


def _given_up(remedy: Remedy, explainer: Explainer) -> str:
    """Return what gives way to a race: `; a long run gives way to it`."""
    goals = {kind: goal for goal, kind in explainer.rulebook.goals.items()}
    named = [with_article(goal_words(goals.get(kind, kind), explainer.rulebook)[0]) for kind in remedy.lost]
    return f"; {listed(named)} {'gives' if len(named) == 1 else 'give'} way to it" if named else ""


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)
