"""`planner why`: what the rules say about a day, or about one workout at one time."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from planner.answers import Answer, DayAnswer, why_day, why_workout
from planner.case_file import read_case
from planner.errors import InputError, Problem
from planner.explain import NOTICE, clock, day_name, limits_sentence
from planner.rulebook_file import shipped_rulebook
from planner.scales import EVIDENCE


def run(file: Path, when: date | datetime, workout: str | None, form: str) -> int:
    """Answer for a case file and return the exit status."""
    rulebook = shipped_rulebook()
    case = read_case(file, rulebook)
    moment = when if isinstance(when, datetime) else None
    day = when.date() if isinstance(when, datetime) else when
    if workout is None:
        answer: Answer | DayAnswer = why_day(case, rulebook, day, moment)
    else:
        name = rulebook.names.find("workouts", workout)
        if name is None:
            near = rulebook.names.nearest("workouts", workout)
            raise InputError([Problem("planner why", "WORKOUT", f'"{workout}" is no workout', near)])
        answer = why_workout(case, rulebook, moment, name) if moment else why_day(case, rulebook, day).of(name)
    if form == "json":
        print(answer.model_dump_json(indent=2))
    else:
        print("\n".join(text_of(answer)))
    return 0


def text_of(answer: Answer | DayAnswer) -> list[str]:
    """Return an answer as lines of text."""
    if isinstance(answer, Answer):
        return [*_one(answer), "", NOTICE]
    lines = [f"{day_name(answer.date)}, each workout at the best start time of the day:", ""]
    for verdict in ("ruled_out", "limited", "allowed"):
        for one in answer.workouts:
            if one.verdict == verdict:
                lines.append(_headline(one))
                lines += [f"    {reason.title}" for reason in one.rules if reason.rule in one.binding]
    return [*lines, "", NOTICE]


def _headline(answer: Answer) -> str:
    return f"{answer.title} on {clock(answer.start)}: {limits_sentence(answer)}"


def _one(answer: Answer) -> list[str]:
    lines = [_headline(answer)]
    for reason in answer.rules:
        binds = "*" if reason.rule in answer.binding else "-"
        lines.append(f"{binds} {reason.text}")
        sources = f"; sources: {', '.join(reason.sources)}" if reason.sources else ""
        lines.append(f"  ({EVIDENCE[reason.evidence]}{sources}; rule {reason.rule})")
    if not answer.rules:
        lines.append("No rule speaks about it at that time.")
    elif answer.binding:
        lines.append("* binds")
    return lines


