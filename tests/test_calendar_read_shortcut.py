"""The shortcut through large calendars: what is skipped unread would not have been found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.calendars.read.blocks import blocks
from planner.calendars.read.occurrences import named_first
from planner.calendars.read.shortcut import MARGIN, certain_part, is_far_away, may_match
from tests.cases import examples
from tests.ics_files import FIRST, LAST, NEEDLING, WORDS, calendar, event, events, folded, read, times, whys

MATCHES = st.sampled_from(
    [None, "needling", "NEEDLING", "needling, calf", "Team; m", "fusspflege", "\\b", ",", "\U0001f3c3", "ling n"]
)


@examples(300)
@given(st.lists(events(), max_size=6), MATCHES, st.integers(12, 80), st.integers(-40, 40), st.integers(0, 60))
def test_skipping_events_changes_no_result(
    drawn: list[str], match: str | None, width: int, offset: int, length: int
) -> None:
    """The same list and the same remarks, for random calendars, texts and days."""
    content = folded(calendar(*drawn), max(width, 16))
    first = date(2026, 11, 24) + timedelta(days=offset)
    plain = read(content, first, first + timedelta(days=length), match, skip=False)
    assert plain == read(content, first, first + timedelta(days=length), match)


@pytest.mark.parametrize(
    ("written", "match"),
    [
        ("SUMMARY:Dry needling", "needling"),
        ("SUMMARY:DRY NEEDLING", "needling"),
        ("DESCRIPTION:Dry needling", "Needling"),
        ("LOCATION:Room for needling", "needling"),
        ("SUMMARY:Dry nee\n dling", "needling"),
        ("SUMMARY:Dry nee\n\tdling", "needling"),
        ("SUMMARY:calf\\, needling", "calf, needling"),
        ("SUMMARY:calf\\\\needling", "calf\\needling"),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE:dry=20nee=64ling", "needling"),
        ("SUMMARY;ENCODING=BASE64:ZHJ5IG5lZWRsaW5n", "needling"),
        ("SUMMARY;ENCODING=B:ZHJ5IG5lZWRsaW5n", "needling"),
        ("SUMMARY;BASE64:ZHJ5IG5lZWRsaW5n", "needling"),
        ("SUMMARY:Fu\u00dfpflege", "FUSSPFLEGE"),
        ("summary:needling", "needling"),
        ("SUMMARY;LANGUAGE=en:needling", " needling "),
        ("SUMMARY:dry\u00a0needling", "dry needling"),
        ("SUMMARY:dry  needling", "dry needling"),
        ("SUMMARY:dry needling", "dry\u202fneedling"),
        ("SUMMARY:dry\\nneedling", "dry needling"),
        ("SUMMARY:nee\u00addling", "needling"),
        ("SUMMARY:dry\u2011needling", "dry-needling"),
        ("SUMMARY:Ka\u0308lte", "k\u00e4lte"),
        ("SUMMARY:K\u00e4lte", "kalte"),
        ("SUMMARY:Kalte", "K\u00c4LTE"),
        ("SUMMARY:\uff4e\uff45edling", "needling"),
        ("SUMMARY:Ig\u0142owanie", "iglowanie"),
        ("SUMMARY:T\u00f8rr n\u00e5ling", "TORR NALING"),
        ("SUMMARY:\u201eNeedling\u201c", '"needling"'),
    ],
)
def test_a_text_is_found_however_it_is_written(written: str, match: str) -> None:
    """In title, description and location; folded, escaped, encoded, in capitals or not."""
    lines = f"{written}\nDTSTART:20261124T143000Z\nDTEND:20261124T151500Z"
    assert ["11-24 09:30-10:15"] == times(read(calendar(event(lines)), match=match))


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["a"], ' ("a")'),
        (["a", "a", ""], ' ("a")'),
        (["a", "b", "c"], ' ("a", "b", "c")'),
        (["a", "b", "c", "d"], ' ("a", "b", "c" and others)'),
        ([" "], ""),
    ],
)
def test_what_is_counted_is_named_up_to_three_titles(titles: list[str], expected: str) -> None:
    """Each title once; what has none is counted alone."""
    assert named_first(titles) == expected


@pytest.mark.parametrize(
    "written", ["COMMENT:needling", "X-NEEDLING:x", "SUMMARY:nee dling", "UID:needling", "SUMMARY:x"]
)
def test_a_text_elsewhere_is_none(written: str) -> None:
    """Only title, description and location count; how many events are without it is said, and what they are called."""
    lines = f"{written}\nDTSTART:20261124T143000Z\nDTEND:20261124T151500Z"
    reading = read(calendar(event(lines, None), event(NEEDLING)), match="needling")
    title = f' ("{written.removeprefix("SUMMARY:")}")' if written.startswith("SUMMARY") else ""
    told = f'1 event without "needling" in title, description or location{title}'
    assert (1, [told]) == (len(reading.events), whys(reading))


def test_a_changed_occurrence_is_found_by_its_own_text() -> None:
    """The series may be called otherwise, and the other way round."""
    series = event("SUMMARY:Physio\nDTSTART:20261124T143000Z\nRRULE:FREQ=WEEKLY;COUNT=3")
    changed = event("SUMMARY:Needling\nRECURRENCE-ID:20261201T143000Z\nDTSTART:20261202T143000Z")
    content = calendar(series, changed)
    assert ["12-02 09:30-09:30"] == times(read(content, match="needling"))
    assert ["11-24 09:30-09:30", "12-08 09:30-09:30"] == times(read(content, match="physio"))


def test_a_changed_occurrence_without_a_title_is_not_found_where_its_series_is_not() -> None:
    """It has its series' title, which is another one."""
    series = event("SUMMARY:Physio\nDTSTART:20261124T143000Z\nRRULE:FREQ=WEEKLY;COUNT=3")
    changed = event("RECURRENCE-ID:20261201T143000Z\nDTSTART:20261202T143000Z")
    for name, found in (("needling", []), ("physio", ["11-24 09:30-09:30", "12-02 09:30-09:30", "12-08 09:30-09:30"])):
        assert found == times(read(calendar(series, changed), match=name))


@given(st.sampled_from(WORDS), st.integers(0, 9), st.integers(1, 9))
def test_the_certain_part_stands_in_whatever_contains_the_text(text: str, start: int, length: int) -> None:
    """A part of a text, written into a file in escapes, has its certain part there as it is."""
    part = text[start : start + length]
    escaped = text.replace(",", "\\,").replace(";", "\\;")
    (block,) = blocks(calendar(event(f"SUMMARY:{escaped}")).decode()).events
    assert may_match(block, certain_part(part))


@pytest.mark.parametrize(
    ("lines", "skipped"),
    [
        (f"DTSTART:{LAST + MARGIN:%Y%m%d}T235959Z", False),
        (f"DTSTART:{LAST + MARGIN + timedelta(days=1):%Y%m%d}T000000Z", True),
        (f"DTSTART:{FIRST - MARGIN:%Y%m%d}", False),
        (f"DTSTART:{FIRST - MARGIN - timedelta(days=1):%Y%m%d}", True),
        (f"DTSTART:20200101\nDTEND:{FIRST - MARGIN:%Y%m%d}", False),
        (f"DTSTART:20200101\nDTEND:{FIRST - MARGIN - timedelta(days=1):%Y%m%d}", True),
        ("DTSTART;TZID=Europe/Berlin:20200101T093000\nDTEND;TZID=Europe/Berlin:20200101T101500", True),
        ("DTSTART:20200101\nRRULE:FREQ=DAILY", False),
        ("DTSTART:20200101\nRDATE:20261124", False),
        ("DTSTART:20200101\nRECURRENCE-ID:20261124", False),
        ("DTSTART:20200101\nDURATION:P9000D", False),
        ("DTSTART:20200101\nDTEND:soon", False),
        ("DTSTART:20200101\nDTSTART:20261124", False),
        ("DTSTART:20201301", False),
        ("DTSTART:20200101T250000Z", False),
        ('DTSTART;X="a:20200101":20261124', False),
        ("DTSTART:16040101", False),
        ("SUMMARY:x", False),
    ],
)
def test_only_what_lies_safely_outside_is_skipped(lines: str, skipped: bool) -> None:
    """On both sides of the margin; whatever repeats, or is odd, is read."""
    (block,) = blocks(calendar(event(lines)).decode()).events
    assert skipped == is_far_away(block, FIRST, LAST)
