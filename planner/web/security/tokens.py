"""Secrets: one for this installation, from which the others are made; compared in constant time, never logged."""

from __future__ import annotations

import hmac
import os
from hashlib import sha256
from pathlib import Path
from secrets import token_hex, token_urlsafe

from planner.errors import OutsideError

COOKIE = "planner"
FIELD = "token"
"""The form field that carries the token against cross-site requests."""


class Secrets:
    """Make and check what nobody else can make: keys of cases, tokens of forms, addresses of feeds."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def _made(self, purpose: str, text: str) -> str:
        return hmac.new(self._secret, f"{purpose}\x1f{text}".encode(), sha256).hexdigest()

    def case_key(self, path: Path) -> str:
        """Return by what addresses know a case: not its name, and the same after a restart."""
        return self._made("case", str(path.resolve()))[:8]

    def form_token(self, session: str) -> str:
        """Return the token of the forms of one browser, whose cookie holds `session`."""
        return self._made("form", session)

    def is_form_token(self, session: str, token: str) -> bool:
        """Return whether a form came from a page that was made for this browser."""
        return bool(session) and hmac.compare_digest(self.form_token(session).encode(), token.encode())

    def workout_key(self, uid: str) -> str:
        """Return by what addresses know a workout: from its identity one could find out what kind it is."""
        return self._made("workout", uid)[:8]

    def feed_secret(self, path: Path, number: int) -> str:
        """Return the secret in the address of a case's calendar; another `number` gives another address."""
        return self._made("feed", f"{number}\x1f{path.resolve()}")[:40]


def new_session() -> str:
    """Return what a browser's cookie holds: a number drawn by lot, that says nothing about the person."""
    return token_urlsafe(18)


def secrets_in(folder: Path) -> Secrets:
    """Return the secrets of an installation whose own folder this is; the first time one is drawn and kept there.

    Raises `OutsideError` where the folder cannot be written.
    """
    file = folder / "secret"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
                new.write(token_hex(32))
        except FileExistsError:
            pass
        secret = bytes.fromhex(file.read_text().strip())
    except ValueError as error:
        raise OutsideError(f"{file}: is damaged; delete it, and the feeds get new addresses") from error
    except OSError as error:
        raise OutsideError(f"{file}: cannot be kept ({error.strerror}); make that folder writable for you") from error
    return Secrets(secret)


def own_folder() -> Path:
    """Return where this installation keeps what is its own (`PLANNER_STATE`, else the user's state folder)."""
    named = os.environ.get("PLANNER_STATE")
    if named:
        return Path(named)
    state = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(state) / "planner" if state else Path.home() / ".local" / "state" / "planner"
