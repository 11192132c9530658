"""The plan as a table that a person reads at a glance in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from planner import terminal
from planner.results.plan import Changes, Plan, PlanDay, PlannedTreatment, PlannedWorkout, Reason, Unplaced
from planner.rulebook.model import Rulebook
from planner.wording.english import clock, span
from planner.wording.rules import NOTICE, instead

NARROWEST = 100
"""Columns to fill where the output is no terminal, and so has no width of its own."""


def console(*, aside: bool = False) -> Console:
    """Return a console on standard output, or aside on standard error.

    It is in colour on a terminal, plain elsewhere (and where NO_COLOR is set).
    """
    found = terminal.console(highlight=False, stderr=aside)
    return found if found.is_terminal else terminal.console(highlight=False, stderr=aside, width=NARROWEST)


def show_plan(plan: Plan, rulebook: Rulebook, console: Console) -> None:
    """Print a plan: alerts, a table a week, what did not fit, the defaults taken.

    Where a danger sign clears the plan, its message stands alone.
    """
    console.print(Text(_title(plan), style="bold"))
    for alert in plan.alerts:
        console.print(Text(alert, style="bold red"))
    if plan.cleared:
        return
    for first in range(0, len(plan.days), 7):
        console.print(_week(plan.days[first : first + 7], rulebook))
    for heading, lines in (
        ("Did not fit", [_unplaced(one, len(plan.days) > 7) for one in plan.unplaced]),
        ("Changes", list(_changes(plan.changes))),
        ("Notes", [Text(note) for note in plan.notes]),
    ):
        if lines:
            console.print(Text(heading, style="bold"))
            console.print(Padding(Group(*lines), (0, 0, 0, 2)))
    console.print(Text(NOTICE, style="italic"))


def show_revision(changes: Changes, after: Plan, console: Console) -> None:
    """Print what changes in a plan, and what it then has no place for."""
    lines = [line for line in _changes(changes) if not line.plain.startswith(("unchanged", "where they were"))]
    console.print(Text("What it does to the plan", style="bold"))
    for alert in after.alerts:
        console.print(Text(alert, style="bold red"))
    for line in lines or [Text("Nothing: every workout stays where it is.")]:
        console.print(Padding(line, (0, 0, 0, 2)))
    if after.unplaced:
        console.print(Text("Then does not fit", style="bold"))
        for one in after.unplaced:
            console.print(Padding(_unplaced(one, len(after.days) > 7), (0, 0, 0, 2)))


def _title(plan: Plan) -> str:
    whose = f"{plan.case}: " if plan.case else ""
    level = "" if plan.caution == "standard" else f" ({plan.caution})"
    return f"{whose}training plan for {span(plan.from_, plan.to)}{level}"


def _week(days: tuple[PlanDay, ...], rulebook: Rulebook) -> Table:
    table = Table(box=SIMPLE_HEAD, expand=True, border_style="dim", header_style="dim", pad_edge=False)
    table.add_column("Day", no_wrap=True)
    table.add_column("Treatment", ratio=3)
    table.add_column("Workout", ratio=4)
    table.add_column("Why", ratio=6)
    for day in days:
        table.add_row(
            Text(f"{day.date:%a} {day.date.day:2} {day.date:%b}"),
            Text("\n".join(_treatment(each) for each in day.treatments), style="yellow"),
            _workouts(day, rulebook),
            Group(Text(_why(day), style="dim" if not day.workouts else ""), *(Text(one) for one in day.questions)),
        )
    return table


def _treatment(treatment: PlannedTreatment) -> str:
    at = treatment.start.strftime("%H:%M ") if isinstance(treatment.start, datetime) else ""
    return f"{at}{treatment.name.lower()}, {treatment.region.replace('_', ' ')}"


def _workouts(day: PlanDay, rulebook: Rulebook) -> RenderableType:
    lines = [Text(f"done: {title[:1].lower()}{title[1:]}", style="dim") for title in day.done]
    if not day.workouts and not day.done:
        return Text("rest", style="dim")
    for workout in day.workouts:
        kind = rulebook.described_kinds.get(workout.kind)
        lines.append(Text(_workout(workout), style=(kind and kind.colour) or ""))
        if workout.intervals:
            lines.append(Text(f"      {workout.intervals}{' (projected)' if workout.projected else ''}"))
        if workout.check:
            lines.append(Text(f"      if {workout.check}; else {instead(workout)}", style="dim"))
    return Group(*lines)


def _workout(workout: PlannedWorkout) -> str:
    effort = "" if workout.intensity == "hard" else f", {workout.intensity.replace('_', ' ')}"
    plain = workout.workout.endswith(f"_{workout.intensity}") or workout.kind == "run"
    return f"{workout.start:%H:%M} {workout.title}, {workout.minutes} min{'' if plain else effort}"


def _why(day: PlanDay) -> str:
    """Return the one line that says most about a day."""
    runs = [reason for workout in day.workouts if workout.kind == "run" for reason in workout.reasons]
    if runs:
        return min(runs, key=_telling).title
    no_run = next((one for one in day.ruled_out if one.workout == "run_easy"), None)
    if no_run is not None:
        return no_run.text
    reasons = [reason for workout in day.workouts for reason in workout.reasons]
    if reasons:
        return reasons[0].title
    if day.done:
        return "As your log says"
    return "Treatment day" if day.treatments else "Rest day"


def _telling(reason: Reason) -> int:
    """Order the reasons for a run by how much they tell; its check stands beside the workout already."""
    kinds = ("return_to_running", "training.", "preferences.long_run_day", "preferences.race", "preferences.")
    return next((number for number, kind in enumerate(kinds) if reason.rule.startswith(kind)), len(kinds))


def _changes(changes: Changes) -> Iterator[Text]:
    """Yield a line for each workout that a revision changed, and one for all those that it left where they were."""
    retold = [one for one in changes.changed if one.was is None]
    resized = [one for one in changes.changed if one.was is not None]
    for name, found, style in (
        ("moved", changes.moved, "yellow"),
        ("added", changes.added, "green"),
        ("cancelled", changes.cancelled, "red"),
        ("changed", resized, "yellow"),
    ):
        for one in found:
            before, now = (clock(moment) if moment else "" for moment in (one.from_, one.to))
            when = f"from {before} to {now}" if name == "moved" else now or before
            was = f" (was {one.was})" if one.was else ""
            yield Text(f"{name}: {one.title}{was}, {when}", style=style)
    if retold:
        yield Text(f"where they were, for other reasons: {len(retold)}", style="dim")
    if changes.unchanged:
        yield Text(f"unchanged: {len(changes.unchanged)}", style="dim")


def _unplaced(one: Unplaced, several_weeks: bool) -> Text:
    week = f", week of {one.week.day} {one.week:%b}" if several_weeks else ""
    what = one.kind.replace("_", " ")
    text = Text(f"{what}: {one.placed} of {one.asked}{week}")
    for because in one.because:
        text.append(f"\n  {because.text}", style="dim")
    if one.would_fit_if:
        text.append("\n  What would make room:")
    for remedy in one.would_fit_if:
        text.append(f"\n  - {remedy}")
    return text
