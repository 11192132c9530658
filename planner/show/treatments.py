"""The treatments of a case as a table: when each is, what it is, and where it comes from."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from planner.appointments.treatment_list import ListedTreatment, PassedOver, TreatmentList
from planner.rulebook.model import Rulebook
from planner.wording.english import clock, day_name, span


def show_treatments(listed: TreatmentList, rulebook: Rulebook, first: date, last: date, console: Console) -> None:
    """Print the treatments of some days, and below them what was passed over, and why.

    Args:
        listed: the treatments, and what was passed over.
        rulebook: the rules, by which treatments have their names.
        first: the first day.
        last: the last day.
        console: where it is printed.

    """
    console.print(Text(f"Treatments for {span(first, last)}", style="bold"))
    if listed.treatments:
        table = Table(box=SIMPLE_HEAD, expand=True, border_style="dim", header_style="dim", pad_edge=False)
        table.add_column("When", no_wrap=True)
        table.add_column("Treatment", ratio=3)
        table.add_column("Where it comes from", ratio=5)
        for treatment in listed.treatments:
            name = f"{rulebook.treatments[treatment.kind].name.lower()}, {treatment.region.replace('_', ' ')}"
            table.add_row(Text(_when(treatment)), Text(name, style="yellow"), Text(_source(treatment)))
        console.print(table)
    else:
        console.print(Padding(Text("None.", style="dim"), (0, 0, 0, 2)))
    if listed.passed_over:
        console.print(Text("Passed over, or read otherwise than it stands there", style="bold"))
        for passed in listed.passed_over:
            console.print(Padding(Text(_passed_over(passed), style="dim"), (0, 0, 0, 2)))


def _when(treatment: ListedTreatment) -> str:
    if isinstance(treatment.start, datetime) and isinstance(treatment.end, datetime):
        end = f"{treatment.end:%H:%M}" if treatment.end.date() == treatment.start.date() else clock(treatment.end)
        return f"{clock(treatment.start)} to {end}"
    last = treatment.end - timedelta(days=1)
    return (
        f"{day_name(treatment.start)}, all day"
        if last == treatment.start
        else f"{day_name(treatment.start)} to {day_name(last)}"
    )


def _source(treatment: ListedTreatment) -> str:
    return f'{treatment.source}: "{_plain(treatment.title)}"' if treatment.title else treatment.source


def _passed_over(remark: PassedOver) -> str:
    place = remark.source if remark.line is None else f"{remark.source}, line {remark.line}"
    return f"{place}: {_plain(remark.why)}"


def _plain(text: str) -> str:
    """Return text of a calendar without what a terminal would obey."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())
