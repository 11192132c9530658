"""A practice for tests: a folder with cases, a fixed clock, and a browser that keeps its cookie and reads its token."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import httpx2 as httpx
from starlette.testclient import TestClient

from planner import shipped_rulebook
from planner.web.app import make_app
from planner.web.cases.feeds import Feeds
from planner.web.cases.folder import Folder
from planner.web.cases.outside import mark_of
from planner.web.cases.practice import Practice, Reach
from planner.web.desk.booking.times_search import TimesSearches
from planner.web.security.tokens import secrets_in

NOW = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
CASE = """\
# Kim's case, as she keeps it.
name = "Kim"
id = "kim"
timezone = "Europe/Berlin"

[injury]
region = "heel"          # the left one
side = "left"

[[treatments]]           # booked by telephone
kind = "dry needling"
region = "calf"
start = 2026-11-24T09:30:00

[goals]
runs = 3                 # as before
bikes = 2
upper_body = 1

[availability]
default = "07:00-08:30"

[fitness]
longest_run_minutes = 60
easy_run_minutes = 40
"""


def practice_in(folder: Path, cases: Mapping[str, str] | None = None, *, local: bool = True) -> Practice:
    """Return a practice whose folder holds some cases, by their names; the clock stands still."""
    place = folder / "cases"
    place.mkdir(exist_ok=True, parents=True)
    for name, text in ({"kim": CASE} if cases is None else cases).items():
        (place / f"{name}.toml").write_text(text)
    secrets = secrets_in(folder / "own")
    return Practice(
        Folder(place, secrets),
        shipped_rulebook(),
        secrets,
        Feeds(folder / "own", secrets),
        Reach("http://127.0.0.1:8713", local),
        clock=lambda: NOW,
    )


class Browser:
    """A browser without script: it follows links and sends forms, with the token that the page gave it."""

    def __init__(self, practice: Practice, **options: Any) -> None:
        self.practice = practice
        app = make_app(practice, **options)
        # On a machine with much to do a short search takes long, too.
        app.state.searches.patience = 60.0
        self.client = TestClient(app, base_url="http://127.0.0.1:8713")
        self.key = next(iter(practice.folder.keys()), "")
        self.case = practice.folder.path_of(self.key) or Path("none")
        self.last: httpx.Response | None = None

    @property
    def searches(self) -> TimesSearches:
        """What looks for times of an appointment."""
        return cast("TimesSearches", self.client.app.state.searches)  # type: ignore[attr-defined]  # Starlette's own

    @property
    def calendar(self) -> Path:
        """The calendar file of the case."""
        return self.case.with_suffix(".ics")

    def mark(self, table: str, number: int = 0) -> str:
        """Return what a page calls an entry of the case."""
        opened = self.practice.open(self.key, self.case)
        return mark_of(getattr(opened.case, table)[number])

    def get(self, path: str, **options: Any) -> httpx.Response:
        """Open a page; `K/` stands for the case's own address."""
        self.last = self.client.get(self._address(path), **options)
        return self.last

    def post(
        self, path: str, fields: Mapping[str, Any] | None = None, *, page: str = "", **options: Any
    ) -> httpx.Response:
        """Send a form of a page (default: that of the same address)."""
        text = self.client.get(self._address(page or path)).text
        data = {name: field(text, name) for name in ("token", "base")} | dict(fields or {})
        self.last = self.client.post(self._address(path), data=data, **options)
        return self.last

    def post_as_is(self, path: str, fields: Mapping[str, Any]) -> httpx.Response:
        """Send a form with nothing but what is given, and do not follow where it leads."""
        return self.client.post(self._address(path), data=dict(fields), follow_redirects=False)

    def _address(self, path: str) -> str:
        return f"/c/{self.key}/{path[2:]}" if path.startswith("K/") else path


def field(page: str, name: str) -> str:
    """Return the value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


def words(page: str) -> str:
    """Return a page as a person reads it: without marks, white space as one blank."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " ").split())
