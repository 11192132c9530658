"""Files: input is read or its mistake is named; what is written is the old file or the new one, whole."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner.calendars.plan_file import is_ours, write_plan
from planner.calendars.properties import PRODID
from planner.calendars.write.file import to_ical
from planner.errors import InputError, OutsideError
from planner.files import LARGEST, read_text, write_new, write_whole
from tests.plans import STAMP, a_run, week

OLD = to_ical(week(a_run(title="Old run")), STAMP)
NEW = to_ical(week(a_run(title="New run")), STAMP)
ROOT = Path(__file__).parent.parent
no_root = pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind here")


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    """Return a file that holds an earlier plan."""
    path = tmp_path / "week.ics"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    """Return what is in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


# ------------------------------------------------------------------------------------------------ reading


def test_text_is_read_as_utf_8(tmp_path: Path) -> None:
    """What stands in the file comes back, odd characters and line ends included."""
    path = tmp_path / "case.toml"
    path.write_bytes('name = "Zoë 🏃"\r\n'.encode())
    assert read_text(path) == 'name = "Zoë 🏃"\r\n'


def test_a_byte_order_mark_is_left_out(tmp_path: Path) -> None:
    """Windows editors put one at the head of a file, where TOML takes none."""
    path = tmp_path / "case.toml"
    path.write_bytes(b"\xef\xbb\xbfname = 1")
    assert read_text(path) == "name = 1"


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="pipes have no names here")
def test_a_pipe_is_read_like_a_file() -> None:
    """A case may come out of another program, as in `planner plan <(make-case)`."""
    reading, writing = os.pipe()
    os.write(writing, b"name = 1")
    os.close(writing)
    assert read_text(Path(f"/dev/fd/{reading}")) == "name = 1"
    os.close(reading)


def refused(path: Path) -> str:
    """Return what is said about a file that cannot be read."""
    with pytest.raises(InputError) as caught:
        read_text(path)
    return str(caught.value).replace(str(path.parent), "FOLDER")


def test_a_missing_file_is_named_with_its_near_misses(tmp_path: Path) -> None:
    """A mistyped name is answered with what was probably meant."""
    for name in ("henry.toml", "week.ics"):
        (tmp_path / name).touch()
    expected = 'FOLDER/henri.toml: there is no such file; did you mean "FOLDER/henry.toml"?'
    assert expected == refused(tmp_path / "henri.toml")


def test_a_missing_file_without_a_near_miss_is_only_named(tmp_path: Path) -> None:
    """Nothing is guessed where nothing is near, and a folder is not a file that was meant."""
    (tmp_path / "casse.toml").mkdir()
    assert refused(tmp_path / "case.toml") == "FOLDER/case.toml: there is no such file; check its name"


def test_a_file_in_a_missing_folder_names_the_folder(tmp_path: Path) -> None:
    """Where the folder is wrong, the file's name is not the mistake."""
    path = tmp_path / "nowhere" / "case.toml"
    assert (
        refused(path) == 'FOLDER/case.toml: there is no such file; there is no folder "FOLDER" either, check both names'
    )


def test_a_folder_is_not_read(tmp_path: Path) -> None:
    """A folder is named as one."""
    assert refused(tmp_path / ".").endswith("is a folder; give a file")


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    """The line of the first wrong byte helps to find it."""
    path = tmp_path / "case.toml"
    path.write_bytes(b'name = "Henry"\ncity = "M\xfcnchen"\n')
    assert refused(path) == "FOLDER/case.toml: is not UTF-8 text (line 2); save it as UTF-8"


@pytest.mark.parametrize(("size", "fine"), [(LARGEST, True), (LARGEST + 1, False)])
def test_a_file_of_more_than_10_mb_is_refused(tmp_path: Path, size: int, fine: bool) -> None:
    """10,000,000 bytes are read, one more is not."""
    path = tmp_path / "case.toml"
    path.write_bytes(b" " * size)
    if fine:
        assert len(read_text(path)) == size
    else:
        assert refused(path) == "FOLDER/case.toml: is larger than 10 MB; give a smaller file"


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    """A case may name a calendar with anything in its name."""
    assert "is no name that a file can have; check its name" in refused(tmp_path / "a\x00b")


@no_root
def test_a_file_that_may_not_be_read_is_a_failure_outside(tmp_path: Path) -> None:
    """A missing permission is not a mistake in the file."""
    path = tmp_path / "case.toml"
    path.touch(mode=0o000)
    with pytest.raises(OutsideError, match="cannot be read"):
        read_text(path)


# ------------------------------------------------------------------------------------------------ ours or not


def _with_its_program_first(data: bytes) -> bytes:
    program = f"PRODID:{PRODID}\r\n".encode()
    return data.replace(program, b"").replace(b"BEGIN:VCALENDAR\r\n", b"BEGIN:VCALENDAR\r\n" + program)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data,
        lambda data: data.replace(b"\r\n", b"\n"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data[: data.index(b"BEGIN:VEVENT")],
        lambda data: data.replace(b"X-PLANNER-PLAN:1db559", b"X-PLANNER-PLAN:\r\n 1db559"),
        _with_its_program_first,
    ],
)
def test_a_plan_is_ours_even_where_an_editor_saved_it(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    """Other line ends, a byte order mark, another fold or a lost tail do not make it another program's."""
    path = tmp_path / "week.ics"
    path.write_bytes(change(OLD))
    assert is_ours(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        f"my notes\r\nPRODID:{PRODID}\r\nX-PLANNER-PLAN:1\r\n".encode(),
        OLD.replace(PRODID.encode(), b"-//Google Inc//EN"),
        OLD.replace(b"X-PLANNER-PLAN:", b"X-OTHER:"),
        OLD.replace(b"X-PLANNER-PLAN:1db559e1ecb70df2955e", b"X-PLANNER-PLAN:"),
        OLD.replace(b"PRODID:", b"PRODID:-//Google Inc//EN\r\nX-PRODID:"),
        OLD.replace(b"X-PLANNER-PLAN:", b"X-A:").replace(b"X-PLANNER-SLOT:", b"X-PLANNER-PLAN:"),
        OLD + OLD.replace(PRODID.encode(), b"-//another//program//EN"),
        OLD + b"\xff",
        OLD + b"X:1\r\n" * (LARGEST // 5),
    ],
)
def test_any_other_file_is_not_ours_and_is_not_overwritten(tmp_path: Path, content: bytes) -> None:
    """What another program or a person wrote stays as it is, whatever it contains."""
    path = tmp_path / "week.ics"
    path.write_bytes(content)
    assert not is_ours(path)
    with pytest.raises(InputError, match="is not a plan that planner wrote, and is left as it is; give another name"):
        write_plan(path, NEW)
    assert (path.read_bytes(), names(tmp_path)) == (content, ["week.ics"])


def test_what_is_no_file_is_not_ours(tmp_path: Path) -> None:
    """A folder, nothing at all, a name that no file can have: none of them is a plan, none makes a fuss."""
    assert [is_ours(path) for path in (tmp_path, tmp_path / "none", tmp_path / "a\x00b")] == [False] * 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_named_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    """Looking into a pipe that nobody writes to would never end."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    for write in (write_plan, write_whole):
        with pytest.raises(InputError, match="is a pipe or a device, not a file; give the name of a file"):
            write(path, NEW)


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there are no such devices here")
@pytest.mark.parametrize("name", ["/dev/null", "/dev/stdout", "/dev/fd/1"])
def test_a_device_and_what_is_open_already_are_said_to_be_no_file(name: str) -> None:
    """Also where standard output goes into a file just now: it cannot be written whole or not at all."""
    if not Path(name).exists():
        pytest.skip("the system does not have it open")
    with pytest.raises(InputError, match=f"{name}: is a pipe or a device, not a file; give the name of a file"):
        write_plan(Path(name), NEW)


# ------------------------------------------------------------------------------------------------ writing


def test_a_plan_is_written_where_nothing_was(tmp_path: Path) -> None:
    """The file holds the bytes, and nothing else is left in the folder."""
    path = tmp_path / "week.ics"
    write_plan(path, NEW)
    assert (path.read_bytes(), names(tmp_path)) == (NEW, ["week.ics"])


def test_a_plan_replaces_an_earlier_one(plan_file: Path) -> None:
    """A plan of ours is overwritten."""
    write_plan(plan_file, NEW)
    assert (plan_file.read_bytes(), names(plan_file.parent)) == (NEW, ["week.ics"])


def test_a_name_without_a_folder_is_in_the_current_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-o week.ics` needs no more."""
    monkeypatch.chdir(tmp_path)
    write_plan(Path("week.ics"), NEW)
    assert names(tmp_path) == ["week.ics"]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """A folder is never replaced."""
    with pytest.raises(InputError, match="is a folder; give the name of a file in it"):
        write_plan(tmp_path, NEW)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """Nothing is made but the file."""
    with pytest.raises(InputError, match=r'there is no folder ".*nowhere"; make it first, or give another place'):
        write_plan(tmp_path / "nowhere" / "week.ics", NEW)
    assert names(tmp_path) == []


def test_a_file_in_place_of_a_folder_is_named(plan_file: Path) -> None:
    """`week.ics/more.ics` cannot be."""
    with pytest.raises(InputError, match=r'there is no folder ".*week\.ics"'):
        write_plan(plan_file / "more.ics", NEW)


def test_a_name_that_no_plan_can_have_is_refused(tmp_path: Path) -> None:
    """The message names it, and there is no traceback."""
    with pytest.raises(InputError, match="is no name that a file can have; give another name"):
        write_plan(tmp_path / "a\x00b", NEW)


def test_a_name_that_is_too_long_is_a_failure_with_advice(tmp_path: Path) -> None:
    """The system knows how long a name may be."""
    with pytest.raises(OutsideError, match="choose a shorter name"):
        write_plan(tmp_path / ("x" * 300), NEW)


def test_the_longest_name_is_fine(tmp_path: Path) -> None:
    """The temporary file beside it needs no longer one."""
    path = tmp_path / f"{'x' * 251}.ics"
    write_plan(path, NEW)
    assert names(tmp_path) == [path.name]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_an_existing_file_keeps_its_permissions(plan_file: Path, mode: int) -> None:
    """A private plan stays private, a shared one shared."""
    plan_file.chmod(mode)
    write_plan(plan_file, NEW)
    assert stat.S_IMODE(plan_file.stat().st_mode) == mode


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path, mask: int, mode: int) -> None:
    """The umask of the person decides, as for any other program."""
    before = os.umask(mask)
    try:
        write_plan(tmp_path / "week.ics", NEW)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "week.ics").stat().st_mode) == mode


def test_a_link_is_followed(tmp_path: Path, plan_file: Path) -> None:
    """The linked file is replaced, in its own folder, and the link stays one."""
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "current.ics"
    link.symlink_to(plan_file)
    write_plan(link, NEW)
    assert (link.is_symlink(), plan_file.read_bytes(), names(link.parent)) == (True, NEW, ["current.ics"])


def test_a_link_to_nothing_yet_is_followed_too(tmp_path: Path) -> None:
    """The file is made where the link points."""
    link = tmp_path / "current.ics"
    link.symlink_to(tmp_path / "week.ics")
    write_plan(link, NEW)
    assert (link.is_symlink(), (tmp_path / "week.ics").read_bytes()) == (True, NEW)


def test_a_link_to_what_is_not_ours_is_refused(tmp_path: Path) -> None:
    """A link is no way around the promise."""
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "week.ics").symlink_to(tmp_path / "notes.txt")
    with pytest.raises(InputError, match="is not a plan"):
        write_plan(tmp_path / "week.ics", NEW)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_links_in_a_circle_are_a_failure(tmp_path: Path) -> None:
    """There is no file at the end of them."""
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(OutsideError, match="cannot be written"):
        write_plan(tmp_path / "a", NEW)


@no_root
def test_a_write_protected_plan_is_left_alone(plan_file: Path) -> None:
    """Who protects a file does not want it replaced, though the folder would allow it."""
    plan_file.chmod(0o444)
    with pytest.raises(OutsideError, match="choose a place that you may write to"):
        write_plan(plan_file, NEW)
    assert plan_file.read_bytes() == OLD


@no_root
def test_a_folder_without_permission_is_a_failure_with_advice(tmp_path: Path) -> None:
    """What to do is said with what is wrong."""
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(OutsideError, match="choose a place that you may write to"):
            write_plan(tmp_path / "week.ics", NEW)
    finally:
        tmp_path.chmod(0o755)


def test_a_new_file_is_never_written_over_another(tmp_path: Path) -> None:
    """A new case file does not replace an old one."""
    path = tmp_path / "case.toml"
    write_new(path, "name = 'Zoë'\n")
    with pytest.raises(InputError, match="exists already; give another name"):
        write_new(path, "other")
    assert path.read_text(encoding="utf-8") == "name = 'Zoë'\n"


# ------------------------------------------------------------------------------------------------ failures


def failing(error: BaseException) -> Callable[..., Any]:
    """Return a function that fails."""

    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


FULL = OSError(errno.ENOSPC, "No space left on device")
FAILURES = [
    ("replace", FULL, "make room on the disk and try again"),
    ("fsync", FULL, "make room on the disk and try again"),
    ("fsync", OSError(errno.EIO, "Input/output error"), "try again, or choose another place"),
    ("replace", PermissionError(errno.EPERM, "Operation not permitted"), "choose a place that you may write to"),
    ("replace", OSError(errno.EROFS, "Read-only file system"), "choose a place that you may write to"),
]


@pytest.mark.parametrize(("function", "error", "advice"), FAILURES)
def test_a_failing_disk_leaves_the_old_file_and_nothing_else(
    plan_file: Path, monkeypatch: pytest.MonkeyPatch, function: str, error: OSError, advice: str
) -> None:
    """The message says what failed, that nothing was changed, and what to do."""
    monkeypatch.setattr(os, function, failing(error))
    with pytest.raises(OutsideError) as caught:
        write_plan(plan_file, NEW)
    monkeypatch.undo()
    expected = f"{plan_file}: cannot be written ({error.strerror}), and nothing was changed; {advice}"
    assert expected == str(caught.value)
    assert (plan_file.read_bytes(), names(plan_file.parent)) == (OLD, ["week.ics"])


@pytest.mark.parametrize("function", ["replace", "fsync"])
def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(
    plan_file: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    """Ctrl-C while the disk works changes nothing."""
    monkeypatch.setattr(os, function, failing(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        write_plan(plan_file, NEW)
    monkeypatch.undo()
    assert (plan_file.read_bytes(), names(plan_file.parent)) == (OLD, ["week.ics"])


def test_a_folder_that_cannot_be_synced_does_no_harm(plan_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some systems cannot write a folder's list of names to the disk on demand; the file is in place all the same."""
    sync = os.fsync

    def files_only(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        sync(handle)

    monkeypatch.setattr(os, "fsync", files_only)
    write_plan(plan_file, NEW)
    assert plan_file.read_bytes() == NEW


WRITER = """
import sys
from pathlib import Path
from planner.files import write_whole
print("ready", flush=True)
while True:
    for letter in b"ab":
        write_whole(Path(sys.argv[1]), bytes([letter]) * 3_000_000)
"""


def test_a_writer_killed_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    """After each of several kills the file is one of the two that were written, from its first byte to its last."""
    path = tmp_path / "file"
    write_whole(path, b"a" * 3_000_000)
    for seconds in (0.0, 0.004, 0.009, 0.015, 0.023, 0.041):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(seconds)
            writer.kill()
        content = path.read_bytes()
        assert (len(content), len(set(content))) == (3_000_000, 1)
