"""The guide is executed: its commands in their order, its TOML as part of a case."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from planner.case.file import parse_case
from planner.cli import main
from planner.rulebook.file import shipped_rulebook
from tests.readme import blocks

PAGE = "docs/guide.md"
ANSWERS = "Me\nheel\nmoderate\ndry needling, calf\n2026-11-24 09:30\n3 2 2\n07:00-08:30\nMunich\n"


@pytest.mark.once
def test_every_command_of_the_guide_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each ends with status 0, one after the other, for a person who began on 23 November."""
    monkeypatch.chdir(tmp_path)
    answers = iter(ANSWERS.splitlines())
    monkeypatch.setattr("builtins.input", lambda _="": next(answers))
    for command in (line for block in blocks("console", PAGE) for line in block.splitlines()):
        words = shlex.split(command)[1:]
        today = [] if words[0] == "rules" else ["--today", "2026-11-23"]
        assert main([*words, *today]) == 0, (command, capsys.readouterr().err)


@pytest.mark.parametrize("text", blocks("toml", PAGE))
def test_every_piece_of_a_case_is_understood(text: str) -> None:
    """As it stands in the guide, added to a case."""
    head = 'timezone = "Europe/Berlin"\n[injury]\nregion = "calf"\n'
    case = parse_case(head + text, PAGE, shipped_rulebook())
    assert case.races or case.restrictions
