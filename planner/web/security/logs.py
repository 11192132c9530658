"""What is logged: that something broke, and where; never a word of what was asked, typed, or stands in a case."""

from __future__ import annotations

import logging
import traceback

SAID = "something broke while a page was made; nothing was changed"


class WordlessLog(logging.Filter):
    """Let through what a server logs of itself, and of an error its kind and place alone.

    The message of an error may hold what a person typed, and an address may be a secret.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the words out of a record; it is always logged."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            places = "\n".join(f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
            record.msg, record.args = f"{SAID}: {type(error).__name__}\n{places}", ()
            record.exc_info, record.exc_text = None, None
        return True


def log_without_words() -> None:
    """Have the server log nothing that a person said."""
    logging.getLogger("uvicorn.error").addFilter(WordlessLog())
