"""The dose over the weeks: minutes done, planned and allowed, and the longest, week by week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from markupsafe import Markup

from planner.page.drawing.chart import Bar, dose_chart
from planner.page.sentences import plain, say, sentences
from planner.results.plan import Plan
from planner.revision.calendar import Earlier
from planner.rulebook.model import Rulebook
from planner.scheduling.task import Task

WEEKS_BEFORE = 3
WEEKS_SHOWN = 6
FAR = 2.5
"""A ceiling so many times the highest week would make the chart small, and says nothing."""
NOTHING = "\N{EN DASH}"


class CalendarSession(NamedTuple):
    """Hold a workout as a calendar shows it: its name in the catalogue, when, and how long."""

    workout: str
    start: datetime
    minutes: int


def calendar_sessions(earlier: Earlier | None, tz: ZoneInfo, rulebook: Rulebook) -> Iterator[CalendarSession]:
    """Yield the workouts that a calendar shows, whatever day they stand on."""
    for event in () if earlier is None else earlier.events:
        if isinstance(event.start, datetime) and not event.cancelled and event.mark in rulebook.workouts:
            yield CalendarSession(event.mark, event.start.astimezone(tz), event.minutes)


class Row(NamedTuple):
    """Hold a week of the table, as it is read."""

    name: str
    done: str
    planned: str
    ceiling: str
    longest: str
    over: str


class Dose(NamedTuple):
    """Hold the sentence, the drawing and the table of the dose of one kind of workout, and what people call it."""

    kind: str
    what: str
    sentence: Markup
    chart: Markup
    rows: tuple[Row, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw: nothing was done, nothing is planned, and no rule sets a ceiling."""
        return all({row.done, row.planned, row.ceiling, row.longest} == {NOTHING} for row in self.rows)


class DoseKind(NamedTuple):
    """Hold a kind of workout whose dose can be shown, and what people call it."""

    kind: str
    name: str


def dose_kinds(plan: Plan, task: Task) -> list[DoseKind]:
    """Return the kinds of workout that a plan has, or a log: running first."""
    book = task.rulebook
    workouts = [workout.workout for workout in plan.workouts]
    workouts += [entry.did for entry in task.case.log if entry.did is not None]
    return [
        DoseKind(kind, kind_words(kind))
        for kind in dict.fromkeys(["run", *(book.workouts[key].kind for key in workouts)])
    ]


def kind_words(kind: str) -> str:
    """Return what people call a kind of workout: `running`, `upper body`."""
    key = f"kinds.{kind}"
    return plain(key) if key in sentences() else kind.replace("_", " ")


def dose_of(plan: Plan, task: Task, kind: str = "run") -> Dose:
    """Return how much of one kind of workout there was, is, and may be, in six weeks of which this is the fourth.

    What the calendar shows outside the plan's days counts as planned; what was done, the log says.
    """
    book = task.rulebook
    this = plan.weeks_from + timedelta(days=(task.today - plan.weeks_from).days // 7 * 7)
    sessions = [
        session
        for session in calendar_sessions(task.earlier, task.case.tz, book)
        if not plan.from_ <= session.start.date() <= plan.to
    ]
    sessions += [CalendarSession(workout.workout, workout.start, workout.minutes) for workout in plan.workouts]
    sessions = [session for session in sessions if book.workouts[session.workout].kind == kind]
    done = [entry for entry in task.case.log if entry.did is not None and book.workouts[entry.did].kind == kind]
    bars: list[Bar] = []
    for number in range(-WEEKS_BEFORE, WEEKS_SHOWN - WEEKS_BEFORE):
        first = this + timedelta(days=7 * number)
        last = first + timedelta(days=6)
        there = [session for session in sessions if first <= session.start.date() <= last]
        logged = [entry for entry in done if first <= entry.date <= last]
        minutes = sum(entry.minutes or 0 for entry in logged) if logged else None
        longest = max((*(session.minutes for session in there), *(entry.minutes or 0 for entry in logged)), default=0)
        names = (f"{first.day}", f"{first:%b}", plain("dose.this_week") if number == 0 else "")
        planned = sum(session.minutes for session in there)
        bars.append(Bar(names, minutes, planned, _ceiling(first, task, kind), longest or None, last > plan.to))
    bars = _near(bars)
    rows = tuple(_row(bar, this + timedelta(days=7 * (number - WEEKS_BEFORE))) for number, bar in enumerate(bars))
    description = "; ".join(
        plain("dose.described", week=row.name, done=row.done, planned=row.planned, ceiling=row.ceiling) for row in rows
    )
    chart = Markup(dose_chart(bars, plain("dose.table", what=kind_words(kind)), description))  # noqa: S704 (our own drawing)
    return Dose(kind, kind_words(kind), _sentence(bars[WEEKS_BEFORE], this, task, kind), chart, rows)


def _ceiling(first: date, task: Task, kind: str) -> int | None:
    """Return how many minutes rules let a week hold, None where none says so; they speak about running alone."""
    most = task.dose.weeks.get(first)
    return None if kind != "run" or most is None else most.minutes


def _near(bars: Sequence[Bar]) -> list[Bar]:
    """Return the weeks without the ceilings that are far above all that is done or planned: they bind nothing."""
    highest = max((max(bar.done or 0, bar.planned) for bar in bars), default=0)
    return [bar if (bar.ceiling or 0) <= FAR * highest else bar._replace(ceiling=None) for bar in bars]


def _sentence(bar: Bar, first: date, task: Task, kind: str) -> Markup:
    what = kind_words(kind)
    if kind != "run":
        return say("dose.planned_of", what=what, planned=bar.planned)
    if bar.ceiling is None:
        return say("dose.no_ceiling", what=what, planned=bar.planned)
    return say(
        "dose.ceiling_is", what=what, planned=bar.planned, ceiling=bar.ceiling, why=task.dose.weeks[first].rule.title
    )


def _row(bar: Bar, first: date) -> Row:
    def figure(minutes: int | None) -> str:
        return NOTHING if not minutes else str(minutes)

    over = max(bar.planned, bar.done or 0) - bar.ceiling if bar.ceiling is not None else 0
    return Row(
        f"{first.day}\N{NO-BREAK SPACE}{first:%b}",
        figure(bar.done),
        figure(bar.planned),
        figure(bar.ceiling),
        figure(bar.longest),
        plain("dose.over", minutes=over) if over > 0 else "",
    )
