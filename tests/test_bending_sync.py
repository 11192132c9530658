"""A coach's plan on a calendar server: what the person does there to its sessions, all-day ones too, is respected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from planner.calendars.sync.event_resource import Meaning, meaning
from planner.calendars.sync.server import calendar, connect, list_events
from planner.calendars.sync.state import ServerEvent
from planner.cli import main
from tests.bent_cases import FOLDER
from tests.pushes import changed
from tests.servers import ENVIRONMENT, radicale

pytestmark = pytest.mark.once

EXAMPLE = FOLDER / "01_easy_run_after_needling"
EASY, LONG, MOVED = "5 km easy", "14 km Long Run", "Easy run · 48 min (was: 8 km easy)"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a Radicale server."""
    with radicale(tmp_path_factory.mktemp("radicale")) as url:
        yield url


class CoachedCalendar:
    """A case with a coach's plan, and the calendar that it is synced with."""

    def __init__(self, case: Path, url: str) -> None:
        self.case, self.url = case, url
        self.name = re.findall(r'name = "(.*)"', case.read_text())[0]

    def sync(self) -> int:
        """Sync on the Monday of the week."""
        return main(["sync", str(self.case), "--to", self.url, "--today", "2026-11-23"])

    def events(self) -> dict[str, ServerEvent]:
        """Return what the calendar holds, by title."""
        with connect(self.url, ENVIRONMENT) as dav:
            found = list_events(calendar(dav, f"{self.name} – training plan"))  # noqa: RUF001 (a dash between words)
        return {meaning(event.content).title: event for event in found}

    def meanings(self) -> dict[str, Meaning]:
        """Return what each event means, by title."""
        return {title: meaning(event.content) for title, event in self.events().items()}

    def edit(self, title: str, *edits: tuple[str, str]) -> None:
        """Change an event in the calendar, as the person's phone does."""
        event = self.events()[title]
        with connect(self.url, ENVIRONMENT) as dav:
            content = changed(event.content, *edits)
            dav.ask("PUT", event.href, content, {"Content-Type": "text/calendar"}, accepted=(201, 204))

    def delete(self, title: str) -> None:
        """Delete an event in the calendar."""
        event = self.events()[title]
        with connect(self.url, ENVIRONMENT) as dav:
            dav.ask("DELETE", event.href, accepted=(200, 204))


@pytest.fixture
def coached(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CoachedCalendar:
    """Return the example's case under a name of its own, synced once."""
    for name in ("PLANNER_CALDAV_USER", "PLANNER_CALDAV_PASSWORD"):
        monkeypatch.setenv(name, ENVIRONMENT[name])
    text = (EXAMPLE / "case.toml").read_text().partition("[_plan]")[0]
    case = tmp_path / "me.toml"
    case.write_text(text.replace('name = "Test"', f'name = "Anna {uuid4().hex}"'))
    (tmp_path / "coach.ics").write_text((EXAMPLE / "coach.ics").read_text())
    found = CoachedCalendar(case, server)
    assert found.sync() == 0
    return found


def test_the_bent_plan_is_synced_and_again_changes_nothing(
    coached: CoachedCalendar, capsys: pytest.CaptureFixture[str]
) -> None:
    """Kept sessions last all day as their coach has them, changed ones have a time; a second sync writes nothing."""
    before = coached.events()
    assert coached.meanings()[LONG].days == (date(2026, 11, 29), date(2026, 11, 30))
    assert coached.meanings()[MOVED].span is not None
    capsys.readouterr()
    assert coached.sync() == 0
    assert coached.events() == before
    assert "nothing had changed" in capsys.readouterr().err


def test_an_all_day_session_dragged_to_another_day_stays_there(
    coached: CoachedCalendar, capsys: pytest.CaptureFixture[str]
) -> None:
    """The long run goes to Saturday on the phone: it stays an all-day session of Saturday, now and later."""
    coached.edit(LONG, ("VALUE=DATE:20261129", "VALUE=DATE:20261128"), ("VALUE=DATE:20261130", "VALUE=DATE:20261129"))
    capsys.readouterr()
    for _ in range(2):
        assert coached.sync() == 0
        assert coached.meanings()[LONG].days == (date(2026, 11, 28), date(2026, 11, 29))
    err = capsys.readouterr().err
    assert err.count(f'You moved "{LONG}" to Sat 28 Nov.') == 1
    assert "nothing had changed" in err.splitlines()[-1]


def test_an_all_day_session_that_gets_a_time_keeps_it(
    coached: CoachedCalendar, capsys: pytest.CaptureFixture[str]
) -> None:
    """The run of Tuesday gets Monday evening on the phone, outside of the start windows: there it stays."""
    coached.edit(
        EASY,
        ("^DTSTART;VALUE=DATE:20261124", "DTSTART:20261123T173000Z"),
        ("^DTEND;VALUE=DATE:20261125", "DTEND:20261123T180000Z"),
    )
    capsys.readouterr()
    stands = datetime(2026, 11, 23, 17, 30, tzinfo=UTC), datetime(2026, 11, 23, 18, tzinfo=UTC)
    for _ in range(2):
        assert coached.sync() == 0
        assert coached.meanings()[EASY].span == stands
    out, err = capsys.readouterr()
    assert f'You moved "{EASY}" to Mon 23 Nov, 18:30.' in err
    assert "Mon 23 Nov   18:30 Easy run" in out


def test_a_session_dragged_where_a_rule_forbids_it_is_where_its_coach_has_it(
    coached: CoachedCalendar, capsys: pytest.CaptureFixture[str]
) -> None:
    """The long run on the morning after needling: the plan says why it cannot stand there, and it is back on Sunday."""
    coached.edit(LONG, ("VALUE=DATE:20261129", "VALUE=DATE:20261125"), ("VALUE=DATE:20261130", "VALUE=DATE:20261126"))
    capsys.readouterr()
    assert coached.sync() == 0
    out, err = capsys.readouterr()
    assert f'You moved "{LONG}" to Wed 25 Nov.' in err
    said = " ".join(out.split())
    assert f'You moved "{LONG}" to Wed 25 Nov. It cannot stand there: Dry needling (calf muscle) on Tue' in said
    assert coached.meanings()[LONG].days == (date(2026, 11, 29), date(2026, 11, 30))
    assert coached.sync() == 0
    assert "nothing had changed" in capsys.readouterr().err


def test_a_session_deleted_on_the_phone_stays_out(coached: CoachedCalendar, capsys: pytest.CaptureFixture[str]) -> None:
    """Who deletes a run of the coach's does not find it there again, and the plan says so once."""
    coached.delete(EASY)
    capsys.readouterr()
    for _ in range(2):
        assert coached.sync() == 0
        assert EASY not in coached.events()
    assert capsys.readouterr().err.count(f'You deleted "{EASY}": it stays so.') == 1


def test_what_the_coach_changes_comes_through_a_sync(coached: CoachedCalendar) -> None:
    """The coach makes the long run shorter: that one event is written anew, and no other."""
    before = {title: event.etag for title, event in coached.events().items()}
    feed = coached.case.with_name("coach.ics")
    feed.write_text(feed.read_text().replace(LONG, "12 km Long Run"))
    assert coached.sync() == 0
    after = {title: event.etag for title, event in coached.events().items()}
    assert set(after) - set(before) == {"12 km Long Run"}
    assert {title for title in before if after.get(title) != before[title]} == {LONG}
