"""How the API answers: JSON in and out, every mistake as data, and nothing that another site could send."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterable
from typing import Any

from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from planner.errors import InputError, OutsideError, Problem, one_of, quoted
from planner.results.as_json import with_versions
from planner.web.api.models import ApiProblem, Problems
from planner.web.cases.practice import Practice

JSON = "application/json"
Work = Callable[[Practice, Request, Any], BaseModel]


def json_endpoint(
    practice: Practice, work: Work, question: type[BaseModel] | None = None, parameters: Collection[str] = ()
) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that reads a question as JSON, where there is one; it answers with a model and versions.

    Args:
        practice: what the work is done for.
        work: what makes the answer.
        question: the model that the body of the request is read as; without one nothing is read.
        parameters: what the address may say, each once; a misspelt one is a mistake, not a question with less in it.

    """

    async def endpoint(request: Request) -> Response:
        if wrong := _wrong_parameters(request, parameters):
            return problems_response(422, wrong)
        content: BaseModel | None = None
        if question is not None:
            # A form of another site cannot say this, and its script would have to ask first.
            if request.headers.get("content-type", "").partition(";")[0].strip().casefold() != JSON:
                return problems_response(415, [Problem("request", "content-type", "is not JSON", f"send {JSON}")])
            try:
                content = question.model_validate_json(await request.body())
            except ValidationError as error:
                return problems_response(422, _mistakes(error))
        return await run_in_threadpool(_worked, practice, request, work, content)

    return endpoint


def _wrong_parameters(request: Request, parameters: Collection[str]) -> list[Problem]:
    times = Counter(name for name, _ in request.query_params.multi_items())
    right = f"write {one_of(parameters)}, each once" if parameters else "leave it out"
    return [
        Problem(
            "request", name, "stands there twice" if name in parameters else f"{quoted(name)} is no parameter", right
        )
        for name, number in times.items()
        if name not in parameters or number > 1
    ]


def _mistakes(error: ValidationError) -> list[Problem]:
    return [
        Problem("request", ".".join(map(str, mistake["loc"])), mistake["msg"], "see /api/openapi.json")
        for mistake in error.errors(include_url=False, include_input=False)
    ]


def _worked(practice: Practice, request: Request, work: Work, content: BaseModel | None) -> Response:
    try:
        answer = work(practice, request, content)
    except NotThereError:
        return problems_response(404, [Problem("request", "key", "nothing has that key", "see /api/cases")])
    except InputError as error:
        return problems_response(422, error.problems)
    except OutsideError as error:
        return problems_response(503, [Problem("server", "", str(error), "")])
    versioned = with_versions(answer.model_dump(mode="json"), practice.rulebook)
    return Response(json.dumps(versioned, ensure_ascii=False), media_type=JSON)


class NotThereError(LookupError):
    """Say that no case, or rule, has the key that was asked for."""


def problems_response(status: int, problems: Iterable[Problem]) -> Response:
    """Return mistakes as data."""
    listed = Problems(problems=tuple(ApiProblem.model_validate(problem._asdict()) for problem in problems))
    return Response(listed.model_dump_json(), status, media_type=JSON)
