"""Calendar servers for tests: a real one, a way to it that breaks when told to, and ones that only answer badly."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

USER, PASSWORD = "anna", "sécret 🗝 word"
ENVIRONMENT = {"PLANNER_CALDAV_USER": USER, "PLANNER_CALDAV_PASSWORD": PASSWORD}
CONFIG = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = {folder}/collections
[logging]
level = error
"""


@contextmanager
def radicale(folder: Path) -> Iterator[str]:
    """Run a Radicale server on a free port of this machine, and give its URL."""
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
    for _ in range(5):
        port = _free_port()
        (folder / "config").write_text(CONFIG.format(port=port, folder=folder), encoding="utf-8")
        with subprocess.Popen([sys.executable, "-m", "radicale", "--config", folder / "config"]) as process:
            try:
                # Another program may have taken the port in the meantime: then it ends at once.
                if _answers(process, port):
                    yield f"http://127.0.0.1:{port}/"
                    return
            finally:
                process.terminate()
                try:
                    process.wait(timeout=5)
                except subprocess.TimeoutExpired:  # It waits for a connection that nobody will close.
                    process.kill()
    raise AssertionError("Radicale does not start")


@contextmanager
def xandikos(folder: Path) -> Iterator[str]:
    """Run a Xandikos server on a free port of this machine, and give its URL; it asks nobody for a password."""
    for _ in range(5):
        port = _free_port()
        command = [sys.executable, "-m", "xandikos", "serve", "--defaults", "--current-user-principal", f"/{USER}/"]
        where = ["-d", str(folder), "-l", "127.0.0.1", "-p", str(port)]
        with subprocess.Popen([*command, *where], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                if _answers(process, port):
                    yield f"http://127.0.0.1:{port}/"
                    return
            finally:
                process.kill()
    raise AssertionError("Xandikos does not start")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    until = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        time.sleep(0.02)
    return False


Fault = Literal["none", "refuse", "forbid", "fail", "cut", "lose", "break off"]
"""refuse: 401, forbid: 403, fail: 500, cut: the connection ends before the server has the request; lose: it has it and
carries it out, and the connection ends before the answer; break off: in the middle of the answer."""


class Answer(NamedTuple):
    """Hold an answer of a server; where `length` is more than there is, the rest never comes."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    length: int


class Handler(BaseHTTPRequestHandler):
    """Give each request to the server's own function."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Listener

    def handle_one_request(self) -> None:
        """Answer one request, whatever its method."""
        with suppress(OSError):
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            answer = self.server.answer(self.command, self.path, dict(self.headers.items()), body)
            self.close_connection = answer is None or answer.length != len(answer.body)
            if answer is None:
                return
            self.send_response_only(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(answer.length))
            self.end_headers()
            self.wfile.write(answer.body)


class Listener(ThreadingHTTPServer):
    """Listen on a free port of this machine; `answer` returns None to end the connection without a word."""

    daemon_threads = True

    def __init__(self, answer: Callable[[str, str, dict[str, str], bytes], Answer | None]) -> None:
        self.answer = answer
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}/"


@contextmanager
def listening(answer: Callable[[str, str, dict[str, str], bytes], Answer | None]) -> Iterator[str]:
    """Answer requests by a function, and give the URL."""
    with Listener(answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            thread.join()


def plain(status: int, body: bytes = b"", kind: str = "text/plain", **headers: str) -> Answer:
    """Return a whole answer."""
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(status, (("Content-Type", kind), *named), body, len(body))


class Way:
    """The way to a server: all requests go through, until `break_at` says which of those to come fails, and how."""

    def __init__(self, url: str) -> None:
        self.target = urlsplit(url).netloc
        self.fault: Fault = "none"
        self.until_fault = 0
        self.once = True
        self.seen: list[str] = []

    def break_at(self, number: int, fault: Fault, *, once: bool) -> None:
        """Have the request of a number (from 1 on) fail, and all those after it too unless it is `once`."""
        self.until_fault, self.fault, self.once = number, fault, once
        self.seen.clear()

    def mend(self) -> None:
        """Let everything through again."""
        self.break_at(0, "none", once=True)

    def __call__(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer | None:
        """Pass on a request, or fail."""
        self.seen.append(method)
        number = len(self.seen)
        fault = self.fault if number == self.until_fault or (number > self.until_fault and not self.once) else "none"
        match fault:
            case "refuse":
                return plain(401, WWW_Authenticate='Basic realm="test"')
            case "forbid":
                return plain(403)
            case "fail":
                return plain(500, b"<html>Sorry</html>", "text/html")
            case "cut":
                return None
        connection = http.client.HTTPConnection(self.target, timeout=20)
        try:
            passed = {name: value for name, value in headers.items() if name.lower() != "content-length"}
            connection.request(method, path, body, passed)
            reply = connection.getresponse()
            content = reply.read()
        finally:
            connection.close()
        skipped = {"content-length", "connection", "transfer-encoding", "date", "server"}
        kept = tuple((name, value) for name, value in reply.getheaders() if name.lower() not in skipped)
        if fault == "lose":
            return None
        return Answer(reply.status, kept, content, len(content) + (100 if fault == "break off" else 0))
