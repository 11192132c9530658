"""Obstacles: what keeps a workout out of a time, as a phrase that ends a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from planner.limits.rule_windows import Window
from planner.results.obstacle import Obstacle, ObstacleKind
from planner.rulebook.rule import Rule
from planner.wording.english import listed, spoken, with_article
from planner.wording.rules.explainer import RETURNING, Explainer, goal_words

PHRASES: dict[ObstacleKind, str] = {
    "danger_sign": "a danger sign stands in your log: see a clinician first",
    "past": "that time is past",
    "return_to_running": RETURNING,
    "no_race": "you have no race at that time",
    "race_day": "race day belongs to the race",
    "after_race": "the race of the day before is not over then",
    "no_time": "no time for sport",
    "away": "you are away",
    "too_little_time": "not enough time left on the day",
    "first_run_back": "the first run after the break, which is easy and short, has to come before it",
    "rest_days": "too few rest days would be left in the week",
    "combination": "there is no way to fill the days around it that keeps all rules",
}
"""What is said of an obstacle that needs no figure."""
NOT_CONSECUTIVE = "no running on consecutive days on the way back to running"


def obstacle_phrase(obstacle: Obstacle, explainer: Explainer, cause: Rule | Window | None = None) -> str:
    """Return an obstacle as a phrase: `busy until 10:15`; `cause` is the rule, or its window, that it names."""
    match obstacle.kind:
        case "busy" if obstacle.until is not None:
            # Not what the event is called: the plan goes into files.
            return f"you are busy until {obstacle.until:%H:%M}"
        case "same_day":
            workouts = explainer.rulebook.workouts
            there = listed([with_article(spoken(key, workouts[key].name)) for key in dict.fromkeys(obstacle.workouts)])
            return f"that day has {there} already"
        case "other_kinds":
            kind = explainer.rulebook.workouts[obstacle.workouts[0]].kind
            return f"the day is not for {explainer.rulebook.described_kinds[kind].several}"
        case "goal_met":
            return _met(obstacle, explainer)
        case "spacing" if cause is None:
            return NOT_CONSECUTIVE
    if isinstance(cause, Window):
        return f"{explainer.window(cause)}{explainer.clearing(cause)}"
    return PHRASES[obstacle.kind] if cause is None else explainer.titled(cause)


def _met(obstacle: Obstacle, explainer: Explainer) -> str:
    """Return that all of a goal stands in the week already, or was taken out of it."""
    goal = obstacle.rule.removeprefix("goals.")
    single, many = goal_words(goal, explainer.rulebook)
    wish = f"{many} you asked for stand" if obstacle.asked > 1 else f"{single} you asked for stands"
    gone = ", or you took them out of your calendar" if obstacle.workouts else ""
    return f"the {wish} in that week already{gone}"


def on_days(days: Sequence[date], phrase: str) -> str:
    """Return an obstacle with the days of a week on which it stands: `Mon and Tue: busy until 10:15`."""
    words = "every day" if len(days) == 7 else listed([f"{day:%a}" for day in days])
    return f"{words[:1].upper()}{words[1:]}: {phrase}"
