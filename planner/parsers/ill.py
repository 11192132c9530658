"""What `planner ill` may be told."""

from __future__ import annotations

import argparse

from planner import arguments as shared


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner ill`."""
    parser.description = (
        "Write down that you are ill, or with --until alone that you were ill up to that day and are well again. What "
        "it does to the plan is shown before it is written."
    )
    shared.add_case(parser)
    parser.add_argument("kind", nargs="?", metavar="KIND", help="such as cold, fever, flu, 'stomach bug' or covid")
    parser.add_argument(
        "--from", dest="start", type=shared.date_argument, metavar="DATE", help="the first day (default: today)"
    )
    parser.add_argument(
        "--until", type=shared.date_argument, metavar="DATE", help="the last day (default: it still lasts)"
    )
    parser.add_argument("--fever-days", type=shared.number_argument(0, 60), metavar="N", help="days of it with a fever")
    shared.add_yes(parser)
    shared.add_format(parser, "text", "json")
    shared.add_today_and_rules(parser)
