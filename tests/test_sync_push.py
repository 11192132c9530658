"""Pushing to a real server: all or nothing, wherever the server fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest

from planner.calendars.sync.compare import steps
from planner.calendars.sync.dav import Dav
from planner.calendars.sync.event_resource import meaning
from planner.calendars.sync.push import PushError, push
from planner.calendars.sync.server import RemoteCalendar, calendar, connect, list_events
from planner.calendars.sync.state import ServerEvent, Step
from tests.pushes import changed, meanings, run, shown_by, uid_of, wanted
from tests.servers import ENVIRONMENT, Fault, Way, listening

pytestmark = pytest.mark.once

OLD = wanted(run(1, 23), run(2, 24), run(3, 25, title="Long run"))
NEW = wanted(run(1, 23, 18), run(2, 24, title="Hill run"), run(4, 27))
"""One is made, two are changed, one is deleted."""
WRITES = 4
FAULTS: tuple[Fault, ...] = ("refuse", "forbid", "fail", "cut", "lose")


@pytest.fixture
def way(calendar_server: str) -> Way:
    """Return a way to the server that a test may break."""
    return Way(calendar_server)


@pytest.fixture
def dav(way: Way) -> Iterator[Dav]:
    """Return a connection to the server by that way."""
    with listening(way) as url, connect(url, ENVIRONMENT, timeout=10) as found:
        yield found


@pytest.fixture
def workouts(dav: Dav) -> RemoteCalendar:
    """Return a new calendar that holds the old plan."""
    made = calendar(dav, f"Workouts {uuid4()}")
    assert len(push(made, steps({}, {}, OLD))) == len(OLD)
    return made


def restore(workouts: RemoteCalendar, before: list[ServerEvent]) -> None:
    """Make a calendar what it was: the tests' own way, without anything that is tested."""
    dav = workouts.dav
    for event in list_events(workouts):
        dav.client.delete(event.href)
    for event in before:
        dav.client.put(event.href, event.content.decode(), {"Content-Type": "text/calendar; charset=utf-8"})


def test_a_push_makes_changes_and_deletes(workouts: RemoteCalendar) -> None:
    """Afterwards the calendar shows the new plan and nothing else."""
    before = shown_by(workouts)

    assert len(push(workouts, steps({}, before, NEW))) == WRITES

    assert {uid: meaning(content) for uid, content in NEW.items()} == {
        uid: meaning(event.content) for uid, event in shown_by(workouts).items()
    }


@pytest.mark.parametrize("fault", FAULTS)
def test_one_failed_request_leaves_the_old_plan(workouts: RemoteCalendar, way: Way, fault: Fault) -> None:
    """Whichever write fails, and however: what was written before it is taken back, and the message says so."""
    before = list_events(workouts)
    todo = steps({}, shown_by(workouts), NEW)
    # An event that a server does not let be deleted is cancelled instead: test_sync_quirks.
    refusable = WRITES - sum(step.do == "delete" for step in todo) if fault == "forbid" else WRITES
    for number in range(1, refusable + 1):
        todo = steps({}, shown_by(workouts), NEW)
        way.break_at(number, fault, once=True)

        with pytest.raises(PushError, match=r"as it was|nothing was changed") as error:
            push(workouts, todo)

        way.mend()
        assert meanings(before) == meanings(list_events(workouts)), number
        assert error.value.left == ()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_server_that_stays_away_leaves_what_the_message_says(
    workouts: RemoteCalendar, way: Way, fault: Fault
) -> None:
    """Where nothing can be taken back, the message names each event that may not be as it was, and no other."""
    before = list_events(workouts)
    old = {event.href: meaning(event.content) for event in before}
    for number in range(1, WRITES + 1):
        todo = steps({}, shown_by(workouts), NEW)
        way.break_at(number, fault, once=False)

        with pytest.raises(PushError) as error:
            push(workouts, todo)

        way.mend()
        now = meanings(list_events(workouts))
        different = {href for href in {*old, *now} if old.get(href) != now.get(href)}
        named = {href for href in {*old, *now} for uid in error.value.left if uid in href}
        # A server that vanishes may have carried out the last write or not: that one is named either way.
        assert different <= named, number
        assert len(error.value.left) == number - (fault in {"refuse", "forbid"})
        assert all(meaning(OLD.get(uid) or NEW[uid]).title in str(error.value) for uid in error.value.left)
        restore(workouts, before)


@pytest.mark.parametrize("once", [True, False])
def test_an_answer_that_breaks_off_leaves_the_old_plan_or_the_new_one(
    workouts: RemoteCalendar, way: Way, *, once: bool
) -> None:
    """Its first line says already that all is well, so the push may go through; if not, no event is left in doubt."""
    before = list_events(workouts)
    new = sorted(map(meaning, NEW.values()))
    for number in range(1, WRITES + 1):
        todo = steps({}, shown_by(workouts), NEW)
        way.break_at(number, "break off", once=once)
        left: tuple[str, ...] = ()
        expected = new

        try:
            push(workouts, todo)
        except PushError as error:
            expected, left = sorted(meanings(before).values()), error.left

        way.mend()
        now = list_events(workouts)
        assert left or expected == sorted(meanings(now).values()), number
        assert not (once and left)
        restore(workouts, before)


def test_after_a_push_that_broke_off_the_next_one_finishes_it(workouts: RemoteCalendar, way: Way) -> None:
    """Run again, a sync ends where the first one would have."""
    way.break_at(3, "cut", once=False)
    with pytest.raises(PushError, match="run sync again"):
        push(workouts, steps({}, shown_by(workouts), NEW))
    way.mend()

    push(workouts, steps({}, shown_by(workouts), NEW))

    assert sorted(map(meaning, NEW.values())) == sorted(meanings(list_events(workouts)).values())


def test_an_event_that_was_changed_meanwhile_is_not_overwritten(workouts: RemoteCalendar) -> None:
    """What the person does between our look and our write stays, and the message says to run again."""
    todo = steps({}, shown_by(workouts), NEW)
    theirs = shown_by(workouts)[uid_of(2)]
    moved = changed(theirs.content, (r"^SUMMARY:.*$", "SUMMARY:With Ben"))
    workouts.dav.client.put(theirs.href, moved.decode(), {"Content-Type": "text/calendar"})
    before = list_events(workouts)

    with pytest.raises(PushError, match=r"changed in the meantime \(412\); run sync again; what was begun") as error:
        push(workouts, todo)

    assert meanings(before) == meanings(list_events(workouts))
    assert error.value.left == ()


def test_a_server_that_is_gone_is_not_asked_for_ever(workouts: RemoteCalendar, way: Way) -> None:
    """After three failures in a row nothing more is tried to be taken back, and all of it is named."""
    runs = {uid_of(number): wanted(run(number))[uid_of(number)] for number in range(10, 20)}
    way.break_at(9, "cut", once=False)

    with pytest.raises(PushError) as error:
        push(workouts, [Step("create", uid, content) for uid, content in runs.items()])

    assert len(way.seen) == 9 + 1 + 3
    assert list(runs)[:9] == list(error.value.left)


def test_an_event_made_meanwhile_is_not_overwritten(workouts: RemoteCalendar) -> None:
    """A UID that another program put there since is left to the next run."""
    todo = steps({}, shown_by(workouts), NEW)
    href = f"{workouts.url}{uid_of(4)}.ics"
    theirs = changed(NEW[uid_of(4)], (r"^SUMMARY:.*$", "SUMMARY:Theirs"))
    workouts.dav.client.put(href, theirs.decode(), {"Content-Type": "text/calendar"})

    with pytest.raises(PushError, match="412"):
        push(workouts, todo)

    assert meanings(list_events(workouts))[href].title == "Theirs"


def test_nothing_to_do_asks_nothing(workouts: RemoteCalendar, way: Way) -> None:
    """A plan that is there already needs no request at all."""
    todo = steps({}, shown_by(workouts), OLD)
    way.seen.clear()

    assert push(workouts, todo) == []
    assert {step.do for step in todo} == {"leave"}
    assert way.seen == []


@pytest.fixture
def stopping(monkeypatch: pytest.MonkeyPatch, way: Way) -> Callable[[Fault], None]:
    """Have somebody press Ctrl-C at the last write, and the way to the server break from then on."""
    asked = Dav.ask

    def stop(fault: Fault) -> None:
        def ask(dav: Dav, method: str, url: str, *args: object, **options: object) -> object:
            if method == "DELETE" and uid_of(3) in url:
                way.break_at(1, fault, once=False)
                raise KeyboardInterrupt
            return asked(dav, method, url, *args, **options)  # type: ignore[arg-type] # passed on as they came

        monkeypatch.setattr(Dav, "ask", ask)

    return stop


def test_a_stopped_program_takes_back_what_it_began(
    workouts: RemoteCalendar, stopping: Callable[[Fault], None]
) -> None:
    """Who presses Ctrl-C in the middle finds the calendar as it was."""
    before = list_events(workouts)
    todo = steps({}, shown_by(workouts), NEW)
    stopping("none")

    with pytest.raises(KeyboardInterrupt):
        push(workouts, todo)

    assert meanings(before) == meanings(list_events(workouts))


def test_a_stopped_program_that_cannot_take_back_says_so(
    workouts: RemoteCalendar, stopping: Callable[[Fault], None]
) -> None:
    """Ctrl-C because the server hangs: what may be changed is named all the same."""
    todo = steps({}, shown_by(workouts), NEW)
    stopping("cut")

    with pytest.raises(PushError, match=r"^Stopped; not all of what was begun could be taken back: .* run sync again"):
        push(workouts, todo)


def test_the_bytes_that_arrive_are_ours(workouts: RemoteCalendar, way: Way) -> None:
    """Nothing on the way to the server mends, stamps or refolds an event."""
    sent: list[bytes] = []
    through = way.__call__

    def look(method: str, path: str, headers: dict[str, str], body: bytes) -> object:
        sent.append(body)
        return through(method, path, headers, body)

    content = NEW[uid_of(4)]
    with listening(look) as url:  # type: ignore[arg-type] # it returns what the way returns
        other = workouts._replace(url=workouts.url.replace(workouts.url.split("/")[2], url.split("/")[2]))
        push(other, [Step("create", uid_of(4), content)])

    assert [content] == sent
