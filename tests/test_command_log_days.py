"""`planner log` about several days, and about two workouts of a day."""

from __future__ import annotations

import tomllib
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main

CASE = """\
timezone = "America/New_York"

[injury]
region = "heel"

[goals]
runs = 3
bikes = 1
"""
TODAY = "2026-11-29"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Return a case without a name, beside the calendar of its plan for the week from 23 November."""
    file = tmp_path / "case.toml"
    file.write_text(CASE)
    assert main(["plan", str(file), "--today", "2026-11-23", "-o", str(tmp_path / "case.ics")]) == 0
    return file


def log(file: Path, *words: str) -> int:
    """Return the exit status of `planner log` on a day."""
    return main(["log", str(file), *words, "--today", TODAY])


def entries(file: Path) -> list[dict[str, Any]]:
    """Return the log of a case file."""
    found: list[dict[str, Any]] = tomllib.loads(file.read_text()).get("log", [])
    return found


def test_a_week_is_logged_as_planned_at_once(case: Path) -> None:
    """Each workout of the plan is an entry of its day; days on which the plan had none have none."""
    assert log(case, "--from", "2026-11-23", "--until", "2026-11-28", "--as-planned", "--pain", "1") == 0
    found = entries(case)
    assert sorted(each["did"] for each in found) == ["bike_easy", "run_easy", "run_easy", "run_easy"]
    assert all(each["pain"] == 1 and each["minutes"] for each in found)


def test_days_of_nothing_are_logged_up_to_today(case: Path) -> None:
    """Without a last day it is today; each day says so."""
    assert log(case, "--from", "2026-11-27", "--did", "nothing") == 0
    assert [(each["date"].day, each["did"]) for each in entries(case)] == [(day, "nothing") for day in (27, 28, 29)]


def test_two_runs_of_a_day_are_told_apart_by_their_hours(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second run of a day is an entry of its own if it says when; without that it contradicts the first."""
    assert log(case, "--did", "run_easy", "--minutes", "20", "--time", "7:05") == 0
    assert log(case, "--did", "run_easy", "--minutes", "25", "--time", "18:30") == 0
    assert [(each["time"], each["minutes"]) for each in entries(case)] == [(time(7, 5), 20), (time(18, 30), 25)]
    assert log(case, "--did", "run_easy", "--minutes", "30", "--time", "7:05") == 2
    assert "says its --time" in capsys.readouterr().err
    assert main(["plan", str(case), "--today", TODAY, "--format", "json"]) == 0


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (("--until", "2026-11-28"), "says no first day"),
        (("--from", "2026-11-28", "--until", "2026-11-27"), "lies before"),
        (("--from", "2026-11-30"), "in the future"),
        (("--from", "2026-09-01"), "more than 62 days"),
        (("--from", "2026-11-28", "--date", "2026-11-28"), "names one day"),
        (("--time", "25:00"), "no time of day"),
    ],
)
def test_days_that_make_no_sense_are_told_and_nothing_is_written(
    case: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], wrong: str
) -> None:
    """Each mistake names its option; the file stays as it was."""
    assert log(case, "--did", "nothing", *words) == 2
    assert wrong in capsys.readouterr().err
    assert case.read_text() == CASE


def test_a_time_of_day_begins_the_hours_after_a_painkiller(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Twelve hours from the workout at seven in the morning are over in the evening; without a time they last on."""
    assert log(case, "--did", "bike_easy", "--painkiller", "--date", "2026-11-28", "--time", "7:00") == 0
    text = case.read_text()
    evening = ["why", str(case), "2026-11-28T19:30", "bike_easy", "--today", "2026-11-28"]
    said = []
    for each in (text, text.replace("time = 07:00:00\n", "")):
        case.write_text(each)
        capsys.readouterr()
        assert main(evening) == 0
        said.append("proves nothing" in capsys.readouterr().out)
    assert said == [False, True]


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [
        (["--did", "easy run", "--minutes", "30"], ["--did", "nothing"], "has a workout already (run_easy)"),
        (["--did", "nothing"], ["--did", "easy run", "--minutes", "30"], "is a day of nothing already"),
        (["--soreness", "1"], ["--did", "nothing", "--minutes", "30"], "30 minutes of nothing"),
    ],
)
def test_a_day_holds_something_or_nothing(
    case: Path, capsys: pytest.CaptureFixture[str], first: list[str], second: list[str], wrong: str
) -> None:
    """What contradicts the day's log is refused, and the log stays as it was: a workout is never lost in "nothing"."""
    assert log(case, *first) == 0
    before = entries(case)
    assert log(case, *second) == 2
    assert wrong in capsys.readouterr().err
    assert entries(case) == before


def test_without_an_injury_a_session_without_pain_is_only_written_down(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody is asked where pain was that there was not; with some, one is."""
    file = tmp_path / "well.toml"
    file.write_text('timezone = "UTC"\n[goals]\nruns = 3\n')
    for pain, asked in (("0", False), ("2", True)):
        assert log(file, "--date", f"2026-11-2{pain}", "--did", "easy run", "--minutes", "30", "--pain", pain) == 0
        assert ("--region says where" in capsys.readouterr().out) == asked
