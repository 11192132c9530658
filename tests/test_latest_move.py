"""Of two moves by hand that contradict each other the latest stands, and the other gives way and is told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.revision.pinned import ASKED, MOST_MOVED, Pinned
from tests.cases import examples
from tests.living import NEW_YORK, Living, by_uid, on, starts, texts, treated

pytestmark = pytest.mark.once

MORNING = datetime(2026, 11, 23, 4, tzinfo=NEW_YORK)
DATA = {
    "injury": {"region": "plantar_fascia", "severity": "moderate"},
    "treatments": [],
    "goals": {"runs": 3, "bikes": 1, "long_run": "sunday"},
    "availability": {"default": "06:00-09:00"},
    "fitness": {"easy_run_minutes": 40, "longest_run_minutes": 60, "bike_minutes": 45},
}


def living() -> Living:
    """Return two planned weeks of somebody who runs with a day between."""
    made = Living(data=dict(DATA), now=MORNING)
    made.again(weeks=2)
    return made


def runs_of(made: Living) -> list[str]:
    """Return the UIDs of the runs that the file shows, in order of time."""
    shown = [
        (starts(event), uid)
        for uid, event in by_uid(made.file).items()
        if (event.value("X-PLANNER-WORKOUT") or "").startswith("run") and event.value("STATUS") == "CONFIRMED"
    ]
    return [uid for _, uid in sorted(shown)]


def drag(made: Living, uid: str, day: int, *, modified: str = "") -> None:
    """Move an event of the file to a day counted from the first Monday, at 07:00; a calendar may say when."""
    old = texts(made.file)[uid]
    lines = {line.split(b";")[0].split(b":")[0]: line for line in old.split(b"\r\n")}
    first, last = (
        datetime.strptime(lines[name].rpartition(b":")[2].decode(), "%Y%m%dT%H%M%S")  # noqa: DTZ007
        for name in (b"DTSTART", b"DTEND")
    )
    begins = on(day, 7).replace(tzinfo=None)
    new = old
    for name, moment in ((b"DTSTART", begins), (b"DTEND", begins + (last - first))):
        new = new.replace(lines[name], lines[name].rpartition(b":")[0] + f":{moment:%Y%m%dT%H%M%S}".encode())
    if modified:
        new = new.replace(lines[b"LAST-MODIFIED"], f"LAST-MODIFIED:{modified}".encode())
    made.file = made.file.replace(old, new)


def stands(made: Living, uid: str, day: int) -> bool:
    """Whether the plan has a workout where it was put."""
    assert made.plan is not None
    return any(one.uid == uid and one.start == on(day, 7) for one in made.plan.workouts)


def test_the_later_of_two_runs_on_neighbouring_days_stands_and_the_other_is_told() -> None:
    """Between runs lies a day: the second run goes to Thursday first, then the third to Friday, and the other way."""
    for first, second in (((1, 10), (2, 11)), ((2, 11), (1, 10))):
        made = living()
        uids = runs_of(made)[3:]
        for number, day in (first, second):
            drag(made, uids[number], day)
            made.again(weeks=2)
        assert stands(made, uids[second[0]], second[1])
        assert not stands(made, uids[first[0]], first[1])
        assert made.plan is not None
        assert any(note.startswith("You moved the") for note in made.plan.notes)


def test_of_two_moves_in_one_edit_the_calendars_own_stamp_tells_which_was_later() -> None:
    """Both were dragged before anything was planned again: LAST-MODIFIED says in which order."""
    for later, other in ((1, 2), (2, 1)):
        made = living()
        uids = runs_of(made)[3:]
        drag(made, uids[later], 9 + later, modified="20261123T120000Z")
        drag(made, uids[other], 9 + other, modified="20261123T110000Z")
        made.again(weeks=2)
        assert (stands(made, uids[later], 9 + later), stands(made, uids[other], 9 + other)) == (True, False)


RUN, DAY = st.integers(0, 5), st.integers(0, 13)
HAPPENINGS = st.one_of(
    st.tuples(st.just("drag"), RUN, DAY),
    st.tuples(st.just("delete"), RUN, st.just(0)),
    st.tuples(st.just("clinic"), DAY, st.integers(7, 18)),
    st.tuples(st.just("log"), st.integers(0, 8), st.sampled_from([0, 1, 2])),
)
"""What happens between two plans: which run goes where, when the clinic has time, which pain and what was done."""


def happen(made: Living, what: str, first: int, second: int) -> None:
    """Let a person move or delete a run, a clinic move the needling, or a day pass with a log of it."""
    uids = runs_of(made)
    if what == "log":
        done = ({"did": "nothing"}, {"did": "run_easy", "minutes": 40}, {"did": "run_walk", "minutes": 35})[second]
        entry = {"date": made.now.date(), "pain": first, "next_morning": first // 4, **done}
        made.data = {**made.data, "log": [*made.data.get("log", []), entry]}
        made.now += timedelta(days=1)
    elif what == "clinic":
        made.data = {**made.data, **treated(on(first, second), region="plantar_fascia")}
    elif uids and what == "drag":
        drag(made, uids[first % len(uids)], second)
    elif uids:
        made.file = without(made.file, uids[first % len(uids)])
    made.now += timedelta(minutes=1)


def without(file: bytes, uid: str) -> bytes:
    """Return a calendar file from which an event was deleted."""
    return file.replace(b"BEGIN:VEVENT\r\n" + texts(file)[uid] + b"END:VEVENT\r\n", b"")


@given(st.lists(HAPPENINGS, min_size=1, max_size=5), st.tuples(RUN, DAY))
@examples(16)
def test_what_was_moved_last_stands_wherever_it_would_without_the_other_moves(
    happenings: list[tuple[str, int, int]], last: tuple[int, int]
) -> None:
    """Random drags, deletions, clinic moves and logs, each followed by a plan: none crashes, and the last drag stands.

    It is where it was put, if rules alone let it be there.
    """
    made = living()
    for what, first, second in happenings:
        happen(made, what, first, second)
        made.again(weeks=2)
        assert made.plan is not None
        assert len(made.plan.days) >= 7
    uids = runs_of(made)
    if not uids:
        return
    uid, day = uids[last[0] % len(uids)], last[1]
    alone = Living(data=dict(made.data), now=made.now, file=made.file.replace(b"X-PLANNER-BY-HAND:MOVED\r\n", b""))
    for each in (made, alone):
        drag(each, uid, day)
        each.again(weeks=2)
    assert stands(made, uid, day) or not stands(alone, uid, day)


def test_the_latest_move_goes_before_all_others_together_and_a_question_before_that() -> None:
    """Whatever number was moved before it."""
    moved = [Pinned("run_easy", MORNING, uid="a", moved=number).precedence for number in range(MOST_MOVED + 1)]
    assert all(later > sum(moved[:number]) for number, later in enumerate(moved))
    assert sum(moved) < ASKED
