"""What `planner serve` may be told."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner import arguments as shared

PORT = 8713
HERE = ("127.0.0.1", "localhost", "::1")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner serve`."""
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
