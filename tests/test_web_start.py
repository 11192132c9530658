"""The start page's ways on: pointing at a body, booking, a clinic's file, who must ask first; a week in the making."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planner import read_case, shipped_rulebook
from planner.case.model import Case
from tests.practices import Browser, practice_in, words

ANSWERS = {"where": "calf", "side": "left", "severity": "mild", "timezone": "Europe/Berlin", "name": "Ola"}
BOOKED = {"treatment": "dry needling", "treated": "right calf", "when": "tuesday 9:30"}


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    """Return a browser of a folder without a case."""
    return Browser(practice_in(tmp_path, {}))


def the_case(folder: Path) -> Case:
    """Return the only case that was kept."""
    (path,) = (folder / "cases").glob("*.toml")
    return read_case(path, shipped_rulebook())


def value_of(page: str, name: str) -> str:
    """Return what stands in a field in words."""
    found = re.search(rf'id="{name}" name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


@pytest.mark.parametrize(
    ("then", "leads"), [("book", "/book"), ("file", "/appointments#from-file"), ("health", "/health")]
)
def test_the_start_leads_on_in_one_click(browser: Browser, tmp_path: Path, then: str, leads: str) -> None:
    """Each button says that it keeps the plan, does that, and leads to its page."""
    assert f'name="do" value="keep {then}"' in browser.get("/start").text
    answer = browser.post("/start", {**ANSWERS, "do": f"keep {then}"})
    assert answer.status_code == 200
    assert str(answer.url).endswith(leads)
    assert "#" not in leads or 'id="from-file"' in answer.text
    assert the_case(tmp_path).injury[0].region == "calf"


@pytest.mark.parametrize("then", ["../../patients", "//elsewhere", "print/patient"])
def test_the_start_leads_nowhere_else(browser: Browser, then: str) -> None:
    """Whatever a form says, it is the weeks."""
    assert str(browser.post("/start", {**ANSWERS, "do": f"keep {then}"}).url).endswith("/weeks")


def test_a_body_is_pointed_at_before_anything_else_is_said(browser: Browser, tmp_path: Path) -> None:
    """The drawing comes without a complaint, its answer stands in words with its side, and nothing is written yet."""
    assert "<svg" not in browser.get("/start").text.split("Where does it hurt?")[1].split("How bad?")[0]
    drawn = browser.post("/start", {"do": "point", "when": "tuesday 9:30"})
    assert drawn.status_code == 200
    assert 'id="wrongs"' not in drawn.text
    assert 'class="body body-back"' in drawn.text or "body-back" in drawn.text
    assert value_of(drawn.text, "when") == "tuesday 9:30"
    pointed = browser.post("/start", {"hurts": "achilles.right", "side": "left"}).text
    assert value_of(pointed, "where") == "achilles tendon"
    assert re.search(r'name="side" value="right" checked', pointed)
    assert "Next" in words(pointed)
    treated = browser.post("/start", {**ANSWERS, "treated": ["calf.right", ""]}).text
    assert value_of(treated, "treated") == "right calf muscle"
    assert list((tmp_path / "cases").iterdir()) == []


def test_the_side_that_is_treated_is_the_one_that_was_said(browser: Browser, tmp_path: Path) -> None:
    """A left heel hurts and the right calf is needled: the case says both."""
    browser.post("/start", {**ANSWERS, **BOOKED, "do": "keep"})
    case = the_case(tmp_path)
    assert (case.injury[0].side, case.treatments[0].side) == ("left", "right")


def test_a_week_stays_while_what_is_booked_is_said(browser: Browser, tmp_path: Path) -> None:
    """A treatment without its time leaves the week as it was, and says so; it is not kept like that."""
    half = {**ANSWERS, "treatment": "dry needling"}
    shown = browser.post("/start", half)
    assert shown.status_code == 422
    assert "say when it is" in words(shown.text)
    assert "What is booked is not in it yet" in words(shown.text)
    assert "Next run" in words(shown.text)
    assert "needling" not in words(shown.text).split("Your first week")[-1]
    assert browser.post("/start", {**half, "do": "keep"}).status_code == 422
    assert list((tmp_path / "cases").iterdir()) == []
    whole = words(browser.post("/start", {**ANSWERS, **BOOKED}).text)
    assert "What is booked is not in it yet" not in whole
    assert "Dry needling" in whole.split("Your first week")[-1]


@pytest.mark.parametrize("wrong", [{"runs": "8"}, {"times": "noon"}, {"where": "heeel"}])
def test_no_week_stands_where_something_else_is_wrong(browser: Browser, wrong: dict[str, str]) -> None:
    """Then no week would be the one that is meant: it says what it waits for."""
    shown = words(browser.post("/start", {**ANSWERS, **BOOKED, **wrong}).text)
    assert "The week stands here once the first question is answered, and nothing else is marked as wrong." in shown


def test_which_part_is_meant_stays_chosen_until_it_is_kept(browser: Browser, tmp_path: Path) -> None:
    """The question stands there with its answer, so that each further answer has it, and the case holds it."""
    asked = browser.post("/start", {**ANSWERS, "where": "shin"}).text
    assert 'name="where_region"' in asked
    chosen = browser.post("/start", {**ANSWERS, "where": "shin", "where_region": "shin_splints"}).text
    (again,) = re.findall(r'name="where_region" value="(\w+)" checked', chosen)
    browser.post("/start", {**ANSWERS, "where": "shin", "where_region": again, "do": "keep"})
    assert the_case(tmp_path).injury[0].region == "shin_splints"
