"""What is logged: that something broke, and where; never a word of what was asked, typed, or stands in a case."""

from __future__ import annotations

import logging
import traceback
from asyncio import CancelledError
from collections.abc import Callable

SAID = "something broke while a page was made; nothing was changed"


class WordlessLog(logging.Filter):
    """Let through what a server logs of itself, and of an error its kind and place alone.

    The message of an error may hold what a person typed, and an address may be a secret. Once it is `stopping`, what
    that cuts off is no error.
    """

    def __init__(self, stopping: Callable[[], bool] = lambda: False) -> None:
        super().__init__()
        self._stopping = stopping

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the words out of a record, and return whether it is logged."""
        error = record.exc_info[1] if record.exc_info else None
        if self._stopping() and isinstance(error, CancelledError | None):
            return False
        if error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            places = "\n".join(f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
            record.msg, record.args = f"{SAID}: {type(error).__name__}\n{places}", ()
            record.exc_info, record.exc_text = None, None
        return True


def log_without_words(stopping: Callable[[], bool]) -> None:
    """Have the server log nothing that a person said, nor that it was stopped, which who stopped it knows."""
    logging.getLogger("uvicorn.error").addFilter(WordlessLog(stopping))
