"""What `planner away` may be told."""

from __future__ import annotations

import argparse

from planner import arguments as shared


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner away`."""
    parser.description = (
        "Write down that there is no time for workouts from a first to a last day, both included. What it does to the "
        "plan is shown before it is written."
    )
    shared.add_case(parser)
    parser.add_argument("start", type=shared.date_argument, metavar="FROM", help="the first day")
    parser.add_argument("until", type=shared.date_argument, metavar="UNTIL", help="the last day")
    parser.add_argument(
        "--what",
        action="append",
        default=[],
        metavar="KIND",
        help="from these alone, such as swims (default: all)",
    )
    parser.add_argument("--why", metavar="TEXT", help="a word for the plan, such as holiday")
    shared.add_yes(parser)
    shared.add_format(parser, "text", "json")
    shared.add_today_and_rules(parser)
