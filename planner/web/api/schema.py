"""The OpenAPI document: made from the models, so that it says what is true."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from planner.web.api.endpoints import ENDPOINTS, Endpoint
from planner.web.api.models import Problems

REFERENCE = "#/components/schemas/{model}"
PARAMETERS: dict[str, dict[str, Any]] = {
    "date": {"type": "string", "format": "date"},
    "weeks": {"type": "integer", "minimum": 1, "maximum": 12},
}
KEY = {"type": "string", "pattern": "^[0-9a-f]{8}$"}


@cache
def openapi() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the API."""
    answers = {model: "serialization" for each in ENDPOINTS for model in each.answers} | {Problems: "serialization"}
    questions = {each.question: "validation" for each in ENDPOINTS if each.question is not None}
    modes: Any = [*answers.items(), *questions.items()]
    names, schemas = models_json_schema(modes, ref_template=REFERENCE)
    paths: dict[str, Any] = {}
    for each in ENDPOINTS:
        paths.setdefault(each.path, {})[each.method.lower()] = _operation(each, names)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "planner",
            "version": "1",
            "description": "The models of the command line, on this machine only unless told otherwise.",
        },
        "paths": paths,
        "components": {"schemas": schemas.get("$defs", {})},
    }


def _operation(endpoint: Endpoint, names: Any) -> dict[str, Any]:
    def content(models: Sequence[type[BaseModel]], mode: str) -> dict[str, Any]:
        schemas = [names[model, mode] for model in models]
        return {"application/json": {"schema": schemas[0] if len(schemas) == 1 else {"anyOf": schemas}}}

    wrong = content([Problems], "serialization")
    responses: dict[str, Any] = {
        "200": {"description": "The answer", "content": content(endpoint.answers, "serialization")},
        "400": {"description": "Not a name of this server", "content": {"text/plain": {"schema": {"type": "string"}}}},
        "422": {"description": "What is wrong with it", "content": wrong},
    }
    if "{" in endpoint.path:
        responses["404"] = {"description": "Nothing has that key", "content": wrong}
    operation: dict[str, Any] = {
        "summary": endpoint.summary,
        "operationId": endpoint.work.__name__,
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": KEY}
            for name in ("key", "rule")
            if f"{{{name}}}" in endpoint.path
        ]
        + [
            {"name": name, "in": "query", "required": False, "schema": PARAMETERS[kind]}
            for name, kind in endpoint.parameters
        ],
        "responses": responses,
    }
    if endpoint.question is not None:
        body = content([endpoint.question], "validation")
        operation["requestBody"] = {"required": True, "content": body}
        responses["413"] = {"description": "Too large", "content": {"text/plain": {"schema": {"type": "string"}}}}
        responses["415"] = {"description": "Not JSON", "content": wrong}
    return operation
