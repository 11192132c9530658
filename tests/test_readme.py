"""README is executed: its commands, its case, its Python."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from docs.make_week import draw
from planner.case.availability import Availability, Away, DayTimes, FixedSession
from planner.case.entries import BusyEntry, Restriction, TreatmentEntry
from planner.case.file import parse_case
from planner.case.goals import Goals
from planner.case.health import Cleared, Happened, Health, Illness
from planner.case.model import Case, Injury, LogEntry, Race, Returning
from planner.case.repeats import Repeat
from planner.cli import main
from planner.commands.defaults import KEYS, read_defaults
from planner.rulebook.file import shipped_rulebook
from tests.readme import ROOT, answered, blocks, commands, installing
from tests.servers import PASSWORD, USER

ANSWERS = "Me\nplantar fascia\nmoderate\ndry needling, calf\n2026-11-24 09:30\n3 2 2\n07:00-08:30\nEurope/Berlin\n"
SERVER = "https://anna@calendar.example.org/"
COPIED = shutil.ignore_patterns(".git", ".venv", "*_cache", "__pycache__", ".hypothesis", "dist", "*.egg-info")


def shell(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of README as a reader would: in a shell, in a folder."""
    known = {key: value for key, value in os.environ.items() if key not in {"PYTEST_ADDOPTS", "PYTHONPATH"}}
    return subprocess.run(  # noqa: S602 (README's own commands are what is tested)
        command, cwd=folder, shell=True, env=known | environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of this checkout without anything installed in it."""
    return Path(shutil.copytree(ROOT, tmp_path / "checkout", ignore=COPIED))


@pytest.mark.skipif(not (ROOT / "planner").is_dir(), reason="the wheel is tested without its sources beside it")
def test_the_first_command_installs_and_plans_a_real_example(checkout: Path) -> None:
    """README's first command works in a fresh copy and writes the calendar file."""
    done = shell(installing("plan"), checkout)
    assert done.returncode == 0, done.stderr
    assert (checkout / "week.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    # Whenever it is run: what the pictures show.
    assert [minutes for minutes in ("40 min", "28 min", "60 min") if minutes not in done.stdout] == []


@pytest.mark.once
def test_every_other_command_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], calendar_server: str
) -> None:
    """Each `planner` command that README shows ends with status 0, in README's order; its server is one of ours."""
    monkeypatch.setenv("PLANNER_CALDAV_PASSWORD", PASSWORD)
    ours = calendar_server.replace("http://", f"http://{USER}@")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    answers = iter(ANSWERS.splitlines())
    monkeypatch.setattr("builtins.input", lambda _="": next(answers))
    planned = [each for each in commands() if each.startswith("planner ")]
    assert len(planned) == len(commands()) - 2
    for command in planned:
        assert main(shlex.split(command.replace(SERVER, ours))[1:]) == 0, capsys.readouterr().err


def words(text: str) -> str:
    """Return a text without its line breaks: a terminal of another width has them elsewhere."""
    return " ".join(text.split())


def drawn_words(picture: str) -> list[str]:
    """Return the words that stand in an SVG picture."""
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", picture)).replace("&#160;", " ").split()


@pytest.mark.parametrize(("above", "text"), answered(), ids=["a plan that is there", "why"])
def test_what_a_command_prints_is_what_readme_shows(
    above: list[str], text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every word of a shown answer stands in what the commands above it print, in that order; `…` leaves words out."""
    monkeypatch.chdir(ROOT)
    printed = ""
    for command in above:
        assert main(shlex.split(command)[1:]) == 0
        printed += capsys.readouterr().out
        if stands_in(printed, text):
            return
    pytest.fail(f"README shows what no command prints:\n{text}\nIt is:\n{printed}")


def stands_in(printed: str, text: str) -> bool:
    """Return whether the words of a text, those left out at `…` aside, stand in what was printed, in that order."""
    rest = words(printed)
    for part in map(words, text.split("…")):
        _, there, rest = rest.partition(part)
        if there != part:
            return False
    return True


def test_the_drawn_week_is_the_one_that_is_printed() -> None:
    """Every word of `docs/week.svg` is what `python -m docs.make_week` draws now."""
    there = (ROOT / "docs" / "week.svg").read_text(encoding="utf-8")
    assert drawn_words(draw()) == drawn_words(there)


def test_the_settings_are_ones_that_planner_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings that README shows are understood, and are all that there are."""
    _, text = blocks("toml")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("APPDATA", str(tmp_path))
    (tmp_path / "planner").mkdir()
    (tmp_path / "planner" / "config.toml").write_text(text, encoding="utf-8")
    assert set(KEYS) == set(read_defaults())


def test_the_changelog_says_nothing_twice_and_everything_under_a_heading() -> None:
    """What is not released yet is sorted by topic, and no entry stands there twice."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").partition("\n## ")[2].partition("\n## ")[0]
    above, _, sorted_entries = text.partition("\n### ")
    entries = [words(entry) for entry in re.findall(r"^- (?:.|\n(?!- |\n))*", sorted_entries, re.MULTILINE)]
    assert "\n- " not in above
    assert len(entries) > 1
    assert [entry for entry in set(entries) if entries.count(entry) > 1] == []


def test_the_case_file_is_one_that_planner_reads() -> None:
    """The case that README shows is understood, everyday names included."""
    text, _ = blocks("toml")
    case = parse_case(text, "README.md", shipped_rulebook())
    assert case.injury[0].region == "plantar_fascia"


def test_the_page_about_the_case_file_names_every_field_and_is_read() -> None:
    """The whole case of `docs/case-file.md` is understood, and nothing that a case may say is missing from it."""
    text, returning = blocks("toml", "docs/case-file.md")
    case = parse_case(text, "docs/case-file.md", shipped_rulebook())
    assert (2, 3, 1) == (len(case.injury), len(case.treatments), len(case.rules.override))
    assert parse_case(returning + text, "docs/case-file.md", shipped_rulebook()).return_to_running is not None
    models = (
        Case,
        Injury,
        TreatmentEntry,
        Repeat,
        Goals,
        BusyEntry,
        Health,
        Cleared,
        Happened,
        Illness,
        Race,
        Returning,
        LogEntry,
        Away,
        Availability,
        DayTimes,
        Restriction,
        FixedSession,
    )
    fields = {field.alias or name for model in models for name, field in model.model_fields.items()}
    assert set() == {field for field in fields if not re.search(rf"\b{field}\b", text + returning)}


def test_the_python_example_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The Python that README shows prints a workout a line."""
    monkeypatch.chdir(ROOT)
    (code,) = blocks("python")
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 (README's own example is what is tested)
    assert "Easy run 45 min" in capsys.readouterr().out
