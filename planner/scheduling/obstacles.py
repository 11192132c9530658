"""Obstacles: the one place that decides why a workout is not at a time.

The plan asks it about the days of a week in which a wish did not fit, `why` about a time that was asked for, and the
notes about a workout that a person moved. What differs is what stands beside the workout: all that the plan holds, or
only what no plan can move. What is named is enough by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from planner.candidates.candidate import Candidate
from planner.candidates.wishes import workouts_of_same_wish
from planner.clock import DayNumber, Seconds, after, at, local, seconds
from planner.dose.spacings import breaks_a_day, breaks_spacing, spaced_names, timed_workout
from planner.limits.rule_windows import FOREVER, Window
from planner.limits.verdicts import Verdict
from planner.results.obstacle import Obstacle, ObstacleKind
from planner.rulebook.model import ReturnToRunning
from planner.rulebook.rule import Rule
from planner.scheduling.task import Task, asked_of_week, days_since_done
from planner.wording.questions.obstacles import obstacle_phrase

Chosen = Sequence[Sequence[Candidate]]
GAPS = ("days_between_runs", "days_between_hard", "days_between_long")


class Decision(NamedTuple):
    """Hold an obstacle, and the rule or the window that it names."""

    obstacle: Obstacle
    cause: Rule | Window | None = None


def find_obstacle(
    task: Task, workout: str, starts: Sequence[datetime], number: DayNumber, beside: Chosen, *, wanted: bool = False
) -> Obstacle:
    """Return what keeps a workout out of all of some aware times of one day.

    Args:
        task: what the plan was made from.
        workout: the workout of the catalogue.
        starts: the times of the day at which it could start; none where the day has no free one.
        number: the day's number among the task's days.
        beside: what is chosen, or stands, on each of the task's days.
        wanted: whether it is a wish of which the week holds too few: then the goal cannot be met already.

    """
    place = _Place(task, workout, starts, number, beside, wanted=wanted)
    for decide in DECISIONS:
        decision = decide(place)
        if decision is not None:
            break
    else:
        decision = Decision(Obstacle(kind="combination", rule="plan"))
    text = obstacle_phrase(decision.obstacle, task.explainer, decision.cause)
    return decision.obstacle.model_copy(update={"text": text})


class _Place:
    """Know what is asked about: a workout at any of some times of a day, and what stands beside it."""

    def __init__(
        self, task: Task, workout: str, starts: Sequence[datetime], number: DayNumber, beside: Chosen, *, wanted: bool
    ) -> None:
        self.task = task
        self.workout = workout
        self.starts = starts
        self.number = number
        self.beside = beside
        self.wanted = wanted
        self.choice = task.days[number]
        self.entry = task.rulebook.workouts[workout]
        self.race = task.chooser.races.on(self.choice.day) if workout == "race" else None
        self.minutes = task.chooser.usual_minutes(workout, self.race)

    @cached_property
    def kept_out(self) -> Rule | ReturnToRunning | None:
        """What keeps the workout out of the day whatever the hour."""
        return self.task.chooser.barring_rule(self.choice.day, self.workout)

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """What the rules say of it at each time."""
        return [self.task.limits.judge(self.workout, seconds(start), self.minutes) for start in self.starts]

    @cached_property
    def offered(self) -> list[Candidate]:
        """The ways in which it may stand at one of the times, as far as the rules and the day let it."""
        return [candidate for start in self.starts for candidate in self.task.chooser.standing_at(self.workout, start)]


def _danger_sign(place: _Place) -> Decision | None:
    return Decision(Obstacle(kind="danger_sign", rule="red_flags")) if place.task.cleared else None


def _past(place: _Place) -> Decision | None:
    now, day, tz = place.task.prior.not_before, place.choice.day, place.task.case.tz
    if now is None:
        return None
    last = place.starts or [at(day, window.last, tz) for window in place.task.case.windows_on(day)]
    return Decision(Obstacle(kind="past", rule="past")) if last and max(last) < now else None


def _way_back(place: _Place) -> Decision | None:
    if isinstance(place.kept_out, ReturnToRunning):
        return Decision(Obstacle(kind="return_to_running", rule="return_to_running"))
    return None


def _away(place: _Place) -> Decision | None:
    """Return that the person has no time for it on that day, by their own word; a race is their own word too."""
    case, kind = place.task.case, place.entry.kind
    if place.workout == "race":
        return None
    if case.away_on(place.choice.day) is not None:
        return Decision(Obstacle(kind="away", rule="away"))
    if not case.open_to(place.choice.day, kind):
        return Decision(Obstacle(kind="other_kinds", rule="availability", workouts=(place.workout,)))
    return None


def _race(place: _Place) -> Decision | None:
    """Return that there is no race, or that the day has another workout than the one that was asked about: its race."""
    if place.workout == "race":
        start = place.task.chooser.races.start_on(place.choice.day)
        return None if start in place.starts else Decision(Obstacle(kind="no_race", rule="preferences.race"))
    there = [*place.beside[place.number], *(candidate for window in place.choice.windows for candidate in window)]
    if any(candidate.form.role == "race" for candidate in there):
        return Decision(Obstacle(kind="race_day", rule="preferences.race"))
    return None


def _before_race(place: _Place) -> Decision | None:
    kept_out = place.kept_out
    return Decision(Obstacle(kind="before_race", rule=kept_out.id), kept_out) if isinstance(kept_out, Rule) else None


def _rule(place: _Place) -> Decision | None:
    if not place.verdicts or any(verdict.allowed for verdict in place.verdicts):
        return None
    windows = [window for verdict in place.verdicts for window in verdict.ruled_out_by]
    window = place.task.limits.binding_window(windows, workouts_of_same_wish(place.workout, place.task.wishes))
    until = None if window.closes >= FOREVER else _local(place, window.closes)
    kind: ObstacleKind = "rule" if window.rule.before_race is None else "before_race"
    return Decision(Obstacle(kind=kind, rule=window.rule.id, until=until), window)


def _local(place: _Place, moment: Seconds) -> datetime:
    return local(datetime.fromtimestamp(moment, UTC), place.task.case.tz)


def _busy(place: _Place) -> Decision | None:
    """Return when the busy time ends that leaves no room where the rules leave some; a race asks no calendar."""
    if place.workout == "race":
        return None
    busy, day, tz = place.task.chooser.busy, place.choice.day, place.task.case.tz
    spans = [
        (verdict.start, after(verdict.start, verdict.max_minutes or verdict.minutes))
        for verdict in place.verdicts
        if verdict.allowed
    ]
    if not place.verdicts:
        spans = [
            (seconds(at(day, window.first, tz)), seconds(at(day, window.last, tz)))
            for window in place.task.case.windows_on(day)
        ]
    ends = [busy.until(begins, last) for begins, last in spans]
    moments = [end for end in ends if end is not None]
    if not moments or len(moments) < len(ends) or place.offered:
        return None
    return Decision(Obstacle(kind="busy", rule="busy", until=_local(place, max(moments))))


def _time(place: _Place) -> Decision | None:
    if not place.starts:
        return Decision(Obstacle(kind="no_time", rule="availability"))
    if place.offered:
        return None
    racing_until = place.task.chooser.races.end_of(place.choice.day - timedelta(days=1))
    if racing_until is not None and max(place.starts) < racing_until:
        return Decision(Obstacle(kind="after_race", rule="preferences.race", until=racing_until))
    return Decision(Obstacle(kind="too_little_time", rule="availability"))


def _spacing(place: _Place) -> Decision | None:
    """Return the rule on spacing that it would break beside what is there, or was done before the plan begins."""
    last = dict(zip(GAPS, days_since_done(place.task), strict=True))
    for field, days, rule in _gaps(place):
        near = range(max(place.number - days + 1, 0), min(place.number + days, len(place.beside)))
        ago = last[field]
        if any(_alike(place.task, candidate, field) for other in near for candidate in place.beside[other]) or (
            ago is not None and ago + place.number < days
        ):
            return Decision(Obstacle(kind="spacing", rule="return_to_running" if rule is None else rule.id), rule)
    there = [
        (candidate.start.date(), name, candidate.done)
        for number, candidates in enumerate(place.beside)
        if number != place.number
        for candidate in candidates
        for name in spaced_names(candidate.form)
    ]
    there += [(pinned.start.date(), pinned.workout, True) for pinned in place.task.prior.fixed if pinned.done]
    there.append((place.choice.day, place.workout, False))
    for spacing in place.task.spacings:
        if not spacing.within_a_day and place.workout in spacing.asks and breaks_spacing(spacing, there):
            return Decision(Obstacle(kind="spacing", rule=spacing.rule.id), spacing.rule)
    return None


def _gaps(place: _Place) -> Iterator[tuple[str, int, Rule | None]]:
    """Yield the rules on spacing that concern it: what each is about, its days, and the rule (None: the way back)."""
    task, entry = place.task, place.entry
    returning = task.rulebook.return_to_running
    if task.case.return_to_running is not None and returning is not None and entry.is_running:
        yield "days_between_runs", returning.days_between_runs, None
    for field, concerned in zip(GAPS, (entry.is_running, entry.hard, entry.long), strict=True):
        rule = task.training.get(field)
        if concerned and rule is not None:
            yield field, getattr(rule, field), rule


def _alike(task: Task, candidate: Candidate, field: str) -> bool:
    entry = task.rulebook.workouts[candidate.form.workout]
    return {"days_between_runs": entry.is_running, "days_between_hard": entry.hard}.get(field, entry.long)


def _first_run_back(place: _Place) -> Decision | None:
    rule = place.task.training.get("first_run_back")
    if rule is None or not all(candidate.back == "later" for candidate in place.offered):
        return None
    return Decision(Obstacle(kind="first_run_back", rule=rule.id))


def _same_day(place: _Place) -> Decision | None:
    """Return what stands on the day that it does not go with, be it asked for or not."""
    return (
        None
        if place.wanted
        else _holds([candidate for candidate in place.beside[place.number] if _meets(place, candidate)])
    )


def _day_full(place: _Place) -> Decision | None:
    """Return all that stands on the day of a wish that did not fit there, or the rule on what one day holds."""
    return _held_by_day(place) or _holds(place.beside[place.number]) if place.wanted else None


def _held_by_day(place: _Place) -> Decision | None:
    """Return the rule on what one day holds that leaves none of its times, where a day may hold two."""
    case, there = place.task.case, [timed_workout(other) for other in place.beside[place.number]]
    if not there or not (case.goals.two_a_day or len(case.windows_on(place.choice.day)) > 1):
        return None
    free = [
        timed
        for timed in map(timed_workout, place.offered)
        if all(timed.end <= other.start or other.end <= timed.start for other in there if other.has_a_time)
    ]
    for spacing in place.task.spacings if free else ():
        if spacing.within_a_day and all(breaks_a_day(spacing, [timed, *there]) for timed in free):
            return Decision(Obstacle(kind="spacing", rule=spacing.rule.id), spacing.rule)
    return None


def _holds(there: Sequence[Candidate]) -> Decision | None:
    workouts = tuple(candidate.form.workout for candidate in there)
    return Decision(Obstacle(kind="same_day", rule="preferences.fit_in_goals", workouts=workouts)) if workouts else None


def _meets(place: _Place, other: Candidate) -> bool:
    entry = place.task.rulebook.workouts[other.form.workout]
    timed = not other.done or (other.fixed is not None and other.fixed.uid)
    overlaps = timed and all(candidate.start < other.end and other.start < candidate.end for candidate in place.offered)
    alike = entry.kind == place.entry.kind or (entry.is_running and place.entry.is_running)
    return bool(overlaps) or alike or (entry.hard and place.entry.hard)


def _goal_met(place: _Place) -> Decision | None:
    """Return the goal of which nothing is left to place in the week of the day."""
    if place.wanted:
        return None
    task, week = place.task, _week(place)
    days, caps = [task.days[number].day for number in week], asked_of_week(task, DayNumber(week[0]))
    there = [candidate.form for number in week for candidate in place.beside[number]]
    gone = [task.chooser.form_on(workout, day) for workout, day in task.prior.given_up if day in days]
    for goal in task.chooser.form_on(place.workout, place.choice.day).counters:
        taken_out = tuple(form.workout for form in gone if goal in form.counters)
        asked = caps[goal]
        if sum(goal in form.counters for form in there) + len(taken_out) >= asked:
            return Decision(Obstacle(kind="goal_met", rule=f"goals.{goal}", workouts=taken_out, asked=asked))
    return None


def _rest_days(place: _Place) -> Decision | None:
    """Return that the rest days leave no day, where what is there takes all the others."""
    taken = sum(bool(place.beside[number]) for number in _week(place))
    most = asked_of_week(place.task, DayNumber(_week(place)[0]))["workout_days"]
    full = not place.beside[place.number] and taken >= most
    return Decision(Obstacle(kind="rest_days", rule="rest_days")) if full else None


def _week(place: _Place) -> range:
    first = place.number - place.number % 7
    return range(first, min(first + 7, len(place.beside)))


DECISIONS = (
    _danger_sign,
    _past,
    _way_back,
    _away,
    _race,
    _before_race,
    _rule,
    _busy,
    _time,
    _same_day,
    _spacing,
    _first_run_back,
    _day_full,
    _goal_met,
    _rest_days,
)
"""What may stand in the way, in the order in which it is asked about."""
