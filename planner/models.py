"""Models: what all models of input and output have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Refuse unknown keys, later changes, and numbers without an end."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)


class Part(BaseModel):
    """Refuse unknown keys and later changes."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, serialize_by_alias=True, populate_by_name=True, defer_build=True
    )


def is_none(value: object) -> bool:
    """Whether a field has nothing to say: then it is left out of the JSON."""
    return value is None


def is_false(value: object) -> bool:
    """Whether a mark is not set: then it is left out of the JSON."""
    return value is False
