"""Danger signs as the rulebook says them (`rules/red_flags.toml`): how soon, what is left to do, and what ends them.

A sign may mean something else in some circumstances: a rash on the day of an injection is another matter than a rash.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.models import Frozen
from planner.rulebook.rule import Cited, Named, Sentence
from planner.rulebook.scales import Evidence, HealthFact, Impact, Level, Load

Days = Annotated[int, Field(strict=True, ge=0, le=366)]


class AfterTreatment(Frozen):
    """Name treatments by kind, trait and place, and the days after them that are meant, the last one included."""

    days: tuple[Days, Days]
    treatments: tuple[str, ...] | None = None
    traits: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    chest_wall: bool | None = None


class SignCase(Frozen):
    """Say in which circumstances a sign means something else, and what of it is then otherwise (`[[sign.cases]]`).

    All circumstances that are given must hold: a treatment some days before, one of some facts of `[health]`.
    """

    treated: AfterTreatment | None = None
    health: tuple[HealthFact, ...] | None = None
    name: Sentence | None = None
    level: Level | None = None
    question: Sentence | None = None
    advice: Sentence | None = None
    context: Sentence | None = None
    finding: Sentence | None = None
    why: Sentence | None = None
    evidence: Evidence | None = None
    sources: tuple[str, ...] | None = None


CIRCUMSTANCES = frozenset({"treated", "health"})


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

    def in_case(self, one: SignCase) -> Sign:
        """Return the sign as it is in one of its cases."""
        changed = {name: getattr(one, name) for name in one.model_fields_set - CIRCUMSTANCES}
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
