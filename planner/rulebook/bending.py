"""What it costs to change somebody else's plan (`rules/bending.toml`)."""

from typing import Annotated

from pydantic import Field

from planner.models import Frozen
from planner.rulebook.rule import Sentence
from planner.rulebook.scales import Evidence

BENDING = (
    *("time", "day", "no_strides", "trim", "shorten", "ease", "replace", "drop", "advised_against", "again"),
    *("long", "hard", "easy", "other", "second_of_a_day", "optional"),
)
"""Every change to somebody else's plan, and every sort of session, as `rules/bending.toml` must know them."""
ChangePoints = Annotated[int, Field(ge=0, le=100_000)]


class ChangeCost(Frozen):
    """Say what one change to a session of somebody else's plan costs, in points (`rules/bending.toml`).

    `factor` is that of a sort of session, by which the points of its changes are multiplied.
    """

    sentence: Sentence
    why: Sentence
    evidence: Evidence
    points: ChangePoints = 0
    points_per_hour: ChangePoints = 0
    points_per_day: ChangePoints = 0
    points_per_rank: ChangePoints = 0
    points_for_all: ChangePoints = 0
    """For all of its minutes; for some of them in proportion."""
    points_on_a_fuller_day: ChangePoints = 0
    most_days: int = Field(strict=True, default=0, ge=0, le=6)
    up_to_percent: int = Field(strict=True, default=0, ge=0, le=100)
    factor: float = Field(default=1, gt=0, le=10)
