"""The dose over the weeks: minutes done, planned and allowed, and the longest, week by week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from markupsafe import Markup

from planner.case.model import LogEntry
from planner.page.drawing.chart import Bar, dose_chart
from planner.page.sentences import plain, say
from planner.results.plan import Plan
from planner.revision.calendar import Earlier
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import Rule

WEEKS_BEFORE = 3
WEEKS_SHOWN = 6
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
    """Hold the sentence, the drawing and the table of the dose."""

    sentence: Markup
    chart: Markup
    rows: tuple[Row, ...]


def dose_of(
    plan: Plan,
    shown_before: Iterable[CalendarSession],
    log: Iterable[LogEntry],
    rulebook: Rulebook,
    training: Mapping[str, Rule],
    today: date,
    kind: str = "run",
) -> Dose:
    """Return how much of one kind of workout there was, is, and may be, in six weeks of which this is the fourth.

    `shown_before` are the workouts of the calendar outside the plan's days; what was done, the log says.
    """
    this = plan.weeks_from + timedelta(days=(today - plan.weeks_from).days // 7 * 7)
    bars: list[Bar] = []
    sessions = [
        *(each for each in shown_before if not plan.from_ <= each.start.date() <= plan.to),
        *(CalendarSession(one.workout, one.start, one.minutes) for one in plan.workouts),
    ]
    sessions = [each for each in sessions if rulebook.workouts[each.workout].kind == kind]
    done = [entry for entry in log if entry.did is not None and rulebook.workouts[entry.did].kind == kind]
    rule = training.get("warn_percent_per_week")
    before: int | None = None
    for number in range(-WEEKS_BEFORE, WEEKS_SHOWN - WEEKS_BEFORE):
        first = this + timedelta(days=7 * number)
        last = first + timedelta(days=6)
        there = [each for each in sessions if first <= each.start.date() <= last]
        logged = [entry for entry in done if first <= entry.date <= last]
        minutes = sum(entry.minutes or 0 for entry in logged) if logged else None
        planned = sum(each.minutes for each in there)
        ceiling = None
        if rule is not None and rule.warn_percent_per_week is not None and before:
            ceiling = round(before * (1 + rule.warn_percent_per_week / 100))
        longest = max((*(each.minutes for each in there), *(entry.minutes or 0 for entry in logged)), default=0)
        names = [f"{first.day}", f"{first:%b}", plain("dose.this_week") if number == 0 else ""]
        bars.append(Bar(tuple(names), minutes, planned, ceiling, longest or None, last > plan.to))
        before = max(minutes or 0, planned) or None
    rows = tuple(_row(bar, this + timedelta(days=7 * (number - WEEKS_BEFORE))) for number, bar in enumerate(bars))
    current = bars[WEEKS_BEFORE]
    if current.ceiling is None or rule is None:
        sentence = say("dose.no_ceiling", planned=current.planned)
    else:
        sentence = say("dose.ceiling_is", ceiling=current.ceiling, why=rule.title)
    description = "; ".join(
        plain("dose.described", week=row.name, done=row.done, planned=row.planned, ceiling=row.ceiling) for row in rows
    )
    chart = Markup(dose_chart(bars, plain("dose.table"), description))  # noqa: S704 (our own drawing)
    return Dose(sentence, chart, rows)


def _row(bar: Bar, first: date) -> Row:
    def figure(minutes: int | None) -> str:
        return NOTHING if not minutes else str(minutes)

    over = max(bar.planned, bar.done or 0) - bar.ceiling if bar.ceiling is not None else 0
    return Row(
        f"{first.day} {first:%b}",
        figure(bar.done),
        figure(bar.planned),
        figure(bar.ceiling),
        figure(bar.longest),
        plain("dose.over", minutes=over) if over > 0 else "",
    )
