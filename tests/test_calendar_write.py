"""The calendar file of a plan: what every reader sees, its head, its alarms, its size."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import given
from icalendar import Calendar, Event

from planner.calendars.write.file import LARGEST, LONGEST_ALARM, to_ical
from planner.clock import later
from planner.errors import InputError
from planner.results.plan import Plan
from planner.wording.plan import event_texts
from planner.wording.rules.explainer import NOTICE
from tests.ics_events import lasts
from tests.ics_parse import Component, events, parse
from tests.ics_rules import problems
from tests.plans import STAMP, a_needling, a_run, plans, week

NEW_YORK = ZoneInfo("America/New_York")


def only(plan: Plan, **options: Any) -> Component:
    """Return the only event of a plan's file."""
    (event,) = events(to_ical(plan, STAMP, **options))
    return event


@given(plans())
def test_nothing_is_wrong_with_the_file_of_any_plan(plan: Plan) -> None:
    """The strict checker finds nothing in the file of any plan, with alarms or without."""
    assert problems(to_ical(plan, STAMP)) == []
    assert problems(to_ical(plan, STAMP, alarm_minutes=90)) == []


def meant(plan: Plan) -> Counter[tuple[object, ...]]:
    """Return what the workouts of a plan are: UID, instants, minutes, texts."""
    return Counter(
        (
            workout.uid,
            workout.start.astimezone(UTC),
            workout.end.astimezone(UTC),
            timedelta(minutes=workout.minutes),
            event_texts.workout_summary(workout),
            event_texts.workout_description(workout),
        )
        for workout in plan.workouts
    )


def seen(found: Iterable[Event]) -> Counter[tuple[object, ...]]:
    """Return what a library sees of the workouts in a file."""
    read: list[tuple[object, ...]] = []
    for event in found:
        start, end = event.start, event.end
        if isinstance(start, datetime) and isinstance(end, datetime):
            start, end = start.astimezone(UTC), end.astimezone(UTC)
            read.append((str(event["UID"]), start, end, end - start, str(event["SUMMARY"]), str(event["DESCRIPTION"])))
    return Counter(read)


@given(plans())
def test_icalendar_reads_back_the_same_instants_minutes_texts_and_uids(plan: Plan) -> None:
    """What icalendar reads is what the plan says, whole days included."""
    read = Calendar.from_ical(to_ical(plan, STAMP))
    assert meant(plan) == seen(read.events)
    noted = {day.date for day in plan.days for treatment in day.treatments if treatment.aftercare}
    assert (noted or ({plan.from_} if not plan.workouts else set())) == {
        event.start for event in read.events if not isinstance(event.start, datetime)
    }


@given(plans())
def test_recurring_ical_events_sees_the_same(plan: Plan) -> None:
    """What an expanding reader sees between the plan's days is what the plan says, each event once."""
    read = Calendar.from_ical(to_ical(plan, STAMP))
    span = (plan.from_ - timedelta(days=2), plan.to + timedelta(days=3))
    found = [event for event in recurring_ical_events.of(read).between(*span) if isinstance(event, Event)]
    assert meant(plan) == seen(found)
    assert len(read.events) == len(found)


@given(plans())
def test_the_own_parser_reads_the_same_texts(plan: Plan) -> None:
    """A reader that knows nothing but RFC 5545 sees the same titles, and that each workout lasts its minutes."""
    read = {event.value("UID"): event for event in events(to_ical(plan, STAMP))}
    for workout in plan.workouts:
        event = read[workout.uid]
        assert event_texts.workout_summary(workout) == event.text("SUMMARY")
        assert timedelta(minutes=workout.minutes) == lasts(event)


@given(plans())
def test_the_same_plan_gives_the_same_bytes(plan: Plan) -> None:
    """Two exports of one plan, one of them a copy, are the same file."""
    copy = Plan.model_validate({**plan.model_dump(by_alias=True), "plan_id": plan.plan_id})
    assert to_ical(plan, STAMP) == to_ical(copy, STAMP)


def test_an_event_is_the_same_whatever_else_the_plan_holds() -> None:
    """A workout's lines do not depend on the other events, so an untouched one stays as it is byte for byte."""
    other = a_run(uid="another-one-1db559e1@workouts.planner", start=datetime(2026, 11, 25, 7, tzinfo=NEW_YORK))
    alone = to_ical(week(a_run()), STAMP)
    together = to_ical(week(a_run(), other.model_copy(update={"end": later(other.start, minutes=40)})), STAMP)
    (block,) = re.findall(rb"BEGIN:VEVENT.*?END:VEVENT\r\n", alone, re.DOTALL)
    assert block in together


def test_the_calendar_is_named_after_the_case() -> None:
    """Both names are the case's, and they are equal."""
    file = parse(to_ical(week(a_run(), case="Henry, 2nd"), STAMP).decode()).parts[0]
    names = [file.text(name) for name in ("NAME", "X-WR-CALNAME")]
    assert names == ["Henry, 2nd – training plan"] * 2  # noqa: RUF001 (a dash between words)


@pytest.mark.parametrize("case", ["", " \t", "\x00"])
def test_a_case_without_a_name_makes_a_training_plan(case: str) -> None:
    """An empty name, or one that nobody can see, leaves no dash behind."""
    file = parse(to_ical(week(a_run(), case=case), STAMP).decode()).parts[0]
    assert file.text("NAME") == "Training plan"


def test_the_notice_stands_in_the_calendar_and_not_in_its_events() -> None:
    """That this is no medical advice is said once, where clients show a calendar's description."""
    file = parse(to_ical(week(a_run(), treatments=(a_needling(),)), STAMP).decode()).parts[0]
    assert [file.text(name) for name in ("DESCRIPTION", "X-WR-CALDESC")] == [NOTICE] * 2
    assert not [event for event in file.parts for line in event.lines if NOTICE in line.text]


def test_the_parts_of_a_zone_are_named_as_the_zone_names_them() -> None:
    """A client that knows no such zone shows its times as EST and EDT."""
    calendar = parse(to_ical(week(a_run()), STAMP).decode()).parts[0]
    (zone,) = (part for part in calendar.parts if part.name == "VTIMEZONE")
    assert {"STANDARD": "EST", "DAYLIGHT": "EDT"} == {part.name: part.value("TZNAME") for part in zone.parts}


def test_events_stand_in_order_of_start_then_uid() -> None:
    """At one moment the UID decides, whatever the order in the plan."""
    twin = a_run(uid="0000000000000000-1db559e1ecb70df2955e@workouts.planner")
    found = [event.text("UID") for event in events(to_ical(week(a_run(), twin), STAMP))]
    assert found == sorted(found)


def test_no_alarm_is_written_unless_asked_for() -> None:
    """Reminders are off by default."""
    assert b"VALARM" not in to_ical(week(a_run()), STAMP)


def test_an_alarm_displays_the_title_so_many_minutes_before() -> None:
    """One alarm, relative to the start and before it."""
    (alarm,) = only(week(a_run()), alarm_minutes=90).parts
    names = ("ACTION", "DESCRIPTION", "TRIGGER")
    assert [alarm.value(name) for name in names] == ["DISPLAY", "Easy run · 40 min", "-PT1H30M"]


def test_whole_days_have_no_alarm() -> None:
    """A note for a day would ring in the night."""
    assert only(week(treatments=(a_needling(),)), alarm_minutes=15).parts == []


@pytest.mark.parametrize("minutes", [1, LONGEST_ALARM])
def test_the_shortest_and_the_longest_alarm_are_written(minutes: int) -> None:
    """One minute and four weeks are fine."""
    assert problems(to_ical(week(a_run()), STAMP, alarm_minutes=minutes)) == []


@pytest.mark.parametrize("minutes", [0, -1, LONGEST_ALARM + 1])
def test_an_alarm_at_the_start_or_too_early_is_refused(minutes: int) -> None:
    """Outlook would turn a later one into an earlier one, and Google takes none before four weeks."""
    with pytest.raises(InputError, match=r"alarm_minutes: -?\d+ minutes is out of range; give 1 to 40320"):
        to_ical(week(a_run()), STAMP, alarm_minutes=minutes)


def sized(characters: int) -> Plan:
    """Return a plan whose one event has so many characters more than one with an empty check."""
    return week(a_run(check="x" * (characters + 1)))


@pytest.mark.once
def test_a_file_as_large_as_calendars_take_is_written() -> None:
    """The largest file that fits is written, and the next larger one is refused with what to do."""
    fits, room = 0, LARGEST - len(to_ical(sized(0), STAMP))
    # One more is a byte, or four where it begins a line: so many always fit.
    while room >= 4:
        fits += max((room - 3) * 74 // 77, 1)
        room = LARGEST - len(to_ical(sized(fits), STAMP))
    # What is left holds at most three more, and the first that does not fit is refused.
    sizes = (len(to_ical(sized(fits + more), STAMP)) for more in range(5))
    written: list[int] = []
    with pytest.raises(InputError, match="calendars take 1,000,000; plan fewer weeks"):
        written.extend(sizes)
    assert LARGEST - 4 < max(written) <= LARGEST
