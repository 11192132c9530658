"""Cases for tests: a small readable one to vary, and random ones that stretch the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from planner.case.model import Case
from planner.rulebook.file import shipped_rulebook
from planner.rulebook.model import Rulebook

MONDAY = date(2026, 11, 23)
"""The first day of most plans in tests: no clock changes near, and weekdays are easy to count."""


def examples(number: int) -> settings:
    """Return settings for a property that is worth so many examples, more of them in the profile `thorough`."""
    return settings(max_examples=max(number * settings().max_examples // 60, 1))


def case_of(rulebook: Rulebook | None = None, /, **data: Any) -> Case:
    """Return a checked case; what is left out is the case file's own default."""
    rules = rulebook or shipped_rulebook()
    context = {"rulebook": rules, "names": rules.names}
    return Case.model_validate({"timezone": "America/New_York", **data}, context=context)


def core_rulebook() -> Rulebook:
    """Return the shipped rulebook without what is about injuries and the log: the rules on needling and on training.

    For tests of the engine that a new rule on some injury should not touch.
    """
    rulebook = shipped_rulebook()
    kept = ("dry_needling.", "general.", "training.")
    rules = {
        key: rule
        for key, rule in rulebook.rules.items()
        if key.startswith(kept) and rule.about in {"treatment", "training"}
    }
    return rulebook.model_copy(update={"rules": rules})


def needled(start: datetime | date, region: str = "calf", **data: Any) -> dict[str, Any]:
    """Return a dry needling of a region, as a case file would hold it."""
    return {"kind": "dry_needling", "region": region, "start": start, **data}


@dataclass(frozen=True)
class Ask:
    """Ask for a plan: the data of a case file, the first day, and the number of weeks."""

    data: Mapping[str, Any]
    today: date
    weeks: int

    @property
    def case(self) -> Case:
        """The checked case."""
        return case_of(**self.data)


# In each zone: days with a clock change, and quiet ones. Lord Howe changes by half an hour, Havana, Cairo and Beirut
# at midnight; Apia and Kathmandu never change; Chatham stands a quarter of an hour off.
ZONES: dict[str, tuple[date, ...]] = {
    "America/New_York": (date(2026, 11, 1), date(2027, 3, 14)),
    "Europe/Berlin": (date(2026, 10, 25), date(2027, 3, 28)),
    "Australia/Lord_Howe": (date(2026, 10, 4), date(2027, 4, 4)),
    "America/Havana": (date(2026, 11, 1), date(2027, 3, 14)),
    "Africa/Cairo": (date(2026, 10, 30), date(2027, 4, 30)),
    "Asia/Beirut": (date(2026, 10, 25), date(2027, 3, 28)),
    "Pacific/Chatham": (date(2026, 9, 27), date(2027, 4, 4)),
    "Pacific/Apia": (date(2026, 11, 23), date(2028, 2, 27)),
    "Asia/Kathmandu": (date(2026, 12, 29), date(2027, 1, 1)),
}

CLOCKS = st.sampled_from(
    [time(0), time(0, 30), time(2, 30), time(7), time(8, 15), time(9, 30), time(13), time(18, 45), time(23, 30)]
)
"""Times of appointments, with some that clock changes skip or repeat."""

START_WINDOWS = st.sampled_from(
    [
        "07:00-08:30",
        "06:30-07:00",
        "09:00-14:00",
        "12:00-12:00",
        "18:00-20:00",
        "00:00-00:30",
        "01:15-01:45",
        "00:45-03:30",
        "02:20-03:05",
        "23:00-23:59",
        ["06:30-07:30", "18:00-19:30"],
        ["06:00-06:20", "06:30-07:00", "12:00-13:00"],
        ["05:00-06:00", "06:01-09:00"],
        [],
    ]
)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
COUNTS = st.integers(0, 4)


@st.composite
def treatments(draw: st.DrawFn, today: date, *, needs_region: bool) -> dict[str, Any]:
    """Draw one treatment of a case file, at a time, on a date, or as a series."""
    rulebook = shipped_rulebook()
    day = today + timedelta(days=draw(st.integers(-8, 10)))
    start: date = datetime.combine(day, draw(CLOCKS)) if draw(st.integers(0, 3)) else day
    found: dict[str, Any] = {"kind": draw(st.sampled_from(sorted(rulebook.treatments))), "start": start}
    if needs_region or draw(st.integers(0, 3)):
        found["region"] = draw(st.sampled_from(sorted(rulebook.regions)))
    if draw(st.booleans()):
        found["minutes"] = draw(st.sampled_from([10, 30, 45, 90, 480]))
    if draw(st.booleans()):
        found["dose"] = draw(st.sampled_from(["light", "normal", "heavy"]))
    if not draw(st.integers(0, 4)):
        found["tissue"] = draw(st.sampled_from(["tendon", "muscle", "bone", "joint", "back"]))
    if not draw(st.integers(0, 3)):
        found["side"] = draw(st.sampled_from(["left", "right", "both"]))
    if not draw(st.integers(0, 3)):
        found["repeat"] = draw(
            st.sampled_from(
                [
                    {"every": "1 week", "count": 3},
                    {"every": "2 days", "count": 4},
                    {"every": "week", "until": today + timedelta(days=20)},
                    {"rrule": "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=5"},
                    {"rrule": "FREQ=DAILY;INTERVAL=3"},
                ]
            )
        )
    return found


@st.composite
def goals(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the goals of a case file."""
    names = draw(st.lists(st.sampled_from(["runs", "bikes", "upper_body", "swims", "lower_body", "core", "mobility"])))
    found: dict[str, Any] = {name: draw(COUNTS) for name in dict.fromkeys(names)}
    runs, bikes = found.get("runs", 0 if found else 3), found.get("bikes", 0 if found else 2)
    if runs and draw(st.booleans()):
        found["long_run"] = draw(st.sampled_from(DAYS))
    if runs > 1 and draw(st.booleans()):
        found["hard_runs"] = 1
    if bikes and draw(st.booleans()):
        found["hard_bikes"] = draw(st.integers(1, bikes))
    if draw(st.booleans()):
        found["rest_days"] = draw(st.integers(0, 7))
    if names and not draw(st.integers(0, 3)):
        found[draw(st.sampled_from(["elliptical", "rowing", "bricks", "team_sports", "yoga", "hikes"]))] = 1
    return found


@st.composite
def asks(draw: st.DrawFn, most_weeks: int = 2) -> Ask:
    """Draw a whole case with its first day: odd hours, clock changes and many treatments are likely."""
    zone = draw(st.sampled_from(sorted(ZONES)))
    today = draw(st.sampled_from(ZONES[zone])) - timedelta(days=draw(st.integers(0, 7)))
    regions = st.sampled_from(sorted(shipped_rulebook().regions))
    injuries = draw(
        st.lists(
            st.fixed_dictionaries(
                {"region": regions, "severity": st.sampled_from(["mild", "moderate", "severe"])},
                optional={
                    "tissue": st.sampled_from(["tendon", "muscle", "bone", "joint", "back"]),
                    "side": st.sampled_from(["left", "right"]),
                    "graded": st.booleans(),
                },
            ),
            max_size=2,
        )
    )
    booked = draw(
        st.lists(treatments(today, needs_region=len(injuries) != 1), min_size=0 if injuries else 1, max_size=4)
    )
    days = draw(st.lists(st.sampled_from(("default", *DAYS, *days_from(today)))))
    data: dict[str, Any] = {
        "timezone": zone,
        "caution": draw(st.sampled_from(["permissive", "standard", "strict"])),
        "injury": injuries,
        "treatments": booked,
        "goals": draw(goals()),
        "availability": {day: draw(START_WINDOWS) for day in dict.fromkeys(days)},
        "health": {"blood_thinners": draw(st.booleans())},
        "fitness": draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "easy_run_minutes": st.sampled_from([20, 25, 40, 75]),
                    "longest_run_minutes": st.sampled_from([30, 60, 120]),
                    "bike_minutes": st.sampled_from([15, 45, 90]),
                    "swim_minutes": st.just(45),
                },
            )
        ),
    }
    for offset in draw(st.lists(st.integers(-1, 15), max_size=2, unique=True)):
        race: dict[str, Any] = {"date": today + timedelta(days=offset)}
        if draw(st.booleans()):
            race |= {"start": draw(CLOCKS), "minutes": draw(st.sampled_from([20, 55, 240, 720]))}
        data.setdefault("races", []).append(race)
    if not draw(st.integers(0, 4)):
        leave = {"what": draw(st.sampled_from([["run"], ["run_easy", "bike"]])), "by": "Dr Smith", "allowed": True}
        until = today + timedelta(days=draw(st.integers(0, 9)))
        data["restrictions"] = [{**leave, "from": today + timedelta(days=draw(st.integers(-9, 0))), "until": until}]
    return Ask(data, today, draw(st.integers(1, most_weeks)))


def days_from(today: date) -> tuple[str, ...]:
    """Return the dates of a plan's first days, as availability names them."""
    return tuple((today + timedelta(days=number)).isoformat() for number in range(8))
