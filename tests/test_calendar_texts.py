"""What people type, on its way into a calendar file."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from planner.calendars.write.file import to_ical
from planner.calendars.write.lines import unescaped
from planner.wording.plan.clean_text import one_line, plain, width
from tests.ics_parse import events
from tests.plans import STAMP, a_run, week


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("C:\\New", "C:\\New"),
        ("a\\nb", "a\\nb"),
        ("a, b; c", "a, b; c"),
        ("two\nlines", "two lines"),
        ("two\r\nlines", "two lines"),
        ("\u2028sep\u2029", "sep"),
        ("nul\x00bell\x07", "nulbell"),
        ("tab\there", "tab here"),
        ("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"),
        ("", "Workout"),
    ],
)
def test_titles_come_back_as_typed_but_on_one_line(typed: str, shown: str) -> None:
    """What a person typed is what every reader shows, but for what no line can hold."""
    data = to_ical(week(a_run(title=typed)), STAMP)
    (read,) = Calendar.from_ical(data).events
    assert [str(read["SUMMARY"]), events(data)[0].text("SUMMARY")] == [f"{shown} · 40 min"] * 2


def test_a_title_is_cut_only_where_it_is_too_long() -> None:
    """255 characters stay, 256 are cut to 255 and end in an ellipsis."""
    assert [one_line("x" * 255, 255), one_line("x" * 256, 255)] == ["x" * 255, "x" * 254 + "…"]


def test_a_title_is_not_cut_within_an_emoji() -> None:
    """A character of two UTF-16 units stays whole or goes, and no joiner is left behind."""
    assert [one_line("😀😀😀", 5), one_line("a👩\u200d👩", 5), width("a😀")] == ["😀😀…", "a👩…", 3]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_every_line_end_becomes_one(end: str) -> None:
    """Whatever a person's editor ends lines with, clients see a new line and nothing else."""
    assert plain(f"one{end}two") == "one\ntwo"


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_cleaning_leaves_nothing_that_breaks_a_file_and_is_done_once(typed: str) -> None:
    """Any text, halves of surrogate pairs included, becomes one that UTF-8 can hold; cleaning again changes nothing."""
    cleaned = plain(typed)
    assert cleaned == plain(cleaned)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", cleaned)
    cleaned.encode()


def test_escapes_are_undone_once() -> None:
    """A comma is no line end, and a backslash before an n is none either."""
    assert unescaped("a\\, b\\; c\\nd\\Ne\\\\n") == "a, b; c\nd\ne\\n"
