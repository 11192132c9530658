"""Single events as a server keeps them: what each means, and what is made of one of ours."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from planner.calendars.sync.event_resource import (
    Meaning,
    cancelled,
    identity,
    is_session,
    meaning,
    moment,
    sequence,
    split_events,
    with_higher_sequence,
    with_uid,
)
from planner.calendars.sync.state import Pushed, ServerEvent, Step, state_after_push, state_before_push
from planner.calendars.write.file import to_ical
from tests.plans import STAMP, week
from tests.pushes import run, there, uid_of, wanted

pytestmark = pytest.mark.once

NEW_YORK = ZoneInfo("America/New_York")
NOON, ONE = datetime(2026, 11, 23, 12, tzinfo=UTC), datetime(2026, 11, 23, 13, tzinfo=UTC)
LOCAL = datetime(2026, 11, 23, 12)
HELD = (b"STATUS", b"TRANSP", b"X-MICROSOFT-CDO-BUSYSTATUS")
DAY, NEXT = date(2026, 11, 23), date(2026, 11, 24)


def event(*lines: str) -> bytes:
    """Return the calendar of an event of some lines."""
    body = "\r\n".join(["BEGIN:VEVENT", "UID:a", *lines, "END:VEVENT"])
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{body}\r\nEND:VCALENDAR\r\n".encode()


@pytest.mark.parametrize(
    ("start", "end", "more", "span", "days"),
    [
        (NOON, ONE, {}, (NOON, ONE), None),
        (NOON, NOON, {}, None, None),
        (ONE, NOON, {}, None, None),
        (NOON, ONE, {"repeats": True}, None, None),
        (LOCAL, ONE, {}, None, None),
        (NOON, LOCAL, {}, None, None),
        (None, ONE, {}, None, None),
        (NOON, None, {}, None, None),
        (DAY, NEXT, {}, None, (DAY, NEXT)),
        (DAY, DAY, {}, None, (DAY, NEXT)),
        (DAY, date(2026, 11, 26), {}, None, (DAY, date(2026, 11, 26))),
        (DAY, NEXT, {"repeats": True}, None, None),
        (DAY, ONE, {}, None, None),
        (NOON, NEXT, {}, None, None),
        (DAY, None, {}, None, None),
        (None, NEXT, {}, None, None),
    ],
)
def test_a_stretch_of_time_is_of_moments_or_of_days(
    start: date | None, end: date | None, more: dict[str, Any], span: Any, days: Any
) -> None:
    """One that is repeated, has no zone or no end after its start is none."""
    said = Meaning(start, end, "", "", **more)
    assert (said.span, said.days, said.stretch) == (span, days, span or days)


def test_a_time_without_a_zone_is_taken_by_the_clock_that_is_told() -> None:
    """In UTC then; without a clock, and of days, it stays as it is."""
    said = Meaning(LOCAL, LOCAL, "", "")
    in_utc = datetime(2026, 11, 23, 17, tzinfo=UTC)
    assert said.by_the_clock_of(NEW_YORK)[:2] == (in_utc, in_utc)
    assert said.by_the_clock_of(None) == said
    assert Meaning(DAY, ONE, "", "").by_the_clock_of(NEW_YORK)[:2] == (DAY, ONE)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, None),
        (DAY, datetime(2026, 11, 23, tzinfo=UTC)),
        (LOCAL, NOON),
        (datetime(2026, 11, 23, 7, tzinfo=NEW_YORK), NOON),
    ],
)
def test_any_time_can_be_compared_as_a_moment(said: date | None, expected: datetime | None) -> None:
    """Days and times without a zone as if in UTC."""
    assert moment(said) == expected


@pytest.mark.parametrize(
    ("lines", "start", "end"),
    [
        (["DTSTART:20261123T120000Z", "DTEND:20261123T130000Z"], NOON, ONE),
        (["DTSTART;TZID=America/New_York:20261123T070000", "DURATION:PT1H"], NOON, ONE),
        (["DTSTART:20261123T120000Z"], NOON, NOON),
        (["DTSTART:20261123T120000", "DURATION:PT1H"], LOCAL, datetime(2026, 11, 23, 13)),
        (["DTSTART;VALUE=DATE:20261123"], DAY, NEXT),
        (["DTSTART;VALUE=DATE:20261123", "DURATION:P3D"], DAY, date(2026, 11, 26)),
        (["DTSTART;VALUE=DATE:20261123", "DTEND;VALUE=DATE:20261124"], DAY, NEXT),
        (["DTSTART:20261123T120000Z", "DURATION:P9999999D"], None, None),
        (["DTEND:20261123T130000Z"], None, ONE),
        (["DTSTART:never", "DTEND:20261123T130000Z"], None, ONE),
        # An hour is an hour, also over the change of a clock.
        (
            ["DTSTART;TZID=America/New_York:20261101T003000", "DURATION:PT2H"],
            datetime(2026, 11, 1, 4, 30, tzinfo=UTC),
            datetime(2026, 11, 1, 6, 30, tzinfo=UTC),
        ),
    ],
)
def test_when_an_event_is(lines: list[str], start: date | None, end: date | None) -> None:
    """In UTC, as days, or by no clock; what cannot be read is nothing."""
    assert meaning(event(*lines))[:2] == (start, end)


@pytest.mark.parametrize(
    ("lines", "title", "notes", "repeats", "off"),
    [
        (["SUMMARY:Run"], "Run", "", False, False),
        (["SUMMARY: Run \\n  ", "DESCRIPTION:one  \\ntwo\\n"], "Run", "one\ntwo", False, False),
        (["SUMMARY:Run", "SUMMARY:Ride"], "Run\nRide", "", False, False),
        (["RRULE:FREQ=DAILY"], "", "", True, False),
        (["RDATE:20261123T120000Z"], "", "", True, False),
        (["RECURRENCE-ID:20261123T120000Z"], "", "", True, False),
        (["STATUS:cancelled"], "", "", False, True),
        (["STATUS:CONFIRMED"], "", "", False, False),
    ],
)
def test_what_an_event_says(lines: list[str], title: str, notes: str, repeats: bool, off: bool) -> None:
    """As a person sees it."""
    assert meaning(event(*lines))[2:] == (title, notes, repeats, off)


@pytest.mark.parametrize(("line", "expected"), [("SEQUENCE:4", 4), ("SEQUENCE:four", 0), ("X-SEQUENCE:4", 0)])
def test_the_count_of_an_event_is_nought_where_it_cannot_be_read(line: str, expected: int) -> None:
    """A server may leave it out."""
    assert sequence(event(line)) == expected


def test_our_mark_and_a_session_s_are_seen() -> None:
    """The UID alone makes an event nobody's."""
    assert identity(event("X-PLANNER-SLOT:a")) == ("a", True)
    assert identity(event()) == ("a", False)
    assert is_session(event("X-PLANNER-SESSION:a,b"))
    assert not is_session(event("X-PLANNER-SLOT:a"))


@pytest.mark.parametrize(("above", "expected"), [(-1, 0), (0, 1), (1, 2), (7, 8)])
def test_a_count_rises_above_another_one_and_never_falls(above: int, expected: int) -> None:
    """Ours is 0; only its first line counts."""
    content = wanted(run(1))[uid_of(1)]
    assert sequence(with_higher_sequence(content, above)) == expected
    assert with_higher_sequence(content.replace(b"SEQUENCE:0", b"SEQUENCE:5"), 2).count(b"SEQUENCE:5\r\n") == 1


def test_an_event_gets_another_uid_or_is_called_off_and_nothing_else_changes() -> None:
    """For servers that refuse a UID, and for those that do not let go of an event."""
    content = wanted(run(1))[uid_of(1)]
    assert with_uid(content, uid_of(1), "other") == content.replace(uid_of(1).encode(), b"other")
    off = cancelled(content.replace(b"SEQUENCE:0", b"SEQUENCE:4"))
    assert (meaning(off).cancelled, sequence(off)) == (True, 5)
    assert [off.count(b"\n" + name) for name in HELD] == [1, 1, 1]
    assert b"TRANSP:TRANSPARENT\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n" in off
    kept = [line for line in content.split(b"\r\n") if not line.startswith((*HELD, b"SEQUENCE"))]
    assert [line for line in off.split(b"\r\n") if not line.startswith((*HELD, b"SEQUENCE"))] == kept


def test_each_event_goes_with_the_zone_that_it_names() -> None:
    """One in UTC, in the hour that comes twice, needs none; what is cancelled goes nowhere."""
    twice = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=1)
    found = wanted(run(1), run(2, start=twice, end=datetime(2026, 11, 1, 2, 10, tzinfo=NEW_YORK)))
    file = to_ical(week(run(1), run(2, 25)), STAMP).replace(b"STATUS:CONFIRMED", b"STATUS:CANCELLED", 1)
    assert set(split_events(file)) == {uid_of(2)}
    assert split_events(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n") == {}
    assert {uid: b"BEGIN:VTIMEZONE" in content for uid, content in found.items()} == {uid_of(1): True}
    utc = to_ical(week(run(1), run(2, 25)), STAMP).replace(
        b"DTSTART;TZID=America/New_York:20261123T070000", b"DTSTART:20261123T120000Z"
    )
    utc = utc.replace(b"DTEND;TZID=America/New_York:20261123T074000", b"DTEND:20261123T124000Z")
    assert [
        b"BEGIN:VTIMEZONE" in content
        for _, content in sorted(split_events(utc).items(), key=lambda one: one[0] != uid_of(1))
    ] == [False, True]


CONTENT = wanted(run(1))[uid_of(1)]
OTHER = wanted(run(1, 24))[uid_of(1)]
END = datetime(2026, 11, 23, 12, 40, tzinfo=UTC)
"""When the run is over."""


@pytest.mark.parametrize(
    ("pushed", "shown", "since", "kept"),
    [
        (Pushed(CONTENT), True, None, True),
        (Pushed(CONTENT), True, END, False),
        (Pushed(CONTENT), True, datetime(2026, 11, 23, 12, 39, tzinfo=UTC), True),
        (Pushed(CONTENT), False, None, True),
        (Pushed(b""), False, None, False),
        (Pushed(b""), True, None, True),
        (Pushed(b""), True, END, True),
        (Pushed(CONTENT, tried=(b"",)), False, None, False),
        (Pushed(CONTENT, tried=(b"",)), True, None, True),
        (Pushed(CONTENT, tried=(OTHER,)), False, None, True),
    ],
)
def test_what_no_step_is_about_is_remembered_until_it_is_over(
    pushed: Pushed, shown: bool, since: datetime | None, kept: bool
) -> None:
    """And what we may have left nowhere is forgotten where nothing is there."""
    on_server = there({uid_of(1): CONTENT}) if shown else {}
    assert state_after_push({uid_of(1): pushed}, [], on_server, since) == ({uid_of(1): pushed} if kept else {})


@pytest.mark.parametrize(
    ("do", "pushed", "event", "shown", "expected"),
    [
        ("create", None, None, CONTENT, Pushed(CONTENT, CONTENT)),
        ("create", None, None, None, Pushed(b"", tried=(CONTENT,))),
        ("update", Pushed(OTHER), OTHER, CONTENT, Pushed(CONTENT, CONTENT)),
        ("delete", Pushed(OTHER), OTHER, None, None),
        ("leave", Pushed(CONTENT), CONTENT, CONTENT, Pushed(CONTENT, CONTENT)),
        ("leave", None, CONTENT, CONTENT, Pushed(CONTENT, CONTENT)),
        ("leave", Pushed(OTHER), CONTENT, CONTENT, Pushed(OTHER)),
        ("leave", Pushed(CONTENT), None, None, Pushed(CONTENT)),
        ("leave", Pushed(CONTENT), CONTENT, None, Pushed(CONTENT)),
    ],
)
def test_what_is_remembered_after_each_step(
    do: Any, pushed: Pushed | None, event: bytes | None, shown: bytes | None, expected: Pushed | None
) -> None:
    """What was sent and what the server made of it; what a person changed and was left so stays as it was."""
    uid = uid_of(1)
    step = Step(do, uid, b"" if do == "delete" else CONTENT, None if event is None else ServerEvent("/a", "1", event))
    before = {} if pushed is None else {uid: pushed}
    found = state_after_push(before, [step], {} if shown is None else there({uid: shown}))
    assert found == ({} if expected is None else {uid: expected})


def test_before_a_push_either_side_of_each_step_is_remembered() -> None:
    """Once each, in order; what is left alone is not tried."""
    uid, pushed = uid_of(1), {uid_of(1): Pushed(OTHER, tried=(b"x",))}
    begun = state_before_push(pushed, [Step("update", uid, CONTENT), Step("delete", uid), Step("update", uid, CONTENT)])
    assert begun == {uid: Pushed(OTHER, tried=(b"x", CONTENT, b""))}
    assert state_before_push({}, [Step("create", uid, CONTENT)]) == {uid: Pushed(b"", tried=(CONTENT,))}
    assert state_before_push(pushed, [Step("leave", uid, CONTENT)]) == pushed
    assert (begun[uid].may_be_absent, Pushed(b"").may_be_absent, Pushed(OTHER).may_be_absent) == (True, True, False)
