"""One request to a CalDAV server, and what to say when it fails: the only place that touches the `caldav` package.

caldav finds out how to log in, speaks HTTP and reads the XML. What it would do to events on the way (it mends them and
may set other times) is not wanted, so events go through `ask` as they are.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from planner.calendars.sync.credentials import EXTRA, PASSWORD, USER, Account, may_send_password
from planner.errors import InputError, OutsideError, Problem

if TYPE_CHECKING:
    from caldav.davclient import DAVClient
    from caldav.response import DAVResponse

TIMEOUT = 30
"""Seconds without a sign of life from the server after which it is given up."""
LONGEST_ANSWER = 120
"""Seconds that a whole answer may take, however lively it is."""
MOST_BYTES = 64_000_000
"""An answer is no longer than that, unpacked: twenty thousand events with long notes are shorter."""
KNOWN_FAMILIES = (".icloud.com",)
"""Providers that send each user on to a host of their own, by the end of its name."""
MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 307, 308)
SAFE = "/@:+,;=~!$&'()*"
"""What of an address' path is not quoted, besides letters and digits (RFC 3986, 3.3)."""


class Advice(NamedTuple):
    """Say what is wrong with a server's answer, and what would be right."""

    wrong: str
    right: str


ADVICE = {
    400: Advice("did not understand the request", "check that the URL is a CalDAV server's"),
    401: Advice("refused the user or the password", f"check {USER} and {PASSWORD}; many servers want an app password"),
    403: Advice("does not allow this", "check that this user may write to that calendar"),
    404: Advice("has no such address", "check the URL"),
    405: Advice("does not do this here", "check that the URL is a CalDAV server's"),
    409: Advice("found a conflict", "look whether the same event is in another of your calendars"),
    410: Advice("has no such address any more", "check the URL"),
    412: Advice("says that the event was changed in the meantime", "run sync again"),
    413: Advice("takes no event so large", "make its notes shorter"),
    423: Advice("keeps the calendar locked", "try again later"),
    429: Advice("wants fewer requests", "try again in some minutes"),
    501: Advice("cannot do this", "check that the URL is a CalDAV server's"),
    503: Advice("is not available at the moment", "try again later"),
    507: Advice("has no room left", "make room there and run sync again"),
}
BROKEN = Advice("failed", "try again later, or ask whoever runs it")
"""What other answers from 500 on mean."""
ODD = Advice("gave an answer that is not understood", "check that the URL is a CalDAV server's")
"""What all other answers mean."""


class ServerError(OutsideError):
    """Say that a request failed; `status` is the server's answer (0 where none was read)."""

    def __init__(self, host: str, wrong: str, right: str, status: int = 0) -> None:
        self.status = status
        self.wrong = f"{wrong} ({status})" if status else wrong
        self.right = right
        super().__init__(f"{host} {self.wrong}; {right}")

    @property
    def unsure(self) -> bool:
        """Whether the request may have been carried out all the same."""
        return self.status == 0 or self.status >= 500


class Dav:
    """Speak to one server as one user."""

    def __init__(self, account: Account, *, plain_http: bool = False, timeout: float = TIMEOUT) -> None:
        self.account = account
        self.plain_http = plain_http
        caldav = _caldav()
        self.client: DAVClient = caldav.DAVClient(
            url=account.url,
            username=account.user,
            password=account.password,
            timeout=timeout,
            enable_rfc6764=False,
        )
        session: Any = self.client.session
        # Followed by the library, a write would turn into a read of another page, and lose its body.
        session.get_redirect_target = _nowhere
        # A password for the host in ~/.netrc would be taken before ours.
        session.auth = _unchanged
        session.send = partial(_whole, session.send, timeout * LONGEST_ANSWER / TIMEOUT)

    def __enter__(self) -> Dav:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()

    def absolute(self, href: str, asked: str) -> str:
        """Return the whole URL of an address that the server named when it was asked for another one.

        caldav unquotes the paths of addresses. Some providers keep calendars on another host than their front door.
        """
        return urljoin(asked, quote(href, safe=SAFE) if href.startswith("/") else href)

    def ask(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        accepted: Sequence[int] = (200, 201, 204, 207),
    ) -> DAVResponse:
        """Send a request and return its answer.

        Raises `ServerError` where there is no whole answer, or one with another status than the accepted ones.

        Args:
            method: the HTTP method.
            url: the whole address.
            body: what is sent.
            headers: headers beside those that every request has.
            accepted: the statuses that are no failure.

        """
        if not may_send_password(url, plain_http=self.plain_http):
            raise self.failure("wants to go on unencrypted (http)", "use the https URL of the server")
        self._agreed(url)
        with self.failing_as(ODD.wrong, ODD.right):
            answer = self.client.request(url, method, body or "", headers)  # type: ignore[arg-type] # takes bytes, too
        if answer.status not in accepted:
            raise self._refused(answer.status)
        return answer

    def _agreed(self, url: str) -> None:
        """Refuse to tell the password to another host than the one that the person named, unless it is known."""
        host = (urlsplit(url).hostname or "").lower()
        own = self.account.host.lower()
        if host != own and not any(own.endswith(end) and host.endswith(end) for end in KNOWN_FAMILIES):
            right = f"if that host may have your password, give its address: --to https://{host}/"
            raise self.failure(f"sends us on to {host}", right)

    def multistatus(self, method: str, url: str, body: str, depth: int) -> tuple[str, DAVResponse]:
        """Send a query, where the server sends us on to as well, and return the last URL and its answer.

        The answer is sure to be a whole one about files (RFC 4918, 13): a page of HTML, or an empty answer, would
        otherwise look like an empty calendar.

        Args:
            method: the HTTP method, `PROPFIND` or `REPORT`.
            url: the whole address.
            body: the query, as XML.
            depth: how far below the address it looks: 0 is the address itself, 1 what lies in it.

        """
        headers = {"Depth": str(depth), "Content-Type": "application/xml; charset=utf-8"}
        for _ in range(MOST_REDIRECTS):
            answer = self.ask(method, url, body.encode(), headers, accepted=(207, *REDIRECTS))
            if answer.status == 207:
                break
            url = urljoin(url, str(answer.headers.get("Location") or ""))
        else:
            raise self.failure("sends us in a circle", "give the URL that your calendar program uses")
        tree: Any = answer.tree
        if tree is None or tree.tag != "{DAV:}multistatus":
            raise self.failure(ODD.wrong, ODD.right)
        return url, answer

    @contextmanager
    def failing_as(self, wrong: str, right: str) -> Iterator[None]:
        """Turn an error of the libraries into a `ServerError`, with these words where nothing better is known."""
        try:
            yield
        except ServerError:
            raise
        except Exception as error:  # noqa: BLE001 (the errors of the HTTP and XML libraries have no base of their own)
            raise self._meant(error, wrong, right) from None

    def failure(self, wrong: str, right: str, status: int = 0) -> ServerError:
        """Return a failure of this server."""
        return ServerError(self.account.host, wrong, right, status)

    def _refused(self, status: int) -> ServerError:
        advice = ADVICE.get(status, BROKEN if status >= 500 else ODD)
        return self.failure(advice.wrong, advice.right, status)

    def _meant(self, error: Exception, wrong: str, right: str) -> ServerError:
        """Return what an error of the libraries means. Their own words are not passed on: they may hold URLs."""
        status = getattr(error, "status", None)
        if isinstance(status, int) and status >= 400:
            return self._refused(status)
        names = [kind.__name__ for kind in type(error).__mro__]
        if isinstance(error, NotImplementedError):
            return self.failure("offers no way to log in that is known here", "use a server with Basic or Digest login")
        if "SSLError" in names:
            return self.failure("could not prove who it is (TLS)", "check the URL, and this machine's clock")
        if isinstance(error, TooLongError):
            return self.failure("gave an answer that does not end", "give the plan a calendar of its own there")
        if "Timeout" in names or isinstance(error, TimeoutError):
            return self.failure("did not answer in time", "try again later")
        if isinstance(error, ConnectionError) or "ConnectionError" in names:
            text = str(error).lower()
            if "resolve" in text or "getaddrinfo" in text or "name or service" in text:
                return self.failure("is not known (DNS)", "check the URL and the network")
            if "refused" in text:
                return self.failure("refused the connection", "check the URL's port, and that the server runs")
        if isinstance(error, OSError):
            return self.failure("broke off the connection", "check the network, and try again")
        return self.failure(wrong, right)


class TooLongError(Exception):
    """Say that an answer is longer than any that is meant well."""


def _whole(send: Callable[..., Any], longest: float, request: object, **options: Any) -> Any:
    """Send a request and return its answer, read whole: no longer than that, and in no more time.

    The library gives up on a server that says nothing; on one that says a letter now and then it would wait for ever.
    """
    resources: list[Any] = []

    def ask() -> None:
        try:
            answer = send(request, **{**options, "stream": True})
            answer._content = _body(answer)  # noqa: SLF001 (as the library does where it reads by itself)
            answer._content_consumed = True  # noqa: SLF001
            resources.append(answer)
        except BaseException as error:  # noqa: BLE001 (raised where it was asked)
            resources.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    try:
        thread.join(longest)
    except KeyboardInterrupt:
        # What was sent may be carried out: only when it is known can it be taken back.
        thread.join(longest)
        raise
    if not resources:
        raise TimeoutError
    if isinstance(resources[0], BaseException):
        raise resources[0]
    return resources[0]


def _body(answer: Any) -> bytes:
    parts, size = [], 0
    for part in answer.iter_content(65_536):
        size += len(part)
        if size > MOST_BYTES:
            answer.close()
            raise TooLongError
        parts.append(part)
    return b"".join(parts)


def _nowhere(_answer: object) -> None:
    return None


def _unchanged(request: object) -> object:
    return request


def _caldav() -> Any:
    try:
        module = import_module("caldav")
    except ImportError:
        raise InputError([Problem("planner sync", "", 'needs the extra "sync"', EXTRA)]) from None
    # It warns of servers' quirks on standard error; what matters of them we say in one line of our own.
    logging.getLogger("caldav").setLevel(logging.CRITICAL)
    return module
