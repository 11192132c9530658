"""Seals: what tells whether somebody changed an event by hand after planner wrote it."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256

from planner.calendars import marks
from planner.calendars.lines import Block

LENGTH = 10
TEXT = ("CATEGORIES", "CLASS", "DESCRIPTION", "LOCATION", "STATUS", "SUMMARY", "TRANSP", "URL")
"""What people edit. What programs add or change on their way through (stamps, X- properties) is no edit."""


def time_seal(start: datetime | date, end: datetime | date) -> str:
    """Return the seal of an event's time: the same for one moment, however it is written."""
    return _hash(*(str(int(one.timestamp())) if isinstance(one, datetime) else str(one) for one in (start, end)))


def text_seal(block: Block) -> str:
    """Return the seal of what an event says, and of its alarms."""
    said = sorted(f"{line.name}:{line.value}" for name in TEXT for line in block.own(name))
    alarms = [line.text for line in block.lines if line.name in {"ACTION", "TRIGGER"}]
    return _hash(*said, *alarms)


def sealed(block: Block, start: datetime | date, end: datetime | date) -> str:
    """Return the line that seals an event as it stands."""
    return f"{marks.SEAL}:{time_seal(start, end)}{text_seal(block)}"


def _hash(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()[:LENGTH]
