"""Clearances: what ends a danger sign, and from which day on. Asking is not being cleared.

A clinician's finding ends the signs that its log entry names, or all of them up to its date; it ends as well what pain
in the log had ordered until a clinician has looked. The latest word counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from planner.case.model import Case, LogEntry


class Clearance(NamedTuple):
    """Hold a clinician's finding: the number of its log entry, and the first day on which training may go on.

    `free_from` is None where a finding was confirmed and no date was named yet.
    """

    entry: int
    free_from: date | None
    confirmed: bool
    by: str


def clearance_of(case: Case, day: date, number: int, sign: str | None = None) -> Clearance | None:
    """Return the latest finding that ends what a log entry of a day says, a sign of it or its pain; None without one.

    `number` is that of the entry: of two entries of one day, the one further down the file came later.
    """
    found = [
        (entry.date, other, entry)
        for other, entry in enumerate(case.log)
        if entry.cleared is not None and _ends(entry, other, day, number, sign)
    ]
    if not found:
        return None
    _, other, entry = max(found, key=lambda each: each[:2])
    confirmed = entry.cleared == "confirmed"
    free_from = entry.training_from if confirmed else entry.date + timedelta(days=1)
    return Clearance(other, free_from, confirmed, entry.by or "")


def _ends(entry: LogEntry, other: int, day: date, number: int, sign: str | None) -> bool:
    if other == number:
        return sign is None or sign in entry.signs
    return (entry.date, other) > (day, number) and (not entry.signs or sign in entry.signs)


def advice_notes(case: Case) -> Iterator[tuple[int, LogEntry]]:
    """Yield the entries that say only that advice was sought, with their numbers: they end nothing."""
    yield from ((number, entry) for number, entry in enumerate(case.log) if entry.advice_sought and not entry.cleared)
