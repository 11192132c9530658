"""A rulebook's additions, by the letter of `rules/README.md`: a treatment, a region, a kind of workout."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main
from planner.rulebook.file import own_rulebook, shipped_folder, shipped_rulebook
from tests.own_rules import additions

pytestmark = pytest.mark.once

PAGE = shipped_folder() / "README.md"
ROW = """\
[rowing_easy]
name = "Easy row"
kind = "row"
intensity = "easy"
least_intensity = "very_easy"
impact = "none"
length = { fitness = "row_minutes" }
least_minutes = 15
load_like = "bike_easy"
"""


def followed(heading: str, folder: Path) -> list[str]:
    """Write the files that a page of the README shows into a folder, and return its commands."""
    text = PAGE.read_text(encoding="utf-8")
    page = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    for name, content in re.findall(r"^`([\w/.]+)`:\n\n```toml\n(.*?)^```", page, re.DOTALL | re.MULTILINE):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (commands,) = re.findall(r"^```console\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    return str(commands).splitlines()


def planned(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """Return the plan of the page's case as JSON."""
    assert main(["plan", "case.toml", "--rules", "clinic", "--today", "2026-11-30", "--format", "json", *words]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def kinds(plan: dict[str, Any]) -> list[str]:
    """Return the kinds of the workouts of a plan."""
    return [one["kind"] for day in plan["days"] for one in day["workouts"]]


@pytest.mark.parametrize("heading", ["Add a treatment", "Add a region", "Add a workout"])
def test_a_page_is_followed_to_the_letter(
    heading: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its files and its commands, in an empty folder: each command ends with status 0."""
    monkeypatch.chdir(tmp_path)
    for command in followed(heading, tmp_path):
        assert main(shlex.split(command)[1:]) == 0, (command, capsys.readouterr().err)
    words = {"Add a treatment": "No water for 24 hours", "Add a region": "Larynx", "Add a workout": "Easy row"}
    assert words[heading] in capsys.readouterr().out


def test_a_treatment_of_ones_own_has_its_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No swim in the 24 hours after it, and its everyday name is understood."""
    monkeypatch.chdir(tmp_path)
    followed("Add a treatment", tmp_path)
    days = {day["date"]: day for day in planned(capsys)["days"]}
    (swim,) = [each for each in days["2026-12-02"]["ruled_out"] if each["workout"] == "swim"]
    assert "moxibustion.skin" == swim["rule"]


def test_a_region_of_ones_own_is_what_the_plan_is_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The case names it in everyday words, and what is treated is where it hurts."""
    monkeypatch.chdir(tmp_path)
    followed("Add a region", tmp_path)
    treatments = [one for day in planned(capsys)["days"] for one in day["treatments"]]
    assert ["larynx"] == [one["region"] for one in treatments]


def test_one_region_of_ones_own_is_enough(tmp_path: Path) -> None:
    """`regions.toml` alone: loaded as it says, or as the most loaded region of its group."""
    neck = shipped_rulebook().workouts["run_easy"].load["neck"]
    plain = '[larynx]\nname = "Larynx"\ngroup = "trunk"\ntissue = "joint"\nload_why = "Ours."\nload_evidence = "M"\n'
    folder = additions(tmp_path, regions=f'{plain}load_like = ["neck"]\n')
    assert neck == own_rulebook(folder).rulebook.workouts["run_easy"].load["larynx"]
    folder = additions(tmp_path, regions=plain)
    book = own_rulebook(folder).rulebook
    trunk = [load for name, load in book.workouts["run_easy"].load.items() if book.regions[name].group == "trunk"]
    assert max(trunk) == book.workouts["run_easy"].load["larynx"] > 0


def test_a_kind_of_ones_own_brings_its_goal_its_figure_and_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two rows of the person's own length, and more where a run has no place; `rows = 0` means none at all."""
    monkeypatch.chdir(tmp_path)
    followed("Add a workout", tmp_path)
    plan = planned(capsys)
    assert kinds(plan).count("row") >= 2
    assert {30} == {one["minutes"] for day in plan["days"] for one in day["workouts"] if one["kind"] == "row"}
    case = Path("case.toml")
    text = case.read_text(encoding="utf-8").replace('region = "calf"', 'region = "calf"\nseverity = "severe"')
    case.write_text(text.replace("rows = 2", "bikes = 0\nupper_body = 0"), encoding="utf-8")
    assert "row" in kinds(planned(capsys))
    case.write_text(text.replace("rows = 2", "rows = 0\nbikes = 0\nupper_body = 0"), encoding="utf-8")
    assert "row" not in kinds(planned(capsys))


def test_a_kind_that_nobody_describes_follows_from_its_name(tmp_path: Path) -> None:
    """Kind `row`: the goal `rows`, the figure `row_minutes`, its own words."""
    book = own_rulebook(additions(tmp_path, workouts=ROW)).rulebook
    kind = book.described_kinds["row"]
    assert ("rows", "row", "rows", {"row_minutes": 30}) == (kind.goal, kind.one, kind.several, kind.usual_minutes)
    assert ("row", 30) == (book.goals["rows"], book.usual_minutes["row_minutes"])
    assert book.workouts["bike_easy"].load == book.workouts["rowing_easy"].load


def kind(name: str, more: str) -> str:
    """Return the description of a kind of workout as TOML."""
    return f'[{name}]\none = "{name}"\nseveral = "{name}s"\nusual_minutes = {{ {name}_minutes = 9 }}\n{more}\n'


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"workouts": ROW.replace("bike_easy", "bike_esy")}, 'load_like: "bike_esy" is no workout; did you mean'),
        ({"workouts": ROW, "kinds": kind("row", 'goal = "runs"')}, '"runs" already belongs to run'),
        ({"kinds": kind("sail", "")}, "sail: is the kind of no workout"),
        ({"workouts": ROW, "kinds": kind("row", 'only_with = "swimz"')}, '"swimz" is no goal'),
    ],
)
def test_additions_that_make_no_sense_are_said(
    files: dict[str, str], expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the file, the entry, what is wrong and what would be right."""
    assert main(["rules", "--check", str(additions(tmp_path, **files))]) == 2
    assert expected in capsys.readouterr().err
