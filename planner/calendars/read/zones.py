"""Zones of a calendar file: which zone a TZID means, whoever wrote it.

A name of the IANA database comes first, for it is right for every year, which what a file says of its zone often is
not; then the end of a longer name, then the names that Windows gives, then the file's own definition, then what the
name itself says: an offset, or the towns of a list that Windows shows.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from itertools import islice, pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from planner.calendars.read.blocks import unfolded
from planner.calendars.read.lines import Broken, Line, excerpt, lines
from planner.calendars.read.recurring.followed_rule import Bounded
from planner.calendars.read.recurring.rules import checked_rule, steps_of
from planner.calendars.read.times import FIRST_YEAR, moment, time_of
from planner.clock import zone, zone_of_words

_SAID = re.compile(r"\n(TZID|X-LIC-LOCATION|TZID-ALIAS-OF)(?:;[^:\n]*)?:[ \t]*([^\n]*)", re.IGNORECASE)
_OBSERVANCE = re.compile(
    r"\nBEGIN[ \t]*:[ \t]*(STANDARD|DAYLIGHT)[ \t]*\n(.*?)(?=\n(?:END|BEGIN)[ \t]*:)", re.IGNORECASE | re.DOTALL
)
_OBSERVED = frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"})
_OFFSET = re.compile(r"([+-]?)([0-9]{1,2}):?([0-9]{2})(?::?[0-9]{2})?")
_NAMED_OFFSET = re.compile(
    r"\(?(?:GMT|UTC|Z)? ?([+\u2212-])([0-9]{1,2})(?:[:.]?([0-9]{2}))?\)?(?: (.*))?", re.IGNORECASE
)
_OF_GREENWICH = re.compile(r"\((?:GMT|UTC)\) (.*)", re.IGNORECASE)
_SEASON = re.compile(r"(?: (?:standard|daylight|summer))? time\b", re.IGNORECASE)
_NUMBERED = re.compile(r" [0-9]$")
_SWALLOWED = re.compile(r";[A-Za-z-]+=.*", re.DOTALL)
"""A parameter that stands within the quotes of the name before it."""
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_UTC = {"utc", "z", "gmt", "zulu", "coordinated universal time", "tzone://microsoft/utc"}
_VENDOR = "tzone://microsoft/"
_WINDOWS = {name.casefold(): olson for name, olson in WINDOWS_TO_OLSON.items()}
MOST_OBSERVANCES = 400
"""No zone changed its clock more often since 1880."""
MOST_STEPS = 500_000
"""So many repetitions are followed for the zones of one file: about two seconds."""
LARGEST = 100_000
"""Characters: the longest definition of a zone, with every change since 1880, has a tenth of them."""
FIRST_FOLLOWED, LAST_FOLLOWED = 1970, 2100
"""The years for which a yearly rule is followed: those of Windows begin in 1601."""


class Definition(NamedTuple):
    """Hold a VTIMEZONE as text, and the other names that it gives its zone."""

    text: str
    aliases: list[str]


class Zones:
    """Find the zones that the TZIDs of a file mean: each calendar of it has its own definitions."""

    def __init__(self, definitions: Sequence[Iterable[str]], own: ZoneInfo) -> None:
        """Take the VTIMEZONEs of each calendar, and the zone of the person, for times that have none."""
        self.own = own
        self.steps = 0
        self._definitions: list[dict[str, Definition]] = [{} for _ in definitions]
        self._anywhere: dict[str, Definition] = {}
        self._zones_by_name: dict[tuple[int, str], tuple[tzinfo | None, str | None]] = {}
        for texts, defined in zip(definitions, self._definitions, strict=True):
            for text in texts:
                values = {name.upper(): value.strip() for name, value in _SAID.findall(unfolded(text))}
                aliases = [values[name] for name in ("X-LIC-LOCATION", "TZID-ALIAS-OF") if name in values]
                name = _key(values.get("TZID", "")).casefold()
                for where in (defined, self._anywhere):
                    earlier = where.get(name)
                    # One that does not say any offset defines nothing.
                    if earlier is None or "TZOFFSETTO" not in earlier.text.upper():
                        where[name] = Definition(text, aliases + (earlier.aliases if earlier else []))

    def find(self, tzid: str, calendar: int = -1, otherwise: tzinfo | None = None) -> tuple[tzinfo, str | None]:
        """Return the zone of a TZID in a calendar, by its number, and a remark where it had to be guessed.

        One that nobody knows is taken as another one, that of the person where none is given.
        """
        name = _key(tzid)
        key = calendar, name
        if key not in self._zones_by_name:
            self._zones_by_name[key] = self._find(calendar, name, tzid)
        zone, remark = self._zones_by_name[key]
        taken = zone or otherwise or self.own
        return taken, remark if zone else f"{remark}: taken as {taken}"

    def of_standard_time(self, offset: str, calendar: int) -> tuple[tzinfo, str | None]:
        """Return the zone of a calendar of vCalendar 1.0, which says the offset of its standard time, and a remark."""
        standard, remark = self.find(offset, calendar)
        offsets = [self.own.utcoffset(datetime(2026, month, 1)) for month in (1, 7)]  # noqa: DTZ001 (local)
        if standard.utcoffset(datetime(2026, 1, 1)) == min(offset for offset in offsets if offset is not None):  # noqa: DTZ001
            return self.own, remark
        return standard, remark or f"the calendar's times are taken at {offset}, in summer too"

    def _find(self, calendar: int, key: str, tzid: str) -> tuple[tzinfo | None, str | None]:
        own = self._definitions[calendar] if calendar >= 0 else {}
        # A definition without a name is nobody's: Exchange writes one for a zone that it does not know.
        definition = own.get(key.casefold()) or self._anywhere.get(key.casefold()) if key else None
        for name in (key, *_tails(key), *map(_key, definition.aliases if definition else ())):
            zone = named_zone(name)
            if zone is not None:
                return zone, None
        if definition:
            defined = self._defined(definition.text)
            if defined is not None:
                return defined, None
        offset, places = _offset_in(key)
        if offset is not None and not places:
            return timezone(offset), None
        guessed = (
            self._in_words(key)
            or _windows(places or key)
            or (_of_town(key.rpartition("/")[2]) if offset is None else _listed(places, offset) or timezone(offset))
        )
        if guessed is not None:
            return guessed, f"the time zone {excerpt(tzid)} is taken as {guessed}"
        return None, f"the time zone {excerpt(tzid)} is not known" if key else "the time zone has no name"

    def _in_words(self, key: str) -> ZoneInfo | None:
        """Return the zone of a name in words or in short: the person's own, where the clock is called so there."""
        if key.isupper() and key in {self.own.tzname(datetime(2026, month, 1)) for month in (1, 7)}:  # noqa: DTZ001
            return self.own
        return zone(zone_of_words(key) or "") or _of_town(re.split("[,/;]", key)[0])

    def _defined(self, definition: str) -> tzinfo | None:
        """Return the zone that a VTIMEZONE defines, or None where it cannot be read."""
        observances = _OBSERVANCE.findall(unfolded(definition))
        if len(definition) > LARGEST or not 1 <= len(observances) <= MOST_OBSERVANCES:
            return None
        try:
            return DefinedZone(onset for _, text in observances for onset in self._onsets(text))
        except (Broken, ValueError, OverflowError):
            return None

    def _onsets(self, text: str) -> Iterator[Onset]:
        """Yield when an observance sets in; raises `ValueError` and `Broken` where it cannot be read."""
        by_name: dict[str, list[Line]] = {}
        for line in lines(text, 1, _OBSERVED):
            if isinstance(line, Line):
                by_name.setdefault(line.name, []).append(line)
        if "DTSTART" not in by_name or "TZOFFSETTO" not in by_name:
            raise ValueError("an observance without a start or an offset")
        start, after = _local(by_name["DTSTART"][0].value), _offset(by_name["TZOFFSETTO"][0].value)
        before = after
        if "TZOFFSETFROM" in by_name:
            # What was before cannot be read where the seconds of a local mean time are taken as hours: +5328.
            with suppress(ValueError):
                before = _offset(by_name["TZOFFSETFROM"][0].value)
        dates = [part.partition("/")[0].strip() for line in by_name.get("RDATE", ()) for part in line.value.split(",")]
        local = [start, *(_local(day) for day in dates if day)]
        for line in by_name.get("RRULE", ()):
            local += self._followed(line, start, timezone(before))
        yield from (Onset(when - before, before, after) for when in local)

    def _followed(self, line: Line, start: datetime, before: tzinfo) -> list[datetime]:
        """Return when a rule has an observance set in, as far as anybody looks."""
        last = datetime(LAST_FOLLOWED, 1, 1, tzinfo=UTC)
        rule = checked_rule(line, start.replace(tzinfo=before), before, last).rule
        parts = dict(part.split("=") for part in rule.split(";"))
        every_year = parts["FREQ"] == "YEARLY" and "COUNT" not in parts and int(parts.get("INTERVAL", "1")) == 1
        if every_year and start.year < FIRST_FOLLOWED and start.day <= 28:
            start = start.replace(year=FIRST_FOLLOWED)
        self.steps += steps_of(parts, start.replace(tzinfo=before), last)
        if self.steps > MOST_STEPS:
            raise ValueError("more than can be followed")
        return list(islice(Bounded(rule, start, LAST_FOLLOWED), MOST_OBSERVANCES))


def named_zone(name: str) -> tzinfo | None:
    """Return the zone of an IANA name, in capitals or not, of a Windows name, or of one for UTC."""
    folded = name.casefold()
    if folded in _UTC:
        return UTC
    # Also the second of a name that Windows has twice, "W. Europe Standard Time 1", and "Europe/Zürich".
    return zone(name) or zone(_WINDOWS.get(_NUMBERED.sub("", folded), "")) or zone(_names().get(_plain(name), ""))


def _plain(name: str) -> str:
    """Return a name as the names of zones are compared: without capitals, blanks and accents."""
    apart = unicodedata.normalize("NFKD", name.casefold().replace(" ", "_"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@cache
def _names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def _key(tzid: str) -> str:
    return _SWALLOWED.sub("", _UNSEEN.sub("", tzid).replace('"', "").replace("\\,", ",")).strip(" \t'")


def _tails(tzid: str) -> list[str]:
    """Return what `/vendor/version/America/New_York`, or `America/New_York (EST)`, may end in."""
    if tzid.casefold().startswith(_VENDOR):
        return [tzid[len(_VENDOR) :]]
    parts = tzid.partition(" (")[0].split("/")
    return ["/".join(parts[-count:]) for count in (3, 2) if len(parts) >= count]


def _offset_in(name: str) -> tuple[timedelta | None, str]:
    """Return the offset that a name begins with, such as `GMT+0100` and `(UTC-05:00) Lima`, and what follows it."""
    if (match := _OF_GREENWICH.fullmatch(name)) is not None:
        return timedelta(), match[1]
    match = _NAMED_OFFSET.fullmatch(name)
    if match is None or int(match[2]) > 14 or int(match[3] or 0) > 59:
        return None, ""
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return (offset if match[1] == "+" else -offset), match[4] or ""


def _of_town(name: str) -> ZoneInfo | None:
    """Return the zone that is named after a town."""
    town = _plain(name.strip())
    towns = [name for name in _names().values() if "/" in name and name.rpartition("/")[2].casefold() == town]
    return zone(min(towns)) if towns else None


def _windows(shown_name: str) -> ZoneInfo | None:
    """Return the zone that Windows shows in other words than it writes: `Eastern Time (US & Canada)`, in summer too."""
    plain = re.sub(r" *\((?:US & Canada|US and Canada)\)", "", shown_name)
    return zone(_WINDOWS.get(_SEASON.sub(" standard time", plain).casefold(), ""))


def _listed(towns: str, offset: timedelta | None) -> ZoneInfo | None:
    """Return the zone of the first town of a list that has a zone with that offset in winter."""
    for town in re.split(r"[,/;:]", towns):
        tail = "/" + town.strip().casefold().replace(" ", "_")
        for folded, name in sorted(_names().items()):
            listed = zone(name) if folded.endswith(tail) else None
            # What Windows shows is the standard time: in January in the north, in July in the south.
            offsets = {listed.utcoffset(datetime(2026, month, 1)) for month in (1, 7)} if listed else set()  # noqa: DTZ001
            if listed and offset == min(offset for offset in offsets if offset is not None):
                return listed
    return None


class Onset(NamedTuple):
    """Hold when an observance sets in (naive, in UTC), and the offsets before and from then on."""

    when: datetime
    before: timedelta
    after: timedelta


class DefinedZone(tzinfo):
    """Tell the time as a VTIMEZONE does, by the moments at which its observances set in (RFC 5545, 3.6.5)."""

    def __init__(self, onsets: Iterable[Onset]) -> None:
        """Take every onset."""
        ordered = sorted(set(onsets))
        self.offsets = [ordered[0].before, *(onset.after for onset in ordered)]
        self.moments = [onset.when for onset in ordered]
        changes = list(zip(self.moments, pairwise(self.offsets), strict=True))
        # Of a time that comes twice, or not at all, `fold` tells which offset is meant: that before or that after.
        self.walls = [when + max(pair) for when, pair in changes], [when + min(pair) for when, pair in changes]

    def __str__(self) -> str:
        """Return what it is, for a message."""
        return "the one that the file defines"

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        """Return the offset at a local time."""
        if when is None:
            return None
        return self.offsets[bisect_right(self.walls[when.fold], when.replace(tzinfo=None, fold=0))]

    def dst(self, when: datetime | None) -> timedelta | None:  # noqa: ARG002 (a tzinfo has it)
        """Return that nobody knows what of the offset is summer time."""
        return None

    def tzname(self, when: datetime | None) -> str | None:  # noqa: ARG002 (a tzinfo has it)
        """Return that it has no name."""
        return None

    def fromutc(self, when: datetime) -> datetime:
        """Return the local time of a moment."""
        place = bisect_right(self.moments, when.replace(tzinfo=None))
        local = when + self.offsets[place]
        before = self.utcoffset(local.replace(fold=0))
        return local.replace(fold=int(before != self.offsets[place]))


def _local(value: str) -> datetime:
    # Some programs have their zones begin in the year 1: before any day that matters, one is as good as the other.
    long_ago = (
        f"{FIRST_YEAR:04}{value[4:]}" if re.match("[01][0-9]{7}", value) and int(value[:4]) < FIRST_YEAR else value
    )
    return moment(time_of(long_ago, UTC), UTC).replace(tzinfo=None)


def _offset(value: str) -> timedelta:
    match = _OFFSET.fullmatch(value)
    if match is None or int(match[2]) > 23:
        raise ValueError("no offset")
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return -offset if match[1] == "-" else offset
