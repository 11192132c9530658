"""What a plan's calendar file is remembered as, part by part, and what is told of an event that was edited."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from planner.calendars.coach_calendar import LONGEST_TEXT, coach_events
from planner.calendars.write.file import to_ical
from planner.calendars.write.lines import ComponentLines, escaped, line, lines_of, unescaped
from planner.calendars.write.memory import Memory, Remembered, read_memory
from planner.errors import InputError
from planner.revision.calendar import SessionSeal
from tests.ics_files import NEEDLING, NEW_YORK, calendar, event
from tests.plans import STAMP, a_needling, a_run, week

pytestmark = pytest.mark.once

NOTE = "5c40b0366dab8114-1db559e1ecb70df2955e@workouts.planner"
FILE = to_ical(week(a_run(), treatments=(a_needling(uid=NOTE),)), STAMP).replace(b"\r\n ", b"")
TIMES = NEEDLING.partition("\n")[2]
NOW = datetime(2026, 11, 23, 6, tzinfo=NEW_YORK)


def remembered(*changes: tuple[str, str], content: bytes = FILE) -> Memory:
    """Return what a file holds in which some texts, each of which is there, were replaced."""
    for old, new in changes:
        assert old.encode() in content, old
        content = content.replace(old.encode(), new.encode())
    return read_memory(content, "week.ics", NOW)


def run(*changes: tuple[str, str]) -> Remembered:
    """Return the run of such a file."""
    return next(one for one in remembered(*changes).events.values() if one.event.mark == "run_easy")


def test_a_file_is_remembered_whole() -> None:
    """Its plan, its days, and each event with its time, its title and what it is."""
    memory = remembered()
    earlier = memory.earlier
    assert (earlier.plan_id, earlier.first, earlier.last) == (
        "1db559e1ecb70df2955e",
        date(2026, 11, 23),
        date(2026, 11, 29),
    )
    assert (earlier.now, earlier.rulebook_version, memory.private, memory.others) == (NOW, "", False, ())
    assert (list(memory.zones), earlier.uids) == (["America/New_York"], frozenset(memory.events))
    note, workout = earlier.events
    assert (note.uid, note.mark, note.about) == (
        NOTE,
        "treatment dry_needling calf",
        datetime(2026, 11, 24, 14, 30, tzinfo=UTC),
    )
    assert (note.start, note.end, note.moment, note.minutes) == (date(2026, 11, 24), date(2026, 11, 25), None, 0)
    assert (workout.title, workout.minutes, workout.sequence) == ("Easy run \u00b7 40 min", 40, 0)
    assert (workout.cancelled, workout.by_hand, workout.about, workout.session) == (False, "", None, None)
    of_run = run()
    assert (of_run.edited, of_run.created, of_run.stamped) == (False, STAMP, STAMP)


@pytest.mark.parametrize(
    ("changes", "first", "last"),
    [
        ([("X-PLANNER-FROM:2026-11-23\r\n", "")], date(2026, 11, 24), date(2026, 11, 29)),
        ([("X-PLANNER-TO:2026-11-29\r\n", "")], date(2026, 11, 23), date(2026, 11, 27)),
        ([("X-PLANNER-TO:2026-11-29", "X-PLANNER-TO:soon")], date(2026, 11, 23), date(2026, 11, 27)),
    ],
)
def test_the_days_of_a_plan_that_does_not_say_them_are_those_of_its_events(
    changes: list[tuple[str, str]], first: date, last: date
) -> None:
    """From the first event to the last."""
    earlier = remembered(*changes).earlier
    assert (earlier.first, earlier.last) == (first, last)


def test_a_file_without_events_of_ours_is_of_today() -> None:
    """What others put there is theirs, and its UIDs are taken."""
    content = FILE[: FILE.index(b"X-PLANNER-FROM")] + event(f"{NEEDLING}\nDTSTAMP:20260101T000000Z", "own").encode()
    memory = remembered(content=content.replace(b"\n", b"\r\n").replace(b"\r\r", b"\r") + b"END:VCALENDAR\r\n")
    assert (memory.earlier.first, memory.earlier.last) == (NOW.date(), NOW.date())
    assert ([one.kind for one in memory.others], memory.earlier.uids) == (["VEVENT"], frozenset({"own"}))


@pytest.mark.parametrize(("value", "private"), [("TRUE", True), ("true", True), ("FALSE", False)])
def test_a_private_file_says_so(value: str, private: bool) -> None:
    """In whatever letters."""
    assert remembered(("X-PLANNER-PLAN:", f"X-PLANNER-PRIVATE:{value}\r\nX-PLANNER-PLAN:")).private == private


@pytest.mark.parametrize(
    ("changes", "by_hand", "edited"),
    [
        ([], "", False),
        ([("T070000", "T080000"), ("T074000", "T084000")], "moved", True),
        # The same moment, otherwise written, is no move.
        (
            [
                ("DTSTART;TZID=America/New_York:20261127T070000", "DTSTART:20261127T120000Z"),
                ("DTEND;TZID=America/New_York:20261127T074000", "DTEND:20261127T124000Z"),
            ],
            "", False,
        ),
        ([("SUMMARY:Easy run", "SUMMARY:With Ben")], "", True),
        ([("CATEGORIES:run", "LOCATION:Park\r\nCATEGORIES:run")], "", True),
        ([("CATEGORIES:run", "X-SERVER:1\r\nCATEGORIES:run")], "", False),
        ([("X-PLANNER-WORKOUT", "X-PLANNER-BY-HAND:MOVED\r\nX-PLANNER-WORKOUT")], "moved", False),
        ([("X-PLANNER-WORKOUT", "X-PLANNER-BY-HAND:deleted\r\nX-PLANNER-WORKOUT")], "deleted", False),
        ([("X-PLANNER-WORKOUT", "X-PLANNER-BY-HAND:LOST\r\nX-PLANNER-WORKOUT")], "", False),
        # Without a seal nobody can tell.
        ([("X-PLANNER-SEAL:7288fb30f892570897bb\r\n", ""), ("T070000", "T071000")], "", False),
    ],
)  # fmt: skip
def test_an_edit_by_hand_shows(changes: list[tuple[str, str]], by_hand: str, edited: bool) -> None:
    """Another time, another text, or what an earlier plan noted of it."""
    found = run(*changes)
    assert (found.event.by_hand, found.edited) == (by_hand, edited)


@pytest.mark.parametrize(("value", "off"), [("CANCELLED", True), ("cancelled", True), ("CONFIRMED", False)])
def test_a_cancelled_event_is_remembered_as_cancelled(value: str, off: bool) -> None:
    """Its own status, whatever its letters."""
    assert run(("STATUS:CONFIRMED", f"STATUS:{value}")).event.cancelled == off


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("u,t,2026-11-27,run_easy,s", SessionSeal("u", "t", date(2026, 11, 27), "run_easy", "s")),
        ("u,t,2026-11-27,run_easy", None),
        ("u,t,soon,run_easy,s", None),
    ],
)
def test_a_session_is_remembered_by_its_seal(value: str, expected: SessionSeal | None) -> None:
    """Of all its parts or not at all."""
    assert run(("X-PLANNER-WORKOUT", f"X-PLANNER-SESSION:{value}\r\nX-PLANNER-WORKOUT")).event.session == expected


@pytest.mark.parametrize(
    ("value", "about"),
    [
        ("dry_needling,calf,2026-11-24", date(2026, 11, 24)),
        ("dry_needling,calf,soon", None),
        ("dry_needling", None),
    ],
)
def test_a_note_is_about_a_treatment_whose_start_it_says(value: str, about: date | None) -> None:
    """Of a whole day the date; without a region it is about none."""
    memory = remembered(("dry_needling,calf,2026-11-24T14:30:00Z", value))
    note = memory.events[NOTE].event
    assert note.about == about
    assert note.mark == ("treatment dry_needling calf" if "," in value else "treatment dry_needling ")


def test_the_stamps_of_an_event_are_its_first_and_its_last() -> None:
    """When it was made, and when it was written last."""
    found = run(("CREATED:20260102T030405Z", "CREATED:20250102T030405Z"), ("LAST-MODIFIED:2026", "LAST-MODIFIED:2027"))
    assert (found.created, found.stamped) == (STAMP.replace(year=2025), STAMP.replace(year=2027))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("SEQUENCE:0", "SEQUENCE:-1", "cannot be read"),
        ("SEQUENCE:0", "SEQUENCE:\u0661", "cannot be read"),
        ("DTSTART;TZID=America/New_York:20261127T070000", "DTSTART:20261127T070000", "has no time zone"),
        ("DTSTAMP:20260102T030405Z", "DTSTAMP;VALUE=DATE:20260102", "cannot be read"),
        ("20261127T074000", "20261127T070000", "does not end after it begins"),
        (
            "DTEND;TZID=America/New_York:20261127T074000",
            "DTEND;VALUE=DATE:20261128",
            "does not end after it begins",
        ),
        ("20261127T", "22001127T", "is too far away"),
        ("END:VCALENDAR", "END:VCARD", "ends a VCARD that does not begin there"),
    ],
)
def test_what_cannot_be_remembered_is_said(old: str, new: str, message: str) -> None:
    """With its line, and what to do."""
    with pytest.raises(InputError) as caught:
        remembered((old, new))
    assert any(message in problem.wrong for problem in caught.value.problems)


def test_lines_are_unfolded_numbered_and_named() -> None:
    """By whatever ends them; an empty one is none, and a name is in capitals."""
    found = lines_of("Begin:VEVENT\r\nSUMMARY;X=1:a\n b\r\rc d:e\n\n=x\n")
    assert [(one.number, one.name, one.value) for one in found] == [
        (1, "BEGIN", "VEVENT"),
        (2, "SUMMARY", "ab"),
        (5, "C", ""),
        (7, "", ""),
    ]


def test_a_component_s_own_lines_are_not_those_of_what_it_contains() -> None:
    """Rewritten, it has no alarm any more, and more lines at its end."""
    texts = ["BEGIN:VEVENT", "UID:a", "BEGIN:VALARM", "UID:b", "END:VALARM", "SUMMARY:s", "END:VEVENT"]
    block = ComponentLines("VEVENT", tuple(line(9, text) for text in texts))
    assert [each.value for each in block.own("UID")] == ["a"]
    found = block.rewritten(lambda each: None if each.name == "SUMMARY" else each.text.lower(), ["X:1"])
    assert (found.texts, {each.number for each in found.lines}) == (["BEGIN:VEVENT", "uid:a", "X:1", "END:VEVENT"], {9})
    assert found.text == "BEGIN:VEVENT\r\nuid:a\r\nX:1\r\nEND:VEVENT\r\n"


@pytest.mark.parametrize("length", [66, 67, 68, 200])
def test_long_lines_are_folded(length: int) -> None:
    """None is over 75 octets, and unfolded it is as it was."""
    said = [f"SUMMARY:{letter * count}" for letter, count in (("x", length), ("\u00e4", 40))]
    block = ComponentLines("VEVENT", tuple(line(1, text) for text in said))
    assert max(len(each.encode()) for each in block.text.split("\r\n")) <= 75
    assert block.text.replace("\r\n ", "") == "".join(f"{text}\r\n" for text in said)


def test_texts_are_escaped_once() -> None:
    """And read back as they were."""
    text = "a\\b; c, d\ne"
    assert escaped(text) == "a\\\\b\\; c\\, d\\ne"
    assert unescaped(escaped(text)) == text


def test_the_sessions_of_a_coach_come_with_their_text_and_the_seconds_of_their_feed() -> None:
    """The first of each line; what is no whole number of seconds is none, and a text has an end."""
    days = date(2026, 11, 1), date(2026, 12, 31)
    more = [
        "DESCRIPTION:Warm up\\nfirst\nDESCRIPTION:not this\nX-WORKOUT-ESTIMATED-DURATION:1800",
        "X-WORKOUT-ESTIMATED-DURATION:30 min",
        "X-WORKOUT-ESTIMATED-DURATION:\u0661\u0662",
        f"DESCRIPTION:{'x' * (LONGEST_TEXT + 1)}\nSTATUS:CANCELLED",
    ]
    content = calendar(*(event(f"{TIMES}\nSUMMARY: Run {n} \n{text}", f"u{n}") for n, text in enumerate(more)))
    found, _ = coach_events(content, ZoneInfo("America/New_York"), days, None, source="c.ics", entry=3)
    assert [(one.title, one.text[:12], one.estimated_seconds, one.cancelled) for one in found] == [
        ("Run 0", "Warm up\nfirs", 1800, False),
        ("Run 1", "", None, False),
        ("Run 2", "", None, False),
        ("Run 3", "x" * 12, None, True),
    ]
    assert {(one.source, one.entry, len(one.text) <= LONGEST_TEXT) for one in found} == {("c.ics", 3, True)}
    assert found[0].start == datetime(2026, 11, 24, 9, 30, tzinfo=NEW_YORK)
