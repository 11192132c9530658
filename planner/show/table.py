"""The plan as a table that a person reads at a glance in the terminal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, time

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from planner import terminal
from planner.results.plan import Changes, Plan, PlanDay, PlannedTreatment, PlannedWorkout, Unplaced
from planner.rulebook.model import Rulebook
from planner.show.bent import bent_lines, in_one_line, session_line
from planner.wording.english import clock, day_name, span
from planner.wording.plan.headlines import headlines
from planner.wording.rules.explainer import NOTICE, instead, main_reason

PIPED = 100
"""Columns to fill where the output is no terminal, and neither it nor COLUMNS says how many there are."""
SIDE_BY_SIDE = 80
"""From so many columns on the reason for a day stands beside it, else below."""
INDENT = 6
"""Columns before what belongs to a workout, as wide as its time."""


def console(*, aside: bool = False) -> Console:
    """Return a console on standard output, or aside on standard error.

    It is in colour on a terminal, plain elsewhere (and where NO_COLOR is set).
    """
    console = terminal.console(highlight=False, stderr=aside)
    if console.is_terminal:
        return console
    asked = os.environ.get("COLUMNS", "")
    width = int(asked) if asked.isdigit() and int(asked) else PIPED
    return terminal.console(highlight=False, stderr=aside, width=width)


def show_plan(
    plan: Plan, rulebook: Rulebook, console: Console, *, aftercare: bool = False, notice: str = NOTICE
) -> None:
    """Print a plan: alerts, the answer first, a table a week, what did not fit, the defaults taken.

    Where a danger sign clears the plan, its message stands alone.

    Args:
        plan: the plan.
        rulebook: the rules, by which things have their names.
        console: where it is printed.
        aftercare: whether it says what to mind around treatments.
        notice: what every plan says at its end.

    """
    console.print(Text(_title(plan), style="bold"))
    for alert in plan.alerts:
        console.print(Text(alert, style="bold red"))
    if plan.cleared:
        return
    if plan.bent is not None:
        console.print(Text("Your plan, bent around the treatments", style="bold"))
        console.print(Padding(Group(*bent_lines(plan, plan.bent)), (0, 0, 0, 2)))
    for headline in headlines(plan) if plan.bent is None else ():
        console.print(Text(headline))
    beside = console.width >= SIDE_BY_SIDE
    for week in plan.weeks:
        console.print(_week(week, rulebook, beside=beside))
    for heading, lines in (
        ("Around your treatments", list(_aftercare(plan)) if aftercare else []),
        ("Did not fit", [_unplaced(wish, len(plan.weeks) > 1) for wish in plan.unplaced]),
        ("Changes", list(_changes(plan.changes))),
        ("Notes", [Text(note) for note in plan.notes]),
    ):
        if lines:
            console.print(Text(heading, style="bold"))
            console.print(Padding(Group(*lines), (0, 0, 0, 2)))
    console.print(Text(notice, style="italic"))


def show_revision(changes: Changes, after: Plan, console: Console) -> None:
    """Print what changes in a plan, and what it then has no place for."""
    lines = list(_differences(changes))
    console.print(Text("What it does to the plan", style="bold"))
    for alert in after.alerts:
        console.print(Text(alert, style="bold red"))
    for line in lines or [Text("Nothing: every workout stays where it is.")]:
        console.print(Padding(line, (0, 0, 0, 2)))
    if after.unplaced:
        console.print(Text("Then does not fit", style="bold"))
        for wish in after.unplaced:
            console.print(Padding(_unplaced(wish, len(after.weeks) > 1), (0, 0, 0, 2)))


def _title(plan: Plan) -> str:
    whose = f"{plan.case}: " if plan.case else ""
    level = "" if plan.caution == "standard" else f" ({plan.caution})"
    what = "training plan" if whose else "Training plan"
    return f"{whose}{what} for {span(plan.from_, plan.to)}{level}"


def _aftercare(plan: Plan) -> Iterator[RenderableType]:
    """Yield what to mind around each treatment, in the order of the hours."""
    for day in plan.days:
        for treatment in day.treatments:
            if treatment.aftercare:
                yield Text(f"{day_name(day.date)}, {_treatment(treatment)}", style="yellow")
                yield from (Padding(Text(f"- {reason.text}"), (0, 0, 0, 2)) for reason in treatment.aftercare)


def _week(days: tuple[PlanDay, ...], rulebook: Rulebook, *, beside: bool) -> Table:
    table = Table(box=SIMPLE_HEAD, expand=True, border_style="dim", header_style="dim", pad_edge=False)
    table.add_column("Day", no_wrap=True)
    table.add_column("Plan", ratio=5)
    if beside:
        table.add_column("Why", ratio=5)
    for day in days:
        why = [
            Text(_why(day), style="dim" if not day.workouts else ""),
            *(Text(question) for question in day.questions),
        ]
        plan = _treatments_and_workouts(day, rulebook)
        if beside:
            table.add_row(_date(day), Group(*plan), Group(*why))
        else:
            table.add_row(_date(day), Group(*plan, *(Padding(text, (0, 0, 0, 2)) for text in why)))
    return table


def _date(day: PlanDay) -> Text:
    return Text(f"{day.date:%a} {day.date.day:2} {day.date:%b}")


def _treatment(treatment: PlannedTreatment) -> str:
    at = treatment.start.strftime("%H:%M ") if isinstance(treatment.start, datetime) else ""
    return f"{at}{treatment.name.lower()}, {treatment.region.replace('_', ' ')}"


def _treatments_and_workouts(day: PlanDay, rulebook: Rulebook) -> list[RenderableType]:
    """Return what a day holds, in order of time: what belongs to a workout wraps under it."""
    lines: list[tuple[str, list[RenderableType]]] = [
        (
            f"{treatment.start:%H:%M}" if isinstance(treatment.start, datetime) else "",
            [Text(_treatment(treatment), style="yellow")],
        )
        for treatment in day.treatments
    ]
    lines += [("", [Text(f"done: {title[:1].lower()}{title[1:]}", style="dim")]) for title in day.done]
    for workout in day.workouts:
        kind = rulebook.described_kinds.get(workout.kind)
        parts: list[RenderableType] = [Text(_workout(workout), style=(kind and kind.colour) or "")]
        if workout.intervals:
            parts.append(_under(Text(f"{workout.intervals}{' (projected)' if workout.projected else ''}")))
        if workout.check:
            parts.append(_under(Text(f"if {workout.check}; else {instead(workout)}", style="dim")))
        lines.append((f"{workout.start:%H:%M}", parts))
    if not day.workouts and not day.done:
        lines.append(("99", [Text("away" if _is_away(day) else "rest", style="dim")]))
    return [part for _, parts in sorted(lines, key=lambda timed: timed[0]) for part in parts]


def _under(text: Text) -> RenderableType:
    return Padding(text, (0, 0, 0, INDENT))


def _workout(workout: PlannedWorkout) -> str:
    effort = "" if workout.intensity == "hard" else f", {workout.intensity.replace('_', ' ')}"
    plain = workout.workout.endswith(f"_{workout.intensity}") or workout.kind == "run"
    begins = "all day:" if workout.all_day else f"{workout.start:%H:%M}"
    return f"{begins} {in_one_line(workout.title)}, {workout.minutes} min{'' if plain else effort}"


def _why(day: PlanDay) -> str:
    """Return the one line that says most about a day: why its run is so, or why there is none that was asked for."""
    sessions = [session_line(workout) for workout in day.workouts if workout.source is not None]
    if sessions:
        return "\n".join(sessions)
    if day.absent is not None and _is_away(day):
        return day.absent.text
    run = next((workout for workout in day.workouts if workout.kind == "run"), None)
    reason = None if run is None else main_reason(run)
    if reason is not None:
        return reason.title
    missing = next((ruled_out for ruled_out in day.ruled_out if ruled_out.asked), None)
    if missing is not None:
        return missing.text
    reasons = [reason for workout in day.workouts for reason in workout.reasons]
    if reasons:
        return reasons[0].title
    if day.done:
        return "As your log says"
    if day.workouts:
        return ""
    if day.absent is not None:
        return day.absent.text
    return "Treatment day" if day.treatments else "Rest day"


def _is_away(day: PlanDay) -> bool:
    return day.absent is not None and day.absent.kind == "away" and not day.workouts and not day.done


def _changes(changes: Changes) -> Iterator[Text]:
    """Yield a line for each treatment and workout that changed, and one for all that stay where they were."""
    yield from _differences(changes)
    if changes.unchanged:
        yield Text(f"unchanged: {len(changes.unchanged)}", style="dim")


def _differences(changes: Changes) -> Iterator[Text]:
    """Yield a line for each treatment and workout that changed."""
    retold = [change for change in changes.changed if change.was is None]
    retitled = [change for change in changes.changed if change.was is not None]
    for name, changes_of_kind, style in (
        ("moved", changes.treatments, "bold yellow"),
        ("moved", changes.moved, "yellow"),
        ("added", changes.added, "green"),
        ("cancelled", changes.cancelled, "red"),
        ("changed", retitled, "yellow"),
    ):
        for shown in changes_of_kind:
            before, now = (_when(moment) if moment else "" for moment in (shown.from_, shown.to))
            when = f"from {before} to {now}" if name == "moved" else now or before
            was = f" (was {shown.was})" if shown.was else ""
            yield Text(f"{name}: {shown.title}{was}, {when}", style=style)
    if retold:
        yield Text(f"only the reasons: {len(retold)}", style="dim")


def _when(moment: datetime) -> str:
    """Return a moment, or its day alone where it stands for what lasts all day."""
    return clock(moment) if moment.time() != time() else day_name(moment.date())


def _unplaced(wish: Unplaced, several_weeks: bool) -> Text:
    week = f", week of {wish.week.day} {wish.week:%b}" if several_weeks else ""
    what = wish.kind.replace("_", " ")
    text = Text(f"{what}: {wish.placed} of {wish.asked}{week}")
    for because in wish.because:
        text.append(f"\n  {because.text}", style="dim")
    if wish.would_fit_if:
        text.append("\n  What would make room:")
    for remedy in wish.would_fit_if:
        text.append(f"\n  - {remedy}")
    return text
