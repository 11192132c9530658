"""A plan's file, written again: what stays to the byte, what moves, what is cancelled, and what people did to it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import icalendar
import pytest

from planner.calendars.write.changes import deleted_by_hand, moved_by_hand, restored_by_hand
from planner.calendars.write.file import to_ical
from planner.calendars.write.memory import Remembered, read_memory, sealed
from planner.cli import main
from planner.clock import later
from planner.errors import InputError
from planner.results.plan import Changes
from planner.revision.revise import find_prior_plan, weeks_of
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.choose import choose
from planner.scheduling.task import prepare
from tests.cases import MONDAY, case_of
from tests.ics_files import NEW_YORK
from tests.ics_parse import Component
from tests.ics_rules import problems
from tests.living import Living, by_uid, on, starts, texts, treated, week_of
from tests.plans import STAMP, a_needling, a_run, week

pytestmark = pytest.mark.once


def made(**changes: Any) -> Living:
    """Return the article's week as it was written on Monday at six."""
    living = Living()
    living.again(**changes)
    return living


def in_short(changes: Changes) -> dict[str, list[str]]:
    """Return what changed, in short."""
    return {
        name: [f"{one.title} {one.from_:%a %H:%M}" if one.from_ else one.title for one in getattr(changes, name)]
        for name in Changes.model_fields
    }


def edited(living: Living, uid: str, old: str, new: str) -> None:
    """Change a text within one event of the file, as a person with an editor does."""
    body = texts(living.file)[uid]
    assert old.encode() in body
    living.file = living.file.replace(body, body.replace(old.encode(), new.encode()))


def uid_of(living: Living, start: datetime) -> str:
    """Return the UID of the workout that begins at a time."""
    (uid,) = (
        uid for uid, one in by_uid(living.file).items() if starts(one) == start and one.value("X-PLANNER-WORKOUT")
    )
    return uid


def is_run(event: Component) -> bool:
    """Return whether an event is a run that is on."""
    return (event.value("X-PLANNER-WORKOUT") or "").startswith("run") and event.value("STATUS") == "CONFIRMED"


def test_the_week_of_these_tests() -> None:
    """The arithmetic below hangs on it."""
    assert week_of(made()) == [
        "Mon 07:00 run_easy",
        "Wed 06:30 bike_easy",
        "Wed 18:00 upper_body",
        "Thu 07:00 bike_easy",
        "Fri 07:00 run_easy",
        "Sat 09:00 upper_body",
        "Sun 09:00 run_long",
    ]


def test_planning_again_changes_no_byte() -> None:
    """An hour later nothing has happened: the same file, DTSTAMP included."""
    living = made()
    before = living.file
    living.pass_time(minutes=30)
    changes = living.again().changes
    assert living.file == before
    assert {name: len(getattr(changes, name)) for name in Changes.model_fields} == {
        "added": 0,
        "moved": 0,
        "changed": 0,
        "cancelled": 0,
        "unchanged": 7,
        "treatments": 0,
    }


def test_a_moved_appointment_moves_what_the_rules_force_and_nothing_else() -> None:
    """Needled on Thursday evening instead: Friday's run has no place and moves, and whatever can stay does."""
    living = made()
    before = by_uid(living.file)
    uid = uid_of(living, on(4, 7))
    living.pass_time(minutes=30)
    changes = living.again(**treated(on(3, 18))).changes
    assert uid in {one.uid for one in (*changes.moved, *changes.cancelled)}
    stayed = {one.uid for one in (*changes.unchanged, *changes.changed)}
    assert {uid_of(living, start) for start in (on(0, 7), on(2, 6, 30), on(2, 18), on(5, 9))} == stayed
    for one in changes.moved:
        now = by_uid(living.file)[one.uid]
        assert int(now.text("SEQUENCE")) == int(before[one.uid].text("SEQUENCE")) + 1
        assert (one.from_, one.to) == (starts(before[one.uid]), starts(now))


def test_a_dropped_workout_is_cancelled_once_and_stays_so() -> None:
    """Fewer rides wished for: one is cancelled with its title saying so, and later files hold just the same event."""
    living = made()
    changes = living.again(goals={"runs": 3, "bikes": 1, "upper_body": 2, "long_run": "sunday"}).changes
    (gone,) = changes.cancelled
    event = by_uid(living.file)[gone.uid]
    assert event.text("SUMMARY") == "Cancelled: Easy bike ride · 45 min"
    assert [event.value(name) for name in ("STATUS", "SEQUENCE", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")] == [
        "CANCELLED",
        "1",
        "TRANSPARENT",
        "FREE",
    ]
    before = texts(living.file)[gone.uid]
    living.pass_time(hours=2)
    assert living.again().changes.cancelled == ()
    assert texts(living.file)[gone.uid] == before
    assert problems(living.file) == []


def test_the_note_on_another_treatment_is_another_note() -> None:
    """Massage instead of needling at the same time: the old note is cancelled, and its UID is not used again."""
    living = made()
    old = {uid for uid, event in by_uid(living.file).items() if event.value("X-PLANNER-TREATMENT")}
    living.again(**treated(on(1, 9, 30), kind="massage"))
    shown = by_uid(living.file)
    notes = {uid: event.value("STATUS") for uid, event in shown.items() if event.value("X-PLANNER-TREATMENT")}
    assert len(notes) == 2
    assert [notes[uid] for uid in old] == ["CANCELLED"]


def test_a_cancelled_workout_that_comes_back_at_its_time_is_itself_again() -> None:
    """The ride returns: the same UID, confirmed, its SEQUENCE higher still."""
    living = made()
    goals = living.data["goals"]
    (gone,) = living.again(goals={**goals, "bikes": 1}).changes.cancelled
    (back,) = living.again(goals=goals).changes.added
    assert back.uid == gone.uid
    event = by_uid(living.file)[back.uid]
    assert [event.value("STATUS"), event.value("SEQUENCE"), event.text("SUMMARY")] == [
        "CONFIRMED",
        "2",
        "Easy bike ride · 45 min",
    ]


@pytest.mark.parametrize(("minutes", "stands"), [(-1, False), (0, True), (1, True)])
def test_what_has_begun_is_never_touched(minutes: int, stands: bool) -> None:
    """A minute before Monday's run it may go; from the moment it begins it stays, whatever is wished."""
    living = made()
    uid = uid_of(living, on(0, 7))
    before = texts(living.file)[uid]
    living.now = on(0, 7) + timedelta(minutes=minutes)
    living.again(goals={"runs": 0, "bikes": 2})
    assert (texts(living.file)[uid] == before) == stands
    assert by_uid(living.file)[uid].value("STATUS") == ("CONFIRMED" if stands else "CANCELLED")


def test_planning_from_a_past_day_on_adds_nothing_to_the_past() -> None:
    """On Thursday the week is planned from Monday on, twice: the note on Tuesday's needling stays the only one."""
    living = made()
    living.pass_time(days=3)
    before = living.file
    for _ in range(2):
        living.again(start=on(0).date())
        assert living.file == before


@pytest.mark.parametrize(("seconds", "taken"), [(0, False), (-1, True)])
def test_nothing_new_is_planned_for_this_very_moment(seconds: int, taken: bool) -> None:
    """What begins now is past, and stays so; a ride that is wished for now may begin in a second."""
    living = made(goals={**Living().data["goals"], "upper_body": 1})
    living.now = on(5, 9) + timedelta(seconds=seconds)
    living.again(goals={**living.data["goals"], "bikes": 5, "rest_days": 0})
    assert (on(5, 9) in {starts(one) for one in by_uid(living.file).values()}) == taken
    before = living.file
    living.again()
    assert living.file == before


def test_what_was_done_counts_for_the_rest_of_its_week() -> None:
    """On Saturday two of the week's three runs are behind: one is still to come, none more."""
    living = made()
    living.now = on(5, 6)
    living.again()
    assert [one for one in week_of(living)[:7] if "run" in one] == [
        "Mon 07:00 run_easy",
        "Fri 07:00 run_easy",
        "Sun 09:00 run_long",
    ]


def test_weeks_go_on_as_they_were_counted() -> None:
    """Planned again on Thursday, the plan reaches to Wednesday, and its weeks still begin on Mondays."""
    living = made()
    living.now = on(3, 6)
    living.again()
    assert living.plan is not None
    assert (living.plan.from_, living.plan.to, living.plan.weeks_from) == (on(3).date(), on(9).date(), on(0).date())


def test_what_the_log_says_beats_what_was_planned() -> None:
    """Monday's run became a ride: Tuesday may have another look, and the week has one ride less to give."""
    living = made()
    living.now = on(1, 6)
    ride = {"date": on(0).date(), "did": "bike_easy", "minutes": 45}
    living.again(log=[ride])
    this_week = [one for uid, one in by_uid(living.file).items() if on(1) < starts(one) < on(7)]
    assert (
        sum(one.value("X-PLANNER-WORKOUT") == "bike_easy" for one in this_week if one.value("STATUS") == "CONFIRMED")
        == 1
    )
    assert sum((one.value("X-PLANNER-WORKOUT") or "").startswith("run") for one in this_week) == 3


def test_a_time_edited_by_hand_is_where_the_workout_goes() -> None:
    """Saturday's strength is dragged to the evening, outside of the start windows: it stays there from then on."""
    living = made()
    uid = uid_of(living, on(5, 9))
    edited(living, uid, "T090000", "T190000")
    edited(living, uid, "T094000", "T194000")
    living.pass_time(minutes=20)
    assert [one.uid for one in living.again().changes.changed] == [uid]
    living.pass_time(hours=24)
    assert living.again().changes.changed == ()
    assert starts(by_uid(living.file)[uid]) == on(5, 19)
    assert by_uid(living.file)[uid].value("X-PLANNER-BY-HAND") == "MOVED"


def test_a_time_edited_by_hand_that_a_rule_forbids_is_told() -> None:
    """Friday's run is dragged to Wednesday, the morning after needling: it goes elsewhere, and the plan says why."""
    living = made()
    uid = uid_of(living, on(4, 7))
    edited(living, uid, "20261127", "20261125")
    living.again()
    assert living.plan is not None
    assert starts(by_uid(living.file)[uid]) != on(2, 7)
    told = [
        note for note in living.plan.notes if note.startswith("You moved the easy run to Wed 25 Nov, 07:00. It cannot")
    ]
    assert len(told) == 1


def test_a_forbidden_time_edited_by_hand_takes_no_start_window_away() -> None:
    """Friday's run is dragged to Wednesday's morning, where it cannot stand: the ride that stood there stays."""
    living = made()
    ride = uid_of(living, on(2, 6, 30))
    edited(living, uid_of(living, on(4, 7)), "20261127", "20261125")
    assert ride in {one.uid for one in living.again().changes.unchanged}
    assert starts(by_uid(living.file)[ride]) == on(2, 6, 30)


def test_a_text_edited_by_hand_stays_while_the_plan_says_the_same() -> None:
    """Somebody noted where to meet: that event is theirs; only its lines are folded as they must be."""
    living = made()
    uid = uid_of(living, on(6, 9))
    edited(living, uid, "DESCRIPTION:Effort", "DESCRIPTION:Meet at the bridge. Effort")
    before = texts(living.file)[uid]
    written = living.again()
    assert texts(living.file)[uid].replace(b"\r\n ", b"") == before.replace(b"\r\n ", b"")
    assert written.overwritten == ()
    assert problems(living.file) == []


def test_a_text_edited_by_hand_that_is_overwritten_is_told() -> None:
    """When the workout itself must change, its old words go, and the command is told to keep the old file."""
    living = made()
    uid = uid_of(living, on(4, 7))
    edited(living, uid, "DESCRIPTION:Effort", "DESCRIPTION:Meet at the bridge. Effort")
    written = living.again(fitness={**living.data["fitness"], "easy_run_minutes": 60, "longest_run_minutes": 90})
    assert [event.uid for event in written.overwritten] == [uid]


def test_what_others_put_into_the_file_stays() -> None:
    """An event of the person's own, in a zone of its own making, is carried along."""
    living = made()
    own = (
        "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\n"
        "TZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
        "BEGIN:VEVENT\r\nUID:mine@example.org\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;TZID=Ours:20261130T200000\r\n"
        "SUMMARY:Choir\r\nEND:VEVENT\r\n"
    )
    living.file = living.file.replace(b"END:VCALENDAR\r\n", f"{own}END:VCALENDAR\r\n".encode())
    living.pass_time(hours=24)
    living.again()
    assert b"SUMMARY:Choir" in living.file
    assert b"TZID:Ours\r\n" in living.file


def test_other_line_ends_and_folds_are_read() -> None:
    """An editor that saved with LF and without folds did no harm."""
    living = made()
    events = texts(living.file)
    living.file = living.file.replace(b"\r\n ", b"").replace(b"\r\n", b"\n")
    living.again()
    assert texts(living.file) == events


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"DTSTART;TZID=America/New_York:20261127T070000", b"X-LOST:1", "does not have exactly one DTSTART"),
        (
            b"DTEND;TZID=America/New_York:20261127T072800",
            b"DTEND;TZID=America/New_York:20261127T060000",
            "does not end after it begins",
        ),
        (b"20261127T070000", b"20261327T070000", "cannot be read"),
        (b"SEQUENCE:0", b"SEQUENCE:none", "cannot be read"),
        (b"END:VCALENDAR", b"", "does not end"),
        (b"END:VEVENT\r\nBEGIN:VEVENT", b"BEGIN:VEVENT", "does not begin there"),
        (b"X-PLANNER-TO", b"??", "is no line of a calendar"),
        ("·".encode(), b"\xff", "is not UTF-8 text"),
    ],
)
def test_a_damaged_file_is_refused_with_its_line(old: bytes, new: bytes, message: str) -> None:
    """Nothing is guessed: the line is named, and what to do."""
    file = made().file
    assert old in file
    with pytest.raises(InputError) as caught:
        read_memory(file.replace(old, new), "week.ics", on(0, 6))
    for problem in caught.value.problems:
        assert problem.field.startswith("line ")
        assert "move the file away" in problem.right
    assert any(message in problem.wrong for problem in caught.value.problems)


def test_every_broken_event_is_named_at_once() -> None:
    """Three broken events are three lines."""
    with pytest.raises(InputError) as caught:
        read_memory(made().file.replace(b"SEQUENCE:0", b"SEQUENCE:none", 3), "week.ics", on(0, 6))
    assert len(caught.value.problems) == 3


def test_an_event_that_stands_there_twice_is_refused() -> None:
    """Two events with one UID: whoever wrote that must say which is right."""
    file = made().file
    event = b"BEGIN:VEVENT\r\n" + next(iter(texts(file).values())) + b"END:VEVENT\r\n"
    with pytest.raises(InputError, match="two events have the UID"):
        read_memory(file.replace(event, event + event), "week.ics", on(0, 6))


def test_a_change_is_stamped_later_even_where_the_clock_went_back() -> None:
    """DTSTAMP rises with SEQUENCE, whatever the machine's clock says."""
    living = made()
    before = by_uid(living.file)
    memory = living.memory()
    assert memory is not None
    living.now -= timedelta(days=2)
    changes = living.again(start=on(0).date(), goals={"runs": 3, "bikes": 1, "upper_body": 2}).changes
    assert changes.cancelled
    for one in changes.cancelled:
        assert by_uid(living.file)[one.uid].text("DTSTAMP") > before[one.uid].text("DTSTAMP")


def test_a_danger_sign_cancels_what_was_planned() -> None:
    """Fever: every workout to come is cancelled, and a note says to read."""
    living = made()
    living.again(log=[{"date": on(0).date(), "signs": ["fever"]}])
    assert week_of(living) == []
    assert living.plan is not None
    assert living.plan.cleared
    assert problems(living.file) == []


def test_a_plan_of_one_week_keeps_its_distance_from_the_weeks_that_stand_after_it() -> None:
    """Three weeks stand in the calendar; only the first is planned again, with one more run wished for."""
    living = made(weeks=3)
    later = {uid: text for uid, text in texts(living.file).items() if starts(by_uid(living.file)[uid]) > on(7)}
    living.again(goals={**living.data["goals"], "runs": 4})
    assert {uid: text for uid, text in texts(living.file).items() if uid in later} == later
    runs = [
        starts(one).date()
        for one in by_uid(living.file).values()
        if (one.value("X-PLANNER-WORKOUT") or "").startswith("run")
    ]
    assert all((after - before).days >= 2 for before, after in zip(sorted(runs), sorted(runs)[1:], strict=False))


def test_a_run_that_stands_on_the_day_after_the_plan_keeps_runs_away() -> None:
    """The second week's first run was dragged to Monday and stands; the Sunday before it holds no run any more."""
    living = made(weeks=2, treatments=[], availability={"default": "07:00-08:30"})
    edited(living, uid_of(living, on(8, 7)), "20261201", "20261130")
    living.again(weeks=1)
    days = sorted({starts(one).astimezone(on(0).tzinfo).date() for one in by_uid(living.file).values() if is_run(one)})
    assert on(7).date() in days
    assert on(6).date() not in days


def test_a_plan_from_next_week_on_keeps_its_distance_from_the_days_that_stand_before_it() -> None:
    """Nothing of this week is past yet, and its Sunday holds the long run: none runs on Monday."""
    living = made()
    before = texts(living.file)
    living.again(start=on(7).date())
    assert {uid: text for uid, text in texts(living.file).items() if uid in before} == before
    runs = sorted(
        starts(one).date()
        for one in by_uid(living.file).values()
        if (one.value("X-PLANNER-WORKOUT") or "").startswith("run")
    )
    assert [(later - earlier).days for earlier, later in pairwise(runs)] == [4, 2, 3, 2, 2]


def test_what_stands_on_days_not_planned_now_counts_however_few_are_wished_for() -> None:
    """From Sunday on, one workout of a kind is wished for where two stand already: each of them is reckoned with."""
    living = made()
    memory = living.memory()
    assert memory is not None
    case = case_of(**{**living.data, "goals": {"runs": 1, "bikes": 1, "upper_body": 1, "rest_days": 5}})
    book, weeks = shipped_rulebook(), weeks_of(on(6).date(), 1, memory.earlier)
    task = prepare(case, book, weeks, MONDAY, find_prior_plan(memory.earlier, case, book, weeks))
    solution, candidates = choose(task)
    standing = [candidates[option.key] for options in solution.days for option in options]
    assert [one.start for one in standing if one.done] == [
        *(on(0, 7), on(2, 6, 30), on(2, 18), on(3, 7), on(4, 7), on(5, 9))
    ]
    assert [one.start for one in standing if not one.done and one.start < on(7)] == []


def test_a_plan_of_fewer_weeks_says_that_the_rest_was_not_looked_at() -> None:
    """Three weeks stand in the calendar, one is planned again: the note says how to plan them all; then it is gone."""
    living = made(weeks=3)
    for weeks, expected in ((1, 1), (3, 0)):
        living.again(weeks=weeks)
        assert living.plan is not None
        told = [note for note in living.plan.notes if note.startswith("The calendar goes on to Sun 13 Dec.")]
        assert len(told) == expected
        assert all("plan with --weeks 3" in note for note in told)


@pytest.mark.parametrize(("weeks", "expected"), [(52, "--weeks 52"), (53, "a later --from")])
def test_the_weeks_that_are_named_can_be_planned(weeks: int, expected: str) -> None:
    """What stands more than a year ahead is reached from a later day on."""
    living = made()
    living.again(start=on(7 * (weeks - 1)).date())
    living.again()
    assert living.plan is not None
    assert [note for note in living.plan.notes if f"plan with {expected} to have it changed too" in note] != []


def test_a_file_that_has_become_too_large_forgets_what_is_long_past(monkeypatch: pytest.MonkeyPatch) -> None:
    """After ten weeks the oldest workouts go, for as many bytes as are too many, and none of the last 60 days."""
    living = made(weeks=10)
    living.now = on(69, 6)
    living.again()
    whole = by_uid(living.file)
    monkeypatch.setattr("planner.calendars.write.file.LARGEST", len(living.file) - 2000)
    living.again()
    order = list(whole)
    kept = list(by_uid(living.file))
    assert 0 < len(order) - len(kept) < 5
    assert order[-len(kept) :] == kept
    assert all(starts(whole[uid]) < on(9, 6) for uid in order[: -len(kept)])


def test_a_run_that_was_run_after_a_break_is_the_first_one_back() -> None:
    """Friday's run came 69 hours after needling and is behind: on Saturday the long run of Sunday stays long."""
    living = made()
    living.now = on(5, 6)
    changes = living.again().changes
    assert (changes.moved, changes.changed, changes.cancelled) == ((), (), ())
    assert "Sun 09:00 run_long" in week_of(living)


def test_a_break_is_remembered_until_a_run_follows() -> None:
    """No run fits for six days after needling; a week later the first one back is still to come, and stays short."""
    closed: dict[str, list[str]] = {f"{on(number):%A}".lower(): [] for number in range(1, 7)}
    living = made(
        weeks=2, goals={"runs": 1}, availability={"default": "07:00-08:30", **closed}, **treated(on(1, 9, 30))
    )
    first = by_uid(living.file)[uid_of(living, on(7, 7))]
    assert first.text("SUMMARY") == "Easy run · 28 min"
    living.now = on(7, 6)
    assert living.again(weeks=1).changes.changed == ()


def remembered_run(**more: str) -> Remembered:
    """Return a run as its plan's file holds it, with lines added to it."""
    content = to_ical(week(a_run()), STAMP)
    for name, value in more.items():
        line = f"{name.replace('_', '-')}:{value}\r\nEND:VEVENT"
        content = content.replace(b"END:VEVENT", line.encode())
    (found,) = read_memory(content, "week.ics", STAMP).events.values()
    return found


@pytest.mark.parametrize("more", [{}, {"X_PLANNER_BY_HAND": "MOVED"}])
def test_an_event_that_a_person_deleted_is_cancelled_and_says_so(more: dict[str, str]) -> None:
    """Once each: that it is cancelled, that a person did it, and the seal of how it stands now."""
    old = remembered_run(**more)
    gone = deleted_by_hand(old, later(STAMP, hours=1))
    names = [line.name for line in gone.block.lines]
    said = {line.name: line.value for line in gone.block.lines}
    assert ("CANCELLED", "DELETED", "TRANSPARENT") == (said["STATUS"], said["X-PLANNER-BY-HAND"], said["TRANSP"])
    assert (1, 1) == (names.count("X-PLANNER-SEAL"), names.count("X-PLANNER-BY-HAND"))
    assert str(old.event.sequence + 1) == said["SEQUENCE"]
    assert (True, "deleted", old.event.sequence + 1) == (gone.event.cancelled, gone.event.by_hand, gone.event.sequence)
    assert sealed(gone.block, gone.event.start, gone.event.end) == f"X-PLANNER-SEAL:{said['X-PLANNER-SEAL']}"
    assert said["SUMMARY"].startswith("Cancelled: ")


def test_an_event_that_a_person_moved_is_wished_for_where_they_put_it() -> None:
    """Its time is theirs; what the file says of it is made anew with the next plan."""
    old = remembered_run()
    start = later(STAMP, hours=30)
    moved = moved_by_hand(old, start, later(start, minutes=40))
    assert (start, later(start, minutes=40), "moved") == (moved.event.start, moved.event.end, moved.event.by_hand)
    assert (old.block, old.event.uid) == (moved.block, moved.event.uid)


def test_an_event_that_a_person_put_back_is_on_again_where_they_have_it() -> None:
    """Under its own title, and wished for at that time as one that they moved."""
    old = remembered_run()
    cancelled = old._replace(event=old.event._replace(cancelled=True, title=f"Cancelled: {old.event.title}"))
    start = later(STAMP, hours=30)
    back = restored_by_hand(cancelled, start, later(start, minutes=40), STAMP).event
    assert (old.event.title, False, "moved", start) == (back.title, back.cancelled, back.by_hand, back.start)


@pytest.mark.parametrize("alarm", [None, 15])
def test_the_seal_stands_last_of_an_events_own_lines(alarm: int | None) -> None:
    """Before its alarm, where it has one: a reader that drops what follows an alarm keeps the seal."""
    lines = to_ical(week(a_run()), STAMP, alarm_minutes=alarm).decode().split("\r\n")
    (number,) = (number for number, line in enumerate(lines) if line.startswith("X-PLANNER-SEAL:"))
    assert lines[number + 1] == ("END:VEVENT" if alarm is None else "BEGIN:VALARM")


@pytest.mark.parametrize("start", [datetime(2026, 11, 25, 9, 30, tzinfo=NEW_YORK), date(2026, 11, 25)])
def test_a_note_remembers_which_treatment_it_is_about(start: datetime | date) -> None:
    """By its moment, or by its day where the time is not known: so the note on another treatment is another one."""
    end = later(start, minutes=45) if isinstance(start, datetime) else start + timedelta(days=1)
    content = to_ical(week(a_run(), treatments=(a_needling(start=start, end=end),)), STAMP)
    notes = [one.event for one in read_memory(content, "week.ics", STAMP).events.values() if one.event.about]
    assert [start] == [note.about for note in notes]
    assert isinstance(start, datetime) == isinstance(notes[0].about, datetime)


def test_the_weeks_of_a_plans_file_are_those_that_it_names() -> None:
    """Not those of its workouts, unless somebody took the lines out."""
    content = to_ical(week(a_run()), STAMP)
    named = read_memory(content, "week.ics", STAMP).earlier
    assert (date(2026, 11, 23), date(2026, 11, 29)) == (named.first, named.last)
    bare = re.sub(rb"X-PLANNER-(FROM|TO):[^\r]*\r\n", b"", content)
    (run,) = read_memory(bare, "week.ics", STAMP).events.values()
    guessed = read_memory(bare, "week.ics", STAMP).earlier
    assert (run.event.day, run.event.day) == (guessed.first, guessed.last)
    assert named.first != guessed.first or named.last != guessed.last


OF_0_1 = Path(__file__).parent / "golden" / "a_plan_of_0_1_from_a_thursday.ics"
"""What 0.1 wrote on Thursday 19 November 2026 for two weeks, by weeks from Thursday to Wednesday."""
CASE_OF_0_1 = """
timezone = "Europe/Berlin"
injury = { region = "calf", severity = "mild" }
treatments = [{ kind = "dry needling", start = 2026-11-20T09:30:00 }]
goals = { runs = 3, bikes = 2, upper_body = 1, long_run = "sunday" }
availability = { default = "06:30-08:00", saturday = "08:00-11:00", sunday = "08:00-11:00" }
"""


@pytest.mark.parametrize("today", ["2026-11-19", "2026-11-21", "2026-11-23", "2026-11-26"])
def test_a_plan_that_0_1_wrote_keeps_its_identities(
    today: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its weeks began on a Thursday: none of its UIDs becomes another workout, none is made anew for what stands."""
    case, calendar = tmp_path / "me.toml", tmp_path / "me.ics"
    case.write_text(CASE_OF_0_1)
    calendar.write_bytes(OF_0_1.read_bytes())
    assert main(["plan", str(case), "--today", today, "--weeks", "2", "-o", str(calendar)]) == 0
    before, after = (events_by_uid(content) for content in (OF_0_1.read_bytes(), calendar.read_bytes()))
    assert before.keys() <= after.keys()
    assert all(after[uid]["X-PLANNER-WORKOUT"] == event["X-PLANNER-WORKOUT"] for uid, event in before.items())
    living = [uid for uid in before if after[uid].get("STATUS") != "CANCELLED"]
    assert len(living) >= len(before) - 3
    past = [uid for uid, event in before.items() if str(event["DTSTART"].dt.date()) < today]
    assert all(after[uid]["DTSTART"].dt == before[uid]["DTSTART"].dt for uid in past)
    capsys.readouterr()


def events_by_uid(content: bytes) -> dict[str, Any]:
    """Return the workouts of a calendar file."""
    found = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return {str(event["UID"]): event for event in found if "X-PLANNER-WORKOUT" in event}
