"""Walks in a real browser: by mouse and by keyboard, with and without script, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planner import read_case, shipped_rulebook
from tests.browsers import chromium, served
from tests.practices import CASE

pytestmark = pytest.mark.browser
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a browser for all the walks."""
    with chromium() as running:
        yield running


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
    assert page.elsewhere == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


@pytest.mark.parametrize(("size", "script"), [(PHONE, True), (PHONE, False), (DESK, True)])
def test_from_an_empty_page_to_a_feed_by_mouse(
    browser: Any, tmp_path: Path, size: dict[str, int], script: bool
) -> None:
    """Three answers, keep, and the calendar's address gives the plan."""
    with served(tmp_path, {}) as origin:
        page = page_of(browser, size, script=script)
        page.goto(origin)
        assert page.url.endswith("/start")
        page.fill("#where", "heel")
        page.fill("#treatment", "dry needling")
        page.fill("#treated", "left calf")
        page.fill("#when", "tuesday 9:30")
        page.fill("#timezone", "Europe/Berlin")
        if script:
            page.wait_for_selector("[data-answer]")
            assert "Next run" in page.inner_text("[data-answer]")
        nothing_amiss(page)
        page.click("button[value=keep]")
        page.wait_for_url("**/weeks")
        assert "Next run" in page.inner_text("h1")
        nothing_amiss(page)
        page.goto(page.url.replace("/weeks", "/calendar"))
        feed = page.input_value("#feed")
        assert "BEGIN:VEVENT" in page.request.get(feed).text()
        page.context.close()


def test_from_an_empty_page_to_a_plan_by_keyboard(browser: Any, tmp_path: Path) -> None:
    """The same by Tab, arrows and Enter alone, without script, in at most 30 keys beside the typing."""
    with served(tmp_path, {}) as origin:
        page = page_of(browser, DESK, script=False)
        page.goto(f"{origin}/start")
        keys = 0

        def press(key: str, times: int = 1) -> None:
            nonlocal keys
            keys += times
            for _ in range(times):
                page.keyboard.press(key)

        press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        press("Enter")
        press("Tab")
        page.keyboard.type("heel")
        press("Tab", 3)
        page.keyboard.type("dry needling")
        press("Tab")
        page.keyboard.type("calf")
        press("Tab")
        page.keyboard.type("tuesday 9:30")
        press("Tab", 7)
        assert page.evaluate("document.activeElement.id") == "timezone"
        page.keyboard.press("Control+A")
        page.keyboard.type("Europe/Berlin")
        press("Tab")
        assert page.evaluate("document.activeElement.value") == "keep"
        press("Enter")
        page.wait_for_url("**/weeks")
        assert keys <= 30
        page.context.close()


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


@pytest.fixture(scope="module")
def kims(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Serve Kim's case for the walks that change little of it."""
    folder = tmp_path_factory.mktemp("kim")
    with served(folder, {"kim": CASE, "lea": CASE.replace("kim", "lea").replace("Kim", "Lea")}) as origin:
        yield origin, folder / "cases"


def weeks_of(page: Any, origin: str, name: str) -> None:
    """Go to a patient's weeks from the list, and keep the plan."""
    page.goto(f"{origin}/patients")
    page.click(f"text={name} >> nth=0")
    if page.locator("text=Keep this plan").count():
        page.click("text=Keep this plan")
        page.wait_for_url("**/weeks")


def test_a_workout_is_logged_by_keyboard_and_an_untouched_scale_says_nothing(
    browser: Any, kims: tuple[str, Path]
) -> None:
    """Digits set a scale, the others stay unsaid; the file holds just what was said."""
    origin, folder = kims
    page = page_of(browser, PHONE, script=True)
    weeks_of(page, origin, "Kim")
    page.click("nav >> text=How did it go")
    page.select_option("#did", "bike_easy")
    page.check("input[name=how][value=shorter]")
    page.fill("#minutes", "30")
    page.focus("input[name=pain][value='']")
    page.keyboard.press("3")
    assert "mild" in page.inner_text("[data-word] >> nth=0")
    nothing_amiss(page)
    page.click("text=Save")
    page.wait_for_url("**/weeks")
    (entry,) = read_case(folder / "kim.toml", shipped_rulebook()).log
    assert (entry.did, entry.minutes, entry.pain, entry.soreness) == ("bike_easy", 30, 3, None)
    page.context.close()


def test_a_workout_is_picked_up_by_key_and_previewed_before_it_is_kept(browser: Any, kims: tuple[str, Path]) -> None:
    """M, arrows through the times that it may have, Enter: what it would change; Enter: kept. Fifteen keys at most."""
    origin, folder = kims
    page = page_of(browser, DESK, script=True)
    weeks_of(page, origin, "Lea")
    before = (folder / "lea.ics").read_bytes()
    page.goto(page.url)
    keys = Keys(page)
    keys("Tab", "Enter")
    while not page.evaluate("document.activeElement.classList.contains('item')"):
        keys("Tab")
    while "Easy run" not in page.evaluate("document.activeElement.getAttribute('aria-label')"):
        keys("ArrowRight")
    keys("m")
    page.wait_for_selector("#carrying:not([hidden])")
    picked = page.inner_text("#say")
    assert picked.startswith("Picked up: 07:00 Easy run, 28 min.")
    assert page.locator(".possible").count() > 1
    page.keyboard.press("Escape")
    assert page.inner_text("#say") == "Put back."
    page.keyboard.press("m")
    page.wait_for_selector("#carrying:not([hidden])")
    keys("ArrowRight", "Enter")
    page.wait_for_selector("#preview section")
    page.wait_for_function("document.activeElement.value === 'keep'")
    assert (folder / "lea.ics").read_bytes() == before
    nothing_amiss(page)
    keys("Enter")
    page.wait_for_url("**/weeks")
    assert (folder / "lea.ics").read_bytes() != before
    assert keys.count <= 15
    page.context.close()


@pytest.mark.parametrize("script", [True, False])
def test_the_body_is_pointed_at_and_no_number_of_a_place_is_left_behind(
    browser: Any, kims: tuple[str, Path], script: bool
) -> None:
    """A place opens its question, the answer is written; by arrows where there is a script."""
    origin, folder = kims
    page = page_of(browser, DESK, script=script)
    weeks_of(page, origin, "Lea")
    page.goto(page.url.split("/weeks")[0] + "/where")
    if script:
        page.focus(".body-back a.place >> nth=0")
        for _ in range(9):
            page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.classList.contains('place')")
    link = page.locator(
        ".body-back a[aria-label='Right achilles tendon'], .body-back a[aria-label='Left achilles tendon']"
    )
    link.nth(1 if script else 0).dispatch_event("click")
    page.wait_for_selector(".place-panel:target")
    page.click(".place-panel:target button >> nth=0")
    page.wait_for_url("**/where")
    assert len(read_case(folder / "lea.toml", shipped_rulebook()).injury) == (2 if script else 3)
    nothing_amiss(page)
    page.context.close()


def test_an_emergency_sign_shows_what_to_do_without_save(browser: Any, tmp_path: Path) -> None:
    """Ticking it is enough; the first thing on the page is the call, and the heading has the focus."""
    with served(tmp_path, {"kim": CASE}) as origin:
        page = page_of(browser, PHONE, script=True)
        page.goto(f"{origin}/patients")
        page.click("text=Kim >> nth=0")
        page.click("header >> text=Danger signs")
        page.goto(page.url.replace("/signs", "/log"))
        page.click("input[name=sign][value=chest_pain]")
        page.wait_for_url("**/danger")
        assert page.inner_text("h1") == "Stop. Get this looked at now."
        assert page.get_attribute(".call", "href") == "tel:112"
        assert page.evaluate("document.activeElement.tagName") == "H1"
        nothing_amiss(page)
        page.context.close()


AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
PAGES = (
    "weeks",
    "log",
    "book",
    "appointments",
    "where",
    "rules",
    "calendar",
    "wishes",
    "signs",
    "danger",
    "day/2026-11-25",
)


@pytest.mark.parametrize(("size", "dark"), [(PHONE, False), (DESK, True)], ids=["phone", "desk_dark"])
def test_every_page_is_accessible(browser: Any, kims: tuple[str, Path], size: dict[str, int], dark: bool) -> None:
    """axe-core finds nothing on any page, and no page is wider than the window."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="left out: axe is not installed").Axe()
    origin, _ = kims
    found: list[str] = []
    page = page_of(browser, size, script=True, dark=dark)
    page.context.set_extra_http_headers({})
    page.goto(f"{origin}/patients")
    base = origin + page.get_attribute("tbody a >> nth=0", "href").replace("/weeks", "")
    page.goto(f"{base}/weeks")
    links = [page.get_attribute(f"a[href*='/w/']{end} >> nth=-1", "href") for end in ("[href$='/move']", "")]
    paths = [f"{base}/{name}" for name in PAGES] + [origin + link for link in links if link]
    # The other half of the pages on a desk: a page has the same marks on both.
    paths = paths[::2] if dark else paths
    paths += [f"{origin}/patients", f"{origin}/start", f"{origin}/nowhere", f"{base}/print/patient"]
    for path in paths:
        page.goto(path)
        nothing_amiss_but_missing(page)
        result = axe.run(page, options=AXE)
        found += [f"{path}: {each['id']} {each['nodes'][0]['html'][:150]}" for each in result.response["violations"]]
    page.context.close()
    assert found == []


def nothing_amiss_but_missing(page: Any) -> None:
    """Hold the same as `nothing_amiss`; a page that is not there may say so."""
    page.elsewhere = [each for each in page.elsewhere if "404" not in each]
    nothing_amiss(page)


def test_the_sheets_fit_on_one_page_each(browser: Any, tmp_path: Path) -> None:
    """Two weeks: the patient's sheet and the therapist's are one page of A4, and of Letter, each."""
    from planner.cli import main  # noqa: PLC0415 (only here)

    (tmp_path / "kim.toml").write_text(CASE)
    main(
        ["plan", str(tmp_path / "kim.toml"), "--today", "2026-11-23", "--weeks", "2", "-o", str(tmp_path / "week.html")]
    )
    page = page_of(browser, DESK, script=False)
    page.goto((tmp_path / "week.html").as_uri())
    for paper in ("A4", "Letter"):
        content = page.pdf(format=paper)
        assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page/") == 2, paper
    page.context.close()


STATES = ("errors", "answers", "times", "preview", "file", "conflict", "danger")


def state_of(page: Any, name: str, origin: str, base: str, case: Path) -> None:
    """Bring a page into one of its states."""
    if name in {"errors", "answers"}:
        page.goto(f"{origin}/start")
        page.fill("#where", "heel" if name == "answers" else "heeel")
        page.fill("#timezone", "Europe/Berlin")
        page.click("button[value=show]")
    elif name == "times":
        page.goto(f"{base}/book")
        page.fill("#last", page.input_value("#first"))
        page.click("button[value=find]")
    elif name == "preview":
        page.goto(f"{base}/weeks")
        page.click("a[href$='/move'] >> nth=-1")
        page.fill("#when", "friday 8:00")
        page.click("button[value=show]")
    elif name == "file":
        page.goto(f"{base}/appointments")
        event = "BEGIN:VEVENT\nUID:1\nDTSTART:20261201T083000Z\nSUMMARY:massage\nEND:VEVENT"
        content = f"BEGIN:VCALENDAR\n{event}\nEND:VCALENDAR\n"
        page.set_input_files("#file", {"name": "x.ics", "mimeType": "text/calendar", "buffer": content.encode()})
        page.click("text=Read it")
    elif name == "conflict":
        page.goto(f"{base}/log")
        case.write_text(case.read_text().replace("runs = 3", "runs = 2"))
        page.select_option("#did", "bike_easy")
        page.check("input[name=how][value=done]")
        page.click("text=Save")
    else:
        page.goto(f"{base}/log")
        page.click("input[name=sign][value=chest_pain]")
        page.wait_for_url("**/danger")


def test_every_state_is_accessible(browser: Any, tmp_path: Path) -> None:
    """axe-core finds nothing in mistakes, previews, conflicts and danger, and none of them is wider than a phone."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="left out: axe is not installed").Axe()
    found: list[str] = []
    with served(tmp_path, {"kim": CASE}) as origin:
        looking = page_of(browser, PHONE, script=True, dark=True)
        looking.goto(f"{origin}/patients")
        base = origin + looking.get_attribute("tbody a", "href").replace("/weeks", "")
        for name in STATES:
            state_of(looking, name, origin, base, tmp_path / "cases" / "kim.toml")
            looking.wait_for_load_state("networkidle")
            looking.elsewhere = [each for each in looking.elsewhere if "42" not in each and "409" not in each]
            nothing_amiss(looking)
            result = axe.run(looking, options=AXE)
            found += [
                f"{name}: {each['id']} {each['nodes'][0]['html'][:150]}" for each in result.response["violations"]
            ]
        looking.context.close()
    assert found == []
