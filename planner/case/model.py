"""The case: one person's injury, treatments, wishes, availability and fitness, as written in `case.toml`.

Names may be everyday names ("heel", "dry needling"); validated with a rulebook's names as context, as `read_case` and
`plan` do, they become the rulebook's own and a near miss is answered with the nearest ones.
"""

from collections.abc import Collection, Mapping
from datetime import date, time
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    PrivateAttr,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from planner.case.availability import Availability, Away, FixedSession, StartWindow
from planner.case.coach import Coached
from planner.case.entries import (
    NOTHING,
    AtPlace,
    BusyEntry,
    PlainDate,
    RegionName,
    Restriction,
    TreatmentEntry,
    WorkoutName,
    plain_date,
    rulebook_of,
)
from planner.case.goals import Fitness, Goals
from planner.case.health import Health, Illness, SignName
from planner.clock import Minutes, nearest_zone, zone, zone_of_city
from planner.dates import WEEKDAYS
from planner.errors import InputError, quoted, suggestion
from planner.models import Frozen
from planner.rulebook.model import Rulebook
from planner.rulebook.names import folded, is_a_clinician
from planner.rulebook.rule import Numbers
from planner.rulebook.scales import Caution, Finding, Severity
from planner.validation import mistake, problems

Rating = Annotated[int, Field(strict=True, ge=0, le=10)]
"""A feeling from 0 (none) to 10 (the worst)."""


def _a_list(value: Any) -> Any:
    """Take a single table where several may stand."""
    if isinstance(value, str):
        raise mistake(f'"{value}" is text, not a table', f'write a line [injury] and below it region = "{value}"')
    return [value] if isinstance(value, dict | BaseModel) else value


def _several(value: Any) -> Any:
    """Take a single table where several may stand."""
    return [value] if isinstance(value, dict | BaseModel) else value


def _time_of_day(value: Any) -> Any:
    if value is not None and not isinstance(value, time | str):
        raise mistake(f"{value} is no time of day", "write 11:00:00")
    return value


class Injury(AtPlace):
    """Say where it hurts, how badly, and which tissue it is."""

    region: RegionName
    severity: Severity = "moderate"
    graded: bool | None = Field(strict=True, default=None)
    """Whether running on an injured bone is graded by pain and waits for no clearance; None is the region's own."""
    healed: PlainDate | None = None
    """The first day on which it is no injury any more."""
    by: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] | None = None
    """The clinician who says so, where a bone waits for one."""

    @model_validator(mode="after")
    def _a_word_about_healing(self) -> Self:
        if self.by is not None and self.healed is None:
            raise mistake("by says who, and not since when it is healed", "add healed = 2026-12-20, or take it out")
        return self


class Race(Frozen):
    """Name a race: its local date, and where known its start and expected minutes."""

    date: Annotated[date, BeforeValidator(plain_date)]
    name: str = "Race"
    start: Annotated[time | None, BeforeValidator(_time_of_day)] = None
    minutes: Minutes | None = Field(strict=True, default=None, ge=5, le=1440)
    goal: bool | None = Field(strict=True, default=None)
    """Whether there is a taper before it; left out, where it is longer than an easy run."""


class Returning(Frozen):
    """Say that the person is on the way back to running, and at which stage (`rules/progression.toml`)."""

    stage: int = Field(default=1, strict=True, ge=1, le=8)


TimeOfDay = Annotated[time | None, BeforeValidator(_time_of_day)]


class LogEntry(Frozen):
    """Say what happened on a date, and how it felt; ratings run from 0 to 10.

    `next_morning` is the pain or stiffness of the morning after above the usual (0: as on other mornings); `region` is
    needed only where several injuries could be meant.
    """

    date: Annotated[date, BeforeValidator(plain_date)]
    time: TimeOfDay = None
    """When the workout began, where the person says so."""
    did: WorkoutName | None = None
    left_out: bool = Field(default=False, strict=True)
    """What was planned for the day was left out; `did = "nothing"` says it too."""
    minutes: Minutes | None = Field(default=None, strict=True, gt=0, le=1440)
    pain: Rating | None = None
    next_morning: Rating | None = None
    soreness: Rating | None = None
    limp: bool = False
    painkiller: bool = False
    """A painkiller was taken in the twelve hours before: what was felt proves nothing good."""
    region: RegionName | None = None
    signs: tuple[SignName, ...] = ()
    advice_sought: bool = False
    """A clinician was asked: a note, which ends nothing."""
    cleared: Finding | None = None
    """What a clinician found: it ends the signs of this entry, or without any all signs up to its date."""
    by: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] | None = None
    """The clinician who found it."""
    training_from: PlainDate | None = None
    """From which day the clinician lets training begin again, where something was confirmed."""

    @property
    def is_of_training(self) -> bool:
        """Whether it tells of a session, of none, or how it felt; a sign or a finding alone does not."""
        felt = (self.pain, self.next_morning, self.soreness)
        return self.did is not None or self.left_out or self.limp or any(answer is not None for answer in felt)

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_no_workout(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("did"), str) and folded(data["did"]) in NOTHING:
            return {**{key: value for key, value in data.items() if key != "did"}, "left_out": True}
        return data

    @model_validator(mode="after")
    def _a_finding_is_whole(self) -> Self:
        if self.cleared is None:
            for name in ("by", "training_from"):
                if getattr(self, name) is not None:
                    raise mistake(
                        f"{name} says who or when, and not what was found", 'add cleared = "ruled out" or "confirmed"'
                    )
            return self
        if self.by is None or not is_a_clinician(self.by):
            who = "nobody" if self.by is None else quoted(self.by)
            right = 'name the clinician who looked: by = "Dr Smith", or by = "my physiotherapist"'
            raise mistake(f"cleared by {who} ends nothing", right)
        if self.cleared == "ruled out" and self.training_from is not None:
            raise mistake(
                'training_from belongs to cleared = "confirmed"', "take it out: what is ruled out ends on the next day"
            )
        if self.training_from is not None and self.training_from < self.date:
            raise mistake(
                f"training_from = {self.training_from} lies before the finding", f"give {self.date} or a later day"
            )
        return self


class Override(Numbers):
    """Hold a clinician's word on one rule: the figures that are theirs, and who said it."""

    by: str = Field(min_length=1)


class RuleWords(Frozen):
    """Hold what clinicians said about rules (`[rules.override."id"]`)."""

    override: dict[str, Override] = Field(default={})

    @field_validator("override")
    @classmethod
    def _rules_that_may_change(cls, words: dict[str, Override], info: ValidationInfo) -> dict[str, Override]:
        rulebook = rulebook_of(info)
        if rulebook is None:
            return words
        for key, word in words.items():
            rule = rulebook.rules.get(key)
            if rule is None:
                raise mistake(f'"{key}" is no rule', suggestion(key, rulebook.rules))
            if rule.never_loosen:
                raise mistake(f'"{key}" is never changed by anybody', "take it out: this rule guards against harm")
            if rulebook.needs_a_clinician(rule) and not is_a_clinician(word.by):
                wrong = f'"{key}" guards against harm, and {quoted(word.by)} is no clinician'
                raise mistake(wrong, 'name the clinician whose word it is: by = "Dr Smith"')
            if not word.model_fields_set - {"by"}:
                raise mistake(
                    f'"{key}" says no figure', "give the figures that are the clinician's, such as hours_after"
                )
        return words


class Case(Coached):
    """Hold one person's case, checked.

    Raises pydantic's `ValidationError`, a `ValueError`, on construction; `read_case` turns it into an `InputError`.
    """

    id: str | None = Field(default=None, min_length=1, max_length=100)
    name: str = Field(default="", max_length=100)
    timezone: str
    caution: Caution = "standard"
    injury: Annotated[tuple[Injury, ...], BeforeValidator(_a_list)] = ()
    treatments: tuple[TreatmentEntry, ...] = ()
    goals: Goals = Goals()
    availability: Availability = Availability()
    fitness: Fitness = Fitness()
    health: Health = Health()
    illness: Annotated[tuple[Illness, ...], BeforeValidator(_a_list)] = ()
    races: tuple[Race, ...] = ()
    return_to_running: Returning | None = None
    log: tuple[LogEntry, ...] = ()
    rules: RuleWords = Field(default=RuleWords())
    busy: tuple[BusyEntry, ...] = ()
    away: Annotated[tuple[Away, ...], BeforeValidator(_several)] = ()
    sessions: Annotated[tuple[FixedSession, ...], BeforeValidator(_several)] = ()
    restrictions: Annotated[tuple[Restriction, ...], BeforeValidator(_several)] = ()
    _healed: tuple[Injury, ...] = PrivateAttr(())

    @field_validator("timezone")
    @classmethod
    def _an_iana_name(cls, name: str) -> str:
        if zone(name) is not None:
            return name
        city_zone = zone_of_city(name)
        if city_zone is None:
            raise mistake(f'"{name}" is no IANA time zone', nearest_zone(name))
        return city_zone

    @field_validator("return_to_running")
    @classmethod
    def _a_stage_that_there_is(cls, returning: Returning | None, info: ValidationInfo) -> Returning | None:
        rulebook = rulebook_of(info)
        if returning is not None and rulebook is not None and returning.stage > len(rulebook.stages) > 0:
            raise mistake(f"there is no stage {returning.stage}", f"use 1 to {len(rulebook.stages)}")
        return returning

    @model_validator(mode="after")
    def _a_region_for_each_treatment(self, info: ValidationInfo) -> Self:
        rulebook = rulebook_of(info)
        for number, entry in enumerate(self.treatments):
            kind = None if rulebook is None else rulebook.treatments.get(entry.kind)
            if entry.region is None and len(self.injury) != 1 and (kind is None or kind.body is None):
                many = "several injuries" if self.injury else "no injury"
                raise mistake(
                    f"treatments[{number}].region is missing, and with {many} there is no default for it",
                    "say which region is treated",
                )
        return self

    @property
    def week_starts(self) -> int:
        """The weekday on which the person's week begins, from Monday 0."""
        return WEEKDAYS.index(self.availability.week_starts or WEEKDAYS[0])

    def away_on(self, day: date) -> Away | None:
        """Return why the person has no time at all on a day, None where they have."""
        return next((entry for entry in self.away if entry.what == "all" and entry.covers(day)), None)

    def windows_on(self, day: date) -> tuple[StartWindow, ...]:
        """Return the start windows of a day, in order of time: none where the person is away."""
        return () if self.away_on(day) is not None else self.availability.on(day)

    def open_to(self, day: date, kind: str) -> bool:
        """Return whether a day is for a kind of workout, as availability and absences say."""
        kinds = self.availability.times_on(day).kinds
        gone = any(entry.what != "all" and kind in entry.what and entry.covers(day) for entry in self.away)
        return not gone and (kinds is None or kind in kinds)

    @property
    def healed(self) -> tuple[Injury, ...]:
        """What was an injury and is none any more, in a case as it stands on a day (`case.places.case_on`)."""
        return self._healed

    def without_injuries(self, healed: Collection[Injury], update: Mapping[str, Any]) -> Self:
        """Return the case with some of its injuries healed, and other values of some fields."""
        left = tuple(injury for injury in self.injury if injury not in healed)
        other = self.model_copy(update={**update, "injury": left})
        other._healed = (*self._healed, *healed)  # noqa: SLF001 (its own, while it is made)
        return other

    @property
    def tz(self) -> ZoneInfo:
        """The case's time zone."""
        return ZoneInfo(self.timezone)


def with_known_names(case: Case, rulebook: Rulebook) -> Case:
    """Return a case whose names are all the rulebook's own."""
    regions = {injury.region for injury in case.injury} | {entry.region for entry in case.treatments} - {None}
    regions |= {entry.region for entry in case.log} - {None}
    kinds = {entry.kind for entry in case.treatments}
    done = {entry.did for entry in case.log} - {None}
    signs = {sign for entry in case.log for sign in entry.signs}
    named = (
        (regions, rulebook.regions),
        (kinds, rulebook.treatments),
        (done, rulebook.workouts),
        (signs, rulebook.signs),
        ({illness.kind for illness in case.illness}, rulebook.illnesses),
        (set(case.goals.model_extra or ()), rulebook.goals),
    )
    if all(names <= set(owned) for names, owned in named):
        return case
    try:
        return Case.model_validate(case.model_dump(exclude_unset=True, by_alias=True), context={"rulebook": rulebook})
    except ValidationError as error:
        raise InputError(problems("case", error, Case)) from error
