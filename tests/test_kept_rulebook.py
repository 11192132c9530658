"""The checked form of the rulebook: the same rulebook, and only while no file of it has changed."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.rulebook.file import read_rulebook
from planner.rulebook.reading.kept import NO_CACHE, kept_rulebook
from planner.rulebook.reading.reader import RulebookReader
from tests.readme import ROOT


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the shipped rulebook, with a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv(NO_CACHE, raising=False)
    return Path(shutil.copytree(ROOT / "rules", tmp_path / "rules"))


def form(folder: Path) -> Path:
    """Return where the checked form stands."""
    return folder.parent / "cache" / "planner" / "rulebook.pickle"


def change(folder: Path, old: str, new: str) -> None:
    """Replace a text in a file of the rulebook."""
    path = folder / "training.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_form_holds_the_same_rulebook(folder: Path) -> None:
    """To the last figure, and in the same order."""
    made, kept = kept_rulebook(folder), kept_rulebook(folder)
    assert form(folder).is_file()
    assert made == kept == read_rulebook(folder)
    assert made.version == kept.version
    for part in ("rules", "regions", "workouts", "treatments", "bands", "signs"):
        assert list(getattr(made, part)) == list(getattr(kept, part))


def test_the_form_is_read_where_nothing_has_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time no file of the rulebook is read entry by entry."""
    kept_rulebook(folder)
    monkeypatch.setattr("planner.rulebook.reading.reader.RulebookReader", None)
    assert kept_rulebook(folder).rules


def test_a_changed_rule_is_read_anew(folder: Path) -> None:
    """A figure that is changed counts at once."""
    kept_rulebook(folder)
    change(folder, "days_between_long = 5", "days_between_long = 6")
    assert kept_rulebook(folder).rules["training.long_runs_apart"].days_between_long == 6


def test_the_digest_covers_all_that_reads_a_rulebook() -> None:
    """The reader loads modules of the rulebook's own floor and of the ground floor, and those the digest counts."""
    script = "import sys, planner.rulebook.reading.reader; print(*(m for m in sys.modules if m.startswith('planner.')))"
    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    rooms = [module.split(".")[1:] for module in printed.stdout.split()]
    assert ["rulebook", "reading", "reader"] in rooms
    assert [room for room in rooms if len(room) > 1 and room[0] != "rulebook"] == []


def test_a_mistake_is_said_although_a_form_is_kept(folder: Path) -> None:
    """What no longer reads is never planned by."""
    kept_rulebook(folder)
    change(folder, "days_between_long = 5", "days_between_long = -5")
    with pytest.raises(InputError):
        kept_rulebook(folder)


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"half"])
def test_a_damaged_form_is_made_anew(folder: Path, damage: bytes) -> None:
    """Whatever stands there instead, the rulebook is the right one, and so is the form afterwards."""
    made = kept_rulebook(folder)
    whole = form(folder).read_bytes()
    form(folder).write_bytes(damage if damage != b"half" else whole[: len(whole) // 2])
    assert kept_rulebook(folder) == made
    assert form(folder).read_bytes() == whole


def test_a_form_that_was_changed_by_hand_does_not_count(folder: Path) -> None:
    """Its own digest tells."""
    made = kept_rulebook(folder)
    form(folder).write_bytes(form(folder).read_bytes().replace(b"Long runs", b"Short runs"))
    assert kept_rulebook(folder) == made


@pytest.mark.parametrize("written", [print, RulebookReader, Path("x"), [1, 2]], ids=["call", "class", "object", "list"])
def test_a_form_holds_nothing_but_models_of_the_rulebook(folder: Path, written: object) -> None:
    """Whoever writes something else there, with a digest that is right, has the rulebook read anew, and nothing run."""
    made = kept_rulebook(folder)
    digests, _, version = form(folder).read_bytes().partition(b"\n")[0].decode().rpartition(" ")
    digest, content = digests.split()[0], pickle.dumps(written)
    form(folder).write_bytes(f"{digest} {sha256(content).hexdigest()} {version}\n".encode() + content)
    assert kept_rulebook(folder) == made


def test_reading_a_form_calls_nothing(folder: Path) -> None:
    """A function that the form would have called is not even looked up."""

    class Called:
        def __reduce__(self) -> tuple[object, tuple[Path]]:
            return Path.touch, (folder / "touched",)

    made = kept_rulebook(folder)
    digests, _, version = form(folder).read_bytes().partition(b"\n")[0].decode().rpartition(" ")
    content = pickle.dumps(Called())
    form(folder).write_bytes(f"{digests.split()[0]} {sha256(content).hexdigest()} {version}\n".encode() + content)
    assert kept_rulebook(folder) == made
    assert not (folder / "touched").exists()


def test_nothing_is_kept_where_none_is_wanted_or_possible(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rulebook is read all the same."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "training.toml"))
    assert kept_rulebook(folder).rules
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder.parent / "cache"))
    monkeypatch.setenv(NO_CACHE, "1")
    assert kept_rulebook(folder).rules
    assert not form(folder).exists()
