"""`planner log`: an entry in a case file, every other character of it left alone, and what the entry means."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from datetime import date, datetime, tzinfo
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.case.file import read_case
from planner.cli import main
from planner.editing.log_entry import add_log_entry
from planner.rulebook.file import shipped_rulebook
from tests.cases import examples
from tests.own_rules import additions, rule

TODAY = "2026-11-25"
CASE = """\
# My case: keep this line.
name = "Me"   # and this remark
timezone = "America/New_York"

[injury]
region = "heel"          # where it hurts
severity = "moderate"

[[treatments]]
kind = "dry needling"
region = "calf"
start = 2026-11-24T09:30:00

[goals]
runs = 3


# The end.
"""
LOGGED = """
[[log]]
date = 2026-11-23
did = "bike_easy"   # on the trainer
pain = 1
# it rained
"""
AFTER = """
# What my physiotherapist says.
[rules.override."dry_needling.first_day"]
hours_after = [0, 36]
by = "my physiotherapist"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a case file without a log."""
    return written(tmp_path, CASE)


def written(folder: Path, text: str) -> Path:
    """Return a case file with a text, its line ends as they are."""
    path = folder / "me.toml"
    path.write_bytes(text.encode())
    return path


def log(file: Path, *arguments: str, today: str = TODAY) -> int:
    """Run `planner log` on a file and return its exit status."""
    return main(["log", str(file), "--today", today, *arguments])


def added(file: Path, *arguments: str) -> str:
    """Return what `planner log` adds at the end of a file, in which it must change nothing else."""
    before = file.read_bytes().decode()
    assert 0 == log(file, *arguments)
    after = file.read_bytes().decode()
    assert before == after[: len(before)]
    return after[len(before) :]


def refused(capsys: pytest.CaptureFixture[str], file: Path, *arguments: str) -> list[str]:
    """Return the mistakes that `planner log` finds; it must print nothing else and leave the file alone."""
    before = file.read_bytes()
    assert 2 == log(file, *arguments)
    out, err = capsys.readouterr()
    assert ("", before) == (out, file.read_bytes())
    assert [file.name] == [each.name for each in file.parent.iterdir() if not each.is_dir()]
    return err.splitlines()


def test_an_entry_holds_what_was_given_in_a_fixed_order(file: Path) -> None:
    """Everyday names become the rulebook's own, and the first entry stands at the end of the file."""
    given = ["--sign", "high temperature", "--region", "heel", "--limp", "--soreness", "3", "--pain", "2"]
    signs = ["--sign", "fever", "--advice-sought"]
    expected = """
[[log]]
date = 2026-11-25
did = "run_easy"
minutes = 30
pain = 2
soreness = 3
limp = true
region = "plantar_fascia"
signs = ["fever"]
advice_sought = true
"""
    assert expected == added(file, *given, *signs, "--minutes", "30", "--did", "Easy Run")


def test_the_date_is_today_where_the_person_lives(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --date and --today, it is the date in the case's time zone."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Clock:
            return cls.fromisoformat("2026-11-26T03:00:00+00:00").astimezone(tz)

    monkeypatch.setattr("planner.commands.opened_case.datetime", Clock)
    assert 0 == main(["log", str(file), "--pain", "2"])
    assert file.read_text(encoding="utf-8").endswith("\n[[log]]\ndate = 2026-11-25\npain = 2\n")


def test_another_day(file: Path) -> None:
    """--date says which day it was."""
    assert "\n[[log]]\ndate = 2026-11-20\npain = 0\n" == added(file, "--date", "2026-11-20", "--pain", "0")


def test_the_next_morning_alone_is_about_yesterday(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Stiffness of this morning belongs to yesterday's workout, and the answer says so."""
    assert "\n[[log]]\ndate = 2026-11-24\nnext_morning = 2\n" == added(file, "--next-morning", "2")
    assert "Tue 24 Nov: next morning 2." == capsys.readouterr().out.splitlines()[0]


def test_a_new_entry_stands_after_the_others(tmp_path: Path) -> None:
    """It comes right after the last entry and the remarks of that; what follows keeps its own remarks."""
    file = written(tmp_path, CASE + LOGGED + AFTER)
    assert 0 == log(file, "--did", "walk")
    new = '\n[[log]]\ndate = 2026-11-25\ndid = "walk"\n'
    assert CASE + LOGGED + new + AFTER == file.read_bytes().decode()


def test_what_is_new_joins_the_entry_of_the_workout(tmp_path: Path) -> None:
    """An entry of that day and workout takes more fields, below those that it has."""
    file = written(tmp_path, CASE + LOGGED + AFTER)
    assert 0 == log(
        file, "--date", "2026-11-23", "--next-morning", "1", "--did", "easy ride", "--sign", "fever", "--advice-sought"
    )
    more = LOGGED + 'next_morning = 1\nsigns = ["fever"]\nadvice_sought = true\n'
    assert CASE + more + AFTER == file.read_bytes().decode()


def test_signs_join_signs(tmp_path: Path) -> None:
    """A second sign stands beside the first, and a remark there stays."""
    entry = '\n[[log]]\ndate = 2026-11-25\nsigns = ["fever"]   # 38.5\n'
    file = written(tmp_path, CASE + entry + AFTER)
    assert 0 == log(file, "--sign", "chest pain", "--sign", "fever")
    expected = entry.replace('"fever"]', '"fever", "chest_pain"]')
    assert CASE + expected + AFTER == file.read_bytes().decode()


def test_another_workout_of_the_day_is_another_entry(tmp_path: Path) -> None:
    """A ride and a walk on one day are two entries; so are two regions."""
    file = written(tmp_path, CASE)
    for more in (
        ["--did", "walk"],
        ["--did", "bike_easy"],
        ["--did", "walk", "--pain", "1"],
        ["--did", "swim", "--region", "heel"],
    ):
        assert 0 == log(file, *more)
    entries = tomllib.loads(file.read_text(encoding="utf-8"))["log"]
    assert [("walk", 1), ("bike_easy", None), ("swim", None)] == [(one["did"], one.get("pain")) for one in entries]


def test_what_stands_there_already_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same words again leave the file as it is, and are answered again."""
    file = written(tmp_path, CASE + LOGGED)
    # The time of the last reading is left out: reading the file again is what `log` does.
    before = (file.stat().st_ino, file.stat().st_mtime_ns, file.read_bytes())
    assert 0 == log(file, "--date", "2026-11-23", "--pain", "1", "--did", "bike_easy")
    assert before == (file.stat().st_ino, file.stat().st_mtime_ns, file.read_bytes())
    out, err = capsys.readouterr()
    assert "Mon 23 Nov: easy bike ride, pain 1." == out.splitlines()[0]
    assert "It stood there already.\n" == err


def test_what_contradicts_an_entry_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another number for what is there already is for the person to settle, each in a line."""
    file = written(tmp_path, CASE + LOGGED + "limp = false\n")
    expected = [
        f"{file}: log[0].pain: is 1 already, and would be 4; edit the file if that was wrong",
        f"{file}: log[0].limp: is false already, and would be true; edit the file if that was wrong",
    ]
    assert expected == refused(capsys, file, "--date", "2026-11-23", "--pain", "4", "--limp")


def test_several_entries_that_could_be_meant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a day has two workouts, pain alone could be of either."""
    file = written(tmp_path, CASE + LOGGED + '\n[[log]]\ndate = 2026-11-23\ndid = "walk"\n')
    wrong = "log: 2 entries of 2026-11-23 could be meant; say which with --did or --region, or edit the file"
    assert [f"{file}: {wrong}"] == refused(capsys, file, "--date", "2026-11-23", "--soreness", "4")
    assert 0 == log(file, "--date", "2026-11-23", "--soreness", "2", "--did", "walk")
    assert file.read_text(encoding="utf-8").endswith('did = "walk"\nsoreness = 2\n')


def test_a_sign_after_a_finding_is_a_new_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sign on a day on which an earlier one was ruled out never counts as seen: it stands below the finding."""
    finding = '\n[[log]]\ndate = 2026-11-25\ncleared = "ruled out"\nby = "Dr Smith"\n'
    file = written(tmp_path, CASE + '\n[[log]]\ndate = 2026-11-25\nsigns = ["fever"]\n' + finding)
    assert 0 == log(file, "--sign", "chest pain")
    assert file.read_text(encoding="utf-8").endswith('\n[[log]]\ndate = 2026-11-25\nsigns = ["chest_pain"]\n')
    assert "Emergency: chest pain (Wed 25 Nov)." in capsys.readouterr().out


def test_advice_that_was_sought_is_a_note(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is written down and ends nothing: the answer says what does."""
    file = written(tmp_path, CASE + '\n[[log]]\ndate = 2026-11-24\nsigns = ["fever"]\n')
    assert 0 == log(file, "--advice-sought", "--date", "2026-11-25")
    assert file.read_text(encoding="utf-8").endswith("date = 2026-11-25\nadvice_sought = true\n")
    lines = capsys.readouterr().out.splitlines()
    assert "Wed 25 Nov: advice was sought." == lines[0]
    assert lines[1].startswith("See a clinician today: fever (Tue 24 Nov).")
    assert lines[2].startswith("No workouts are planned until the case says what was found: planner log CASE --cleared")


def test_a_finding_is_an_entry_that_ends_all_signs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--cleared` and `--by` make an entry of their own, and the answer says which sign it ends, from when on."""
    file = written(tmp_path, CASE + '\n[[log]]\ndate = 2026-11-25\nsigns = ["fever"]\n')
    assert 0 == log(file, "--cleared", "Ruled-out", "--by", "my doctor")
    finding = '\n[[log]]\ndate = 2026-11-25\ncleared = "ruled out"\nby = "my doctor"\n'
    assert file.read_text(encoding="utf-8").endswith('signs = ["fever"]\n' + finding)
    out = capsys.readouterr().out.splitlines()
    expected = [
        "Wed 25 Nov: ruled out by my doctor.",
        "Fever (Wed 25 Nov): It was ruled out: training goes on from Thu 26 Nov.",
    ]
    assert expected == out
    assert 0 == log(file, "--cleared", "ruled out", "--by", "my doctor")
    assert "It stood there already.\n" == capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["--cleared", "ruled out"], 'cleared by nobody ends nothing; name the clinician who looked: by = "Dr Smith"'),
        (["--cleared", "ruled out", "--by", "me"], 'cleared by "me" ends nothing; name the clinician who looked'),
        (["--cleared", "ruled out", "--by", "my coach"], 'cleared by "my coach" ends nothing; name the clinician'),
        (["--cleared", "fine", "--by", "Dr Smith"], '--cleared: "fine" is no finding; say what the clinician found: '),
        (["--by", "Dr Smith", "--pain", "1"], "--by: says nothing without a finding; add --cleared"),
        (
            ["--cleared", "ruled out", "--by", "Dr Smith", "--training-from", "2026-12-01"],
            'training_from belongs to cleared = "confirmed"; take it out',
        ),
        (
            ["--cleared", "confirmed", "--by", "Dr Smith", "--training-from", "2026-11-24"],
            "training_from = 2026-11-24 lies before the finding; give 2026-11-25 or a later day",
        ),
        (
            ["--cleared", "confirmed", "--by", "Dr Smith", "--training-from", "soon"],
            '--training-from: "soon" is no date',
        ),
    ],
)
def test_a_finding_is_refused_that_ends_nothing(
    file: Path, capsys: pytest.CaptureFixture[str], given: list[str], expected: str
) -> None:
    """Without a clinician, with a wrong word or a wrong day there is no finding, and nothing is written."""
    (line,) = refused(capsys, file, *given)
    assert line.removeprefix("planner log: ").startswith(expected)


def test_undo_takes_the_last_entry_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mistyped sign is gone, and the file is what it was, to the byte."""
    file = written(tmp_path, CASE + LOGGED + AFTER)
    before = file.read_bytes()
    assert 0 == log(file, "--sign", "chest pain")
    assert 0 == log(file, "--undo")
    assert before == file.read_bytes()
    assert "Taken back: Wed 25 Nov: chest pain." in capsys.readouterr().out.splitlines()
    assert 0 == log(file, "--undo")
    assert CASE + AFTER == file.read_text(encoding="utf-8")


def test_undo_knows_a_log_that_is_a_list(tmp_path: Path) -> None:
    """A log within brackets loses its last entry too."""
    text = 'log = [{ date = 2026-11-23, pain = 1 }, { date = 2026-11-24, signs = ["fever"] }]\n' + CASE
    file = written(tmp_path, text)
    assert 0 == log(file, "--undo")
    assert [{"date": datetime(2026, 11, 23).date(), "pain": 1}] == tomllib.loads(file.read_text(encoding="utf-8"))[
        "log"
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["--undo"], "log: has no entry to take back; edit the file if another one is wrong"),
        (["--undo", "--pain", "1"], "--undo: takes an entry back, and --pain adds to one; give one of them"),
    ],
)
def test_undo_is_refused(file: Path, capsys: pytest.CaptureFixture[str], given: list[str], expected: str) -> None:
    """Where there is nothing to take back, or something to add besides, the file stays."""
    (line,) = refused(capsys, file, *given)
    assert line.endswith(expected)


def test_a_word_that_is_not_known_is_kept_and_never_called_harmless(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is written down as it was said; the answer says what to do, and offers what is near in meaning."""
    assert 0 == log(file, "--sign", "numb elbow")
    assert file.read_text(encoding="utf-8").endswith('signs = ["numb elbow"]\n')
    out = capsys.readouterr().out
    assert 'A question first: I do not know "numb elbow" (Wed 25 Nov). That does not mean that it is harmless.' in out
    assert "call the emergency number; otherwise ask a clinician before you train" in out
    assert "log it: numb." in out


def test_a_danger_sign_clears_the_plan(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A danger sign is answered with what to do, and nothing else; the entry is written, so the exit status is 0."""
    assert 0 == log(file, "--sign", "chest pain", "--pain", "6", "--did", "run_easy")
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert "Wed 25 Nov: easy run, pain 6, chest pain." == lines[0]
    assert lines[1].startswith("Emergency: chest pain (Wed 25 Nov). ")
    assert lines[2].startswith("No workouts are planned until the case says what was found: planner log CASE ")
    assert 3 == len(lines)
    assert f"Wrote {file}. Plan again to see what changes.\n" == err
    assert 'signs = ["chest_pain"]\n' in file.read_text(encoding="utf-8")


BAND = """\
[[band]]
id = "ours"
title = "Ours"
when = {}
progress_at_most = 1
hold_at_most = 3
refer_above = 5
why = "So we say."
evidence = "M"

[[rule]]
id = "log.ours"
title = "Ours: walk for two days"
when = { responses = ["hold", "regress", "refer"] }
days_after = [0, 2]
allows_only = ["walk"]
why = "So we say."
evidence = "M"
"""


@pytest.mark.parametrize(
    ("pain", "expected"),
    [
        ("1", ["Plantar fascia: pain 1 says that all went well."]),
        ("2", ["Plantar fascia: pain 2 says to stay as you are.", "- Ours: walk for two days (until "]),
        ("4", ["Plantar fascia: pain 4 says to go back a step.", "- Ours: walk for two days (until "]),
        ("6", ["Plantar fascia: pain 6 says to see a clinician.", "- Ours: walk for two days (until "]),
    ],
)
def test_what_pain_means(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], pain: str, expected: list[str]
) -> None:
    """The answer says how the entry is read, and which rules hold because of it, and until when."""
    folder = additions(tmp_path, progression=BAND)
    assert 0 == log(file, "--did", "run_easy", "--pain", pain, "--rules", str(folder))
    lines = [line for line in capsys.readouterr().out.splitlines()[1:] if not line.startswith("- ") or "Ours" in line]
    assert expected == [line[: len(right)] for line, right in zip(lines, expected, strict=True)]


def test_soreness_is_of_the_treated_part(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Soreness on the day after the needling is that of the needled calf."""
    assert 0 == log(file, "--soreness", "4")
    assert "Calf muscle: soreness 4 says that the treated muscle is very sore." in capsys.readouterr().out.splitlines()


def test_pain_that_concerns_no_injury(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pain in a workout that does not load the injured part means nothing for the plan, and that is said."""
    assert 0 == log(file, "--did", "upper_body", "--pain", "5")
    expected = [
        "Wed 25 Nov: upper-body strength, pain 5.",
        "It loads no injury of yours, so nothing follows from it; --region says where the pain was.",
    ]
    assert expected == capsys.readouterr().out.splitlines()


def test_the_way_back_to_running_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who is on the way back to running reads the stage after each entry."""
    file = written(tmp_path, CASE.replace("[injury]", "[return_to_running]\nstage = 2\n\n[injury]"))
    assert 0 == log(file, "--did", "run_walk", "--pain", "0")
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("Return to running: stage 2 of ")
    assert ", good sessions at it: 1 of " in last


def test_every_mistake_is_said_at_once(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each wrong option is a line of its own, with what would be right."""
    given = {
        "--did": "runn",
        "--minutes": "0",
        "--pain": "11",
        "--next-morning": "-1",
        "--soreness": "much",
        "--region": "claf",
        "--sign": "fevr",
        "--date": "some day",
    }
    expected = [
        'planner log: --did: "runn" is no workout; did you mean ',
        "planner log: --minutes: 0 is out of range; give 1 to 1440",
        "planner log: --pain: 11 is out of range; give 0 to 10",
        "planner log: --next-morning: -1 is out of range; give 0 to 10",
        'planner log: --soreness: "much" is not a whole number; give 0 to 10',
        'planner log: --region: "claf" is no region; did you mean ',
        'planner log: --sign: I do not know "fevr"; that does not mean that it is harmless. If it',
        'planner log: --date: "some day" is no date; write it as 2026-11-25',
    ]
    found = refused(capsys, file, *(word for pair in given.items() for word in pair))
    assert expected == [line[: len(right)] for line, right in zip(found, expected, strict=True)]


EVERY_OPTION = (
    "--did, --minutes, --pain, --next-morning, --soreness, --limp, --painkiller, --sign, --advice-sought, --cleared, "
    "--by or --training-from"
)
BY_ITSELF = "log it by itself, or say which day all of it is about with --date"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            [],
            f"planner log: nothing to write down; give {EVERY_OPTION}",
        ),
        (["--date", TODAY, "--region", "heel"], "planner log: nothing to write down; give --did, "),
        (["--minutes", "30"], "planner log: --minutes: 30 minutes of what; say it with --did"),
        (
            ["--date", "2026-11-26", "--pain", "1"],
            "planner log: --date: 2026-11-26 is in the future; give 2026-11-25 or a day before it",
        ),
        (
            ["--date", TODAY, "--next-morning", "1"],
            "planner log: --next-morning: the morning after 2026-11-25 has not come yet; log it tomorrow",
        ),
        (
            ["--next-morning", "1", "--soreness", "2"],
            f"planner log: --next-morning: belongs to the day before it, and the rest to today; {BY_ITSELF}",
        ),
        (["--pain", "3,5"], 'planner log: --pain: "3,5" is between 3 and 4; give 3 or 4'),
        (["--pain", "9" * 5000], f'planner log: --pain: "{"9" * 700}'),
    ],
)
def test_what_makes_no_entry(file: Path, capsys: pytest.CaptureFixture[str], given: list[str], expected: str) -> None:
    """Each is refused in one line, and the file stays as it was."""
    (found,) = refused(capsys, file, *given)
    assert expected == found[: len(expected)]


def test_mistakes_of_the_case_and_of_the_command_line_are_said_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A case file with mistakes is not written to; both kinds of mistake are listed."""
    file = written(tmp_path, CASE.replace('"heel"', '"heeel"'))
    expected = [
        "planner log: --pain: 11 is out of range; give 0 to 10",
        f'{file}: injury.region: "heeel" is no region; ',
    ]
    found = refused(capsys, file, "--pain", "11")
    assert expected == [line[: len(right)] for line, right in zip(found, expected, strict=True)]


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing case is an input error, and none is made."""
    assert 2 == log(tmp_path / "me.toml", "--pain", "1")
    assert f"{tmp_path}/me.toml: there is no such file; check its name\n" == capsys.readouterr().err
    assert [] == list(tmp_path.iterdir())


def test_lines_end_as_they_did(tmp_path: Path) -> None:
    """A file from Windows keeps its line ends, in a first entry, in a further one, and within one."""
    text = (CASE + LOGGED + AFTER).replace("\n", "\r\n")
    file = written(tmp_path, text)
    assert 0 == log(file, "--did", "walk")
    assert 0 == log(file, "--pain", "1")
    new = '\n[[log]]\ndate = 2026-11-25\ndid = "walk"\npain = 1\n'
    assert (CASE + LOGGED + new + AFTER).replace("\n", "\r\n").encode() == file.read_bytes()
    first = written(tmp_path, CASE.replace("\n", "\r\n"))
    assert "\r\n[[log]]\r\ndate = 2026-11-25\r\npain = 1\r\n" == added(first, "--pain", "1")


def test_a_byte_order_mark_stays(tmp_path: Path) -> None:
    """The mark that some editors put before the text stays there."""
    file = written(tmp_path, "\ufeff" + CASE)
    assert "\n[[log]]\ndate = 2026-11-25\npain = 1\n" == added(file, "--pain", "1")


@pytest.mark.parametrize("text", [CASE + LOGGED, CASE])
def test_a_last_line_without_an_end(tmp_path: Path, text: str) -> None:
    """The end of the last line is added first."""
    file = written(tmp_path, text.removesuffix("\n"))
    assert "\n\n[[log]]\ndate = 2026-11-25\npain = 1\n" == added(file, "--pain", "1")


def test_a_log_written_as_a_list(tmp_path: Path) -> None:
    """`log = [ {…} ]` takes a further entry in the same style, and more fields within one."""
    text = "log = [\n  { date = 2026-11-23, pain = 1 }, # first\n]\n" + CASE
    file = written(tmp_path, text)
    assert 0 == log(file, "--did", "walk")
    assert 0 == log(file, "--date", "2026-11-23", "--soreness", "2")
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    expected = [{"pain": 1, "soreness": 2}, {"did": "walk"}]
    assert expected == [{key: value for key, value in one.items() if key != "date"} for one in data["log"]]
    assert file.read_text(encoding="utf-8").endswith(CASE)
    assert "# first\n" in file.read_text(encoding="utf-8")


def test_entries_with_other_tables_between_them(tmp_path: Path) -> None:
    """Entries stay where they are: more fields go into the one that is meant, and a new one stands after the last."""
    injury = '[injury]\nregion = "calf"\n'
    one, other = LOGGED, LOGGED.replace("23", "24")
    file = written(tmp_path, f'timezone = "Europe/Berlin"\n{one}{injury}{other}{AFTER}')
    assert 0 == log(file, "--did", "walk")
    assert 0 == log(file, "--date", "2026-11-23", "--soreness", "2")
    new = '\n[[log]]\ndate = 2026-11-25\ndid = "walk"\n'
    expected = f'timezone = "Europe/Berlin"\n{one}soreness = 2\n{injury}{other}{new}{AFTER}'
    assert expected == file.read_text(encoding="utf-8")


def test_a_file_that_may_not_be_written_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk fails the old file is whole, and the exit status is 3."""
    file = written(tmp_path, CASE)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("planner.files.os.fsync", full)
    assert 3 == log(file, "--pain", "1")
    assert "nothing was changed" in capsys.readouterr().err
    assert (CASE.encode(), [file]) == (file.read_bytes(), list(tmp_path.iterdir()))


def test_names_of_a_rulebook_of_ones_own(file: Path, tmp_path: Path) -> None:
    """`--rules DIR` knows the signs of one's own rulebook."""
    sign = """
[hiccups]
name = "Hiccups"
level = "soon"
question = "Do you have hiccups?"
advice = "Drink."
context = "At any time."
why = "So we say."
evidence = "M"
"""
    folder = additions(tmp_path, red_flags=sign, general=rule("own.rule"))
    assert '\n[[log]]\ndate = 2026-11-25\nsigns = ["hiccups"]\n' == added(
        file, "--sign", "Hiccups", "--rules", str(folder)
    )


def test_the_library_for_case_files_is_loaded_only_to_write(file: Path) -> None:
    """Planning starts without it."""
    code = f"import sys; from planner.cli import main; main(['plan', {str(file)!r}]); print('tomlkit' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "False" == done.stdout.splitlines()[-1]


LINES = st.sampled_from(
    [
        "",
        "# a remark",
        "  # [[log]]",
        "[goals]",
        "[fitness]",
        "[[races]]",
        "[[log]]",
        "[availability]",
        'text = """\n[[log]]\n"""',
        "pain = 2",
        'did = "walk" # why',
        "a.b = 1",
        'signs = [ "fever", # hot\n  "rash" ]',
        "  minutes = 3",
    ]
)


@given(
    lines=st.lists(LINES, max_size=12), ends=st.sampled_from(["\n", "\r\n"]), end=st.booleans(), which=st.integers(0, 3)
)
@examples(200)
def test_whatever_the_file_looks_like_only_the_entry_is_new(
    lines: list[str],
    ends: str,
    end: bool,
    which: int,
) -> None:
    """Every line of a file stays, in its order, whatever surrounds the entry."""
    text = "\n".join(lines) + ("\n" if end else "")
    text = text.replace("\n", ends)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    number = which - 1 if 0 < which <= len(data.get("log", [])) else None
    fields = {"soreness": 4, "region": "calf"}
    found = add_log_entry(text, number, fields)
    left = iter(found.splitlines())
    assert all(line in left for line in text.splitlines())
    assert len(text.splitlines()) + (2 if number is not None else 4) >= len(found.splitlines())
    expected = data.setdefault("log", [])
    expected += [{}] if number is None else []
    expected[-1 if number is None else number] |= fields
    assert data == tomllib.loads(found)
    assert (ends == "\r\n") == ("\r\n" in found) or "\n" not in text


@pytest.mark.parametrize("words", ["nothing", "Skipped", "left out"])
def test_a_workout_that_was_left_out_is_written_down(
    words: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As `did = "nothing"`: nothing counts as done on that day, whatever was planned."""
    assert 0 == log(file, "--did", words)
    assert "nothing done." in capsys.readouterr().out
    assert 'did = "nothing"' in file.read_text(encoding="utf-8")
    (entry,) = read_case(file, shipped_rulebook()).log[-1:]
    assert (None, True) == (entry.did, entry.left_out)


def test_what_was_planned_is_logged_as_planned(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The plan's file beside the case says which workout it was, and how long; without one nothing is guessed."""
    assert 2 == log(file, "--as-planned")
    assert "no workout of the plan stands on 2026-11-25" in capsys.readouterr().err
    assert 0 == main(["plan", str(file), "-o", str(file.with_suffix(".ics")), "--today", "2026-11-23"])
    assert 'did = "run_easy"\nminutes = 30\npain = 1\n' in added(
        file, "--as-planned", "--date", "2026-11-23", "--pain", "1"
    )
    assert 2 == log(file, "--as-planned", "--did", "swim", "--date", "2026-11-23")
    assert "the plan has no swim on 2026-11-23" in capsys.readouterr().err


def test_a_private_plan_is_logged_as_planned_too(file: Path) -> None:
    """Its file says no workout by its name."""
    calendar = str(file.with_suffix(".ics"))
    assert 0 == main(["plan", str(file), "-o", calendar, "--private", "--today", "2026-11-23"])
    assert 'did = "run_easy"' in added(file, "--as-planned", "--date", "2026-11-23")


def test_a_title_of_the_calendar_says_how_long_it_was(file: Path) -> None:
    """`Easy run · 45 min` is an easy run of 45 minutes, unless --minutes says otherwise."""
    assert "minutes = 45\n" in added(file, "--did", "Easy run · 45 min")
    assert "minutes = 30\n" in added(file, "--did", "Easy ride · 45 min", "--minutes", "30")


@pytest.mark.parametrize(
    ("given", "field", "expected"),
    [
        (["--minutes", "45 min"], "minutes", 45),
        (["--minutes", "1:05"], "minutes", 65),
        (["--minutes", "1h"], "minutes", 60),
        (["--pain", "3/10"], "pain", 3),
        (["--date", "monday"], "date", date(2026, 11, 23)),
    ],
)
def test_figures_and_days_are_read_as_people_write_them(
    file: Path, given: list[str], field: str, expected: object
) -> None:
    """Minutes with their unit or as a clock shows them, pain of ten, the weekday that was last."""
    assert 0 == log(file, "--did", "ran", *given)
    (entry,) = read_case(file, shipped_rulebook()).log
    assert ("run_easy", expected) == (entry.did, getattr(entry, field))
