"""What the commands about appointments may be told: `treat`, `treatments` and `import`."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner import arguments as shared

COLUMNS = ("name", "treatment", "start", "region", "minutes", "injury", "side", "severity", "timezone", "id")
NEEDED = ("name", "treatment", "start")


def _add_treat(parser: argparse.ArgumentParser) -> None:
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


def _add_treatments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "List the treatments as they were understood, each with where it comes from, and what of the calendars was "
        "passed over and why."
    )
    shared.add_case(parser)
    shared.add_listed_days(parser)
    shared.add_format(parser, "table", "json")
    shared.add_today_and_rules(parser)


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Make case files from a clinic's list: a CSV file whose first line names its columns "
        f"({', '.join(COLUMNS)}; needed: {', '.join(NEEDED)}), one line a treatment. Lines of one id, or else of one "
        "name, are one case. A case that is there already gets the treatments that it does not have."
    )
    parser.add_argument("list", type=Path, metavar="FILE.csv", help="the list (comma, semicolon or tab)")
    parser.add_argument(
        "-o", "--output", type=Path, default=Path(), metavar="FOLDER", help="where the cases are (default: here)"
    )
    parser.add_argument("--timezone", metavar="NAME", help="of lines that say none (default: this computer's)")
    shared.add_format(parser, "text", "json")
    shared.add_rules(parser)


ARGUMENTS = {"treat": _add_treat, "treatments": _add_treatments, "import": _add_import}
"""What adds the arguments of a command, by its name."""
