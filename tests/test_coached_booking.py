"""What an appointment costs somebody else's plan, session by session."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from planner.results.offer import BookingOption
from planner.what_if.booking import offer
from tests.bent_cases import MONDAY, coached_weeks
from tests.living import on
from tests.test_booking import ask_for

pytestmark = pytest.mark.once

TABLES = """
[injury]
region = "calf"
severity = "moderate"
[availability]
default = []
monday = "07:00-08:00"
wednesday = "07:00-08:00"
friday = "07:00-08:00"
saturday = "08:00-11:00"
sunday = "08:00-11:00"
[fitness]
easy_run_minutes = 50
longest_run_minutes = 90
"""


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory) -> dict[datetime, BookingOption]:
    """Return by their starts what needlings of the calf would cost a plan of three easy runs."""
    titles = {0: "6 km easy", 2: "6 km easy", 4: "8 km easy"}
    request = coached_weeks(Path(tmp_path_factory.mktemp("coached")), titles, TABLES, easy_pace="6:00/km")
    hours = "tue-thu 17:00-17:30, sun 16:00-16:30"
    found = offer(request, ask_for(MONDAY, on(6).date(), hours)).options
    return {one.start.replace(tzinfo=None): one for one in found}


@pytest.mark.parametrize(
    ("start", "becomes", "text"),
    [
        ((6, 16), ([], [], []), "All of your plan stays as it is."),
        ((2, 17), ([], [], [("8 km easy", 35)]), '1 of 3 sessions of your plan changes: "8 km easy".'),
        ((3, 17), ([("8 km easy", 4)], [], []), '1 of 3 sessions of your plan changes: "8 km easy".'),
        (
            (1, 17),
            ([], [("6 km easy", 2, 4), ("8 km easy", 4, 6)], [("6 km easy", 35)]),
            '2 of 3 sessions of your plan change: "6 km easy" and "8 km easy".',
        ),
    ],
)
def test_what_becomes_of_each_session_is_told(
    start: tuple[int, int], becomes: tuple[list[Any], ...], text: str, options: dict[datetime, BookingOption]
) -> None:
    """After the last run nothing changes; before one it is cut, goes to another day, or has no day left."""
    one = options[on(*start).replace(tzinfo=None)]
    lost = [(each.title, (each.start.date() - MONDAY).days) for each in one.lost]
    moved = [(each.title, (each.from_.date() - MONDAY).days, (each.to.date() - MONDAY).days) for each in one.moved]
    assert (lost, moved, [(each.title, each.minutes) for each in one.shortened]) == becomes
    assert one.text == text


def test_a_session_that_finds_no_day_any_more_is_lost(tmp_path: Path) -> None:
    """Nothing else may stand on its day, and no other day is free."""
    days = TABLES[TABLES.index("monday") : TABLES.index("[fitness]")]
    runs = "".join(
        f'{day} = {{ windows = ["07:00-08:00"], kinds = ["run"] }}\n' for day in ("monday", "wednesday", "friday")
    )
    tables = TABLES.replace(days, runs)
    request = coached_weeks(tmp_path, {0: "6 km easy", 2: "6 km easy", 4: "8 km easy"}, tables, easy_pace="6:00/km")
    (one,) = offer(request, ask_for(on(3).date(), on(3).date(), "thu 17:00-17:30")).options
    assert [("8 km easy", on(4).date())] == [(each.title, each.start.date()) for each in one.lost]
    assert (one.moved, one.shortened) == ((), ())


def test_a_race_that_comes_too_soon_is_told_with_what_becomes_of_the_plan(tmp_path: Path) -> None:
    """As in a plan of one's own: how many days are left until it, and how many that is too few."""
    race = f"[[races]]\ndate = {on(6).date()}\nminutes = 60\ngoal = true\n"
    request = coached_weeks(tmp_path, {0: "6 km easy", 2: "6 km easy"}, TABLES + race, easy_pace="6:00/km")
    (one,) = offer(request, ask_for(on(2).date(), on(2).date(), "wed 17:00-17:30")).options
    assert "is only 4 days" in one.text
    assert one.days_short_of_race == 3
