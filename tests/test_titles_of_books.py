"""Titles of books' plans and their exporters: halves of a day, lists of parts, races with a warm-up."""

from __future__ import annotations

import pytest

from planner.titles.reader import Reader
from planner.titles.session import PlanEvent
from tests.title_reading import minutes_of, shipped_reader

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Return the reader with the words that come with the program."""
    return shipped_reader()


@pytest.mark.parametrize(
    ("title", "sessions"),
    [
        ("Recovery AM 4 mi LT PM 10 mi with 5 mi at LT pace", [("run_easy", 39), ("run_hard", 97)]),
        ("Recovery AM 5 mi Med-long run PM 15 mi", [("run_easy", 48), ("run_long", 145)]),
        ("Med-long run AM 15 mi Recovery PM 4 mi", [("run_long", 145), ("run_easy", 39)]),
        ("Medium-long run 15 miles a.m. Recovery 4 miles p.m.", [("run_long", 145), ("run_easy", 39)]),
        ("Recovery 6 miles a.m. 4 miles p.m.", [("run_easy", 58), ("run_easy", 39)]),
        ("Recovery AM 6 mi PM 4 mi", [("run_easy", 58), ("run_easy", 39)]),
    ],
)
def test_words_before_a_half_of_the_day_are_of_that_half(
    reader: Reader, title: str, sessions: list[tuple[str, int]]
) -> None:
    """What stands between the figures of the morning and "PM" says what the evening holds; else both share them."""
    assert [(each.workout, minutes_of(each)) for each in reader.read(PlanEvent(title))] == sessions


@pytest.mark.parametrize(
    ("title", "workout", "expected"),
    [
        ("1.5 miles Warm Up\n3 miles @ HMP\n1.5 miles Cool Down", "run_hard", 58),
        ("9 miles, consisting of:\n2 mile Warm Up\n4 miles at HMP, 3 minutes jog, 1 mile at 10k pace", "run_hard", 87),
        ("10 miles consisting of 3 mile Warm Up\n2 x 3 miles at MP", "run_hard", 97),
        ("10 mi easy + 5 mi progressing to 90% 5k", "run_hard", 145),
        ("7-9 mi easy with 40 min of (1 min fast, 3 min easy)", "run_hard", 77),
        ("8 km easy (50 min)", "run_easy", 50),
        ("10 miles, 2 x (1 mile at HM, 800m at 5k)", "run_hard", 97),
        ("Half Marathon (13.1 mi)", "race", 126),
        ("8K-10K tune-up race 10 mi", "race", 97),
        ("Race 10 km, warm-up 2 km", "race", 72),
        ("5K goal race 9 mi", "race", 87),
        ("12-13 mi at 80% 5k, optionally through rolling hills", "run_easy", 121),
        ("Pre-long-run shakeout 30 min", "run_easy", 30),
        ("8 x 800m at 100% 5k with 2-3 min walk/jog", "run_hard", None),
        ("Run/walk 8 x 3 min", "run_walk", None),
        ("9 miles w/ 5x150m strides (jog 250m between intervals)", "run_easy", 87),
        ("Cross-train or rest", "rest", None),
        ("Gym or rest", "lower_body", None),
        ("Cross-training 40 min (bike, swim)", "bike_easy", 40),
        ("Swim (bike if closed)", "swim", None),
        ("Cardio - Fractionné", "run_hard", None),
        ("Cardio - vélo", "bike_easy", None),
    ],
)
def test_lists_of_parts_rests_and_races_are_told_from_the_whole(
    reader: Reader, title: str, workout: str, expected: int | None
) -> None:
    """A list of parts is inside its whole, line by line too; a race's day lasts as long as its warm-up and itself."""
    (reading,) = reader.read(PlanEvent(title))
    assert (reading.workout, minutes_of(reading)) == (workout, expected)


@pytest.mark.parametrize(
    ("text", "workout"), [("Easy to steady", "run_hard"), ("Easy", "run_easy"), ("Light food, easy talk", "note")]
)
def test_a_name_whose_text_says_nothing_but_how_is_a_run(reader: Reader, text: str, workout: str) -> None:
    """A title that is only a name is what its text asks for, where every word of that says how hard it is."""
    assert reader.read(PlanEvent("Build your rhythm", text))[0].workout == workout
