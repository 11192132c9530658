"""Limits: what every rule lets through at a moment, with the rules that bind.

Caps combine by taking the strictest of each, so the order of rules and treatments never matters. Hours are real hours,
right across a clock change; inside this module moments are whole seconds since 1970, which makes that plain arithmetic.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field

from planner.appointments.appointment import Appointment
from planner.case.model import Injury
from planner.clock import Minutes, Seconds, after
from planner.limits.effects import Caps, Effect, caps_of, effects
from planner.limits.rule_windows import DAY, FOREVER, Window, windows_of
from planner.rulebook.figures import Check, strictest
from planner.rulebook.kinds import Workout
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import Rule
from planner.rulebook.scales import VerdictWord

Effects = dict[tuple[str, str, tuple[object, ...]], dict[str, Effect]]
"""The effects on each workout, by a rule's id, a region and the figures that were made for a person."""


@dataclass(slots=True)
class Verdict:
    """Say whether a workout may start at a moment, up to how many minutes and how hard, and by which rules.

    `max_minutes` is None where no rule makes the workout shorter, and less than `minutes` where one does;
    `max_intensity` is None where no rule speaks of it. `ruled_out_by` and `limited_by` hold the
    windows that bind, `windows` all that speak.
    """

    workout: str
    start: Seconds
    minutes: Minutes
    max_minutes: Minutes | None = None
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
        return bool(self.ruled_out_by) or self.max_minutes is not None

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
        self._judged: dict[tuple[str, Seconds, Minutes], Verdict] = {}
        self.windows = windows
        # Kept by identity: who judges asks for them more than for anything else.
        self._effects_held = {id(window): self._effects_of(window) for window in windows}
        self._touching: dict[tuple[Seconds, Seconds], list[Window]] = {}
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
        key = (window.rule.id, window.region, window.figures_key)
        if key not in self.effects:
            self.effects[key] = effects(window.rule, window.region, self.rulebook.workouts)
            if window.lifts:
                self.effects[key] = {name: Effect(allowed=True) for name in window.rule.applies_to.workouts or ()}
        return self.effects[key]

    def touching(self, first: Seconds, last: Seconds) -> list[Window]:
        """Return the windows that touch the seconds from `first` up to `last`, in order of opening."""
        days = range(first // DAY, (last - 1) // DAY + 1)
        if len(days) == 1:  # on one day no window stands twice
            near_one = (*self._long, *self._by_day.get(days[0], ()))
            return [window for window in near_one if window.touches(first, last)]
        near = [self._long, *(self._by_day.get(day, []) for day in days)]
        by_identity = {id(window): window for windows in near for window in windows if window.touches(first, last)}
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

    def judge(self, workout: str, start: Seconds, minutes: Minutes) -> Verdict:
        """Return the verdict on a workout of so many minutes that starts at a moment, kept for who asks again."""
        asked = workout, start, minutes
        if asked not in self._judged:
            self._judged[asked] = self._verdict_of(workout, start, minutes)
        return self._judged[asked]

    def speaking_windows(self, workout: str, start: Seconds, minutes: Minutes) -> Iterator[tuple[Window, Caps]]:
        """Yield the windows whose rules speak about a workout at a moment, with their caps, in order of opening.

        They speak also where they ask no more than the workout is anyway.
        """
        end = after(start, minutes)
        for window in self.everything:
            if window.touches(start, end):
                caps = caps_of(window.rule, window.region, workout, self.rulebook.workouts)
                if window.lifts and workout in (window.rule.applies_to.workouts or ()):
                    caps = Caps()
                if caps is not None:
                    yield window, caps

    def _verdict_of(self, workout: str, start: Seconds, minutes: Minutes) -> Verdict:
        entry = self.rulebook.workouts[workout]
        verdict = Verdict(workout, start, minutes)
        end = after(start, minutes)
        span = start, end
        if span not in self._touching:
            self._touching[span] = self.touching(start, end)
        for window in self._touching[span]:
            effect = self._effects_held[id(window)].get(workout)
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
