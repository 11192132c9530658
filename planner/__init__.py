"""Plan workouts around treatments: runs, rides and upper-body days that stand where injured tissue can take them.

`plan` is pure: it takes a case, a rulebook and a date, and gives a `Plan`. `read_case`, `read_calendars` and
`shipped_rulebook` read files. Names load when they are first used, so that a command loads only what it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.appointments.booked import Calendars as Calendars
    from planner.calendars.of_case import read_calendars as read_calendars
    from planner.calendars.write.file import to_ical as to_ical
    from planner.case.file import read_case as read_case
    from planner.case.model import Case as Case
    from planner.errors import InputError as InputError
    from planner.errors import OutsideError as OutsideError
    from planner.errors import Problem as Problem
    from planner.planning import plan as plan
    from planner.results.plan import Plan as Plan
    from planner.rulebook.file import read_rulebook as read_rulebook
    from planner.rulebook.file import shipped_rulebook as shipped_rulebook
    from planner.rulebook.model import Rulebook as Rulebook

_HOMES = {
    "Calendars": "appointments.booked",
    "Case": "case.model",
    "InputError": "errors",
    "OutsideError": "errors",
    "Plan": "results.plan",
    "Problem": "errors",
    "Rulebook": "rulebook.model",
    "plan": "planning",
    "read_calendars": "calendars.of_case",
    "read_case": "case.file",
    "read_rulebook": "rulebook.file",
    "shipped_rulebook": "rulebook.file",
    "to_ical": "calendars.write.file",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    """Return a public name from the module that it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
