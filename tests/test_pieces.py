"""Small pieces of the questions that a plan answers, each at both sides of its boundaries."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from planner import InputError
from planner.appointments.booked import BusyBlock, Calendars
from planner.case.file import read_case
from planner.case.model import Case
from planner.clock import LAST_YEAR, later
from planner.rulebook.file import shipped_rulebook
from planner.what_if.booking_wish import LONGEST, BookingWish, understand_booking
from planner.what_if.compare import difference
from planner.what_if.replanning import Replanner
from tests.asking import why_workout
from tests.cases import MONDAY, case_of
from tests.readme import ROOT
from tests.test_replanning import task_of

BOOK = shipped_rulebook()
SHOULDER: dict[str, Any] = {"injury": [{"region": "shoulder", "severity": "mild"}], "goals": {"runs": 3}}


def with_runs_of(minutes: int) -> Case:
    """Return a case whose easy runs last so long."""
    return case_of(**SHOULDER, fitness={"easy_run_minutes": minutes, "longest_run_minutes": 60})


def test_a_workout_that_stays_and_gets_shorter_is_told_as_shortened() -> None:
    """Neither lost nor moved; one that gets longer is no loss at all."""
    long, short = with_runs_of(40), with_runs_of(30)
    replanner = Replanner(task_of(long, MONDAY))
    shorter = replanner.with_case(long.model_copy(update={"fitness": short.fitness}))
    found = difference(replanner.base, shorter)
    assert ((), ()) == (found.lost, found.moved)
    assert found.shortened
    assert () == difference(shorter, replanner.base).shortened


def wish(**changed: Any) -> BookingWish:
    """Return a wish for a massage, some of it changed."""
    fields = {"kind": "massage", "region": None, "first": MONDAY, "last": MONDAY + timedelta(days=3)}
    return BookingWish(**{**fields, **changed})


def mistakes(case: Case, asked: BookingWish) -> list[str]:
    """Return what is wrong with a wish."""
    try:
        understand_booking(asked, case, BOOK)
    except InputError as error:
        return [f"{problem.field}: {problem.wrong}" for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("regions", "region", "wrong"),
    [
        (["calf"], None, []),
        (["calf", "knee"], None, ["region: is missing, and the case has several injuries"]),
        ([], None, ["region: is missing, and the case has no injury"]),
        (["calf", "knee"], "knee", []),
        ([], "knee", []),
        (["calf"], "kneee", ['region: "kneee" is no region']),
    ],
)
def test_a_booking_needs_to_know_what_is_treated(regions: list[str], region: str | None, wrong: list[str]) -> None:
    """The injury where there is one, else it is asked."""
    injuries = [{"region": each, "severity": "mild"} for each in regions]
    treated = {} if injuries else {"treatments": [{"kind": "massage", "region": "calf", "start": date(2026, 11, 1)}]}
    assert wrong == mistakes(case_of(injury=injuries, **treated), wish(kind="dry_needling", region=region))


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"last": MONDAY}, []),
        ({"last": MONDAY - timedelta(days=1)}, ["between: 2026-11-22 lies before 2026-11-23"]),
        ({"last": MONDAY + LONGEST}, []),
        ({"last": MONDAY + LONGEST + timedelta(days=1)}, ["between: 2026-11-23 to"]),
        ({"minutes": 60, "hours": "mon 09:00-10:00"}, []),
        ({"minutes": 61, "hours": "mon 09:00-10:00"}, ["at: no appointment of 61 minutes fits into"]),
        ({"first": date(LAST_YEAR - 1, 12, 20), "last": date(LAST_YEAR - 1, 12, 20), "sessions": 2}, []),
        (
            {"first": date(LAST_YEAR - 1, 12, 25), "last": date(LAST_YEAR - 1, 12, 25), "sessions": 2},
            ["sessions: the course would go on too long"],
        ),
        ({"first": date(LAST_YEAR - 1, 12, 31), "last": date(LAST_YEAR - 1, 12, 31), "sessions": 1}, []),
    ],
)
def test_the_days_of_a_booking_have_their_bounds(changed: dict[str, Any], wrong: list[str]) -> None:
    """On both sides of each."""
    found = mistakes(case_of(injury=[{"region": "calf", "severity": "mild"}]), wish(**changed))
    assert len(wrong) == len(found)
    assert all(each.startswith(begin) for each, begin in zip(found, wrong, strict=True))


@pytest.mark.parametrize(
    ("kind", "more", "dose"),
    [
        ("massage", {}, "normal"),
        ("Swedish massage", {}, "light"),
        ("deep-tissue massage", {}, "heavy"),
        ("Swedish massage", {"dose": "heavy"}, "heavy"),
        ("dry needling", {}, "normal"),
    ],
)
def test_some_names_of_a_treatment_say_its_dose(kind: str, more: dict[str, Any], dose: str) -> None:
    """Where the case says none itself."""
    entry = {"kind": kind, "region": "calf", "start": date(2026, 11, 24), **more}
    assert dose == case_of(treatments=[entry]).treatments[0].dose


@pytest.mark.parametrize(("minute", "busy"), [(0, False), (-1, True)])
def test_a_workout_that_a_rule_shortens_is_over_before_the_busy_time_after_it(minute: int, busy: bool) -> None:
    """It is as long as it may be, not as it usually is."""
    case = read_case(ROOT / "examples" / "plantar_fascia_calf_needled.toml", BOOK)
    start = datetime(2026, 11, 27, 7, tzinfo=case.tz)
    limited = why_workout(case, BOOK, start, "run_easy")
    assert limited.max_minutes is not None
    assert limited.max_minutes < 40
    begins = later(start, minutes=limited.max_minutes + minute)
    block = BusyBlock(begins, later(begins, hours=1), "Meeting", "work.ics")
    answer = why_workout(case, BOOK, start, "run_easy", Calendars(busy=(block,)))
    assert busy == (answer.busy_until is not None)
