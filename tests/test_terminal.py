"""What is printed: cleaned and cut at one place, in whatever encoding, and what is said where it cannot be taken."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner import files
from planner.cli import main
from planner.terminal import Stream, clean, console, cut, in_encoding, shielded

pytestmark = pytest.mark.once

CASE = """\
name = "An\\u001b[2Jna\\u009b31m\\u202e"
timezone = "Europe/Berlin"
[injury]
region = "calf"
severity = "mild"
[[races]]
date = 2026-11-29
name = "X\\u001b]0;pwned\\u0007Race"
minutes = 50
"""
ESCAPES = ("\x1b", "\x9b", "\u202e", "\x07")
TODAY = ["--today", "2026-11-23"]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Return a case whose names try to take over a terminal."""
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
    return tmp_path / "case.toml"


def process(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Run planner as a process of its own."""
    environment = {**os.environ, **{str(key): str(value) for key, value in options.items() if key.isupper()}}
    given = {key: value for key, value in options.items() if not key.isupper()}
    command = [sys.executable, "-m", "planner", *map(str, arguments)]
    return subprocess.run(command, env=environment, text=True, check=False, stderr=subprocess.PIPE, **given)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Anna", "Anna"),
        ("L\u00e4ufe \u2013 40 min \U0001f3c3\n\tzwei", "L\u00e4ufe \u2013 40 min \U0001f3c3\n\tzwei"),
        ("a\x1b[2Jb\x1b[31;1mc", "abc"),
        ("a\x1b]0;title\x07b\x1b]8;;http://x\x1b\\c", "abc"),
        ("a\x1bPq#0\x1b\\b\x1b7c\x1b(Bd", "abcd"),
        ("a\x9b31mb\x84c", "abc"),
        ("a\rb\x08c\x00d\x7fe", "abcde"),
        ("a\u202eb\u2066c\u200fd\ufeffe", "abcde"),
        ("a\ud800b\x1b", "ab"),
        ('{\n "a": "\x9b\u202e"}', '{\n "a": "\\u009b\\u202e"}'),
    ],
)
def test_a_text_does_nothing_to_a_terminal_but_show(text: str, shown: str) -> None:
    """Sequences go whole, other characters that are no text alone; JSON keeps them as escapes."""
    assert shown == clean(text)


@given(st.text())
def test_nothing_unfit_is_left_in_any_text(text: str) -> None:
    """Whatever it is made of, once or twice."""
    shown = clean(text)
    assert shown == clean(shown)
    assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in shown)


def test_a_long_line_of_a_message_keeps_both_its_ends() -> None:
    """At the end stands what would be right; lines that are not long stay."""
    line = "case.toml: name: " + "x" * 3_000_000 + "; give up to 100 letters"
    shown = cut(f"short\n{line}")
    assert len(shown) < 1100
    assert shown.startswith("short\ncase.toml: name: xxx")
    assert shown.endswith("xxx; give up to 100 letters")
    assert "x" * 1000 == cut("x" * 1000)


@pytest.mark.parametrize("form", [[], ["--format", "json"], ["--format", "ics"]])
def test_no_command_of_a_terminal_comes_out_of_a_case(
    case: Path, form: list[str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """In a table, in JSON, in a calendar, and in what is said besides."""
    assert 0 == main(["plan", str(case), *TODAY, *form])
    printed = "".join(each.decode() for each in capsysbinary.readouterr())
    assert "An" in printed
    assert not [each for each in ESCAPES if each in printed]


def test_no_command_of_a_terminal_comes_out_of_a_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mistake is repeated as a person sees it, and not at length."""
    case = tmp_path / "case.toml"
    case.write_text(CASE.replace('"calf"', '"\\u001b[2J' + "calf" * 100_000 + '"'), encoding="utf-8")
    assert 2 == main(["plan", str(case)])
    printed = capsys.readouterr().err
    assert not [each for each in ESCAPES if each in printed]
    assert len(printed) < 1100


def test_colours_are_ours_alone() -> None:
    """What a console shows is cleaned before it gets its colours."""
    out = io.StringIO()
    sys_out, sys.stdout = sys.stdout, out
    try:
        console(highlight=False, force_terminal=True, color_system="standard").print("[bold]a\x1b[2J\u202eb[/bold]")
    finally:
        sys.stdout = sys_out
    assert "\x1b[1mab\x1b[0m\n" == out.getvalue()


def test_words_between_colons_stay_as_they_were_written() -> None:
    """A name such as `:dog:` is somebody's own, no picture."""
    out = io.StringIO()
    sys_out, sys.stdout = sys.stdout, out
    try:
        console(highlight=False).print("Anna :dog:")
    finally:
        sys.stdout = sys_out
    assert "Anna :dog:\n" == out.getvalue()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_an_encoding_that_lacks_a_letter_takes_what_is_nearest(case: Path, encoding: str) -> None:
    """Also where output is redirected on Windows."""
    case.write_text(CASE.replace("Race", "\\U0001f3c3"), encoding="utf-8")
    table = process("plan", case, *TODAY, stdout=subprocess.PIPE, encoding=encoding, PYTHONIOENCODING=encoding)
    assert (0, "") == (table.returncode, table.stderr.strip())


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_json_stays_the_same_json_in_every_encoding(encoding: str) -> None:
    """What an encoding lacks has an escape there."""
    data = {"a": "\u2013 \U0001f3c3 \x9b \u202e \x1b"}
    text = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    Stream(text, errors=False).write(json.dumps(data, indent=2, ensure_ascii=False))
    text.flush()
    assert data == json.loads(text.buffer.getvalue().decode(encoding))


def test_what_an_encoding_lacks_is_said_plainly() -> None:
    """Dashes and dots have plain ones; the rest is a question mark."""
    assert "40 min - 3 x 5... >= 2 ?" == in_encoding("40 min \u2013 3 \u00d7 5\u2026 \u2265 2 \U0001f3c3", "ascii")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_output_that_has_no_room_is_said_and_so_is_what_was_written(case: Path) -> None:
    """One line on standard error, status 3, and no traceback."""
    output = case.with_suffix(".ics")
    with Path("/dev/full").open("w") as full:
        done = process("plan", case, *TODAY, "-o", output, stdout=full)
        helped = process("--help", stdout=full)
    expected = "standard output cannot be written (No space left on device)"
    assert (3, f"{expected}; {output} is written; send it elsewhere, or make room\n") == (done.returncode, done.stderr)
    assert output.exists()
    assert (3, f"{expected}; send it elsewhere, or make room\n") == (helped.returncode, helped.stderr)


@pytest.mark.skipif(os.name == "nt", reason="a shell closes it")
@pytest.mark.parametrize(
    ("closed", "status"), [(">&-", 3), ("2>&-", 0), (">&- 2>&-", 3), ("| true; exit ${PIPESTATUS[0]}", 0)]
)
def test_closed_output_is_no_traceback(case: Path, closed: str, status: int) -> None:
    """Whichever of the two is closed; a reader who has seen enough is none."""
    command = f'"{sys.executable}" -m planner plan "{case}" --today 2026-11-23 {closed}'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)  # noqa: S607 (a shell closes what it closes)
    assert status == done.returncode
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def stop() -> int:
    """Press Ctrl-C."""
    raise KeyboardInterrupt


def test_who_stops_the_program_is_told_what_was_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only what was checked: a file that was replaced is named, one that was not is not."""
    assert 130 == shielded(stop)
    assert "\nStopped. Nothing was written.\n" == capsys.readouterr().err

    def write_then_stop() -> int:
        files.write_whole(tmp_path / "a.ics", b"new")
        files.write_whole(tmp_path / "notes.json", b"new", noted=False)
        return stop()

    assert 130 == shielded(write_then_stop)
    assert f"\nStopped. {tmp_path / 'a.ics'} was written before.\n" == capsys.readouterr().err


def test_a_file_that_was_not_replaced_was_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C between the writing and the replacing."""
    (tmp_path / "a.ics").write_bytes(b"old")

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stopped)
    files.forget_written()
    with pytest.raises(KeyboardInterrupt):
        files.write_whole(tmp_path / "a.ics", b"new")
    assert [] == files.written()
    assert [tmp_path / "a.ics"] == list(tmp_path.iterdir())


def test_a_stream_is_what_it_stands_for(capsys: pytest.CaptureFixture[str]) -> None:
    """Its encoding, its terminal or none, its bytes."""
    stream = Stream(sys.stdout, errors=False)
    assert (False, sys.stdout.encoding) == (stream.isatty(), stream.encoding)
    stream.write("a\x1b[2Jb")
    stream.flush()
    assert "ab" == capsys.readouterr().out
    nothing = Stream(None, errors=True)
    assert (False, "utf-8") == (nothing.isatty(), nothing.encoding)
    nothing.write("x")


@pytest.mark.parametrize(("pressed", "status"), [(True, 130), (False, 70)])
def test_ctrl_c_that_a_library_takes_for_an_error_stops_the_program(
    pressed: bool, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that checks cases does so while it is loaded; an error without Ctrl-C is still our own mistake."""

    def load(_: object) -> int:
        try:
            if pressed:
                signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            pass
        raise ValueError("KeyboardInterrupt")

    monkeypatch.setattr("planner.cli._run", load)
    # A shell has what runs in its background ignore Ctrl-C: so these tests may have begun.
    begun_with = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert status == main(["plan"])
        assert ("Stopped. Nothing was written." in capsys.readouterr().err) is pressed
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, begun_with)
