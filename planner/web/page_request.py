"""What a page is asked, and how it answers: the form, the case, the token, the look that all pages share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from planner.case.model import Case
from planner.clock import FIRST_YEAR, LAST_YEAR
from planner.errors import InputError
from planner.page.environment import render
from planner.page.sentences import plain, say
from planner.web.cases.opened import Opened, opened_with
from planner.web.cases.outside import ConflictError
from planner.web.cases.practice import Practice, Saved
from planner.web.security.tokens import COOKIE, FIELD, new_session
from planner.web.words.differences import difference_words

PRIVATE = "planner-private"
NAVIGATION = ("weeks", "log", "book", "appointments", "where", "rules", "calendar")
HIDDEN = Markup('<input type="hidden" name="{}" value="{}">')
LONGEST_FIELD = 20_000
DRAWN = "drawn"
"""The field by which a form that is sent again, on top of what others changed, says what it was drawn from."""


@dataclass
class PageRequest:
    """Hold one request for a page: its form, its case, and everything that an answer needs."""

    practice: Practice
    http: Request
    form: Mapping[str, Any]
    lists: Mapping[str, list[str]]
    session: str

    @property
    def case_key(self) -> str:
        """The key of the case that the address names; empty where it names none."""
        return str(self.http.path_params.get("key", ""))

    @property
    def base(self) -> str:
        """The address of the case."""
        return f"/c/{self.case_key}" if self.case_key else ""

    @cached_property
    def opened(self) -> Opened:
        """The case that the address names; a wrong key is a page that is not there."""
        path = self.practice.path_of(self.case_key)
        if path is None:
            raise HTTPException(404)
        return self.practice.open(self.case_key, path)

    @cached_property
    def drawn(self) -> Case:
        """The case that the page was drawn from; only what the form says otherwise was changed by a person.

        Where that is too long ago it is the case as it is.
        """
        opened, text = self.opened, self.practice.drawn.text_of(self.text(DRAWN) or self.text("base"))
        if text is None or text == opened.text:
            return opened.case
        return opened_with(opened.key, opened.path, text, None, self.practice.setting).case

    @property
    def private(self) -> bool:
        """Whether others may see this screen: then no page says anything about health."""
        return self.http.cookies.get(PRIVATE) == "1"

    def text(self, name: str, default: str = "") -> str:
        """Return a field of the form, without the blanks around it."""
        value = self.form.get(name, default)
        return value.strip()[:LONGEST_FIELD] if isinstance(value, str) else default

    def day(self, name: str, default: date) -> date:
        """Return a date of the address; what is none, or too far away to plan for, is the default."""
        try:
            day = date.fromisoformat(self.http.query_params.get(name, ""))
        except ValueError:
            return default
        return day if FIRST_YEAR < day.year < LAST_YEAR - 1 else default

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """Return a number of the address, or of the form, within its bounds; what is none is the default.

        Args:
            name: the name of the field.
            default: what is returned where it holds no number.
            least: the least number.
            most: the greatest one.

        """
        text = self.http.query_params.get(name, "") or self.text(name)
        return max(least, min(most, int(text))) if text.isdecimal() and len(text) < 6 else default

    def page(self, template: str, title: str, *, status: int = 200, here: str = "", **values: Any) -> Response:
        """Return a page.

        Args:
            template: the name of the template.
            title: the title of the page.
            status: the HTTP status.
            here: the page's entry in the navigation, empty where it has none.
            values: what the template asks for by name.

        """
        token = self.practice.secrets.form_token(self.session)
        opened = self._if_opened()
        stamp = "" if opened is None else opened.base
        hidden = HIDDEN.format(FIELD, token) + HIDDEN.format("base", stamp)
        look = {
            "title": title,
            "home": f"{self.base}/weeks" if self.case_key else "/",
            "whose": self._whose(),
            "signs": f"{self.base}/signs" if self.case_key else "/signs",
            "base": self.base,
            "private": self.private,
            "nav": self._navigation(here),
        }
        html = render(template, page=look, hidden=lambda: hidden, **{"problems": [], **values})
        return self._with_cookie(HTMLResponse(html, status))

    def redirect(self, address: str) -> Response:
        """Return an answer that leads to another page."""
        return self._with_cookie(RedirectResponse(f"{self.base}{address}", 303))

    def problem(self, status: int, key: str) -> Response:
        """Return a page that says what is wrong with the request, and where to go on."""
        return self.page("problem.html", plain(f"{key}.title"), status=status, key=key)

    def mistakes(self, error: InputError) -> list[str]:
        """Return what is wrong with the case; on a private screen only that something is."""
        if self.private:
            return [plain("weeks.alert_private")]
        return [str(problem) for problem in error.problems]

    def saved(self) -> Saved | None:
        """Return what the last change of the case did."""
        return self.practice.last.get(self.case_key)

    def _if_opened(self) -> Opened | None:
        if not self.case_key or self.practice.path_of(self.case_key) is None:
            return None
        try:
            return self.opened
        except InputError:
            return None

    def _whose(self) -> str:
        opened = self._if_opened()
        if opened is None or self.private:
            return ""
        return opened.case.name

    def _navigation(self, here: str) -> list[dict[str, Any]]:
        if not self.case_key or here == "none":
            return []
        entries = [
            {"href": f"{self.base}/{name}", "name": say(f"nav.{name}"), "here": name == here} for name in NAVIGATION
        ]
        if self.practice.folder.single is None:
            entries.append({"href": "/patients", "name": say("nav.patients"), "here": False})
        return entries

    def _with_cookie(self, response: Response) -> Response:
        if self.http.cookies.get(COOKIE) != self.session:
            secure = self.http.url.scheme == "https"
            response.set_cookie(COOKIE, self.session, httponly=True, samesite="strict", secure=secure)
        return response


Page = Callable[[PageRequest], Response]


def page_endpoint(practice: Practice, page: Page, *, hidden: bool = False) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of a page: the form is read and its token checked, then the page works in a thread.

    One that is `hidden` says on a private screen only that it is, and how to see it.
    """

    async def endpoint(request: Request) -> Response:
        session = request.cookies.get(COOKIE, "")
        form: FormData = FormData()
        if request.method == "POST":
            form = await request.form(max_files=1, max_fields=400, max_part_size=10_000_000)
        fields: dict[str, Any] = {}
        lists: dict[str, list[str]] = {}
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                fields[name] = (value.filename or "", await value.read())
            else:
                fields[name] = value
                lists.setdefault(name, []).append(value)
        await form.close()
        page_request = PageRequest(practice, request, fields, lists, session or new_session())
        if request.method == "POST" and not practice.secrets.is_form_token(session, page_request.text(FIELD)):
            return page_request.problem(403, "not_ours")
        shown = _hidden if hidden and page_request.private else page
        return await run_in_threadpool(_answer, page_request, shown)

    return endpoint


def _hidden(request: PageRequest) -> Response:
    _ = request.opened  # A page that is not there is not there on a private screen either.
    return request.page("hidden.html", plain("base.hidden"))


def _answer(request: PageRequest, page: Page) -> Response:
    try:
        return page(request)
    except InputError as error:
        # The file itself is wrong: the page says what, as the command line does.
        return request.page("mistakes.html", plain("mistakes.title"), status=422, problems=request.mistakes(error))
    except ConflictError as conflict:
        return conflict_page(request, conflict)


def conflict_page(request: PageRequest, conflict: ConflictError) -> Response:
    """Return what others changed and what the page would change; what was typed is kept and can be sent again."""
    ours = {FIELD, "base", DRAWN}
    typed = [(name, value) for name, values in request.lists.items() for value in values if name not in ours]
    typed.append((DRAWN, request.text(DRAWN) or request.text("base")))
    return request.page(
        "conflict.html",
        plain("conflict.title"),
        status=409,
        conflict=conflict,
        outside=[] if request.private else [difference_words(difference) for difference in conflict.outside],
        mine=[] if request.private else [difference_words(difference) for difference in conflict.mine],
        typed=typed,
        action=request.http.url.path,
        new_base=conflict.base,
        token=request.practice.secrets.form_token(request.session),
    )
