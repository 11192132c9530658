"""What `planner import` may be told."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner import arguments as shared

COLUMNS = ("name", "treatment", "start", "region", "minutes", "injury", "side", "severity", "timezone", "id")
NEEDED = ("name", "treatment", "start")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner import`."""
    parser.description = (
        "Make case files from a clinic's list: a CSV file whose first line names its columns "
        f"({', '.join(COLUMNS)}; needed: {', '.join(NEEDED)}), one line a treatment. Lines of one id, or else of one "
        "name, are one case. A case that is there already gets the treatments that it does not have."
    )
    parser.add_argument("list", type=Path, metavar="FILE.csv", help="the list (comma, semicolon or tab)")
    parser.add_argument(
        "-o", "--output", type=Path, default=Path(), metavar="FOLDER", help="where the cases are (default: here)"
    )
    parser.add_argument("--timezone", metavar="NAME", help="of lines that say none (default: this computer's)")
    shared.add_format(parser, "text", "json")
    shared.add_rules(parser)
