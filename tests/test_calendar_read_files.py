"""Whole calendar files as programs write them, made for these tests: each name says what comes out."""

from __future__ import annotations

import pytest

from tests.ics_files import FILES, read, times, whys

pytestmark = pytest.mark.once

EXPECTED: dict[str, tuple[list[str], list[str], list[str]]] = {
    "an_outlook_export_moves_one_session_and_cancels_another": (
        # Weekly from 27 October, six times; 10 November is taken out, 17 November moved. The days asked for begin in
        # November.
        ["11-03 09:30-10:15", "11-18 16:00-16:45", "11-24 09:30-10:15", "12-01 09:30-10:15"],
        ["Physio: dry needling"] * 3 + ["Cancelled: Physio: dry needling"],
        [],
    ),
    "a_google_export_in_utc_with_a_zone_of_its_own_and_whole_days": (
        # 08:00 without a zone is that of the calendar: 02:00 in New York.
        ["11-24 09:30-10:15", "11-26 to 11-27", "11-30 02:00-02:30"],
        ["Shockwave", "Off work", "Blood test"],
        [],
    ),
    "an_old_phone_exports_vcalendar_without_a_head_and_with_a_broken_event": (
        ["11-24 09:30-10:15", "11-26 09:30-10:00"],
        ["Fu\u00df behandeln", "Massage"],
        [
            '10: the event\'s start "2026-11-25 09:30" is no date',
            "21: the event that begins here does not end",
            "the calendar has no PRODID: read all the same",
            "1 task: passed over",
        ],
    ),
}


def test_every_file_is_expected_to_be_something() -> None:
    """No file lies there unused."""
    assert sorted(EXPECTED) == sorted(path.stem for path in FILES.glob("*.ics"))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_comes_out_as_its_name_says(name: str) -> None:
    """Times, titles, and what was passed over."""
    reading = read((FILES / f"{name}.ics").read_bytes())
    assert EXPECTED[name] == (times(reading), [one.title for one in reading.events], whys(reading))
