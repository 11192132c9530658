"""Answers to *why* as lines of text, the decisive ones first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.results.answer import Answer, DayAnswer
from planner.results.plan import PlannedWorkout, Reason
from planner.rulebook.model import Rulebook
from planner.rulebook.scales import EVIDENCE
from planner.show.bent import in_one_line, session_line
from planner.wording.english import clock, day_name, start_words
from planner.wording.questions.answers import limits_phrases, limits_sentence, titles
from planner.wording.rules.explainer import NOTICE, instead

MOST_RULES = 6
"""So many rules of a treatment are shown, those first that rule out most."""


def day_lines(answer: DayAnswer, rulebook: Rulebook, asked: set[str]) -> Iterator[str]:
    """Yield why a day looks as it does; `asked` are the workouts that the person asked for: they come first."""
    yield day_name(answer.date)
    yield from answer.alerts
    if answer.treatments:
        yield from ("", "Treatments that reach into this day")
    for reaching in answer.treatments:
        region = rulebook.regions[reaching.treatment.region].name.lower()
        yield f"  {reaching.treatment.name} ({region}) on {start_words(reaching.treatment.start)}"
        yield from _some(reaching.rules)
    if answer.standing:
        yield from ("", "What else holds on this day")
        yield from _some(answer.standing)
    yield from ("", "In the plan" if answer.chosen else "In the plan: rest")
    yield from (f"  done: {title[:1].lower()}{title[1:]}, as your log says" for title in answer.done)
    for workout in answer.chosen:
        yield from _chosen(workout)
    yield from map(in_one_line, answer.notes)
    # Who has no race that day asks about none, and who never climbs not about climbing.
    silent = {key for key, workout in rulebook.workouts.items() if workout.on_request or key == "race"} - asked
    answers = [workout for workout in answer.workouts if workout.workout not in silent]
    out = [answer for answer in answers if answer.verdict == "ruled_out"]
    free = [answer for answer in answers if answer.verdict != "ruled_out" and not answer.chosen]
    for heading, answers in (("Ruled out", out), ("Possible, but not in the plan", free)):
        if answers:
            yield from ("", heading)
        for group in _alike(answers, asked):
            at = "" if heading == "Ruled out" else f" at {group[0].start:%H:%M}{_limits(group[0])}"
            yield f"  {titles(group)}{at}"
            yield f"      {group[0].text}"
    yield from ("", NOTICE)


def _some(rules: Sequence[Reason]) -> Iterator[str]:
    """Yield the rules that rule out most."""
    yield from (f"    - {reason.title}" for reason in rules[:MOST_RULES])
    if len(rules) > MOST_RULES:
        more = len(rules) - MOST_RULES
        yield f"    - and {more} more that {'asks' if more == 1 else 'ask'} less (--format json has all)"


def _chosen(workout: PlannedWorkout) -> Iterator[str]:
    begins = "all day:" if workout.all_day else f"{workout.start:%H:%M}"
    yield f"  {begins} {workout.title}, {workout.minutes} min"
    if session := session_line(workout):
        yield f"    {session}"
    if workout.check:
        yield f"    if {workout.check}; else {instead(workout)}"
    changed_by = set() if workout.change is None else {reason.rule for reason in workout.change.reasons}
    yield from (f"    - {reason.title}" for reason in workout.reasons if reason.rule not in changed_by)
    if workout.change is not None:
        yield from (f"    - {in_one_line(reason.text)}" for reason in workout.change.reasons)


def _alike(answers: Sequence[Answer], asked: set[str]) -> list[list[Answer]]:
    """Return answers that are the same sentence together; first those to what was asked for, then the costliest."""
    groups: dict[tuple[object, ...], list[Answer]] = {}
    for given_answer in answers:
        key = (
            (given_answer.text,)
            if given_answer.verdict == "ruled_out"
            else (given_answer.text, given_answer.start, limits_sentence(given_answer))
        )
        groups.setdefault(key, []).append(given_answer)
    return sorted(
        groups.values(),
        key=lambda group: (not any(answer.workout in asked for answer in group), -(group[0].would_cost or 0)),
    )


def _limits(answer: Answer) -> str:
    return "".join(f", {phrase}" for phrase in limits_phrases(answer)) if answer.verdict == "limited" else ""


def workout_lines(answer: Answer, rulebook: Rulebook, *, open_then: bool) -> Iterator[str]:
    """Yield whether a workout may start, what it would cost, and every rule with its evidence and sources.

    `open_then` says whether the person has time for sport then.
    """
    yield f"{answer.title} on {clock(answer.start)}: {limits_sentence(answer)}"
    if answer.verdict != "ruled_out":
        yield answer.text
        if answer.would_cost and answer.lost_by:
            yield "The plan would come less near to these aims:"
            yield from (f"- {loss.text}" for loss in answer.lost_by)
        if not open_then:
            yield "It is not a time at which you said that a workout may start."
    if answer.busy_until is not None and (answer.obstacle is None or answer.obstacle.kind != "busy"):
        yield f"Your calendar says that you are busy until {clock(answer.busy_until)}: no plan puts it there."
    if not answer.rules:
        yield "No rule speaks about it at that time."
    for heading, binding in (("Because", True), ("Other rules speak about it too, but ask for nothing more", False)):
        rules = [reason for reason in answer.rules if (reason.rule in answer.binding) == binding]
        if rules:
            yield from ("", f"{heading}:")
        for reason in rules:
            yield f"- {reason.text}"
            yield f"  Evidence: {EVIDENCE[reason.evidence]}. Rule: {reason.rule}."
            for source in reason.sources:
                yield f"  {rulebook.sources[source].title} <{rulebook.sources[source].url}>"
    yield from ("", NOTICE)
