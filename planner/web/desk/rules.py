"""The rules: the book to read and search, each rule with its sources and levels, and a clinician's word on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from planner.editing.edits import Edit, set_override
from planner.errors import InputError
from planner.page.changes import change_lines
from planner.page.environment import rule_key
from planner.page.sentences import in_page_words, plain, say
from planner.rulebook.model import Rulebook
from planner.rulebook.names import folded
from planner.rulebook.rule import UNITS, Rule
from planner.web.cases.opened import digest, opened_with
from planner.web.cases.preview import preview_change
from planner.web.page_request import PageRequest
from planner.wording.rules.figures import FIGURES, figures_at
from planner.wording.rules.phrases import what_phrases, when_phrase

LEVELS = ("permissive", "standard", "strict")
NUMBERS = (
    "max_minutes",
    "hours_between_sessions",
    "days_between_runs",
    "days_between_hard",
    "days_between_long",
    "days_before_race",
    "booked_days_before_race",
    "percent_of_longest_run",
    "percent_of_easy_run",
)


def rule_link(request: PageRequest, rule: str) -> str:
    """Return the address of a rule's page, empty for what is no rule, such as a preference."""
    return f"{request.base}/rules/{rule_key(rule)}" if rule in request.practice.rulebook.rules else ""


def rules(request: PageRequest) -> Response:
    """Show the rules by what they are about; those that hold a word, where one is searched for."""
    book, words = request.practice.rulebook, request.text("words")
    groups: dict[str, list[dict[str, str]]] = {}
    for rule in book.rules.values():
        if not words or _holds(rule, words, book):
            row = {"link": rule_link(request, rule.id), "title": rule.title, "evidence": rule.evidence, "id": rule.id}
            groups.setdefault(_subject(rule, book), []).append(row)
    count = sum(len(rows) for rows in groups.values())
    return request.page(
        "rules.html", plain("rules.title"), here="rules", groups=groups, words=words, count=count, sure=_sure()
    )


def _sure() -> dict[str, Any]:
    return {key: say(f"sure.{key}") for key in "ABCDM"}


def _holds(rule: Rule, words: str, book: Rulebook) -> bool:
    text = folded(f"{rule.id} {rule.title} {rule.why} {rule.advice or ''} {when_phrase(rule, book)}")
    named = [book.names.find(table, words) for table in ("treatments", "regions")]
    return folded(words) in text or any(name is not None and folded(name) in text for name in named)


def _subject(rule: Rule, book: Rulebook) -> str:
    subject = rule.id.split(".")[0]
    kind = book.treatments.get(subject)
    return kind.name if kind is not None else subject.replace("_", " ").capitalize()


def rule(request: PageRequest) -> Response:
    """Show one rule in full; with a case, what a clinician's figures would change, and keep them as theirs."""
    book, key = request.practice.rulebook, request.http.path_params["rule"]
    meant = next((rule for rule in book.rules.values() if rule_key(rule.id) == key), None)
    if meant is None:
        raise HTTPException(404)
    fields, preview = list(_fields(meant, request)), None
    wrong: dict[str, str] = {}
    if request.case_key and request.http.method == "POST":
        values, wrong = _understood(request, meant, fields)
        edit = None if request.text("do") != "back" and (wrong or values is None) else set_override(meant.id, values)
        # What is kept is what was shown: a figure that was typed since is shown first.
        shown = request.text("do") == "back" or request.text("shown") == _mark(values)
        if edit is not None and shown and request.text("do") in {"keep", "back"}:
            words = say("rules.kept", by=request.text("by"), rule=meant.title) if request.text("do") == "keep" else ""
            request.practice.change(request.opened, edit, request.text("base"), words=words)
            return request.redirect("/weeks")
        if edit is not None:
            preview = _preview(request, edit, wrong)
            if preview is not None:
                preview["mark"] = _mark(values)
    case = request.opened.case if request.case_key else None
    override = None if case is None else case.rules.override.get(meant.id)
    return request.page(
        "rule.html",
        plain("rules.one", number=key),
        here="rules",
        status=422 if wrong else 200,
        rule=meant,
        advice=in_page_words(meant.advice or ""),
        why=in_page_words(meant.why),
        when=_capital(in_page_words(when_phrase(meant, book))),
        what=[_capital(in_page_words(phrase)) for phrase in what_phrases(meant, book)],
        sure=say(f"sure.{meant.evidence}"),
        levels=list(_levels(meant)),
        here_level="standard" if case is None else case.caution,
        sources=[book.sources[source] for source in meant.sources if source in book.sources],
        fields=fields,
        wrong=wrong,
        problems=list(wrong.values()),
        by=request.text("by") or ("" if override is None else override.by),
        said=override is not None,
        away=request.text("away") == "yes" or (override is not None and override.away),
        may=case is not None and not meant.never_loosen,
        preview=preview,
    )


def _mark(values: dict[str, Any] | None) -> str:
    """Return what tells figures that were shown from others."""
    return digest(repr(values).encode())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _levels(rule: Rule) -> Iterator[dict[str, Any]]:
    """Yield each figure that the caution levels change, as it is at each of them."""
    by_level = {level: figures_at(rule, level) for level in LEVELS}  # type: ignore[arg-type]  # the three cautions
    names = dict.fromkeys(name for level in by_level.values() if level for name in level)
    for name in names:
        if name in FIGURES:
            word, written = FIGURES[name]
            cells = []
            for level in LEVELS:
                figures = by_level[level]
                cells.append(
                    plain("rules.away") if figures is None else written(figures[name]) if name in figures else ""
                )
            yield {"name": word, "cells": cells}


def _fields(rule: Rule, request: PageRequest) -> Iterator[dict[str, Any]]:
    """Yield the figures of a rule that a clinician may give: the end of a window, or a number."""
    at = rule.at(request.opened.case.caution if request.case_key else "standard") or rule
    override = request.opened.case.rules.override.get(rule.id) if request.case_key else None
    for side in ("after", "before"):
        for unit in UNITS:
            name = f"{unit}_{side}"
            span = getattr(override, name, None) or getattr(at, name)
            if span is not None:
                value = span[1] if side == "after" else span[0]
                yield {
                    "name": name,
                    "label": say(f"figures.{name}"),
                    "value": request.text(name, f"{value:g}"),
                    "span": span,
                }
    for name in NUMBERS:
        value = getattr(override, name, None) if override is not None else None
        value = getattr(at, name) if value is None else value
        if value is not None:
            yield {
                "name": name,
                "label": _capital(FIGURES[name][0]),
                "value": request.text(name, f"{value:g}"),
                "span": None,
            }


def _understood(
    request: PageRequest, rule: Rule, fields: list[dict[str, Any]]
) -> tuple[dict[str, Any] | None, dict[str, str]]:
    """Return the figures that differ from the rule's, with who said them, and what is wrong."""
    if request.text("do") == "back":
        return None, {}
    wrong: dict[str, str] = {}
    values: dict[str, Any] = {}
    at = rule.at(request.opened.case.caution) or rule
    for field in fields:
        try:
            number = float(request.text(field["name"]).replace(",", "."))
        except ValueError:
            wrong[field["name"]] = plain("rules.no_number")
            continue
        plain_number: float = int(number) if number.is_integer() else number
        if field["span"] is not None:
            first, last = getattr(at, field["name"]) or field["span"]
            span = [_whole(first), plain_number] if field["name"].endswith("_after") else [plain_number, _whole(last)]
            if tuple(map(float, span)) != tuple(map(float, getattr(at, field["name"]) or ())):
                values[field["name"]] = span
        elif number != getattr(at, field["name"]):
            values[field["name"]] = plain_number
    if request.text("away") == "yes":
        values, wrong = {"away": True}, {}
    if not request.text("by"):
        wrong["by"] = plain("rules.no_name")
    if not values and not wrong:
        wrong["figures"] = plain("rules.same")
    return ({**values, "by": request.text("by")} if values else None), wrong


def _whole(number: float) -> float:
    return int(number) if float(number).is_integer() else number


def _preview(request: PageRequest, edit: Edit, wrong: dict[str, str]) -> dict[str, Any] | None:
    opened, practice = request.opened, request.practice
    try:
        new = opened_with(opened.key, opened.path, edit(opened.text), opened.content, practice.setting)
        before, after = practice.shown(opened), practice.shown(new)
    except InputError as error:
        wrong |= {problem.field: f"{problem.wrong}; {problem.right}" for problem in error.problems}
        return None
    lines = change_lines(preview_change(before.plan, opened, after, new).changes)
    return {"title": say("rules.would_change", count=len(lines)) if lines else say("rules.no_change"), "lines": lines}
