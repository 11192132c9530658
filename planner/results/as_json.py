"""As JSON: what the command line and the API give in the same words, with the versions before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from planner.rulebook.model import Rulebook
from planner.rulebook.rule import Numbers, Rule
from planner.rulebook.scales import Caution

SCHEMA_VERSION = 1
"""The version of what the command line and the API give: it counts up where a key goes or means something else."""


def with_versions(data: Mapping[str, Any], rulebook: Rulebook) -> dict[str, Any]:
    """Return a result with the version of the format and of the rulebook before it."""
    return {"schema_version": SCHEMA_VERSION, "rulebook_version": rulebook.version, **data}


def rule_data(rule: Rule) -> dict[str, Any]:
    """Return a rule, with its figures at each level of caution: null where it does not hold there."""
    levels: dict[str, Any] = {}
    for level in get_args(Caution):
        there = rule.at(level)
        levels[level] = None if there is None else _figures(there)
    return {**rule.model_dump(mode="json"), "levels": levels}


def _figures(rule: Rule) -> dict[str, Any]:
    return rule.model_dump(mode="json", include=set(Numbers.model_fields) - {"away", "why_holds"}, exclude_none=True)
