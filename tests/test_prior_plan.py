"""What a plan that is made again finds in the calendar: fixed, shown, given up, closed; and which event is which."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from planner import InputError, shipped_rulebook
from planner.case.model import Case
from planner.clock import LAST_YEAR, Minutes, midnight
from planner.revision.calendar import Earlier, ShownEvent
from planner.revision.identity import fresh_identity
from planner.revision.pinned import MOST_MOVED, Pinned, PriorPlan, ShownWorkout
from planner.revision.revise import Placed, Weeks, assign_identities, find_prior_plan, was_taken_out, weeks_of
from tests.cases import case_of
from tests.ics_files import NEW_YORK

FIRST, LAST = date(2026, 11, 23), date(2026, 11, 29)
WEEKS = Weeks(FIRST, 1, FIRST, LAST, FIRST)
PLAN = "1db559e1ecb70df2955e"
BOOK = shipped_rulebook()


def at(day: int, hour: int = 7, minute: int = 0) -> datetime:
    """Return a time in November in New York."""
    return datetime(2026, 11, day, hour, minute, tzinfo=NEW_YORK)


NOW = at(25, 12)


def shown(uid: str, start: datetime, mark: str = "run_easy", **more: Any) -> ShownEvent:
    """Return an event of the calendar, half an hour long."""
    return ShownEvent(uid, mark, "Easy run", start, start + timedelta(minutes=30), 0, **more)


def earlier(*events: ShownEvent, last: date = LAST, now: datetime = NOW, first: date = FIRST) -> Earlier:
    """Return a calendar that shows an earlier plan."""
    return Earlier(PLAN, first, last, now, events, frozenset(event.uid for event in events))


def case(**data: Any) -> Case:
    """Return a case that logs what it is told."""
    return case_of(injury=[{"region": "shoulder", "severity": "mild"}], **data)


@pytest.mark.parametrize(
    ("event", "fixed", "kept"),
    [
        (shown("a", at(24)), [Pinned("run_easy", at(24), Minutes(30), done=True, uid="a")], []),
        (shown("a", at(25, 12)), [Pinned("run_easy", at(25, 12), Minutes(30), done=True, uid="a")], []),
        (shown("a", at(25, 12, 1)), [], [ShownWorkout("run_easy", at(25, 12, 1))]),
        (shown("a", at(24), cancelled=True), [], []),
        (shown("a", at(26), cancelled=True), [], []),
        (shown("a", at(26), by_hand="moved"), [Pinned("run_easy", at(26), uid="a", moved=MOST_MOVED)], []),
        (shown("a", at(26), by_hand="moved", cancelled=True), [], []),
        (shown("a", at(26), by_hand="deleted", cancelled=True), [], []),
        (shown("a", at(24), mark="no workout"), [], []),
        (shown("a", at(22)), [Pinned("run_easy", at(22), Minutes(30), done=True, uid="a")], []),
        (shown("a", at(30)), [Pinned("run_easy", at(30), Minutes(30), done=True, asked=("run",), uid="a")], []),
        (shown("a", at(30), cancelled=True), [], []),
    ],
)
def test_an_event_is_fixed_or_kept_or_gone(event: ShownEvent, fixed: list[Pinned], kept: list[ShownWorkout]) -> None:
    """Begun, to come, cancelled, moved or deleted by hand, before or behind the planned days."""
    found = find_prior_plan(earlier(event), case(), BOOK, WEEKS)
    assert (fixed, kept) == (list(found.fixed), list(found.shown))


def test_what_a_person_took_out_is_given_up_with_its_day() -> None:
    """Only while it is within reach."""
    events = [
        shown("a", at(26), by_hand="deleted", cancelled=True),
        shown("b", at(24), by_hand="deleted", cancelled=True),
    ]
    assert (("run_easy", date(2026, 11, 26)),) == find_prior_plan(earlier(*events), case(), BOOK, WEEKS).given_up


@pytest.mark.parametrize(
    ("last", "closed"),
    [
        (LAST, None),
        (LAST - timedelta(days=1), None),
        (LAST + timedelta(days=1), (LAST + timedelta(days=1), LAST + timedelta(days=1))),
        (LAST + timedelta(days=7), (LAST + timedelta(days=1), LAST + timedelta(days=7))),
    ],
)
def test_weeks_that_end_earlier_than_the_calendar_leave_the_rest_closed(
    last: date, closed: tuple[date, date] | None
) -> None:
    """Up to the last day that was planned, and not where the new plan reaches as far."""
    assert closed == find_prior_plan(earlier(last=last), case(), BOOK, WEEKS).closed


@pytest.mark.parametrize(
    ("now", "not_before"),
    [(NOW, NOW + timedelta(seconds=1)), (at(22, 23), midnight(FIRST, NEW_YORK))],
)
def test_nothing_new_begins_before_now_or_the_first_day(now: datetime, not_before: datetime) -> None:
    """What begins this very moment is past."""
    assert not_before == find_prior_plan(earlier(now=now), case(), BOOK, WEEKS).not_before


@pytest.mark.parametrize(("first", "known_from"), [(FIRST, midnight(FIRST, NEW_YORK)), (date(2026, 11, 26), NOW)])
def test_the_calendar_tells_what_was_done_from_its_first_day_on(first: date, known_from: datetime) -> None:
    """A plan that begins only after now tells of now at most."""
    assert known_from == find_prior_plan(earlier(first=first), case(), BOOK, WEEKS).known_from


def test_without_a_calendar_only_the_log_and_the_moment_count() -> None:
    """Nothing is shown, closed or known."""
    logged = case(log=[{"date": date(2026, 11, 24), "did": "bike_easy", "minutes": 40}])
    found = find_prior_plan(None, logged, BOOK, WEEKS, NOW)
    assert [Pinned("bike_easy", midnight(date(2026, 11, 24), NEW_YORK), Minutes(40), done=True)] == list(found.fixed)
    assert (NOW, None, None, ()) == (found.not_before, found.known_from, found.closed, found.shown)


@pytest.mark.parametrize(
    ("did", "fixed"),
    [
        ("run_easy", [Pinned("run_easy", at(24), Minutes(40), done=True)]),
        ("bike_easy", [Pinned("bike_easy", midnight(date(2026, 11, 24), NEW_YORK), Minutes(40), done=True)]),
    ],
)
def test_what_the_log_says_of_a_day_beats_what_was_planned_for_it(did: str, fixed: list[Pinned]) -> None:
    """At the time that the calendar knows for it, where it was that workout; only of what has begun."""
    logged = case(log=[{"date": date(2026, 11, 24), "did": did, "minutes": 40}])
    assert fixed == list(find_prior_plan(earlier(shown("a", at(24))), logged, BOOK, WEEKS).fixed)
    cancelled = find_prior_plan(earlier(shown("a", at(24), cancelled=True)), logged, BOOK, WEEKS).fixed
    assert midnight(date(2026, 11, 24), NEW_YORK) == cancelled[0].start


@pytest.mark.parametrize(("minute", "begun"), [(0, True), (1, False)])
def test_what_begins_this_very_moment_is_what_the_log_tells_of(minute: int, begun: bool) -> None:
    """What was logged has the time of the workout that has begun; what is still to come stays beside it."""
    start = at(25, 12, minute)
    logged = case(log=[{"date": date(2026, 11, 25), "did": "run_easy", "minutes": 40}])
    found = find_prior_plan(earlier(shown("a", start)), logged, BOOK, WEEKS)
    time = start if begun else midnight(date(2026, 11, 25), NEW_YORK)
    assert [Pinned("run_easy", time, Minutes(40), done=True)] == list(found.fixed)
    assert ([] if begun else [ShownWorkout("run_easy", start)]) == list(found.shown)


def test_what_is_shown_is_kept_in_whole_at_its_time_and_by_half_on_its_day() -> None:
    """Nothing for another day or another workout; of several that are shown the best counts."""
    prior = PriorPlan(shown=(ShownWorkout("run_easy", at(24)), ShownWorkout("run_easy", at(24, 18))))
    asked = [("run_easy", at(24)), ("run_easy", at(24, 9)), ("run_easy", at(25)), ("walk", at(24))]
    assert [2, 1, 0, 0] == [prior.keeping_grade(workout, start) for workout, start in asked]


def test_a_log_of_days_behind_the_plan_or_of_nothing_done_is_no_workout() -> None:
    """On both sides of the last day."""
    entries = [{"date": LAST, "did": "walk", "minutes": 20}, {"date": LAST + timedelta(days=1), "did": "walk"}]
    found = find_prior_plan(None, case(log=[*entries, {"date": FIRST, "soreness": 2}]), BOOK, WEEKS)
    assert [LAST] == [one.start.date() for one in found.fixed]


def test_what_was_done_on_the_last_day_of_the_plan_does_not_stand_behind_it() -> None:
    """It is a day of the plan like any other: nothing keeps its distance from it beforehand."""
    found = find_prior_plan(earlier(shown("a", at(29)), now=at(29, 12)), case(), BOOK, WEEKS)
    assert [Pinned("run_easy", at(29), Minutes(30), done=True, uid="a")] == list(found.fixed)


def test_of_what_stands_behind_the_plan_the_next_of_each_sort_keeps_its_distance() -> None:
    """A second easy run asks for nothing, a first hard or long one does, a ride never, nor what was done before."""
    events = [
        shown("p", at(24)),
        shown("a", at(30), "bike_easy"),
        shown("b", at(30, 8)),
        shown("c", at(30, 9)),
        shown("d", at(30, 10), "run_hard"),
        shown("e", at(30, 11), "run_long"),
        shown("f", at(30, 12), "run_long"),
    ]
    found = find_prior_plan(earlier(*events), case(), BOOK, WEEKS).fixed
    asked = {"b": ("run",), "d": ("hard",), "e": ("long",), "a": (), "c": (), "f": (), "p": ()}
    assert asked == {one.uid: one.asked for one in found}


WEDNESDAY, SUNDAY, NEXT = date(2026, 11, 25), date(2026, 11, 29), date(2026, 11, 30)


@pytest.mark.parametrize(
    ("first", "weeks", "last", "event_day", "expected"),
    [
        (FIRST, 1, None, None, Weeks(FIRST, 1, FIRST, LAST, FIRST)),
        (FIRST, 2, None, None, Weeks(FIRST, 2, FIRST, LAST + timedelta(days=7), FIRST)),
        (WEDNESDAY, 1, None, None, Weeks(FIRST, 2, WEDNESDAY, date(2026, 12, 1), WEDNESDAY)),
        (WEDNESDAY, 1, LAST, None, Weeks(FIRST, 2, WEDNESDAY, date(2026, 12, 1), FIRST)),
        (SUNDAY, 1, LAST, None, Weeks(FIRST, 2, SUNDAY, date(2026, 12, 5), FIRST)),
        (NEXT, 1, LAST, None, Weeks(NEXT, 1, NEXT, date(2026, 12, 6), NEXT)),
        (FIRST, 1, LAST, 30, Weeks(FIRST, 2, FIRST, LAST, FIRST)),
        (FIRST, 1, LAST, 35, Weeks(FIRST, 2, FIRST, LAST, FIRST)),
        (FIRST, 1, LAST, 36, Weeks(FIRST, 1, FIRST, LAST, FIRST)),
        (FIRST, 1, LAST, 29, Weeks(FIRST, 1, FIRST, LAST, FIRST)),
    ],
)
def test_weeks_are_calendar_weeks(
    first: date, weeks: int, last: date | None, event_day: int | None, expected: Weeks
) -> None:
    """Also where an earlier plan goes on; and as far as the calendar shows more within six days."""
    events = [] if event_day is None else [shown("a", at(22) + timedelta(days=event_day - 22))]
    known = None if last is None else earlier(*events, last=last)
    assert expected == weeks_of(first, weeks, known)
    if event_day is not None and known is not None:
        gone = known._replace(events=tuple(event._replace(cancelled=True) for event in known.events))
        assert 1 == weeks_of(first, weeks, gone).number


@pytest.mark.parametrize(
    ("first", "starts", "begins", "last"),
    [
        (FIRST, 0, FIRST, LAST),
        (FIRST + timedelta(days=1), 0, FIRST, LAST + timedelta(days=7)),
        (SUNDAY, 0, FIRST, LAST + timedelta(days=7)),
        (SUNDAY, 6, SUNDAY, date(2026, 12, 5)),
        (FIRST, 6, date(2026, 11, 22), date(2026, 12, 5)),
    ],
)
def test_a_plan_without_a_number_of_weeks_ends_with_a_calendar_week(
    first: date, starts: int, begins: date, last: date
) -> None:
    """The one that ends six or more days after the first day: so it has 7 to 13 days."""
    found = weeks_of(first, None, None, starts)
    assert (begins, last) == (found.begins, found.last)
    assert 7 <= (found.last - found.first).days + 1 <= 13


@pytest.mark.parametrize(("began", "since"), [(20, FIRST), (24, date(2026, 11, 24)), (27, WEDNESDAY)])
def test_what_is_asked_of_a_week_goes_on_from_where_its_plan_began(began: int, since: date) -> None:
    """Not from where it is made again; one that begins later says nothing of these days."""
    known = earlier(last=LAST)._replace(first=date(2026, 11, began))
    assert since == weeks_of(WEDNESDAY, 1, known).since


@pytest.mark.parametrize(("year", "fine"), [(LAST_YEAR - 1, True), (LAST_YEAR, False), (1970, True), (1969, False)])
def test_a_plan_that_begins_too_far_away_is_refused(year: int, fine: bool) -> None:
    """On both sides of both ends."""
    if fine:
        assert weeks_of(date(year, 6, 1), 1).first.year == year
        return
    with pytest.raises(InputError, match="is too far away"):
        weeks_of(date(year, 6, 1), 1)


def placed(start: datetime, mark: str = "run_easy", **more: Any) -> Placed:
    """Return something that a plan places."""
    return Placed(mark, start, FIRST, "runs", **more)


def test_of_like_workouts_those_nearest_to_each_other_are_the_same() -> None:
    """Pair by pair, and one event for one workout; what is farther than six days is another one."""
    known = earlier(shown("a", at(26)), shown("b", at(28)))
    assert ["b", "a"] == assign_identities(PLAN, [placed(at(29)), placed(at(27))], known, WEEKS)
    fresh = fresh_identity(PLAN, FIRST, "runs", {"a", "b"})
    assert ["a", "b", fresh] == assign_identities(
        PLAN, [placed(at(26)), placed(at(28)), placed(at(28, 9))], known, WEEKS
    )
    assert [fresh] == assign_identities(PLAN, [placed(at(28), "bike_easy")], known, WEEKS)
    alone = earlier(shown("a", at(25, 13)))
    reach = Weeks(FIRST, 2, FIRST, LAST + timedelta(days=7), FIRST)
    six_days = at(25, 13) + timedelta(days=6)
    assert ["a"] == assign_identities(PLAN, [placed(six_days)], alone, reach)
    assert ["a"] != assign_identities(PLAN, [placed(six_days + timedelta(minutes=1))], alone, reach)


def test_a_cancelled_workout_is_itself_again_only_at_its_very_time() -> None:
    """And a living one at the same distance comes first; what a person deleted never comes back."""
    known = earlier(shown("a", at(26), cancelled=True))
    assert ["a"] == assign_identities(PLAN, [placed(at(26))], known, WEEKS)
    assert ["a"] != assign_identities(PLAN, [placed(at(26, 7, 1))], known, WEEKS)
    both = earlier(shown("a", at(26), cancelled=True), shown("b", at(26)))
    assert ["b"] == assign_identities(PLAN, [placed(at(26))], both, WEEKS)
    deleted = earlier(shown("a", at(26), cancelled=True, by_hand="deleted"))
    assert ["a"] != assign_identities(PLAN, [placed(at(26))], deleted, WEEKS)


def test_what_is_past_or_taken_already_is_no_other_workout() -> None:
    """A UID that a plan names itself, and one of a run that has begun."""
    known = earlier(shown("a", at(24)), shown("b", at(26)))
    found = assign_identities(PLAN, [placed(at(26), uid="b"), placed(at(26, 9))], known, WEEKS)
    assert "b" == found[0]
    assert found[1] not in {"a", "b"}
    assert 2 == len(set(assign_identities(PLAN, [placed(at(26)), placed(at(27))], None, WEEKS)))


def test_a_note_that_a_person_took_out_is_not_made_again() -> None:
    """The note on that treatment, and no other."""
    note = shown("a", at(26), "treatment massage calf", by_hand="deleted", cancelled=True, about=at(24))
    known = earlier(note)
    assert was_taken_out(known, "treatment massage calf", at(24))
    assert not was_taken_out(known, "treatment massage calf", at(25))
    assert not was_taken_out(known, "treatment massage knee", at(24))
    assert not was_taken_out(earlier(note._replace(by_hand="")), "treatment massage calf", at(24))
    assert not was_taken_out(None, "treatment massage calf", at(24))


def test_what_a_question_puts_at_a_time_goes_before_what_the_person_has_there() -> None:
    """Before what they moved, and before a fixed session; what is done is in nobody's choice."""
    asked = Pinned("run_easy", at(26))
    moved, fixed = asked._replace(uid="a", moved=MOST_MOVED), asked._replace(session=True)
    done = asked._replace(done=True)
    assert asked.precedence > moved.precedence > fixed.precedence > done.precedence == 0


def test_the_last_day_on_which_anything_stands_is_that_of_the_latest_workout() -> None:
    """In whichever order they are told; where nothing stands there is none."""
    fixed = (Pinned("walk", at(24)), Pinned("walk", at(27)), Pinned("walk", at(25)))
    assert (PriorPlan(fixed=fixed).last_fixed, PriorPlan().last_fixed) == (at(27).date(), None)
