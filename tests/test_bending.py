"""Somebody else's plan is changed as little as the rules allow, and every change says why."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from planner import Plan
from planner.bending.plan import prepare_bent
from planner.cli import main
from planner.results.bent import BentSummary
from planner.rulebook.file import shipped_folder
from tests.bent_cases import EXAMPLES, FOLDER, bent, bent_case, coached_weeks, expected

pytestmark = pytest.mark.once


def summary(planned: Plan) -> BentSummary:
    """Return what became of the plan."""
    assert planned.bent is not None
    return planned.bent


@pytest.fixture(scope="module", params=EXAMPLES)
def example(request: pytest.FixtureRequest) -> str:
    """Return the name of an example."""
    return str(request.param)


@pytest.fixture(scope="module")
def planned(example: str) -> Plan:
    """Return the bent plan of an example."""
    return bent(*bent_case(example), FOLDER / example)


def test_the_changes_are_those_that_cost_least(example: str, planned: Plan) -> None:
    """What was changed, to where and to what, is as the example says, and so is what it costs."""
    wanted = expected(example)
    changed = {
        (
            *(one.source.title, str(one.source.day), one.source.read_as.workout, one.source.minutes),
            *(str(one.start.date()), f"{one.start:%H:%M}", one.workout, one.minutes),
        )
        for one in planned.workouts
        if one.source is not None and one.change is not None
    }
    assert changed == {
        (
            *(one["title"], one["planned"]["day"], one["planned"]["workout"], one["planned"]["minutes"]),
            *(one["now"]["day"], one["now"]["start"], one["now"]["workout"], one["now"]["minutes"]),
        )
        for one in wanted["changes"]
    }
    assert summary(planned).points == wanted.get("points", summary(planned).points)


def test_everything_else_stays_to_the_minute(example: str, planned: Plan) -> None:
    """What is kept has its day, its minutes, and its time where it had one."""
    kept = {
        (one.source.title, str(one.start.date()), None if one.all_day else f"{one.start:%H:%M}", one.minutes)
        for one in planned.workouts
        if one.source is not None and one.change is None
    }
    assert kept == {(one["title"], one["day"], one["start"], one["minutes"]) for one in expected(example)["kept"]}
    assert summary(planned).lost == 0


def test_each_rule_that_changes_something_is_named(example: str, planned: Plan) -> None:
    """The reasons of a change are just the rules that the example names, and no change has none."""
    changes = {
        (one.source.title, str(one.source.day), one.minutes): {reason.rule for reason in one.change.reasons}
        for one in planned.workouts
        if one.source is not None and one.change is not None
    }
    assert all(changes.values())
    for one in expected(example)["changes"]:
        assert set(one["rules"]) == changes[one["title"], one["planned"]["day"], one["now"]["minutes"]]


def test_conflicts_and_remarks_are_said_once(example: str, planned: Plan) -> None:
    """A race that a rule speaks against stays, marked; what the plan does not keep by itself is only remarked on."""
    wanted = expected(example)
    passed = {(one.title, one.why) for one in summary(planned).passed_over}
    says = {"rest": "a rest day", "note": "no session", "done": "done already"}
    assert "notes" not in wanted or passed == {(title, says[kind]) for _, title, kind in wanted["notes"]}
    assert [one.title for one in summary(planned).conflicts] == wanted["conflicts"]
    remarks = {one["rule"] for one in wanted.get("remarks", [])}
    assert remarks <= {one.rule for one in summary(planned).remarks}


def test_a_title_that_cannot_be_read_is_taken_for_the_most_that_it_could_be(tmp_path: Path) -> None:
    """Without the person's word the example's session is a hard run, and the alert holds the line to paste."""
    name = "09_unknown_title"
    (tmp_path / "coach.ics").write_text((FOLDER / name / "coach.ics").read_text())
    case, today, weeks = bent_case(name)
    entry = case.workouts[0].model_copy(update={"read": ()})
    planned = bent(case.model_copy(update={"workouts": (entry,)}), today, weeks, tmp_path)
    wanted = expected(name)["without_read"]
    assert planned.alerts == (wanted["alert"],)
    (unsure,) = summary(planned).unsure
    assert {"title": unsure.title, "workout": unsure.taken_for, "minutes": unsure.minutes, "sure": False} == wanted[
        "read_as"
    ]
    assert [one.title for one in summary(planned).passed_over] == ["Dentist"]


def test_an_all_day_session_says_which_part_of_its_day_is_left() -> None:
    """Needling at 18:00 leaves the morning: the run of that day stays, to be done by then."""
    planned = bent(*bent_case(EXAMPLES[1]), FOLDER / EXAMPLES[1])
    (tuesday,) = [one for one in planned.workouts if one.start.date() == date(2026, 11, 24)]
    assert (tuesday.all_day, tuesday.hint) == (True, "done by 18:00")


def test_why_says_where_the_session_of_a_day_went_and_what_a_changed_one_was(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whoever asks about Wednesday hears where its intervals went and why, about Thursday what a changed one was."""
    case = str(Path(__file__).parents[1] / "examples" / "coach_plan.toml")
    assert main(["why", case, "2026-11-25", "--today", "2026-11-23"]) == 0
    wednesday = capsys.readouterr().out
    assert '(400 m jog), 2 km CD" → Mon 23 Nov, 06:45, 65 min. Dry needling' in wednesday
    assert main(["why", case, "2026-11-26", "--today", "2026-11-23"]) == 0
    assert 'Changed: "Rest or 30 min easy" of Sat 28 Nov' in capsys.readouterr().out
    assert main(["why", case, "2026-11-24", "--today", "2026-11-23"]) == 0
    tuesday = capsys.readouterr().out
    assert '  all day: Easy run, 47 min\n    As planned: "Easy run 8 km" (done by 18:30)' in tuesday
    assert "→" not in tuesday


def test_from_when_a_run_is_long_and_which_is_believed_stands_in_the_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Words of one's own that call an hour long, and believe no run of 40 minutes, are held to."""
    coached_weeks(tmp_path, {0: "Easy run 70 min", 1: "Easy run 40 min"}, "")
    case = tmp_path / "case.toml"
    case.write_text('timezone = "Europe/Berlin"\n[[workouts]]\ncalendar = "coach.ics"\n')
    words = (shipped_folder() / "reading.toml").read_text()
    words = words.replace("long_from_minutes = 90", "long_from_minutes = 60")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "reading.toml").write_text(words.replace("run_minutes = 15", "run_minutes = 45"))
    command = ["workouts", str(case), "--today", "2026-11-23", "--format", "json"]
    found = []
    for rules in ([], ["--rules", str(tmp_path / "mine")]):
        assert main([*command, *rules]) == 0
        listed = json.loads(capsys.readouterr().out)["workouts"]
        found.append({one["title"]: (one["read_as"]["workout"], one["read_as"]["sure"]) for one in listed})
    as_shipped, as_told = found
    assert as_shipped == {"Easy run 70 min": ("run_easy", True), "Easy run 40 min": ("run_easy", True)}
    assert as_told == {"Easy run 70 min": ("run_long", True), "Easy run 40 min": ("run_easy", False)}


def test_a_word_on_a_title_that_no_event_has_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line of `read` with a slip in it changes nothing: the list of what was read says that no title has it."""
    coached_weeks(tmp_path, {0: "Session II 25 min"}, "")
    case = tmp_path / "case.toml"
    words = '[{ title = "Sesion II", as = "easy run" }, { title = "25 min", as = "hard run" }]'
    case.write_text(f'timezone = "Europe/Berlin"\n[[workouts]]\ncalendar = "coach.ics"\nread = {words}\n')
    assert main(["workouts", str(case), "--today", "2026-11-23", "--format", "json"]) == 0
    (missed,) = json.loads(capsys.readouterr().out)["passed_over"]
    assert (missed["source"], missed["title"]) == ("coach.ics", "Sesion II")
    assert "no event of these weeks" in missed["why"]


def _needled(start: str) -> str:
    return f'[[treatments]]\nkind = "dry needling"\nregion = "calf"\nstart = {start}\n'


TUE_WED_FRI = '[availability]\ntuesday = ["07:00-09:00"]\nwednesday = ["07:00-09:00"]\nfriday = ["06:00-12:00"]\n'
WED_THU = '[availability]\nwednesday = ["06:00-18:00"]\nthursday = ["07:00-09:00"]\n'
ALL_DAY = '[availability]\ndefault = ["06:00-20:00"]\n'


@pytest.mark.parametrize(
    ("week", "tables", "run_days"),
    [
        (
            {1: "Easy 40 min", 2: "Easy 30 min"},
            f"{_needled('2026-11-24T06:00:00')}{_needled('2026-11-25T06:30:00')}{TUE_WED_FRI}",
            ["Mon", "Thu"],
        ),
        ({1: "AM: Easy 40 min / PM: Easy 30 min"}, f"{_needled('2026-11-24T06:00:00')}{ALL_DAY}", ["Wed", "Wed"]),
        (
            {1: "Easy 30 min", 2: "Race day 25 min", 3: "Easy 40 min"},
            f"{_needled('2026-11-26T05:00:00')}{WED_THU}",
            ["Mon"],
        ),
    ],
    ids=["two easy runs", "a double day", "the day of a race"],
)
def test_a_moved_run_stands_on_a_day_without_one_and_alone(
    tmp_path: Path, week: dict[int, str], tables: str, run_days: list[str]
) -> None:
    """No day gets runs of two days, nor a second one beside a race; what the plan has on one day stays together."""
    bent = prepare_bent(coached_weeks(tmp_path, week, tables)).bent
    runs = [one for one in bent.placements if one is not None and one.workout == "run_easy"]
    assert [f"{one.start:%a}" for one in runs] == run_days
