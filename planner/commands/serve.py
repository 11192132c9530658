"""`planner serve`: the same program in the browser, on this machine only unless told otherwise."""

from __future__ import annotations

import socket
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planner.errors import InputError, OutsideError, Problem
from planner.parsers.beginning import HERE, PORT
from planner.rulebook.file import rulebook

COMMAND = "planner serve"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 (only where a person says so, and then with a password)
PATIENCE = 5
"""Seconds that an answer still has once the server is stopped; who sends half a request does not hold it up."""
MISSING = 'planner serve: its pages need the extra "web"; install it with: pip install "post-treatment-planner[web]"'


@dataclass(frozen=True, kw_only=True)
class Options:
    """Hold what `planner serve` is told."""

    place: Path = Path()
    host: str = HERE[0]
    port: int = PORT
    name: str | None = None
    open_browser: bool = False
    today: date | None = None
    rules: Path | None = None


def run(options: Options) -> int:
    """Serve a case, or a folder of cases, until it is stopped, and return the exit status."""
    try:
        import uvicorn  # noqa: PLC0415 (an extra; only a server needs it)

        from planner.web.app import make_app  # noqa: PLC0415 (as above)
        from planner.web.cases.feeds import Feeds  # noqa: PLC0415 (as above)
        from planner.web.cases.folder import Folder  # noqa: PLC0415 (as above)
        from planner.web.cases.practice import Practice, Reach  # noqa: PLC0415 (as above)
        from planner.web.security.logs import log_without_words  # noqa: PLC0415 (as above)
        from planner.web.security.tokens import own_folder, secrets_in  # noqa: PLC0415 (as above)
    except ImportError as error:
        raise OutsideError(MISSING) from error
    if not options.place.exists():
        wrong = "there is no such case or folder"
        raise InputError([Problem(str(options.place), "", wrong, "give one that there is")])
    local = options.host in HERE
    password = None if local else _password(options.host)
    book, own = rulebook(options.rules), own_folder()
    secrets = secrets_in(own)
    listening = _listening(options.host, options.port)
    number = listening.getsockname()[1]
    # Who listens everywhere is reached by name: no phone can go to 0.0.0.0.
    shown = socket.gethostname() if options.host in EVERYWHERE else options.host
    shown = f"[{shown}]" if ":" in shown else shown
    origin = f"http://{options.name or shown}:{number}"
    folder = Folder(options.place, secrets)
    practice = Practice(
        folder, book, secrets, Feeds(own, secrets), Reach(origin, local), today=options.today, rules=options.rules
    )
    names = [] if local else [name for name in (options.host, options.name, socket.gethostname()) if name]
    app = make_app(practice, password=password, names=names)
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_level="warning",
        access_log=False,  # An address may be a secret.
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=PATIENCE,
    )
    server = uvicorn.Server(config)
    log_without_words(lambda: server.should_exit)
    try:
        print(f"The planner is at {origin}/ (stop it with Ctrl+C).", file=sys.stderr, flush=True)
        if options.open_browser:
            import webbrowser  # noqa: PLC0415 (only where it is asked for)

            webbrowser.open(origin)
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        app.state.planning.end()
        # That is how it is stopped, and whoever saved something on a page was told so there.
        print("\nStopped serving.", file=sys.stderr)
    return 0


def _password(host: str) -> str:
    """Return the password that others have to give; raises `InputError` where there is none."""
    from planner.web.security.password import VARIABLE, password_from_outside  # noqa: PLC0415 (only for others)

    password = password_from_outside()
    if password is None:
        wrong = f"{host} can be reached by others, and there is no password"
        raise InputError([Problem(COMMAND, "--host", wrong, f"set one in {VARIABLE}, or leave --host out")])
    return password


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens; a port that is taken is no traceback."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        right = "give another --port, or --port 0 for a free one"
        raise OutsideError(f"{COMMAND}: {host}:{port} cannot be used ({error.strerror}); {right}") from error
    return listening
