"""The ten walks that the page is accepted by: each counted in keys, with and without script, on a phone and a desk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planner import read_case, shipped_rulebook
from planner.case.model import Case
from planner.page.environment import rule_key
from tests.browsers import DESK, PHONE, Keys, chromium, follow, nothing_amiss, page_of, served
from tests.practices import CASE

pytestmark = pytest.mark.browser
SIGN = '\n[[log]]\ndate = 2026-11-24\nsigns = ["calf swelling"]\n'
SETTLED = """() => {
  const wanted = document.querySelector("[autofocus]");
  return document.readyState === "complete" && (!wanted || document.activeElement === wanted);
}"""
"""A browser puts the focus a moment after a page is whole: a key pressed before that goes elsewhere."""
_ALL = {
    "phone, plain": (PHONE, False, False),
    "phone, script, dark": (PHONE, True, True),
    "desk, plain, dark": (DESK, False, True),
    "desk, script": (DESK, True, False),
}
_FEW = ("phone, script, dark", "desk, plain, dark")
"""Where few examples are asked for: each size, with and without script, once."""
EVERY_WAY = pytest.mark.parametrize(("size", "script", "dark"), _ALL.values(), ids=_ALL)
WAYS = (
    pytest.mark.parametrize(("size", "script", "dark"), [_ALL[way] for way in _FEW], ids=_FEW)
    if os.environ.get("HYPOTHESIS_PROFILE") == "short"
    else EVERY_WAY
)
CLINIC = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
DTSTART:20261201T083000Z
DTEND:20261201T090000Z
SUMMARY:Dry needling calf
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART:20261208T083000Z
SUMMARY:Massage calf
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART:20261203T170000Z
SUMMARY:Rückenschulungsgruppe
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a browser for all the walks."""
    with chromium() as running:
        yield running


def case_in(folder: Path, name: str = "kim") -> Case:
    """Return a case as its file stands."""
    return read_case(folder / "cases" / f"{name}.toml", shipped_rulebook())


class Walk:
    """A page of a case that keys are pressed on."""

    def __init__(self, browser: Any, origin: str, size: dict[str, int], *, script: bool, dark: bool) -> None:
        self.page = page_of(browser, size, script=script, dark=dark)
        self.origin = origin
        self.page.goto(f"{origin}/patients")
        link = self.page.locator("tbody a")
        self.base = origin + link.nth(0).get_attribute("href").replace("/weeks", "") if link.count() else origin
        self.keys = Keys(self.page)

    def open(self, path: str) -> None:
        """Open a page of the case, and go past the navigation."""
        self.page.goto(f"{self.base}/{path}")
        self.skip()

    def skip(self) -> None:
        """Go past the navigation by the link that is there for it."""
        self.page.wait_for_load_state("load")
        self.keys("Tab")
        assert "skip" in self.focused("className")
        self.keys("Enter")

    def to(self, selector: str, most: int = 40) -> None:
        """Press Tab until something that matches has the focus."""
        for _ in range(most):
            self.keys("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"Tab does not reach {selector}")

    def focused(self, what: str) -> Any:
        """Return a property of what has the focus."""
        return self.page.evaluate(f"document.activeElement.{what}")

    def enter(self, then: str) -> None:
        """Press Enter, and wait for the page that it leads to."""
        self.keys("Enter")
        self.reaches(then)

    def reaches(self, address: str) -> None:
        """Wait until a page is whole and has put the focus where it wants it."""
        self.page.wait_for_url(address)
        self.page.wait_for_function(SETTLED)

    def book(self, kind: str, when: str, tab: Any = None) -> None:
        """Fill in an appointment for the calf, in this tab or another one, without sending it."""
        tab = self.page if tab is None else tab
        tab.goto(f"{self.base}/appointments")
        tab.select_option("#kind", kind)
        tab.fill("#region", "calf")
        tab.fill("#when", when)

    def keep_both(self) -> None:
        """Send an appointment to a case that was changed elsewhere, be told so, and keep both."""
        follow(self.page, "form:has(#when) button.main")
        self.sees("text=changed outside this page")
        assert "What you would like: runs" in self.page.inner_text("main")
        self.page.elsewhere.clear()  # The browser notes the 409 that the page is answered with.
        follow(self.page, "text=Keep both")
        self.reaches("**/appointments")

    def sees(self, selector: str, state: str = "attached") -> None:
        """Wait until the page that has something, or has it no more, is whole and has put the focus."""
        self.page.wait_for_selector(selector, state=state)
        self.page.wait_for_function(SETTLED)

    def ends(self, most: int) -> None:
        """Hold that nothing went wrong, and that so many keys were enough."""
        nothing_amiss(self.page)
        assert self.keys.count <= most
        self.page.context.close()


@EVERY_WAY
def test_1_from_an_empty_page_to_a_feed_by_keyboard(
    browser: Any, tmp_path: Path, size: dict[str, int], script: bool, dark: bool
) -> None:
    """Six fields typed, the plan kept, its calendar file fetched: thirty keys beside the typing; then the feed."""
    with served(tmp_path, {}) as origin:
        walk = Walk(browser, origin, size, script=script, dark=dark)
        page = walk.page
        page.goto(f"{origin}/start")
        walk.skip()
        typed = {"where": "heel", "treatment": "dry needling", "treated": "calf", "when": "tuesday 9:30"}
        for name, text in {**typed, "timezone": "Europe/Berlin"}.items():
            walk.to(f"#{name}")
            page.keyboard.press("Control+A")
            page.keyboard.type(text)
        walk.to("button[value=keep]")
        walk.enter("**/weeks")
        walk.skip()
        walk.to("a[href$='/week.ics']")
        with page.expect_download() as download:
            walk.keys("Enter")
        assert "BEGIN:VEVENT" in Path(download.value.path()).read_text()
        assert walk.keys.count <= 30
        page.elsewhere = [each for each in page.elsewhere if "422" not in each]  # Answers that were not yet whole.
        page.goto(page.url.partition("/weeks")[0] + "/calendar")
        walk.skip()
        walk.to("#feed")
        assert "BEGIN:VEVENT" in page.request.get(walk.focused("value")).text()
        walk.ends(60)


@WAYS
def test_3_a_run_is_moved_previewed_and_kept(
    browser: Any, tmp_path: Path, size: dict[str, int], script: bool, dark: bool
) -> None:
    """From the weeks by the link of the run: where to, what it changes, kept; thirty-two keys."""
    with served(tmp_path, {"kim": CASE}) as origin:
        walk = Walk(browser, origin, size, script=script, dark=dark)
        page = walk.page
        page.goto(f"{walk.base}/weeks")
        follow(page, "text=Keep this plan")
        walk.reaches("**/weeks")
        assert walk.focused("id") == "kept"
        page.goto(f"{walk.base}/weeks")
        calendar = tmp_path / "cases" / "kim.ics"
        before = calendar.read_bytes()
        if script:
            # One stop for a week: the run is reached by arrows, and its links are those of its day.
            walk.skip()
            walk.to(".item")
            while "Easy run" not in walk.focused("ariaLabel"):
                walk.keys("ArrowRight")
            walk.to("a[href$='/move']")
        else:
            walk.skip()
            run = page.locator(".item:has-text('Easy run') a[href$='/move']").nth(0).get_attribute("href")
            walk.to(f"a[href='{run}']")
        walk.enter("**/move")
        walk.skip()
        walk.to("input[name=start]")
        walk.keys("ArrowDown")
        if script:
            walk.sees("#preview section")
            walk.to("button[value=keep]")
        else:
            walk.keys("Enter")
            walk.sees("#preview section")
            assert walk.focused("id") == "would"
            walk.to("button[value=keep]")
        assert calendar.read_bytes() == before
        walk.enter("**/weeks")
        assert calendar.read_bytes() != before
        walk.ends(32)


@WAYS
def test_4_todays_run_is_logged(browser: Any, tmp_path: Path, size: dict[str, int], script: bool, dark: bool) -> None:
    """From the weeks: done, pain 3, soreness 2, saved; thirty-two keys, and nothing is said of what was not touched."""
    with served(tmp_path, {"kim": CASE}) as origin:
        walk = Walk(browser, origin, size, script=script, dark=dark)
        walk.open("log")
        walk.to("#did")
        walk.page.keyboard.type("Easy bike")
        walk.to("input[name=how]")
        walk.keys("Space")
        for name, times in (("pain", 3), ("soreness", 2)):
            walk.to(f"input[name={name}]")
            walk.keys(*(["3" if name == "pain" else "2"] if script else ["ArrowRight"] * (times + 1)))
        walk.keys("Enter")
        walk.reaches("**/weeks")
        (entry,) = case_in(tmp_path).log
        assert (entry.did, entry.minutes, entry.pain, entry.soreness) == ("bike_easy", None, 3, 2)
        assert entry.next_morning is None
        walk.ends(32)


@WAYS
def test_5_a_danger_sign_leads_to_the_call(
    browser: Any, tmp_path: Path, size: dict[str, int], script: bool, dark: bool
) -> None:
    """From any page four keys to the signs; ticked, what to do stands first, and one key further is the call."""
    with served(tmp_path, {"kim": CASE}) as origin:
        walk = Walk(browser, origin, size, script=script, dark=dark)
        walk.page.goto(f"{walk.base}/weeks")
        walk.to(".signs-link", most=3)
        walk.enter("**/signs")
        assert walk.keys.count <= 5
        walk.keys.count = 0
        walk.page.goto(f"{walk.base}/log")
        walk.skip()
        walk.to("input[name=sign][data-emergency]")
        walk.keys("Space")
        if not script:
            walk.keys("Enter")
        walk.reaches("**/danger")
        assert walk.focused("tagName") == "H1"
        walk.keys("Tab")
        assert walk.focused("href") == "tel:112"
        walk.ends(18)


@WAYS
def test_6_a_word_that_says_several_things_is_asked_about(
    browser: Any, tmp_path: Path, size: dict[str, int], script: bool, dark: bool
) -> None:
    """Left shin by words, which of its parts, answered: fifteen keys."""
    with served(tmp_path, {"kim": CASE}) as origin:
        walk = Walk(browser, origin, size, script=script, dark=dark)
        walk.open("where")
        walk.to("#words")
        walk.page.keyboard.type("left shin")
        walk.keys("Enter")
        walk.sees("input[name=region]")
        walk.to("input[name=region]")
        walk.keys("ArrowDown", "Enter")
        walk.sees("input[name=region]", state="detached")
        assert len(case_in(tmp_path).injury) == 2
        assert case_in(tmp_path).injury[1].side == "left"
        walk.ends(15)


@WAYS
def test_7_the_best_time_is_found_and_taken(
    browser: Any, tmp_path: Path, size: dict[str, int], script: bool, dark: bool
) -> None:
    """Asked with what stands there, the first of the times is one key further: thirteen keys."""
    with served(tmp_path, {"kim": CASE}) as origin:
        walk = Walk(browser, origin, size, script=script, dark=dark)
        walk.open("book")
        walk.page.fill("#hours", "mon-fri 8-9")
        walk.page.focus("main")
        walk.to("#region")
        walk.keys("Enter")
        walk.sees(".result")
        walk.to("button[value^=put]")
        walk.enter("**/weeks")
        assert len(case_in(tmp_path).treatments) == 2
        walk.ends(13)


@WAYS
def test_8_what_was_understood_of_a_clinics_file_is_taken(
    browser: Any, tmp_path: Path, size: dict[str, int], script: bool, dark: bool
) -> None:
    """Two treatments are understood, a class is passed over; six keys after the file is in."""
    with served(tmp_path, {"kim": CASE}) as origin:
        walk = Walk(browser, origin, size, script=script, dark=dark)
        walk.page.goto(f"{walk.base}/appointments")
        walk.page.set_input_files(
            "#file", {"name": "clinic.ics", "mimeType": "text/calendar", "buffer": CLINIC.encode()}
        )
        follow(walk.page, "text=Read it")
        walk.sees("button[value=take]")
        assert "2 understood, 1 passed over" in walk.page.inner_text(".lead")
        walk.skip()
        walk.to("button[value=take]")
        walk.enter("**/appointments")
        assert [one.kind for one in case_in(tmp_path).treatments] == ["dry_needling", "dry_needling", "massage"]
        walk.ends(6)


@WAYS
def test_9_a_clinicians_figure_is_previewed_and_kept(
    browser: Any, tmp_path: Path, size: dict[str, int], script: bool, dark: bool
) -> None:
    """Thirty-six hours, on whose word, what it would change, kept: eleven keys."""
    with served(tmp_path, {"kim": CASE}) as origin:
        walk = Walk(browser, origin, size, script=script, dark=dark)
        walk.open(f"rules/{rule_key('dry_needling.first_day')}")
        walk.to("#hours_after")
        walk.page.keyboard.press("Control+A")
        walk.page.keyboard.type("36")
        walk.to("#by")
        walk.page.keyboard.type("my physiotherapist")
        walk.keys("Enter")
        walk.sees("button[value=keep]")
        assert case_in(tmp_path).rules.override == {}
        walk.to("button[value=keep]")
        walk.enter("**/weeks")
        assert list(case_in(tmp_path).rules.override) == ["dry_needling.first_day"]
        walk.ends(11)


@WAYS
def test_10_the_first_to_look_at_is_printed(
    browser: Any, tmp_path: Path, size: dict[str, int], script: bool, dark: bool
) -> None:
    """From the list of patients to the sheet of the one with a danger sign: seventeen keys."""
    cases = {"anna": CASE.replace("Kim", "Anna"), "otto": CASE.replace("Kim", "Otto") + SIGN}
    with served(tmp_path, cases) as origin:
        walk = Walk(browser, origin, size, script=script, dark=dark)
        walk.page.goto(f"{origin}/patients")
        walk.skip()
        walk.to("tbody a")
        assert walk.focused("textContent") == "Otto"
        walk.enter("**/weeks")
        walk.skip()
        walk.to("a[href$='/print/patient']")
        walk.enter("**/print/patient")
        assert "Plan for Otto" in walk.page.inner_text("h1")
        walk.ends(17)


@pytest.mark.parametrize("script", [True, False])
def test_what_an_editor_saves_meanwhile_is_told_and_both_are_kept(browser: Any, tmp_path: Path, script: bool) -> None:
    """Between drawing and keeping the file changes: told what, both kept by one key, and what was typed is there."""
    with served(tmp_path, {"kim": CASE}) as origin:
        walk = Walk(browser, origin, PHONE, script=script, dark=False)
        file = tmp_path / "cases" / "kim.toml"
        walk.book("massage", "2 dec 10:00")
        file.write_text(file.read_text().replace("runs = 3", "runs = 2"))
        walk.keep_both()
        case = case_in(tmp_path)
        assert (case.goals.runs, [one.kind for one in case.treatments]) == (2, ["dry_needling", "massage"])
        walk.ends(0)


@pytest.mark.parametrize("script", [True, False])
def test_two_tabs_and_a_text_editor_at_once_lose_nothing(browser: Any, tmp_path: Path, script: bool) -> None:
    """What a second tab kept, what an editor saved and what the first tab sends last all stand in the file."""
    with served(tmp_path, {"kim": CASE}) as origin:
        walk = Walk(browser, origin, DESK, script=script, dark=False)
        file = tmp_path / "cases" / "kim.toml"
        other = walk.page.context.new_page()
        walk.book("massage", "2 dec 10:00")
        walk.book("cupping", "3 dec 10:00", other)
        follow(other, "form:has(#when) button.main")
        file.write_text(file.read_text().replace("runs = 3                 # as before", "runs = 2  # by the editor"))
        walk.keep_both()
        case = case_in(tmp_path)
        assert [entry.kind for entry in case.treatments] == ["dry_needling", "cupping", "massage"]
        assert "runs = 2  # by the editor" in file.read_text()
        other.reload()
        assert {"Wed 2 Dec, 10:00", "Thu 3 Dec, 10:00"} <= set(plain_texts(other, ".card h3"))
        walk.ends(0)


def plain_texts(page: Any, selector: str) -> list[str]:
    """Return what stands in some places of a page, no-break spaces as blanks."""
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in page.locator(selector).all_text_contents()]


@WAYS
def test_the_address_gives_times_only_until_all_is_asked_for(
    browser: Any, tmp_path: Path, size: dict[str, int], script: bool, dark: bool
) -> None:
    """A calendar that reads the address sees workouts without a word about health; a tick on the page changes that."""
    with served(tmp_path, {"kim": CASE}) as origin:
        walk = Walk(browser, origin, size, script=script, dark=dark)
        walk.page.goto(f"{walk.base}/weeks")
        follow(walk.page, "text=Keep this plan")
        walk.page.goto(f"{walk.base}/calendar")
        assert not walk.page.is_checked("input[name=full]")

        def feed() -> str:
            """Return what a calendar is given."""
            return str(walk.page.request.get(walk.page.input_value("#feed")).text()).replace("\r\n ", "")

        private = feed()
        assert private.count("BEGIN:VEVENT") > 5
        titles = {line.partition(" \N{MIDDLE DOT} ")[0] for line in private.splitlines() if line.startswith("SUMMARY")}
        assert titles == {"SUMMARY:Run", "SUMMARY:Ride", "SUMMARY:Upper body"}
        assert not any(word in private.casefold() for word in ("needling", "calf", "heel", "pain", "fascia", "limp"))
        walk.page.check("input[name=full]")
        follow(walk.page, "form:has(input[name=full]) button")
        assert walk.page.is_checked("input[name=full]")
        assert "needling" in feed().casefold()
        walk.page.uncheck("input[name=full]")
        follow(walk.page, "form:has(input[name=full]) button")
        assert "needling" not in feed().casefold()
        walk.ends(0)
