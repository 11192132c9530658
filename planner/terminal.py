"""The terminal: what is printed is cleaned and cut here, and here alone, and what cannot be printed is said.

Names, titles, a server's words come from outside: a character that moves the cursor, turns the writing around or takes
over the terminal reaches no terminal. What is printed in colour goes through `console`, all else through `print`.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TextIO, cast

from planner import files
from planner.errors import OutsideError, one_of

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderableType, RenderHook, RenderResult

SIGNALLED = 128
INTERRUPTED = SIGNALLED + signal.SIGINT
"""The exit status of a program that was stopped by Ctrl-C."""
LONGEST_LINE = 1000
"""Characters of a message: what is longer repeats somebody's whole file."""
KEPT_END = 200
"""So many characters of a cut line's end are kept: it says what would be right."""
_SEQUENCE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])|\x9b[0-?]*[ -/]*[@-~]"
)
"""What a terminal takes for a command (ECMA-48): control sequences, strings, and short escapes."""
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Control characters, marks that turn the writing around, and halves of pairs."""
_PLAIN = str.maketrans({
    "\u2013": "-", "\u2014": "-", "\u2011": "-", "\u2212": "-", "\u2026": "...", "\u00b7": "-", "\u00d7": "x",
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2192": "->", "\u2265": ">=", "\u2264": "<=",
})  # fmt: skip
"""What stands for a letter of ours that an encoding lacks."""


class OutputError(OutsideError):
    """Say that standard output does not take what is printed, and what was written all the same."""

    def __init__(self, why: str) -> None:
        wrote = files.written()
        done = f"; {one_of(wrote).replace(' or ', ' and ')} is written" if wrote else ""
        super().__init__(f"standard output cannot be written ({why}){done}; send it elsewhere, or make room")


def clean(text: str) -> str:
    """Return a text that does nothing to a terminal but show."""
    if text.isascii() and text.isprintable():
        return text
    if _is_json(text):
        return _UNFIT.sub(lambda match: _escape(match[0]), text)
    return _UNFIT.sub("", _SEQUENCE.sub("", text))


def cut(text: str, most: int = LONGEST_LINE) -> str:
    """Return a text whose lines are cut in the middle where they are longer than a person reads."""
    if len(text) <= most:
        return text
    return "\n".join(
        line if len(line) <= most else f"{line[: most - KEPT_END]} … {line[-KEPT_END:]}" for line in text.split("\n")
    )


def in_encoding(text: str, encoding: str) -> str:
    """Return what is nearest to a text in an encoding that lacks some of its letters; JSON stays the same JSON."""
    if _is_json(text):
        return "".join(_escaped(letter, encoding) for letter in text)
    return text.translate(_PLAIN).encode(encoding, "replace").decode(encoding)


def _is_json(text: str) -> bool:
    """Return whether a text is a whole JSON document, for which every character has an escape."""
    return text[:2] in {"{\n", "[\n"}


def _escaped(letter: str, encoding: str) -> str:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return _escape(letter)
    return letter


def _escape(letter: str) -> str:
    units = letter.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[place : place + 2].hex()}" for place in range(0, len(units), 2))


class Stream:
    """Stand for standard output or standard error: text is cleaned, and a failure is an `OutputError`, or nothing.

    `uncleaned` is the same without the cleaning, for what is cleaned before it gets its colours.
    """

    def __init__(self, stream: TextIO | None, *, errors: bool, cleans: bool = True) -> None:
        self.stream = stream
        self.errors = errors
        self.cleans = cleans

    @property
    def uncleaned(self) -> TextIO:
        """The stream for what is clean already."""
        return cast("TextIO", Stream(self.stream, errors=self.errors, cleans=False))

    @property
    def buffer(self) -> Any:
        """The stream for bytes."""
        return _Bytes(self)

    def write(self, text: str) -> int:
        """Write text, as well as the encoding lets it."""
        if self.cleans:
            text = cut(clean(text)) if self.errors else clean(text)
        return self.guarded(lambda stream: self._send(stream, text)) or len(text)

    def flush(self) -> None:
        """Have what was written arrive."""
        self.guarded(lambda stream: stream.flush())

    def guarded(self, send: Callable[[TextIO], Any]) -> Any:
        """Do something with the stream; where it fails, say so, or give up where that is what cannot be said."""
        try:
            if self.stream is not None and not self.stream.closed:
                return send(self.stream)
            if not self.errors:
                raise OutputError("it is closed")
        except BrokenPipeError:
            self._hush()
            if not self.errors:
                raise
        except OSError as error:
            self._hush()
            if not self.errors:
                raise OutputError(error.strerror or "it fails") from None
        return None

    @staticmethod
    def _send(stream: TextIO, text: str) -> int:
        try:
            return stream.write(text)
        except UnicodeEncodeError:
            return stream.write(in_encoding(text, stream.encoding))

    def _hush(self) -> None:
        """Have what is left in the stream go nowhere: at the end it would fail once more, with a traceback."""
        with suppress(OSError, ValueError, AttributeError):
            descriptor = cast("TextIO", self.stream).fileno()
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, descriptor)
            os.close(nowhere)

    def isatty(self) -> bool:
        """Return whether a person reads along."""
        return self.stream is not None and not self.stream.closed and self.stream.isatty()

    @property
    def encoding(self) -> str:
        """How text is written."""
        return getattr(self.stream, "encoding", None) or "utf-8"

    def __getattr__(self, name: str) -> Any:
        """Be what the stream is in all other ways."""
        if self.stream is None:
            raise AttributeError(name)
        return getattr(self.stream, name)


class _Bytes:
    """Stand for the bytes of a stream."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream

    def write(self, content: bytes) -> int:
        """Write bytes."""

        def send(stream: TextIO) -> int:
            stream.flush()
            return stream.buffer.write(content)

        return self.stream.guarded(send) or 0

    def flush(self) -> None:
        """Have what was written arrive."""
        self.stream.flush()


_interrupts: list[int] = []


def was_interrupted() -> bool:
    """Return whether Ctrl-C was pressed, also where a library made an error of its own out of that."""
    return bool(_interrupts)


@contextmanager
def _noting_interrupts() -> Iterator[None]:
    """Have Ctrl-C noted, and a system that asks to end, where nobody has a way of their own for it, as a server has."""
    _interrupts.clear()
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    every: dict[int, Any] = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}
    usual = {number: handler for number, handler in every.items() if signal.getsignal(number) is handler}
    for number in usual:
        signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)


def _interrupt(number: int, _: object) -> None:
    _interrupts.append(number)
    raise KeyboardInterrupt


def shielded(run: Callable[[], int]) -> int:
    """Run a command with clean streams and return its exit status; say what was written where it is stopped."""
    files.forget_written()
    before = sys.stdout, sys.stderr
    output, errors = Stream(sys.stdout, errors=False), Stream(sys.stderr, errors=True)
    sys.stdout, sys.stderr = cast("TextIO", output), cast("TextIO", errors)
    try:
        with _noting_interrupts():
            return run()
    except BrokenPipeError:
        # Whoever read our output has seen enough (`planner … | head`): nothing is wrong.
        return 0
    except KeyboardInterrupt:
        wrote = files.written()
        outcome = f"{one_of(wrote).replace(' or ', ' and ')} was written before" if wrote else "Nothing was written"
        print(f"\nStopped. {outcome}.", file=sys.stderr)
        return SIGNALLED + _interrupts[-1] if _interrupts else INTERRUPTED
    finally:
        sys.stdout, sys.stderr = before


def console(*, stderr: bool = False, **options: Any) -> Console:
    """Return a console for what is printed in colour, its texts cleaned on their way."""
    from rich.console import Console  # noqa: PLC0415 (only what is printed in colour needs it)

    class Piped(Console):
        """A console that leaves it to `shielded` what a reader who has seen enough means: its own way is status 1."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    stream = sys.stderr if stderr else sys.stdout
    # What people write between colons is theirs, and the table of all pictures takes a moment to load.
    console = Piped(file=stream.uncleaned if isinstance(stream, Stream) else stream, emoji=False, **options)
    console.push_render_hook(_hook())
    return console


def _hook() -> RenderHook:
    """Return what has everything that a console shows cleaned."""
    from rich.console import RenderHook  # noqa: PLC0415 (as above)
    from rich.control import Control  # noqa: PLC0415 (as above)

    class Cleaning(RenderHook):
        def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
            return [
                renderable if isinstance(renderable, Control) else _Cleaned(renderable) for renderable in renderables
            ]

    return Cleaning()


class _Cleaned:
    """Show something with its texts cleaned, once it has its colours."""

    def __init__(self, shown: RenderableType) -> None:
        self.shown = shown

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        return self._segments(console, options)

    def _segments(self, console: Console, options: ConsoleOptions) -> Iterator[Any]:
        for segment in console.render(self.shown, options):
            yield segment if segment.control else segment._replace(text=clean(segment.text))
