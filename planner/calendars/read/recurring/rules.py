"""Recurrence rules of a calendar: checked before anything follows them, so that none can run for ever."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

from planner.appointments.booked import Remark
from planner.calendars.read.lines import Broken, Line, excerpt
from planner.calendars.read.recurring.old_rule import as_recurrence
from planner.calendars.read.times import Time, moment, until_of

UNITS = {
    "SECONDLY": ("second", 1),
    "MINUTELY": ("minute", 60),
    "HOURLY": ("hour", 3600),
    "DAILY": ("day", 86_400),
    "WEEKLY": ("week", 7 * 86_400),
    "MONTHLY": ("month", 28 * 86_400),
    "YEARLY": ("year", 365 * 86_400),
}
RANGES = {
    "BYSECOND": (0, 59),
    "BYMINUTE": (0, 59),
    "BYHOUR": (0, 23),
    "BYMONTHDAY": (1, 31),
    "BYYEARDAY": (1, 366),
    "BYWEEKNO": (1, 53),
    "BYMONTH": (1, 12),
    "BYSETPOS": (1, 366),
}
FROM_THE_END = {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"}
"""These may be negative: counted from the end."""
OUR_MONTHS = frozenset({"GREGORIAN", "GREGORY", "ISO8601", "BUDDHIST", "JAPANESE", "ROC"})
"""The scales (RSCALE, RFC 7529) that have our months and days; some of them count the years otherwise."""
OF_A_SCALE = frozenset({"BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"})
"""What means something else by another scale; days and weeks are the same in all of them."""
MOST_STEPS = 160_000
"""So often may a rule repeat from its start on to the end of what is asked for: every day since 1583."""
LARGEST = 999_999
"""A larger number says as much: for ever."""
_IN_A_ZONE = re.compile(r"\b(DTSTART|UNTIL);TZID=[^:;=]*[:=]")
"""As some libraries write a time within a rule: by the clock of its series."""
WEEKDAY = re.compile(
    r"([+-]?[0-9]{1,2})?\s*(MO|TU|WE|TH|FR|SA|SU)"
    r"(?:(?<=MO)N(?:DAY)?|(?<=TU)E(?:SDAY)?|(?<=WE)D(?:NESDAY)?|(?<=TH)U(?:RSDAY)?|(?<=FR)I(?:DAY)?|(?<=SA)T(?:URDAY)?"
    r"|(?<=SU)N(?:DAY)?)?(?![A-Z])"
)
"""A weekday as it should be written, or as people write it: `TUE`, `1 TU`."""
_BETWEEN = re.compile(r"[,\s]*")


class Unreadable(Broken):
    """Say that a rule cannot be read; the event that it repeats takes place all the same, at least once."""


class Checked(NamedTuple):
    """Hold a rule as the library is to follow it, the steps that it takes, and what of it is not followed."""

    rule: str
    steps: int
    remark: Remark | None


def checked_rule(line: Line, start: Time, zone: tzinfo, until: datetime, since: datetime | None = None) -> Checked:
    """Return a rule that can be followed, its times by the clock of the series.

    Args:
        line: the rule.
        start: the start of the series.
        zone: the zone of its clock.
        until: the moment up to which it is followed.
        since: the moment from which on it matters: what a rule can leap over costs no step.

    Raises:
        Unreadable: it is no rule.
        Broken: it would take too many steps.

    """
    parts = _parts(line)
    frequency = parts.pop("FREQ", "")
    if frequency not in UNITS:
        wrong = f"cannot be read: FREQ is {excerpt(frequency)}" if frequency else "does not say how often"
        raise Unreadable(line.number, f"the recurrence {excerpt(line.value)} {wrong}")
    _check_scale(parts.pop("RSCALE", "GREGORIAN"), frequency, parts, line)
    skip = parts.pop("SKIP", "OMIT")
    checked = {"FREQ": frequency}
    try:
        for name, value in parts.items():
            # The start stands in the event; some libraries write it into the rule, too.
            if value and name != "DTSTART" and not name.startswith("X-"):
                checked[name] = _part(name, value, start, zone)
    except ValueError as error:
        raise Unreadable(line.number, f"the recurrence {excerpt(line.value)} cannot be read: {error}") from error
    another_day = _skipping(skip, checked, start) if skip != "OMIT" else {}
    remark = Remark(line.number, f"{excerpt(f'SKIP={skip}')} is not followed: months without that day are left out")
    checked |= another_day or {}
    if "COUNT" in checked:
        checked.pop("UNTIL", None)
    steps = steps_of(checked, moment(start, zone), until, since)
    if steps > MOST_STEPS:
        unit, _ = UNITS[frequency]
        raise Broken(line.number, f"the event repeats every {unit}, too often to be followed")
    followed = ";".join(f"{name}={value}" for name, value in checked.items())
    if "=" not in line.value and "COUNT" in checked and "," in followed:
        why = f"{excerpt(line.value)} is taken to count times; some programs count days, weeks or months"
        return Checked(followed, steps, Remark(line.number, why))
    return Checked(followed, steps, remark if another_day is None else None)


def _check_scale(scale: str, frequency: str, parts: Mapping[str, str], line: Line) -> None:
    """Check that a rule means the same by our calendar; raises `Unreadable` where it does not."""
    by_days = frequency not in {"MONTHLY", "YEARLY"} and not OF_A_SCALE & parts.keys()
    if scale and scale not in OUR_MONTHS and not by_days:
        raise Unreadable(line.number, f"the recurrence is by another calendar (RSCALE={excerpt(scale)})")


def _skipping(skip: str, rule: Mapping[str, str], start: Time) -> dict[str, str] | None:
    """Return what makes a rule take another day where a month lacks its own (RFC 7529, 4.1).

    None: that cannot be said with the parts of RFC 5545.
    """
    by = {name for name in rule if name.startswith("BY")}
    day = int(rule["BYMONTHDAY"]) if re.fullmatch("[0-9]{1,2}", rule.get("BYMONTHDAY", "")) else start.day
    if 1 <= day <= 28 or rule["FREQ"] not in {"MONTHLY", "YEARLY"}:
        return {}
    if by <= {"BYMONTH", "BYMONTHDAY"} and skip == "BACKWARD":
        # The last one of these days that there is.
        month = {} if rule["FREQ"] == "MONTHLY" else {"BYMONTH": rule.get("BYMONTH", str(start.month))}
        return {**month, "BYMONTHDAY": ",".join(map(str, range(28, day + 1))), "BYSETPOS": "-1"}
    if not by and skip == "FORWARD" and rule["FREQ"] == "YEARLY":
        # 29 February is the 60th day of its year, and 1 March that of every other one.
        return {"BYYEARDAY": "60"} if (start.month, day) == (2, 29) else {}
    return None


def _parts(line: Line) -> dict[str, str]:
    """Return the parts of a rule by their names; what a list says in two parts counts as one."""
    text = _IN_A_ZONE.sub(r"\1=", line.value.upper().removeprefix("RRULE:").strip())
    text = text if "=" in text else as_recurrence(text) or ""
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, sign, value = (piece.strip() for piece in part.partition("="))
        if sign:
            parts[name] = f"{parts[name]},{value}" if name.startswith("BY") and name in parts else value
    return parts


def _part(name: str, value: str, start: Time, zone: tzinfo) -> str:
    if name in {"COUNT", "INTERVAL"}:
        if not re.fullmatch(r"[0-9]{1,20}", value) or not int(value):
            raise ValueError(f"{name} is {excerpt(value)}")
        return str(min(int(value), LARGEST))
    if name == "UNTIL":
        return until_of(value, start, zone)
    if name == "WKST" and (weekday := WEEKDAY.fullmatch(value)) and not weekday[1]:
        return weekday[2]
    if name == "BYDAY" and (weekdays := _weekdays(value)):
        return weekdays
    values = [value.strip() for value in value.split(",") if value.strip()]
    if name in RANGES and values and all(_in_range(name, value) for value in values):
        return ",".join(values)
    raise ValueError(f"{name} is {excerpt(value)}")


def _weekdays(value: str) -> str | None:
    """Return a list of weekdays as it should be written; None where something else stands in it."""
    days = [(match[1] or "", match[2]) for match in WEEKDAY.finditer(value)]
    if not _BETWEEN.fullmatch(WEEKDAY.sub("", value)) or any(not 1 <= abs(int(place or 1)) <= 53 for place, _ in days):
        return None
    return ",".join(f"{place}{day}" for place, day in days)


def _in_range(name: str, value: str) -> bool:
    if not re.fullmatch(r"[+-]?[0-9]{1,3}", value):
        return False
    least, most = RANGES[name]
    number = int(value)
    return least <= (abs(number) if name in FROM_THE_END else number) <= most


def steps_of(rule: Mapping[str, str], start: datetime, until: datetime, since: datetime | None = None) -> int:
    """Return how often a checked rule repeats at most from its start, or from a moment on, up to another.

    Args:
        rule: the parts of the checked rule by their names.
        start: when the series begins.
        until: up to when repetitions count.
        since: from when they count; None is from the start.

    """
    if since is not None and since > start:
        start = later_start(rule, start, since)[0]
    narrowed = any(name.startswith("BY") for name in rule)
    if "UNTIL" in rule:
        last = datetime.strptime(rule["UNTIL"], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        if last + timedelta(days=1) < start:
            return 0
        until = min(until, last + timedelta(days=1))
    if narrowed and UNITS[rule["FREQ"]][1] < 86_400:
        # dateutil looks for what it lets through to the end of the year after.
        until = max(until, until.replace(year=until.year + 1, month=12, day=31))
    span = max((until - start).total_seconds(), 0)
    periods = int(span / UNITS[rule["FREQ"]][1] / int(rule.get("INTERVAL", 1))) + 1
    steps = periods * _most_in_a_period(rule)
    return min(steps, int(rule["COUNT"])) if "COUNT" in rule and not narrowed else steps


def later_start(rule: Mapping[str, str], start: datetime, since: datetime) -> tuple[datetime, int | None]:
    """Return a later start from which a checked rule repeats as from its own, and how often it still does.

    The start is at least one period before a moment. Nothing is leapt over where that would change what comes after.
    """
    count = int(rule["COUNT"]) if "COUNT" in rule else None
    interval = int(rule.get("INTERVAL", 1))
    if count is not None and any(name.startswith("BY") for name in rule):
        return start, count
    unit = UNITS[rule["FREQ"]][1] // 86_400
    if unit in {1, 7}:
        periods = (since - start).days // (unit * interval) - 1
    elif unit and start.day <= 28:
        months = (since.year - start.year) * 12 + since.month - start.month
        periods = months // (interval * (1 if unit == 28 else 12)) - 2
    else:
        return start, count
    if count is not None:
        periods = min(periods, count - 1)
    if periods <= 0:
        return start, count
    left = None if count is None else count - periods
    if unit in {1, 7}:
        return start + timedelta(days=periods * unit * interval), left
    months = start.month - 1 + periods * interval * (1 if unit == 28 else 12)
    return start.replace(year=start.year + months // 12, month=months % 12 + 1), left


def _most_in_a_period(rule: Mapping[str, str]) -> int:
    """Return what one day, week, month or year of a rule costs: looking at its days, and each time on each of them."""
    many = {name: len(set(rule[name].split(","))) for name in ("BYDAY", *RANGES) if name in rule}
    times = many.get("BYHOUR", 1) * many.get("BYMINUTE", 1) * many.get("BYSECOND", 1)
    named = any(character.isdigit() for character in rule.get("BYDAY", ""))
    if rule["FREQ"] == "YEARLY":
        weeks = 5 * many["BYMONTH"] if "BYMONTH" in many else 1 if named else 53
        days = many.get("BYDAY", 0) * weeks + many.get("BYMONTHDAY", 0) * 12 + many.get("BYYEARDAY", 0)
        return 25 + min(max(days + many.get("BYWEEKNO", 0) * 7 + many.get("BYMONTH", 0), 1), 366) * times
    if rule["FREQ"] == "MONTHLY":
        return 4 + min(max(many.get("BYDAY", 0) * (1 if named else 5) + many.get("BYMONTHDAY", 0), 1), 31) * times
    if rule["FREQ"] == "WEEKLY":
        return 2 + many.get("BYDAY", 1) * times
    return times
