"""Plan workouts around treatments: runs, rides and upper-body days that stand where injured tissue can take them.

`plan`, `why` and `book` are pure: they take a case, a rulebook and a date. `read_case`, `read_calendars`,
`read_rulebook` and `shipped_rulebook` read files, and `to_ical` makes the text of one. `docs/python.md` shows each of
them at work. Names load when they are first used, so that a command loads only what it needs.
"""

from __future__ import annotations

# Nothing is loaded here: Ctrl-C while `planner` begins is a traceback until `__main__` can catch it. A type checker
# takes any name like this one as true.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from planner.appointments.booked import Calendars as Calendars
    from planner.calendars.of_case import read_calendars as read_calendars
    from planner.calendars.write.file import to_ical as to_ical
    from planner.case.file import parse_case as parse_case
    from planner.case.file import read_case as read_case
    from planner.case.model import Case as Case
    from planner.errors import InputError as InputError
    from planner.errors import OutsideError as OutsideError
    from planner.errors import Problem as Problem
    from planner.planning import book as book
    from planner.planning import plan as plan
    from planner.planning import why as why
    from planner.results.answer import Answer as Answer
    from planner.results.answer import DayAnswer as DayAnswer
    from planner.results.offer import Offer as Offer
    from planner.results.plan import Plan as Plan
    from planner.rulebook.file import read_rulebook as read_rulebook
    from planner.rulebook.file import shipped_rulebook as shipped_rulebook
    from planner.rulebook.model import Rulebook as Rulebook
    from planner.what_if.booking_wish import BookingWish as BookingWish

_HOMES = {
    "Answer": "results.answer",
    "BookingWish": "what_if.booking_wish",
    "Calendars": "appointments.booked",
    "Case": "case.model",
    "DayAnswer": "results.answer",
    "InputError": "errors",
    "Offer": "results.offer",
    "OutsideError": "errors",
    "Plan": "results.plan",
    "Problem": "errors",
    "Rulebook": "rulebook.model",
    "book": "planning",
    "parse_case": "case.file",
    "plan": "planning",
    "read_calendars": "calendars.of_case",
    "read_case": "case.file",
    "read_rulebook": "rulebook.file",
    "shipped_rulebook": "rulebook.file",
    "to_ical": "calendars.write.file",
    "why": "planning",
}
"""Every public name, and the module that it lives in."""
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    """Return a public name from the module that it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 (see above)

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """Return the public names, whether they are loaded yet or not."""
    return sorted(_HOMES)
