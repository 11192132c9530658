"""A real browser for tests: Debian's Chromium through Playwright, and a server of ours that it looks at."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import pytest
import uvicorn

from planner import shipped_rulebook
from planner.web.app import make_app
from planner.web.cases.feeds import Feeds
from planner.web.cases.folder import Folder
from planner.web.cases.practice import Practice, Reach
from planner.web.security.tokens import secrets_in
from tests.practices import NOW

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def browser_or_skip() -> Any:
    """Return Playwright's way to start a browser, or leave the test out, saying why."""
    if CHROMIUM is None:
        pytest.skip("left out: no Chromium on this machine (apt-get install chromium)")
    return pytest.importorskip("playwright.sync_api", reason="left out: Playwright is not installed")


@contextmanager
def chromium() -> Iterator[Any]:
    """Run a browser."""
    with browser_or_skip().sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def with_letters(browser: Any, size: int) -> Iterator[Any]:
    """Run another browser, in which a person chose how large letters are, in pixels."""
    chosen = f"--blink-settings=defaultFontSize={size}"
    another = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, chosen])
    try:
        yield another
    finally:
        another.close()


def page_of(browser: Any, size: dict[str, int], *, script: bool, dark: bool = False) -> Any:
    """Return a page that fails the test when something asks another server, or breaks the policy."""
    scheme = "dark" if dark else "light"
    context = browser.new_context(
        viewport=size, java_script_enabled=script, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.elsewhere = []
    page.on("request", lambda request: page.elsewhere.append(request.url) if "127.0.0.1" not in request.url else None)
    page.on("console", lambda message: page.elsewhere.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.elsewhere.append(str(error)))
    return page


def nothing_amiss(page: Any) -> None:
    """Hold that nothing went elsewhere or wrong, and that nothing is wider than the window."""
    assert not page.elsewhere, page.elsewhere
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def follow(page: Any, selector: str) -> None:
    """Click on what leads to a page, also to the same one again, and wait until that page is there."""
    with page.expect_navigation():
        page.click(selector)


class Keys:
    """Press keys on a page, and count them."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.count = 0

    def __call__(self, *keys: str) -> None:
        """Press some keys, one after the other."""
        self.count += len(keys)
        for key in keys:
            self.page.keyboard.press(key)


@contextmanager
def served(folder: Path, cases: dict[str, str], now: datetime = NOW, *, patience: float = 60.0) -> Iterator[str]:
    """Serve some cases on a free port of this machine, by a clock that stands still, and give the address.

    So many seconds of `patience` a page has with a search for times before it shows how far that is.
    """
    place = folder / "cases"
    place.mkdir()
    for name, text in cases.items():
        (place / f"{name}.toml").write_text(text)
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    origin = f"http://127.0.0.1:{listening.getsockname()[1]}"
    secrets = secrets_in(folder / "own")
    practice = Practice(
        Folder(place, secrets),
        shipped_rulebook(),
        secrets,
        Feeds(folder / "own", secrets),
        Reach(origin, local=True),
        clock=lambda: now,
    )
    app = make_app(practice)
    app.state.searches.patience = patience
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    # A list shows at once what it has: on a busy machine a case would be missing.
    while not server.started or app.state.summaries.all()[1]:
        sleep(0.02)
    try:
        yield origin
    finally:
        server.should_exit = True
        thread.join(10)
