"""The log within a case file's text: an entry is added, or added to, and every other character stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import tomli
import tomlkit
from pydantic import ValidationError
from tomlkit.items import Comment

from planner.case.model import Case, LogEntry
from planner.errors import InputError, Problem, quoted
from planner.validation import problems

Fields = Mapping[str, Any]
LOG_COMMAND = "planner log"
NOTHING_DONE = "nothing"
"""What an entry says was done on a day on which what was planned was left out."""


def add_log_entry(text: str, number: int | None, fields: Fields) -> str:
    """Return a case file's text with fields in a log entry, or with a new entry of them where the number is None.

    The text is TOML, and the entry has none of the fields but `signs`: these join those that it has.
    """
    newline = "\r\n" if re.match(r"[^\n]*\r\n", text) else "\n"
    parts = list(_parts(text if text.endswith("\n") or not text else text + newline))
    entries = [place for place, part in enumerate(parts) if isinstance(tomli.loads(part).get("log"), list)]
    if entries == [0]:
        parts[0] = _in_a_list(parts[0], number, fields)
    elif number is not None:
        parts[entries[number]] = _more(parts[entries[number]], fields, newline)
    else:
        entry = f"{newline}[[log]]{newline}{_lines(fields, newline)}"
        if entries:
            before, after = _split(parts[entries[-1]])
            parts[entries[-1]] = before + entry + after
        else:
            parts.append(entry)
    return "".join(parts)


def take_entry_back(text: str) -> str:
    """Return a case file's text without the last entry of its log; all else stays as it is."""
    newline = "\r\n" if re.match(r"[^\n]*\r\n", text) else "\n"
    parts = list(_parts(text if text.endswith("\n") or not text else text + newline))
    entries = [place for place, part in enumerate(parts) if isinstance(tomli.loads(part).get("log"), list)]
    if entries == [0]:
        document: Any = tomlkit.parse(parts[0])
        document["log"].pop()
        parts[0] = document.as_string()
        return "".join(parts)
    _, parts[entries[-1]] = _split(parts[entries[-1]])
    above = entries[-1] - 1
    if parts[above].endswith(2 * newline):
        parts[above] = parts[above].removesuffix(newline)
    return "".join(parts)


def _parts(text: str) -> Iterator[str]:
    """Yield the text table by table, what stands before the first one first.

    One at a time, for tomlkit brings the tables of one name together, wherever they stand.
    """
    start = 0
    for match in re.finditer(r"^[ \t]*\[", text, re.MULTILINE):
        try:
            tomli.loads(text[start : match.start()])
        except tomli.TOMLDecodeError:
            continue  # Within a text or a list that runs over several lines.
        yield text[start : match.start()]
        start = match.start()
    yield text[start:]


def _lines(fields: Fields, newline: str) -> str:
    return "".join(f"{key} = {tomlkit.item(value).as_string()}{newline}" for key, value in fields.items())


def _more(part: str, fields: Fields, newline: str) -> str:
    """Return a log entry's text with more fields below those that it has."""
    before, after = _split(part)
    document: Any = tomlkit.parse(before)
    _join_signs(document["log"][0], fields)
    new = {key: value for key, value in fields.items() if key not in document["log"][0]}
    return f"{document.as_string()}{_lines(new, newline)}{after}"


def _in_a_list(part: str, number: int | None, fields: Fields) -> str:
    """Return the beginning of a file, `log = [{…}]` in it, with a new entry there, or with more fields in one."""
    document: Any = tomlkit.parse(part)
    if number is None:
        entry = tomlkit.inline_table()
        document["log"].append(entry)
        number = -1
    entry = document["log"][number]
    _join_signs(entry, fields)
    entry.update({key: value for key, value in fields.items() if key not in entry})
    changed: str = document.as_string()
    return changed if re.search(r"(?<!\r)\n", part) else re.sub(r"(?<!\r)\n", "\r\n", changed)


def _join_signs(entry: Any, fields: Fields) -> None:
    if "signs" in entry and "signs" in fields:
        entry["signs"].extend(fields["signs"])


def _split(part: str) -> tuple[str, str]:
    """Return a log entry's text, and what stands below it: blank lines, and remarks that belong to what follows.

    Remarks right below the last value, without a blank line between, belong to the entry.
    """
    document: Any = tomlkit.parse(part)
    body = document["log"][0].value.body
    last = max((place for place, (key, _) in enumerate(body) if key is not None), default=-1)
    below = range(last + 1, len(body))
    end = next((place for place in below if not isinstance(body[place][1], Comment)), len(body))
    del body[end:]
    entry: str = document.as_string()
    return entry, part[len(entry) :]


def entry_changes(case: Case, file: str, day: date, fields: Mapping[str, Any]) -> dict[int | None, dict[str, Any]]:
    """Return what to write into which entry; None is a new one.

    What belongs to the same workout and place of a day stands in one entry. Nothing joins an entry that stands above a
    finding of that day: a new sign would count as looked at.

    Args:
        case: the person's case.
        file: what its file is called, for messages.
        day: the day that is told of.
        fields: what is told, by the keys of a log entry.

    """
    if "cleared" in fields:
        return {_known_finding(case, day, fields): dict(fields)}
    findings = [number for number, entry in enumerate(case.log) if entry.date == day and entry.cleared is not None]
    after = max(findings, default=-1)
    same_day = {number: entry for number, entry in enumerate(case.log) if entry.date == day and number > after}
    wrong = list(_nothing_and_something(case, file, day, fields))
    if wrong:
        raise InputError(wrong)
    number = _meant(same_day, file, day, fields)
    entry = None if number is None else case.log[number]
    wrong = list(_contradictions(entry, file, number, fields))
    if wrong:
        raise InputError(wrong)
    return {number: dict(fields if entry is None else _news(entry, fields))}


def _known_finding(case: Case, day: date, fields: Mapping[str, Any]) -> int | None:
    """Return the number of the entry that says a finding already; without a sign in it, it is about all so far."""
    try:
        finding = LogEntry(date=day, **{**fields, "signs": tuple(fields.get("signs", ()))})
    except ValidationError as error:
        raise InputError(problems(LOG_COMMAND, error, LogEntry)) from error
    return next((number for number, entry in enumerate(case.log) if entry == finding), None)


def _meant(same_day: Mapping[int, LogEntry], file: str, day: date, fields: Mapping[str, Any]) -> int | None:
    """Return the number of the entry that fields belong to, or None where it takes a new one."""
    did, region = fields.get("did"), fields.get("region")
    fitting = [
        number
        for number, entry in same_day.items()
        if (did is None or entry.did in {None, did}) and (region is None or entry.region == region)
        # Two of one sort on a day are told apart by their hours.
        if fields.get("time") is None or entry.time in {None, fields["time"]}
    ]
    if did is not None:
        fitting = [number for number in fitting if same_day[number].did == did] or fitting
    if len(fitting) > 1:
        wrong = f"{len(fitting)} entries of {day} could be meant"
        raise InputError([Problem(file, "log", wrong, "say which with --did or --region, or edit the file")])
    return fitting[0] if fitting else None


def _nothing_and_something(case: Case, file: str, day: date, fields: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what contradicts itself: a day on which nothing and something was done, or so many minutes of nothing."""
    did, right = fields.get("did"), "edit the file, or take it back with --undo, if that was wrong"
    if did == NOTHING_DONE and "minutes" in fields:
        yield Problem(LOG_COMMAND, "--minutes", f"{fields['minutes']} minutes of nothing", "say what you did: --did")
    for number, entry in enumerate(case.log):
        if entry.date != day or did is None:
            continue
        if did == NOTHING_DONE and entry.did is not None:
            wrong = f"{day} has a workout already ({entry.did}), and would be a day of nothing"
            yield Problem(file, f"log[{number}].did", wrong, right)
        elif did != NOTHING_DONE and entry.left_out:
            yield Problem(file, f"log[{number}].did", f"{day} is a day of nothing already, and would have {did}", right)


def _contradictions(
    entry: LogEntry | None, file: str, number: int | None, fields: Mapping[str, Any]
) -> Iterator[Problem]:
    if "minutes" in fields and "did" not in fields and (entry is None or entry.did is None):
        yield Problem(LOG_COMMAND, "--minutes", f"{fields['minutes']} minutes of what", "say it with --did")
    for key, value in fields.items():
        if entry is not None and key != "signs" and key in entry.model_fields_set and getattr(entry, key) != value:
            wrong = f"is {quoted(getattr(entry, key))} already, and would be {quoted(value)}"
            right = "edit the file if that was wrong"
            right += "; of two on one day each says its --time" if "time" in fields else ""
            yield Problem(file, f"log[{number}].{key}", wrong, right)


def _news(entry: LogEntry, fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what of some fields an entry does not say yet."""
    for key, value in fields.items():
        if key != "signs" and key not in entry.model_fields_set:
            yield key, value
        elif key == "signs" and (more := [sign for sign in value if sign not in entry.signs]):
            yield key, more
