"""`planner new`: ask a few questions, write a commented case file, show its plan."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from importlib import resources
from pathlib import Path
from secrets import token_hex

from planner.case.file import parse_case
from planner.commands.opened_case import local_today
from planner.commands.output import print_plan
from planner.editing.new_case_questions import Question, longest_is_asked, longest_run_question, questions
from planner.editing.template import case_text
from planner.errors import InputError, Problem
from planner.files import check_new, read_text, write_new
from planner.planning import plan
from planner.rulebook.file import rulebook
from planner.wording.signs import WHOM_IT_IS_NOT_FOR, which_place

MOST_TRIES = 5
"""So often a question is asked again before we give up: whoever answers may be no person."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """Hold what `planner new` is told: the file to write, the date that counts as today, a person's rules."""

    file: Path = Path("case.toml")
    answers: Path | None = None
    today: date | None = None
    rules: Path | None = None
    format: str = "table"


def run(options: Options, ask: Callable[[str], str] | None = None) -> int:
    """Ask, write the case file, show its plan and return the exit status."""
    file = options.file
    # Before anything is asked: who has answered does not want to hear that there is no such folder.
    check_new(file)
    rules = rulebook(options.rules)
    in_person = ask is not None or (options.answers is None and sys.stdin.isatty())
    ask = ask or (input if options.answers is None else _from_lines(read_text(options.answers)))
    # Many people are called "Me": what tells their plans apart is drawn by lot.
    answers: dict[str, str] = {"id": token_hex(6), "schema": schema_line()}
    print("A few questions; the answer in [brackets] is taken where you just press Enter.", file=sys.stderr)
    print(WHOM_IT_IS_NOT_FOR, file=sys.stderr)
    today = options.today or datetime.now().astimezone().date()
    answers["soon"] = f"{today + timedelta(days=7)}"
    # A pipe cannot be asked back: there a word of several meanings stays, and the plan names them.
    asked_back = partial(which_place, rulebook=rules) if in_person else None
    for question in questions(rules, _timezone(), today, asked_back):
        if question.key == "start" and not answers["treatment"]:
            continue
        answers[question.key] = _answer(question, ask, str(file))
    if longest_is_asked(answers):
        answers["longest"] = _answer(longest_run_question(), ask, str(file))
    text = case_text(answers)
    case = parse_case(text, str(file), rules)
    write_new(file, text)
    print_plan(plan(case, rules, today=options.today or local_today(case)), rules, options.format)
    own = "" if options.rules is None else f" --rules {options.rules}"
    print(f"Wrote {file}. Change it as you like; then: planner plan {file} -o week.ics{own}", file=sys.stderr)
    return 0


def _from_lines(text: str) -> Callable[[str], str]:
    """Return what answers each question with the next line of a text."""
    lines = iter(text.splitlines())

    def ask(_: str) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    return ask


def schema_line() -> str:
    """Return the line that tells an editor where the schema of a case is, on this machine; empty where it is not."""
    package = Path(str(resources.files("planner")))
    for place in (package / "case.schema.json", package.parent / "docs" / "case.schema.json"):
        if place.is_file():
            return f"#:schema {place.as_uri()}\n"
    return ""


def _answer(question: Question, ask: Callable[[str], str], file: str) -> str:
    for _ in range(MOST_TRIES):
        print(f"{question.text} [{question.default}] ", end="", file=sys.stderr, flush=True)
        try:
            answer = ask("").strip() or question.default
        except EOFError:
            print(file=sys.stderr)
            if question.may_be_left_out:
                return question.understand(question.default)
            raise InputError([Problem(file, question.key, "no answer came", "nothing was written")]) from None
        try:
            return question.understand(answer)
        except ValueError as error:
            print(f"  {error}", file=sys.stderr)
    raise InputError([Problem(file, question.key, f"no answer in {MOST_TRIES} tries", "nothing was written")])


def _timezone() -> str:
    from tzlocal import get_localzone_name  # noqa: PLC0415 (only this command asks the system)

    return get_localzone_name() or "Europe/London"
