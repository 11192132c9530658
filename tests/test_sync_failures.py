"""Servers that fail: each failure is one line that says what happened and what to do, and no credentials."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
from collections.abc import Callable
from uuid import uuid4

import pytest

from planner.calendars.sync.dav import ServerError
from planner.calendars.sync.push import PushError, push
from planner.calendars.sync.server import RemoteCalendar, calendar, connect, list_events
from planner.calendars.sync.state import Step
from planner.errors import InputError, OutsideError
from tests.pushes import run, uid_of, wanted
from tests.servers import ENVIRONMENT, PASSWORD, Answer, Way, listening, plain

pytestmark = pytest.mark.once

HTML = b"<!doctype html><html><title>Sign in</title><p>unclosed</html>"
ADVICE = {
    400: "check that the URL is a CalDAV server's",
    401: "check PLANNER_CALDAV_USER and PLANNER_CALDAV_PASSWORD",
    403: "check that this user may write",
    404: "check the URL",
    405: "check that the URL is a CalDAV server's",
    412: "run sync again",
    418: "check that the URL is a CalDAV server's",
    423: "try again later",
    429: "try again in some minutes",
    500: "try again later",
    503: "try again later",
    507: "make room there",
}


def message(error: OutsideError) -> str:
    """Return what a person would read: one line, without the password."""
    text = str(error)
    assert "\n" not in text
    assert PASSWORD not in text
    return text


@pytest.mark.parametrize("status", sorted(ADVICE))
def test_each_answer_says_what_to_do(status: int) -> None:
    """Whatever the server answers, and whether it is asked for calendars, for events, or to take one."""
    with listening(lambda *_: plain(status, HTML, "text/html")) as url, connect(url, ENVIRONMENT) as dav:
        at = RemoteCalendar(dav, f"{url}work/", "Work")
        asked: tuple[Callable[[], object], ...] = (
            lambda: calendar(dav, "Work"),
            lambda: list_events(at),
            lambda: push(at, [Step("create", uid_of(1), wanted(run(1))[uid_of(1)])]),
        )
        for ask in asked:
            with pytest.raises((ServerError, PushError)) as error:
                ask()
            assert f"({status}); " in message(error.value)
            assert ADVICE[status] in message(error.value)


def test_a_wrong_password_is_said_to_be_wrong(calendar_server: str) -> None:
    """A real server's refusal: the message names the variables, and never shows what they hold."""
    with (
        connect(calendar_server, {**ENVIRONMENT, "PLANNER_CALDAV_PASSWORD": f"{PASSWORD}!"}) as dav,
        pytest.raises(ServerError) as error,
    ):
        calendar(dav, "Workouts")

    expected = (
        "127.0.0.1 refused the user or the password (401); check PLANNER_CALDAV_USER and PLANNER_CALDAV_PASSWORD;"
        " many servers want an app password"
    )
    assert expected == message(error.value)


def no_one_listens() -> str:
    """Return a URL whose port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/"


def test_a_server_that_does_not_run_is_said_not_to() -> None:
    """Nobody listens on the port."""
    with (
        connect(no_one_listens(), ENVIRONMENT) as dav,
        pytest.raises(ServerError, match="refused the connection; chec"),
    ):
        calendar(dav, "Work")


def test_a_name_that_is_not_known_is_said_not_to_be() -> None:
    """RFC 6761 keeps `.invalid` from ever being a name."""
    with connect("https://nowhere.invalid/", ENVIRONMENT) as dav, pytest.raises(ServerError) as error:
        calendar(dav, "Work")

    assert message(error.value) == "nowhere.invalid is not known (DNS); check the URL and the network"


def test_a_server_without_tls_behind_an_https_url_is_told_apart() -> None:
    """It answers, but not as it should."""
    with (
        listening(lambda *_: plain(200)) as url,
        connect(url.replace("http", "https"), ENVIRONMENT) as dav,
        pytest.raises(ServerError, match="TLS"),
    ):
        calendar(dav, "Work")


def test_a_server_that_says_nothing_is_given_up() -> None:
    """It takes the connection and never answers."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with connect(url, ENVIRONMENT, timeout=0.3) as dav, pytest.raises(ServerError, match="did not answer in time"):
            calendar(dav, "Work")


def test_a_circle_of_redirects_ends() -> None:
    """After a few of them the URL is said to be wrong."""
    with (
        listening(lambda *_: plain(301, Location="/again/")) as url,
        connect(f"{url}dav/", ENVIRONMENT) as dav,
        pytest.raises(ServerError, match="sends us in a circle"),
    ):
        calendar(dav, "Work")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_write_that_is_sent_on_is_no_success(status: int) -> None:
    """A login page that answers in the server's place takes every event, and keeps none."""

    def answer(_method: str, path: str, _headers: object, _body: object) -> Answer:
        return plain(200, HTML, "text/html") if path == "/login" else plain(status, Location="/login")

    with listening(answer) as url, connect(url, ENVIRONMENT) as dav, pytest.raises(PushError, match="nothing was cha"):
        push(RemoteCalendar(dav, f"{url}work/", "Work"), [Step("create", uid_of(1), wanted(run(1))[uid_of(1)])])


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_an_unencrypted_redirect_is_not_followed(status: int) -> None:
    """Neither the password nor what is in the events goes there."""
    with (
        listening(lambda *_: plain(status, Location="http://cal.example.org/")) as url,
        connect(url, ENVIRONMENT) as dav,
        pytest.raises(ServerError, match="unencrypted"),
    ):
        calendar(dav, "Work")


EMPTY_LIST = b'<?xml version="1.0"?><multistatus xmlns="DAV:"></multistatus>'
ODD = (
    plain(200, HTML, "text/html"),
    plain(207, HTML, "text/html"),
    plain(207, b"", "application/xml"),
    plain(207, b"<a/>", "application/xml"),
    plain(207, EMPTY_LIST[:-9], "application/xml"),
    plain(207, EMPTY_LIST[:-9], "text/html"),
    plain(200, b"BEGIN:VCALENDAR", "text/calendar"),
    plain(204),
    Answer(207, (("Content-Type", "application/xml"),), EMPTY_LIST[:-9], len(EMPTY_LIST)),
)


@pytest.mark.parametrize("answer", ODD)
def test_what_is_no_whole_list_is_never_an_empty_calendar(answer: Answer) -> None:
    """A web page, or an answer that breaks off, would have all workouts made once more."""
    with listening(lambda *_: answer) as url, connect(url, ENVIRONMENT) as dav:
        with pytest.raises(ServerError, match="; "):
            list_events(RemoteCalendar(dav, f"{url}work/", "Work"))
        with pytest.raises(ServerError):
            calendar(dav, "Work")


def test_one_event_that_a_server_cannot_give_fails_the_whole_list() -> None:
    """An answer that leaves out one event must not pass for one without it."""
    body = (
        b'<multistatus xmlns="DAV:"><response><href>/plans/a.ics</href>'
        b"<status>HTTP/1.1 500 Internal Server Error</status></response></multistatus>"
    )
    with (
        listening(lambda *_: plain(207, body, "application/xml")) as url,
        connect(url, ENVIRONMENT) as dav,
        pytest.raises(ServerError, match="did not give all events"),
    ):
        list_events(RemoteCalendar(dav, f"{url}plans/", "Work"))


def test_events_listed_without_their_data_are_fetched_one_by_one() -> None:
    """Some servers answer so; an event that is gone by then is left out, and half of one is a failure."""
    content = wanted(run(1))[uid_of(1)]
    listed = b"".join(
        b'<response><href>/plans/%s.ics</href><propstat><prop><getetag>"1"</getetag></prop>'
        b"<status>HTTP/1.1 200 OK</status></propstat></response>" % name
        for name in (b"a", b"gone")
    )
    whole = True

    def answer(method: str, path: str, _headers: object, _body: object) -> Answer:
        if method == "REPORT":
            return plain(207, b'<multistatus xmlns="DAV:">' + listed + b"</multistatus>", "application/xml")
        if path.endswith("gone.ics"):
            return plain(404)
        return plain(200, content if whole else content[:-20], "text/calendar", ETag='"7"')

    with listening(answer) as url, connect(url, ENVIRONMENT) as dav:
        at = RemoteCalendar(dav, f"{url}plans/", "Work")
        (event,) = list_events(at)
        assert (f"{url}plans/a.ics", '"7"', content.replace(b"\r\n", b"\n")) == event
        whole = False
        with pytest.raises(ServerError, match="broke off"):
            list_events(at)


@pytest.mark.parametrize("status", [403, 405, 501, 500])
def test_a_server_that_makes_no_calendars_says_what_the_person_can_do(calendar_server: str, status: int) -> None:
    """They make one in their own program; where the server is ill, they wait."""
    way = Way(calendar_server)

    def answer(method: str, path: str, headers: dict[str, str], body: bytes) -> Answer | None:
        return plain(status) if method == "MKCALENDAR" else way(method, path, headers, body)

    with listening(answer) as url, connect(url, ENVIRONMENT) as dav, pytest.raises(ServerError) as error:
        calendar(dav, f"Work {uuid4()}")

    said = "try again later" if status == 500 else 'make one named "Work'
    assert said in message(error.value)


def test_a_password_is_not_sent_on_to_an_unencrypted_address() -> None:
    """A server may name another address for its calendars, but not one that everybody on the way can read."""
    body = (
        b'<multistatus xmlns="DAV:"><response><href>/</href><propstat><prop><calendar-home-set '
        b'xmlns="urn:ietf:params:xml:ns:caldav"><href xmlns="DAV:">http://cal.example.org/home/</href>'
        b"</calendar-home-set></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"
    )
    with (
        listening(lambda *_: plain(207, body, "application/xml")) as url,
        connect(url, ENVIRONMENT) as dav,
        pytest.raises(ServerError, match="unencrypted"),
    ):
        calendar(dav, "Work")


def test_the_libraries_own_warnings_are_not_shown(capfd: pytest.CaptureFixture[str]) -> None:
    """What a server does oddly is said in our one line, or not at all."""
    logging.getLogger("caldav").setLevel(logging.NOTSET)
    with (
        listening(lambda *_: plain(200, HTML, "text/html")) as url,
        connect(url, ENVIRONMENT) as dav,
        pytest.raises(ServerError),
    ):
        calendar(dav, "Work")
    assert capfd.readouterr() == ("", "")


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package caldav is not there."""
    monkeypatch.setitem(sys.modules, "caldav", None)
    with pytest.raises(InputError) as error:
        connect("https://cal.example.org/", ENVIRONMENT)

    assert str(error.value) == 'planner sync: needs the extra "sync"; pip install "post-treatment-planner[sync]"'


def test_planning_loads_nothing_of_this() -> None:
    """A plan starts as fast as without the extra."""
    script = (
        "import sys, planner.commands.plan, planner.calendars.write.file, planner.show.table;"
        "print([name for name in ('caldav', 'keyring', 'lxml', 'planner.calendars.sync.dav') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
