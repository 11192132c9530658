"""What `planner sync` may be told."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner import arguments as shared


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner sync`."""
    parser.description = (
        "Plan a case and bring a calendar on a CalDAV server to show just that. What you moved or deleted there is "
        "respected. The user comes from the URL (https://anna@host/) or PLANNER_CALDAV_USER, the password from "
        "PLANNER_CALDAV_PASSWORD or your keyring."
    )
    shared.add_case(parser)
    parser.add_argument(
        "--to", required=True, metavar="URL", help="the server, or the calendar itself; one is found or made by name"
    )
    output = "the plan's file, which remembers it (default: beside CASE, as CASE.ics)"
    parser.add_argument("-o", "--output", type=Path, metavar="FILE.ics", help=output)
    shared.add_span(parser)
    shared.add_format(parser, "table", "json", "ics")
    shared.add_private(parser)
    parser.add_argument(
        "--plain-http",
        action="store_true",
        help="allow a server without encryption, where others can read the password",
    )
    shared.add_today_and_rules(parser)
