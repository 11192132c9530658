"""Planning: data walks through here one way, from a case and a rulebook to a plan."""

from __future__ import annotations

from datetime import date, datetime

from planner.appointments.booked import Calendars
from planner.case.model import Case, known
from planner.errors import InputError
from planner.errors import Problem as Mistake
from planner.limits.red_flags import clears_the_plan
from planner.results.plan import Plan
from planner.revision.calendar import Earlier
from planner.revision.revise import given, recognised, weeks_of
from planner.rulebook.model import Rulebook
from planner.scheduling.assembly import assemble
from planner.scheduling.dosed import choose_dosed
from planner.scheduling.task import MOST_WEEKS, prepare


def plan(
    case: Case,
    rulebook: Rulebook,
    *,
    today: date,
    start: date | None = None,
    weeks: int = 1,
    calendars: Calendars | None = None,
    earlier: Earlier | None = None,
    now: datetime | None = None,
) -> Plan:
    """Return the best plan for the weeks from a first day on.

    Args:
        case: the person's case; everyday names are understood.
        rulebook: the rules to plan by (`planner.shipped_rulebook()` is the one that comes with the program).
        today: the local date that counts as today.
        start: the first day of the plan; default: today.
        weeks: how many weeks of seven days, 1 to 52.
        calendars: what `read_calendars` found, where the case names calendar files.
        earlier: what a calendar shows of an earlier plan; as little of it as the rules allow is changed.
        now: the aware moment before which nothing is planned; an earlier plan knows its own. Default: none.

    Raises:
        InputError: the case names what the rulebook does not know, or calendars that were not read, or the weeks are
            out of range.

    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise InputError([Mistake("plan", "weeks", f"{weeks} is out of range", f"give 1 to {MOST_WEEKS}")])
    case = known(case, rulebook)
    earlier = earlier and recognised(earlier, rulebook)
    days = weeks_of(start or today, weeks, earlier)
    task = prepare(case, rulebook, days, today, given(earlier, case, rulebook, days, now), calendars)
    if clears_the_plan(task.flags):
        return assemble(task, [[] for _ in task.days], 0, earlier)
    task, solution, chosen = choose_dosed(task)
    made = assemble(task, chosen, solution.points, earlier)
    if not made.unplaced:
        return made
    from planner.what_if.remedies import offering_remedies  # noqa: PLC0415 (most plans hold all that was asked for)

    return offering_remedies(made, task, chosen)
