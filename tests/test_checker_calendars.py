"""Plans around appointments that stand in calendar files, held against a reader and a checker of their own."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner import plan, read_calendars, shipped_rulebook
from planner.calendars.write.file import to_ical
from planner.scheduling.task import days_to_read
from tests.cases import MONDAY, case_of, examples
from tests.checker import broken
from tests.ics_files import event
from tests.ics_parse import events, moment
from tests.plans import STAMP

pytestmark = pytest.mark.once

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Clinic//EN\r\n"
ZONES = st.sampled_from(["America/New_York", "Europe/Berlin", "UTC"])
KINDS = st.sampled_from(["dry_needling", "massage", "shockwave"])


@st.composite
def appointments(draw: st.DrawFn) -> str:
    """Draw an appointment near the planned week: in some zone, as a whole day, with and without an end."""
    day = MONDAY + timedelta(days=draw(st.integers(-3, 8)))
    uid = f"{draw(st.integers(0, 10**9))}@clinic.example"
    if draw(st.integers(0, 4)) == 0:
        lines = f"DTSTART;VALUE=DATE:{day:%Y%m%d}\nDTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    else:
        start = datetime(day.year, day.month, day.day, draw(st.integers(0, 23)), draw(st.sampled_from([0, 15, 30])))
        zone = draw(ZONES)
        end = start + timedelta(minutes=draw(st.sampled_from([20, 45, 90])))
        lines = "\n".join(
            f"{name}:{when:%Y%m%dT%H%M%SZ}" if zone == "UTC" else f"{name};TZID={zone}:{when:%Y%m%dT%H%M%S}"
            for name, when in (("DTSTART", start), ("DTEND", end))
        )
    return event(f"DTSTAMP:20261101T080000Z\nSUMMARY:Appointment\n{lines}", uid).replace("\n", "\r\n")


def clinic(*drawn: str) -> bytes:
    """Return a clinic's calendar."""
    return "".join([HEAD, *drawn, "END:VCALENDAR\r\n"]).encode()


@examples(25)
@given(st.lists(appointments(), min_size=1, max_size=3, unique_by=lambda one: one.split("\r\n")[1]), KINDS)
def test_a_plan_around_a_clinics_calendar_breaks_nothing(drawn: list[str], kind: str) -> None:
    """What the engine read and what the checker reads are the same appointments; the file says what the plan does."""
    content = clinic(*drawn)
    case = case_of(
        treatments=[{"kind": kind, "region": "calf", "calendar": "clinic.ics"}], goals={"runs": 3, "bikes": 1}
    )
    with TemporaryDirectory() as name:
        (Path(name) / "clinic.ics").write_bytes(content)
        calendars = read_calendars(case, Path(name), *days_to_read(MONDAY))
    made = plan(case, shipped_rulebook(), today=MONDAY, calendars=calendars)
    assert [] == broken(case, shipped_rulebook(), made, files={"clinic.ics": content})
    starts = {
        line and moment(line)
        for one in events(to_ical(made, STAMP))
        if one.value("X-PLANNER-WORKOUT")
        for line in (one.one("DTSTART"),)
    }
    assert {workout.start for workout in made.workouts} == starts


def test_the_checker_sees_an_appointment_that_the_plan_did_not() -> None:
    """A plan made without the clinic's calendar runs on the morning after needling."""
    needling = event("DTSTART;TZID=America/New_York:20261124T170000\nDTEND;TZID=America/New_York:20261124T174500")
    content = clinic(needling.replace("\n", "\r\n"))
    case = case_of(treatments=[{"kind": "dry_needling", "region": "calf", "calendar": "clinic.ics"}], goals={"runs": 5})
    blind = case_of(injury=[{"region": "calf", "severity": "mild"}], goals={"runs": 5})
    made = plan(blind, shipped_rulebook(), today=MONDAY)
    assert any(workout.start.date() == date(2026, 11, 25) for workout in made.workouts if workout.kind == "run")
    found = broken(case, shipped_rulebook(), made, files={"clinic.ics": content})
    assert any("dry_needling" in each for each in found)
    with pytest.raises(KeyError):
        broken(case, shipped_rulebook(), made)
