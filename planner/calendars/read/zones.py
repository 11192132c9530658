"""Zones of a calendar file: which zone a TZID means, whoever wrote it.

A name of the IANA database comes first, for it is right for every year, which what a file says of its zone often is
not; then the end of a longer name, then the names that Windows gives, then the file's own definition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from planner.calendars.read.blocks import unfolded
from planner.calendars.read.lines import shown
from planner.clock import zone

_SAID = re.compile(r"\n(TZID|X-LIC-LOCATION)(?:;[^:\n]*)?:[ \t]*([^\n]*)", re.IGNORECASE)
_RULE = re.compile(r"\nRRULE[^:\n]*:([^\n]*)", re.IGNORECASE)
_PARTS = {"FREQ", "INTERVAL", "BYMONTH", "BYDAY", "BYMONTHDAY", "UNTIL", "WKST"}
MOST_RULES = 20
_WINDOWS = {name.casefold(): olson for name, olson in WINDOWS_TO_OLSON.items()}
LARGEST = 100_000
"""Characters: the longest definition of a zone, with every change since 1880, has a tenth of them."""
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, AssertionError)
"""What icalendar, dateutil and recurring-ical-events raise over nonsense, each of them somewhere."""


class Zones:
    """Find the zones that the TZIDs of a file mean."""

    def __init__(self, definitions: Iterable[str], own: ZoneInfo) -> None:
        """Take the VTIMEZONEs of a file, and the zone of the person, for times that have none."""
        self.own = own
        self._definitions: dict[str, tuple[str, str]] = {}
        self._found: dict[str, tuple[tzinfo, str | None]] = {}
        for definition in definitions:
            said = {name.upper(): value.strip() for name, value in _SAID.findall(unfolded(definition))}
            self._definitions.setdefault(_key(said.get("TZID", "")), (definition, said.get("X-LIC-LOCATION", "")))

    def find(self, tzid: str) -> tuple[tzinfo, str | None]:
        """Return the zone of a TZID, and a remark where it had to be guessed."""
        key = _key(tzid)
        if key not in self._found:
            self._found[key] = self._find(key, tzid)
        return self._found[key]

    def _find(self, key: str, tzid: str) -> tuple[tzinfo, str | None]:
        definition, location = self._definitions.get(key, ("", ""))
        for name in (key, *_tails(key), location, _WINDOWS.get(key.casefold(), "")):
            found = zone(name) if name else None
            if found is not None:
                return found, None
        if key and definition:
            defined = _defined(definition)
            if defined is not None:
                return defined, None
        what = f"the time zone {shown(tzid)} is not known" if key else "the time zone has no name"
        return self.own, f"{what}: taken as {self.own.key}"


def _key(tzid: str) -> str:
    return tzid.replace('"', "").replace("\\,", ",").strip()


def _tails(tzid: str) -> list[str]:
    """Return what a name such as `/vendor/version/America/New_York` may end in."""
    parts = tzid.split("/")
    return ["/".join(parts[-count:]) for count in (3, 2) if len(parts) > count]


def _yearly(rule: str) -> bool:
    """Return whether a rule names a day of every year, as clock changes do: any other may be followed forever."""
    parts = dict(part.partition("=")[::2] for part in rule.strip().split(";") if part)
    days = parts.get("BYMONTHDAY", "1")
    return (
        parts.get("FREQ") == "YEARLY"
        and set(parts) <= _PARTS
        and parts.get("INTERVAL", "1") == "1"
        and re.fullmatch(r"(1[0-2]|[1-9])?", parts.get("BYMONTH", "")) is not None
        and re.fullmatch(r"(-?[1-4])?(MO|TU|WE|TH|FR|SA|SU)|", parts.get("BYDAY", "")) is not None
        and re.fullmatch(r"-?[0-9]{1,2}(,-?[0-9]{1,2})*", days) is not None
        and any(1 <= abs(int(day)) <= 28 for day in days.split(","))
    )


def _defined(definition: str) -> tzinfo | None:
    """Return the zone that a VTIMEZONE defines, or None where it cannot be read."""
    rules = [rule.upper() for rule in _RULE.findall(unfolded(definition))]
    if len(definition) > LARGEST or len(rules) > MOST_RULES or not all(map(_yearly, rules)):
        return None
    try:
        component = Timezone.from_ical(definition)
        if not isinstance(component, Timezone):
            return None
        found: tzinfo = component.to_tz(lookup_tzid=False)
        # A definition that cannot be used says so only when it is used.
        for year in (1990, 2026):
            if not isinstance(found.utcoffset(datetime(year, 7, 1)), timedelta):  # noqa: DTZ001 (a local time)
                return None
    except UNREADABLE:
        return None
    return found
