"""`planner log`: write down what happened on a day, and say what it means for training."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from planner.calendars.of_case import calendars_of
from planner.case.file import identified, parse_case
from planner.case.model import Case
from planner.commands.opened_case import CaseOptions, OpenedCase, local_today
from planner.commands.output import print_json
from planner.editing.log_words import COMMAND, OPTIONS, LogWords
from planner.errors import InputError, Problem, one_of
from planner.files import alone_in, read_text, write_whole
from planner.rulebook.file import rulebook
from planner.rulebook.model import Rulebook
from planner.scheduling.task import days_to_read
from planner.wording.english import day_name
from planner.wording.log_meaning import entry_words, log_meaning


@dataclass(frozen=True, kw_only=True)
class Options(CaseOptions):
    """Hold what `planner log` is told, as it was written: the mistakes in it are found together with the case's."""

    date: str | None = None
    first: str | None = None
    last: str | None = None
    time: str | None = None
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
    as_planned: bool = False
    undo: bool = False
    format: str = "text"


def run(options: Options) -> int:
    """Write an entry into a case file, say what it means, and return the exit status."""
    with alone_in(options.case.parent):
        return _log(options)


def _log(options: Options) -> int:
    file, book = options.case, rulebook(options.rules)
    if options.undo:
        return _undo(options, book)
    words = LogWords(vars(options), book)
    try:
        text = read_text(file)
        case = parse_case(text, str(file), book)
    except InputError as error:
        raise InputError([*words.problems, *error.problems]) from error
    days = words.days(options.today or local_today(case))
    if words.problems:
        raise InputError(words.problems)
    case, changed, entries = _with_entries(case, text, file, _entries_of(options, words, case, days, book), book)
    first, last = days_to_read(days[0])[0], days_to_read(days[-1])[1]
    calendars = calendars_of(file, case, first, last)
    if changed != text:
        _write(file, changed)
    lines = list(log_meaning(case, book, entries, days[-1], calendars))
    if options.format == "json":
        _print_entries(file, case, entries, lines, book, written=changed != text)
    else:
        print("\n".join(lines))
    print(
        f"Wrote {file}. Plan again to see what changes." if changed != text else "It stood there already.",
        file=sys.stderr,
    )
    return 0


def _entries_of(
    options: Options, words: LogWords, case: Case, days: Sequence[date], book: Rulebook
) -> list[tuple[date, dict[str, Any]]]:
    """Return the day and the fields of each entry to write; of several days the plan need not have each."""
    if len(days) == 1:
        return [(days[0], fields) for fields in _fields_of_entries(options, words, case, days[0], book)]
    entries: list[tuple[date, dict[str, Any]]] = []
    problems: list[Problem] = []
    for day in days:
        try:
            entries += [(day, fields) for fields in _fields_of_entries(options, words, case, day, book)]
        except InputError as error:
            problems += error.problems
    if not entries:
        raise InputError(problems[:1])
    return entries


def _fields_of_entries(
    options: Options, words: LogWords, case: Case, day: date, book: Rulebook
) -> list[dict[str, Any]]:
    """Return the fields of each entry to write: what was said, about each workout of the plan where it was done so."""
    if not options.as_planned:
        return [words.fields]
    session = OpenedCase(
        options.case, identified(case, options.case), book, options.today or local_today(case), options.today
    )
    did = words.fields.get("did")
    planned = [event for event in session.shown_workouts(day) if did in {None, event.mark}]
    if not planned:
        wrong = f"no workout of the plan stands on {day}" if did is None else f"the plan has no {did} on {day}"
        raise InputError([Problem(COMMAND, "--as-planned", wrong, "say what you did: --did and --minutes")])
    rated = [OPTIONS[field] for field in words.fields if field not in {"did", "minutes"}]
    if len(planned) > 1 and rated:
        names = one_of(event.mark for event in planned)
        wrong = f"{day} has {len(planned)} workouts, and {rated[0]} belongs to one of them"
        raise InputError([Problem(COMMAND, "--as-planned", wrong, f"say which with --did: {names}")])
    return [{"did": event.mark, "minutes": event.minutes, **words.fields} for event in planned]


def _with_entries(
    case: Case, text: str, file: Path, entered: Iterable[tuple[date, dict[str, Any]]], book: Rulebook
) -> tuple[Case, str, set[int]]:
    """Return the case and its text with some more entries, and the numbers of these entries.

    Args:
        case: the case as it was.
        text: its text.
        file: where it stands.
        entered: the day and the fields of each entry.
        book: the rules by which the case is read.

    """
    # Only now, for it takes a while to load.
    from planner.editing.log_entry import add_log_entry, entry_changes  # noqa: PLC0415

    entries: set[int] = set()
    for day, written in entered:
        changes = entry_changes(case, str(file), day, written)
        for number, fields in changes.items():
            text = add_log_entry(text, number, {"date": day, **fields} if number is None else fields)
        case = parse_case(text, str(file), book)
        entries |= {len(case.log) - 1 if number is None else number for number in changes}
    return case, text, entries


def _print_entries(
    file: Path, case: Case, entries: Iterable[int], lines: Sequence[str], book: Rulebook, *, written: bool
) -> None:
    """Print log entries as JSON: as they stand in the file, and what they mean.

    Args:
        file: the case file.
        case: the case with the entries.
        entries: their numbers.
        lines: what they mean.
        book: the rules by which they mean it.
        written: whether the file was changed.

    """
    logged = [case.log[number].model_dump(mode="json", exclude_defaults=True) for number in sorted(entries)]
    print_json({"file": str(file), "written": written, "entries": logged, "meaning": list(lines)}, book)


def _undo(options: Options, book: Rulebook) -> int:
    """Take the last entry of the log back, whatever it says, and return the exit status."""
    others = [option for field, option in OPTIONS.items() if getattr(options, field)]
    others += ["--as-planned"] if options.as_planned else []
    others += [option for option, value in (("--from", options.first), ("--until", options.last)) if value]
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
    lines = [f"Taken back: {day_name(case.log[-1].date)}: {entry_words(case.log[-1], book)}."]
    if options.format == "json":
        _print_entries(file, case, [len(case.log) - 1], lines, book, written=True)
    else:
        print(lines[0])
    print(f"Wrote {file}. Plan again to see what changes.", file=sys.stderr)
    return 0


def _write(file: Path, text: str) -> None:
    """Write a case file anew, with the byte order mark that it had."""
    with file.open("rb") as old:
        mark = codecs.BOM_UTF8 if old.read(3) == codecs.BOM_UTF8 else b""
    write_whole(file, mark + text.encode())
