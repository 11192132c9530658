"""Speaking: what each rule says about a workout at a time, also where it asks no more than the workout is anyway.

A plan needs only what limits it; who asks why wants to know every rule that speaks, with its own figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from planner.limits.rule_windows import Window
from planner.limits.verdicts import Effect, Limits, concerns, effect_of
from planner.rulebook.figures import Check
from planner.rulebook.kinds import Workout
from planner.rulebook.rule import Rule
from planner.rulebook.scales import INTENSITIES, Intensity


class Caps(NamedTuple):
    """Hold what a rule lets through of a workout, whatever the workout's usual length and effort."""

    rules_out: bool = False
    minutes: int | None = None
    intensity: Intensity | None = None
    check: Check | None = None


def speaking_windows(limits: Limits, workout: str, start: int, minutes: int) -> Iterator[tuple[Window, Caps]]:
    """Yield the windows whose rules speak about a workout of so many minutes at a moment in seconds, with their caps.

    They come in order of opening.
    """
    end = start + 60 * minutes
    for window in limits.everything:
        if window.opens < end and start < window.closes:
            caps = caps_of(window.rule, window.region, workout, limits.rulebook.workouts)
            if window.lifts and workout in (window.rule.applies_to.workouts or ()):
                caps = Caps()
            if caps is not None:
                yield window, caps


def caps_of(rule: Rule, region: str, key: str, workouts: Mapping[str, Workout]) -> Caps | None:
    """Return what a rule about a region lets through of a workout, or None where it does not speak about it."""
    workout, effect = workouts[key], effect_of(rule, region, key, workouts)
    if not concerns(rule.applies_to, key, workouts, workout.load[region]):
        return None if effect == Effect() else Caps()
    allows = (
        (rule.allows_only is not None and workout.kind in rule.allows_only)
        or (rule.max_load is not None and workout.load[region] > 0)
        or (rule.max_impact is not None and workout.impact != "none")
    )
    if effect == Effect() and not allows and rule.max_intensity is None:
        return None
    too_short = effect.minutes is not None and effect.minutes < workout.least_minutes
    return Caps(effect.out or too_short, effect.minutes, rule.max_intensity, effect.check)


def strictest_caps(caps: list[Caps]) -> Caps:
    """Return the strictest of each cap; the checks are those of the rules, and not put together."""
    minutes = [cap.minutes for cap in caps if cap.minutes is not None]
    intensities = [INTENSITIES.index(cap.intensity) for cap in caps if cap.intensity is not None]
    return Caps(
        rules_out=any(cap.rules_out for cap in caps),
        minutes=min(minutes, default=None),
        intensity=INTENSITIES[min(intensities)] if intensities else None,
    )
