"""Restrictions: a clinician's word in the case itself, as rules in words."""

from __future__ import annotations

from datetime import timedelta

from planner.case.entries import Restriction
from planner.case.model import Case
from planner.clock import Seconds, midnight, seconds
from planner.errors import one_of
from planner.limits.windows import FOREVER, Window
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import AppliesTo, Rule


def restriction_windows(case: Case, rulebook: Rulebook) -> list[Window]:
    """Return the windows of the restrictions that a case names, each a rule of its own, by whoever gave it."""
    hurt = [injury.region for injury in case.injury] or [entry.region for entry in case.treatments if entry.region]
    return [
        Window(
            _restriction_rule(number, entry, rulebook),
            entry.region or next(iter(hurt), next(iter(rulebook.regions))),
            Seconds(0) if entry.from_ is None else seconds(midnight(entry.from_, case.tz)),
            FOREVER if entry.until is None else seconds(midnight(entry.until + timedelta(days=1), case.tz)),
        )
        for number, entry in enumerate(case.restrictions, start=1)
    ]


def _restriction_rule(number: int, entry: Restriction, rulebook: Rulebook) -> Rule:
    """Return a restriction as a rule: what it names is out, or held to so much."""
    kinds = tuple(name for name in entry.what if name in rulebook.described_kinds)
    workouts = tuple(name for name in entry.what if name not in kinds)
    held = entry.most_minutes is not None or entry.most_intensity is not None
    names = [rulebook.described_kinds[kind].several for kind in kinds]
    names += [rulebook.workouts[workout].name.lower() for workout in workouts]
    region = None if entry.region is None else rulebook.regions[entry.region].name.lower()
    what = one_of(names) if names else "everything"
    title = f"No {what}" if names else f"Nothing that loads the {region} more than a little"
    if held:
        title = f"{what[:1].upper()}{what[1:]}: at most"
        most = [f"{entry.most_minutes} minutes"] if entry.most_minutes is not None else []
        most += [entry.most_intensity.replace("_", " ")] if entry.most_intensity is not None else []
        title += f" {' and '.join(most)}"
    out = not held and bool(names)
    load_only = entry.region is not None and not names and not held
    return Rule(
        id=f"restriction.number_{number}",
        title=f"{title}, says {entry.by}",
        why=f"The word of {entry.by}, which stands in your case.",
        evidence="C",
        about="injury",
        rules_out=kinds if out else (),
        rules_out_workouts=workouts if out else (),
        max_load=1 if load_only else None,
        max_minutes=entry.most_minutes,
        max_intensity=entry.most_intensity,
        applies_to=AppliesTo(kinds=kinds or None, workouts=workouts or None) if held else AppliesTo(),
    )
