"""The shipped rules on dry needling: a golden table of all of them, and the central claims each on its own."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from itertools import product

import pytest

from planner.clock import Minutes, Seconds
from planner.limits.verdicts import Limits, Verdict
from planner.planning import plan
from planner.rulebook.file import shipped_rulebook
from planner.rulebook.scales import INTENSITIES, Caution, Dose
from tests.cases import MONDAY, case_of, needled
from tests.golden_tables import END, GOLDEN, limits_after, table_of

pytestmark = pytest.mark.once

LEGS = [key for key, region in shipped_rulebook().regions.items() if region.group == "leg" and not region.whole]
PARTS = [key for key, region in shipped_rulebook().regions.items() if not region.whole]
HOUR = 3600


def after(
    key: str, hours: float, region: str = "calf", caution: Caution = "standard", dose: Dose = "normal", late: int = 0
) -> Verdict:
    """Return the verdict on a workout of an hour that starts so many hours, and seconds, after dry needling."""
    start = Seconds(int(END.timestamp() + hours * HOUR) + late)
    return _limits(region, caution, dose).judge(key, start, Minutes(60))


@cache
def _limits(region: str, caution: Caution, dose: Dose) -> Limits:
    return limits_after("dry_needling", region, caution, dose)


def around(
    key: str, hours: float, region: str = "calf", caution: Caution = "standard", dose: Dose = "normal"
) -> list[bool]:
    """Return whether a workout is allowed a second before some hours have passed, and then."""
    return [after(key, hours, region, caution, dose, late).allowed for late in (-1, 0)]


def test_the_limits_of_every_region_are_those_of_the_golden_table() -> None:
    """A change of rules shows as a difference of a table to read (`python -m tests.golden_tables`)."""
    expected = (GOLDEN / "dry_needling_limits.txt").read_text(encoding="utf-8")
    assert table_of("dry_needling", shipped_rulebook()) == expected


@pytest.mark.parametrize("region", LEGS)
def test_a_needled_leg_does_not_run_for_24_hours(region: str) -> None:
    """The central claim: not a second before 24 hours, for every region of the leg; then with a check."""
    assert around("run_easy", 24, region) == [False, True]
    assert [window.rule.id for window in after("run_easy", 24, region).checks] == ["dry_needling.second_day"]


@pytest.mark.parametrize("region", LEGS)
@pytest.mark.parametrize("key", ["run_long", "run_hard", "plyometrics"])
def test_a_needled_leg_runs_neither_long_nor_hard_for_48_hours(region: str, key: str) -> None:
    """Long runs, hard runs and jumps wait two days."""
    assert around(key, 48, region) == [False, True]


@pytest.mark.parametrize("region", LEGS)
def test_a_needled_leg_rides_hard_after_36_hours(region: str) -> None:
    """A hard ride waits a day and a half."""
    assert around("bike_hard", 36, region) == [False, True]


@pytest.mark.parametrize("region", [*LEGS, "low_back", "neck", "shoulder"])
def test_a_race_waits_72_hours_wherever_running_loads_what_was_needled(region: str) -> None:
    """No race within three days."""
    assert around("race", 72, region) == [False, True]


@pytest.mark.parametrize("region", PARTS)
def test_for_the_first_four_hours_everybody_only_walks_or_moves_gently(region: str) -> None:
    """Walk and mobility from the first second; after four hours arms for a needled leg, an easy ride for the rest."""
    allowed = [key for key in shipped_rulebook().workouts if after(key, 4, region, late=-1).allowed]
    assert sorted(allowed) == ["mobility", "walk"]
    assert after("upper_body" if region in LEGS else "bike_easy", 4, region).allowed is True


@pytest.mark.parametrize("region", PARTS)
@pytest.mark.parametrize("key", ["swim", "swim_pull", "aqua_run"])
def test_the_pool_waits_six_hours_at_the_least(region: str, key: str) -> None:
    """The skin closes first, whatever was needled; a pull buoy and a needled leg wait no longer than that."""
    assert after(key, 6, region, late=-1).allowed is False
    if region in LEGS and key == "swim_pull":
        assert after(key, 6, region).allowed is True


@pytest.mark.parametrize(("caution", "hours"), [("permissive", 4), ("standard", 6), ("strict", 24)])
def test_the_pool_waits_by_the_level_of_caution(caution: Caution, hours: int) -> None:
    """Four, six or twenty-four hours; the first four hours hold at every level."""
    assert around("swim_pull", hours, "calf", caution) == [False, True]


@pytest.mark.parametrize(
    ("minutes_before", "minutes", "effort", "expected"),
    [
        # An hour that ends four hours before is free; one minute later it is easy at most.
        (300, 60, 3, None),
        (299, 60, 3, 1),
        (60, 60, 3, 1),
        (60, 60, 1, None),
    ],
)
def test_in_the_last_four_hours_before_needling_workouts_are_easy(
    minutes_before: int, minutes: int, effort: int, expected: int | None
) -> None:
    """The window of four hours before the appointment, on both sides."""
    begins = END.timestamp() - 30 * 60
    key = "upper_body" if INTENSITIES[effort] == "hard" else "run_easy"
    verdict = limits_after("dry_needling", "calf").judge(
        key, Seconds(int(begins - minutes_before * 60)), Minutes(minutes)
    )
    assert verdict.max_intensity == expected


@pytest.mark.parametrize(("minutes", "expected"), [(60, None), (61, 60)])
def test_in_the_last_four_hours_before_needling_workouts_last_an_hour(minutes: int, expected: int | None) -> None:
    """An hour is allowed, a minute more is cut."""
    verdict = limits_after("dry_needling", "calf").judge(
        "bike_easy", Seconds(int(END.timestamp() - 4 * HOUR)), Minutes(minutes)
    )
    assert verdict.max_minutes == expected


@pytest.mark.parametrize(
    ("caution", "easy", "hard", "race"), [("permissive", 12, 36, 48), ("standard", 24, 48, 72), ("strict", 48, 72, 168)]
)
def test_levels_of_caution_move_the_central_hours(caution: Caution, easy: int, hard: int, race: int) -> None:
    """Easy run, hard run and race at each level, to the second."""
    assert around("run_easy", easy, caution=caution) == [False, True]
    assert around("run_hard", hard, caution=caution) == [False, True]
    assert around("race", race, caution=caution) == [False, True]


@pytest.mark.parametrize(
    "caution",
    [
        "permissive",
        "standard",
        "strict",
    ],
)
def test_no_race_is_allowed_while_a_hard_run_is_ruled_out(caution: Caution) -> None:
    """A race is a hard run: at every hour and for every leg it waits at least as long."""
    sooner = [
        (region, hour)
        for region in LEGS
        for hour in range(0, 200, 4)
        if after("race", hour, region, caution).allowed and not after("run_hard", hour, region, caution).allowed
    ]
    assert sooner == []


@pytest.mark.parametrize(
    ("caution", "easy", "hard"), [("permissive", 48, 96), ("standard", 48, 96), ("strict", 96, 144)]
)
def test_a_heavy_session_waits_twice_as_long(caution: Caution, easy: int, hard: int) -> None:
    """Permissive sources speak of ordinary sessions, so that level shortens nothing here."""
    assert around("run_easy", easy, caution=caution, dose="heavy") == [False, True]
    assert around("run_hard", hard, caution=caution, dose="heavy") == [False, True]
    assert around("bike_easy", 24, caution=caution, dose="heavy") == [False, True]


@pytest.mark.parametrize(
    ("hours", "minutes", "effort"),
    # The caps are on rides that may last an hour and a half here.
    [(4, 30, "very_easy"), (11.99, 30, "very_easy"), (12, 60, None), (47.99, 60, None), (48, None, None)],
)
def test_rides_grow_longer_with_the_hours(hours: float, minutes: int | None, effort: str | None) -> None:
    """Half an hour very easily until 12 hours after, an hour until 48, then freely; an easy ride is easy already."""
    start = Seconds(int(END.timestamp() + hours * HOUR))
    found = limits_after("dry_needling", "calf").judge("bike_easy", start, Minutes(90))
    expected = None if effort is None else INTENSITIES.index("very_easy")
    # A ride of an hour and a half that begins just before a window touches it already.
    assert (found.allowed, found.max_minutes, found.max_intensity) == (True, minutes, expected)


def test_the_second_days_run_is_short_and_has_a_check() -> None:
    """From 24 to 48 hours after 40 minutes at soreness 3 or less; then freely."""
    found = [after("run_easy", hours) for hours in (24, 47.99, 48)]
    assert [one.max_minutes for one in found] == [40, 40, None]
    assert [bool(one.checks) for one in found] == [True, True, False]


@pytest.mark.parametrize("region", ["upper_back", "neck", "shoulder"])
def test_needling_over_the_lung_asks_about_the_chest_for_72_hours(region: str) -> None:
    """Every workout that is allowed asks, a walk too, until three days have passed."""
    for key in shipped_rulebook().workouts:
        found = after(key, 72, region, late=-1)
        rules = [window.rule.id for window in found.checks]
        assert not found.allowed or "general.chest_watch" in rules, key
    assert [window.rule.id for window in after("walk", 72, region).checks] == []


@pytest.mark.parametrize("region", ["upper_back", "neck", "shoulder"])
def test_after_needling_the_upper_body_an_easy_run_waits_six_hours(region: str) -> None:
    """The legs are spared; the first sign from the lung must not be taken for being out of breath."""
    assert around("run_easy", 6, region) == [False, True]
    assert around("run_hard", 24, region) == [False, True]
    assert around("swim", 24, region) == [False, True]


def test_after_needling_the_low_back_an_easy_run_waits_twelve_hours() -> None:
    """Then at pain 2 or less until 24 hours have passed."""
    assert around("run_easy", 12, "low_back") == [False, True]
    assert around("run_hard", 24, "low_back") == [False, True]
    assert [window.rule.id for window in after("run_easy", 12, "low_back").checks] == [
        "dry_needling.low_back_run_check"
    ]


def test_a_needled_elbow_leaves_all_running_free_after_four_hours() -> None:
    """Running asks nothing of a forearm, a race included; strong gripping waits a day."""
    for key in ("run_easy", "run_long", "run_hard", "race"):
        assert around(key, 4, "elbow") == [False, True], key
    assert around("upper_body", 24, "elbow") == [False, True]


def test_a_needled_iliotibial_band_does_not_cycle_for_24_hours() -> None:
    """Even an easy ride waits."""
    assert around("bike_easy", 24, "itb") == [False, True]


def test_the_safety_rules_hold_at_every_level() -> None:
    """The first hours, the chest and blood thinners are never loosened."""
    safe = [rule.id for rule in shipped_rulebook().rules.values() if rule.never_loosen]
    expected = {"dry_needling.first_hours", "general.after_needling", "general.chest_watch", "general.blood_thinners"}
    assert expected <= set(safe)
    assert [around("run_easy", 4, "elbow", caution) for caution in ("permissive", "strict")] == [[False, True]] * 2


def test_every_rule_on_dry_needling_is_seen_on_some_day_of_some_case() -> None:
    """A rule that no case can meet would be dead: each speaks about the needling of some region at some dose."""
    rulebook = shipped_rulebook()
    seen = set()
    doses: tuple[Dose, ...] = ("normal", "heavy")
    for region in rulebook.regions:
        for dose in doses:
            seen |= {window.rule.id for window in limits_after("dry_needling", region, "standard", dose).windows}
    for region, dose, thinners in product(("calf", "ribs", "shoulder", "groin", "shin", "hip"), doses, (False, True)):
        treated = needled(datetime(2026, 11, 24, 9), region, dose=dose)
        made = plan(case_of(treatments=[treated], health={"blood_thinners": thinners}), rulebook, today=MONDAY)
        seen |= {reason.rule for day in made.days for one in day.treatments for reason in one.aftercare}
    ids = {key for key in rulebook.rules if key.startswith("dry_needling.")}
    # One speaks in an alert (test_scenarios), the other where a time is sought (test_booking).
    silent = {"dry_needling.spacing", "dry_needling.book_before_race"}
    assert ids - seen == silent


def test_the_treatment_ends_where_the_table_counts_from() -> None:
    """The golden table counts from the end of a session of the usual length."""
    begins = END.timestamp() - 30 * 60
    limits = limits_after("dry_needling", "calf")
    assert datetime.fromtimestamp(begins, UTC).isoformat() == "2026-11-24T11:30:00+00:00"
    assert [limits.judge("walk", Seconds(int(begins) - 600 + late), Minutes(10)).allowed for late in (0, 1)] == [
        True,
        False,
    ]
