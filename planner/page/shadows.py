"""Shadows: what each treatment rules out, from its end to the minute at which that may start again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from planner.appointments.appointment import Appointment, TreatmentNumber
from planner.clock import Seconds, seconds
from planner.limits.rule_windows import FOREVER, Window
from planner.limits.verdicts import Limits
from planner.rulebook.model import Rulebook
from planner.scheduling.task import Task

LEADERS = {"run": "run_easy", "bike": "bike_easy", "swim": "swim"}
"""Where the plainest workout of a kind is out, the whole kind is: it is called by the kind's name."""


WELL_KNOWN = ("run_easy", "run_long", "run_hard", "bike_easy", "bike_hard", "swim", "upper_body", "lower_body")
"""The workouts of their kinds that need no explanation, of many that a catalogue may have."""


class Shadow(NamedTuple):
    """Hold what one treatment rules out up to one moment: workouts, or whole kinds of them.

    `closes` is None where a clinician has to give clearance first; `rule` is the one that lets go last.
    """

    treatment: Appointment
    opens: datetime
    closes: datetime | None
    kinds: tuple[str, ...]
    workouts: tuple[str, ...]
    rule: str

    def holds(self, first: datetime, last: datetime) -> bool:
        """Return whether it reaches into a span of time."""
        return self.opens < last and (self.closes is None or self.closes > first)


def workouts_in_mind(task: Task) -> list[str]:
    """Return the workouts whose shadows matter to a person, in the catalogue's order.

    Those are what is asked for and, of the same kinds and of running, the ones that everybody knows.
    """
    asked = {form.workout for form in task.wishes.forms}
    kinds = {"run", *(task.rulebook.workouts[workout].kind for workout in asked)}
    well_known = {
        key for key in WELL_KNOWN if key in task.rulebook.workouts and task.rulebook.workouts[key].kind in kinds
    }
    return [workout for workout in task.rulebook.workouts if workout in asked | well_known]


def shadows(
    limits: Limits, treatments: Sequence[Appointment], rulebook: Rulebook, workouts: Collection[str]
) -> list[Shadow]:
    """Return the shadows of all treatments over some workouts, in order of time, the shortest of each first.

    Args:
        limits: what the rules say of all times.
        treatments: the appointments.
        rulebook: the rules, by which workouts have their names.
        workouts: the workouts that matter, by their names in the catalogue.

    """
    out: dict[tuple[TreatmentNumber, Seconds], dict[str, Window]] = {}
    for workout in workouts:
        by_treatment: dict[TreatmentNumber, list[Window]] = {}
        for window in limits.windows_ruling_out(workout):
            if window.treatment is not None:
                by_treatment.setdefault(window.treatment, []).append(window)
        for number, windows in by_treatment.items():
            last = _last_of_chain(windows, treatments[number])
            if last is not None:
                out.setdefault((number, last.closes), {})[workout] = last
    shadows = [
        _shadow(treatments[number], closes, workouts, rulebook) for (number, closes), workouts in sorted(out.items())
    ]
    return sorted(
        shadows, key=lambda shadow: (shadow.treatment.start, shadow.closes is None, shadow.closes or shadow.opens)
    )


def _last_of_chain(windows: Iterable[Window], treatment: Appointment) -> Window | None:
    """Return the window that lets go last of those that follow one another from the treatment's end on."""
    reached, last = seconds(treatment.end), None
    for window in sorted(windows, key=lambda window: window.opens):
        if window.opens <= reached < window.closes:
            reached, last = window.closes, window
    return last


def _shadow(treatment: Appointment, closes: Seconds, out: Mapping[str, Window], rulebook: Rulebook) -> Shadow:
    kinds = tuple(kind for kind, leader in LEADERS.items() if leader in out)
    others = tuple(workout for workout in out if rulebook.workouts[workout].kind not in kinds or workout == "race")
    tz = treatment.end.tzinfo
    ends = None if closes >= FOREVER else datetime.fromtimestamp(closes, UTC).astimezone(tz)
    rule = next(iter(out.values())).rule.id
    return Shadow(treatment, treatment.end, ends, kinds, others, rule)


def letting_go_on(shadows_there: Iterable[Shadow], first: datetime, last: datetime) -> Iterator[Shadow]:
    """Yield the shadows that end between two moments, the first one excluded: until then something is ruled out."""
    for shadow in shadows_there:
        if shadow.closes is not None and first < shadow.closes <= last:
            yield shadow
