"""Answer: what is said of a workout at a time, and of a day, as models; the JSON of `planner why`."""

from __future__ import annotations

from datetime import date, datetime

from planner.clock import Minutes
from planner.models import Part
from planner.results.difference import Difference, Loss
from planner.results.obstacle import Obstacle
from planner.results.plan import Conditions, PlannedTreatment, PlannedWorkout, Reason
from planner.rulebook.scales import Intensity, VerdictWord


class SpeakingRule(Reason):
    """Name a rule that speaks about a workout, with what it alone lets through, whatever the workout's usual length.

    A rule that says "up to 40 minutes" says 40 to a person whose usual run is 30; what it does not cap is None.
    """

    rules_out: bool = False
    max_minutes: Minutes | None = None
    max_intensity: Intensity | None = None
    conditions: Conditions | None = None


class Answer(Part):
    """Say whether a workout may start at a time: allowed, limited or ruled out, with every rule that speaks.

    `max_minutes` and `max_intensity` are the strictest of all rules that speak, None where none caps them or it is
    ruled out; `check` is what to check before starting. It is `limited` where one of them is below what the workout
    usually is, or a check holds.
    `rules` come with those that bind first. `would_cost` are the points that the best plan with the workout has less
    than the best plan: 0 where it is `chosen`, None where no plan can hold it.
    """

    workout: str
    title: str
    start: datetime
    verdict: VerdictWord
    max_minutes: Minutes | None
    max_intensity: Intensity | None
    usual_minutes: Minutes
    """How long the workout usually is, before any rule."""
    usual_intensity: Intensity
    """How hard it usually is."""
    check: str | None
    conditions: Conditions | None
    """The figures of the check."""
    rules: tuple[SpeakingRule, ...]
    binding: tuple[str, ...]
    """The ids of the rules that bind."""
    chosen: bool = False
    would_cost: int | None = None
    busy_until: datetime | None = None
    """When the busy time of a calendar ends that it would overlap."""
    obstacle: Obstacle | None = None
    """What keeps it out of every plan, where something does."""
    would_change: Difference | None = None
    lost_by: tuple[Loss, ...] = ()
    """The preferences that give less, the most points first."""
    text: str = ""
    """The answer in one sentence."""


class Reaching(Part):
    """Show a treatment whose rules reach into a day, those that rule out most first."""

    treatment: PlannedTreatment
    rules: tuple[Reason, ...]


class DayAnswer(Part):
    """Say it for every workout of the catalogue on one day, each at the best of the day's start times.

    `treatments` are those that reach into the day, `standing` the rules about injuries and the log that do, and
    `chosen` is what the plan holds on the day, `done` what the log says, and `notes` tell what became of workouts that
    were moved or taken out by hand.
    """

    date: date
    alerts: tuple[str, ...] = ()
    treatments: tuple[Reaching, ...] = ()
    standing: tuple[Reason, ...] = ()
    chosen: tuple[PlannedWorkout, ...] = ()
    done: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    workouts: tuple[Answer, ...]

    def of(self, workout: str) -> Answer:
        """Return the answer for one workout of the catalogue."""
        return next(answer for answer in self.workouts if answer.workout == workout)
