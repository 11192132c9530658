"""In force: the rules that hold for a case, at its level of caution and with its clinicians' figures."""

from __future__ import annotations

from planner.case.model import Case, Override
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import UNITS, Rule


def same_rules(case: Case, other: Case) -> bool:
    """Return whether the same rules hold for two cases."""
    return case.caution == other.caution and case.rules == other.rules


def rules_at(case: Case, rulebook: Rulebook) -> dict[str, Rule]:
    """Return the rules that hold at the case's caution level, a clinician's figures in place of that level's."""
    found = {}
    # Sorted, so that nothing can hang on the order of the rulebook's files.
    for key, rule in sorted(rulebook.rules.items()):
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
