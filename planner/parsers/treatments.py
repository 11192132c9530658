"""What `planner treatments` may be told."""

from __future__ import annotations

import argparse

from planner import arguments as shared


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner treatments`."""
    parser.description = (
        "List the treatments as they were understood, each with where it comes from, and what of the calendars was "
        "passed over and why."
    )
    shared.add_case(parser)
    shared.add_listed_days(parser)
    shared.add_format(parser, "table", "json")
    shared.add_today_and_rules(parser)
