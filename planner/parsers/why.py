"""What `planner why` may be told."""

from __future__ import annotations

import argparse

from planner import arguments as shared


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner why`."""
    parser.description = (
        "Say why a day looks as it does: the treatments that reach into it, what the plan holds, and what keeps every "
        "other workout out. With WORKOUT: may it start then, and what would the best plan with it lose? WHEN is a "
        "date, or a local date and time. The plan is that of `planner plan` with the same --from, --weeks and --today; "
        "a day behind it is reached by more weeks, and a day that is past by the plan that begins on it. "
        "With --plan it is the one that `planner plan -o` would make of that calendar file now, with what was done and "
        "what was moved by hand."
    )
    shared.add_case(parser)
    parser.add_argument(
        "when", type=shared.date_or_time_argument, metavar="WHEN", help="2026-11-25, or 2026-11-25T07:00"
    )
    parser.add_argument("workout", nargs="?", metavar="WORKOUT", help="a workout, such as run_easy or 'easy run'")
    parser.add_argument("--put", action="store_true", help="print the best plan that has WORKOUT at that time")
    shared.add_kept_plan(parser)
    shared.add_span(parser)
    shared.add_format(parser, "text", "json")
    shared.add_today_and_rules(parser)
