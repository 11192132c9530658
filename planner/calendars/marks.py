"""Marks: how a calendar file, and each event in it, is known to be ours again."""

from __future__ import annotations

PRODID = "-//post-treatment-planner//planner//EN"
"""Never changes: a client may take another one for another program's calendar."""

PLAN = "X-PLANNER-PLAN"
"""Of the calendar: the id of the plan that it shows."""
SLOT = "X-PLANNER-SLOT"
"""Of an event: what keeps its identity apart from those of the plan's other events."""
WORKOUT = "X-PLANNER-WORKOUT"
"""Of a workout: its name in the catalogue."""
TREATMENT = "X-PLANNER-TREATMENT"
"""Of a treatment's note: the treatment's kind and region, separated by a comma."""
RULES = "X-PLANNER-RULES"
"""Of an event: the ids of the rules and preferences that speak for it, separated by commas."""
