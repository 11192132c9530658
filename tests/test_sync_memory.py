"""What a sync remembers: enough to tell the person's doing from our own, even after a sync that was cut off."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from planner.calendars.sync.compare import changes_seen, steps
from planner.calendars.sync.event_resource import essence
from planner.calendars.sync.state import Pushed, from_text, state_after_push, state_before_push, to_text
from tests.pushes import before, dos, edited, run, there, uid_of, wanted

pytestmark = pytest.mark.once

ONE = uid_of(1)
URL = "https://cal.example.org/anna/plan/"


def test_a_sync_that_was_cut_off_is_not_taken_for_the_persons_doing() -> None:
    """Whatever of its steps were done: nothing counts as moved or deleted, and the next sync finishes them."""
    old, new = wanted(run(1), run(2, 24)), wanted(run(1, 23, 18), run(3, 25))
    pushed = {uid: Pushed(each) for uid, each in old.items()}
    todo = steps(pushed, there(old), new)
    begun = from_text(to_text(state_before_push(pushed, todo), URL), URL)
    states = (old, {**old, uid_of(3): new[uid_of(3)]}, {**old, **new}, new)
    for state in states:
        shown = there(state)
        assert {each.what for each in changes_seen(begun, shown).values()} == {"untouched"}
        again = steps(begun, shown, new)
        after = state_after_push(begun, again, there(new))
        assert {uid: essence(each) for uid, each in new.items()} == {
            uid: essence(each.sent) for uid, each in after.items() if not each.tried
        }
        assert set(dos(steps(after, there(new), new)).values()) == {"leave"}
        # And if the plan wants the old week back, what was half done is undone.
        assert {uid: step for uid, step in dos(steps(begun, shown, old)).items() if step != "leave"} == {
            **({ONE: "update"} if state[ONE] != old[ONE] else {}),
            **({uid_of(2): "create"} if uid_of(2) not in state else {}),
            **({uid_of(3): "delete"} if uid_of(3) in state else {}),
        }


def test_a_server_that_rewrites_texts_is_not_taken_for_the_person() -> None:
    """What it made of an event right after the push is what we left there."""
    content = wanted(run(1))
    shown = edited((r"^SUMMARY:.*$", "SUMMARY:EASY RUN"))
    pushed = state_after_push({}, steps({}, {}, content), shown)

    assert changes_seen(pushed, shown)[ONE].what == "untouched"
    assert dos(steps(pushed, shown, content)) == {ONE: "leave"}
    assert dos(steps(pushed, shown, wanted(run(1, 24)))) == {ONE: "update"}


def test_what_a_person_did_is_remembered_as_ours_was() -> None:
    """Deleted or edited, and left so: the next sync sees it again."""
    for shown in ({}, edited((r"^SUMMARY:.*$", "SUMMARY:With Ben"))):
        pushed = state_after_push(before(), steps(before(), shown, wanted(run(1))), shown)
        assert before() == pushed
        assert changes_seen(before(), shown) == changes_seen(pushed, shown)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"version": 2, "events": {}}',
        '{"version": 1, "events": {}}',
        f'{{"version": 1, "calendar": "{URL}", "events": {{"a": {{"sent": 1}}}}}}',
    ],
)
def test_what_no_sync_wrote_is_no_memory(text: str) -> None:
    """It is one error, whatever is wrong with it."""
    with pytest.raises(ValueError, match=r"Expecting value|another version|not what a sync remembers"):
        from_text(text, URL)


def test_memory_is_text_that_is_read_back() -> None:
    """Whole, and the same for the same."""
    pushed = {ONE: Pushed(wanted(run(1, title="Läufe"))[ONE], b"x", (b"", b"y")), uid_of(2): Pushed(b"")}
    assert from_text(to_text(pushed, URL), URL) == pushed
    assert list(json.loads(to_text(pushed, URL))["events"]) == sorted(pushed)


def test_another_calendar_is_not_remembered() -> None:
    """What was pushed elsewhere was not deleted here."""
    text = to_text({ONE: Pushed(b"x")}, URL)
    assert from_text(text, f"{URL}other/") == {}


def test_what_is_long_over_is_forgotten() -> None:
    """Both sides of the moment: a run that ends then is, one that ends a minute later is not."""
    end = datetime(2026, 11, 23, 12, 40, tzinfo=UTC)
    shown = there(wanted(run(1)))

    assert state_after_push(before(), [], shown, since=end) == {}
    assert state_after_push(before(), [], shown, since=end - timedelta(minutes=1)) == before()
    assert set(state_after_push(before(), steps(before(), shown, wanted(run(1))), shown, since=end)) == {ONE}


def test_what_a_server_took_and_does_not_show_is_made_again() -> None:
    """It was not the person who deleted it."""
    content = wanted(run(1))
    pushed = state_after_push({}, steps({}, {}, content), {})

    assert dos(steps(pushed, {}, content)) == {ONE: "create"}
    assert dos(steps(pushed, there(content), content)) == {ONE: "leave"}


@pytest.mark.parametrize(
    ("sent", "is_there", "remembered"),
    [
        (True, True, True),
        (True, False, True),
        (False, True, True),
        (False, False, False),
    ],
)
def test_only_what_was_never_there_and_is_not_there_is_forgotten(sent: bool, is_there: bool, remembered: bool) -> None:
    """What was there and is gone was deleted by the person; what was tried only may still turn up."""
    content = wanted(run(1))
    pushed = {ONE: Pushed(content[ONE]) if sent else Pushed(b"", tried=(content[ONE],))}
    assert (pushed if remembered else {}) == state_after_push(pushed, [], there(content) if is_there else {})
