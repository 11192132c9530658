"""Files: read what people wrote, and write so that a file is the old one or the new one, whole, whatever happens."""

from __future__ import annotations

import errno
import os
import re
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from stat import S_IMODE, S_ISDIR, S_ISREG

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


OPEN_ALREADY = {Path("/dev/fd"), Path("/proc/self/fd")}
"""Where a shell gives the output of another program a name."""
STREAMS = {Path("/dev/stdin"), Path("/dev/stdout"), Path("/dev/stderr")}
NO_FILE = "is a pipe or a device, not a file"
LEFT_BEHIND = 3600
"""Seconds after which a file that was never finished is nobody's any more: its program was killed."""
LONGEST_WAIT = 30
"""Seconds for which another planner at work in the same folder is waited for."""
_UNFINISHED = re.compile(r"\.planner-[0-9a-f]{16}\.tmp")
_written: deque[tuple[Path, Path, int]] = deque(maxlen=100)
_done: list[str] = []
_at_work = threading.RLock()
_locked: set[Path] = set()


def written() -> list[str]:
    """Return what was written: the files, by the names they were asked for, as they lie there now, and what else."""
    there = [str(path) for path, target, number in _written if _number_of(target) == number]
    return list(dict.fromkeys([*_done, *there]))


def note_done(what: str) -> None:
    """Note something that was written and is no file."""
    _done.append(what)


def forget_written() -> None:
    """Begin to note anew what is written: another command begins."""
    _written.clear()
    _done.clear()


def _number_of(target: Path) -> int | None:
    with suppress(OSError):
        return target.stat().st_ino
    return None


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep other planners from writing in a folder meanwhile, so that of two changes none is lost.

    Raises `OutsideError` where another one does not finish. Where the system has no such locks, nobody is kept out.
    """
    with _at_work:
        place = _place(folder)
        if place in _locked:
            yield
            return
        handle = _lock(place, folder)
        _locked.add(place)
        try:
            yield
        finally:
            _locked.discard(place)
            if handle is not None:
                os.close(handle)


def _place(folder: Path) -> Path:
    with suppress(OSError):
        return folder.resolve()
    return folder


def _lock(place: Path, folder: Path) -> int | None:
    try:
        import fcntl  # noqa: PLC0415 (not every system has it)

        handle = os.open(place, os.O_RDONLY)
    except (ImportError, OSError):
        return None
    until = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                os.close(handle)
                raise OutsideError(
                    f"{folder}: another planner is at work here, and nothing was changed; try again when it is done"
                ) from None
            time.sleep(0.05)
        except OSError:
            os.close(handle)
            return None
        else:
            return handle


def read_bytes(path: Path) -> bytes:
    """Return what an input file holds.

    Raises `InputError` where it is missing, no file (a folder, a pipe that nobody may ever fill) or larger than 10 MB,
    and `OutsideError` where the disk fails.
    """
    if may_never_end(path):
        raise file_problem(path, NO_FILE, "give a file")
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise file_problem(path, "there is no such file", _meant(path)) from None
    except IsADirectoryError:
        raise file_problem(path, "is a folder", "give a file") from None
    except OSError as error:
        if _is_folder(path):  # Windows says only that the permission is missing.
            raise file_problem(path, "is a folder", "give a file") from None
        raise OutsideError(f"{path}: cannot be read ({error.strerror}); make it readable for you") from error
    except ValueError:
        raise file_problem(path, "is no name that a file can have", "check its name") from None
    if len(content) > LARGEST:
        raise file_problem(path, f"is larger than {LARGEST // 1_000_000} MB", "give a smaller file")
    return content


def may_never_end(path: Path) -> bool:
    """Return whether reading may wait for ever: of a pipe or a device, unless it is open already (`<(make-case)`)."""
    if path.parent in OPEN_ALREADY or path == Path("/dev/stdin"):
        return False
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return not (S_ISREG(mode) or S_ISDIR(mode))


def _is_folder(path: Path) -> bool:
    """Return whether there is a folder; one that nobody lets us look into is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


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
    check_new(path)
    write_whole(path, text.encode())


def check_new(path: Path) -> None:
    """Check that a file does not exist yet and may be written.

    Raises `InputError` where it does or there is no such folder, and `OutsideError` where nobody may write there.
    """
    if status_of(path) is not None:
        raise file_problem(path, "exists already", "give another name")
    folder = _target(path).parent
    if not os.access(folder, os.W_OK):
        raise _failed(path, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))


def _target(path: Path) -> Path:
    """Return where a file is, links followed; raise `InputError` where there is no such folder."""
    try:
        target = path.resolve()
    except OSError as error:
        raise _failed(path, error) from error
    if not _is_folder(target.parent):
        raise file_problem(
            path, f"there is no folder {quoted(str(target.parent))}", "make it first, or give another place"
        )
    return target


def write_whole(path: Path, content: bytes, *, mode: int | None = None, noted: bool = True) -> None:
    """Write a file at once: whoever looks sees the old file or the new one, whole.

    A link is followed, and permissions stay as they are. Raises `InputError` where there is no such folder, and
    `OutsideError` where the disk fails: then nothing was changed.

    Args:
        path: where it goes.
        content: all that it holds.
        mode: the permissions of a new file; None leaves them to the system.
        noted: whether it is a file that a person asked for.

    """
    old = status_of(path)
    target = _target(path)
    if old is not None:
        check_no_device(path, old)
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
            if noted:
                _written.append((path, target, os.fstat(file.fileno()).st_ino))
        temporary.replace(target)
    except OSError as error:
        raise _failed(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    _settle(target.parent)
    _clear(target.parent)


def _clear(folder: Path) -> None:
    """Remove what programs that were killed have left unfinished in a folder."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in islice(entries, MOST_NAMES):
            if _UNFINISHED.fullmatch(entry.name):
                with suppress(OSError):
                    if time.time() - entry.stat().st_mtime > LEFT_BEHIND:
                        Path(entry.path).unlink()


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


def check_no_device(path: Path, there: os.stat_result) -> None:
    """Check that what is at a path is no pipe, no device and nothing that is open already (`/dev/stdout`).

    Raises `InputError`: none of them can be written whole or not at all.
    """
    ordinary = S_ISREG(there.st_mode) or S_ISDIR(there.st_mode)
    if not ordinary or path.parent in OPEN_ALREADY or path in STREAMS:
        raise file_problem(path, NO_FILE, "give the name of a file")


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
    if not _is_folder(path.parent):
        return f"there is no folder {quoted(str(path.parent))} either, check both names"
    with suppress(OSError):
        names = [path.name for path in islice(path.parent.iterdir(), MOST_NAMES) if path.is_file()]
        if near := nearest(path.name, sorted(names), likeness=0.75):
            return f"did you mean {one_of(quoted(str(path.with_name(name))) for name in near)}?"
    return "check its name"


def file_problem(path: Path, wrong: str, right: str) -> InputError:
    """Return the error for a file that cannot be used: what is wrong with it, and what would be right."""
    return InputError([Problem(str(path), "", wrong, right)])


def _failed(path: Path, error: OSError) -> OutsideError:
    advice = ADVICE.get(error.errno or 0, "try again, or choose another place")
    return OutsideError(f"{path}: cannot be written ({error.strerror}), and nothing was changed; {advice}")
