"""Cases without a name: each is known by its file, so two of them never share an identity."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner import plan, shipped_rulebook
from planner.calendars.write.file import to_ical
from planner.case.file import parse_case
from planner.cli import main
from planner.web.cases.opened import Setting, open_case
from tests.ics_parse import events
from tests.plans import STAMP

TODAY = "2026-11-23"
CASE = 'timezone = "Europe/Berlin"\n[injury]\nregion = "{}"\nseverity = "mild"\n[goals]\nruns = 2\n'


def write_case(file: Path, region: str = "calf") -> Path:
    """Write a case without a name."""
    file.parent.mkdir(exist_ok=True)
    file.write_text(CASE.format(region))
    return file


def uids_after_planning(case: Path, output: Path | None = None) -> set[str]:
    """Plan a case into its file and return the UIDs there."""
    output = output or case.with_suffix(".ics")
    assert main(["plan", str(case), "-o", str(output), "--today", TODAY]) == 0
    return {event.value("UID") or "" for event in events(output.read_bytes())}


@pytest.mark.parametrize(("one", "other"), [("a.toml", "b.toml"), ("a/case.toml", "b/case.toml")])
def test_two_unnamed_cases_share_no_uid(tmp_path: Path, one: str, other: str) -> None:
    """Two injuries, two files: synced into one account, neither overwrites the other."""
    uids = uids_after_planning(write_case(tmp_path / one)), uids_after_planning(write_case(tmp_path / other, "knee"))
    assert all(uids)
    assert not uids[0] & uids[1]


def test_an_unnamed_cases_plan_is_the_same_each_time(tmp_path: Path) -> None:
    """To the byte: nothing of it is chance."""
    case = write_case(tmp_path / "a.toml")
    uids = uids_after_planning(case)
    content = case.with_suffix(".ics").read_bytes()
    assert uids == uids_after_planning(case)
    assert content == case.with_suffix(".ics").read_bytes()


def test_an_unnamed_case_that_moves_keeps_its_workouts(tmp_path: Path) -> None:
    """Its identity is kept in the plan's file, beside it in another folder."""
    case = write_case(tmp_path / "old" / "a.toml")
    uids = uids_after_planning(case)
    (tmp_path / "old").rename(tmp_path / "new")
    assert uids == uids_after_planning(tmp_path / "new" / "a.toml")


def test_what_was_written_before_files_had_identities_is_recognised(tmp_path: Path) -> None:
    """A plan of 0.1 was known by the name that is not there, and the zone."""
    case = write_case(tmp_path / "a.toml")
    rulebook = shipped_rulebook()
    old = plan(parse_case(case.read_text(), "a.toml", rulebook), rulebook, today=date(2026, 11, 23))
    case.with_suffix(".ics").write_bytes(to_ical(old, STAMP))
    uids = {event.value("UID") for event in events(case.with_suffix(".ics").read_bytes())}
    assert uids == uids_after_planning(case)


def test_another_unnamed_cases_plan_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One typed the wrong name; the message says how the right one would be taken."""
    case, other = write_case(tmp_path / "a.toml"), write_case(tmp_path / "b.toml")
    uids_after_planning(case)
    capsys.readouterr()
    assert main(["plan", str(other), "-o", str(case.with_suffix(".ics")), "--today", TODAY]) == 2
    assert "holds the plan of another case, and is left as it is" in capsys.readouterr().err


@pytest.mark.parametrize("line", ['name = "Anna"\n', 'id = "anna-2026"\n'])
def test_a_case_with_a_name_or_an_id_is_known_by_it_wherever_it_lies(tmp_path: Path, line: str) -> None:
    """As it always was."""
    found = []
    for folder in ("a", "b"):
        case = write_case(tmp_path / folder / "case.toml")
        case.write_text(line + case.read_text())
        found.append(uids_after_planning(case))
    assert found[0] == found[1]


def test_a_change_of_an_unnamed_case_is_shown_against_its_own_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only what moves is told, not every workout as gone and come."""
    case = write_case(tmp_path / "a.toml")
    assert main(["away", str(case), "2026-11-28", "2026-11-28", "--yes", "--today", TODAY]) == 0
    printed = capsys.readouterr().out
    assert printed.count("cancelled") + printed.count("added") < 2


def test_the_browser_opens_the_plan_that_the_command_line_wrote(tmp_path: Path) -> None:
    """Of a case that is known by its file too."""
    case = write_case(tmp_path / "a.toml")
    uids = uids_after_planning(case)
    opened = open_case("a", case, Setting(shipped_rulebook(), lambda: STAMP, date(2026, 11, 23)))
    assert opened.memory is not None
    assert uids == opened.memory.earlier.uids
