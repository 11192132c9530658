"""Vocabulary: the names that the rulebook, the case and the engine share."""

from __future__ import annotations

COUNTED_GOALS = ("runs", "bikes", "upper_body", "swims", "lower_body", "core", "mobility", "walks")
"""The counted goals that every rulebook knows; a kind of workout that a rulebook adds brings its own (`kinds.toml`)."""


_NOT_CLINICIANS = (
    "me myself i self mine my own a an the judgement nobody none no one unknown coach trainer friend mate husband "
    "wife partner mother father mum dad internet google chatgpt ai app forum runner"
)
NOT_CLINICIANS = frozenset(_NOT_CLINICIANS.split())
"""Who may advise, and is nobody to lift a ban: words of which alone no clinician's name is made."""


PREFERENCES = (
    "fit_in_goals",
    "race",
    "long_run",
    "hard_sessions",
    "as_asked",
    "long_run_day",
    "full_length",
    "recovery_after_treatment",
    "rules_advise_against",
    "instead_of_a_hole",
    "without_conditions",
    "early_in_the_window",
    "keep_the_calendar",
    "spread_runs",
    "one_a_day",
)
"""Every preference by name, as `rules/preferences.toml` must know it."""
