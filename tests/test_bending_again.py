"""A plan that is bent again finds its sessions in the calendar, whatever the feed calls them, and keeps what it can."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from planner import InputError, Plan
from planner.calendars.write.changes import deleted_by_hand
from planner.calendars.write.file import Written, write
from planner.calendars.write.memory import Memory, read_memory
from planner.case.coach import CoachCalendar, ReadAs
from planner.case.file import parse_case
from planner.case.model import Case, Race
from planner.cli import main
from planner.clock import Minutes
from planner.rulebook.file import shipped_rulebook
from planner.wording.coached import bent_notes
from planner.wording.plan.private import private_plan
from tests.bent_cases import FOLDER, bent, bent_case, coached_weeks
from tests.readme import blocks

pytestmark = pytest.mark.once

EXAMPLE = "01_easy_run_after_needling"
STAMP = datetime(2026, 11, 20, 8, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def coach(*, week: str = "") -> str:
    """Return the example's calendar, its week in other words where they are given."""
    return week or (FOLDER / EXAMPLE / "coach.ics").read_text()


def memory_of(content: bytes, case: Case) -> Memory:
    """Return what a plan's file holds on the first day of the example."""
    return read_memory(content, "bent.ics", datetime(2026, 11, 23, tzinfo=case.tz))


def made(folder: Path, feed: str, old: bytes | None = None, *, private: bool = False) -> tuple[Plan, Written]:
    """Return the plan of the example with a feed, and its file, made again where an old one is given."""
    (folder / "coach.ics").write_text(feed)
    case, today, weeks = bent_case(EXAMPLE)
    memory = None if old is None else memory_of(old, case)
    planned = bent(case, today, weeks, folder, memory)
    return planned, write(planned, STAMP, memory=memory, private=private)


def events(content: bytes) -> dict[str, str]:
    """Return the events of a file by their UIDs, their lines unfolded."""
    text = content.decode().replace("\r\n ", "")
    blocks = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, flags=re.DOTALL)
    return {re.search(r"UID:(.*)\r", block)[1]: block for block in blocks}  # type: ignore[index]


def sequence(block: str) -> int:
    """Return how often an event was changed."""
    found = re.search(r"SEQUENCE:(\d+)", block)
    assert found is not None
    return int(found[1])


def test_the_same_plan_again_changes_no_byte(tmp_path: Path) -> None:
    """Who fetches the same calendar again gets the same file."""
    _, first = made(tmp_path, coach())
    _, again = made(tmp_path, coach(), first.content)
    assert again.content == first.content


def test_events_with_new_uids_at_each_fetch_are_the_same_sessions(tmp_path: Path) -> None:
    """Some feeds give every event a new UID: the sessions are found by day and title, and nothing changes."""
    _, first = made(tmp_path, coach())
    _, again = made(tmp_path, re.sub(r"UID:w(\d)@coach", r"UID:other-\1@feed", coach()), first.content)
    assert set(events(again.content)) == set(events(first.content))
    assert {sequence(block) for block in events(again.content).values()} == {0}


def test_only_the_session_that_the_coach_moves_counts_up(tmp_path: Path) -> None:
    """All UIDs are new and the long run goes to Saturday: it keeps its own UID, and no other event changes."""
    _, first = made(tmp_path, coach())
    feed = re.sub(r"UID:w(\d)@coach", r"UID:other-\1@feed", coach())
    feed = feed.replace("20261128\nSUMMARY:Rest", "20261129\nSUMMARY:Rest")
    feed = feed.replace("20261129\nSUMMARY:14 km", "20261128\nSUMMARY:14 km")
    planned, again = made(tmp_path, feed, first.content)
    long_run = next(one for one in planned.workouts if one.source is not None and "14 km" in one.source.title)
    assert long_run.start.date() == date(2026, 11, 28)
    before, after = events(first.content), events(again.content)
    assert set(before) == set(after)
    assert [uid for uid, block in after.items() if sequence(block)] == [long_run.uid]


def test_a_session_that_the_coach_takes_out_is_cancelled(tmp_path: Path) -> None:
    """What is gone between today and the feed's last event is cancelled."""
    _, first = made(tmp_path, coach())
    gone = re.sub(r"BEGIN:VEVENT\nUID:w5@coach\n.*?END:VEVENT\n", "", coach(), flags=re.DOTALL)
    _, again = made(tmp_path, gone, first.content)
    assert [one.title for one in again.changes.cancelled] == ["Easy run · 35 min (was: 6 km easy)"]


def test_a_session_behind_the_end_of_the_feed_stays(tmp_path: Path) -> None:
    """A feed that reaches less far says nothing of the days behind its end."""
    _, first = made(tmp_path, coach())
    short = re.sub(r"BEGIN:VEVENT\nUID:w[67]@coach\n.*?END:VEVENT\n", "", coach(), flags=re.DOTALL)
    _, again = made(tmp_path, short, first.content)
    assert "STATUS:CANCELLED" not in again.content.decode()
    assert "14 km Long Run" in again.content.decode()


def test_the_note_on_an_appointment_that_is_off_goes_also_behind_the_end_of_the_feed(tmp_path: Path) -> None:
    """What the feed does not reach is the coach's to say; an appointment is the person's."""
    (tmp_path / "coach.ics").write_text(
        re.sub(r"BEGIN:VEVENT\nUID:w[67]@coach\n.*?END:VEVENT\n", "", coach(), flags=re.DOTALL)
    )
    massage = '\n[[treatments]]\nkind = "massage"\nregion = "calf"\nstart = 2026-11-29T15:00:00\n'
    case, today, weeks = bent_case(EXAMPLE, text=massage)
    first = write(bent(case, today, weeks, tmp_path), STAMP)
    case, today, weeks = bent_case(EXAMPLE)
    memory = memory_of(first.content, case)
    again = write(bent(case, today, weeks, tmp_path, memory), STAMP, memory=memory).content.decode()
    assert again.count("STATUS:CANCELLED") == first.content.decode().count("STATUS:CANCELLED") + 1
    assert "TREATMENT:massage" in again[again.index("SUMMARY:Cancelled: Treatment day") :]


def test_an_empty_feed_changes_nothing(tmp_path: Path) -> None:
    """A failed download is an error that says where the feed ends, not a week without training."""
    with pytest.raises(InputError, match="holds no workout between 2026-11-23 and 2026-11-29; its last is on"):
        made(
            tmp_path, coach().replace("DTSTART;VALUE=DATE:202611", "DTSTART;VALUE=DATE:202610").replace("1031", "1030")
        )


def test_a_private_file_holds_no_word_of_theirs(tmp_path: Path) -> None:
    """Neither title nor text of the coach, and no reason, stands in a private file; it is found again all the same."""
    _, first = made(tmp_path, coach(), private=True)
    text = first.content.decode()
    assert not re.search(r"km|easy run|needling|calf|coach", text.replace("\r\n ", ""), flags=re.IGNORECASE)
    _, again = made(tmp_path, coach(), first.content, private=True)
    assert again.content == first.content


def test_the_events_of_a_bent_plan_have_uids_of_their_own(tmp_path: Path) -> None:
    """No event has the UID of the coach's: one account refuses it in a second calendar."""
    _, first = made(tmp_path, coach())
    assert "@coach" not in first.content.decode()


def test_links_and_places_of_the_feed_are_left_behind(tmp_path: Path) -> None:
    """What a feed adds beside title and text goes into no other calendar."""
    feed = coach().replace("SUMMARY:5 km easy", "SUMMARY:5 km easy\nGEO:52.5;13.4\nLOCATION:Home\nX-TOKEN:secret")
    text = made(tmp_path, feed)[1].content.decode()
    assert not re.search("GEO|LOCATION|secret", text)


def test_a_case_that_asks_for_rides_gets_them_around_the_plan(tmp_path: Path) -> None:
    """Rides are placed beside the sessions, and move none of them."""
    (tmp_path / "coach.ics").write_text(coach())
    case, today, weeks = bent_case(EXAMPLE, text="\n[goals]\nbikes = 1\n")
    planned = bent(case, today, weeks, tmp_path)
    alone = made(tmp_path, coach())[0]
    assert [one.uid for one in planned.workouts if one.source] == [one.uid for one in alone.workouts if one.source]
    assert [one.kind for one in planned.workouts if one.source is None] == ["bike"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("\n[goals]\nruns = 3\n", "goals.runs stands beside"),
        ("\n[return_to_running]\nstage = 1\n", "return_to_running"),
        ('\n[[busy]]\ncalendar = "coach.ics"\n', "is also that of busy"),
    ],
)
def test_what_does_not_go_with_a_coach_is_said(more: str, says: str) -> None:
    """Goals that the plan answers, the way back to running, and a calendar that is busy with itself are mistakes."""
    with pytest.raises(InputError, match=says):
        bent_case(EXAMPLE, text=more)


@pytest.mark.parametrize(
    ("pace", "says"),
    [("6", "is no pace"), ("2:10/km", "no pace of an easy run"), ("14:00/km", "no pace of an easy run")],
)
def test_a_pace_that_is_none_is_said(pace: str, says: str) -> None:
    """A pace has minutes, seconds and a unit, and nobody's easy pace is outside 3:00 to 12:00 a kilometre."""
    text = (FOLDER / EXAMPLE / "case.toml").read_text().partition("[_plan]")[0].replace("6:00/km", pace)
    with pytest.raises(InputError, match=says):
        parse_case(text, "case.toml", shipped_rulebook())


def test_distances_without_a_pace_are_asked_for(tmp_path: Path) -> None:
    """Where nothing tells the pace, the person is asked for it."""
    (tmp_path / "coach.ics").write_text(coach())
    text = (FOLDER / EXAMPLE / "case.toml").read_text().partition("[_plan]")[0].replace('easy_pace = "6:00/km"', "")
    with pytest.raises(InputError, match="4 events give only a distance; write the pace"):
        bent(parse_case(text, "case.toml", shipped_rulebook()), TODAY, 1, tmp_path)


def test_the_page_about_your_plan_names_every_field_and_is_read() -> None:
    """The case of `docs/your-plan.md` is understood, and nothing that it may say of a plan is missing from it."""
    whole, more = blocks("toml", "docs/your-plan.md")
    head = "".join(whole.partition("[[workouts]]")[:1])
    assert parse_case(whole, "docs/your-plan.md", shipped_rulebook()).workouts[0].pace == 370
    assert parse_case(head + more, "docs/your-plan.md", shipped_rulebook()).workouts[0].read[0].as_ == "run_walk"
    fields = {info.alias or field for of in (CoachCalendar, ReadAs) for field, info in of.model_fields.items()}
    assert set() == {field for field in fields if not re.search(rf"\b{field}\b", whole + more)}


def test_the_weeks_before_a_race_are_the_coachs_to_lay_out(tmp_path: Path) -> None:
    """A race after the week of the example changes no session of it: the taper is in the coach's plan, or it is not."""
    (tmp_path / "coach.ics").write_text(coach())
    case, today, weeks = bent_case(EXAMPLE)
    alone = bent(case, today, weeks, tmp_path)
    racing = bent(
        case.model_copy(update={"races": (Race(date=date(2026, 12, 2), minutes=Minutes(80)),)}), today, weeks, tmp_path
    )
    assert alone.bent is not None
    assert racing.bent is not None
    assert racing.bent == alone.bent
    assert [one.start for one in racing.workouts] == [one.start for one in alone.workouts]


def event_of(content: bytes, title: str) -> str:
    """Return the event of a file with a title, its lines unfolded."""
    (found,) = [block for block in events(content).values() if f"SUMMARY:{title}" in block]
    return found


def test_a_session_that_the_person_moved_stays_there(tmp_path: Path) -> None:
    """The run of Tuesday stands on Monday evening since the person moved it there, again and again."""
    _, first = made(tmp_path, coach())
    old = event_of(first.content, "5 km easy")
    moved = old.replace("DTSTART;VALUE=DATE:20261124", "DTSTART;TZID=Europe/Berlin:20261123T183000")
    moved = moved.replace("DTEND;VALUE=DATE:20261125", "DTEND;TZID=Europe/Berlin:20261123T190000")
    assert moved != old
    content = first.content.decode().replace("\r\n ", "").replace(old, moved).encode()
    planned, again = made(tmp_path, coach(), content)
    (session,) = [one for one in planned.workouts if one.source is not None and one.source.title == "5 km easy"]
    assert f"{session.start:%a %H:%M}" == "Mon 18:30"
    assert (session.by_hand, session.change) == (True, None)
    assert session.source is not None
    assert session.source.start == date(2026, 11, 24)
    later, third = made(tmp_path, coach(), again.content)
    assert third.content == again.content
    assert [one.start for one in later.workouts] == [one.start for one in planned.workouts]


def test_an_all_day_session_that_the_person_moved_stays_on_its_new_day(tmp_path: Path) -> None:
    """The long run goes to Saturday for the whole day, and stays a session of the whole day."""
    _, first = made(tmp_path, coach())
    old = event_of(first.content, "14 km Long Run")
    moved = old.replace("VALUE=DATE:20261129", "VALUE=DATE:20261128").replace(
        "VALUE=DATE:20261130", "VALUE=DATE:20261129"
    )
    planned, again = made(tmp_path, coach(), first.content.decode().replace("\r\n ", "").replace(old, moved).encode())
    (session,) = [one for one in planned.workouts if one.source is not None and "14 km" in one.source.title]
    assert (session.start.date(), session.all_day, session.by_hand) == (date(2026, 11, 28), True, True)
    assert made(tmp_path, coach(), again.content)[1].content == again.content


def test_a_session_that_the_person_moved_where_a_rule_forbids_it_says_why_and_is_where_its_coach_has_it(
    tmp_path: Path,
) -> None:
    """No run stands the evening after needling, whoever put it there: it is on its day again, and stays there."""
    _, first = made(tmp_path, coach())
    old = event_of(first.content, "5 km easy")
    moved = old.replace("DTSTART;VALUE=DATE:20261124", "DTSTART;TZID=Europe/Berlin:20261124T183000")
    moved = moved.replace("DTEND;VALUE=DATE:20261125", "DTEND;TZID=Europe/Berlin:20261124T190000")
    edited = first.content.decode().replace("\r\n ", "").replace(old, moved).encode()
    planned, again = made(tmp_path, coach(), edited)
    (session,) = [one for one in planned.workouts if one.source is not None and one.source.title == "5 km easy"]
    assert (session.all_day, session.start.date(), session.by_hand) == (True, date(2026, 11, 24), False)
    assert planned.notes[0] == (
        'You moved "5 km easy" to Tue 24 Nov, 18:30. It cannot stand there: Dry needling (calf muscle) on Tue 24 Nov: '
        "First 24 hours: no running, no impact, little load on the treated leg (until Wed 10:15). "
        "It is planned from where your coach has it."
    )
    later, third = made(tmp_path, coach(), again.content)
    assert third.content == again.content
    assert not any("You moved" in note for note in later.notes)


def test_a_session_that_the_person_moved_is_not_lost_where_its_day_is_taken_since(tmp_path: Path) -> None:
    """Another event fills the evening to which the run was moved: the run goes elsewhere, and is not left out."""
    _, first = made(tmp_path, coach())
    old = event_of(first.content, "14 km Long Run")
    moved = old.replace("DTSTART;VALUE=DATE:20261129", "DTSTART;TZID=Europe/Berlin:20261129T160000")
    moved = moved.replace("DTEND;VALUE=DATE:20261130", "DTEND;TZID=Europe/Berlin:20261129T172400")
    content = first.content.decode().replace("\r\n ", "").replace(old, moved).encode()
    (tmp_path / "work.ics").write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//office//EN\nBEGIN:VEVENT\nUID:shift\nDTSTAMP:20261101T000000Z\n"
        "DTSTART:20261129T140000Z\nDTEND:20261129T180000Z\nSUMMARY:Shift\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    case, today, weeks = bent_case(EXAMPLE, text='\n[[busy]]\ncalendar = "work.ics"\n')
    planned = bent(case, today, weeks, tmp_path, memory_of(content, case))
    assert planned.bent is not None
    assert planned.bent.lost == 0
    (session,) = [one for one in planned.workouts if one.source is not None and "14 km" in one.source.title]
    assert session.change is not None
    assert not session.by_hand


def test_a_session_that_the_person_moved_is_the_coachs_again_once_the_coach_moves_it(tmp_path: Path) -> None:
    """What its coach changed since is bent anew from there."""
    _, first = made(tmp_path, coach())
    old = event_of(first.content, "14 km Long Run")
    moved = old.replace("VALUE=DATE:20261129", "VALUE=DATE:20261128").replace(
        "VALUE=DATE:20261130", "VALUE=DATE:20261129"
    )
    content = first.content.decode().replace("\r\n ", "").replace(old, moved).encode()
    planned, _ = made(tmp_path, coach().replace("14 km Long Run", "15 km Long Run"), content)
    (session,) = [one for one in planned.workouts if one.source is not None and "15 km" in one.source.title]
    assert (session.start.date(), session.by_hand) == (date(2026, 11, 29), False)


def test_a_session_that_the_person_took_out_stays_out(tmp_path: Path) -> None:
    """Who deletes a run in the calendar does not find it there again, and the list says so."""
    _, first = made(tmp_path, coach())
    memory = memory_of(first.content, bent_case(EXAMPLE)[0])
    (uid,) = [uid for uid, block in events(first.content).items() if "SUMMARY:5 km easy" in block]
    gone = deleted_by_hand(memory.events[uid], STAMP)
    changed = {**memory.events, uid: gone}
    earlier = memory.earlier._replace(events=tuple(changed[one.uid].event for one in memory.earlier.events))
    case, today, weeks = bent_case(EXAMPLE)
    planned = bent(case, today, weeks, tmp_path, memory._replace(events=changed, earlier=earlier))
    assert planned.bent is not None
    assert uid not in {one.uid for one in planned.workouts}
    assert ("5 km easy", "you took it out of your calendar") in {
        (one.title, one.why) for one in planned.bent.passed_over
    }


def test_a_session_that_was_logged_today_is_done(tmp_path: Path) -> None:
    """Today's run is in the log: it is not asked for once more, and the rides of the day still are."""
    (tmp_path / "coach.ics").write_text(coach())
    log = '\n[[log]]\ndate = 2026-11-24\ndid = "easy run"\nminutes = 30\npain = 1\n'
    case, _, weeks = bent_case(EXAMPLE, text=log)
    planned = bent(case, date(2026, 11, 24), weeks, tmp_path)
    assert "5 km easy" not in {one.source.title for one in planned.workouts if one.source is not None}


def test_a_private_plan_as_json_holds_no_word_of_theirs(tmp_path: Path) -> None:
    """Neither the titles nor the texts of the coach, nor links, nor places, stand in what is printed privately."""
    link = "SUMMARY:14 km Long Run\nLOCATION:Home\nDESCRIPTION:See https://club.example/token-4711"
    planned, _ = made(tmp_path, coach().replace("SUMMARY:14 km Long Run", link), private=True)
    text = private_plan(planned).model_dump_json()
    assert not re.search(r"km|long run|token|home|needling|calf|coach|rest\b", text, flags=re.IGNORECASE)


def test_a_link_for_one_person_alone_goes_nowhere(tmp_path: Path) -> None:
    """A feed's link with a token is left out of the file, without `--private` too; a film for everybody stays."""
    said = "See https://club.example/aBcDeF0123456789 and https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    _, written = made(
        tmp_path, coach().replace("SUMMARY:14 km Long Run", f"SUMMARY:14 km Long Run\nDESCRIPTION:{said}")
    )
    text = re.sub(r"\r\n ", "", written.content.decode())
    assert "aBcDeF" not in text
    assert "watch?v=dQw4w9WgXcQ" in text


def test_a_list_without_a_session_is_a_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says when the last before them is and what was passed over (exit status 2); that nothing is unsure is none."""
    (tmp_path / "case.toml").write_text((FOLDER / EXAMPLE / "case.toml").read_text().partition("[_plan]")[0])
    (tmp_path / "coach.ics").write_text(coach())
    command = ["workouts", str(tmp_path / "case.toml"), "--today", "2026-11-23"]
    assert main([*command, "--unsure"]) == 0
    assert "Nothing is unsure." in capsys.readouterr().out
    assert main([*command, "--from", "2026-11-28", "--to", "2026-11-28"]) == 2
    assert 'its last is on 2026-11-27; passed over: "Rest" (a rest day)' in capsys.readouterr().err


def test_a_calendar_that_ends_early_is_told(tmp_path: Path) -> None:
    """From three days without a session at the end of the plan on, an old file is spoken of; with two, it is not."""
    summary = made(tmp_path, coach())[0].bent
    assert summary is not None
    ends = [summary.model_copy(update={"feed_to": date(2026, 11, day)}) for day in (26, 27)]
    assert [any("ends on" in note for note in bent_notes(one, date(2026, 11, 29))) for one in ends] == [True, False]


def test_a_run_that_was_logged_today_was_the_first_run_back(tmp_path: Path) -> None:
    """Friday's run was done and is in the log: the long run of Sunday is no first run back, and nothing makes room."""
    (tmp_path / "coach.ics").write_text(coach())
    log = '\n[[log]]\ndate = 2026-11-27\ndid = "easy run"\nminutes = 35\npain = 1\n'
    case, _, weeks = bent_case(EXAMPLE, text=log)
    planned = bent(case, date(2026, 11, 27), weeks, tmp_path)
    assert planned.bent is not None
    assert (planned.bent.kept, planned.bent.changed, planned.bent.lost) == (1, 0, 0)


def test_a_day_with_a_logged_session_counts_as_a_day_of_the_plan(tmp_path: Path) -> None:
    """Wednesday's run is done; the ride of Friday stays on its day, and no more days are used than the plan has."""
    feed = coach().replace("SUMMARY:6 km easy", "SUMMARY:Ride 60 min")
    (tmp_path / "coach.ics").write_text(feed)
    log = '\n[[log]]\ndate = 2026-11-26\ndid = "easy run"\nminutes = 30\npain = 1\n'
    case, _, weeks = bent_case(EXAMPLE, text=log)
    planned = bent(case, date(2026, 11, 26), weeks, tmp_path)
    assert {one.source.title: one.start.day for one in planned.workouts if one.source is not None} == {
        "Ride 60 min": 27,
        "14 km Long Run": 29,
    }


def test_the_event_of_a_session_that_was_logged_today_stays_in_the_calendar(tmp_path: Path) -> None:
    """The all-day run of today is done by the log: its event is neither cancelled nor asked for again."""
    _, first = made(tmp_path, coach())
    log = '\n[[log]]\ndate = 2026-11-24\ndid = "easy run"\nminutes = 30\npain = 1\n'
    case, _, weeks = bent_case(EXAMPLE, text=log)
    memory = read_memory(first.content, "bent.ics", datetime(2026, 11, 24, tzinfo=case.tz))
    planned = bent(case, date(2026, 11, 24), weeks, tmp_path, memory)
    again = write(planned, STAMP, memory=memory)
    assert "5 km easy" not in {one.source.title for one in planned.workouts if one.source is not None}
    assert event_of(again.content, "5 km easy") == event_of(first.content, "5 km easy")
    assert again.changes.cancelled == ()


def test_what_becomes_of_all_day_sessions_is_told(tmp_path: Path) -> None:
    """A long run that the coach takes out is told as cancelled, one that gets another title as changed, by its day."""
    _, first = made(tmp_path, coach())
    gone = re.sub(r"BEGIN:VEVENT\nUID:w7@coach\n.*?END:VEVENT\n", "", coach(), flags=re.DOTALL)
    rest = "BEGIN:VEVENT\nUID:w8@coach\nDTSTART;VALUE=DATE:20261129\nSUMMARY:Rest\nEND:VEVENT\nEND:VCALENDAR"
    _, again = made(tmp_path, gone.replace("END:VCALENDAR", rest), first.content)
    (cancelled,) = again.changes.cancelled
    assert cancelled.from_ is not None
    assert (cancelled.title, f"{cancelled.from_:%d %H:%M}") == ("14 km Long Run", "29 00:00")
    _, longer = made(tmp_path, coach().replace("14 km Long Run", "15 km Long Run"), first.content)
    assert [(one.title, one.was) for one in longer.changes.changed] == [("15 km Long Run", "14 km Long Run")]


def test_a_session_of_the_coachs_is_moved_in_the_calendar_and_not_in_the_case(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`planner move` writes a fixed session into a case: of somebody else's plan it says where to move it instead."""
    (tmp_path / "coach.ics").write_text(coach())
    case = tmp_path / "case.toml"
    case.write_text((FOLDER / EXAMPLE / "case.toml").read_text().partition("[_plan]")[0])
    before = case.read_text()
    assert main(["move", str(case), "long run", "2026-11-28T09:00", "--today", "2026-11-23", "-y"]) == 2
    assert "move it in the calendar of the bent plan" in capsys.readouterr().err
    assert case.read_text() == before


def test_two_days_away_put_no_long_run_right_after_another_run(tmp_path: Path) -> None:
    """Who is away on Saturday and Sunday does not run both on Friday: the long run is left out, and says so."""
    feed = coach().replace("20261128\nSUMMARY:Rest", "20261128\nSUMMARY:6 km jog")
    feed = feed.replace("SUMMARY:6 km easy", "SUMMARY:Gym 45 min")
    (tmp_path / "coach.ics").write_text(feed)
    away = "\n[[away]]\nfrom = 2026-11-28\nuntil = 2026-11-29\n"
    case, today, weeks = bent_case(EXAMPLE, text=away)
    planned = bent(case, today, weeks, tmp_path)
    days = [one.start.date() for one in planned.workouts if one.kind == "run" and one.source is not None]
    assert len(days) == len(set(days))


def test_a_private_plan_shows_all_day_sessions_as_such(tmp_path: Path) -> None:
    """What lasts all day in the calendar has no time on a private screen either."""
    planned, _ = made(tmp_path, coach(), private=True)
    assert [one.all_day for one in private_plan(planned).workouts] == [one.all_day for one in planned.workouts]


def planned_days(case: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, list[str]]:
    """Return the titles of the coach's sessions by the dates on which the plan of a case's file has them."""
    assert main(["plan", str(case), "--format", "json", *options]) == 0
    days = json.loads(capsys.readouterr().out)["days"]
    return {day["date"]: [one["source"]["title"] for one in day["workouts"] if one["source"]] for day in days}


@pytest.mark.parametrize(
    ("mondays", "planned_on", "today", "logged"),
    [
        # Wednesday's run stands on Monday: the log of Monday is about it, and it is not asked for once more.
        ("", "2026-11-23", "2026-11-25", '"2026-11-23", did "easy run"'),
        # It stands on Saturday: the log of Wednesday is about something else, and Saturday's run is still to come.
        ("monday = []\n", "2026-11-28", "2026-11-26", '"2026-11-25", did "core"'),
    ],
)
def test_the_log_speaks_of_a_session_on_the_day_on_which_it_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], mondays: str, planned_on: str, today: str, logged: str
) -> None:
    """What became of a session that was moved is in the log of its new day, not of its coach's."""
    (tmp_path / "coach.ics").write_text(coach())
    case, calendar = tmp_path / "case.toml", tmp_path / "case.ics"
    text = (FOLDER / EXAMPLE / "case.toml").read_text().partition("[_plan]")[0]
    case.write_text(text.replace("[availability]\n", f"[availability]\n{mondays}"))
    first = planned_days(case, capsys, "--today", "2026-11-23")
    assert first[planned_on] == ["8 km easy"]
    assert main(["plan", str(case), "--today", "2026-11-23", "-o", str(calendar)]) == 0
    done_on, workout = re.findall(r'"([^"]+)"', logged)
    assert main(["log", str(case), "--date", done_on, "--did", workout, "--pain", "0", "--today", today]) == 0
    capsys.readouterr()
    asked = ("--from", "2026-11-23", "--weeks", "1", "--today", today, "-o", str(calendar))
    again = planned_days(case, capsys, *asked)
    still_asked = [day for day, titles in again.items() if "8 km easy" in titles]
    assert still_asked == ([] if done_on == planned_on else [planned_on])


def test_another_day_is_advised_only_for_an_appointment_to_come(tmp_path: Path) -> None:
    """What a setback in the log changes is no reason to move an appointment that is over."""
    (tmp_path / "coach.ics").write_text(coach())
    log = '\n[[log]]\ndate = 2026-11-24\ndid = "easy run"\nminutes = 30\npain = 4\n'
    case, _, weeks = bent_case(EXAMPLE, text=log)
    over = bent(case, date(2026, 11, 25), weeks, tmp_path).bent
    to_come = made(tmp_path, coach())[0].bent
    assert over is not None
    assert to_come is not None
    assert over.changed + over.lost > over.kept
    assert "appointment" not in over.text
    assert "another day for the appointment may cost less" in to_come.text


def test_a_mistake_in_a_plan_is_said_of_the_file_of_the_case(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty feed is a mistake that names the case's file, for one case and for a folder of them."""
    text = (FOLDER / EXAMPLE / "case.toml").read_text().partition("[_plan]")[0]
    (tmp_path / "cases").mkdir()
    case = tmp_path / "cases" / "anna.toml"
    case.write_text(text)
    (case.parent / "coach.ics").write_text("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//coach//EN\nEND:VCALENDAR\n")
    assert main(["plan", str(case), "--today", "2026-11-23"]) == 2
    assert capsys.readouterr().err.startswith(f"{case}: workouts[0].calendar: ")
    assert main(["plan", str(case.parent), "--today", "2026-11-23", "-o", str(tmp_path / "out")]) == 2
    assert f"{case}: workouts[0].calendar: " in "".join(capsys.readouterr())


def test_a_session_that_was_put_off_is_still_asked_for_when_its_own_day_is_over(tmp_path: Path) -> None:
    """Wednesday's run was put on Saturday: on Thursday the plan has it there as before, with the same reason."""
    text = (FOLDER / EXAMPLE / "case.toml").read_text().partition("[_plan]")[0]
    text = text.replace("[availability]\n", "[availability]\nmonday = []\n")
    (tmp_path / "coach.ics").write_text(coach())
    case = parse_case(text, "case.toml", shipped_rulebook())
    first = bent(case, TODAY, 1, tmp_path)
    content = write(first, STAMP, memory=None, private=False).content
    memory = read_memory(content, "bent.ics", datetime(2026, 11, 26, 12, tzinfo=case.tz))
    again = bent(case, date(2026, 11, 26), 1, tmp_path, memory)
    put_off = [
        {
            (one.start, one.minutes, one.change and one.change.text)
            for one in planned.workouts
            if one.title == "Easy run"
        }
        for planned in (first, again)
    ]
    assert {start.day for start, _, _ in put_off[0]} >= {27, 28}
    assert put_off[1] == {one for one in put_off[0] if one[0].day > 25}
    assert write(again, STAMP, memory=memory).changes.cancelled == ()


def test_a_session_that_was_put_off_stays_where_the_feed_no_longer_reaches_back(tmp_path: Path) -> None:
    """Wednesday's run was put on Saturday: a feed that begins with Thursday does not take it out, and it is steady."""
    text = (FOLDER / EXAMPLE / "case.toml").read_text().partition("[_plan]")[0]
    case = parse_case(
        text.replace("[availability]\n", "[availability]\nmonday = []\n"), "case.toml", shipped_rulebook()
    )
    (tmp_path / "coach.ics").write_text(coach())
    content = write(bent(case, TODAY, 1, tmp_path), STAMP).content
    from_thursday = re.sub(r"BEGIN:VEVENT\s+UID:w[123]@coach.*?END:VEVENT\s+", "", coach(), flags=re.DOTALL)
    thursday, runs = date(2026, 11, 26), []
    for feed in (coach(), from_thursday, from_thursday, coach()):
        (tmp_path / "coach.ics").write_text(feed)
        memory = read_memory(content, "bent.ics", datetime(2026, 11, 26, 12, tzinfo=case.tz))
        again = bent(case, thursday, 1, tmp_path, memory)
        written = write(again, STAMP, memory=memory)
        assert written.changes.cancelled == ()
        content = written.content
        runs.append({(one.start, one.minutes) for one in again.workouts if one.start.date() >= thursday})
    assert 28 in {start.day for start, _ in runs[0]}
    assert runs[1:] == [runs[0]] * 3


def test_a_session_that_was_put_off_to_the_evening_is_still_asked_for_in_the_afternoon(tmp_path: Path) -> None:
    """A run of seven in the morning that was put on the evening is not taken for done at noon."""
    start = "DTSTART;TZID=Europe/Berlin:20261125T070000\nDTEND;TZID=Europe/Berlin:20261125T073000"
    (tmp_path / "coach.ics").write_text(coach().replace("DTSTART;VALUE=DATE:20261125", start))
    text = (FOLDER / EXAMPLE / "case.toml").read_text().partition("[_plan]")[0]
    text = text.replace('default = "07:00-08:30"', 'default = "17:00-20:00"')
    case = parse_case(text, "case.toml", shipped_rulebook())
    first = bent(case, TODAY, 1, tmp_path)
    memory = read_memory(write(first, STAMP).content, "bent.ics", datetime(2026, 11, 25, 12, tzinfo=case.tz))
    again = bent(case, date(2026, 11, 25), 1, tmp_path, memory)
    evenings = [
        {one.start for one in planned.workouts if one.source is not None and one.source.title == "8 km easy"}
        for planned in (first, again)
    ]
    assert {(start.day, start.hour) for start in evenings[0]} == {(25, 17)}
    assert evenings[1] == evenings[0]


def test_a_plan_calendar_that_is_not_there_is_a_mistake_of_the_case(tmp_path: Path) -> None:
    """It is named with its place in the case; a plan without its sessions would look like a week of rest."""
    case, today, weeks = bent_case(EXAMPLE)
    with pytest.raises(InputError, match=r'workouts\[0\]\.calendar: "coach.ics" there is no such file'):
        bent(case, today, weeks, tmp_path)


def test_sessions_are_told_in_order_of_time_whatever_the_order_of_the_file(tmp_path: Path) -> None:
    """An exporter may write the last change first."""
    request = coached_weeks(tmp_path, {4: "8 km easy", 0: "6 km easy"}, "[injury]\nregion = 'calf'\n")
    assert request.calendars is not None
    assert ["6 km easy", "8 km easy"] == [read.event.title for read in request.calendars.coached]
