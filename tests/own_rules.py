"""Rulebooks of one's own, written into a folder for a test."""

from __future__ import annotations

import shutil
from pathlib import Path

from planner.rulebook.file import shipped_folder

HILLS = """\
[[rule]]
id = "dry_needling.shin_no_hills"
title = "Shin: no hard running for 72 hours, and no hills"
when = { regions = ["shin"] }
hours_after = [0, 72]
rules_out_workouts = ["run_hard"]
max_load = 2
advice = "No hills for 72 hours."
why = "Uphill the muscles of the shin work harder. The 72 hours are our clinic's own."
evidence = "B"
sources = ["HILLS"]
permissive = { away = true }
strict = { hours_after = [0, 96] }
"""
"""A rule for `treatments/dry_needling.toml`."""
PAPER = """\
[HILLS]
title = "Uphill running and the shin, Journal of Examples 2026"
url = "https://example.org/hills"
trust = "Laboratory study, n=12. Read in full. Fair."
"""
"""Its source, for `sources.toml`."""


def additions(folder: Path, **files: str) -> Path:
    """Return a new folder `clinic` that holds some files: `general="…"`, `treatments__massage="…"`."""
    clinic = folder / "clinic"
    for name, text in files.items():
        path = clinic / f"{name.replace('__', '/')}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return clinic


def hills(folder: Path) -> Path:
    """Return a new folder with a rule of a clinic's own and its source."""
    return additions(folder, treatments__dry_needling=HILLS, sources=PAPER)


def whole(folder: Path) -> Path:
    """Return a new folder `book` with a copy of the whole shipped rulebook."""
    book = folder / "book"
    shutil.copytree(shipped_folder(), book)
    return book


def rule(id: str, more: str = 'advice = "Rest."') -> str:  # noqa: A002 (as rules call it)
    """Return a rule of one's own as TOML; what it says is left to the test."""
    return f'[[rule]]\nid = "{id}"\ntitle = "Our own"\nwhy = "So we say."\nevidence = "M"\n{more}\n'
