"""What happened in a calendar since the last sync, and what follows: three sides in, steps out."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.calendars.sync.compare import changes_seen, events_of_plan, steps
from planner.calendars.sync.event_resource import (
    NOTHING,
    essence,
    identity,
    meaning,
    sequence,
    split_events,
    with_higher_sequence,
)
from planner.calendars.sync.state import Pushed, ServerEvent, state_after_push
from planner.calendars.write.file import to_ical
from planner.results.plan import Plan
from tests.cases import examples
from tests.ics_parse import Component, events
from tests.ics_rules import problems
from tests.plans import STAMP, a_needling, plans, week
from tests.pushes import NEW_YORK, PLAN, as_a_server_keeps_it, before, changed, dos, edited, run, there, uid_of, wanted

pytestmark = pytest.mark.once

ONE = uid_of(1)
MOVED = ((r"^DTSTART.*070000$", "DTSTART:20261124T210000Z"), (r"^DTEND.*$", "DTEND:20261124T220000Z"))
SAME_TIMES = ((r"^DTSTART.*070000$", "DTSTART;TZID=Europe/Berlin:20261123T130000"), (r"^DTEND.*$", "DURATION:PT40M"))
LATER_STAMPS = ((r"^DTSTAMP:.*$", "DTSTAMP:20270101T000000Z"), (r"^SEQUENCE:0$", "SEQUENCE:4"))
ALL_DAY = ((r"^DTSTART.*070000$", "DTSTART;VALUE=DATE:20261123"), (r"^DTEND.*$", "DTEND;VALUE=DATE:20261124"))
WEEKLY = ((r"^SEQUENCE:0$", "RRULE:FREQ=WEEKLY"),)
FLOATING = ((r"^DTSTART.*070000$", "DTSTART:20261123T070000"), (r"^DTEND.*$", "DTEND:20261123T074000"))
BACKWARDS = ((r"^DTEND.*$", "DTEND:20261101T000000Z"),)
NO_TIMES = ((r"^DTSTART.*070000\n", ""), (r"^DTEND.*\n", ""))
BROKEN = ((r"^DTSTART.*070000$", "DTSTART:tomorrow"),)


def test_dates_are_those_of_no_zone() -> None:
    """A zone that a phone dropped is given back to times alone; a whole day without an end is one day."""
    day = changed(wanted(run(1))[ONE], (r"^DTSTART.*070000$", "DTSTART;VALUE=DATE:20261123"), (r"^DTEND.*\n", ""))
    ends = changed(wanted(run(1))[ONE], *ALL_DAY)
    assert meaning(day) == meaning(ends) == meaning(day).by_the_clock_of(NEW_YORK)


@given(plans(), st.sampled_from([None, 15]))
@examples(10)
def test_every_event_apart_is_a_calendar_of_its_own_and_the_same_event(plan: Plan, alarm: int | None) -> None:
    """The strict checker finds nothing in it, and no property is lost or changed."""
    content = to_ical(plan, STAMP, alarm_minutes=alarm)
    found = split_events(content)

    for each in found.values():
        # The checker asks for a plan's whole head; a single event has none of its own.
        assert [
            each for each in problems(each) if not re.search("NAME|COLOR|REFRESH|DESCRIPTION|PUBLISHED", each)
        ] == []
    lone = [said(each) for uid, one in found.items() for each in events(one) if uid in str(each.one("UID"))]
    assert sorted(map(said, events(content))) == sorted(lone)


def said(component: Component) -> list[str]:
    """Return every line of an event, and of its alarms."""
    lines = [f"{line.name} {line.params} {line.value}" for line in component.lines]
    return [*lines, *(line for part in component.parts for line in said(part))]


@given(plans())
@examples(10)
def test_what_a_rough_server_does_to_events_changes_nothing(plan: Plan) -> None:
    """Other order, line ends and stamps, no zone, more properties: nothing happened, and there is nothing to do."""
    content = split_events(to_ical(plan, STAMP, alarm_minutes=15))
    shown = there({uid: as_a_server_keeps_it(each) for uid, each in content.items()})
    pushed = {uid: Pushed(each) for uid, each in content.items()}

    assert {each.what for each in changes_seen(pushed, shown).values()} == {"untouched"}
    assert set(dos(steps(pushed, shown, content)).values()) == {"leave"}
    assert set(dos(steps({}, shown, content)).values()) == {"leave"}
    assert set(shown) == set(events_of_plan(shown.values(), plan.plan_id))


@pytest.mark.parametrize(
    ("edits", "what", "parts"),
    [
        ((), "untouched", ()),
        (SAME_TIMES, "untouched", ()),
        (LATER_STAMPS, "untouched", ()),
        (((r"^CATEGORIES:.*$", "CATEGORIES:sport"),), "untouched", ()),
        (MOVED, "moved", ("times",)),
        ((*MOVED, (r"^SUMMARY:.*$", "SUMMARY:With Ben")), "moved", ("times", "title")),
        (((r"^DTEND.*$", "DTEND:20261123T123000Z"),), "moved", ("times",)),
        (((r"^SUMMARY:.*$", "SUMMARY:With Ben"),), "edited", ("title",)),
        (((r"^DESCRIPTION:.*$", "DESCRIPTION:at the lake"),), "edited", ("notes",)),
        (((r"^DESCRIPTION:.*\n", ""),), "edited", ("notes",)),
        (ALL_DAY, "edited", ("times",)),
        (WEEKLY, "edited", ("times",)),
        (FLOATING, "edited", ("times",)),
        (BACKWARDS, "edited", ("times",)),
        (NO_TIMES, "edited", ("times",)),
        (BROKEN, "edited", ("times",)),
        (((r"^STATUS:CONFIRMED$", "STATUS:CANCELLED"),), "deleted", ()),
    ],
)
def test_what_the_person_did_is_told_apart(
    edits: tuple[tuple[str, str], ...], what: str, parts: tuple[str, ...]
) -> None:
    """Only another single stretch of time is a move; what has no such time is told as an edit, and nothing crashes."""
    found = changes_seen(before(), edited(*edits))[ONE]

    assert (what, parts) == (found.what, found.parts)
    assert found.before == meaning(wanted(run(1))[ONE])


def test_a_move_says_where_to() -> None:
    """Its new time, in UTC, whatever zone the person's program wrote."""
    now = changes_seen(before(), edited(*MOVED))[ONE].now
    start = datetime(2026, 11, 24, 21, tzinfo=UTC)
    assert now is not None
    assert now.span == (start, start + timedelta(hours=1))


def test_what_is_gone_was_deleted_and_what_was_never_remembered_is_new() -> None:
    """Both sides: remembered and not there, there and not remembered."""
    shown = there(wanted(run(2)))
    assert {ONE: "deleted", uid_of(2): "unremembered"} == {
        uid: each.what for uid, each in changes_seen(before(), shown).items()
    }


def test_a_series_that_the_person_made_is_read_by_its_main_event() -> None:
    """One occurrence of it stands apart, first or last in the file: the series is one edited event."""
    series = changed(wanted(run(1))[ONE], *WEEKLY).decode()
    head, _, rest = series.partition("BEGIN:VEVENT")
    other = f"BEGIN:VEVENT\r\nUID:{ONE}\r\nRECURRENCE-ID:20261130T120000Z\r\nDTSTART:20261130T150000Z\r\nEND:VEVENT\r\n"
    first = there({ONE: (head + other + "BEGIN:VEVENT" + rest).encode()})
    last = there({ONE: series.replace("END:VCALENDAR", f"{other}END:VCALENDAR").encode()})

    assert changes_seen(before(), first) == changes_seen(before(), last)
    assert changes_seen(before(), last)[ONE].what == "edited"


def test_an_all_day_note_of_ours_that_moved_is_edited() -> None:
    """Nobody trains at a note: no plan can take its time."""
    content = split_events(to_ical(week(treatments=(a_needling(),)), STAMP))
    ((uid, each),) = content.items()
    moved = changed(each, (r"^DTSTART.*$", "DTSTART;VALUE=DATE:20261126"), (r"^DTEND.*$", "DTEND;VALUE=DATE:20261127"))

    assert changes_seen({uid: Pushed(each)}, there({uid: moved}))[uid].what == "edited"


def test_a_new_plan_makes_changes_and_deletes() -> None:
    """Each wanted UID has one step, and each that is there and not wanted."""
    old, new = wanted(run(1), run(2, 24), run(3, 25)), wanted(run(1), run(2, 24, 18), run(4, 26))
    pushed = {uid: Pushed(each) for uid, each in old.items()}

    assert {ONE: "leave", uid_of(2): "update", uid_of(3): "delete", uid_of(4): "create"} == dos(
        steps(pushed, there(old), new)
    )


@pytest.mark.parametrize(
    ("edits", "same", "other"),
    [
        (MOVED, "update", "update"),
        (((r"^SUMMARY:.*$", "SUMMARY:With Ben"),), "leave", "update"),
        (((r"^DESCRIPTION:.*$", "DESCRIPTION:at the lake"),), "leave", "update"),
        (ALL_DAY, "leave", "update"),
        (WEEKLY, "leave", "update"),
        (BROKEN, "leave", "update"),
        (((r"^STATUS:CONFIRMED$", "STATUS:CANCELLED"),), "leave", "leave"),
    ],
)
def test_a_persons_edit_stays_until_the_plan_changes_the_event(
    edits: tuple[tuple[str, str], ...], same: str, other: str
) -> None:
    """A moved workout gets the plan's time at once (the plan had its say about theirs); a deleted one never returns."""
    shown = edited(*edits)
    assert dos(steps(before(), shown, wanted(run(1)))) == {ONE: same}
    assert dos(steps(before(), shown, wanted(run(1, 23, 18)))) == {ONE: other}
    assert dos(steps(before(), shown, wanted(run(1, 23, 18)), keep={ONE})) == {ONE: "leave"}
    assert dos(steps(before(), shown, {})) == {ONE: "delete"}
    assert dos(steps(before(), shown, {}, keep={ONE})) == {}


def test_a_deleted_workout_is_not_made_again_even_at_another_time() -> None:
    """Its UID is what the person deleted."""
    assert dos(steps(before(), {}, wanted(run(1)))) == {ONE: "leave"}
    assert dos(steps(before(), {}, wanted(run(1, 25)))) == {ONE: "leave"}


def test_a_change_that_only_programs_see_is_pushed_once() -> None:
    """A reminder that the plan has now: it is no change of meaning, but one of ours."""
    new = wanted(run(1), alarm_minutes=30)
    todo = steps(before(), edited(), new)
    assert dos(todo) == {ONE: "update"}

    pushed = state_after_push(before(), todo, there(new))
    assert dos(steps(pushed, there(new), new)) == {ONE: "leave"}


def test_new_stamps_are_no_change() -> None:
    """The same plan, written later."""
    new = split_events(to_ical(week(run(1)), STAMP + timedelta(days=1)))
    assert dos(steps(before(), edited(), new)) == {ONE: "leave"}


def test_the_sequence_rises_above_what_is_there() -> None:
    """The person's program has counted up: ours must not fall behind it."""
    (step,) = steps(before(), edited(*MOVED, (r"^SEQUENCE:0$", "SEQUENCE:4")), wanted(run(1, 25)))
    assert sequence(step.content) == 5
    assert essence(step.content) == essence(wanted(run(1, 25))[ONE])
    assert with_higher_sequence(step.content, 3) == step.content


def test_history_and_what_the_plan_does_not_reach_are_not_deleted() -> None:
    """Both sides of both ends: an event that ends as the plan begins is over, one that begins as it ends is beyond."""
    events_there = there(wanted(run(1, 23), run(2, 24), run(3, 25)))
    start, end = datetime(2026, 11, 24, 12, tzinfo=UTC), datetime(2026, 11, 25, 12, tzinfo=UTC)
    minute = timedelta(minutes=1)

    assert dos(steps({}, events_there, {}, since=start, until=end)) == {uid_of(2): "delete"}
    over = start + timedelta(minutes=40)
    assert dos(steps({}, events_there, {}, since=over, until=end)) == {}
    assert dos(steps({}, events_there, {}, since=over - minute, until=end)) == {uid_of(2): "delete"}
    assert uid_of(3) in dos(steps({}, events_there, {}, since=start, until=end + minute))


@given(st.binary(max_size=60), st.integers(0, 1500))
@examples(40)
def test_damaged_events_never_crash(damage: bytes, place: int) -> None:
    """Whatever a server shows, it is ours and edited, or not ours."""
    content = wanted(run(1))[ONE]
    at = place % len(content)
    for bad in (content[:at] + damage + content[at:], content[:at] + damage + content[at + len(damage) :], damage):
        event = ServerEvent("/a.ics", "", bad)
        events_of_plan([event], PLAN, {ONE})
        changes_seen(before(), {ONE: event})
        steps(before(), {ONE: event}, wanted(run(1)), since=datetime(2026, 1, 1, tzinfo=UTC))


def test_what_cannot_be_read_means_nothing() -> None:
    """It has no UID either, and so it is nobody's."""
    assert meaning(b"<html>") == NOTHING
    assert identity(b"<html>") == ("", False)
    assert sequence(b"<html>") == 0


@pytest.mark.parametrize("tried", [(), (b"",)])
def test_where_we_left_nothing_an_event_is_not_remembered(tried: tuple[bytes, ...]) -> None:
    """An event that we never put there is not known; that none is there is as we left it."""
    pushed = {ONE: Pushed(b"", tried=tried)}
    shown = there({ONE: wanted(run(1))[ONE]})
    assert changes_seen(pushed, {})[ONE].what == "untouched"
    assert changes_seen(pushed, shown)[ONE].what == "unremembered"
