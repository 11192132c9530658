"""`planner why`: what the rules say about a day, or about one workout at one time."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from planner.answers import Answer, DayAnswer, why_day, why_workout
from planner.calendar_files import calendars_of
from planner.case_file import read_case
from planner.errors import InputError, Problem
from planner.explain import NOTICE, clock, day_name, limits_sentence
from planner.planning import days_to_read
from planner.rulebook import Rulebook
from planner.rulebook_file import rulebook
from planner.scales import EVIDENCE


def run(file: Path, when: date | datetime, workout: str | None, form: str, rules: Path | None = None) -> int:
    """Answer for a case file and return the exit status."""
    book = rulebook(rules)
    case = read_case(file, book)
    moment = when if isinstance(when, datetime) else None
    day = when.date() if isinstance(when, datetime) else when
    calendars = calendars_of(file, case, *days_to_read(day))
    if workout is None:
        answer: Answer | DayAnswer = why_day(case, book, day, moment, calendars)
    else:
        name = book.names.find("workouts", workout)
        if name is None:
            near = book.names.nearest("workouts", workout)
            raise InputError([Problem("planner why", "WORKOUT", f'"{workout}" is no workout', near)])
        answer = (
            why_workout(case, book, moment, name, calendars)
            if moment
            else why_day(case, book, day, calendars=calendars).of(name)
        )
    if form == "json":
        print(answer.model_dump_json(indent=2))
    else:
        print("\n".join(text_of(answer, book)))
    return 0


def text_of(answer: Answer | DayAnswer, rulebook: Rulebook) -> list[str]:
    """Return an answer as lines of text."""
    if isinstance(answer, Answer):
        return [*_one(answer, rulebook), "", NOTICE]
    lines = [f"{day_name(answer.date)}, each workout at the best start time of the day:"]
    for verdict, heading in (("ruled_out", "Ruled out"), ("limited", "Limited"), ("allowed", "Allowed")):
        found = [one for one in answer.workouts if one.verdict == verdict]
        if found:
            lines += ["", heading]
        for one in found:
            lines.append(f"  {one.title}, {one.start:%H:%M}{_limits(one)}")
            lines += [f"      {reason.title}" for reason in one.rules if reason.rule in one.binding]
    return [*lines, "", NOTICE]


def _limits(answer: Answer) -> str:
    return f": {limits_sentence(answer).removeprefix('allowed, ')}" if answer.verdict == "limited" else ""


def _one(answer: Answer, rulebook: Rulebook) -> list[str]:
    lines = [f"{answer.title} on {clock(answer.start)}: {limits_sentence(answer)}"]
    if answer.busy_until is not None:
        lines.append(f"Your calendar says that you are busy until {clock(answer.busy_until)}: no plan puts it there.")
    if not answer.rules:
        lines.append("No rule speaks about it at that time.")
    for heading, binding in (("Because", True), ("These speak too, and ask no more", False)):
        found = [reason for reason in answer.rules if (reason.rule in answer.binding) == binding]
        if found:
            lines += ["", f"{heading}:"]
        for reason in found:
            lines += [f"- {reason.text}", f"  Evidence: {EVIDENCE[reason.evidence]}. Rule: {reason.rule}."]
            for source in reason.sources:
                lines.append(f"  {rulebook.sources[source].title} <{rulebook.sources[source].url}>")
    return lines
