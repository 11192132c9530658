"""The commands that README shows, for the tests and for CI."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def blocks(language: str, page: str = "README.md") -> list[str]:
    """Return the code blocks of a language on a page, README if not said, in their order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


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
