"""Dose over weeks: breaks and the way back, weeks that grow, spacing, and an answer whatever a person drags where."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.case.file import parse_case
from planner.case.model import Case
from planner.clock import Minutes, at
from planner.dose.spacings import SpacingRule, breaks_spacing
from planner.dose.week_level import WeekLevels, share_minutes, steep_weeks
from planner.planning import plan
from planner.results.answer import Answer
from planner.results.plan import Plan
from planner.revision.calendar import Earlier, ShownEvent
from planner.revision.identity import plan_identity
from planner.rulebook.figures import Growth, WeekCeiling
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.request import Request
from planner.what_if.questions import Questions
from tests.asking import why_workout
from tests.cases import MONDAY, case_of, examples

pytestmark = pytest.mark.once

RULEBOOK = shipped_rulebook()
EVERY_MORNING = {"default": "06:00-09:00"}


def planned(weeks: int = 2, today: date = MONDAY, **data: Any) -> Plan:
    """Return the plan of a case with a mild injury that can train every morning."""
    injury = {"region": "elbow", "severity": "mild"}
    return plan(
        case_of(**{"injury": injury, "availability": EVERY_MORNING, **data}), RULEBOOK, today=today, weeks=weeks
    )


def minutes_of(made: Plan, *workouts: str) -> list[tuple[date, int]]:
    """Return the days and minutes of some workouts of a plan."""
    return [(one.start.date(), one.minutes) for one in made.workouts if one.workout in workouts]


def ran(*days: int, minutes: int = 40) -> list[dict[str, Any]]:
    """Return a log of easy runs, so many days before the plan begins."""
    return [{"date": MONDAY - timedelta(days=day), "did": "run_easy", "minutes": minutes, "pain": 0} for day in days]


def rode(*days: int) -> list[dict[str, Any]]:
    """Return a log of rides, so many days before the plan begins."""
    return [{"date": MONDAY - timedelta(days=day), "did": "bike_easy", "minutes": 40, "pain": 0} for day in days]


@pytest.mark.parametrize(
    ("away", "most"),
    [
        # Five days off are nothing; from the sixth on the log, kept meanwhile, says that there was a break.
        (5, 60),
        (6, 36),
        (13, 36),
        (14, 30),
        (27, 30),
    ],
)
def test_how_long_a_run_is_after_days_without_depends_on_how_many_they_were(away: int, most: int) -> None:
    """Nothing, 60 % and half of the usual hour; the last run was `away` whole days before the plan."""
    log = [*ran(away + 1, minutes=60), *rode(*range(1, away, 2))]
    made = planned(1, goals={"runs": 3}, fitness={"easy_run_minutes": 60, "longest_run_minutes": 60}, log=log)
    assert minutes_of(made, "run_easy")[0][1] == most


def test_an_empty_log_is_no_break() -> None:
    """Whoever logs nothing has not stopped running: a run three weeks ago and nothing since says nothing."""
    made = planned(1, goals={"runs": 3}, fitness={"easy_run_minutes": 60, "longest_run_minutes": 60}, log=ran(21))
    assert {minutes for _, minutes in minutes_of(made, "run_easy")} == {60}


def test_a_dated_last_run_is_a_break_without_any_log() -> None:
    """`last_run` three weeks ago: half of the usual."""
    fitness = {"easy_run_minutes": 60, "longest_run_minutes": 60, "last_run": MONDAY - timedelta(days=21)}
    made = planned(1, goals={"runs": 3}, fitness=fitness)
    assert {minutes for _, minutes in minutes_of(made, "run_easy")} == {30}


def test_a_race_that_was_run_is_never_the_usual_long_run() -> None:
    """260 minutes raced two months ago leave the long run where the case has it."""
    race = {"date": MONDAY - timedelta(days=60), "did": "race", "minutes": 260, "pain": 0}
    made = planned(1, goals={"runs": 3, "long_run": "sunday"}, fitness={"longest_run_minutes": 90}, log=[race])
    assert [minutes for _, minutes in minutes_of(made, "run_long")] == [90]


def test_one_short_entry_makes_no_long_run_shorter_than_an_easy_one() -> None:
    """A run of 20 minutes yesterday is no longest run of 30 days where the log does not reach back so far."""
    made = planned(
        1, goals={"runs": 3, "long_run": "sunday"}, fitness={"longest_run_minutes": 90}, log=ran(1, minutes=20)
    )
    assert [minutes for _, minutes in minutes_of(made, "run_long")] == [90]


def levels(recent: list[int], usual: int, *, may_grow: bool = True) -> WeekLevels:
    """Return the levels of weeks by the rules as shipped."""
    growth = Growth(percent=10, at_least_minutes=Minutes(15), down_week_every=4, down_week_percent=75)
    return WeekLevels(
        WeekCeiling(percent=130, weeks=4),
        growth,
        list(map(Minutes, recent)),
        Minutes(usual),
        Minutes(usual),
        may_grow=may_grow,
    )


def test_quiet_weeks_grow_by_a_quarter_of_an_hour_and_the_fourth_is_lighter() -> None:
    """From 90 minutes towards 300: three steps, one week at three quarters, back to where it was, and on."""
    weeks = levels([90, 90, 90, 90], 300)
    found = []
    for _ in range(6):
        level = weeks.next()
        assert level.minutes is not None
        weeks.note_week(level.minutes)
        found.append(level.minutes)
    assert found == [105, 120, 135, 101, 134, 149]


STRICT = Growth(
    percent=10,
    at_least_minutes=Minutes(10),
    every_weeks=2,
    down_week_every=3,
    down_week_percent=70,
    most_steps=1,
)


def strict_levels(recent: list[int], known: int = 4) -> WeekLevels:
    """Return the levels of weeks by the strict rules as shipped, of which the log has the last `known` ones."""
    weeks = list(map(Minutes, recent))
    return WeekLevels(
        WeekCeiling(percent=110, weeks=4), STRICT, weeks, Minutes(300), Minutes(300), may_grow=True, logged_weeks=known
    )


@pytest.mark.parametrize(
    ("recent", "known", "expected"),
    [
        ([100, 100, 100, 110], 4, 110),
        ([100, 100, 110, 110], 4, 121),
        ([110, 100, 108, 108], 4, 118),  # back to what it was is no step
        ([100, 100, 100, 100], 1, 110),
        ([100, 100, 100, 100], 0, 100),
    ],
)
def test_weeks_that_were_waited_count_on_in_the_next_plan(recent: list[int], known: int, expected: int) -> None:
    """Each second week may grow, whether one plan holds them or several; weeks that nobody knows were not waited."""
    assert strict_levels(recent, known).next().minutes == expected


@pytest.mark.parametrize(
    ("recent", "lighter"),
    [
        ([100, 110, 110, 121], True),  # a week between two steps ends no row of them
        ([100, 110, 121, 121], True),
        ([100, 110, 110, 110], False),
        ([100, 121, 80, 90], False),
    ],
)
def test_where_each_second_week_may_grow_the_steps_are_counted_across_the_weeks_between(
    recent: list[int], lighter: bool
) -> None:
    """After two of them comes a lighter week; a week that was one already begins a new row."""
    assert strict_levels(recent).next().lighter is lighter


@pytest.mark.parametrize(("held_to", "lighter"), [(101, True), (100, False)])
def test_a_week_that_grows_below_its_level_has_grown(held_to: int, lighter: bool) -> None:
    """The level is the mean of 140, 100, 100, 100; weeks that may hold less than it grow from 100 all the same."""
    weeks = levels([140, 100, 100, 100], 300)
    for more in range(3):
        assert weeks.next().grows
        weeks.note_week(Minutes(held_to + more if held_to > 100 else held_to))
    assert weeks.next().lighter is lighter


@pytest.mark.parametrize(("done", "expected"), [(77, 107), (60, 85)])
def test_the_week_after_a_lighter_one_is_about_what_was_before_it(done: int, expected: int) -> None:
    """A tenth over the mean of the four weeks, not over the lighter one; who did less of it comes back to less."""
    weeks = strict_levels([120, 100, 105, 110])
    assert weeks.next().minutes == 77
    weeks.note_week(Minutes(done))
    assert weeks.next().minutes == expected


def test_a_week_that_was_not_quiet_makes_no_step() -> None:
    """After a hold the week stays as it is."""
    assert levels([90, 90, 90, 90], 300).next(quiet=False).minutes == 90


def test_who_is_one_step_from_the_usual_week_is_not_on_the_way_back() -> None:
    """Only the ceiling of 130 % holds: 285 minutes of 300."""
    assert levels([285, 285, 285, 285], 300).next().minutes == int(1.3 * 285)


@pytest.mark.parametrize(
    ("budget", "expected"), [(200, (40, 80, 0)), (160, (40, 80, 0)), (80, (20, 40, 0)), (10, (15, 5, 0))]
)
def test_a_week_with_too_few_minutes_makes_all_runs_shorter_alike(budget: int, expected: tuple[int, int, int]) -> None:
    """Two easy runs of 40 and a long one of 80 are 160 minutes; no easy run falls below its least."""
    easy, long, hard, least = map(Minutes, (40, 80, 0, 15))
    assert share_minutes(Minutes(budget), easy, long, hard, 3, 0, least) == expected


def spacing(days: int, *, in_a_row: bool = False) -> SpacingRule:
    """Return a spacing of runs."""
    runs = frozenset({"run_easy"})
    return SpacingRule(RULEBOOK.rules["training.upper_body_apart"], days, runs, runs, in_a_row=in_a_row)


def days(*numbers: int) -> list[tuple[date, str, bool]]:
    """Return runs on some days."""
    return [(MONDAY + timedelta(days=number), "run_easy", False) for number in numbers]


@pytest.mark.parametrize(("apart", "expected"), [(1, True), (2, False)])
def test_a_gap_of_two_days_leaves_one_between(apart: int, expected: bool) -> None:
    """Monday and Tuesday are too near, Monday and Wednesday are not."""
    assert breaks_spacing(spacing(2), days(0, apart)) is expected


@pytest.mark.parametrize(("number", "expected"), [(3, False), (4, True)])
def test_three_days_in_a_row_are_three(number: int, expected: bool) -> None:
    """The fourth is one too many."""
    assert breaks_spacing(spacing(3, in_a_row=True), days(*range(number))) is expected


def test_upper_body_days_keep_a_day_between_across_weeks() -> None:
    """Five are asked for and every morning is free: never two on consecutive days."""
    found = [day for day, _ in minutes_of(planned(3, goals={"upper_body": 5, "rest_days": 0}), "upper_body")]
    assert len(found) >= 9
    assert min((later - day).days for day, later in pairwise(found)) == 2


def test_no_leg_strength_stands_on_the_day_before_a_long_run() -> None:
    """Three leg days and a long run on Sunday: Saturday is free of them."""
    made = planned(2, goals={"lower_body": 3, "runs": 1, "long_run": "sunday"}, fitness={"longest_run_minutes": 80})
    legs = {day for day, _ in minutes_of(made, "lower_body")}
    long_runs = [day for day, _ in minutes_of(made, "run_long")]
    assert long_runs
    assert not {day - timedelta(days=1) for day in long_runs} & legs


@pytest.mark.parametrize("rest", [{}, {"rest_days": 0}])
def test_there_are_never_more_than_six_days_in_a_row(rest: dict[str, int]) -> None:
    """Seven workouts a week leave a day free at least every seventh day, also for who asks for no day of rest."""
    made = planned(6, goals={"runs": 3, "bikes": 2, "upper_body": 2, **rest})
    there = {one.start.date() for one in made.workouts}
    assert not [day for day in there if all(day + timedelta(days=number) in there for number in range(7))]


@st.composite
def dragged(draw: st.DrawFn) -> tuple[list[ShownEvent], date]:
    """Draw what a calendar shows of a plan of three weeks, some of it dragged or deleted, and today."""
    zone = case_of(injury={"region": "heel"}).tz
    workouts = st.sampled_from(["run_easy", "run_long", "run_hard", "bike_easy", "upper_body", "lower_body"])
    found = []
    for number, day in enumerate(draw(st.lists(st.integers(0, 20), max_size=16))):
        start = at(MONDAY + timedelta(days=day), time(draw(st.integers(6, 10))), zone)
        found.append(
            ShownEvent(
                uid=f"{number}@x",
                mark=draw(workouts),
                title="",
                start=start,
                end=start + timedelta(minutes=30),
                sequence=0,
                by_hand=draw(st.sampled_from(["", "", "moved", "moved", "deleted"])),
            )
        )
    return found, MONDAY + timedelta(days=draw(st.integers(0, 14)))


@examples(60)
@given(dragged())
def test_the_search_always_has_an_answer(calendar: tuple[list[ShownEvent], date]) -> None:
    """Whatever stands on days that are past or not planned now, and whatever was dragged where: there is a plan."""
    events, today = calendar
    case = case_of(injury={"region": "heel"}, goals={"runs": 3, "lower_body": 1, "long_run": "sunday"})
    earlier = Earlier(
        plan_identity(case),
        MONDAY,
        MONDAY + timedelta(days=20),
        datetime.combine(today, time(8), case.tz),
        tuple(events),
        frozenset(event.uid for event in events),
    )
    made = plan(case, RULEBOOK, today=today, weeks=1, earlier=earlier)
    assert [day.date for day in made.days] == [today + timedelta(days=number) for number in range(7)]


@pytest.mark.parametrize(
    ("tissue", "caution", "minutes", "alert"),
    [
        ("injury", "standard", 67, False),
        ("injury", "standard", 68, True),
        ("massage", "standard", 76, False),
        ("massage", "standard", 77, True),
        ("injury", "strict", 58, False),
        ("injury", "strict", 59, True),
        ("injury", "permissive", 103, False),
        ("injury", "permissive", 104, True),
    ],
)
def test_a_race_of_which_too_little_was_trained_is_an_alert(
    tissue: str, caution: str, minutes: int, alert: bool
) -> None:
    """Against the longest run of 45 minutes: 1.5 times with an injury, 1.7 without; each caution level has its own."""
    whom = {
        "injury": '[injury]\nregion = "shoulder"\nseverity = "mild"\n',
        "massage": '[[treatments]]\nkind = "massage"\nregion = "shoulder"\nstart = 2026-10-01T09:00:00\n',
    }[tissue]
    text = f"""timezone = "Europe/Berlin"
caution = "{caution}"
races = [{{ date = 2026-11-20, minutes = 20 }}, {{ date = 2026-11-24, minutes = {minutes} }}]
{whom}[[log]]
date = 2026-11-10
did = "run_easy"
minutes = 45
"""
    made = plan(parse_case(text, "case.toml", RULEBOOK), RULEBOOK, today=MONDAY)
    assert alert == any("you are not prepared for it" in each for each in made.alerts)


@pytest.mark.parametrize(
    ("weeks", "minutes", "alert"),
    [
        (0, 67, False),
        (0, 68, True),
        (1, 74, False),
        (1, 75, True),
        (3, 89, False),
        (3, 90, True),
        (4, 89, False),
        (4, 90, True),
        (12, 159, False),
        (12, 160, True),
    ],
)
def test_a_race_after_the_plan_is_held_against_what_may_be_added_until_then(
    weeks: int, minutes: int, alert: bool
) -> None:
    """The weeks of which no plan speaks yet are no weeks without a run: a tenth more each, every fourth one lighter."""
    race = {"date": MONDAY + timedelta(days=7 + 7 * weeks), "minutes": minutes, "goal": False}
    fitness = {"easy_run_minutes": 45, "longest_run_minutes": 45}
    log = ran(2, 5, 9, 12, 16, 19, 23, 26, minutes=45)
    made = planned(1, log=log, goals={"runs": 2}, races=[race], fitness=fitness)
    assert {minutes for _, minutes in minutes_of(made, "run_easy")} == {45}
    assert alert == any("you are not prepared for it" in each for each in made.alerts)


@pytest.mark.parametrize(
    ("minutes", "heard"),
    [
        # Of 45 minutes, the longest run so far: 1.3 times are nothing, more are remarked upon, over 1.5 are not enough.
        (58, ""),
        (62, "run it slower than you would like to"),
        (67, "run it slower than you would like to"),
        (68, "take a shorter distance"),
    ],
)
def test_a_race_for_which_only_the_plan_prepares_is_remarked_upon(minutes: int, heard: str) -> None:
    """The long run grows to 48 minutes and more before it, which makes it enough: once it was run, not before."""
    goals = {"runs": 3, "long_run": "sunday"}
    log = [
        {"date": MONDAY - timedelta(days=day), "did": "run_easy", "minutes": 45} for day in (1, 3, 5, 8, 10, 12, 15, 17)
    ]
    race = {"date": MONDAY + timedelta(days=20), "minutes": minutes, "name": "Ten"}
    fitness = {"easy_run_minutes": 40, "longest_run_minutes": 45}
    made = planned(3, goals=goals, fitness=fitness, log=log, races=[race])
    remarks = [note for note in made.notes if note.startswith("Ten on ")]
    assert not made.alerts
    assert [heard in note and "only if the runs that are planned" in note for note in remarks] == [True] * bool(heard)


@pytest.mark.parametrize(("days", "is_alert"), [(14, True), (15, False)])
def test_also_a_race_that_is_no_goal_is_an_alert_soon_after_a_break(days: int, is_alert: bool) -> None:
    """A parkrun of 28 minutes, two weeks after the first run back from three weeks without."""
    fitness = {"easy_run_minutes": 30, "longest_run_minutes": 40, "last_run": MONDAY - timedelta(days=21)}
    race = {"date": MONDAY + timedelta(days=days), "minutes": 28, "goal": False}
    made = planned(3, goals={"runs": 3}, fitness=fitness, races=[race])
    assert is_alert == any("soon after" in alert for alert in made.alerts)


@pytest.mark.parametrize(("days", "is_remarked"), [(11, True), (12, False)])
def test_a_race_within_the_days_after_another_one_is_remarked_upon(days: int, is_remarked: bool) -> None:
    """120 minutes leave nothing hard for twelve days, and a race is hard."""
    races = [
        {"date": MONDAY + timedelta(days=2), "minutes": 120, "name": "Half"},
        {"date": MONDAY + timedelta(days=2 + days), "minutes": 55, "name": "Ten"},
    ]
    made = planned(3, goals={"runs": 3}, fitness={"easy_run_minutes": 45, "longest_run_minutes": 110}, races=races)
    assert is_remarked == any(note.startswith("Ten on ") and f"{days} days after Half" in note for note in made.notes)


def test_a_race_that_has_no_place_is_said_above_the_plan_with_its_reason() -> None:
    """Two weeks after an injection at the sole of the foot nobody races; one in ten weeks may take place."""
    races = [{"date": MONDAY + timedelta(days=day), "minutes": 50, "name": f"Run {day}"} for day in (13, 70)]
    treatment = {"kind": "steroid_injection", "region": "plantar_fascia", "start": datetime(2026, 11, 19, 9, 0)}
    made = planned(11, goals={"runs": 3}, races=races, treatments=[treatment])
    alerts = [alert for alert in made.alerts if "is not in the plan" in alert]
    assert [alert.partition(" on ")[0] for alert in alerts] == ["Run 13"]
    assert "Injection" in alerts[0]


def answer_on(case: Case, day: date, workout: str) -> Answer:
    """Return whether a workout may start at six on a day, in the two weeks that begin on Monday."""
    start = at(day, time(6), case.tz)
    return Questions(Request(case, RULEBOOK, MONDAY, None, 2)).best_answer(workout, [start])


@pytest.mark.parametrize(("day", "most"), [(7, 30), (8, 40)])
def test_the_week_after_a_race_ends_with_the_seventh_day_after_it(day: int, most: int) -> None:
    """Three quarters of 40 minutes after a race of an hour on a Sunday, up to the next Sunday."""
    race = [{"date": MONDAY - timedelta(days=1), "minutes": 60}]
    case = case_of(
        injury={"region": "elbow", "severity": "mild"},
        availability=EVERY_MORNING,
        goals={"runs": 3},
        fitness={"easy_run_minutes": 40, "longest_run_minutes": 40},
        races=race,
    )
    on = MONDAY + timedelta(days=day - 1)
    answer = answer_on(case, on, "run_easy")
    assert min(answer.max_minutes or 40, 40) == most


@pytest.mark.parametrize(("day", "share"), [(4, 60), (5, 80)])
def test_a_day_in_which_a_part_of_the_way_back_ends_belongs_to_that_part(day: int, share: int) -> None:
    """Half of nine days are four and a half: the fifth day still has the smaller share."""
    fitness = {"easy_run_minutes": 60, "longest_run_minutes": 60, "last_run": MONDAY - timedelta(days=10)}
    on = MONDAY + timedelta(days=day)
    case = case_of(
        injury={"region": "elbow", "severity": "mild"},
        availability=EVERY_MORNING,
        goals={"runs": 4},
        fitness=fitness,
    )
    answer = answer_on(case, on, "run_easy")
    assert answer.max_minutes == 60 * share // 100


@pytest.mark.parametrize(
    ("goal", "last", "caution", "least"),
    [
        ("swims", "last_swim", "standard", 15),
        ("bikes", "last_ride", "strict", 20),
        ("upper_body", "last_strength", "strict", 20),
    ],
)
def test_what_ends_a_break_comes_back_at_its_least_where_its_share_is_less(
    goal: str, last: str, caution: str, least: int
) -> None:
    """A third of half an hour is no swim: if it were none, the break would never end."""
    fitness = {last: MONDAY - timedelta(days=30), "upper_body_minutes": 30}
    made = planned(1, goals={goal: 2}, fitness=fitness, caution=caution)
    assert [one.minutes for one in made.workouts if one.kind + "s" == goal or one.kind == goal] == [least] * 2


@pytest.mark.parametrize(("days", "most"), [(5, 60), (6, 36)])
def test_days_that_the_case_calls_away_are_a_break_from_six_on(days: int, most: int) -> None:
    """The first run after a journey of six days is 60 % of the usual; after five it is as ever."""
    away = [{"from": MONDAY + timedelta(days=7), "until": MONDAY + timedelta(days=6 + days)}]
    made = planned(
        3,
        goals={"runs": 4},
        fitness={"easy_run_minutes": 60, "longest_run_minutes": 60},
        availability={**EVERY_MORNING, "week_starts": "monday"},
        away=away,
    )
    back = MONDAY + timedelta(days=7 + days)
    assert next(minutes for day, minutes in minutes_of(made, "run_easy") if day >= back) == most


@pytest.mark.parametrize(("workout", "effort"), [("upper_body", None), ("lower_body", "easy")])
def test_a_break_of_one_kind_holds_back_no_other(workout: str, effort: str | None) -> None:
    """Whoever worked the arms twice a week and the legs not for four comes back easily with the legs alone."""
    log = [{"date": MONDAY - timedelta(days=day), "did": "upper_body", "minutes": 40} for day in range(2, 30, 4)]
    case = case_of(injury={"region": "heel"}, log=log)
    answer = why_workout(case, RULEBOOK, datetime.combine(MONDAY, time(9)), workout)
    assert effort == answer.max_intensity


def long_runs(weeks: int, **data: Any) -> list[int]:
    """Return the minutes of the long runs of some weeks of somebody who runs three times a week, 70 minutes at most."""
    goals = {"runs": 3, "long_run": "sunday", **data.pop("goals", {})}
    made = planned(weeks, goals=goals, fitness={"easy_run_minutes": 40, "longest_run_minutes": 70}, **data)
    return [minutes for _, minutes in minutes_of(made, "run_long")]


def test_a_long_run_that_is_asked_for_is_grown_to_and_is_not_the_usual_one() -> None:
    """From 70 minutes: a tenth more each week, the fourth week lighter, and no more than the 100 that are asked for."""
    assert long_runs(7, goals={"longest_run_minutes": 100}) == [77, 84, 92, 71, 90, 100, 100]


@pytest.mark.parametrize(("goal", "expected"), [(None, [77, 84]), (True, [77, 84]), (False, [70, 70])])
def test_a_longer_race_grows_the_long_run_unless_it_is_no_goal(goal: bool | None, expected: list[int]) -> None:
    """A half marathon of 130 minutes in ten weeks; as a parkrun it would ask for nothing."""
    race = {"date": MONDAY + timedelta(days=69), "minutes": 130, **({} if goal is None else {"goal": goal})}
    assert long_runs(2, races=[race]) == expected


@pytest.mark.parametrize(("weeks", "expected"), [(16, [77]), (17, [70])])
def test_a_long_run_grows_for_a_race_in_the_sixteen_weeks_before_it(weeks: int, expected: list[int]) -> None:
    """Whoever has more time stays where they are for now."""
    race = {"date": MONDAY + timedelta(weeks=weeks), "minutes": 130}
    assert long_runs(1, races=[race]) == expected


@pytest.mark.parametrize(("days", "expected"), [(365, [25, 25, 25]), (366, [20, 20, 20])])
def test_a_new_runner_grows_without_being_asked(days: int, expected: list[int]) -> None:
    """In the first year the week grows by a quarter of an hour, up to runs of half an hour."""
    fitness = {"easy_run_minutes": 20, "running_since": MONDAY - timedelta(days=days)}
    made = planned(1, goals={"runs": 3}, fitness=fitness)
    assert [minutes for _, minutes in minutes_of(made, "run_easy")] == expected


def test_weeks_with_a_parkrun_stay_what_they_are() -> None:
    """The race is one of the runs and none of the minutes: the others do not shrink beside it."""
    races = [{"date": MONDAY + timedelta(days=5 + 7 * week), "minutes": 28, "goal": False} for week in range(6)]
    assert long_runs(6, races=races) == [70] * 6


@pytest.mark.parametrize("later", [0, 3, 6, 190])
def test_days_that_lie_behind_today_are_planned_by_the_figures_of_the_case(later: int) -> None:
    """Who asks today for the week of some Monday gets the same week as on that Monday."""
    case = case_of(
        injury={"region": "elbow", "severity": "mild"},
        availability=EVERY_MORNING,
        goals={"runs": 3, "long_run": "sunday"},
        fitness={"easy_run_minutes": 40, "longest_run_minutes": 60},
    )
    made = plan(case, RULEBOOK, start=MONDAY, today=MONDAY + timedelta(days=later), weeks=1)
    assert sorted(minutes for _, minutes in minutes_of(made, "run_easy", "run_long")) == [40, 40, 60]


def test_a_hard_run_that_was_done_takes_nothing_from_the_long_run_that_is_left() -> None:
    """On a way back to the usual week the minutes that are left are for what is left of it."""
    before = [(day, "run_easy", 35) for week in range(4) for day in (-28 + 7 * week, -26 + 7 * week, -24 + 7 * week)]
    before += [(-22 + 7 * week, "run_long", 60) for week in range(4)]
    this_week = [(0, "run_easy", 35), (2, "run_easy", 35), (4, "run_hard", 35)]
    log = [
        {"date": MONDAY + timedelta(days=day), "did": did, "minutes": minutes, "pain": 0, "next_morning": 0}
        for day, did, minutes in sorted([*before, *this_week])
    ]
    made = plan(
        case_of(
            injury={"region": "elbow", "severity": "mild"},
            availability=EVERY_MORNING,
            goals={"runs": 4, "hard_runs": 1, "long_run": "sunday"},
            fitness={"easy_run_minutes": 45, "longest_run_minutes": 80},
            log=log,
        ),
        RULEBOOK,
        start=MONDAY,
        today=MONDAY + timedelta(days=5),
        weeks=1,
    )
    # 165 minutes a week may become 181, of which 105 are run.
    assert minutes_of(made, "run_long") == [(MONDAY + timedelta(days=6), 76)]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ([100, 110], []),
        ([100, 111], [(1, 11)]),
        # After a lighter week: the mean of the four before it is 85.
        ([100, 100, 100, 40, 93], []),
        ([100, 100, 100, 40, 94], [(4, 11)]),
        ([0, 50], []),
    ],
)
def test_a_week_is_steep_by_more_than_so_many_per_cent(minutes: list[int], expected: list[tuple[int, int]]) -> None:
    """Against the week before it or the mean of the four before it, whichever is more; nothing is no measure."""
    assert list(steep_weeks(minutes, 10)) == expected
