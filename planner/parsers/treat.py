"""What `planner treat` may be told."""

from __future__ import annotations

import argparse

from planner import arguments as shared


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner treat`."""
    parser.description = (
        "Add an appointment to the case file, move one or take one out, and show what it does to the plan before it is "
        "written. WHICH is a number, counted as the appointments stand in the file from 1 on, or the kind of treatment "
        "where there is one of it."
    )
    shared.add_case(parser)
    parser.add_argument("action", choices=("add", "move", "remove"), help="what to do")
    parser.add_argument("which", metavar="WHICH", help="the kind of treatment ('dry needling'), or a number")
    parser.add_argument(
        "when",
        nargs="*",
        action=shared.WhenAction,
        default=None,
        metavar="WHEN",
        help="tuesday 9:30, 2026-12-01T09:30, or the date alone",
    )
    parser.add_argument("--region", metavar="REGION", help="what is treated (default: the injury's region)")
    parser.add_argument("--side", choices=("left", "right", "both"), help="on which side")
    parser.add_argument("--minutes", type=shared.number_argument(1, 480), metavar="N", help="how long it lasts")
    parser.add_argument("--dose", choices=("light", "normal", "heavy"), help="how much of it (default: normal)")
    shared.add_yes(parser)
    shared.add_format(parser, "text", "json")
    shared.add_today_and_rules(parser)
