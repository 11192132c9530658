"""Why: what the rules say about a workout at a time, as data and in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from planner.availability import DEFAULTS, parse_windows
from planner.bookings import Calendars
from planner.case import Case
from planner.clock import at, local, seconds
from planner.explain import check_sentence
from planner.limits import Verdict, VerdictWord
from planner.planned import Part, Reason
from planner.planning import Task, prepare
from planner.revise import weeks_of
from planner.rulebook import Rulebook
from planner.scales import INTENSITIES, Intensity


class Answer(Part):
    """Say whether a workout may start at a time: allowed, limited or ruled out, with every rule that speaks.

    `max_minutes` and `max_intensity` are None where no rule limits them; `check` is what to check before starting.
    `rules` come with those that bind first.
    """

    workout: str
    title: str
    start: datetime
    verdict: VerdictWord
    max_minutes: int | None
    max_intensity: Intensity | None
    check: str | None
    rules: tuple[Reason, ...]
    binding: tuple[str, ...]
    """The ids of the rules that bind."""
    would_cost: int | None = None
    busy_until: datetime | None = None
    """When the busy time of a calendar ends that it would overlap."""


class DayAnswer(Part):
    """Say it for every workout of the catalogue on one day, each at the best of the day's start times."""

    date: date
    workouts: tuple[Answer, ...]

    def of(self, workout: str) -> Answer:
        """Return the answer for one workout of the catalogue."""
        return next(answer for answer in self.workouts if answer.workout == workout)


def why_workout(
    case: Case, rulebook: Rulebook, moment: datetime, workout: str, calendars: Calendars | None = None
) -> Answer:
    """Return what the rules say about a workout that starts at a local time (or an aware one)."""
    start = local(moment, case.tz)
    task = prepare(case, rulebook, weeks_of(start.date(), 1), calendars=calendars)
    return _best(task, workout, [start])


def why_day(
    case: Case, rulebook: Rulebook, day: date, moment: datetime | None = None, calendars: Calendars | None = None
) -> DayAnswer:
    """Return what the rules say about each workout on a day, or at one local time of it."""
    task = prepare(case, rulebook, weeks_of(day, 1), calendars=calendars)
    starts = [local(moment, case.tz)] if moment else starts_on(task, day)
    return DayAnswer(date=day, workouts=tuple(_best(task, workout, starts) for workout in rulebook.workouts))


def starts_on(task: Task, day: date) -> list[datetime]:
    """Return the start times that matter on a day; where the person has no time, those of a usual day."""
    windows = task.case.availability.on(day) or parse_windows(DEFAULTS["default"])
    starts = [start for window in windows for start in task.chooser.starts(day, window)]
    return starts or [at(day, parse_windows(DEFAULTS["default"])[0].first, task.case.tz)]


def _best(task: Task, workout: str, starts: Sequence[datetime]) -> Answer:
    """Return the answer for the most permissive of some start times, not busy where it can be; then the earliest."""
    minutes = task.chooser.usual_minutes(workout)
    free = [start for start in starts if task.chooser.busy.until(seconds(start), seconds(start) + minutes * 60) is None]
    starts = free or starts
    verdicts = [(task.limits.judge(workout, seconds(start), minutes), start) for start in starts]
    order = ("allowed", "limited", "ruled_out")
    verdict, start = min(verdicts, key=lambda one: (order.index(one[0].word), -(one[0].max_minutes or minutes)))
    return _answer(task, verdict, start)


def _answer(task: Task, verdict: Verdict, start: datetime) -> Answer:
    checks = [window.rule.check for window in verdict.checks if window.rule.check is not None]
    binding = verdict.ruled_out_by or [*verdict.limited_by, *verdict.checks]
    minutes = min(verdict.max_minutes or verdict.minutes, verdict.minutes)
    busy = None if verdict.workout == "race" else task.chooser.busy.until(verdict.start, verdict.start + minutes * 60)
    return Answer(
        workout=verdict.workout,
        title=task.rulebook.workouts[verdict.workout].name,
        start=start,
        verdict=verdict.word,
        max_minutes=verdict.max_minutes,
        max_intensity=None if verdict.max_intensity is None else INTENSITIES[verdict.max_intensity],
        check=check_sentence(checks),
        rules=tuple(task.explainer.verdict(verdict)),
        binding=tuple(dict.fromkeys(window.rule.id for window in binding)),
        busy_until=None if busy is None else local(datetime.fromtimestamp(busy, UTC), task.case.tz),
    )
