"""Questions about a plan that lives: what its calendar shows, what was done, what was moved or taken out by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.appointments.opening_hours import parse_hours
from planner.cli import main
from planner.clock import Minutes, at
from planner.planning import plan
from planner.results.answer import Answer
from planner.results.plan import Plan
from planner.revision.calendar import Earlier, ShownEvent
from planner.revision.pinned import Pinned
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.choose import broken_spacings, choose
from planner.scheduling.request import Request
from planner.what_if.booking import Booking, offer
from planner.what_if.questions import Questions
from tests.cases import Ask, asks, case_of, examples
from tests.living import DATA, Living, on
from tests.readme import ROOT

pytestmark = pytest.mark.once

BOOK = shipped_rulebook()
HENRY = ROOT / "examples" / "plantar_fascia_calf_needled.toml"


def shown(made: Plan, now: datetime, moved: dict[str, datetime | None]) -> Earlier:
    """Return what a calendar shows of a plan at a moment; some workouts moved by hand, or taken out (None)."""
    events = []
    for one in made.workouts:
        start, end, by_hand = one.start, one.end, ""
        if one.uid in moved:
            there = moved[one.uid]
            by_hand = "deleted" if there is None else "moved"
            start, end = (start, end) if there is None else (there, there + (one.end - one.start))
        events.append(ShownEvent(one.uid, one.workout, one.title, start, end, 0, by_hand == "deleted", by_hand))  # type: ignore[arg-type]
    uids = frozenset(one.uid for one in made.workouts)
    return Earlier(made.plan_id, made.wishes_from or made.weeks_from, made.to, now, tuple(events), uids)


@examples(40)
@given(asks(), st.data())
def test_costs_are_those_of_the_plan_that_follows_from_the_calendar(ask: Ask, data: st.DataObject) -> None:
    """Whatever is past, moved or taken out: the difference of that plan and the one with the workout put there."""
    made = plan(ask.case, BOOK, today=ask.today, weeks=ask.weeks)
    today = ask.today + timedelta(days=data.draw(st.integers(0, 6)))
    now = at(today, datetime.min.time().replace(hour=data.draw(st.integers(0, 23))), ask.case.tz)
    moved: dict[str, datetime | None] = {}
    for one in data.draw(st.lists(st.sampled_from(made.workouts or [None]), max_size=2)):
        if one is not None and one.start > now:
            later = one.start + timedelta(days=data.draw(st.integers(-1, 1)), minutes=15)
            moved[one.uid] = data.draw(st.sampled_from([None, later]))
    earlier = shown(made, now, moved)
    questions = Questions(Request(ask.case, BOOK, today, weeks=ask.weeks, earlier=earlier))
    as_it_is = plan(ask.case, BOOK, today=today, weeks=ask.weeks, earlier=earlier)
    assert (as_it_is.workouts, as_it_is.score) == (questions.plan.workouts, questions.plan.score)
    task = questions.replanner.base.task
    starts = [start for choice in task.days for starts in choice.starts for start in starts]
    for _ in range(2 if starts else 0):
        start, workout = data.draw(st.sampled_from(starts)), data.draw(st.sampled_from(sorted(BOOK.workouts)))
        answer = questions.best_answer(workout, [start])
        if answer.verdict == "ruled_out" or answer.chosen:
            continue
        given_too = task.prior._replace(fixed=(*task.prior.fixed, Pinned(workout, start)))
        # Under the limits of the plan that stands: those about dose hang on what it holds, and stay for a question.
        chooser = task.chooser.with_prior(given_too)
        days = tuple(chooser.on(each.day) if each.day == start.date() else each for each in task.days)
        put_there = task._replace(prior=given_too, chooser=chooser, days=days)
        solution, candidates = choose(put_there)
        chosen = [[candidates[option.key] for option in options] for options in solution.days]
        if broken := broken_spacings(put_there, chosen):
            solution, candidates = choose(put_there._replace(active=put_there.active | broken))
        held = [candidates[option.key].fixed for options in solution.days for option in options]
        put = any(one is not None and not one.done and not one.uid for one in held)
        assert answer.would_cost == (as_it_is.score.total - solution.points if put else None)


def living(hours: float = 0) -> tuple[Living, Plan]:
    """Return the founding article's runner some hours after planning two weeks, with that plan."""
    life = Living()
    life.again(weeks=2)
    life.pass_time(hours=hours)
    assert life.plan is not None
    return life, life.plan


def asked(life: Living, earlier: Earlier, workout: str, start: datetime) -> Answer:
    """Return the answer for a workout at a time of the living plan."""
    questions = Questions(Request(case_of(**life.data), BOOK, life.now.date(), weeks=2, earlier=earlier))
    return questions.best_answer(workout, [start])


def test_what_was_moved_by_hand_is_in_the_plan_at_its_new_time() -> None:
    """The easy run of Friday was put on Saturday: there it is, and what a question puts there would take its place."""
    life, made = living()
    run = next(one for one in made.workouts if one.workout == "run_easy" and one.start.date() == on(4).date())
    earlier = shown(made, life.now, {run.uid: on(5, 9, 30)})
    assert asked(life, earlier, "run_easy", on(5, 9, 30)).text == "It is in the plan, at 09:30."
    assert asked(life, earlier, "run_walk", on(5, 9)).text == "With it, the easy run on Sat 28 Nov would go."


@pytest.mark.parametrize(("minutes", "past"), [(-1, True), (0, True), (1, False)])
def test_a_time_is_past_from_the_very_minute_on(minutes: int, past: bool) -> None:
    """What begins now is past already: nothing is planned there any more."""
    life, made = living(hours=48)
    start = life.now + timedelta(minutes=minutes)
    answer = asked(life, shown(made, life.now, {}), "mobility", start)
    assert answer.verdict == "allowed"
    assert past == (answer.text == "The rules allow it, but no plan can hold it: that time is past.")
    assert past == (answer.would_cost is None)
    earlier = shown(made, life.now, {})
    questions = Questions(Request(case_of(**life.data), BOOK, life.now.date(), weeks=2, earlier=earlier))
    assert past == (questions.with_put("mobility", start) is None)


@pytest.mark.parametrize(
    ("out", "told"),
    [
        (False, "stand in that week already."),
        (True, "stand in that week already, or you took them out of your calendar."),
    ],
)
def test_rides_that_are_done_leave_none_to_place(out: bool, told: str) -> None:
    """Two rides a week are wished for; both are done by Thursday noon, or one of them was taken out by hand."""
    life, made = living(hours=12 if out else 78)
    rides = [one for one in made.workouts if one.workout == "bike_easy" and one.start < on(7)]
    assert [one.start.date() for one in rides] == [on(2).date(), on(3).date()]
    if out:
        life.pass_time(hours=44)
    earlier = shown(made, life.now, {rides[1].uid: None} if out else {})
    expected = f"The rules allow it, but no plan can hold it: the rides you asked for {told}"
    assert expected == asked(life, earlier, "bike_easy", on(5, 9)).text


def test_booking_costs_are_those_of_changing_the_plan_that_stands() -> None:
    """Each option costs what the plan with it has less; that workouts suit the days after it better is no gain."""
    life, made = living(hours=50)
    earlier = shown(made, life.now, {})
    hours, _ = parse_hours("mon-fri 08:00-18:00")
    booking = Booking("dry_needling", "calf", Minutes(30), on(7).date(), on(11).date(), hours)
    case = case_of(**life.data)
    found = offer(Request(case, BOOK, life.now.date(), earlier=earlier), booking)
    # A run that stays on its day, later and shorter, is one clause.
    assert "The easy run on Fri 4 Dec would start at 08:30 instead of 07:00 and last 28 minutes instead of 40." == next(
        option.text for option in found.options if option.start == on(10, 8)
    )
    for option in (found.options[0], found.options[-1]):
        more = {"kind": "dry_needling", "region": "calf", "start": option.start.replace(tzinfo=None), "minutes": 30}
        other = case_of(**{**life.data, "treatments": [*life.data["treatments"], more]})
        before, after = (
            plan(each, BOOK, today=life.now.date(), start=found.from_, weeks=found.weeks, earlier=earlier)
            for each in (case, other)
        )
        assert option.cost == without_service(before) - without_service(after)


def without_service(made: Plan) -> int:
    """Return the points of a plan without those for what follows a treatment well."""
    return made.score.total - made.score.preferences["recovery_after_treatment"]


def test_the_plan_file_is_asked_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--plan` names it: the day shows what the file shows, two weeks of it, not a plan made afresh."""
    file = tmp_path / "weeks.ics"
    assert 0 == main(["plan", str(HENRY), "-o", str(file), "--weeks", "2", "--today", "2026-11-23"])
    moved = (
        file.read_bytes()
        .replace(b"20261127T070000", b"20261128T093000")
        .replace(b"20261127T072800", b"20261128T095800")
    )
    file.write_bytes(moved)
    capsys.readouterr()
    asking = ["why", str(HENRY), "2026-11-28", "--today", "2026-11-24"]
    assert 0 == main([*asking, "--plan", str(file)])
    assert "09:30 Easy run" in capsys.readouterr().out
    assert 0 == main(asking)
    assert "09:30 Easy run" not in capsys.readouterr().out
    booking = [
        "book",
        str(HENRY),
        "--kind",
        "massage",
        "--between",
        "2026-12-01",
        "2026-12-02",
        "--today",
        "2026-11-24",
    ]
    assert 0 == main([*booking, "--plan", str(file)])
    assert file.read_bytes() == moved


def test_a_plan_file_that_is_not_there_or_not_of_the_case_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line each, for `why` and for `book`."""
    missing, other = tmp_path / "none.ics", tmp_path / "other.ics"
    main(["plan", str(ROOT / "examples" / "shoulder_needled.toml"), "-o", str(other), "--today", "2026-11-23"])
    capsys.readouterr()
    why = ["why", str(HENRY), "2026-11-28", "--today", "2026-11-23"]
    book = ["book", str(HENRY), "--kind", "massage", "--between", "2026-12-01", "2026-12-02", "--today", "2026-11-23"]
    for command in (why, book):
        assert 2 == main([*command, "--plan", str(missing)])
        expected = f"{missing}: is not there; name the file that `planner plan -o` wrote\n"
        assert expected == capsys.readouterr().err
        assert 2 == main([*command, "--plan", str(other)])
        assert "holds the plan of another case" in capsys.readouterr().err


def test_a_question_about_a_longer_plan_sees_all_of_it() -> None:
    """Asked about a day of its first week, the plan is that of all weeks that the file shows."""
    life, made = living()
    earlier = shown(made, life.now, {})
    questions = Questions(Request(case_of(**DATA), BOOK, life.now.date(), weeks=2, earlier=earlier))
    assert [date.fromisoformat("2026-11-23"), date.fromisoformat("2026-12-06")] == [
        questions.plan.from_,
        questions.plan.to,
    ]
    assert questions.plan.workouts == made.workouts


def test_a_kept_plan_that_would_change_is_spoken_of_on_its_day() -> None:
    """The easy run of Friday is in the calendar; the needling then moves to Thursday evening, so it would move too."""
    before = {"injury": {"region": "calf", "severity": "moderate"}, "goals": {"runs": 3, "long_run": False}}
    case = case_of(**before)
    made = plan(case, BOOK, today=on(0, 0).date())
    friday = next(one for one in made.workouts if one.start.date() == on(4, 0).date())
    earlier = shown(made, on(0, 6), {})
    needled = {"kind": "dry_needling", "region": "calf", "start": datetime(2026, 11, 26, 18)}
    changed = case_of(**before, treatments=[needled])
    answers = [
        Questions(Request(each, BOOK, on(0, 0).date(), earlier=earlier)).answer_for_day(friday.start.date())
        for each in (case, changed)
    ]
    assert answers[0].notes == ()
    (note,) = answers[1].notes
    assert note.startswith(
        f"Your calendar shows {friday.title} on Fri 27 Nov, {friday.start:%H:%M}: planned again, it "
    )
