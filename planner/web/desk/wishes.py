"""Wishes: what a week should hold, when there is time, how careful to be; races and fixed sessions."""

from __future__ import annotations

from datetime import date
from typing import Any

from starlette.responses import Response

from planner.case.model import Case
from planner.dates import WEEKDAYS
from planner.editing.edits import Edit, set_at_top, set_in_table, several
from planner.page.sentences import plain, say
from planner.rulebook.model import Rulebook
from planner.web.desk.entries import change_entries, entry_lists, entry_problems
from planner.web.page_request import PageRequest
from planner.web.words.hours import NotUnderstoodError, read_times, times_words

TABLES = ("races", "sessions")
USUAL = ("runs", "bikes", "upper_body", "lower_body", "swims", "rest_days")
"""What most people ask of a week stands on the page at once, as does whatever the case asks for; the rest opens."""
FITNESS = ("longest_run_minutes", "easy_run_minutes", "bike_minutes", "upper_body_minutes")


def wishes(request: PageRequest) -> Response:
    """Show what is wished for, and change it."""
    case = request.opened.case
    available = {key: _windows(times.windows) for key, times in case.availability.days.items()}
    counts = _counts(request.practice.rulebook)
    form: dict[str, str] = {name: request.text(name, str(_count(case, name))) for name in counts}
    form["long_run"] = request.text("long_run", case.goals.long_run or "")
    form["caution"] = request.text("caution", case.caution)
    form["times"] = request.text("times", times_words(available) if available else "")
    for name in FITNESS:
        value = getattr(case.fitness, name)
        form[name] = request.text(name, "" if value is None else str(value))
    form["last_run"] = request.text("last_run", "" if case.fitness.last_run is None else str(case.fitness.last_run))
    wrong = change_entries(request, TABLES)
    if wrong == {}:
        return request.redirect("/weeks")
    if wrong is None:
        wrong = {}
        edit = _edit(request, form, wrong) if request.http.method == "POST" else None
        if edit is not None and not wrong:
            request.practice.change(request.opened, edit, request.text("base"))
            return request.redirect("/weeks")
    rows = [{"name": name, "label": label} for name, label in counts.items()]
    usual = [row for row in rows if row["name"] in USUAL or form[row["name"]] != "0" or row["name"] in wrong]
    more = [row for row in rows if row not in usual]
    return request.page(
        "wishes.html",
        plain("wishes.title"),
        status=422 if wrong else 200,
        form=form,
        wrong={name: wrong.get(name, "") for name in form},
        problems=entry_problems(wrong) if request.text("table") else list(wrong.values()),
        counts=usual,
        more_counts=more,
        fitness=[{"name": name, "label": say(f"wishes.{name}")} for name in FITNESS],
        days=[{"value": "", "name": plain("wishes.no_long_run")}]
        + [{"value": day, "name": day.capitalize()} for day in WEEKDAYS],
        cautions=[
            {"value": level, "name": say(f"caution.{level}"), "hint": say(f"caution.{level}_hint")}
            for level in ("permissive", "standard", "strict")
        ],
        lists=list(entry_lists(request, TABLES, wrong)),
    )


def _counts(book: Rulebook) -> dict[str, str]:
    """Return what a week may hold by its goal, and what people call several of each; last the rest days."""
    kinds = {kind.goal: kind.several for kind in book.described_kinds.values() if kind.goal is not None}
    kinds |= {asked.goal: asked.several for workout in book.workouts.values() if (asked := workout.asked_as)}
    return {goal: many[:1].upper() + many[1:] for goal, many in kinds.items()} | {
        "rest_days": plain("wishes.rest_days")
    }


def _count(case: Case, goal: str) -> int:
    return case.goals.rest_days if goal == "rest_days" else case.goals.count(goal)


def _windows(windows: Any) -> str | list[str]:
    texts = [str(window) for window in getattr(windows, "windows", windows)]
    return texts[0] if len(texts) == 1 else texts


def _edit(request: PageRequest, form: dict[str, str], wrong: dict[str, str]) -> Edit:
    """Return what changes in the case; only what differs from what the page showed is written."""
    case = request.drawn
    goals: dict[str, Any] = {}
    for name in _counts(request.practice.rulebook):
        text = form[name]
        if not text.isdecimal() or int(text) > 7:
            wrong[name] = plain("start.no_count", least=0, most=7)
        elif int(text) != _count(case, name):
            goals[name] = int(text)
    if form["long_run"] != (case.goals.long_run or ""):
        goals["long_run"] = form["long_run"] or False
    fitness = _fitness(case, form, wrong)
    edits = [set_in_table("goals", goals), set_in_table("fitness", fitness)]
    if form["caution"] != case.caution:
        edits.append(set_at_top({"caution": form["caution"]}))
    before = {key: _windows(times.windows) for key, times in case.availability.days.items()}
    if form["times"] and form["times"] != (times_words(before) if before else ""):
        try:
            times = read_times(form["times"])
        except NotUnderstoodError as error:
            wrong["times"] = plain("start.no_window", text=error.text, right=error.right)
        else:
            edits.append(set_in_table("availability", {**dict.fromkeys(("default", *WEEKDAYS)), **times}))
    return several(edits)


def _fitness(case: Case, form: dict[str, str], wrong: dict[str, str]) -> dict[str, Any]:
    """Return what is said otherwise of how long workouts usually are, and of the last run."""
    fitness: dict[str, Any] = {}
    for name in FITNESS:
        text, current = form[name], getattr(case.fitness, name)
        if text and not (text.isdecimal() and 5 <= int(text) <= 600):
            wrong[name] = plain("start.no_count", least=5, most=600)
        elif text and int(text) != current:
            fitness[name] = int(text)
    if form["last_run"] and form["last_run"] != str(case.fitness.last_run):
        try:
            fitness["last_run"] = date.fromisoformat(form["last_run"])
        except ValueError:
            wrong["last_run"] = plain("book.no_date")
    return fitness
