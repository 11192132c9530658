"""`planner treatments`: what was understood, where each comes from, and what was passed over."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from planner.cli import main
from tests.ics_files import NEEDLING, calendar, event
from tests.readme import ROOT

MARA = str(ROOT / "examples" / "appointments_from_a_calendar.toml")
GOLDEN = Path(__file__).parent / "golden"
CASE = """\
timezone = "America/New_York"
[[treatments]]
kind = "massage"
region = "calf"
start = 2026-11-25
[[treatments]]
kind = "dry needling"
region = "calf"
calendar = "clinic.ics"
"""


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what `planner treatments` prints for some arguments."""
    assert main(["treatments", *arguments]) == 0
    return capsys.readouterr().out


@pytest.fixture
def case(tmp_path: Path) -> str:
    """Return a case file with a calendar beside it that has a good event and a broken one."""
    (tmp_path / "clinic.ics").write_bytes(calendar(event(NEEDLING), event("DTSTART:soon", "two")))
    file = tmp_path / "case.toml"
    file.write_text(CASE, encoding="utf-8")
    return str(file)


def test_the_table_of_the_example_is_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    """Times, treatments, where each comes from, and what was passed over and why."""
    lines = [line.rstrip() for line in run(capsys, MARA, "--today", "2026-11-23").splitlines()]
    assert (GOLDEN / "treatments.txt").read_text(encoding="utf-8").splitlines() == lines


def test_json_holds_the_contract(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whole days have dates, the rest offsets; what stands in the case file has neither UID nor title."""
    found = json.loads(run(capsys, case, "--today", "2026-11-23", "--format", "json"))
    assert {"schema_version", "rulebook_version"} == {key for key in found if key.endswith("_version")}
    found = {key: value for key, value in found.items() if not key.endswith("_version")}
    assert {
        "treatments": [
            {
                "kind": "dry_needling",
                "region": "calf",
                "start": "2026-11-24T09:30:00-05:00",
                "end": "2026-11-24T10:15:00-05:00",
                "source": "clinic.ics",
                "uid": "one",
                "title": "Needling",
            },
            {
                "kind": "massage",
                "region": "calf",
                "start": "2026-11-25",
                "end": "2026-11-26",
                "source": "case.toml: treatments[0]",
                "uid": None,
                "title": None,
            },
        ],
        "passed_over": [{"source": "clinic.ics", "line": 12, "why": 'the event\'s start "soon" is no date'}],
    } == found


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["--from", "2026-11-24"], ["dry_needling", "massage"]),
        (["--from", "2026-11-25"], ["massage"]),
        (["--from", "2026-11-26"], []),
        (["--to", "2026-11-24"], ["dry_needling"]),
        (["--to", "2026-11-23"], []),
        (["--today", "2026-09-30"], ["dry_needling"]),
        (["--today", "2026-09-29"], []),
        (["--from", "1970-01-01"], []),
    ],
)
def test_the_days_run_from_one_to_the_other(
    case: str, days: list[str], expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Both included; eight weeks from today where nothing is said."""
    found = json.loads(run(capsys, case, "--today", "2026-11-23", *days, "--format", "json"))
    assert expected == [one["kind"] for one in found["treatments"]]


@pytest.mark.parametrize(
    ("days", "message"),
    [
        (["--to", "2026-11-22"], "--to: 2026-11-22 is before 2026-11-23; give a day that is not before it"),
        (["--to", "2200-01-01"], "--to: 2200-01-01 is too far away; give a date from 1970 on and before 2200"),
        (["--from", "1969-12-31"], "--from: 1969-12-31 is too far away; give a date from 1970 on and before 2200"),
    ],
)
def test_days_that_cannot_be_are_refused(
    case: str, days: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line, with status 2."""
    assert main(["treatments", case, "--today", "2026-11-23", *days]) == 2
    assert f"planner treatments: {message}" == capsys.readouterr().err.strip()


def test_a_title_does_nothing_to_the_terminal(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What would clear the screen is shown as a blank."""
    Path(case).with_name("clinic.ics").write_bytes(calendar(event(NEEDLING.replace("Needling", "\x1b[2JNeed\\nling"))))
    out = run(capsys, case, "--today", "2026-11-23")
    assert '"[2JNeed ling"' in out
    assert "\x1b" not in out


def test_other_commands_read_the_calendars_too(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`plan`, `why` and `log` know the appointment; a plan says that something was passed over."""
    assert main(["plan", case, "--from", "2026-11-23", "--today", "2026-11-23"]) == 0
    out = capsys.readouterr().out
    assert "09:30 dry" in out
    assert "1 event is passed over or read with a remark: clinic.ics, line" in " ".join(out.split())
    assert main(["why", case, "2026-11-24T11:00", "easy run"]) == 0
    assert "needling" in capsys.readouterr().out
    assert main(["log", case, "--did", "bike_easy", "--minutes", "30", "--pain", "1", "--today", "2026-11-25"]) == 0


@pytest.mark.parametrize("command", [["plan"], ["why", "2026-11-24"], ["treatments"]])
def test_a_calendar_that_is_missing_is_said_by_every_command(
    case: str, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """With the case file and the field, and status 2."""
    Path(case).with_name("clinic.ics").unlink()
    assert main([command[0], case, *command[1:]]) == 2
    assert (
        f'{case}: treatments[1].calendar: "clinic.ics" there is no such file; check its name\n'
        == capsys.readouterr().err
    )


def test_a_log_is_not_written_where_a_calendar_is_missing(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What follows from the entry could not be said; the file stays as it is."""
    Path(case).with_name("clinic.ics").unlink()
    assert main(["log", case, "--did", "bike_easy", "--today", "2026-11-25"]) == 2
    assert CASE == Path(case).read_text(encoding="utf-8")
    assert "there is no such file" in capsys.readouterr().err


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_plan_too_far_away_says_so_with_calendars_too(
    case: str, day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As without."""
    assert main(["plan", case, "--from", day]) == 2
    assert "is too far away" in capsys.readouterr().err


def test_nothing_of_it_loads_where_a_case_has_no_calendar() -> None:
    """Start-up matters: what reads calendars is heavy."""
    program = (
        "import sys; from planner.cli import main; "
        "main(['plan', 'examples/heavy_session.toml', '--from', '2026-11-23', '--format', 'json']); "
        "sys.exit(any(name.split('.')[0] == 'recurring_ical_events' for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False)
    assert 0 == done.returncode, done.stderr
