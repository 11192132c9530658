"""Plan file: the calendar file of a plan, told from others, read, kept aside and written whole."""

from __future__ import annotations

import os
import re
from itertools import count, takewhile
from pathlib import Path
from stat import S_ISDIR

from planner.calendars.properties import PLAN, PRODID
from planner.case.file import may_be_of
from planner.case.model import Case
from planner.errors import OutsideError
from planner.files import (
    LARGEST,
    check_no_device,
    file_problem,
    status_of,
    write_whole,
)
from planner.revision.identity import identity_by_name, plan_identity

FOLD = re.compile("\r?\n[ \t]")


def is_ours(path: Path) -> bool:
    """Return whether a file is a calendar that this program wrote; False where it cannot be read."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        text = content.decode("utf-8-sig")
    except (OSError, ValueError):
        return False
    lines = [line.rstrip("\r") for line in FOLD.sub("", text).split("\n")]
    # A second calendar in the file is someone else's work, even where the first one is ours.
    if len(content) > LARGEST or lines[0] != "BEGIN:VCALENDAR" or lines.count("BEGIN:VCALENDAR") != 1:
        return False
    head = takewhile(lambda line: not line.startswith(("BEGIN:", "END:")), lines[1:])
    properties_of_head = {name: value for name, _, value in (line.partition(":") for line in head)}
    return properties_of_head.get("PRODID") == PRODID and bool(properties_of_head.get(PLAN))


def read_plan(path: Path) -> bytes | None:
    """Return the plan's calendar that is at a path, or None where there is nothing.

    Raises `InputError` where something there is not ours, and `OutsideError` where the disk fails.
    """
    old = status_of(path)
    if old is None:
        return None
    _ours(path, old)
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutsideError(f"{path}: cannot be read ({error.strerror}); make it readable for you") from error


def set_aside(path: Path) -> Path:
    """Keep a copy of a file beside it, under a name that nothing has yet, and return its path."""
    content = path.read_bytes()
    for number in count(1):
        aside = path.with_name(f"{path.name}.old" if number == 1 else f"{path.name}.old{number}")
        if status_of(aside) is None:
            write_whole(aside, content)
            return aside
    raise AssertionError  # There is always a next number.


def _ours(path: Path, old: os.stat_result) -> None:
    if S_ISDIR(old.st_mode):
        raise file_problem(path, "is a folder", "give the name of a file in it")
    check_no_device(path, old)
    if not os.access(path, os.R_OK):
        raise OutsideError(f"{path}: cannot be read, and nothing was changed; make it readable for you")
    if not is_ours(path):
        wrong = "is not a plan that planner wrote, and is left as it is"
        raise file_problem(path, wrong, "give another name, or move that file away first")


def write_plan(path: Path, content: bytes) -> None:
    """Write a plan's calendar, in place of an earlier one if there is one.

    Raises `InputError` where there is no such folder or something there is not ours, and `OutsideError` where the disk
    fails: then nothing was changed.
    """
    old = status_of(path)
    if old is not None:
        _ours(path, old)
    write_whole(path, content)


def is_plan_of(case: Case, plan_id: str) -> bool:
    """Return whether a plan is a case's: an unnamed one's stays its own where its file moves, and as 0.1 wrote it."""
    if plan_id == plan_identity(case) or may_be_of(plan_id, case):
        return True
    return may_be_of(case.id or "", case) and plan_id == identity_by_name(case)
