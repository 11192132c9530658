"""Obstacles: what did not fit into a week, and what stood in its way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from planner.candidates.candidate import Candidate, DayChoice
from planner.clock import at, local, seconds
from planner.limits.limits import Verdict
from planner.results.plan import Because, Unplaced
from planner.rulebook.model import ReturnToRunning
from planner.rulebook.vocabulary import GOAL_KINDS
from planner.scheduling.task import Task
from planner.wording.english import a, listed, spoken

Chosen = Sequence[Sequence[Candidate]]
SPECIALS = {"long_run": "run_long", "hard_runs": "run_hard", "hard_bikes": "bike_hard"}
"""What stands for the wishes that are some of the runs or rides."""
GAPS = ("days_between_runs", "days_between_hard", "days_between_long")
NOT_CONSECUTIVE = "no running on consecutive days on the way back to running"
MOST_REASONS = 6
"""So many things that stood in the way are named, those of the most days first."""


def unplaced(task: Task, chosen: Chosen) -> tuple[Unplaced, ...]:
    """Return what was asked for and did not fit, week by week, the most important first."""
    found = []
    for first in range(0, len(task.days), 7):
        days, week = task.days[first : first + 7], chosen[first : first + 7]
        if days[0].day > task.weeks.last:
            # Here only what the calendar shows already counts, for what comes before it to keep its distance.
            break
        for name, workout, asked in _asked(task, days):
            placed = sum(_counts(candidate, name) for candidates in week for candidate in candidates)
            if placed < asked:
                found.append(
                    Unplaced(
                        week=days[0].day,
                        kind=name,
                        asked=asked,
                        placed=placed,
                        because=tuple(_because(task, chosen, first, workout)),
                    )
                )
    return tuple(found)


def _asked(task: Task, days: Sequence[DayChoice]) -> Iterator[tuple[str, str, int]]:
    """Yield the name of each wish of a week, the workout that stands for it, and how often it was asked for."""
    races = sum(any(race.date == day.day for race in task.case.races) for day in days)
    if races:
        yield "race", "race", races
    for goal in task.wishes.ranks:
        forms = [form for form in task.wishes.forms if form.goal == goal and form.role == "goal"]
        yield GOAL_KINDS[goal], forms[0].workout, task.wishes.caps[goal]
        for special, workout in SPECIALS.items():
            if special in task.wishes.caps and any(special in form.counters for form in forms):
                yield special, workout, task.wishes.caps[special]


def _counts(candidate: Candidate, name: str) -> bool:
    form = candidate.form
    if form.role == "substitute":
        return False
    if name == "race":
        return form.role == "race"
    return name in form.counters or GOAL_KINDS.get(form.goal) == name


def missing(task: Task, chosen: Chosen) -> dict[tuple[date, str], int]:
    """Return how many workouts of each wish did not fit into each week, by the week's first day and the wish."""
    found = {}
    for first in range(0, len(task.days), 7):
        days, week = task.days[first : first + 7], chosen[first : first + 7]
        for name, _, asked in _asked(task, days):
            placed = sum(_counts(candidate, name) for candidates in week for candidate in candidates)
            if placed < asked:
                found[days[0].day, name] = asked - placed
    return found


def workout_of(task: Task, week: date, name: str) -> str:
    """Return the workout that stands for a wish of the week that begins on a day."""
    first = (week - task.days[0].day).days
    return next(workout for key, workout, _ in _asked(task, task.days[first : first + 7]) if key == name)


def _because(task: Task, chosen: Chosen, first: int, workout: str) -> Iterator[Because]:
    """Yield what stood in the way on the days of a week that hold no such workout, the most frequent first."""
    in_the_way: dict[tuple[str, str], list[date]] = {}
    for number, rule, text in obstacles(task, chosen, first, workout):
        in_the_way.setdefault((rule, text), []).append(task.days[number].day)
    ordered = sorted(in_the_way.items(), key=lambda item: -len(item[1]))
    for (rule, text), days in ordered[:MOST_REASONS]:
        said = "every day" if len(days) == 7 else listed([f"{day:%a}" for day in days])
        yield Because(rule=rule, text=f"{said[:1].upper()}{said[1:]}: {text}")


def obstacles(task: Task, chosen: Chosen, first: int, workout: str) -> Iterator[tuple[int, str, str]]:
    """Yield the number of each day of a week that holds no such workout, with the rule or wish in its way, in words."""
    kind = task.rulebook.workouts[workout].kind
    special = workout in SPECIALS.values() or workout == "race"
    for number in range(first, min(first + 7, len(task.days))):
        day = task.days[number].day
        if workout == "race" and all(race.date != day for race in task.case.races):
            continue
        # A day with an easy run has one of the runs, but not the long one.
        held = [one.form.workout for one in chosen[number]]
        if workout in held or (not special and any(task.rulebook.workouts[one].kind == kind for one in held)):
            continue
        yield number, *_obstacle(task, chosen, number, workout)


def _obstacle(task: Task, chosen: Chosen, number: int, workout: str) -> tuple[str, str]:
    """Return the one thing that keeps a workout out of a day: its rule, or the name of a wish, and a phrase."""
    choice = task.days[number]
    kept_out = task.chooser.kept_out(choice.day, workout)
    if isinstance(kept_out, ReturnToRunning):
        return "return_to_running", task.explainer.standing(kept_out).title
    if not choice.windows:
        return "availability", "no time for sport"
    if any(one.form.role == "race" for one in chosen[number]):
        return "preferences.race", "race day"
    usual = task.chooser.usual_minutes(workout)
    verdicts = [task.limits.judge(workout, seconds(start), usual) for starts in choice.starts for start in starts]
    if workout != "race" and (busy := _busy_until(task, choice, verdicts)) is not None:
        # Not what the event is called: the plan goes into files.
        return "busy", f"busy until {local(datetime.fromtimestamp(busy, UTC), task.case.tz):%H:%M}"
    if not verdicts:
        return "availability", "no time for sport"
    if not any(verdict.allowed for verdict in verdicts):
        window = max(
            (window for verdict in verdicts for window in verdict.ruled_out_by),
            key=lambda each: (each.basis is None, each.closes, each.rule.id),
        )
        return window.rule.id, task.explainer.titled(window.rule)
    if kept_out is not None:
        return kept_out.id, kept_out.title
    too_near = spacing(task, chosen, number, workout)
    if too_near is not None:
        return too_near
    offered = {one.form.workout: one.back for window in choice.windows for one in window}
    if offered and workout not in offered:
        return "availability", "not enough time left on the day"
    if workout in offered and offered[workout] == "later" and "first_run_back" in task.training:
        rule = task.training["first_run_back"]
        return rule.id, rule.title
    if chosen[number]:
        names = [
            a(spoken(each, task.rulebook.workouts[each].name)) for each in (one.form.workout for one in chosen[number])
        ]
        return "preferences.fit_in_goals", f"the day holds {listed(names)}"
    return "rest_days", "kept as a rest day"


def _busy_until(task: Task, choice: DayChoice, verdicts: Sequence[Verdict]) -> int | None:
    """Return when the busy time ends that leaves no room for a workout on a day that has room by the rules, or None."""
    allowed = [verdict for verdict in verdicts if verdict.allowed]
    if verdicts and not allowed:
        return None
    found = []
    for verdict in allowed:
        minutes = min(verdict.max_minutes or verdict.minutes, verdict.minutes)
        found.append(task.chooser.busy.until(verdict.start, verdict.start + minutes * 60))
    if not verdicts:
        for window in task.case.availability.on(choice.day):
            first, last = (at(choice.day, each, task.case.tz) for each in (window.first, window.last))
            found.append(task.chooser.busy.until(seconds(first), seconds(last)))
    return None if not found or None in found else max(one for one in found if one is not None)


def spacing(task: Task, chosen: Chosen, number: int, workout: str) -> tuple[str, str] | None:
    """Return the rule on spacing that a workout on a day would break beside what was chosen for the others."""
    for field, days, rule in asked_gaps(task, workout):
        near = range(max(number - days + 1, 0), min(number + days, len(chosen)))
        if any(_alike(task, one, field) for other in near for one in chosen[other]):
            return rule
    return None


def asked_gaps(task: Task, workout: str) -> Iterator[tuple[str, int, tuple[str, str]]]:
    """Yield the rules on spacing that concern a workout: what it is about, how many days, its id and its words."""
    entry = task.rulebook.workouts[workout]
    returning = task.rulebook.return_to_running
    if task.case.return_to_running is not None and returning is not None and entry.kind == "run":
        yield "days_between_runs", returning.days_between_runs, ("return_to_running", NOT_CONSECUTIVE)
    for field, concerned in zip(GAPS, (entry.kind == "run", entry.hard, entry.long), strict=True):
        rule = task.training.get(field)
        if concerned and rule is not None:
            yield field, getattr(rule, field), (rule.id, rule.title)


def _alike(task: Task, candidate: Candidate, field: str) -> bool:
    entry = task.rulebook.workouts[candidate.form.workout]
    return {"days_between_runs": entry.kind == "run", "days_between_hard": entry.hard}.get(field, entry.long)
