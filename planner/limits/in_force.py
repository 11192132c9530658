"""In force: the rules that hold for a case, at its level of caution and with its clinicians' figures."""

from __future__ import annotations

from datetime import timedelta

from planner.case.entries import Restriction
from planner.case.model import Case, Override
from planner.clock import Seconds, midnight, seconds
from planner.errors import one_of
from planner.limits.rule_windows import FOREVER, Window
from planner.rulebook.figures import AppliesTo
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import UNITS, Rule


def same_rules(case: Case, other: Case) -> bool:
    """Return whether the same rules hold for two cases."""
    same_facts = case.health.facts == other.health.facts
    return case.caution == other.caution and case.rules == other.rules and same_facts


def rules_at(case: Case, rulebook: Rulebook) -> dict[str, Rule]:
    """Return the rules that hold at the case's caution level, a clinician's figures in place of that level's."""
    found = {}
    # Sorted, so that nothing can hang on the order of the rulebook's files.
    for key, rule in sorted(rulebook.rules.items()):
        if rule.when.health is not None and not case.health.facts & frozenset(rule.when.health):
            continue
        at_level = rule.at(case.caution)
        word = case.rules.override.get(key)
        if word is not None:
            at_level = _in_their_words(at_level or rule, word)
        if at_level is not None:
            found[key] = at_level
    return found


def _in_their_words(rule: Rule, word: Override) -> Rule | None:
    """Return a rule with a clinician's figures in place of its own, or None where they say that it does not hold."""
    if word.away:
        return None
    changed = {name: getattr(word, name) for name in word.model_fields_set - {"by"}}
    for side in ("after", "before"):
        if any(f"{unit}_{side}" in changed for unit in UNITS):
            changed = {f"{unit}_{side}": None for unit in UNITS} | changed
    return rule.by_word(changed, word.by)


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
        why=f"The word of {entry.by}.",
        evidence="C",
        about="injury",
        rules_out=kinds if out else (),
        rules_out_workouts=workouts if out else (),
        max_load=1 if load_only else None,
        max_minutes=entry.most_minutes,
        max_intensity=entry.most_intensity,
        applies_to=AppliesTo(kinds=kinds or None, workouts=workouts or None) if held else AppliesTo(),
    )
