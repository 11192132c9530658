"""Credentials: whose calendar it is, and the password for it, from the environment or the system's keyring.

Never from the command line, which the shell's history and the list of processes show, and never from a file of ours.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

from planner.errors import InputError, Problem, quoted

USER, PASSWORD = "PLANNER_CALDAV_USER", "PLANNER_CALDAV_PASSWORD"
SERVICE = "planner:{host}"
"""Under what name the keyring keeps the password for a server."""
EXTRA = 'pip install "post-treatment-planner[sync]"'
TO = "--to"


@dataclass(frozen=True)
class Account:
    """Hold the address of a CalDAV server without any credentials in it, and those; neither shows in a traceback."""

    url: str
    user: str = field(repr=False)
    password: str = field(repr=False)

    @property
    def host(self) -> str:
        """The server's name, for messages."""
        return urlsplit(self.url).hostname or ""


def account(url: str, environment: Mapping[str, str] | None = None, *, plain_http: bool = False) -> Account:
    """Return the account that a URL means.

    The user is the one in the URL (`https://anna@host/`; an @ in it is written as %40), else `PLANNER_CALDAV_USER`. The
    password is `PLANNER_CALDAV_PASSWORD`, else what the system's keyring has for that user under `planner:` and the
    name of the host.

    Raises `InputError` where the URL is none, carries a password, or is plain http (everyone on the way reads the
    password) to another machine without `plain_http`, and where the user or the password is not known.
    """
    variables = os.environ if environment is None else environment
    parts = _address(url, plain_http=plain_http)
    host = parts.hostname or ""
    user = unquote(parts.username or "") or variables.get(USER, "")
    if not user:
        raise InputError(
            [Problem(USER, "", "is not set", f"set it, or write the user into the URL: https://anna@{host}/")]
        )
    password = variables.get(PASSWORD) or _from_keyring(SERVICE.format(host=host), user)
    if not password:
        right = f"set it, or give the keyring the password: keyring set {SERVICE.format(host=host)} {quoted(user)}"
        raise InputError([Problem(PASSWORD, "", "is not set, and no keyring has the password", right)])
    return Account(parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl(), user, password)


def may_send_password(url: str, *, plain_http: bool) -> bool:
    """Return whether a password may be sent to an address: over TLS, within this machine, or where the user said so."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and (plain_http or _is_local(parts.hostname or "")))


def _address(url: str, *, plain_http: bool) -> SplitResult:
    """Return the parts of a usable URL; no message repeats it, for a password may stand in it in some odd way."""
    try:
        parts = urlsplit(url.strip())
        fit = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        raise _problem("is no URL", "write it as https://host/path") from None
    if parts.password is not None:
        right = f"leave it out: set {PASSWORD}, or keep it in the system's keyring"
        raise _problem("carries a password, which the shell's history now keeps", right)
    if not fit:
        raise _problem("is no URL of a CalDAV server", "write it as https://host/path")
    if not may_send_password(parts.geturl(), plain_http=plain_http):
        raise _problem("would send the password unencrypted to another machine (http)", "use https")
    return parts


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _from_keyring(service: str, user: str) -> str | None:
    try:
        keyring = import_module("keyring")
        errors = import_module("keyring.errors")
    except ImportError:
        return None
    try:
        password = keyring.get_password(service, user)
    except (errors.KeyringError, RuntimeError, OSError):  # No keyring, a locked one, or one that does not answer.
        return None
    return password if isinstance(password, str) else None


def _problem(wrong: str, right: str) -> InputError:
    return InputError([Problem(TO, "", wrong, right)])
