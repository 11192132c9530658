"""The hand-out, a folder of cases and a clinic's list: what is written, what is refused, what goes on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planner import read_case, shipped_rulebook
from planner.cli import main
from tests.practices import CASE, Browser, practice_in, words
from tests.readme import ROOT

HENRY = str(ROOT / "examples" / "plantar_fascia_calf_needled.toml")
LIST = """\
name;treatment;region;start;minutes;side;severity
Anna;dry needling;calf;2026-12-01 09:30;45;left;mild
Anna;massage;calf;2026-12-08;;;
Otto;shockwave;heel;2026-12-02 10:00;;;
"""


def test_a_name_that_ends_in_html_is_the_hand_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One page that stands alone: a sheet for the patient, one for the therapist, and nothing from elsewhere."""
    file = tmp_path / "week.html"
    assert main(["plan", HENRY, "--today", "2026-11-23", "--weeks", "2", "-o", str(file)]) == 0
    page = file.read_text()
    text = words(page)
    assert "Plan for Henry" in text
    assert "Stop, and call 911, if you have" in text
    assert "Until 10:15 no running." in text
    assert "For the therapist: Henry" in text
    assert "Rules that bound this plan" in text
    assert "<script" not in page
    assert 'href="http' not in page
    assert "Wrote" in capsys.readouterr().err


def test_where_no_hand_out_can_be_is_said_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder is called one, a device too, and a place that cannot be looked into says why."""
    (tmp_path / "folder.html").mkdir()
    assert main(["plan", HENRY, "-o", str(tmp_path / "folder.html")]) == 2
    assert "folder.html: is a folder; give the name of a file in it" in capsys.readouterr().err
    (tmp_path / "null.html").symlink_to("/dev/null")
    assert main(["plan", HENRY, "-o", str(tmp_path / "null.html")]) == 2
    assert "null.html: is a pipe or a device, not a file; give the name of a file" in capsys.readouterr().err
    whole = Path.stat

    def stat(path: Path, **options: Any) -> Any:
        if path.name == "closed.html":
            raise PermissionError(13, "Permission denied")
        return whole(path, **options)

    monkeypatch.setattr(Path, "stat", stat)
    assert main(["plan", HENRY, "-o", str(tmp_path / "closed.html")]) == 3
    assert "closed.html: cannot be written (Permission denied), and nothing was changed" in capsys.readouterr().err


def test_a_private_hand_out_says_nothing_about_health(tmp_path: Path) -> None:
    """Times and minutes only, and no sheet for the therapist."""
    file = tmp_path / "week.html"
    main(["plan", HENRY, "--today", "2026-11-23", "-o", str(file), "--private"])
    text = words(file.read_text()).lower()
    assert "workout, 07:00, 40 min" in text
    assert not any(word in text for word in ("needling", "calf", "heel", "run", "therapist:", "pain 5"))


def test_a_file_that_is_no_hand_out_of_ours_is_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody's own page is not overwritten; a hand-out of ours is."""
    file = tmp_path / "week.html"
    file.write_text("<h1>My page</h1>")
    assert main(["plan", HENRY, "--today", "2026-11-23", "-o", str(file)]) == 2
    assert file.read_text() == "<h1>My page</h1>"
    assert "is not a hand-out that planner wrote" in capsys.readouterr().err
    file.unlink()
    assert [main(["plan", HENRY, "--today", "2026-11-23", "-o", str(file)]) for _ in range(2)] == [0, 0]


def sheet_of_patient(case: str, day: str, tmp_path: Path) -> str:
    """Return the patient's sheet that is printed on a day, as words."""
    file = tmp_path / "week.html"
    assert main(["plan", case, "--today", day, "--from", day, "--weeks", "1", "-o", str(file)]) == 0
    return words(file.read_text()).partition("For the therapist")[0]


def test_the_sheet_of_the_next_day_has_the_aftercare_of_the_treatment_before_it(tmp_path: Path) -> None:
    """Needled on Tuesday, printed on Wednesday: what is still out and to mind stands there, and not what is over."""
    sheet = sheet_of_patient(HENRY, "2026-11-25", tmp_path)
    before, _, after = sheet.partition("After the dry needling on Tue 24 Nov, in the order of the hours")
    assert "Until Wed 22:15 No hard bike ride." in after
    assert "Until Tue" not in after
    assert "No open water, bath, hot tub or sauna for 24 hours" in after
    assert "The day before: nothing new" not in after
    assert "Stop, and call 911, if you have" in before
    later = sheet_of_patient(HENRY, "2026-11-27", tmp_path)
    assert "No open water" not in later
    assert "in the order of the hours" not in sheet_of_patient(HENRY, "2026-12-20", tmp_path)


def test_the_treatment_before_and_the_next_one_are_both_on_the_sheet(tmp_path: Path) -> None:
    """A series: first what holds of the last one, then the hours after the next, nothing said twice."""
    sheet = sheet_of_patient(str(ROOT / "examples" / "hamstring_before_a_race.toml"), "2026-11-27", tmp_path)
    first, second = (sheet.index(f"After the dry needling on Wed {day}, in") for day in ("25 Nov", "2 Dec"))
    assert first < second
    assert "Until Thu 16:30 No running." in sheet[second:]
    assert "Until Fri 16:30 No long run or hard run." in sheet[first:second]
    assert sheet.count("Heat or cold, whichever feels better") == 1


def test_the_sheets_are_pages_too(tmp_path: Path) -> None:
    """Print in the browser shows the same sheets; on this computer alone there is no QR code."""
    browser = Browser(practice_in(tmp_path))
    assert "Plan for Kim" in words(browser.get("K/print/patient").text)
    assert '<svg class="qr"' not in browser.get("K/print/patient").text
    assert "For the therapist: Kim" in words(browser.get("K/print/therapist").text)
    assert browser.get("/static/sheet.css").headers["content-type"].startswith("text/css")


def test_an_address_that_others_reach_is_on_the_sheet_as_a_code(tmp_path: Path) -> None:
    """With a password and a host, the patient's sheet has the QR code of the feed."""
    browser = Browser(practice_in(tmp_path, local=False))
    assert '<svg class="qr"' in browser.get("K/print/patient").text


def test_a_folder_is_planned_and_one_bad_case_stops_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each case gets its calendar; the bad one is told with its field, and planning again changes nothing."""
    cases, calendars = tmp_path / "cases", tmp_path / "calendars"
    cases.mkdir()
    for name in ("a", "b"):
        (cases / f"{name}.toml").write_text(CASE.replace('"kim"', f'"{name}"'))
    (cases / "bad.toml").write_text(CASE.replace('"heel"', '"heeel"'))
    asked = ["plan", str(cases), "-o", str(calendars), "--today", "2026-11-25"]
    assert main(asked) == 2
    out, err = capsys.readouterr()
    assert "2 of 3 cases planned" in out
    assert "bad.toml: injury.region" in err
    assert main([*asked, "--format", "json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert (told["schema_version"], told["cases"], told["cleared"]) == (1, 3, [])
    (bad,) = told["not_planned"]
    assert Path(bad["case"]).name == "bad.toml"
    assert "injury.region" in bad["wrong"][0]
    before = {path.name: path.read_bytes() for path in calendars.iterdir()}
    assert set(before) == {"a.ics", "b.ics"}
    (cases / "bad.toml").unlink()
    assert main(asked) == 0
    assert {path.name: path.read_bytes() for path in calendars.iterdir()} == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(["-o", "F"], "holds no case"), ([], "is missing"), (["-o", "F", "--format", "ics"], "is for one case")],
)
def test_what_a_folder_cannot_be_asked_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    """No folder to write into, no case, a format of one case: each is a mistake."""
    assert main(["plan", str(tmp_path), *(str(tmp_path / "out") if each == "F" else each for each in arguments)]) == 2
    assert told in capsys.readouterr().err


def test_a_clinics_list_becomes_cases_and_is_added_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line a treatment; imported again, nothing is there twice, and a new line is added."""
    file, folder = tmp_path / "list.csv", tmp_path / "cases"
    file.write_text(LIST)
    asked = ["import", str(file), "-o", str(folder), "--timezone", "Europe/Berlin"]
    assert main(asked) == 0
    assert "2 cases" in capsys.readouterr().out
    anna = read_case(folder / "anna.toml", shipped_rulebook())
    assert [entry.kind for entry in anna.treatments] == ["dry_needling", "massage"]
    assert (anna.injury[0].region, anna.injury[0].side, anna.injury[0].severity) == ("calf", "left", "mild")
    before = (folder / "anna.toml").read_text()
    assert main(asked) == 0
    assert (folder / "anna.toml").read_text() == before
    file.write_text(LIST + "Anna;massage;calf;2026-12-15;;;\n")
    assert main(asked) == 0
    assert (folder / "anna.toml").read_text().startswith(before)
    assert len(read_case(folder / "anna.toml", shipped_rulebook()).treatments) == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LIST.replace("calf;2026-12-01", "calff;2026-12-01"), "line 2: region"),
        (LIST.replace("shockwave", "schokwave"), "line 4: treatment"),
        (LIST.replace("2026-12-08", "8 Dec"), "line 3: start"),
        (LIST.replace("Otto;", ";"), "line 4: name"),
        (LIST.replace(";45;", ";0;"), "line 2: minutes"),
        (LIST.replace("name;", "nmae;"), '"nmae" is no column; did you mean "name"'),
        (LIST.replace("mild", "bad"), "line 2: severity"),
        (LIST + "a;b;c;d;e;f;g;h\n", "line 5: has 8 columns"),
        ("", 'the column "name" is missing'),
    ],
)
def test_a_mistake_in_a_list_is_told_by_line_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    """Every mistake at once; with one, no case is made."""
    file, folder = tmp_path / "list.csv", tmp_path / "cases"
    file.write_text(text)
    assert main(["import", str(file), "-o", str(folder), "--timezone", "Europe/Berlin"]) == 2
    assert told in capsys.readouterr().err
    assert not folder.exists()


def test_the_sheets_say_what_became_of_somebody_elses_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The patient reads what each changed session was, the therapist why; a private sheet holds none of it."""
    examples = Path("examples").resolve()
    case, sheet = str(examples / "coach_plan.toml"), tmp_path / "sheet.html"
    command = ["plan", case, "--today", "2026-11-23", "-o", str(sheet)]
    assert main(command) == 0
    patient, therapist = words(sheet.read_text()).split("For the therapist")
    assert "4 of 6 sessions stay as they are and 2 are changed." in patient
    assert "Easy run, 18:00, 24 min (was: Rest or 30 min easy)" in patient
    assert "“ Rest or 30 min easy ” is on Thu 26 Nov now" in patient
    assert "So that &#34;Intervals" in therapist
    assert main([*command, "--private"]) == 0
    assert "Intervals" not in sheet.read_text()
    capsys.readouterr()


def test_before_a_race_the_sheet_says_not_to_start(tmp_path: Path) -> None:
    """Where the check before a race fails there is nothing to do in its place, on paper as in the table."""
    (tmp_path / "coach.ics").write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//coach//EN\nBEGIN:VEVENT\nUID:1@coach\nDTSTART;VALUE=DATE:20261129\n"
        "SUMMARY:10 km race\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    case, sheet = tmp_path / "case.toml", tmp_path / "week.html"
    case.write_text(
        'timezone = "Europe/Berlin"\n[injury]\nregion = "calf"\nseverity = "mild"\n'
        '[[workouts]]\ncalendar = "coach.ics"\neasy_pace = "6:00/km"\n'
    )
    assert main(["plan", str(case), "--today", "2026-11-23", "-o", str(sheet)]) == 0
    text = sheet.read_text()
    assert "If not: do not start" in text
    assert "If not: easy bike ride" not in text
