"""Defaults of a person: what every command is told without being told, from `planner/config.toml` of their settings."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from planner.errors import InputError, Problem, quoted, suggestion

KEYS: dict[str, tuple[type, str]] = {"rules": (str, '"clinic"'), "private": (bool, "true"), "to": (str, '"https://…"')}
"""What may stand there, of which type, and how it is written: the options of the same name."""


def defaults_file() -> Path:
    """Return where a person's defaults stand: in the folder that their system keeps settings in."""
    if sys.platform == "win32":
        folder = Path(os.environ.get("APPDATA", Path.home() / "AppData" / "Roaming"))
    else:
        folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return folder / "planner" / "config.toml"


def read_defaults() -> dict[str, Any]:
    """Return a person's defaults by the name of the option; nothing where there is no such file.

    Raises `InputError` with every mistake in it.
    """
    file = defaults_file()
    try:
        text = file.read_text(encoding="utf-8")
    except OSError:
        return {}
    # Most people have no such file: what reads it loads only where there is one.
    import tomli  # noqa: PLC0415

    try:
        data = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise InputError([Problem(str(file), "", f"is not TOML: {error}", "mend that line")]) from error
    problems = [problem for key, value in data.items() for problem in _mistakes(file, key, value)]
    if problems:
        raise InputError(problems)
    if "rules" in data:
        data["rules"] = file.parent / Path(data["rules"]).expanduser()
    return data


def apply_defaults(parser: argparse.ArgumentParser) -> None:
    """Make a person's defaults those of a command, as far as it has such options.

    Raises `InputError` as `read_defaults` does.
    """
    defaults = read_defaults()
    for action in parser._actions:  # noqa: SLF001 (argparse lists its arguments nowhere else)
        if action.dest in defaults and action.option_strings:
            action.default = defaults[action.dest]
            action.required = False


def _mistakes(file: Path, key: str, value: Any) -> list[Problem]:
    if key not in KEYS:
        return [Problem(str(file), key, f"{quoted(key)} is not a key that is known here", suggestion(key, KEYS))]
    kind, example = KEYS[key]
    if not isinstance(value, kind):
        return [Problem(str(file), key, f"{quoted(value)} is of the wrong kind", f"write {key} = {example}")]
    return []
