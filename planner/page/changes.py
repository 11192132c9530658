"""What changed: in a plan since its calendar was written, and in somebody else's plan that was bent.

A line for each workout; of somebody else's plan also how much of it stays, and what each session was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import NamedTuple

from markupsafe import Markup

from planner.page.environment import clock_words, day_words
from planner.page.sentences import in_page_words, plain, say
from planner.results.bent import SessionSource, UnsureSession
from planner.results.plan import Change, Changes, Plan, PlannedWorkout
from planner.wording.coached import change_with_why, title_part


class BentLine(NamedTuple):
    """Hold what became of one session, and why; its title comes from somebody else's calendar."""

    day: date
    text: str


class UnsureTitle(NamedTuple):
    """Hold a title that was not read for sure: why, the part by which a case knows it, and what it is taken for."""

    text: str
    part: str
    entry: int
    taken_for: str


class BentShown(NamedTuple):
    """Hold what a page says of somebody else's plan: how much stays, each change, each conflict, what is unsure."""

    summary: str
    lines: tuple[BentLine, ...]
    conflicts: tuple[str, ...]
    unsure: tuple[UnsureTitle, ...]
    feed_to: str


def bent_shown(plan: Plan) -> BentShown | None:
    """Return what there is to say about a bent plan; None where nobody else's plan was bent."""
    bent = plan.bent
    if bent is None:
        return None
    lines = [BentLine(lost.day, change_with_why(lost.change)) for lost in bent.lost_workouts]
    lines += [
        BentLine(workout.source.day, change_with_why(workout.change))
        for workout in plan.workouts
        if workout.source is not None and workout.change is not None
    ]
    ends = say("bent.feed_to", day=day_words(bent.feed_to)) if bent.feed_to < plan.to else ""
    return BentShown(
        in_page_words(bent.text),
        tuple(sorted(lines)),
        tuple(in_page_words(conflict.text) for conflict in bent.conflicts),
        tuple(_unsure_titles(bent.unsure)),
        ends,
    )


def _unsure_titles(sessions: Iterable[UnsureSession]) -> Iterator[UnsureTitle]:
    """Yield each title once, however many sessions have it: one word settles them all."""
    by_part = {(session.entry, title_part(session.title)): session for session in reversed(tuple(sessions))}
    for (entry, part), session in reversed(by_part.items()):
        text = plain("bent.unsure", title=session.title, why=session.why)
        yield UnsureTitle(text, part, entry, session.taken_for)


def was_words(workout: PlannedWorkout) -> Markup | None:
    """Return what a workout is in somebody else's plan: `As planned: “8 km easy”`; None where it is in no such plan."""
    if workout.source is None:
        return None
    title = Markup('<span lang="">{}</span>').format(workout.source.title)
    if workout.change is not None:
        return say("bent.changed", title=title, day=day_words(workout.source.day))
    if workout.hint:
        return say("bent.as_planned_hint", title=title, hint=workout.hint)
    return say("bent.as_planned", title=title)


def sessions_gone_from(day: date, plan: Plan) -> Iterator[Markup]:
    """Yield what became of each session that somebody else's plan has on a day, and this plan has not."""
    if plan.bent is None:
        return
    for workout in plan.workouts:
        if workout.source is not None and workout.source.day == day and workout.start.date() != day:
            yield _gone(workout.source, say("bent.moved_to", day=day_words(workout.start)))
    for lost in plan.bent.lost_workouts:
        if lost.source.day == day:
            yield _gone(lost.source, say("bent.left_out"))


def _gone(source: SessionSource, where: Markup) -> Markup:
    return say("bent.gone", title=Markup('<span lang="">{}</span>').format(source.title), where=where)


def change_lines(changes: Changes) -> list[Markup]:
    """Return a line for each workout that changed: what moved first, then what is new, gone, longer or shorter."""
    lines = [
        say("changes.moved", what=_name(change), was=_when(change.from_), now=_when(change.to))
        for change in changes.moved
    ]
    lines += [
        say("changes.changed", what=change.title, was=change.was or "", when=_when(change.to))
        for change in changes.changed
        if change.was is not None
    ]
    lines += [say("changes.added", what=_name(change), when=_when(change.to)) for change in changes.added]
    return lines + [
        say("changes.cancelled", what=_name(change), when=_when(change.from_ or change.to))
        for change in changes.cancelled
    ]


def _name(change: Change) -> str:
    return change.title


def _when(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return clock_words(moment) if moment.time() != time() else day_words(moment)
