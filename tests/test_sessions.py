"""Fixed sessions: they stand at their time, count in everything, and are told of where a rule forbids them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest

from planner.calendars.write.file import to_ical
from planner.calendars.write.memory import read_memory
from planner.cli import main
from planner.planning import plan
from planner.results.plan import Plan, PlannedWorkout
from planner.rulebook.file import shipped_rulebook
from tests.cases import case_of
from tests.checker import broken

MONDAY = date(2026, 11, 23)
BOOK = shipped_rulebook()
COACH = {"workout": "lower body", "day": ["monday", "thursday"], "start": time(18), "minutes": 60}


def planned(*sessions: dict[str, Any], **more: Any) -> Plan:
    """Return the week of a person with a sore elbow and fixed sessions."""
    data: dict[str, Any] = {
        "injury": {"region": "elbow", "severity": "mild"},
        "availability": {"default": "07:00-08:30"},
        "goals": {"runs": 2, "bikes": 2},
        "sessions": list(sessions),
        **more,
    }
    return plan(case_of(**data), BOOK, today=MONDAY)


def at_six(made: Plan) -> list[PlannedWorkout]:
    """Return what stands at 18:00."""
    return [one for one in made.workouts if one.start.hour == 18]


def test_a_session_stands_each_week_on_its_days_for_its_own_minutes() -> None:
    """Outside the start windows too, and with its own length, which no usual one bounds."""
    found = at_six(planned({**COACH, "minutes": 75}))
    assert [(MONDAY, 75), (MONDAY + timedelta(days=3), 75)] == [(one.start.date(), one.minutes) for one in found]
    assert {"sessions"} == {one.reasons[0].rule for one in found}


def test_a_session_of_one_date_stands_once() -> None:
    """`date` in place of `day`."""
    (found,) = at_six(planned({"workout": "easy ride", "date": date(2026, 11, 28), "start": time(18), "minutes": 90}))
    assert ("bike_easy", 90) == (found.workout, found.minutes)


def test_a_session_counts_as_what_it_is() -> None:
    """Two runs with the club are the two runs of the week; a third session raises the goal."""
    club = {"workout": "easy run", "day": ["tuesday", "friday"], "start": time(18), "minutes": 40}
    assert 2 == sum(one.kind == "run" for one in planned(club).workouts)
    more = {**club, "day": ["monday", "wednesday", "saturday"]}
    assert 3 == sum(one.kind == "run" for one in planned(more).workouts)


def commute(**more: Any) -> list[dict[str, Any]]:
    """Return a commute by bike, there and back on each weekday."""
    ride = {"workout": "bike to work", "day": "weekdays", "minutes": 25, **more}
    return [{**ride, "start": time(7, 30)}, {**ride, "start": time(17, 30)}]


@pytest.mark.parametrize("goals", [{"runs": 2}, {"runs": 2, "bikes": 2}])
def test_a_commute_goes_there_and_back(goals: dict[str, int]) -> None:
    """Two rides a day from Monday to Friday, whole, also of who asks for no rides; they take no run's place."""
    case = case_of(injury={"region": "elbow", "severity": "mild"}, goals=goals, sessions=commute())
    made = plan(case, BOOK, today=MONDAY)
    rides = [[one.minutes for one in day.workouts if one.kind == "bike"] for day in made.days]
    assert [[25, 25]] * 5 + [[], []] == rides
    assert "run" in {one.kind for one in made.workouts}
    # Start windows and the numbers that were asked for bind no session.
    wrong = [one for one in broken(case, BOOK, made) if "start window" not in one and "than were asked for" not in one]
    assert [] == wrong
    # Planned again on Wednesday evening, nothing moves, and what was ridden counts against no run either.
    now = datetime(2026, 11, 25, 20, tzinfo=UTC)
    memory = read_memory(to_ical(made, now), "week.ics", now)
    again = plan(case, BOOK, today=MONDAY + timedelta(days=2), earlier=memory.earlier)
    left = {(one.uid, one.start) for one in made.workouts if one.start > now}
    assert left <= {(one.uid, one.start) for one in again.workouts}


def test_a_session_keeps_other_hard_days_away() -> None:
    """A hard run with the club is a hard day: no other hard workout stands on the day after it."""
    club = {"workout": "hard run", "day": "tuesday", "start": time(18), "minutes": 40}
    made = planned(club, goals={"runs": 3, "hard_runs": 2})
    hard = sorted((one.start.date() - MONDAY).days for one in made.workouts if one.workout == "run_hard")
    assert 1 in hard
    assert all(later - earlier > 1 for earlier, later in pairwise(hard))


NEEDLED = {"kind": "dry needling", "region": "calf", "start": datetime(2026, 11, 24, 9, 30)}
CLUB = {"workout": "hard run", "day": ["tuesday"], "start": time(18), "minutes": 40}


def forbidden(keep: Any, **more: Any) -> tuple[Plan, str]:
    """Return the plan of who would run hard hours after needling, and what is said of that."""
    injury = {"region": "calf", "severity": "mild"}
    made = planned({**CLUB, "keep": keep}, injury=injury, treatments=[NEEDLED], **more)
    (note,) = [note for note in made.notes if "cannot take place" in note]
    assert note.startswith("Your hard run on Tue 24 Nov, 18:00 cannot take place: ")
    return made, note


def test_a_session_gives_way_to_a_rule_that_forbids_it_if_it_may() -> None:
    """Hours after needling nobody runs hard: the note names the session, the rule and another workout."""
    made, note = forbidden("if it may")
    assert [] == at_six(made)
    assert note.endswith("Instead: easy ride.")


def test_the_time_of_a_session_to_keep_has_what_the_rules_allow_instead() -> None:
    """The evening stays, and counts as what it now holds: its ride is one of the two that are asked for."""
    made, note = forbidden(True)
    (found,) = at_six(made)
    assert ("bike_easy", 30) == (found.workout, found.minutes), "as long as the rules of that day allow"
    assert "In place of your hard run, which the rules forbid then" in {one.title for one in found.reasons}
    assert note.endswith("Instead, at its time: easy ride.")
    assert 2 == sum(one.kind == "bike" for one in made.workouts)


def test_a_kind_that_nobody_wants_takes_no_sessions_place() -> None:
    """Who writes that there are no rides is offered none."""
    made, note = forbidden(True, goals={"runs": 2, "bikes": 0, "upper_body": 1})
    assert "bike_easy" not in {one.workout for one in at_six(made)}
    assert "ride" not in note


@pytest.mark.parametrize("keep", [True, "if it may"])
def test_a_session_that_no_rule_forbids_stands_however_it_is_kept(keep: Any) -> None:
    """On the eve of the needling the hard run is a hard run."""
    injury = {"region": "calf", "severity": "mild"}
    early = {**CLUB, "day": ["monday"], "keep": keep}
    (found,) = at_six(planned(early, injury=injury, treatments=[{**NEEDLED, "start": datetime(2026, 11, 25, 9, 30)}]))
    assert "run_hard" == found.workout


def test_a_session_that_was_taken_out_of_the_calendar_is_not_made_again() -> None:
    """Planned again, the sessions keep their identity, and one that a person deleted stays away."""
    case = case_of(injury={"region": "elbow"}, goals={"runs": 1}, sessions=[COACH])
    first = plan(case, BOOK, today=MONDAY)
    stamp = datetime(2026, 11, 23, tzinfo=UTC)
    memory = read_memory(to_ical(first, stamp), "week.ics", stamp)
    again = plan(case, BOOK, today=MONDAY, earlier=memory.earlier)
    assert [one.uid for one in at_six(first)] == [one.uid for one in at_six(again)]
    events = tuple(
        event._replace(by_hand="deleted", cancelled=True) if event.uid == at_six(first)[1].uid else event
        for event in memory.earlier.events
    )
    without = plan(case, BOOK, today=MONDAY, earlier=memory.earlier._replace(events=events))
    assert [MONDAY] == [one.start.date() for one in at_six(without)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("start = 18:00:00\nminutes = 60", "sessions[0]: says not one of day and date"),
        ('day = "tusday"\nstart = 18:00:00\nminutes = 60', '"tusday" is no weekday; did you mean "tuesday"'),
        ('day = "tuesday"\nstart = 18:00:00', "sessions[0].minutes: is missing"),
        ('day = [["tuesday", 1]]\nstart = 18:00:00\nminutes = 60', "sessions[0].day[0]: a list is not text"),
        ('day = "tuesday"\nstart = 18:00:00\nminutes = 60\nkeep = "maybe"', "sessions[0].keep: "),
    ],
)
def test_a_session_that_makes_no_sense_is_said(
    text: str, expected: str, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each mistake has its field, what is wrong and what would be right."""
    file = tmp_path / "case.toml"
    head = 'timezone = "Europe/Berlin"\n[injury]\nregion = "calf"\n[[sessions]]\nworkout = "hard run"\n'
    file.write_text(f"{head}{text}\n", encoding="utf-8")
    assert main(["plan", str(file)]) == 2
    assert expected in capsys.readouterr().err
