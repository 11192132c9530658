"""What the commands about days without training may be told: `away` and `ill`."""

from __future__ import annotations

import argparse

from planner import arguments as shared


def _add_away(parser: argparse.ArgumentParser) -> None:
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


def _add_ill(parser: argparse.ArgumentParser) -> None:
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


ARGUMENTS = {"away": _add_away, "ill": _add_ill}
"""What adds the arguments of a command, by its name."""
