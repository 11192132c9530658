"""What is forbidden ahead in the calendar does not stand there, however few weeks are planned again."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.calendars.write.memory import read_memory
from planner.planning import plan
from planner.rulebook.file import shipped_rulebook
from tests.bent_cases import FOLDER, bent, bent_case, write
from tests.cases import MONDAY, case_of, needled
from tests.ics_parse import events, moment
from tests.living import NEW_YORK, Living

pytestmark = pytest.mark.once

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
    """A day of massage changes this week; the file goes on, and the plan says that it was not planned anew."""
    living = three_weeks()
    horizon = date(2026, 12, 1)
    before = [one for one in standing(living) if one[0].date() >= horizon]
    treatments = [*living.data["treatments"], {"kind": "massage", "region": "calf", "start": datetime(2026, 11, 26, 9)}]
    living.again(treatments=treatments)
    assert before == [one for one in standing(living) if one[0].date() >= horizon]
    assert living.plan is not None
    assert any("only cancelled where a rule forbids it: plan with --weeks 3" in note for note in living.plan.notes)


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


def test_a_treatment_that_is_booked_weeks_ahead_cancels_only_what_it_forbids_there() -> None:
    """A needling of the third week is booked; the first week is planned again, and its run of that day goes."""
    living = three_weeks()
    run = next(start for start, workout in standing(living) if start.date() > date(2026, 12, 7) and "run" in workout)
    before = standing(living)
    booked = needled((run - timedelta(hours=3)).replace(tzinfo=None), minutes=45)
    living.again(treatments=[*living.data["treatments"], booked])
    gone = {one for one in before if one not in standing(living) and one[0].date() > date(2026, 12, 1)}
    assert any(start == run for start, _ in gone)
    # Neither what ends before the appointment nor what comes a week after it is touched.
    assert all(timedelta(hours=-36) <= start - run <= timedelta(hours=72) for start, _ in gone)
    assert living.plan is not None
    assert any(f"{len(gone)} workout" in note and "cancelled too" in note for note in living.plan.notes)


def test_an_illness_that_reaches_past_the_planned_days_cancels_the_hard_and_long_runs_after_them() -> None:
    """Flu on the last planned days: for ten days after it no long run stands in the week that is not planned now."""
    living = three_weeks()
    assert any(w == "run_long" and start.date() == date(2026, 12, 6) for start, w in standing(living))
    living.again(illness=[{"kind": "flu", "from": date(2026, 11, 24), "until": date(2026, 11, 28)}])
    later = [(start.date(), workout) for start, workout in standing(living) if start.date() > date(2026, 12, 1)]
    assert ("run_long" in {workout for _, workout in later}) is True
    assert [] == [each for each in later if each[1] == "run_long" and each[0] <= date(2026, 12, 8)]


def test_a_case_that_has_not_changed_loses_nothing_ahead() -> None:
    """The first week is planned again and nothing in the weeks after it is cancelled."""
    living = three_weeks()
    before = [one for one in standing(living) if one[0].date() > date(2026, 12, 1)]
    written = living.again()
    assert () == written.changes.cancelled
    assert before == [one for one in standing(living) if one[0].date() > date(2026, 12, 1)]


def test_a_danger_sign_cancels_the_sessions_of_a_coach_in_all_weeks(tmp_path: Path) -> None:
    """Two weeks of somebody else's plan were bent; chest pain is logged and one week is bent again: none stands."""
    feed = (FOLDER / "01_easy_run_after_needling" / "coach.ics").read_text()
    more = re.sub(r"UID:", "UID:later-", re.sub(r"202611(2[3-9])", lambda at: f"2026{_week_later(at[1])}", feed))
    both = feed.partition("END:VCALENDAR")[0] + "BEGIN:VEVENT" + more.partition("BEGIN:VEVENT")[2]
    (tmp_path / "coach.ics").write_text(both)
    case, today, _ = bent_case("01_easy_run_after_needling")
    stamp = datetime(2026, 11, 20, 8, tzinfo=UTC)
    first = write(bent(case, today, 2, tmp_path), stamp).content
    now = datetime(2026, 11, 23, tzinfo=case.tz)
    case, today, _ = bent_case(
        "01_easy_run_after_needling", text='[[log]]\ndate = 2026-11-23\nsigns = ["chest pain"]\n'
    )
    memory = read_memory(first, "bent.ics", now)
    again = write(bent(case, today, 1, tmp_path, memory), stamp, memory=memory).content
    later = date(2026, 11, 30)

    def confirmed(content: bytes) -> list[date]:
        shown = read_memory(content, "bent.ics", now).earlier.events
        return [one.day for one in shown if one.mark and one.session is not None and not one.cancelled]

    assert any(day >= later for day in confirmed(first))
    assert [] == confirmed(again)


def _week_later(day: str) -> str:
    return f"{date(2026, 11, int(day)) + timedelta(days=7):%m%d}"


@pytest.mark.parametrize(("entry", "walks"), [({"advice_sought": True}, False), ({"did": "bike_easy"}, True)])
def test_only_a_log_of_training_says_that_nobody_ran(entry: dict[str, Any], walks: bool) -> None:
    """Two notes of a fortnight ago leave the runs as they are; two rides and no run say that there was a break."""
    log = [{"date": date(2026, 11, day), **entry} for day in (8, 13)]
    made = plan(case_of(injury={"region": "ankle", "severity": "mild"}, log=log), shipped_rulebook(), today=MONDAY)
    assert walks == ("run_walk" in {one.workout for one in made.workouts})
