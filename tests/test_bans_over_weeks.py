"""What has no end forbids all that lies ahead in the calendar, however few weeks are planned again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.ics_parse import events, moment
from tests.living import NEW_YORK, Living

SIGN = {"date": date(2026, 11, 24), "signs": ["swollen calf"]}


def standing(living: Living) -> list[tuple[datetime, str]]:
    """Return the start and the workout of everything in the file that is still ahead and not cancelled."""
    memory = living.memory()
    assert memory is not None
    ahead = [one for one in memory.earlier.events if one.moment is not None and not one.cancelled]
    return sorted((one.moment, one.mark) for one in ahead if one.moment is not None and one.moment > living.now)


def lines_before(living: Living) -> list[list[tuple[str, str]]]:
    """Return the lines of everything in the file that has begun."""
    found = []
    for event in events(living.file):
        line = event.one("DTSTART")
        start = None if line is None else moment(line)
        if isinstance(start, datetime) and start < living.now:
            found.append([(each.name, each.value) for each in event.lines])
    return found


def three_weeks() -> Living:
    """Return a plan of three weeks in a calendar file, a day and a half after it was made."""
    living = Living()
    living.again(weeks=3)
    living.pass_time(days=1, hours=6)
    return living


def test_a_danger_sign_cancels_everything_ahead_in_the_file() -> None:
    """A week is planned again, and the two weeks after it hold nothing either; the plan says so."""
    living = three_weeks()
    ahead = len(standing(living))
    written = living.again(log=[SIGN])
    assert [] == standing(living)
    assert ahead == len(written.changes.cancelled)
    assert living.plan is not None
    assert any(note.startswith("After Mon 30 Nov ") and "cancelled too" in note for note in living.plan.notes)


def test_what_is_past_stays_when_a_sign_cancels_the_rest() -> None:
    """What was done before the sign is history."""
    living = three_weeks()
    past = lines_before(living)
    living.again(log=[SIGN])
    assert past
    assert past == lines_before(living)


def test_a_sign_for_soon_cancels_only_what_it_forbids() -> None:
    """A limp leaves upper-body days of the weeks ahead where they are, and no run and no ride."""
    living = three_weeks()
    horizon = living.now + timedelta(days=7)
    kept = [one for one in standing(living) if one[1] == "upper_body" and one[0] > horizon]
    living.again(log=[{**SIGN, "signs": ["limp"]}])
    left = standing(living)
    assert kept
    assert set(kept) <= set(left)
    assert {"upper_body"} == {workout for start, workout in left if start > horizon}


@pytest.mark.parametrize(
    "changed",
    [
        {"injury": {"region": "shin", "severity": "moderate", "tissue": "bone"}},
        {"log": [{"date": date(2026, 11, 24), "did": "run_easy", "pain": 9, "region": "plantar_fascia"}]},
    ],
    ids=["a bone that nobody has cleared", "pain that a clinician must look at"],
)
def test_what_waits_for_a_clinician_cancels_the_runs_of_all_weeks(changed: dict[str, Any]) -> None:
    """Neither ends by itself, so no run may stay in the weeks that are not planned now."""
    living = three_weeks()
    assert any(workout.startswith("run") for start, workout in standing(living) if start.date() > date(2026, 12, 1))
    living.again(**changed)
    assert not any(workout.startswith("run") for _, workout in standing(living))
    assert any(start.date() > date(2026, 12, 1) for start, _ in standing(living))


def test_what_ends_by_itself_leaves_the_later_weeks_and_says_so() -> None:
    """A day of needling changes this week; the file goes on, and the plan says that it was not looked at."""
    living = three_weeks()
    horizon = date(2026, 12, 1)
    before = [one for one in standing(living) if one[0].date() >= horizon]
    treatments = [*living.data["treatments"], {"kind": "massage", "region": "calf", "start": datetime(2026, 11, 26, 9)}]
    living.again(treatments=treatments)
    assert before == [one for one in standing(living) if one[0].date() >= horizon]
    assert living.plan is not None
    assert any("was not looked at: plan with --weeks 3" in note for note in living.plan.notes)


def test_after_a_finding_the_weeks_fill_again() -> None:
    """What was cancelled comes back once the sign was ruled out and the weeks are planned again."""
    living = three_weeks()
    living.again(log=[SIGN])
    finding = {"date": date(2026, 11, 25), "cleared": "ruled out", "by": "Dr Smith"}
    living.now = datetime(2026, 11, 26, 6, tzinfo=NEW_YORK)
    living.again(weeks=3, log=[SIGN, finding])
    assert any(start.date() > date(2026, 12, 3) for start, _ in standing(living))


def test_a_sign_that_was_confirmed_empties_the_file_up_to_the_clinicians_day() -> None:
    """A danger sign with an end a fortnight ahead cancels what lies before it, and keeps what lies after it."""
    living = three_weeks()
    day = date(2026, 12, 8)
    finding = {"date": date(2026, 11, 24), "cleared": "confirmed", "by": "Dr Smith", "training_from": day}
    living.again(log=[SIGN, finding])
    left = [start.date() for start, _ in standing(living)]
    assert left
    assert min(left) >= day
