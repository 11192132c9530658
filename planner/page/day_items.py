"""What stands on a day of a page: treatments, workouts, rest, and where a session of somebody else's plan went."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from markupsafe import Markup

from planner.page.changes import sessions_gone_from, was_words
from planner.page.environment import minutes_words
from planner.page.sentences import plain, say
from planner.page.shadows import Shadow
from planner.results.plan import Change, Changes, Plan, PlanDay, PlannedTreatment, PlannedWorkout
from planner.rulebook.figures import Check
from planner.rulebook.model import Rulebook
from planner.wording.rules.checks import check_sentence
from planner.wording.rules.explainer import instead, may_be_replaced


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
    title: str | Markup
    lines: tuple[Markup, ...] = ()
    tags: tuple[ItemTag, ...] = ()
    links: tuple[ItemLink, ...] = ()
    key: str = ""

    @property
    def movable(self) -> bool:
        """Whether it may be put elsewhere: then a finger has a handle to take it by."""
        return any(link.href.endswith("/move") for link in self.links)


class Viewer(NamedTuple):
    """Hold what a page needs beside the plan: the rules, the local moment, addresses of workouts, what was logged."""

    rulebook: Rulebook
    now: datetime
    shadows: Sequence[Shadow] = ()
    key_of: Callable[[str], str] = str
    changes: Changes = Changes()
    logged: Mapping[tuple[date, str], str] = {}
    private: bool = False


def day_items(day: PlanDay, plan: Plan, viewer: Viewer, moved: Mapping[str, tuple[str, Change]]) -> list[DayItem]:
    """Return what stands on a day in order of time: what lasts all day first, rest where there is nothing.

    Args:
        day: the day.
        plan: the plan that it is of.
        viewer: how it is shown.
        moved: what changed of each workout, by its identity.

    """
    timed = [(_time(treatment.start), _treatment(treatment, viewer)) for treatment in day.treatments]
    timed += [
        ("" if workout.all_day else _time(workout.start), _workout(workout, viewer, moved.get(workout.uid)))
        for workout in day.workouts
    ]
    items = [item for _, item in sorted(timed, key=lambda timed_item: timed_item[0])]
    items += [DayItem("soft", "done", say("weeks.done_item", what=title)) for title in day.done if not viewer.private]
    gone = [] if viewer.private else [DayItem("gone", "moved", line) for line in sessions_gone_from(day.date, plan)]
    if not items and not plan.cleared:
        left_out = viewer.logged.get((day.date, ""))
        rest = plain("weeks.rest") if viewer.private or day.absent is None else day.absent.text
        items = [DayItem("rest", "rest", rest if left_out is None else plain("weeks.rest_left_out"))]
    return items + gone


def _time(start: datetime | date) -> str:
    return f"{start:%H:%M} " if isinstance(start, datetime) else ""


def _treatment(treatment: PlannedTreatment, viewer: Viewer) -> DayItem:
    if viewer.private:
        title = plain("weeks.appointment")
    else:
        title = plain(
            "weeks.treatment", what=treatment.name, region=viewer.rulebook.regions[treatment.region].name.lower()
        )
    day = treatment.start.date() if isinstance(treatment.start, datetime) else treatment.start
    shown = not viewer.private and treatment.aftercare
    links = (ItemLink(f"/day/{day}", plain("weeks.aftercare")),) if shown else ()
    return DayItem("treatment", "treatment", f"{_time(treatment.start)}{title}", links=links)


def _workout(workout: PlannedWorkout, viewer: Viewer, change: tuple[str, Change] | None) -> DayItem:
    entry, day = viewer.rulebook.workouts[workout.workout], workout.start.date()
    tags = []
    logged = viewer.logged.get((day, workout.workout), viewer.logged.get((day, "")))
    if logged is not None:
        tags.append(ItemTag("done", "done", plain("weeks.done") if viewer.private else logged))
    if change is not None:
        tags.append(_change_tag(change, viewer))
    if workout.by_hand:
        tags.append(ItemTag("moved", "moved", plain("weeks.by_hand")))
    key = viewer.key_of(workout.uid)
    links = [] if viewer.private else [ItemLink(f"/w/{key}", plain("weeks.why"))]
    if day <= viewer.now.date() and logged is None:
        links.insert(0, ItemLink(f"/w/{key}/log", plain("weeks.log")))
    if workout.end > viewer.now and not viewer.private:
        links.append(ItemLink(f"/w/{key}/move", plain("weeks.move")))
    title = plain("weeks.workout") if viewer.private else workout.title
    begins = plain("weeks.any_time") if workout.all_day else _time(workout.start)
    return DayItem(
        "soft" if entry.impact == "none" and not viewer.private else "",
        "workout" if viewer.private else workout.kind,
        f"{begins}{title}, {minutes_words(workout.minutes)}",
        () if viewer.private else tuple(_lines(workout)),
        tuple(tags),
        tuple(links),
        key,
    )


def _change_tag(change: tuple[str, Change], viewer: Viewer) -> ItemTag:
    name, what = change
    if name == "moved" and what.from_ is not None:
        return ItemTag("moved", "moved", plain("weeks.was", when=f"{what.from_:%a %H:%M}"))
    if name == "added":
        return ItemTag("moved", "done", plain("weeks.new"))
    return ItemTag(
        "moved", "moved", plain("weeks.changed") if viewer.private else plain("weeks.was", when=what.was or "")
    )


def otherwise_words(workout: PlannedWorkout) -> str:
    """Return what to do where the check before a workout fails, within a sentence: `easy bike ride`, `leave it out`."""
    return plain("weeks.leave") if workout.otherwise_title is None and may_be_replaced(workout) else instead(workout)


def _lines(workout: PlannedWorkout) -> Iterator[Markup]:
    if workout.intervals:
        yield say("weeks.intervals", what=workout.intervals)
    if workout.check:
        yield say("weeks.check", check=workout.check, otherwise=otherwise_words(workout))
    was = was_words(workout)
    if was is not None:
        yield was
    elif workout.reasons and not workout.check:
        yield Markup("{}").format(workout.reasons[0].title)


def check_parts(check: Check) -> list[str]:
    """Return what a check asks for, thing by thing, each to be ticked: `pain 5 or less (of 10)`, `no limp`."""
    asked = check.model_dump(exclude_defaults=True, exclude={"masked"})
    parts = (check_sentence(Check.model_validate({name: figure})) for name, figure in asked.items())
    return [part for part in parts if part is not None]
