"""The table: the answer first, and nothing wider than the terminal, whatever it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.cli import main
from tests.readme import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
HENRY = ROOT / "examples" / "plantar_fascia_calf_needled.toml"

NEEDLED = """timezone = "Europe/Berlin"
[injury]
region = "plantar_fascia"
severity = "moderate"
[[treatments]]
kind = "dry_needling"
region = "calf"
start = 2026-11-24T17:00:00
[goals]
runs = 3
bikes = 2
"""


def table(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int, file: Path, *more: str
) -> list[str]:
    """Return the lines of a plan's table in so many columns, as a pipe gets them."""
    monkeypatch.setenv("COLUMNS", str(columns))
    more = more if "--today" in more else ("--today", "2026-11-23", *more)
    assert main(["plan", str(file), *more]) == 0
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("columns", [60, 79, 80, 100, 120])
@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_no_line_is_wider_than_the_terminal(
    file: Path, columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a pipe as well, where COLUMNS says how wide it is."""
    lines = table(capsys, monkeypatch, columns, file)
    assert max(map(len, lines)) <= columns
    assert any(len(line) > columns * 0.8 for line in lines)


@pytest.mark.parametrize(("columns", "beside"), [(60, False), (100, True)])
def test_a_condition_wraps_under_its_workout(
    columns: int, beside: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As far in as the title stands, right of the time, be the reason beside it or below."""
    lines = table(capsys, monkeypatch, columns, HENRY)
    assert any("Why" in line for line in lines) == beside
    number = next(number for number, line in enumerate(lines) if line.startswith(" Mon 23 Nov"))
    title = lines[number].index("Easy run")
    condition = [line[title:] for line in lines[number + 1 : number + 3]]
    assert condition[0].startswith("if pain 5 or less")
    assert [line[:title].strip() for line in lines[number + 1 : number + 3]] == ["", ""]


def test_the_answer_stands_before_the_days(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The next run with its check, the next long run, and the treatment to mind."""
    lines = table(capsys, monkeypatch, 200, HENRY)
    assert lines[1:4] == [
        "Next run: Mon 23 Nov, 07:00, 40 minutes, if pain 5 or less (of 10) and no limp.",
        (
            "Next long run: Sun 29 Nov, 09:00, 60 minutes, if soreness 3 or less, pain 2 or less (of 10), no limp and "
            "pain and stiffness this morning no worse than usual."
        ),
        "Mind the dry needling (calf) on Tue 24 Nov, 09:30.",
    ]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-11-24", None),
        ("2026-11-25", "Until then: easy bike ride on Wed 25 Nov and easy bike ride on Thu 26 Nov."),
    ],
)
def test_what_the_days_before_the_next_run_hold_is_said(
    start: str,
    expected: str | None,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """On the morning after needling the next run is a day away; on a day with a run there is nothing to say."""
    case = tmp_path / "case.toml"
    case.write_text(NEEDLED, encoding="utf-8")
    lines = table(capsys, monkeypatch, 200, case, "--today", start, "--weeks", "1")
    assert next((line for line in lines if line.startswith("Until then")), None) == expected


def test_where_no_run_fits_it_says_up_to_when_and_why(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A very sore tendon keeps all runs out: that is the answer, before the next workout."""
    case = tmp_path / "case.toml"
    case.write_text(NEEDLED.replace('"moderate"', '"severe"'), encoding="utf-8")
    lines = table(capsys, monkeypatch, 200, case, "--today", "2026-11-25", "--weeks", "1")
    assert lines[1].startswith("No run up to Tue 1 Dec: ")
    assert lines[2].startswith("Next workout: ")


def test_aftercare_is_there_on_request(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order of the hours, under the treatment."""
    without = table(capsys, monkeypatch, 200, HENRY)
    with_it = table(capsys, monkeypatch, 200, HENRY, "--aftercare")
    assert not any("Kinesio tape" in line for line in without)
    assert any(line.strip().startswith("- Kinesio tape") for line in with_it)


def test_a_day_without_what_nobody_asked_for_does_not_speak_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asks for no runs reads nothing of running on the day of the needling."""
    case = tmp_path / "case.toml"
    for goals, told in (("runs = 0\nupper_body = 1", False), ("runs = 5", True)):
        case.write_text(
            'timezone = "America/New_York"\n[injury]\nregion = "neck"\n[[treatments]]\nkind = "dry needling"\n'
            f"start = 2026-11-24T06:00:00\n[goals]\nrest_days = 0\n{goals}\n",
            encoding="utf-8",
        )
        assert any("no running" in line for line in table(capsys, monkeypatch, 200, case)) == told
