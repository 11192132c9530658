"""What a description says beside a title: parts that are fast, and how long all of it is."""

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
    ("title", "text", "workout"),
    [
        ("Easy run", "3 miles easy, 2 miles at tempo", "run_hard"),
        ("Easy run", "3 miles easy, tempo on Thursday", "run_easy"),
        ("Easy run", "5 km easy\nlast 10 min @ 4:20/km", "run_hard"),
        ("Easy run", "5 km easy\n10 min @ 5:20/km", "run_easy"),
        ("Easy run", "5 km easy\nlast 10 min @ 5:20/km", "run_hard"),
        ("Easy run", "5 km easy, 4 strides of 20 s fast", "run_easy"),
        ("Long run", "70 min easy\nFinal 10 min @ 4:20/km", "run_hard"),
        ("Long run", "70 min easy\n10 min @ 5:20/km", "run_long"),
        ("Long run", "70 min easy\nFinal 10 min @ 5:20/km", "run_hard"),
        ("Long run", "Progressive", "run_hard"),
        ("Long run", "Steady", "run_long"),
        ("Long run", "Zone 1-3", "run_long"),
        ("Sortie longue", "dont 2 x 10' allure semi", "run_hard"),
        ("Tirada larga", "A ritmo conversacional", "run_long"),
        ("Shakeout", "2 km easy, 3 x 2 min at race pace, 4 strides", "run_hard"),
        ("Shakeout", "2 km easy, 4 x 20 s strides", "run_easy"),
        ("Easy + strides", "5 km\n4 x 200 m", "run_hard"),
        ("Easy + strides", "5 km\n4 x 100 m", "run_easy"),
        ("Activation", "2 km easy, 3 x 2 min at race pace", "run_hard"),
        ("Langer Lauf 18 km", "18 km locker, die letzten 2 km bei 5:20 min/km", "run_hard"),
        ("Workout", "3 x 2 miles @ HMP", "run_hard"),
        ("Workout", "3 x 10 squats", "lower_body"),
        ("Workout", "In the park", ""),
        ("Gym / recovery", "Very slow recovery run", "run_easy"),
        ("Gym / recovery", "Gym after your run", "lower_body"),
        ("Strength", "Box jumps", "plyometrics"),
        ("Strength", "Box squats", "lower_body"),
        ("Leg strength", "Box jumps", "plyometrics"),
        ("Long", "🏁 13.1 mi", "race"),
        ("Long", "🏁 13.1 mi of trail", "run_long"),
        ("Recovery", "25 min walk or very slow jog", "run_easy"),
        ("Recovery", "25 min walk / very slow jog", "run_walk"),
    ],
)
def test_what_a_description_sets_out_says_more_than_the_word_of_its_title(
    reader: Reader, title: str, text: str, workout: str
) -> None:
    """A fast part that has a length makes an easy title hard, and any hard word a long one; strides and days do not."""
    assert reader.read(PlanEvent(title, text))[0].workout == workout


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Speed", "WU 15 min\n5 x 800 m @ 3:50/km\nCD 15 min\nTotal ~10 km", 60),
        ("Speed", "WU 15 min\n5 x 800 m @ 3:50/km\nCD 15 min", None),
        ("Speed", "WU 15 min\n25 min @ 4:10/km\nCD 15 min", 55),
        ("Speed", "25 min @ 4:10/km\nCD 15 min", 25),
        ("Easy", "45 min easy\n6 x 15 s strides", 45),
        ("Easy", "45 min easy\n6 x 90 s strong", None),
        ("Fartlek", "30 min: WU 5 min, 6 x 30 s fast, CD 5 min", 30),
        ("10 km specific", "45 min: 3 x 1600 m", 45),
        ("10 km steady", "45 min: 3 x 1600 m", 60),
        ("Long run 22 km", "6:20/km • early • from 13:30", 132),
    ],
)
def test_a_description_says_how_long_all_of_it_is(reader: Reader, title: str, text: str, expected: int | None) -> None:
    """The whole is what is called so, or the lines from a warm-up on together; with repeats nothing else is one."""
    assert minutes_of(reader.read(PlanEvent(title, text))[0]) == expected


@pytest.mark.parametrize(
    ("title", "workout"),
    [
        ("Long run, steady", "run_long"),
        ("Long run, last 15 min brisk", "run_hard"),
        ("Long run, last 5 km fast", "run_hard"),
        ("3 x 5 pull-ups + easy run 45 min", "run_easy"),
        ("3 x 5 min + easy run 45 min", "run_hard"),
        ("Drills + core", "run_easy"),
        ("Drills + mobility", "mobility"),
        ("10K-specific", "run_hard"),
        ("HM-specific + 5 km easy", "run_hard"),
        ("Core stability circuit", "core"),
        ("Core and circuit", "lower_body"),
        ("Mobility & activation", "mobility"),
        ("Técnica de carrera", "run_easy"),
        ("Técnica + 6 x 200 m", "run_hard"),
        ("60 min hills, 10 strides", "run_hard"),
        ("6 x 100 m fast strides", "run_easy"),
        ("Pool or track", "run_hard"),
        ("Pool or core", "swim"),
        ("4 miles at the gym", "run_easy"),
        ("400 m at the gym", "lower_body"),
        ("4 miles w/ 2 at T", "run_hard"),
        ("Short MP pickups", "run_hard"),
        ("Short quick pickups", "run_easy"),
        ("Drills + circuit", "lower_body"),
        ("S_A", ""),
        ("S_A and B", "note"),
        ("High knees, butt kicks", "run_easy"),
        ("Long run + gear test", "run_long"),
        ("Lactate test", "race"),
        ("Easy run, 4 strides (15-20s)", "run_easy"),
        ("Easy run, 4 x (15-15s)", "run_hard"),
        ("Lift + 4 easy", "run_easy"),
        ("Lift + easy", "lower_body"),
        ("Long run/walk", "run_walk"),
        ("Course — Trail Côte d'Émeraude", "race"),
        ("Course qualité", "run_hard"),
    ],
)
def test_words_beside_a_long_run_and_exercises_say_what_they_are_of(reader: Reader, title: str, workout: str) -> None:
    """A long run may be steady all the way, exercises are no repeats of a run, and drills are run."""
    assert reader.read(PlanEvent(title))[0].workout == workout


def test_a_word_for_being_out_is_no_second_session(reader: Reader) -> None:
    """A ride with such a word is one ride; with a length of its own it is a run beside it."""
    assert [each.workout for each in reader.read(PlanEvent("Vélo + sortie endurance"))] == ["bike_easy"]
    assert [each.workout for each in reader.read(PlanEvent("Vélo 1h + sortie 30 min"))] == ["bike_easy", "run_easy"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("10 miles — 2 miles warm-up, 6 x 1000 m @ 5:45/mi, 2 miles cool-down", 97),
        ("2 miles — 2 miles warm-up, 6 x 1000 m @ 5:45/mi, 2 miles cool-down", 94),
        ("10' Z2 + 2 x 8' Z4 (rec 3') + 10' Z2", 42),
        ("10' Z2 + 2 x 8' Z4 with 3' Z2", 32),
        ("10 min warmup, 2 mile tempo, 10 min cool down", 39),
        ("2 miles warmup, 20 min tempo, 1 mile cool down", 49),
        ("20 min + 10 min tempo (~5 mi)", 48),
        ("Easy run 25 min, 4 strides (20s)", 25),
        ("Easy run 25 min, 4 strides (40 min)", 40),
    ],
)
def test_what_heads_a_list_is_its_whole_and_what_is_added_no_rest(reader: Reader, title: str, expected: int) -> None:
    """A distance before a dash is the whole where it holds its parts; a part behind a plus is run, however easily."""
    assert minutes_of(reader.read(PlanEvent(title))[0]) == expected


@pytest.mark.parametrize(
    ("title", "text", "workout"),
    [
        ("Ruhetag", "Mobilität 20 min · Dehnen", "rest"),
        ("Session", "Walk Run • 2.3km • 25m", "run_walk"),
        ("6 x 500 m", "6x\n- 1m45s 105% FTP", "run_hard"),
        ("6 x 5", "6x\n- 5m 105% FTP", "bike_hard"),
    ],
)
def test_a_figure_in_a_text_is_no_kind_and_a_distance_that_is_repeated_no_ride(
    reader: Reader, title: str, text: str, workout: str
) -> None:
    """Only a feed's kind without figures goes before the title; power in a text makes no ride of repeats of 500 m."""
    assert reader.read(PlanEvent(title, text))[0].workout == workout
