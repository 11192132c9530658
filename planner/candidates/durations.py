"""Durations: how many minutes each workout of a case usually has, and how many the first run after a break."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.candidates.first_run_back import FirstRunBack
from planner.candidates.wishes import Wishes
from planner.case.model import Case, Race
from planner.clock import Minutes
from planner.limits.effects import concerns, effects
from planner.rulebook.model import ReturnToRunning, Rulebook
from planner.rulebook.rule import Rule


class Lengths:
    """Know the minutes of each workout, by the case's figures and the rules about training."""

    def __init__(
        self,
        case: Case,
        rulebook: Rulebook,
        wished: Wishes,
        training: Mapping[str, Rule],
        breaks: FirstRunBack,
        stage: int | None = None,
    ) -> None:
        self.rulebook = rulebook
        self.wishes = wished
        self.training = training
        self.breaks = breaks
        first_back = training.get("first_run_back")
        self._eased = {} if first_back is None else effects(first_back, next(iter(rulebook.regions)), rulebook.workouts)
        """What the rule about a first run back does to each workout."""
        if case.return_to_running is not None:
            stage = case.return_to_running.stage
        self._stage: Minutes | None = None
        """The minutes of the stage of a person who is on the way back to running."""
        if stage is not None and rulebook.return_to_running is not None:
            begins = rulebook.stages[stage - 1]
            first = rulebook.return_to_running.walk_first_minutes
            self._stage = Minutes(first + (begins.walk_minutes + begins.run_minutes) * begins.repeats)
        self._usual = {
            key: min([self.wished(key), *(minutes for _, minutes in self.caps(key))]) for key in rulebook.workouts
        }

    def usual(self, workout: str, race: Race | None = None) -> Minutes:
        """Return the usual minutes of a workout or of a race."""
        return Minutes((race and race.minutes) or self._usual[workout])

    def wished(self, workout: str) -> Minutes:
        """Return the usual minutes of a workout before any rule on its length; those of a stage are the stage's."""
        if workout == "run_walk" and self._stage is not None:
            return self._stage
        return self.rulebook.workouts[workout].length.minutes_of(self.wishes.minutes)

    def caps(self, workout: str) -> Iterator[tuple[Rule | ReturnToRunning, Minutes]]:
        """Yield the rules on how long a workout may be on any day, with their minutes."""
        rule = self.training.get("percent_of_longest_run")
        if workout == "run_walk" and self._stage is not None and self.rulebook.return_to_running is not None:
            yield self.rulebook.return_to_running, self._stage
        elif rule is not None and self._concerns(rule, workout):
            yield rule, self.share_of_longest(rule)

    def _concerns(self, rule: Rule, workout: str) -> bool:
        return concerns(rule.applies_to, workout, self.rulebook.workouts)

    def share_of_longest(self, rule: Rule) -> Minutes:
        """Return the minutes to which a rule limits a run, by the longest run and the usual easy run."""
        minutes = self.wishes.minutes
        shares = (
            (rule.percent_of_longest_run, minutes["longest_run_minutes"]),
            (rule.percent_of_easy_run, minutes["easy_run_minutes"]),
        )
        return min(Minutes(int(percent * usual / 100)) for percent, usual in shares if percent is not None)

    def of(self, workout: str, most: Minutes) -> Iterator[tuple[str, Minutes]]:
        """Yield the minutes of a workout that may have at most so many, of a run apart for the first after a break.

        The words are those of `search.problem.Option.back`.
        """
        rule = self.training.get("first_run_back")
        if rule is None or not self.breaks or not self._concerns(rule, workout):
            yield "", most
            return
        shorter = self.share_of_longest(rule)
        eased = self._eased.get(workout)
        entry = self.rulebook.workouts[workout]
        # Of a brick nothing worth doing is left where the first run back is that short.
        cut_short = entry.kind != "run" and shorter < min(entry.least_minutes, most)
        if (eased is not None and eased.out) or cut_short:
            yield "later", most
        elif shorter >= most:
            yield "", most
        else:
            yield "later", most
            yield "first", shorter
