"""`planner plan` on a file that holds an earlier plan: what a person sees, and what can go wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from planner.cli import main
from tests.cases import MONDAY
from tests.ics_rules import problems
from tests.living import by_uid, on, starts, texts

EXAMPLE = Path(__file__).parents[1] / "examples" / "plantar_fascia_calf_needled.toml"
# How far apart days of strength are, and how many days a workout may follow another, are tests of their own.
UNSPACED = "".join(
    f'\n[rules.override."training.{rule}"]\naway = true\nby = "Henry"\n'
    for rule in ("upper_body_apart", "days_in_a_row")
)


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the article's case file, its days not spaced, and have its week written beside it on the Monday."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795417200")
    path = tmp_path / "case.toml"
    path.write_text(EXAMPLE.read_text() + UNSPACED)
    assert again(path) == 0
    return path


def again(case: Path, *more: str, today: str = MONDAY.isoformat()) -> int:
    """Plan a case into the file beside it."""
    return main(["plan", str(case), "-o", str(case.with_name("week.ics")), "--today", today, *more])


def change(case: Path, old: str, new: str) -> None:
    """Change the case file."""
    text = case.read_text()
    assert old in text
    case.write_text(text.replace(old, new))


def test_the_table_ends_with_what_changed(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The appointment moves to Thursday, which comes first; each workout that moved is there with both its times."""
    change(case, "start = 2026-11-24T09:30:00", "start = 2026-11-26T18:00:00")
    capsys.readouterr()
    assert again(case) == 0
    out, err = capsys.readouterr()
    changes = [line.strip() for line in out.partition("Changes\n")[2].partition("Notes\n")[0].splitlines()]
    assert changes == [
        "moved: Dry needling, calf, from Tue 24 Nov, 09:30 to Thu 26 Nov, 18:00",
        "moved: Long run · 60 min, from Sun 29 Nov, 09:00 to Thu 26 Nov, 07:00",
        "moved: Upper-body strength · 40 min, from Thu 26 Nov, 07:00 to Fri 27 Nov, 07:00",
        "moved: Easy run · 28 min, from Fri 27 Nov, 07:00 to Sat 28 Nov, 09:00",
        "only the reasons: 3",
        "unchanged: 1",
    ]
    assert err.startswith(f"Wrote {case.with_name('week.ics')}: ")


def test_another_title_is_called_a_change(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A private file has other titles than an open one, and no workout is said to have another length."""
    capsys.readouterr()
    assert again(case, "--private") == 0
    changes = capsys.readouterr().out.partition("Changes\n")[2].splitlines()
    assert "changed: Run (was Training), Mon 23 Nov, 07:00" in map(str.strip, changes)


def test_nothing_new_is_said_in_a_word(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Planned twice in a row, the file is the same and the command says so."""
    before = case.with_name("week.ics").read_bytes()
    capsys.readouterr()
    assert again(case) == 0
    assert capsys.readouterr().err == f"Wrote {case.with_name('week.ics')}: 7 unchanged.\n"
    assert case.with_name("week.ics").read_bytes() == before


def test_json_tells_the_changes_as_data(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each with its UID, its title, and where it stood and stands."""
    change(case, "bikes = 2", "bikes = 1")
    capsys.readouterr()
    assert again(case, "--format", "json") == 0
    changes = json.loads(capsys.readouterr().out)["changes"]
    (gone,) = changes["cancelled"]
    assert (gone["title"], gone["to"]) == ("Easy bike ride · 45 min", None)
    assert gone["uid"] in by_uid(case.with_name("week.ics").read_bytes())
    assert {name: len(found) for name, found in changes.items()} == {
        "added": 0,
        "moved": 0,
        # Of the two rides one is left, and its event does not count them.
        "changed": 0,
        "cancelled": 1,
        "unchanged": 6,
        "treatments": 0,
    }


def test_the_plan_of_another_case_is_left_as_it_is(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A case with another name is another plan; if it was only renamed, the message says how to go on."""
    before = case.with_name("week.ics").read_bytes()
    change(case, 'name = "Henry"', 'name = "Henriette"')
    capsys.readouterr()
    assert again(case) == 2
    out, err = capsys.readouterr()
    assert out == ""
    wrong, _, right = err.partition("; ")
    assert wrong == f"{case.with_name('week.ics')}: holds the plan of another case, and is left as it is"
    assert case.with_name("week.ics").read_bytes() == before
    identity = right.partition('id = "')[2].partition('"')[0]
    change(case, 'name = "Henriette"', f'name = "Henriette"\nid = "{identity}"')
    assert again(case) == 0
    assert texts(case.with_name("week.ics").read_bytes()) == texts(before)


def test_a_damaged_file_is_left_as_it_is(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Cut off in the middle: its lines are named, and not a byte is changed."""
    week = case.with_name("week.ics")
    damaged = week.read_bytes()[:5000]
    week.write_bytes(damaged)
    capsys.readouterr()
    assert again(case) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert all(line.startswith(f"{week}: line ") for line in err.splitlines())
    assert week.read_bytes() == damaged


def test_what_was_edited_by_hand_and_is_overwritten_is_kept_beside(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The old file stands beside the new one, under a name of its own, each time."""
    week = case.with_name("week.ics")
    for number, minutes in ((1, 50), (2, 60)):
        edited = week.read_bytes().replace(b"SUMMARY:Easy run", b"SUMMARY:My easy run")
        week.write_bytes(edited)
        change(case, "easy_run_minutes = ", f"easy_run_minutes = {minutes} #")
        capsys.readouterr()
        assert again(case) == 0
        aside = week.with_name("week.ics.old" if number == 1 else "week.ics.old2")
        assert f"the old file is kept as {aside}" in capsys.readouterr().err
        assert aside.read_bytes() == edited


HEALTH = ("needl", "calf", "heel", "plantar", "fascia", "pain", "sore", "injur", "treat", "clinic", "rule.", "henry")


def test_a_private_file_tells_nothing_of_health(case: Path) -> None:
    """Neutral titles, no treatment, no injury, no reason, from the first file on or from an open one."""
    week = case.with_name("week.ics")
    open_uids = {uid for uid, event in by_uid(week.read_bytes()).items() if event.value("X-PLANNER-WORKOUT")}
    assert again(case, "--private", today="2026-11-26") == 0
    content = week.read_bytes()
    said = content.replace(b"\r\n ", b"").decode().lower()
    assert [word for word in HEALTH[:-1] if word in said] == []
    assert problems(content) == []
    assert open_uids <= set(by_uid(content))
    titles = {event.text("SUMMARY") for event in by_uid(content).values()}
    assert titles <= {"Training", "Cancelled: Training"} | {
        f"{kind} · {minutes} min" for kind in ("Run", "Ride", "Upper body") for minutes in (28, 40, 45, 60)
    }


def test_private_stays_private_until_it_is_said_otherwise(case: Path) -> None:
    """A forgotten option opens nothing; `--no-private` does."""
    week = case.with_name("week.ics")
    assert again(case, "--private") == 0
    hidden = week.read_bytes()
    assert again(case) == 0
    assert week.read_bytes() == hidden
    assert again(case, "--no-private") == 0
    assert b"X-PLANNER-RULES" in week.read_bytes()


def test_what_is_past_is_hidden_once(case: Path) -> None:
    """Private, open and private again: past workouts stay as they were hidden, known for what they are."""
    week = case.with_name("week.ics")
    assert again(case, "--private", today="2026-11-26") == 0
    past = [uid for uid, event in by_uid(week.read_bytes()).items() if starts(event) < on(3)]
    hidden = texts(week.read_bytes())
    assert again(case, "--no-private", today="2026-11-26") == 0
    assert again(case, "--private", today="2026-11-26") == 0
    now = texts(week.read_bytes())
    assert [hidden[uid] for uid in past] == [now[uid] for uid in past]
    assert len(past) == 4


def test_private_identities_do_not_give_the_injury_away(tmp_path: Path) -> None:
    """Two cases that differ in nothing but where it hurts have the same identities: nothing can be tried out."""
    found = []
    for region in ("heel", "hip"):
        path = tmp_path / region / "case.toml"
        path.parent.mkdir()
        path.write_text(
            f'timezone = "UTC"\nname = "A"\n[injury]\nregion = "{region}"\nseverity = "mild"\n[goals]\nupper_body = 1\n'
        )
        assert again(path, "--private") == 0
        found.append(sorted(by_uid(path.with_name("week.ics").read_bytes())))
    assert found[0] == found[1]


def test_a_file_that_turns_private_does_not_give_the_treatment_away(tmp_path: Path) -> None:
    """Cancelled notes stay in the file: two cases that differ in what is treated alone leave the same identities."""
    found = []
    for kind, region in (("dry needling", "calf"), ("massage", "shoulder")):
        path = tmp_path / region / "case.toml"
        path.parent.mkdir()
        path.write_text(
            f'timezone = "UTC"\nname = "A"\n[[treatments]]\nkind = "{kind}"\nregion = "{region}"\n'
            "start = 2026-11-26T09:30:00\n[goals]\nupper_body = 1\nruns = 0\nbikes = 0\nlong_run = false\n"
        )
        assert again(path) == 0
        assert again(path, "--private") == 0
        events = by_uid(path.with_name("week.ics").read_bytes())
        found.append([uid for uid, event in events.items() if not event.value("X-PLANNER-WORKOUT")])
    assert found[0] == found[1]
    assert len(found[0]) == 1


WRITER = """
import sys
from pathlib import Path
from planner.calendars.plan_file import write_plan
path, old, new = (Path(one) for one in sys.argv[1:])
both = [old.read_bytes(), new.read_bytes()]
print("ready", flush=True)
while True:
    for content in both:
        write_plan(path, content)
"""


@pytest.mark.once
def test_killed_while_writing_the_file_is_the_old_or_the_new_one(case: Path, tmp_path: Path) -> None:
    """Ten times a process that writes two plans in turn is killed without warning, at a random moment."""
    week = case.with_name("week.ics")
    old, new = tmp_path / "old.ics", tmp_path / "new.ics"
    old.write_bytes(week.read_bytes())
    assert again(case, "--private") == 0
    new.write_bytes(week.read_bytes())
    whole = {old.read_bytes(), new.read_bytes()}
    random = Random(7)  # noqa: S311 (moments for a test, no secret)
    for _ in range(10):
        command = [sys.executable, "-c", WRITER, str(week), str(old), str(new)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(random.uniform(0, 0.05))
            process.send_signal(signal.SIGKILL)
        assert week.read_bytes() in whole


def test_a_plan_goes_on_from_the_file_beside_its_case_and_leaves_it(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was run by that file is history though no file is named: the long run, asked to grow, has grown by then."""
    change(case, "longest_run_minutes = 60", "longest_run_minutes = 60\nas_of = 2026-11-22")
    change(case, "[goals]", "[goals]\nlongest_run_minutes = 90")
    assert again(case, "--weeks", "3") == 0
    beside, later = case.with_suffix(".ics"), ["plan", str(case), "--today", "2026-12-07", "--format", "json"]
    capsys.readouterr()
    assert longest_of(later, capsys) == (66, "")
    case.with_name("week.ics").rename(beside)
    before = beside.read_bytes()
    assert longest_of(later, capsys) == (
        77,
        f"It goes on from {beside}, which is left as it is: -o {beside} writes it there.",
    )
    assert main([*later[:-2], "-o", "-"]) == 0
    assert "77 min" in capsys.readouterr().out
    assert before == beside.read_bytes()


def longest_of(command: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Return the minutes of the long run of a plan, and what is said beside it."""
    assert main(command) == 0
    out, err = capsys.readouterr()
    minutes = [
        one["minutes"] for day in json.loads(out)["days"] for one in day["workouts"] if one["workout"] == "run_long"
    ]
    return max(minutes), err.strip()


def test_a_file_of_another_kind_beside_a_case_is_no_plan(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A clinic's calendar that is called like the case is passed by in silence: nobody named it."""
    case.with_suffix(".ics").write_text("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n")
    capsys.readouterr()
    assert main(["plan", str(case), "--today", "2026-11-23"]) == 0
    assert "left as it is" not in capsys.readouterr().err
