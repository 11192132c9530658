"""Goals and fitness: what to fit into a week, the most important first, and what the person could do before."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from planner.case.entries import plain_date, rulebook_of
from planner.clock import Minutes
from planner.dates import WEEKDAYS
from planner.errors import list_names, nearest, one_of, quoted, suggestion
from planner.models import Frozen
from planner.rulebook.kinds import COUNTED_GOALS
from planner.rulebook.model import Rulebook
from planner.validation import mistake

TYPED_WRONG = 0.8
"""From this likeness on, 0 to 1, one key is taken for another mistyped."""
_DEFAULT_COUNTS = {"runs": 3, "bikes": 2, "upper_body": 2}


def _known_key(name: str, fields: Iterable[str], added: Collection[str], meant: Collection[str] = ()) -> str:
    """Return a key that a rulebook's own kinds of workout add to a table; refuse every other that is no field of it.

    `meant` are the keys that a name may mean which is none; what only looks like a key is not offered.
    """
    if name not in added:
        keys = tuple(dict.fromkeys((*fields, *added)))
        begun = [key for key in keys if key.startswith(f"{name}_")]
        near = [*meant] or begun or nearest(name, keys, likeness=TYPED_WRONG)
        wrong = f"{quoted(name)} is not a key that is known here"
        raise mistake(wrong, f"did you mean {one_of(map(quoted, near))}?" if near else list_names(keys))
    return name


def _a_goal_of_the_rulebook(name: str, info: ValidationInfo) -> str:
    """Return the name of a counted goal that a rulebook's own kind of workout brings."""
    rulebook = rulebook_of(info)
    if rulebook is None:
        return _known_key(name, Goals.model_fields, ())
    added = (*rulebook.goals, *rulebook.special_goals)
    return _known_key(name, Goals.model_fields, added, () if name in added else rulebook.goals_meant(name))


Count = Annotated[int, Field(strict=True, ge=0, le=7)]


class Goals(Frozen):
    """Say how many workouts of each kind a week should hold, and how many rest days.

    `priority` lists the counted goals, the most important first; left out, it is the order in which they are written.
    A kind of workout that the rulebook adds is asked for under its own goal (`rows = 2`): see `count`.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[Annotated[str, AfterValidator(_a_goal_of_the_rulebook)], Count]

    runs: int = Field(strict=True, default=0, ge=0, le=7)
    bikes: int = Field(strict=True, default=0, ge=0, le=7)
    upper_body: int = Field(strict=True, default=0, ge=0, le=7)
    swims: int = Field(strict=True, default=0, ge=0, le=7)
    lower_body: int = Field(strict=True, default=0, ge=0, le=7)
    core: int = Field(strict=True, default=0, ge=0, le=7)
    mobility: int = Field(strict=True, default=0, ge=0, le=7)
    walks: int = Field(strict=True, default=0, ge=0, le=7)
    hard_runs: int = Field(strict=True, default=0, ge=0, le=7)
    hard_bikes: int = Field(strict=True, default=0, ge=0, le=7)
    long_run: str | Literal[False] = False
    rest_days: int = Field(strict=True, default=1, ge=0, le=7)
    longest_run_minutes: Minutes | None = Field(strict=True, default=None, ge=5, le=600)
    """A long run to grow to, beyond the usual one."""
    two_a_day: bool = Field(strict=True, default=False)
    """Whether a start window may hold two workouts, one after the other: a ride and then upper body."""
    priority: tuple[str, ...] = ()

    def count(self, goal: str) -> int:
        """Return how often a week should hold what a counted goal asks for, 0 where nothing asks for it."""
        count: int = getattr(self, goal, 0)
        return count

    @model_validator(mode="before")
    @classmethod
    def _order_is_priority(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, dict):
            return data
        counted = _counted(info)
        if not any(key in counted for key in data):
            data = {**_DEFAULT_COUNTS, **data}
        if not data.get("priority"):
            data = {**data, "priority": tuple(key for key in data if key in counted)}
        return data

    @field_validator("long_run", mode="before")
    @classmethod
    def _a_weekday(cls, value: Any) -> Any:
        if value is False:
            return value
        if not isinstance(value, str) or value.casefold() not in WEEKDAYS:
            near = suggestion(str(value), WEEKDAYS)
            raise mistake(f"{value!r} is no weekday".replace("'", '"').replace("True", "true"), f"{near} (or false)")
        return value.casefold()

    @field_validator("priority")
    @classmethod
    def _goals_only(cls, names: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        counted = _counted(info)
        for name in names:
            if name not in counted:
                rulebook = rulebook_of(info)
                meant = [] if rulebook is None else rulebook.goals_meant(name)
                right = f"did you mean {one_of(map(quoted, meant))}?" if meant else suggestion(name, counted)
                raise mistake(f'"{name}" is no counted goal', right)
        return tuple(dict.fromkeys((*names, *counted)))

    @model_validator(mode="after")
    def _parts_fit_their_wholes(self, info: ValidationInfo) -> Self:
        special = self.hard_runs + (self.long_run is not False)
        if special > self.runs:
            asked = [f"hard_runs is {self.hard_runs}"] if self.hard_runs else []
            asked += ["there is a long_run"] if self.long_run else []
            wrong = f"{' and '.join(asked)}, more than runs ({self.runs})"
            raise mistake(wrong, "they are some of the runs: ask for more runs")
        if self.hard_bikes > self.bikes:
            raise mistake(
                f"hard_bikes is {self.hard_bikes}, more than bikes ({self.bikes})",
                "they are some of the rides: ask for more bikes",
            )
        rulebook = rulebook_of(info)
        if rulebook is not None:
            self._special_goals_fit(rulebook)
        return self

    def _special_goals_fit(self, rulebook: Rulebook) -> None:
        """Refuse more of the workouts that are some of a kind than there are of the kind."""
        for whole in dict.fromkeys(map(rulebook.whole_goal, rulebook.special_goals)):
            parts = [goal for goal in rulebook.special_goals if rulebook.whole_goal(goal) == whole and self.count(goal)]
            parts += ["hard_bikes"] if whole == "bikes" and self.hard_bikes else []
            if sum(map(self.count, parts)) > self.count(whole):
                asked = " and ".join(f"{goal} is {self.count(goal)}" for goal in parts)
                raise mistake(
                    f"{asked}, more than {whole} ({self.count(whole)})", f"they are some of them: ask for more {whole}"
                )


def _counted(info: ValidationInfo) -> tuple[str, ...]:
    """Return every counted goal, those of the rulebook's own kinds of workout among them."""
    rulebook = rulebook_of(info)
    return COUNTED_GOALS if rulebook is None else tuple(dict.fromkeys((*COUNTED_GOALS, *rulebook.goals)))


def _a_figure_of_the_rulebook(name: str, info: ValidationInfo) -> str:
    """Return the name of a figure that a rulebook's own kind of workout brings."""
    rulebook = rulebook_of(info)
    return _known_key(name, Fitness.model_fields, () if rulebook is None else rulebook.usual_minutes)


class Fitness(Frozen):
    """Say what the person could do before the injury changed things, in minutes; None is a coach's guess."""

    longest_run_minutes: Minutes | None = Field(strict=True, default=None, ge=5, le=600)
    easy_run_minutes: Minutes | None = Field(strict=True, default=None, ge=5, le=300)
    bike_minutes: Minutes | None = Field(strict=True, default=None, ge=5, le=600)
    upper_body_minutes: Minutes | None = Field(strict=True, default=None, ge=5, le=240)
    lower_body_minutes: Minutes | None = Field(strict=True, default=None, ge=5, le=240)
    core_minutes: Minutes | None = Field(strict=True, default=None, ge=5, le=120)
    mobility_minutes: Minutes | None = Field(strict=True, default=None, ge=5, le=120)
    walk_minutes: Minutes | None = Field(strict=True, default=None, ge=5, le=480)
    swim_minutes: Minutes | None = Field(strict=True, default=None, ge=5, le=240)
    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[
        Annotated[str, AfterValidator(_a_figure_of_the_rulebook)], Annotated[int, Field(strict=True, ge=5, le=600)]
    ]
    """The figures of a rulebook's own kinds of workout, such as `row_minutes`."""

    as_of: Annotated[date | None, BeforeValidator(plain_date)] = None  # the day for which these figures hold
    last_run: Annotated[date | None, BeforeValidator(plain_date)] = None
    last_ride: Annotated[date | None, BeforeValidator(plain_date)] = None
    last_swim: Annotated[date | None, BeforeValidator(plain_date)] = None
    last_strength: Annotated[date | None, BeforeValidator(plain_date)] = None
    running_since: Annotated[date | None, BeforeValidator(plain_date)] = None
