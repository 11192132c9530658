"""What runs for long and is stopped, by Ctrl-C or by the system, ends by one true sentence and leaves nothing."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import httpx2 as httpx
import pytest

from planner.commands.serve import PATIENCE
from planner.web.all_cores import cores
from planner.web.cases.planning_all import WORTH_PROCESSES
from tests.practices import CASE, field

pytestmark = [pytest.mark.once, pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent otherwise there")]

ROOT = Path(__file__).parents[1]
STOPPED = "\nStopped serving.\n"
FORM = b"Content-Type: application/x-www-form-urlencoded"
HALF = b"POST /start HTTP/1.1\r\nHost: %b\r\n" + FORM + b"\r\nContent-Length: 8\r\n\r\nr"


@contextmanager
def running(folder: Path, count: int, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run the program on a folder with some cases, in a group of its own: a terminal sends Ctrl-C to all of it."""
    for number in range(count):
        text = CASE.replace('"kim"', f'"kim{number}"')
        (folder / f"kim{number}.toml").write_text(text)
    command = [sys.executable, "-m", "planner", *arguments]
    environment = {**os.environ, "PLANNER_STATE": str(folder / "own"), "PYTHONPATH": str(ROOT)}
    # A shell has what runs in its background ignore Ctrl-C: so these tests may have begun.
    begun_with = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
        ) as process:
            try:
                yield process
            finally:
                process.kill()
    finally:
        signal.signal(signal.SIGINT, begun_with)


def press_ctrl_c(process: subprocess.Popen[str], number: int = signal.SIGINT) -> tuple[int, str]:
    """Press Ctrl-C as a terminal does, or end all as a system does; return the exit status and what is said then."""
    os.killpg(process.pid, number)
    _, errors = process.communicate(timeout=60)
    return process.returncode, errors


def wait_until(is_so: Callable[[], object]) -> None:
    """Wait until something is so, a minute at most."""
    until = monotonic() + 60
    while not is_so():
        assert monotonic() < until
        sleep(0.02)


def is_gone(process: subprocess.Popen[str]) -> bool:
    """Return whether nothing of the group of a process is there any more."""
    try:
        os.killpg(process.pid, 0)
    except ProcessLookupError:
        return True
    return False


def address_of(server: subprocess.Popen[str]) -> str:
    """Return the address of a server once it answers."""
    assert server.stderr is not None
    origin = re.findall(r"http://[^/]+", server.stderr.readline())[0]

    def answers() -> bool:
        try:
            return httpx.get(f"{origin}/signs").status_code == 200
        except httpx.TransportError:
            return False

    wait_until(answers)
    return str(origin)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_is_stopped_says_that_alone(tmp_path: Path, number: int) -> None:
    """Whoever serves may have saved things on a page: nothing is said of what was written, and all went well."""
    with running(tmp_path, 1, "serve", str(tmp_path), "--port", "0") as server:
        address_of(server)
        assert (0, STOPPED) == press_ctrl_c(server, number)


@pytest.mark.parametrize("whole", [True, False])
def test_a_request_on_its_way_is_answered_and_half_a_one_holds_nothing_up(tmp_path: Path, whole: bool) -> None:
    """What still comes within the seconds that there are is answered; what does not is cut off, without a word."""
    with running(tmp_path, 1, "serve", str(tmp_path), "--port", "0") as server:
        host = address_of(server).removeprefix("http://")
        name, port = host.split(":")
        with socket.create_connection((name, int(port))) as client:
            client.sendall(HALF % host.encode())
            sleep(0.3)
            os.killpg(server.pid, signal.SIGINT)
            begun = monotonic()
            if whole:
                sleep(0.3)
                client.sendall(b"uns=3&x")
                assert client.recv(100).startswith(b"HTTP/1.1 403")
            _, errors = server.communicate(timeout=60)
        assert (0, STOPPED) == (server.returncode, errors)
        assert (monotonic() - begun < PATIENCE) is whole


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_plans_all_and_stops_the_server_finds_whole_calendars_alone(tmp_path: Path, number: int) -> None:
    """What is planned at that moment is written whole; other processes say nothing, and end with it."""
    many = 4 * WORTH_PROCESSES
    with running(tmp_path, many, "serve", str(tmp_path), "--port", "0") as server:
        with httpx.Client(base_url=address_of(server)) as client:
            page = client.get("/patients").text
            client.post("/patients", data={"token": field(page, "token"), "do": "plan"})
        wait_until(lambda: any(tmp_path.glob("*.ics")))
        assert (0, STOPPED) == press_ctrl_c(server, number)
    calendars = list(tmp_path.glob("*.ics"))
    assert 0 < len(calendars) < many
    assert all(calendar.read_bytes().endswith(b"END:VCALENDAR\r\n") for calendar in calendars)
    assert not list(tmp_path.glob(".planner-*"))
    wait_until(lambda: is_gone(server))


@pytest.mark.parametrize(("number", "expected"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_who_stops_planning_a_folder_is_told_how_many_were_written(tmp_path: Path, number: int, expected: int) -> None:
    """Other processes wrote them: they are counted all the same, and where there is none it says so."""
    many, output = 60, tmp_path / "out"
    with running(tmp_path, many, "plan", str(tmp_path), "-o", str(output)) as planning:
        wait_until(lambda: any(output.glob("*.ics")))
        status, errors = press_ctrl_c(planning, number)
    count = len(list(output.glob("*.ics")))
    assert 0 < count < many
    assert (expected, f"\nStopped. Part of the calendars in {output} ({count} of {many}) was written before.\n") == (
        status,
        errors,
    )


@pytest.mark.skipif(cores() == 1, reason="with one core there are no other processes")
def test_what_works_on_other_cores_ends_with_a_program_that_is_killed(tmp_path: Path) -> None:
    """Nothing waits for work for ever."""
    with running(tmp_path, 60, "plan", str(tmp_path), "-o", str(tmp_path / "out")) as planning:
        wait_until(lambda: any(tmp_path.glob("out/*.ics")))
        planning.kill()
        planning.communicate(timeout=60)
    wait_until(lambda: is_gone(planning))
