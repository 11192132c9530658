"""Entries of a case that a person adds and takes out one by one: ill, away, a clinician's word, sessions, races."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from planner.dates import WEEKDAYS
from planner.editing.edits import Edit, add_entry, change_entry, remove_entry
from planner.errors import InputError, one_of
from planner.page.environment import clock_words, day_words
from planner.page.sentences import plain, say
from planner.rulebook.model import Rulebook
from planner.rulebook.scales import INTENSITIES
from planner.web.cases.outside import mark_of, number_of
from planner.web.page_request import PageRequest
from planner.web.words.hours import NotUnderstoodError
from planner.web.words.meaning import meaning_of
from planner.web.words.names import everyday_names, not_known, side_in
from planner.web.words.times import read_when

Look = Literal["choice", "date", "number", "part", "text"]
FIELDS: dict[str, dict[str, Look]] = {
    "illness": {"kind": "choice", "from": "date", "until": "date", "fever_days": "number", "cleared": "date"},
    "away": {"from": "date", "until": "date", "what": "choice", "why": "text"},
    "busy": {"when": "text", "minutes": "number"},
    "restrictions": {
        "what": "choice",
        "region": "part",
        "most_minutes": "number",
        "most_intensity": "choice",
        "from": "date",
        "until": "date",
        "by": "text",
    },
    "sessions": {"workout": "choice", "when": "text", "often": "choice", "minutes": "number", "keep": "choice"},
    "races": {"when": "text", "name": "text", "minutes": "number"},
}
"""The fields of each table's form, each with how it is asked for."""
NEEDED = {
    ("illness", "kind"),
    *(("away", name) for name in ("from", "until")),
    *(("busy", name) for name in ("when", "minutes")),
    ("restrictions", "by"),
    *(("sessions", name) for name in ("workout", "when", "minutes")),
    ("races", "when"),
}


class Choice(NamedTuple):
    """Hold one choice of a list."""

    value: str
    name: str


def change_entries(request: PageRequest, tables: Iterable[str]) -> dict[str, str] | None:
    """Carry out what the form of one of some tables asks: add an entry, end an illness, or take one out.

    Returns None where no such form was sent, else what is wrong, by the names of the form's fields: where that is
    nothing, the case was changed.
    """
    table = request.text("table")
    if request.http.method != "POST" or table not in set(tables):
        return None
    wrong: dict[str, str] = {}
    edit: Edit | None = None
    mark = request.text("gone") or request.text("ended")
    number = number_of(getattr(request.opened.case, table), mark)
    if mark and number is None:
        wrong["gone"] = plain("entries.other_by_now")
    elif number is not None and request.text("gone"):
        edit = remove_entry(table, number)
    elif number is not None:
        edit = _ended(request, number, wrong)
    else:
        values = _values(request, table, wrong)
        edit = None if wrong else add_entry(table, values)
    if edit is None:
        return wrong
    try:
        request.practice.change(request.opened, edit, request.text("base"))
    except InputError as error:
        for problem in error.problems:
            name = problem.field.rpartition(".")[2]
            field = f"{table}_{name if name in FIELDS[table] else next(iter(FIELDS[table]))}"
            wrong.setdefault(field, f"{problem.wrong}; {problem.right}")
    return wrong


def entry_problems(wrong: dict[str, str]) -> list[str]:
    """Return what is wrong with a form of an entry, each with what its field is called."""
    return [text if name == "gone" else f"{plain(f'entries.{name}')}: {text}" for name, text in wrong.items()]


def entry_lists(request: PageRequest, tables: Iterable[str], wrong: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield each table as a page shows it: what stands in it, and the form that adds to it."""
    case, book = request.opened.case, request.practice.rulebook
    posted = request.text("table")
    for table in tables:
        rows = [
            {
                "number": number,
                "mark": mark_of(entry),
                "text": ROWS[table](entry, book),
                "lasts": table == "illness" and entry.until is None,
            }
            for number, entry in enumerate(getattr(case, table))
        ]
        yield {
            "table": table,
            "title": say(f"entries.{table}"),
            "none": say(f"entries.{table}_none"),
            "add": say(f"entries.{table}_add"),
            "rows": rows,
            "fields": [
                {
                    "name": f"{table}_{name}",
                    "look": look,
                    "label": say(f"entries.{table}_{name}"),
                    "hint": _hint(table, name),
                    "options": CHOICES[table, name](book) if look == "choice" else (),
                    "value": request.text(f"{table}_{name}") if posted == table else _default(request, table, name),
                    "wrong": wrong.get(f"{table}_{name}", ""),
                }
                for name, look in FIELDS[table].items()
            ],
            "today": request.opened.moment.today.isoformat(),
            "names": everyday_names(book, "regions") if "region" in FIELDS[table] else (),
            "open": posted == table and bool(wrong) and "gone" not in wrong,
        }


def _hint(table: str, name: str) -> str:
    with suppress(KeyError):
        return say(f"entries.{table}_{name}_hint")
    return ""


def _default(request: PageRequest, table: str, name: str) -> str:
    return request.opened.moment.today.isoformat() if (table, name) == ("illness", "from") else ""


def _ended(request: PageRequest, number: int, wrong: dict[str, str]) -> Edit | None:
    """Return the edit that ends an illness that still lasts."""
    try:
        last = date.fromisoformat(request.text("last"))
    except ValueError:
        wrong["illness_until"] = plain("book.no_date")
        return None
    return change_entry("illness", number, {"until": last})


def _values(request: PageRequest, table: str, wrong: dict[str, str]) -> dict[str, Any]:
    """Return what the form says as an entry of the case file; what is wrong is noted by field."""
    values: dict[str, Any] = {}
    for name, look in FIELDS[table].items():
        field = f"{table}_{name}"
        text = request.text(field)
        if not text:
            if (table, name) in NEEDED:
                wrong[field] = plain("entries.needed")
            continue
        try:
            values |= _read(request, table, name, look, text)
        except NotUnderstoodError as error:
            wrong[field] = error.right
    return values


def _read(request: PageRequest, table: str, name: str, look: Look, text: str) -> dict[str, Any]:
    """Return what one field says; raises `NotUnderstoodError` with what to say where it is not understood."""
    book = request.practice.rulebook
    if name == "when":
        return _moment(request, table, text)
    if name == "often":
        return {}
    if look == "date":
        try:
            return {name: date.fromisoformat(text)}
        except ValueError:
            raise NotUnderstoodError(text, plain("book.no_date")) from None
    if look == "number":
        if not text.isdecimal() or len(text) > 4:
            raise NotUnderstoodError(text, plain("rules.no_number"))
        return {name: int(text)}
    if look == "part":
        meant = meaning_of(side_in(text)[1], book).regions
        if not meant:
            raise NotUnderstoodError(text, not_known(book, "regions", text))
        return {name: meant[0]}
    if look == "choice":
        if text not in {choice.value for choice in CHOICES[table, name](book)}:
            raise NotUnderstoodError(text, plain("entries.needed"))
        return {name: [text]} if name == "what" else {name: text}
    return {name: text[:100]}


def _moment(request: PageRequest, table: str, text: str) -> dict[str, Any]:
    """Return on which day, or every which weekday, and when an entry begins."""
    try:
        when = read_when(text, request.opened.moment.today)
    except NotUnderstoodError as error:
        raise NotUnderstoodError(text, plain("start.no_time", text=error.text, right=error.right)) from None
    if table == "busy":
        return {"start": when}
    day = date(when.year, when.month, when.day)
    start = {"start": when.time()} if isinstance(when, datetime) else {}
    if table == "sessions" and not start:
        raise NotUnderstoodError(text, plain("move.no_time", text=text))
    weekly = table == "sessions" and request.text("sessions_often") != "once"
    return {"day": [WEEKDAYS[day.weekday()]], **start} if weekly else {"date": day, **start}


def _kinds(book: Rulebook) -> list[Choice]:
    return [Choice(key, _capital(kind.several)) for key, kind in book.described_kinds.items()]


def _workouts(book: Rulebook) -> list[Choice]:
    return [Choice(key, workout.name) for key, workout in book.workouts.items()]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


CHOICES: dict[tuple[str, str], Callable[[Rulebook], list[Choice]]] = {
    ("illness", "kind"): lambda book: [Choice(key, kind.name) for key, kind in book.illnesses.items()],
    ("away", "what"): lambda book: [Choice("", plain("entries.everything")), *_kinds(book)],
    ("restrictions", "what"): lambda book: (
        [Choice("", plain("entries.what_loads_it")), *_kinds(book)]
        + [choice for choice in _workouts(book) if choice.value not in book.described_kinds]
    ),
    ("restrictions", "most_intensity"): lambda _: (
        [Choice("", plain("entries.not_at_all"))]
        + [Choice(intensity, _capital(intensity.replace("_", " "))) for intensity in INTENSITIES]
    ),
    ("sessions", "workout"): _workouts,
    ("sessions", "often"): lambda _: [Choice(often, plain(f"entries.often_{often}")) for often in ("weekly", "once")],
    ("sessions", "keep"): lambda _: [
        Choice("", plain("entries.keep")),
        Choice("if it may", plain("entries.gives_way")),
    ],
}


def _illness_row(entry: Any, book: Rulebook) -> str:
    what, first = book.illnesses[entry.kind].name, day_words(entry.from_)
    if entry.until is None:
        return say("entries.since", what=what, first=first)
    return say("entries.from_to", what=what, first=first, last=day_words(entry.until))


def _away_row(entry: Any, book: Rulebook) -> str:
    kinds = (
        plain("entries.everything")
        if entry.what == "all"
        else one_of([_several(workout, book) for workout in entry.what])
    )
    words = say("entries.from_to", what=kinds, first=day_words(entry.from_), last=day_words(entry.until))
    return words if entry.why is None else say("entries.with_why", what=words, why=entry.why)


def _several(name: str, book: Rulebook) -> str:
    kind = book.described_kinds.get(name)
    return book.workouts[name].name.lower() if kind is None else kind.several


def _busy_row(entry: Any, _: Rulebook) -> str:
    if entry.start is None:
        return say("entries.busy_calendar", file=entry.calendar)
    return say("entries.busy_time", when=clock_words(entry.start), minutes=entry.minutes)


def _restriction_row(entry: Any, book: Rulebook) -> str:
    part = None if entry.region is None else book.regions[entry.region].name.lower()
    what = one_of([_several(workout, book) for workout in entry.what]) or plain("entries.what_loads_it")
    what = _capital(what) if part is None else say("entries.for_part", what=_capital(what), part=part)
    most = [plain("entries.most_minutes", minutes=entry.most_minutes)] if entry.most_minutes is not None else []
    most += [entry.most_intensity.replace("_", " ")] if entry.most_intensity is not None else []
    limit = plain("entries.allowed" if entry.allowed else "entries.none_of_it")
    if most:
        limit = plain("entries.allowed_up_to" if entry.allowed else "entries.at_most", most=", ".join(most))
    until = "" if entry.until is None else plain("entries.until", last=day_words(entry.until))
    return say("entries.restriction", what=what, limit=limit, until=until, by=entry.by)


def _session_row(entry: Any, book: Rulebook) -> str:
    days = day_words(entry.date) if entry.date is not None else one_of([_capital(day) for day in entry.day])
    key = "entries.session_once" if entry.date is not None else "entries.session_weekly"
    name = book.workouts[entry.workout].name
    return say(key, what=name, days=days, start=f"{entry.start:%H:%M}", minutes=entry.minutes)


def _race_row(entry: Any, _: Rulebook) -> str:
    return say("wishes.race_is", name=entry.name, day=day_words(entry.date))


ROWS: dict[str, Callable[[Any, Rulebook], str]] = {
    "illness": _illness_row,
    "away": _away_row,
    "busy": _busy_row,
    "restrictions": _restriction_row,
    "sessions": _session_row,
    "races": _race_row,
}
