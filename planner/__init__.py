"""Plan workouts around treatments: runs, rides and upper-body days that stand where injured tissue can take them.

`plan` is pure: it takes a case, a rulebook and a date, and gives a `Plan`. `read_case` and `shipped_rulebook` read
files.
"""

from __future__ import annotations

from planner.case import Case
from planner.case_file import read_case
from planner.errors import InputError, OutsideError, Problem
from planner.planned import Plan
from planner.planning import plan
from planner.rulebook import Rulebook
from planner.rulebook_file import read_rulebook, shipped_rulebook

__all__ = [
    "Case",
    "InputError",
    "OutsideError",
    "Plan",
    "Problem",
    "Rulebook",
    "plan",
    "read_case",
    "read_rulebook",
    "shipped_rulebook",
]
