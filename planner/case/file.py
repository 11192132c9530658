"""Read a case file: every mistake at once, each with its field and what would be right."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import tomli
from pydantic import ValidationError

from planner.case.model import Case
from planner.dates import date_in_toml, parse_absolute
from planner.errors import InputError, Problem, quoted
from planner.files import read_text
from planner.rulebook.model import Rulebook
from planner.validation import problems

NAME_LENGTH = 8
"""How much of an unnamed case's identity comes from the name of its file, the rest from its folder."""


def read_case(path: Path, rulebook: Rulebook, today: date | None = None) -> Case:
    """Return the case in a file, its everyday names made the rulebook's own.

    A case that says neither an `id` nor a name is known by its file, so that two of them are not taken for one.
    Raises `InputError` with every mistake in it.
    """
    return identified(parse_case(read_text(path), str(path), rulebook, today), path)


def identified(case: Case, path: Path) -> Case:
    """Return the case of a file, with the identity of its file where it says neither an `id` nor a name."""
    return case if case.id or case.name else case.model_copy(update={"id": file_identity(path)})


def file_identity(path: Path) -> str:
    """Return what an unnamed case is known by: its file's name and folder, hashed; files of one name begin alike."""
    place_of_file = str(path)
    with suppress(OSError):
        place_of_file = str(path.resolve())
    name, place = (sha256(f"case file {part}".encode()).hexdigest() for part in (path.name, place_of_file))
    return name[:NAME_LENGTH] + place[: 20 - NAME_LENGTH]


def may_be_of(plan_id: str, case: Case) -> bool:
    """Return whether a plan may be one of an unnamed case: its file has moved since to another folder."""
    return (
        not case.name and case.id is not None and len(case.id) == 20 and plan_id[:NAME_LENGTH] == case.id[:NAME_LENGTH]
    )


_ONE_DIGIT_HOUR = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d):(\d{2})")
_VALUE = re.compile(r"\s*[\w-]+\s*=\s*(\w[^#\"']*?)\s*(?:#.*)?")


def _mended(text: str, failed: int) -> str:
    """Return what to do about a text that is no TOML: most often a date is not written as TOML wants it."""
    for number, line in enumerate(text.splitlines(), start=1):
        if (match := _ONE_DIGIT_HOUR.search(line)) is not None:
            return f"write {match[1]}T0{match[2]}:{match[3]}:00 on line {number}"
        if number == failed and (match := _VALUE.fullmatch(line)) is not None:
            with suppress(ValueError):
                return f"write {date_in_toml(parse_absolute(match[1]))} on line {number}"
            return f"put what is text in quotes, or mend that line: {quoted(match[1])}"
    return "mend that line"


def parse_case(text: str, file: str, rulebook: Rulebook, today: date | None = None) -> Case:
    """Return the case that a TOML text says.

    Args:
        text: the case, as TOML.
        file: what messages call it.
        rulebook: the rules whose names it may use, everyday names included.
        today: from when a mistake like `"tomorrow"` is counted (default: today on this machine); a case has none of it.

    Raises:
        InputError: every mistake in it, each with its field and what would be right.

    """
    try:
        data: dict[str, Any] = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise InputError([Problem(file, "", f"is not TOML: {error}", _mended(text, error.lineno))]) from error
    except RecursionError:
        raise InputError([Problem(file, "", "is nested too deeply", "mend its brackets")]) from None
    try:
        today = today or datetime.now().astimezone().date()
        return Case.model_validate(data, context={"rulebook": rulebook, "today": today})
    except ValidationError as error:
        mistakes = problems(file, error, Case)
        if "timezone" not in data:
            right = 'write timezone = "Europe/Berlin", or a large city near you'
            mistakes = [
                problem._replace(right=right) if problem.field == "timezone" else problem for problem in mistakes
            ]
        if "timezone" not in data and not data.keys() & {"injury", "treatments", "workouts"}:
            right = "add [injury], or [[treatments]], or leave both out where nothing hurts and nothing is treated"
            mistakes.append(Problem(file, "", "names neither an injury nor a treatment", right))
        if isinstance(data.get("injury"), dict):
            # A single [injury] is the first of one: say `injury.region`, as it is written.
            mistakes = [
                Problem(file, problem.field.replace("injury[0]", "injury"), problem.wrong, problem.right)
                for problem in mistakes
            ]
        raise InputError(mistakes) from error
    except RecursionError:
        raise InputError([Problem(file, "", "is nested too deeply", "mend its brackets")]) from None
