"""Edges that many plans touch: the last remark, the last byte, hours of a week, whole sentences of restrictions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from planner.appointments.opening_hours import parse_hours
from planner.calendars.read.occurrences import MOST_REMARKS
from planner.case.health import Health
from planner.errors import InputError
from planner.limits.health_windows import person_spans
from planner.limits.in_force import restriction_windows
from planner.planning import plan
from planner.rulebook.file import shipped_rulebook
from tests.cases import MONDAY, case_of
from tests.ics_files import calendar, event, read, whys
from tests.living import Living, on
from tests.rulebooks import rule

BOOK = shipped_rulebook()


@pytest.mark.parametrize(
    ("more", "last"), [(0, None), (1, "1 more remark of this kind"), (2, "2 more remarks of this kind")]
)
def test_a_hundred_remarks_are_shown_and_the_rest_is_counted(more: int, last: str | None) -> None:
    """Nobody reads more."""
    found = whys(read(calendar(*(event("SUMMARY:x", f"u{number}") for number in range(MOST_REMARKS + more)))))
    assert len(found) == MOST_REMARKS + (last is not None)
    assert all("has no start" in why for why in found[:MOST_REMARKS])
    assert found[MOST_REMARKS:] == ([] if last is None else [last])


@pytest.mark.parametrize(
    ("own", "right"), [(False, "plan fewer weeks"), (True, "take out what is not the plan's, or plan")]
)
def test_a_file_that_is_too_large_says_what_may_go(monkeypatch: pytest.MonkeyPatch, own: bool, right: str) -> None:
    """What somebody else put into it, too."""
    living = Living()
    living.again()
    if own:
        mine = b"BEGIN:VEVENT\r\nUID:mine\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261130T200000Z\r\nEND:VEVENT\r\n"
        living.file = living.file.replace(b"END:VCALENDAR\r\n", mine + b"END:VCALENDAR\r\n")
    monkeypatch.setattr("planner.calendars.write.file.LARGEST", 2000)
    with pytest.raises(InputError) as caught:
        living.again()
    (problem,) = caught.value.problems
    assert problem.right.startswith(right)


def test_every_part_of_a_week_s_hours_is_read_and_every_mistake_named() -> None:
    """One that cannot be read hides neither those before it nor those behind."""
    hours, wrong = parse_hours("soon, mon 09:00-12:00, xyz 08:00-09:00, tue-wed 14:00-18:00, later")
    assert sorted(hours) == [0, 1, 2]
    assert [what for what, _ in wrong] == [
        '"soon" is no time of the week',
        '"xyz" is no weekday',
        '"later" is no time of the week',
    ]


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ({"what": ["run"]}, "No runs, says Dr Smith"),
        ({"what": ["run"], "most_minutes": 30}, "Runs: at most 30 minutes, says Dr Smith"),
        ({"what": ["run"], "most_intensity": "very_easy"}, "Runs: at most very easy, says Dr Smith"),
        (
            {"what": ["run"], "most_minutes": 30, "most_intensity": "easy"},
            "Runs: at most 30 minutes and easy, says Dr Smith",
        ),
        ({"region": "calf"}, "Nothing that loads the calf muscle more than a little, says Dr Smith"),
        ({"region": "calf", "most_minutes": 20}, "Everything: at most 20 minutes, says Dr Smith"),
    ],
)
def test_a_restriction_says_what_it_restricts(entry: dict[str, Any], title: str) -> None:
    """And by whose word."""
    (window,) = restriction_windows(case_of(restrictions=[{**entry, "by": "Dr Smith"}]), BOOK)
    assert window.rule.title == title


@pytest.mark.parametrize(
    ("data", "opens", "closes"),
    [
        ({"hours_after": [24, 72]}, datetime(2026, 11, 2), datetime(2026, 11, 4)),
        ({"hours_after": [0, 48]}, datetime(2026, 11, 1), datetime(2026, 11, 3)),
    ],
)
def test_a_rule_about_a_person_speaks_for_so_many_hours_after_a_day(
    data: dict[str, Any], opens: datetime, closes: datetime
) -> None:
    """From the first of them to the last, counted from its midnight."""
    case = case_of(timezone="UTC", health={"birth": date(2026, 11, 1)})
    assert isinstance(case.health, Health)
    said = rule("test.birth", about="person", when={"health": ["birth"]}, rules_out=["run"], **data)
    ((fact, span),) = person_spans(case, said)
    begin = datetime(1970, 1, 1)
    assert fact == "birth"
    assert [begin + timedelta(seconds=int(each)) for each in span] == [opens, closes]


@pytest.mark.parametrize(("minutes", "there"), [(0, True), (1, False)])
def test_a_fixed_session_that_begins_now_is_planned(minutes: int, there: bool) -> None:
    """A minute later it has begun."""
    session = {"workout": "upper_body", "day": ["monday"], "start": datetime(2026, 1, 1, 18).time(), "minutes": 40}
    case = case_of(sessions=[session], goals={"runs": 0, "mobility": 1}, availability={"default": "07:00-08:30"})
    made = plan(case, BOOK, today=MONDAY, weeks=1, now=on(0, 18) + timedelta(minutes=minutes))
    assert (on(0, 18) in [one.start for one in made.workouts if one.workout == "upper_body"]) == there


@pytest.mark.parametrize(("kind", "opened"), [("run", True), ("bike", False)])
def test_a_day_is_open_to_the_kinds_that_it_names(kind: str, opened: bool) -> None:
    """And closed to what somebody is away from."""
    case = case_of(
        availability={"monday": {"windows": ["07:00-08:00"], "kinds": ["run"]}},
        away=[{"from": MONDAY + timedelta(days=1), "until": MONDAY + timedelta(days=1), "what": ["bike"]}],
    )
    assert case.open_to(MONDAY, kind) == opened
    assert case.open_to(MONDAY + timedelta(days=1), kind) == opened
    assert case.open_to(MONDAY + timedelta(days=2), kind)
