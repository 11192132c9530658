"""Explain bookings: what an appointment would cost the training, or why it cannot be then, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.appointments.appointment import Appointment
from planner.results.obstacle import Obstacle
from planner.rulebook.figures import counted
from planner.rulebook.rule import Rule
from planner.wording.english import sentence, small, start_words
from planner.wording.questions.changes import ChangeSentences
from planner.wording.rules.explainer import Explainer

if TYPE_CHECKING:
    from planner.results.difference import Difference, Loss


LESS = {
    "rules_advise_against": "one would stand where a rule advises against it",
    "without_conditions": "one of them would depend on how you feel that day",
    "recovery_after_treatment": "fewer of them would be of the kind that is good after a treatment",
}
"""What is less good about a plan in which every workout stays where it is."""


def cost_sentence(changes: Difference, losses: Sequence[Loss], *, one_week: bool) -> str:
    """Return what an appointment costs: `The long run would move from Sunday to Saturday.`.

    Args:
        changes: what would change in the plan.
        losses: the preferences that would get less.
        one_week: whether the plan has no more than one week: then days are called by their weekday.

    """
    clauses = ChangeSentences(one_week=one_week).clauses(changes)
    if clauses:
        return sentence(clauses)
    but = next((LESS[loss.preference] for loss in losses if loss.preference in LESS), None)
    if but is not None:
        return f"Every workout stays where it is, but {but}."
    return "Every workout stays where it is."


def near_race_sentence(race: date, days: int, rule: Rule) -> str:
    """Return that an appointment stands too near to a race: `The race on Sun 13 Dec is only 3 days later: …`."""
    later = "on the same day" if not days else f"only {counted(days, 'days')} later"
    return f"The race on {start_words(race)} is {later}: {small(rule.title)}."


RACE_DAY = Obstacle(kind="race_day", rule="preferences.race", text="It would take your race its day.")
"""What keeps an appointment out of a day whose race it would cost."""


ONLY_A_CLINICIAN = "Ask your clinician; what they order goes into the case by hand."
"""What is left to do where somebody's health speaks against a treatment."""


def conflict_sentence(
    explainer: Explainer, appointment: Appointment, obstacle: Obstacle, other: Appointment | None, rule: Rule | None
) -> str:
    """Return why an appointment cannot be at its time.

    Args:
        explainer: the words for the case and its rules.
        appointment: the appointment.
        obstacle: what keeps it out.
        other: the appointment that it meets, or stands too close to.
        rule: the rule that keeps them apart; None where they meet.

    """
    match obstacle.kind:
        case "past":
            return "It is past."
        case "busy":
            return f"You are busy on {start_words(appointment.start)}, as your calendar says."
        case "closed":
            return f"{start_words(appointment.start)} is outside of the hours that you gave."
    if other is None:
        return obstacle.text if rule is None else f"{explainer.titled(rule)}. {ONLY_A_CLINICIAN}"
    booked = f"the {explainer.treatment(other)} on {start_words(other.begins)}"
    return f"It meets {booked}." if rule is None else f"Too close to {booked}: {explainer.titled(rule)}."
