"""`planner import FILE.csv`: make cases from a clinic's list, one line a treatment; mistakes are told by line."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from planner.case.file import parse_case
from planner.clock import zone
from planner.commands.output import print_json
from planner.errors import InputError, OutsideError, Problem, quoted, suggestion
from planner.files import read_text, write_whole
from planner.parsers.appointments import COLUMNS, NEEDED
from planner.rulebook import file as rulebook_file
from planner.rulebook.model import Rulebook
from planner.rulebook.scales import SEVERITIES

SIDES = ("left", "right", "both")
MOST_LINES = 100_000


@dataclass(frozen=True, kw_only=True)
class Options:
    """Hold what `planner import` is told."""

    list: Path
    output: Path = Path()
    timezone: str | None = None
    format: str = "text"
    rules: Path | None = None


def run(options: Options) -> int:
    """Make the cases and return the exit status; where a line is wrong, nothing is written."""
    book = rulebook_file.rulebook(options.rules)
    timezone = options.timezone or _local_timezone()
    wrong: list[Problem] = []
    if zone(timezone) is None:
        wrong.append(Problem("planner import", "--timezone", f"{quoted(timezone)} is no time zone", "Europe/Berlin"))
    patients: dict[str, list[dict[str, Any]]] = {}
    for number, row in _rows(options.list, wrong):
        entry = _understood(row, f"line {number}", str(options.list), book, timezone, wrong)
        if entry is not None:
            patients.setdefault(entry["id"] or entry["name"].casefold(), []).append(entry)
    if not patients and not wrong:
        wrong.append(Problem(str(options.list), "", "holds no treatment", "give a line for each treatment"))
    if wrong:
        raise InputError(wrong)
    texts = dict(_cases(patients, options.output, book))
    _write(texts, options.output)
    treatments = sum(len(entries) for entries in patients.values())
    if options.format == "json":
        print_json({"cases": [str(path) for path in texts], "treatments": treatments}, book)
    else:
        print(f"{len(texts):,} cases in {options.output}, from {treatments:,} treatments.")
    return 0


def _local_timezone() -> str:
    from tzlocal import get_localzone_name  # noqa: PLC0415 (only where no zone is named)

    return get_localzone_name() or "Europe/London"


def _rows(file: Path, wrong: list[Problem]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the lines of a list by their columns, with their numbers; what is wrong with its head is noted."""
    text = read_text(file)
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = [name.strip().casefold() for name in next(reader, [])]
        unknown = [name for name in columns if name not in COLUMNS]
        wrong += [
            Problem(str(file), "line 1", f"{quoted(name)} is no column", suggestion(name, COLUMNS)) for name in unknown
        ]
        missing = [name for name in NEEDED if name not in columns]
        wrong += [Problem(str(file), "line 1", f"the column {quoted(name)} is missing", "add it") for name in missing]
        for row in [] if unknown or missing else reader:
            if any(cell.strip() for cell in row):
                if len(row) > len(columns):
                    right = f"give {len(columns)}, and put quotes around a text that holds the mark between them"
                    wrong.append(Problem(str(file), f"line {reader.line_num}", f"has {len(row)} columns", right))
                    continue
                yield reader.line_num, dict(zip(columns, (cell.strip() for cell in row), strict=False))
            if reader.line_num > MOST_LINES:
                wrong.append(Problem(str(file), "", f"has more than {MOST_LINES:,} lines", "split it"))
                return
    except csv.Error as error:
        wrong.append(Problem(str(file), f"line {reader.line_num}", f"is no line of a list: {error}", "mend it"))


def _understood(
    row: Mapping[str, str], line: str, file: str, book: Rulebook, timezone: str, wrong: list[Problem]
) -> dict[str, Any] | None:
    """Return a line of the list as data, or None where something is wrong with it: that is noted."""
    before = len(wrong)

    def note(column: str, what: str, right: str) -> None:
        wrong.append(Problem(file, f"{line}: {column}", what, right))

    entry: dict[str, Any] = {"name": row.get("name", ""), "id": row.get("id", ""), "line": line}
    if not entry["name"]:
        note("name", "is empty", "say whose treatment it is")
    kind = book.names.find("treatments", row.get("treatment", ""))
    if kind is None:
        near = book.names.nearest("treatments", row.get("treatment", ""))
        note("treatment", f"{quoted(row.get('treatment', ''))} is no treatment", near)
    entry["treatment"] = kind
    for column in ("region", "injury"):
        text = row.get(column, "")
        entry[column] = book.names.find("regions", text) if text else None
        if text and entry[column] is None:
            note(column, f"{quoted(text)} is no region", book.names.nearest("regions", text))
    if entry["region"] is None and entry["injury"] is None and not (row.get("region") or row.get("injury")):
        note("region", "is empty, and so is injury", "say what is treated")
    entry["start"] = _start(row.get("start", ""))
    if entry["start"] is None:
        note("start", f"{quoted(row.get('start', ''))} is no date", "write 2026-11-24 09:30, or 2026-11-24")
    entry["minutes"] = None
    if text := row.get("minutes", ""):
        if not text.isdecimal() or not 1 <= int(text) <= 480:
            note("minutes", f"{quoted(text)} is no number of minutes", "give 1 to 480")
        else:
            entry["minutes"] = int(text)
    for column, choices in (("side", SIDES), ("severity", SEVERITIES)):
        entry[column] = row.get(column, "").casefold() or None
        if entry[column] is not None and entry[column] not in choices:
            note(column, f"{quoted(row[column])} is not one of the choices", suggestion(row[column], choices))
    entry["timezone"] = row.get("timezone") or timezone
    if zone(entry["timezone"]) is None:
        note("timezone", f"{quoted(entry['timezone'])} is no time zone", "use an IANA name such as Europe/Berlin")
    return entry if len(wrong) == before else None


def _start(text: str) -> datetime | date | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.date() if len(text) <= len("2026-11-24") else moment.replace(tzinfo=None)


def _cases(patients: Mapping[str, list[dict[str, Any]]], folder: Path, book: Rulebook) -> Iterator[tuple[Path, str]]:
    """Yield the text of each case, by its file; a case that is there already is added to."""
    from planner.editing.edits import add_entry, several  # noqa: PLC0415 (tomlkit loads only where a file is made)

    wrong: list[Problem] = []
    for entries in patients.values():
        first = entries[0]
        path = folder / f"{_stem(first['id'] or first['name'])}.toml"
        text = read_text(path) if path.exists() else _new_case(entries)
        try:
            case = parse_case(text, str(path), book)
        except InputError as error:
            wrong += error.problems
            continue
        there = {(entry.kind, entry.start) for entry in case.treatments}
        added = [
            {key: value for key, value in _treatment(entry).items() if value is not None}
            for entry in entries
            if (entry["treatment"], entry["start"]) not in there
        ]
        changed = several([add_entry("treatments", values) for values in added])(text)
        try:
            parse_case(changed, str(path), book)
        except InputError as error:
            wrong += [problem._replace(file=f"{path} ({first['line']})") for problem in error.problems]
            continue
        yield path, changed
    if wrong:
        raise InputError(wrong)


def _treatment(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": entry["treatment"],
        "region": entry["region"] or entry["injury"],
        "start": entry["start"],
        "minutes": entry["minutes"],
    }


def _new_case(entries: list[dict[str, Any]]) -> str:
    """Return the head of a new case: who it is, where they live, and what hurts where the list says so."""
    import tomlkit  # noqa: PLC0415 (as above)

    first = entries[0]
    injury = next((entry for entry in entries if entry["injury"]), None)
    lines = ["# Made from a clinic's list.", f"name = {tomlkit.item(first['name']).as_string()}"]
    lines += [f"id = {tomlkit.item(first['id'] or first['name']).as_string()}"]
    lines += [f"timezone = {tomlkit.item(first['timezone']).as_string()}"]
    region = injury["injury"] if injury is not None else first["region"]
    lines += ["", "[injury]", f'region = "{region}"']
    for column in ("side", "severity"):
        value = next((entry[column] for entry in entries if entry[column]), None)
        lines += [] if value is None else [f'{column} = "{value}"']
    return "\n".join([*lines, ""])


def _stem(name: str) -> str:
    kept = "".join(letter if letter.isalnum() else "-" for letter in name.casefold())
    return "-".join(part for part in kept.split("-") if part)[:60] or "case"


def _write(texts: Mapping[Path, str], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutsideError(f"{folder}: cannot be made ({error.strerror}); choose another folder") from error
    for path, text in texts.items():
        write_whole(path, text.encode())
        print(f"Wrote {path}", file=sys.stderr)
