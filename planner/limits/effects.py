"""Effects: what one rule does to one workout, whatever the hour, and what of the workout it lets through.

A plan needs only what limits a workout (`Effect`); who asks why wants to know every rule that speaks, with its own
figures, also where it asks no more than the workout is anyway (`Caps`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from planner.clock import Minutes
from planner.rulebook.figures import AppliesTo, Check
from planner.rulebook.kinds import Workout
from planner.rulebook.rule import Rule
from planner.rulebook.scales import IMPACTS, INTENSITIES, Intensity


class Effect(NamedTuple):
    """State what one rule does to one workout, whatever the hour."""

    out: bool = False
    minutes: Minutes | None = None
    intensity: int | None = None
    check: Check | None = None
    soft: int = 0
    """1 where the rule recommends the workout, -1 where it advises against it."""
    out_if_checked: bool = False
    """Whether the workout is ruled out where another rule asks how it feels."""
    allowed: bool = False
    """Whether a clinician lets it through where a rule does not."""


NOTHING = Effect()


class Caps(NamedTuple):
    """Hold what a rule lets through of a workout, whatever the workout's usual length and effort."""

    rules_out: bool = False
    minutes: Minutes | None = None
    intensity: Intensity | None = None
    check: Check | None = None


def effects(rule: Rule, region: str, workouts: Mapping[str, Workout]) -> dict[str, Effect]:
    """Return what a rule about a treated region does to each workout that it concerns."""
    effects = {key: effect_of(rule, region, key, workouts) for key in workouts}
    return {key: effect for key, effect in effects.items() if effect != NOTHING}


def effect_of(rule: Rule, region: str, key: str, workouts: Mapping[str, Workout]) -> Effect:
    """Return what a rule about a region does to one workout.

    Args:
        rule: the rule.
        region: the region that is treated or injured.
        key: the workout, by its name in the catalogue.
        workouts: the catalogue.

    """
    workout = workouts[key]
    soft = (key in rule.prefers) - (key in rule.avoids)
    load = workout.load[region]
    if not concerns(rule.applies_to, key, workouts, load):
        return Effect(soft=soft)
    keys, kinds = stands_for(key, workouts)
    out = (
        not kinds.isdisjoint(rule.rules_out)
        or not keys.isdisjoint(rule.rules_out_workouts)
        or (rule.allows_only is not None and workout.kind not in rule.allows_only)
        or (rule.max_load is not None and load > rule.max_load)
        or (rule.max_impact is not None and IMPACTS.index(workout.impact) > IMPACTS.index(rule.max_impact))
    )
    intensity = None
    if rule.max_intensity is not None and _harder(workout.intensity, rule.max_intensity):
        intensity = INTENSITIES.index(rule.max_intensity)
        out = out or _harder(workout.least_intensity, rule.max_intensity)
    masked = key in rule.rules_out_checked
    return Effect(out, rule.max_minutes, intensity, rule.check, soft, masked)


def _harder(intensity: Intensity, other: Intensity) -> bool:
    return INTENSITIES.index(intensity) > INTENSITIES.index(other)


def stands_for(key: str, workouts: Mapping[str, Workout]) -> tuple[set[str], set[str]]:
    """Return the workouts, and the kinds, as which a workout is limited: its own, and those that it counts as.

    What a rule lets through or spares is meant of the workout alone: a brick is ruled out with every ride, but what is
    fine for a ride is not fine for a brick.
    """
    keys = {key, *workouts[key].counts_as}
    return keys, {workouts[key].kind for key in keys}


def concerns(applies_to: AppliesTo, key: str, workouts: Mapping[str, Workout], load: int = 3) -> bool:
    """Return whether a rule's caps concern a workout with some load on the region in question.

    Args:
        applies_to: what the rule's caps are about.
        key: the workout, by its name in the catalogue.
        workouts: the catalogue.
        load: how much it asks of the region, from 0 to 3.

    """
    kind = workouts[key].kind
    if load < applies_to.load_at_least or key in applies_to.except_workouts or kind in applies_to.except_kinds:
        return False
    if applies_to.workouts is None and applies_to.kinds is None:
        return True
    named, of_kinds = applies_to.workouts or (), applies_to.kinds or ()
    also = () if applies_to.only_these else workouts[key].counts_as
    return any(other in named or workouts[other].kind in of_kinds for other in (key, *also))


def caps_of(rule: Rule, region: str, key: str, workouts: Mapping[str, Workout]) -> Caps | None:
    """Return what a rule about a region lets through of a workout, or None where it does not speak about it.

    Args:
        rule: the rule.
        region: the region that is treated or injured.
        key: the workout, by its name in the catalogue.
        workouts: the catalogue.

    """
    workout, effect = workouts[key], effect_of(rule, region, key, workouts)
    if not concerns(rule.applies_to, key, workouts, workout.load[region]):
        return None if effect == NOTHING else Caps()
    allows = (
        (rule.allows_only is not None and workout.kind in rule.allows_only)
        or (rule.max_load is not None and workout.load[region] > 0)
        or (rule.max_impact is not None and workout.impact != "none")
    )
    if effect == NOTHING and not allows and rule.max_intensity is None:
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
