"""Arguments: what the command line's words mean, with an answer for those that mean nothing."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, datetime

MOST_WEEKS = 52


def a_date(text: str) -> date:
    """Return a date written as 2026-11-25."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is no date; write it as 2026-11-25') from None


def a_date_or_time(text: str) -> date | datetime:
    """Return a date, or a local time written as 2026-11-25T07:00."""
    try:
        return datetime.fromisoformat(text) if len(text) > len("2026-11-25") else date.fromisoformat(text)
    except ValueError:
        wrong = f'"{text}" is neither a date nor a local time; write 2026-11-25, or 2026-11-25T07:00'
        raise argparse.ArgumentTypeError(wrong) from None


def a_number(least: int, most: int) -> Callable[[str], int]:
    """Return what reads a whole number between two, both included."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f'"{text}" is no number from {least} to {most}')
        return int(text)

    return read


def some_weeks(text: str) -> int:
    """Return a number of weeks."""
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= MOST_WEEKS:
        raise argparse.ArgumentTypeError(f'"{text}" is no number of weeks; give 1 to {MOST_WEEKS}')
    return int(text)
