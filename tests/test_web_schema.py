"""The API against its own document: whatever is sent, nothing breaks, and no answer is outside of what is described."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, settings
from starlette.testclient import TestClient

from planner.web.api.schema import openapi
from planner.web.app import make_app
from tests.practices import practice_in

pytestmark = pytest.mark.once

schemathesis: Any = pytest.importorskip("schemathesis", reason="left out: schemathesis is not installed")

checks: Any = pytest.importorskip("schemathesis.specs.openapi.checks", reason="left out: as above")
ORIGIN = "http://localhost:8713"
PRACTICE = practice_in(Path(mkdtemp()))
KEY = next(iter(PRACTICE.folder.keys()))
CLIENT = TestClient(make_app(PRACTICE), base_url=ORIGIN)
SCHEMA = schemathesis.openapi.from_dict(openapi())


def answer_to(case: Any) -> Any:
    """Return the answer of our application to a case, as schemathesis reads one."""
    asked = case.as_transport_kwargs(base_url=ORIGIN)
    sent = {name: asked[name] for name in ("params", "json", "headers") if asked.get(name) is not None}
    if asked.get("data") is not None:
        sent["content"] = asked["data"]
    answer = CLIENT.request(asked["method"], asked["url"], **sent)
    # Its own client does not get along with the one that our CalDAV library brings: so it is given the answer alone.
    return schemathesis.Response(
        status_code=answer.status_code,
        headers={name: [value] for name, value in answer.headers.items()},
        content=answer.content,
        request=requests.Request(asked["method"], str(answer.request.url)).prepare(),
        elapsed=0.1,
        verify=False,
    )


@SCHEMA.parametrize()  # type: ignore[untyped-decorator]  # schemathesis has no types
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_answer_is_outside_of_the_document(case: Any) -> None:
    """Questions of every shape, about a case that there is: no 5xx, and every answer as described."""
    if "key" in (case.path_parameters or {}):
        case.path_parameters["key"] = KEY
    # No schema knows the names of a rulebook, or which days lie before which: what it lets pass may still be refused.
    excluded = [checks.positive_data_acceptance]
    case.validate_response(answer_to(case), excluded_checks=excluded)
