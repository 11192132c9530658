"""Kinds: the parts of the body, workouts, treatments, illnesses and danger signs that a rulebook knows."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, Self

from pydantic import Field

from planner.clock import Minutes
from planner.models import Frozen
from planner.rulebook.rule import Cited, Named, Sentence
from planner.rulebook.scales import Caution, Evidence, Group, HealthFact, Impact, Intensity, Level, Load, Tissue

Colour = Literal["green", "cyan", "magenta", "blue", "yellow", "red", "white"]
COUNTED_GOALS = ("runs", "bikes", "upper_body", "swims", "lower_body", "core", "mobility", "walks")
"""The counted goals that every rulebook knows; a kind of workout that a rulebook adds brings its own (`kinds.toml`)."""
USUAL_MINUTES = 30
"""What a careful coach assumes of a kind of workout about which nothing is said, in minutes."""


class Region(Named):
    """Describe a part of the body (`rules/regions.toml`)."""

    other_languages: tuple[Sentence, ...] = ()
    """What it is called elsewhere; a * stands for the rest of a word."""
    group: Group
    tissue: Tissue
    tissue_names: dict[Tissue, tuple[Sentence, ...]] = Field(default={})
    """Everyday names that also say the tissue, where it is not the region's own: a deltoid is a shoulder's muscle."""
    graded: bool = False
    """Running on its bone is graded by pain, and waits for no clearance (shin splints)."""
    chest_wall: bool = False
    whole: bool = False
    """Every other region is a part of it: the whole body."""
    counts_as: tuple[str, ...] = ()
    """The regions whose rules speak about it too: it is a part of them, or may be any of them."""
    load_like: tuple[str, ...] = ()
    """The regions that it is loaded like, the greatest counting, where a workout does not say otherwise."""
    load_why: Sentence
    load_evidence: Evidence
    load_sources: tuple[str, ...] = ()


class AmbiguousName(Cited):
    """Say what a word means that may be several parts of the body (`rules/ambiguous_names.toml`).

    `means` is the region that it is taken as, `could_be` are the others, and `question` tells a bone (or a nerve).
    """

    everyday_names: tuple[Sentence, ...] = ()
    other_languages: tuple[Sentence, ...] = ()
    means: str
    could_be: tuple[str, ...]
    question: Sentence


class Length(Frozen):
    """Say how long a workout usually is: a share of a figure in the case's `[fitness]`."""

    fitness: str
    percent: float = Field(default=100, gt=0, le=300)

    def minutes_of(self, minutes: Mapping[str, Minutes]) -> Minutes:
        """Return how long the workout is where the figures of `[fitness]` are so many minutes."""
        return Minutes(round(minutes[self.fitness] * self.percent / 100))


class AskedAs(Frozen):
    """Say how a workout is asked for that is some of its kind: long rides are some of the rides.

    `goal` is its key in a case's `[goals]`, `one` and `several` are what people call it in a sentence.
    """

    goal: str = Field(pattern="^[a-z][a-z0-9_]*$")
    one: Sentence
    several: Sentence


class Workout(Named):
    """Describe an entry of the catalogue and its load on every region (`rules/workouts.toml`)."""

    kind: str
    counts_as: tuple[str, ...] = ()
    """The workouts whose limits it has too: what a rule forbids them, or asks of them, it forbids and asks of it."""
    intensity: Intensity
    least_intensity: Intensity
    impact: Impact
    hard: bool = False
    long: bool = False
    on_request: bool = False
    """The planner speaks of it only to those who ask for it: nobody reads on every plan that climbing is ruled out."""
    asked_as: AskedAs | None = None
    """How it is asked for by itself; left out, it is what its kind is asked for as, or nobody asks for it."""
    lesser: bool = False
    """A lesser form of its kind, done where the rules do not let the whole one through: arms alone for a swim."""
    running_percent: int = Field(default=0, strict=True, ge=0, le=100)
    """How much of its minutes is running, in a workout of another kind: a brick, a match."""
    length: Length
    least_minutes: Minutes = Field(strict=True, gt=0)
    instead: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()
    """The workouts that it may stand in for, after those that they name themselves (`instead`)."""
    load: dict[str, Load] = Field(default={})
    load_like: str | None = None
    """The workout that it loads like every region of which it does not say otherwise."""

    @property
    def is_running(self) -> bool:
        """Whether it is a run, or holds running: then it keeps its days from other running."""
        return self.kind == "run" or self.running_percent > 0

    @property
    def is_whole_running(self) -> bool:
        """Whether the legs land with all their weight: only that ends a break from running."""
        return self.kind == "run" or (self.running_percent > 0 and self.impact == "high")


class TreatmentKind(Named):
    """Describe a kind of treatment (`[treatment]` in `rules/treatments/*.toml`)."""

    id: str
    other_languages: tuple[Sentence, ...] = ()
    minutes: Minutes = Field(strict=True, gt=0, le=480)
    tissue: Tissue | None = None
    region: str | None = None
    """What is treated where nobody says so, such as the arm of a vaccination; left out, it is where it hurts."""
    body: str | None = None
    """The region that stands for the whole body, for what may be for all of it: where people say so (`body_names`), and
    where nobody says which part and not just one place is hurt."""
    body_names: tuple[Sentence, ...] = ()
    """Everyday names that say that it is for the whole body: an ice bath, a full-body massage."""
    treats_injury: bool = True
    """Whether having it means that something is hurt: a vaccination does not."""
    light_names: tuple[Sentence, ...] = ()
    heavy_names: tuple[Sentence, ...] = ()
    """Everyday names that also say the dose: deep-tissue massage is a heavy massage."""
    electric_names: tuple[Sentence, ...] = ()
    """Everyday names that also say that current flows through the needles."""
    traits: tuple[str, ...] = ()

    @property
    def names_that_say_more(self) -> tuple[str, ...]:
        """Its everyday names that say more than the kind: the dose, current, or the whole body."""
        return *self.light_names, *self.heavy_names, *self.electric_names, *self.body_names


class WorkoutKind(Frozen):
    """Describe a kind of workout (`rules/kinds.toml`).

    `goal` is its key in a case's `[goals]`, None where nobody asks for it by itself; `one` and `several` are what
    people call it in a sentence. `usual_minutes` are the figures of `[fitness]` that say how long it is, each with
    what a careful coach assumes of who says nothing.
    """

    goal: str | None = Field(default=None, pattern="^[a-z][a-z0-9_]*$")
    one: Sentence
    several: Sentence
    usual_minutes: dict[str, Minutes] = Field(default={})
    colour: Colour | None = None
    stands_in_for_runs: bool = False
    only_with: str | None = None
    """The goal without which it stands in for nothing: water is for who asks for swims."""


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

    def in_case(self, sign_case: SignCase) -> Self:
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


def complete_kinds(described: Mapping[str, WorkoutKind], kinds: Iterable[str]) -> dict[str, WorkoutKind]:
    """Return the description of every kind of workout, plain words standing for what nobody described."""
    return dict(described) | {kind: plain_kind(kind) for kind in kinds if kind not in described}


def plain_kind(kind: str) -> WorkoutKind:
    """Return what a kind of workout is called where `kinds.toml` does not say: `row` is asked for with `rows`."""
    words = kind.replace("_", " ")
    return WorkoutKind(
        goal=_several(kind),
        one=words,
        several=_several(words),
        usual_minutes={f"{kind}_minutes": Minutes(USUAL_MINUTES)},
        stands_in_for_runs=True,
    )


def _several(noun: str) -> str:
    return noun if noun.endswith("s") else f"{noun}s"
