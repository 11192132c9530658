"""Vocabulary: the names that the rulebook, the case and the engine share."""

from __future__ import annotations

GOAL_KINDS: dict[str, str] = {
    "runs": "run",
    "bikes": "bike",
    "upper_body": "upper_body",
    "swims": "swim",
    "lower_body": "lower_body",
    "core": "core",
    "mobility": "mobility",
    "walks": "walk",
}
"""The kind of workout that each counted goal asks for."""


DEFAULT_MINUTES = {
    "easy_run_minutes": 30,
    "bike_minutes": 45,
    "upper_body_minutes": 40,
    "lower_body_minutes": 40,
    "core_minutes": 20,
    "mobility_minutes": 15,
    "walk_minutes": 30,
    "swim_minutes": 30,
}
"""What a careful coach assumes of a runner who said nothing, in minutes."""


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
