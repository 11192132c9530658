"""The application: which address is answered by which page, behind what keeps it private."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from planner.errors import OutsideError, Problem
from planner.page.environment import static_text
from planner.web.api.answering import json_endpoint, problems_response
from planner.web.api.endpoints import ENDPOINTS
from planner.web.api.schema import openapi
from planner.web.cases.planning_all import PlanningAll
from planner.web.cases.practice import Practice
from planner.web.cases.summaries import Summaries
from planner.web.desk import health, patients, rules, where, wishes
from planner.web.desk.booking import appointments, book, clinic_file
from planner.web.desk.booking.times_search import TimesSearches
from planner.web.page_request import Page, PageRequest, page_endpoint
from planner.web.pages import calendar, check, danger, log, moving, printing, readings, start, weeks
from planner.web.security.bounds import BoundedRequests
from planner.web.security.headers import SafeHeaders
from planner.web.security.origin import LOOPBACK, OwnOrigin
from planner.web.security.password import AskPassword
from planner.web.security.tokens import COOKIE, new_session

BOTH = ("GET", "POST")
OPENAPI = "see /api/openapi.json"
PAGES: tuple[tuple[str, Page, tuple[str, ...]], ...] = (
    ("/", start.front, ("GET",)),
    ("/start", start.start, BOTH),
    ("/signs", log.signs, ("GET",)),
    ("/c/{key}/weeks", weeks.weeks, ("GET",)),
    ("/c/{key}/keep", weeks.keep, ("POST",)),
    ("/c/{key}/undo", weeks.undo, ("POST",)),
    ("/c/{key}/read", readings.read, ("POST",)),
    ("/c/{key}/log", log.log, BOTH),
    ("/c/{key}/w/{workout}/log", log.log, ("GET",)),
    ("/c/{key}/danger", danger.danger, BOTH),
    ("/c/{key}/signs", log.signs, ("GET",)),
    ("/c/{key}/w/{workout}", moving.workout, ("GET",)),
    ("/c/{key}/w/{workout}/check", check.check, ("POST",)),
    ("/c/{key}/w/{workout}/move", moving.move, BOTH),
    ("/c/{key}/day/{day}", moving.day, ("GET",)),
    ("/c/{key}/where", where.where, BOTH),
    ("/c/{key}/appointments", appointments.appointments, BOTH),
    ("/c/{key}/appointments/file", clinic_file.clinic_file, BOTH),
    ("/c/{key}/book", book.book, BOTH),
    ("/c/{key}/wishes", wishes.wishes, BOTH),
    ("/c/{key}/health", health.health, BOTH),
    ("/private", start.private, ("POST",)),
    ("/c/{key}/rules", rules.rules, BOTH),
    ("/c/{key}/rules/{rule}", rules.rule, BOTH),
    ("/rules", rules.rules, BOTH),
    ("/rules/{rule}", rules.rule, ("GET",)),
    ("/c/{key}/print/patient", printing.patient, ("GET",)),
    ("/c/{key}/print/therapist", printing.therapist, ("GET",)),
    ("/patients", patients.patients, BOTH),
    ("/c/{key}/calendar", calendar.calendar, BOTH),
    ("/c/{key}/week.ics", calendar.file, ("GET",)),
    ("/feed/{secret}.ics", calendar.feed, ("GET",)),
)
ABOUT_HEALTH = frozenset(
    f"/c/{{key}}/{name}"
    for name in (
        *("where", "appointments", "appointments/file", "book", "health", "rules", "rules/{rule}", "print/therapist"),
        *("w/{workout}", "w/{workout}/move", "day/{day}"),
    )
)
"""What a private screen does not show at all: all that stands there is about health. Danger signs stay within reach."""


def make_app(practice: Practice, *, password: str | None = None, names: Iterable[str] = ()) -> Starlette:
    """Return the application of a practice; others than this computer get in only with a password.

    `names` are the host names, beside those of this computer, by which it may be asked.
    """
    routes: list[BaseRoute] = [
        Route(path, page_endpoint(practice, page, hidden=path in ABOUT_HEALTH), methods=list(methods))
        for path, page, methods in PAGES
    ]
    routes += [
        Route(
            endpoint.path,
            json_endpoint(practice, endpoint.work, endpoint.question, dict(endpoint.parameters)),
            methods=[endpoint.method],
        )
        for endpoint in ENDPOINTS
    ]
    routes.append(Route("/api/openapi.json", lambda _: JSONResponse(openapi())))
    with resources.as_file(resources.files("planner.web") / "static") as folder:
        routes.append(Route("/static/sheet.css", _sheet_style))
        routes.append(Mount("/static", _static(folder)))
    middleware = [Middleware(SafeHeaders), Middleware(OwnOrigin, {*LOOPBACK, *names}, any_address=password is not None)]
    if password is not None:
        middleware.append(Middleware(AskPassword, password))
    middleware.append(Middleware(BoundedRequests))

    def bare_request(request: Request) -> PageRequest:
        return PageRequest(practice, request, {}, {}, request.cookies.get(COOKIE, "") or new_session())

    async def not_there(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        if request.url.path.startswith("/api/"):
            answer = problems_response(
                status, [Problem("request", "", f"{request.method} is not answered here", OPENAPI)]
            )
            answer.headers.update(getattr(error, "headers", None) or {})
            return answer
        request.scope["path_params"] = {}
        return bare_request(request).problem(
            status, {400: "not_ours", 404: "not_found", 405: "not_found"}.get(status, "failed")
        )

    async def outside(request: Request, error: Exception) -> Response:
        request.scope["path_params"] = {}
        return bare_request(request).page("mistakes.html", "503", status=503, problems=[str(error)])

    app = Starlette(
        routes=routes,
        middleware=middleware,
        exception_handlers={HTTPException: not_there, OutsideError: outside, 500: not_there},
    )
    app.state.summaries = Summaries(practice)
    app.state.planning = PlanningAll()
    app.state.searches = TimesSearches()
    return app


class _CheckedFiles(StaticFiles):
    """Serve our own style sheet and script; a browser may keep them, but asks whether they changed."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file."""
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "no-cache"
        return response


def _sheet_style(_: Request) -> Response:
    """Give the style of the sheets, which stands beside their templates: a file to hand out holds it too."""
    return Response(static_text("sheet.css"), media_type="text/css", headers={"cache-control": "no-cache"})


def _static(folder: Path) -> StaticFiles:
    return _CheckedFiles(directory=folder)
