"""How much a request may bring: more is refused before it is read."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_FORM = 1_500_000
"""Bytes of a form without a file."""
LARGEST_FILE = 10_000_000
"""Bytes of a form that brings a calendar file: what the reader of files takes."""


class TooLargeError(Exception):
    """Say that a request went on beyond what it may bring."""


class BoundedRequests:
    """Refuse what is larger than a form, or a calendar file, may be."""

    def __init__(self, app: ASGIApp, form: int = LARGEST_FORM, file: int = LARGEST_FILE) -> None:
        self.app = app
        self.form = form
        self.file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = self.file if headers.get("content-type", "").startswith("multipart/form-data") else self.form
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > limit:
            await self._refuse(scope, receive, send)
            return
        read, answered = 0, False

        async def receive_within_bounds() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise TooLargeError
            return message

        async def send_and_note(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        try:
            await self.app(scope, receive_within_bounds, send_and_note)
        except TooLargeError:
            if answered:
                raise
            await self._refuse(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("That is too large.", 413)(scope, receive, send)
