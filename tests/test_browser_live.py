"""What a script saves a person: previews, other weeks and new answers come into the page that is there already."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from planner.page.environment import rule_key
from planner.web.cases import planning_all, summaries
from planner.web.cases.planning_all import PlanningAll
from planner.web.desk.booking.times_search import TimesSearch
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


LEA = CASE.replace("kim", "lea").replace("Kim", "Lea")
SAYS = """() => {
  window.told = [];
  const status = document.querySelector("#say");
  new MutationObserver(() => window.told.push(status.textContent)).observe(status, { childList: true });
}"""


def test_an_answer_that_comes_late_does_not_replace_a_newer_one(browser: Any, tmp_path: Path) -> None:
    """The first question is answered last: what was asked last stands, and nothing goes on waiting for the other."""
    with served(tmp_path, {}) as origin:
        page = page_of(browser, DESK, script=True)
        page.goto(f"{origin}/start")
        page.evaluate("window.marked = true")
        waiting: list[Any] = []

        def hold_first(route: Any) -> None:
            waiting.append(route) if not waiting else route.continue_()

        page.route("**/start", hold_first)
        with page.expect_request("**/start"):
            page.fill("#where", "heel")
        with page.expect_response("**/start"):
            page.fill("#runs", "0")
        page.wait_for_selector("#answer [data-say]")
        newer = page.inner_text("#answer")
        assert "Easy run" not in newer
        with page.expect_response("**/start") as answered:
            waiting[0].continue_()
        assert "Easy run" in answered.value.text()
        page.wait_for_timeout(100)
        assert page.inner_text("#answer") == newer
        assert page.locator("[aria-busy=true]").count() == 0
        holds_still(page)
        page.context.close()


def test_what_an_answer_said_goes_with_the_answer(browser: Any, tmp_path: Path) -> None:
    """The bar at the foot of a phone says the next run while the answers give one, and is gone once they do not."""
    with served(tmp_path, {}) as origin:
        page = page_of(browser, PHONE, script=True)
        page.goto(f"{origin}/start")
        page.fill("#where", "heel")
        page.wait_for_selector(".foot-bar:not([hidden])")
        assert "Next run" in page.inner_text(".foot-bar")
        page.fill("#where", "nowhere at all")
        page.wait_for_selector(".foot-bar", state="hidden")
        page.context.close()


@pytest.mark.parametrize("picked", ["before", "meanwhile"])
def test_a_workout_that_is_picked_up_is_put_back_when_other_weeks_come(
    browser: Any, tmp_path: Path, picked: str
) -> None:
    """It says so, no day is marked any more, and the keys move among the workouts of the other weeks."""
    with served(tmp_path, {"kim": CASE}) as origin:
        page = opened(browser, origin, "weeks")
        waiting: list[Any] = []
        if picked == "meanwhile":
            page.route("**/move", lambda route, _: waiting.append(route))
        page.focus(".item:has([href$='/move']) >> nth=0")
        page.keyboard.press("m")
        if picked == "before":
            page.wait_for_selector("#carrying:not([hidden])")
        page.click("a[rel=next]")
        page.wait_for_selector("[data-day='2026-12-10']")
        page.wait_for_function("document.querySelector('#say').textContent === 'Put back.'")
        for route in waiting:
            route.continue_()
        page.wait_for_load_state("networkidle")
        assert page.locator(".possible, .chosen, [data-ruled]").count() == 0
        assert page.is_hidden("#carrying")
        page.focus(".item >> nth=0")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement === document.querySelectorAll('.item')[1]")
        assert page.inner_text("#say") == "Put back."
        holds_still(page)
        page.context.close()


@pytest.mark.parametrize("work", [PlanningAll(), TimesSearch(None)])
def test_how_far_it_is_has_a_new_word_every_tenth(work: Any) -> None:
    """One case less than a tenth is none, a tenth is one, all are ten; nothing to do is no tenth."""
    assert work.tenths == 0
    work.total = 120
    for done, tenths in ((11, 0), (12, 1), (120, 10)):
        work.done = done
        assert work.tenths == tenths


def test_planning_all_is_said_at_its_start_each_tenth_and_its_end(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The heading has the focus, looking again says nothing that was said; Stop keeps the focus, the list follows."""
    may_go_on, plan_case = Event(), planning_all.plan_case

    def plan_later(*case: Any) -> Any:
        may_go_on.wait(30)
        return plan_case(*case)

    monkeypatch.setattr(planning_all, "plan_case", plan_later)
    with served(tmp_path, {"kim": CASE, "lea": LEA}) as origin:
        page = page_of(browser, DESK, script=True)
        page.goto(f"{origin}/patients")
        assert "no plan kept yet" in page.inner_text("tbody")
        page.click("text=Plan all")
        page.wait_for_selector("#how-far:focus")
        assert page.inner_text("#how-far") == "Planning: 0 of 2"
        page.evaluate(SAYS)
        page.evaluate("window.marked = true")
        page.focus("text=Stop")
        for _ in range(2):
            with page.expect_response("**/patients"):
                pass
        assert page.evaluate("document.activeElement.value") == "stop"
        page.focus("#words")
        may_go_on.set()
        page.wait_for_selector("text=Planned: 2 of 2")
        page.wait_for_selector("[data-again]", state="detached")
        page.wait_for_function("!document.querySelector('tbody').textContent.includes('no plan kept yet')")
        assert set(page.evaluate("window.told")) <= {"Planning: 1 of 2", "Planned: 2 of 2"}
        assert page.evaluate("window.told").count("Planned: 2 of 2") == 1
        assert page.evaluate("document.activeElement.id") == "words"
        holds_still(page)
        page.context.close()


def test_the_start_asks_and_reads_back_as_answers_come_in(browser: Any, tmp_path: Path) -> None:
    """Which shin is meant is asked below it, and how a time was read; the choice and the fields keep the focus."""
    with served(tmp_path, {}) as origin:
        page = page_of(browser, DESK, script=True)
        page.goto(f"{origin}/start")
        page.evaluate("window.marked = true")
        page.fill("#where", "shin")
        page.wait_for_selector("input[name=where_region]")
        assert "Next" in page.inner_text("#answer [data-say]")
        page.check("input[name=where_region][value=shin_splints]")
        with page.expect_response("**/start"):
            page.fill("#treatment", "dry needling")
        page.wait_for_selector("#when-hint .wrongs")
        assert "What is booked is not in it yet" in page.inner_text("#answer")
        assert "Next" in page.inner_text("#answer [data-say]")
        page.fill("#treated", "left calf")
        page.fill("#when", "tuesday 9:30")
        page.wait_for_selector("#when-hint .hint")
        assert " ".join(page.inner_text("#when-hint").split()) == "Read as: Tuesday 1 December, 09:30 to 10:00"
        assert page.evaluate("document.activeElement.id") == "when"
        assert page.is_checked("input[name=where_region][value=shin_splints]")
        holds_still(page)
        page.context.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_new_person_points_at_the_body(browser: Any, tmp_path: Path, script: bool) -> None:
    """On a phone the drawing is as wide as the page, its places hold a thumb, and its answer goes into the form."""
    with served(tmp_path, {}) as origin:
        page = page_of(browser, PHONE, script=script)
        page.goto(f"{origin}/start")
        with page.expect_navigation():
            page.click("button[value=point]")
        place = page.locator(".body-back a.place[aria-label='Right achilles tendon']")
        box = place.locator(".hit").bounding_box()
        assert min(box["width"], box["height"]) >= 40
        place.dispatch_event("click")
        page.wait_for_selector(".place-panel:target")
        with page.expect_navigation():
            page.click(".place-panel:target button >> nth=0")
        assert page.input_value("#where") == "achilles tendon"
        assert page.is_checked("input[name=side][value=right]")
        nothing_amiss(page)
        page.context.close()
