"""Files that are written again and again, held against the plan's JSON and the file before by a reader of raw text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import Ask, asks, examples, goals, treatments
from tests.checker_files import file_problems, revision_problems
from tests.living import Living, by_uid, texts

pytestmark = pytest.mark.once


def json_of(living: Living) -> str:
    """Return the plan that a file shows, as the program prints it."""
    assert living.plan is not None
    return living.plan.model_dump_json(by_alias=True)


def both(living: Living, before: bytes) -> list[str]:
    """Return all that is wrong with a file, by itself and beside the one before it."""
    plan = json_of(living)
    return [*file_problems(living.file, plan, living.now), *revision_problems(before, living.file, plan, living.now)]


@examples(60)
@given(asks(), st.data())
def test_whatever_happens_the_file_shows_the_plan_and_keeps_its_promises(ask: Ask, data: st.DataObject) -> None:
    """Every workout stands in the file at its time and length, nothing else does, and nothing shown is lost."""
    tz = ZoneInfo(ask.data["timezone"])
    living = Living(dict(ask.data), datetime.combine(ask.today, time(5, 30), tz))
    steps = data.draw(st.lists(st.sampled_from(["goals", "treatments", "strict", "hours", "days"]), max_size=4))
    weeks = ask.weeks
    for step in ["first", *steps]:
        changed: dict[str, Any] = {}
        if step == "goals":
            changed["goals"] = data.draw(goals())
        elif step == "treatments":
            more = data.draw(treatments(ask.today, needs_region=True))
            changed["treatments"] = [*living.data["treatments"][1:], more]
        elif step == "strict":
            changed["caution"] = "strict"
            weeks = 1
        elif step in {"hours", "days"}:
            living.pass_time(**{step: data.draw(st.integers(1, 5))})
        before = living.file
        living.again(weeks=weeks, **changed)
        assert both(living, before) == []


def spoiled(content: bytes, number: int, old: str, new: str) -> bytes:
    """Return a file with a text replaced in one of its workouts."""
    workouts = [uid for uid, event in by_uid(content).items() if event.value("X-PLANNER-WORKOUT")]
    body = texts(content)[workouts[number]]
    assert old.encode() in body
    return content.replace(body, body.replace(old.encode(), new.encode(), 1))


def without(content: bytes, number: int) -> bytes:
    """Return a file without one of its workouts."""
    body = texts(content)[[uid for uid, one in by_uid(content).items() if one.value("X-PLANNER-WORKOUT")][number]]
    return content.replace(b"BEGIN:VEVENT\r\n" + body + b"END:VEVENT\r\n", b"")


def twice(content: bytes) -> bytes:
    """Return a file that holds its last workout once more, under another UID."""
    body = list(texts(content).values())[-1]
    other = body.replace(b"UID:", b"UID:x", 1)
    return content.replace(body, body + b"END:VEVENT\r\nBEGIN:VEVENT\r\n" + other)


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda file: without(file, 0), "is not in the file"),
        (lambda file: spoiled(file, 0, "T070000", "T071500"), "in the file at"),
        (lambda file: spoiled(file, 1, "DTEND;TZID=America/New_York:20261125T071500", "DTEND:20261125T130000Z"), "for"),
        (lambda file: spoiled(file, 2, "CONFIRMED", "CANCELLED"), "planned, and cancelled"),
        (twice, "and not planned"),
        (lambda file: file.replace(b"X-PLANNER-TREATMENT", b"X-ANOTHER"), "notes on treatments"),
    ],
)
def test_a_file_that_shows_another_plan_is_noticed(spoil: Callable[[bytes], bytes], expected: str) -> None:
    """Each way to be another plan than the JSON says is one that the checker finds."""
    living = Living()
    living.again()
    assert both(living, b"") == []
    found = file_problems(spoil(living.file), json_of(living), living.now)
    assert any(expected in one for one in found), found


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda file: without(file, 1), "vanished"),
        (lambda file: file.replace(b"SEQUENCE:1", b"SEQUENCE:3", 1), "SEQUENCE went from 0 to 3"),
        (lambda file: file.replace(b"SEQUENCE:1", b"SEQUENCE:0", 1), "SEQUENCE went from 0 to 0"),
        (lambda file: file.replace(b"SUMMARY:Cancelled: ", b"SUMMARY:", 1), "its title is"),
        (lambda file: file.replace(b"TRANSPARENT", b"OPAQUE"), "not free for all"),
        (lambda file: spoiled(file, 0, "CREATED:2026", "CREATED:2025"), "was made at another time"),
        (lambda file: spoiled(file, 0, "T070000", "T071500"), "past, and changed"),
        (lambda file: spoiled(file, -1, "X-PLANNER-WORKOUT:", "X-PLANNER-WORKOUT:an"), "is an"),
        (lambda file: spoiled(file, -1, "T090000", "T091500"), "which is not planned, and changed"),
    ],
)
def test_a_revision_that_breaks_a_promise_is_noticed(spoil: Callable[[bytes], bytes], expected: str) -> None:
    """Monday's run is past, a ride is cancelled, the second week is not planned again: each fault is found."""
    living = Living()
    living.again(weeks=2)
    before = living.file
    living.pass_time(hours=3)
    living.again(goals={"runs": 3, "bikes": 1, "upper_body": 2, "long_run": "sunday"})
    assert both(living, before) == []
    found = revision_problems(before, spoil(living.file), json_of(living), living.now)
    assert any(expected in one for one in found), found
