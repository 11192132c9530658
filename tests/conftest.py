"""Settings of the whole suite: property tests are the same on every run where `CI` is set."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.servers import radicale

# Whoever runs the tests may have defaults of their own, and a terminal of any width.
os.environ.pop("COLUMNS", None)
os.environ["XDG_CONFIG_HOME"] = str(Path(__file__).parent / "no settings")
settings.register_profile("default", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), derandomize=True, print_blob=True)
# Without making what fails as small as it can be: that takes minutes, and is done by running the one test again.
settings.register_profile(
    "short", settings.get_profile("ci"), max_examples=10, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
# Against the built wheel: whether all that is needed lies in it, a few examples show.
settings.register_profile("wheel", settings.get_profile("short"), max_examples=3)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=1200)
settings.register_profile("fuzz", settings.get_profile("default"), max_examples=2000)
settings.register_profile("fuzz-long", settings.get_profile("default"), max_examples=100_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default"))


@pytest.fixture(scope="session")
def calendar_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a CalDAV server for one worker's tests, and give its URL; each test makes a calendar of its own there."""
    with radicale(tmp_path_factory.mktemp("radicale")) as url:
        yield url
