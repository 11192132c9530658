"""What real servers and phones do that no standard says: each is imitated here in front of a real server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest

from planner.calendars.sync.compare import SeenChange, changes_seen, count_events_of_others, steps
from planner.calendars.sync.event_resource import identity, meaning
from planner.calendars.sync.push import PushError, push
from planner.calendars.sync.server import RemoteCalendar, calendar, connect, list_events
from planner.calendars.sync.state import Pushed, ServerEvent, Step, state_after_push, state_before_push
from tests.pushes import NEW_YORK, PLAN, before, changed, dos, edited, run, shown_by, uid_of, wanted
from tests.servers import ENVIRONMENT, Answer, Way, listening, plain

pytestmark = pytest.mark.once

Answering = Callable[[str, str, dict[str, str], bytes], Answer | None]


@contextmanager
def behind(server: Answering) -> Iterator[RemoteCalendar]:
    """Make a calendar on a server that answers in its own way."""
    with listening(server) as url, connect(url, ENVIRONMENT) as dav:
        yield calendar(dav, f"Workouts {uuid4()}")


def synced(
    at: RemoteCalendar, content: Mapping[str, bytes], pushed: dict[str, Pushed]
) -> tuple[list[Step], dict[str, Pushed]]:
    """Bring a calendar to show a plan, and return what was carried out and what is remembered."""
    todo = steps(pushed, shown_by(at), content)
    done = push(at, todo)
    todo = [*(step for step in todo if step.do == "leave"), *done]
    return done, state_after_push(pushed, todo, shown_by(at))


class TrashBin(Way):
    """As Nextcloud: a UID that was deleted once is not taken again (400), nor deleted a second time (403)."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.deleted: set[str] = set()
        self.takes_back = False

    def __call__(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer | None:
        """Answer as it does."""
        uid = identity(body)[0] if method == "PUT" else ""
        if method == "PUT" and uid in self.deleted and "If-None-Match" in headers and not self.takes_back:
            return plain(400, b"Deleted calendar object with uid already exists in this calendar collection.")
        if method == "DELETE":
            uid = path.rpartition("/")[2].removesuffix(".ics").replace("%40", "@")
            if uid in self.deleted:
                return plain(403, b"can't be moved into the trashbin")
            self.deleted.add(uid)
        return super().__call__(method, path, headers, body)


def test_a_workout_that_a_trash_bin_holds_is_made_under_another_name(calendar_server: str) -> None:
    """And found under it from then on."""
    with behind(TrashBin(calendar_server)) as at:
        _, pushed = synced(at, wanted(run(1)), {})
        _, pushed = synced(at, {}, pushed)
        (made,), pushed = synced(at, wanted(run(1)), pushed)
        assert made.uid != uid_of(1)
        assert made.uid.endswith(f"-{PLAN}@workouts.planner")
        assert {made.uid} == set(shown_by(at)) == set(pushed)
        assert [] == synced(at, {made.uid: made.content}, pushed)[0]


def test_a_workout_that_a_trash_bin_does_not_take_is_cancelled(calendar_server: str) -> None:
    """It stays, struck out and free, and the next sync asks for nothing more."""
    server = TrashBin(calendar_server)
    server.takes_back = True
    with behind(server) as at:
        _, pushed = synced(at, wanted(run(1)), {})
        _, pushed = synced(at, {}, pushed)
        _, pushed = synced(at, wanted(run(1)), pushed)
        _, pushed = synced(at, {}, pushed)
        (event,) = list_events(at)
        assert meaning(event.content).cancelled
        assert [] == synced(at, {}, pushed)[0]


def test_a_calendar_that_may_only_be_read_says_so(calendar_server: str) -> None:
    """Cancelling is refused as deleting is: the answer to the first is what is said."""

    class ReadOnly(Way):
        def __call__(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer | None:
            readable = method not in {"PUT", "DELETE"} or self.fault == "none"
            return super().__call__(method, path, headers, body) if readable else plain(403)

    server = ReadOnly(calendar_server)
    with behind(server) as at:
        synced(at, wanted(run(1)), {})
        server.fault = "forbid"
        with pytest.raises(PushError, match=r"does not allow this \(403\)"):
            synced(at, {}, {})


class StaleVersions(Way):
    """Lists events with a version that is not the one that it has."""

    def __call__(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer | None:
        """Answer as it does."""
        answer = super().__call__(method, path, headers, body)
        if method != "REPORT" or answer is None:
            return answer
        content = re.sub(rb"(getetag>)[^<]*(<)", rb'\1"stale"\2', answer.body)
        return Answer(answer.status, answer.headers, content, len(content))


def test_a_stale_version_in_a_list_stops_no_write(calendar_server: str) -> None:
    """What counts is that the event says what it said in the list (412 for ever otherwise)."""
    with behind(StaleVersions(calendar_server)) as at:
        _, pushed = synced(at, wanted(run(1), run(2)), {})
        done, pushed = synced(at, wanted(run(1, hour=8)), pushed)
        assert {uid_of(1): "update", uid_of(2): "delete"} == dos(done)
        assert {uid_of(1)} == set(shown_by(at))


def test_what_somebody_changed_meanwhile_is_still_not_overwritten(calendar_server: str) -> None:
    """Whether the version in the list was stale or not."""
    with behind(StaleVersions(calendar_server)) as at:
        synced(at, wanted(run(1)), {})
        todo = steps({}, shown_by(at), wanted(run(1, hour=8)))
        (event,) = list_events(at)
        content = changed(event.content, (r"^SUMMARY:.*$", "SUMMARY:Mine"))
        at.dav.ask("PUT", event.href, content, {"Content-Type": "text/calendar"}, accepted=(201, 204))
        with pytest.raises(PushError, match="changed in the meantime"):
            push(at, todo)
        assert "Mine" == meaning(list_events(at)[0].content).title


def floating(hour: int) -> dict[str, ServerEvent]:
    """Return a calendar in which a phone dropped the zone of the run, and has it begin at an hour."""
    return edited(
        (r"^DTSTART;TZID.*$", f"DTSTART:20261123T{hour:02}0000"), (r"^DTEND;TZID.*$", f"DTEND:20261123T{hour:02}4000")
    )


def test_a_phone_that_drops_the_zone_changes_nothing() -> None:
    """A time without a zone is a local one (RFC 5545, 3.3.5)."""
    (one,) = changes_seen(before(), floating(7), NEW_YORK).values()
    assert "untouched" == one.what
    assert {uid_of(1): "leave"} == dos(steps(before(), floating(7), wanted(run(1)), zone=NEW_YORK))


def test_a_move_by_a_phone_that_drops_the_zone_is_followed() -> None:
    """To the local time that it shows."""
    (one,) = changes_seen(before(), floating(18), NEW_YORK).values()
    assert one.now is not None
    assert ("moved", run(1, hour=18).start) == (one.what, one.now.start)
    assert one.now.span is not None


def test_without_a_zone_to_go_by_such_a_time_is_none() -> None:
    """As before: it says no moment."""
    found: SeenChange = changes_seen(before(), floating(18))[uid_of(1)]
    assert "edited" == found.what


def test_what_was_only_tried_was_not_written() -> None:
    """A first sync that failed leaves nothing that the next one takes for the person's doing."""
    begun = state_before_push({}, steps({}, {}, wanted(run(1))))
    assert [] == [one for one in begun.values() if one.settled]
    assert {uid_of(1): "create"} == dos(steps(begun, {}, wanted(run(1))))


def test_events_of_another_plan_are_counted() -> None:
    """Those that are not over; ours and other programs' are not."""
    (mine,) = edited().values()
    other = ServerEvent("/x.ics", "", mine.content.replace(PLAN.encode(), b"0" * 20))
    foreign = ServerEvent("/y.ics", "", mine.content.replace(PLAN.encode(), b"x"))
    begins = run(1).start
    assert 1 == count_events_of_others([mine, other, foreign], PLAN, begins)
    assert 0 == count_events_of_others([mine, other, foreign], PLAN, begins + timedelta(minutes=40))
