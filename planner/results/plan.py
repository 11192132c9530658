"""The plan: what the search chose, why, and what did not fit.

The models are the contract of `planner plan --format json`; every reason is data first (the rule and the treatment that
it speaks about), its sentence second.
"""

from datetime import date, datetime
from itertools import groupby
from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer

from planner.clock import Minutes
from planner.models import Part, is_false, is_none
from planner.results.bent import BentSummary, SessionChange, SessionSource
from planner.results.obstacle import Obstacle
from planner.rulebook.figures import Check
from planner.rulebook.scales import Caution, Evidence, Intensity

Conditions = Annotated[Check, PlainSerializer(lambda check: check.model_dump(exclude_defaults=True))]
"""What a check asks, as figures: `{"pain_at_most": 2, "no_limp": true}`; in JSON only what it asks."""


class Reason(Part):
    """Name the rule or preference that speaks, and the treatment it speaks about.

    `rule` is a rule's id, or `preferences.` and a preference's name; `treatment` is the number of the treatment in the
    plan (counted from 0 in order of time), or None where the rule speaks about no treatment.
    """

    rule: str
    title: str
    text: str
    evidence: Evidence
    sources: tuple[str, ...] = ()
    treatment: int | None = None
    about: str = ""
    """What the rule speaks about: `Dry needling (calf muscle) on Tue 24 Nov`."""
    why: str = ""
    """The reason alone, without the title and what it is about."""
    standing: bool = False
    """Whether it holds on every day, as long as there is the injury."""
    safety: bool = False
    """Whether nothing loosens it."""
    clearing: str = ""
    """What to write in the case once a clinician gave the clearance that it waits for."""


class PlannedTreatment(Part):
    """Show a treatment on its day; `start` and `end` are dates where the time of day is not known.

    For a treatment of a whole day `end` is the day after it, as in a calendar file.
    """

    kind: str
    name: str
    region: str
    start: datetime | date
    end: datetime | date
    aftercare: tuple[Reason, ...] = ()
    uid: str | None = None
    """The identity of its note in the calendar, where there is something to mind around it."""


class PlannedWorkout(Part):
    """Show a workout at its time: real minutes, the effort, the check before it and what to do instead."""

    uid: str
    workout: str
    kind: str
    title: str
    start: datetime
    end: datetime
    minutes: Minutes
    intensity: Intensity
    check: str | None = None
    conditions: Conditions | None = None
    """The figures of the check."""
    otherwise: str | None = None
    otherwise_title: str | None = None
    stage: int | None = None
    """The stage of the return to running, from 1."""
    intervals: str | None = None
    """The stage's intervals: `3 x (6 min walk, 4 min run)`."""
    projected: bool = False
    """Whether the stage waits for sessions that are still to come: only the log can confirm it."""
    by_hand: bool = False
    """Whether it stands where a person moved it."""
    source: SessionSource | None = Field(default=None, exclude_if=is_none)
    """The session of somebody else's plan that it is."""
    change: SessionChange | None = Field(default=None, exclude_if=is_none)
    """How that session was changed."""
    all_day: bool = Field(default=False, exclude_if=is_false)
    """Whether it stays a session of the whole day, as its plan has it; `start` is then the first time that fits."""
    hint: str | None = Field(default=None, exclude_if=is_none)
    """In which part of its day a session of the whole day stands."""
    seal: str = Field(default="", exclude=True)
    """What is remembered of the session in the calendar, to find it again."""
    reasons: tuple[Reason, ...] = ()


class RuledOut(Part):
    """Name a workout that has no place on a day, and the rule that binds."""

    workout: str
    rule: str
    text: str
    asked: bool = False
    """Whether it is what the person asks for first of its kind: the easy run of the runs."""


class Absence(Part):
    """Say what keeps a person from all workouts on a day, the case's own words after it: `Away: holiday`."""

    kind: Literal["away", "ill"]
    text: str


class PlanDay(Part):
    """Show one local day: its treatments, its workouts, and what is ruled out all day.

    `done` are the titles of the workouts that only the log tells of: they stand on no calendar.
    """

    date: date
    treatments: tuple[PlannedTreatment, ...] = ()
    workouts: tuple[PlannedWorkout, ...] = ()
    done: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    ruled_out: tuple[RuledOut, ...] = ()
    absent: Absence | None = Field(default=None, exclude_if=is_none)
    """Whether the person is away or ill all day, where they are."""


class Because(Obstacle):
    """Name one thing that stood in the way of a workout, and on which days of the week."""

    days: tuple[date, ...] = ()


class Remedy(Part):
    """Name one change to the case with which more fits; planning again with it has shown that.

    `change` says which of the other fields hold what changes: an appointment of the plan (by its number, in order of
    time) that would begin at `start`; a start window on a day; a `goal` (or `rest_days`) lowered to `count`; figures
    that only a clinician may change: those of a `rule`, or the level of `caution`. `left` workouts would still not fit;
    `lost` are the kinds of which one more would not: only a race makes others give way.
    """

    change: Literal["appointment", "window", "goal", "rule", "caution"]
    text: str
    left: int = 0
    lost: tuple[str, ...] = ()
    treatment: int | None = None
    start: datetime | date | None = None
    day: date | None = None
    window: str | None = None
    goal: str | None = None
    count: int | None = None
    rule: str | None = None
    figures: dict[str, Any] | None = None
    caution: Caution | None = None


class Unplaced(Part):
    """Say how many workouts of a kind did not fit into a week, what stood in the way, and what would make room.

    `would_fit_if` are the sentences of the `remedies`, the smallest change first.
    """

    week: date
    kind: str
    asked: int
    placed: int
    because: tuple[Because, ...] = ()
    would_fit_if: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()


class Change(Part):
    """Name a workout of a revised plan, where the calendar showed it before, and where it shows it now.

    Midnight stands for a session of somebody else's plan that lasts all day.
    """

    uid: str
    title: str
    was: str | None = None
    """The title before, where it was another: it holds the minutes."""
    from_: datetime | None = Field(default=None, alias="from")
    to: datetime | None = None


class Changes(Part):
    """List what a revision made of the workouts from now on, each list in order of time.

    `changed` ones stand where they stood, but are longer, shorter or say something else.
    """

    added: tuple[Change, ...] = ()
    moved: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    cancelled: tuple[Change, ...] = ()
    unchanged: tuple[Change, ...] = ()
    treatments: tuple[Change, ...] = ()
    """The appointments that are at another time now, which is why other things may have moved."""


class Score(Part):
    """Take the plan's points apart: how much each preference gave (or cost, below zero)."""

    total: int
    preferences: dict[str, int]


class Plan(Part):
    """Hold one person's planned weeks, from the first day to the last, both included."""

    case: str
    timezone: str
    from_: date = Field(alias="from")
    to: date
    caution: Caution
    days: tuple[PlanDay, ...]
    unplaced: tuple[Unplaced, ...] = ()
    changes: Changes = Changes()
    score: Score
    cleared: bool = False
    """Whether a danger sign clears the plan: no workout is shown until a clinician found what it is."""
    alerts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    bent: BentSummary | None = Field(default=None, exclude_if=is_none)
    """What became of somebody else's plan, where the case has one."""
    plan_id: str
    """What keeps the identities of this plan apart from those of every other plan."""
    weeks_from: date
    """The first day of the calendar week of its first day."""
    wishes_from: date | None = None
    """The day from which that week was planned: where it is another, the week's wishes are for the rest of it."""
    rulebook_version: str = Field(default="", exclude=True)
    """What tells the rulebook by which it was planned from every other."""
    withdrawn: tuple[str, ...] = Field(default=(), exclude=True)
    """The identities of workouts after its days that its calendar shows, and that nothing may show any longer."""

    @property
    def weeks(self) -> tuple[tuple[PlanDay, ...], ...]:
        """The days by calendar weeks, of which the first and the last may be short."""
        by_week = groupby(self.days, key=lambda day: (day.date - self.weeks_from).days // 7)
        return tuple(tuple(days) for _, days in by_week)

    @property
    def workouts(self) -> tuple[PlannedWorkout, ...]:
        """All workouts in order of time."""
        return tuple(workout for day in self.days for workout in day.workouts)
