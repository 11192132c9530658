"""User and password: from the URL, the environment and the keyring, and nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringLocked

from planner.calendars.sync.credentials import account
from planner.errors import InputError

pytestmark = pytest.mark.once

SECRET, KEPT = "s3cret", "from the ring"
BOTH = {"PLANNER_CALDAV_USER": "anna", "PLANNER_CALDAV_PASSWORD": SECRET}


class OneRing(KeyringBackend):
    """Hold one password, or fail as a locked keyring does."""

    priority = 1
    failure: Exception | None = None

    def get_password(self, service: str, username: str) -> str | None:
        """Return the password of anna at the example host."""
        if self.failure is not None:
            raise self.failure
        return KEPT if (service, username) == ("planner:cal.example.org", "anna") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep none."""
        raise NotImplementedError

    def delete_password(self, service: str, username: str) -> None:
        """Delete none."""
        raise NotImplementedError


@pytest.fixture(autouse=True)
def ring() -> Iterator[OneRing]:
    """Put a keyring of our own in the place of the machine's."""
    before = keyring.get_keyring()
    ring = OneRing()  # type: ignore[no-untyped-call] # its base has no types
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def refused(url: str, environment: dict[str, str] | None = None, *, plain_http: bool = False) -> str:
    """Return what is said about a URL that cannot be used."""
    with pytest.raises(InputError) as error:
        account(url, BOTH if environment is None else environment, plain_http=plain_http)
    return str(error.value)


@pytest.mark.parametrize(
    ("url", "user"),
    [
        ("https://cal.example.org/dav/", "anna"),
        ("https://ben@cal.example.org/dav/", "ben"),
        ("https://ben%40example.org@cal.example.org/dav/", "ben@example.org"),
        ("https://ben@example.org@cal.example.org/dav/", "ben@example.org"),
    ],
)
def test_the_user_is_the_urls_or_else_the_environments(url: str, user: str) -> None:
    """And the address is without it."""
    found = account(url, BOTH)
    assert ("https://cal.example.org/dav/", user, SECRET, "cal.example.org") == (
        found.url,
        found.user,
        found.password,
        found.host,
    )


def test_the_environments_password_comes_before_the_keyrings() -> None:
    """An empty variable is none."""
    user = {"PLANNER_CALDAV_USER": "anna"}
    assert account("https://cal.example.org/", BOTH).password == SECRET
    assert account("https://cal.example.org/", user).password == KEPT
    assert account("https://cal.example.org/", {**BOTH, "PLANNER_CALDAV_PASSWORD": ""}).password == KEPT


@pytest.mark.parametrize("failure", [KeyringLocked("locked"), InitError("none"), RuntimeError("no bus"), None])
def test_a_password_that_nobody_has_is_asked_for(ring: OneRing, failure: Exception | None) -> None:
    """Whatever is the matter with the keyring, the message says both ways to give one."""
    ring.failure = failure
    expected = (
        "PLANNER_CALDAV_PASSWORD: is not set, and no keyring has the password; set it, or give the keyring the "
        'password: keyring set planner:other.example.org "anna"'
    )
    assert expected == refused("https://anna@other.example.org/", {})


def test_without_the_keyring_package_the_environment_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package is only asked where the variable is not set."""
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert account("https://cal.example.org/", BOTH).password == SECRET
    assert "PLANNER_CALDAV_PASSWORD: is not set" in refused("https://anna@cal.example.org/", {})


def test_a_user_that_nobody_named_is_asked_for() -> None:
    """The message says both ways to give one."""
    assert "PLANNER_CALDAV_USER: is not set; set it, or write the user into the URL: https://anna@cal.example.org/" == (
        refused("https://cal.example.org/", {"PLANNER_CALDAV_PASSWORD": SECRET})
    )


@pytest.mark.parametrize("url", ["https://anna:hunter2@cal.example.org/", "https://:hunter2@cal.example.org/"])
def test_a_password_in_the_url_is_refused_and_not_repeated(url: str) -> None:
    """It stands in the shell's history by now; the message says where it belongs."""
    said = refused(url)
    assert "--to: carries a password, which the shell's history now keeps; leave it out" in said
    assert "hunter2" not in said


@pytest.mark.parametrize(
    "url",
    [
        "",
        "cal.example.org",
        "anna:hunter2@cal.example.org",
        "ftp://cal.example.org/",
        "webcal://cal.example.org/",
        "https://",
        "https:///path",
        "https://cal.example.org:port/",
        "https://cal.example.org:70000/",
        "https://[::1/",
    ],
)
def test_what_is_no_url_is_refused_and_not_repeated(url: str) -> None:
    """A password may stand anywhere in it."""
    said = refused(url)
    assert said.startswith("--to: is no URL")
    assert "hunter2" not in said


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "[::1]", "cal.localhost"])
def test_this_machine_may_be_spoken_to_without_encryption(host: str) -> None:
    """Nobody is on the way."""
    assert account(f"http://{host}:5232/", BOTH).url == f"http://{host}:5232/"


@pytest.mark.parametrize("host", ["cal.example.org", "192.168.1.5", "localhost.example.org", "127.0.0.1.nip.io"])
def test_another_machine_may_not_unless_it_is_said_to(host: str) -> None:
    """Everybody on the way would read the password."""
    assert "--to: would send the password unencrypted to another machine (http)" in refused(f"http://{host}/")
    assert account(f"http://{host}/", BOTH, plain_http=True).url == f"http://{host}/"


def test_credentials_do_not_show_in_a_traceback() -> None:
    """They are left out of what is printed of an account."""
    shown = repr(account("https://cal.example.org/", BOTH))
    assert SECRET not in shown
    assert "anna" not in shown
