"""Private: no format of a private plan has a word about health; what a calendar needs is all there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.cli import main
from planner.results.plan import Plan, Reason
from planner.rulebook.file import shipped_rulebook
from planner.wording.plan.private import private_plan
from tests.living import on
from tests.plans import a_run, week

pytestmark = pytest.mark.once

CASE = """timezone = "America/New_York"
return_to_running = { stage = 2 }
[injury]
region = "plantar_fascia"
side = "left"
severity = "moderate"
[[treatments]]
kind = "dry needling"
region = "calf"
start = 2026-11-24T09:30:00
[goals]
runs = 3
bikes = 1
upper_body = 2
[[log]]
date = 2026-11-22
did = "run_walk"
pain = 3
soreness = 3
"""
BOOK = shipped_rulebook()
TELLING = (
    *("needl", "calf", "fascia", "heel", "sore", "pain", "limp", "swoll", "tendon", "injur", "treatment", "clinic"),
    *BOOK.rules,
)
"""What says something of health, and the ids of all rules."""


@pytest.mark.parametrize("form", ["table", "json", "ics", "html"])
def test_a_private_plan_has_no_word_about_health_in_any_format(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither with a file nor without; the same plan says much where it is not private."""
    file = tmp_path / "me.toml"
    file.write_text(CASE, encoding="utf-8")
    said = {}
    for private in ([], ["--private"]):
        assert main(["plan", str(file), "--today", "2026-11-23", "--format", form, *private]) == 0
        said[bool(private)] = capsys.readouterr().out.lower()
    body = said[True].replace('"treatments": []', "").replace("injured", "")
    assert [word for word in TELLING if word in body] == []
    assert [word for word in ("needl", "calf") if word in said[False]]


def test_a_private_plan_keeps_when_what_kind_and_how_long(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Times, minutes and effort are those of the plan."""
    file = tmp_path / "me.toml"
    file.write_text(CASE, encoding="utf-8")
    plans = []
    for private in ([], ["--private"]):
        assert main(["plan", str(file), "--today", "2026-11-23", "--format", "json", *private]) == 0
        plans.append(json.loads(capsys.readouterr().out))
    kept = ("uid", "start", "end", "minutes", "intensity")
    workouts = [[[one[key] for key in kept] for day in made["days"] for one in day["workouts"]] for made in plans]
    assert workouts[0] == workouts[1] != []
    (titles,) = [{one["title"] for day in plans[1]["days"] for one in day["workouts"]}]
    assert titles <= {"Run", "Ride", "Upper body"}


def test_what_was_private_once_stays_so_on_the_screen_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The option need not be given again, and can be taken back."""
    file, week_file = tmp_path / "me.toml", tmp_path / "week.ics"
    file.write_text(CASE, encoding="utf-8")
    plan = ["plan", str(file), "-o", str(week_file), "--today", "2026-11-23"]
    assert main([*plan, "--private"]) == 0
    capsys.readouterr()
    for more, telling in (([], False), (["--no-private"], True)):
        assert main([*plan, *more]) == 0
        assert ("dry needling" in capsys.readouterr().out) == telling


def test_a_private_plan_says_nothing_beside_itself_either(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What became of the file, of an event with words of one's own, and of a folder with a danger sign in it."""
    (folder := tmp_path / "cases").mkdir()
    file, week_file, plans = folder / "me.toml", folder / "week.ics", tmp_path / "plans"
    file.write_text(CASE, encoding="utf-8")
    plan = ["plan", str(file), "-o", str(week_file), "--today", "2026-11-23"]
    assert main(plan) == 0
    week_file.write_bytes(week_file.read_bytes().replace(b"SUMMARY:", b"SUMMARY:Calf hurts: "))
    file.write_text(CASE.replace("T09:30", "T16:30").replace("runs = 3", "runs = 2"), encoding="utf-8")
    capsys.readouterr()
    assert main([*plan, "--private"]) == 0
    said = "".join(capsys.readouterr()).lower()
    assert ("was edited by hand" in said, "wrote" in said) == (True, True)
    file.write_text(f'{CASE}\n[[log]]\ndate = 2026-11-23\nsigns = ["chest pain"]\n', encoding="utf-8")
    assert main(["plan", str(folder), "-o", str(plans), "--today", "2026-11-23", "--private"]) == 1
    said += "".join(capsys.readouterr()).lower()
    assert [word for word in (*TELLING, "hurts", "danger", "sign") if word in said] == []


def test_a_field_that_is_new_stays_out_of_a_private_plan() -> None:
    """What is private is made from what may be shown, not by taking out what may not."""
    reason = Reason(rule="a.b", title="Calf", text="Calf", evidence="M")
    run = a_run(check="no limp", otherwise="walk", reasons=(reason,), stage=3, start=on(4, 7), end=on(4, 7, 40))
    made: Plan = private_plan(week(run))
    (shown,) = made.workouts
    allowed = {"uid", "workout", "kind", "title", "start", "end", "minutes", "intensity", "intervals"}
    assert shown.model_fields_set <= allowed | {"by_hand", "all_day"}
    assert "Calf" not in made.model_dump_json()
