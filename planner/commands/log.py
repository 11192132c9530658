"""`planner log`: write down what happened on a day, and say what it means for training."""

from __future__ import annotations

import argparse
import codecs
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from planner import arguments as shared
from planner.appointments.appointment import appointments
from planner.appointments.booked import Calendars
from planner.calendars.of_case import calendars_of
from planner.case.file import parse_case
from planner.case.model import Case, LogEntry
from planner.commands.session import CaseOptions, local_today
from planner.dates import parse_date
from planner.errors import InputError, Problem, one_of, quoted
from planner.files import alone_in, read_text, write_whole
from planner.limits.in_force import rules_at
from planner.limits.log_windows import log_windows
from planner.limits.progress import log_readings, running_stage, sessions_per_stage
from planner.limits.red_flags import clears_the_plan, raised_flags
from planner.rulebook.file import rulebook
from planner.rulebook.model import Rulebook
from planner.scheduling.notes import UNTIL_SOUGHT, sign_alert
from planner.scheduling.task import days_to_read
from planner.wording.english import day_name
from planner.wording.rule_words import RESPONSES, small
from planner.wording.rules import Explainer, unique

COMMAND = "planner log"
OPTIONS = {
    "did": "--did",
    "minutes": "--minutes",
    "pain": "--pain",
    "next_morning": "--next-morning",
    "soreness": "--soreness",
    "limp": "--limp",
    "region": "--region",
    "signs": "--sign",
    "advice_sought": "--advice-sought",
}
"""The fields of a log entry, in the order in which they are written, and the options that say them."""
RATINGS = ("pain", "next_morning", "soreness")
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
    region: str | None = None
    signs: Sequence[str] = ()
    advice_sought: bool = False


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
    parser.add_argument("--region", metavar="REGION", help="where it was felt, where several injuries could be meant")
    parser.add_argument(
        "--sign", dest="signs", action="append", default=[], metavar="SIGN", help="a danger sign, such as fever"
    )
    parser.add_argument("--advice-sought", action="store_true", help="a clinician was asked about the danger signs")
    shared.add_today_and_rules(parser)


def run(options: Options) -> int:
    """Write an entry into a case file, say what it means, and return the exit status."""
    with alone_in(options.case.parent):
        return _log(options)


def _log(options: Options) -> int:
    file, book = options.case, rulebook(options.rules)
    said = _Said(options, book)
    try:
        text = read_text(file)
        case = parse_case(text, str(file), book)
    except InputError as error:
        raise InputError([*said.problems, *error.problems]) from error
    day = said.day(options.today or local_today(case))
    if said.problems:
        raise InputError(said.problems)
    changes = _changes(case, str(file), day, said.fields)
    # Only now, for it takes a while to load.
    from planner.case.log_file import add_log_entry  # noqa: PLC0415

    changed = text
    for number, fields in changes.items():
        changed = add_log_entry(changed, number, {"date": day, **fields} if number is None else fields)
    case = parse_case(changed, str(file), book)
    first, last = days_to_read(day)
    calendars = calendars_of(file, case, first, last)
    if changed != text:
        with file.open("rb") as old:
            mark = codecs.BOM_UTF8 if old.read(3) == codecs.BOM_UTF8 else b""
        write_whole(file, mark + changed.encode())
    entries = {len(case.log) - 1 if number is None else number for number in changes}
    print("\n".join(_meaning(case, book, entries, day, calendars)))
    print(
        f"Wrote {file}. Plan again to see what changes." if changed != text else "It stood there already.",
        file=sys.stderr,
    )
    return 1 if clears_the_plan(raised_flags(case, book)) else 0


class _Said:
    """Understand the options: fields of a log entry, and every mistake in them."""

    def __init__(self, options: Options, book: Rulebook) -> None:
        self.problems: list[Problem] = []
        self.fields: dict[str, Any] = {}
        self.written = options.date
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

    def _wrong(self, option: str, wrong: str, right: str) -> None:
        self.problems.append(Problem(COMMAND, option, wrong, right))

    def _field(self, field: str, value: Any, book: Rulebook) -> None:
        if field in RATINGS:
            self._number(field, value, 0, 10)
        elif field == "minutes":
            self._number(field, value, 1, 1440)
        elif field in NAMED:
            what, singular = NAMED[field]
            self._names(field, [value], book, what, singular)
        elif field == "signs":
            self._names(field, value, book, "signs", "danger sign")
        else:
            self.fields[field] = True

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


def _changes(case: Case, file: str, day: date, fields: Mapping[str, Any]) -> dict[int | None, dict[str, Any]]:
    """Return what to write into which entry; None is a new one.

    What belongs to the same workout and place of a day stands in one entry. A sign never joins an entry of a day on
    which advice was sought before: it would count as seen by a clinician.
    """
    same_day = {number: entry for number, entry in enumerate(case.log) if entry.date == day}
    seen = {number for number, entry in same_day.items() if entry.signs} if "advice_sought" in fields else set()
    found: dict[int | None, dict[str, Any]] = {number: {"advice_sought": True} for number in sorted(seen)}
    if not found or set(fields) != {"advice_sought"}:
        number = _meant(same_day, file, day, fields)
        found[number] = dict(fields)
    problems = []
    for number, meant in found.items():
        entry = None if number is None else case.log[number]
        problems += list(_contradictions(entry, file, number, meant))
        if entry is not None:
            found[number] = dict(_news(entry, meant))
    if problems:
        raise InputError(problems)
    return found


def _meant(same_day: Mapping[int, LogEntry], file: str, day: date, fields: Mapping[str, Any]) -> int | None:
    """Return the number of the entry that fields belong to, or None where it takes a new one."""
    did, region = fields.get("did"), fields.get("region")
    fitting = [
        number
        for number, entry in same_day.items()
        if (did is None or entry.did in {None, did})
        and (region is None or entry.region == region)
        and not ("signs" in fields and entry.advice_sought and "advice_sought" not in fields)
    ]
    if did is not None:
        fitting = [number for number in fitting if same_day[number].did == did] or fitting
    if len(fitting) > 1:
        wrong = f"{len(fitting)} entries of {day} could be meant"
        raise InputError([Problem(file, "log", wrong, "say which with --did or --region, or edit the file")])
    return fitting[0] if fitting else None


def _contradictions(
    entry: LogEntry | None, file: str, number: int | None, fields: Mapping[str, Any]
) -> Iterator[Problem]:
    if "minutes" in fields and "did" not in fields and (entry is None or entry.did is None):
        yield Problem(COMMAND, "--minutes", f"{fields['minutes']} minutes of what", "say it with --did")
    for key, value in fields.items():
        if entry is not None and key != "signs" and key in entry.model_fields_set and getattr(entry, key) != value:
            wrong = f"is {quoted(getattr(entry, key))} already, and would be {quoted(value)}"
            yield Problem(file, f"log[{number}].{key}", wrong, "edit the file if that was wrong")


def _news(entry: LogEntry, fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what of some fields an entry does not say yet."""
    for key, value in fields.items():
        if key != "signs" and key not in entry.model_fields_set:
            yield key, value
        elif key == "signs" and (more := [sign for sign in value if sign not in entry.signs]):
            yield key, more


def _meaning(
    case: Case, book: Rulebook, entries: Collection[int | None], day: date, calendars: Calendars
) -> Iterator[str]:
    """Yield what was written down and what it means, a line each; a sign that clears the plan is all that matters."""
    told = [entry for number, entry in enumerate(case.log) if number in entries]
    for entry in told:
        yield f"{day_name(day)}: {_told(entry, book)}."
    flags = raised_flags(case, book)
    for flag in flags:
        yield sign_alert(flag)
    if clears_the_plan(flags):
        yield UNTIL_SOUGHT
        return
    treatments = appointments(case, book, day, calendars=calendars)
    said = log_readings(case, book, [(one.day, one.region) for one in treatments])
    for each in said:
        if each.entry in entries:
            yield f"{book.regions[each.region].name}: {each.reading} says {RESPONSES[each.response]}."
    explainer = Explainer(book, case, treatments)
    windows = log_windows(case, book, rules_at(case, book).values(), said, flags)
    for window in unique(window for window in windows if window.entry in entries):
        yield f"- {explainer.window(window)}"
    if any(entry.pain is not None for entry in told) and not any(one.entry in entries for one in said):
        yield "It loads no injury of yours, so nothing follows from it; --region says where the pain was."
    back = running_stage(case, book, day)
    if back is not None:
        needed = sessions_per_stage(case, book)
        stages = f"stage {back.stage} of {len(book.stages)}"
        yield f"Return to running: {stages}, good sessions at it: {back.good} of {needed}."


def _told(entry: LogEntry, book: Rulebook) -> str:
    """Return a log entry as a person says it: `easy run, 30 minutes, pain 2`."""
    parts = [] if entry.did is None else [small(book.workouts[entry.did].name)]
    parts += [] if entry.minutes is None else [f"{entry.minutes} minutes"]
    for field in RATINGS:
        value = getattr(entry, field)
        parts += [] if value is None else [f"{field.replace('_', ' ')} {value}"]
    parts += ["a limp"] if entry.limp else []
    parts += [] if entry.region is None else [small(book.regions[entry.region].name)]
    parts += [small(book.signs[sign].name) for sign in entry.signs]
    parts += ["advice was sought"] if entry.advice_sought else []
    return ", ".join(parts)
