"""The rulebook: what `rules/` says, read and typed.

Nothing here reads a file: `rulebook/file` does, and `rulebook/reading/check` holds the parts against each other.
`rules/README.md` explains every field to a clinician.
"""

import re
from functools import cached_property
from hashlib import sha256
from itertools import chain
from typing import Annotated, Self

from pydantic import AfterValidator, Field

from planner.clock import Minutes
from planner.models import Frozen
from planner.rulebook.bending import ChangeCost
from planner.rulebook.figures import When
from planner.rulebook.kinds import (
    AmbiguousName,
    IllnessKind,
    Region,
    Sign,
    TreatmentKind,
    Workout,
    WorkoutKind,
    complete_kinds,
)
from planner.rulebook.names import Names, folded
from planner.rulebook.rule import Cited, Rule, Sentence
from planner.rulebook.scales import Caution, Tissue
from planner.validation import mistake

Points = Annotated[int, Field(ge=0, le=100_000)]


def _an_address(text: str) -> str:
    if not re.fullmatch(r"https?://\S+", text):
        raise mistake(f'"{text}" is no address', "write one that begins with https://")
    return text


class Source(Frozen):
    """Cite a publication, and say how far to trust it (`rules/sources.toml`)."""

    title: Sentence
    url: Annotated[str, AfterValidator(_an_address)]
    trust: Sentence
    low_trust: bool = False


PREFERENCES = (
    "fit_in_goals",
    "race",
    "long_run",
    "hard_sessions",
    "as_asked",
    "long_run_day",
    "full_length",
    "recovery_after_treatment",
    "rules_advise_against",
    "instead_of_a_hole",
    "without_conditions",
    "early_in_the_window",
    "keep_the_calendar",
    "spread_runs",
    "one_a_day",
)
"""Every preference by name, as `rules/preferences.toml` must know it."""


class Preference(Frozen):
    """Describe something the planner would rather do, and what it is worth (`rules/preferences.toml`)."""

    sentence: Sentence
    why: Sentence
    points: Points
    points_less_per_rank: Points = 0
    least_points: Points = 0


class BandNumbers(Frozen):
    """Hold the figures of a pain band that a caution level may change; pain and rise run from 0 to 10."""

    progress_at_most: int | None = Field(strict=True, default=None, ge=0, le=10)
    hold_at_most: int | None = Field(strict=True, default=None, ge=0, le=10)
    refer_above: int | None = Field(strict=True, default=None, ge=0, le=10)
    refer_twice_above: int | None = Field(strict=True, default=None, ge=0, le=10)
    """A second such pain within a week is for a clinician."""


class Band(BandNumbers, Cited):
    """Say what pain during a workout means for a tissue (`[[band]]` in `rules/progression.toml`).

    Up to `progress_at_most` training may go on and grow, up to `hold_at_most` it stays as it is, above it goes back a
    step; above `refer_above` a clinician should hear of it.
    """

    id: str
    title: Sentence
    when: When
    permissive: BandNumbers | None = None
    strict: BandNumbers | None = None

    def at(self, caution: Caution) -> Self:
        """Return the band with the figures of a caution level."""
        variant: BandNumbers | None = None if caution == "standard" else getattr(self, caution)
        changed = {} if variant is None else {name: getattr(variant, name) for name in variant.model_fields_set}
        return self.model_copy(update=changed)


class Stage(Frozen):
    """Describe a stage of the return to running (`[[stage]]` in `rules/progression.toml`), in minutes."""

    walk_minutes: Minutes = Field(strict=True, ge=0)
    run_minutes: Minutes = Field(strict=True, gt=0)
    repeats: int = Field(strict=True, gt=0)


class ReturnToRunning(Cited):
    """Say how the stages are passed (`[return_to_running]` in `rules/progression.toml`)."""

    walk_first_minutes: Minutes = Field(strict=True, ge=0)
    good_sessions_per_stage: int = Field(strict=True, ge=1)
    strict_good_sessions_per_stage: int = Field(strict=True, ge=1)
    repeat_at_rise: int = Field(strict=True, ge=0, le=10)
    back_at_rise: int = Field(strict=True, ge=0, le=10)
    setbacks_for_two_stages: int = Field(strict=True, ge=1)
    setbacks_for_clinician: int = Field(strict=True, ge=1)
    days_without_running: int = Field(strict=True, ge=1)
    restart_stage: int = Field(strict=True, ge=1)
    days_between_runs: int = Field(strict=True, default=2, ge=1, le=7)


class Rulebook(Frozen):
    """Hold all of `rules/`: what the planner knows, and where it knows it from."""

    regions: dict[str, Region]
    workouts: dict[str, Workout]
    treatments: dict[str, TreatmentKind]
    rules: dict[str, Rule]
    preferences: dict[str, Preference]
    sources: dict[str, Source]
    bands: dict[str, Band] = Field(default={})
    stages: tuple[Stage, ...] = ()
    return_to_running: ReturnToRunning | None = None
    signs: dict[str, Sign] = Field(default={})
    illnesses: dict[str, IllnessKind] = Field(default={})
    workout_kinds: dict[str, WorkoutKind] = Field(default={})
    bending: dict[str, ChangeCost] = Field(default={})
    ambiguous_names: dict[str, AmbiguousName] = Field(default={})

    def counts_as(self, region: str, other: str) -> bool:
        """Return whether a rule about another region speaks about a region: the same, a part of it, or maybe it."""
        place = self.regions[region]
        return region == other or place.whole or other in place.counts_as

    def is_same_place(self, region: str, other: str) -> bool:
        """Return whether two regions are the same place, or one a part of the other."""
        return self.counts_as(region, other) or self.counts_as(other, region)

    @cached_property
    def _tissues_of_names(self) -> dict[str, Tissue]:
        return {
            folded(name): tissue
            for region in self.regions.values()
            for tissue, names in region.tissue_names.items()
            for name in names
        }

    def tissue_of_name(self, name: str) -> Tissue | None:
        """Return the tissue that a region's everyday name says, or None where it is the region's own."""
        return self._tissues_of_names.get(folded(self.names.name_within("regions", name)))

    def says_more(self, kind: str) -> bool:
        """Return whether an everyday name of a treatment says more than its kind: the dose, current, the whole body."""
        more = (name for treatment in self.treatments.values() for name in treatment.names_that_say_more)
        return folded(self.names.name_within("treatments", kind)) in map(folded, more)

    @cached_property
    def names(self) -> Names:
        """The names, and everyday names, of regions, treatments, workouts and danger signs."""
        return Names(
            regions={
                key: (region.name, *region.everyday_names, *chain(*region.tissue_names.values()))
                for key, region in self.regions.items()
            },
            treatments={
                key: (kind.name, *kind.everyday_names, *kind.names_that_say_more)
                for key, kind in self.treatments.items()
            },
            workouts={key: (workout.name, *workout.everyday_names) for key, workout in self.workouts.items()},
            signs={key: (sign.name, *sign.everyday_names) for key, sign in self.signs.items()},
            illnesses={key: (kind.name, *kind.everyday_names) for key, kind in self.illnesses.items()},
            kinds={key: (kind.one, kind.several, kind.goal or key) for key, kind in self.described_kinds.items()},
            ambiguous={key: (key, *name.everyday_names) for key, name in self.ambiguous_names.items()},
            meanings={key: name.means for key, name in self.ambiguous_names.items()},
            elsewhere={
                "regions": {key: region.other_languages for key, region in self.regions.items()},
                "treatments": {key: kind.other_languages for key, kind in self.treatments.items()},
                "ambiguous": {key: name.other_languages for key, name in self.ambiguous_names.items()},
            },
        )

    def needs_a_clinician(self, rule: Rule) -> bool:
        """Return whether only a clinician, by name, may change a rule: one about injections, bones or danger signs."""
        injections = {key for key, kind in self.treatments.items() if {"injection", "masks_pain"} & set(kind.traits)}
        return (
            rule.guards_a_bone
            or rule.until_cleared
            or rule.question is not None
            or bool(set(rule.when.traits or ()) & {"injection", "masks_pain"})
            or (rule.when.treatments is not None and set(rule.when.treatments) <= injections)
        )

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of workout, in the order of the catalogue."""
        return tuple(dict.fromkeys(workout.kind for workout in self.workouts.values()))

    @cached_property
    def described_kinds(self) -> dict[str, WorkoutKind]:
        """Every kind of workout, described: in the order of `kinds.toml`, then of the catalogue."""
        return complete_kinds(self.workout_kinds, self.kinds)

    @cached_property
    def goals(self) -> dict[str, str]:
        """The kind of workout that each counted goal of a case asks for."""
        return {kind.goal: key for key, kind in self.described_kinds.items() if kind.goal is not None}

    @cached_property
    def special_goals(self) -> dict[str, str]:
        """The workout that each goal asks for which is some of another one: long rides are some of the rides."""
        return {workout.asked_as.goal: key for key, workout in self.workouts.items() if workout.asked_as is not None}

    def whole_goal(self, special: str) -> str:
        """Return the goal of which a special one is some."""
        kind = self.workouts[self.special_goals[special]].kind
        return next(goal for goal, its_kind in self.goals.items() if its_kind == kind)

    def goals_meant(self, name: str) -> list[str]:
        """Return the goals that a name may mean which is none: that of a workout or a kind, or a mistyped one."""
        asked_as = {workout: goal for goal, workout in self.special_goals.items()}
        workout, kind = self.names.find("workouts", name), self.names.find("kinds", name)
        if workout in asked_as:
            return [asked_as[workout]]
        meant = kind or (self.workouts[workout].kind if workout is not None else None)
        near = [key for spelling in self.names.near("kinds", name) if (key := self.names.find("kinds", spelling))]
        return [goal for goal, of in self.goals.items() if of == meant or (meant is None and of in near)]

    @cached_property
    def usual_minutes(self) -> dict[str, Minutes]:
        """What a careful coach assumes of each figure of `[fitness]` that says how long a kind of workout is."""
        return {
            figure: minutes for kind in self.described_kinds.values() for figure, minutes in kind.usual_minutes.items()
        }

    def instead_of(self, workout: str) -> tuple[str, ...]:
        """Return what may stand in for a workout: what it names itself, then what names it."""
        offered = (key for key, other in self.workouts.items() if workout in other.instead_of)
        return tuple(dict.fromkeys((*self.workouts[workout].instead, *offered)))

    @cached_property
    def version(self) -> str:
        """What tells this rulebook from every other: a few digits of a hash of all that it says."""
        return sha256(self.model_dump_json().encode()).hexdigest()[:12]
