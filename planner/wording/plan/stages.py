"""Stages of the return to running in words: their titles and the intervals of a session."""

from __future__ import annotations

from planner.rulebook.model import Stage


def stage_title(number: int, stages: int, *, projected: bool) -> str:
    """Return the title of the reason for a run at a stage; a projected one is confirmed by the log alone."""
    title = f"Stage {number} of {stages} of the return to running"
    return f"{title}, projected: only good sessions before it, in your log, confirm it" if projected else title


def run_title(workout: str, number: int, stage: Stage) -> str:
    """Return the title of a run at a stage: of one without walking, that it is an easy run."""
    return f"{workout if stage.walk_minutes else 'Easy run'}, stage {number}"


def intervals_text(walk_first: int, repeats: int, walk: int, run: int) -> str:
    """Return the intervals of a session as a person reads them: `5 min walk, then 3 x (6 min walk, 4 min run)`.

    Args:
        walk_first: minutes of walking before the first interval, 0 for none
        repeats: how often walk and run are repeated
        walk: minutes of walking in each, 0 where the run is one
        run: minutes of running in each

    """
    first = f"{walk_first} min walk, then " if walk_first else ""
    if not walk:
        return f"{first}{run} min run"
    return f"{first}{repeats} \u00d7 ({walk} min walk, {run} min run)"
