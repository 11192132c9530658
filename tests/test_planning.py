"""Planning: weeks, races, breaks and first runs back, as whole plans."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from planner.errors import InputError
from planner.limits.in_force import training_rules
from planner.planning import plan
from planner.results.plan import Plan
from planner.rulebook.file import shipped_rulebook
from tests.cases import MONDAY, case_of, core_rulebook, needled
from tests.checker import broken
from tests.rulebooks import rule, rulebook

NEEDLED = [needled(datetime(2026, 11, 24, 9, 30))]


def runs(made: Plan) -> list[tuple[date, int]]:
    """Return the days of the runs of a plan, and their minutes."""
    return [(day.date, one.minutes) for day in made.days for one in day.workouts if one.kind == "run"]


@pytest.mark.parametrize(("weeks", "days"), [(1, 7), (2, 14), (12, 84)])
def test_a_plan_has_seven_days_a_week(weeks: int, days: int) -> None:
    """From the first day on, today if none is given."""
    made = plan(case_of(treatments=NEEDLED), shipped_rulebook(), today=MONDAY, weeks=weeks)
    assert (len(made.days), made.from_, made.to) == (days, MONDAY, MONDAY + timedelta(days=days - 1))


def test_a_plan_of_no_weeks_is_an_input_error() -> None:
    """As the documentation of `plan` says."""
    with pytest.raises(InputError):
        plan(case_of(treatments=NEEDLED), shipped_rulebook(), today=MONDAY, weeks=0)


def test_a_plan_may_start_another_day_than_today() -> None:
    """`start` is the first day."""
    made = plan(case_of(treatments=NEEDLED), shipped_rulebook(), today=MONDAY, start=MONDAY + timedelta(days=3))
    assert made.from_ == MONDAY + timedelta(days=3)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        # The break ends on Wednesday at 10:00. Until 72 hours later the first run back is still to come.
        (date(2026, 11, 26), 28),
        (date(2026, 11, 28), 28),
        (date(2026, 11, 29), 40),
    ],
)
def test_a_break_that_ended_before_the_plan_is_remembered_for_three_days(start: date, expected: int) -> None:
    """Whoever plans on the third day has not run yet; after that the first run back is taken as run."""
    case = case_of(
        treatments=NEEDLED,
        goals={"runs": 1, "rest_days": 0},
        availability={"default": "12:00-13:00"},
        fitness={"easy_run_minutes": 40},
    )
    made = plan(case, core_rulebook(), today=start)
    assert [minutes for _, minutes in runs(made)][:1] == [expected]


@pytest.mark.parametrize(("hours", "first"), [([0, 23], 40), ([0, 24], 28)])
def test_only_a_break_of_a_day_or_more_makes_a_first_run_back(hours: list[int], first: int) -> None:
    """A ban of 23 hours is no break, one of 24 is."""
    rulebook = core_rulebook()
    ban = rulebook.rules["dry_needling.first_day"].model_copy(
        update={"id": "general.ban", "hours_after": tuple(hours), "rules_out": ("run",)}
    )
    kept = {key: rule for key, rule in rulebook.rules.items() if key.startswith("training.")}
    case = case_of(
        treatments=NEEDLED,
        goals={"runs": 1},
        availability={"default": [], "2026-11-26": "12:00-13:00"},
        fitness={"easy_run_minutes": 40},
    )
    made = plan(case, rulebook.model_copy(update={"rules": {**kept, ban.id: ban}}), today=MONDAY)
    assert runs(made) == [(date(2026, 11, 26), first)]


@pytest.mark.parametrize(
    "minutes",
    [
        20,
        22,
        30,
    ],
)
def test_somebody_who_runs_little_runs_again_after_a_break(minutes: int) -> None:
    """The first run back is short, but it must be possible: two weeks after needling there have been runs."""
    case = case_of(treatments=NEEDLED, goals={"runs": 3}, fitness={"easy_run_minutes": minutes})
    made = plan(case, core_rulebook(), today=date(2026, 11, 25), weeks=2)
    assert runs(made) != []


@pytest.mark.parametrize(("start", "expected"), [(None, time(10)), (time(8, 15), time(8, 15))])
def test_a_race_starts_when_it_starts(start: time | None, expected: time) -> None:
    """At ten where the case does not say, whatever the start windows of the day."""
    race: dict[str, Any] = {"date": date(2026, 11, 29), "minutes": 50, "name": "Winter 10K"}
    if start is not None:
        race["start"] = start
    case = case_of(injury={"region": "elbow"}, races=[race], availability={"default": []}, goals={"runs": 1})
    (workout,) = plan(case, core_rulebook(), today=MONDAY).workouts
    assert (workout.start.time(), workout.minutes, workout.title) == (expected, 50, "Winter 10K")


def test_a_race_is_one_of_the_runs_of_its_week() -> None:
    """Three runs with a race among them are two others."""
    case = case_of(injury={"region": "elbow"}, races=[{"date": date(2026, 11, 29)}], goals={"runs": 3})
    made = plan(case, core_rulebook(), today=MONDAY)
    assert [one.workout for one in made.workouts if one.kind == "run"].count("race") == 1
    assert len(runs(made)) == 3


def test_a_race_needs_no_runs_among_the_goals() -> None:
    """Who asks for rides only may race all the same."""
    case = case_of(injury={"region": "elbow"}, races=[{"date": date(2026, 11, 29)}], goals={"bikes": 1})
    made = plan(case, core_rulebook(), today=MONDAY)
    assert [one.workout for one in made.workouts if one.kind == "run"] == ["race"]


def test_a_race_past_midnight_does_not_overlap_the_next_mornings_workout() -> None:
    """Nobody rides at midnight in the middle of a race."""
    case = case_of(
        injury={"region": "elbow"},
        races=[{"date": date(2026, 11, 24), "start": time(23, 30), "minutes": 55}],
        goals={"runs": 1, "bikes": 7, "rest_days": 0},
        availability={"default": "00:00-00:00"},
    )
    assert broken(case, core_rulebook(), plan(case, core_rulebook(), today=MONDAY)) == []


def test_the_aftercare_of_a_treatment_stands_with_it_in_the_order_in_which_it_matters() -> None:
    """What to do before comes before what to do after."""
    made = plan(case_of(treatments=NEEDLED), core_rulebook(), today=MONDAY)
    (treatment,) = made.days[1].treatments
    rules = [reason.rule for reason in treatment.aftercare]
    assert (
        rules.index("general.before_needling")
        < rules.index("general.after_needling")
        < rules.index("dry_needling.tape")
    )


def test_each_reason_names_a_rule_that_exists_and_its_sources() -> None:
    """Data first: the id, the evidence, and sources that the rulebook knows."""
    rulebook = shipped_rulebook()
    made = plan(case_of(treatments=NEEDLED, injury={"region": "heel"}), rulebook, today=MONDAY)
    reasons = [reason for one in made.workouts for reason in one.reasons]
    known = {*rulebook.rules, *(f"preferences.{name}" for name in rulebook.preferences)}
    assert {reason.rule for reason in reasons} <= known
    assert {source for reason in reasons for source in reason.sources} <= set(rulebook.sources)
    assert [reason for reason in reasons if reason.evidence != "M" and not reason.sources] == []


def test_otherwise_is_always_allowed_without_a_check() -> None:
    """What to do if the check fails must not hang on one itself."""
    case = case_of(treatments=NEEDLED, goals={"runs": 3}, availability={"default": "07:00-08:30", "friday": []})
    made = plan(case, core_rulebook(), today=MONDAY)
    with_check = [one for one in made.workouts if one.check is not None]
    assert [one.otherwise for one in with_check] == ["bike_easy"] * len(with_check)
    assert with_check != []


@pytest.mark.parametrize(
    ("goals", "expected"),
    [
        ({}, "bike_easy"),
        ({"bikes": 0}, "upper_body"),
        ({"bikes": 0, "swims": 1}, "aqua_run"),
        ({"bikes": 0, "upper_body": 0}, "mobility"),
        ({"bikes": 0, "upper_body": 0, "mobility": 0}, None),
    ],
)
def test_otherwise_is_nothing_that_the_person_does_not_want(goals: dict[str, int], expected: str | None) -> None:
    """Without a bicycle a run whose check fails becomes an upper-body day, or goes into water where one swims."""
    case = case_of(injury={"region": "plantar_fascia"}, goals={"runs": 1, **goals})
    made = plan(case, shipped_rulebook(), today=MONDAY)
    assert [expected] == [one.otherwise for one in made.workouts if one.workout == "run_easy" and one.check]


@pytest.mark.parametrize(("window", "expected"), [("23:15-23:15", ["bike_easy"]), ("23:16-23:16", [])])
def test_a_workout_ends_by_midnight(window: str, expected: list[str]) -> None:
    """A ride of 45 minutes may end as the day does, and not a minute later."""
    case = case_of(
        injury={"region": "elbow"}, goals={"bikes": 1}, availability={"default": [], MONDAY.isoformat(): window}
    )
    assert [one.workout for one in plan(case, core_rulebook(), today=MONDAY).workouts] == expected


def test_a_later_start_is_taken_where_the_first_one_would_overlap_the_window_before() -> None:
    """A ride from 7:00 to 8:00 reaches into the second window: at its end the next workout may start."""
    case = case_of(
        treatments=[needled(datetime(2026, 11, 24, 8, 15))],  # until 8:45: the first day ends on Wednesday at 8:45
        goals={"bikes": 1, "upper_body": 1},
        availability={"default": [], "2026-11-25": ["07:00-07:30", "07:31-09:00"]},
        fitness={"bike_minutes": 60, "upper_body_minutes": 60},
    )
    made = plan(case, core_rulebook(), today=MONDAY)
    assert [one.start.time() for one in made.workouts] == [time(7), time(8)]


@pytest.mark.parametrize("order", [(1, 3), (3, 1)])
def test_of_several_rules_on_spacing_the_strictest_holds(order: tuple[int, int]) -> None:
    """Whichever stands first: three days from run to run."""
    found = [rule(f"test.rule{gap}", days_between_runs=gap) for gap in order]
    book = rulebook(*found)
    held = training_rules(case_of(book, injury={"region": "calf"}), book, found, MONDAY)
    assert held["days_between_runs"].days_between_runs == 3


def test_a_race_that_rules_forbid_leaves_its_day_to_something_else() -> None:
    """Needled on Tuesday, the race on Thursday cannot be; the day is planned as any other, and the race is told."""
    case = case_of(treatments=NEEDLED, races=[{"date": date(2026, 11, 26)}], goals={"bikes": 7, "rest_days": 1})
    made = plan(case, core_rulebook(), today=MONDAY)
    thursday = made.days[3]
    assert ["bike_easy"] == [one.workout for one in thursday.workouts]
    (missing,) = [one for one in made.unplaced if one.kind == "race"]
    assert [because.text for because in missing.because] == [
        "Thu: No race within 72 hours of needling (until Fri 10:00)"
    ]


def because(**case: Any) -> list[str]:
    """Return what stood in the way of the first thing that did not fit."""
    return [one.text for one in plan(case_of(**case), shipped_rulebook(), today=MONDAY).unplaced[0].because]


def test_a_race_on_the_way_back_to_running_does_not_fit() -> None:
    """Its day may hold a run-and-walk session; the plan says why there is no race."""
    returning = {"injury": {"region": "achilles", "severity": "mild"}, "return_to_running": {"stage": 2}}
    case = {**returning, "races": [{"date": MONDAY + timedelta(days=5)}]}
    assert because(**case) == [
        "Sat: On the way back to running all runs are run-and-walk sessions, at the stage that you have reached"
    ]


def test_the_day_of_an_easy_run_is_told_too_where_the_long_run_has_no_place() -> None:
    """Every day is named: that one holds a run does not make it the long one, for which midnight comes too soon."""
    case = case_of(
        treatments=[needled(datetime(2026, 11, 28, 9))],
        goals={"runs": 5, "long_run": "sunday", "rest_days": 0},
        fitness={"easy_run_minutes": 20, "longest_run_minutes": 60},
        availability={"default": "23:15-23:15"},
    )
    made = plan(case, shipped_rulebook(), today=MONDAY)
    assert any(one.workout == "run_easy" for one in made.workouts)
    (long_run,) = [one for one in made.unplaced if one.kind == "long_run"]
    assert [one.text for one in long_run.because] == [
        "Mon, Tue, Wed, Thu and Fri: not enough time left on the day",
        "Sat and Sun: No long or hard run and no jumps for 48 hours (until Mon 09:30)",
    ]
