"""Event texts: what a phone shows at the door, in few and plain words, of every example and every kind of treatment."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from planner.calendars.of_case import calendars_of
from planner.case.file import read_case
from planner.planning import plan
from planner.results.plan import Plan
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.task import days_to_read
from planner.wording.plan.event_texts import (
    AT_THE_DOOR,
    NOTE,
    NOTE_WITH_DETAILS,
    WITH_DETAILS,
    treatment_description,
    workout_description,
)
from tests.cases import MONDAY, case_of
from tests.readability import reading_grade
from tests.readme import ROOT

pytestmark = pytest.mark.once

BOOK = shipped_rulebook()
NEW_YORK = ZoneInfo("America/New_York")
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
CLINICAL = ("RPE", "eccentric", "key run", "stands on the day")
"""Words that a runner has to look up."""


@cache
def example(file: Path) -> Plan:
    """Return the plan of a shipped example."""
    case = read_case(file, BOOK)
    return plan(case, BOOK, today=MONDAY, calendars=calendars_of(file, case, *days_to_read(MONDAY)))


def texts(made: Plan) -> tuple[list[str], list[str]]:
    """Return the texts of a plan's workouts, and the notes on its treatments."""
    case_tz = ZoneInfo(made.timezone)
    workouts = [workout_description(workout, day.questions) for day in made.days for workout in day.workouts]
    notes = [treatment_description(one, case_tz) for day in made.days for one in day.treatments if one.aftercare]
    return workouts, notes


def every_text() -> list[str]:
    """Return all texts of all examples."""
    return [text for file in EXAMPLES for kind in texts(example(file)) for text in kind]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, without the marks of a list."""
    lines = [line.lstrip("- ") for line in text.splitlines()]
    return [each for line in lines for each in re.split(r"(?<=[.!?]) ", line) if each]


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_what_is_needed_at_the_door_stands_in_the_first_lines(file: Path) -> None:
    """The effort first, then the check with what else to do, all within 400 characters; 1,000 with what it rests on."""
    made = example(file)
    for workout, text in zip(made.workouts, texts(made)[0], strict=True):
        door, _, _ = text.partition("\n\n")
        lines = door.splitlines()
        assert lines[0].startswith(f"Effort: {workout.intensity.replace('_', ' ')}")
        assert workout.check is None or (workout.check in lines[1] and "If not: " in lines[1])
        assert (len(door) <= AT_THE_DOOR, len(text) <= WITH_DETAILS) == (True, True)
        assert sum(line.startswith("Why: ") for line in lines) == bool(workout.reasons)


def test_no_sentence_stands_twice_in_an_event() -> None:
    """Nor does the title of a rule come back with its reason; a level says once that it is one."""
    needled = {"kind": "dry_needling", "region": "calf", "start": datetime(2026, 11, 24, 9, 30)}
    strict = case_of(caution="strict", injury={"region": "calf", "severity": "moderate"}, treatments=[needled])
    for text in [*every_text(), *texts(plan(strict, BOOK, today=MONDAY))[0]]:
        found = sentences(text)
        assert sorted(set(found)) == sorted(found), text


def test_no_word_has_to_be_looked_up() -> None:
    """Terms of the trade are said in plain words."""
    assert [(word, text) for text in every_text() for word in CLINICAL if word.lower() in text.lower()] == []


def test_an_eighth_grader_can_read_it() -> None:
    """All texts of the examples together; the names of treatments and regions, which nobody chose, are left out."""
    names = [*BOOK.treatments.values(), *BOOK.regions.values()]
    words = sorted({each for one in names for each in (one.name, *one.everyday_names)}, key=len, reverse=True)
    pattern = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in words), re.IGNORECASE)
    text = " ".join(pattern.sub("it", each) for each in every_text())
    assert reading_grade(text) <= 8


@pytest.mark.once
@pytest.mark.parametrize("kind", sorted(BOOK.treatments))
def test_a_note_on_any_treatment_is_short_and_has_all_that_is_for_safety(kind: str) -> None:
    """At most 700 characters and 1,400 with the rest, in the order of the hours; nothing of safety is left out."""
    # Where no rule about the kind asks how heavy the session was, one is as the other.
    whens = [rule.when for rule in BOOK.rules.values() if rule.when.doses]
    asked = any(when.treatments is None or kind in when.treatments for when in whens)
    for region, dose in product(BOOK.regions, ("normal", "heavy") if asked else ("normal",)):
        entry = {"kind": kind, "region": region, "start": datetime(2026, 11, 24, 9, 30), "dose": dose}
        made = plan(case_of(treatments=[entry], goals={"runs": 0, "mobility": 1}), BOOK, today=MONDAY)
        (treatment,) = made.days[1].treatments
        note = treatment_description(treatment, NEW_YORK)
        first, _, _ = note.partition("\n\n")
        safety = [reason.text for reason in treatment.aftercare if reason.safety]
        assert [text for text in safety if text not in first] == [], (region, dose)
        assert len(first) <= max(NOTE, sum(len(text) + 3 for text in safety) + 80), (region, dose)
        assert len(note) <= NOTE_WITH_DETAILS, (region, dose)
        places = [first.find(reason.text) for reason in treatment.aftercare if reason.text in first]
        assert places == sorted(places)


def test_the_examples_are_there() -> None:
    """An empty folder would be easy to read."""
    assert len(EXAMPLES) >= 5
    assert date(2026, 11, 23) == MONDAY
