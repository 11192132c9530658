"""What `planner rules` may be told."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner import arguments as shared


def _add_rules(parser: argparse.ArgumentParser) -> None:
    parser.description = "Show rules: when they speak, what they say, why, how good the evidence is, and its sources."
    parser.add_argument("id", nargs="?", metavar="ID", help="a rule, or the beginning of its id, such as dry_needling")
    parser.add_argument("--treatment", metavar="KIND", help="the rules that speak about a kind of treatment")
    parser.add_argument("--region", metavar="REGION", help="the rules about a region, and what workouts ask of it")
    parser.add_argument("--check", type=Path, metavar="DIR", help="check a rulebook of your own")
    shared.add_format(parser, "text", "json")
    shared.add_rules(parser)


ARGUMENTS = {"rules": _add_rules}
"""What adds the arguments of a command, by its name."""
