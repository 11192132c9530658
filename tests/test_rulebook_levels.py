"""A rulebook that contradicts itself: levels the wrong way round, heavy sessions that wait less, mistakes that hide."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planner import shipped_rulebook
from planner.cli import main
from planner.errors import InputError
from planner.limits.session_spacing import earlier_starts
from planner.rulebook.file import read_rulebook
from tests.readme import ROOT


def mistakes(folder: Path) -> list[str]:
    """Return what is said of a folder's rulebook."""
    with pytest.raises(InputError) as caught:
        read_rulebook(folder)
    return [str(problem).replace(f"{folder.parent}/", "") for problem in caught.value.problems]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """Return a copy of the shipped rulebook."""
    return Path(shutil.copytree(ROOT / "rules", tmp_path / "rules"))


def change(path: Path, old: str, new: str) -> None:
    """Replace the first place of a text in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add_rule(rules: Path, *lines: str) -> None:
    """Add a rule with some lines to a rulebook."""
    head = ['id = "general.test"', 'title = "A test"', 'why = "A test."', 'evidence = "M"']
    path = rules / "general.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text("\n".join([text, "[[rule]]", *head, *lines, ""]), encoding="utf-8")


WINDOW = "hours_after = [0, 24]"
LEVELS = "strict is never looser than standard, nor standard than permissive"


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        ([WINDOW, "max_load = 1", "strict = { hours_after = [0, 12] }"], "strict.hours_after: is looser"),
        ([WINDOW, "max_load = 1", "strict = { max_load = 2 }"], "strict.max_load: is looser"),
        ([WINDOW, "max_load = 1", "strict = { away = true }"], "strict.away: lifts the rule"),
        ([WINDOW, "max_load = 1", "permissive = { hours_after = [0, 36] }"], "permissive.hours_after: is stricter"),
        (
            ["hours_before = [4, 0]", "max_load = 1", "strict = { hours_before = [2, 0] }"],
            "strict.hours_before: is looser",
        ),
        (
            [WINDOW, "check = { pain_at_most = 2 }", "strict = { check = { pain_at_most = 3 } }"],
            "strict.check: is looser",
        ),
        (
            [WINDOW, "check = { no_limp = true, pain_at_most = 2 }", "strict = { check = { pain_at_most = 0 } }"],
            "strict.check: is looser",
        ),
    ],
)
def test_levels_the_wrong_way_round_are_said(rules: Path, lines: list[str], wrong: str) -> None:
    """Strict waits and asks at least as much as standard, and permissive at most as much."""
    add_rule(rules, *lines)
    (problem,) = mistakes(rules)
    assert problem.startswith(f"rules/general.toml: rule general.test: {wrong}")
    assert problem.endswith(LEVELS)


@pytest.mark.parametrize(
    "lines",
    [
        [WINDOW, "max_load = 1", "strict = { hours_after = [0, 24], max_load = 1 }", "permissive = { max_load = 1 }"],
        [WINDOW, "max_load = 2", "strict = { hours_after = [12, 36] }", "permissive = { away = true }"],
        # Earlier, but less sore: permissive asks less in one figure and more in another.
        [
            "hours_after = [24, 48]",
            "check = { soreness_at_most = 3 }",
            "permissive = { hours_after = [12, 36], check = { soreness_at_most = 2 } }",
        ],
    ],
)
def test_levels_in_order_are_fine(rules: Path, lines: list[str]) -> None:
    """The same figure at two levels is no mistake, nor is one that gives and takes."""
    add_rule(rules, *lines)
    assert "general.test" in read_rulebook(rules).rules


def test_a_pain_band_is_held_in_order_too(rules: Path) -> None:
    """Strict bands hold at no more pain than standard ones."""
    change(rules / "progression.toml", "strict = { hold_at_most = 2 }", "strict = { hold_at_most = 4 }")
    assert mistakes(rules) == [
        f"rules/progression.toml: band upper_hamstring: strict.hold_at_most: is looser than the standard one; {LEVELS}"
    ]


def test_no_shipped_session_waits_less_than_a_lighter_one() -> None:
    """Of every kind, part and workout."""
    assert list(earlier_starts(shipped_rulebook())) == []


def test_a_heavy_session_that_waits_less_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`rules --check` names the part, the workout and both waits."""
    kind = '[treatment]\nid = "leeches"\nname = "Leeches"\nminutes = 30\n'
    rule = '[[rule]]\nid = "leeches.{}"\ntitle = "No run"\nwhen = {{ doses = ["{}"] }}\nhours_after = [0, {}]\n'
    rule += 'rules_out_workouts = ["run_easy"]\nwhy = "A test."\nevidence = "M"\n'
    (tmp_path / "treatments").mkdir()
    file = tmp_path / "treatments" / "leeches.toml"
    file.write_text(kind + rule.format("normal", "normal", 24) + rule.format("heavy", "heavy", 23), encoding="utf-8")
    assert main(["rules", "--check", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert (
        "a heavy session lets easy run start after 23 hours, a normal one after 24 hours; a heavy session waits" in said
    )
    file.write_text(kind + rule.format("normal", "normal", 24) + rule.format("heavy", "heavy", 24), encoding="utf-8")
    assert main(["rules", "--check", str(tmp_path)]) == 0


def test_all_mistakes_of_a_file_are_said_at_once(rules: Path) -> None:
    """Neither a second wrong window, nor an unknown key, nor a table that cannot be read hides another mistake."""
    change(rules / "workouts.toml", "least_minutes = 15", "least_minutes = 0")
    change(rules / "treatments" / "massage.toml", 'evidence = "C"', 'evidence = "E"')
    add_rule(
        rules,
        "hours_after = [24, 0]",
        "hours_before = [0, 4]",
        "max_laod = 1",
    )
    add_rule(rules, WINDOW, "max_load = 1", 'when = { regions = ["calv"] }')
    change(
        rules / "general.toml",
        'id = "general.test"\ntitle = "A test"\nwhy',
        'id = "general.other"\ntitle = "A test"\nwhy',
    )
    found = mistakes(rules)
    parts = [problem.split(": ")[:3] for problem in found]
    assert [part[1:] for part in parts if part[0] == "rules/general.toml"] == [
        ["rule general.other", "hours_after"],
        ["rule general.other", "hours_before"],
        ["rule general.other", "max_laod"],
        ["rule general.test", "when.regions"],
    ]
    assert any(part[0] == "rules/workouts.toml" for part in parts)
    assert any(part[0] == "rules/treatments/massage.toml" for part in parts)
    assert len(found) == 6
