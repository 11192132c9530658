"""`planner sync` from the case file to a real calendar server, with a person who moves and deletes things there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from uuid import uuid4

import pytest

from planner.calendars.sync.event_resource import identity, meaning
from planner.calendars.sync.server import calendar, connect, list_events
from planner.calendars.sync.state import ServerEvent
from planner.cli import main
from tests.pushes import changed
from tests.servers import ENVIRONMENT, PASSWORD, Fault, Way, listening, radicale, xandikos

pytestmark = pytest.mark.once

EXAMPLE = Path(__file__).parents[1] / "examples" / "plantar_fascia_calf_needled.toml"
TODAY = "2026-11-23"
# How far apart days of strength are is a test of its own.
UNSPACED = '\n[rules.override."training.upper_body_apart"]\naway = true\nby = "Henry"\n'
CASE = EXAMPLE.read_text() + UNSPACED


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a Radicale server."""
    with radicale(tmp_path_factory.mktemp("radicale")) as url:
        yield url


class Synced:
    """A case file, and the calendar that it is synced with."""

    def __init__(self, case: Path, url: str) -> None:
        self.case = case
        self.url = url
        self.name = re.findall(r'name = "(.*)"', case.read_text())[0]

    def again(self, *more: str, today: str = TODAY) -> int:
        """Sync."""
        return main(["sync", str(self.case), "--to", self.url, "--today", today, *more])

    def events(self) -> dict[str, ServerEvent]:
        """Return what the calendar holds, by title and start."""
        with connect(self.url, ENVIRONMENT) as dav:
            found = list_events(calendar(dav, f"{self.name} – training plan"))  # noqa: RUF001 (a dash between words)
        return {self.short(event): event for event in found}

    @staticmethod
    def short(event: ServerEvent) -> str:
        """Return a title, and when the event begins in New York in that week (five hours behind)."""
        said = meaning(event.content)
        return f"{said.start:%d} {said.title}"

    def edit(self, name: str, *edits: tuple[str, str]) -> None:
        """Change an event in the calendar, as the person's program does."""
        event = self.events()[name]
        with connect(self.url, ENVIRONMENT) as dav:
            content = changed(event.content, *edits)
            dav.ask("PUT", event.href, content, {"Content-Type": "text/calendar"}, accepted=(201, 204))

    def delete(self, name: str) -> ServerEvent:
        """Delete an event in the calendar, and return it."""
        event = self.events()[name]
        with connect(self.url, ENVIRONMENT) as dav:
            dav.ask("DELETE", event.href, accepted=(200, 204))
        return event

    def restore(self, event: ServerEvent, *edits: tuple[str, str]) -> None:
        """Put an event back that was deleted, as a trash bin does."""
        with connect(self.url, ENVIRONMENT) as dav:
            content = changed(event.content, *edits)
            dav.ask("PUT", event.href, content, {"Content-Type": "text/calendar"}, accepted=(201, 204))


@pytest.fixture
def synced(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Synced:
    """Return the article's case under a name of its own, its days of strength not spaced, synced once."""
    monkeypatch.setenv("PLANNER_CALDAV_USER", ENVIRONMENT["PLANNER_CALDAV_USER"])
    monkeypatch.setenv("PLANNER_CALDAV_PASSWORD", ENVIRONMENT["PLANNER_CALDAV_PASSWORD"])
    case = tmp_path / "me.toml"
    case.write_text(CASE.replace('name = "Henry"', f'name = "Henry {uuid4().hex}"'))
    found = Synced(case, server)
    assert found.again() == 0
    return found


WEEK = [
    "23 Easy run · 40 min",
    "24 Easy bike ride · 45 min",
    "24 Treatment day: before and after",
    "25 Easy bike ride · 45 min",
    "25 Upper-body strength · 40 min",
    "26 Upper-body strength · 40 min",
    "27 Easy run · 28 min",
    "29 Long run · 60 min",
]


def test_the_calendar_shows_the_plan(synced: Synced, capsys: pytest.CaptureFixture[str]) -> None:
    """The week stands there, its plan is kept beside the case, and nobody else can read what is remembered."""
    assert sorted(synced.events()) == WEEK
    assert synced.case.with_suffix(".ics").exists()
    assert synced.case.with_suffix(".sync.json").stat().st_mode & 0o077 == 0
    assert "7 workouts" not in capsys.readouterr().out


def test_two_runs_in_a_row_change_nothing(synced: Synced, capsys: pytest.CaptureFixture[str]) -> None:
    """Not an etag on the server, not a byte of the plan's file."""
    before, file = synced.events(), synced.case.with_suffix(".ics").read_bytes()
    capsys.readouterr()
    assert synced.again() == 0
    assert synced.events() == before
    assert synced.case.with_suffix(".ics").read_bytes() == file
    assert "nothing had changed" in capsys.readouterr().err


def test_only_what_changed_is_written(synced: Synced, capsys: pytest.CaptureFixture[str]) -> None:
    """One ride less: it is deleted; what stayed keeps its version on the server."""
    before = synced.events()
    synced.case.write_text(synced.case.read_text().replace("bikes = 2", "bikes = 1"))
    assert synced.again() == 0
    after = synced.events()
    assert len(before) - len(after) == 1
    runs = [name for name in WEEK if "run" in name]
    assert [after[name] for name in runs] == [before[name] for name in runs]
    assert ": 1 event removed. The plan is kept in" in capsys.readouterr().err


def test_a_workout_moved_in_the_calendar_stays_there(synced: Synced, capsys: pytest.CaptureFixture[str]) -> None:
    """Thursday's strength goes to the evening, outside of the start windows; the plan takes it, now and later."""
    name = "26 Upper-body strength · 40 min"
    synced.edit(name, ("T070000", "T190000"), ("T074000", "T194000"))
    moved = meaning(synced.events()["27 Upper-body strength · 40 min"].content).span
    capsys.readouterr()
    for _ in range(2):
        assert synced.again() == 0
        assert meaning(synced.events()["27 Upper-body strength · 40 min"].content).span == moved
    out, err = capsys.readouterr()
    assert "Thu 26 Nov   19:00 Upper-body" in out
    assert 'You moved "Upper-body strength · 40 min" to Thu 26 Nov, 19:00.' in err
    assert err.rstrip().splitlines()[-1].startswith(f"Synced with {synced.name}")
    assert "nothing had changed" in err.rstrip().splitlines()[-1]


def test_a_workout_moved_where_a_rule_forbids_it_goes_elsewhere(
    synced: Synced, capsys: pytest.CaptureFixture[str]
) -> None:
    """Friday's run is dragged to the morning after needling: the plan says why not, and the calendar shows where."""
    synced.edit("27 Easy run · 28 min", ("20261127T070000", "20261125T070000"), ("20261127T072800", "20261125T072800"))
    capsys.readouterr()
    assert synced.again() == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "You moved the easy run to Wed 25 Nov, 07:00. It cannot stand there: First 24 hours: no running" in out
    assert not any(name.startswith("25 Easy run") for name in synced.events())
    assert any("Easy run" in name and not name.startswith("23") for name in synced.events())


def test_a_workout_deleted_in_the_calendar_stays_deleted(synced: Synced, capsys: pytest.CaptureFixture[str]) -> None:
    """Wednesday's ride is taken out: it comes back neither there nor on another day, and the plan says so."""
    synced.delete("25 Easy bike ride · 45 min")
    capsys.readouterr()
    for _ in range(2):
        assert synced.again() == 0
        assert sorted(synced.events()) == [name for name in WEEK if name != "25 Easy bike ride · 45 min"]
    out, err = capsys.readouterr()
    assert "You took out the easy bike ride of Wed 25 Nov: it is not planned again." in " ".join(out.split())
    assert err.count('You deleted "Easy bike ride · 45 min": it stays so.') == 1


@pytest.mark.parametrize("name", ["25 Easy bike ride · 45 min", "24 Treatment day: before and after"])
def test_what_was_deleted_and_is_put_back_counts_again(
    name: str, synced: Synced, capsys: pytest.CaptureFixture[str]
) -> None:
    """Out of a trash bin, after a sync saw that it was gone; it is said once, and the next sync changes nothing."""
    event = synced.delete(name)
    assert synced.again() == 0
    assert sorted(synced.events()) == [one for one in WEEK if one != name]
    capsys.readouterr()
    synced.restore(event)
    assert synced.again() == 0
    assert f'You put "{name[3:]}" back: it counts again.' in capsys.readouterr().err
    assert sorted(synced.events()) == WEEK
    before = synced.events()
    assert synced.again() == 0
    assert before == synced.events()
    assert "back: it counts" not in capsys.readouterr().err
    assert "DELETED" not in synced.case.with_suffix(".ics").read_text()


def test_what_is_put_back_stays_where_the_person_has_it(synced: Synced) -> None:
    """At another time than before, too; deleted once more it stays deleted."""
    event = synced.delete("25 Easy bike ride · 45 min")
    assert synced.again() == 0
    synced.restore(event, ("T063000", "T093000"), ("T071500", "T101500"))
    assert synced.again() == 0
    back = synced.events()["25 Easy bike ride · 45 min"]
    assert f"{meaning(back.content).start:%H:%M}" == "14:30"
    synced.delete("25 Easy bike ride · 45 min")
    assert [synced.again(), synced.again()] == [0, 0]
    assert sorted(synced.events()) == [one for one in WEEK if one != "25 Easy bike ride · 45 min"]


def test_what_the_plan_took_out_is_not_put_back_by_a_copy(synced: Synced, capsys: pytest.CaptureFixture[str]) -> None:
    """Only what the person deleted is theirs to put back: a plan with one ride less has one ride less."""
    before = synced.events()
    synced.case.write_text(re.sub(r"bikes = \d", "bikes = 1", synced.case.read_text()))
    assert synced.again() == 0
    (gone,) = before.keys() - synced.events().keys()
    synced.restore(before[gone])
    assert synced.again() == 0
    assert gone not in synced.events()
    assert "back: it counts" not in capsys.readouterr().err


def test_a_deleted_run_comes_back_no_other_way(synced: Synced) -> None:
    """Friday's run was the first one back, which the long run needs before it: another run may move, not to Friday."""
    synced.delete("27 Easy run · 28 min")
    assert synced.again() == 0
    names = sorted(synced.events())
    assert [name for name in names if name.startswith("27") and "run" in name] == []
    assert sum("run" in name for name in names) == 2


def test_a_note_deleted_in_the_calendar_stays_deleted(synced: Synced) -> None:
    """The note on the treatment day is no workout, and is not made again either."""
    synced.delete("24 Treatment day: before and after")
    assert synced.again() == 0
    assert "24 Treatment day: before and after" not in synced.events()


def test_events_of_others_are_never_touched(synced: Synced) -> None:
    """The person's choir stands in the same calendar, and stays to the byte."""
    choir = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nBEGIN:VEVENT\r\nUID:choir@example.org\r\n"
        "DTSTAMP:20261101T000000Z\r\nDTSTART:20261127T190000Z\r\nDTEND:20261127T210000Z\r\nSUMMARY:Choir\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    with connect(synced.url, ENVIRONMENT) as dav:
        found = calendar(dav, f"{synced.name} – training plan")  # noqa: RUF001 (a dash between words)
        dav.ask("PUT", f"{found.url}choir.ics", choir.encode(), {"Content-Type": "text/calendar"}, accepted=(201,))
    before = synced.events()["27 Choir"]
    synced.case.write_text(synced.case.read_text().replace("runs = 3", "runs = 1"))
    assert synced.again() == 0
    assert synced.events()["27 Choir"] == before


def test_the_past_is_left_as_the_calendar_has_it(synced: Synced) -> None:
    """On Thursday, what stood on Monday to Wednesday is history, whatever the plan has become."""
    before = synced.events()
    synced.case.write_text(synced.case.read_text().replace("bikes = 2", "bikes = 0"))
    assert synced.again(today="2026-11-26") == 0
    after = synced.events()
    past = [name for name in WEEK if name[:2] in {"23", "24", "25"}]
    assert {name: after[name] for name in past} == {name: before[name] for name in past}


def test_a_private_sync_tells_nothing_of_health(synced: Synced, capsys: pytest.CaptureFixture[str]) -> None:
    """Neutral titles, and no note on the treatment; nor does the screen name what was taken out there."""
    synced.delete("24 Treatment day: before and after")
    capsys.readouterr()
    assert synced.again("--private") == 0
    screen = "".join(capsys.readouterr()).lower()
    assert 'you deleted "training": it stays so.' in screen
    assert [word for word in ("needl", "calf", "heel", "sore", "pain", "treat", "rule") if word in screen] == []
    assert {identity(event.content)[1] for event in synced.events().values()} == {True}
    text = b"".join(event.content for event in synced.events().values()).lower()
    assert [word for word in (b"needl", b"calf", b"heel", b"sore", b"treat") if word in text] == []


@pytest.mark.parametrize("number", range(1, 13))
def test_a_server_that_fails_half_way_leaves_the_old_plan(
    number: int, synced: Synced, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whichever request fails: the calendar is as it was, the plan's file too, and the next sync brings it all."""
    before, file = synced.events(), synced.case.with_suffix(".ics").read_bytes()
    synced.case.write_text(synced.case.read_text().replace("2026-11-24T09:30", "2026-11-26T18:00"))
    way = Way(synced.url)
    with listening(way) as url:
        direct, synced.url = synced.url, url
        way.break_at(number, "fail", once=True)
        capsys.readouterr()
        status = synced.again()
        synced.url = direct
    _, err = capsys.readouterr()
    if status == 0:  # So many requests are not needed.
        assert number > len(way.seen)
        return
    assert status == 3
    assert len(err.rstrip().splitlines()) <= 6
    assert "try again later" in err
    assert PASSWORD not in err
    kept = {name: meaning(event.content) for name, event in synced.events().items()}
    assert kept == {name: meaning(event.content) for name, event in before.items()}
    assert synced.case.with_suffix(".ics").read_bytes() == file


@pytest.mark.parametrize("fault", ["forbid", "fail", "lose"])
def test_a_first_sync_that_fails_stands_in_nobodys_way(
    server: str, synced: Synced, tmp_path: Path, fault: Fault, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was tried is not what was written: the next sync makes everything, and nothing twice."""
    case = tmp_path / "new.toml"
    case.write_text(CASE.replace('name = "Henry"', f'name = "Henry {uuid4().hex}"'))
    way = Way(server)
    with listening(way) as url:
        first = Synced(case, url)
        first.events()  # The calendar is there.
        for number in (1, 3, 5, 9):
            way.break_at(number, fault, once=False)
            assert 3 == first.again()
            assert "Traceback" not in capsys.readouterr().err
            assert not case.with_suffix(".ics").exists()
            way.mend()
        assert 0 == first.again()
        assert sorted(first.events()) == sorted(synced.events())


def test_a_calendar_that_holds_another_cases_plan_is_told(
    synced: Synced, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its events are left alone; who follows two plans is told to keep them apart."""
    before = synced.events()
    case = tmp_path / "other.toml"
    case.write_text(CASE.replace('name = "Henry"', 'name = "Other"'))
    at_calendar = next(iter(before.values())).href.rpartition("/")[0]
    assert 0 == Synced(case, f"{at_calendar}/").again()
    said = "The calendar also holds 8 events of another case's plan, left alone; give each plan its own calendar."
    err = capsys.readouterr().err
    assert said in err
    assert ": 8 events added. The plan is kept in" in err
    with connect(synced.url, ENVIRONMENT) as dav:
        after = {event.href: event.etag for event in list_events(calendar(dav, f"{synced.name} \u2013 training plan"))}
    assert {event.href: event.etag for event in before.values()}.items() <= after.items()


@pytest.mark.parametrize("run_server", [radicale, xandikos])
def test_a_real_server_shows_the_plan_and_what_the_person_did(
    run_server: Callable[[Path], AbstractContextManager[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made, synced twice, deleted, moved by a phone that drops the zone, and put back."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "server").mkdir()
    case = tmp_path / "me.toml"
    case.write_text(CASE)
    with run_server(tmp_path / "server") as url:
        it = Synced(case, url)
        assert 0 == it.again()
        first = it.events()
        assert WEEK == sorted(first)
        assert 0 == it.again()
        assert first == it.events()
        deleted = it.delete(WEEK[-1])
        evening = "20261126T190000", "20261126T194000"
        edits = [(f"^{name};TZID=.*$", f"{name}:{to}") for name, to in zip(("DTSTART", "DTEND"), evening, strict=True)]
        it.edit("26 Upper-body strength \u00b7 40 min", *edits)
        for _ in range(2):
            assert 0 == it.again()
            assert WEEK[-1] not in it.events()
            moved = meaning(it.events()["27 Upper-body strength \u00b7 40 min"].content)
            assert "2026-11-27T00:00:00+00:00" == f"{moved.start:%Y-%m-%dT%H:%M:%S+00:00}"
        it.restore(deleted)
        for _ in range(2):
            assert 0 == it.again()
            assert WEEK[-1] in it.events()


def test_a_wrong_password_is_one_line(
    synced: Synced, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says what was refused and where the password comes from."""
    monkeypatch.setenv("PLANNER_CALDAV_PASSWORD", "wrong")
    capsys.readouterr()
    assert synced.again() == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "check PLANNER_CALDAV_USER and PLANNER_CALDAV_PASSWORD" in err


def test_a_plan_whose_file_is_gone_is_not_made_anew(synced: Synced, capsys: pytest.CaptureFixture[str]) -> None:
    """What was written is remembered, the plan that it was is not: nothing is pushed on a guess."""
    before = synced.events()
    synced.case.with_suffix(".ics").unlink()
    capsys.readouterr()
    assert synced.again() == 2
    assert "is not there, though" in capsys.readouterr().err
    assert synced.events() == before


def test_a_memory_that_no_sync_wrote_is_refused(synced: Synced, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is pushed on a guess."""
    notes = synced.case.with_suffix(".sync.json")
    notes.write_text("{}")
    capsys.readouterr()
    assert synced.again() == 2
    assert capsys.readouterr().err.startswith(f"{notes}: is not what a sync remembers")


def test_a_danger_sign_empties_the_weeks_that_are_not_planned_now(synced: Synced) -> None:
    """Three weeks are on the server; a swollen calf is logged, a week is synced, and nothing is left ahead."""
    assert synced.again("--weeks", "3") == 0
    assert any(name.startswith(("07", "08", "09", "10", "11", "12", "13")) for name in synced.events())
    text = synced.case.read_text()
    synced.case.write_text(f'{text}\n[[log]]\ndate = 2026-11-23\nsigns = ["swollen calf"]\n')
    assert synced.again() == 1
    assert {"Training paused: please read", "Treatment day: before and after"} >= {name[3:] for name in synced.events()}
