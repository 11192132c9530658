"""Files, folders and variables that are not what they should be: one line each, never a traceback, never a wait."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner import files
from planner.cli import main
from planner.errors import InputError, OutsideError
from planner.files import alone_in, read_bytes, write_whole

pytestmark = pytest.mark.once

CASE = 'timezone = "Europe/Berlin"\n[injury]\nregion = "calf"\nseverity = "mild"\n'
TODAY = ["--today", "2026-11-23"]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Return a small case."""
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
    return tmp_path / "case.toml"


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """Run planner and return its status and what it says besides."""
    capsys.readouterr()
    status = main([str(each) for each in arguments])
    return status, capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_a_pipe_is_refused_and_not_waited_for(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a case, as a calendar of one, as the plan's file, as a file of rules."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    wrong = "is a pipe or a device, not a file; give a file"
    assert (2, f"{pipe}: {wrong}\n") == said(capsys, "plan", pipe)
    case.write_text(f'{CASE}[[busy]]\ncalendar = "pipe"\n', encoding="utf-8")
    assert (2, f'{case}: busy[0].calendar: "pipe" {wrong}\n') == said(capsys, "plan", case)
    case.write_text(CASE, encoding="utf-8")
    status, message = said(capsys, "plan", case, "-o", pipe)
    assert (2, f"{pipe}: is a pipe or a device, not a file; give the name of a file\n") == (status, message)
    rules = tmp_path / "rules"
    (rules / "treatments").mkdir(parents=True)
    os.mkfifo(rules / "treatments" / "own.toml")
    status, message = said(capsys, "plan", case, "--rules", rules)
    assert (2, True) == (status, "not a file" in message)


@pytest.mark.parametrize("brackets", [("[", "]"), ("{a=", "}")])
@pytest.mark.parametrize("depth", [20, 450, 5000])
def test_a_case_that_is_nested_deeply_is_refused(
    case: Path, brackets: tuple[str, str], depth: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """However deep."""
    opening, closing = brackets
    case.write_text(f"{CASE}deep = {opening * depth}1{closing * depth}\n", encoding="utf-8")
    status, message = said(capsys, "plan", case)
    assert (2, True) == (status, message.startswith(f"{case}: "))
    assert len(message) < 1200


@pytest.mark.parametrize("epoch", ["99999999999", "-99999999999", "1e9", "253402300800", "9" * 400, ""])
def test_a_stamp_that_is_no_plausible_moment_is_refused(
    case: Path, epoch: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Out of range as well as no number."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    status, message = said(capsys, "plan", case, "-o", case.with_suffix(".ics"), *TODAY)
    assert (2, True) == (status, message.startswith("SOURCE_DATE_EPOCH: "))
    assert not case.with_suffix(".ics").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows does not remove a folder that is in use")
def test_a_folder_that_is_gone_is_said(case: Path, tmp_path: Path) -> None:
    """The working directory was deleted: no name leads anywhere, and some libraries do not even load."""
    gone = tmp_path / "gone"
    gone.mkdir()
    # As the installed command is: the working directory is no place where modules are looked for.
    code = "import os, sys; sys.path.remove(''); os.rmdir(os.getcwd()); from planner.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, "plan", str(case), "-o", "case.ics", *TODAY],
        cwd=gone,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (3, "The folder that you are in is gone; go to another one and try again.\n") == (
        done.returncode,
        done.stderr,
    )


def test_a_file_that_nobody_may_read_is_not_called_something_else(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a plan should go there is a file that cannot be read: it may well be a plan."""
    output = case.with_suffix(".ics")
    output.write_bytes(b"x")
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.R_OK and real(path, mode))
    status, message = said(capsys, "plan", case, "-o", output)
    assert (3, f"{output}: cannot be read, and nothing was changed; make it readable for you\n") == (status, message)


def test_a_folder_that_nobody_may_look_into_is_no_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not for the file in it, nor for what else might be there."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "is_dir", refuse)
    with pytest.raises(OutsideError, match="cannot be read \\(Permission denied\\)"):
        read_bytes(tmp_path / "case.toml")


def test_a_failure_of_the_system_elsewhere_is_one_line(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is none of the program's own mistakes."""

    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error", "/somewhere")

    monkeypatch.setattr("planner.commands.plan.open_case", fail)
    expected = "/somewhere: the system says: Input/output error; mend that and try again\n"
    assert (3, expected) == said(capsys, "plan", case)


def test_without_any_time_zones_the_message_says_what_to_install(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Some small systems have none, and Python brings none."""
    monkeypatch.setattr("planner.case.model.zone", lambda _: None)
    monkeypatch.setattr("zoneinfo.available_timezones", set)
    status, message = said(capsys, "plan", case)
    assert (2, True) == (status, "this machine has no time zones at all: pip install tzdata" in message)


def unfinished(folder: Path, age: float) -> Path:
    """Leave a file as a program does that is killed while it writes."""
    left = folder / f".planner-{'0123456789abcdef'}.tmp"
    left.write_bytes(b"half")
    os.utime(left, (time.time() - age, time.time() - age))
    return left


@pytest.mark.parametrize(("age", "removed"), [(files.LEFT_BEHIND + 60, True), (files.LEFT_BEHIND - 60, False)])
def test_what_a_killed_program_left_is_removed_by_the_next_one(tmp_path: Path, age: float, removed: bool) -> None:
    """Once it is old enough to be nobody's."""
    left = unfinished(tmp_path, age)
    (tmp_path / ".planner-notes.tmp").write_bytes(b"mine")
    write_whole(tmp_path / "a.ics", b"new")
    assert removed != left.exists()
    assert (tmp_path / ".planner-notes.tmp").exists()


@pytest.fixture
def other_planner(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Run another planner that is at work in a folder until it is told to end."""
    program = (
        "import sys; from pathlib import Path; from planner.files import alone_in\n"
        "with alone_in(Path(sys.argv[1])): print('at work', flush=True); sys.stdin.readline()"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert "at work\n" == process.stdout.readline()
        yield process
        process.kill()


@pytest.mark.skipif(os.name == "nt", reason="Windows locks no folder")
def test_two_planners_in_one_folder_take_turns(
    case: Path,
    other_planner: subprocess.Popen[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The second one waits; where the first one does not finish, it says so and changes nothing."""
    monkeypatch.setattr(files, "LONGEST_WAIT", 0.2)
    expected = f"{case.parent}: another planner is at work here, and nothing was changed; try again when it is done\n"
    assert (3, expected) == said(capsys, "log", case, "--did", "walk", "--minutes", "20", *TODAY)
    assert CASE == case.read_text(encoding="utf-8")
    assert (3, expected) == said(capsys, "plan", case, "-o", case.with_suffix(".ics"), *TODAY)
    assert 0 == main(["plan", str(case), *TODAY])
    monkeypatch.setattr(files, "LONGEST_WAIT", 20)
    threading.Timer(0.3, other_planner.kill).start()
    assert 0 == said(capsys, "log", case, "--did", "walk", "--minutes", "20", *TODAY)[0]
    assert "walk" in case.read_text(encoding="utf-8")


def test_what_is_alone_already_is_not_in_its_own_way(tmp_path: Path) -> None:
    """Nor in that of another folder; and a folder that is not there is said by who writes into it."""
    with alone_in(tmp_path), alone_in(tmp_path), alone_in(tmp_path / "none"):
        write_whole(tmp_path / "a.ics", b"new")
    with pytest.raises(InputError, match="there is no folder"):
        write_whole(tmp_path / "none" / "a.ics", b"new")


def test_a_plans_file_that_others_filled_is_refused_at_once(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Twenty thousand events that are not the plan's are not read one by one."""
    output = case.with_suffix(".ics")
    assert 0 == main(["plan", str(case), "-o", str(output), *TODAY])
    event = "BEGIN:VEVENT\r\nUID:{}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260101T000000Z\r\nEND:VEVENT\r\n"
    foreign = "".join(event.format(number) for number in range(25_000))
    content = output.read_bytes().replace(b"END:VCALENDAR", foreign.encode() + b"END:VCALENDAR")
    output.write_bytes(content)
    begin = time.process_time()
    status, message = said(capsys, "plan", case, "-o", output, *TODAY)
    assert time.process_time() - begin < 5
    right = "take out what is not the plan's, or move the file away"
    wrong = f"has {len(content):,} bytes, and a plan's calendar holds no more than 2,000,000"
    assert (2, f"{output}: {wrong}; {right}\n") == (status, message)
    assert content == output.read_bytes()
