"""Speaking rules: every rule that speaks about a workout at a time, with its own caps, those that bind first."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import datetime
from typing import NamedTuple

from planner.candidates.candidate import Candidate
from planner.candidates.wishes import workouts_of_same_wish
from planner.clock import Minutes
from planner.limits.effects import Caps, strictest_caps
from planner.limits.rule_windows import Window
from planner.limits.verdicts import Verdict
from planner.results.answer import SpeakingRule
from planner.results.obstacle import Obstacle
from planner.results.plan import Reason
from planner.rulebook.scales import INTENSITIES
from planner.scheduling.task import Task


class Spoken(NamedTuple):
    """Hold every rule that speaks, the ids of those that bind, and the strictest of their caps."""

    rules: tuple[SpeakingRule, ...]
    binding: tuple[str, ...]
    caps: Caps
    limited: bool
    """Whether a cap is below what the workout usually is, or a check holds."""


def spoken_rules(task: Task, verdict: Verdict, put: Candidate | None, first: Reason | None) -> Spoken:
    """Return what every rule says about a workout at a time.

    Args:
        task: what the plan was made from.
        verdict: what the rules let through.
        put: the workout as the plan would hold it there, where one can.
        first: what keeps it out whatever the hour, where something does.

    """
    entry = task.rulebook.workouts[verdict.workout]
    windows = _in_order(task, verdict)
    wished = task.chooser.lengths.wished(verdict.workout)
    spoken = [(_speaking(task.explainer.window_reason(window), caps), caps) for window, caps in windows]
    named = {window.rule.id for window, _ in windows}
    lengths = [*_lengths(task, verdict.workout, put), *_longest(task, verdict, named)]
    caps = strictest_caps([caps for _, caps in (*spoken, *lengths)])
    binding = [window.rule.id for window in verdict.ruled_out_by or (*verdict.limited_by, *verdict.checks)]
    held = [rule.rule for rule, caps in lengths if _below(caps, wished, INTENSITIES.index(entry.intensity))]
    if not verdict.ruled_out_by:
        binding += held
    rules = [rule for rule, _ in (*spoken, *lengths)]
    if first is not None:
        rules.insert(0, _speaking(first, Caps(rules_out=True)))
        binding = [first.rule, *(window.rule.id for window in verdict.ruled_out_by)]
    ids = list(dict.fromkeys(rule.rule for rule in rules if rule.rule in binding))
    rules.sort(key=lambda rule: rule.rule not in ids)
    return Spoken(tuple(rules), tuple(ids), caps, verdict.word == "limited" or bool(held))


def with_obstacle(task: Task, spoken_for: Spoken, obstacle: Obstacle | None) -> Spoken:
    """Return what the rules say with that of an obstacle, if it is a rule that no window holds (on spacing, say)."""
    rule = None if obstacle is None else task.rules.get(obstacle.rule)
    if rule is None or any(speaking_rule.rule == rule.id for speaking_rule in spoken_for.rules):
        return spoken_for
    added = _speaking(task.explainer.standing_reason(rule), Caps())
    return spoken_for._replace(rules=(added, *spoken_for.rules), binding=(added.rule, *spoken_for.binding))


def _in_order(task: Task, verdict: Verdict) -> list[tuple[Window, Caps]]:
    """Return the windows that speak, once for each rule and what it is about: first what binds, the longest first."""
    binds = verdict.ruled_out_by or [*verdict.limited_by, *verdict.checks]
    first = (
        task.limits.binding_window(binds, workouts_of_same_wish(verdict.workout, task.wishes))
        if verdict.ruled_out_by
        else None
    )
    in_order = sorted(binds, key=lambda window: (window is not first, -window.closes))
    ranks = {id(window): rank for rank, window in enumerate(in_order)}
    # Both ask the same windows: one is known by its identity.
    spoken_windows = list(task.limits.speaking_windows(verdict.workout, verdict.start, verdict.minutes))
    spoken_windows.sort(key=lambda spoken_window: ranks.get(id(spoken_window[0]), len(ranks)))
    once: dict[object, tuple[Window, Caps]] = {}
    for window, caps in spoken_windows:
        first, merged = once.get(window.known_by, (window, caps))
        once[window.known_by] = first, strictest_caps([merged, caps])._replace(check=merged.check)
    banning = [window for window, caps in once.values() if caps.rules_out]
    twice = {id(window) for window in banning if any(_says_better(other, window) for other in banning)}
    return [(window, caps) for window, caps in once.values() if id(window) not in twice]


def _says_better(other: Window, window: Window) -> bool:
    """Return whether a rule on a part of the body says of a setback what one on whatever hurt says of it, too."""
    rule, better = window.rule, other.rule
    if rule.setbacks is None or better.setbacks is None or other.entry != window.entry:
        return False
    same = rule.setbacks.number == better.setbacks.number and other.closes >= window.closes
    return same and rule.applies_to.what_hurt and not better.applies_to.what_hurt


def _lengths(task: Task, workout: str, put: Candidate | None) -> Iterator[tuple[SpeakingRule, Caps]]:
    """Yield the rules on how long a run may be: the share of the longest, a stage, the first run after a break."""
    lengths = task.chooser.lengths
    for rule, minutes in lengths.caps(workout):
        caps = Caps(minutes=minutes)
        yield _speaking(task.explainer.standing_reason(rule), caps), caps
    if put is not None and put.back == "first":
        rule = task.training["first_run_back"]
        caps = Caps(minutes=lengths.share_of_longest(rule), intensity=rule.max_intensity)
        yield _speaking(task.explainer.standing_reason(rule), caps), caps


def _longest(task: Task, verdict: Verdict, named: Container[str]) -> Iterator[tuple[SpeakingRule, Caps]]:
    """Yield the rules on the longest so far that leave a workout as it is, so that no window tells of them."""
    day = datetime.fromtimestamp(verdict.start, task.case.tz).date()
    for rule, minutes in task.dose.longest.get((verdict.workout, day), ()):
        if rule.id not in named:
            caps = Caps(minutes=Minutes(minutes))
            yield _speaking(task.explainer.standing_reason(rule), caps), caps


def _below(caps: Caps, minutes: Minutes, intensity: int) -> bool:
    shorter = caps.minutes is not None and caps.minutes < minutes
    return shorter or (caps.intensity is not None and INTENSITIES.index(caps.intensity) < intensity)


def _speaking(reason: Reason, caps: Caps) -> SpeakingRule:
    return SpeakingRule(
        **dict(reason),
        rules_out=caps.rules_out,
        max_minutes=caps.minutes,
        max_intensity=caps.intensity,
        conditions=caps.check,
    )
