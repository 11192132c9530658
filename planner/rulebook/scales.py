"""The few ordered scales that rules, workouts and cases share."""

from __future__ import annotations

from typing import Literal

Intensity = Literal["very_easy", "easy", "moderate", "hard"]
"""Effort on the 0 to 10 scale of perceived exertion: up to 3, up to 4, up to 6, above 6."""

Impact = Literal["none", "low", "moderate", "high"]
"""How hard feet meet ground: seated or in water, walking, walking and running in turn, running or jumping."""

Load = Literal[0, 1, 2, 3]
"""What a workout asks of a region: 0 none, 1 low, 2 moderate, 3 high."""

Caution = Literal["permissive", "standard", "strict"]
Severity = Literal["mild", "moderate", "severe"]
Dose = Literal["light", "normal", "heavy"]
Tissue = Literal["tendon", "muscle", "bone", "joint", "back"]
Side = Literal["left", "right", "both"]
Group = Literal["leg", "trunk", "arm"]
Response = Literal["progress", "hold", "regress", "refer", "sore", "very_sore"]
"""What a log entry says about an injured or treated region, by the bands of `rules/progression.toml`."""
Level = Literal["emergency", "same_day", "soon"]
"""How soon a danger sign needs a clinician: at once, on the same day, in the next days."""
Evidence = Literal["A", "B", "C", "D", "M"]
"""A trial or review, B observational or hospital text, C expert advice, D one person, M our own judgement."""

INTENSITIES: tuple[Intensity, ...] = ("very_easy", "easy", "moderate", "hard")
IMPACTS: tuple[Impact, ...] = ("none", "low", "moderate", "high")
SEVERITIES: tuple[Severity, ...] = ("mild", "moderate", "severe")
EVIDENCE: dict[Evidence, str] = {
    "A": "a trial or a review",
    "B": "observational studies or hospital text",
    "C": "expert advice",
    "D": "one person's experience",
    "M": "our own judgement",
}

COUNTED_GOALS = ("runs", "bikes", "upper_body", "swims", "lower_body", "core", "mobility", "walks")
"""The counted goals that every rulebook knows; a kind of workout that a rulebook adds brings its own (`kinds.toml`)."""


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
