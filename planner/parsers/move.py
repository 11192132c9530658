"""What `planner move` may be told."""

from __future__ import annotations

import argparse

from planner import arguments as shared


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner move`."""
    parser.description = (
        "Put a workout of the plan at another time: it becomes a fixed session of that day, and the rest is planned "
        "around it. Shows what that does to the plan before it writes."
    )
    shared.add_case(parser)
    parser.add_argument("workout", metavar="WORKOUT", help="a workout, such as 'long run', or its calendar title")
    parser.add_argument(
        "when", nargs="+", action=shared.WhenAction, metavar="WHEN", help="saturday 9:00, or 2026-12-05T09:00"
    )
    shared.add_yes(parser)
    shared.add_format(parser, "text", "json")
    shared.add_today_and_rules(parser)
