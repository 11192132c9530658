"""The floor: what a program cannot do without that reads a case into pydantic models and writes iCalendar.

Made by `python -m bench.make_floor`: the planner's models by number, fields and types, nothing else.
"""

from datetime import date, datetime, time
from typing import Any, Literal

import icalendar
from pydantic import BaseModel, ConfigDict, RootModel

LOADED = icalendar.Calendar


class AvailabilityFloor(RootModel[dict[str, tuple[Any, ...]]]):
    """Stand in for `Availability`."""


class InjuryFloor(BaseModel):
    """Stand in for `Injury`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    region: str
    side: Literal["left", "right", "both"] | None = None
    severity: Literal["mild", "moderate", "severe"] | None = None
    tissue: Literal["tendon", "muscle", "bone", "joint", "back"] | None = None


class RepeatFloor(BaseModel):
    """Stand in for `Repeat`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    every: str | None = None
    count: int | None = None
    until: date | None = None
    rrule: str | None = None


class TreatmentEntryFloor(BaseModel):
    """Stand in for `TreatmentEntry`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    region: str | None = None
    start: datetime | date | None = None
    calendar: str | None = None
    match: str | None = None
    minutes: int | None = None
    dose: Literal["light", "normal", "heavy"] | None = None
    tissue: Literal["tendon", "muscle", "bone", "joint", "back"] | None = None
    cleared: date | None = None
    repeat: RepeatFloor | None = None


class GoalsFloor(BaseModel):
    """Stand in for `Goals`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    runs: int | None = None
    bikes: int | None = None
    upper_body: int | None = None
    swims: int | None = None
    lower_body: int | None = None
    core: int | None = None
    mobility: int | None = None
    walks: int | None = None
    hard_runs: int | None = None
    hard_bikes: int | None = None
    long_run: str | Literal[False] | None = None
    rest_days: int | None = None
    priority: tuple[str, ...] | None = None


class FitnessFloor(BaseModel):
    """Stand in for `Fitness`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    longest_run_minutes: int | None = None
    easy_run_minutes: int | None = None
    bike_minutes: int | None = None
    upper_body_minutes: int | None = None
    lower_body_minutes: int | None = None
    core_minutes: int | None = None
    mobility_minutes: int | None = None
    walk_minutes: int | None = None
    swim_minutes: int | None = None


class HealthFloor(BaseModel):
    """Stand in for `Health`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    blood_thinners: bool | None = None


class RaceFloor(BaseModel):
    """Stand in for `Race`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: date
    name: str | None = None
    start: time | None = None
    minutes: int | None = None


class ReturningFloor(BaseModel):
    """Stand in for `Returning`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stage: int | None = None


class LogEntryFloor(BaseModel):
    """Stand in for `LogEntry`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: date
    did: str | None = None
    minutes: int | None = None
    pain: int | None = None
    next_morning: int | None = None
    soreness: int | None = None
    limp: bool | None = None
    region: str | None = None
    signs: tuple[str, ...] | None = None
    advice_sought: bool | None = None


class CheckFloor(BaseModel):
    """Stand in for `Check`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    soreness_at_most: int | None = None
    pain_at_most: int | None = None
    no_limp: bool | None = None
    morning_at_baseline: bool | None = None
    no_chest_symptom: bool | None = None
    no_swelling: bool | None = None


class OverrideFloor(BaseModel):
    """Stand in for `Override`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hours_after: tuple[float, float] | None = None
    days_after: tuple[float, float] | None = None
    weeks_after: tuple[float, float] | None = None
    hours_before: tuple[float, float] | None = None
    days_before: tuple[float, float] | None = None
    weeks_before: tuple[float, float] | None = None
    max_load: Literal[0, 1, 2, 3] | None = None
    max_impact: Literal["none", "low", "moderate", "high"] | None = None
    max_intensity: Literal["very_easy", "easy", "moderate", "hard"] | None = None
    max_minutes: int | None = None
    check: CheckFloor | None = None
    hours_between_sessions: float | None = None
    days_between_runs: int | None = None
    days_between_hard: int | None = None
    days_between_long: int | None = None
    days_before_race: int | None = None
    longer_by_hours: float | None = None
    percent_of_longest_run: float | None = None
    warn_percent_per_week: float | None = None
    percent_of_easy_run: float | None = None
    away: bool | None = None
    by: str


class RuleWordsFloor(BaseModel):
    """Stand in for `RuleWords`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    override: dict[str, OverrideFloor] | None = None


class BusyEntryFloor(BaseModel):
    """Stand in for `BusyEntry`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    calendar: str
    match: str | None = None
    buffer_minutes: int | None = None
    all_day: bool | None = None
    free: bool | None = None


class CaseFloor(BaseModel):
    """Stand in for `Case`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str | None = None
    name: str | None = None
    timezone: str
    caution: Literal["permissive", "standard", "strict"] | None = None
    injury: tuple[InjuryFloor, ...] | None = None
    treatments: tuple[TreatmentEntryFloor, ...] | None = None
    goals: GoalsFloor | None = None
    availability: AvailabilityFloor | None = None
    fitness: FitnessFloor | None = None
    health: HealthFloor | None = None
    races: tuple[RaceFloor, ...] | None = None
    return_to_running: ReturningFloor | None = None
    log: tuple[LogEntryFloor, ...] | None = None
    rules: RuleWordsFloor | None = None
    busy: tuple[BusyEntryFloor, ...] | None = None


class BecauseFloor(BaseModel):
    """Stand in for `Because`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    text: str


class ChangeFloor(BaseModel):
    """Stand in for `Change`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    uid: str
    title: str
    was: str | None = None
    from_: datetime | None = None
    to: datetime | None = None


class ChangesFloor(BaseModel):
    """Stand in for `Changes`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    added: tuple[ChangeFloor, ...] | None = None
    moved: tuple[ChangeFloor, ...] | None = None
    changed: tuple[ChangeFloor, ...] | None = None
    cancelled: tuple[ChangeFloor, ...] | None = None
    unchanged: tuple[ChangeFloor, ...] | None = None


class PartFloor(BaseModel):
    """Stand in for `Part`."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ReasonFloor(BaseModel):
    """Stand in for `Reason`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    title: str
    text: str
    evidence: Literal["A", "B", "C", "D", "M"]
    sources: tuple[str, ...] | None = None
    treatment: int | None = None


class PlannedTreatmentFloor(BaseModel):
    """Stand in for `PlannedTreatment`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    name: str
    region: str
    start: datetime | date
    end: datetime | date
    aftercare: tuple[ReasonFloor, ...] | None = None
    uid: str | None = None


class PlannedWorkoutFloor(BaseModel):
    """Stand in for `PlannedWorkout`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    uid: str
    workout: str
    kind: str
    title: str
    start: datetime
    end: datetime
    minutes: int
    intensity: Literal["very_easy", "easy", "moderate", "hard"]
    check: str | None = None
    otherwise: str | None = None
    otherwise_title: str | None = None
    stage: int | None = None
    intervals: str | None = None
    projected: bool | None = None
    by_hand: bool | None = None
    reasons: tuple[ReasonFloor, ...] | None = None


class RuledOutFloor(BaseModel):
    """Stand in for `RuledOut`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    workout: str
    rule: str
    text: str


class PlanDayFloor(BaseModel):
    """Stand in for `PlanDay`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: date
    treatments: tuple[PlannedTreatmentFloor, ...] | None = None
    workouts: tuple[PlannedWorkoutFloor, ...] | None = None
    done: tuple[str, ...] | None = None
    questions: tuple[str, ...] | None = None
    ruled_out: tuple[RuledOutFloor, ...] | None = None


class RemedyFloor(BaseModel):
    """Stand in for `Remedy`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    change: Literal["appointment", "window", "goal", "rule", "caution"]
    text: str
    left: int | None = None
    treatment: int | None = None
    start: datetime | date | None = None
    day: date | None = None
    window: str | None = None
    goal: str | None = None
    count: int | None = None
    rule: str | None = None
    figures: dict[str, Any] | None = None
    caution: Literal["permissive", "standard", "strict"] | None = None


class UnplacedFloor(BaseModel):
    """Stand in for `Unplaced`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    week: date
    kind: str
    asked: int
    placed: int
    because: tuple[BecauseFloor, ...] | None = None
    would_fit_if: tuple[str, ...] | None = None
    remedies: tuple[RemedyFloor, ...] | None = None


class ScoreFloor(BaseModel):
    """Stand in for `Score`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    total: int
    preferences: dict[str, int]


class PlanFloor(BaseModel):
    """Stand in for `Plan`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    case: str
    timezone: str
    from_: date
    to: date
    caution: Literal["permissive", "standard", "strict"]
    days: tuple[PlanDayFloor, ...]
    unplaced: tuple[UnplacedFloor, ...] | None = None
    changes: ChangesFloor | None = None
    score: ScoreFloor
    cleared: bool | None = None
    alerts: tuple[str, ...] | None = None
    notes: tuple[str, ...] | None = None
    plan_id: str
    weeks_from: date


class AppliesToFloor(BaseModel):
    """Stand in for `AppliesTo`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    workouts: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    except_workouts: tuple[str, ...] | None = None
    except_kinds: tuple[str, ...] | None = None
    load_at_least: Literal[0, 1, 2, 3] | None = None


class CitedFloor(BaseModel):
    """Stand in for `Cited`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    why: str
    evidence: Literal["A", "B", "C", "D", "M"]
    sources: tuple[str, ...] | None = None


class FrozenFloor(BaseModel):
    """Stand in for `Frozen`."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NumbersFloor(BaseModel):
    """Stand in for `Numbers`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hours_after: tuple[float, float] | None = None
    days_after: tuple[float, float] | None = None
    weeks_after: tuple[float, float] | None = None
    hours_before: tuple[float, float] | None = None
    days_before: tuple[float, float] | None = None
    weeks_before: tuple[float, float] | None = None
    max_load: Literal[0, 1, 2, 3] | None = None
    max_impact: Literal["none", "low", "moderate", "high"] | None = None
    max_intensity: Literal["very_easy", "easy", "moderate", "hard"] | None = None
    max_minutes: int | None = None
    check: CheckFloor | None = None
    hours_between_sessions: float | None = None
    days_between_runs: int | None = None
    days_between_hard: int | None = None
    days_between_long: int | None = None
    days_before_race: int | None = None
    longer_by_hours: float | None = None
    percent_of_longest_run: float | None = None
    warn_percent_per_week: float | None = None
    percent_of_easy_run: float | None = None
    away: bool | None = None


class WhenFloor(BaseModel):
    """Stand in for `When`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    treatments: tuple[str, ...] | None = None
    traits: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    groups: tuple[Literal["leg", "trunk", "arm"], ...] | None = None
    tissues: tuple[Literal["tendon", "muscle", "bone", "joint", "back"], ...] | None = None
    severities: tuple[Literal["mild", "moderate", "severe"], ...] | None = None
    doses: tuple[Literal["light", "normal", "heavy"], ...] | None = None
    chest_wall: bool | None = None
    blood_thinners: bool | None = None
    responses: tuple[Literal["progress", "hold", "regress", "refer", "sore", "very_sore"], ...] | None = None


class RuleFloor(BaseModel):
    """Stand in for `Rule`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    why: str
    evidence: Literal["A", "B", "C", "D", "M"]
    sources: tuple[str, ...] | None = None
    hours_after: tuple[float, float] | None = None
    days_after: tuple[float, float] | None = None
    weeks_after: tuple[float, float] | None = None
    hours_before: tuple[float, float] | None = None
    days_before: tuple[float, float] | None = None
    weeks_before: tuple[float, float] | None = None
    max_load: Literal[0, 1, 2, 3] | None = None
    max_impact: Literal["none", "low", "moderate", "high"] | None = None
    max_intensity: Literal["very_easy", "easy", "moderate", "hard"] | None = None
    max_minutes: int | None = None
    check: CheckFloor | None = None
    hours_between_sessions: float | None = None
    days_between_runs: int | None = None
    days_between_hard: int | None = None
    days_between_long: int | None = None
    days_before_race: int | None = None
    longer_by_hours: float | None = None
    percent_of_longest_run: float | None = None
    warn_percent_per_week: float | None = None
    percent_of_easy_run: float | None = None
    away: bool | None = None
    id: str
    title: str
    covers: tuple[str, ...] | None = None
    when: WhenFloor | None = None
    applies_to: AppliesToFloor | None = None
    rules_out: tuple[str, ...] | None = None
    rules_out_workouts: tuple[str, ...] | None = None
    allows_only: tuple[str, ...] | None = None
    during: bool | None = None
    prefers: tuple[str, ...] | None = None
    avoids: tuple[str, ...] | None = None
    advice: str | None = None
    question: str | None = None
    first_run_back: bool | None = None
    never_loosen: bool | None = None
    until_cleared: bool | None = None
    forbids_treatments: tuple[str, ...] | None = None
    about: Literal["treatment", "injury", "log"] | None = None
    by: str | None = None
    permissive: NumbersFloor | None = None
    strict: NumbersFloor | None = None


class BandNumbersFloor(BaseModel):
    """Stand in for `BandNumbers`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    progress_at_most: int | None = None
    hold_at_most: int | None = None
    refer_above: int | None = None


class BandFloor(BaseModel):
    """Stand in for `Band`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    why: str
    evidence: Literal["A", "B", "C", "D", "M"]
    sources: tuple[str, ...] | None = None
    progress_at_most: int | None = None
    hold_at_most: int | None = None
    refer_above: int | None = None
    id: str
    title: str
    when: WhenFloor
    permissive: BandNumbersFloor | None = None
    strict: BandNumbersFloor | None = None


class LengthFloor(BaseModel):
    """Stand in for `Length`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fitness: str
    percent: float | None = None


class NamedFloor(BaseModel):
    """Stand in for `Named`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    everyday_names: tuple[str, ...] | None = None


class PreferenceFloor(BaseModel):
    """Stand in for `Preference`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sentence: str
    why: str
    points: int
    points_less_per_rank: int | None = None
    least_points: int | None = None


class RegionFloor(BaseModel):
    """Stand in for `Region`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    everyday_names: tuple[str, ...] | None = None
    group: Literal["leg", "trunk", "arm"]
    tissue: Literal["tendon", "muscle", "bone", "joint", "back"]
    chest_wall: bool | None = None
    load_why: str
    load_evidence: Literal["A", "B", "C", "D", "M"]
    load_sources: tuple[str, ...] | None = None


class ReturnToRunningFloor(BaseModel):
    """Stand in for `ReturnToRunning`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    why: str
    evidence: Literal["A", "B", "C", "D", "M"]
    sources: tuple[str, ...] | None = None
    walk_first_minutes: int
    good_sessions_per_stage: int
    strict_good_sessions_per_stage: int
    repeat_at_rise: int
    back_at_rise: int
    setbacks_for_two_stages: int
    setbacks_for_clinician: int
    days_without_running: int
    restart_stage: int
    days_between_runs: int | None = None


class WorkoutFloor(BaseModel):
    """Stand in for `Workout`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    everyday_names: tuple[str, ...] | None = None
    kind: str
    intensity: Literal["very_easy", "easy", "moderate", "hard"]
    least_intensity: Literal["very_easy", "easy", "moderate", "hard"]
    impact: Literal["none", "low", "moderate", "high"]
    hard: bool | None = None
    long: bool | None = None
    length: LengthFloor
    least_minutes: int
    instead: tuple[str, ...] | None = None
    load: dict[str, Literal[0, 1, 2, 3]]


class TreatmentKindFloor(BaseModel):
    """Stand in for `TreatmentKind`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    everyday_names: tuple[str, ...] | None = None
    id: str
    minutes: int
    tissue: Literal["tendon", "muscle", "bone", "joint", "back"] | None = None
    light_names: tuple[str, ...] | None = None
    heavy_names: tuple[str, ...] | None = None
    traits: tuple[str, ...] | None = None


class SourceFloor(BaseModel):
    """Stand in for `Source`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    url: str
    trust: str
    low_trust: bool | None = None


class StageFloor(BaseModel):
    """Stand in for `Stage`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    walk_minutes: int
    run_minutes: int
    repeats: int


class SignFloor(BaseModel):
    """Stand in for `Sign`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    why: str
    evidence: Literal["A", "B", "C", "D", "M"]
    sources: tuple[str, ...] | None = None
    name: str
    everyday_names: tuple[str, ...] | None = None
    level: Literal["emergency", "same_day", "soon"]
    question: str
    advice: str
    context: str


class RulebookFloor(BaseModel):
    """Stand in for `Rulebook`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    regions: dict[str, RegionFloor]
    workouts: dict[str, WorkoutFloor]
    treatments: dict[str, TreatmentKindFloor]
    rules: dict[str, RuleFloor]
    preferences: dict[str, PreferenceFloor]
    sources: dict[str, SourceFloor]
    bands: dict[str, BandFloor] | None = None
    stages: tuple[StageFloor, ...] | None = None
    return_to_running: ReturnToRunningFloor | None = None
    signs: dict[str, SignFloor] | None = None
