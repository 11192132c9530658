"""The folder of a practice, or the one case: which cases there are, and by what key addresses know them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from planner.errors import InputError, OutsideError, Problem
from planner.web.security.tokens import Secrets

MOST_CASES = 100_000


class Folder:
    """Find cases by their key; nothing outside the folder is ever reached, for no name comes from an address."""

    def __init__(self, place: Path, secrets: Secrets) -> None:
        self.place = place.resolve()
        self.single = place if place.is_file() else None
        self._secrets = secrets
        self._keys: dict[str, Path] = {}
        self._lock = Lock()

    @property
    def home(self) -> Path:
        """The folder in which new cases are made."""
        return self.place.parent if self.single is not None else self.place

    def paths(self) -> list[Path]:
        """Return the case files, by name: `*.toml` of the folder itself, no hidden ones, and no links that lead out.

        Raises `OutsideError` where the folder cannot be read.
        """
        if self.single is not None:
            return [self.place]
        try:
            with os.scandir(self.place) as entries:
                names = [entry.name for entry in entries if entry.name.endswith(".toml") and self._is_ours(entry)]
        except OSError as error:
            raise OutsideError(f"{self.place}: cannot be read ({error.strerror}); make it readable for you") from error
        return [self.place / name for name in sorted(names)[:MOST_CASES]]

    def _is_ours(self, entry: os.DirEntry[str]) -> bool:
        # The system says of all files at once what they are: only of a link is it asked where it leads.
        if entry.name.startswith(".") or not entry.is_file():
            return False
        return not entry.is_symlink() or Path(entry.path).resolve().parent == self.place

    def keys(self) -> dict[str, Path]:
        """Return every case file by its key."""
        key_of = {path: key for key, path in self._keys.items()}
        keys = {key_of.get(path) or self._secrets.case_key(path): path for path in self.paths()}
        with self._lock:
            self._keys = keys
        return keys

    def path_of(self, key: str) -> Path | None:
        """Return the case file that has a key, None where there is none."""
        path = self._keys.get(key)
        if path is not None and path.is_file():
            return path
        return self.keys().get(key)

    def new_path(self, name: str) -> Path:
        """Return where a new case of a person is kept: a plain name that nothing in the folder has yet.

        Raises `InputError` where so many have that name that something else is wrong.
        """
        stem = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name.casefold())
        stem = "-".join(part for part in stem.split("-") if part)[:40] or "case"
        for candidate in self._names(stem):
            path = self.home / candidate
            if not path.exists() and not path.with_suffix(".ics").exists():
                return path
        raise InputError([Problem("name", "", f'"{name}" is the name of too many cases', "give another name")])

    def _names(self, stem: str) -> Iterator[str]:
        yield f"{stem}.toml"
        yield from (f"{stem}-{number}.toml" for number in range(2, 1000))

    def keep(self, path: Path) -> str:
        """Return the key of a case that was just made."""
        if self.single is not None and path != self.place:
            # From one case to several: from here on it is a folder.
            self.place, self.single = path.parent, None
        key = self._secrets.case_key(path)
        with self._lock:
            self._keys[key] = path
        return key
