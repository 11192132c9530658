"""Identity: what a plan and its workouts are called across exports.

Neither dates nor random numbers: a workout is, say, the second run of its week, wherever in the week it stands, so a
workout that moves stays itself. Names and health stay out of it: what shows is a hash.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from planner.case import Case


def plan_identity(case: Case) -> str:
    """Return what keeps a person's plan apart from all others, from the case's `id` or else its name and injuries."""
    if case.id is not None:
        said = ["id", case.id]
    else:
        said = ["case", case.name, case.timezone, *sorted(injury.region for injury in case.injury)]
    return _hash(*said)[:20]


def workout_identity(plan: str, week: date, goal: str, number: int) -> str:
    """Return the UID of a workout: the how-manieth of its goal in the week that begins on a day (RFC 7986, 5.3)."""
    year, of_year, _ = week.isocalendar()
    return f"{_hash(plan, f'{year}-{of_year}', goal, str(number))[:16]}-{plan}@post-treatment-planner"


def _hash(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()
