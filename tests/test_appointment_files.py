"""Calendar files of other projects come out as their lists of occurrences say.

The files belong to those projects and are not part of this one: where the folder that holds them does not stand beside
the project, there is nothing to compare. `test_calendar_read*.py` has small files of our own for the same things.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from planner.calendars.read.occurrences import Entry, NoCalendar, read_events

FOLDER = Path(__file__).parents[2] / "shared" / "appointments"
FILES = sorted(FOLDER.glob("*.ics"))
LISTED = [path for path in FILES if list(path.parent.glob(f"{path.stem}.*.json"))]
pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(not FILES, reason="the folder of other projects' calendar files is not here"),
]
SPANS = [(date(year, 1, 1), date(year + 4, 12, 31)) for year in range(1995, 2027, 4)]


def name_of(path: object) -> str:
    """Return what a file's test is called; where there is no file, pytest asks all the same."""
    return path.stem if isinstance(path, Path) else "none"


def listed(one: Entry) -> dict[str, Any]:
    """Return an event as the lists have it."""
    return {
        "uid": one.uid,
        "start": written(one.start),
        "end": written(one.end),
        "all_day": not isinstance(one.start, datetime),
        "summary": one.title,
        "status": one.status,
    }


def written(when: datetime | date) -> str:
    """Return a date or a time as the lists have it."""
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(when, datetime) else when.isoformat()


def order(one: dict[str, Any]) -> tuple[str, ...]:
    """Return what to sort an event of a list by."""
    return one["start"], one["end"], one["uid"], one["summary"]


@pytest.mark.parametrize("path", LISTED, ids=name_of)
def test_a_file_comes_out_as_its_list_says(path: Path) -> None:
    """Every occurrence, its times, title and status, and no other."""
    (file,) = path.parent.glob(f"{path.stem}.*.json")
    said = json.loads(file.read_text(encoding="utf-8"))
    first, after = (date.fromisoformat(day) for day in said["window"])
    found = read_events(path.read_bytes(), ZoneInfo("UTC"), first, after - timedelta(days=1)).events
    assert sorted(said["occurrences"], key=order) == sorted(map(listed, found), key=order)


@pytest.mark.parametrize("path", FILES, ids=name_of)
@pytest.mark.parametrize("match", [None, "test", "e", ","])
def test_skipping_events_changes_no_result(path: Path, match: str | None) -> None:
    """Whatever is skipped unread would not have been found."""
    content = path.read_bytes()
    for first, last in SPANS:
        plain = read_events(content, ZoneInfo("Europe/Berlin"), first, last, match, skip=False)
        assert plain == read_events(content, ZoneInfo("Europe/Berlin"), first, last, match)


@pytest.mark.parametrize("path", [path for path in FILES if path not in LISTED], ids=name_of)
def test_a_file_without_a_list_is_read_without_a_traceback(path: Path) -> None:
    """Broken files give what can be understood, and a line for what cannot."""
    found = [read_events(path.read_bytes(), ZoneInfo("America/New_York"), *span) for span in SPANS]
    assert any(reading.events or reading.passed_over for reading in found)


def test_the_broken_files_say_their_lines() -> None:
    """What is lost in the broken files is named with its line."""
    expected = {
        "icalendar__broken_dtstart": (6, 'the event\'s start "INVALID-DATE" is no date'),
        "icalendar__issue_104_broken_calendar": (13, 'is no line of a calendar: "X"'),
        "icaljs__google_birthday": (12, 'RDATE "20131210Z" is no date: left out'),
        "ical4j__blankTzid": (27, "the time zone has no name: taken as America/New_York"),
        "libical__recur-errors": (5, 'the time zone "US-Eastern" is not known: taken as America/New_York'),
    }
    for name, remark in expected.items():
        content = (FOLDER / f"{name}.ics").read_bytes()
        said = [
            each for span in SPANS for each in read_events(content, ZoneInfo("America/New_York"), *span).passed_over
        ]
        assert remark in said, name


def damaged(content: bytes, random: Random) -> bytes:
    """Return a damaged copy: cut short, with bytes flipped, lines doubled or dropped."""
    for _ in range(random.randrange(1, 6)):
        lines = content.split(b"\n")
        place, number = random.randrange(len(content) + 1), random.randrange(len(lines))
        kind = random.choice(["cut", "flip", "double", "drop"])
        if kind == "cut" and random.random() < 0.3:
            content = content[:place]
        elif kind == "flip":
            content = content[:place] + random.randbytes(1) + content[place + 1 :]
        elif kind == "double":
            content = b"\n".join([*lines[: number + 1], *lines[number:]])
        elif kind == "drop":
            content = b"\n".join([*lines[:number], *lines[number + 1 :]])
    return content


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_damaged_copies_give_no_traceback(path: Path) -> None:
    """And skipping events changes no result there either."""
    content, random = path.read_bytes(), Random(path.name)  # noqa: S311 (damage, no secret)
    for _ in range(40):
        copy = damaged(content, random)
        first, last = random.choice(SPANS)
        with suppress(NoCalendar):
            plain = read_events(copy, ZoneInfo("Europe/Berlin"), first, last, skip=False)
            assert plain == read_events(copy, ZoneInfo("Europe/Berlin"), first, last)
