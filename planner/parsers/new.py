"""What `planner new` may be told."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner import arguments as shared


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner new`."""
    parser.description = "Ask at most eight questions, write a commented case file, and show its plan."
    parser.add_argument(
        "file", type=Path, nargs="?", default=Path("case.toml"), metavar="FILE", help="default: case.toml"
    )
    parser.add_argument(
        "--answers", type=Path, metavar="FILE", help="a text file with an answer a line, in place of being asked"
    )
    shared.add_format(parser, "table", "json")
    shared.add_today_and_rules(parser)
