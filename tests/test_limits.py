"""Limits: each kind of rule field alone, in rulebooks of one or two rules, on both sides of its boundary."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from planner.appointments.appointment import appointments
from planner.clock import Minutes, Seconds, at, midnight
from planner.limits.effects import concerns, effects
from planner.limits.in_force import rules_in_force
from planner.limits.verdicts import Limits
from planner.planning import plan
from planner.rulebook.figures import AppliesTo
from planner.rulebook.file import shipped_rulebook
from planner.rulebook.rule import Rule
from tests.cases import case_of, needled
from tests.rulebooks import NEW_YORK, NOON, WORKOUTS, allowed, appointment, rule, rulebook, verdict

HOUR = 3600
ALL = list(WORKOUTS)
HALF_AN_HOUR = 1800


def without(*keys: str) -> list[str]:
    """Return all workouts but some."""
    return [key for key in ALL if key not in keys]


# ------------------------------------------------------------------------------------------------------- windows


@pytest.mark.parametrize(
    ("window", "opens", "closes"),
    [
        ({"hours_after": [0, 24]}, 0, 24),
        ({"hours_after": [12, 36]}, 12, 36),
        ({"hours_after": [0.5, 1.25]}, 0.5, 1.25),
        ({"days_after": [1, 3]}, 24, 72),
        ({"weeks_after": [0, 2]}, 0, 336),
    ],
)
def test_a_window_after_holds_from_its_first_second_until_just_before_its_last(
    window: dict[str, Any], opens: float, closes: float
) -> None:
    """At exactly the last hour a rule has let go; a second before it holds. It counts from the treatment's end."""
    no_runs = rule(rules_out=["run"], **window)
    starts = [opens * HOUR - HALF_AN_HOUR, opens * HOUR - HALF_AN_HOUR + 1, closes * HOUR - 1, closes * HOUR]
    found = [verdict(no_runs, "run_easy", start).allowed for start in starts]
    assert found == [True, False, False, True]


@pytest.mark.parametrize(
    ("window", "opens", "closes"),
    [
        ({"hours_before": [4, 0]}, -4, 0),
        ({"hours_before": [24, 12]}, -24, -12),
        ({"days_before": [2, 1]}, -48, -24),
        ({"weeks_before": [1, 0]}, -168, 0),
    ],
)
def test_a_window_before_counts_any_workout_that_reaches_into_it(
    window: dict[str, Any], opens: float, closes: float
) -> None:
    """A workout that ends as the window opens is none of its business; it counts back from the treatment's start."""
    no_runs = rule(rules_out=["run"], **window)
    begins = -HOUR  # the treatment of an hour ends at noon
    starts = [
        begins + opens * HOUR - HALF_AN_HOUR,
        begins + opens * HOUR - HALF_AN_HOUR + 1,
        begins + closes * HOUR - 1,
        begins + closes * HOUR,
    ]
    found = [verdict(no_runs, "run_easy", start).allowed for start in starts]
    assert found == [True, False, False, True]


def test_a_rule_holds_during_the_treatment_and_not_a_second_more() -> None:
    """A workout may end as the treatment begins, and begin as it ends."""
    nothing = rule(during=True, allows_only=[])
    starts = [-HOUR - HALF_AN_HOUR, -HOUR - HALF_AN_HOUR + 1, -1, 0]
    assert [allowed(nothing, start) for start in starts] == [ALL, [], [], ALL]


def test_a_rule_may_have_a_window_on_both_sides_and_holds_in_both_of_them() -> None:
    """The day before and the day after, and not between: then the treatment itself is no window."""
    no_runs = rule(hours_before=[24, 0], hours_after=[0, 24], rules_out=["run"])
    hours = [-26, -24, -2, -0.9, 0, 23.9, 24]
    found = [verdict(no_runs, "run_easy", hour * HOUR, minutes=1).allowed for hour in hours]
    assert found == [True, False, False, True, False, False, True]


def test_the_length_of_a_workout_counts_in_minutes() -> None:
    """Thirty minutes before the window opens, a run of 30 minutes fits and one of 31 does not."""
    no_runs = rule(hours_after=[1, 2], rules_out=["run"])
    found = [verdict(no_runs, "run_easy", HALF_AN_HOUR, minutes=minutes).allowed for minutes in (30, 31)]
    assert found == [True, False]


@pytest.mark.parametrize(
    ("zone", "last", "local"),
    [
        # 24 real hours over a change: the wall clock shows an hour less in autumn, an hour more in spring.
        ("America/New_York", datetime(2026, 10, 31, 10), datetime(2026, 11, 1, 9)),
        ("America/New_York", datetime(2027, 3, 13, 10), datetime(2027, 3, 14, 11)),
        ("Europe/Berlin", datetime(2026, 10, 24, 10), datetime(2026, 10, 25, 9)),
        ("Europe/Berlin", datetime(2027, 3, 27, 10), datetime(2027, 3, 28, 11)),
        # Lord Howe changes by half an hour.
        ("Australia/Lord_Howe", datetime(2026, 10, 3, 10), datetime(2026, 10, 4, 10, 30)),
        ("Australia/Lord_Howe", datetime(2027, 4, 3, 10), datetime(2027, 4, 4, 9, 30)),
        # Havana changes at midnight.
        ("America/Havana", datetime(2027, 3, 13, 10), datetime(2027, 3, 14, 11)),
        # Lagos never changes.
        ("Africa/Lagos", datetime(2026, 10, 24, 10), datetime(2026, 10, 25, 10)),
    ],
)
def test_windows_are_real_hours_across_clock_changes(zone: str, last: datetime, local: datetime) -> None:
    """A day's wait is 24 hours of the body, whatever the clocks do."""
    tz = ZoneInfo(zone)
    treated = appointment(at(last.date(), last.time(), tz))
    moment = int(at(local.date(), local.time(), tz).timestamp())
    no_runs = rule(hours_after=[0, 24], rules_out=["run"])
    limits = Limits(rulebook(no_runs), [no_runs], [treated])
    assert [limits.judge("run_easy", Seconds(moment + late), Minutes(30)).allowed for late in (-1, 0)] == [False, True]


def test_days_and_weeks_are_real_hours_too() -> None:
    """Over the end of summer time, 7 days after Saturday at 10:00 it is Saturday at 9:00."""
    end = datetime(2026, 10, 31, 10, tzinfo=NEW_YORK)
    found = []
    windows: tuple[dict[str, Any], ...] = ({"days_after": [0, 7]}, {"weeks_after": [0, 1]}, {"hours_after": [0, 168]})
    for window in windows:
        no_runs = rule(rules_out=["run"], **window)
        limits = Limits(rulebook(no_runs), [no_runs], [appointment(end)])
        nine = int(datetime(2026, 11, 7, 9, tzinfo=NEW_YORK).timestamp())
        found.append([limits.judge("run_easy", Seconds(nine + late), Minutes(30)).allowed for late in (-1, 0)])
    assert found == [[False, True]] * 3


# ------------------------------------------------------------------------- treatments without a time, and twice


def whole_day(day: date, tz: ZoneInfo = NEW_YORK) -> Any:
    """Return a treatment at any time of a day."""
    start, end = midnight(day, tz), midnight(day + timedelta(days=1), tz)
    return appointment(end, (end - start).total_seconds() / HOUR, start=start, whole_day=True)


def test_a_treatment_without_a_time_has_windows_at_their_widest() -> None:
    """It may end as early as its day begins and as late as it ends: 12 to 36 hours after becomes two days."""
    no_runs = rule(hours_after=[12, 36], rules_out=["run"])
    limits = Limits(rulebook(no_runs), [no_runs], [whole_day(date(2026, 11, 24))])
    noon = int(datetime(2026, 11, 24, 12, tzinfo=NEW_YORK).timestamp())
    ends = int(datetime(2026, 11, 26, 12, tzinfo=NEW_YORK).timestamp())
    moments = [noon - HALF_AN_HOUR, noon - HALF_AN_HOUR + 1, ends - 1, ends]
    assert [limits.judge("run_easy", Seconds(each), Minutes(30)).allowed for each in moments] == [
        True,
        False,
        False,
        True,
    ]


def test_windows_before_a_treatment_without_a_time_are_at_their_widest_too() -> None:
    """Four hours before it could be from 20:00 of the eve on, and until the day's end."""
    no_runs = rule(hours_before=[4, 0], rules_out=["run"])
    limits = Limits(rulebook(no_runs), [no_runs], [whole_day(date(2026, 11, 24))])
    opens = int(datetime(2026, 11, 23, 20, tzinfo=NEW_YORK).timestamp())
    closes = int(datetime(2026, 11, 25, tzinfo=NEW_YORK).timestamp())
    moments = [opens - HALF_AN_HOUR, opens - HALF_AN_HOUR + 1, closes - 1, closes]
    assert [limits.judge("run_easy", Seconds(each), Minutes(30)).allowed for each in moments] == [
        True,
        False,
        False,
        True,
    ]


def test_a_whole_day_of_23_or_25_hours_is_as_long_as_it_is() -> None:
    """On the days of the clock changes a treatment without a time could be at any of 23 or 25 hours."""
    case = case_of(treatments=[needled(date(2027, 3, 14)), needled(date(2026, 11, 1))])
    lengths = [
        (one.end.astimezone(UTC) - one.start.astimezone(UTC)) / timedelta(hours=1)
        for one in appointments(case, shipped_rulebook(), date(2028, 1, 1))
    ]
    assert lengths == [25, 23]


LONGER = rule("test.longer", longer_by_hours=24)


@pytest.mark.parametrize(
    ("window", "ends"),
    [({"hours_after": [0, 24]}, 48), ({"hours_after": [0, 23.5]}, 23.5), ({"days_after": [1, 2]}, 72)],
)
def test_two_treatments_of_a_part_on_a_day_hold_longer_where_a_limit_lasts_a_day(
    window: dict[str, Any], ends: float
) -> None:
    """Windows that reach 24 hours or further end a day later, shorter ones do not."""
    no_runs = rule(rules_out=["run"], **window)
    twice = [appointment(), appointment(NOON - timedelta(hours=3))]
    found = [verdict([no_runs, LONGER], "run_easy", ends * HOUR + late, *twice).allowed for late in (-1, 0)]
    assert found == [False, True]


@pytest.mark.parametrize(
    "other",
    [
        {"region": "shoulder"},
        {"start": NOON - timedelta(days=1), "end": NOON - timedelta(hours=23)},
    ],
)
def test_another_part_or_another_day_makes_nothing_longer(other: dict[str, Any]) -> None:
    """Only the same region on the same local day counts as twice."""
    no_runs = rule(hours_after=[0, 24], rules_out=["run"])
    treatments = [appointment(), appointment(**{"end": NOON, **other})]
    found = [verdict([no_runs, LONGER], "run_easy", 24 * HOUR + late, *treatments).allowed for late in (-1, 0)]
    assert found == [False, True]


def test_two_kinds_of_treatment_of_one_part_on_a_day_count_as_twice() -> None:
    """Needling and massage of the same calf are more for it than either."""
    no_runs = rule(hours_after=[0, 24], rules_out=["run"], when={"treatments": ["needling"]})
    treatments = [appointment(), appointment(NOON - timedelta(hours=3), kind="massage")]
    found = [verdict([no_runs, LONGER], "run_easy", 48 * HOUR + late, *treatments).allowed for late in (-1, 0)]
    assert found == [False, True]


def test_windows_before_are_never_longer() -> None:
    """What must not be done ahead of a treatment does not begin a day earlier for two."""
    no_runs = rule(hours_before=[48, 0], rules_out=["run"])
    twice = [appointment(), appointment(NOON + timedelta(hours=3))]
    found = [
        verdict([no_runs, LONGER], "run_easy", -49 * HOUR - HALF_AN_HOUR + late, *twice).allowed for late in (0, 1)
    ]
    assert found == [True, False]


# ------------------------------------------------------------------------------------------------- each cap alone


@pytest.mark.parametrize(
    ("cap", "expected"),
    [
        ({"max_load": 0}, ["upper_body"]),
        ({"max_load": 1}, ["walk", "bike_easy", "upper_body"]),
        ({"max_load": 2}, ["walk", "bike_easy", "bike_hard", "run_walk", "upper_body"]),
        ({"max_load": 3}, ALL),
        ({"max_impact": "none"}, ["bike_easy", "bike_hard", "upper_body"]),
        ({"max_impact": "low"}, ["walk", "bike_easy", "bike_hard", "upper_body"]),
        ({"max_impact": "moderate"}, without("run_easy", "run_hard")),
        ({"max_impact": "high"}, ALL),
        ({"max_intensity": "very_easy"}, ["walk", "bike_easy", "run_walk", "run_easy"]),
        ({"max_intensity": "easy"}, without("bike_hard", "run_hard")),
        ({"max_intensity": "moderate"}, without("bike_hard", "run_hard")),
        ({"max_intensity": "hard"}, ALL),
        ({"max_minutes": 9}, []),
        ({"max_minutes": 10}, without("upper_body")),
        ({"max_minutes": 20}, ALL),
        ({"max_minutes": 0}, []),
        ({"rules_out": ["run"]}, without("run_walk", "run_easy", "run_hard")),
        ({"rules_out_workouts": ["run_hard"]}, without("run_hard")),
        ({"allows_only": ["walk", "bike"]}, ["walk", "bike_easy", "bike_hard"]),
        ({"allows_only": []}, []),
        ({"check": {"no_limp": True}}, ALL),
        ({"prefers": ["walk"]}, ALL),
        ({"avoids": ["run_hard"]}, ALL),
        ({"advice": "Drink."}, ALL),
    ],
)
def test_each_cap_rules_out_what_is_past_it_in_its_window_and_nothing_after(
    cap: dict[str, Any], expected: list[str]
) -> None:
    """A second before the window's end a cap binds, at its end nothing does."""
    capped = rule(hours_after=[0, 24], **cap)
    assert [allowed(capped, 24 * HOUR - 1), allowed(capped, 24 * HOUR)] == [expected, ALL]


@pytest.mark.parametrize(
    ("region", "expected"), [("calf", without("run_easy", "run_hard")), ("shoulder", without("upper_body"))]
)
def test_load_is_that_on_the_treated_part(region: str, expected: list[str]) -> None:
    """The same rule keeps a needled calf from running and a needled shoulder from pressing."""
    assert allowed(rule(hours_after=[0, 24], max_load=2), 0, appointment(region=region)) == expected


@pytest.mark.parametrize(("minutes", "expected"), [(31, 30), (30, None), (29, None)])
def test_max_minutes_limits_only_longer_workouts(minutes: int, expected: int | None) -> None:
    """A workout of just the allowed length is allowed as it is."""
    found = verdict(rule(hours_after=[0, 24], max_minutes=30), "run_easy", 0, minutes=minutes)
    assert (found.max_minutes, found.word) == (expected, "limited" if expected else "allowed")


@pytest.mark.parametrize(
    ("effort", "expected", "word"),
    [("very_easy", 0, "limited"), ("easy", None, "allowed"), ("moderate", None, "allowed")],
)
def test_max_intensity_limits_only_harder_workouts(effort: str, expected: int | None, word: str) -> None:
    """An easy run is held to very easy, and left alone by any cap that is no lower than easy."""
    found = verdict(rule(hours_after=[0, 24], max_intensity=effort), "run_easy", 0)
    assert (found.max_intensity, found.word) == (expected, word)


def test_a_check_is_asked_in_its_window_only() -> None:
    """The question is asked a second before the window closes, and no longer at its end."""
    checked = rule(hours_after=[0, 24], check={"soreness_at_most": 3})
    found = [verdict(checked, "run_easy", 24 * HOUR + late) for late in (-1, 0)]
    assert [one.word for one in found] == ["limited", "allowed"]
    assert [[window.rule.id for window in one.checks] for one in found] == [["test.rule"], []]


def test_what_a_rule_prefers_and_avoids_is_noted_in_its_window_only() -> None:
    """Recommendations limit nothing, and end with the window."""
    soft = rule(hours_after=[0, 24], prefers=["walk"], avoids=["run_hard"])
    found = [verdict(soft, key, 24 * HOUR + late) for key in ("walk", "run_hard", "run_easy") for late in (-1, 0)]
    noted = [(bool(one.recommended_by), bool(one.advised_against_by), one.word) for one in found]
    nothing = (False, False, "allowed")
    assert noted == [(True, False, "allowed"), nothing, (False, True, "allowed"), nothing, nothing, nothing]


# -------------------------------------------------------------------------------- applies_to and when, key by key


@pytest.mark.parametrize(
    ("applies_to", "expected"),
    [
        ({}, []),
        ({"workouts": ["run_easy"]}, without("run_easy")),
        ({"kinds": ["run"]}, without("run_walk", "run_easy", "run_hard")),
        ({"workouts": ["walk"], "kinds": ["bike"]}, without("walk", "bike_easy", "bike_hard")),
        ({"except_workouts": ["walk", "run_walk"]}, ["walk", "run_walk"]),
        ({"except_kinds": ["bike"]}, ["bike_easy", "bike_hard"]),
        ({"kinds": ["run"], "except_workouts": ["run_walk"]}, without("run_easy", "run_hard")),
        ({"load_at_least": 2}, ["walk", "bike_easy", "upper_body"]),
        ({"load_at_least": 3}, without("run_easy", "run_hard")),
        ({"kinds": ["bike"], "load_at_least": 2}, without("bike_hard")),
    ],
)
def test_a_rule_binds_the_workouts_that_it_applies_to(applies_to: dict[str, Any], expected: list[str]) -> None:
    """Each key of `applies_to` alone, and where two meet."""
    assert allowed(rule(hours_after=[0, 24], allows_only=[], applies_to=applies_to), 0) == expected


def test_what_a_rule_prefers_takes_no_notice_of_what_it_applies_to() -> None:
    """A cap on running may recommend a walk."""
    one = rule(hours_after=[0, 24], rules_out=["run"], applies_to={"kinds": ["run"]}, prefers=["walk"])
    assert bool(verdict(one, "walk", 0).recommended_by) is True


@pytest.mark.parametrize(
    ("when", "fits", "misses"),
    [
        ({"treatments": ["needling"]}, {}, {"kind": "massage"}),
        ({"traits": ["puncture"]}, {}, {"kind": "massage"}),
        ({"regions": ["calf"]}, {}, {"region": "shoulder"}),
        ({"groups": ["leg"]}, {}, {"region": "shoulder"}),
        ({"groups": ["leg", "arm"]}, {"region": "shoulder"}, {}),
        ({"tissues": ["muscle"]}, {}, {"tissues": ("tendon",)}),
        ({"severities": ["mild", "moderate"]}, {"severity": "mild"}, {"severity": "severe"}),
        ({"doses": ["heavy"]}, {"dose": "heavy"}, {"dose": "normal"}),
        ({"chest_wall": True}, {"region": "shoulder"}, {"region": "calf"}),
        ({"chest_wall": False}, {"region": "calf"}, {"region": "shoulder"}),
        ({"regions": ["calf"], "doses": ["light"]}, {"dose": "light"}, {"dose": "heavy"}),
    ],
)
def test_a_rule_speaks_only_when_every_given_field_fits(
    when: dict[str, Any], fits: dict[str, Any], misses: dict[str, Any]
) -> None:
    """Each key of `when` alone, and two together."""
    nothing = rule(hours_after=[0, 24], allows_only=[], when=when)
    assert allowed(nothing, 0, appointment(**fits)) == []
    assert allowed(nothing, 0, appointment(**misses)) == (ALL if misses else [])


@pytest.mark.parametrize(
    ("said", "thinners", "expected"), [(True, True, []), (True, False, ALL), (False, False, []), (False, True, ALL)]
)
def test_a_rule_may_speak_only_to_those_who_take_blood_thinners_or_not(
    said: bool, thinners: bool, expected: list[str]
) -> None:
    """`blood_thinners` is about the person, not the treatment."""
    nothing = rule(hours_after=[0, 24], allows_only=[], when={"blood_thinners": said})
    assert allowed(nothing, 0, thinners=thinners) == expected


# ------------------------------------------------------------------------------------------------ rules together

TOGETHER = [
    rule("test.a", hours_after=[0, 24], max_minutes=40, max_intensity="easy"),
    rule("test.b", hours_after=[0, 24], max_minutes=25, check={"soreness_at_most": 3}),
    rule("test.c", hours_after=[0, 24], max_intensity="very_easy", check={"soreness_at_most": 2}),
    rule("test.d", hours_after=[0, 12], rules_out=["bike"]),
]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_strictest_of_each_cap_wins_in_any_order(order: tuple[int, ...]) -> None:
    """Minutes of one rule, effort of another, the checks of both; and one ban is enough."""
    rules = [TOGETHER[number] for number in order]
    run, bike = verdict(rules, "run_easy", 0, minutes=60), verdict(rules, "bike_easy", 0)
    assert (run.word, run.max_minutes, run.max_intensity) == ("limited", 25, 0)
    assert [window.rule.id for window in run.limited_by] == ["test.b", "test.c"]
    assert [window.rule.id for window in run.checks] == ["test.b", "test.c"]
    assert (bike.word, [window.rule.id for window in bike.ruled_out_by]) == ("ruled_out", ["test.d"])


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_treatments_does_not_matter(order: tuple[int, ...]) -> None:
    """Each treatment has windows of its own; the last to let go decides."""
    treatments = [appointment(), appointment(NOON - timedelta(hours=30)), appointment(NOON + timedelta(hours=10))]
    no_runs = rule(hours_after=[0, 24], rules_out=["run"])
    shuffled = [treatments[number] for number in order]
    assert [verdict(no_runs, "run_easy", 34 * HOUR + late, *shuffled).allowed for late in (-1, 0)] == [False, True]


def test_no_rule_lifts_what_another_forbids() -> None:
    """A rule that recommends a workout, or caps it mildly, does not let it through where another rules it out."""
    ban = rule("test.ban", hours_after=[0, 24], rules_out=["run"])
    praise = rule("test.praise", hours_after=[0, 24], prefers=["run_easy"], allows_only=["run"], max_load=3)
    assert verdict([ban, praise], "run_easy", 0).word == "ruled_out"


def test_a_workout_that_is_ruled_out_has_no_other_limits() -> None:
    """There is no point in a length for what must not be done."""
    found = verdict([rule("test.ban", hours_after=[0, 1], rules_out=["run"]), *TOGETHER], "run_easy", 0, minutes=60)
    assert (found.max_minutes, found.max_intensity, found.limited_by, found.checks) == (None, None, [], [])


def test_a_rule_about_injuries_holds_at_all_hours() -> None:
    """It needs no treatment and no window; only the injured part counts."""
    always = rule(about="injury", max_load=2, when={"groups": ["leg"]})
    case = case_of(rulebook(always), injury={"region": "calf"})
    limits = Limits(rulebook(always), [always], [], case.injury)
    assert [key for key in ALL if limits.judge(key, Seconds(10**9), Minutes(30)).allowed] == without(
        "run_easy", "run_hard"
    )


@pytest.mark.parametrize(
    ("cleared", "expected"),
    [(None, [False, False]), (date(2026, 11, 24), [False, True]), (date(2026, 12, 24), [False, False])],
)
def test_a_rule_that_waits_for_clearance_holds_until_it_is_given(cleared: date | None, expected: list[bool]) -> None:
    """Not before its window ends, nor before the day on which the clinician gave clearance."""
    waits = rule(hours_after=[0, 24], rules_out=["run"], until_cleared=True)
    treated = appointment(cleared=None if cleared is None else midnight(cleared, NEW_YORK))
    assert [verdict(waits, "run_easy", 24 * HOUR + late, treated).allowed for late in (-1, 0)] == expected


# ------------------------------------------------------------------------------- severity, caution, effects as data


@pytest.mark.parametrize(
    ("dose", "injuries", "expected"),
    [
        ("normal", [], "moderate"),
        ("heavy", [], "severe"),
        ("light", [], "mild"),
        ("light", [("calf", "mild")], "mild"),
        ("light", [("calf", "moderate")], "moderate"),
        ("light", [("calf", "severe")], "severe"),
        ("normal", [("calf", "mild")], "moderate"),
        ("normal", [("hamstring", "severe")], "severe"),
        ("normal", [("shoulder", "severe")], "moderate"),
        ("light", [("shoulder", "severe")], "mild"),
        ("light", [("calf", "mild"), ("hip", "moderate")], "moderate"),
        ("heavy", [("calf", "mild")], "severe"),
    ],
)
def test_the_severity_of_a_session(dose: str, injuries: list[tuple[str, str]], expected: str) -> None:
    """Severe: a heavy dose, or a severe injury in the same group of the body; mild: light, and none worse than mild."""
    case = case_of(
        injury=[{"region": region, "severity": severity} for region, severity in injuries],
        treatments=[needled(datetime(2026, 11, 24, 9, 30), dose=dose)],
    )
    assert [one.severity for one in appointments(case, shipped_rulebook(), date(2026, 12, 1))] == [expected]


LEVELS = rule(
    hours_after=[0, 24],
    max_minutes=30,
    rules_out_workouts=["run_hard"],
    permissive={"hours_after": [0, 12], "max_minutes": 45},
    strict={"hours_after": [0, 48]},
)


@pytest.mark.parametrize(
    ("caution", "hours", "minutes"), [("permissive", 12, 45), ("standard", 24, 30), ("strict", 48, 30)]
)
def test_each_level_of_caution_has_its_own_figures_and_keeps_the_rest(caution: Any, hours: int, minutes: int) -> None:
    """A variant changes what it mentions: the window of both, the minutes of one, never the workouts named."""
    at_level = LEVELS.at(caution)
    assert at_level is not None
    found = [verdict(at_level, "run_easy", hours * HOUR + late, minutes=60).max_minutes for late in (-1, 0)]
    assert found == [minutes, None]
    assert verdict(at_level, "run_hard", 0).word == "ruled_out"


def test_a_rule_may_be_away_at_a_level() -> None:
    """`away` means that the rule does not hold there at all."""
    one = rule(hours_after=[0, 24], rules_out=["run"], permissive={"away": True})
    book = rulebook(one)
    held = {
        caution: list(rules_in_force(case_of(book, injury={"region": "calf"}, caution=caution), book))
        for caution in ("permissive", "standard", "strict")
    }
    assert held == {"permissive": [], "standard": ["test.rule"], "strict": ["test.rule"]}


def test_effects_list_only_the_workouts_that_a_rule_touches() -> None:
    """A workout that a rule neither caps nor recommends is not among its effects."""
    one = rule(hours_after=[0, 24], rules_out_workouts=["run_hard"], prefers=["walk"])
    assert sorted(effects(one, "calf", WORKOUTS)) == ["run_hard", "walk"]


def test_a_rule_concerns_a_workout_of_unknown_load_as_if_it_were_the_highest() -> None:
    """Rules about training know no treated part."""
    assert concerns(AppliesTo(load_at_least=3), "run_easy", WORKOUTS) is True


def test_windows_of_a_year_are_found_as_well_as_short_ones() -> None:
    """A rule that holds for a year binds on its first and on its last day."""
    year = rule(weeks_after=[0, 52], rules_out=["run"])
    found = [
        verdict(year, "run_easy", each).allowed for each in (0, 200 * 24 * HOUR, 364 * 24 * HOUR - 1, 364 * 24 * HOUR)
    ]
    assert found == [False, False, False, True]


def test_a_tiny_rulebook_is_enough_for_a_plan() -> None:
    """The engine knows no rule, workout or region by name that a plan would need, those of the wishes apart."""
    no_runs: Rule = rule(hours_after=[0, 24], rules_out=["run"])
    book = rulebook(no_runs)
    case = case_of(
        book,
        treatments=[{"kind": "needling", "region": "calf", "start": datetime(2026, 11, 24, 9)}],
        goals={"walks": 2, "rest_days": 0},
    )
    made = plan(case, book, today=date(2026, 11, 24))
    assert [day.date for day in made.days if day.ruled_out] == [date(2026, 11, 25)]
