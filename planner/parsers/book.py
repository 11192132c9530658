"""What `planner book` may be told."""

from __future__ import annotations

import argparse

from planner import arguments as shared


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner book`."""
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
