"""Identity: what a plan and its workouts are called across exports.

Neither dates nor random numbers: a workout is, say, the second run of its week, wherever in the week it stands, so a
workout that moves stays itself. Names stay out of it: what shows is a hash. Health is not even in the hash, for whoever
knows a name could try out what goes with it. The sessions of somebody else's plan have theirs from `bending.memory`,
of the coach's own event and day.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from hashlib import sha256
from itertools import count

from planner.case.model import Case

NOTE = "note"
"""The slot of every note on a treatment: of which one it is, its UID says nothing."""
_A_PLAN = re.compile("[0-9a-f]{20}")
_A_PRIVATE_MARK = re.compile("[0-9a-f]{12}")


def plan_identity(case: Case) -> str:
    """Return what keeps a person's plan apart from all others, from the case's `id` or else its name and zone.

    An `id` that is a plan's identity already stands for itself: so a case that was renamed finds its plan again.
    """
    if case.id is not None:
        return case.id if _A_PLAN.fullmatch(case.id) else _hash("id", case.id)[:20]
    return identity_by_name(case)


def identity_by_name(case: Case) -> str:
    """Return what a case without an `id` is known by: its name and zone, even where the name is empty."""
    return _hash("case", case.name, case.timezone)[:20]


def workout_identity(plan: str, week: date, slot: str, number: int) -> str:
    """Return a UID: the how-manieth of its slot in the week that begins on a day (RFC 7986, 5.3).

    Args:
        plan: the identity of the plan.
        week: the first day of the week.
        slot: what is counted: a goal, another role of a workout, or the notes on treatments.
        number: which of its slot in the week, from 1.

    """
    year, of_year, _ = week.isocalendar()
    return f"{_hash(plan, f'{year}-{of_year}', slot, str(number))[:16]}-{plan}@workouts.planner"


def fresh_identity(plan: str, week: date, slot: str, used: Collection[str]) -> str:
    """Return the first UID of a slot of a week that is not in use, and never was.

    Args:
        plan: the identity of the plan.
        week: the first day of the week.
        slot: what is counted: a goal, another role of a workout, or the notes on treatments.
        used: the UIDs that are, or were, in use.

    """
    return next(uid for number in count(1) if (uid := workout_identity(plan, week, slot, number)) not in used)


def another_identity(uid: str) -> str:
    """Return another UID of the same plan, for an event that a server does not take under its own."""
    own, _, plan = uid.partition("-")
    return f"{_hash('another', own)[:16]}-{plan}"


def workout_mark(plan: str, workout: str, *, private: bool) -> str:
    """Return how an event says which workout it is: by its name, or in a private file by a hash."""
    return _hash(plan, "workout", workout)[:12] if private else workout


def is_private_mark(mark: str) -> bool:
    """Return whether a mark is one of a private file."""
    return _A_PRIVATE_MARK.fullmatch(mark) is not None


def treatment_mark(kind: str, region: str) -> str:
    """Return what tells the note on a treatment from those on others."""
    return f"treatment {kind} {region}"


def _hash(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()
