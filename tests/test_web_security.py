"""The page is private: each of its guards by a test of its own."""

from __future__ import annotations

import hmac
import logging
import os
import re
import subprocess
import sys
from pathlib import Path
from time import monotonic

import httpx2 as httpx
import pytest

from planner.commands.serve import Options, run
from planner.errors import InputError
from planner.web.security.bounds import LARGEST_FILE, LARGEST_FORM
from planner.web.security.logs import WordlessLog
from planner.web.security.password import MOST_TRIES
from planner.web.security.tokens import secrets_in
from tests.practices import CASE, Browser, field, practice_in
from tests.readme import ROOT

pytestmark = pytest.mark.once


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    """Return a browser that looks at Kim's case."""
    return Browser(practice_in(tmp_path))


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "127.0.0.1.evil.example", "", "localhost.", "10.0.0.1", "evil.example@127.0.0.1"),
        *("evil.example:80@localhost", "127.0.0.1/evil.example", "127.0.0.1:x", "[::1", "127.0.0.1 evil"),
    ],
)
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
        {"origin": "http://["},
        {"origin": "127.0.0.1:8713"},
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


def test_a_form_of_too_many_fields_is_no_fault_of_ours(browser: Browser) -> None:
    """It is refused as what no page of ours sends, and nothing is written."""
    many = {f"field{number}": "1" for number in range(2000)}
    answer = browser.post("K/log", {**many, "did": "bike_easy", "how": "done"})
    assert answer.status_code == 400
    assert "That was not sent by a page of ours" in answer.text
    assert browser.case.read_text() == CASE


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1970-01-01", "2199-12-31", "soon", ""])
def test_a_day_that_nobody_plans_for_is_today(browser: Browser, day: str) -> None:
    """The address is not the file: its mistakes are not told as the file's, the weeks of now are shown."""
    answer = browser.get(f"K/weeks?from={day}&weeks=12")
    assert answer.status_code == 200
    assert 'data-day="2026-11-25"' in answer.text


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


PAGES_OF_A_CASE = (
    *("weeks", "log", "where", "appointments", "book", "rules", "health", "wishes", "calendar", "signs", "danger"),
    *("day/2026-11-25", "print/patient", "print/therapist"),
)


@pytest.mark.parametrize("page", PAGES_OF_A_CASE)
def test_no_page_keeps_health_in_an_address_or_a_title(browser: Browser, page: str) -> None:
    """No link, form or title of any page names a person, a part of the body or a treatment; a cookie is drawn."""
    text = browser.get(f"K/{page}").text
    kept = [*re.findall(r'(?:href|action)="(?!https://)([^"]*)"', text), *re.findall(r"<title>(.*?)</title>", text)[:1]]
    # What is drawn by chance says nothing, whatever letters are in it.
    kept = [re.sub(r"/feed/[\w-]{20,}\.ics", "", each) for each in kept]
    assert len(kept) > 3
    assert not [each for each in kept if re.search("kim|heel|calf|plantar|fascia|needl|run", each, re.IGNORECASE)]
    cookies = dict(browser.client.cookies.items())
    assert set(cookies) <= {"planner"}
    assert all(re.fullmatch(r"[\w-]{24}", drawn) for drawn in cookies.values())


def test_what_is_typed_never_gets_into_an_address(browser: Browser) -> None:
    """Every form that takes words is sent in its body: where it leads then holds dates, counts and keys alone."""
    for page in ("log", "where", "appointments", "book", "health", "wishes", "rules"):
        forms = re.findall(r"<form[^>]*>", browser.get(f"K/{page}").text)
        assert forms
        assert all('method="post"' in form for form in forms), page
    sent = browser.post("K/where", {"words": "left shin", "do": "find"}, follow_redirects=False)
    assert "shin" not in str(sent.headers)


def test_the_cookie_is_for_this_site_and_no_script(browser: Browser) -> None:
    """It is a number drawn by lot, sent to nobody else, and no script reads it."""
    said = browser.get("K/weeks").headers["set-cookie"].lower()
    assert "httponly" in said
    assert "samesite=strict" in said


def test_secrets_are_compared_in_constant_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The token of a form, the password and the address of a feed: each goes through such a comparison."""
    browser = Browser(practice_in(tmp_path, local=False), password="right horse")  # noqa: S106 (a test's own)
    browser.client.auth = ("anyone", "right horse")
    compared: list[tuple[object, object]] = []
    real = hmac.compare_digest

    def noted(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return real(one, other)

    monkeypatch.setattr(hmac, "compare_digest", noted)
    token = field(browser.get("K/log").text, "token")
    feed = field_of_feed(browser.get("K/calendar").text)
    assert (b"right horse", b"right horse") in compared
    browser.post("K/log", {"how": "done", "did": "bike_easy"})
    assert (token.encode(), token.encode()) in compared
    assert browser.get(f"/feed/{'0' * len(feed)}.ics").status_code == 404
    assert browser.get(f"/feed/{feed}.ics").status_code == 200
    assert {feed.encode(), feed} & {one for pair in compared for one in pair}


def field_of_feed(page: str) -> str:
    """Return the secret in the address of a feed that a page shows."""
    found = re.search(r"/feed/([^.]+)\.ics", page)
    assert found is not None
    return found[1]


def test_a_calendar_file_that_is_too_large_is_refused(browser: Browser) -> None:
    """One byte more than the reader of files takes, and nothing of it is read; the file stays as it was."""
    token = field(browser.get("K/appointments").text, "token")
    files = {"file": ("clinic.ics", b"B" * LARGEST_FILE, "text/calendar")}
    address = f"/c/{browser.key}/appointments/file"
    assert browser.client.post(address, data={"token": token}, files=files).status_code == 413
    assert browser.case.read_text() == CASE


@pytest.mark.parametrize(
    "content",
    [
        b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 300_000 + b"END:VCALENDAR\n",
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261125T080000Z\nRRULE:FREQ=SECONDLY\nEND:VEVENT\nEND:VCALENDAR\n",
        b"\x00\xff" * 1000,
    ],
    ids=["too many lines", "a series without end", "no text"],
)
def test_a_file_is_read_under_the_limits_of_the_reader(browser: Browser, content: bytes) -> None:
    """What no clinic writes is told at once, in seconds and without a failure of ours."""
    token = field(browser.get("K/appointments").text, "token")
    files = {"file": ("clinic.ics", content, "text/calendar")}
    begun = monotonic()
    answer = browser.client.post(f"/c/{browser.key}/appointments/file", data={"token": token}, files=files)
    assert answer.status_code in {200, 422}
    assert monotonic() - begun < 10
    assert browser.case.read_text() == CASE


def test_a_server_writes_no_word_of_what_was_asked(tmp_path: Path) -> None:
    """Pages, a feed, a wrong address and a broken file are asked of the real program: it logs its own address alone."""
    (tmp_path / "kim.toml").write_text(CASE)
    (tmp_path / "otto.toml").write_text(CASE.replace('"heel"', '"heeel"'))
    command = [sys.executable, "-m", "planner", "serve", str(tmp_path), "--port", "0"]
    environment = {**os.environ, "PLANNER_STATE": str(tmp_path / "own"), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as server:
        try:
            assert server.stderr is not None
            first = server.stderr.readline()
            origin = re.findall(r"http://[^/]+", first)[0]
            with httpx.Client(base_url=origin) as client:
                until = monotonic() + 20
                while True:
                    try:
                        text = client.get("/patients").text
                        break
                    except httpx.TransportError:
                        assert monotonic() < until
                cases = dict.fromkeys(re.findall(r"/c/(\w+)/weeks", text))
                assert len(cases) == 2
                for key in cases:
                    client.get(f"/c/{key}/weeks")
                    found = re.search(r"/feed/([^.]+)\.ics", client.get(f"/c/{key}/calendar").text)
                    if found:
                        assert client.get(f"/feed/{found[1]}.ics").status_code == 200
                client.get("/feed/0123.ics")
                client.post("/c/needling/log", data={"did": "calf"})
        finally:
            server.terminate()
            out, rest = server.communicate(timeout=20)
            assert (out, rest) == ("", "\nStopped serving.\n")


def test_an_error_is_logged_by_its_kind_and_place_alone(caplog: pytest.LogCaptureFixture) -> None:
    """A message may hold what somebody typed: it is left out, and where it broke stays."""
    log = logging.getLogger("planner.test.words")
    log.addFilter(WordlessLog())
    with caplog.at_level(logging.ERROR, logger=log.name):
        try:
            int("the left calf was needled")
        except ValueError:
            log.exception("Exception in ASGI application for /feed/secret")
    (record,) = caplog.records
    assert "ValueError" in caplog.text
    assert "test_web_security" in caplog.text
    assert not any(word in caplog.text for word in ("calf", "needled", "secret"))
    assert record.exc_info is None
