"""What the commands about workouts may be told: `log`, `move` and `workouts`."""

from __future__ import annotations

import argparse

from planner import arguments as shared


def _add_log(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Write down what happened on a day, and say what it means. What is not given stays as it is in the case file, "
        "and so do its comments."
    )
    shared.add_case(parser)
    parser.add_argument("--date", metavar="DATE", help="the day it is about (default: today)")
    parser.add_argument("--from", dest="first", metavar="DATE", help="the first of several days that it is about")
    parser.add_argument("--until", dest="last", metavar="DATE", help="the last of them, included (default: today)")
    parser.add_argument("--time", metavar="HH:MM", help="when it began, where a day has two of a sort")
    parser.add_argument("--did", metavar="WORKOUT", help="a workout, such as run_easy or 'easy run'")
    parser.add_argument("--minutes", metavar="N", help="how long it was")
    parser.add_argument("--pain", metavar="N", help="the worst pain during it, 0 to 10")
    parser.add_argument(
        "--next-morning",
        metavar="N",
        help="pain or stiffness on the morning after, above the usual, 0 to 10 (without --date: yesterday's)",
    )
    parser.add_argument("--soreness", metavar="N", help="soreness of the treated muscle, 0 to 10")
    parser.add_argument("--limp", action="store_true", help="you limped")
    parser.add_argument("--painkiller", action="store_true", help="you took a painkiller in the 12 hours before")
    parser.add_argument("--region", metavar="REGION", help="where it was felt, where several injuries could be meant")
    parser.add_argument(
        "--sign", dest="signs", action="append", default=[], metavar="SIGN", help="a danger sign, such as fever"
    )
    parser.add_argument("--advice-sought", action="store_true", help="a clinician was asked: a note that ends nothing")
    parser.add_argument("--cleared", metavar="FOUND", help="what a clinician found: 'ruled out' or 'confirmed'")
    parser.add_argument("--by", metavar="NAME", help="the clinician who found it, such as 'Dr Smith'")
    parser.add_argument("--training-from", metavar="DATE", help="from when training may go on, where it was confirmed")
    parser.add_argument(
        "--as-planned", action="store_true", help="what the plan's calendar file (CASE.ics) has for that day was done"
    )
    parser.add_argument("--undo", action="store_true", help="take the last entry of the log back")
    shared.add_format(parser, "text", "json")
    shared.add_today_and_rules(parser)


def _add_move(parser: argparse.ArgumentParser) -> None:
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


def _add_workouts(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Show how the sessions of somebody else's plan ([[workouts]] in the case) were read: which workout, how long, "
        "by which words, and how sure that is. Look at it before you plan: what is read too light protects nothing."
    )
    shared.add_case(parser)
    shared.add_listed_days(parser)
    parser.add_argument("--unsure", action="store_true", help="only what could not be read for sure")
    shared.add_format(parser, "text", "json")
    shared.add_today_and_rules(parser)


ARGUMENTS = {"log": _add_log, "move": _add_move, "workouts": _add_workouts}
"""What adds the arguments of a command, by its name."""
