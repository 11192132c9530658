"""Red flags: danger signs in the log. Nothing loosens them, and emergency and same-day signs clear the plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from planner.case.model import Case
from planner.rulebook.model import Rulebook, Sign
from planner.rulebook.rule import AppliesTo, Rule
from planner.rulebook.scales import Level

LEVELS: tuple[Level, ...] = ("emergency", "same_day", "soon")
"""The most urgent first."""
SOON = "red_flags.soon"


class Flag(NamedTuple):
    """Hold a danger sign that was logged and about which no advice was sought yet."""

    sign: Sign
    day: date
    entry: int


def raised_flags(case: Case, rulebook: Rulebook) -> list[Flag]:
    """Return the danger signs that still stand, the most urgent first."""
    # Of two entries of one day, the one further down the file came later.
    sought = max(((entry.date, number) for number, entry in enumerate(case.log) if entry.advice_sought), default=None)
    flags = [
        Flag(rulebook.signs[name], entry.date, number)
        for number, entry in enumerate(case.log)
        if sought is None or (entry.date, number) > sought
        for name in entry.signs
    ]
    return sorted(flags, key=lambda flag: (LEVELS.index(flag.sign.level), flag.day, flag.sign.name))


def clears_the_plan(flags: Iterable[Flag]) -> bool:
    """Return whether a sign is so urgent that no workout may be shown until advice was sought."""
    return any(flag.sign.level != "soon" for flag in flags)


def soon_rule(flag: Flag) -> Rule:
    """Return what a sign that needs a clinician soon leaves: walking, mobility, and what does not load the region."""
    return Rule(
        id=SOON,
        title=f"{flag.sign.name}: only what does not load it until a clinician has looked",
        about="log",
        applies_to=AppliesTo(except_kinds=("walk", "mobility")),
        max_load=0,
        max_impact="none",
        hours_after=(0, 24),
        until_cleared=True,
        never_loosen=True,
        why=flag.sign.advice,
        evidence=flag.sign.evidence,
        sources=flag.sign.sources,
    )
