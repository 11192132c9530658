"""Print the lowest versions that pyproject.toml names, for `pip install`: the suite passes with them too.

python -m tests.lowest [EXTRA…] > lowest.txt
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import tomli

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
_BOUND = re.compile(r"([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?\s*>=\s*([0-9][0-9.]*)")


def lowest(extras: Sequence[str]) -> Iterator[str]:
    """Yield `name==version` for what the project needs, and what its extras do."""
    project: dict[str, Any] = tomli.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    for requirement in (*project["dependencies"], *(each for name in extras for each in _extra(project, name))):
        found = _BOUND.match(requirement)
        if found is None:
            raise ValueError(f"{requirement} names no lowest version")
        yield f"{found[1]}=={found[2]}"


def _extra(project: dict[str, Any], name: str) -> Iterator[str]:
    for requirement in project["optional-dependencies"][name]:
        own = re.fullmatch(rf"{project['name']}\[(.*)\]", requirement)
        if own is None:
            yield requirement
        else:
            for inner in own[1].split(","):
                yield from _extra(project, inner)


if __name__ == "__main__":
    print("\n".join(lowest(sys.argv[1:])))
