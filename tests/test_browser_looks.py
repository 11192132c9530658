"""What every page looks like while it loads and while it is gone through by keys: nothing jumps, the focus is seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsers import DESK, PHONE, chromium, follow, nothing_amiss, page_of, served, with_letters
from tests.practices import CASE

pytestmark = pytest.mark.browser
PAGES = (
    *("weeks", "log", "book", "appointments", "where", "rules", "calendar", "wishes", "health", "signs"),
    *("day/2026-11-26", "print/patient", "print/therapist"),
)
MOST_KEYS = 45
SHIFTED = """() => new Promise(done => {
    let shifted = 0;
    const add = list => list.getEntries().forEach(entry => { shifted += entry.value; });
    new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(shifted), 300);
})"""
"""How far things on the page moved after they were first drawn, as browsers reckon it."""
FOCUSED = """() => {
    const here = document.activeElement, box = here.getBoundingClientRect();
    const shown = here.closest(".track") ? here.nextElementSibling : here.querySelector(".hit") || here;
    const style = getComputedStyle(shown), line = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const round = style.stroke !== "none" && parseFloat(style.strokeWidth) >= 3;
    return {name: here === document.body ? "" : here.outerHTML.slice(0, 80), marked: line || round,
            within: box.bottom > 0 && box.top < innerHeight};
}"""
"""What has the focus, whether a line of two pixels or more is drawn around it, and whether it lies in the window."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a browser for all pages."""
    with chromium() as running:
        yield running


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_jumps_and_the_focus_is_seen(browser: Any, tmp_path: Path, size: dict[str, int]) -> None:
    """Each page stands still from its first drawing on, and whatever Tab reaches has a line around it, in sight."""
    with served(tmp_path, {"kim": CASE}) as origin:
        page = page_of(browser, size, script=True)
        page.goto(f"{origin}/patients")
        follow(page, "tbody a")
        follow(page, "text=Keep this plan")
        base = page.url.removesuffix("/weeks")
        for name in PAGES:
            page.goto(f"{base}/{name}")
            assert page.evaluate(SHIFTED) == 0, name
            reached = 0
            for _ in range(MOST_KEYS):
                page.keyboard.press("Tab")
                focused = page.evaluate(FOCUSED)
                if not focused["name"]:
                    break
                assert focused["marked"], (name, focused)
                assert focused["within"], (name, focused)
                reached += 1
            assert reached > 2, name
            nothing_amiss(page)
        page.context.close()


LONG_NAME = CASE.replace('"Kim"', '"Donaudampfschifffahrtsgesellschaftskapitän Müller-Lüdenscheidt-Schnarrenberger"')
OUTSIDE = """() => [...document.querySelectorAll(".whose, .doses tbody :is(th, td)")].filter(part => {
    const box = part.getBoundingClientRect();
    const within = (part.closest(".scroll") || document.body).getBoundingClientRect();
    return !box.width || part.scrollWidth > part.clientWidth + 1 || box.right > within.right + 1;
}).map(part => part.textContent)"""
"""What of the name and of the table of doses cannot be seen without scrolling sideways."""


@pytest.mark.parametrize(("width", "letters"), [(320, 16), (320, 32), (360, 24)])
def test_a_long_name_and_the_doses_are_whole_on_a_phone(browser: Any, tmp_path: Path, width: int, letters: int) -> None:
    """Whose plan it is stands on every page, and no figure is cut off, also in letters twice as large."""
    with with_letters(browser, letters) as large, served(tmp_path, {"kim": LONG_NAME}) as origin:
        page = page_of(large, {"width": width, "height": 740}, script=True)
        page.goto(f"{origin}/patients")
        follow(page, "tbody a")
        base = page.url.removesuffix("/weeks")
        for name in ("weeks", *PAGES):
            page.goto(f"{base}/{name}")
            assert page.evaluate(OUTSIDE) == [], name
            assert page.locator(".whose").is_visible() or name.startswith("print"), name
            if (width, letters) != (320, 32):
                nothing_amiss(page)


def test_a_week_that_begins_in_its_middle_leaves_no_hole(browser: Any, tmp_path: Path) -> None:
    """On a desk each week has seven columns, side by side; the days before today are there without a word to read."""
    with served(tmp_path, {"kim": CASE}) as origin:
        page = page_of(browser, DESK, script=False)
        page.goto(f"{origin}/patients")
        follow(page, "tbody a")
        columns = "weeks => weeks.map(week => [...week.querySelectorAll(':scope > :is(.day, .beside)')])"
        boxes = page.eval_on_selector_all(
            ".days", f"{columns[:-1]}.map(part => [part.getBoundingClientRect().x, part.getBoundingClientRect().y]))"
        )
        assert [7, 7] == [len(week) for week in boxes]
        assert [1, 1] == [len({y for _, y in week}) for week in boxes]
        assert boxes[0] != boxes[1]
        assert [x for x, _ in boxes[0]] == [x for x, _ in boxes[1]]
        assert ["Mon 23", "Tue 24"] == page.locator(".beside").all_text_contents()[:2]
        assert page.locator(".beside[aria-hidden=true]").count() == page.locator(".beside").count()
        page.set_viewport_size(PHONE)
        assert not page.locator(".beside").first.is_visible()
        page.context.close()
