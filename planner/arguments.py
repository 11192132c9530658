"""Arguments that several commands share, and what the words of the command line mean."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path
from typing import Any

MOST_WEEKS = 52


NAMED_TODAY: ContextVar[date | None] = ContextVar("NAMED_TODAY", default=None)
"""The date that `--today` names, which "tomorrow" is counted from."""


def reference_day() -> date:
    """Return the day from which "tomorrow" is counted: that of `--today`, else today on this machine."""
    return NAMED_TODAY.get() or datetime.now().astimezone().date()


def date_or_time_argument(text: str) -> date | datetime:
    """Return a date or a local time as people write it: 2026-11-25, "tomorrow", "Tuesday 9:30", 2026-11-25T07:00."""
    # What people write in words takes a moment more to read; dates in numbers are most of all.
    try:
        return datetime.fromisoformat(text) if len(text) > len("2026-11-25") else date.fromisoformat(text)
    except ValueError:
        from planner.dates import parse_date  # noqa: PLC0415 (as above)

        try:
            return parse_date(text, reference_day())
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None


def date_argument(text: str) -> date:
    """Return a date as people write it: 2026-11-25, "tomorrow", "Tuesday", "1 Dec"."""
    day = date_or_time_argument(text)
    if isinstance(day, datetime):
        raise argparse.ArgumentTypeError(f'"{text}" has a time of day; give the date alone: {day:%Y-%m-%d}')
    return day


class WhenAction(argparse.Action):
    """Take a date or a local time in one word or in several: `saturday 9:00` needs no quotes."""

    def __call__(self, parser: argparse.ArgumentParser, space: argparse.Namespace, words: Any, *_: object) -> None:  # noqa: ARG002 (argparse passes it)
        """Keep the date or the time; refuse, as a wrong word of the command line is refused, what is none."""
        if not words:
            return
        try:
            setattr(space, self.dest, date_or_time_argument(" ".join(words)))
        except argparse.ArgumentTypeError as error:
            raise argparse.ArgumentError(self, str(error)) from None


def number_argument(least: int, most: int) -> Callable[[str], int]:
    """Return what reads a whole number between two, both included."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f'"{text}" is no number from {least} to {most}')
        return int(text)

    return read


def weeks_argument(text: str) -> int:
    """Return a number of weeks."""
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= MOST_WEEKS:
        raise argparse.ArgumentTypeError(f'"{text}" is no number of weeks; give 1 to {MOST_WEEKS}')
    return int(text)


def add_case(parser: argparse.ArgumentParser) -> None:
    """Add the case file that a command is about."""
    parser.add_argument("case", type=Path, metavar="CASE", help="the case file (TOML), or - for standard input")


def add_span(parser: argparse.ArgumentParser) -> None:
    """Add the first day of a plan, and its weeks."""
    parser.add_argument("--from", dest="start", type=date_argument, metavar="DATE", help="first day (default: today)")
    parser.add_argument(
        "--weeks",
        type=weeks_argument,
        metavar="N",
        help="N times 7 days, 1 to 52 (default: to the end of the calendar week that ends six or more days later)",
    )


def add_listed_days(parser: argparse.ArgumentParser) -> None:
    """Add the days between which something of a case is listed."""
    parser.add_argument("--from", dest="start", type=date_argument, metavar="DATE", help="first day (default: today)")
    parser.add_argument("--to", dest="end", type=date_argument, metavar="DATE", help="last day (default: eight weeks)")


def add_format(parser: argparse.ArgumentParser, *choices: str) -> None:
    """Add what to print: one of some choices, by default the first."""
    parser.add_argument("--format", choices=choices, default=choices[0], help="what to print")


def add_private(parser: argparse.ArgumentParser) -> None:
    """Add whether a calendar file says anything about health."""
    parser.add_argument(
        "--private",
        action=argparse.BooleanOptionalAction,
        help="write nothing about health: neutral titles, no treatment, check or reason (default: as the file was)",
    )


def add_kept_plan(parser: argparse.ArgumentParser) -> None:
    """Add the calendar file of the plan that a question is about."""
    parser.add_argument(
        "--plan",
        type=Path,
        metavar="FILE.ics",
        help="ask about the plan that follows from this file (default: CASE.ics, if it is there)",
    )


def add_today_and_rules(parser: argparse.ArgumentParser) -> None:
    """Add the date that counts as today, and the folder of a person's own rules."""
    parser.add_argument("--today", type=date_argument, metavar="DATE", help="the date that counts as today")
    add_rules(parser)


def add_rules(parser: argparse.ArgumentParser) -> None:
    """Add the folder of a person's own rules."""
    parser.add_argument(
        "--rules", type=Path, metavar="DIR", help="your own rules: a whole rulebook, or additions to the shipped one"
    )


def add_yes(parser: argparse.ArgumentParser) -> None:
    """Add whether to write without asking."""
    parser.add_argument("-y", "--yes", action="store_true", help="write it without asking")
