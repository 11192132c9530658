"""The server: find a calendar there by its name, or make it, and read its events."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit
from uuid import UUID
from xml.sax.saxutils import escape

from planner.calendars.sync.credentials import account
from planner.calendars.sync.dav import TIMEOUT, Dav, ServerError
from planner.calendars.sync.state import ServerEvent
from planner.errors import quoted
from planner.wording.plan.clean_text import one_line
from planner.wording.plan.event_texts import LONGEST_LINE

CALDAV = "urn:ietf:params:xml:ns:caldav"
TYPE, NAME, PRINCIPAL = "{DAV:}resourcetype", "{DAV:}displayname", "{DAV:}current-user-principal"
HOME, PARTS = f"{{{CALDAV}}}calendar-home-set", f"{{{CALDAV}}}supported-calendar-component-set"
PROPERTIES = f"""<?xml version="1.0" encoding="utf-8"?>
<d:propfind xmlns:d="DAV:" xmlns:c="{CALDAV}"><d:prop><d:resourcetype/><d:displayname/><d:current-user-principal/>
<c:calendar-home-set/><c:supported-calendar-component-set/></d:prop></d:propfind>"""
WELL_KNOWN = "/.well-known/caldav"
"""Where a server says where its calendars are (RFC 6764, 5)."""
MAKE = f"""<?xml version="1.0" encoding="utf-8"?>
<c:mkcalendar xmlns:d="DAV:" xmlns:c="{CALDAV}"><d:set><d:prop><d:displayname>{{name}}</d:displayname>
<c:supported-calendar-component-set><c:comp name="VEVENT"/></c:supported-calendar-component-set></d:prop></d:set>
</c:mkcalendar>"""
RENAME = """<?xml version="1.0" encoding="utf-8"?>
<d:propertyupdate xmlns:d="DAV:"><d:set><d:prop><d:displayname>{name}</d:displayname></d:prop></d:set>
</d:propertyupdate>"""
XML = {"Content-Type": "application/xml; charset=utf-8"}
MOST_EVENTS = 20_000
"""No calendar that a plan shares holds more."""
MOST_FETCHED = 2_000
"""So many events are asked for one by one, where a server lists them without saying what they are."""
UNABLE = frozenset({403, 404, 405, 409, 501})
"""Answers that mean just what was asked: the server does not do this here."""
EVENTS = f"""<?xml version="1.0" encoding="utf-8"?>
<c:calendar-query xmlns:d="DAV:" xmlns:c="{CALDAV}"><d:prop><d:getetag/><c:calendar-data/></d:prop>
<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"/></c:comp-filter></c:filter>
</c:calendar-query>"""


class RemoteCalendar(NamedTuple):
    """Hold one calendar on a server; `made` says whether it was not there before."""

    dav: Dav
    url: str
    name: str
    made: bool = False


def connect(
    url: str, environment: Mapping[str, str] | None = None, *, plain_http: bool = False, timeout: float = TIMEOUT
) -> Dav:
    """Return a connection to a CalDAV server, to be closed by `with`; nothing is sent yet.

    Raises `InputError` where user or password are not known, or the extra `sync` is not installed.

    Args:
        url: the address of the server, of a user, or of a calendar.
        environment: the variables that may hold user and password, as `credentials.account` says; None is the process's
            own.
        plain_http: whether the password may go unencrypted to another machine.
        timeout: the seconds without a sign of life from the server after which it is given up.

    """
    return Dav(account(url, environment, plain_http=plain_http), plain_http=plain_http, timeout=timeout)


def calendar(dav: Dav, name: str) -> RemoteCalendar:
    """Return the calendar at the URL, or else the one of that name, which is made where there is none.

    Raises `OutsideError` where the server fails, or where several calendars have the name.
    """
    at, here = _entrance(dav)
    if _is_calendar(here):
        return RemoteCalendar(dav, _as_collection(at), here.get(NAME) or name)
    home, name = _home(dav, at, here), one_line(name, LONGEST_LINE)
    own = f"{home}{_slug(name)}/"
    return _calendar_named(dav, home, own, name) or _made(dav, home, own, name)


def list_events(calendar: RemoteCalendar) -> list[ServerEvent]:
    """Return all events of a calendar, each with its bytes as the server gives them."""
    url, answer = calendar.dav.multistatus("REPORT", calendar.url, EVENTS, depth=1)
    with calendar.dav.failing_as("did not give all events", "try again later"):
        results = answer.parse_calendar_query()
    bare = sum(not result.calendar_data for result in results)
    for count, most in ((len(results), MOST_EVENTS), (bare, MOST_FETCHED)):
        if count > most:
            raise calendar.dav.failure(f"shows {count:,} events there", "give the plan a calendar of its own")
    events: list[ServerEvent] = []
    for node in results:
        if node.status == 404:
            continue
        href = calendar.dav.absolute(node.href, url)
        # Some servers list events without their data.
        event = ServerEvent(href, node.etag or "", node.calendar_data.encode()) if node.calendar_data else None
        event = event or fetch_event(calendar.dav, href)
        if event is not None:
            events.append(event)
    return events


def fetch_event(dav: Dav, href: str) -> ServerEvent | None:
    """Return one event as it is on the server now, or None where there is none."""
    answer = dav.ask("GET", href, accepted=(200, 404, 410))
    if answer.status != 200:
        return None
    content = answer.raw.encode()
    if not content.rstrip().endswith(b"END:VCALENDAR"):  # The libraries do not always notice that the rest is missing.
        raise dav.failure("broke off the connection", "check the network, and try again")
    return ServerEvent(href, str(answer.headers.get("ETag") or ""), content)


def _entrance(dav: Dav) -> tuple[str, Mapping[str, Any]]:
    """Return where the URL leads to, and what is there: a server whose root is a web page has a well-known door."""
    url = dav.account.url
    first: ServerError | None = None
    at, here = url, dict[str, Any]()
    try:
        at, here = _node(dav, url)
    except ServerError as error:
        if error.unsure or error.status == 401 or urlsplit(url).path.strip("/"):
            raise
        first = error
    if here.get(PRINCIPAL) or here.get(HOME) or _is_calendar(here):
        return at, here
    try:
        return _node(dav, urljoin(url, WELL_KNOWN))
    except ServerError:
        if first is not None:
            raise first from None
        return at, here


def _node(dav: Dav, url: str) -> tuple[str, dict[str, Any]]:
    """Return what a server says of one address; where it names no user, it is asked once more with the password."""
    at, answers = _answered(dav, url, 0)
    if dav.client.auth is None and not any(properties.get(PRINCIPAL) for properties in answers.values()):
        dav.client.build_auth_object(["basic"])
        at, answers = _answered(dav, url, 0)
    return at, next(iter(answers.values()), {})


def _home(dav: Dav, at: str, here: Mapping[str, Any]) -> str:
    """Return the collection that holds the user's calendars, where new ones are made."""
    href = here.get(HOME)
    principal = here.get(PRINCIPAL)
    if not href and principal:
        at, there = _node(dav, dav.absolute(principal, at))
        href = there.get(HOME)
    if not href and any(_is_calendar(properties) for properties in _listed(dav, at).values()):
        href = urlsplit(at).path
    if isinstance(href, list):
        href = href[0]
    if not href:
        raise dav.failure("shows no calendars at this URL", "give the URL that your calendar program uses")
    return _as_collection(dav.absolute(href, at))


def _listed(dav: Dav, url: str) -> dict[str, dict[str, Any]]:
    """Return what is in a collection, by URL, and what the server says of it."""
    return _answered(dav, url, 1)[1]


def _answered(dav: Dav, url: str, depth: int) -> tuple[str, dict[str, dict[str, Any]]]:
    at, answer = dav.multistatus("PROPFIND", url, PROPERTIES, depth)
    with dav.failing_as("did not list its calendars", "try again later"):
        return at, {dav.absolute(result.href, at): result.properties for result in answer.parse_propfind()}


def _calendar_named(dav: Dav, home: str, own: str, name: str) -> RemoteCalendar | None:
    """Return the calendar that we made, even if its person gave it another name since, or else the one of that name."""
    calendars = {
        url: properties
        for url, properties in _listed(dav, home).items()
        if _is_calendar(properties) and _takes_events(properties)
    }
    named = [url for url, properties in calendars.items() if (properties.get(NAME) or "").strip() == name.strip()]
    if own in calendars:
        return RemoteCalendar(dav, own, calendars[own].get(NAME) or name)
    if len(named) > 1:
        raise dav.failure(f"has {len(named)} calendars named {quoted(name)}", "give the URL of the one that is meant")
    return RemoteCalendar(dav, _as_collection(named[0]), name) if named else None


def _made(dav: Dav, home: str, own: str, name: str) -> RemoteCalendar:
    """Make a calendar whose address follows from its name: it is found again where a server forgets the name."""
    wrong = "makes no calendar here"
    right = f"make one named {quoted(name)} in your calendar program and run sync again"
    try:
        dav.ask("MKCALENDAR", own, MAKE.format(name=escape(name)).encode(), XML, accepted=(200, 201, 207))
    except ServerError as error:
        raise dav.failure(wrong, right, error.status) if error.status in UNABLE else error from None
    # Some servers keep it at another address, and some drop the name at first.
    made = _calendar_named(dav, home, own, name)
    if made is None:
        raise dav.failure(wrong, right)
    if made.name != name:
        dav.ask("PROPPATCH", made.url, RENAME.format(name=escape(name)).encode(), XML)
    return made._replace(name=name, made=True)


def _as_collection(url: str) -> str:
    return url if url.endswith("/") else f"{url}/"


def _slug(name: str) -> str:
    return str(UUID(bytes=sha256(f"post-treatment-planner {name.strip()}".encode()).digest()[:16]))


def _is_calendar(properties: Mapping[str, Any]) -> bool:
    return f"{{{CALDAV}}}calendar" in (properties.get(TYPE) or [])


def _takes_events(properties: Mapping[str, Any]) -> bool:
    parts = properties.get(PARTS)
    return not parts or "VEVENT" in parts
