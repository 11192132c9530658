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
Response = Literal["progress", "hold", "regress", "refer", "sore", "very_sore", "still_sore", "masked", "confirmed"]
"""What a log entry says about an injured or treated region, by the bands of `rules/progression.toml`."""
Finding = Literal["ruled out", "confirmed"]
"""What a clinician found after a danger sign."""
Level = Literal["emergency", "same_day", "soon", "ask", "note"]
"""How soon a danger sign needs a clinician: at once, on the same day, in the next days; or a question, or a remark."""
HealthFact = Literal[
    "blood_thinners",
    "diabetes",
    "pacemaker",
    "epilepsy",
    "heart_disease",
    "weak_immunity",
    "pregnant",
    "birth",
    "surgery",
    "fracture",
    "quinolone",
    "painkiller",
]
"""What `[health]` may say of a person that changes what a sign or a rule means."""
VerdictWord = Literal["allowed", "limited", "ruled_out"]
"""What the rules together say of a workout at a time."""
Evidence = Literal["A", "B", "C", "D", "M"]
"""A trial, review or drug label, B observational or hospital text, C expert advice, D one person, M our judgement."""

INTENSITIES: tuple[Intensity, ...] = ("very_easy", "easy", "moderate", "hard")
IMPACTS: tuple[Impact, ...] = ("none", "low", "moderate", "high")
SIDES: tuple[Side, ...] = ("left", "right", "both")
SEVERITIES: tuple[Severity, ...] = ("mild", "moderate", "severe")
EVIDENCE: dict[Evidence, str] = {
    "A": "a trial, a review or a drug label",
    "B": "observational studies or hospital text",
    "C": "expert advice",
    "D": "one person's experience",
    "M": "our own judgement",
}
