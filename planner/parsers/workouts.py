"""What `planner workouts` may be told."""

from __future__ import annotations

import argparse

from planner import arguments as shared


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner workouts`."""
    parser.description = (
        "Show how the sessions of somebody else's plan ([[workouts]] in the case) were read: which workout, how long, "
        "by which words, and how sure that is. Look at it before you plan: what is read too light protects nothing."
    )
    shared.add_case(parser)
    shared.add_listed_days(parser)
    parser.add_argument("--unsure", action="store_true", help="only what could not be read for sure")
    shared.add_format(parser, "text", "json")
    shared.add_today_and_rules(parser)
