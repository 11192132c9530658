"""Read the words by which titles are read from a rulebook's folder; whoever has no plan of a coach never loads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import tomli
from pydantic import ValidationError

from planner.errors import InputError, Problem
from planner.titles.words import ReadingWords
from planner.validation import problems

NAME = "reading.toml"
"""The file of a rulebook's folder that holds them."""


@cache
def reading_words(folder: Path) -> ReadingWords:
    """Return the words in a rulebook's folder, checked.

    Raises `InputError` with every mistake in them.
    """
    path = folder / NAME
    label = f"{folder.name}/{NAME}"
    try:
        data = tomli.loads(path.read_text(encoding="utf-8-sig"))
        return ReadingWords.model_validate(data)
    except tomli.TOMLDecodeError as error:
        raise InputError([Problem(label, "", f"is not TOML: {error}", "mend that line")]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError([Problem(label, "", f"cannot be read ({error})", "save it as UTF-8 text")]) from error
    except ValidationError as error:
        raise InputError(problems(label, error, ReadingWords)) from error
