"""The notes of a plan: what was taken for granted, what is far from its days, and what of a calendar was not found."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from planner.appointments.booked import Booked, CalendarRemark, Calendars
from planner.planning import plan
from planner.rulebook.file import shipped_rulebook
from planner.wording.plan.dose_notes import setback_alert
from tests.cases import MONDAY, case_of, needled

BOOK = shipped_rulebook()
SAID: dict[str, Any] = {
    "goals": {"runs": 1},
    "availability": {"default": "07:00-08:30"},
    "fitness": {"easy_run_minutes": 40, "longest_run_minutes": 60, "last_run": MONDAY - timedelta(days=2)},
    "injury": {"region": "calf", "severity": "mild"},
}
"""A case that says all that a plan of one week wants to know."""


def notes(calendars: Calendars | None = None, **data: Any) -> list[str]:
    """Return the notes of a case's plan, some keys of the case changed, or left out where they are None."""
    case = case_of(**{key: value for key, value in {**SAID, **data}.items() if value is not None})
    made = plan(case, BOOK, today=MONDAY, weeks=1, calendars=calendars)
    assert made.alerts == ()
    return list(made.notes)


def treated(*days: int, **more: Any) -> dict[str, Any]:
    """Return the key of a case with needlings some days from Monday, at nine."""
    entries = [needled(datetime.combine(MONDAY + timedelta(days=number), time(9)), **more) for number in days]
    return {"treatments": entries}


def away(first: int, last: int, **more: Any) -> dict[str, Any]:
    """Return the key of a case of somebody who is away for some days, counted from Monday."""
    return {"away": [{"from": MONDAY + timedelta(days=first), "until": MONDAY + timedelta(days=last), **more}]}


LAST = MONDAY + timedelta(days=6)
AS_USUAL = "Taken for granted, as [availability] does not say:"
GUESSED = "Taken for granted, as [fitness] does not say: minutes of"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, []),
        # All appointments lie more than 60 days back, or 180 days ahead of the last planned day.
        (treated(-61), ["Your appointment is long past, the last on 23 Sep 2026: is the year right?"]),
        (treated(-60), []),
        (
            treated(-90, -61),
            ["All 2 appointments of your case are long past, the last on 23 Sep 2026: is the year right?"],
        ),
        (treated(-61, -60), []),
        (treated(-90, repeat={"every": "1 week", "count": 2}), []),
        (
            {"treatments": [needled(MONDAY - timedelta(days=61))]},
            ["Your appointment is long past, the last on 23 Sep 2026: is the year right?"],
        ),
        (treated(187), ["Your appointment is far ahead, the first on 29 May 2027: is the year right?"]),
        (treated(186), []),
        (
            treated(187, 190),
            ["All 2 appointments of your case are far ahead, the first on 29 May 2027: is the year right?"],
        ),
        (treated(186, 190), []),
        # Absences that touch the days.
        (away(6, 8), ["Away from Sun 29 Nov to Tue 1 Dec: no workouts then."]),
        (away(7, 8), []),
        (
            away(-3, 0, what=["run", "bike"], why="holiday"),
            ["Away from Fri 20 Nov to Mon 23 Nov (holiday): no runs and rides then."],
        ),
        (away(-3, -1), []),
        # What the case does not say.
        (
            {"availability": None},
            [
                f"{AS_USUAL} workouts start 07:00-08:30 on weekdays and 09:00-11:00 at the weekend.",
            ],
        ),
        (
            {"availability": {"monday": "07:00-08:30", "tuesday": [], "sunday": "09:00-10:00"}},
            [
                f"{AS_USUAL} the usual windows on wednesday, thursday, friday and saturday.",
            ],
        ),
        (
            {"goals": None},
            [
                f"{GUESSED} bike 45 and upper body 40.",
                "Taken for granted, as [goals] does not say: 3 runs, 2 rides and 2 upper-body days a week.",
            ],
        ),
        ({"fitness": None}, [f"{GUESSED} easy run 30."]),
        ({"fitness": None, "goals": {"bikes": 1}}, [f"{GUESSED} bike 45."]),
        (
            {"injury": {"region": "forearm"}, "goals": {"bikes": 1}, "fitness": {"bike_minutes": 45}},
            ["Taken for granted, as [injury] does not say: a moderate injury."],
        ),
    ],
)
def test_the_notes_of_a_plan(data: dict[str, Any], expected: list[str]) -> None:
    """Both sides of each boundary; a case that says everything has none."""
    assert notes(**data) == expected


@pytest.mark.parametrize(
    ("kind", "injury", "expected"),
    [
        ("dry_needling", [], True),
        ("dry_needling", [{"region": "calf", "severity": "mild"}], False),
        ("massage", [], False),
    ],
)
def test_what_is_treated_and_named_nowhere_is_told_to_count_as_hurt(
    kind: str, injury: list[dict[str, Any]], expected: bool
) -> None:
    """Who needles a calf and names no injury is told that it counts as one; a massage is for none."""
    treated = {"kind": kind, "region": "calf", "start": MONDAY}
    said = [note for note in notes(injury=injury, treatments=[treated]) if "moderately hurt" in note]
    assert bool(said) is expected
    assert all("the treated calf muscle, moderately hurt" in note for note in said)


@pytest.mark.parametrize(
    ("injury", "expected"),
    [
        ({"region": "tibia", "severity": "mild"}, 1),
        ({"region": "tibia", "severity": "mild", "tissue": "bone"}, 0),
        ({"region": "tibia", "severity": "mild", "graded": False}, 0),
        ({"region": "calf", "severity": "mild"}, 0),
    ],
)
def test_a_region_whose_bone_is_taken_to_hurt_is_told(injury: dict[str, Any], expected: int) -> None:
    """Unless the case says what hurts there."""
    told = "Taken for granted, as [injury] does not say: at the shinbone, inner border the bone hurts."
    assert sum(note.startswith(told) for note in notes(injury=injury)) == expected


def test_a_calendar_without_an_appointment_of_a_kind_is_told() -> None:
    """With the text that was looked for; one of which an appointment was found is not."""
    entries = [
        {"kind": "massage", "region": "calf", "calendar": "clinic.ics", **more} for more in ({}, {"match": "calf"})
    ]
    start = datetime.combine(MONDAY + timedelta(days=30), time(9), case_of(**SAID).tz)
    booked = Booked(0, start, start + timedelta(hours=1), "clinic.ics", 4, "uid", "")
    assert notes(Calendars((), (), ()), treatments=entries) == [
        "No appointment was found in clinic.ics: this plan knows of no treatment from it.",
        'No appointment that says "calf" was found in clinic.ics: this plan knows of no treatment from it.',
    ]
    assert notes(Calendars((booked,), (), ()), treatments=entries) == [
        'No appointment that says "calf" was found in clinic.ics: this plan knows of no treatment from it.',
    ]


@pytest.mark.parametrize(
    ("minutes", "goal", "told"),
    [(25, False, False), (78, False, False), (79, False, True), (78, True, False), (79, True, True)],
)
def test_a_race_far_longer_than_any_run_before_it_is_told(minutes: int, goal: bool, told: bool) -> None:
    """Longer than 1.3 times the longest, whether it is a goal or not, and from the plan's first day on."""
    for day, named in ((MONDAY, "Mon 23 Nov"), (LAST, "Sun 29 Nov")):
        races = [{"date": day, "minutes": minutes, "goal": goal}]
        found = notes(races=races, fitness={"easy_run_minutes": 30, "longest_run_minutes": 60})
        assert told == any(note.startswith(f"Race on {named}: {minutes} minutes are 1.3 times") for note in found)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((None,), None),
        ((4, 4), "1 event is passed over or read with a remark: clinic.ics, line 4: why 1."),
        (
            (4, 7, None),
            "2 events are passed over or read with a remark: clinic.ics, line 4: why 0; clinic.ics, line 7: why 1.",
        ),
        (
            (4, 5, 6, 7),
            (
                "4 events are passed over or read with a remark: clinic.ics, line 4: why 0; clinic.ics, line 5: why 1; "
                "clinic.ics, line 6: why 2. `planner treatments` shows all."
            ),
        ),
    ],
)
def test_events_that_were_passed_over_are_counted_once_and_named(
    lines: tuple[int | None, ...], expected: str | None
) -> None:
    """By their lines, the first three of them; a remark on the whole file is about no event."""
    remarks = tuple(CalendarRemark("clinic.ics", line, f"why {number}") for number, line in enumerate(lines))
    assert notes(Calendars((), (), remarks)) == ([] if expected is None else [f"Of your calendars {expected}"])


@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_a_setback_is_called_one_once(number: int) -> None:
    """However many there were, the alert names the setback once, and says which of them it is."""
    rule = next(rule for rule in BOOK.rules.values() if rule.setbacks is not None)
    first = setback_alert(number, MONDAY, "calf", rule.model_copy(update={"advice": None}))
    assert first.lower().count("setback") == 1
    assert {2: "Second", 3: "Third"}.get(number, str(number)) in first


@pytest.mark.parametrize(
    ("runs", "longest", "share"),
    [(2, 45, 60), (3, 73, 55), (3, 75, 56), (4, 75, 45), (4, 80, 47), (5, 64, 35), (5, 67, 36), (6, 80, 35)],
)
def test_the_share_of_the_long_run_is_held_against_the_number_of_runs(runs: int, longest: int, share: int) -> None:
    """More than 55 % of two or three runs, 45 of four and 35 of five or more is said, with the share; no less."""
    there = notes(
        goals={"runs": runs, "long_run": "sunday"},
        availability={"default": "07:00-09:30"},
        fitness={"easy_run_minutes": 30, "longest_run_minutes": longest, "last_run": MONDAY - timedelta(days=1)},
        injury={"region": "finger", "severity": "mild"},
    )
    most = {2: 55, 3: 55, 4: 45}.get(runs, 35)
    assert [f" {share} % of the week's running." in note for note in there] == [True] * (share > most)
