"""Somebody else's plan as it was read, for the terminal: what is unsure first, each with the line that settles it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from planner.results.coached import ListedSession, NoSession, SessionList
from planner.rulebook.model import Rulebook
from planner.show.bent import in_one_line
from planner.wording.coached import doubt_sentence, file_sentence, reading_sentence
from planner.wording.english import day_name, span


def show_workouts(
    listed: SessionList,
    rulebook: Rulebook,
    days: tuple[date, date],
    files: Mapping[str, tuple[date | None, date | None]],
    console: Console,
) -> None:
    """Print how the sessions of some days were read, and below them what is no session.

    Args:
        listed: the sessions, and what was passed over.
        rulebook: the rules, by which workouts have their names.
        days: the first and the last day.
        files: of each calendar when it was written, for an old one may not be what its coach has now, and its end.
        console: where it is printed.

    """
    unsure = [workout for workout in listed.workouts if not workout.read_as.sure]
    sure = [workout for workout in listed.workouts if workout.read_as.sure]
    console.print(Text(f"How the plan was read for {span(days[0], days[1])}", style="bold"))
    for calendar, (day, ends) in files.items():
        console.print(Padding(Text(in_one_line(file_sentence(calendar, day, ends)), style="dim"), (0, 0, 0, 2)))
    if unsure:
        console.print(Text(f"Not sure: look at {'this one' if len(unsure) == 1 else 'these'}", style="bold yellow"))
        for unsure_session in unsure:
            _print(unsure_session, rulebook, console)
            console.print(Padding(Text(in_one_line(doubt_sentence(unsure_session))), (0, 0, 0, 6)))
    if sure and unsure:
        console.print(Text("Read without doubt", style="bold"))
    for unsure_session in sure:
        _print(unsure_session, rulebook, console)
    if not listed.workouts:
        console.print(Padding(Text("Nothing is unsure.", style="dim"), (0, 0, 0, 2)))
    if listed.passed_over:
        console.print(Text("No sessions, or passed over", style="bold"))
        for line in _passed_over(listed.passed_over):
            console.print(Padding(Text(line, style="dim"), (0, 0, 0, 2)))


def _print(session: ListedSession, rulebook: Rulebook, console: Console) -> None:
    begins = f", {session.start:%H:%M}" if session.start is not None else ""
    line = Text(f'{day_name(session.date)}{begins}  "{in_one_line(session.title)}"  ')
    line.append(reading_sentence(session.read_as, rulebook), style="dim")
    console.print(Padding(line, (0, 0, 0, 2)))


def _passed_over(events: Sequence[NoSession]) -> Iterator[str]:
    """Yield each title that is no session once, with the line of its first event and how many more there are."""
    alike: dict[tuple[str, str, str], list[NoSession]] = {}
    for event in events:
        alike.setdefault((event.source, event.title, event.why), []).append(event)
    for (source, title, why), passed in alike.items():
        place = source if passed[0].line is None else f"{source}, line {passed[0].line}"
        more = f" and {len(passed) - 1} more" if len(passed) > 1 else ""
        named = f'"{in_one_line(title)}": ' if title else ""
        yield f"{place}{more}: {named}{in_one_line(why)}"
