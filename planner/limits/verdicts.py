"""Limits: what every rule lets through at a moment, with the rules that bind.

Caps combine by taking the strictest of each, so the order of rules and treatments never matters. Hours are real hours,
right across a clock change; inside this module moments are whole seconds since 1970, which makes that plain arithmetic.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import NamedTuple

from planner.appointments.appointment import Appointment
from planner.case.model import Injury
from planner.clock import Seconds, after
from planner.limits.rule_windows import DAY, FOREVER, Window, windows_of
from planner.rulebook.figures import AppliesTo, Check, strictest
from planner.rulebook.kinds import Workout
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import Rule
from planner.rulebook.scales import IMPACTS, INTENSITIES, Intensity, VerdictWord


class Effect(NamedTuple):
    """State what one rule does to one workout, whatever the hour."""

    out: bool = False
    minutes: int | None = None
    intensity: int | None = None
    check: Check | None = None
    soft: int = 0
    """1 where the rule recommends the workout, -1 where it advises against it."""
    out_if_checked: bool = False
    """Whether the workout is ruled out where another rule asks how it feels."""
    allowed: bool = False
    """Whether a clinician lets it through where a rule does not."""


Effects = dict[tuple[str, str, tuple[object, ...]], dict[str, Effect]]
"""The effects on each workout, by a rule's id, a region and the figures that were made for a person."""


@dataclass(slots=True)
class Verdict:
    """Say whether a workout may start at a moment, up to how many minutes and how hard, and by which rules.

    `max_minutes` and `max_intensity` are None where no rule speaks of them. `ruled_out_by` and `limited_by` hold the
    windows that bind, `windows` all that speak.
    """

    workout: str
    start: Seconds
    minutes: int
    max_minutes: int | None = None
    max_intensity: int | None = None
    ruled_out_by: list[Window] = field(default_factory=list)
    limited_by: list[Window] = field(default_factory=list)
    checks: list[Window] = field(default_factory=list)
    masks: list[Window] = field(default_factory=list)
    """What hides pain, so that a check that asks for it proves nothing."""
    recommended_by: list[Window] = field(default_factory=list)
    advised_against_by: list[Window] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)

    @property
    def allowed(self) -> bool:
        """Whether the workout may start at all, be it shortened or eased."""
        return not self.ruled_out_by

    @property
    def forbids(self) -> bool:
        """Whether the workout may not stand as it is: it is ruled out, or longer than rules let it be."""
        return bool(self.ruled_out_by) or (self.max_minutes is not None and self.max_minutes < self.minutes)

    @property
    def conditions(self) -> Check | None:
        """What is to be checked before starting, all of it at the strictest figure."""
        return strictest(window.rule.check for window in self.checks if window.rule.check is not None)

    @property
    def word(self) -> VerdictWord:
        """The verdict as one word of the interface."""
        if self.ruled_out_by:
            return "ruled_out"
        return "limited" if self.limited_by or self.checks else "allowed"


LONG_DAYS = 60
"""Windows longer than this are looked at for every moment instead of being noted for each of their days."""


class Limits:
    """Answer for every moment and workout what the rules let through, for the treatments of one case."""

    def __init__(
        self,
        rulebook: Rulebook,
        rules: Iterable[Rule],
        treatments: Sequence[Appointment],
        injuries: Sequence[Injury] = (),
        more: Iterable[Window] = (),
        *,
        blood_thinners: bool = False,
        effects: Effects | None = None,
        leave: Callable[[list[Window]], list[Window]] = list,
    ) -> None:
        self.rulebook = rulebook
        self.effects: Effects = {} if effects is None else effects
        """What each rule does about each region, as far as it was asked for; `effects` are those of the same rules."""
        windows = [*leave(windows_of(rulebook, rules, treatments, injuries, blood_thinners=blood_thinners)), *more]
        self.everything = windows
        """Every window, also of rules that ask no more than every workout is anyway."""
        self.hold([window for window in windows if self._effects_of(window)])

    def hold(self, windows: list[Window]) -> None:
        """Hold some windows and no others."""
        self._judged: dict[tuple[str, int, int], Verdict] = {}
        self.windows = windows
        self._long: list[Window] = []
        self._by_day: dict[int, list[Window]] = defaultdict(list)
        for window in self.windows:
            if window.closes - window.opens > LONG_DAYS * DAY:
                self._long.append(window)
                continue
            for day in range(window.opens // DAY, (window.closes - 1) // DAY + 1):
                self._by_day[day].append(window)
        self._closings = sorted({window.closes for window in self.windows})

    def with_more(self, windows: Sequence[Window]) -> Limits:
        """Return limits that hold some more windows."""
        if not windows:
            return self
        other = copy(self)
        other.everything = [*self.everything, *windows]
        other.hold([*self.windows, *(window for window in windows if self._effects_of(window))])
        return other

    def _effects_of(self, window: Window) -> dict[str, Effect]:
        key = (window.rule.id, window.region, window.figures)
        if key not in self.effects:
            self.effects[key] = effects(window.rule, window.region, self.rulebook.workouts)
            if window.lifts:
                self.effects[key] = {name: Effect(allowed=True) for name in window.rule.applies_to.workouts or ()}
        return self.effects[key]

    def touching(self, first: Seconds, last: Seconds) -> list[Window]:
        """Return the windows that touch the seconds from `first` up to `last`, in order of opening."""
        days = range(first // DAY, (last - 1) // DAY + 1)
        near = [self._long, *(self._by_day.get(day, []) for day in days)]
        by_identity = {
            id(window): window
            for windows in near
            for window in windows
            if window.opens < last and window.closes > first
        }
        return list(by_identity.values())

    def lets_go_between(self, first: Seconds, last: Seconds) -> list[Seconds]:
        """Return the seconds after `first`, up to and with `last`, at which a rule lets go of something."""
        return self._closings[bisect_right(self._closings, first) : bisect_right(self._closings, last)]

    def windows_ruling_out(self, workout: str) -> list[Window]:
        """Return the windows that rule a workout out altogether, in order of opening."""
        nothing = Effect()
        return [window for window in self.windows if self._effects_of(window).get(workout, nothing).out]

    def banned_times(self, workouts: Iterable[str]) -> list[tuple[Seconds, Seconds]]:
        """Return the seconds, from and up to, in which rules rule out every one of some workouts.

        What follows from a person's training, a race say, is no such ban.
        """
        common = [(Seconds(0), FOREVER)]
        for workout in workouts:
            spans: list[tuple[Seconds, Seconds]] = []
            ordered = [window for window in self.windows_ruling_out(workout) if window.basis is None]
            for window in sorted(ordered, key=lambda window: window.opens):
                if spans and window.opens <= spans[-1][1]:
                    spans[-1] = (spans[-1][0], max(spans[-1][1], window.closes))
                else:
                    spans.append((window.opens, window.closes))
            both = [(max(span[0], other[0]), min(span[1], other[1])) for span in common for other in spans]
            common = [(opens, closes) for opens, closes in both if opens < closes]
        return common

    def workouts_ruled_out(self, window: Window) -> list[str]:
        """Return the workouts that a window rules out altogether."""
        return [workout for workout, effect in self._effects_of(window).items() if effect.out]

    def binding_window(self, windows: Iterable[Window], alike: Collection[str]) -> Window:
        """Return the window that binds most of those that rule a workout out.

        `alike` are the workouts that would serve as well: where nothing runs for four weeks, no rule that lets people
        run and walk in turn is the reason, even if it lasts longer. So what rules out most of them comes first, and of
        these the window that lasts longest.
        """
        nothing = Effect()

        def weight(window: Window) -> tuple[bool, int, int, str]:
            effects = self._effects_of(window)
            out = sum(effects.get(key, nothing).out for key in alike)
            # What a treatment forbids is told before what follows from it for the days after.
            return window.basis is None, out, window.closes, window.rule.id

        return max(windows, key=weight)

    def judge(self, workout: str, start: Seconds, minutes: int) -> Verdict:
        """Return the verdict on a workout of so many minutes that starts at a moment, kept for who asks again."""
        asked = workout, start, minutes
        if asked not in self._judged:
            self._judged[asked] = self.verdict(workout, start, minutes, self.touching(start, after(start, minutes)))
        return self._judged[asked]

    def verdict(self, workout: str, start: Seconds, minutes: int, touching: Iterable[Window]) -> Verdict:
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
        if verdict.masks and any(
            window.rule.check and window.rule.check.asks_how_it_feels for window in verdict.checks
        ):
            proves_nothing = [window for window in verdict.masks if self._effects_of(window)[workout].out_if_checked]
            verdict.ruled_out_by += proves_nothing
            verdict.checks += verdict.masks
        else:
            # Without a question about pain, what hides pain says nothing.
            verdict.windows = [window for window in verdict.windows if window not in verdict.masks]
        if verdict.ruled_out_by:
            verdict.max_minutes = verdict.max_intensity = None
            verdict.limited_by, verdict.checks = [], []
        else:
            verdict.limited_by = [
                window for window in verdict.limited_by if _binds(self._effects_of(window)[workout], verdict)
            ]
        return verdict


def _binds(effect: Effect, verdict: Verdict) -> bool:
    return (effect.minutes is not None and effect.minutes == verdict.max_minutes) or (
        effect.intensity is not None and effect.intensity == verdict.max_intensity
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
        allowed = effect.intensity if verdict.max_intensity is None else verdict.max_intensity
        verdict.max_intensity = min(effect.intensity, allowed)
        limits = True
    if limits:
        verdict.limited_by.append(window)
    if effect.check is not None:
        (verdict.masks if effect.check.masked else verdict.checks).append(window)
    if effect.soft > 0:
        verdict.recommended_by.append(window)
    elif effect.soft < 0:
        verdict.advised_against_by.append(window)


def effects(rule: Rule, region: str, workouts: Mapping[str, Workout]) -> dict[str, Effect]:
    """Return what a rule about a treated region does to each workout that it concerns."""
    effects = {key: effect_of(rule, region, key, workouts) for key in workouts}
    return {key: effect for key, effect in effects.items() if effect != Effect()}


def effect_of(rule: Rule, region: str, key: str, workouts: Mapping[str, Workout]) -> Effect:
    """Return what a rule about a region does to one workout."""
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
    """Return whether a rule's caps concern a workout with some load on the region in question."""
    kind = workouts[key].kind
    if load < applies_to.load_at_least or key in applies_to.except_workouts or kind in applies_to.except_kinds:
        return False
    if applies_to.workouts is None and applies_to.kinds is None:
        return True
    keys, kinds = ({key}, {kind}) if applies_to.only_these else stands_for(key, workouts)
    return not keys.isdisjoint(applies_to.workouts or ()) or not kinds.isdisjoint(applies_to.kinds or ())
