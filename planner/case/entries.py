"""Entries of a case: the treatments that a person has booked, the calendars that they stand in, and busy times."""

import re
from contextlib import suppress
from datetime import date, datetime, time
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from planner.case.repeats import Repeat
from planner.clock import FIRST_YEAR, LAST_YEAR, PLAUSIBLE, Minutes
from planner.dates import (
    WEEKDAYS,
    UnclearDateError,
    date_in_toml,
    parse_absolute,
    parse_date,
)
from planner.errors import quoted, suggestion
from planner.models import Frozen
from planner.rulebook.model import Rulebook
from planner.rulebook.names import folded, is_a_clinician, kind_and_place, plain_name, split_side
from planner.rulebook.scales import Dose, Intensity, Side, Tissue
from planner.validation import mistake


def rulebook_of(info: ValidationInfo) -> Rulebook | None:
    """Return the rulebook that a case is held against, or None where it is not."""
    rulebook: Rulebook | None = (info.context or {}).get("rulebook")
    return rulebook


def known_name(what: str, singular: str) -> AfterValidator:
    """Return what makes a name the rulebook's own, and answers a wrong one with those nearest to it."""

    def check(name: str, info: ValidationInfo) -> str:
        rulebook = rulebook_of(info)
        if rulebook is None:
            return name
        canonical = rulebook.names.find(what, name)
        if canonical is None:
            raise mistake(f'"{name}" is no {singular}', rulebook.names.nearest(what, name))
        return canonical

    return AfterValidator(check)


def a_kind(name: str, info: ValidationInfo) -> str:
    """Return a kind of workout by its name, its goal, or what people call one or several: `ride`, `bikes`."""
    rulebook = rulebook_of(info)
    if rulebook is None:
        return name
    canonical = rulebook.names.find("kinds", name)
    if canonical is None:
        raise mistake(f'"{name}" is no kind of workout', rulebook.names.nearest("kinds", name))
    return canonical


KindName = Annotated[str, AfterValidator(a_kind)]
RegionName = Annotated[str, known_name("regions", "region")]
TreatmentName = Annotated[str, known_name("treatments", "treatment")]
WorkoutName = Annotated[str, known_name("workouts", "workout")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


def _spoken_date(text: str, today: date | None) -> date:
    """Return a date or a time that is written in words, if it is the same whenever it is read."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?", text):
        raise mistake(f'"{text}" is text, not a date', "write it without quotes: 2026-11-24T09:30:00, or 2026-11-24")
    try:
        return parse_absolute(text)
    except UnclearDateError as error:
        right = "write it as a date, without quotes: 2026-11-24T09:30:00, or 2026-11-24"
        if today is not None:
            with suppress(UnclearDateError):
                right = f"write {date_in_toml(parse_date(text, today))}, without quotes"
        raise mistake(error.wrong, right) from None


def date_or_local_time(value: Any, info: ValidationInfo) -> Any:
    """Return a date or a time as it is, and say what is wrong with anything else."""
    if isinstance(value, str):
        value = _spoken_date(value, (info.context or {}).get("today"))
    if value is not None and not isinstance(value, date):
        what = "a time without its date" if isinstance(value, time) else "not a date"
        raise mistake(f"{value} is {what}", "write 2026-11-24T09:30:00, or 2026-11-24")
    if value is not None and not FIRST_YEAR <= value.year < LAST_YEAR:
        raise mistake(f"{value} is too far away", PLAUSIBLE)
    return value


def _with_its_place(data: dict[str, Any], rulebook: Rulebook) -> dict[str, Any]:
    """Return an entry with the region that its kind says besides: `needling in my calf`."""
    kind = data.get("kind")
    if not isinstance(kind, str) or data.get("region") is not None or rulebook.names.find("treatments", kind):
        return data
    bare_kind, place = kind_and_place(kind)
    is_treatment = place and rulebook.names.find("treatments", bare_kind) is not None
    return {**data, "kind": bare_kind, "region": place} if is_treatment else data


class AtPlace(Frozen):
    """Stand for something at a part of the body: the name that it is given may also say the tissue."""

    side: Side | None = None
    tissue: Tissue | None = None
    _ambiguous: str | None = PrivateAttr(default=None)

    @property
    def ambiguous(self) -> str | None:
        """The key of the ambiguous name that stood for the region, where the tissue was not said either."""
        return self._ambiguous

    @model_validator(mode="wrap")
    @classmethod
    def _names_that_say_the_tissue(
        cls, data: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        rulebook = rulebook_of(info)
        data = data if rulebook is None or not isinstance(data, dict) else _with_its_place(data, rulebook)
        name = data.get("region") if isinstance(data, dict) else None
        if rulebook is None or not isinstance(name, str):
            return handler(data)
        if rulebook.names.find("regions", name) is None and data.get("side") is None:
            part, side = split_side(plain_name(name))
            if side is not None:
                name, data = part, {**data, "region": part, "side": side}
        if data.get("tissue") is not None:
            return handler(data)
        tissue = rulebook.tissue_of_name(name)
        entry = handler(data if tissue is None else {**data, "tissue": tissue})
        entry._ambiguous = rulebook.names.ambiguity(name)  # noqa: SLF001 (its own, while it is made)
        return entry


class TreatmentEntry(AtPlace):
    """Book a treatment, a series of them, or those that stand in a calendar file."""

    kind: TreatmentName
    region: RegionName | None = None
    start: Annotated[datetime | date | None, BeforeValidator(date_or_local_time)] = None
    calendar: Words | None = None
    """A calendar file, beside the case file, whose events are the appointments."""
    match: Words | None = None
    """Only the events whose title, description or location contains this, case aside."""
    minutes: int | None = Field(strict=True, default=None, gt=0, le=480)
    dose: Dose = "normal"
    electric: bool = Field(strict=True, default=False)
    """Whether current flows through the needles."""
    cleared: Annotated[date | None, BeforeValidator(date_or_local_time)] = None
    """The date on which the clinician gave clearance to go on, where a rule waits for it."""
    repeat: Repeat | None = None

    @model_validator(mode="before")
    @classmethod
    def _names_that_say_more(cls, data: Any, info: ValidationInfo) -> Any:
        rulebook = rulebook_of(info)
        kind = data.get("kind") if isinstance(data, dict) else None
        if rulebook is None or not isinstance(kind, str):
            return data
        kind = rulebook.names.name_within("treatments", kind)
        named_kind = rulebook.treatments.get(rulebook.names.find("treatments", kind) or "")
        if named_kind is not None and data.get("region") is None:
            whole = named_kind.body if folded(kind) in map(folded, named_kind.body_names) else None
            data = {**data, "region": whole or named_kind.region}
        for treatment in rulebook.treatments.values():
            for dose, names in (("light", treatment.light_names), ("heavy", treatment.heavy_names)):
                if "dose" not in data and folded(kind) in map(folded, names):
                    data = {**data, "dose": dose}
            if "electric" not in data and folded(kind) in map(folded, treatment.electric_names):
                data = {**data, "electric": True}
        return data

    @model_validator(mode="after")
    def _from_one_place(self) -> Self:
        if self.start is None and self.calendar is None:
            raise mistake(
                "has neither a start nor a calendar", 'give start = 2026-11-24T09:30:00, or calendar = "clinic.ics"'
            )
        if self.start is not None and self.calendar is not None:
            raise mistake("has both a start and a calendar", "keep one of them, or write a second [[treatments]]")
        if self.match is not None and self.calendar is None:
            raise mistake("has a match and no calendar to look into", 'give calendar = "clinic.ics", or leave it out')
        if self.repeat is not None and self.calendar is not None:
            raise mistake("has both a repeat and a calendar", "leave the repeat out: the calendar says when")
        return self


def plain_date(value: Any, info: ValidationInfo) -> Any:
    """Return a date as it is; refuse a time of day."""
    if isinstance(value, datetime):
        raise mistake(f"{value.isoformat()} has a time of day", "write the date alone: 2026-11-24")
    return date_or_local_time(value, info)


PlainDate = Annotated[date, BeforeValidator(plain_date)]


def a_kind_or_workout(name: str, info: ValidationInfo) -> str:
    """Return a kind of workout, or else a workout, by any of its names."""
    rulebook = rulebook_of(info)
    if rulebook is None:
        return name
    try:
        return a_kind(name, info)
    except PydanticCustomError:
        workout = rulebook.names.find("workouts", name)
    if workout is None:
        kinds_near = rulebook.names.near("kinds", name)
        right = rulebook.names.nearest("kinds" if kinds_near else "workouts", name)
        raise mistake(f'"{name}" is neither a kind of workout nor a workout', right)
    return workout


class Restriction(Frozen):
    """Hold a clinician's restriction: kinds of workout, or workouts, that are not to be done, or held to so much.

    With a `region` alone, it is what loads it more than a little; with `most_minutes` or `most_intensity`, what it
    names is held to that. With `allowed` what it names may be done although a rule about a treatment or an injury
    forbids it, or holds it to less; with a `region`, although one about that part does. It holds from the day `from` to
    the day `until`, both included; without them, always.
    """

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)
    what: tuple[Annotated[str, AfterValidator(a_kind_or_workout)], ...] = ()
    region: RegionName | None = None
    from_: PlainDate | None = Field(default=None, alias="from")
    until: PlainDate | None = None
    by: Words
    most_minutes: Minutes | None = Field(strict=True, default=None, ge=5, le=1440)
    most_intensity: Intensity | None = None
    allowed: bool = Field(strict=True, default=False)
    """Whether it is the looser word: what rules forbid may be done, up to what it says itself."""

    @model_validator(mode="after")
    def _is_a_clinicians_leave(self) -> Self:
        if self.allowed and not self.what:
            raise mistake("allowed does not say what", 'write what = ["run"], or take allowed out')
        if self.allowed and not is_a_clinician(self.by):
            right = 'name the clinician who allows it: by = "Dr Smith", or by = "my physiotherapist"'
            raise mistake(f"allowed by {quoted(self.by)} is no clinician's word", right)
        return self

    @model_validator(mode="after")
    def _restricts_something(self) -> Self:
        if not self.what and self.region is None:
            raise mistake("says neither what nor which region", 'write what = ["run"], or region = "calf"')
        if self.from_ is not None and self.until is not None and self.until < self.from_:
            raise mistake(f"until is {self.until}, before {self.from_}", f"write from = {self.until}")
        return self


def weekday(name: str) -> str:
    """Return a weekday in small letters; refuse every other word."""
    if name.casefold() not in WEEKDAYS:
        raise mistake(f"{quoted(name)} is no weekday", suggestion(name, WEEKDAYS))
    return name.casefold()


NOTHING = frozenset({"nothing", "none", "skipped", "left out", "missed", "rested", "rest"})
"""What people write in place of a workout that they left out."""


def local_time(value: Any, info: ValidationInfo) -> Any:
    """Return a time of a day as it is; refuse a date alone, for whole days are away."""
    value = date_or_local_time(value, info)
    if value is not None and not isinstance(value, datetime):
        raise mistake(f"{value} has no time of day", f"write {value}T09:30:00; whole days stand in [[away]]")
    return value


class BusyEntry(Frozen):
    """Say when no workout takes place: during the events of a calendar file, or for some minutes from a start on."""

    calendar: Words | None = None
    start: Annotated[datetime | None, BeforeValidator(local_time)] = None
    minutes: Minutes | None = Field(strict=True, default=None, ge=1, le=7 * 24 * 60)
    """How long it lasts from its start on."""
    match: Words | None = None
    """Only the events whose title, description or location contains this, case aside."""
    buffer_minutes: int = Field(strict=True, default=0, ge=0, le=480)
    all_day: bool = Field(strict=True, default=False)
    """Whether events of whole days count too."""
    free: bool = Field(strict=True, default=False)
    """Whether events that the calendar shows as free count too."""

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        example = "give start = 2026-11-24T09:30:00 and minutes = 60"
        if self.calendar is None and self.start is None:
            raise mistake("has neither a calendar nor a start", f'give calendar = "work.ics", or {example[5:]}')
        if self.calendar is not None and (self.start is not None or self.minutes is not None):
            raise mistake("has both a calendar and a time of its own", "write a second [[busy]] for the one of them")
        if self.calendar is None and self.minutes is None:
            raise mistake("does not say how long it lasts", example)
        for name in ("match", "all_day", "free"):
            if self.calendar is None and getattr(self, name):
                raise mistake(f"has {name} and no calendar to look into", f"take {name} out")
        return self
