"""JSON: every command prints an object that begins with the version of the format and of the rulebook."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from planner.cli import COMMANDS, main
from planner.rulebook.file import shipped_rulebook

CASE = """\
timezone = "Europe/Berlin"
[injury]
region = "calf"
severity = "mild"
[[treatments]]
kind = "dry needling"
start = 2026-11-26T09:30:00
[[workouts]]
calendar = "coach.ics"
"""
OWN = CASE.partition("[[workouts]]")[0]
COACH = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//coach//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20261101T000000Z
DTSTART;VALUE=DATE:20261125
SUMMARY:Easy run 40 min
END:VEVENT
END:VCALENDAR
"""
TODAY = "--today 2026-11-24"
SAID: dict[str, tuple[str, tuple[str, ...]]] = {
    "plan": (f"me.toml {TODAY}", ("case", "days", "changes")),
    "why": (f"me.toml 2026-11-26 {TODAY}", ("date", "workouts")),
    "treatments": (f"me.toml {TODAY}", ("treatments", "passed_over")),
    "workouts": (f"coached.toml {TODAY}", ("workouts",)),
    "book": (f"me.toml --kind massage --between 2026-11-30 2026-12-01 {TODAY}", ("options",)),
    "new": (f"new.toml --answers answers.txt {TODAY}", ("case", "days")),
    "log": (f"me.toml --did gym --pain 2 {TODAY}", ("file", "written", "entries", "meaning")),
    "treat": (f"me.toml add massage '2026-11-30 17:00' --yes {TODAY}", ("file", "written", "changes")),
    "move": (f"me.toml 'easy run' '2026-11-25 18:00' --yes {TODAY}", ("file", "written", "changes")),
    "away": (f"me.toml 2026-11-27 2026-11-28 --yes {TODAY}", ("file", "written", "changes")),
    "ill": (f"me.toml cold --yes {TODAY}", ("file", "written", "changes", "alerts")),
    "import": ("clinic.csv --timezone Europe/Berlin", ("cases", "treatments")),
    "rules": ("dry_needling.first_day", ("rules",)),
}
"""What is asked of each command, and keys that its answer has; `sync` prints what `plan` prints."""
ANSWERS = "Me\nheel\nmoderate\nneedling, calf\n2026-11-26 09:30\n3 2 2\n07:00-08:30\nMunich\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with all that the commands read, in which they run."""
    texts = {
        "me.toml": OWN,
        "coached.toml": CASE,
        "coach.ics": COACH,
        "answers.txt": ANSWERS,
        "clinic.csv": "name,treatment,start,region\nAnna,dry needling,2026-11-26 09:30,calf\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], command: str, words: str) -> dict[str, Any]:
    """Return what a command prints as JSON."""
    capsys.readouterr()
    assert main([command, *shlex.split(words), "--format", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", SAID)
def test_every_command_has_json_with_both_versions(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """First the version of the format, then that of the rulebook, then what the command is about."""
    words, keys = SAID[command]
    found = said(capsys, command, words)
    assert list(found)[:2] == ["schema_version", "rulebook_version"]
    assert (1, shipped_rulebook().version) == (found["schema_version"], found["rulebook_version"])
    assert [key for key in keys if key not in found] == []


def test_no_command_is_forgotten() -> None:
    """All but the browser's own, and `sync`, whose JSON is that of the plan."""
    assert set(COMMANDS) - set(SAID) == {"serve", "sync"}


@pytest.mark.usefixtures("folder")
def test_a_changed_case_says_what_moved_and_whether_it_was_written(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who says no has the changes all the same, and the file as it was."""
    monkeypatch.setattr("builtins.input", lambda _="": "n")
    words = "me.toml move 1 '2026-11-25 09:30' --format json --today 2026-11-24"
    assert main(["treat", *shlex.split(words)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (False, "me.toml") == (found["written"], found["file"])
    assert any(found["changes"][name] for name in ("moved", "added", "cancelled", "changed"))
    assert Path("me.toml").read_text(encoding="utf-8") == OWN


@pytest.mark.usefixtures("folder")
def test_an_entry_that_is_taken_back_is_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    """`--undo` names the entry that it took out."""
    assert main(["log", "me.toml", "--did", "gym", "--today", "2026-11-24"]) == 0
    found = said(capsys, "log", "me.toml --undo")
    assert [{"date": "2026-11-24", "did": "lower_body"}] == found["entries"]
    assert Path("me.toml").read_text(encoding="utf-8").strip() == OWN.strip()
