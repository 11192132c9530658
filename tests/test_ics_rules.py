"""The strict checker of calendar files is able to object."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from planner.calendars.write.file import to_ical
from planner.clock import later
from planner.results.plan import PlanDay
from tests.ics_list import RULES
from tests.ics_rules import problems
from tests.plans import STAMP, a_needling, a_run, plan_of, week

GOOD = to_ical(week(a_run(title="Läufe, 漢字"), treatments=(a_needling(),)), STAMP, alarm_minutes=15)
SOLO = to_ical(week(a_run()), STAMP)

BROKEN: list[tuple[int, bytes, bytes]] = [
    (1, b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR"),
    (1, "Läufe".encode(), "Läufe".encode("latin-1")),
    (2, b"VERSION:2.0\r\n", b"VERSION:2.0\n"),
    (2, b"END:VCALENDAR\r\n", b"END:VCALENDAR"),
    (3, b"COLOR:seagreen", b"X-LONG:" + b"x" * 69),
    (3, b"COLOR:seagreen\r\n", b"COLOR:seagreen\r\n\r\n"),
    (4, "字".encode(), "字".encode()[:1] + b"\r\n " + "字".encode()[1:]),
    (20, b"STATUS:CONFIRMED\r\nTRANSP:OPAQUE", b"X-MICROSOFT-CDO-ALLDAYEVENT:FALSE\r\nTRANSP:OPAQUE"),
    (5, "Läufe".encode(), b"L\x07ufe"),
    (5, "Läufe".encode(), "Lä\u2028ufe".encode()),
    (6, "Läufe\\,".encode(), "Läufe,".encode()),
    (6, "Läufe\\,".encode(), "Läufe\\x".encode()),
    (6, b"X-PLANNER-RULES:", b"X-PLANNER-RULES:,"),
    (7, b"VERSION:2.0", b"VERSION:1.0"),
    (7, b"CALSCALE:GREGORIAN", b"CALSCALE:JULIAN"),
    (7, b"PRODID:", b"X-PRODID:"),
    (7, b"END:VEVENT", b"END:VTODO"),
    (7, b"END:VCALENDAR\r\n", b"END:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
    (8, b"VERSION:2.0", b"VERSION:2.0\r\nMETHOD:REQUEST"),
    (8, b"STATUS:CONFIRMED", b"ORGANIZER:mailto:a@b.c"),
    (9, b"SEQUENCE:0\r\n", b"SEQUENCE:0\r\nUID:2\r\n"),
    (9, b"DTEND;TZID=America/New_York:20261127T074000\r\n", b""),
    (10, b"UID:", b"UID:2026112720261124"),
    (10, b"UID:", "UID:ü".encode()),
    (13, b"DTSTAMP:20260102T030405Z", b"DTSTAMP:20260102T030405"),
    (13, b"CREATED:20260102T030405Z", b"CREATED;TZID=America/New_York:20260102T030405"),
    (15, b"SEQUENCE:0", b"SEQUENCE:-1"),
    (18, b"X-PLANNER-PLAN:", b"X-OTHER:"),
    (19, b"DTEND;VALUE=DATE:20261125", b"DTEND;VALUE=DATE:20261124"),
    (19, b"DTEND;VALUE=DATE:20261125", b"DTEND:20261125T000000Z"),
    (20, b"STATUS:CONFIRMED", b"X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"),
    (21, b"DTSTART;TZID=America/New_York:", b"DTSTART:"),
    (21, b"DTSTART;TZID=America/New_York:20261127T070000", b"DTSTART;TZID=America/New_York:20261127T070000Z"),
    (21, b"TZID=America/New_York", b"TZID=/citadel.org/20260101/America/New_York"),
    (22, b"TZID:America/New_York", b"TZID:America/Chicago"),
    (22, b"RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", b"RDATE:20260308T020000,20270314T020000"),
    (22, b"BYDAY=2SU", b"BYDAY=3SU"),
    (22, b"TZOFFSETTO:-0400", b"TZOFFSETTO:-0300"),
    (22, b"DTSTART:20070311T020000", b"DTSTART:20270314T020000"),
    (24, b"DTEND;TZID=America/New_York:20261127T074000", b"DTEND;TZID=America/New_York:20261127T070000"),
    (25, b"STATUS:CONFIRMED", b"RRULE:FREQ=YEARLY"),
    (25, b"STATUS:CONFIRMED", b"RRULE:FREQ=DAILY;COUNT=2;UNTIL=20261129"),
    (27, b"TRIGGER:-PT15M", b"TRIGGER:PT15M"),
    (27, b"TRIGGER:-PT15M", b"TRIGGER;VALUE=DATE-TIME:20261127T060000Z"),
    (27, b"ACTION:DISPLAY", b"ACTION:AUDIO"),
    (29, b"X-MICROSOFT-CDO-BUSYSTATUS:BUSY", b"X-MICROSOFT-CDO-BUSYSTATUS:FREE"),
    (29, b"TRANSP:TRANSPARENT\r\n", b""),
    (30, b"DESCRIPTION:Effort", b"DESCRIPTION:Not medical advice. Effort"),
    (31, b" min\r\nDTSTART", b" min\\n\r\nDTSTART"),
    (31, b" min\r\nDTSTART", b" min \r\nDTSTART"),
    (31, b" min\r\nDTSTART", b" min" + b"\r\n x".join([b""] * 260) + b"\r\nDTSTART"),
    (31, b"DESCRIPTION:Effort", b"DESCRIPTION:<br>Effort"),
    (32, b"STATUS:CONFIRMED", b"URL:example.org/a"),
    (32, b"STATUS:CONFIRMED", b"URL:https://example.org/?a=1&amp;b=2"),
    (33, b"X-WR-CALNAME:Henry", b"X-WR-CALNAME:Tom"),
    (33, b"COLOR:seagreen", b"COLOR:#2E8B57"),
    (33, b"X-APPLE-CALENDAR-COLOR:#2E8B57", b"X-APPLE-CALENDAR-COLOR:green"),
    (34, b"X-PUBLISHED-TTL:PT12H", b"X-PUBLISHED-TTL:PT1H"),
    (34, b"REFRESH-INTERVAL;VALUE=DURATION", b"REFRESH-INTERVAL"),
    (35, b"COLOR:seagreen\r\n", b"COLOR:seagreen\r\n" + b"X-PAD:1\r\n" * 112_000),
    (38, b"STATUS:CONFIRMED", b"RELATED-TO;RELTYPE=FINISHTOSTART:x"),
]


def test_the_checker_finds_nothing_in_the_files_that_are_broken_below() -> None:
    """Before they are broken, both files are right."""
    assert [problems(GOOD), problems(SOLO)] == [[], []]


@pytest.mark.parametrize(("rule", "good", "bad"), BROKEN)
def test_the_checker_sees_what_is_broken(rule: int, good: bytes, bad: bytes) -> None:
    """A file that breaks one rule is found to break that rule."""
    broken = GOOD.replace(good, bad)
    assert broken != GOOD
    assert str(rule) in {problem.partition(":")[0] for problem in problems(broken)}


def test_the_checker_sees_two_events_with_one_uid() -> None:
    """An event that stands there twice is found."""
    (block,) = re.findall(rb"BEGIN:VEVENT.*?END:VEVENT\r\n", SOLO, re.DOTALL)
    assert any(problem.startswith("11:") for problem in problems(SOLO.replace(block, block * 2)))


def test_the_checker_sees_events_out_of_order() -> None:
    """Two events that changed places are found."""
    first, second = re.findall(rb"BEGIN:VEVENT.*?END:VEVENT\r\n", GOOD, re.DOTALL)
    assert any(problem.startswith("36:") for problem in problems(GOOD.replace(first + second, second + first)))


def test_the_checker_sees_a_calendar_without_events() -> None:
    """Head and zone alone are no calendar."""
    empty = SOLO[: SOLO.index(b"BEGIN:VTIMEZONE")] + b"END:VCALENDAR\r\n"
    assert problems(empty) == ["37: no component"]


def test_the_checker_sees_a_time_that_spring_skips() -> None:
    """02:30 on the second Sunday of March is on no clock in New York."""
    start = datetime(2026, 3, 8, 1, 30, tzinfo=ZoneInfo("America/New_York"))
    run = a_run(start=start, end=later(start, minutes=60), minutes=60)
    data = to_ical(plan_of(PlanDay(date=date(2026, 3, 8), workouts=(run,))), STAMP)
    assert problems(data) == []
    broken = data.replace(b"20260308T033000", b"20260308T023000")
    assert any(problem.startswith("23:") for problem in problems(broken))


def test_every_rule_of_the_checker_is_broken_once() -> None:
    """No rule is listed that no test has seen the checker object to."""
    elsewhere = {11, 23, 36, 37}
    assert set(RULES) == {rule for rule, _, _ in BROKEN} | elsewhere
