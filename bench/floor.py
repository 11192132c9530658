"""The floor: what a program cannot do without that reads a case into pydantic models and writes iCalendar.

Made by `python -m bench.make_floor`: the planner's models by number, fields and types, nothing else.
"""

from datetime import date as day_type
from datetime import datetime
from datetime import time as clock_type
from typing import Any, Literal

import icalendar
from pydantic import BaseModel, ConfigDict

LOADED = icalendar.Calendar


class AvailabilityFloor(BaseModel):
    """Stand in for `Availability`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    most_minutes: int | None = None
    week_starts: str | None = None


class AwayFloor(BaseModel):
    """Stand in for `Away`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    from_: day_type
    until: day_type
    what: Literal["all"] | tuple[str, ...] | None = None
    why: str | None = None


class DayTimesFloor(BaseModel):
    """Stand in for `DayTimes`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    windows: tuple[Any, ...]
    minutes: int | None = None
    kinds: tuple[str, ...] | None = None


class FixedSessionFloor(BaseModel):
    """Stand in for `FixedSession`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    workout: str
    day: tuple[str, ...] | None = None
    date: day_type | None = None
    start: clock_type
    minutes: int
    keep: Literal[True, "if it may"] | None = None


class ReadAsFloor(BaseModel):
    """Stand in for `ReadAs`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    as_: str
    minutes: int | None = None


class CoachCalendarFloor(BaseModel):
    """Stand in for `CoachCalendar`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    calendar: str
    match: str | None = None
    easy_pace: str | None = None
    units: Literal["miles", "km"] | None = None
    otherwise: str | None = None
    read: tuple[ReadAsFloor, ...] | None = None
    times: Literal["keep", "set"] | None = None


class CoachedFloor(BaseModel):
    """Stand in for `Coached`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    workouts: tuple[CoachCalendarFloor, ...] | None = None


class AtPlaceFloor(BaseModel):
    """Stand in for `AtPlace`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    side: Literal["left", "right", "both"] | None = None
    tissue: Literal["tendon", "muscle", "bone", "joint", "back"] | None = None


class BusyEntryFloor(BaseModel):
    """Stand in for `BusyEntry`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    calendar: str
    match: str | None = None
    buffer_minutes: int | None = None
    all_day: bool | None = None
    free: bool | None = None


class RestrictionFloor(BaseModel):
    """Stand in for `Restriction`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: tuple[str, ...] | None = None
    region: str | None = None
    from_: day_type | None = None
    until: day_type | None = None
    by: str
    most_minutes: int | None = None
    most_intensity: Literal["very_easy", "easy", "moderate", "hard"] | None = None


class RepeatFloor(BaseModel):
    """Stand in for `Repeat`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    every: str | None = None
    count: int | None = None
    until: day_type | None = None
    rrule: str | None = None


class TreatmentEntryFloor(BaseModel):
    """Stand in for `TreatmentEntry`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    side: Literal["left", "right", "both"] | None = None
    tissue: Literal["tendon", "muscle", "bone", "joint", "back"] | None = None
    kind: str
    region: str | None = None
    start: datetime | day_type | None = None
    calendar: str | None = None
    match: str | None = None
    minutes: int | None = None
    dose: Literal["light", "normal", "heavy"] | None = None
    electric: bool | None = None
    cleared: day_type | None = None
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
    two_a_day: bool | None = None
    priority: tuple[str, ...] | None = None


class InjuryFloor(BaseModel):
    """Stand in for `Injury`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    side: Literal["left", "right", "both"] | None = None
    tissue: Literal["tendon", "muscle", "bone", "joint", "back"] | None = None
    region: str
    severity: Literal["mild", "moderate", "severe"] | None = None
    graded: bool | None = None


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

    date: day_type
    name: str | None = None
    start: clock_type | None = None
    minutes: int | None = None


class ReturningFloor(BaseModel):
    """Stand in for `Returning`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stage: int | None = None


class LogEntryFloor(BaseModel):
    """Stand in for `LogEntry`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: day_type
    did: str | None = None
    left_out: bool | None = None
    minutes: int | None = None
    pain: int | None = None
    next_morning: int | None = None
    soreness: int | None = None
    limp: bool | None = None
    painkiller: bool | None = None
    region: str | None = None
    signs: tuple[str, ...] | None = None
    advice_sought: bool | None = None
    cleared: Literal["ruled out", "confirmed"] | None = None
    by: str | None = None
    training_from: day_type | None = None


class CheckFloor(BaseModel):
    """Stand in for `Check`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    soreness_at_most: int | None = None
    pain_at_most: int | None = None
    no_limp: bool | None = None
    morning_at_baseline: bool | None = None
    no_chest_symptom: bool | None = None
    no_swelling: bool | None = None
    feeling_back: bool | None = None
    masked: bool | None = None


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
    why_holds: bool | None = None
    by: str


class RuleWordsFloor(BaseModel):
    """Stand in for `RuleWords`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    override: dict[str, OverrideFloor] | None = None


class CaseFloor(BaseModel):
    """Stand in for `Case`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    workouts: tuple[CoachCalendarFloor, ...] | None = None
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
    away: tuple[AwayFloor, ...] | None = None
    sessions: tuple[FixedSessionFloor, ...] | None = None
    restrictions: tuple[RestrictionFloor, ...] | None = None


class FrozenFloor(BaseModel):
    """Stand in for `Frozen`."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PartFloor(BaseModel):
    """Stand in for `Part`."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class BentRemarkFloor(BaseModel):
    """Stand in for `BentRemark`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    days: tuple[day_type, ...] | None = None
    text: str


class ReadSessionFloor(BaseModel):
    """Stand in for `ReadSession`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    workout: str
    minutes: int
    by: tuple[str, ...] | None = None
    minutes_from: str
    strides: bool | None = None
    optional: bool | None = None
    sure: bool | None = None
    doubts: tuple[str, ...] | None = None


class SessionSourceFloor(BaseModel):
    """Stand in for `SessionSource`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    calendar: str
    line: int
    uid: str
    part: int
    title: str
    text: str | None = None
    start: datetime | day_type
    minutes: int
    read_as: ReadSessionFloor


class ChangeReasonFloor(BaseModel):
    """Stand in for `ChangeReason`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    treatment: int | None = None
    text: str
    other: str | None = None


class SessionChangeFloor(BaseModel):
    """Stand in for `SessionChange`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: tuple[str, ...]
    points: int
    text: str
    reasons: tuple[ChangeReasonFloor, ...] | None = None


class LostSessionFloor(BaseModel):
    """Stand in for `LostSession`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: SessionSourceFloor
    day: day_type
    change: SessionChangeFloor


class ConflictFloor(BaseModel):
    """Stand in for `Conflict`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    day: day_type
    text: str
    reasons: tuple[ChangeReasonFloor, ...] | None = None


class UnsureSessionFloor(BaseModel):
    """Stand in for `UnsureSession`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    calendar: str
    line: int
    title: str
    taken_for: str
    minutes: int
    why: str
    say: str
    could_not_be_read: bool | None = None


class NoSessionFloor(BaseModel):
    """Stand in for `NoSession`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    line: int | None
    uid: str
    title: str
    why: str


class BentSummaryFloor(BaseModel):
    """Stand in for `BentSummary`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kept: int
    changed: int
    lost: int
    points: int
    text: str
    feed_to: day_type
    lost_workouts: tuple[LostSessionFloor, ...] | None = None
    conflicts: tuple[ConflictFloor, ...] | None = None
    unsure: tuple[UnsureSessionFloor, ...] | None = None
    remarks: tuple[BentRemarkFloor, ...] | None = None
    passed_over: tuple[NoSessionFloor, ...] | None = None


class ListedSessionFloor(BaseModel):
    """Stand in for `ListedSession`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    calendar: str
    line: int
    uid: str
    part: int
    title: str
    date: day_type
    start: datetime | None = None
    read_as: ReadSessionFloor


class SessionListFloor(BaseModel):
    """Stand in for `SessionList`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    workouts: tuple[ListedSessionFloor, ...]
    passed_over: tuple[NoSessionFloor, ...]


class ObstacleFloor(BaseModel):
    """Stand in for `Obstacle`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal[
        "danger_sign",
        "past",
        "return_to_running",
        "before_race",
        "no_race",
        "race_day",
        "after_race",
        "rule",
        "busy",
        "away",
        "other_kinds",
        "no_time",
        "too_little_time",
        "spacing",
        "first_run_back",
        "same_day",
        "goal_met",
        "rest_days",
        "combination",
        "closed",
        "appointment",
    ]
    rule: str
    until: datetime | None = None
    workouts: tuple[str, ...] | None = None
    asked: int | None = None
    text: str | None = None


class BecauseFloor(BaseModel):
    """Stand in for `Because`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal[
        "danger_sign",
        "past",
        "return_to_running",
        "before_race",
        "no_race",
        "race_day",
        "after_race",
        "rule",
        "busy",
        "away",
        "other_kinds",
        "no_time",
        "too_little_time",
        "spacing",
        "first_run_back",
        "same_day",
        "goal_met",
        "rest_days",
        "combination",
        "closed",
        "appointment",
    ]
    rule: str
    until: datetime | None = None
    workouts: tuple[str, ...] | None = None
    asked: int | None = None
    text: str | None = None
    days: tuple[day_type, ...] | None = None


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
    treatments: tuple[ChangeFloor, ...] | None = None


class ReasonFloor(BaseModel):
    """Stand in for `Reason`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    title: str
    text: str
    evidence: Literal["A", "B", "C", "D", "M"]
    sources: tuple[str, ...] | None = None
    treatment: int | None = None
    about: str | None = None
    why: str | None = None
    standing: bool | None = None
    safety: bool | None = None


class PlannedTreatmentFloor(BaseModel):
    """Stand in for `PlannedTreatment`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    name: str
    region: str
    start: datetime | day_type
    end: datetime | day_type
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
    conditions: CheckFloor | None = None
    otherwise: str | None = None
    otherwise_title: str | None = None
    stage: int | None = None
    intervals: str | None = None
    projected: bool | None = None
    by_hand: bool | None = None
    source: SessionSourceFloor | None = None
    change: SessionChangeFloor | None = None
    all_day: bool | None = None
    hint: str | None = None
    seal: str | None = None
    reasons: tuple[ReasonFloor, ...] | None = None


class RuledOutFloor(BaseModel):
    """Stand in for `RuledOut`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    workout: str
    rule: str
    text: str
    asked: bool | None = None


class PlanDayFloor(BaseModel):
    """Stand in for `PlanDay`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: day_type
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
    start: datetime | day_type | None = None
    day: day_type | None = None
    window: str | None = None
    goal: str | None = None
    count: int | None = None
    rule: str | None = None
    figures: dict[str, Any] | None = None
    caution: Literal["permissive", "standard", "strict"] | None = None


class UnplacedFloor(BaseModel):
    """Stand in for `Unplaced`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    week: day_type
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
    from_: day_type
    to: day_type
    caution: Literal["permissive", "standard", "strict"]
    days: tuple[PlanDayFloor, ...]
    unplaced: tuple[UnplacedFloor, ...] | None = None
    changes: ChangesFloor | None = None
    score: ScoreFloor
    cleared: bool | None = None
    alerts: tuple[str, ...] | None = None
    notes: tuple[str, ...] | None = None
    bent: BentSummaryFloor | None = None
    plan_id: str
    weeks_from: day_type
    withdrawn: tuple[str, ...] | None = None


class ChangeCostFloor(BaseModel):
    """Stand in for `ChangeCost`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sentence: str
    why: str
    evidence: Literal["A", "B", "C", "D", "M"]
    points: int | None = None
    points_per_hour: int | None = None
    points_per_day: int | None = None
    points_per_rank: int | None = None
    points_for_all: int | None = None
    points_on_a_fuller_day: int | None = None
    most_days: int | None = None
    up_to_percent: int | None = None
    factor: float | None = None


class AmbiguousNameFloor(BaseModel):
    """Stand in for `AmbiguousName`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    why: str
    evidence: Literal["A", "B", "C", "D", "M"]
    sources: tuple[str, ...] | None = None
    everyday_names: tuple[str, ...] | None = None
    means: str
    could_be: tuple[str, ...]
    question: str


class LengthFloor(BaseModel):
    """Stand in for `Length`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fitness: str
    percent: float | None = None


class RegionFloor(BaseModel):
    """Stand in for `Region`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    everyday_names: tuple[str, ...] | None = None
    group: Literal["leg", "trunk", "arm"]
    tissue: Literal["tendon", "muscle", "bone", "joint", "back"]
    tissue_names: dict[Literal["tendon", "muscle", "bone", "joint", "back"], tuple[str, ...]] | None = None
    graded: bool | None = None
    chest_wall: bool | None = None
    counts_as: tuple[str, ...] | None = None
    load_like: tuple[str, ...] | None = None
    load_why: str
    load_evidence: Literal["A", "B", "C", "D", "M"]
    load_sources: tuple[str, ...] | None = None


class TreatmentKindFloor(BaseModel):
    """Stand in for `TreatmentKind`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    everyday_names: tuple[str, ...] | None = None
    id: str
    minutes: int
    tissue: Literal["tendon", "muscle", "bone", "joint", "back"] | None = None
    region: str | None = None
    treats_injury: bool | None = None
    light_names: tuple[str, ...] | None = None
    heavy_names: tuple[str, ...] | None = None
    electric_names: tuple[str, ...] | None = None
    traits: tuple[str, ...] | None = None


class WorkoutFloor(BaseModel):
    """Stand in for `Workout`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    everyday_names: tuple[str, ...] | None = None
    kind: str
    counts_as: tuple[str, ...] | None = None
    intensity: Literal["very_easy", "easy", "moderate", "hard"]
    least_intensity: Literal["very_easy", "easy", "moderate", "hard"]
    impact: Literal["none", "low", "moderate", "high"]
    hard: bool | None = None
    long: bool | None = None
    on_request: bool | None = None
    lesser: bool | None = None
    length: LengthFloor
    least_minutes: int
    instead: tuple[str, ...] | None = None
    instead_of: tuple[str, ...] | None = None
    load: dict[str, Literal[0, 1, 2, 3]] | None = None
    load_like: str | None = None


class WorkoutKindFloor(BaseModel):
    """Stand in for `WorkoutKind`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    goal: str | None = None
    one: str
    several: str
    usual_minutes: dict[str, int] | None = None
    colour: Literal["green", "cyan", "magenta", "blue", "yellow", "red", "white"] | None = None
    stands_in_for_runs: bool | None = None
    only_with: str | None = None


class AfterTreatmentFloor(BaseModel):
    """Stand in for `AfterTreatment`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: tuple[int, int]
    treatments: tuple[str, ...] | None = None
    traits: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    chest_wall: bool | None = None


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
    graded: bool | None = None
    chest_wall: bool | None = None
    electric: bool | None = None
    blood_thinners: bool | None = None
    responses: (
        tuple[
            Literal["progress", "hold", "regress", "refer", "sore", "very_sore", "still_sore", "masked", "confirmed"],
            ...,
        ]
        | None
    ) = None


class BandNumbersFloor(BaseModel):
    """Stand in for `BandNumbers`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    progress_at_most: int | None = None
    hold_at_most: int | None = None
    refer_above: int | None = None
    refer_twice_above: int | None = None


class BandFloor(BaseModel):
    """Stand in for `Band`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    why: str
    evidence: Literal["A", "B", "C", "D", "M"]
    sources: tuple[str, ...] | None = None
    progress_at_most: int | None = None
    hold_at_most: int | None = None
    refer_above: int | None = None
    refer_twice_above: int | None = None
    id: str
    title: str
    when: WhenFloor
    permissive: BandNumbersFloor | None = None
    strict: BandNumbersFloor | None = None


class PreferenceFloor(BaseModel):
    """Stand in for `Preference`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sentence: str
    why: str
    points: int
    points_less_per_rank: int | None = None
    least_points: int | None = None


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


class AppliesToFloor(BaseModel):
    """Stand in for `AppliesTo`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    workouts: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    except_workouts: tuple[str, ...] | None = None
    except_kinds: tuple[str, ...] | None = None
    load_at_least: Literal[0, 1, 2, 3] | None = None


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
    why_holds: bool | None = None


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
    why_holds: bool | None = None
    id: str
    title: str
    covers: tuple[str, ...] | None = None
    when: WhenFloor | None = None
    applies_to: AppliesToFloor | None = None
    rules_out: tuple[str, ...] | None = None
    rules_out_workouts: tuple[str, ...] | None = None
    rules_out_checked: tuple[str, ...] | None = None
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
    level: Literal["permissive", "standard", "strict"] | None = None
    permissive: NumbersFloor | None = None
    strict: NumbersFloor | None = None


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


class SignCaseFloor(BaseModel):
    """Stand in for `SignCase`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    treated: AfterTreatmentFloor | None = None
    health: (
        tuple[
            Literal[
                "blood_thinners", "diabetes", "pacemaker", "epilepsy", "heart_disease", "weak_immunity", "pregnant"
            ],
            ...,
        ]
        | None
    ) = None
    name: str | None = None
    level: Literal["emergency", "same_day", "soon", "ask", "note"] | None = None
    question: str | None = None
    advice: str | None = None
    context: str | None = None
    finding: str | None = None
    why: str | None = None
    evidence: Literal["A", "B", "C", "D", "M"] | None = None
    sources: tuple[str, ...] | None = None


class SignFloor(BaseModel):
    """Stand in for `Sign`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    why: str
    evidence: Literal["A", "B", "C", "D", "M"]
    sources: tuple[str, ...] | None = None
    name: str
    everyday_names: tuple[str, ...] | None = None
    level: Literal["emergency", "same_day", "soon", "ask", "note"]
    question: str
    advice: str
    context: str
    finding: str | None = None
    days: int | None = None
    regions: tuple[str, ...] | None = None
    allows_only: tuple[str, ...] | None = None
    max_load: Literal[0, 1, 2, 3] | None = None
    max_impact: Literal["none", "low", "moderate", "high"] | None = None
    rules_out_workouts: tuple[str, ...] | None = None
    forbids_treatments: tuple[str, ...] | None = None
    gone_after_days: int | None = None
    cases: tuple[SignCaseFloor, ...] | None = None


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
    workout_kinds: dict[str, WorkoutKindFloor] | None = None
    bending: dict[str, ChangeCostFloor] | None = None
    ambiguous_names: dict[str, AmbiguousNameFloor] | None = None


class CitedFloor(BaseModel):
    """Stand in for `Cited`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    why: str
    evidence: Literal["A", "B", "C", "D", "M"]
    sources: tuple[str, ...] | None = None


class NamedFloor(BaseModel):
    """Stand in for `Named`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    everyday_names: tuple[str, ...] | None = None
