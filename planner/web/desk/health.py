"""Health: ill, away, a clinician's word; what a clinician should hear of first, each fact as the case knows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any, Literal

from pydantic import ValidationError
from starlette.responses import Response

from planner.case.health import Health
from planner.editing.edits import set_in_table
from planner.page.sentences import plain, say, sentences
from planner.web.desk.entries import change_entries, entry_lists, entry_problems
from planner.web.page_request import PageRequest

Kind = Literal["yes", "number", "date"]
TABLES = ("illness", "away", "busy", "restrictions")
TRIES: tuple[tuple[Kind, Any], ...] = (("yes", True), ("number", 44), ("date", date(2026, 10, 1)))


@cache
def facts() -> dict[str, Kind]:
    """Return what a case may say of somebody's health, each with how it is said: a yes, a number, or a date."""
    kinds: dict[str, Kind] = {}
    for name in Health.model_fields:
        for kind, value in TRIES:
            try:
                Health.model_validate({name: value})
            except ValidationError:
                continue
            kinds[name] = kind
            break
    return kinds


@cache
def clearable() -> frozenset[str]:
    """Return the facts of which a case may say from when on a clinician agreed."""
    day = date(2026, 10, 1)
    names = set()
    for name in facts():
        for value in ({"cleared": day}, {"date": day, "cleared": day}):
            with suppress(ValidationError):
                Health.model_validate({name: value})
                names.add(name)
    return frozenset(names)


def health(request: PageRequest) -> Response:
    """Show the facts, and write those that change."""
    case = request.opened.case
    wrong = change_entries(request, TABLES)
    if wrong == {}:
        return request.redirect("/weeks")
    if wrong is None and request.http.method == "POST":
        wrong = {}
        values = dict(_changes(request, wrong))
        if not wrong:
            if values:
                request.practice.change(request.opened, set_in_table("health", values), request.text("base"))
            return request.redirect("/weeks")
    wrong = wrong or {}
    return request.page(
        "health.html",
        plain("health.page"),
        status=422 if wrong else 200,
        problems=entry_problems(wrong) if request.text("table") else list(wrong.values()),
        lists=list(entry_lists(request, TABLES, wrong)),
        facts=[
            {
                "name": name,
                "kind": kind,
                "label": _label(name),
                "value": _shown(getattr(case.health, name), kind),
                "wrong": wrong.get(name, ""),
            }
            for name, kind in facts().items()
        ],
        agreed=[
            {
                "name": f"{name}_cleared",
                "label": plain("health.agreed_to", what=plain(f"health.short_{name}")),
                "value": request.text(f"{name}_cleared", _cleared(getattr(case.health, name))),
                "wrong": wrong.get(f"{name}_cleared", ""),
            }
            for name in facts()
            if name in clearable()
        ],
        waits=any(getattr(case.health, name) or f"{name}_cleared" in wrong for name in clearable()),
    )


def _label(name: str) -> str:
    key = f"health.{name}"
    return plain(key) if key in sentences() else name.replace("_", " ").capitalize()


def _shown(value: Any, kind: Kind) -> str:
    if kind == "yes":
        return "yes" if value else ""
    return "" if value is None or isinstance(value, bool) else str(getattr(value, "date", value))


def _cleared(value: Any) -> str:
    cleared = getattr(value, "cleared", None)
    return "" if cleared is None else str(cleared)


def _changes(request: PageRequest, wrong: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """Yield the facts that are said otherwise than the page showed them; None takes one out."""
    for name, kind in facts().items():
        text, current = request.text(name), getattr(request.drawn.health, name)
        agreed = request.text(f"{name}_cleared") if name in clearable() else ""
        if text == _shown(current, kind) and agreed == _cleared(current):
            continue
        value: Any = None
        if kind == "yes":
            value = True if text == "yes" else None
        elif text and kind == "number":
            value = int(text) if text.isdecimal() and len(text) < 4 else None
        elif text:
            try:
                value = date.fromisoformat(text)
            except ValueError:
                value = None
        if text and value is None:
            wrong[name] = say("health.not_understood", what=_label(name))
        yield name, _with_clearance(name, value, agreed, wrong)


def _with_clearance(name: str, value: Any, agreed: str, wrong: dict[str, str]) -> Any:
    """Return a fact with the day from which on a clinician agreed, as the case writes it; what is wrong is noted."""
    if not agreed:
        return value
    if value is None:
        wrong[f"{name}_cleared"] = plain("health.say_first", what=plain(f"health.short_{name}"))
        return None
    with suppress(ValueError):
        day = date.fromisoformat(agreed)
        if not isinstance(value, date):
            return {"cleared": day}
        if day >= value:
            return {"date": value, "cleared": day}
    wrong[f"{name}_cleared"] = plain("health.not_understood", what=plain(f"health.short_{name}"))
    return value
