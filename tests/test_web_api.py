"""The JSON API and the list of patients: the models of the command line, mistakes as data, thousands of cases."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar

import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient

from planner import Plan, shipped_rulebook
from planner.cli import main
from planner.results.answer import Answer, DayAnswer
from planner.results.offer import Offer
from planner.scheduling.notes import alerts
from planner.scheduling.request import alert_facts_of, gather_alert_facts, prepared
from planner.web.api.endpoints import ENDPOINTS
from planner.web.api.schema import openapi
from planner.web.cases.opened import request_of
from planner.web.cases.planning_all import WORTH_PROCESSES
from planner.web.cases.summaries import summary_elsewhere
from planner.web.desk.patients import PAGE
from tests.practices import CASE, NOW, Browser, practice_in, words

Model = TypeVar("Model", bound=BaseModel)


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    """Return a browser that looks at Kim's case."""
    return Browser(practice_in(tmp_path))


def model_in(answer: Any, model: type[Model]) -> Model:
    """Return the model that an answer holds behind the versions, which come first."""
    said = answer.json()
    assert list(said)[:2] == ["schema_version", "rulebook_version"]
    assert (said.pop("schema_version"), said.pop("rulebook_version")) == (1, shipped_rulebook().version)
    return model.model_validate_json(json.dumps(said))


def api(browser: Browser) -> TestClient:
    """Return the client of a program: it has no cookie."""
    browser.client.cookies.clear()
    return browser.client


def test_the_plan_is_the_model_of_the_command_line(browser: Browser) -> None:
    """What `planner plan --format json` prints is what the API gives."""
    (case,) = api(browser).get("/api/cases").json()["cases"]
    assert case["name"] == "Kim"
    answer = api(browser).get(f"/api/cases/{case['key']}/plan", params={"from": "2026-11-26", "weeks": 2})
    plan = model_in(answer, Plan)
    assert (str(plan.from_), len(plan.days)) == ("2026-11-26", 14)


def test_without_a_number_of_weeks_it_is_the_very_plan_of_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page, the API and `planner plan` show the same days, on every day of a week, with a calendar and without."""
    for day in range(23, 28):
        folder = tmp_path / str(day)
        practice = practice_in(folder)
        practice.setting = practice.setting._replace(clock=lambda: datetime.now(UTC), today=date(2026, 11, day))
        browser = Browser(practice)
        main(["plan", str(browser.case), "--today", f"2026-11-{day}", "--format", "json"])
        printed = json.loads(capsys.readouterr().out)
        asked = api(browser).get(f"/api/cases/{browser.key}/plan").json()
        sent = api(browser).post("/api/plan", json={"case": CASE, "start": f"2026-11-{day}"}).json()
        assert list(asked.items()) == list(printed.items())
        assert sent["days"] == printed["days"]
        shown = re.findall(r'data-day="([0-9-]+)"', browser.get("K/weeks").text)
        assert shown == [each["date"] for each in printed["days"]]
        browser.post("K/keep", page="K/weeks")
        assert re.findall(r'data-day="([0-9-]+)"', browser.get("K/weeks").text) == shown


def test_a_calendar_that_goes_further_is_shown_as_far(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A plan of four weeks that the command line wrote stands on the page whole, from the Monday of this week on."""
    browser = Browser(practice_in(tmp_path))
    main(["plan", str(browser.case), "--today", "2026-11-25", "--weeks", "4", "-o", str(browser.calendar)])
    capsys.readouterr()
    browser.practice.setting = browser.practice.setting._replace(clock=lambda: NOW + timedelta(days=6))
    shown = re.findall(r'data-day="([0-9-]+)"', browser.get("K/weeks").text)
    assert (shown[0], shown[-1]) == ("2026-11-30", "2026-12-27")


def test_why_and_book_are_asked_in_a_body_and_not_in_an_address(browser: Browser) -> None:
    """A workout, a part of the body and a treatment never stand in an address."""
    path = f"/api/cases/{browser.key}"
    day = api(browser).post(f"{path}/why", json={"day": "2026-11-26"})
    assert model_in(day, DayAnswer).date.isoformat() == "2026-11-26"
    one = api(browser).post(
        f"{path}/why", json={"day": "2026-11-26", "time": "2026-11-26T07:00", "workout": "easy run"}
    )
    assert model_in(one, Answer).workout == "run_easy"
    fields = {
        "kind": "dry needling",
        "region": "calf",
        "first": "2026-11-30",
        "last": "2026-12-01",
        "hours": "mon 09:00-10:00",
    }
    offered = api(browser).post(f"{path}/book", json=fields)
    assert model_in(offered, Offer).options


def test_a_case_can_be_planned_without_a_file(browser: Browser) -> None:
    """A program sends the text of a case and gets its plan."""
    answer = api(browser).post("/api/plan", json={"case": CASE, "weeks": 1})
    assert answer.json()["case"] == "Kim"


@pytest.mark.parametrize("table", ["busy", "workouts"])
def test_a_case_that_is_sent_reads_no_file_of_the_server(browser: Browser, table: str) -> None:
    """What it names is neither opened nor said to be there or not."""
    case = CASE.replace("runs = 3 ", "")
    wrong = api(browser).post("/api/plan", json={"case": f'{case}\n[[{table}]]\ncalendar = "/etc/passwd"\n'})
    assert wrong.status_code == 422
    (problem,) = wrong.json()["problems"]
    assert (problem["field"], problem["wrong"]) == (f"{table}[0].calendar", "a file of the server is not read")


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("get", "/api/cases/00000000/plan", None, 404),
        ("get", "/api/cases/K/plan?weeks=13", None, 422),
        ("get", "/api/cases/K/plan?from=x", None, 422),
        ("get", "/api/cases/K/plan?week=4", None, 422),
        ("get", "/api/cases/K/plan?weeks=1&weeks=2", None, 422),
        ("get", "/api/cases?weeks=1", None, 422),
        ("get", "/api/cases/K/plan?from=0001-01-01", None, 422),
        ("get", "/api/cases/K/treatments?to=2020-01-01", None, 422),
        ("get", "/api/rules/00000000", None, 404),
        ("post", "/api/cases/K/why", {"day": "2026-11-26", "workout": "fly"}, 422),
        ("post", "/api/cases/K/why", {"day": "x"}, 422),
        ("post", "/api/cases/K/why", {"day": "2026-11-26", "more": 1}, 422),
        ("post", "/api/cases/K/book", {"kind": "x", "region": "y", "first": "2026-12-01", "last": "2026-11-01"}, 422),
        ("post", "/api/plan", {"case": "x = "}, 422),
    ],
)
def test_what_is_wrong_comes_back_as_data(browser: Browser, method: str, path: str, body: Any, status: int) -> None:
    """Every mistake names its place and what would be right."""
    answer = api(browser).request(method, path.replace("K", browser.key), json=body)
    assert answer.status_code == status
    assert answer.json()["problems"]


def test_what_is_no_json_is_refused(browser: Browser) -> None:
    """A form of another site can send text, and not JSON."""
    answer = api(browser).post("/api/plan", content=b'{"case": "x"}', headers={"content-type": "text/plain"})
    assert answer.status_code == 415


def test_the_document_describes_every_address(browser: Browser) -> None:
    """OpenAPI 3.1, made from the models, says what there is."""
    document = api(browser).get("/api/openapi.json").json()
    assert document == openapi()
    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == {each.path for each in ENDPOINTS}
    assert {"Plan", "Answer", "DayAnswer", "Offer", "TreatmentList"} <= set(document["components"]["schemas"])


def test_every_rule_is_there(browser: Browser) -> None:
    """The rulebook as data, each rule by its key."""
    rules = api(browser).get("/api/rules").json()["rules"]
    assert [each["rule"]["id"] for each in rules] == list(shipped_rulebook().rules)
    assert set(rules[0]["rule"]["levels"]) == {"permissive", "standard", "strict"}
    assert rules[0].items() <= api(browser).get(f"/api/rules/{rules[0]['key']}").json().items()


def test_patients_to_look_at_come_first(tmp_path: Path) -> None:
    """A danger sign first, then a case with a mistake, then the others by name."""
    sign = '\n[[log]]\ndate = 2026-11-24\nsigns = ["chest_pain"]\n'
    cases = {
        "a": CASE.replace('"Kim"', '"Anna"'),
        "b": CASE.replace('"Kim"', '"Bert"').replace('"heel"', '"heeel"'),
        "c": CASE.replace('"Kim"', '"Cleo"') + sign,
    }
    browser = Browser(practice_in(tmp_path, cases))
    text = words(browser.get("/patients").text)
    assert "3 cases in this folder. 2 want a look." in text
    assert text.index("Cleo") < text.index("Not planned: injury.region") < text.index("Anna")
    assert "Danger sign on Tue 24 Nov: chest pain" in text
    found = words(browser.post("/patients", {"words": "ann"}).text)
    assert "Anna" in found
    assert "Cleo" not in found


def test_a_patient_whose_file_was_just_written_is_said_to_have_changed(tmp_path: Path) -> None:
    """A minute ago, some minutes ago; what stands for longer than an hour, or is of a clock ahead, is not spoken of."""
    names = {"Anna": 30, "Bert": 20 * 60, "Cleo": 2 * 3600, "Dora": -3600}
    cases = {name.lower(): CASE.replace('"Kim"', f'"{name}"') for name in names}
    browser = Browser(practice_in(tmp_path, cases))
    for path in browser.practice.folder.keys().values():
        written = NOW.timestamp() - names[path.stem.capitalize()]
        os.utime(path, (written, written))
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', browser.get("/patients").text)
    ages = {words(row).split()[0]: re.findall(r"changed .* ago", words(row)) for row in rows}
    assert ages == {"Anna": ["changed a minute ago"], "Bert": ["changed 20 minutes ago"], "Cleo": [], "Dora": []}


def test_patients_stand_in_the_order_that_is_asked_for(tmp_path: Path) -> None:
    """By name, by the next treatment, by the next run or by the last log; who has none of it comes last."""
    log, soon = (
        '\n[[log]]\ndate = 2026-11-{}\ndid = "bike_easy"\n',
        "\n[[treatments]]\nkind = 'massage'\nregion = 'calf'\n",
    )
    cases = {
        "a": CASE.replace('"Kim"', '"Anna"') + log.format(24),
        "b": CASE.replace('"Kim"', '"bert"') + log.format(21) + soon + "start = 2026-11-30T09:00:00\n",
        "c": CASE.replace('"Kim"', '"Cleo"') + soon + "start = 2026-11-27T09:00:00\n",
        "d": CASE.replace('"Kim"', '"Dora"') + '\n[[log]]\ndate = 2026-11-23\nsigns = ["chest_pain"]\n',
    }
    browser = Browser(practice_in(tmp_path, cases))

    def names(page: str) -> str:
        return "".join(re.findall(r'<th scope="row"><a [^>]*>(\w)', page))

    pages = {
        sort: browser.get(f"/patients?sort={sort}").text for sort in ("look", "name", "treatment", "log", "nothing")
    }
    assert names(pages["look"]) == names(pages["nothing"]) == "DAbC"
    assert names(pages["name"]) == "AbCD"
    assert names(pages["treatment"])[:2] == "Cb"
    assert names(pages["log"]) == "bDAC"
    assert '<option value="name" selected>name</option>' in pages["name"]
    searched = browser.post("/patients", {"words": "plantar", "sort": "name"}).text
    assert names(searched) == "AbCD"
    assert 'method="get"' not in searched


@pytest.mark.parametrize("many", [3, WORTH_PROCESSES + 1], ids=["in_one_process", "on_all_cores"])
def test_planning_all_goes_on_over_a_case_with_a_mistake(tmp_path: Path, many: int) -> None:
    """Each case gets its calendar, the same one however many there are; what cannot be planned is counted."""
    cases = {f"{number:02}": CASE.replace('"kim"', f'"kim{number}"') for number in range(many)}
    browser = Browser(practice_in(tmp_path, cases | {"01": "x = "}))
    alone = practice_in(tmp_path / "alone", {"00": cases["00"]})
    browser.post("/patients", {"do": "plan"})
    until = monotonic() + 60
    while f"Planned: {many - 1} of {many}" not in (text := words(browser.get("/patients").text)):
        assert monotonic() < until, text
        sleep(0.05)
    assert "one could not be planned" in text
    written = {path.stem: path for path in (tmp_path / "cases").glob("*.ics")}
    assert set(written) == set(cases) - {"01"}
    ((key, path),) = alone.folder.keys().items()
    alone.keep_plan(opened := alone.open(key, path), alone.shown(opened).plan)
    assert written["00"].read_bytes() == path.with_suffix(".ics").read_bytes()


def test_an_empty_folder_leads_to_the_three_questions(tmp_path: Path) -> None:
    """With nothing there the front page asks; with one case it shows the weeks; with several, the list."""
    empty = Browser(practice_in(tmp_path, {}))
    assert str(empty.get("/").url).endswith("/start")
    assert "No case in this folder yet." in words(empty.get("/patients").text)
    several = Browser(practice_in(tmp_path, {"a": CASE}))
    assert str(several.get("/").url).endswith("/patients")


def test_what_was_searched_for_stays_on_every_page(tmp_path: Path) -> None:
    """The next ones are the next of those that were found; what is searched for stands in no address."""
    cases = {f"{number:03}": CASE.replace('"Kim"', f'"Kim {number:03}"') for number in range(PAGE + 3)}
    browser = Browser(practice_in(tmp_path, cases | {"other": CASE.replace('"Kim"', '"Kai"')}))
    until = monotonic() + 20
    while "still being read" in browser.get("/patients").text:
        assert monotonic() < until
    first = browser.post("/patients", {"words": "kim"})
    assert f"1 to {PAGE} of {PAGE + 3}" in words(first.text)
    assert '<button name="page" value="2">' in first.text
    assert "?page=" not in first.text
    second = words(browser.post("/patients", {"words": "kim", "page": "2"}).text)
    assert f"{PAGE + 1} to {PAGE + 3} of {PAGE + 3}" in second
    assert f"Kim {PAGE + 2:03}" in second
    assert "Kai" not in second
    assert f"{PAGE + 1} to {PAGE + 4} of {PAGE + 4}" in words(browser.get("/patients?page=9").text)


@pytest.mark.parametrize(
    "more",
    [
        "".join(f"\n[[log]]\ndate = 2026-11-{day}\npain = 6\nnext_morning = 6\n" for day in (12, 16, 21)),
        '\n[[log]]\ndate = 2026-11-24\nsigns = ["chest_pain"]\n',
        '\n[[treatments]]\nkind = "dry needling"\nregion = "calf"\nstart = 2026-11-26T09:30:00\n',
        "",
    ],
    ids=["setbacks", "sign", "too_close", "nothing"],
)
def test_the_list_of_patients_says_what_the_plan_would(tmp_path: Path, more: str) -> None:
    """Alerts are the same whether the whole task is prepared for them or not, and in another process too."""
    practice = practice_in(tmp_path, {"kim": CASE + more})
    ((key, path),) = practice.folder.keys().items()
    request = request_of(practice.open(key, path), practice.setting)
    expected = list(alerts(alert_facts_of(prepared(request))))
    assert bool(expected) is bool(more)
    assert list(alerts(gather_alert_facts(request))) == expected
    summary = summary_elsewhere((key, path), practice.moments)
    assert summary.level == ("emergency" if "signs" in more else "")
    assert summary.alert == ("" if "signs" in more or not more else expected[0])
