"""What every page looks like while it loads and while it is gone through by keys: nothing jumps, the focus is seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsers import DESK, PHONE, chromium, follow, nothing_amiss, page_of, served
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
