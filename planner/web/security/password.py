"""The password that whoever asks from another machine has to give (HTTP basic authentication)."""

from __future__ import annotations

import hmac
import os
from base64 import b64decode
from binascii import Error as Base64Error
from collections import deque
from collections.abc import Callable
from time import monotonic

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

VARIABLE = "PLANNER_PASSWORD"
KEYRING = "planner serve"
MOST_TRIES = 10
"""So many wrong passwords within `MINUTE`, and nobody is let in for as long."""
MINUTE = 60.0


def password_from_outside() -> str | None:
    """Return the password from the environment or the keyring, None where there is none."""
    if password := os.environ.get(VARIABLE):
        return password
    try:
        import keyring  # noqa: PLC0415 (an extra; only a server for others needs it)
        from keyring.errors import KeyringError  # noqa: PLC0415 (as above)
    except ImportError:
        return None
    try:
        return keyring.get_password(KEYRING, "planner")
    except KeyringError:
        return None


class AskPassword:
    """Let in who knows the password; a feed's address is a secret by itself, and calendars cannot type."""

    def __init__(self, app: ASGIApp, password: str, clock: Callable[[], float] = monotonic) -> None:
        self.app = app
        self._password = password.encode()
        self._clock = clock
        self._wrong: deque[float] = deque(maxlen=MOST_TRIES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http" or scope["path"].startswith("/feed/"):
            await self.app(scope, receive, send)
            return
        if len(self._wrong) == MOST_TRIES and self._clock() - self._wrong[0] < MINUTE:
            await PlainTextResponse("Too many tries. Wait a minute.", 429)(scope, receive, send)
            return
        offered = _password_in(Headers(scope=scope).get("authorization", ""))
        if offered is not None and hmac.compare_digest(offered, self._password):
            await self.app(scope, receive, send)
            return
        if offered is not None:
            self._wrong.append(self._clock())
        refusal = PlainTextResponse("A password is needed.", 401, {"www-authenticate": 'Basic realm="planner"'})
        await refusal(scope, receive, send)


def _password_in(header: str) -> bytes | None:
    scheme, _, coded = header.partition(" ")
    if scheme.casefold() != "basic":
        return None
    try:
        return b64decode(coded, validate=True).partition(b":")[2]
    except (Base64Error, ValueError):
        return b""
