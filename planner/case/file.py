"""Read a case file: every mistake at once, each with its field and what would be right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomli
from pydantic import ValidationError

from planner.case.model import Case
from planner.errors import InputError, Problem
from planner.files import read_text
from planner.rulebook.model import Rulebook
from planner.validation import problems


def read_case(path: Path, rulebook: Rulebook) -> Case:
    """Return the case in a file, its everyday names made the rulebook's own.

    Raises `InputError` with every mistake in it.
    """
    return parse_case(read_text(path), str(path), rulebook)


def parse_case(text: str, file: str, rulebook: Rulebook) -> Case:
    """Return the case that a TOML text says; `file` is what messages call it."""
    try:
        data: dict[str, Any] = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise InputError([Problem(file, "", f"is not TOML: {error}", "mend that line")]) from error
    try:
        return Case.model_validate(data, context={"rulebook": rulebook})
    except ValidationError as error:
        found = problems(file, error, Case)
        if isinstance(data.get("injury"), dict):
            # A single [injury] is the first of one: say `injury.region`, as it is written.
            found = [Problem(file, one.field.replace("injury[0]", "injury"), one.wrong, one.right) for one in found]
        raise InputError(found) from error
