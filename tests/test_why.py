"""Why: every verdict agrees with the independent checker, every cost with planning again; sentences are written out."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.case.file import read_case
from planner.cli import main
from planner.clock import Minutes, at, later
from planner.errors import InputError
from planner.planning import plan
from planner.results.answer import Answer
from planner.results.plan import PlannedWorkout
from planner.rulebook.file import shipped_rulebook
from planner.rulebook.kinds import Workout
from planner.rulebook.scales import INTENSITIES, Intensity
from planner.scheduling.request import Request
from planner.what_if.questions import Questions, plan_around
from tests.cases import MONDAY, Ask, asks, case_of, examples
from tests.checker import Checker, broken
from tests.checker_health import broken_by_health
from tests.living import on
from tests.plans import plan_of
from tests.readme import ROOT

pytestmark = pytest.mark.once

BOOK = shipped_rulebook()
HENRY = str(ROOT / "examples" / "plantar_fascia_calf_needled.toml")
# How far apart days of strength are is a test of its own.
UNSPACED = '\n[rules.override."training.upper_body_apart"]\naway = true\nby = "Henry"\n'


def henry(folder: Path) -> Questions:
    """Return the questions to the plan of the founding article's runner, with days of strength as near as may be."""
    file = folder / "henry.toml"
    file.write_text(Path(HENRY).read_text(encoding="utf-8") + UNSPACED, encoding="utf-8")
    return Questions(Request(read_case(file, BOOK), BOOK, MONDAY))


def asked(questions: Questions, workout: str, day: int, hour: int, minute: int = 0) -> Answer:
    """Return the answer for a workout on a day of November 2026 at a local time."""
    return questions.best_answer(workout, [at(date(2026, 11, day), time(hour, minute), questions.task.case.tz)])


def entry_of(answer: Answer) -> Workout:
    """Return the workout of the catalogue that an answer is about."""
    return BOOK.workouts[answer.workout]


def effort(answer: Answer) -> Intensity:
    """Return how hard the workout of an answer may be: no harder than it is, nor than it may."""
    both = [INTENSITIES.index(each) for each in (entry_of(answer).intensity, answer.max_intensity) if each]
    return INTENSITIES[min(both)]


def wrong_by_rule(ask: Ask, answer: Answer, minutes: Minutes) -> list[str]:
    """Return what the independent checker says of a plan with nothing but the workout of an answer, as it allows it."""
    entry = BOOK.workouts[answer.workout]
    workout = PlannedWorkout(
        uid="",
        workout=answer.workout,
        kind=entry.kind,
        title=answer.title,
        start=answer.start,
        end=later(answer.start, minutes=minutes),
        minutes=minutes,
        intensity=effort(answer),
        check=answer.check,
    )
    made = plan(ask.case, BOOK, today=ask.today)
    days = [day.model_copy(update={"workouts": ()}) for day in made.days]
    number = (answer.start.date() - ask.today).days
    days[number] = days[number].model_copy(update={"workouts": (workout,)})
    checker = Checker(ask.case, BOOK, plan_of(*days, timezone=ask.case.timezone))
    return [
        *checker.treatments_themselves(),
        *checker.rule_windows(),
        *checker.days_before_races(),
        *checker.longest_so_far(),
        *checker.around_races(),
        *broken_by_health(checker),
    ]


@examples(30)
@given(asks(most_weeks=1), st.data())
def test_every_verdict_agrees_with_the_independent_checker(ask: Ask, data: st.DataObject) -> None:
    """At any minute: ruled out is broken, allowed is whole, limited is whole within the limits and not beyond."""
    questions = Questions(Request(ask.case, BOOK, ask.today))
    day = ask.today + timedelta(days=data.draw(st.integers(0, 6)))
    moment = at(day, time(data.draw(st.integers(0, 21)), data.draw(st.sampled_from([0, 1, 15, 30, 59]))), ask.case.tz)
    for workout in data.draw(st.lists(st.sampled_from(sorted(BOOK.workouts)), min_size=3, max_size=3, unique=True)):
        answer = questions.best_answer(workout, [moment])
        usual = questions.task.chooser.usual_minutes(workout)
        if answer.verdict == "ruled_out":
            entry = BOOK.workouts[workout]
            everything = "soreness 0 or less, pain 0 or less, no limp, this morning, chest, no swelling"
            gentle = answer.model_copy(update={"max_intensity": entry.least_intensity, "check": everything})
            assert wrong_by_rule(ask, gentle, usual), (workout, moment)
        else:
            within = min(usual, usual if answer.max_minutes is None else answer.max_minutes)
            assert wrong_by_rule(ask, answer, within) == [], (workout, moment)
        if answer.verdict == "allowed":
            # A rule may say a figure, but asks no less than the workout is anyway.
            assert (usual, entry_of(answer).intensity, None) == (within, effort(answer), answer.check)


@examples(40)
@given(asks(), st.data())
def test_the_cost_is_the_difference_of_two_plans_and_the_other_plan_breaks_nothing(
    ask: Ask, data: st.DataObject
) -> None:
    """The plan as it is, less the plan with the workout put there; and the checker passes that plan."""
    questions = Questions(Request(ask.case, BOOK, ask.today, weeks=ask.weeks))
    as_it_is = plan(ask.case, BOOK, today=ask.today, weeks=ask.weeks)
    starts = [start for choice in questions.task.days for starts in choice.starts for start in starts]
    for _ in range(3 if starts else 0):
        start, workout = data.draw(st.sampled_from(starts)), data.draw(st.sampled_from(sorted(BOOK.workouts)))
        answer = questions.best_answer(workout, [start])
        put = questions.with_put(workout, start)
        if answer.verdict == "ruled_out":
            assert (None, None) == (answer.would_cost, put)
        elif put is None:
            assert answer.would_cost is None
            assert "no plan can hold it" in answer.text
        else:
            assert as_it_is.score.total - put.score.total == answer.would_cost
            # What was asked for could have been chosen there; nothing is better than the best plan.
            assert answer.would_cost >= 0 or all(form.workout != workout for form in questions.task.wishes.forms)
            assert sum(loss.points for loss in answer.lost_by) >= (answer.would_cost or 0)
            # What nobody asked for is one too many, and a race that was only asked about is in no case.
            wrong = [one for one in broken(ask.case, BOOK, put) if not one.startswith("week from") or "rest" in one]
            assert wrong == [] or workout == "race"
        assert answer.chosen == any(one.workout == workout and one.start == start for one in as_it_is.workouts)


@examples(30)
@given(asks(most_weeks=1), st.integers(0, 6))
def test_what_a_day_calls_chosen_is_what_the_plan_holds(ask: Ask, number: int) -> None:
    """`why` of a day and `plan` tell of the same workouts, each with cost 0 and at its time."""
    day = ask.today + timedelta(days=number)
    answer = Questions(Request(ask.case, BOOK, ask.today)).answer_for_day(day)
    planned = next(each for each in plan(ask.case, BOOK, today=ask.today).days if each.date == day)
    held = {(one.workout, one.start) for one in planned.workouts}
    assert planned.workouts == answer.chosen
    assert held == {(one.workout, one.start) for one in answer.workouts if one.chosen}
    assert all(one.would_cost == 0 for one in answer.workouts if one.chosen)
    assert list(BOOK.workouts) == [one.workout for one in answer.workouts]


@pytest.mark.parametrize(
    ("workout", "when", "expected"),
    [
        # Chosen as it is: the long run of Sunday, the easy run of Monday.
        ("run_long", (29, 9), "It is in the plan, at 09:00."),
        ("run_easy", (23, 7), "It is in the plan, at 07:00."),
        # Needled on Tuesday until 10:15: 24 hours later is Wednesday, 10:15.
        (
            "run_easy",
            (25, 6, 30),
            "First 24 hours: no running, no impact, little load on the treated leg (until Wed 10:15).",
        ),
        ("race", (26, 7), "No race within 72 hours of needling (until Fri 10:15)."),
        ("run_hard", (23, 7), "Moderately sore tendon: no hard runs and no jumps."),
        # One window a day but Wednesday, one rest day: what comes in takes a place.
        ("walk", (26, 7), "With it, the upper-body session on Thursday would go."),
        (
            "bike_easy",
            (26, 7),
            "It would move here from Tuesday, and the upper-body session would move from Thursday to Tuesday.",
        ),
        (
            "run_easy",
            (26, 7),
            "It would move here from Friday, and the upper-body session would move from Thursday to Friday.",
        ),
        (
            "upper_body",
            (28, 9),
            "It would move here from Thursday, and the easy ride would move from Tuesday to Thursday.",
        ),
        ("run_long", (23, 7), "It would move here from Sunday, and the easy run would move from Monday to Sunday."),
        ("run_easy", (27, 7, 30), "It would start then instead of at 07:00."),
        (
            "bike_easy",
            (25, 18),
            (
                "It would start then instead of at 06:30, and the upper-body session on Wednesday would start at 06:30 "
                "instead of 18:00."
            ),
        ),
    ],
)
def test_the_sentence_for_one_workout(workout: str, when: tuple[int, ...], expected: str, tmp_path: Path) -> None:
    """In the week of the founding article, each answer is a sentence that a stranger understands."""
    assert expected == asked(henry(tmp_path), workout, *when).text


@pytest.mark.parametrize(
    ("case", "workout", "when", "expected"),
    [
        # A race has its day to itself.
        (
            {"races": [{"date": date(2026, 11, 29)}]},
            "walk",
            (29, 9),
            "The rules allow it, but no plan can hold it: race day belongs to the race.",
        ),
        # 22:45 and 90 minutes end after midnight.
        (
            {"fitness": {"easy_run_minutes": 90, "longest_run_minutes": 120}},
            "run_easy",
            (27, 22, 45),
            "The rules allow it, but no plan can hold it: not enough time left on the day.",
        ),
        # Seven rest days leave no day for a walk.
        (
            {"goals": {"rest_days": 7}},
            "walk",
            (27, 7),
            "The rules allow it, but no plan can hold it: too few rest days would be left in the week.",
        ),
        # Six days before a race no long run, whatever else.
        (
            {"races": [{"date": date(2026, 11, 29)}]},
            "run_long",
            (25, 7),
            "No long run in the last days before a race (until the end of Sat 28 Nov).",
        ),
        # Nothing else stands in the week, so nothing goes.
        ({"goals": {"runs": 1}}, "walk", (27, 7), "There would be room for a walk; you have not asked for one."),
        # A second workout on the one day with time for sport.
        (
            {"goals": {"runs": 1}, "availability": {"default": [], "sunday": ["07:00-08:00", "18:00-19:00"]}},
            "walk",
            (29, 18),
            "It would fit in, but one workout a day is better than two.",
        ),
    ],
)
def test_the_sentence_where_something_is_special(
    case: dict[str, object], workout: str, when: tuple[int, ...], expected: str
) -> None:
    """Races, the end of the day, rest days, free days: each has its own words."""
    injured = {"injury": {"region": "calf", "severity": "mild"}, "goals": {"runs": 2}, **case}
    assert expected == asked(Questions(Request(case_of(**injured), BOOK, MONDAY)), workout, *when).text


def test_only_the_race_is_asked_about_at_the_hour_of_the_race() -> None:
    """On race day a race begins when it begins; any other workout is answered for where the rules allow most of it."""
    day = date(2026, 11, 29)
    case = case_of(
        injury={"region": "calf", "severity": "mild"}, goals={"runs": 2}, races=[{"date": day, "start": "14:00"}]
    )
    questions = Questions(Request(case, BOOK, MONDAY))
    starts = {workout: questions.answer_on(workout, day).start.time() for workout in ("race", "walk", "run_easy")}
    assert starts == {"race": time(14), "walk": time(9), "run_easy": time(9)}


@pytest.mark.parametrize(
    ("workout", "out"),
    [("run_easy", True), ("run_long", True), ("run_hard", True), ("race", True), ("run_walk", False), ("walk", False)],
)
def test_on_the_way_back_to_running_there_are_no_other_runs(workout: str, out: bool) -> None:
    """Whoever walks and runs in turn neither runs at a stretch nor races, whatever the rules say of the hour."""
    case = case_of(injury={"region": "achilles", "severity": "mild"}, return_to_running={"stage": 3})
    answer = asked(Questions(Request(case, BOOK, MONDAY)), workout, 26, 7)
    assert out == (answer.verdict == "ruled_out") == ("return_to_running" in answer.binding)
    told = "On the way back to running all runs are run-and-walk sessions, at the stage that you have reached."
    assert out == (answer.text == told)


@pytest.mark.parametrize(
    ("day", "start", "weeks", "expected"),
    [
        (date(2026, 11, 29), None, 1, (MONDAY, 1)),
        (date(2026, 11, 30), None, 1, (MONDAY, 2)),
        (date(2026, 11, 30), None, 4, (MONDAY, 4)),
        (date(2026, 11, 22), None, 1, (date(2026, 11, 22), 1)),
        (date(2026, 11, 30), date(2026, 11, 30), 1, (date(2026, 11, 30), 1)),
    ],
)
def test_a_day_belongs_to_a_plan(day: date, start: date | None, weeks: int, expected: tuple[date, int]) -> None:
    """The plan of today where it reaches so far, more weeks of it behind that, and its own where the day is past."""
    assert expected == plan_around(day, MONDAY, start, weeks)


@pytest.mark.parametrize(
    ("day", "last", "weeks"),
    [
        (date(2026, 11, 29), date(2026, 11, 29), None),
        (date(2026, 11, 29), date(2026, 11, 30), 2),
        (date(2026, 11, 29), date(2028, 1, 1), 52),
        (date(2026, 11, 22), date(2026, 12, 20), None),
    ],
)
def test_the_plan_reaches_as_far_as_an_earlier_one(day: date, last: date, weeks: int | None) -> None:
    """A day to come is asked of all that the calendar shows; a day that is past needs no more than its own week."""
    assert (min(day, MONDAY), weeks) == plan_around(day, MONDAY, last=last)


@pytest.mark.parametrize(("day", "start"), [(date(2026, 11, 22), MONDAY), (date(2028, 1, 1), None)])
def test_a_day_that_no_plan_reaches_is_said_to_be_wrong(day: date, start: date | None) -> None:
    """Before --from, and more than 52 weeks ahead."""
    with pytest.raises(InputError):
        plan_around(day, MONDAY, start)


def test_a_day_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    """The treatment that reaches in, what the plan holds, what is ruled out, what would be possible: in that order."""
    assert main(["why", HENRY, "2026-11-26", "--today", "2026-11-23"]) == 0
    lines = capsys.readouterr().out.splitlines()
    parts = ["Thu 26 Nov", "Treatments that reach into this day", "In the plan", "Ruled out"]
    parts.append("Possible, but not in the plan")
    assert parts == [line for line in lines if line in parts]
    after = lines.index("Ruled out")
    assert ["  Long run", "      No long or hard run and no jumps for 48 hours (until Thu 10:15)."] == lines[
        after + 1 : after + 3
    ]


def test_what_is_put_on_a_day_that_has_one_of_its_kind_takes_its_place() -> None:
    """A day holds each kind once: a ride in the evening is instead of the one in the morning, and gains nothing."""
    windows = {"default": [], "monday": ["07:00-08:00", "18:00-19:00"]}
    wished = {"goals": {"bikes": 2, "two_a_day": True}, "availability": windows}
    ask = Request(case_of(injury={"region": "elbow"}, **wished), shipped_rulebook(), MONDAY)
    answer = Questions(ask).best_answer("bike_easy", [on(0, 18)])
    assert answer.would_change is not None
    put = Questions(ask).with_put("bike_easy", on(0, 18))
    assert put is not None
    assert [(one.start, one.by_hand) for one in put.workouts] == [(on(0, 18), False)]
    (moved,) = answer.would_change.moved
    assert (moved.from_, moved.to, answer.would_change.gained) == (on(0, 7), on(0, 18), ())


def test_with_put_the_other_plan_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """`--put` prints the best plan that has the workout at that time, here the long run on Saturday."""
    assert main(["why", HENRY, "2026-11-28", "long run", "--put", "--today", "2026-11-23"]) == 0
    out = capsys.readouterr().out
    assert "It would move here from Sunday" in out
    (saturday,) = [line for line in out.splitlines() if line.strip().startswith("Sat 28 Nov  ")]
    assert "09:00 Long run, 60 min" in saturday


@pytest.mark.parametrize(("workout", "held"), [("long run", True), ("hard run", False)])
def test_with_put_json_is_one_object_with_the_plan_in_it(
    workout: str, held: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a program reads is the answer with one more key, null where no plan can hold the workout."""
    asked = ["why", HENRY, "2026-11-28", workout, "--today", "2026-11-23", "--format", "json"]
    assert main(asked) == 0
    answer = json.loads(capsys.readouterr().out)
    assert main([*asked, "--put"]) == 0
    found = json.loads(capsys.readouterr().out)
    plan = found.pop("plan")
    assert answer == found
    assert held == (plan is not None)
    if held:
        saturday = next(day for day in plan["days"] if day["date"] == "2026-11-28")
        assert [one["workout"] for one in saturday["workouts"]] == ["run_long"]


def test_put_without_a_workout_is_said_to_be_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    """`--put` needs something to put."""
    assert main(["why", HENRY, "2026-11-28", "--put"]) == 2
    assert "planner why: --put: no workout is named; name the WORKOUT to put there\n" == capsys.readouterr().err


def test_a_danger_sign_answers_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No cost and nothing chosen where a sign clears the plan, and status 1."""
    file = tmp_path / "me.toml"
    file.write_text(
        'timezone = "UTC"\n[injury]\nregion = "calf"\n[[log]]\ndate = 2026-11-23\nsigns = ["chest pain"]\n',
        encoding="utf-8",
    )
    assert main(["why", str(file), "2026-11-24", "--today", "2026-11-23", "--format", "json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["alerts"]
    assert [] == answer["chosen"]
    assert {None} == {one["would_cost"] for one in answer["workouts"]}
