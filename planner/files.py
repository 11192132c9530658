"""Files: read what people wrote, and write so that a file is the old one or the new one, whole, whatever happens."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from itertools import islice
from pathlib import Path
from stat import S_IMODE, S_ISREG

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


def read_bytes(path: Path) -> bytes:
    """Return what an input file holds.

    Raises `InputError` where it is missing, a folder or larger than 10 MB, and `OutsideError` where the disk fails.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise file_problem(path, "there is no such file", _meant(path)) from None
    except IsADirectoryError:
        raise file_problem(path, "is a folder", "give a file") from None
    except OSError as error:
        if path.is_dir():  # Windows says only that the permission is missing.
            raise file_problem(path, "is a folder", "give a file") from None
        raise OutsideError(f"{path}: cannot be read ({error.strerror}); make it readable for you") from error
    except ValueError:
        raise file_problem(path, "is no name that a file can have", "check its name") from None
    if len(content) > LARGEST:
        raise file_problem(path, f"is larger than {LARGEST // 1_000_000} MB", "give a smaller file")
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
        raise file_problem(path, f"is not UTF-8 text (line {line})", "save it as UTF-8") from error


def write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet.

    Raises `InputError` where it does or there is no such folder, and `OutsideError` where the disk fails.
    """
    if status_of(path) is not None:
        raise file_problem(path, "exists already", "give another name")
    write_whole(path, text.encode())


def write_whole(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Write a file at once: whoever looks sees the old file or the new one, whole.

    A link is followed, and permissions stay as they are; `mode` is that of a new file. Raises `InputError` where there
    is no such folder, and `OutsideError` where the disk fails: then nothing was changed.
    """
    old = status_of(path)
    target = path.resolve()
    if not target.parent.is_dir():
        raise file_problem(
            path, f"there is no folder {quoted(str(target.parent))}", "make it first, or give another place"
        )
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


def status_of(path: Path) -> os.stat_result | None:
    """Return what is at a path, links followed, or None."""
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _failed(path, error) from error
    except ValueError:
        raise file_problem(path, "is no name that a file can have", "give another name") from None


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


def file_problem(path: Path, wrong: str, right: str) -> InputError:
    """Return the error for a file that cannot be used: what is wrong with it, and what would be right."""
    return InputError([Problem(str(path), "", wrong, right)])


def _failed(path: Path, error: OSError) -> OutsideError:
    advice = ADVICE.get(error.errno or 0, "try again, or choose another place")
    return OutsideError(f"{path}: cannot be written ({error.strerror}), and nothing was changed; {advice}")
