"""A server is not trusted without bound: neither with memory, nor with time, nor with the password."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import SimpleNamespace

import pytest

from planner.calendars.sync import dav as dav_module
from planner.calendars.sync import server as server_module
from planner.calendars.sync.compare import count_events_of_others, events_of_plan
from planner.calendars.sync.credentials import account
from planner.calendars.sync.dav import Dav, ServerError
from planner.calendars.sync.server import RemoteCalendar, calendar, connect, list_events
from planner.calendars.sync.state import ServerEvent
from planner.errors import OutsideError
from tests.pushes import PLAN, run, uid_of, wanted
from tests.servers import ENVIRONMENT, Answer, listening, plain

pytestmark = pytest.mark.once

LISTED = (
    """<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">{}</d:multistatus>"""
)
ONE = """<d:response><d:href>/{number}.ics</d:href><d:propstat><d:prop><d:getetag>"1"</d:getetag>{data}</d:prop>
<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"""
DATA = "<c:calendar-data>BEGIN:VCALENDAR</c:calendar-data>"


def events_at(answer: Answer, **options: float) -> list[ServerEvent]:
    """Return the events of a calendar whose server always gives one answer."""
    with listening(lambda *_: answer) as url, connect(url, ENVIRONMENT, **options) as dav:  # type: ignore[arg-type]
        return list_events(RemoteCalendar(dav, f"{url}work/", "Work"))


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_that_does_not_end_is_given_up(packed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that is small on its way and endless once it is unpacked."""
    monkeypatch.setattr(dav_module, "MOST_BYTES", 1_000_000)
    body = b"x" * 20_000_000
    answer = plain(207, gzip.compress(body), "application/xml", Content_Encoding="gzip") if packed else plain(207, body)
    with pytest.raises(ServerError, match="gave an answer that does not end; give the plan a calendar of its own"):
        events_at(answer)


@contextmanager
def trickling() -> Iterator[str]:
    """Run a server that says a letter now and then, for ever."""
    done = threading.Event()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        def serve() -> None:
            with suppress(OSError):
                one, _ = listener.accept()
                with one:
                    one.recv(65_536)
                    one.sendall(b"HTTP/1.1 207 Multi-Status\r\nContent-Length: 1000\r\n\r\n")
                    while not done.wait(0.05):
                        one.sendall(b"x")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        done.set()
        thread.join(5)


def test_an_answer_that_comes_letter_by_letter_is_given_up() -> None:
    """It never says nothing for long, and never ends."""
    begin = time.monotonic()
    with trickling() as url, connect(url, ENVIRONMENT, timeout=0.2) as dav:
        with pytest.raises(ServerError, match="did not answer in time"):
            list_events(RemoteCalendar(dav, f"{url}work/", "Work"))
        assert time.monotonic() - begin < 5


@pytest.mark.parametrize(("count", "fine"), [(3, True), (4, False)])
@pytest.mark.parametrize("name", ["MOST_EVENTS", "MOST_FETCHED"])
def test_a_calendar_with_more_events_than_anybody_keeps_is_refused(
    name: str, count: int, fine: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Be they listed with what they are, or to be asked for one by one; on both sides of the limit."""
    monkeypatch.setattr(server_module, name, 3)
    data = DATA if name == "MOST_EVENTS" else ""
    listed = LISTED.format("".join(ONE.format(number=number, data=data) for number in range(count)))

    def answer(method: str, *_: object) -> Answer:
        return plain(207, listed.encode(), "application/xml") if method == "REPORT" else plain(404)

    with listening(answer) as url, connect(url, ENVIRONMENT) as dav:
        at = RemoteCalendar(dav, f"{url}work/", "Work")
        if fine:
            assert len(list_events(at)) == (count if data else 0)
        else:
            with pytest.raises(ServerError, match="shows 4 events there; give the plan a calendar of its own"):
                list_events(at)


def test_the_password_is_told_to_no_other_host(calendar_server: str) -> None:
    """The person is told which one it is, and how to agree to it."""
    elsewhere = calendar_server.replace("127.0.0.1", "localhost")
    body = LISTED.format(
        "<d:response><d:href>/</d:href><d:propstat><d:prop><c:calendar-home-set>"
        f"<d:href>{elsewhere}anna/</d:href></c:calendar-home-set></d:prop><d:status>HTTP/1.1 200 OK</d:status>"
        "</d:propstat></d:response>"
    )
    with (
        listening(lambda *_: plain(207, body.encode(), "application/xml")) as url,
        connect(url, ENVIRONMENT) as dav,
        pytest.raises(OutsideError) as refused,
    ):
        calendar(dav, "Workouts")
    expected = "127.0.0.1 sends us on to localhost; if that host may have your password, give its address: "
    assert f"{expected}--to https://localhost/" == str(refused.value)


@pytest.mark.parametrize(
    ("named", "next_one", "told"),
    [
        ("caldav.icloud.com", "p42-caldav.icloud.com", True),
        ("caldav.icloud.com", "p42-caldav.icloud.com.example.org", False),
        ("caldav.icloud.com", "example.org", False),
        ("dav.example.org", "p42-caldav.icloud.com", False),
        ("dav.example.org", "DAV.example.org", True),
        ("example.org", "dav.example.org", False),
    ],
)
def test_only_a_provider_that_is_known_may_send_on(
    named: str, next_one: str, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Apple has a host for each user; of any other the person is asked."""
    asked: list[str] = []
    with Dav(account(f"https://{named}/", ENVIRONMENT)) as dav:

        def request(url: str, *_: object) -> SimpleNamespace:
            asked.append(url)
            return SimpleNamespace(status=200)

        monkeypatch.setattr(dav.client, "request", request)
        if told:
            dav.ask("GET", f"https://{next_one}/x")
        else:
            with pytest.raises(ServerError, match="sends us on to"):
                dav.ask("GET", f"https://{next_one}/x")
    assert told == bool(asked)


def test_events_of_others_are_not_looked_into() -> None:
    """Thousands of them cost no more than being looked at."""
    content = wanted(run(1))[uid_of(1)]
    other = content.replace(uid_of(1).encode(), b"meeting@example.org").replace(PLAN.encode(), b"")
    events = [ServerEvent(f"/{number}.ics", "", other + b"%d" % number) for number in range(20_000)]
    begin = time.process_time()
    assert {uid_of(1)} == set(events_of_plan([*events, ServerEvent("/own.ics", "", content)], PLAN))
    assert 0 == count_events_of_others(events, PLAN, run(1).start)
    assert time.process_time() - begin < 3
