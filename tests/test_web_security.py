"""The page is private: each of its guards by a test of its own."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest

from planner.commands.serve import Options, run
from planner.errors import InputError
from planner.web.security.bounds import LARGEST_FORM
from planner.web.security.password import MOST_TRIES
from planner.web.security.tokens import secrets_in
from tests.practices import CASE, Browser, field, practice_in


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    """Return a browser that looks at Kim's case."""
    return Browser(practice_in(tmp_path))


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.", "10.0.0.1"])
def test_a_name_that_is_not_ours_is_refused(browser: Browser, host: str) -> None:
    """A name that somebody points at this computer (DNS rebinding) reads nothing."""
    assert browser.get("K/weeks", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8713", "localhost:9", "[::1]:8713"])
def test_our_own_names_are_answered(browser: Browser, host: str) -> None:
    """A request may call this computer by its name or by its number."""
    assert browser.get("/signs", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"origin": "http://127.0.0.1:1"},
    ],
)
def test_what_another_site_sends_is_refused(browser: Browser, headers: dict[str, str]) -> None:
    """Another site's form does not get in, even with the right token."""
    answer = browser.post("K/log", {"how": "done", "did": "bike_easy"}, headers=headers)
    assert answer.status_code == 403
    assert browser.case.read_text() == CASE


@pytest.mark.parametrize("token", ["", "0" * 64, "ä"])
def test_a_form_without_our_token_is_refused(browser: Browser, token: str) -> None:
    """A form needs the token of the browser that it was drawn for."""
    answer = browser.post("K/log", {"how": "done", "did": "bike_easy", "token": token})
    assert answer.status_code == 403
    assert browser.case.read_text() == CASE


def test_a_token_of_another_browser_is_refused(tmp_path: Path) -> None:
    """The token of one browser opens nothing in another."""
    practice = practice_in(tmp_path)
    one, other = Browser(practice), Browser(practice)
    token = field(one.get("K/log").text, "token")
    assert other.post("K/log", {"how": "done", "did": "bike_easy", "token": token}).status_code == 403


def test_every_answer_has_a_strict_policy_and_is_not_kept(browser: Browser) -> None:
    """Nothing inline, nothing from others, no frame, and nothing that holds a case is kept by a browser."""
    for path in ("K/weeks", "K/log", "/start", "/nowhere", "K/nowhere"):
        headers = browser.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["K/weeks", "K/log", "K/calendar", "K/signs", "/start"])
def test_a_page_asks_nobody_else_and_has_nothing_inline(browser: Browser, path: str) -> None:
    """No style, no script and no picture of a page comes from elsewhere or stands in it."""
    text = browser.get(path).text
    assert re.findall(r'\sstyle="|<style|\son[a-z]+="|javascript:', text) == []
    assert re.findall(r'<script(?![^>]*src="/static/)', text) == []
    assert re.findall(r'(?:src|action|poster|data)="(?:https?:)?//', text) == []
    assert re.findall(r'<link[^>]*href="(?:https?:)?//', text) == []


def test_what_a_case_says_is_text_and_never_markup(tmp_path: Path) -> None:
    """A name with marks in it is shown as it is written."""
    case = CASE.replace('"Kim"', "'<script>alert(1)</script>'")
    text = Browser(practice_in(tmp_path, {"kim": case})).get("K/weeks").text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_a_form_that_is_too_large_is_refused(browser: Browser) -> None:
    """More than a form may bring is not read."""
    assert browser.post("K/log", {"did": "x" * LARGEST_FORM}).status_code == 413


def test_a_body_that_says_no_length_is_counted_as_it_comes(browser: Browser) -> None:
    """A body in pieces, without its length, is stopped where it becomes too much."""
    pieces = (b"a" * 10_000 for _ in range(160))
    answer = browser.client.post(
        "/start", content=pieces, headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/c/../../etc/passwd/weeks",
        "/c/%2e%2e%2fown/weeks",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/c/00000000/weeks",
    ],
)
def test_nothing_outside_the_folder_is_reached(browser: Browser, path: str) -> None:
    """Addresses hold keys, never names of files."""
    assert browser.get(path).status_code == 404


def test_a_link_that_leads_out_of_the_folder_is_no_case(tmp_path: Path) -> None:
    """A link to a file elsewhere is not shown, though its name ends as a case's does."""
    practice = practice_in(tmp_path)
    elsewhere = tmp_path / "elsewhere.toml"
    elsewhere.write_text(CASE)
    (tmp_path / "cases" / "link.toml").symlink_to(elsewhere)
    assert [path.name for path in practice.folder.paths()] == ["kim.toml"]


def test_addresses_and_titles_say_nothing_about_health(browser: Browser) -> None:
    """What a browser keeps in its history names no person, no part of the body and no treatment."""
    text = browser.get("K/weeks").text
    kept = [*re.findall(r'(?:href|action)="([^"]*)"', text), *re.findall(r"<title>(.*?)</title>", text)]
    assert not [each for each in kept if re.search("kim|heel|calf|plantar|needl", each, re.IGNORECASE)]


def test_others_need_the_password(tmp_path: Path) -> None:
    """Who asks from elsewhere gives the password; it is compared as a whole."""
    browser = Browser(practice_in(tmp_path, local=False), password="right horse")  # noqa: S106 (a test's own)
    assert browser.get("K/weeks").status_code == 401
    assert browser.get("K/weeks", auth=("anyone", "right hors")).status_code == 401
    assert browser.get("K/weeks", auth=("anyone", "right horse")).status_code == 200
    assert browser.get("K/weeks", headers={"authorization": "Basic !"}).status_code == 401


def test_passwords_cannot_be_tried_for_long(tmp_path: Path) -> None:
    """After ten wrong passwords nobody gets in for a minute."""
    browser = Browser(practice_in(tmp_path, local=False), password="right horse")  # noqa: S106 (a test's own)
    for number in range(MOST_TRIES):
        assert browser.get("/signs", auth=("anyone", str(number))).status_code == 401
    assert browser.get("/signs", auth=("anyone", "right horse")).status_code == 429


def test_a_server_for_others_needs_a_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--host without a password is a mistake, and nothing listens."""
    monkeypatch.setattr("planner.web.security.password.password_from_outside", lambda: None)
    monkeypatch.setenv("PLANNER_STATE", str(tmp_path))
    with pytest.raises(InputError, match="there is no password"):
        run(Options(place=tmp_path, host="0.0.0.0", port=0))  # noqa: S104 (it is refused)


def test_secrets_are_drawn_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    """The secret of an installation stays the same, in a file that nobody else may read."""
    one, other = secrets_in(tmp_path / "own"), secrets_in(tmp_path / "own")
    assert one.case_key(tmp_path / "a.toml") == other.case_key(tmp_path / "a.toml")
    assert (tmp_path / "own" / "secret").stat().st_mode & 0o077 == 0
    assert secrets_in(tmp_path / "another").case_key(tmp_path / "a.toml") != one.case_key(tmp_path / "a.toml")


def test_nothing_about_a_request_is_logged(browser: Browser, caplog: pytest.LogCaptureFixture) -> None:
    """No address, and so no secret in one, gets into our log."""
    with caplog.at_level(logging.DEBUG, logger="planner"):
        browser.get("/feed/0123456789abcdef.ics")
        browser.post("K/log", {"pain": "3", "did": "bike_easy", "how": "done"})
    assert [record for record in caplog.records if record.name.startswith("planner")] == []
