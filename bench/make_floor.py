"""Write `floor.py`: as many models and fields as our process defines, of like types, without any check of ours.

Run `python -m bench.make_floor > bench/floor.py` when the models have changed; `bench.process` says when they have.
"""

from __future__ import annotations

import json
import sys
import types
from datetime import date, datetime, time
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, RootModel

import planner.commands.plan
import planner.show.table

_LOADED = (planner.commands.plan, planner.show.table)
"""What planning a case loads; every model known by then counts."""
_PLAIN: dict[object, str] = {each: each.__name__ for each in (str, int, float, bool, date, datetime, time)}
_PLAIN[type(None)] = "None"
_PLAIN[Any] = "Any"
_PLAIN |= {date: "day_type", time: "clock_type"}


def models() -> list[type[BaseModel]]:
    """Return our models, each after those that it is made of."""
    ordered: dict[type[BaseModel], None] = {}

    def visit(model: type[BaseModel]) -> None:
        for field in model.model_fields.values():
            for part in _models_in(field.annotation):
                visit(part)
        ordered[model] = None

    for model in sorted(_below(BaseModel), key=lambda each: (each.__module__, each.__qualname__)):
        # The parameters of a generic (`RootModel[…]`) are no model of ours.
        if model.__module__.startswith("planner.") and "[" not in model.__name__:
            visit(model)
    return list(ordered)


def size() -> tuple[int, int]:
    """Return how many models and fields planning a case defines."""
    found = models()
    return len(found), sum(len(model.model_fields) for model in found)


def _below(model: type[BaseModel]) -> set[type[BaseModel]]:
    return {each for child in model.__subclasses__() for each in (child, *_below(child))}


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]


def spelled(annotation: Any) -> str:
    """Return a type as source text; what is neither plain nor a model of ours becomes `Any`."""
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _name(annotation)
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return f"Literal[{', '.join(json.dumps(part) if isinstance(part, str) else repr(part) for part in parts)}]"
    if origin in {Union, types.UnionType}:
        return " | ".join(spelled(part) for part in parts)
    if origin in {tuple, dict, list, frozenset, set}:
        return f"{origin.__name__}[{', '.join('...' if part is ... else spelled(part) for part in parts)}]"
    return spelled(parts[0]) if parts else "Any"


def _name(model: type[BaseModel]) -> str:
    return f"{model.__name__.strip('_')}Floor"


def source() -> str:
    """Return the text of `floor.py`."""
    any_root = any(issubclass(model, RootModel) for model in models())
    lines = [
        '"""The floor: what a program cannot do without that reads a case into pydantic models and writes iCalendar.',
        "",
        "Made by `python -m bench.make_floor`: the planner's models by number, fields and types, nothing else.",
        '"""',
        "",
        # A field may be called as its type is: `date: date`.
        "from datetime import date as day_type",
        "from datetime import datetime",
        "from datetime import time as clock_type",
        "from typing import Any, Literal",
        "",
        "import icalendar",
        f"from pydantic import BaseModel, ConfigDict{', RootModel' if any_root else ''}",
        "",
        "LOADED = icalendar.Calendar",
    ]
    for model in models():
        root = issubclass(model, RootModel)
        base = f"RootModel[{spelled(model.model_fields['root'].annotation)}]" if root else "BaseModel"
        lines += ["", "", f"class {_name(model)}({base}):", f'    """Stand in for `{model.__name__}`."""']
        if root:
            continue
        lines += ["", '    model_config = ConfigDict(frozen=True, extra="forbid")', ""]
        for name, field in model.model_fields.items():
            kind = spelled(field.annotation)
            if field.is_required():
                lines.append(f"    {name}: {kind}")
            else:
                lines.append(f"    {name}: {kind.removesuffix(' | None')} | None = None")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(source())
