"""Whatever is changed of a coach's week, and around whatever treatment, the person hears why."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from planner import Plan
from planner.planning import plan_request
from planner.what_if.questions import Questions
from tests.bent_cases import MONDAY, coached_weeks

pytestmark = pytest.mark.once

WEEK = (
    "Rest",
    "8 km easy + 6 strides",
    "5 x 1 km, 55 min",
    "Rest or 30 min easy",
    "Gym 45 min",
    "6 km easy + 4 strides",
    "16 km long run",
)
TREATMENTS = (("dry needling", "calf"), ("massage", "hamstring"), ("shockwave", "achilles"))


def bent_week(folder: Path, kind: str, region: str, start: str, severity: str) -> Plan:
    """Return the week, bent around one treatment."""
    tables = (
        f'[injury]\nregion = "{region}"\nseverity = "{severity}"\n'
        f'[[treatments]]\nkind = "{kind}"\nregion = "{region}"\nstart = {start}\n'
        '[availability]\ndefault = ["07:00-08:30", "18:00-20:00"]\n'
    )
    return plan_request(coached_weeks(folder, dict(enumerate(WEEK)), tables, easy_pace="6:10/km"))


@pytest.mark.parametrize("day", [24, 26, 28])
@pytest.mark.parametrize("severity", ["mild", "moderate"])
@pytest.mark.parametrize(("kind", "region"), TREATMENTS)
def test_no_change_is_without_its_reason(tmp_path: Path, kind: str, region: str, severity: str, day: int) -> None:
    """A treatment on every second day of the week, early and late: each change and each loss names a rule."""
    made = []
    for hour in ("07:00", "12:30"):
        planned = bent_week(tmp_path, kind, region, f"2026-11-{day}T{hour}:00", severity)
        assert planned.bent is not None
        made += [workout.change for workout in planned.workouts if workout.change is not None]
        made += [lost.change for lost in planned.bent.lost_workouts]
    # A massage on this Thursday asks too little of a mild injury to change the week.
    assert made or (kind, severity, day) == ("massage", "mild", 26)
    assert [change.text for change in made if not change.reasons] == []


def test_strides_that_are_left_out_name_the_rule_that_rules_out_sprints(tmp_path: Path) -> None:
    """The easy run of the morning before needling stays where it is; only its strides go, and the rule says why."""
    planned = bent_week(tmp_path, "dry needling", "calf", "2026-11-24T09:30:00", "mild")
    (tuesday,) = [run for run in planned.workouts if run.source is not None and "6 strides" in run.source.title]
    assert tuesday.change is not None
    assert (tuesday.change.kinds, tuesday.minutes) == (("no_strides",), 49)
    assert [one.rule for one in tuesday.change.reasons] == ["general.before_needling"]


def plan_of_a_week(folder: Path, sessions: dict[int, str], away: int, injury: str = "") -> Plan:
    """Return the plan of a coach, a title for each day from 0, bent around a day without any time."""
    no_time = MONDAY + timedelta(days=away)
    tables = f'{injury}[availability]\ndefault = "07:00-08:30"\n[[away]]\nfrom = {no_time}\nuntil = {no_time}\n'
    return plan_request(coached_weeks(folder, sessions, tables))


def days_of(folder: Path, sessions: dict[int, str], away: int, injury: str = "") -> list[tuple[int, str]]:
    """Return the days, from 0, and kinds of the workouts of such a plan."""
    planned = plan_of_a_week(folder, sessions, away, injury)
    return sorted(((one.start.date() - MONDAY).days, one.kind) for one in planned.workouts)


def running_days(folder: Path, week: dict[int, str]) -> list[int]:
    """Return the weekdays of the runs of a week that is bent around a Friday without any time."""
    workouts = days_of(folder, week, 4, '[injury]\nregion = "calf"\nseverity = "mild"\n')
    return [day for day, kind in workouts if kind == "run"]


def test_no_more_days_of_running_follow_each_other_than_the_plan_has(tmp_path: Path) -> None:
    """With a mild injury three in a row are enough: Friday's run goes to Saturday, not right after Wednesday."""
    easy = "Easy 30 min"
    assert running_days(tmp_path, {0: easy, 1: easy, 2: easy, 4: easy}) == [0, 1, 2, 5]
    # Only two would follow each other here: it goes to the earlier day.
    assert running_days(tmp_path, {0: easy, 2: easy, 4: easy}) == [0, 2, 3]
    # A plan that runs four days in a row itself may do so.
    assert running_days(tmp_path, {0: easy, 1: easy, 2: easy, 3: easy, 4: easy}) == [0, 1, 2, 3, 5]


def test_no_more_days_with_a_workout_follow_each_other_than_the_plan_has(tmp_path: Path) -> None:
    """Six days in a row are enough: where a run goes to the Sunday before six days, a ride makes one of them free."""
    week = {day: "Bike 40 min" if day < 2 else "Easy 30 min" for day in range(6)}
    six = week | {day + 7: title for day, title in week.items()}
    found = [day for day, _ in days_of(tmp_path, six, 5)]
    assert 6 in found
    assert not set(range(6, 13)) <= set(found)
    # Where the next week begins on a Tuesday, nothing else has to go for it.
    five = {day: title for day, title in six.items() if day != 7}
    assert [day for day, _ in days_of(tmp_path, five, 5)] == [0, 1, 2, 3, 4, 6, 8, 9, 10, 11, 12]


def test_whoever_has_rides_in_the_plan_is_not_new_to_them(tmp_path: Path) -> None:
    """A coach's ride stands in place of no run: it is not cut to the half hour of somebody who never rides."""
    planned = plan_of_a_week(tmp_path, {0: "Easy 30 min", 2: "Bike 75 min"}, away=5)
    assert [one.minutes for one in planned.workouts] == [30, 75]


def test_a_row_that_the_plan_has_itself_is_remarked_on_once(tmp_path: Path) -> None:
    """Where all days of a week have a run, the closest of the rules on days in a row is named; with six, none is."""
    seven = plan_of_a_week(tmp_path, dict.fromkeys(range(7), "Easy 30 min"), away=20)
    assert seven.bent is not None
    assert [one.rule for one in seven.bent.remarks] == ["training.days_in_a_row"]
    six = plan_of_a_week(tmp_path, dict.fromkeys(range(6), "Easy 30 min"), away=20)
    assert six.bent is not None
    assert six.bent.remarks == ()


HARD_WEEK = ("Rest", "Easy run 50 min", "Rest", "30 min easy", "Tempo 30 min", "Tempo 10 km", "18 km with last 4 @ MP")
"""A week that breaks rules about training by itself, as coaches' weeks do."""


def test_questions_are_asked_of_the_very_plan_that_is_shown(tmp_path: Path) -> None:
    """`why`, the page and the sheet know what `plan` prints: what holds for no coach is not held against one."""
    tables = (
        '[injury]\nregion = "calf"\nseverity = "mild"\n[[treatments]]\nkind = "dry needling"\n'
        "start = 2026-11-24T17:00:00\n[goals]\nbikes = 1\nupper_body = 1\n"
        '[availability]\ndefault = ["06:30-08:30", "17:00-20:00"]\n'
    )
    titles = {**dict(enumerate(HARD_WEEK)), 9: "Fartlek 45 min", 11: "8 km easy", 13: "Half marathon"}
    request = coached_weeks(tmp_path, titles, tables, easy_pace="6:10/km")
    planned = plan_request(request)
    assert Questions(request).plan == planned
    checked = {workout.start.day for workout in planned.workouts if workout.workout == "run_hard" and workout.check}
    assert {27, 28, 29} <= checked
