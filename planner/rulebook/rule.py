"""A rule: when something holds, what it caps, why, and how good the evidence is (`[[rule]]` in `rules/`)."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from planner.models import Frozen
from planner.rulebook.dose import AfterBreak, AroundRace, Gap, Growth, Longest, RaceRatio, Setbacks, WeekCeiling
from planner.rulebook.scales import Caution, Dose, Evidence, Group, Impact, Intensity, Load, Response, Severity, Tissue
from planner.validation import mistake

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Span = tuple[float, float]
"""A window in the unit of its key, as time passes: `[0, 24]` after a treatment, `[24, 0]` before one."""


UNITS: dict[str, float] = {"hours": 1, "days": 24, "weeks": 168}
"""Hours in each unit that a window may be written in."""
SPANS = tuple(f"{unit}_{side}" for unit in UNITS for side in ("after", "before"))
LONGEST = 5 * 366 * 24.0
"""Hours: no rule looks further."""


def _an_id(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9_]+\.[a-z0-9_]+", text):
        raise mistake(f'"{text}" is no id', "write the subject, a dot and a short name: dry_needling.first_day")
    return text


class When(Frozen):
    """Say which treatments or cases a rule speaks about; what is left out does not matter."""

    treatments: tuple[str, ...] | None = None
    traits: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    groups: tuple[Group, ...] | None = None
    tissues: tuple[Tissue, ...] | None = None
    severities: tuple[Severity, ...] | None = None
    doses: tuple[Dose, ...] | None = None
    chest_wall: bool | None = None
    blood_thinners: bool | None = None
    responses: tuple[Response, ...] | None = None


class Cited(Frozen):
    """Say why, how good the evidence is, and where it comes from."""

    why: Sentence
    evidence: Evidence
    sources: tuple[str, ...] = ()


class AppliesTo(Frozen):
    """Say which workouts a rule's caps concern; what is left out does not matter."""

    workouts: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    except_workouts: tuple[str, ...] = ()
    except_kinds: tuple[str, ...] = ()
    load_at_least: Load = 0


class Check(Frozen):
    """Say what to check in the body before starting (the go/no-go check)."""

    soreness_at_most: int | None = Field(strict=True, default=None, ge=0, le=10)
    pain_at_most: int | None = Field(strict=True, default=None, ge=0, le=10)
    no_limp: bool = False
    morning_at_baseline: bool = False
    no_chest_symptom: bool = False
    no_swelling: bool = False


class Numbers(Frozen):
    """Hold the figures of a rule that a caution level may change."""

    hours_after: Span | None = None
    days_after: Span | None = None
    weeks_after: Span | None = None
    hours_before: Span | None = None
    days_before: Span | None = None
    weeks_before: Span | None = None
    max_load: Load | None = None
    max_impact: Impact | None = None
    max_intensity: Intensity | None = None
    max_minutes: int | None = Field(strict=True, default=None, ge=0)
    check: Check | None = None
    hours_between_sessions: float | None = Field(default=None, gt=0, le=LONGEST)
    days_between_runs: int | None = Field(strict=True, default=None, ge=1, le=7)
    days_between_hard: int | None = Field(strict=True, default=None, ge=1, le=7)
    days_between_long: int | None = Field(strict=True, default=None, ge=1, le=14)
    days_before_race: int | None = Field(strict=True, default=None, ge=1, le=28)
    longer_by_hours: float | None = Field(default=None, gt=0, le=LONGEST)
    percent_of_longest_run: float | None = Field(default=None, gt=0, le=1000)
    warn_percent_per_week: float | None = Field(default=None, gt=0, le=1000)
    percent_of_easy_run: float | None = Field(default=None, gt=0, le=1000)
    percent_of_usual: float | None = Field(default=None, gt=0, le=1000)
    percent_of_usual_week: float | None = Field(default=None, gt=0, le=1000)
    begin_at_stage: int | None = Field(strict=True, default=None, ge=1)
    most_days_in_a_row: int | None = Field(strict=True, default=None, ge=1, le=7)
    warn_share_of_long_run: tuple[float, float, float] | None = None
    after_break: AfterBreak | None = None
    after_race: AroundRace | None = None
    before_race: AroundRace | None = None
    longest: Longest | None = None
    week_ceiling: WeekCeiling | None = None
    growth: Growth | None = None
    gap: Gap | None = None
    setbacks: Setbacks | None = None
    race_ratio: RaceRatio | None = None
    away: bool = False
    """A variant may say that the rule does not hold at its level (`away = true`)."""

    @model_validator(mode="after")
    def _windows_run_forward(self) -> Self:
        for key in SPANS:
            span: Span | None = getattr(self, key)
            if span is None:
                continue
            first, last = span
            after = key.endswith("_after")
            if min(span) < 0:
                raise mistake(
                    f"{key} is {_plain(span)}, with a negative number",
                    "count from the treatment: no signs",
                )
            if first == last or (first < last) != after:
                right = f"write {key} = {_plain((last, first))}" if first != last else "give it a length"
                raise mistake(f"{key} = {_plain(span)} is the wrong way round or empty", right)
            if max(span) * UNITS[key.split("_")[0]] > LONGEST:
                raise mistake(f"{key} = {_plain(span)} reaches further than five years", "give a nearer end")
        for side in ("after", "before"):
            if sum(getattr(self, f"{unit}_{side}") is not None for unit in UNITS) > 1:
                raise mistake(f"has two windows {side} the treatment", "keep one unit")
        return self


def _plain(span: Span) -> str:
    return f"[{span[0]:g}, {span[1]:g}]"


class Rule(Numbers, Cited):
    """State when something holds, what it caps, why, and how good the evidence is."""

    id: Annotated[str, AfterValidator(_an_id)]
    title: Sentence
    covers: tuple[str, ...] = ()
    when: When = When()
    applies_to: AppliesTo = AppliesTo()
    rules_out: tuple[str, ...] = ()
    rules_out_workouts: tuple[str, ...] = ()
    allows_only: tuple[str, ...] | None = None
    during: bool = False
    """The rule speaks while the treatment itself lasts."""
    prefers: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    advice: Sentence | None = None
    question: Sentence | None = None
    """Asked on each day that the window touches; a yes is a danger sign."""
    first_run_back: bool = False
    """The caps hold for the first run after a day or more without runs (see `training.toml`)."""
    never_loosen: bool = False
    until_cleared: bool = False
    """The rule holds past the end of its window until the case says that clearance was given for the treatment."""
    forbids_treatments: tuple[str, ...] = ()
    """Kinds of treatment that should not be booked on the same region while the window lasts."""
    about: Literal["treatment", "injury", "log", "training"] = "treatment"
    """What the rule speaks about; its place says it: `treatments/`, `injuries/`, or `progression.toml`."""
    by: str | None = None
    """Who gave the figures, where a case puts a clinician's in place of the rule's own."""
    permissive: Numbers | None = None
    strict: Numbers | None = None

    def at(self, caution: Caution) -> Rule | None:
        """Return the rule with the figures of a caution level, or None where it does not hold there."""
        variant = None if caution == "standard" else getattr(self, caution)
        if variant is None:
            return self
        if variant.away:
            return None
        changed = {name: getattr(variant, name) for name in variant.model_fields_set}
        return self.model_copy(update={**changed, "permissive": None, "strict": None})

    def hours(self, side: str) -> Span | None:
        """Return the window after or before a treatment in hours, as written (as time passes)."""
        for unit, hours in UNITS.items():
            span: Span | None = getattr(self, f"{unit}_{side}")
            if span is not None:
                return span[0] * hours, span[1] * hours
        return None

    @property
    def caps(self) -> bool:
        """Whether the rule caps or rules out workouts (and does not merely advise)."""
        return bool(
            self.rules_out
            or self.rules_out_workouts
            or self.allows_only is not None
            or self.check
            or any(
                getattr(self, name) is not None for name in ("max_load", "max_impact", "max_intensity", "max_minutes")
            )
        )
