"""Appointments: what is booked; one or a series added, corrected, taken out."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from starlette.responses import Response

from planner.appointments.treatment_list import treatment_list
from planner.calendars.of_case import calendars_of
from planner.case.entries import TreatmentEntry
from planner.editing.edits import add_entry, change_entry, remove_entry
from planner.page.environment import clock_words, day_words
from planner.page.sentences import plain, say
from planner.rulebook.model import Rulebook
from planner.web.cases.outside import mark_of, number_of
from planner.web.page_request import PageRequest
from planner.web.words.hours import NotUnderstoodError
from planner.web.words.meaning import meaning_of, region_choices
from planner.web.words.names import everyday_names, not_known, side_in
from planner.web.words.times import read_when

AHEAD = timedelta(weeks=26)
BEHIND = timedelta(weeks=2)
FORM = ("kind", "region", "when", "minutes", "weeks", "entry")
"""The fields of the form of an appointment."""


def appointments(request: PageRequest) -> Response:
    """Show what is booked; add one or a series, correct one, take one out."""
    form = {name: request.text(name) for name in FORM}
    wrong: dict[str, str] = {}
    which: list[dict[str, str]] = []
    if request.http.method == "POST":
        mark = request.text("gone") or form["entry"]
        number = number_of(request.opened.case.treatments, mark)
        if request.text("gone") and number is not None:
            request.practice.change(request.opened, remove_entry("treatments", number), request.text("base"))
            return request.redirect("/appointments")
        values, wrong, which = _understood(request, form)
        if mark and number is None:
            wrong = {"entry": plain("entries.other_by_now")}
        if not wrong and not which:
            edit = add_entry("treatments", {key: value for key, value in values.items() if value is not None})
            if number is not None:
                edit = change_entry("treatments", number, values)
            request.practice.change(request.opened, edit, request.text("base"))
            return request.redirect("/appointments")
    return _page(request, form, wrong, which=which, region=request.text("where_region"))


def appointment_form(request: PageRequest, words: str, region: str) -> Response:
    """Show the form of an appointment with what is treated filled in; `region` is the one chosen, or empty."""
    form = dict.fromkeys(FORM, "") | {"region": words}
    return _page(request, form, {}, region=region, at_form=True)


def _page(
    request: PageRequest,
    form: dict[str, str],
    wrong: dict[str, str],
    *,
    which: list[dict[str, str]] | None = None,
    region: str = "",
    at_form: bool = False,
) -> Response:
    """Return the page of the appointments.

    Args:
        request: what was asked.
        form: what stands in the form that adds one.
        wrong: what is wrong with it, by field.
        which: the regions among which the page asks, where the words may mean several.
        region: the region that was chosen already, which the form keeps.
        at_form: whether the page opens at the form.

    """
    book = request.practice.rulebook
    return request.page(
        "appointments.html",
        plain("appointments.title"),
        here="appointments",
        status=422 if wrong else 200,
        rows=_rows(request),
        form=form,
        which=which or [],
        region=region,
        at_form=at_form,
        wrong={name: wrong.get(name, "") for name in form},
        problems=list(wrong.values()),
        unsaid=[{"value": "", "name": plain("appointments.no_kind")}],
        kinds=kind_choices(book),
        names=everyday_names(book, "regions"),
    )


def kind_choices(book: Rulebook) -> list[dict[str, str]]:
    """Return the kinds of treatment as choices."""
    return [{"value": key, "name": kind.name} for key, kind in book.treatments.items()]


def _understood(
    request: PageRequest, form: dict[str, str]
) -> tuple[dict[str, Any], dict[str, str], list[dict[str, str]]]:
    """Return the fields of an entry, what is wrong, and which regions the words may mean."""
    book, wrong = request.practice.rulebook, {}
    values: dict[str, Any] = {"kind": form["kind"]}
    if form["kind"] not in book.treatments:
        wrong["kind"] = plain("appointments.no_kind")
    side, words = side_in(form["region"])
    meant = meaning_of(words, book).regions
    if words and not meant:
        wrong["region"] = not_known(book, "regions", words)
    elif not words and len(request.opened.case.injury) != 1:
        wrong["region"] = plain("appointments.say_where")
    chosen = request.text("where_region")
    which = region_choices(meant, book) if len(meant) > 1 and chosen not in meant else []
    values["region"] = (
        chosen
        if chosen in meant
        else (meant[0] if meant else request.opened.case.injury[0].region if request.opened.case.injury else "")
    )
    if side and "side" in TreatmentEntry.model_fields:
        values["side"] = side
    try:
        values["start"] = read_when(form["when"], request.opened.moment.today)
    except NotUnderstoodError as error:
        wrong["when"] = plain("start.no_time", text=error.text, right=error.right)
    for name, least, most in (("minutes", 1, 480), ("weeks", 2, 52)):
        text = form[name]
        if text and not (text.isdecimal() and least <= int(text) <= most):
            wrong[name] = plain("start.no_count", least=least, most=most)
    values["minutes"] = int(form["minutes"]) if form["minutes"].isdecimal() else None
    if "cleared" in request.form:
        values["cleared"] = _cleared(request.text("cleared"), wrong)
    values["repeat"] = {"every": "1 week", "count": int(form["weeks"])} if form["weeks"].isdecimal() else None
    return values, wrong, which


def _cleared(text: str, wrong: dict[str, str]) -> date | None:
    """Return from when on a clinician lets somebody go on after a treatment; nothing said is None."""
    if text:
        with suppress(ValueError):
            return date.fromisoformat(text)
        wrong["cleared"] = plain("book.no_date")
    return None


def waiting_kinds(book: Rulebook) -> frozenset[str]:
    """Return the kinds of treatment after which a rule waits for a clinician's clearance."""
    waiting = [rule.when.treatments or () for rule in book.rules.values() if rule.until_cleared]
    return frozenset(kind for kinds in waiting for kind in kinds)


def _rows(request: PageRequest) -> list[dict[str, Any]]:
    opened, book = request.opened, request.practice.rulebook
    today = opened.moment.today
    first, last = today - BEHIND, today + AHEAD
    calendars = calendars_of(opened.path, opened.case, first, last)
    treatments = treatment_list(opened.case, book, calendars, first, last, opened.path.name)
    rows, waiting = [], waiting_kinds(book)
    for treatment in treatments.treatments:
        entry = None if treatment.entry is None else opened.case.treatments[treatment.entry]
        rows.append(
            {
                "kind": book.treatments[treatment.kind].name,
                "key": treatment.kind,
                "waits": treatment.kind in waiting,
                "cleared": "" if entry is None or entry.cleared is None else str(entry.cleared)[:10],
                "single": entry is not None and entry.repeat is None,
                "minutes": "" if entry is None or entry.minutes is None else str(entry.minutes),
                "typed": treatment.start.strftime("%Y-%m-%d %H:%M")
                if isinstance(treatment.start, datetime)
                else str(treatment.start),
                "region": book.regions[treatment.region].name.lower(),
                "when": when_words(treatment.start),
                "source": treatment.title or (say("appointments.series") if entry is not None and entry.repeat else ""),
                "file": "" if entry is not None else treatment.source,
                "number": "" if treatment.entry is None else str(treatment.entry),
                "mark": "" if entry is None else mark_of(entry),
                "past": (treatment.start.date() if isinstance(treatment.start, datetime) else treatment.start) < today,
            }
        )
    return rows


def when_words(start: datetime | date) -> str:
    """Return a moment, or a whole day, as a person says it."""
    return clock_words(start) if isinstance(start, datetime) else day_words(start)
