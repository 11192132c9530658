"""Remedies: single changes that make room for what did not fit, each of them found by planning again.

What may help is read off what stands in the way: an appointment whose rules do, a day without a start window, a goal
that fills the days, a rule that a clinician may change. Only so many changes are tried, the most promising first, and
no longer than the plan itself was searched for: a plan must not wait for them. What was not tried, or did not help, is
not offered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain, islice, zip_longest

from planner.appointments.appointment import Appointment, TreatmentNumber, in_order
from planner.candidates.candidate import Candidate
from planner.case.availability import parse_windows
from planner.clock import DayNumber, at, seconds
from planner.limits.rule_windows import HOUR, Window
from planner.limits.session_spacing import clashes, overlap
from planner.results.plan import Plan, Remedy, Unplaced
from planner.revision.pinned import ShownWorkout
from planner.scheduling.choose import choose_dosed, memory_for
from planner.scheduling.task import Task, prepare_like
from planner.scheduling.unplaced import count_missing, obstacles_of_week, workout_of
from planner.search.solve import SearchMemory
from planner.what_if.case_changes import changed_case
from planner.wording.questions.changes import remedy_sentence

Chosen = Sequence[Sequence[Candidate]]
Missing = Mapping[tuple[date, str], int]
RACE = "race"
MOST_TRIED = 4
"""So many changes are tried for a plan."""
LEAST_WORK = 8_000
"""So many visits to a state may be paid for them in any case: fewer take less time than all the rest of planning."""
MOST_OFFERED, MOST_ALIKE = 4, 2
"""So many are offered for one wish of a week, and so many of one kind."""
ORDER = ("appointment", "window", "goal", "rule", "caution")
"""The smallest kind of change first; last what only a clinician may change."""
EVENING = parse_windows(["18:00-19:30"])[0]
CROWDED = {"preferences.fit_in_goals", "rest_days", "plan"}
"""What stands in the way where other workouts fill the days."""
SHIFTS = (-1, 1, -2, 2, -3, 3)
"""Days by which an appointment may move, the nearest first."""


def offering_remedies(plan: Plan, task: Task, chosen: Chosen, memory: SearchMemory | None = None) -> Plan:
    """Return a plan that says of what did not fit what would make room for it.

    Args:
        plan: the plan.
        task: what it was made for.
        chosen: what was chosen on each day.
        memory: what the search for it knows; looking for remedies costs no more than that search did.

    """
    if not plan.unplaced:
        return plan
    return plan.model_copy(update={"unplaced": with_remedies(task, chosen, plan.unplaced, memory=memory)})


def with_remedies(
    task: Task,
    chosen: Chosen,
    unplaced: Sequence[Unplaced],
    most: int = MOST_TRIED,
    memory: SearchMemory | None = None,
) -> tuple[Unplaced, ...]:
    """Return what did not fit, with the single changes that make room for it.

    Args:
        task: what the plan was made for.
        chosen: what was chosen on each day.
        unplaced: what did not fit.
        most: so many changes are tried at the most.
        memory: what the search for the plan knows, if it is at hand.

    """
    before = count_missing(task, chosen)
    memory = memory or memory_for(task)
    helping: dict[int, list[Remedy]] = {number: [] for number in range(len(unplaced))}
    with memory.effort.limited(max(memory.effort.done, LEAST_WORK)):
        for remedy in islice(_in_turns(task, chosen, unplaced), most):
            then = _with(task, remedy)
            # It must help just so whether the plan is then made afresh or revised where the calendar shows it.
            afresh = _missing(then, memory)
            if not _helps(afresh, before):
                continue
            revised = _missing(_showing(then, chosen), memory)
            if not _helps(revised, before):
                continue
            lost = tuple(sorted({name for missed in (afresh, revised) for _, name in _more(missed, before)}))
            for number, wish in enumerate(unplaced):
                if remedy.goal is not None and task.rulebook.goals.get(remedy.goal) == wish.kind:
                    # To ask for less of it is no room for it.
                    continue
                left = afresh.get((wish.week, wish.kind), 0)
                if lost and wish.kind != RACE:
                    continue
                if left == revised.get((wish.week, wish.kind), 0) < wish.asked - wish.placed:
                    helping[number].append(remedy.model_copy(update={"left": left, "lost": lost}))
    return tuple(_offering(task, wish, helping[number]) for number, wish in enumerate(unplaced))


def _helps(after: Missing, before: Missing) -> bool:
    """Return whether less is missing somewhere, and more nowhere; for a race all else may give way."""
    fewer = {key for key in before if after.get(key, 0) < before[key]}
    more = _more(after, before)
    return bool(fewer) and (not more or any(name == RACE for _, name in fewer))


def _more(after: Missing, before: Missing) -> set[tuple[date, str]]:
    """Return of what more is missing, as the week and the wish."""
    return {key for key in after if after[key] > before.get(key, 0)}


def _missing(task: Task, memory: SearchMemory) -> Missing:
    """Return what the plan of a task does not hold of what was asked for."""
    task, _, chosen = choose_dosed(task, memory)
    return count_missing(task, chosen)


def _showing(task: Task, chosen: Chosen) -> Task:
    """Return a task as it is once the calendar shows what was chosen before."""
    free = [candidate for candidates in chosen for candidate in candidates if candidate.fixed is None]
    shown = tuple(ShownWorkout(candidate.form.workout, candidate.start) for candidate in free)
    chooser = task.chooser.with_prior(task.prior._replace(shown=shown))
    return task._replace(
        prior=chooser.prior, chooser=chooser, days=tuple(chooser.on(choice.day) for choice in task.days)
    )


def _with(task: Task, remedy: Remedy) -> Task:
    """Return the task of a case with a remedy."""
    case, treatments = task.case, task.treatments
    if remedy.treatment is None or remedy.start is None:
        case = changed_case(case, remedy, treatments)
    else:
        there = treatments[remedy.treatment].moved_to(remedy.start, case.tz)
        others = [treatment for number, treatment in enumerate(treatments) if number != remedy.treatment]
        treatments = in_order([*others, there])
    return prepare_like(task, case, treatments)


def _offering(task: Task, wish: Unplaced, remedies: list[Remedy]) -> Unplaced:
    """Return what did not fit with the best of its remedies: those that leave least, then the smallest."""
    least = min((remedy.left for remedy in remedies), default=0)
    best = sorted((remedy for remedy in remedies if remedy.left == least), key=lambda remedy: _size(task, remedy))
    kinds = Counter[str]()
    offered: list[Remedy] = []
    for remedy in best:
        kinds[remedy.change] += 1
        if kinds[remedy.change] <= MOST_ALIKE and len(offered) < MOST_OFFERED:
            text = remedy_sentence(remedy, wish, task.explainer, task.rules)
            offered.append(remedy.model_copy(update={"text": text}))
    texts = tuple(remedy.text for remedy in offered)
    return wish.model_copy(update={"remedies": tuple(offered), "would_fit_if": texts})


def _size(task: Task, remedy: Remedy) -> tuple[int, int, float]:
    hours = 0.0
    if remedy.treatment is not None and remedy.start is not None:
        hours = abs((_moment(remedy.start) - _moment(task.treatments[remedy.treatment].begins)).total_seconds()) / HOUR
    return len(remedy.lost), ORDER.index(remedy.change), hours


def _moment(start: datetime | date) -> datetime:
    """Return a start as a plain local time, for comparing."""
    return start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time())


def _in_turns(task: Task, chosen: Chosen, unplaced: Sequence[Unplaced]) -> Iterator[Remedy]:
    """Yield what may help, for each wish that did not fit in turn, nothing twice: for the races before all else."""
    remedies: list[Remedy] = []
    races, others = ([wish for wish in unplaced if (wish.kind == RACE) is race] for race in (True, False))
    turns = (zip_longest(*(_promising(task, chosen, wish) for wish in wishes)) for wishes in (races, others))
    for together in chain.from_iterable(turns):
        for remedy in together:
            if remedy is not None and remedy not in remedies:
                remedies.append(remedy)
                yield remedy


def _promising(task: Task, chosen: Chosen, wish: Unplaced) -> Iterator[Remedy]:
    """Yield what may make room for one wish of a week, the most promising first, one of each kind in turn."""
    workout = workout_of(task, wish.week, wish.kind)
    first = task.number_of(wish.week)
    days: dict[str, list[DayNumber]] = {}
    for number, obstacle in obstacles_of_week(task, chosen, first, workout):
        days.setdefault(obstacle.rule, []).append(number)
    ways = [
        _windows(task, days, workout),
        _appointments(task, days, workout),
        _goals(task, chosen, days, wish),
        _clinician(task, days, workout),
    ]
    for together in zip_longest(*ways):
        yield from (remedy for remedy in together if remedy is not None)
    if task.case.caution != "permissive" and any(rule in task.rules for rule in days):
        yield Remedy(change="caution", caution="permissive", text="")


def _appointments(task: Task, days: dict[str, list[DayNumber]], workout: str) -> Iterator[Remedy]:
    """Yield other times for the appointments whose rules stand in the way, that of the most days first."""
    blocked: dict[TreatmentNumber, int] = {}
    for rule, numbers in days.items():
        for number in numbers:
            for window in _ruling_out(task, number, workout, rule):
                if window.treatment is not None and not _past(task, task.treatments[window.treatment].start):
                    blocked[window.treatment] = blocked.get(window.treatment, 0) + 1
    ordered = sorted(blocked, key=lambda number: (-blocked[number], number))
    for shift in SHIFTS:
        for treatment in ordered[:1]:
            start = _shifted(task, treatment, shift)
            if start is not None:
                yield Remedy(change="appointment", treatment=treatment, start=start, text="")


def _shifted(task: Task, number: TreatmentNumber, days: int) -> datetime | date | None:
    """Return when an appointment would begin some days later, or None where it cannot be then."""
    treatment = task.treatments[number]
    day = treatment.day + timedelta(days=days)
    moment = at(day, treatment.start.time(), task.case.tz)
    weekend = day.weekday() >= 5 and treatment.day.weekday() < 5
    if weekend or _past(task, moment) or any(race.date == day for race in task.case.races):
        return None
    start = day if treatment.whole_day else moment
    there = treatment.moved_to(start, task.case.tz)
    others = [other for other in task.treatments if other is not treatment]
    meets = any(overlap(there, other) for other in others)
    return None if meets or _clashes(task, [*others, there]) > _clashes(task, task.treatments) else start


def _past(task: Task, moment: datetime) -> bool:
    """Whether a moment is past, as far as the task knows what time it is; of today nothing is, where it does not."""
    now = task.prior.not_before
    return moment.date() < task.today or (now is not None and moment < now)


def _clashes(task: Task, treatments: Sequence[Appointment]) -> int:
    thinners = task.case.health.blood_thinners
    return sum(1 for _ in clashes(task.rulebook, task.rules.values(), in_order(treatments), blood_thinners=thinners))


def _ruling_out(task: Task, number: DayNumber, workout: str, rule: str | None = None) -> list[Window]:
    """Return the windows that keep a workout out of every start time of a day, or those of one rule."""
    minutes = task.chooser.usual_minutes(workout)
    starts = [start for starts in task.days[number].starts for start in starts]
    verdicts = [task.limits.judge(workout, seconds(start), minutes) for start in starts]
    windows = [window for verdict in verdicts for window in verdict.ruled_out_by]
    return [window for window in windows if rule is None or window.rule.id == rule]


def _windows(task: Task, days: dict[str, list[DayNumber]], workout: str) -> Iterator[Remedy]:
    """Yield start windows: on a day that has none, and in the evening where only the time of the day is in the way."""
    for number in days.get("availability", []):
        day = task.days[number].day
        if day >= task.today and not task.case.windows_on(day):
            yield Remedy(change="window", day=day, window=_usual_window(task), text="")
    if workout == RACE:
        return
    minutes = task.chooser.usual_minutes(workout)
    for rule, numbers in days.items():
        for number in numbers:
            day = task.days[number].day
            windows = task.case.windows_on(day)
            if day < task.today or not windows or windows[-1].last >= EVENING.first:
                continue
            in_the_morning = rule == "busy" or _ruling_out(task, number, workout, rule)
            evening = seconds(at(day, EVENING.first, task.case.tz))
            if in_the_morning and task.limits.judge(workout, evening, minutes).allowed:
                yield Remedy(change="window", day=day, window=str(EVENING), text="")


def _usual_window(task: Task) -> str:
    """Return the start window that most days have."""
    windows = [str(window) for choice in task.days for window in task.case.windows_on(choice.day)]
    return max(windows, key=windows.count, default="07:00-08:30")


def _goals(task: Task, chosen: Chosen, days: dict[str, list[DayNumber]], wish: Unplaced) -> Iterator[Remedy]:
    """Yield one less of another goal that fills the days, the least important first, and one rest day less."""
    if not CROWDED & set(days):
        return
    goals = task.case.goals
    first = (wish.week - task.days[0].day).days
    week = [candidate for candidates in chosen[first : first + 7] for candidate in candidates]
    held = {candidate.form.goal for candidate in week if not candidate.done}
    for goal in sorted(held & set(task.wishes.ranks), key=lambda name: -task.wishes.ranks[name]):
        special = {"runs": goals.hard_runs + (goals.long_run is not False), "bikes": goals.hard_bikes}.get(goal, 0)
        book = task.rulebook
        special += sum(goals.count(part) for part in book.special_goals if book.whole_goal(part) == goal)
        if task.rulebook.goals[goal] != wish.kind and goals.count(goal) > special:
            yield Remedy(change="goal", goal=goal, count=goals.count(goal) - 1, text="")
    if goals.rest_days > 1:
        yield Remedy(change="goal", goal="rest_days", count=goals.rest_days - 1, text="")


def _clinician(task: Task, days: dict[str, list[DayNumber]], workout: str) -> Iterator[Remedy]:
    """Yield what only a clinician may change: how long a rule lasts that stands in the way, or that it holds at all."""
    for rule_id, numbers in sorted(days.items(), key=lambda item: -len(item[1])):
        rule = task.rules.get(rule_id)
        settled = rule_id in task.case.rules.override
        if rule is None or rule.never_loosen or settled or rule.days_before_race is not None:
            continue
        hours = [enough for number in numbers if (enough := _hours_enough(task, number, workout, rule_id)) is not None]
        after = rule.hours("after")
        if hours and after is not None and max(hours) > after[0]:
            yield Remedy(change="rule", rule=rule_id, figures={"hours_after": (after[0], max(hours))}, text="")
        elif rule.about == "injury":
            yield Remedy(change="rule", rule=rule_id, figures={"away": True}, text="")


def _hours_enough(task: Task, number: DayNumber, workout: str, rule: str) -> float | None:
    """Return for how many hours a rule might last and let a workout start at the last start time of a day."""
    starts = [seconds(start) for starts in task.days[number].starts for start in starts]
    ends = [
        seconds(task.treatments[window.treatment].end)
        for window in _ruling_out(task, number, workout, rule)
        if window.treatment is not None and window.opens >= seconds(task.treatments[window.treatment].end)
    ]
    hours = (max(starts) - max(ends)) / HOUR if starts and ends else 0
    # Half hours are figures that a person says.
    return int(hours * 2) / 2 if hours > 0 else None
