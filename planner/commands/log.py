"""`planner log`: write down what happened on a day, and say what it means for training."""

from __future__ import annotations

import argparse
import codecs
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

from planner import arguments as shared
from planner.calendars.of_case import calendars_of
from planner.case.entries import NOTHING
from planner.case.file import parse_case
from planner.case.health import refused_sign
from planner.commands.opened_case import CaseOptions, local_today
from planner.dates import parse_date
from planner.errors import InputError, Problem, one_of, quoted
from planner.files import alone_in, read_text, write_whole
from planner.rulebook.file import rulebook
from planner.rulebook.model import Rulebook
from planner.rulebook.names import folded
from planner.rulebook.scales import Finding
from planner.scheduling.task import days_to_read
from planner.wording.english import day_name
from planner.wording.log_meaning import RATINGS, entry_words, log_meaning

COMMAND = "planner log"
OPTIONS = {
    "did": "--did",
    "minutes": "--minutes",
    "pain": "--pain",
    "next_morning": "--next-morning",
    "soreness": "--soreness",
    "limp": "--limp",
    "painkiller": "--painkiller",
    "region": "--region",
    "signs": "--sign",
    "advice_sought": "--advice-sought",
    "cleared": "--cleared",
    "by": "--by",
    "training_from": "--training-from",
}
"""The fields of a log entry, in the order in which they are written, and the options that say them."""

NAMED = {"did": ("workouts", "workout"), "region": ("regions", "region")}


@dataclass(frozen=True, kw_only=True)
class Options(CaseOptions):
    """Hold what `planner log` is told, as it was written: the mistakes in it are found together with the case's."""

    date: str | None = None
    did: str | None = None
    minutes: str | None = None
    pain: str | None = None
    next_morning: str | None = None
    soreness: str | None = None
    limp: bool = False
    painkiller: bool = False
    region: str | None = None
    signs: Sequence[str] = ()
    advice_sought: bool = False
    cleared: str | None = None
    by: str | None = None
    training_from: str | None = None
    undo: bool = False


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the description and the arguments of `planner log`."""
    parser.description = (
        "Write down what happened on a day, and say what it means. What is not given stays as it is in the case file, "
        "and so do its comments."
    )
    shared.add_case(parser)
    parser.add_argument("--date", metavar="DATE", help="the day it is about (default: today)")
    parser.add_argument("--did", metavar="WORKOUT", help="a workout, such as run_easy or 'easy run'")
    parser.add_argument("--minutes", metavar="N", help="how long it was")
    parser.add_argument("--pain", metavar="N", help="the worst pain during it, 0 to 10")
    parser.add_argument(
        "--next-morning",
        metavar="N",
        help="pain or stiffness on the morning after, above the usual, 0 to 10 (without --date: yesterday's)",
    )
    parser.add_argument("--soreness", metavar="N", help="soreness of the treated muscle, 0 to 10")
    parser.add_argument("--limp", action="store_true", help="you limped")
    parser.add_argument("--painkiller", action="store_true", help="you took a painkiller in the 12 hours before")
    parser.add_argument("--region", metavar="REGION", help="where it was felt, where several injuries could be meant")
    parser.add_argument(
        "--sign", dest="signs", action="append", default=[], metavar="SIGN", help="a danger sign, such as fever"
    )
    parser.add_argument("--advice-sought", action="store_true", help="a clinician was asked: a note that ends nothing")
    parser.add_argument("--cleared", metavar="FOUND", help="what a clinician found: 'ruled out' or 'confirmed'")
    parser.add_argument("--by", metavar="NAME", help="the clinician who found it, such as 'Dr Smith'")
    parser.add_argument("--training-from", metavar="DATE", help="from when training may go on, where it was confirmed")
    parser.add_argument("--undo", action="store_true", help="take the last entry of the log back")
    shared.add_today_and_rules(parser)


def run(options: Options) -> int:
    """Write an entry into a case file, say what it means, and return the exit status."""
    with alone_in(options.case.parent):
        return _log(options)


def _log(options: Options) -> int:
    file, book = options.case, rulebook(options.rules)
    if options.undo:
        return _undo(options, book)
    said = _Said(options, book)
    try:
        text = read_text(file)
        case = parse_case(text, str(file), book)
    except InputError as error:
        raise InputError([*said.problems, *error.problems]) from error
    day = said.day(options.today or local_today(case))
    if said.problems:
        raise InputError(said.problems)
    # Only now, for it takes a while to load.
    from planner.editing.log_entry import add_log_entry, entry_changes  # noqa: PLC0415

    changes = entry_changes(case, str(file), day, said.fields)
    changed = text
    for number, fields in changes.items():
        changed = add_log_entry(changed, number, {"date": day, **fields} if number is None else fields)
    case = parse_case(changed, str(file), book)
    first, last = days_to_read(day)
    calendars = calendars_of(file, case, first, last)
    if changed != text:
        _write(file, changed)
    entries = {len(case.log) - 1 if number is None else number for number in changes}
    print("\n".join(log_meaning(case, book, entries, day, calendars)))
    print(
        f"Wrote {file}. Plan again to see what changes." if changed != text else "It stood there already.",
        file=sys.stderr,
    )
    return 0


def _undo(options: Options, book: Rulebook) -> int:
    """Take the last entry of the log back, whatever it says, and return the exit status."""
    others = [option for field, option in OPTIONS.items() if getattr(options, field)]
    if others:
        raise InputError(
            [Problem(COMMAND, "--undo", f"takes an entry back, and {others[0]} adds to one", "give one of them")]
        )
    file = options.case
    text = read_text(file)
    case = parse_case(text, str(file), book)
    if not case.log:
        raise InputError(
            [Problem(str(file), "log", "has no entry to take back", "edit the file if another one is wrong")]
        )
    from planner.editing.log_entry import take_entry_back  # noqa: PLC0415 (it takes a while to load)

    changed = take_entry_back(text)
    parse_case(changed, str(file), book)
    _write(file, changed)
    print(f"Taken back: {day_name(case.log[-1].date)}: {entry_words(case.log[-1], book)}.")
    print(f"Wrote {file}. Plan again to see what changes.", file=sys.stderr)
    return 0


def _write(file: Path, text: str) -> None:
    """Write a case file anew, with the byte order mark that it had."""
    with file.open("rb") as old:
        mark = codecs.BOM_UTF8 if old.read(3) == codecs.BOM_UTF8 else b""
    write_whole(file, mark + text.encode())


class _Said:
    """Understand the options: fields of a log entry, and every mistake in them."""

    def __init__(self, options: Options, book: Rulebook) -> None:
        self.problems: list[Problem] = []
        self.fields: dict[str, Any] = {}
        self.written = options.date
        self.training_from: str | None = None
        for field in OPTIONS:
            value = getattr(options, field)
            if value:
                self._field(field, value, book)
        if not any(getattr(options, field) for field in OPTIONS if field != "region"):
            self._wrong(
                "",
                "nothing to write down",
                f"give {one_of(option for field, option in OPTIONS.items() if field != 'region')}",
            )
        for field in ("by", "training_from"):
            if getattr(options, field) and not options.cleared:
                self._wrong(OPTIONS[field], "says nothing without a finding", f"add {OPTIONS['cleared']}")

    def _wrong(self, option: str, wrong: str, right: str) -> None:
        self.problems.append(Problem(COMMAND, option, wrong, right))

    def _field(self, field: str, value: Any, book: Rulebook) -> None:
        if field in RATINGS:
            self._number(field, value, 0, 10)
        elif field == "minutes":
            self._number(field, value, 1, 1440)
        elif field == "did" and folded(value) in NOTHING:
            self.fields["did"] = "nothing"
        elif field in NAMED:
            what, singular = NAMED[field]
            self._names(field, [value], book, what, singular)
        elif field == "signs":
            self._signs(value, book)
        elif field == "cleared":
            self._finding(value)
        elif field == "training_from":
            self.training_from = value
        elif field == "by":
            self.fields[field] = value.strip()
        else:
            self.fields[field] = True

    def _signs(self, texts: Iterable[str], book: Rulebook) -> None:
        """Understand words for danger signs; one that nobody knows is kept as it is said, if it is not mistyped."""
        found: dict[str, None] = {}
        for text in texts:
            name = book.names.find("signs", text)
            if name is None and (sentence := refused_sign(book, text)) is not None:
                wrong, right = sentence
                self._wrong(OPTIONS["signs"], wrong, right)
            else:
                found[name or text.strip()] = None
        if found:
            self.fields["signs"] = list(found)

    def _finding(self, text: str) -> None:
        finding = text.strip().casefold().replace("_", " ").replace("-", " ")
        if finding not in get_args(Finding):
            right = f"say what the clinician found: {one_of(map(quoted, get_args(Finding)))}"
            self._wrong(OPTIONS["cleared"], f"{quoted(text)} is no finding", right)
        else:
            self.fields["cleared"] = finding

    def _date(self, field: str, text: str, today: date) -> None:
        try:
            found = parse_date(text, today)
        except ValueError as error:
            wrong, _, right = str(error).partition("; ")
            self._wrong(OPTIONS[field], wrong, right)
            return
        self.fields[field] = found.date() if isinstance(found, datetime) else found

    def _number(self, field: str, text: str, least: int, most: int) -> None:
        right = f"give {least} to {most}"
        if not re.fullmatch(r"[+-]?[0-9]{1,9}", text):
            self._wrong(OPTIONS[field], f"{quoted(text)} is not a whole number", right)
        elif not least <= int(text) <= most:
            self._wrong(OPTIONS[field], f"{text} is out of range", right)
        else:
            self.fields[field] = int(text)

    def _names(self, field: str, texts: Iterable[str], book: Rulebook, what: str, singular: str) -> None:
        found: dict[str, None] = {}
        for text in texts:
            name = book.names.find(what, text)
            if name is None:
                self._wrong(OPTIONS[field], f"{quoted(text)} is no {singular}", book.names.nearest(what, text))
            else:
                found[name] = None
        if found:
            self.fields[field] = list(found) if field == "signs" else next(iter(found))

    def day(self, today: date) -> date:
        """Return the day that is meant: today, or yesterday where only the morning after it is told."""
        if self.training_from is not None:
            self._date("training_from", self.training_from, today)
        found: date = today
        if self.written is not None:
            try:
                found = parse_date(self.written, today)
            except ValueError as error:
                wrong, _, right = str(error).partition("; ")
                self._wrong("--date", wrong, right)
                return today
            if isinstance(found, datetime):
                self._wrong("--date", f"{quoted(self.written)} has a time of day", "give the date alone")
                return today
            if found > today:
                self._wrong("--date", f"{found} is in the future", f"give {today} or a day before it")
        if "next_morning" in self.fields:
            if self.written is None and set(self.fields) <= {"next_morning", "did", "region"}:
                found = today - timedelta(days=1)
            elif self.written is None:
                wrong = "belongs to the day before it, and the rest to today"
                self._wrong(
                    "--next-morning", wrong, "log it by itself, or say which day all of it is about with --date"
                )
            elif found == today:
                self._wrong("--next-morning", f"the morning after {found} has not come yet", "log it tomorrow")
        return found
