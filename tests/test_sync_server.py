"""A real CalDAV server: its calendars are found or made, and two syncs in a row change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from caldav.collection import Calendar, Principal
from caldav.elements.dav import DisplayName
from hypothesis import given

from planner.calendars.sync.compare import changes_seen, events_of_plan, steps
from planner.calendars.sync.dav import Dav
from planner.calendars.sync.event_resource import meaning, split_events
from planner.calendars.sync.push import push
from planner.calendars.sync.server import RemoteCalendar, calendar, connect, list_events
from planner.calendars.sync.state import Pushed, state_after_push
from planner.calendars.write.file import to_ical
from planner.errors import OutsideError
from planner.results.plan import Plan
from tests.cases import examples
from tests.plans import STAMP, a_needling, plans, week
from tests.pushes import PLAN, changed, meanings, run, shown_by, uid_of, wanted
from tests.servers import ENVIRONMENT, USER, Answer, Way, listening, plain

pytestmark = pytest.mark.once

KIND = {"Content-Type": "text/calendar; charset=utf-8"}
THEIRS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Somebody//Else//EN\r\nBEGIN:VEVENT\r\nUID:dentist\r\n"
    "DTSTAMP:20260101T000000Z\r\nDTSTART:20261124T090000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def dav(calendar_server: str) -> Iterator[Dav]:
    """Return a connection to the server."""
    with connect(calendar_server, ENVIRONMENT) as found:
        yield found


@pytest.fixture
def workouts(dav: Dav) -> RemoteCalendar:
    """Return a new empty calendar."""
    return calendar(dav, f"Workouts {uuid4()}")


def sync(
    workouts: RemoteCalendar, content: dict[str, bytes], pushed: dict[str, Pushed] | None = None
) -> tuple[int, dict[str, Pushed]]:
    """Do what a sync does; return how many steps there were and what is to be remembered."""
    known = pushed or {}
    todo = steps(known, events_of_plan(list_events(workouts), PLAN, known), content)
    done = len(push(workouts, todo))
    return done, state_after_push(known, todo, events_of_plan(list_events(workouts), PLAN, known))


def put(workouts: RemoteCalendar, name: str, content: str) -> None:
    """Put an event there as another program would."""
    answer = workouts.dav.client.put(f"{workouts.url}{name}.ics", content, KIND)
    assert answer.status in {201, 204}


def make(dav: Dav, name: str, part: str = "VEVENT") -> str:
    """Make a calendar as another program would, and return its URL."""
    made: Any = Principal(dav.client).make_calendar(name=name, supported_calendar_component_set=[part])
    return str(made.url)


def test_a_calendar_is_made_once_and_found_by_its_name(dav: Dav) -> None:
    """The second run finds what the first one made; another name is another calendar."""
    name = f'Läufe & "Rest" <{uuid4()}>'
    first, second, other = calendar(dav, name), calendar(dav, name), calendar(dav, f"{name} 2")

    assert (first.made, second.made, other.made) == (True, False, True)
    assert first.url == second.url != other.url
    assert name == second.name


def test_a_calendar_made_by_another_program_is_found_by_its_name(dav: Dav) -> None:
    """The person made it in their own program: it is taken."""
    name = str(uuid4())
    url = make(dav, name)

    found = calendar(dav, name)

    assert not found.made
    assert url == found.url


def test_a_calendar_that_the_person_renamed_is_still_ours(workouts: RemoteCalendar) -> None:
    """What we made is known by its address, so no second one is made."""
    Calendar(workouts.dav.client, workouts.url).set_properties([DisplayName("Sport")])

    found = calendar(workouts.dav, workouts.name)

    assert (workouts.url, "Sport", False) == (found.url, found.name, found.made)


def test_two_calendars_of_one_name_are_not_guessed_between(dav: Dav) -> None:
    """The person must give the URL of the one that is meant."""
    name = str(uuid4())
    for _ in range(2):
        make(dav, name)

    with pytest.raises(OutsideError, match=f'has 2 calendars named "{name}"; give the URL'):
        calendar(dav, name)


def test_a_list_of_tasks_is_no_calendar_for_workouts(dav: Dav) -> None:
    """A collection of that name which takes no events is passed over."""
    name = str(uuid4())
    make(dav, name, "VTODO")

    assert calendar(dav, name).made


def test_a_server_that_drops_the_name_at_first_is_told_it_again(calendar_server: str) -> None:
    """Otherwise the person would see a calendar with a number for a name."""
    way, name = Way(calendar_server), str(uuid4())

    def answer(method: str, path: str, headers: dict[str, str], body: bytes) -> Answer | None:
        return way(method, path, headers, b"" if method == "MKCALENDAR" else body)

    with listening(answer) as url, connect(url, ENVIRONMENT) as dav:
        made = calendar(dav, name)
        assert (True, name) == (made.made, made.name)
        assert made._replace(made=False) == calendar(dav, name)
    assert "PROPPATCH" in way.seen


@pytest.mark.parametrize("path", ["", f"{USER}/", USER])
def test_the_url_may_be_the_servers_or_a_users(calendar_server: str, workouts: RemoteCalendar, path: str) -> None:
    """All of them lead to the same calendar."""
    with connect(f"{calendar_server}{path}", ENVIRONMENT) as dav:
        assert workouts.url == calendar(dav, workouts.name).url


@pytest.mark.parametrize("end", ["", "/"])
def test_the_url_may_be_the_calendars_own(workouts: RemoteCalendar, end: str) -> None:
    """Then its name does not matter, and events get there with or without the last slash."""
    with connect(workouts.url.rstrip("/") + end, ENVIRONMENT) as dav:
        found = calendar(dav, "Another name")
        assert (False, workouts.name) == (found.made, found.name)
        push(found, steps({}, {}, wanted(run(1))))

    assert {uid_of(1)} == set(shown_by(workouts))


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("root", [200, 403, 404, 405])
def test_a_server_whose_root_is_a_web_page_is_entered_by_its_well_known_door(
    calendar_server: str, status: int, root: int
) -> None:
    """Most providers' addresses are such ones; the redirect there may be of any kind."""
    way = Way(calendar_server)

    def answer(method: str, path: str, headers: dict[str, str], body: bytes) -> object:
        if path == "/":
            return plain(root, b"<html>Welcome</html>", "text/html")
        if path == "/.well-known/caldav":
            return plain(status, Location=f"/{USER}/")
        return way(method, path, headers, body)

    with listening(answer) as url, connect(url, ENVIRONMENT) as dav:  # type: ignore[arg-type] # all are answers
        assert f"{url}{USER}/" == calendar(dav, "Workouts by the door").url.rpartition("/")[0].rpartition("/")[0] + "/"


def test_calendars_may_be_on_another_host_than_the_front_door(calendar_server: str) -> None:
    """Large providers do so: every further request goes to where the calendars are."""
    body = (
        '<multistatus xmlns="DAV:"><response><href>/</href><propstat><prop><calendar-home-set '
        f'xmlns="urn:ietf:params:xml:ns:caldav"><href xmlns="DAV:">{calendar_server}{USER}/</href>'
        "</calendar-home-set></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"
    )
    asked: list[str] = []

    def answer(method: str, path: str, headers: dict[str, str], _body: bytes) -> Answer:
        asked.append(method + path)
        if "Authorization" not in headers:
            return plain(401, WWW_Authenticate='Basic realm="door"')
        return plain(207, body.encode(), "application/xml")

    with listening(answer) as url, connect(url, ENVIRONMENT) as dav:
        found = calendar(dav, str(uuid4()))
        push(found, steps({}, {}, wanted(run(1))))
        assert {uid_of(1)} == set(shown_by(found))
        assert {uid_of(1)} == set(shown_by(calendar(dav, found.name)))
        assert found.url.startswith(calendar_server)
    assert {"PROPFIND/"} == set(asked)


def test_a_netrc_file_is_not_asked_for_the_password(
    calendar_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What other programs keep in it may be another user's."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login eve password wrong\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))

    with connect(calendar_server, ENVIRONMENT) as dav:
        assert f"/{USER}/" in calendar(dav, "Workouts without netrc").url


def test_two_runs_in_a_row_change_nothing(workouts: RemoteCalendar) -> None:
    """The second one has no step to do, whether the first is remembered or not."""
    content = split_events(to_ical(week(run(1), run(2, 25), treatments=(a_needling(),)), STAMP, alarm_minutes=30))
    count, pushed = sync(workouts, content)
    before = list_events(workouts)

    assert len(content) == count == 3
    assert sync(workouts, content, pushed) == (0, pushed)
    assert sync(workouts, content)[0] == 0
    assert before == list_events(workouts)


@given(plans())
@examples(4)
def test_any_plan_is_understood_by_the_server_and_pushed_once(calendar_server: str, plan: Plan) -> None:
    """Whatever titles, zones and clock changes a plan has: what is shown means what was sent."""
    with connect(calendar_server, ENVIRONMENT) as dav:
        workouts = calendar(dav, "Any plan")
        _pushed_once(workouts, plan)


def _pushed_once(workouts: RemoteCalendar, plan: Plan) -> None:
    content = split_events(to_ical(plan, STAMP, alarm_minutes=30))
    known = events_of_plan(list_events(workouts), plan.plan_id)
    push(workouts, steps({}, known, content))

    now = events_of_plan(list_events(workouts), plan.plan_id)

    assert {uid: meaning(each) for uid, each in content.items()} == {
        uid: meaning(event.content) for uid, event in now.items()
    }
    assert {"leave"} == {step.do for step in steps({}, now, content)}


def test_only_our_events_are_touched(workouts: RemoteCalendar) -> None:
    """Another person's event, another plan's, and a copy of ours that the person made stay as they are."""
    mine = wanted(run(1))[uid_of(1)]
    put(workouts, "dentist", THEIRS)
    put(
        workouts,
        "other plan",
        changed(mine, (r"^UID:.*$", "UID:e1f93ea1abc2faa6-other@post-treatment-planner")).decode(),
    )
    put(workouts, "copy", changed(mine, (r"^UID:.*$", "UID:8D7A5E5C-copy")).decode())
    before = list_events(workouts)
    _, pushed = sync(workouts, wanted(run(1)))

    sync(workouts, {}, pushed)

    assert meanings(before) == meanings(list_events(workouts))
    assert len(before) == 3


@pytest.mark.parametrize("remembered", [True, False])
def test_an_event_whose_marks_a_client_dropped_is_still_ours(workouts: RemoteCalendar, remembered: bool) -> None:
    """Its UID is remembered, or is one that only planner makes: a copy imported by hand is adopted."""
    _, pushed = sync(workouts, wanted(run(1)))
    event = shown_by(workouts)[uid_of(1)]
    bare = "".join(line for line in event.content.decode().splitlines(keepends=True) if not line.startswith("X-"))
    workouts.dav.client.put(event.href, bare, KIND)

    assert set(events_of_plan(list_events(workouts), PLAN)) == {uid_of(1)}
    assert set(events_of_plan(list_events(workouts), "0" * 20)) == set()
    assert sync(workouts, {}, pushed if remembered else {})[0] == 1
    assert list_events(workouts) == []


def test_a_deleted_workout_stays_deleted(workouts: RemoteCalendar) -> None:
    """The person deleted it: neither the next run nor the one after makes it again."""
    content = wanted(run(1), run(2, 25))
    _, pushed = sync(workouts, content)
    workouts.dav.client.delete(shown_by(workouts)[uid_of(1)].href)

    for _ in range(2):
        assert changes_seen(pushed, shown_by(workouts))[uid_of(1)].what == "deleted"
        count, pushed = sync(workouts, content, pushed)
        assert (0, {uid_of(2)}) == (count, set(shown_by(workouts)))


def test_a_moved_workout_is_seen_where_it_was_moved_to(workouts: RemoteCalendar) -> None:
    """The person moved it: its new time is told, and once the plan takes that time there is nothing more to do."""
    _, pushed = sync(workouts, wanted(run(1)))
    event = shown_by(workouts)[uid_of(1)]
    times = ((r"^DTSTART.*0700*$", "DTSTART:20261124T210000Z"), (r"^DTEND.*$", "DTEND:20261124T214000Z"))
    workouts.dav.client.put(event.href, changed(event.content, *times).decode(), KIND)

    found = changes_seen(pushed, shown_by(workouts))[uid_of(1)]
    taken = wanted(run(1, 24, 16))

    assert "moved" == found.what
    assert found.now is not None
    assert meaning(taken[uid_of(1)]).span == found.now.span
    _, pushed = sync(workouts, taken, pushed)
    assert changes_seen(pushed, shown_by(workouts))[uid_of(1)].what == "untouched"
    assert sync(workouts, taken, pushed)[0] == 0
