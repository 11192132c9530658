"""Ctrl-C at any moment, from the first one on: a line that says so and a status, never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner.__main__ import run

pytestmark = [pytest.mark.once, pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent otherwise there")]

HOUSE = Path(__file__).parents[1]
CASE = HOUSE / "examples" / "plantar_fascia_calf_needled.toml"
ARGUMENTS = ["planner", "plan", str(CASE), "--today", "2026-11-23"]
STARTS = "from planner.__main__ import run; sys.exit(run())"
"""What the program that an installer puts into `bin` does."""
BY_SIGNAL = -signal.SIGINT
LISTS = f"""
import sys
class Finder:
    def find_spec(self, name, *_):
        print(name, file=sys.stderr)
sys.meta_path.insert(0, Finder())
sys.argv = {ARGUMENTS!r}
{STARTS}
"""
"""Names each module before it is loaded."""
PRESSES = f"""
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
class Finder:
    def find_spec(self, name, *_):
        if name == {{name!r}}:
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Finder())
sys.argv = {ARGUMENTS!r}
{STARTS}
"""
"""Presses Ctrl-C before a module is loaded."""
COMES_TO_NOTHING = f"""
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)
class Tidied:
    def __del__(self):
        raise {{error}}
def main():
    Tidied()
    time.sleep({{wait}})
    return 0
import planner.cli
planner.cli.main = main
{STARTS}
"""
"""Raises an error where the interpreter tidies up, and nobody can catch it."""


def runs(code: str) -> subprocess.CompletedProcess[str]:
    """Run a program in an interpreter of its own."""
    return subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=False)


def test_hardly_anything_is_loaded_before_ctrl_c_can_be_caught() -> None:
    """What is loaded before is a moment in which Ctrl-C is a traceback, and nothing of ours could help that."""
    code = "import sys; before = set(sys.modules); import planner.__main__; print(*sorted(set(sys.modules) - before))"
    assert set(runs(code).stdout.split()) <= {"planner", "planner.__main__", "__future__", "gc", "time"}


@pytest.fixture(scope="module")
def loaded() -> list[str]:
    """Return the names of the modules in the order in which the program loads them."""
    names = [name for name in runs(LISTS).stderr.split() if name.isascii()]
    return names[names.index("planner.cli") :]


@pytest.mark.parametrize("part", range(10))
def test_ctrl_c_while_modules_are_loaded_stops_the_program(loaded: list[str], part: int) -> None:
    """From the first one to the last: some of them run code of others, which may make it another error."""
    name = loaded[part * (len(loaded) - 1) // 9]
    stopped = runs(PRESSES.format(name=name))
    assert stopped.returncode in {130, BY_SIGNAL}, name
    assert stopped.stderr in {"\nStopped.\n", "\nStopped. Nothing was written.\n"}, name


@pytest.mark.parametrize("moment", range(0, 300, 25))
def test_ctrl_c_at_any_moment_shows_nothing_of_ours(moment: int) -> None:
    """The interpreter has tracebacks of its own for its first moments; none names a file of this program."""
    code = f"import sys; sys.argv = {ARGUMENTS!r}; {STARTS}"
    command = [sys.executable, "-c", code]
    # A shell has what runs in its background ignore Ctrl-C: so these tests may have begun.
    begun_with = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with subprocess.Popen(
            command, cwd=HOUSE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as process:
            time.sleep(moment / 1000)
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=60)
    finally:
        signal.signal(signal.SIGINT, begun_with)
    assert process.returncode in {0, 1, 130, BY_SIGNAL}
    assert str(HOUSE / "planner") not in errors
    assert "Exception ignored" not in errors


def test_ctrl_c_that_comes_to_nothing_stops_the_program_all_the_same() -> None:
    """Python loses it where it tidies up, and says so in a traceback: it is taken as pressed once more."""
    stopped = runs(COMES_TO_NOTHING.format(error="KeyboardInterrupt", wait=5))
    assert (stopped.returncode, stopped.stderr) == (130, "\nStopped.\n")


def test_another_error_that_nobody_can_catch_is_said_as_python_does() -> None:
    """Nothing is hidden but Ctrl-C."""
    went_on = runs(COMES_TO_NOTHING.format(error="ValueError", wait=0))
    assert (went_on.returncode, "ValueError" in went_on.stderr) == (0, True)


def test_who_stops_the_program_while_it_begins_sees_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing was read yet, so nothing is claimed; a second Ctrl-C does nothing, for it is ending."""

    def stop() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("planner.cli.main", stop)
    begun_with, usual = signal.getsignal(signal.SIGINT), sys.unraisablehook
    try:
        assert 130 == run()
        assert "\nStopped.\n" == capsys.readouterr().err
        assert (signal.SIG_IGN, usual) == (signal.getsignal(signal.SIGINT), sys.unraisablehook)
    finally:
        signal.signal(signal.SIGINT, begun_with)
