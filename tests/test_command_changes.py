"""`planner treat`, `move` and `away`: what it does is shown, the file keeps its remarks, nothing is guessed."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path

import pytest

from planner.case.file import read_case
from planner.case.model import Case
from planner.cli import main
from planner.rulebook.file import shipped_rulebook

CASE = """\
# My own remark.
timezone = "Europe/Berlin"

[injury]
region = "calf"                 # since October

[[treatments]]
kind = "dry needling"
start = 2026-11-24T09:30:00     # with Ms. Weber

[goals]
runs = 3                        # more later
bikes = 1
"""
TODAY = ("--today", "2026-11-23")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a case file with remarks."""
    path = tmp_path / "me.toml"
    path.write_text(CASE, encoding="utf-8")
    return path


def changed(file: Path, *words: str) -> Case:
    """Return the case after a command that changes it without asking."""
    command, *others = words
    assert main([command, str(file), *others, "--yes", *TODAY]) == 0
    return read_case(file, shipped_rulebook())


def test_an_appointment_is_added_below_the_others(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In everyday words; remarks and order stay, and what it does to the plan is printed."""
    case = changed(file, "treat", "add", "massage", "friday 17:00", "--region", "soleus", "--minutes", "30")
    assert ("massage", "calf", datetime(2026, 11, 27, 17), 30) == (
        *(case.treatments[1].kind, case.treatments[1].region, case.treatments[1].start),
        case.treatments[1].minutes,
    )
    lines = iter(file.read_text(encoding="utf-8").splitlines())
    assert all(line in lines for line in CASE.splitlines())
    assert "What it does to the plan" in capsys.readouterr().out


def test_an_appointment_is_moved_and_taken_out(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its kind where there is one of it, or by its number; the workouts that move are named."""
    assert (
        datetime(2026, 11, 26, 9, 30) == changed(file, "treat", "move", "needling", "thursday 9:30").treatments[0].start
    )
    out = capsys.readouterr().out
    assert "moved: Easy run · 30 min (was Easy run · 21 min), from Thu 26 Nov, 07:00 to Wed 25 Nov, 07:00" in out
    assert "moved: Easy bike ride · 45 min, from Wed 25 Nov, 07:00 to Fri 27 Nov, 07:00" in out
    assert () == changed(file, "treat", "remove", "1").treatments
    assert "with Ms. Weber" not in file.read_text(encoding="utf-8")


def test_a_day_and_its_time_need_no_quotes(file: Path) -> None:
    """As one says it: `planner move me.toml "easy run" saturday 9:00`."""
    (session,) = changed(file, "move", "easy run", "saturday", "9:00").sessions
    assert ("run_easy", date(2026, 11, 28), time(9)) == (session.workout, session.date, session.start)
    (needling,) = changed(file, "treat", "move", "1", "thursday", "9:30").treatments
    assert datetime(2026, 11, 26, 9, 30) == needling.start


def test_a_reader_who_has_seen_enough_takes_nothing_back(file: Path) -> None:
    """`planner away … --yes | true` is written all the same, and ends with status 0."""
    command = f'"{sys.executable}" -m planner away "{file}" tomorrow 2026-11-29 --yes --today 2026-11-23'
    done = subprocess.run(["bash", "-c", f"{command} | true; exit ${{PIPESTATUS[0]}}"], check=False)  # noqa: S607 (bash has pipes)
    assert (0, 1) == (done.returncode, len(read_case(file, shipped_rulebook()).away))


def test_an_absence_is_written_down(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its days, what it is from, and why; what does not fit any more is said."""
    case = changed(file, "away", "tomorrow", "2026-11-29", "--why", "holiday")
    (away,) = case.away
    assert (date(2026, 11, 24), date(2026, 11, 29), "all", "holiday") == (away.from_, away.until, away.what, away.why)
    assert "Then does not fit" in capsys.readouterr().out
    assert ("swim",) == changed(file, "away", "2026-12-01", "2026-12-02", "--what", "swims").away[1].what


def test_a_workout_is_put_at_another_time(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a fixed session of that day, as long as the plan had it; its title in the calendar is a name too."""
    case = changed(file, "move", "Easy run · 30 min", "saturday 16:00")
    (session,) = case.sessions
    assert ("run_easy", date(2026, 11, 28), 16) == (session.workout, session.date, session.start.hour)
    out = capsys.readouterr().out
    assert "to Sat 28 Nov, 16:00" in out or "added: " in out


@pytest.mark.parametrize("answer", ["n", None])
def test_without_a_yes_nothing_is_written(file: Path, answer: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A no, or nobody there to answer, leaves the file as it is, to the byte."""

    def answered(_: str = "") -> str:
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr("builtins.input", answered)
    assert main(["away", str(file), "2026-11-28", "2026-11-29", *TODAY]) == 0
    assert file.read_text(encoding="utf-8") == CASE


def test_what_somebody_wrote_while_the_question_stood_there_is_not_lost(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file was changed meanwhile: it is left so, and the person says it again."""

    def answered(_: str = "") -> str:
        file.write_text(f"{CASE}# a note\n", encoding="utf-8")
        return "y"

    monkeypatch.setattr("builtins.input", answered)
    assert main(["away", str(file), "2026-11-28", "2026-11-29", *TODAY]) == 2
    assert f"{file}: was changed meanwhile, and is left as it is; say it again\n" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == f"{CASE}# a note\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["treat", "add", "massage"], "planner treat: WHEN: is missing; say when it is"),
        (
            ["treat", "add", "mossage", "2026-12-01"],
            'treatments[1].kind: "mossage" is no treatment; did you mean "massage"',
        ),
        (["treat", "move", "3", "2026-12-01"], "planner treat: WHICH: there is no appointment 3; give 1 to 1"),
        (["treat", "remove", "massage"], "planner treat: WHICH: no appointment is massage"),
        (["away", "2026-12-02", "2026-12-01"], "planner away: UNTIL: 2026-12-01 lies before 2026-12-02"),
        (["away", "2026-12-01", "2026-12-02", "--what", "runz"], 'away[0].what[0]: "runz" is no kind of workout'),
        (["move", "easy run", "2026-11-28"], "planner move: WHEN: 2026-11-28 has no time of day"),
        (["move", "easy runn", "2026-11-28T09:00"], 'planner move: WORKOUT: "easy runn" is no workout'),
        (["move", "hard run", "2026-11-28T09:00"], "planner move: WORKOUT: the plan has no hard run near 2026-11-28"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_written(
    words: list[str], expected: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its place, what is wrong and what would be right."""
    command, *others = words
    assert main([command, str(file), *others, "--yes", *TODAY]) == 2
    assert expected in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == CASE


def test_a_series_is_not_moved_by_one_of_it(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says to change the series in the file."""
    repeated = CASE.replace("[goals]", 'repeat = { every = "1 week", count = 3 }\n\n[goals]')
    file.write_text(repeated, encoding="utf-8")
    assert main(["treat", str(file), "move", "1", "2026-12-01", "--yes", *TODAY]) == 2
    assert "treatments[0] is a series; change the series in the file" in capsys.readouterr().err


def test_being_ill_and_well_again_is_written(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An illness by its everyday name begins today; `--until` alone ends it, and the plan's changes are shown."""
    case = changed(file, "ill", "stomach bug")
    assert [("stomach", date(2026, 11, 23), None)] == [(one.kind, one.from_, one.until) for one in case.illness]
    case = changed(file, "ill", "--until", "2026-11-25", "--fever-days", "1")
    assert [(date(2026, 11, 25), 1)] == [(one.until, one.fever_days) for one in case.illness]
    assert 1 == file.read_text(encoding="utf-8").count("[[illness]]")
    assert "What it does to the plan" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["feever"], 'KIND: "feever" is no illness that is known here; did you mean "fever"'),
        (["--until", "2026-11-25"], "KIND: is missing, and no illness still lasts; say which illness"),
        ([], "KIND: is missing, and no illness still lasts; say which illness"),
    ],
)
def test_an_illness_that_nobody_can_mean_is_refused(
    file: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    """A mistyped kind, or an end without a beginning, leaves the file as it is."""
    assert main(["ill", str(file), *words, "--yes", *TODAY]) == 2
    assert f"planner ill: {message}" in capsys.readouterr().err
    assert CASE == file.read_text(encoding="utf-8")
