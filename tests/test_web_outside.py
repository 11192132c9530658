"""What others change while a page is open: told, and merged or refused, never overwritten."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from planner.errors import OutsideError
from planner.web.cases.opened import Opened
from planner.web.cases.outside import ConflictError, StaleError
from planner.web.cases.practice import Practice
from tests.practices import CASE, Browser, practice_in, words


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
