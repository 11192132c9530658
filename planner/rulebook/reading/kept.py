"""Keep a checked form of the shipped rulebook, for as long as not a byte of it changes: reading it anew takes longest.

What is kept stands in the person's cache folder, under a digest of every file of the rulebook, of the program and the
library that read them, and of the form itself. Whatever does not agree is read and checked anew; where nothing can be
kept, that is all that happens.

The form is pickled, for it is checked already: to check it again, as JSON, took three times as long.
Reading it makes no object but models of the rulebook, whatever somebody wrote into the file.
"""

from __future__ import annotations

import io
import os
import pickle
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pydantic

from planner.errors import InputError, OutsideError
from planner.files import write_whole
from planner.models import Frozen
from planner.rulebook.model import Rulebook

NO_CACHE = "PLANNER_NO_CACHE"
"""The environment variable that says, with any value, that nothing is kept."""
_CODE = Path(__file__).parents[2]
_ROOM = "planner.rulebook."
_PROTOCOL = 5


def kept_rulebook(folder: Path) -> Rulebook:
    """Return the rulebook of a folder out of its checked form, or read and checked, and then kept.

    Raises `InputError` with every mistake of all its files.
    """
    place = _place()
    digest = _digest(folder)
    rulebook = None if place is None else _load_kept(place, digest)
    if rulebook is not None:
        return rulebook
    from planner.rulebook.reading.reader import RulebookReader  # noqa: PLC0415 (what is kept needs no reading)

    reader = RulebookReader()
    reader.read(folder, folder.name)
    made = reader.checked()
    if place is not None:
        _keep(made, place, digest)
    return made


def _place() -> Path | None:
    """Return the file in which the form is kept, or None where there is no place for it, or none is wanted."""
    if os.environ.get(NO_CACHE):
        return None
    folder = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        home = Path(folder) if folder else Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    except RuntimeError:
        return None
    return home / "planner" / "rulebook.pickle"


def _digest(folder: Path) -> str:
    """Return a digest of every file of a rulebook, and of what reads it: this program, Python and pydantic."""
    total = sha256(f"{pydantic.VERSION} {sys.version}".encode())
    for path in sorted(folder.rglob("*.toml")):
        total.update(path.relative_to(folder).as_posix().encode())
        with suppress(OSError):
            total.update(sha256(path.read_bytes()).digest())
    # What reads a rulebook imports nothing of the program but this floor and the ground floor (a test holds it so).
    for path in sorted((*_CODE.glob("*.py"), *(_CODE / "rulebook").rglob("*.py"))):
        status = path.stat()
        total.update(f"{path.name} {status.st_size} {status.st_mtime_ns}".encode())
    return total.hexdigest()


class _FormReader(pickle.Unpickler):
    """Read a form that holds nothing but models of the rulebook: no other class or function is as much as looked up."""

    def find_class(self, module: str, name: str) -> type[Frozen]:
        """Return a model of the rulebook; raise `UnpicklingError` for anything else."""
        model = getattr(sys.modules.get(module), name, None) if module.startswith(_ROOM) else None
        if isinstance(model, type) and issubclass(model, Frozen):
            return model
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a rulebook")


def _load_kept(place: Path, digest: str) -> Rulebook | None:
    try:
        head, _, form = place.read_bytes().partition(b"\n")
        digests, _, version = head.decode("ascii").rpartition(" ")
        if digests != f"{digest} {sha256(form).hexdigest()}":
            return None
        kept = _FormReader(io.BytesIO(form)).load()
    except (OSError, UnicodeDecodeError, pickle.UnpicklingError):
        return None
    if not isinstance(kept, Rulebook):
        return None
    # Whoever asks for it would have all of it written out once more.
    vars(kept)["version"] = version
    return kept


def _keep(made: Rulebook, place: Path, digest: str) -> None:
    # Without what it has worked out since it was read: only models are read back.
    fields = {name: getattr(made, name) for name in made.model_fields_set}
    form = pickle.dumps(Rulebook.model_construct(made.model_fields_set, **fields), _PROTOCOL)
    content = f"{digest} {sha256(form).hexdigest()} {made.version}\n".encode() + form
    # Nobody is told: it costs only time, and only the next time.
    with suppress(OSError, OutsideError, InputError):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(place, content, mode=0o600, noted=False)
