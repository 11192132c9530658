"""In the way: why no plan can hold a workout at a time though the rules about it let it start.

Whatever else is chosen can give way, so only what stands can be the reason: what was done, or stands on days that are
not planned, the day of a race, the case's own hours. Each reason that is named is enough by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from planner.candidates.candidate import Candidate
from planner.candidates.wishes import form_of
from planner.clock import local, seconds
from planner.scheduling.task import Task, caps_left, since
from planner.scheduling.unplaced import GAPS, asked_gaps, spacing
from planner.wording.english import a, spoken
from planner.wording.rules import WISHES


def in_the_way(task: Task, workout: str, start: datetime) -> tuple[str, str]:
    """Return what keeps a workout that the rules let start out of every plan: a rule or wish, and a phrase.

    `start` is an aware time on a day of the task.
    """
    number = (start.date() - task.days[0].day).days
    choice = task.days[number]
    if task.given.not_before is not None and start < task.given.not_before:
        return "past", "that time is past"
    if workout == "race":
        return "preferences.race", "you have no race at that time"
    if any(one.form.role == "race" for window in choice.windows for one in window):
        return "preferences.race", "race day belongs to the race"
    offered = list(task.chooser.standing_at(workout, start))
    begins = seconds(start)
    busy = task.chooser.busy.until(begins, begins + 60 * task.chooser.usual_minutes(workout))
    if not offered and busy is not None:
        ends = local(datetime.fromtimestamp(busy, UTC), task.case.tz)
        return "busy", f"your calendar says that you are busy until {ends:%H:%M}"
    racing_until = task.chooser.races.end_of(start.date() - timedelta(days=1))
    if not offered and racing_until is not None and start < racing_until:
        return "preferences.race", "the race of the day before is not over then"
    if not offered:
        return "availability", "not enough time left on the day"
    stands = [[one for window in each.windows for one in window if one.done] for each in task.days]
    return (
        _same_day(task, workout, offered, stands[number])
        or spacing(task, stands, number, workout)
        or _since_before(task, workout, number)
        or _none_left(task, workout, number)
        or _first_run_back(task, offered)
        or _rest_days(task, stands, number)
        or ("plan", "there is no way to fill the days around it that keeps all rules")
    )


def _same_day(
    task: Task, workout: str, offered: Sequence[Candidate], stands: Sequence[Candidate]
) -> tuple[str, str] | None:
    """Return what stands on the day that a workout does not go with."""
    workouts = task.rulebook.workouts
    entry = workouts[workout]
    for one in stands:
        there = workouts[one.form.workout]
        timed = one.fixed is not None and one.fixed.uid
        meets = timed and all(each.start < one.end and one.start < each.end for each in offered)
        if meets or there.kind == entry.kind or (there.hard and entry.hard):
            return "plan", f"that day has {a(spoken(one.form.workout, there.name))} already"
    return None


def _since_before(task: Task, workout: str, number: int) -> tuple[str, str] | None:
    """Return the rule on spacing that asks for more days since what was done before the plan begins."""
    last = dict(zip(GAPS, since(task), strict=True))
    for field, days, rule in asked_gaps(task, workout):
        ago = last[field]
        if ago is not None and ago + number < days:
            return rule
    return None


def _none_left(task: Task, workout: str, number: int) -> tuple[str, str] | None:
    """Return the goal of a workout of which nothing is left to place in the week of a day."""
    first = number - number % 7
    left, days = caps_left(task, first), [choice.day for choice in task.days[first : first + 7]]
    for goal in form_of(workout, task.wishes, task.rulebook).counters:
        if not left[goal]:
            one, many = WISHES[goal]
            asked = f"{many} you asked for stand" if task.wishes.caps[goal] > 1 else f"{one} you asked for stands"
            gone = [form_of(given, task.wishes, task.rulebook) for given, day in task.given.given_up if day in days]
            out = ", or you took them out of your calendar" if any(goal in form.counters for form in gone) else ""
            return f"goals.{goal}", f"the {asked} in that week already{out}"
    return None


def _first_run_back(task: Task, offered: Sequence[Candidate]) -> tuple[str, str] | None:
    rule = task.training.get("first_run_back")
    if rule is None or not all(one.back == "later" for one in offered):
        return None
    return rule.id, "the first run after the break, which is easy and short, has to come before it"


def _rest_days(task: Task, stands: Sequence[Sequence[Candidate]], number: int) -> tuple[str, str] | None:
    """Return that the rest days leave no day, where what stands takes all the others."""
    first = number - number % 7
    taken = sum(bool(each) for each in stands[first : first + 7])
    full = not stands[number] and taken >= task.wishes.caps["workout_days"]
    return ("rest_days", "too few rest days would be left in the week") if full else None
