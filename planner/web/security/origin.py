"""Where a request comes from: only names that are ours (DNS rebinding), and no other site's forms and scripts."""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class OwnOrigin:
    """Refuse what was sent to another name than ours, and what another site sent.

    `names` are the host names by which this server may be asked. Beside them an address in digits is fine where
    `any_address` is set: a name that somebody points at this machine can never be one.
    """

    def __init__(self, app: ASGIApp, names: Collection[str] = LOOPBACK, *, any_address: bool = False) -> None:
        self.app = app
        self.names = frozenset(name.casefold() for name in names)
        self.any_address = any_address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] == "http":
            refusal = self._refusal(scope["method"], Headers(scope=scope))
            if refusal is not None:
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _refusal(self, method: str, headers: Headers) -> PlainTextResponse | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._is_ours(hosts[0]):
            return PlainTextResponse("This is not a name of this server.", 400)
        if method in SAFE_METHODS:
            return None
        origin = headers.get("origin")
        if origin is not None:
            if origin.partition("://")[2].casefold() != hosts[0].casefold():
                return PlainTextResponse("Another site sent this.", 403)
        elif headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return PlainTextResponse("Another site sent this.", 403)
        return None

    def _is_ours(self, host: str) -> bool:
        # Nothing but a name and a port: what else an address may hold has no place in this header.
        written = HOST.fullmatch(host)
        if written is None:
            return False
        name = written["name"].strip("[]").casefold()
        return name in self.names or (self.any_address and _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
