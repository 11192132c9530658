"""Sentences: what to do when a check fails, and how many changes a sentence tells."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.cli import main
from planner.clock import Minutes
from planner.results.difference import Difference, Moved, Shortened, WorkoutAt
from planner.results.plan import PlannedWorkout
from planner.rulebook.figures import Check
from planner.wording.plan.event_texts import workout_description
from planner.wording.questions.changes import ChangeSentences
from planner.wording.rules.checks import check_sentence
from planner.wording.rules.explainer import instead
from tests.living import on
from tests.readme import ROOT

LIMP = Check(no_limp=True)


def workout(name: str, conditions: Check, otherwise: str | None) -> PlannedWorkout:
    """Return a workout with a check, and what to do instead."""
    return PlannedWorkout(
        uid="",
        workout=name,
        kind="run",
        title="",
        start=on(0, 7),
        end=on(0, 8),
        minutes=Minutes(60),
        intensity="easy",
        check=check_sentence(conditions),
        conditions=conditions,
        otherwise_title=otherwise,
    )


@pytest.mark.parametrize(
    ("name", "conditions", "otherwise", "expected"),
    [
        ("run_easy", LIMP, "Easy bike ride", "easy bike ride"),
        ("run_easy", LIMP, None, "rest"),
        ("race", LIMP, "Easy bike ride", "do not start"),
        ("run_easy", Check(no_chest_symptom=True), "Walk", "do not train, and get medical help at once"),
    ],
)
def test_what_to_do_where_a_check_fails(name: str, conditions: Check, otherwise: str | None, expected: str) -> None:
    """Something else, or rest; no race is run in part, and a pain in the chest is for a doctor."""
    one = workout(name, conditions, otherwise)
    assert expected == instead(one)
    assert f"If not: {expected}{' instead' if expected == 'easy bike ride' else ''}." in workout_description(one)


def session(name: str, day: int) -> WorkoutAt:
    """Return a workout at seven of a day counted from the Monday."""
    return WorkoutAt(workout=name, title=name.replace("_", " ").capitalize(), start=on(day, 7))


def test_a_race_that_is_lost_does_not_become_something_else() -> None:
    """It would go, and first of all."""
    race = WorkoutAt(workout="race", title="Winter 10K", start=on(6, 9))
    changes = Difference(lost=(race,), gained=(session("run_long", 6),))
    assert ["Winter 10K on Sunday would go", "a run long on Sunday would come in"] == ChangeSentences(
        one_week=True
    ).clauses(changes)


@pytest.mark.parametrize(("lost", "told"), [(3, "and the core session on Wednesday would go"), (5, "2 more workouts")])
def test_three_that_go_are_named_and_more_are_counted(lost: int, told: str) -> None:
    """So the sentence stays one that can be read."""
    changes = Difference(lost=tuple(session("core", day) for day in range(lost)))
    (clause,) = ChangeSentences(one_week=True).clauses(changes)
    assert (told if lost == 3 else "and two more workouts would go") in clause


@pytest.mark.parametrize(("shorter", "clauses", "last"), [(3, 5, "would come in"), (4, 4, "would come in")])
def test_a_sentence_has_five_clauses_at_most(shorter: int, clauses: int, last: str) -> None:
    """What is left is counted."""
    less = tuple(
        Shortened(workout="core", title="Core", start=on(day, 9), from_minutes=Minutes(40), minutes=Minutes(20))
        for day in range(shorter)
    )
    moved = (Moved(workout="walk", title="Walk", **{"from": on(0, 7)}, to=on(1, 7)),)
    changes = Difference(lost=(session("swim", 5),), moved=moved, shortened=less, gained=(session("walk", 4),))
    found = ChangeSentences(one_week=True).clauses(changes)
    assert len(found) == min(clauses, 5)
    assert found[-1] == ("there would be two more changes" if shorter == 3 else f"a walk on Friday {last}")


def test_a_match_that_finds_nothing_is_noted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt word must not look like a week without treatments."""
    clinic = tmp_path / "clinic.ics"
    assert 0 == main(
        ["plan", str(ROOT / "examples" / "shoulder_needled.toml"), "-o", str(clinic), "--from", "2026-11-23"]
    )
    case = tmp_path / "case.toml"
    case.write_text(
        'timezone = "Europe/Berlin"\n[injury]\nregion = "calf"\n[[treatments]]\ncalendar = "clinic.ics"\n'
        'match = "needlng"\nkind = "dry needling"\nregion = "calf"\n',
        encoding="utf-8",
    )
    capsys.readouterr()
    assert 0 == main(["plan", str(case), "--from", "2026-11-23", "--format", "json"])
    told = 'No appointment that says \\"needlng\\" was found in clinic.ics: this plan knows of no treatment from it.'
    assert told in capsys.readouterr().out


def test_hours_on_none_of_the_days_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """From Tuesday to Friday there is no Monday."""
    henry = str(ROOT / "examples" / "plantar_fascia_calf_needled.toml")
    first = date(2026, 12, 1)
    asked = ["book", henry, "--kind", "massage", "--between", str(first), str(first + timedelta(days=3))]
    assert 0 == main([*asked, "--at", "mon 09:00-12:00", "--today", "2026-11-23"])
    assert "None of these days has such hours, or they are too short for it." in capsys.readouterr().out


def test_a_damaged_plan_file_is_no_matter_of_writing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who only asks is told which file to name."""
    file = tmp_path / "week.ics"
    file.write_text("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", encoding="utf-8")
    henry = str(ROOT / "examples" / "plantar_fascia_calf_needled.toml")
    assert 2 == main(["why", henry, "2026-11-28", "--plan", str(file), "--today", "2026-11-23"])
    assert capsys.readouterr().err.endswith("; name the file that `planner plan -o` wrote\n")


def test_a_day_of_the_log_is_shown_as_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody knows when it was: it stands on no calendar, but the day was no rest day."""
    case = tmp_path / "case.toml"
    logged = '[[log]]\ndate = 2026-11-24\ndid = "upper_body"\nminutes = 30\n'
    case.write_text(f'timezone = "Europe/Berlin"\n[injury]\nregion = "calf"\n{logged}', encoding="utf-8")
    assert 0 == main(["plan", str(case), "--today", "2026-11-24"])
    assert "done: upper-body" in capsys.readouterr().out
    assert 0 == main(["why", str(case), "2026-11-24", "--today", "2026-11-24"])
    assert "done: upper-body strength, as your log says" in capsys.readouterr().out
