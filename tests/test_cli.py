"""The command line: what is asked, what is wrong, and what stays untouched."""

from __future__ import annotations

import argparse
import inspect
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from planner import shipped_rulebook
from planner.cli import COMMANDS, PARSERS, command, main, parser
from tests.readme import ROOT

HENRY = str(ROOT / "examples" / "plantar_fascia_calf_needled.toml")


def test_plan_prints_the_week_and_writes_its_calendar(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`planner plan CASE -o FILE` prints the table on standard output and says on standard error what it wrote."""
    file = tmp_path / "week.ics"
    assert main(["plan", HENRY, "--from", "2026-11-23", "-o", str(file)]) == 0
    out, err = capsys.readouterr()
    assert "Henry: training plan for 23 Nov to 29 Nov 2026" in out
    assert f"Wrote {file}: 7 workouts. Import it into a calendar of its own.\n" == err
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_the_notice_stands_once(capsys: pytest.CaptureFixture[str]) -> None:
    """The table says once that it is not medical advice."""
    main(["plan", HENRY, "--from", "2026-11-23"])
    assert capsys.readouterr().out.count("not medical advice") == 1


def test_json_holds_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    """`--format json` has the keys that other programs rely on, and nothing else on standard output."""
    assert main(["plan", HENRY, "--from", "2026-11-23", "--format", "json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert {
        "case",
        "timezone",
        "from",
        "to",
        "caution",
        "days",
        "unplaced",
        "changes",
        "score",
        "alerts",
        "notes",
    } <= set(plan)
    assert ("2026-11-23", "2026-11-29") == (plan["from"], plan["to"])
    (tuesday,) = [day for day in plan["days"] if day["treatments"]]
    assert {"kind", "region", "start", "end"} <= set(tuesday["treatments"][0])
    workout = plan["days"][0]["workouts"][0]
    expected = {
        "uid",
        "workout",
        "kind",
        "title",
        "start",
        "end",
        "minutes",
        "intensity",
        "check",
        "otherwise",
        "reasons",
    }
    assert expected <= set(workout)
    assert "2026-11-23T07:00:00-05:00" == workout["start"]
    assert {"rule", "text", "evidence", "sources"} <= set(workout["reasons"][0])


def test_the_same_input_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With SOURCE_DATE_EPOCH set, two runs write the same file."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    for name in ("one.ics", "other.ics"):
        assert main(["plan", HENRY, "--today", "2026-11-23", "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / "one.ics").read_bytes() == (tmp_path / "other.ics").read_bytes()


def test_a_bad_stamp_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """SOURCE_DATE_EPOCH that is no number is an input error, and no file is written."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert main(["plan", HENRY, "--today", "2026-11-23", "-o", str(tmp_path / "week.ics")]) == 2
    wrong = (
        'SOURCE_DATE_EPOCH: "yesterday" is no number of seconds since 1970; set it to a whole number, or not at all\n'
    )
    assert wrong == capsys.readouterr().err
    assert not (tmp_path / "week.ics").exists()


def test_every_mistake_has_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Several mistakes in a case are all told at once, one line each, and nothing is written."""
    case = tmp_path / "case.toml"
    case.write_text(
        'timezone = "Amerika/New_York"\n[injury]\nregion = "heal"\n[[treatments]]\nkind = "dry needling"\n'
        'start = "tomorrow"\n[goals]\nrunz = 3\n',
        encoding="utf-8",
    )
    assert main(["plan", str(case), "-o", str(tmp_path / "week.ics")]) == 2
    out, err = capsys.readouterr()
    assert "" == out
    assert ["timezone", "injury.region", "treatments[0].start", "goals.runz"] == [
        line.removeprefix(f"{case}: ").split(":")[0] for line in err.splitlines()
    ]
    assert not (tmp_path / "week.ics").exists()


def test_a_file_that_is_not_ours_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`-o` on somebody else's calendar is refused and leaves it as it was."""
    other = tmp_path / "mine.ics"
    other.write_bytes(b"BEGIN:VCALENDAR\r\nPRODID:-//else//EN\r\nEND:VCALENDAR\r\n")
    before = other.read_bytes()
    assert main(["plan", HENRY, "--from", "2026-11-23", "-o", str(other)]) == 2
    assert str(other) in capsys.readouterr().err
    assert before == other.read_bytes()


@pytest.mark.parametrize(("weeks", "status"), [("0", 2), ("1", 0), ("52", 0), ("53", 2), ("two", 2)])
def test_one_to_52_weeks_are_planned(weeks: str, status: int, capsys: pytest.CaptureFixture[str]) -> None:
    """A plan has 1 to 52 weeks; anything else is said to be wrong."""
    try:
        found = main(["plan", HENRY, "--from", "2026-11-23", "--weeks", weeks, "--format", "json"])
    except SystemExit as stop:
        found = int(str(stop.code))
        assert f'"{weeks}" is no number of weeks; give 1 to 52' in capsys.readouterr().err
    assert status == found


def test_why_names_the_rule_its_evidence_and_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    """`planner why` on a run on the morning after says the rule that binds, how good it is, and where it comes from."""
    assert main(["why", HENRY, "2026-11-25T07:00", "easy run"]) == 0
    out = capsys.readouterr().out
    assert "Easy run on Wed 25 Nov, 07:00: ruled out" in out
    assert "First 24 hours: no running" in out
    assert "Evidence: expert advice. Rule: dry_needling.first_day." in out
    assert "<https://www.ncbi.nlm.nih.gov/pmc/articles/PMC8658482/>" in out


@pytest.mark.parametrize(("time", "verdict"), [("10:14", "ruled_out"), ("10:15", "limited")])
def test_why_in_json_changes_at_the_very_minute(time: str, verdict: str, capsys: pytest.CaptureFixture[str]) -> None:
    """24 real hours after the session's end, at 10:15, an easy run is allowed again."""
    assert main(["why", HENRY, f"2026-11-25T{time}", "run_easy", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert ("run_easy", verdict) == (answer["workout"], answer["verdict"])
    assert {"start", "max_minutes", "max_intensity", "rules", "would_cost"} <= set(answer)


def test_why_of_a_day_answers_for_every_workout(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a workout, `planner why` answers for the whole catalogue."""
    assert main(["why", HENRY, "2026-11-25", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert "2026-11-25" == answer["date"]
    assert list(shipped_rulebook().workouts) == [one["workout"] for one in answer["workouts"]]


def test_a_mistyped_workout_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """`planner why … "esy run"` says which workouts could be meant."""
    assert main(["why", HENRY, "2026-11-25", "esy run"]) == 2
    assert 'planner why: WORKOUT: "esy run" is no workout; did you mean "easy run"' in capsys.readouterr().err


@pytest.mark.once
@pytest.mark.parametrize("form", ["table", "json", "ics"])
def test_a_reader_that_leaves_early_breaks_nothing(form: str) -> None:
    """`planner plan … | head -1` ends without a traceback."""
    command = f"{sys.executable} -m planner plan '{HENRY}' --from 2026-11-23 --weeks 52 --format {form} | head -c 10"
    done = subprocess.run(  # noqa: S602 (a pipe needs the shell)
        command,
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )
    assert "" == done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_told_what_its_parser_reads(name: str) -> None:
    """Every argument of a command is a field of its typed options, and every field an argument."""
    subparsers = next(action for action in parser(name)._actions if isinstance(action, argparse._SubParsersAction))  # noqa: SLF001 (argparse has no public way to list arguments)
    arguments = {action.dest for action in subparsers.choices[name]._actions}  # noqa: SLF001 (as above)
    assert set(inspect.signature(command(name).Options).parameters) == arguments - {"help"}


def modules_after(*arguments: str) -> set[str]:
    """Return the modules that are loaded when the command line has done what it was told."""
    script = (
        "import sys, planner.cli\n"
        "try: planner.cli.main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print('modules', *sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    return set(done.stderr.rpartition("modules ")[2].split())


def test_only_the_command_that_is_asked_for_is_loaded() -> None:
    """`planner rules` loads no other command."""
    loaded = modules_after("rules", "general.chest_watch")
    assert {"planner.commands.rules"} == {f"planner.commands.{name}" for name in COMMANDS} & loaded


@pytest.mark.parametrize("name", COMMANDS)
def test_help_and_a_wrong_word_load_nothing_that_plans(name: str) -> None:
    """What a command may be told is known without the command: no rulebook, no models, no calendars are loaded."""
    for arguments in ([name, "--help"], [name, "--no-such-option"]):
        loaded = modules_after(*arguments)
        assert {each for each in loaded if each.startswith("planner.parsers.")} == {
            f"planner.parsers.{room}" for room, names in PARSERS.items() if name in names
        }
        assert set() == {"pydantic", "icalendar", "rich", "dataclasses", "planner.commands.opened_case"} & loaded


@pytest.mark.parametrize(("named", "looks"), [(None, False), ("__all__", False), ("logfire-plugin", True)])
def test_no_other_package_is_asked_for_plugins_unless_the_person_says_so(named: str | None, looks: bool) -> None:
    """A case is checked by the program alone, and nobody waits for a look through all that is installed."""
    script = (
        "import sys; from planner.__main__ import run; sys.argv = ['planner', 'rules', 'general.chest_watch']\n"
        "run()\n"
        "print(sys.modules['pydantic.plugin._loader'].get_plugins(), file=sys.stderr)\n"
        "print('importlib.metadata' in sys.modules, file=sys.stderr)"
    )
    environment = {key: value for key, value in os.environ.items() if key != "PYDANTIC_DISABLE_PLUGINS"}
    if named is not None:
        environment["PYDANTIC_DISABLE_PLUGINS"] = named
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    plugins, looked = done.stderr.splitlines()
    assert looked == str(looks)
    assert looks or plugins == "()"


def broken_command(_: object) -> int:
    """Fail as no command should."""
    message = "no\nsuch thing"
    raise LookupError(message)


def test_an_error_of_our_own_is_one_line_with_a_status_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What nobody foresaw is said in one line, with where to report it, and ends with 70: 1 would mean a red flag."""
    monkeypatch.setattr("planner.commands.rules.run", broken_command)
    monkeypatch.delenv("PLANNER_DEBUG", raising=False)
    assert main(["rules"]) == 70
    out, err = capsys.readouterr()
    assert ("", 1) == (out, err.count("\n"))
    assert err.startswith("planner: LookupError: no such thing (test_cli.py, line ")
    assert "please report it: https://" in err


def test_the_traceback_of_an_error_of_our_own_is_shown_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """With PLANNER_DEBUG=1 the error comes through as it is."""
    monkeypatch.setattr("planner.commands.rules.run", broken_command)
    monkeypatch.setenv("PLANNER_DEBUG", "1")
    with pytest.raises(LookupError):
        main(["rules"])


def test_a_plan_goes_through_a_pipe(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """`planner plan - -o -` reads the case from standard input and prints the calendar alone; the table is aside."""
    with Path(HENRY).open(encoding="utf-8") as case:
        monkeypatch.setattr("sys.stdin", case)
        assert main(["plan", "-", "--today", "2026-11-23", "-o", "-"]) == 0
    out, err = capfdbinary.readouterr()
    assert out.startswith(b"BEGIN:VCALENDAR\r\n")
    assert out.endswith(b"END:VCALENDAR\r\n")
    assert b"Henry: training plan for 23 Nov to 29 Nov 2026" in err


def test_a_question_is_about_the_plan_beside_the_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where CASE.ics holds the case's plan, `why` is about it, as if it had been named; another calendar is not."""
    case, calendar = tmp_path / "me.toml", tmp_path / "me.ics"
    case.write_text(Path(HENRY).read_text(encoding="utf-8"), encoding="utf-8")
    calendar.write_bytes(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    asked = ["why", str(case), "2026-11-30", "easy run", "--today", "2026-11-23", "--format", "json"]
    assert main(asked) == 0
    calendar.unlink()
    main(["plan", str(case), "--today", "2026-11-23", "--weeks", "3", "-o", str(calendar)])
    capsys.readouterr()
    answers = []
    for named in ([], ["--plan", str(calendar)]):
        assert main([*asked, *named]) == 0
        answers.append(capsys.readouterr().out)
    assert answers[0] == answers[1]


def test_the_bare_command_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a word it says what there is, and what each exit status means."""
    assert main([]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert all(name in said for name in COMMANDS)
    assert "70 an error of the program itself" in said


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """`planner --version` says which it is and ends well."""
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out.startswith("planner")


def test_tomorrow_is_counted_from_the_day_that_counts_as_today(capsys: pytest.CaptureFixture[str]) -> None:
    """`--from tomorrow --today 2026-11-23` begins on the 24th."""
    assert main(["plan", HENRY, "--from", "tomorrow", "--today", "2026-11-23", "--format", "json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert "2026-11-24" == plan["from"]
    assert 1 == plan["schema_version"]
    assert 12 == len(plan["rulebook_version"])


def test_a_persons_own_defaults_hold_for_every_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`planner/config.toml` says which rules, whether private, and which calendar; an option goes before it."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    settings = tmp_path / "planner" / "config.toml"
    settings.parent.mkdir()
    settings.write_text("private = true\n", encoding="utf-8")
    for options, private in ([], True), (["--no-private"], False):
        file = tmp_path / f"{private}.ics"
        assert main(["plan", HENRY, "--today", "2026-11-23", "-o", str(file), *options]) == 0
        assert private == (b"Easy run" not in file.read_bytes())
    settings.write_text('private = "yes"\nrulez = "clinic"\n', encoding="utf-8")
    capsys.readouterr()
    assert main(["plan", HENRY]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert f'{settings}: private: "yes" is of the wrong kind; write private = true' == first
    assert f'{settings}: rulez: "rulez" is not a key that is known here; did you mean "rules"?' == second


@pytest.mark.parametrize("name", ["Easy run · 45 min", "run 5k", "easy run 40 min"])
def test_a_workout_is_known_by_its_title_in_the_calendar(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And by how people say it, how far or how long beside its name."""
    assert main(["why", HENRY, "2026-11-28", name, "--today", "2026-11-23", "--format", "json"]) == 0
    assert "run_easy" == json.loads(capsys.readouterr().out)["workout"]
