"""Turn what pydantic found into problems that a person can mend."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from planner.errors import Problem, one_of, quoted, suggestion


def mistake(wrong: str, right: str) -> PydanticCustomError:
    """Return an error that says what is wrong and what would be right, for use in a validator."""
    return PydanticCustomError("mistake", "{wrong}; {right}", {"wrong": wrong, "right": right})


def problems(file: str, error: ValidationError, model: type[BaseModel]) -> list[Problem]:
    """Return one problem for each mistake that pydantic found in the data of a file."""
    problems = []
    for detail in error.errors(include_url=False):
        wrong, right = _sentence(detail, model)
        problems.append(Problem(file, _field(detail["loc"], model), wrong, right))
    return list(dict.fromkeys(problems))


def _field(loc: Iterable[int | str], model: type[BaseModel]) -> str:
    """Return a location as a person would write it, without pydantic's names for the arms of a union."""
    path = ""
    holder: Any = model
    for part in loc:
        if part == "[key]":
            continue
        if isinstance(part, int):
            path += f"[{part}]"
            holder = _inside(holder)
            continue
        models = _models(holder)
        holders = [model for model in models if part in _keys(model)]
        if models and not holders and part in _tags(models):
            continue
        if not models and not _is_mapping(holder):
            continue
        path += f".{part}" if path else str(part)
        holder = (
            holders[0].model_fields[_keys(holders[0])[part]].annotation
            if holders
            else _inside(holder) or _extras(models)
        )
    return path


def _keys(model: type[BaseModel]) -> dict[str, str]:
    return {field.alias or name: name for name, field in model.model_fields.items()}


def _tags(models: Iterable[type[BaseModel]]) -> set[str]:
    return {model.__name__ for model in models} | {f"list[{model.__name__}]" for model in models}


def _arms(annotation: Any) -> list[Any]:
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _arms(typing.get_args(annotation)[0])
    if origin in {typing.Union, types.UnionType}:
        return [arm for get_arg in typing.get_args(annotation) for arm in _arms(get_arg)]
    return [annotation]


def _models(annotation: Any) -> list[type[BaseModel]]:
    return [arm for arm in _arms(annotation) if isinstance(arm, type) and issubclass(arm, BaseModel)]


def _is_mapping(annotation: Any) -> bool:
    return any(typing.get_origin(arm) is dict for arm in _arms(annotation))


def _inside(annotation: Any) -> Any:
    """Return what a list or mapping holds."""
    for arm in _arms(annotation):
        args = [get_arg for get_arg in typing.get_args(arm) if get_arg is not Ellipsis]
        if typing.get_origin(arm) in {list, tuple, dict} and args:
            return args[-1]
    return None


def _holder(loc: Iterable[int | str], model: type[BaseModel]) -> list[type[BaseModel]]:
    """Return the models that hold the last part of a location."""
    holder: Any = model
    for part in list(loc)[:-1]:
        models = _models(holder)
        holders = [model for model in models if part in _keys(model)]
        if holders:
            holder = holders[0].model_fields[_keys(holders[0])[str(part)]].annotation
        elif isinstance(part, int) or _is_mapping(holder):
            holder = _inside(holder)
        elif models:
            holder = _extras(models)
    return _models(holder)


def _extras(models: Iterable[type[BaseModel]]) -> Any:
    """Return what the first model that takes other keys holds under them, or None."""
    for model in models:
        if model.model_config.get("extra") == "allow":
            return _inside(typing.get_type_hints(model, include_extras=True)["__pydantic_extra__"])
    return None


def _sentence(detail: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    """Return what is wrong and what would be right."""
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "mistake":
        return context["wrong"], context["right"]
    if kind == "extra_forbidden":
        name = str(detail["loc"][-1])
        keys = [key for holder in _holder(detail["loc"], model) for key in _keys(holder)]
        return f"{quoted(name)} is not a key that is known here", suggestion(name, keys)
    if kind == "literal_error":
        return f"{_shown(value)} is not one of the choices", f"use {_or(context['expected'])}"
    if kind in {"list_type", "tuple_type"} and isinstance(value, dict):
        return "is a single table where several may stand", f"write [[{detail['loc'][-1]}]]"
    if kind in RANGES:
        (limit,) = (context[key] for key in ("gt", "ge", "lt", "le") if key in context)
        return f"{_shown(value)} is out of range", f"use {RANGES[kind]} {limit}"
    for kinds, wrong, right in SENTENCES:
        if kind in kinds:
            return wrong.format(_shown(value)), right
    message = detail["msg"]
    return f"{_shown(value)}: {message[:1].lower()}{message[1:]}", "the documentation of this field says what fits"


RANGES = {
    "greater_than": "more than",
    "greater_than_equal": "at least",
    "less_than": "less than",
    "less_than_equal": "at most",
}
SENTENCES: tuple[tuple[set[str], str, str], ...] = (
    ({"missing"}, "is missing", "it is required"),
    ({"string_type", "string_sub_type"}, "{} is not text", "write it in quotes"),
    ({"string_too_short"}, "is empty", "write something, or leave the key out"),
    ({"int_type", "int_parsing", "int_from_float"}, "{} is not a whole number", "write a whole number, without quotes"),
    ({"float_type", "float_parsing"}, "{} is not a number", "write a number, without quotes"),
    ({"finite_number"}, "{} has no end", "write a number that has one"),
    ({"bool_type", "bool_parsing"}, "{} is neither true nor false", "write true or false, without quotes"),
    ({"model_type", "model_attributes_type", "dict_type"}, "{} is not a table", "write it as a TOML table"),
    ({"list_type", "tuple_type"}, "{} is not a list", "write it in square brackets"),
    (
        {"date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"},
        "{} is not a date",
        "write it without quotes: 2026-11-24",
    ),
    (
        {"datetime_type", "datetime_parsing", "datetime_from_date_parsing"},
        "{} is not a date or a local time",
        "write it without quotes: 2026-11-24T09:30:00, or 2026-11-24",
    ),
    ({"time_type", "time_parsing"}, "{} is not a time of day", "write it without quotes: 09:30:00"),
)


def _shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    return quoted(value)


def _or(expected: str) -> str:
    return one_of(part.strip().replace("'", '"') for part in expected.replace(" or ", ", ").split(","))


def mistake_sentence(error: Exception) -> str:
    """Return what a `mistake` says, as one line."""
    context = getattr(error, "context", None) or {"wrong": str(error), "right": ""}
    return f"{context['wrong']}; {context['right']}"
