"""The OpenAPI document: made from the models, so that it says what is true."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from planner.results.as_json import SCHEMA_VERSION
from planner.web.api.endpoints import ENDPOINTS, Endpoint
from planner.web.api.models import Problems

REFERENCE = "#/components/schemas/{model}"
PARAMETERS: dict[str, dict[str, Any]] = {
    "date": {"type": "string", "format": "date"},
    "weeks": {"type": "integer", "minimum": 1, "maximum": 12},
}
VERSIONS: dict[str, Any] = {
    "schema_version": {"type": "integer", "const": SCHEMA_VERSION},
    "rulebook_version": {"type": "string"},
}
KEY = {"type": "string", "pattern": "^[0-9a-f]{8}$"}


@cache
def openapi() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the API."""
    answers = {model: "serialization" for endpoint in ENDPOINTS for model in endpoint.answers} | {
        Problems: "serialization"
    }
    questions = {endpoint.question: "validation" for endpoint in ENDPOINTS if endpoint.question is not None}
    modes: Any = [*answers.items(), *questions.items()]
    names, schemas = models_json_schema(modes, ref_template=REFERENCE)
    parts: dict[str, Any] = schemas.get("$defs", {})
    for model in answers:
        if model is not Problems:
            # A model may be a part of another one, too: only the whole answer has the versions.
            alone = names[model, "serialization"]["$ref"].rpartition("/")[2]
            parts[_name_of_answer(model)] = _with_versions(parts[alone])
    paths: dict[str, Any] = {}
    for described in ENDPOINTS:
        paths.setdefault(described.path, {})[described.method.lower()] = _operation(described, names)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "planner",
            "version": "1",
            "description": "The models of the command line, on this machine only unless told otherwise.",
        },
        "paths": paths,
        "components": {"schemas": parts},
    }


def _name_of_answer(model: type[BaseModel]) -> str:
    return f"{model.__name__}WithVersions"


def _with_versions(part: dict[str, Any]) -> dict[str, Any]:
    required = [*VERSIONS, *part.get("required", [])]
    return {**part, "properties": {**VERSIONS, **part["properties"]}, "required": required}


def _operation(endpoint: Endpoint, names: Any) -> dict[str, Any]:
    answers = [{"$ref": REFERENCE.format(model=_name_of_answer(model))} for model in endpoint.answers]
    wrong = _content([names[Problems, "serialization"]])
    responses: dict[str, Any] = {
        "200": {"description": "The answer", "content": _content(answers)},
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
        body = _content([names[endpoint.question, "validation"]])
        operation["requestBody"] = {"required": True, "content": body}
        responses["413"] = {"description": "Too large", "content": {"text/plain": {"schema": {"type": "string"}}}}
        responses["415"] = {"description": "Not JSON", "content": wrong}
    return operation


def _content(schemas: list[dict[str, Any]]) -> dict[str, Any]:
    return {"application/json": {"schema": schemas[0] if len(schemas) == 1 else {"anyOf": schemas}}}
