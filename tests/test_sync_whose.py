"""Whose an event is: this plan's, another plan's, a copy, or anybody's; and how many of other plans are to come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from planner.calendars.sync.compare import count_events_of_others, events_of_plan
from planner.calendars.sync.state import ServerEvent
from tests.pushes import PLAN, run, uid_of, wanted

pytestmark = pytest.mark.once

CONTENT = wanted(run(1))[uid_of(1)]
OTHER_PLAN = "77aa559e1ecb70df2000"
END = datetime(2026, 11, 23, 12, 40, tzinfo=UTC)
"""When the run is over."""


def on_server(*changes: tuple[bytes, bytes], href: str = "/a.ics") -> ServerEvent:
    """Return our run as a server shows it, with some texts replaced."""
    content = CONTENT
    for old, new in changes:
        assert old in content
        content = content.replace(old, new)
    return ServerEvent(href, '"1"', content)


UNMARKED = (b"X-PLANNER-SLOT:", b"X-OTHER:")
OF_ANOTHER = (PLAN.encode(), OTHER_PLAN.encode())
COPIED = (f"UID:{uid_of(1)}".encode(), f"UID:copy-of-{PLAN}-by-me".encode())


@pytest.mark.parametrize(
    ("changes", "mine"),
    [
        ([], True),
        # A program dropped our mark: the whole UID is one that only this plan makes.
        ([UNMARKED], True),
        ([UNMARKED, (b"UID:", b"UID:x")], False),
        ([OF_ANOTHER], False),
        ([OF_ANOTHER, UNMARKED], False),
        # A copy that the person made of one of ours has a UID of its own.
        ([COPIED], False),
        ([COPIED, UNMARKED], False),
    ],
)
def test_an_event_is_this_plan_s_by_its_mark_or_its_whole_uid(changes: list[tuple[bytes, bytes]], mine: bool) -> None:
    """Neither another plan's nor a copy is."""
    assert bool(events_of_plan([on_server(*changes)], PLAN)) == mine


def test_an_event_that_is_remembered_is_ours_whatever_it_is_called() -> None:
    """Of two with one UID the first by its address counts."""
    event = on_server(OF_ANOTHER, UNMARKED)
    uid = uid_of(1).replace(PLAN, OTHER_PLAN)
    assert events_of_plan([event], PLAN, {uid}) == {uid: event}
    first, second = on_server(href="/a.ics"), on_server(href="/b.ics")
    assert events_of_plan([second, first], PLAN) == {uid_of(1): first}


@pytest.mark.parametrize(
    ("changes", "since", "count"),
    [
        ([OF_ANOTHER], END - timedelta(minutes=1), 1),
        ([OF_ANOTHER], END, 0),
        ([OF_ANOTHER, UNMARKED], END - timedelta(days=1), 1),
        ([], END - timedelta(days=1), 0),
        ([COPIED], END - timedelta(days=1), 0),
        ([OF_ANOTHER, (b"DTEND", b"X-END"), (b"DTSTART", b"X-START")], END - timedelta(days=1), 0),
    ],
)
def test_the_events_of_other_plans_that_are_to_come_are_counted(
    changes: list[tuple[bytes, bytes]], since: datetime, count: int
) -> None:
    """Those that are over, this plan's and copies are not."""
    assert count_events_of_others([on_server(*changes)], PLAN, since) == count
