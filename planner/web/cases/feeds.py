"""Feeds: the address of each case's calendar, its secret, and how much it says."""

from __future__ import annotations

import hmac
import json
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from planner.errors import OutsideError
from planner.files import write_whole
from planner.web.security.tokens import Secrets


class Feed(NamedTuple):
    """Say how often a feed's address was renewed, and whether it says everything; it does not unless told to."""

    number: int = 0
    full: bool = False


class Feeds:
    """Know the feeds of an installation by the keys of their cases."""

    def __init__(self, folder: Path, secrets: Secrets) -> None:
        self._file = folder / "feeds.json"
        self._secrets = secrets
        self._lock = Lock()

    def of(self, key: str) -> Feed:
        """Return what is set for a case's feed."""
        return self._all().get(key, Feed())

    def change(self, key: str, feed: Feed) -> None:
        """Set what a case's feed says, or renew its address.

        Raises `OutsideError` where it cannot be kept.
        """
        with self._lock:
            feeds = {**self._all(), key: feed}
            content = json.dumps({name: feed._asdict() for name, feed in feeds.items()}, indent=1)
            write_whole(self._file, content.encode(), mode=0o600)

    def secret(self, key: str, path: Path) -> str:
        """Return the secret in the address of a case's feed."""
        return self._secrets.feed_secret(path, self.of(key).number)

    def is_secret(self, key: str, path: Path, secret: str) -> bool:
        """Return whether a secret is that of a case's feed, in the same time whatever it is."""
        return hmac.compare_digest(self.secret(key, path).encode(), secret.encode())

    def _all(self) -> dict[str, Feed]:
        try:
            data = json.loads(self._file.read_text())
            return {key: Feed(int(record["number"]), bool(record["full"])) for key, record in data.items()}
        except FileNotFoundError:
            return {}
        except (ValueError, KeyError, TypeError) as error:
            raise OutsideError(f"{self._file}: is damaged; delete it, and the feeds are private again") from error
        except OSError as error:
            raise OutsideError(f"{self._file}: cannot be read ({error.strerror}); make it readable for you") from error
