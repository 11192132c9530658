"""What a description says beside the session is left out, and what it sets out is kept."""

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
        ("Easy run", "40 min after yesterday's 6 x 800 m", "run_easy"),
        ("Easy run", "40 min, 6 x 800 m", "run_hard"),
        ("Easy run", "Tomorrow: 6 x 800 m", "run_easy"),
        ("Easy run", "Race tomorrow: 6 x 800 m", "run_hard"),
        ("Footing 45'", "Après le tempo d'hier, très souple", "run_easy"),
        ("Footing 45'", "Puis 10' tempo", "run_hard"),
        ("Dauerlauf", "Nach dem Tempo gestern wirklich locker", "run_easy"),
        ("Dauerlauf", "Am Morgen 5 x 1000 m", "run_hard"),
        ("Rodaje 50'", "Mañana tocan series", "run_easy"),
        ("Rodaje 50'", "Por la mañana, con 6 x 1000 m", "run_hard"),
        ("Vorstartbelastung", "30 min locker, morgen Rennen", "run_easy"),
    ],
)
def test_what_a_description_says_of_another_day_is_no_work(reader: Reader, title: str, text: str, workout: str) -> None:
    """A part that names another day goes, with a heading that is nothing but that day what follows it too."""
    assert reader.read(PlanEvent(title, text))[0].workout == workout


@pytest.mark.parametrize(
    ("title", "text", "workout"),
    [
        ("Easy run", "If you feel sore, skip the 6 x 800 m", "run_easy"),
        ("Easy run", "If you feel good, add 6 x 800 m", "run_hard"),
        ("Easy run", "6 x 800 m if nothing hurts", "run_hard"),
        ("Long run", "Do not run this at marathon pace", "run_long"),
        ("Long run", "Run the end at marathon pace", "run_hard"),
        ("Langer Lauf", "Berge meiden", "run_long"),
        ("Langer Lauf", "Berge", "run_hard"),
        ("Long run", "Slower than marathon pace", "run_long"),
        ("Long run", "The goal is to be ready for fast work", "run_long"),
        ("Long run", "The goal is 20 min fast", "run_hard"),
        ("Long run", "Wear race pace shoes, take gels", "run_long"),
        ("Long run", "20 min at race pace in race shoes", "run_hard"),
        ("Long run", "Walk the steep hills", "run_long"),
        ("Long run", "8 x 1 min hills, walk back", "run_hard"),
        ("Dauerlauf", "Tempo 4:45-5:00", "run_easy"),
        ("Dauerlauf", "Tempo 4:44", "run_hard"),
    ],
)
def test_conditions_denials_limits_purposes_and_things_are_no_work(
    reader: Reader, title: str, text: str, workout: str
) -> None:
    """They go from where they begin; a condition that is hoped for stays, and so does hard work with a figure."""
    assert reader.read(PlanEvent(title, text))[0].workout == workout


@pytest.mark.parametrize(
    ("title", "text", "workout"),
    [
        ("Run", "10 km at marathon pace + 30 s/km", "run_easy"),
        ("Run", "10 km at marathon pace + 29 s/km", "run_hard"),
        ("Run", "10 km at 10k pace + 60 s/km", "run_easy"),
        ("Run", "10 km at 10k pace + 59 s/km", "run_hard"),
        ("Run", "6 miles at marathon pace + 60-90 s/mile", "run_easy"),
        ("Run", "6 miles at marathon pace + 45 s/mile", "run_hard"),
        ("Footing", "10 km allure marathon +30s/km", "run_easy"),
        ("Lauf", "10 km MRT + 40 Sek. pro km", "run_easy"),
    ],
)
def test_a_pace_far_below_that_of_a_race_is_an_easy_one(reader: Reader, title: str, text: str, workout: str) -> None:
    """From 30 s a kilometre below the pace of a marathon, and 60 below any other; seconds more are no minutes."""
    reading = reader.read(PlanEvent(title, text))[0]
    assert reading.workout == workout
    assert minutes_of(reading) in {58, 60}


@pytest.mark.parametrize(
    ("title", "text", "workout"),
    [
        ("Double T", "10 x 800 m", "run_hard"),
        ("Double T", "10 x squats", "lower_body"),
        ("Double T", "squats are for Friday", "note"),
        ("Montagseinheit", "15 min einlaufen, 6 x 1000 m, 15 min auslaufen", "run_hard"),
        ("Montagseinheit", "Treffpunkt Stadion", ""),
        ("Strength", "30 min easy run, then squats", "run_easy"),
        ("Strength", "10 min easy run, then squats", "lower_body"),
        ("Strength", "Before your 5 km run", "lower_body"),
        ("Regeneration", "30 min locker oder Spaziergang", "run_easy"),
        ("Regeneration", "30 min Spaziergang", "walk"),
        ("W6D3", "Rest. Stretching if stiff.", "rest"),
        ("W6D3", "Rest or 30 min swim", "swim"),
        ("Shuffle", "30-40 minutes, very slow", "run_easy"),
        ("Shuffle", "30-40 minutes", "note"),
        ("Shuffle", "See you there", "note"),
        ("Coastal Trail Half", "Race day! Trust your training.", "race"),
        ("Coastal Trail Half", "Race pace for the last third.", "run_hard"),
        ("Lauf 45 min", "Härte 6/10", "run_hard"),
        ("Lauf 45 min", "Härte 5/10", "run_easy"),
    ],
)
def test_a_title_that_says_nothing_is_read_by_what_its_text_sets_out(
    reader: Reader, title: str, text: str, workout: str
) -> None:
    """Repeats below a name are run; a run beside strength counts from 15 minutes on, and of two choices the harder."""
    assert reader.read(PlanEvent(title, text))[0].workout == workout


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Easy run", "5 km. Core routine afterwards (15 min).", 30),
        ("Easy run", "5 km. Jog home afterwards (15 min).", 15),
        ("Fuerza + rodaje", "Gimnasio 30' y luego 25' suaves en cinta", 25),
        ("Easy run", "Take a gel at 40 min, 60 min in all", 60),
        ("Easy run", "A jog of 40 min, 60 min in all", 100),
        ("Core", "15 min, 5 km of it to the gym", 15),
    ],
)
def test_minutes_of_strength_and_food_are_none_of_a_run(reader: Reader, title: str, text: str, expected: int) -> None:
    """What a description gives to strength, or says of food, is not how long the run is."""
    assert minutes_of(reader.read(PlanEvent(title, text))[0]) == expected


def test_a_long_description_is_read_up_to_its_bound(reader: Reader) -> None:
    """Repeats are found behind more than 600 letters, and not beyond 2000."""
    filling = "Relaxed shoulders and quiet arms all the way home. "
    assert reader.read(PlanEvent("Easy run", filling * 14 + "8 x 800 m"))[0].workout == "run_hard"
    assert reader.read(PlanEvent("Easy run", filling * 40 + "8 x 800 m"))[0].workout == "run_easy"
