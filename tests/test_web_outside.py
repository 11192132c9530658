"""What others change while a page is open: told, and merged or refused, never overwritten."""

from __future__ import annotations

import html
import json
import re
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from planner import read_case, shipped_rulebook
from planner.cli import main
from planner.errors import OutsideError
from planner.page.environment import rule_key
from planner.web.cases.opened import Opened, digest
from planner.web.cases.outside import ConflictError, StaleError
from planner.web.cases.practice import Practice
from tests.practices import CASE, Browser, field, practice_in, words

pytestmark = pytest.mark.once


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    """Return a practice that knows Kim's case."""
    return practice_in(tmp_path)


def opened_in(practice: Practice) -> Opened:
    """Return Kim's case as its files stand."""
    ((key, path),) = practice.folder.keys().items()
    return practice.open(key, path)


def fewer_rides(text: str) -> str:
    """Change the case as a page would."""
    return text.replace("bikes = 2", "bikes = 1")


def test_a_remark_that_an_editor_saves_while_a_change_is_made_stays(practice: Practice) -> None:
    """The change is made anew on top of what the editor saved."""
    opened = opened_in(practice)
    number = count()

    def edit(text: str) -> str:
        """Change the rides; the first time an editor saves meanwhile."""
        if next(number) == 0:
            opened.path.write_text(text + "# better by now\n")
        return fewer_rides(text)

    practice.change(opened, edit, opened.base)
    assert opened.path.read_text() == fewer_rides(CASE) + "# better by now\n"


def test_a_value_that_an_editor_saves_while_a_change_is_made_is_told(practice: Practice) -> None:
    """Nothing is written over it: the page shows both."""
    opened = opened_in(practice)
    others = CASE.replace("runs = 3", "runs = 2")

    def edit(text: str) -> str:
        """Change the rides while an editor changes the runs."""
        opened.path.write_text(others)
        return fewer_rides(text)

    with pytest.raises(ConflictError) as caught:
        practice.change(opened, edit, opened.base)
    assert [each.path for each in caught.value.outside] == ["goals.runs"]
    assert opened.path.read_text() == others


def test_a_file_that_is_written_again_and_again_is_left_alone(practice: Practice) -> None:
    """After some tries the page says so; it never gives up on what others write."""
    opened = opened_in(practice)
    number = count()

    def edit(text: str) -> str:
        """Change the rides while another program adds remark after remark."""
        opened.path.write_text(f"{text}# {next(number)}\n")
        return fewer_rides(text)

    with pytest.raises(OutsideError, match="again and again"):
        practice.change(opened, edit, opened.base)
    assert "bikes = 2" in opened.path.read_text()


def test_a_plan_of_a_file_that_is_another_by_now_is_not_kept(practice: Practice) -> None:
    """A plan is only written for the case that it was made from."""
    opened = opened_in(practice)
    plan = practice.shown(opened).plan
    opened.path.write_text(CASE.replace("runs = 3", "runs = 2"))
    with pytest.raises(StaleError):
        practice.keep_plan(opened, plan)
    assert not opened.calendar.exists()


@pytest.mark.parametrize("name", ["kim.toml", "kim.ics"])
def test_what_others_changed_since_is_not_taken_back(tmp_path: Path, name: str) -> None:
    """Taking a change back would take back theirs too: it is refused, and their file stays."""
    browser = Browser(practice_in(tmp_path))
    browser.post("K/keep", page="K/weeks")
    changed = browser.case.with_name(name)
    theirs = changed.read_bytes().replace(b"Easy run", b"My run").replace(b"runs = 3", b"runs = 2")
    changed.write_bytes(theirs)
    answer = browser.post("K/undo", {"change": "1"}, page="K/weeks")
    assert answer.status_code == 409
    assert "cannot be taken back" in words(answer.text)
    assert changed.read_bytes() == theirs


def test_a_coachs_plan_that_changes_shows_at_once(tmp_path: Path) -> None:
    """A calendar that a case names is a part of it: what stands in it now is what the page shows."""
    case = CASE.replace("[goals]\nruns = 3                 # as before\nbikes = 2", "[goals]")
    browser = Browser(practice_in(tmp_path, {"kim": f'{case}\n[[workouts]]\ncalendar = "coach.ics"\n'}))
    coach = browser.case.with_name("coach.ics")
    event = "BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20261129\nSUMMARY:{}\nEND:VEVENT\n"
    text = f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n"
    coach.write_text(text.format("40 min easy run"))
    assert "40 min easy run" in words(browser.get("K/weeks").text)
    coach.write_text(text.format("30 min easy run"))
    assert "30 min easy run" in words(browser.get("K/weeks").text)


class Drawn:
    """A page that was opened in a tab, and is sent later, whatever happened to the file meanwhile."""

    def __init__(self, browser: Browser, page: str, form: str = "") -> None:
        self.browser = browser
        self.text = browser.get(page).text
        self.address = form or page

    def send(self, fields: dict[str, str]) -> Any:
        """Send a form of the page as it was drawn; do not follow where it leads."""
        hidden = {name: field(self.text, name) for name in ("token", "base")}
        return self.browser.post_as_is(self.address, hidden | fields)


def shown_fields(page: str, *, entries: bool = False) -> dict[str, str]:
    """Return what a browser sends of a page's first form that is (or is not) about entries, where nobody touches it."""
    forms = re.findall(r"<form.*?</form>", page.split("<main")[1], re.DOTALL)
    page = next(form for form in forms if entries or 'name="table"' not in form)
    typed = re.findall(r'<input type="(?:text|number|date|hidden)"[^>]* name="([^"]*)" value="([^"]*)"', page)
    ticked = re.findall(r'<input type="(?:radio|checkbox)" name="([^"]*)" value="([^"]*)" checked', page)
    return {name: html.unescape(value) for name, value in typed + ticked}


RULE = f"K/rules/{rule_key('dry_needling.hard_legs_before')}"
SHOWN = digest(repr({"away": True, "by": "Dr Smith"}).encode())
"""What a page that shows what it would change without a rule sends along."""
FORMS: dict[str, tuple[str, dict[str, str], str]] = {
    "log": ("K/log", {"did": "bike_easy", "date": "2026-11-25", "how": "done", "minutes": "45"}, 'did = "bike_easy"'),
    "session": (
        "K/wishes",
        {
            "table": "sessions",
            "sessions_workout": "upper_body",
            "sessions_often": "weekly",
            "sessions_when": "friday 18:00",
            "sessions_minutes": "45",
        },
        "[[sessions]]",
    ),
    "race": ("K/wishes", {"table": "races", "races_when": "sun 20 dec 10:00", "races_name": "Run"}, "[[races]]"),
    "wish": ("K/wishes", {"bikes": "1"}, "bikes = 1"),
    "health": ("K/health", {"blood_thinners": "yes"}, "blood_thinners = true"),
    "illness": (
        "K/health",
        {"table": "illness", "illness_kind": "cold", "illness_from": "2026-11-25"},
        "[[illness]]",
    ),
    "place": ("K/where", {"hurts": "calf.left"}, 'region = "calf"\nside = "left"'),
    "appointment": ("K/appointments", {"kind": "massage", "region": "calf", "when": "fri 10:00"}, '"massage"'),
    "override": (RULE, {"away": "yes", "by": "Dr Smith", "do": "keep", "shown": SHOWN}, 'by = "Dr Smith"'),
}


def whole_form(name: str, page: str) -> dict[str, str]:
    """Return what a browser sends of a form: where one has a field for each value, all of them."""
    there = shown_fields(page) if name in {"wish", "health"} else {}
    return {key: value for key, value in there.items() if key not in {"token", "base"}} | FORMS[name][1]


@pytest.mark.parametrize("name", FORMS)
def test_what_a_text_editor_saves_meanwhile_stays_whatever_form_is_sent(tmp_path: Path, name: str) -> None:
    """A remark is kept without a word; a value is told and nothing written, until a person says that both are kept."""
    browser = Browser(practice_in(tmp_path))
    address, _, written = FORMS[name]
    tab, other = Drawn(browser, address), Drawn(browser, address)
    fields = whole_form(name, tab.text)
    # Somebody saves a remark, then somebody a value: the very one that stands in a form beside the one that is changed.
    browser.case.write_text(CASE + "# better by now\n")
    assert tab.send(fields).status_code == 303
    assert written in browser.case.read_text()
    assert "# better by now" in browser.case.read_text()
    theirs = CASE.replace("runs = 3", "runs = 2").replace("# the left one", "# the left one, still")
    browser.case.write_text(theirs)
    told = other.send(fields)
    assert told.status_code == 409
    assert "What you would like: runs" in words(told.text)
    assert "The two do not touch." in words(told.text)
    assert browser.case.read_text() == theirs
    again = shown_fields(told.text, entries=True)
    assert browser.post_as_is(address, again).status_code == 303
    assert written in browser.case.read_text()
    assert "runs = 2" in browser.case.read_text()
    assert "# the left one, still" in browser.case.read_text()


@pytest.mark.parametrize(
    ("page", "fields", "theirs"),
    [
        ("K/wishes", {"bikes": "1"}, ("bikes = 2", "bikes = 3")),
        ("K/where", {"worse": "", "severity": "severe"}, ('side = "left"', 'side = "left"\nseverity = "mild"')),
    ],
)
def test_two_changes_of_the_same_value_are_never_settled_by_themselves(
    tmp_path: Path, page: str, fields: dict[str, str], theirs: tuple[str, str]
) -> None:
    """What both changed is shown with both values, or refused; the file has what the editor wrote."""
    browser = Browser(practice_in(tmp_path))
    tab = Drawn(browser, page)
    mark = {"worse": browser.mark("injury")} if "worse" in fields else {}
    browser.case.write_text(CASE.replace(theirs[0], theirs[1], 1))
    answer = tab.send({**fields, **mark} if mark else {**shown_fields(tab.text), **fields})
    assert answer.status_code == (422 if mark else 409)
    assert ("Both change the same thing" in words(answer.text)) is not bool(mark)
    assert ("says something else by now" in words(answer.text)) is bool(mark)
    assert theirs[1] in browser.case.read_text()


def test_what_is_taken_out_is_what_was_seen_and_not_what_stands_in_its_place_by_now(tmp_path: Path) -> None:
    """An editor puts an appointment before the one that a page takes out: the right one goes, the new one stays."""
    browser = Browser(practice_in(tmp_path))
    tab = Drawn(browser, "K/appointments")
    gone = {"gone": browser.mark("treatments")}
    new = '[[treatments]]\nkind = "massage"\nregion = "calf"\nstart = 2026-12-02T10:00:00\n\n'
    browser.case.write_text(CASE.replace("[[treatments]]", f"{new}[[treatments]]", 1))
    told = tab.send(gone)
    assert told.status_code == 409
    assert browser.post_as_is("K/appointments", shown_fields(told.text)).status_code == 303
    (left,) = read_case(browser.case, shipped_rulebook()).treatments
    assert left.kind == "massage"
    again = Drawn(browser, "K/appointments").send(gone)
    assert again.status_code == 422
    assert "not there any more" in words(again.text)


def test_a_workout_is_not_moved_in_a_plan_that_is_another_by_now(tmp_path: Path) -> None:
    """The calendar or the case changed since the preview: the choice is still marked, shown anew, and kept then."""
    browser = Browser(practice_in(tmp_path))
    browser.post("K/keep", page="K/weeks")
    (link,) = re.findall(r'href="/c/[0-9a-f]+/(w/[0-9a-f]+/move)"', browser.get("K/weeks").text)[:1]
    fields = {"start": "other", "when": "thursday 8:15"}
    tab = Drawn(browser, f"K/{link}")
    browser.case.write_text(CASE.replace("upper_body = 1", "upper_body = 2"))
    before = browser.calendar.read_bytes()
    told = tab.send({**fields, "do": "keep"})
    assert told.status_code == 422
    assert "was changed meanwhile" in words(told.text)
    assert browser.calendar.read_bytes() == before
    preview = {name: field(told.text, name) for name in ("token", "base")} | {"start": "2026-11-26T08:15:00+01:00"}
    assert browser.post_as_is(f"K/{link}", {**preview, "do": "keep"}).status_code == 303
    assert b"T081500" in browser.calendar.read_bytes()


@pytest.mark.parametrize("changed", [True, False])
def test_a_danger_sign_with_a_run_is_danger_whatever_others_changed(tmp_path: Path, changed: bool) -> None:
    """The sign and the run are written on top of what others changed, and what to do comes first."""
    browser = Browser(practice_in(tmp_path))
    tab = Drawn(browser, "K/log")
    if changed:
        browser.case.write_text(CASE.replace("runs = 3", "runs = 2"))
    answer = tab.send({**FORMS["log"][1], "pain": "5", "sign": "chest_pain"})
    assert answer.headers["location"].endswith("/danger")
    case = read_case(browser.case, shipped_rulebook())
    assert "chest_pain" in [sign for entry in case.log for sign in entry.signs]
    assert [entry.did for entry in case.log if entry.did] == ["bike_easy"]
    assert case.goals.count("runs") == (2 if changed else 3)


def test_the_command_line_and_the_page_are_used_in_turns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What `planner log` and `planner plan` write stands on the page, and what the page writes in what they print."""
    browser = Browser(practice_in(tmp_path))
    browser.post("K/keep", page="K/weeks")
    at = ("--today", "2026-11-25")
    assert main(["log", str(browser.case), *at, "--did", "bike", "--minutes", "30", "--pain", "1"]) == 0
    browser.post("K/wishes", {**shown_fields(browser.get("K/wishes").text), "bikes": "1"})
    assert main(["plan", str(browser.case), *at, "-o", str(browser.calendar), "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out.partition("{")[2].join(["{", ""]))
    case = read_case(browser.case, shipped_rulebook())
    assert ([entry.minutes for entry in case.log], case.goals.count("bikes")) == ([30], 1)
    shown = re.findall(r'data-workout="([0-9a-f]+)"', browser.get("K/weeks").text)
    assert len(shown) == sum(len(day["workouts"]) for day in printed["days"])
    assert "What changed" not in words(browser.get("K/weeks").text)
