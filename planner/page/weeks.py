"""The weeks as a page shows them: days with what stands on them, why, what is ruled out until when, what changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from planner.clock import midnight
from planner.errors import one_of
from planner.page.drawing.hours import MOST_LANES, Lane, day_strip, week_lanes
from planner.page.environment import long_day, minutes_words, rule_key
from planner.page.sentences import plain, say
from planner.page.shadows import Shadow, letting_go_on
from planner.results.plan import Change, Changes, Plan, PlanDay, PlannedTreatment, PlannedWorkout
from planner.rulebook.model import Rulebook
from planner.wording.english import listed

FOLLOW = {"run", "race"}


class ItemLink(NamedTuple):
    """Hold a link of an item, relative to the case's address."""

    href: str
    name: str


class ItemTag(NamedTuple):
    """Hold a short remark beside a title, with the sign that stands for its colour."""

    look: str
    icon: str
    text: str


class DayItem(NamedTuple):
    """Hold what stands on a day: a workout, a treatment, or rest."""

    look: str
    icon: str
    title: str
    lines: tuple[Markup, ...] = ()
    tags: tuple[ItemTag, ...] = ()
    links: tuple[ItemLink, ...] = ()
    key: str = ""


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
    """Hold seven days with their heading and the lanes above them."""

    title: str
    lanes: Markup
    days: tuple[DayShown, ...]
    cleared: bool


class AnswerFirst(NamedTuple):
    """Hold the sentence that a person came for, and what follows it."""

    first: Markup
    then: Markup | str


class Viewer(NamedTuple):
    """Hold what a page needs beside the plan: the rules, the local moment, addresses of workouts, what was logged."""

    rulebook: Rulebook
    now: datetime
    shadows: Sequence[Shadow] = ()
    key_of: Callable[[str], str] = str
    changes: Changes = Changes()
    logged: Mapping[tuple[date, str], str] = {}
    private: bool = False


def answer_of(plan: Plan, viewer: Viewer) -> AnswerFirst:
    """Return when the next run is, what there is until then, and the next long run."""
    ahead = [workout for workout in plan.workouts if workout.end > viewer.now]
    if plan.cleared:
        return AnswerFirst(say("answer.cleared"), "")
    run = next((each for each in ahead if each.kind in FOLLOW), None)
    first = run or next(iter(ahead), None)
    if first is None:
        return AnswerFirst(say("answer.none"), say("answer.none_then"))
    key = "answer.next" if viewer.private or run is None else "answer.run"
    said = say(key, what=first.title, day=long_day(first.start), time=f"{first.start:%H:%M}", minutes=first.minutes)
    if viewer.private:
        return AnswerFirst(
            say("answer.private", day=long_day(first.start), time=f"{first.start:%H:%M}", minutes=first.minutes), ""
        )
    parts = []
    before = list(dict.fromkeys(each.title.lower() for each in ahead if each.start < first.start))
    if before:
        parts.append(say("answer.until", what=listed(before)))
    long = next((each for each in ahead if viewer.rulebook.workouts[each.workout].long and each is not first), None)
    if long is not None:
        parts.append(say("answer.long", day=long_day(long.start), minutes=long.minutes))
    return AnswerFirst(said, Markup(" ").join(parts))


def weeks_of_plan(plan: Plan, viewer: Viewer) -> list[WeekShown]:
    """Return a plan's days by calendar weeks."""
    moved = _changed(viewer.changes)
    found = []
    for days in plan.weeks:
        begins, ends = midnight_of(days[0].date, viewer), midnight_of(days[-1].date + timedelta(days=1), viewer)
        there = [each for each in viewer.shadows if each.holds(begins, ends)]
        found.append(
            WeekShown(
                span_words(days[0].date, days[-1].date),
                Markup(_lanes(there, begins, ends, viewer)),  # noqa: S704 (our own drawing, its words escaped)
                tuple(_day(day, plan, viewer, moved, labelled=number == 0) for number, day in enumerate(days)),
                plan.cleared,
            )
        )
    return found


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
    lanes = [Lane(each.opens, each.closes, _lane_words(each, viewer)) for each in there]
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
    there = [each for each in viewer.shadows if each.holds(begins, ends)]
    items = [(_start(one.start, begins), _treatment(one, viewer)) for one in day.treatments]
    items += [(one.start, _workout(one, viewer, moved.get(one.uid))) for one in day.workouts]
    items.sort(key=lambda each: each[0])
    rows = [item for _, item in items]
    rows += [DayItem("soft", "done", say("weeks.done_item", what=title)) for title in day.done]
    if not rows and not plan.cleared:
        rows = [DayItem("rest", "rest", plain("weeks.rest"))]
    hatched = [(each.opens, each.closes or ends) for each in there]
    strip = day_strip(
        begins,
        _merged(hatched),
        [
            (one.start, one.end)
            for one in day.treatments
            if isinstance(one.start, datetime) and isinstance(one.end, datetime)
        ],
        [(one.start, one.end) for one in day.workouts],
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
        tuple(rows),
        () if viewer.private else tuple(_ruled_out(there, begins, ends, viewer.rulebook)),
    )


def _start(start: datetime | date, begins: datetime) -> datetime:
    return start if isinstance(start, datetime) else begins


def _merged(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Return spans so that none covers another, each moment at which one ends kept as an edge."""
    edges = sorted({end for _, end in spans} | {start for start, _ in spans})
    spans = list(spans)
    return [
        (first, last) for first, last in pairwise(edges) if any(start <= first and last <= end for start, end in spans)
    ]


def _ruled_out(there: Sequence[Shadow], begins: datetime, ends: datetime, book: Rulebook) -> Iterator[RuledOutLine]:
    for each in letting_go_on(there, begins, ends - timedelta(seconds=1)):
        if each.closes is not None:
            text = say("weeks.until", time=f"{each.closes:%H:%M}", what=shadow_words(each, book))
            yield RuledOutLine(text, f"/rules/{rule_key(each.rule)}")
    whole = [each for each in there if each.opens <= begins and (each.closes is None or each.closes >= ends)]
    names = list(dict.fromkeys(name for each in whole for name in shadow_names(each, book)))
    if names:
        yield RuledOutLine(say("weeks.all_day", what=one_of(names)))


def _treatment(one: PlannedTreatment, viewer: Viewer) -> DayItem:
    if viewer.private:
        title = plain("weeks.appointment")
    else:
        title = plain("weeks.treatment", what=one.name, region=viewer.rulebook.regions[one.region].name.lower())
    time = f"{one.start:%H:%M} " if isinstance(one.start, datetime) else ""
    links = (
        ()
        if viewer.private or not one.aftercare
        else (ItemLink(f"/day/{_day_of(one.start)}", plain("weeks.aftercare")),)
    )
    return DayItem("treatment", "treatment", f"{time}{title}", links=links)


def _day_of(start: datetime | date) -> date:
    return start.date() if isinstance(start, datetime) else start


def _workout(one: PlannedWorkout, viewer: Viewer, change: tuple[str, Change] | None) -> DayItem:
    entry = viewer.rulebook.workouts[one.workout]
    title = plain("weeks.workout") if viewer.private else one.title
    past = one.end <= viewer.now
    begun = one.start.date() <= viewer.now.date()
    tags = []
    if (said := viewer.logged.get((one.start.date(), one.workout))) is not None:
        tags.append(ItemTag("done", "done", said))
    if change is not None:
        tags.append(_change_tag(change))
    if one.by_hand:
        tags.append(ItemTag("moved", "moved", plain("weeks.by_hand")))
    key = viewer.key_of(one.uid)
    links = [ItemLink(f"/w/{key}", plain("weeks.why"))]
    links = [ItemLink(f"/w/{key}/log", plain("weeks.log")), *links] if begun and not tags else links
    links += [] if past else [ItemLink(f"/w/{key}/move", plain("weeks.move"))]
    lines = () if viewer.private else tuple(_lines(one))
    look = "soft" if entry.impact == "none" else ""
    icon = "rest" if viewer.private else one.kind
    return DayItem(
        look, icon, f"{one.start:%H:%M} {title}, {minutes_words(one.minutes)}", lines, tuple(tags), tuple(links), key
    )


def _change_tag(change: tuple[str, Change]) -> ItemTag:
    name, what = change
    if name == "moved" and what.from_ is not None:
        return ItemTag("moved", "moved", plain("weeks.was", when=f"{what.from_:%a %H:%M}"))
    if name == "added":
        return ItemTag("moved", "done", plain("weeks.new"))
    return ItemTag("moved", "moved", plain("weeks.was", when=what.was or ""))


def _lines(one: PlannedWorkout) -> Iterator[Markup]:
    if one.intervals:
        yield say("weeks.intervals", what=one.intervals)
    if one.check:
        yield say("weeks.check", check=one.check, otherwise=(one.otherwise_title or plain("weeks.leave")).lower())
    elif one.reasons:
        yield Markup("{}").format(one.reasons[0].title)


def check_parts(check: str) -> list[str]:
    """Return what a check asks for, thing by thing, each to be ticked: `pain 5 or less`, `no limp`."""
    return re.split(r", (?:and )?| and (?=no \w|pain (?:and|\d)|soreness|a |the |this )", check)
