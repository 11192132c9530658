"""The rulebook: what `rules/` says, read and typed.

Nothing here reads a file: `rulebook/file` does, and `rulebook/reading/check` holds the parts against each other.
`rules/README.md` explains every field to a clinician.
"""

from __future__ import annotations

import re
from functools import cached_property
from hashlib import sha256
from itertools import chain
from typing import Annotated

from pydantic import AfterValidator, Field

from planner.clock import Minutes
from planner.models import Frozen
from planner.rulebook.bending import ChangeCost
from planner.rulebook.figures import When
from planner.rulebook.kinds import AmbiguousName, Region, TreatmentKind, Workout, WorkoutKind, complete_kinds
from planner.rulebook.names import Names, folded
from planner.rulebook.rule import Cited, Named, Rule, Sentence
from planner.rulebook.scales import Caution, Evidence, HealthFact, Impact, Level, Load, Tissue
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

    def at(self, caution: Caution) -> Band:
        """Return the band with the figures of a caution level."""
        variant: BandNumbers | None = None if caution == "standard" else getattr(self, caution)
        changed = {} if variant is None else {name: getattr(variant, name) for name in variant.model_fields_set}
        return self.model_copy(update=changed)


class Stage(Frozen):
    """Describe a stage of the return to running (`[[stage]]` in `rules/progression.toml`), in minutes."""

    walk_minutes: int = Field(strict=True, ge=0)
    run_minutes: int = Field(strict=True, gt=0)
    repeats: int = Field(strict=True, gt=0)


class ReturnToRunning(Cited):
    """Say how the stages are passed (`[return_to_running]` in `rules/progression.toml`)."""

    walk_first_minutes: int = Field(strict=True, ge=0)
    good_sessions_per_stage: int = Field(strict=True, ge=1)
    strict_good_sessions_per_stage: int = Field(strict=True, ge=1)
    repeat_at_rise: int = Field(strict=True, ge=0, le=10)
    back_at_rise: int = Field(strict=True, ge=0, le=10)
    setbacks_for_two_stages: int = Field(strict=True, ge=1)
    setbacks_for_clinician: int = Field(strict=True, ge=1)
    days_without_running: int = Field(strict=True, ge=1)
    restart_stage: int = Field(strict=True, ge=1)
    days_between_runs: int = Field(strict=True, default=2, ge=1, le=7)


Days = Annotated[int, Field(strict=True, ge=0, le=366)]


class AfterTreatment(Frozen):
    """Name treatments by kind, trait and place, and the days after them that are meant, the last one included."""

    days: tuple[Days, Days]
    treatments: tuple[str, ...] | None = None
    traits: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    chest_wall: bool | None = None


class IllnessKind(Named):
    """Describe a kind of illness (`[[illness]]` in `rules/illness.toml`)."""

    id: str
    advice: Sentence
    doctor_from_day: int = Field(strict=True, ge=1, le=31)
    """From this day of it on the plan sends to a doctor."""
    may_come_from: AfterTreatment | None = None
    """After these treatments it may be an infection that they brought (`SA-60`)."""
    longer_if_immunity_is_weak: Days = 0
    where_it_may: Sentence | None = None
    """What to do where it may be one."""


class SignCase(Frozen):
    """Say in which circumstances a sign means something else, and what of it is then otherwise (`[[sign.cases]]`).

    All circumstances that are given must hold: a treatment some days before, one of some facts of `[health]`, a caution
    level. No level makes less of a sign: such a case is more urgent than the sign itself.
    """

    treated: AfterTreatment | None = None
    health: tuple[HealthFact, ...] | None = None
    caution: Caution | None = None
    name: Sentence | None = None
    level: Level | None = None
    question: Sentence | None = None
    advice: Sentence | None = None
    context: Sentence | None = None
    finding: Sentence | None = None
    why: Sentence | None = None
    evidence: Evidence | None = None
    sources: tuple[str, ...] | None = None


CIRCUMSTANCES = frozenset({"treated", "health", "caution"})


class Sign(Named, Cited):
    """Describe a danger sign: how soon it needs a clinician, what to do, what is left meanwhile, and what ends it.

    Where a sign of level "soon" gives no limits of its own, what loads the hurt part is ruled out, and all impact.
    """

    level: Level
    question: Sentence
    advice: Sentence
    context: Sentence
    finding: Sentence = "a finding of a clinician who examined it"
    """Who must have looked, and what must have been found, before training goes on."""
    days: Annotated[int, Field(strict=True, ge=1, le=31)] | None = None
    """Within how many days a clinician should look, where that is sooner than for other signs of its level."""
    regions: tuple[str, ...] = ()
    """The parts that its limits speak of; otherwise those that are hurt or treated."""
    allows_only: tuple[str, ...] | None = None
    max_load: Load | None = None
    max_impact: Impact | None = None
    rules_out_workouts: tuple[str, ...] = ()
    forbids_treatments: tuple[str, ...] = ()
    gone_after_days: Annotated[int, Field(strict=True, ge=1, le=60)] | None = None
    """A good session that the log tells of so many days later, or more, ends the sign too."""
    cases: tuple[SignCase, ...] = ()

    def in_case(self, sign_case: SignCase) -> Sign:
        """Return the sign as it is in one of its cases."""
        changed = {name: getattr(sign_case, name) for name in sign_case.model_fields_set - CIRCUMSTANCES}
        return self.model_copy(update={**changed, "cases": ()})

    @property
    def closes_the_plan(self) -> bool:
        """Whether it is so urgent that nothing is planned until a clinician found what it is."""
        return self.level in {"emergency", "same_day"}

    @property
    def has_limits(self) -> bool:
        """Whether it says itself what is left to do."""
        return bool(
            self.rules_out_workouts
            or self.allows_only is not None
            or self.max_load is not None
            or self.max_impact is not None
        )


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

    def same_place(self, region: str, other: str) -> bool:
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
            ambiguous={key: (key, *name.everyday_names) for key, name in self.ambiguous_names.items()},
            meanings={key: name.means for key, name in self.ambiguous_names.items()},
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
