"""Calendars on record: what is read out of hundreds of drawn files is what was read before."""

from __future__ import annotations

import pytest

from tests.recorded import recorded
from tests.recorded_calendars import FILE, NUMBERS, lines_read


@pytest.mark.once
@pytest.mark.parametrize("first", NUMBERS[::20])
def test_what_is_read_in_a_file_is_what_is_on_record(first: int) -> None:
    """What differs is read otherwise now: `tests/recorded_calendars.py` says how to look at it, and how to keep it."""
    on_record = recorded(FILE)
    for number in range(first, first + 20):
        why = f"`python -m tests.recorded_calendars {number}` shows the file, without a number it keeps what is read"
        assert list(lines_read(number)) == on_record[str(number)], why
