"""Sessions that let training start earlier though they were heavier, and those that stand too close; by own rules."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from planner.limits.session_spacing import clashes, earlier_starts, overlap
from planner.rulebook.rule import Rule
from tests.rulebooks import NOON, appointment, rule, rulebook


def waits(dose: str, hours: int, **data: Any) -> Rule:
    """Return a rule that keeps runs away for so long after a session of a dose."""
    fields: dict[str, Any] = {"rules_out": ["run"], **data}
    return rule(f"test.{dose}", when={"treatments": ["needling"], "doses": [dose]}, hours_after=[0, hours], **fields)


@pytest.mark.parametrize(
    ("light", "normal", "heavy", "expected"),
    [
        (24, 48, 72, []),
        (24, 24, 24, []),
        (24, 48, 36, [("normal", "heavy", 48, 36)]),
        (48, 24, 72, [("light", "normal", 48, 24)]),
        (72, 48, 24, [("light", "normal", 72, 48), ("normal", "heavy", 48, 24)]),
    ],
)
def test_a_heavier_session_that_lets_training_start_earlier_is_found(
    light: int, normal: int, heavy: int, expected: list[tuple[str, str, int, int]]
) -> None:
    """For each workout once, in the first region that shows it, with both waits."""
    book = rulebook(waits("light", light), waits("normal", normal), waits("heavy", heavy))
    found = [one for one in earlier_starts(book) if one.workout == "run_easy"]
    said = [(one.lighter, one.heavier, one.wait_after_lighter, one.wait_after_heavier) for one in found]
    assert said == expected
    assert {(one.kind, one.region) for one in found} <= {("needling", "calf")}
    assert {one.workout for one in earlier_starts(book)} == (
        {"run_walk", "run_easy", "run_hard"} if expected else set()
    )


def test_what_leaves_too_few_minutes_keeps_a_workout_away_too() -> None:
    """Nine minutes are no run of at least ten; ten are one."""
    rules = (waits("normal", 48), waits("heavy", 24, rules_out=[], max_minutes=9))
    (found,) = [one for one in earlier_starts(rulebook(*rules)) if one.workout == "run_easy"]
    assert (found.wait_after_lighter, found.wait_after_heavier) == (48, 24)
    rules = (waits("normal", 48), waits("heavy", 24, rules_out=[], max_minutes=10))
    (found,) = [one for one in earlier_starts(rulebook(*rules)) if one.workout == "run_easy"]
    assert (found.wait_after_lighter, found.wait_after_heavier) == (48, 0)


def test_rules_for_some_people_or_needles_with_current_say_nothing_of_a_dose() -> None:
    """Nor does one that is about no treatment's aftermath."""
    when = {"treatments": ["needling"], "doses": ["normal"]}
    for more in ({"blood_thinners": True}, {"electric": True}):
        one = rule("test.normal", when={**when, **more}, hours_after=[0, 48], rules_out=["run"])
        assert list(earlier_starts(rulebook(one, waits("heavy", 24)))) == []
    before = rule("test.before", when=when, hours_before=[48, 0], rules_out=["run"])
    assert list(earlier_starts(rulebook(before, waits("heavy", 24)))) == []


@pytest.mark.parametrize(
    ("hours", "data", "expected"),
    [
        (47, {}, 1),
        (48, {}, 0),
        (47, {"kind": "massage"}, 0),
        (47, {"region": "shoulder"}, 0),
    ],
)
def test_sessions_of_a_kind_stand_apart_from_end_to_start(hours: int, data: dict[str, Any], expected: int) -> None:
    """Of the same part of the body, and of one kind."""
    spacing = rule("test.spacing", when={"treatments": ["needling"]}, hours_between_sessions=48)
    later = appointment(NOON + timedelta(hours=hours + 1), **data)
    found = list(clashes(rulebook(spacing), [spacing], [appointment(), later], blood_thinners=False))
    assert len(found) == expected
    assert all((one.first, one.second, one.rule) == (appointment(), later, spacing) for one in found)


@pytest.mark.parametrize(("hours", "expected"), [(5, 0), (6, 1), (23, 1), (24, 0)])
def test_another_treatment_may_be_forbidden_for_some_hours(hours: int, expected: int) -> None:
    """From the first of them on, up to the last; of the same kind nothing is said."""
    forbids = rule(
        "test.forbids", when={"treatments": ["needling"]}, hours_after=[6, 24], forbids_treatments=["massage"]
    )
    at = NOON + timedelta(hours=hours + 1)
    for kind, count in (("massage", expected), ("needling", 0)):
        later = appointment(at, kind=kind)
        assert len(list(clashes(rulebook(forbids), [forbids], [appointment(), later], blood_thinners=False))) == count


@pytest.mark.parametrize(("minutes", "meets"), [(0, True), (59, True), (60, False), (-59, True), (-60, False)])
def test_appointments_meet_where_they_share_a_minute(minutes: int, meets: bool) -> None:
    """Of a whole day nobody can say so."""
    other = appointment(NOON + timedelta(minutes=minutes))
    assert overlap(appointment(), other) == meets
    assert not overlap(appointment(whole_day=True), other)
    assert not overlap(other, appointment(whole_day=True))
