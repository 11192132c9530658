"""What the commands about a plan may be told: `plan`, `why`, `book` and `sync`."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner import arguments as shared


def _add_plan(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Plan whole weeks around the treatments of a case. What a calendar imports is a copy: importing again updates "
        "some calendars and duplicates in others, so give the plan a calendar of its own."
    )
    shared.add_case(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE.ics",
        help="write the plan as a calendar file; an earlier plan there is revised, and the changes are listed (- is "
        "standard output: the calendar alone, the table on standard error). A name that ends in .html is the hand-out: "
        "a sheet for you, one for your therapist. With a folder of cases, the folder of their calendars",
    )
    shared.add_private(parser)
    parser.add_argument("--aftercare", action="store_true", help="add what to mind around the treatments to the table")
    shared.add_span(parser)
    shared.add_format(parser, "table", "json", "ics", "html")
    shared.add_today_and_rules(parser)


def _add_why(parser: argparse.ArgumentParser) -> None:
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


def _add_book(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Rank the possible times of an appointment, or of a course of them, by what they would cost the training: the "
        "plan is made again with each of them. Times that are taken, or too close by a rule, are passed over. With "
        "--plan the costs are those of changing the plan of that calendar file."
    )
    shared.add_case(parser)
    parser.add_argument("--kind", required=True, metavar="KIND", help="the treatment, such as 'dry needling'")
    parser.add_argument("--region", metavar="REGION", help="what is treated (default: the injury's region)")
    parser.add_argument("--side", choices=("left", "right", "both"), help="on which side: two knees are two")
    parser.add_argument(
        "--between",
        nargs=2,
        type=shared.date_argument,
        required=True,
        metavar=("D1", "D2"),
        help="first and last day to book",
    )
    parser.add_argument(
        "--at",
        dest="hours",
        metavar="HOURS",
        help="when the therapist has time: 'mon 09:00-12:00, thu 14:00-18:00' (default: 'mon-fri 08:00-18:00'); the "
        "whole appointment lies in it",
    )
    number = shared.number_argument
    parser.add_argument(
        "--minutes", type=number(1, 480), metavar="N", help="how long (default: as the kind usually is)"
    )
    parser.add_argument("--sessions", type=number(1, 20), default=1, metavar="N", help="a course of N appointments")
    parser.add_argument("--every", default="1 week", metavar="SPAN", help="from one session to the next: '1 week'")
    parser.add_argument("--most", type=number(1, 1000), default=5, metavar="N", help="lines to print (default: 5)")
    parser.add_argument("--from", dest="start", type=shared.date_argument, metavar="DATE", help="first day of the plan")
    shared.add_kept_plan(parser)
    shared.add_format(parser, "text", "json")
    shared.add_today_and_rules(parser)


def _add_sync(parser: argparse.ArgumentParser) -> None:
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


ARGUMENTS = {"plan": _add_plan, "why": _add_why, "book": _add_book, "sync": _add_sync}
"""What adds the arguments of a command, by its name."""
