"""The commands that README shows, for the tests and for CI."""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parent.parent


def blocks(language: str, page: str = "README.md") -> list[str]:
    """Return the code blocks of a language on a page, README if not said, in their order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def answered() -> list[tuple[list[str], str]]:
    """Return each block of commands that README shows with what they print below it, and that text."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    fences = re.findall(r"^```(\w+)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return [
        (above.splitlines(), below)
        for (kind, above), (other, below) in pairwise(fences)
        if kind == "console" and other == "text"
    ]


def commands() -> list[str]:
    """Return every command that README shows, in its order."""
    return [line for block in blocks("console") for line in block.splitlines() if line.strip()]


def installing(what: str) -> str:
    """Return the one command that installs and plans (`"plan"`), or installs and tests (`"tests"`)."""
    mark = {"plan": "bin/planner plan", "tests": "-m pytest"}[what]
    (command,) = [each for each in commands() if each.startswith("python3 -m venv") and mark in each]
    return command


if __name__ == "__main__":
    print(installing(sys.argv[1]))
