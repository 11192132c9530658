"""The calendar: the file, the private address that a phone reads, and what each program needs."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from planner.calendars.write.file import Written, write
from planner.page.drawing.qr import qr_svg
from planner.page.sentences import plain, say
from planner.web.cases.feeds import Feed
from planner.web.cases.opened import Opened
from planner.web.page_request import PageRequest

CALENDAR = "text/calendar; charset=utf-8"
GOOGLE = "https://calendar.google.com/calendar/r/settings/addbyurl"
"""Where Google asks for an address to subscribe to; ours is not told to it by the link, but pasted there."""


def calendar(request: PageRequest) -> Response:
    """Show the file and the address; renew the address, or set how much it says."""
    opened, practice = request.opened, request.practice
    set_now = practice.feeds.of(request.case_key)
    if request.http.method == "POST":
        if request.text("do") == "renew":
            practice.feeds.change(request.case_key, set_now._replace(number=set_now.number + 1))
            return request.redirect("/calendar#renewed")
        if request.text("do") == "text":
            practice.feeds.change(request.case_key, Feed(set_now.number, full=request.text("full") == "yes"))
        return request.redirect("/calendar")
    address = f"{practice.reach.origin}/feed/{practice.feeds.secret(request.case_key, opened.path)}.ics"
    events = [] if opened.memory is None else [event for event in opened.memory.earlier.events if not event.cancelled]
    return request.page(
        "calendar.html",
        plain("calendar.title"),
        here="calendar",
        holds=say("calendar.holds", count=len(events)) if events else say("calendar.nothing"),
        feed=address,
        webcal=Markup("webcal:{}").format(address.partition(":")[2]),
        google=GOOGLE,
        renewed=set_now.number > 0,
        local=practice.reach.local,
        qr="" if practice.reach.local else qr_svg(address, plain("calendar.qr")),
        full=set_now.full,
    )


def file(request: PageRequest) -> Response:
    """Give the calendar file as it is, or as the plan of now would be where none was kept."""
    opened = request.opened
    content = opened.content if opened.content is not None else _plan_now(request, opened, private=False).content
    return Response(content, media_type=CALENDAR, headers={"content-disposition": 'attachment; filename="week.ics"'})


def feed(request: PageRequest) -> Response:
    """Give the calendar of the case whose secret the address holds, as it follows from case and log now."""
    secret, practice = str(request.http.path_params["secret"]), request.practice
    # All are compared, so that how long it takes tells nothing.
    keyed = [(key, path) for key, path in practice.folder.keys().items() if practice.feeds.is_secret(key, path, secret)]
    if not keyed:
        raise HTTPException(404)
    key, path = keyed[0]
    opened = practice.open(key, path)
    private = opened.private or not practice.feeds.of(key).full
    content = _plan_now(request, opened, private=private).content
    tag = f'"{sha256(content).hexdigest()[:24]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache", "content-type": CALENDAR}
    if tag in (tag_of_client.strip() for tag_of_client in request.http.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers)


def _plan_now(request: PageRequest, opened: Opened, *, private: bool) -> Written:
    questions = request.practice.shown(opened)
    # Stamped with the time of the files, so that the same plan is the same calendar whenever it is fetched.
    files = [path for path in (opened.path, opened.calendar) if path.is_file()]
    stamp = datetime.fromtimestamp(int(max(path.stat().st_mtime for path in files)), UTC)
    return write(questions.plan, stamp, memory=opened.memory, private=private)
