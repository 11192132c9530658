"""`planner new`: ask a few questions, write a commented case file, show its plan."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from secrets import token_hex

from planner import arguments as shared
from planner.case.file import parse_case
from planner.case.new import Question, case_text, questions
from planner.commands.session import local_today, show
from planner.errors import InputError, Problem
from planner.files import write_new
from planner.planning import plan
from planner.rulebook.file import rulebook

MOST_TRIES = 5
"""So often a question is asked again before we give up: whoever answers may be no person."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """Hold what `planner new` is told: the file to write, the date that counts as today, a person's rules."""

    file: Path = Path("case.toml")
    today: date | None = None
    rules: Path | None = None


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner new`."""
    parser.description = "Ask at most eight questions, write a commented case file, and show its plan."
    parser.add_argument(
        "file", type=Path, nargs="?", default=Path("case.toml"), metavar="FILE", help="default: case.toml"
    )
    shared.add_today_and_rules(parser)


def run(options: Options, ask: Callable[[str], str] | None = None) -> int:
    """Ask, write the case file, show its plan and return the exit status."""
    file = options.file
    if file.exists():
        raise InputError([Problem(str(file), "", "exists already", "give another name: planner new FILE")])
    rules = rulebook(options.rules)
    # Many people are called "Me": what tells their plans apart is drawn by lot.
    answers: dict[str, str] = {"id": token_hex(6)}
    print("A few questions; the answer in [brackets] is taken where you just press Enter.", file=sys.stderr)
    for question in questions(rules, _timezone(), options.today or datetime.now().astimezone().date()):
        if question.key == "start" and not answers["treatment"]:
            continue
        answers[question.key] = _answer(question, ask or input, str(file))
    text = case_text(answers)
    case = parse_case(text, str(file), rules)
    write_new(file, text)
    show(plan(case, rules, today=options.today or local_today(case)), rules, "table")
    own = "" if options.rules is None else f" --rules {options.rules}"
    print(f"Wrote {file}. Change it as you like; then: planner plan {file} -o week.ics{own}", file=sys.stderr)
    return 0


def _answer(question: Question, ask: Callable[[str], str], file: str) -> str:
    for _ in range(MOST_TRIES):
        print(f"{question.text} [{question.default}] ", end="", file=sys.stderr, flush=True)
        try:
            answer = ask("").strip() or question.default
        except EOFError:
            print(file=sys.stderr)
            raise InputError([Problem(file, question.key, "no answer came", "nothing was written")]) from None
        try:
            return question.understand(answer)
        except ValueError as error:
            print(f"  {error}", file=sys.stderr)
    raise InputError([Problem(file, question.key, f"no answer in {MOST_TRIES} tries", "nothing was written")])


def _timezone() -> str:
    from tzlocal import get_localzone_name  # noqa: PLC0415 (only this command asks the system)

    return get_localzone_name() or "Europe/London"
