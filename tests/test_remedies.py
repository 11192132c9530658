"""Remedies: every change that is offered makes it fit when it is applied and planned; sentences are written out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given

from planner.case.model import Case
from planner.clock import midnight
from planner.planning import plan
from planner.results.plan import Plan, Remedy
from planner.revision.calendar import Earlier, ShownEvent
from planner.revision.revise import find_prior_plan as found_already
from planner.revision.revise import weeks_of
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.task import Task, prepare
from planner.what_if.case_changes import changed_case
from tests.cases import MONDAY, Ask, asks, case_of, examples, needled

pytestmark = pytest.mark.once

BOOK = shipped_rulebook()


def task_of(case: Case, today: date, weeks: int = 1) -> Task:
    """Return what a plan of a case is made from."""
    days = weeks_of(today, weeks)
    return prepare(case, BOOK, days, today, found_already(None, case, BOOK, days))


def shortages(made: Plan) -> dict[tuple[date, str], int]:
    """Return how many workouts did not fit, by week and kind."""
    return {(one.week, one.kind): one.asked - one.placed for one in made.unplaced}


def imported(made: Plan, tz: ZoneInfo) -> Earlier:
    """Return what a calendar shows of a plan that was imported before its first day."""
    now = midnight(made.from_, tz) - timedelta(hours=1)
    events = tuple(ShownEvent(one.uid, one.workout, one.title, one.start, one.end, 0) for one in made.workouts)
    return Earlier(
        made.plan_id, made.wishes_from or made.weeks_from, made.to, now, events, frozenset(one.uid for one in events)
    )


@examples(80)
@given(asks())
def test_every_change_that_is_offered_makes_room(ask: Ask) -> None:
    """Applied to the case and planned, afresh or on what is imported, as much fits as is said, and nothing goes."""
    made = plan(ask.case, BOOK, today=ask.today, weeks=ask.weeks)
    assume(made.unplaced)
    task = task_of(ask.case, ask.today, ask.weeks)
    before = shortages(made)
    for one in made.unplaced:
        assert one.would_fit_if == tuple(remedy.text for remedy in one.remedies)
        for remedy in one.remedies:
            case = changed_case(task.case, remedy, task.treatments)
            for earlier in (None, imported(made, ask.case.tz)):
                again = plan(case, BOOK, today=ask.today, weeks=ask.weeks, earlier=earlier)
                after = shortages(again)
                assert remedy.left == after.get((one.week, one.kind), 0) < one.asked - one.placed
                more = {kind for (_, kind), number in after.items() if number > before.get((_, kind), 0)}
                assert more <= set(remedy.lost)
                assert one.kind == "race" or not remedy.lost


def offered(case: dict[str, Any], kind: str, weeks: int = 1) -> list[str]:
    """Return the sentences about what would make room for a kind of workout."""
    made = plan(case_of(**case), BOOK, today=MONDAY, weeks=weeks)
    return [text for one in made.unplaced if one.kind == kind for text in one.would_fit_if]


MORNINGS = {"availability": {"default": "07:00-08:30"}, "injury": {"region": "calf", "severity": "mild"}}


@pytest.mark.parametrize(
    ("case", "kind", "expected"),
    [
        # No time at all on weekdays: a window on any of them makes room.
        (
            {"availability": {"default": [], "sunday": "09:00-11:00"}, "goals": {"runs": 1, "bikes": 1}},
            "bike",
            [
                "Open a start window on Mon 23 Nov (09:00-11:00).",
                "Open a start window on Tue 24 Nov (09:00-11:00).",
            ],
        ),
        # Two days a week for two rides and an upper-body day: one ride less, or one rest day less, makes room.
        (
            {"goals": {"bikes": 2, "upper_body": 1, "rest_days": 5}, "availability": {"default": "18:00-19:30"}},
            "upper_body",
            ["Ask for one ride less.", "Keep one rest day less."],
        ),
        # Needled on Saturday morning, and there is time for the run on Sunday alone: the appointment moves a day.
        (
            {
                "availability": {"default": [], "sunday": "07:00-07:30"},
                "goals": {"runs": 1},
                "treatments": [needled(datetime(2026, 11, 28, 8))],
            },
            "run",
            ["Move the dry needling (calf muscle) from Sat 28 Nov, 08:00 to Fri 27 Nov, 08:00."],
        ),
        # A very sore tendon does not run, and only a clinician may say otherwise.
        (
            {"injury": {"region": "achilles", "severity": "severe"}, "goals": {"runs": 1}},
            "run",
            ["Only your clinician can lift this rule: Very sore tendon: no running and no jumps."],
        ),
    ],
)
def test_what_would_make_room_in_words(case: dict[str, Any], kind: str, expected: list[str]) -> None:
    """The smallest change first; what only a clinician may change is said to be so."""
    found = offered({**MORNINGS, **case}, kind)
    assert expected == [text for text in found if text in expected]


FULL_WEEK = {"goals": {"runs": 3, "bikes": 3, "upper_body": 2, "rest_days": 1}, "injury": {"region": "hand"}}
NEEDLED = {"goals": {"runs": 1, "long_run": False}, "treatments": [needled(datetime(2026, 11, 23, 9))]}
TUESDAY = {
    "availability": {"default": [], "tuesday": "07:00-08:00"},
    "away": [{"from": date(2026, 11, 25), "until": date(2026, 11, 29)}],
}


@pytest.mark.parametrize(
    ("case", "kind", "expected"),
    [
        # The other workouts fill the days: no time of the day would make room.
        (FULL_WEEK, "upper_body", False),
        # On Tuesday the rule lets go two hours after the last start: in the evening there is room.
        (NEEDLED | TUESDAY, "run", True),
    ],
)
def test_an_evening_is_offered_only_where_the_time_of_day_is_in_the_way(
    case: dict[str, Any], kind: str, expected: bool
) -> None:
    """Where another hour of the day changes nothing, it is not asked for."""
    texts = offered({**MORNINGS, **case}, kind)
    assert texts
    assert any("another start window" in text for text in texts) is expected


def test_what_gives_a_race_its_place_comes_before_all_else_and_says_what_gives_way() -> None:
    """A race is needled two days before: moving that makes room for it, and the long run gives way."""
    race = {
        "goals": {"runs": 3, "bikes": 1, "long_run": "sunday"},
        "fitness": {"longest_run_minutes": 90, "as_of": MONDAY},
        "treatments": [needled(datetime(2026, 11, 28, 9))],
        "races": [{"name": "City 10k", "date": date(2026, 11, 29), "minutes": 50}],
    }
    (first, *_) = offered({**MORNINGS, **race}, "race")
    assert first == (
        "Move the dry needling (calf muscle) from Sat 28 Nov, 09:00 to Thu 26 Nov, 09:00; a long run gives way to it."
    )


def test_one_appointment_of_a_series_moves_alone() -> None:
    """A remedy for one week leaves the other appointments of its series at their times."""
    series = needled(datetime(2026, 11, 28, 8), repeat={"every": "1 week", "count": 2})
    case = case_of(
        injury={"region": "calf", "severity": "mild"},
        treatments=[series],
        goals={"runs": 1},
        availability={"default": [], "sunday": "07:00-07:30"},
    )
    task = task_of(case, MONDAY, 2)
    made = plan(case, BOOK, today=MONDAY, weeks=2)
    (move,) = [one for one in made.unplaced[0].remedies if one.change == "appointment"][:1]
    moved = changed_case(task.case, move, task.treatments)
    starts = sorted(one.start.replace(tzinfo=None) for one in task_of(moved, MONDAY, 2).treatments)
    assert [datetime(2026, 11, 27, 8), datetime(2026, 12, 5, 8)] == starts
    lengths = [
        {one.end - one.start for one in each} for each in (task.treatments, task_of(moved, MONDAY, 2).treatments)
    ]
    assert lengths[0] == lengths[1]


@pytest.mark.parametrize("field", ["treatment", "start"])
def test_a_remedy_without_what_it_changes_is_refused(field: str) -> None:
    """Half a remedy changes nothing, and says so."""
    case = case_of(injury={"region": "calf"}, treatments=[needled(datetime(2026, 11, 24, 9))])
    whole = Remedy(change="appointment", treatment=0, start=datetime(2026, 11, 25, 9), text="")
    with pytest.raises(ValueError, match="this is no change"):
        changed_case(case, whole.model_copy(update={field: None}), task_of(case, MONDAY).treatments)
