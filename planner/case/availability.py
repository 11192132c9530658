"""Availability: the windows of a day in which a workout may start."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from datetime import date as datetime_date
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from planner.case.entries import KindName, PlainDate, Words, WorkoutName, weekday
from planner.clock import Minutes
from planner.dates import WEEKDAYS, plain_span
from planner.errors import quoted, suggestion
from planner.models import Frozen
from planner.validation import mistake

_WINDOW = re.compile(r"\s*([01]?\d|2[0-3]):([0-5]\d)\s*[-\u2013]\s*([01]?\d|2[0-3]):([0-5]\d)\s*")
_A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


LAST_MINUTE = time(23, 59)
LONGEST_NIGHT = 12 * 60
"""Minutes: a window that runs past midnight and lasts longer was written the wrong way round."""


@dataclass(frozen=True, slots=True, order=True)
class StartWindow:
    """Bound the local times at which a workout may start, both included."""

    first: time
    last: time

    def __str__(self) -> str:
        return f"{self.first:%H:%M}-{self.last:%H:%M}"

    @property
    def overnight(self) -> bool:
        """Whether it ends on the day after it begins."""
        return self.last < self.first

    @property
    def of_the_day(self) -> "StartWindow":
        """What of it lies on the day on which it begins."""
        return StartWindow(self.first, LAST_MINUTE) if self.overnight else self

    @property
    def of_the_next_day(self) -> "StartWindow | None":
        """What of it lies on the day after, None where nothing does."""
        return StartWindow(time(), self.last) if self.overnight else None


DEFAULTS = {"default": "07:00-08:30", "saturday": "09:00-11:00", "sunday": "09:00-11:00"}
"""Taken where a case says nothing about a day (and no `default` of its own)."""


def parse_windows(value: Any) -> tuple[StartWindow, ...]:
    """Return the windows written as `"07:00-08:30"` or as a list of such texts, in order of time.

    Raises a pydantic error that says what is wrong and what would be right.
    """
    if isinstance(value, tuple) and all(isinstance(window, StartWindow) for window in value):
        return value
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(text, str) for text in texts):
        raise mistake(f"{quoted(value)} is no start window", 'write "07:00-08:30", or a list of such windows')
    windows = []
    for text in texts:
        match = _WINDOW.fullmatch(plain_span(text))
        if match is None:
            raise mistake(f'"{text}" is no start window', 'write it as "07:00-08:30"')
        hour, minute, last_hour, last_minute = (int(part) for part in match.groups())
        window = StartWindow(time(hour, minute), time(last_hour, last_minute))
        if window.overnight and (int(last_hour) - int(hour) + 24) * 60 + int(last_minute) - int(minute) > LONGEST_NIGHT:
            raise mistake(f'"{text}" ends before it begins', f'write "{window.last:%H:%M}-{window.first:%H:%M}"')
        windows.append(window)
    windows.sort()
    for earlier, other in pairwise(windows):
        if earlier.overnight or other.first <= earlier.last:
            raise mistake(f'"{earlier}" and "{other}" overlap', "join them, or move one")
    return tuple(windows)


def _day_key(key: str) -> str:
    if key not in ("default", *WEEKDAYS) and not _is_date(key):
        right = f"{suggestion(key, ('default', *WEEKDAYS))} (or a date such as 2026-11-28)"
        raise mistake(f'"{key}" is neither a weekday, nor a date, nor "default"', right)
    return key


def _as_written(windows: tuple[StartWindow, ...]) -> list[str]:
    return [str(window) for window in windows]


class DayTimes(Frozen):
    """Say when workouts may start on a day, how many minutes there are then, and which kinds of workout it is for."""

    windows: Annotated[tuple[StartWindow, ...], BeforeValidator(parse_windows), PlainSerializer(_as_written)]
    minutes: Minutes | None = Field(strict=True, default=None, ge=5, le=1440)
    kinds: tuple[KindName, ...] | None = None

    @model_validator(mode="before")
    @classmethod
    def _windows_alone(cls, value: Any) -> Any:
        """Take a window, or a list of them, as it is mostly written."""
        return value if isinstance(value, dict | DayTimes) else {"windows": parse_windows(value)}

    @model_serializer(mode="wrap")
    def _as_it_was_written(self, dump: SerializerFunctionWrapHandler) -> Any:
        data = dump(self)
        if self.minutes is None and self.kinds is None:
            return data["windows"]
        return {key: value for key, value in data.items() if value is not None}


class Availability(Frozen):
    """Say when workouts may start: on a date, else on its weekday, else by `default`.

    `most_minutes` bounds the workouts of every day, `week_starts` is the weekday on which the person's week begins.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[Annotated[str, AfterValidator(_day_key)], DayTimes]
    most_minutes: Minutes | None = Field(strict=True, default=None, ge=5, le=1440)
    week_starts: Annotated[str, AfterValidator(weekday)] | None = None

    @property
    def days(self) -> dict[str, DayTimes]:
        """What the case says about days, by `default`, weekday or date."""
        return self.__pydantic_extra__ or {}

    def times_on(self, day: date) -> DayTimes:
        """Return what holds on a day."""
        weekday = WEEKDAYS[day.weekday()]
        days = self.days
        for key in (day.isoformat(), weekday, "default"):
            if key in days:
                return days[key]
        return DEFAULT_TIMES.get(weekday, DEFAULT_TIMES["default"])

    def on(self, day: date) -> tuple[StartWindow, ...]:
        """Return the start windows of a day, in order of time; one of the day before may reach into it."""
        before = (window.of_the_next_day for window in self.times_on(day - timedelta(days=1)).windows)
        night = [window for window in before if window is not None]
        windows = [window.of_the_day for window in self.times_on(day).windows]
        return tuple(windows) if not night else _without_overlaps([*night, *windows])

    def minutes_on(self, day: date) -> Minutes | None:
        """Return how many minutes there are on a day, None where nothing bounds them."""
        bounds = [bound for bound in (self.times_on(day).minutes, self.most_minutes) if bound is not None]
        return min(bounds, default=None)

    @property
    def defaults_taken(self) -> list[str]:
        """The weekdays whose windows are the program's default, not the person's word."""
        if "default" in self.days:
            return []
        return [day for day in WEEKDAYS if day not in self.days]


DEFAULT_TIMES = {key: DayTimes(windows=parse_windows(window)) for key, window in DEFAULTS.items()}


class Away(Frozen):
    """Say that there is no time for workouts, or for some kinds of them, from a first to a last day.

    The dates are local, both included. `why` is a word for the plan: a holiday, a journey, the family.
    """

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)
    from_: PlainDate = Field(alias="from")
    until: PlainDate
    what: Literal["all"] | tuple[KindName, ...] = "all"
    why: Words | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until < self.from_:
            raise mistake(
                f"until is {self.until}, before {self.from_}", f"write from = {self.until}, until = {self.from_}"
            )
        return self

    def covers(self, day: date) -> bool:
        """Return whether the person is away on a day."""
        return self.from_ <= day <= self.until


SEVERAL_DAYS = {"weekdays": WEEKDAYS[:5], "weekends": WEEKDAYS[5:], "weekend": WEEKDAYS[5:], "daily": WEEKDAYS}
"""Words for several days of the week."""


def _listed(value: Any) -> Any:
    """Take one word where several may stand, and one for several: `weekdays`."""
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list | tuple):
        return words
    spread = [SEVERAL_DAYS.get(word.casefold(), (word,)) if isinstance(word, str) else (word,) for word in words]
    days = [day for several in spread for day in several]
    # What stands there may be no word, and nothing that can be looked up: it is told as what it is.
    return [day for place, day in enumerate(days) if day not in days[:place]]


class FixedSession(Frozen):
    """Hold a session that stands at its time, each week or once: a coach, a club, a commute.

    `minutes` are the person's own. It goes before every wish. Where a rule forbids it, the plan says so and what may be
    done instead; with `keep = true` that stands at its time, with `"if it may"` the session gives way.
    """

    workout: WorkoutName
    day: Annotated[tuple[Annotated[str, AfterValidator(weekday)], ...], BeforeValidator(_listed)] = ()
    date: PlainDate | None = None
    start: time
    minutes: Minutes = Field(strict=True, ge=5, le=600)
    keep: Literal[True, "if it may"] = True

    @model_validator(mode="after")
    def _on_some_day(self) -> Self:
        if bool(self.day) == (self.date is not None):
            raise mistake("says not one of day and date", 'write day = ["tuesday"], or date = 2026-12-05')
        return self

    def is_on(self, day: datetime_date) -> bool:
        """Return whether it takes place on a day."""
        return self.date == day if self.date is not None else WEEKDAYS[day.weekday()] in self.day


def _without_overlaps(windows: list[StartWindow]) -> tuple[StartWindow, ...]:
    """Return windows of which those that overlap are one, in order of time."""
    joined: list[StartWindow] = []
    for window in sorted(windows):
        if joined and window.first <= joined[-1].last:
            joined[-1] = StartWindow(joined[-1].first, max(joined[-1].last, window.last))
        else:
            joined.append(window)
    return tuple(joined)


def _is_date(key: str) -> bool:
    try:
        return bool(_A_DATE.fullmatch(key)) and bool(date.fromisoformat(key))
    except ValueError:
        return False
