"""The start page: three questions, and the first week below, planned as the answers come in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from secrets import token_hex
from typing import Any

from starlette.responses import RedirectResponse, Response
from tzlocal import get_localzone_name

from planner.clock import zone
from planner.editing.edits import change_entry, set_in_table, several
from planner.editing.template import case_text
from planner.errors import InputError
from planner.page.day_items import Viewer
from planner.page.environment import long_day
from planner.page.sentences import in_page_words, plain, say
from planner.page.shadows import shadows, workouts_in_mind
from planner.page.weeks import answer_of, weeks_of_plan
from planner.web.cases.opened import opened_with, questions_about
from planner.web.desk.where import body_shown
from planner.web.page_request import PRIVATE, PageRequest
from planner.web.words.hours import NotUnderstoodError, read_times
from planner.web.words.meaning import meaning_of, region_choices
from planner.web.words.names import everyday_names, not_known, side_in
from planner.web.words.times import read_when

FIELDS = {
    "where": "",
    "where_region": "",
    "side": "left",
    "severity": "moderate",
    "treatment": "",
    "treated": "",
    "when": "",
    "times": "mon-fri 7-8:30, sat-sun 9-12",
    "runs": "3",
    "bikes": "2",
    "upper_body": "1",
    "longest": "60",
    "name": "",
    "timezone": "",
}


def front(request: PageRequest) -> Response:
    """Lead to what there is: the weeks of the one case, the list of patients, or the three questions."""
    keys = request.practice.folder.keys()
    if request.practice.folder.single is not None:
        return RedirectResponse(f"/c/{next(iter(keys))}/weeks", 303)
    return RedirectResponse("/patients" if keys else "/start", 303)


def private(request: PageRequest) -> Response:
    """Turn the private screen on or off: a cookie of one bit, for a screen that others see."""
    response = RedirectResponse("/", 303)
    if request.text("do") == "on":
        response.set_cookie(PRIVATE, "1", httponly=True, samesite="strict")
    else:
        response.delete_cookie(PRIVATE)
    return response


THEN = {"book": "book", "file": "appointments#from-file", "health": "health"}
"""The pages that a plan which is kept may lead to, instead of its weeks."""


def start(request: PageRequest) -> Response:
    """Show the three questions with the week that follows from the answers; keep it where that is asked for."""
    form = {name: request.text(name, default) for name, default in FIELDS.items()}
    _note_pointed(request, form)
    do, _, then = request.text("do").partition(" ")
    form["timezone"] = form["timezone"] or get_localzone_name() or "Europe/London"
    answers = Answers(request, form)
    shown, answer = [], None
    alerts: tuple[str, ...] = ()
    if request.http.method == "POST" and (not answers.wrong or (do != "keep" and answers.but_for_booking)):
        path = request.practice.folder.new_path(form["name"] or plain("start.somebody"))
        try:
            opened = opened_with("", path, answers.text(), None, request.practice.setting)
            questions = questions_about(opened, request.practice.setting)
        except InputError as error:
            answers.note(error)
        else:
            if do == "keep":
                key = request.practice.make_case(path, opened.text)
                return request.redirect(f"/c/{key}/{THEN.get(then, 'weeks')}")
            task = questions.task
            viewer = Viewer(
                request.practice.rulebook,
                opened.moment.now,
                shadows(task.limits, task.treatments, request.practice.rulebook, workouts_in_mind(task)),
            )
            shown, answer = weeks_of_plan(questions.plan, viewer), answer_of(questions.plan, viewer)
            alerts = tuple(map(in_page_words, questions.plan.alerts))
    # Who wants to point at it is told of nothing that is still to be said.
    wrong = {} if do == "point" else answers.wrong
    return request.page(
        "start.html",
        plain("start.title"),
        status=422 if wrong else 200,
        form=form,
        wrong={name: wrong.get(name, "") for name in FIELDS},
        problems=[f"{answers.label(name)}: {text}" for name, text in wrong.items()],
        which=answers.which,
        question=answers.question,
        names=everyday_names(request.practice.rulebook, "regions"),
        kinds=everyday_names(request.practice.rulebook, "treatments"),
        sides=[{"value": side, "name": say(f"sides.{side}"), "hint": ""} for side in ("left", "right", "both")],
        severities=[
            {"value": severity, "name": say(f"severity.{severity}"), "hint": say(f"severity.{severity}_hint")}
            for severity in ("mild", "moderate", "severe")
        ],
        read_back=answers.read_back,
        shown=shown,
        answer=answer,
        alerts=alerts,
        waits=bool(wrong),
        body=body_shown(request.practice.rulebook, {}) if do == "point" else None,
    )


def _note_pointed(request: PageRequest, form: dict[str, str]) -> None:
    """Write the part of the body that was pointed at into the field that says it in words."""
    regions = request.practice.rulebook.regions
    # A button of the drawing and the field in words may have one name.
    for button, field in (("hurts", "where"), ("treated", "treated")):
        for pointed in request.lists.get(button, ()):
            region, dot, side = pointed.partition(".")
            if dot and region in regions:
                form[field] = regions[region].name.lower()
                if field == "treated":
                    form[field] = f"{side} {form[field]}".strip()
                elif side in {"left", "right"}:
                    form["side"] = side


class Answers:
    """Understand what was typed: the case file that it makes, and what is wrong, by field."""

    def __init__(self, request: PageRequest, form: dict[str, str]) -> None:
        self.form = form
        self.book = request.practice.rulebook
        self.wrong: dict[str, str] = {}
        self.which: list[dict[str, str]] = []
        self.question = ""
        self.read_back = self.treated_side = ""
        tz = zone(form["timezone"])
        if tz is None:
            self.wrong["timezone"] = plain("start.no_timezone", text=form["timezone"])
        self.today = request.practice.setting.moment(tz).today if tz is not None else date.min
        if request.http.method != "POST":
            return
        self.region = self._where()
        self.kind, self.treated, self.when = self._booked()
        self.times = self._times()
        for name in ("runs", "bikes", "upper_body"):
            self._count(name, 0, 7)
        if form["longest"]:
            self._count("longest", 5, 600)

    @property
    def but_for_booking(self) -> bool:
        """Whether nothing but what is booked is wrong: then the week is shown without it, and keeps where it stands."""
        return bool(self.region) and self.wrong.keys() <= {"treatment", "treated", "when"}

    def label(self, name: str) -> str:
        """Return what a field is called on the page."""
        return plain(f"start.{name if name != 'where' else 'where_label'}")

    def note(self, error: InputError) -> None:
        """Note what the case itself cannot hold."""
        for problem in error.problems:
            self.wrong.setdefault(_field_of(problem.field), f"{problem.wrong}; {problem.right}")

    def _where(self) -> str:
        if not self.form["where"]:
            if not self.form["treatment"]:
                self.wrong["where"] = plain("start.say_where")
            return ""
        side, words = side_in(self.form["where"])
        self.form["side"] = side or self.form["side"]
        meaning = meaning_of(words, self.book)
        meant = meaning.regions
        if not meant:
            self.wrong["where"] = not_known(self.book, "regions", words)
            return ""
        if not meaning.asks:
            return meant[0]
        # What was chosen is asked again with the choice marked: else the next answer would not hold it.
        self.which, self.question = region_choices(meant, self.book), meaning.question
        # Until it is chosen the word itself stands in the case: so the plan asks the question, too.
        return self.form["where_region"] if self.form["where_region"] in meant else words

    def _booked(self) -> tuple[str, str, datetime | date | None]:
        words = self.form["treatment"]
        if not words:
            return "", "", None
        kind = self.book.names.find("treatments", words)
        if kind is None:
            self.wrong["treatment"] = not_known(self.book, "treatments", words)
        self.treated_side, place = side_in(self.form["treated"])
        meant = meaning_of(place, self.book).regions if place else (self.region,)
        if place and not meant:
            self.wrong["treated"] = not_known(self.book, "regions", place)
        when: datetime | date | None = None
        if not self.form["when"]:
            self.wrong["when"] = plain("start.say_when")
        else:
            try:
                when = read_when(self.form["when"], self.today)
            except NotUnderstoodError as error:
                self.wrong["when"] = plain("start.no_time", text=error.text, right=error.right)
        if when is not None and kind is not None:
            self.read_back = _read_back(when, self.book.treatments[kind].minutes)
        return kind or "", meant[0] if meant else "", when

    def _times(self) -> dict[str, Any]:
        try:
            return read_times(self.form["times"])
        except NotUnderstoodError as error:
            self.wrong["times"] = plain("start.no_window", text=error.text, right=error.right)
            return {}

    def _count(self, name: str, least: int, most: int) -> None:
        text = self.form[name]
        if not text.isdecimal() or not least <= int(text) <= most:
            self.wrong[name] = plain("start.no_count", least=least, most=most)

    def text(self) -> str:
        """Return the case file, with its remarks, that the answers make."""
        form, region = self.form, self.region or self.treated
        booked = not self.wrong
        start = "" if self.when is None or not booked else self.when.isoformat()
        answers = {
            "name": form["name"] or plain("start.somebody"),
            "id": token_hex(6),
            "timezone": form["timezone"],
            "region": region,
            "severity": form["severity"],
            "treatment": f"{self.kind},{self.treated or region}" if self.kind and booked else "",
            "start": start,
            "goals": f"{int(form['runs'])} {int(form['bikes'])} {int(form['upper_body'])}",
            "window": "07:00-08:30",
        }
        edits = [
            set_in_table("injury", {"side": form["side"]}),
            *([change_entry("treatments", 0, {"side": self.treated_side})] if start and self.treated_side else []),
            set_in_table("availability", {"default": None} if "default" not in self.times else {}),
            set_in_table("availability", self.times),
        ]
        if form["longest"]:
            edits.append(set_in_table("fitness", {"longest_run_minutes": int(form["longest"])}))
        return several(edits)(case_text(answers))


def _field_of(path: str) -> str:
    parts = {"injury": "where", "treatments": "when", "availability": "times", "goals": "runs", "fitness": "longest"}
    return next((name for part, name in parts.items() if path.startswith(part)), path if path in FIELDS else "where")


def _read_back(when: datetime | date, minutes: int) -> str:
    if isinstance(when, datetime):
        end = when + timedelta(minutes=minutes)
        return plain("start.read_as", when=f"{long_day(when)}, {when:%H:%M}", end=f"{end:%H:%M}")
    return plain("start.read_as_day", when=long_day(when))
