"""Plan workouts around treatments: runs, rides and upper-body days that stand where injured tissue can take them."""

from __future__ import annotations

from planner.case import Case
from planner.errors import InputError, Problem
from planner.planned import Plan
from planner.rulebook import Rulebook

__all__ = ["Case", "InputError", "Plan", "Problem", "Rulebook"]
