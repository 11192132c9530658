"""What `planner plan` may be told."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner import arguments as shared


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner plan`."""
    parser.description = (
        "Plan whole weeks around the treatments of a case. What a calendar imports is a copy: importing again updates "
        "some calendars and duplicates in others, so give the plan a calendar of its own."
    )
    shared.add_case(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE.ics",
        help="write the plan as a calendar file; an earlier plan there is revised, and the changes are listed (- is "
        "standard output: the calendar alone, the table on standard error). A name that ends in .html is the hand-out: "
        "a sheet for you, one for your therapist. With a folder of cases, the folder of their calendars",
    )
    shared.add_private(parser)
    parser.add_argument("--aftercare", action="store_true", help="add what to mind around the treatments to the table")
    shared.add_span(parser)
    shared.add_format(parser, "table", "json", "ics", "html")
    shared.add_today_and_rules(parser)
