"""Read what people wrote, and write so that a file is either the old one or the new one, whole."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from planner.errors import InputError, OutsideError, Problem, nearest, one_of, quoted

LARGEST = 10_000_000
"""Bytes: no case or calendar that a person keeps is larger."""
OURS = (b"PRODID:-//post-treatment-planner//planner//EN", b"X-PLANNER-PLAN:")


def read_text(path: Path) -> str:
    """Return the text of an input file.

    Raises `InputError` where it is missing, a folder, too large or not UTF-8, and `OutsideError` where the disk fails.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise _problem(path, f"is larger than {LARGEST // 1_000_000} MB", "give a smaller file")
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise _problem(path, "there is no such file", _near_misses(path)) from None
    except IsADirectoryError:
        raise _problem(path, "is a folder", "give a file") from None
    except UnicodeDecodeError as error:
        raise _problem(path, f"is not UTF-8 text (byte {error.start})", "save it as UTF-8") from error
    except OSError as error:
        raise OutsideError(f"{path}: cannot be read: {error.strerror}") from error


def _near_misses(path: Path) -> str:
    names = [each.name for each in path.parent.glob("*")] if path.parent.is_dir() else []
    near = nearest(path.name, names, likeness=0.75)
    return f"did you mean {one_of(quoted(str(path.parent / name)) for name in near)}?" if near else "check its name"


def is_ours(path: Path) -> bool:
    """Return whether a file is a calendar that this program wrote."""
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return all(mark in content for mark in OURS)


def write_plan(path: Path, content: bytes) -> None:
    """Write a plan's calendar, in place of an earlier one if there is one.

    Raises `InputError` where the file there is not ours, and `OutsideError` where the disk fails: then nothing changed.
    """
    if path.exists() and not is_ours(path):
        what = "is a folder" if path.is_dir() else "is not a plan that planner wrote, and is left as it is"
        raise _problem(path, what, "give -o another name")
    write_whole(path, content)


def write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet."""
    if path.exists():
        raise _problem(path, "exists already", "give another name")
    write_whole(path, text.encode())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file at once: whoever looks sees the old file or the new one, whole, whatever happens meanwhile."""
    target = path.resolve()
    if not target.parent.is_dir():
        raise _problem(path, f"there is no folder {quoted(str(target.parent))}", "make it first, or give another place")
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode(target))
        Path(temporary).replace(target)
    except OSError as error:
        if temporary is not None:
            with suppress(OSError):
                Path(temporary).unlink()
        why = (
            f"{path}: cannot be written: {error.strerror}. Nothing was changed; give -o a place that you may write to."
        )
        raise OutsideError(why) from error
    except BaseException:
        if temporary is not None:
            with suppress(OSError):
                Path(temporary).unlink()
        raise


def _mode(target: Path) -> int:
    """Return the permissions of the file that is replaced, or those of a new file."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _problem(path: Path, wrong: str, right: str) -> InputError:
    return InputError([Problem(str(path), "", wrong, right)])
