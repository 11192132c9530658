"""What a script saves a person: previews, other weeks and new answers come into the page that is there already."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from planner.page.environment import rule_key
from planner.web.cases import summaries
from tests.browsers import DESK, PHONE, chromium, nothing_amiss, page_of, served
from tests.practices import CASE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a browser for all of them."""
    with chromium() as running:
        yield running


def opened(browser: Any, origin: str, address: str, size: dict[str, int] = DESK) -> Any:
    """Return one of the pages of the only case, marked so that a reload would show."""
    page = page_of(browser, size, script=True)
    page.goto(origin)
    page.click("tbody a") if page.locator("tbody a").count() else None
    page.goto(f"{page.url.split('/weeks')[0]}/{address}")
    page.evaluate("window.marked = true")
    return page


def holds_still(page: Any) -> None:
    """Hold that the page was not loaded anew, and that nothing went wrong beyond what is not yet whole."""
    assert page.evaluate("window.marked")
    page.elsewhere = [each for each in page.elsewhere if "422" not in each]
    nothing_amiss(page)


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_a_clinicians_figure_is_previewed_as_it_is_typed(browser: Any, tmp_path: Path, size: dict[str, int]) -> None:
    """What it would change stands there as soon as figure and name do, is gone with the name, and writes nothing."""
    with served(tmp_path, {"kim": CASE}) as origin:
        page = opened(browser, origin, f"rules/{rule_key('dry_needling.first_day')}", size)
        page.fill("#hours_after", "36")
        page.fill("#by", "my physiotherapist")
        page.wait_for_selector("#preview button[value=keep]")
        assert page.inner_text("#say")
        page.fill("#by", "")
        page.wait_for_selector("#preview button[value=keep]", state="detached")
        holds_still(page)
        with page.expect_navigation():
            page.click("button[data-show]")
        assert page.locator("#wrongs").count() == 1
        assert (tmp_path / "cases" / "kim.toml").read_text() == CASE
        page.context.close()


def test_other_weeks_come_without_a_reload(browser: Any, tmp_path: Path) -> None:
    """Later and back again: the address follows, the button keeps the focus, and the weeks have their keys."""
    with served(tmp_path, {"kim": CASE}) as origin:
        page = opened(browser, origin, "weeks")
        page.click("a[rel=next]")
        page.wait_for_selector("[data-day='2026-12-10']")
        page.wait_for_selector("a[rel=next]:focus")
        assert "from=2026-12-07" in page.url
        assert page.locator("[data-day='2026-11-26']").count() == 0
        assert page.get_attribute("[data-week] .item >> nth=0", "role") == "group"
        page.click("a[rel=prev]")
        page.wait_for_selector("[data-day='2026-11-26']")
        page.wait_for_selector("a[rel=prev]:focus")
        holds_still(page)
        page.reload()
        assert page.locator("[data-day='2026-11-26']").count() == 1
        page.context.close()


def test_a_booking_is_refined_without_a_reload(browser: Any, tmp_path: Path) -> None:
    """Each answer stands beside the form, its heading has the focus; a wrong field is told as it is without script."""
    with served(tmp_path, {"kim": CASE}) as origin:
        page = opened(browser, origin, "book")
        for hours in ("mon-fri 08:00-12:00", "mon-fri 14:00-18:00"):
            page.fill("#hours", hours)
            page.click("button[data-show]")
            page.wait_for_selector("#times h2:focus")
            assert page.input_value("#hours") == hours
        assert "14:" in page.inner_text(".result >> nth=0") or "15:" in page.inner_text(".result >> nth=0")
        holds_still(page)
        page.fill("#hours", "never")
        with page.expect_navigation():
            page.click("button[data-show]")
        assert page.locator("#wrongs").count() == 1
        page.context.close()


def test_a_list_that_is_not_whole_looks_again_by_itself(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cases that are still to come appear, and then nothing is asked for any more."""
    may_go_on, summary_of = Event(), summaries.summary_of

    def summary_later(*case: Any) -> summaries.Summary:
        may_go_on.wait(30)
        return summary_of(*case)

    with served(tmp_path, {"kim": CASE, "lea": CASE.replace("kim", "lea").replace("Kim", "Lea")}) as origin:
        monkeypatch.setattr(summaries, "AT_ONCE", -1)
        monkeypatch.setattr(summaries, "summary_of", summary_later)
        (tmp_path / "cases" / "max.toml").write_text(CASE.replace("kim", "max").replace("Kim", "Max"))
        page = page_of(browser, DESK, script=True)
        page.goto(f"{origin}/patients")
        page.evaluate("window.marked = true")
        assert page.locator("[data-again]").count() == 1
        assert page.locator("tbody tr").count() == 2
        may_go_on.set()
        page.wait_for_selector("tbody a:has-text('Max')")
        assert page.locator("[data-again]").count() == 0
        holds_still(page)
        page.context.close()
