"""Write the JSON Schema of a case file: `python -m docs.make_schema` after the models of the case have changed.

Editors read it (the first line of a new case names it) and complete keys, and underline what cannot be. What stands
between several fields only `planner` itself knows.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from planner.case.model import Case

FILE = Path(__file__).parent / "case.schema.json"
ONE_OR_SEVERAL = ("injury", "away", "sessions", "restrictions")
"""Tables of which one alone may stand without double brackets."""


def schema() -> dict[str, Any]:
    """Return the schema, as TOML has things: nothing is null, and a short form is one too."""
    found: dict[str, Any] = _without_null(Case.model_json_schema(by_alias=True))
    parts = found["$defs"]
    window = {"type": "string", "description": "when a workout may start: 07:00-08:30"}
    parts["StartWindow"] = window
    times = parts["DayTimes"]
    times["properties"]["windows"] = {"anyOf": [window, {"type": "array", "items": window}]}
    parts["DayTimes"] = {"anyOf": [window, {"type": "array", "items": window}, times]}
    for name in ONE_OR_SEVERAL:
        several = found["properties"][name]
        found["properties"][name] = {"anyOf": [several["items"], several]}
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": "A case for planner"}
    return head | {key: value for key, value in found.items() if key != "title"}


def _without_null(part: Any) -> Any:
    """Return a part of a schema without what stands for a value that is left out."""
    if isinstance(part, list):
        return [_without_null(each) for each in part if each != {"type": "null"}]
    if not isinstance(part, dict):
        return part
    kept = {key: _without_null(value) for key, value in part.items() if not (key == "default" and value is None)}
    if kept.get("format") in {"date-time", "time"}:
        # Those formats want an offset; times of a case are local.
        del kept["format"]
    if isinstance(kept.get("anyOf"), list) and len(kept["anyOf"]) == 1:
        kept |= kept.pop("anyOf")[0]
    return kept


def text() -> str:
    """Return the schema as the file holds it."""
    return json.dumps(schema(), indent=1, ensure_ascii=False, default=str) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
