"""The weeks as a page shows them: days with what stands on them, why, what is ruled out until when, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from planner.clock import midnight
from planner.errors import one_of
from planner.page.day_items import DayItem, Viewer, day_items
from planner.page.drawing.hours import MOST_LANES, Lane, day_strip, week_lanes
from planner.page.environment import long_day, rule_key
from planner.page.sentences import plain, say
from planner.page.shadows import Shadow, letting_go_on
from planner.results.plan import Change, Changes, Plan, PlanDay
from planner.rulebook.model import Rulebook
from planner.wording.english import listed

FOLLOW = {"run", "race"}


class RuledOutLine(NamedTuple):
    """Hold until when what is ruled out, and the page of the rule that lets go last (empty: of several)."""

    text: Markup
    href: str = ""


class DayShown(NamedTuple):
    """Hold one day as a page shows it."""

    date: date
    name: str
    weekday: str
    number: int
    today: bool
    strip: Markup
    items: tuple[DayItem, ...]
    ruled_out: tuple[RuledOutLine, ...]


class WeekShown(NamedTuple):
    """Hold the days of a week with their heading and the lanes above them.

    `earlier` and `later` are the week's days that are not among those that are shown.
    """

    title: str
    earlier: tuple[date, ...]
    lanes: Markup
    days: tuple[DayShown, ...]
    later: tuple[date, ...]
    cleared: bool


class AnswerFirst(NamedTuple):
    """Hold the sentence that a person came for, and what follows it."""

    first: Markup
    then: Markup | str


def answer_of(plan: Plan, viewer: Viewer) -> AnswerFirst:
    """Return when the next run is, what there is until then, and the next long run."""
    ahead = [workout for workout in plan.workouts if workout.end > viewer.now]
    if plan.cleared:
        return AnswerFirst(say("answer.cleared"), "")
    run = next((workout for workout in ahead if workout.kind in FOLLOW), None)
    first = run or next(iter(ahead), None)
    if first is None:
        return AnswerFirst(say("answer.none"), say("answer.none_why" if plan.unplaced else "answer.none_then"))
    when = long_day(first.start) if first.all_day else f"{long_day(first.start)}, {first.start:%H:%M}"
    if viewer.private:
        return AnswerFirst(say("answer.private", when=when, minutes=first.minutes), "")
    markup = say("answer.next" if run is None else "answer.run", what=first.title, when=when, minutes=first.minutes)
    parts = []
    before = list(dict.fromkeys(workout.title.lower() for workout in ahead if workout.start < first.start))
    if before:
        parts.append(say("answer.until", what=listed(before)))
    long = next(
        (workout for workout in ahead if viewer.rulebook.workouts[workout.workout].long and workout is not first), None
    )
    if long is not None:
        parts.append(say("answer.long", day=long_day(long.start), minutes=long.minutes))
    return AnswerFirst(markup, Markup(" ").join(parts))


def weeks_of_plan(plan: Plan, viewer: Viewer) -> list[WeekShown]:
    """Return a plan's days by calendar weeks."""
    moved = _changed(viewer.changes)
    shown = []
    for days in plan.weeks:
        begins, ends = midnight_of(days[0].date, viewer), midnight_of(days[-1].date + timedelta(days=1), viewer)
        first = days[0].date - timedelta(days=(days[0].date - plan.weeks_from).days % 7)
        whole = [first + timedelta(days=number) for number in range(7)]
        week_begins, week_ends = midnight_of(first, viewer), midnight_of(first + timedelta(days=7), viewer)
        there = [shadow for shadow in viewer.shadows if shadow.holds(begins, ends)]
        shown.append(
            WeekShown(
                span_words(days[0].date, days[-1].date),
                tuple(day for day in whole if day < days[0].date),
                Markup(_lanes(there, week_begins, week_ends, viewer)),  # noqa: S704 (our own drawing, its words escaped)
                tuple(_day(day, plan, viewer, moved, labelled=number == 0) for number, day in enumerate(days)),
                tuple(day for day in whole if day > days[-1].date),
                plan.cleared,
            )
        )
    return shown


def day_shown(day: PlanDay, plan: Plan, viewer: Viewer) -> DayShown:
    """Return one day by itself, the hours of its strip labelled."""
    return _day(day, plan, viewer, _changed(viewer.changes), labelled=True)


def midnight_of(day: date, viewer: Viewer) -> datetime:
    """Return the moment at which a day begins where the person lives."""
    tz = viewer.now.tzinfo
    return midnight(day, tz)  # type: ignore[arg-type]  # a case's zone is always a ZoneInfo


def span_words(first: date, last: date) -> str:
    """Return a week as a heading says it: `23 to 29 November`."""
    begins = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
    return plain("weeks.span", first=begins, last=f"{last.day} {last:%B}")


def _changed(changes: Changes) -> dict[str, tuple[str, Change]]:
    return {
        change.uid: (name, change)
        for name in ("moved", "changed", "added")
        for change in getattr(changes, name)
        if name != "changed" or change.was is not None
    }


def shadow_words(shadow: Shadow, rulebook: Rulebook) -> str:
    """Return what a shadow rules out: `running, long ride or jumps`."""
    return one_of(shadow_names(shadow, rulebook))


def shadow_names(shadow: Shadow, rulebook: Rulebook) -> list[str]:
    """Return what people call each thing that a shadow rules out."""
    names = [plain(f"kinds.{kind}") for kind in shadow.kinds]
    return names + [
        plain("kinds.plyometrics") if key == "plyometrics" else rulebook.workouts[key].name.lower()
        for key in shadow.workouts
    ]


def _lanes(there: Sequence[Shadow], begins: datetime, ends: datetime, viewer: Viewer) -> str:
    if viewer.private:
        return ""
    lanes = [Lane(shadow.opens, shadow.closes, _lane_words(shadow, viewer)) for shadow in there]
    hidden = max(0, len(lanes) - MOST_LANES)
    name = plain("weeks.lanes", what="; ".join(lane.words for lane in lanes))
    return week_lanes(begins, ends, lanes, plain("weeks.more_lanes", count=hidden) if hidden else "", name)


def _lane_words(shadow: Shadow, viewer: Viewer) -> str:
    what = shadow_words(shadow, viewer.rulebook)
    if shadow.closes is None:
        return plain("weeks.lane_cleared", what=what)
    return plain("weeks.lane", what=what, when=f"{shadow.closes:%a %H:%M}")


def _day(
    day: PlanDay, plan: Plan, viewer: Viewer, moved: Mapping[str, tuple[str, Change]], *, labelled: bool
) -> DayShown:
    begins, ends = midnight_of(day.date, viewer), midnight_of(day.date + timedelta(days=1), viewer)
    there = [shadow for shadow in viewer.shadows if shadow.holds(begins, ends)]
    items = day_items(day, plan, viewer, moved)
    hatched = [(shadow.opens, shadow.closes or ends) for shadow in there]
    strip = day_strip(
        begins,
        _merged(hatched),
        [
            (treatment.start, treatment.end)
            for treatment in day.treatments
            if not viewer.private and isinstance(treatment.start, datetime) and isinstance(treatment.end, datetime)
        ],
        [(workout.start, workout.end) for workout in day.workouts if not workout.all_day],
        labelled=labelled,
    )
    return DayShown(
        day.date,
        f"{day.date:%a} {day.date.day} {day.date:%B}"
        + (plain("weeks.is_today") if day.date == viewer.now.date() else ""),
        f"{day.date:%a}",
        day.date.day,
        day.date == viewer.now.date(),
        Markup(strip),  # noqa: S704 (our own drawing)
        tuple(items),
        () if viewer.private else tuple(_ruled_out(there, begins, ends, viewer.rulebook)),
    )


def _merged(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Return spans so that none covers another, each moment at which one ends kept as an edge."""
    edges = sorted({end for _, end in spans} | {start for start, _ in spans})
    spans = list(spans)
    return [
        (first, last) for first, last in pairwise(edges) if any(start <= first and last <= end for start, end in spans)
    ]


def _ruled_out(there: Sequence[Shadow], begins: datetime, ends: datetime, book: Rulebook) -> Iterator[RuledOutLine]:
    for going_on in letting_go_on(there, begins, ends - timedelta(seconds=1)):
        if going_on.closes is not None:
            text = say("weeks.until", time=f"{going_on.closes:%H:%M}", what=shadow_words(going_on, book))
            yield RuledOutLine(text, f"/rules/{rule_key(going_on.rule)}")
    whole = [shadow for shadow in there if shadow.opens <= begins and (shadow.closes is None or shadow.closes >= ends)]
    names = list(dict.fromkeys(name for shadow in whole for name in shadow_names(shadow, book)))
    if names:
        yield RuledOutLine(say("weeks.all_day", what=one_of(names)))
