"""The calendar files of a case: appointments and busy times out of them, and every mistake at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner import Calendars, InputError, plan, read_calendars, shipped_rulebook
from planner.appointments.booked import Booked, CalendarRemark
from planner.calendars.of_case import MOST_APPOINTMENTS
from planner.clock import later
from planner.scheduling.task import LOOK_AHEAD, LOOK_BACK, days_to_read
from tests.cases import MONDAY, case_of, needled
from tests.ics_files import FIRST, LAST, NEEDLING, NEW_YORK, calendar, event

TITLE = '("Needling")'
CLINIC = {"kind": "dry_needling", "region": "calf", "calendar": "clinic.ics"}


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    """Return a time in November in New York."""
    return datetime(2026, 11, day, hour, minute, tzinfo=NEW_YORK)


def calendars_of(folder: Path, content: bytes, **data: Any) -> Calendars:
    """Return what is read for a case whose `clinic.ics` holds something; without data it holds the appointments."""
    (folder / "clinic.ics").write_bytes(content)
    return read_calendars(case_of(**(data or {"treatments": [CLINIC]})), folder, FIRST, LAST)


def busy_of(folder: Path, content: bytes, **entry: Any) -> list[tuple[datetime, datetime]]:
    """Return the busy times of a calendar."""
    data = {"injury": {"region": "calf"}, "busy": [{"calendar": "clinic.ics", **entry}]}
    return [(block.start, block.end) for block in calendars_of(folder, content, **data).busy]


def test_an_event_becomes_an_appointment(tmp_path: Path) -> None:
    """With its times, and where it comes from."""
    found = calendars_of(tmp_path, calendar(event(NEEDLING)))
    assert (Booked(0, at(9, 30), at(10, 15), "clinic.ics", 4, "one", "Needling"),) == found.booked


def test_an_appointment_is_planned_around_as_one_written_in_the_case(tmp_path: Path) -> None:
    """The plan is the same, to the byte."""
    case = case_of(treatments=[CLINIC])
    (tmp_path / "clinic.ics").write_bytes(calendar(event(NEEDLING)))
    calendars = read_calendars(case, tmp_path, *days_to_read(MONDAY))
    written = case_of(treatments=[needled(datetime(2026, 11, 24, 9, 30), minutes=45)])
    assert (
        plan(written, shipped_rulebook(), today=MONDAY).model_dump_json()
        == plan(case, shipped_rulebook(), today=MONDAY, calendars=calendars).model_dump_json()
    )


@pytest.mark.parametrize(
    ("lines", "minutes", "expected"),
    [
        ("DTEND:20261124T153000Z", None, 60),
        ("DTEND:20261124T153000Z", 20, 20),
        ("", None, shipped_rulebook().treatments["dry_needling"].minutes),
        ("", 20, 20),
    ],
)
def test_the_case_beats_the_calendar_beats_the_kind(
    tmp_path: Path, lines: str, minutes: int | None, expected: int
) -> None:
    """How long an appointment lasts; where nobody says, it is remarked."""
    case = case_of(treatments=[{**CLINIC, **({} if minutes is None else {"minutes": minutes})}])
    (tmp_path / "clinic.ics").write_bytes(calendar(event(f"DTSTART:20261124T143000Z\n{lines}")))
    calendars = read_calendars(case, tmp_path, FIRST, LAST)
    (treatment,) = plan(case, shipped_rulebook(), today=MONDAY, calendars=calendars).days[1].treatments
    assert (at(9, 30), later(at(9, 30), minutes=expected)) == (treatment.start, treatment.end)
    assert (not lines and minutes is None) == bool(calendars.passed_over)


def test_an_appointment_that_ends_as_it_begins_lasts_as_long_as_its_kind(tmp_path: Path) -> None:
    """A calendar that gives only a moment says nothing of how long it takes."""
    case = case_of(treatments=[CLINIC])
    (tmp_path / "clinic.ics").write_bytes(calendar(event("DTSTART:20261124T143000Z\nDTEND:20261124T143000Z")))
    calendars = read_calendars(case, tmp_path, FIRST, LAST)
    (treatment,) = plan(case, shipped_rulebook(), today=MONDAY, calendars=calendars).days[1].treatments
    usual = shipped_rulebook().treatments["dry_needling"].minutes
    assert (at(9, 30), later(at(9, 30), minutes=usual)) == (treatment.start, treatment.end)


def test_an_appointment_of_whole_days_takes_all_of_them(tmp_path: Path) -> None:
    """It shows its dates, the end being the day after."""
    case = case_of(treatments=[CLINIC])
    (tmp_path / "clinic.ics").write_bytes(calendar(event("DTSTART:20261124\nDTEND:20261126")))
    calendars = read_calendars(case, tmp_path, FIRST, LAST)
    (treatment,) = plan(case, shipped_rulebook(), today=MONDAY, calendars=calendars).days[1].treatments
    assert (date(2026, 11, 24), date(2026, 11, 26)) == (treatment.start, treatment.end)


def test_a_cancelled_appointment_is_passed_over_without_its_name(tmp_path: Path) -> None:
    """Its line and its time are told; what it is called stays between the person and the clinic."""
    found = calendars_of(tmp_path, calendar(event(f"{NEEDLING}\nSTATUS:CANCELLED")))
    assert Calendars(passed_over=(CalendarRemark("clinic.ics", 4, "2026-11-24 09:30: cancelled"),)) == found


def test_an_event_that_two_entries_mean_counts_for_both_and_says_so(tmp_path: Path) -> None:
    """Needling and massage in one session may be meant, or not."""
    entries = [CLINIC, {**CLINIC, "kind": "massage"}]
    found = calendars_of(tmp_path, calendar(event(NEEDLING)), treatments=entries)
    assert [0, 1] == [one.entry for one in found.booked]
    why = "2026-11-24: counts for treatments[0] and treatments[1]"
    assert (CalendarRemark("clinic.ics", 4, why),) == found.passed_over


def test_an_appointment_that_was_declined_is_passed_over(tmp_path: Path) -> None:
    """As a cancelled one is, and no busy time either."""
    declined = calendar(event(f"{NEEDLING}\nATTENDEE;PARTSTAT=DECLINED:mailto:me@example.org"))
    found = calendars_of(tmp_path, declined)
    assert Calendars(passed_over=(CalendarRemark("clinic.ics", 4, "2026-11-24 09:30: declined"),)) == found
    assert [] == busy_of(tmp_path, declined)


def test_one_uid_in_two_files_of_a_case_is_told(tmp_path: Path) -> None:
    """It may be the same appointment exported twice, or two that share a weak UID: both count."""
    (tmp_path / "phone.ics").write_bytes(calendar(event(NEEDLING)))
    entries = [CLINIC, {**CLINIC, "calendar": "phone.ics"}]
    found = calendars_of(tmp_path, calendar(event(NEEDLING)), treatments=entries)
    assert [0, 1] == [one.entry for one in found.booked]
    why = "2026-11-24: has the UID of one in clinic.ics, line 4: both count"
    assert (CalendarRemark("phone.ics", 4, why),) == found.passed_over


def test_appointments_without_a_uid_in_two_files_of_a_case_are_two(tmp_path: Path) -> None:
    """Nothing says that they are one."""
    (tmp_path / "phone.ics").write_bytes(calendar(event(NEEDLING, uid=None)))
    entries = [CLINIC, {**CLINIC, "calendar": "phone.ics"}]
    found = calendars_of(tmp_path, calendar(event(NEEDLING, uid=None)), treatments=entries)
    assert [0, 1] == [one.entry for one in found.booked]
    assert not any("both count" in remark.why for remark in found.passed_over)


@pytest.mark.parametrize(("count", "fine"), [(MOST_APPOINTMENTS, True), (MOST_APPOINTMENTS + 1, False)])
def test_a_whole_clinics_calendar_is_not_one_persons(tmp_path: Path, count: int, fine: bool) -> None:
    """On both sides of the limit; what is cancelled does not count."""
    cancelled = event(f"{NEEDLING}\nSTATUS:CANCELLED", "cancelled")
    content = calendar(cancelled, *(event(NEEDLING, str(number)) for number in range(count)))
    if fine:
        assert count == len(calendars_of(tmp_path, content).booked)
        return
    with pytest.raises(InputError) as caught:
        calendars_of(tmp_path, content)
    wrong = (
        'treatments[0].calendar: "clinic.ics" holds 401 appointments from 2026-11-01 to 2026-12-31, more than anybody'
    )
    assert f"case: {wrong} has; say with match which of them are yours" == str(caught.value)


def test_every_calendar_that_cannot_be_read_is_told_at_once(tmp_path: Path) -> None:
    """Missing, a folder, no calendar, too large: each with its field."""
    (tmp_path / "clinics.ics").write_bytes(calendar())
    (tmp_path / "folder").mkdir()
    (tmp_path / "letter.ics").write_text("Dear patient", encoding="utf-8")
    (tmp_path / "large.ics").write_bytes(b"x" * 10_000_001)
    entries = [{**CLINIC, "calendar": name} for name in ("clinic.ics", "folder", "letter.ics")]
    case = case_of(treatments=entries, busy=[{"calendar": "large.ics"}])
    with pytest.raises(InputError) as caught:
        read_calendars(case, tmp_path, FIRST, LAST, file="case.toml")
    field, near = "case.toml: treatments", tmp_path / "clinics.ics"
    assert [
        f'{field}[0].calendar: "clinic.ics" there is no such file; did you mean "{near}"?',
        f'{field}[1].calendar: "folder" is a folder; give a file',
        f'{field}[2].calendar: "letter.ics" is no calendar file; give the file that a calendar program exports (.ics)',
        'case.toml: busy[0].calendar: "large.ics" is larger than 10 MB; give a smaller file',
    ] == [str(problem) for problem in caught.value.problems]


def test_a_case_with_calendars_is_not_planned_without_reading_them() -> None:
    """Appointments that nobody looked at are no appointments that there are not."""
    case = case_of(treatments=[CLINIC], busy=[{"calendar": "work.ics"}])
    with pytest.raises(InputError) as caught:
        plan(case, shipped_rulebook(), today=MONDAY)
    right = "read it first: calendars = read_calendars(case, folder, first, last)"
    assert [
        f'case: treatments[0].calendar: "clinic.ics" was not read; {right}',
        f'case: busy[0].calendar: "work.ics" was not read; {right}',
    ] == [str(problem) for problem in caught.value.problems]


def test_a_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many entries name it."""
    opened = []

    def read_bytes(path: Path) -> bytes:
        opened.append(path)
        return calendar()

    monkeypatch.setattr("planner.calendars.of_case.read_bytes", read_bytes)
    case = case_of(treatments=[CLINIC, {**CLINIC, "match": "x"}], busy=[{"calendar": "clinic.ics"}])
    assert Calendars() == read_calendars(case, tmp_path, FIRST, LAST)
    assert [tmp_path / "clinic.ics"] == opened


def test_a_plan_reads_as_far_as_its_rules_look() -> None:
    """Back for what may still matter, ahead for what is to come, and as far as weeks may be counted around them."""
    first, last = MONDAY - LOOK_BACK - timedelta(days=6), MONDAY + timedelta(days=28) + LOOK_AHEAD
    assert (first, last) == days_to_read(MONDAY, 2)
    assert days_to_read(date(1970, 1, 1)) == days_to_read(date.min)
    assert days_to_read(date(2199, 12, 31)) == days_to_read(date.max)


def test_a_busy_time_has_its_buffer_on_both_sides(tmp_path: Path) -> None:
    """In real minutes."""
    assert [(at(9, 30), at(10, 15))] == busy_of(tmp_path, calendar(event(NEEDLING)))
    assert [(at(9, 15), at(10, 30))] == busy_of(tmp_path, calendar(event(NEEDLING)), buffer_minutes=15)


@pytest.mark.parametrize(
    ("lines", "entry", "busy", "why"),
    [
        (f"{NEEDLING}\nTRANSP:TRANSPARENT", {}, False, f"1 event shown as free: no busy time {TITLE}"),
        (f"{NEEDLING}\nTRANSP:TRANSPARENT", {"free": True}, True, None),
        (f"{NEEDLING}\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", {}, False, f"1 event shown as free: no busy time {TITLE}"),
        (f"{NEEDLING}\nSTATUS:CANCELLED", {"free": True}, False, f"1 event cancelled: no busy time {TITLE}"),
        ("DTSTART:20261124", {}, False, "1 event of whole days: no busy time"),
        ("DTSTART:20261124", {"all_day": True}, True, None),
        ("DTSTART:20261124\nTRANSP:TRANSPARENT", {"all_day": True}, False, "1 event shown as free: no busy time"),
        (NEEDLING, {"match": "meeting"}, False, f'1 event without "meeting" in title, description or location {TITLE}'),
        (NEEDLING, {"match": "needling"}, True, None),
        ("DTSTART:20261124T143000Z", {}, False, "1 event without an end: no busy time"),
        ("DTSTART:20261124T143000Z", {"buffer_minutes": 15}, True, None),
    ],
)
def test_what_blocks_and_what_does_not(
    tmp_path: Path, lines: str, entry: dict[str, Any], busy: bool, why: str | None
) -> None:
    """Free, cancelled and whole-day events do not, unless the case says so; how many, is said (18)."""
    data = {"injury": {"region": "calf"}, "busy": [{"calendar": "clinic.ics", **entry}]}
    found = calendars_of(tmp_path, calendar(event(lines)), **data)
    said = () if why is None else (CalendarRemark("clinic.ics", None, why),)
    assert (busy, said) == (bool(found.busy), found.passed_over)


def test_a_list_of_busy_times_keeps_them_free_of_workouts(tmp_path: Path) -> None:
    """Some calendars are shared that way; it is no list of treatments."""
    shared = calendar("BEGIN:VFREEBUSY\nFREEBUSY:20261124T143000Z/PT45M\nEND:VFREEBUSY\n")
    assert [(at(9, 30), at(10, 15))] == busy_of(tmp_path, shared)
    passed_over = (CalendarRemark("clinic.ics", None, "1 free/busy list: passed over"),)
    assert Calendars(passed_over=passed_over) == calendars_of(tmp_path, shared)


def test_a_whole_day_is_busy_from_midnight_to_midnight(tmp_path: Path) -> None:
    """In the person's own zone."""
    found = busy_of(tmp_path, calendar(event("DTSTART:20261124")), all_day=True)
    assert [(at(0), at(0, day=25))] == found
