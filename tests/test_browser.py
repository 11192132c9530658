"""Walks in a real browser: by mouse and by keyboard, with and without script, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from planner import read_case, shipped_rulebook
from planner.page.environment import rule_key
from tests.browsers import DESK, PHONE, Keys, chromium, follow, nothing_amiss, page_of, served
from tests.practices import CASE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a browser for all the walks."""
    with chromium() as running:
        yield running


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
            page.wait_for_selector("#answer [data-say]")
            assert "Next run" in page.inner_text("#answer [data-say]")
        # What is not yet whole is answered with 422, which a browser notes.
        page.elsewhere = [each for each in page.elsewhere if "422" not in each]
        nothing_amiss(page)
        follow(page, "button[value=keep]")
        page.wait_for_url("**/weeks")
        assert "Next run" in page.inner_text("h1")
        nothing_amiss(page)
        page.goto(page.url.replace("/weeks", "/calendar"))
        feed = page.input_value("#feed")
        assert "BEGIN:VEVENT" in page.request.get(feed).text()
        page.context.close()


@pytest.fixture(scope="module")
def kims(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Serve Kim's case for the walks that change little of it."""
    folder = tmp_path_factory.mktemp("kim")
    with served(folder, {"kim": CASE, "lea": CASE.replace("kim", "lea").replace("Kim", "Lea")}) as origin:
        yield origin, folder / "cases"


def weeks_of(page: Any, origin: str, name: str) -> None:
    """Go to a patient's weeks from the list, and keep the plan."""
    page.goto(f"{origin}/patients")
    follow(page, f"tbody a:has-text('{name}')")
    if page.locator("text=Keep this plan").count():
        follow(page, "text=Keep this plan")


def test_a_workout_is_logged_by_keyboard_and_an_untouched_scale_says_nothing(
    browser: Any, kims: tuple[str, Path]
) -> None:
    """Digits set a scale, the others stay unsaid; the file holds just what was said."""
    origin, folder = kims
    page = page_of(browser, PHONE, script=True)
    weeks_of(page, origin, "Kim")
    follow(page, "nav >> text=How did it go")
    page.select_option("#did", "bike_easy")
    page.check("input[name=how][value=shorter]")
    page.fill("#minutes", "30")
    page.focus("input[name=pain][value='']")
    page.keyboard.press("3")
    assert "mild" in page.inner_text("[data-word] >> nth=0")
    nothing_amiss(page)
    follow(page, "text=Save")
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


def test_minutes_are_asked_for_where_no_plan_says_how_many(browser: Any, tmp_path: Path) -> None:
    """What was done as planned has its minutes; what was not planned is asked, and what was left out is not."""
    with served(tmp_path, {"kim": CASE}) as origin:
        page = page_of(browser, PHONE, script=True)
        weeks_of(page, origin, "Kim")
        base = page.url.removesuffix("/weeks")
        planned = page.get_attribute(".item:has-text('Easy bike ride') a[href$='/move'] >> nth=0", "href")
        as_planned = origin + planned.replace("/move", "/log")
        for path, kind, shown in ((as_planned, "bike_easy", False), (f"{base}/log", "swim", True)):
            page.goto(path)
            page.select_option("#did", kind)
            page.check("input[name=how][value=done]")
            assert page.is_visible("#minutes") is shown
            page.check("input[name=how][value=shorter]")
            assert page.is_visible("#minutes")
            page.check("input[name=how][value=left_out]")
            assert not page.is_visible("#minutes")
        page.context.close()


def test_the_address_is_copied_and_the_sheet_printed_by_a_button(browser: Any, kims: tuple[str, Path]) -> None:
    """Where there is a script: the address is in the clipboard, and said to be; a sheet has a button that prints it."""
    origin, _ = kims
    page = page_of(browser, DESK, script=True)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("window.print = () => { window.printed = true; }")
    weeks_of(page, origin, "Kim")
    page.goto(page.url.replace("/weeks", "/calendar"))
    page.click("text=Copy it")
    page.wait_for_function("document.querySelector('#say').textContent === 'Copied.'")
    assert page.evaluate("navigator.clipboard.readText()") == page.input_value("#feed")
    page.goto(page.url.replace("/calendar", "/print/patient"))
    page.click("text=Print")
    assert page.evaluate("window.printed")
    nothing_amiss(page)
    page.context.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_renewed_address_is_said_once_and_google_is_told_of_honestly(
    browser: Any, kims: tuple[str, Path], script: bool
) -> None:
    """The page opens at what was renewed, with the focus there; a button for what cannot work leads to why."""
    origin, _ = kims
    page = page_of(browser, PHONE, script=script)
    weeks_of(page, origin, "Lea")
    page.goto(page.url.replace("/weeks", "/calendar"))
    before = page.input_value("#feed")
    assert not page.is_visible("text=New address. The old one stopped")
    page.click("text=New address, the old one stops")
    page.wait_for_url("**/calendar#renewed")
    assert page.is_visible("text=New address. The old one stopped")
    assert page.evaluate("document.activeElement.id") == "renewed"
    assert page.request.get(before).status == 404
    assert page.request.get(page.input_value("#feed")).status == 200
    page.click(".buttons >> text=Google")
    assert page.evaluate("document.activeElement.id") == "google"
    assert "cannot reach" in page.inner_text("#google")
    assert not page.is_visible("text=New address. The old one stopped")
    nothing_amiss(page)
    page.context.close()


@pytest.fixture(scope="module")
def coached(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Serve Marta's case, who follows a coach's plan, its first plan kept."""
    folder, examples = tmp_path_factory.mktemp("marta"), Path("examples")
    with served(folder, {"marta": (examples / "coach_plan.toml").read_text()}) as origin:
        (folder / "cases" / "coach.ics").write_bytes((examples / "coach.ics").read_bytes())
        yield origin, folder / "cases" / "marta.ics"


def drag(page: Any, item: Any, day: Any) -> None:
    """Drag something to a day with the mouse, and let it go there."""
    begin, end = item.bounding_box(), day.bounding_box()
    page.mouse.move(begin["x"] + 30, begin["y"] + 12)
    page.mouse.down()
    page.mouse.move(begin["x"] + 45, begin["y"] + 16, steps=3)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 30, steps=6)
    page.mouse.move(end["x"] + end["width"] / 2 + 4, end["y"] + 34, steps=2)
    page.mouse.up()


@pytest.mark.parametrize("by", ["mouse", "keys"])
def test_a_session_of_a_coachs_plan_is_put_elsewhere(browser: Any, coached: tuple[str, Path], by: str) -> None:
    """An all-day session goes to another whole day: shown what that changes first, kept by one key or click more."""
    origin, calendar = coached
    page = page_of(browser, {"width": 1280, "height": 2600}, script=True)
    weeks_of(page, origin, "Marta")
    page.goto(page.url)
    before = calendar.read_bytes()
    title, day = ("Long run, 93", "2026-12-05") if by == "mouse" else ("Easy run, 47", "2026-11-30")
    item = page.locator(f".item:has-text('{title}')")
    if by == "mouse":
        drag(page, item, page.locator(f"[data-day='{day}']"))
    else:
        item.focus()
        page.keyboard.press("m")
        page.wait_for_selector("#carrying:not([hidden])")
        page.keyboard.press("ArrowLeft")
        assert page.locator(".chosen").get_attribute("data-day") == day
        page.keyboard.press("Enter")
    page.wait_for_selector("#preview section")
    assert page.url.partition("?day=")[2][:10] == day
    assert " moved from " in page.inner_text("#preview")
    assert calendar.read_bytes() == before
    nothing_amiss(page)
    follow(page, "#preview button[value=keep]")
    page.wait_for_url("**/weeks")
    assert page.locator(f"[data-day='{day}'] .item:has-text('{title}')").count() == 1
    assert calendar.read_bytes() != before
    nothing_amiss(page)
    page.context.close()


def test_what_is_let_go_at_once_is_carried_no_more(browser: Any, kims: tuple[str, Path]) -> None:
    """A drag that ends before its times are there marks no day; one that ends on a day is shown all the same."""
    origin, _ = kims
    page = page_of(browser, {"width": 1280, "height": 2000}, script=True)
    weeks_of(page, origin, "Kim")
    page.goto(page.url)
    waiting: list[Any] = []
    page.route("**/move", lambda route, _: waiting.append(route))
    item = page.locator(".item:has-text('Easy run') >> nth=0")
    drag(page, item, page.locator("h1"))
    page.wait_for_timeout(100)
    for route in waiting:
        route.continue_()
    page.wait_for_load_state("networkidle")
    assert page.locator(".possible").count() == 0
    drag(page, item, page.locator("[data-day='2026-11-28']"))
    page.wait_for_url("**/move?day=2026-11-28")
    page.context.close()


STILL = """() => new Promise(resolve => {
  const before = scrollY;
  setTimeout(() => resolve(scrollY === before), 150);
})"""


def fingers(page: Any, kind: str, place: tuple[float, float] | None) -> None:
    """Touch the page with one finger, move it, or (without a place) lift it."""
    points = [] if place is None else [{"x": place[0], "y": place[1]}]
    page.devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@pytest.mark.parametrize("width", [360, 1280])
def test_a_finger_drags_by_the_handle_and_scrolls_everywhere_else(
    browser: Any, kims: tuple[str, Path], width: int
) -> None:
    """Held for a moment the handle carries the workout to a day; a quick stroke, or one beside it, moves nothing."""
    origin, _ = kims
    context = browser.new_context(viewport={"width": width, "height": 1600}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.devtools = context.new_cdp_session(page)
    weeks_of(page, origin, "Kim")
    page.goto(page.url)
    item = page.locator(".item:has(.grip):has-text('Easy run') >> nth=0")
    grip, day = item.locator(".grip").bounding_box(), page.locator("[data-day='2026-11-28']").bounding_box()
    assert min(grip["width"], grip["height"]) >= 44
    handle = grip["x"] + 22, grip["y"] + 22
    over = day["x"] + day["width"] / 2, day["y"] + 40
    beside = handle[0] - 60 if width < 500 else handle[0] - 30, handle[1] + 40
    for start, held in ((beside, 400), (handle, 0)):
        fingers(page, "touchStart", start)
        page.wait_for_timeout(held)
        fingers(page, "touchMove", over)
        fingers(page, "touchEnd", None)
        page.wait_for_timeout(100)
        assert page.url.endswith("/weeks")
        assert page.locator(".possible, .chosen").count() == 0
        # A stroke goes on for a while by itself; the next finger must not be taken for the one that stops it.
        page.wait_for_function(STILL)
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_function(STILL)
    fingers(page, "touchStart", handle)
    page.wait_for_selector(".possible")
    fingers(page, "touchMove", over)
    assert page.locator(".chosen").get_attribute("data-day") == "2026-11-28"
    fingers(page, "touchEnd", None)
    page.wait_for_url("**/move?day=2026-11-28")
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_the_body_is_pointed_at_and_no_number_of_a_place_is_left_behind(
    browser: Any, kims: tuple[str, Path], script: bool
) -> None:
    """A place opens its question, the answer is written; by arrows where there is a script."""
    origin, folder = kims

    def injuries() -> int:
        return len(read_case(folder / "lea.toml", shipped_rulebook()).injury)

    before = injuries()
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
    follow(page, ".place-panel:target button >> nth=0")
    page.wait_for_url("**/where")
    assert injuries() == before + 1
    nothing_amiss(page)
    page.context.close()


@pytest.mark.parametrize("where", ["log", "signs"])
def test_an_emergency_sign_shows_what_to_do_without_save(browser: Any, tmp_path: Path, where: str) -> None:
    """Ticking it is enough; the first thing on the page is the call, and the heading has the focus."""
    with served(tmp_path, {"kim": CASE}) as origin:
        page = page_of(browser, PHONE, script=True)
        page.goto(f"{origin}/patients")
        follow(page, "text=Kim >> nth=0")
        follow(page, "header >> text=Danger signs")
        if where == "log":
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
    "health",
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
    paths += [f"{base}/print/therapist", f"{base}/rules/{rule_key('dry_needling.first_day')}"]
    for path in paths:
        page.goto(path)
        nothing_amiss_but_missing(page)
        result = axe.run(page, options=AXE)
        found += [f"{path}: {each['id']} {each['nodes'][0]['html'][:150]}" for each in result.response["violations"]]
    page.context.close()
    assert found == []


LONG = (
    CASE.replace("Kim", "Donaudampfschifffahrtsgesellschaftskapitän Müller-Lüdenscheidt")
    + '\n[[log]]\ndate = 2026-11-24\nsigns = ["calf swelling"]\n\n[[away]]\nfrom = 2026-12-05\nuntil = 2026-12-06\n'
    + 'why = "Grundlagenausdauerlaufwochenendseminarveranstaltung"\n'
)


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_long_words_widen_no_page(browser: Any, tmp_path: Path, width: int) -> None:
    """A name and a reason as German has them: each page and both sheets stay within the window."""
    with served(tmp_path, {"kim": LONG, "lea": CASE.replace("kim", "lea")}) as origin:
        page = page_of(browser, {"width": width, "height": 800}, script=True)
        page.goto(f"{origin}/patients")
        base = origin + page.get_attribute("tbody a:has-text('Donau')", "href").replace("/weeks", "")
        paths = [f"{base}/{name}" for name in (*PAGES, "print/patient", "print/therapist")]
        wide = []
        for path in [f"{origin}/patients", *paths]:
            page.goto(path)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(path)
        page.context.close()
    assert wide == []


def nothing_amiss_but_missing(page: Any) -> None:
    """Hold the same as `nothing_amiss`; a page that is not there may say so."""
    page.elsewhere = [each for each in page.elsewhere if "404" not in each]
    nothing_amiss(page)


def _days(first: int, last: int) -> str:
    """Return a log of some days of November, two setbacks and more in it."""
    entry = '\n[[log]]\ndate = 2026-11-{}\ndid = "run_easy"\nminutes = 30\npain = 2\nnext_morning = 2\nsoreness = {}\n'
    return "".join(entry.format(day, day % 7) for day in range(first, last))


FULL = (
    LONG.partition("\n[[log]]")[0]
    .replace("[injury]", 'caution = "strict"\n\n[[injury]]')
    .replace("runs =", "lower_body = 1\nruns =")
    + "".join(f'\n[[injury]]\nregion = "{region}"\nseverity = "moderate"\n' for region in ("achilles", "low back"))
    + "".join(
        f'\n[[treatments]]\nkind = "{kind}"\nregion = "{region}"\nstart = 2026-{day}T09:30:00\n'
        for kind, region, day in (
            ("shockwave therapy", "heel", "11-27"),
            ("deep tissue massage", "calf", "12-01"),
            ("dry needling", "low back", "12-03"),
        )
    )
    + _days(15, 24)
    + '\n[rules.override."dry_needling.first_day"]\nby = "Dr. A. Schnarrenberger-Hoffmann"\nhours_after = [0, 36]\n'
)
"""All that two weeks may hold: alerts, four treatments, as many rules, days of the log and sources as a sheet takes."""


@pytest.mark.parametrize("case", [CASE, FULL], ids=["usual", "full"])
def test_the_sheets_fit_on_one_page_each(browser: Any, tmp_path: Path, case: str) -> None:
    """Two weeks, however full: the patient's sheet and the therapist's are one page of A4, and of Letter, each."""
    from planner.cli import main  # noqa: PLC0415 (only here)

    (tmp_path / "kim.toml").write_text(case)
    main(
        ["plan", str(tmp_path / "kim.toml"), "--today", "2026-11-23", "--weeks", "2", "-o", str(tmp_path / "week.html")]
    )
    page = page_of(browser, DESK, script=False)
    page.goto((tmp_path / "week.html").as_uri())
    if case is FULL:
        rows = "tables => tables.map(table => table.tBodies[0].rows.length)"
        assert page.eval_on_selector_all(".frame:last-child table", rows)[:2] == [11, 8]
    sizes = (
        "parts => parts.filter(part => !part.closest('svg')).map(part => parseFloat(getComputedStyle(part).fontSize))"
    )
    assert min(page.eval_on_selector_all(".sheet *", sizes)) > 9.99
    # The ticks of the chart are at least 7 pt, as printed.
    ticks = """texts => texts.map(text => text.getBoundingClientRect())
        .map(box => [box.left, box.right, box.top, box.bottom])"""
    drawn = "texts => texts.map(text => parseFloat(getComputedStyle(text).fontSize) * text.currentCSSZoom)"
    assert min(page.eval_on_selector_all(".chart text", drawn)) >= 9.33
    boxes = page.eval_on_selector_all(".chart text", ticks)
    assert len(boxes) > 12
    assert [
        (box, other)
        for box, other in combinations(boxes, 2)
        if box[0] < other[1] and other[0] < box[1] and min(box[3], other[3]) - max(box[2], other[2]) > 3
    ] == []
    for paper in ("A4", "Letter"):
        content = page.pdf(format=paper)
        assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page/") == 2, paper
    page.context.close()


@pytest.mark.parametrize(("paper", "pixels"), [("A4", 711), ("Letter", 733)])
def test_sheets_of_many_weeks_break_between_parts_and_nothing_is_cut_off(
    browser: Any, tmp_path: Path, paper: str, pixels: int
) -> None:
    """Four weeks: two pages for the patient, one for the therapist; all in black and white, nothing under 7.5 pt."""
    from planner.cli import main  # noqa: PLC0415 (only here)

    sheet = tmp_path / "weeks.html"
    main(["plan", "examples/hamstring_before_a_race.toml", "--today", "2026-11-23", "--weeks", "4", "-o", str(sheet)])
    page = page_of(browser, {"width": pixels, "height": 900}, script=False)
    page.goto(sheet.as_uri())
    page.emulate_media(media="print")
    parts = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter(part => part.checkVisibility()).map(part => {
            const style = getComputedStyle(part);
            const drawn = part.closest("svg") !== null, right = part.getBoundingClientRect().right;
            return [part.tagName, right, parseFloat(style.fontSize), drawn, style.color, style.backgroundColor,
                    part.scrollWidth - part.clientWidth];
        })"""
    )
    assert len(parts) > 300
    assert [part for part in parts if part[1] > pixels + 1] == []
    assert [part for part in parts if not part[3] and part[2] < 9.99] == []
    colours = {part[4] for part in parts} | {part[5] for part in parts}
    assert colours <= {"rgb(0, 0, 0)", "rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}
    assert [part for part in parts if part[0] in {"TD", "TH"} and part[6] > 1] == []
    content = page.pdf(format=paper)
    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page/") == 3
    styles = "parts => parts.map(part => getComputedStyle(part)).map(style => [style.breakInside, style.display])"
    whole = page.eval_on_selector_all(".week, .whole, .box, .danger, .frame-head", styles)
    assert {each[0] for each in whole} == {"avoid"}
    assert ["avoid", "table-header-group"] in whole
    page.context.close()


STATES = (
    *(
        "errors",
        "answers",
        "times",
        "preview",
        "file",
        "place",
        "treated",
        "entry",
        "carried",
        "bent",
        "nobody",
        "private",
    ),
    *("conflict", "danger", "cleared"),
)


def state_of(page: Any, name: str, origin: str, base: str, case: Path) -> None:
    """Bring a page into one of its states."""
    if name in {"errors", "answers"}:
        page.goto(f"{origin}/start")
        page.fill("#where", "heel" if name == "answers" else "heeel")
        page.fill("#timezone", "Europe/Berlin")
        page.click("button[value=show]")
        page.wait_for_selector("#answer > *")
    elif name == "times":
        page.goto(f"{base}/book")
        page.fill("#last", page.input_value("#first"))
        page.click("button[value=find]")
        page.wait_for_selector("#times ol")
    elif name == "preview":
        page.goto(f"{base}/weeks")
        follow(page, "a[href$='/move'] >> nth=-1")
        page.fill("#when", "friday 8:00")
        page.click("button[value=show]")
        page.wait_for_selector("#preview section")
    elif name == "file":
        page.goto(f"{base}/appointments")
        event = "BEGIN:VEVENT\nUID:1\nDTSTART:20261201T083000Z\nSUMMARY:massage\nEND:VEVENT\n"
        event += "BEGIN:VEVENT\nUID:2\nDTSTART;VALUE=DATE:20261203\nSUMMARY:team\nEND:VEVENT"
        content = f"BEGIN:VCALENDAR\n{event}\nEND:VCALENDAR\n"
        page.set_input_files("#file", {"name": "x.ics", "mimeType": "text/calendar", "buffer": content.encode()})
        follow(page, "text=Read it")
        assert page.locator("input[name=free1]").count() == 1
    elif name == "place":
        page.goto(f"{base}/where#p26l")
        page.wait_for_selector(".place-panel:target")
    elif name == "treated":
        page.goto(f"{base}/where#p26l")
        follow(page, ".place-panel:target button[name=treated]")
    elif name == "entry":
        page.goto(f"{base}/health")
        page.click("text=A clinician forbade something")
        page.fill("#restrictions_until", "2026-11-20")
        follow(page, "details[open] button.main")
    else:
        other_state_of(page, name, origin, base, case)


def other_state_of(page: Any, name: str, origin: str, base: str, case: Path) -> None:
    """Bring a page into one of the states that more than a form leads to."""
    if name == "carried":
        page.goto(f"{base}/weeks")
        page.focus(".item:has-text('Easy run')")
        page.keyboard.press("m")
        page.wait_for_selector("#carrying:not([hidden])")
        page.keyboard.press("ArrowRight")
    elif name == "bent":
        page.goto(f"{origin}/patients")
        follow(page, "tbody a:has-text('Marta')")
        page.wait_for_selector("#bent")
        page.click("#bent ~ details summary")
    elif name == "nobody":
        page.goto(f"{origin}/patients")
        page.fill("#words", "zzz")
        follow(page, "text=Find")
    elif name == "private":
        page.goto(f"{base}/weeks")
        follow(page, "text=Others can see this screen")
        page.goto(f"{base}/weeks")
        page.wait_for_selector("text=Next workout")
    elif name == "cleared":
        page.goto(f"{base}/weeks")
        page.wait_for_selector("text=No workouts until a clinician has looked")
    elif name == "conflict":
        page.goto(f"{base}/weeks")
        follow(page, "text=Nobody else sees this screen")
        page.goto(f"{base}/log")
        case.write_text(case.read_text().replace("runs = 3", "runs = 2"))
        page.select_option("#did", "bike_easy")
        page.check("input[name=how][value=done]")
        follow(page, "text=Save")
    else:
        page.goto(f"{base}/log")
        page.click("input[name=sign][value=chest_pain]")
        page.wait_for_url("**/danger")


def test_every_state_is_accessible(browser: Any, tmp_path: Path) -> None:
    """axe-core finds nothing in mistakes, previews, conflicts and danger, and none of them is wider than a phone."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="left out: axe is not installed").Axe()
    found: list[str] = []
    examples = Path("examples")
    coached = (examples / "coach_plan.toml").read_text()
    with served(tmp_path, {"kim": CASE, "marta": coached}) as origin:
        (tmp_path / "cases" / "coach.ics").write_bytes((examples / "coach.ics").read_bytes())
        looking = page_of(browser, PHONE, script=True, dark=True)
        looking.goto(f"{origin}/patients")
        base = origin + looking.get_attribute("tbody a:has-text('Kim')", "href").replace("/weeks", "")
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
