"""The weeks, the log and the start in the browser: what a person reads, what is written, what others changed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

import planner
from planner import read_case, shipped_rulebook
from planner.page.environment import rule_key
from planner.page.sentences import in_page_words, sentences
from planner.web.cases.outside import ValueDifference
from planner.web.words.differences import difference_words
from tests.practices import CASE, Browser, field, practice_in, words

pytestmark = pytest.mark.once

ANSWERS = {
    "where": "heel",
    "treatment": "dry needling",
    "treated": "left calf",
    "when": "tuesday 9:30",
    "times": "mon-fri 7-8:30, sat 9-12",
    "runs": "3",
    "bikes": "2",
    "upper_body": "1",
    "longest": "60",
    "name": "Ola",
    "timezone": "Europe/Berlin",
    "side": "left",
    "severity": "moderate",
}


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    """Return a browser that looks at Kim's case."""
    return Browser(practice_in(tmp_path))


def test_the_weeks_begin_with_the_answer(browser: Browser) -> None:
    """The first thing on the page is when the next run is."""
    text = words(browser.get("K/weeks").text)
    assert "Next run: Friday 27 November, 07:00, 28 minutes." in text
    assert "Until 22:00 no hard bike ride." in text


def test_keeping_writes_the_calendar_and_it_can_be_taken_back(browser: Browser) -> None:
    """A kept plan is in the calendar file; taken back, the file is gone again."""
    browser.post("K/keep", page="K/weeks")
    assert b"BEGIN:VEVENT" in browser.calendar.read_bytes()
    page = browser.get("K/weeks").text
    assert "Take it back" in page
    browser.post("K/undo", {"change": "1"}, page="K/weeks")
    assert not browser.calendar.exists()


def test_a_log_keeps_remarks_and_every_other_line(browser: Browser) -> None:
    """What is logged is added below; nothing else in the file changes by a character."""
    browser.post("K/log", {"did": "bike_easy", "how": "done", "minutes": "45", "pain": "2", "date": "2026-11-25"})
    text = browser.case.read_text()
    assert text.startswith(CASE)
    (entry,) = read_case(browser.case, shipped_rulebook()).log
    assert (entry.did, entry.minutes, entry.pain, entry.next_morning) == ("bike_easy", 45, 2, None)


def test_an_untouched_scale_logs_nothing(browser: Browser) -> None:
    """Not said is not zero: no rating is written that nobody gave."""
    browser.post("K/log", {"did": "bike_easy", "how": "done", "pain": "", "soreness": ""})
    (entry,) = read_case(browser.case, shipped_rulebook()).log
    assert (entry.pain, entry.soreness, entry.next_morning) == (None, None, None)


def test_an_empty_log_is_asked_again(browser: Browser) -> None:
    """Save without an answer writes nothing, and says so."""
    answer = browser.post("K/log", {})
    assert answer.status_code == 422
    assert "nothing was said yet" in answer.text
    assert browser.case.read_text() == CASE


@pytest.mark.parametrize(
    ("field", "value"), [("date", "2026-11-26"), ("minutes", "0"), ("minutes", "1441"), ("pain", "11"), ("date", "x")]
)
def test_what_cannot_be_is_not_logged(browser: Browser, field: str, value: str) -> None:
    """A day to come, minutes or a rating out of range: said, and nothing written."""
    answer = browser.post("K/log", {"did": "bike_easy", "how": "done", field: value})
    assert answer.status_code == 422
    assert browser.case.read_text() == CASE


def test_a_danger_sign_clears_the_plan_and_says_what_to_do_first(browser: Browser) -> None:
    """The sign is written, the calendar is cleared, and the first thing on the next page is what to do."""
    browser.post("K/keep", page="K/weeks")
    answer = browser.post("K/log", {"sign": "chest_pain"})
    text = words(answer.text)
    assert str(answer.url).endswith("/danger")
    assert "Stop. Get this looked at now. You ticked: chest pain." in text
    assert "Call 112" in text
    assert b"STATUS:CANCELLED" in browser.calendar.read_bytes()
    assert "No workouts until a clinician has looked." in words(browser.get("K/weeks").text)


def test_a_danger_sign_is_never_refused_over_a_change_from_outside(browser: Browser) -> None:
    """Somebody edits the file while the page is open: the sign is written all the same."""
    page = browser.get("K/log").text
    browser.case.write_text(CASE.replace("runs = 3", "runs = 2"))
    fields = {"token": field(page, "token"), "base": field(page, "base"), "sign": "chest_pain"}
    browser.client.post(f"/c/{browser.key}/log", data=fields)
    text = browser.case.read_text()
    assert "chest_pain" in text
    assert "runs = 2" in text


def test_a_sign_ticked_by_mistake_gives_the_plan_back(browser: Browser) -> None:
    """Who says that a sign is not there has the file as it was."""
    browser.post("K/log", {"sign": "chest_pain"})
    browser.post("K/danger", {"do": "mistake", "entry": browser.mark("log"), "sign": "chest_pain"})
    assert read_case(browser.case, shipped_rulebook()).log == ()
    assert "Next run" in words(browser.get("K/weeks").text)


def test_a_change_from_outside_is_told_and_both_can_be_kept(browser: Browser) -> None:
    """Two edits that do not touch: the page shows both, and keeps both when told to."""
    page = browser.get("K/log").text
    browser.case.write_text(CASE.replace("runs = 3", "runs = 2"))
    fields = {
        "token": field(page, "token"),
        "base": field(page, "base"),
        "did": "bike_easy",
        "how": "done",
        "minutes": "45",
    }
    answer = browser.client.post(f"/c/{browser.key}/log", data=fields)
    assert answer.status_code == 409
    told = words(answer.text)
    assert "What you would like: runs : 3 → 2" in told
    assert "How did it go : not there → date Wed 25 Nov, did bike easy, minutes 45" in told
    assert "[[log]]" not in browser.case.read_text()
    fields["base"] = field(answer.text, "base") if field(answer.text, "base") != fields["base"] else fields["base"]
    new_base = answer.text.split('name="base" value="')[-1].split('"')[0]
    browser.client.post(f"/c/{browser.key}/log", data={**fields, "base": new_base})
    text = browser.case.read_text()
    assert "runs = 2" in text
    assert "[[log]]" in text


@pytest.mark.parametrize(
    ("path", "before", "after", "told"),
    [
        ("goals.runs", 3, 2, ("What you would like: runs", "3", "2")),
        ("caution", None, "strict", ("How careful", "not there", "strict")),
        ("own.thing_of_mine", [1, 2], None, ("Own: thing of mine", "1, 2", "taken out")),
        (
            "fitness.last_run",
            date(2026, 11, 20),
            date(2026, 11, 22),
            ("Your usual: last run", "Fri 20 Nov", "Sun 22 Nov"),
        ),
        ("injury.knee", False, True, ("Where it hurts: knee", "no", "yes")),
        (
            "treatments[dry needling calf]",
            None,
            {"id": "x", "kind": "dry_needling", "start": datetime(2026, 12, 8, 9, 30), "at": time(7)},
            ("Appointments", "not there", "kind dry needling, start Tue 8 Dec, 09:30, at 07:00"),
        ),
    ],
)
def test_what_differs_is_said_in_words(path: str, before: Any, after: Any, told: tuple[str, str, str]) -> None:
    """Neither a key of the file nor a value as a program writes it is shown to a person."""
    assert (
        tuple(
            part.replace("\N{NO-BREAK SPACE}", " ") for part in difference_words(ValueDifference(path, before, after))
        )
        == told
    )


def test_a_case_with_a_mistake_says_what_the_command_line_says(browser: Browser) -> None:
    """A mistake made in an editor is told with its field, and nothing is planned from it."""
    browser.case.write_text(CASE.replace('"heel"', '"heeel"'))
    answer = browser.get("K/weeks")
    assert answer.status_code == 422
    assert "injury.region" in answer.text


def test_a_mistake_takes_no_plan_out_of_sight(browser: Browser) -> None:
    """Below what is wrong stands the plan of when the case last was right, to be read and not to be changed."""
    assert "Next run: Friday 27 November, 07:00" in words(browser.get("K/weeks").text)
    browser.case.write_text(CASE.replace('"heel"', '"heeel"'))
    answer = browser.get("K/weeks")
    assert answer.status_code == 422
    text = words(answer.text)
    assert (
        text.index("injury.region") < text.index("The plan of 12:00, when it had none") < text.index("Next run: Friday")
    )
    assert "/move" not in answer.text
    browser.client.cookies.set("planner-private", "1")
    private = words(browser.get("K/weeks").text)
    assert "Next workout: Friday" in private
    assert not any(word in private for word in ("injury", "heeel", "needling", "Easy run"))
    browser.client.cookies.delete("planner-private")
    browser.case.write_text(CASE)
    assert "when it had none" not in browser.get("K/weeks").text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {"did": "bike_easy", "how": "shorter", "minutes": "28", "pain": "3", "date": "2026-11-25"},
            "Saved: 28 minutes, pain 3. Tell me tomorrow how the morning was.",
        ),
        (
            {
                "did": "bike_easy",
                "how": "done",
                "next_morning": "2",
                "soreness": "1",
                "limp": "yes",
                "date": "2026-11-24",
            },
            "Saved: next morning 2, soreness 1, with a limp. Take it back",
        ),
        ({"how": "left_out", "date": "2026-11-25"}, "Saved: left out. Take it back"),
    ],
)
def test_what_was_logged_is_said_again(browser: Browser, fields: dict[str, str], told: str) -> None:
    """The weeks begin with what was written down, and with what is asked for next; a private screen with neither."""
    assert told in words(browser.post("K/log", fields).text)
    browser.client.cookies.set("planner-private", "1")
    text = words(browser.get("K/weeks").text)
    assert "Saved:" not in text
    assert "Kept. It can be taken back" in text


def test_what_was_changed_has_the_focus_once(browser: Browser) -> None:
    """The page after a change begins there; opened again it begins at its top."""
    after = browser.post("K/log", {"did": "bike_easy", "how": "done", "date": "2026-11-25"}).text
    assert 'id="kept" tabindex="-1" autofocus' in after
    again = browser.get("K/weeks").text
    assert 'id="kept"' in again
    assert "autofocus" not in again


def test_what_a_clinician_found_is_thanked_for(browser: Browser) -> None:
    """Ruled out by whom and on which day, above the plan that starts again."""
    browser.post("K/log", {"sign": "calf_swelling"})
    found = {"do": "ruled out", "by": "Dr <S>", "date": "2026-11-25"}
    page = browser.post("K/danger", found).text
    assert "Ruled out on Wed\N{NO-BREAK SPACE}25\N{NO-BREAK SPACE}Nov by Dr &lt;S&gt;: the plan starts again." in page


def test_a_log_is_asked_for_of_the_day_in_the_address(browser: Browser) -> None:
    """A day of before is asked about; one that is to come, or none, is today."""
    assert field(browser.get("K/log?date=2026-11-24").text, "date") == "2026-11-24"
    for day in ("2026-12-24", "soon"):
        assert field(browser.get(f"K/log?date={day}").text, "date") == "2026-11-25"


def test_the_start_shows_a_week_and_keeping_it_writes_both_files(tmp_path: Path) -> None:
    """From an empty folder to a case and its calendar in one form."""
    browser = Browser(practice_in(tmp_path, {}))
    shown = browser.post("/start", ANSWERS)
    assert "Read as: Tuesday 1 December, 09:30 to 10:00" in words(shown.text)
    assert "Next run" in words(shown.text)
    assert list((tmp_path / "cases").iterdir()) == []
    browser.post("/start", {**ANSWERS, "do": "keep"})
    assert sorted(path.name for path in (tmp_path / "cases").iterdir()) == ["ola.ics", "ola.toml"]
    case = read_case(tmp_path / "cases" / "ola.toml", shipped_rulebook())
    assert (case.injury[0].region, case.injury[0].side, case.goals.runs) == ("plantar_fascia", "left", 3)
    assert case.treatments[0].region == "calf"
    assert str(case.availability.days["saturday"].windows[0]) == "09:00-12:00"
    assert case.availability.days["sunday"].windows == ()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("where", "heeel", "not known"),
        ("where", "", "say where it hurts"),
        ("treatment", "voodoo", "not known as a treatment"),
        ("when", "satrday 9", "did you mean Saturday 28 Nov, 09:00?"),
        ("when", "", "say when it is"),
        ("times", "noon", "is no time of the week"),
        ("runs", "8", "give a whole number from 0 to 7"),
        ("timezone", "Mars/Base", "is no time zone"),
    ],
)
def test_the_start_says_what_is_not_understood(tmp_path: Path, field: str, value: str, told: str) -> None:
    """Each answer that is not understood is told at its field, and what was typed stays."""
    fields = {**ANSWERS, field: value, "treatment": "" if (field, value) == ("where", "") else ANSWERS["treatment"]}
    if field == "treatment":
        fields["treatment"] = value
    answer = Browser(practice_in(tmp_path, {})).post("/start", fields)
    assert answer.status_code == 422
    assert told in words(answer.text)
    assert "mon-fri 7-8:30" in answer.text or field == "times"


def test_the_feed_is_private_by_default_and_does_not_change_by_itself(browser: Browser) -> None:
    """The calendar's address gives times and no word about health, with an ETag that stands until something changes."""
    browser.post("K/keep", page="K/weeks")
    page = browser.get("K/calendar").text
    path = page.split('value="http://127.0.0.1:8713')[1].split('"')[0]
    feed = browser.get(path)
    assert feed.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "REFRESH-INTERVAL" in feed.text
    assert "needling" not in feed.text.lower()
    assert "calf" not in feed.text.lower()
    again = browser.get(path, headers={"if-none-match": feed.headers["etag"]})
    assert (again.status_code, again.text) == (304, "")
    browser.post("K/calendar", {"do": "text", "full": "yes"})
    assert "needling" in browser.get(path).text.lower()
    browser.post("K/calendar", {"do": "renew"})
    assert browser.get(path).status_code == 404


def test_the_feed_follows_the_case(browser: Browser) -> None:
    """A danger sign in the log empties the calendar that a phone reads, before anyone keeps a plan again."""
    path = browser.get("K/calendar").text.split('value="http://127.0.0.1:8713')[1].split('"')[0]
    before = browser.get(path)
    assert "BEGIN:VEVENT" in before.text
    browser.case.write_text(CASE + '\n[[log]]\ndate = 2026-11-25\nsigns = ["chest_pain"]\n')
    after = browser.get(path, headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    assert "Easy run" not in after.text


def test_every_sentence_of_the_page_is_used() -> None:
    """No sentence stands in the list that no page says, and none is said that is not there."""
    root = Path(planner.__file__).parent
    files = [
        *root.glob("page/**/*.html"),
        *root.glob("page/**/*.py"),
        *root.glob("web/**/*.py"),
        *root.glob("commands/*.py"),
    ]
    code = "\n".join(path.read_text() for path in files)
    tables = (
        "places.",
        "scale.",
        "kinds.",
        "nav.",
        "sides.",
        "severity.",
        "signs.",
        "log.",
        "calendar.",
        "changes.",
        "health.",
        "words.",
        "sheet.log_",
    )
    unused = [
        key
        for key in sentences()
        if f'"{key}"' not in code
        and not key.startswith(tables)
        and not key.endswith("_one")
        and f'"{key.rpartition(".")[0]}"' not in code
        and f"{key.rpartition('.')[0]}.{{" not in code
    ]
    assert unused == []


FILE_TERMS = re.compile(r"\[\[?[a-z_.]+|\bplanner (?!serve)[a-z]+ |--[a-z]+|\b[a-z_]+ = |`")
SPOKEN_OF: dict[str, tuple[str, str]] = {
    "nothing is said": ('[injury]\nregion = "navicular"\n', "until “Change the plan” says otherwise: 3 runs, 2 rides"),
    "an ambiguous name": ('[injury]\nregion = "heel"\n', "choose that in “Where it hurts” if you know"),
    "a danger sign": (
        '[injury]\nregion = "calf"\n[[log]]\ndate = 2026-11-24\nsigns = ["chest pain"]\n',
        "No workouts are planned until “What to do now” says what was found.",
    ),
    "a sign that was confirmed": (
        (
            '[injury]\nregion = "calf"\n[[log]]\ndate = 2026-11-24\nsigns = ["chest pain"]\n'
            '[[log]]\ndate = 2026-11-24\ncleared = "confirmed"\nby = "Dr Smith"\n'
        ),
        "Until your clinician names a day nothing is planned.",
    ),
    "a bone that has healed": (
        '[injury]\nregion = "navicular"\nhealed = 2026-11-20\n',
        "until the case says who cleared it (“Where it hurts” asks who), its rules stay",
    ),
    "an injury that has healed": (
        '[injury]\nregion = "achilles"\nhealed = 2026-11-20\n',
        "say when under “Change the plan”, and the plan brings you back",
    ),
}


@pytest.mark.parametrize("what", SPOKEN_OF)
def test_alerts_and_notes_speak_in_the_words_of_the_page(tmp_path: Path, what: str) -> None:
    """Whoever looks at the page never wrote a file: it names no key, no command and no option, but its own pages."""
    rest, told = SPOKEN_OF[what]
    case = f'name = "Kim"\nid = "kim"\ntimezone = "Europe/Berlin"\n{rest}'
    text = words(Browser(practice_in(tmp_path, {"kim": case})).get("K/weeks").text)
    assert told in text
    assert FILE_TERMS.findall(text) == []


def test_rules_and_signs_speak_in_the_words_of_the_page(browser: Browser) -> None:
    """No rule, sign or day tells whoever looks at it what to write into a file, for there is a page for it."""
    pages = [f"K/rules/{rule_key(rule)}" for rule in browser.practice.rulebook.rules]
    pages += ["K/signs", "K/log", "K/print/patient", "K/print/therapist", "K/day/2026-11-25"]
    found = {page: FILE_TERMS.findall(words(browser.get(page).text)) for page in pages}
    assert {page: terms for page, terms in found.items() if terms} == {}


def test_every_word_in_place_of_another_is_for_a_sentence_that_there_is() -> None:
    """What the page says otherwise stands somewhere in the program; once it does not, it can go."""
    root = Path(planner.__file__).parent
    sources = [*root.glob("wording/**/*.py"), *root.glob("scheduling/*.py"), *Path("rules").rglob("*.toml")]
    lines = "\n".join(path.read_text() for path in sources)
    joined = re.sub(r"""["']\n\s*f?["']|\\\n\s*""", "", lines).replace('\\"', '"')
    tables = ("fitness", "availability", "goals", "injury")
    joined += "".join(joined.replace("{table}", table) for table in tables)
    files = {key: text for key, text in sentences().items() if key.startswith("words.") and key.endswith(".file")}
    assert [key for key, text in files.items() if not all(part in joined for part in text.split("{}"))] == []
    assert all(not FILE_TERMS.search(in_page_words(text.replace("{}", "x"))) for text in files.values())


def test_the_weeks_say_what_became_of_somebody_elses_plan(tmp_path: Path) -> None:
    """How much stays, each change with its reason, what each session was, and where one went; a private screen not."""
    browser = Browser(practice_in(tmp_path, {"marta": Path("examples/coach_plan.toml").read_text()}))
    browser.case.with_name("coach.ics").write_bytes(Path("examples/coach.ics").read_bytes())
    text = words(browser.get("K/weeks").text)
    assert "sessions stay as they are" in text
    assert "Changed from “ Rest or 30 min easy ” of Sat 28 Nov" in text
    assert "As planned: “ Long run 18 km ”" in text
    assert "“ Rest or 30 min easy ” is on Wed 25 Nov now" in text
    link = re.search(r'href="(/c/\w+/w/\w+)">Why', browser.get("K/weeks").text)
    assert link is not None
    assert "First run back" in words(browser.get(link[1]).text)
    browser.client.cookies.set("planner-private", "1")
    assert "Long run 18 km" not in browser.get("K/weeks").text


def test_a_day_that_was_left_out_says_so(browser: Browser) -> None:
    """What was planned for the day stands there as left out, and needs no log any more."""
    browser.post("K/keep", page="K/weeks")
    practice, later = browser.practice, datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    practice.setting = practice.setting._replace(clock=lambda: later)
    browser.post("K/log", {"did": "run_easy", "how": "left_out", "date": "2026-11-27"})
    (entry,) = read_case(browser.case, shipped_rulebook()).log
    assert entry.left_out
    day = browser.get("K/weeks").text.partition('data-day="2026-11-27"')[2].partition("</section>")[0]
    assert "left out" in words(day)
    assert "Log it" not in words(day)


@pytest.mark.parametrize(
    ("override", "sentence"),
    [
        ("", "it may hold 156. No week with much more running"),
        ("week_ceiling = { percent = 110, weeks = 4 }", "it may hold 132. No week with much more running"),
        ("away = true", "no rule bounds it"),
    ],
)
def test_the_chart_has_the_ceiling_that_the_plan_keeps(tmp_path: Path, override: str, sentence: str) -> None:
    """The most that a week may hold is the very figure of the rule, or of a clinician's word in its place."""
    word = f'[rules.override."training.weekly_change"]\n{override}\nby = "Dr Smith"\n' if override else ""
    browser = Browser(practice_in(tmp_path, {"kim": CASE + word}))
    assert sentence in words(browser.get("K/weeks").text)


def test_the_same_chart_is_there_for_what_else_is_planned(browser: Browser) -> None:
    """Rides by the minute on request, with no ceiling that is one for runs; what nobody plans is the chart of runs."""
    page = browser.get("K/weeks").text
    assert "Minutes of running: 68 are planned this week, and it may hold 156." in words(page)
    assert '<a class="button" href="?kind=bike#dose">The same for cycling</a>' in page
    rides = browser.get("K/weeks?kind=bike").text
    assert "Minutes of cycling: 45 are planned this week. " in words(rides)
    assert "Minutes of cycling by week" in rides
    assert 'href="?kind=run#dose"' in rides
    assert "hold 156" not in words(rides)
    for kind in ("boat", "swim"):
        assert "Minutes of running: 68" in words(browser.get(f"K/weeks?kind={kind}").text)
    moved_on = browser.get("K/weeks?from=2026-11-30&weeks=1&kind=bike").text
    assert 'href="?from=2026-11-30&amp;weeks=1&amp;kind=run#dose"' in moved_on
    browser.client.cookies.set("planner-private", "1")
    assert "kind=" not in browser.get("K/weeks?kind=bike").text


@pytest.fixture
def before_a_run(browser: Browser) -> tuple[Browser, str]:
    """Return a browser on Friday at six, an hour before the first run, and the address of that run."""
    browser.post("K/keep", page="K/weeks")
    practice, later = browser.practice, datetime(2026, 11, 27, 5, 0, tzinfo=UTC)
    practice.setting = practice.setting._replace(clock=lambda: later)
    day = browser.get("K/weeks").text.partition('data-day="2026-11-27"')[2]
    link = re.search(r'href="(/c/\w+/w/\w+)">Why', day)
    assert link is not None
    return browser, link[1]


@pytest.mark.parametrize(
    ("ticked", "status", "sentence"),
    [
        (["0", "1"], 200, "Go: 28 minutes."),
        (["0"], 422, "Tick what is so; where one of them is not, choose the other: easy bike ride."),
        ([], 422, "Tick what is so"),
    ],
)
def test_a_check_says_go_only_where_all_of_it_is_so(
    before_a_run: tuple[Browser, str], ticked: list[str], status: int, sentence: str
) -> None:
    """Pain and limp are two ticks; with one of them missing nobody is told to go, and nothing is written."""
    browser, address = before_a_run
    before = browser.case.read_bytes()
    answer = browser.post(f"{address}/check", {"do": "go", "so": ticked}, page=address)
    assert answer.status_code == status
    assert sentence in words(answer.text)
    assert browser.case.read_bytes() == before


def test_what_to_do_instead_is_one_click_and_can_be_taken_back(before_a_run: tuple[Browser, str]) -> None:
    """The ride stands at the run's time, as a session of that day; taken back, the run stands there again."""
    browser, address = before_a_run
    before = browser.case.read_bytes(), browser.calendar.read_bytes()
    page = browser.post(f"{address}/check", {"do": "instead"}, page=address).text
    day = re.search(r'data-day="2026-11-27">(.*?)</section>', page, re.DOTALL)
    assert day is not None
    assert "07:00 Easy bike ride, 45 min" in words(day[1])
    assert "Good choice: easy bike ride in place of the easy run. Nothing is moved closer" in words(page)
    (session,) = read_case(browser.case, shipped_rulebook()).sessions
    assert (session.workout, session.minutes) == ("bike_easy", 45)
    browser.post("K/undo", {"change": "2"}, page="K/weeks")
    assert (browser.case.read_bytes(), browser.calendar.read_bytes()) == before


def test_a_check_is_for_its_own_day_alone(browser: Browser) -> None:
    """Two days before the run nobody knows how it will be: there are no buttons, and none is answered."""
    link = re.search(r'href="(/c/\w+/w/\w+)">Why', browser.get("K/weeks").text.partition('data-day="2026-11-27"')[2])
    assert link is not None
    assert "Go: all of it is so" not in browser.get(link[1]).text
    assert browser.post(f"{link[1]}/check", {"do": "go"}, page=link[1]).status_code == 404


def test_a_check_that_a_painkiller_answers_proves_nothing(tmp_path: Path) -> None:
    """After an injection there is no Go, whatever is ticked."""
    injected = (
        CASE.replace('"dry needling"', '"steroid injection"').replace('"calf"', '"knee"').replace('"heel"', '"knee"')
    )
    browser = Browser(practice_in(tmp_path, {"kim": injected.replace("2026-11-24T09:30", "2026-11-16T09:00")}))
    text = browser.get("K/weeks").text
    for address in re.findall(r'href="(/c/\w+/w/\w+)">Why', text.partition('data-day="2026-11-25"')[2]):
        page = words(browser.get(address).text)
        if "Check before you go" in page:
            assert "proves nothing now" in page
            break
    else:
        pytest.fail("no workout is checked")
