"""Explain answers: whether a workout may start, and what the best plan with it would lose, in one sentence."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from planner.revision.calendar import ShownEvent
from planner.revision.pinned import Pinned
from planner.rulebook.scales import INTENSITIES
from planner.wording.english import clock, listed, sentence, spoken, with_article
from planner.wording.questions.changes import ChangeSentences
from planner.wording.rules.explainer import EFFORT, Explainer

if TYPE_CHECKING:
    from planner.results.answer import Answer


def answer_sentence(answer: Answer, *, one_week: bool, asked_for: bool) -> str:
    """Return an answer as one sentence: `With it, the long run would move from Sunday to Monday, and one ride …`.

    `one_week` says that weekdays alone name the days, `asked_for` that the workout is among the wishes.
    """
    if answer.verdict == "ruled_out":
        return forbidding_rule(answer)
    if answer.chosen:
        return f"It is in the plan, at {answer.start:%H:%M}."
    if answer.obstacle is not None:
        return f"The rules allow it, but no plan can hold it: {answer.obstacle.text}."
    if answer.would_change is None or answer.would_cost is None:
        return "The rules allow it."
    changes = ChangeSentences(one_week=one_week)
    here = answer.workout, answer.start
    clauses = changes.clauses(answer.would_change, here)
    if clauses:
        moves_here = any((move.workout, move.to) == here for move in answer.would_change.moved)
        return sentence(clauses if moves_here else [f"With it, {clauses[0]}", *clauses[1:]])
    if answer.would_cost > 0:
        return f"It would fit in, but {worth_less_sentence(answer)}"
    noun = with_article(spoken(answer.workout, answer.title))
    return "It would fit in as well." if asked_for else f"There would be room for {noun}; you have not asked for one."


def kept_sentence(event: ShownEvent, now: datetime | None) -> str:
    """Return that the calendar shows a workout where it would not be once the plan is made again."""
    shows = f"Your calendar shows {event.title} on {clock(event.start)}" if isinstance(event.start, datetime) else ""
    becomes = "it would go" if now is None else f"it would move to {clock(now)}"
    return f"{shows or event.title}: planned again, {becomes}."


def worth_less_sentence(answer: Answer) -> str:
    """Return what speaks against a workout that takes nothing from the others."""
    reason = WORTH_LESS.get(answer.lost_by[0].preference) if answer.lost_by else None
    return f"{reason or 'the plan without it is worth more'}."


WORTH_LESS = {
    "one_a_day": "one workout a day is better than two",
    "spread_runs": "the runs would stand too close together",
    "early_in_the_window": "an earlier start leaves more room if the day goes wrong",
    "without_conditions": "it would depend on how you feel that day",
    "full_length": "there would not be time for all of it",
    "long_run_day": "the long run would not be on its day",
    "rules_advise_against": "a rule advises against it there",
    "recovery_after_treatment": "the day serves your recovery better as it is",
    "as_asked": "another form of it is nearer to what you asked for",
    "instead_of_a_hole": "something else already fills that place",
}
"""What a preference says of a workout that takes nothing from the others, and yet gives the plan fewer points."""


def forbidding_rule(answer: Answer) -> str:
    """Return the rules that keep a workout out, the first of them in full."""
    titles = [f"{reason.title}{reason.clearing}" for reason in answer.rules if reason.rule in answer.binding]
    return f"{titles[0]}." if titles else "A rule keeps it out."


def limits_sentence(answer: Answer) -> str:
    """Return a verdict as a phrase: `allowed, at most 40 minutes, if soreness is 3 or less`."""
    return "ruled out" if answer.verdict == "ruled_out" else ", ".join(["allowed", *limits_phrases(answer)])


def limits_phrases(answer: Answer) -> list[str]:
    """Return what limits a workout: `["at most 40 minutes", "if soreness is 3 or less"]`; not what it never reaches."""
    parts = []
    if answer.max_minutes is not None and answer.max_minutes < answer.usual_minutes:
        parts.append(f"at most {answer.max_minutes} minutes")
    effort = answer.max_intensity
    if effort is not None and INTENSITIES.index(effort) < INTENSITIES.index(answer.usual_intensity):
        parts.append(f"{EFFORT[effort]} at most")
    if answer.check is not None:
        parts.append(f"if {answer.check}")
    return parts


def titles(answers: list[Answer]) -> str:
    """Return several workouts as they stand at the head of a sentence: `Easy run, long run and race`."""
    list_of_titles = listed(
        [answer.title if number == 0 else _small(answer.title) for number, answer in enumerate(answers)]
    )
    return f"{list_of_titles[:1].upper()}{list_of_titles[1:]}"


def _small(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}"


def session_sentence(
    explainer: Explainer, session: Pinned, why: str, instead: str | None, *, in_its_place: bool
) -> str:
    """Return that a fixed session cannot take place, why, and what may be done at its time instead.

    Args:
        explainer: who knows the names.
        session: the session, and its time.
        why: what forbids it, as a phrase.
        instead: the workout that may be done at its time, if any may.
        in_its_place: whether the plan has that workout there.

    """
    workouts = explainer.rulebook.workouts
    name = spoken(session.workout, workouts[session.workout].name)
    where = ", at its time" if in_its_place else ""
    other = "" if instead is None else f" Instead{where}: {spoken(instead, workouts[instead].name)}."
    return f"Your {name} on {clock(session.start)} cannot take place: {why}.{other}"
