"""Files: read what people wrote, and write so that a file is the old one or the new one, whole, whatever happens."""

from __future__ import annotations

import errno
import os
import re
from contextlib import suppress
from itertools import count, islice, takewhile
from pathlib import Path
from stat import S_IMODE, S_ISDIR, S_ISREG

from planner.calendars.marks import PLAN, PRODID
from planner.errors import InputError, OutsideError, Problem, nearest, one_of, quoted

LARGEST = 10_000_000
"""Bytes: no case or calendar that a person keeps is larger."""
MOST_NAMES = 1000
"""How many names of a folder are looked at for one that was meant: comparing more takes too long."""

ADVICE = {
    errno.ENOSPC: "make room on the disk and try again",
    errno.EDQUOT: "make room on the disk and try again",
    errno.EACCES: "choose a place that you may write to",
    errno.EPERM: "choose a place that you may write to",
    errno.EROFS: "choose a place that you may write to",
    errno.ENAMETOOLONG: "choose a shorter name",
}
FOLD = re.compile("\r?\n[ \t]")


def read_bytes(path: Path) -> bytes:
    """Return what an input file holds.

    Raises `InputError` where it is missing, a folder or larger than 10 MB, and `OutsideError` where the disk fails.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise _problem(path, "there is no such file", _meant(path)) from None
    except IsADirectoryError:
        raise _problem(path, "is a folder", "give a file") from None
    except OSError as error:
        if path.is_dir():  # Windows says only that the permission is missing.
            raise _problem(path, "is a folder", "give a file") from None
        raise OutsideError(f"{path}: cannot be read ({error.strerror}); make it readable for you") from error
    except ValueError:
        raise _problem(path, "is no name that a file can have", "check its name") from None
    if len(content) > LARGEST:
        raise _problem(path, f"is larger than {LARGEST // 1_000_000} MB", "give a smaller file")
    return content


def read_text(path: Path) -> str:
    """Return the text of an input file, without a byte order mark.

    Raises `InputError` where it is missing, a folder, larger than 10 MB or not UTF-8, and `OutsideError` where the disk
    fails.
    """
    content = read_bytes(path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _problem(path, f"is not UTF-8 text (line {line})", "save it as UTF-8") from error


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
    said = {name: value for name, _, value in (line.partition(":") for line in head)}
    return said.get("PRODID") == PRODID and bool(said.get(PLAN))


def read_plan(path: Path) -> bytes | None:
    """Return the plan's calendar that is at a path, or None where there is nothing.

    Raises `InputError` where something there is not ours, and `OutsideError` where the disk fails.
    """
    old = _there(path)
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
        if _there(aside) is None:
            write_whole(aside, content)
            return aside
    raise AssertionError  # There is always a next number.


def _ours(path: Path, old: os.stat_result) -> None:
    if S_ISDIR(old.st_mode):
        raise _problem(path, "is a folder", "give the name of a file in it")
    if not is_ours(path):
        wrong = "is not a plan that planner wrote, and is left as it is"
        raise _problem(path, wrong, "give another name, or move that file away first")


def write_plan(path: Path, content: bytes) -> None:
    """Write a plan's calendar, in place of an earlier one if there is one.

    Raises `InputError` where there is no such folder or something there is not ours, and `OutsideError` where the disk
    fails: then nothing was changed.
    """
    old = _there(path)
    if old is not None:
        _ours(path, old)
    write_whole(path, content)


def write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet.

    Raises `InputError` where it does or there is no such folder, and `OutsideError` where the disk fails.
    """
    if _there(path) is not None:
        raise _problem(path, "exists already", "give another name")
    write_whole(path, text.encode())


def write_whole(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Write a file at once: whoever looks sees the old file or the new one, whole.

    A link is followed, and permissions stay as they are; `mode` is that of a new file. Raises `InputError` where there
    is no such folder, and `OutsideError` where the disk fails: then nothing was changed.
    """
    old = _there(path)
    target = path.resolve()
    if not target.parent.is_dir():
        raise _problem(path, f"there is no folder {quoted(str(target.parent))}", "make it first, or give another place")
    # A folder's owner may replace a file that is write-protected. Who protects a file does not want that.
    if old is not None and not (S_ISREG(old.st_mode) and os.access(target, os.W_OK)):
        raise _failed(path, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
    temporary = target.with_name(f".planner-{os.urandom(8).hex()}.tmp")
    try:
        with temporary.open("xb") as file:
            if old is not None:
                _dress(temporary, old)
            elif mode is not None:
                temporary.chmod(mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError as error:
        raise _failed(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    _settle(target.parent)


def _there(path: Path) -> os.stat_result | None:
    """Return what is at a path, links followed, or None."""
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _failed(path, error) from error
    except ValueError:
        raise _problem(path, "is no name that a file can have", "give another name") from None


def _dress(temporary: Path, old: os.stat_result) -> None:
    """Give a new file, still empty, the owner and the permissions of the one that it will replace."""
    made = temporary.stat()
    if hasattr(os, "chown") and (made.st_uid, made.st_gid) != (old.st_uid, old.st_gid):
        with suppress(OSError):  # Only the system's owner gives files away.
            os.chown(temporary, old.st_uid, old.st_gid)
    temporary.chmod(S_IMODE(old.st_mode))


def _settle(folder: Path) -> None:
    """Have the new name of a file survive a power cut; not every system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _meant(path: Path) -> str:
    """Return what would be right for a file that is not there: the names nearest to it in its folder."""
    if not path.parent.is_dir():
        return f"there is no folder {quoted(str(path.parent))} either, check both names"
    with suppress(OSError):
        names = [each.name for each in islice(path.parent.iterdir(), MOST_NAMES) if each.is_file()]
        if near := nearest(path.name, sorted(names), likeness=0.75):
            return f"did you mean {one_of(quoted(str(path.with_name(name))) for name in near)}?"
    return "check its name"


def _problem(path: Path, wrong: str, right: str) -> InputError:
    return InputError([Problem(str(path), "", wrong, right)])


def _failed(path: Path, error: OSError) -> OutsideError:
    advice = ADVICE.get(error.errno or 0, "try again, or choose another place")
    return OutsideError(f"{path}: cannot be written ({error.strerror}), and nothing was changed; {advice}")
