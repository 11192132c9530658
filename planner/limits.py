"""Limits: what every rule lets through at a moment, with the rules that bind.

Caps combine by taking the strictest of each, so the order of rules and treatments never matters. Hours are real hours,
right across a clock change; inside this module moments are whole seconds since 1970, which makes that plain arithmetic.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from planner.appointments import Appointment
from planner.clock import seconds
from planner.rulebook import AppliesTo, Check, Rule, Rulebook, When, Workout
from planner.scales import IMPACTS, INTENSITIES, Intensity

HOUR = 3600
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Window:
    """Hold one rule against one treatment: it speaks of workouts that touch `[opens, closes)`, in seconds."""

    rule: Rule
    treatment: int
    region: str
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Effect:
    """State what one rule does to one workout, whatever the hour."""

    out: bool = False
    minutes: int | None = None
    intensity: int | None = None
    check: Check | None = None
    soft: int = 0
    """1 where the rule recommends the workout, -1 where it advises against it."""


@dataclass(slots=True)
class Verdict:
    """Say whether a workout may start at a moment, up to how many minutes and how hard, and by which rules.

    `max_minutes` and `max_intensity` are None where no rule speaks of them. `ruled_out_by` and `limited_by` hold the
    windows that bind, `windows` all that speak.
    """

    workout: str
    start: int
    minutes: int
    max_minutes: int | None = None
    max_intensity: int | None = None
    ruled_out_by: list[Window] = field(default_factory=list)
    limited_by: list[Window] = field(default_factory=list)
    checks: list[Window] = field(default_factory=list)
    recommended_by: list[Window] = field(default_factory=list)
    advised_against_by: list[Window] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)

    @property
    def allowed(self) -> bool:
        """Whether the workout may start at all, be it shortened or eased."""
        return not self.ruled_out_by

    @property
    def word(self) -> str:
        """The verdict as one word of the interface."""
        if self.ruled_out_by:
            return "ruled_out"
        return "limited" if self.limited_by or self.checks else "allowed"


class Limits:
    """Answer for every moment and workout what the rules let through, for the treatments of one case."""

    def __init__(
        self,
        rulebook: Rulebook,
        rules: Iterable[Rule],
        treatments: Sequence[Appointment],
        *,
        blood_thinners: bool = False,
    ) -> None:
        self.rulebook = rulebook
        self.treatments = treatments
        self._effects: dict[tuple[str, str], dict[str, Effect]] = {}
        self._rules_about: dict[int, list[Rule]] = defaultdict(list)
        self.windows = self._windows(list(rules), blood_thinners=blood_thinners)
        self._by_day: dict[int, list[Window]] = defaultdict(list)
        for window in self.windows:
            if self._effects_of(window):
                for day in range(window.opens // DAY, (window.closes - 1) // DAY + 1):
                    self._by_day[day].append(window)
        self._closings = sorted({window.closes for window in self.windows if self._effects_of(window)})

    def rules_about(self, treatment: int) -> list[Rule]:
        """Return every rule that speaks about a treatment, advice included, in the order of their ids."""
        return self._rules_about[treatment]

    def _windows(self, rules: list[Rule], *, blood_thinners: bool) -> list[Window]:
        twice = _treated_twice(self.treatments)
        longer = max((rule.longer_by_hours or 0 for rule in rules), default=0)
        windows = []
        for number, treatment in enumerate(self.treatments):
            traits = self.rulebook.treatments[treatment.kind].traits
            chest_wall = self.rulebook.regions[treatment.region].chest_wall
            for rule in rules:
                if not _spoken_of(
                    rule.when,
                    treatment,
                    traits,
                    self.rulebook.regions[treatment.region].group,
                    chest_wall=chest_wall,
                    blood_thinners=blood_thinners,
                ):
                    continue
                extra = longer if number in twice else 0
                self._rules_about[number].append(rule)
                windows += [
                    Window(rule, number, treatment.region, opens, closes)
                    for opens, closes in _spans(rule, treatment, extra)
                ]
        return sorted(windows, key=lambda one: (one.opens, one.closes, one.rule.id, one.treatment))

    def _effects_of(self, window: Window) -> dict[str, Effect]:
        key = (window.rule.id, window.region)
        if key not in self._effects:
            self._effects[key] = effects(window.rule, window.region, self.rulebook.workouts)
        return self._effects[key]

    def touching(self, first: int, last: int) -> list[Window]:
        """Return the windows that touch the seconds from `first` up to `last`, in order of opening."""
        days = range(first // DAY, (last - 1) // DAY + 1)
        found = {
            id(window): window
            for day in days
            for window in self._by_day.get(day, ())
            if window.opens < last and window.closes > first
        }
        return list(found.values())

    def lets_go_between(self, first: int, last: int) -> list[int]:
        """Return the seconds after `first`, up to and with `last`, at which a rule lets go of something."""
        return self._closings[bisect_right(self._closings, first) : bisect_right(self._closings, last)]

    def ruling_out(self, workout: str) -> list[Window]:
        """Return the windows that rule a workout out altogether, in order of opening."""
        nothing = Effect()
        return [window for window in self.windows if self._effects_of(window).get(workout, nothing).out]

    def judge(self, workout: str, start: int, minutes: int) -> Verdict:
        """Return the verdict on a workout of so many minutes that starts at a moment."""
        return self.verdict(workout, start, minutes, self.touching(start, start + minutes * 60))

    def verdict(self, workout: str, start: int, minutes: int, touching: Iterable[Window]) -> Verdict:
        """Return the verdict on a workout, given windows among which are all that touch it."""
        entry = self.rulebook.workouts[workout]
        verdict = Verdict(workout, start, minutes)
        end = start + minutes * 60
        for window in touching:
            if window.opens >= end or window.closes <= start:
                continue
            effect = self._effects_of(window).get(workout)
            if effect is not None:
                _apply(verdict, window, effect, entry)
        if verdict.ruled_out_by:
            verdict.max_minutes = verdict.max_intensity = None
            verdict.limited_by, verdict.checks = [], []
        else:
            verdict.limited_by = [
                window for window in verdict.limited_by if _binds(self._effects_of(window)[workout], verdict)
            ]
        return verdict


def _binds(effect: Effect, verdict: Verdict) -> bool:
    return (
        effect.minutes is not None
        and effect.minutes == verdict.max_minutes
        or effect.intensity is not None
        and effect.intensity == verdict.max_intensity
    )


def _apply(verdict: Verdict, window: Window, effect: Effect, workout: Workout) -> None:
    """Let one rule speak: each cap falls to the strictest so far, so the order of rules does not matter."""
    verdict.windows.append(window)
    if effect.out or (effect.minutes is not None and effect.minutes < workout.least_minutes):
        verdict.ruled_out_by.append(window)
    limits = False
    if effect.minutes is not None and effect.minutes < verdict.minutes:
        verdict.max_minutes = min(effect.minutes, verdict.max_minutes or effect.minutes)
        limits = True
    if effect.intensity is not None:
        known = effect.intensity if verdict.max_intensity is None else verdict.max_intensity
        verdict.max_intensity = min(effect.intensity, known)
        limits = True
    if limits:
        verdict.limited_by.append(window)
    if effect.check is not None:
        verdict.checks.append(window)
    if effect.soft > 0:
        verdict.recommended_by.append(window)
    elif effect.soft < 0:
        verdict.advised_against_by.append(window)


def effects(rule: Rule, region: str, workouts: dict[str, Workout]) -> dict[str, Effect]:
    """Return what a rule about a treated region does to each workout that it concerns."""
    found = {key: _effect(rule, region, key, workout) for key, workout in workouts.items()}
    return {key: effect for key, effect in found.items() if effect != Effect()}


def _effect(rule: Rule, region: str, key: str, workout: Workout) -> Effect:
    soft = (key in rule.prefers) - (key in rule.avoids)
    load = workout.load[region]
    if not concerns(rule.applies_to, key, workout, load):
        return Effect(soft=soft)
    out = (
        workout.kind in rule.rules_out
        or key in rule.rules_out_workouts
        or (rule.allows_only is not None and workout.kind not in rule.allows_only)
        or (rule.max_load is not None and load > rule.max_load)
        or (rule.max_impact is not None and IMPACTS.index(workout.impact) > IMPACTS.index(rule.max_impact))
    )
    intensity = None
    if rule.max_intensity is not None and _harder(workout.intensity, rule.max_intensity):
        intensity = INTENSITIES.index(rule.max_intensity)
        out = out or _harder(workout.least_intensity, rule.max_intensity)
    return Effect(out=out, minutes=rule.max_minutes, intensity=intensity, check=rule.check, soft=soft)


def _harder(one: Intensity, other: Intensity) -> bool:
    return INTENSITIES.index(one) > INTENSITIES.index(other)


def concerns(applies_to: AppliesTo, key: str, workout: Workout, load: int = 3) -> bool:
    """Return whether a rule's caps concern a workout with some load on the region in question."""
    named = applies_to.workouts is None and applies_to.kinds is None
    named = named or key in (applies_to.workouts or ()) or workout.kind in (applies_to.kinds or ())
    spared = key in applies_to.except_workouts or workout.kind in applies_to.except_kinds
    return named and not spared and load >= applies_to.load_at_least


def _spoken_of(
    when: When,
    treatment: Appointment,
    traits: Sequence[str],
    group: str,
    *,
    chest_wall: bool,
    blood_thinners: bool,
) -> bool:
    return (
        (when.treatments is None or treatment.kind in when.treatments)
        and (when.traits is None or any(trait in when.traits for trait in traits))
        and (when.regions is None or treatment.region in when.regions)
        and (when.groups is None or group in when.groups)
        and (when.tissues is None or treatment.tissue in when.tissues)
        and (when.severities is None or treatment.severity in when.severities)
        and (when.doses is None or treatment.dose in when.doses)
        and (when.chest_wall is None or when.chest_wall == chest_wall)
        and (when.blood_thinners is None or when.blood_thinners == blood_thinners)
    )


def _spans(rule: Rule, treatment: Appointment, longer: float) -> list[tuple[int, int]]:
    """Return the seconds in which a rule speaks about a treatment: after its end, before its start, or during it."""
    start, end = seconds(treatment.start), seconds(treatment.end)
    spans = []
    if (after := rule.hours("after")) is not None:
        first, last = after
        if rule.caps and last >= 24:
            last += longer
        # Where the time of day is not known, the window may begin as early as the earliest possible end.
        opens = start if treatment.whole_day else end
        spans.append((opens + round(first * HOUR), end + round(last * HOUR)))
    if (before := rule.hours("before")) is not None:
        first, last = before
        closes = end if treatment.whole_day else start
        spans.append((start - round(first * HOUR), closes - round(last * HOUR)))
    if rule.during:
        spans.append((start, end))
    return spans


def _treated_twice(treatments: Sequence[Appointment]) -> set[int]:
    by_day: dict[tuple[str, object], list[int]] = defaultdict(list)
    for number, treatment in enumerate(treatments):
        by_day[treatment.region, treatment.day].append(number)
    return {number for numbers in by_day.values() if len(numbers) > 1 for number in numbers}
