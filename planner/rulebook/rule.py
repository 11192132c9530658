"""A rule: when something holds, what it caps, why, and how good the evidence is (`[[rule]]` in `rules/`)."""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    PrivateAttr,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from planner.clock import Minutes
from planner.errors import one_of
from planner.models import Frozen
from planner.rulebook.figures import (
    HOURS,
    AfterBreak,
    AppliesTo,
    AroundRace,
    Check,
    Gap,
    Growth,
    InsteadOfRun,
    Longest,
    Percent,
    RaceRatio,
    Setbacks,
    WeekCeiling,
    When,
    figure,
    figure_names,
    fill_figures,
    hours_span,
    on_day,
)
from planner.rulebook.scales import (
    Caution,
    Evidence,
    Impact,
    Intensity,
    Load,
)
from planner.validation import mistake

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Span = tuple[float, float]
"""A window in the unit of its key, as time passes: `[0, 24]` after a treatment, `[24, 0]` before one."""


UNITS = HOURS
"""Hours in each unit that a window may be written in."""
SPANS = tuple(f"{unit}_{side}" for unit in UNITS for side in ("after", "before"))
WINDOWS = (*SPANS, "begins", "last_day")
"""What a title names of a rule's window."""
TEXTS: tuple[Literal["title", "why", "advice"], ...] = ("title", "why", "advice")
"""What may keep places for figures."""
LONGEST = 5 * 366 * 24.0  # hours: no rule looks further


def _an_id(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9_]+\.[a-z0-9_]+", text):
        raise mistake(f'"{text}" is no id', "write the subject, a dot and a short name: dry_needling.first_day")
    return text


class Cited(Frozen):
    """Say why, how good the evidence is, and where it comes from."""

    why: Sentence
    evidence: Evidence
    sources: tuple[str, ...] = ()


class Named(Frozen):
    """Have a name for people, and the everyday names under which people may write it."""

    name: Sentence
    everyday_names: tuple[Sentence, ...] = ()


class Numbers(Frozen):
    """Hold the figures of a rule that a caution level may change."""

    hours_after: Span | None = None
    days_after: Span | None = None
    weeks_after: Span | None = None
    hours_before: Span | None = None
    days_before: Span | None = None
    weeks_before: Span | None = None
    illness_days: Span | None = None
    """Days of an illness, counted from the one on which it began: `[0, 1]` is the first."""
    days_per_fever_day: float | None = Field(default=None, ge=0, le=10)
    """Its window after an illness is so many days long for each day of fever, if that is more."""
    max_load: Load | None = None
    max_impact: Impact | None = None
    max_intensity: Intensity | None = None
    max_minutes: Minutes | None = Field(strict=True, default=None, ge=0)
    check: Check | None = None
    hours_between_sessions: float | None = Field(default=None, gt=0, le=LONGEST)
    days_between_runs: int | None = Field(strict=True, default=None, ge=1, le=7)
    days_between_hard: int | None = Field(strict=True, default=None, ge=1, le=7)
    days_between_long: int | None = Field(strict=True, default=None, ge=1, le=14)
    days_before_race: int | None = Field(strict=True, default=None, ge=1, le=28)
    booked_days_before_race: int | None = Field(strict=True, default=None, ge=1, le=60)
    """Such a treatment is booked at least so many days before a race that is a goal."""
    longer_by_hours: float | None = Field(default=None, gt=0, le=LONGEST)
    percent_of_longest_run: float | None = Field(default=None, gt=0, le=1000)
    warn_percent_per_week: float | None = Field(default=None, gt=0, le=1000)
    percent_of_easy_run: float | None = Field(default=None, gt=0, le=1000)
    percent_of_usual: float | None = Field(default=None, gt=0, le=1000)
    percent_of_usual_week: float | None = Field(default=None, gt=0, le=1000)
    begin_at_stage: int | None = Field(strict=True, default=None, ge=1)
    most_days_in_a_row: int | None = Field(strict=True, default=None, ge=1, le=7)
    most_a_day: int | None = Field(strict=True, default=None, ge=1, le=7)
    warn_share_of_long_run: tuple[float, float, float] | None = None
    after_break: AfterBreak | None = None
    after_race: AroundRace | None = None
    before_race: AroundRace | None = None
    longest: Longest | None = None
    week_ceiling: WeekCeiling | None = None
    growth: Growth | None = None
    gap: Gap | None = None
    setbacks: Setbacks | None = None
    long_run_percents: tuple[Percent, ...] | None = None
    """Of a rule about the log: shares of the longest run before the entry, one more for each long run since."""
    race_ratio: RaceRatio | None = None
    race_days_times: float | None = Field(default=None, ge=1, le=5)
    """The days that rules name before and after a race are so many times as many."""
    instead_of_run: InsteadOfRun | None = None
    away: bool = False
    """A variant may say that the rule does not hold at its level (`away = true`). A rule of a single level says it of
    itself, and its variant for that level that it does (`away = false`)."""
    why_holds: bool = False
    """A variant may say that the rule's reason and sources hold for its figures too (`why_holds = true`)."""

    @field_validator("hours_after", "days_after", "weeks_after", "hours_before", "days_before", "weeks_before")
    @classmethod
    def _runs_forward(cls, span: Span | None, info: ValidationInfo) -> Span | None:
        if span is None:
            return span
        key, (first, last) = str(info.field_name), span
        if min(span) < 0:
            raise mistake(f"{_plain(span)} has a negative number", "count from the treatment: no signs")
        if first == last or (first < last) != key.endswith("_after"):
            right = "give it a length" if first == last else f"write {key} = {_plain((last, first))}"
            raise mistake(f"{_plain(span)} is the wrong way round or empty", right)
        if max(span) * UNITS[key.split("_", maxsplit=1)[0]] > LONGEST:
            raise mistake(f"{_plain(span)} reaches further than five years", "give a nearer end")
        return span

    @model_validator(mode="after")
    def _has_one_window_a_side(self) -> Self:
        if self.illness_days is not None and not 0 <= self.illness_days[0] < self.illness_days[1] <= LONGEST / 24:
            raise mistake(
                f"illness_days = {_plain(self.illness_days)} is no span", "write the first day before the last: [0, 1]"
            )
        for side, names in _WINDOWS_OF_A_SIDE.items():
            if len(self.model_fields_set & names) > 1 and sum(getattr(self, name) is not None for name in names) > 1:
                raise mistake(f"has two windows {side} the treatment", "keep one unit")
        return self


_WINDOWS_OF_A_SIDE = {side: {f"{unit}_{side}" for unit in UNITS} for side in ("after", "before")}
"""The fields of which a rule has at most one, by their side of the treatment."""


def _plain(span: Span) -> str:
    return f"[{span[0]:g}, {span[1]:g}]"


class Rule(Numbers, Cited):
    """State when something holds, what it caps, why, and how good the evidence is."""

    id: Annotated[str, AfterValidator(_an_id)]
    title: Sentence
    covers: tuple[str, ...] = ()
    when: When = When.model_construct()
    applies_to: AppliesTo = AppliesTo.model_construct()
    rules_out: tuple[str, ...] = ()
    rules_out_workouts: tuple[str, ...] = ()
    rules_out_checked: tuple[str, ...] = ()
    """Workouts that are ruled out where another rule's check asks how it feels: that check would prove nothing."""
    allows_only: tuple[str, ...] | None = None
    during: bool = False
    """The rule speaks while the treatment itself lasts."""
    prefers: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    advice: Sentence | None = None
    question: Sentence | None = None
    """Asked on each day that the window touches; a yes is a danger sign."""
    first_run_back: bool = False
    """The caps hold for the first run after a day or more without runs (see `training.toml`)."""
    never_loosen: bool = False
    until_cleared: bool = False
    """The rule holds past the end of its window until the case says that clearance was given for the treatment."""
    cleared_ends: bool = False
    """The rule lets go as soon as the case says that clearance was given, even before the end of its window."""
    also_when_well: bool = False
    """Its days of an illness count also where the illness was over before."""
    forbids_treatments: tuple[str, ...] = ()
    """Kinds of treatment that should not be booked on the same region while the window lasts."""
    asks_before_treatments: tuple[str, ...] = ()
    """Kinds of treatment before which whoever gives them should be told, while the window lasts."""
    about: Literal["treatment", "injury", "log", "training", "person", "illness"] = "treatment"
    """What the rule speaks about; its place says it: `treatments/`, `injuries/`, `people.toml` and so on."""
    by: str | None = None
    """Who gave the figures, where a case puts a clinician's in place of the rule's own."""
    level: Caution = "standard"
    """The level of caution whose figures these are."""
    permissive: Numbers | None = None
    strict: Numbers | None = None

    _written: dict[str, str] = PrivateAttr({})
    """The texts that keep places for figures, as they are written: `First {hours_after}: no running`."""

    @model_validator(mode="after")
    def _has_the_figures_of_its_texts(self) -> Self:
        self._written = {key: text for key in TEXTS if "{" in (text := getattr(self, key) or "")}
        for key, text in self._written.items():
            for name in figure_names(text):
                if self.figure(name) is None:
                    placeholders = [f"{{{name}}}" for name in (*WINDOWS, *Numbers.model_fields, *Check.model_fields)]
                    placeholders = [
                        placeholder for placeholder in placeholders if self.figure(placeholder[1:-1]) is not None
                    ]
                    right = f"name {one_of(placeholders)}" if placeholders else "write no braces"
                    raise mistake(f"the {key} names {{{name}}}, which is no figure of the rule", right)
        self._fill(self._written)
        return self

    def _fill(self, keys: Iterable[str]) -> None:
        """Put the figures in force into some texts."""
        for key in keys:
            self.__dict__[key] = fill_figures(self._written[key], lambda name: self.figure(name) or "")

    def at(self, caution: Caution) -> Self | None:
        """Return the rule with the figures of a caution level, or None where it does not hold there."""
        variant = None if caution == "standard" else getattr(self, caution)
        if variant is None:
            return None if self.away else self
        changed = {name: getattr(variant, name) for name in variant.model_fields_set - {"why_holds"}}
        if changed.get("away", self.away):
            return None
        # A reason that speaks about other figures is none for these.
        own = {} if variant.why_holds else {"why": "", "evidence": "M", "sources": ()}
        return self._with({**changed, **own, "level": caution, "permissive": None, "strict": None})

    def by_word(self, figures: Mapping[str, Any], by: str) -> Self:
        """Return the rule with figures that somebody gave for one person, and nothing of the reason for its own."""
        return self._with({**figures, "by": by, "level": "standard", "why": "", "evidence": "C", "sources": ()})

    def _with(self, changed: Mapping[str, Any]) -> Self:
        """Return the rule with other figures, also in its texts."""
        other = self.model_copy(update=changed)
        other._fill(self._written.keys() - changed.keys())  # noqa: SLF001 (one of its own kind)
        return other

    def written(self, key: Literal["title", "why", "advice"]) -> str:
        """Return a text as the rulebook has it, with its places for figures."""
        return self._written.get(key) or getattr(self, key) or ""

    def names_its_window(self) -> bool:
        """Return whether the title says by itself, with the figures in force, for how long the rule holds."""
        return any(name in WINDOWS for name in figure_names(self.written("title")))

    def figure(self, name: str) -> str | None:
        """Return a figure that a text may name as people say it, or None where the rule has no such figure."""
        if name in WINDOWS:
            unit, _, side = name.partition("_")
            span = self.hours(side if unit in UNITS else "after")
            if span is None:
                return None
            if unit in UNITS:
                return hours_span(span[0], span[1], unit)
            return on_day(span[1]) if name == "last_day" else hours_span(0, span[0])
        value = getattr(self.check if name in Check.model_fields else self, name, None)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return figure(name, value)

    def hours(self, side: str) -> Span | None:
        """Return the window after or before a treatment in hours, as written (as time passes)."""
        for unit, hours in UNITS.items():
            span: Span | None = getattr(self, f"{unit}_{side}")
            if span is not None:
                return span[0] * hours, span[1] * hours
        return None

    @property
    def guards_a_bone(self) -> bool:
        """Whether it speaks of nothing but bones."""
        return self.when.tissues is not None and set(self.when.tissues) == {"bone"}

    @property
    def caps(self) -> bool:
        """Whether the rule caps or rules out workouts (and does not merely advise)."""
        return bool(
            self.rules_out
            or self.rules_out_workouts
            or self.allows_only is not None
            or self.check
            or any(
                getattr(self, name) is not None for name in ("max_load", "max_impact", "max_intensity", "max_minutes")
            )
        )
