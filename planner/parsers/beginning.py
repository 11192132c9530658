"""What the commands to begin with may be told: `new` and `serve`."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner import arguments as shared

PORT = 8713
HERE = ("127.0.0.1", "localhost", "::1")


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.description = "Ask at most eight questions, write a commented case file, and show its plan."
    parser.add_argument(
        "file", type=Path, nargs="?", default=Path("case.toml"), metavar="FILE", help="default: case.toml"
    )
    parser.add_argument(
        "--answers", type=Path, metavar="FILE", help="a text file with an answer a line, in place of being asked"
    )
    shared.add_format(parser, "table", "json")
    shared.add_today_and_rules(parser)


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Show a case, or a folder of cases, in the browser: plan, book, log and hand out, on this machine only. For "
        "others, give --host and a password in PLANNER_PASSWORD or your keyring."
    )
    parser.add_argument(
        "place", nargs="?", type=Path, default=Path(), metavar="CASE|FOLDER", help="default: the folder you are in"
    )
    parser.add_argument(
        "--port",
        type=shared.number_argument(0, 65535),
        default=PORT,
        metavar="N",
        help=f"default: {PORT}; 0: a free one",
    )
    parser.add_argument("--host", default=HERE[0], metavar="ADDRESS", help="listen there too, so that others reach it")
    parser.add_argument("--name", metavar="HOST", help="the name by which others reach it, where it has one")
    parser.add_argument("--open", dest="open_browser", action="store_true", help="open it in your browser")
    shared.add_today_and_rules(parser)


ARGUMENTS = {"new": _add_new, "serve": _add_serve}
"""What adds the arguments of a command, by its name."""
