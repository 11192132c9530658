"""Every workout of the catalogue: asked for, logged, fixed for fewer minutes than it usually needs, and replaced."""

from __future__ import annotations

import re
from datetime import date

import pytest

from planner import plan, shipped_rulebook
from planner.case.file import parse_case
from tests.readme import ROOT

pytestmark = pytest.mark.once

RULEBOOK = shipped_rulebook()
MONDAY = date(2026, 12, 7)
OPEN = 'timezone = "Europe/Berlin"\n[availability]\ndefault = "06:00-20:00"\n'
GOAL_OF = {kind: goal for goal, kind in RULEBOOK.goals.items()}
SPECIAL = {workout: goal for goal, workout in RULEBOOK.special_goals.items()}
SPECIAL |= {"run_hard": "hard_runs", "bike_hard": "hard_bikes"}
NOT_BY_ITSELF = {"run_walk", "swim_pull", "aqua_run", "plyometrics", "race"}
"""They stand in for others, belong to a way back, are ruled out where they would harm, or stand under [[races]]."""
SOME = sorted(set(RULEBOOK.workouts) - NOT_BY_ITSELF)


def planned(text: str) -> list[tuple[date, str, int]]:
    """Return the day, the workout and the minutes of whatever is planned in the week of a case."""
    found = plan(parse_case(OPEN + text, "case.toml", RULEBOOK), RULEBOOK, today=MONDAY)
    return [(workout.start.date(), workout.workout, workout.minutes) for workout in found.workouts]


@pytest.mark.parametrize("key", SOME)
def test_each_can_be_asked_for(key: str) -> None:
    """A goal of its kind, or one of its own, brings it into the week."""
    goal = GOAL_OF[RULEBOOK.workouts[key].kind]
    goals = {**dict.fromkeys(("runs", "bikes", "upper_body"), 0), goal: 2}
    goals |= {SPECIAL[key]: 1} if key in SPECIAL else {}
    more = 'long_run = "sunday"\n' if key == "run_long" else ""
    text = "[goals]\n" + "".join(f"{name} = {count}\n" for name, count in goals.items()) + more
    assert key in {workout for _, workout, _ in planned(text)}


@pytest.mark.parametrize("key", sorted(set(RULEBOOK.workouts) - {"race"}))
def test_a_fixed_session_has_the_minutes_that_it_has(key: str) -> None:
    """What somebody else decided is as long as it is, also where the planner would never plan so little of it."""
    minutes = max(5, RULEBOOK.workouts[key].least_minutes - 5)
    session = f'[[sessions]]\nworkout = "{key}"\nday = "wednesday"\nstart = 18:00:00\nminutes = {minutes}\n'
    assert (date(2026, 12, 9), key, minutes) in planned(f"[goals]\nruns = 1\n{session}")


@pytest.mark.parametrize("key", sorted(RULEBOOK.workouts))
def test_one_can_be_logged_by_each_of_its_names(key: str) -> None:
    """Its own name and every everyday name say what was done, for however few minutes."""
    workout = RULEBOOK.workouts[key]
    for name in (key, workout.name, *workout.everyday_names):
        entry = f'[[log]]\ndate = 2026-12-06\ndid = "{name}"\nminutes = 5\n'
        assert (key, 5) == next(
            (entry.did, entry.minutes) for entry in parse_case(OPEN + entry, "case.toml", RULEBOOK).log
        )


@pytest.mark.parametrize("key", sorted(set(RULEBOOK.workouts) - {"race", "mobility"}))
def test_something_is_left_in_place_of_each(key: str) -> None:
    """Where only mobility is allowed, after a nerve block, it stands at the time of a session that is to be kept."""
    block = '[[treatments]]\nkind = "nerve block"\nregion = "calf"\nstart = 2026-12-09T09:00:00\nminutes = 30\n'
    session = f'[[sessions]]\nworkout = "{key}"\nday = "wednesday"\nstart = 18:00:00\nminutes = 60\nkeep = true\n'
    found = planned(f"[goals]\nruns = 1\n{block}{session}")
    assert ["mobility"] == [workout for day, workout, _ in found if day == date(2026, 12, 9)]


def test_the_page_about_the_case_file_names_every_goal() -> None:
    """Whoever reads it knows what a week can be asked for."""
    text = (ROOT / "docs" / "case-file.md").read_text(encoding="utf-8")
    goals = set(re.findall(r"\w+", text.partition("\n[goals]")[2].partition("\n[")[0]))
    assert {*RULEBOOK.goals, *RULEBOOK.special_goals} - goals == set()
