"""Local times and real hours: the only place that turns one into the other.

A local time that the spring clock change skips is taken as the same time after the gap (02:30 becomes 03:30), and a
local time that comes twice in autumn is taken as the first of the two, as calendar programs do.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from math import ceil
from typing import NewType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planner.errors import nearest, one_of, quoted

Seconds = NewType("Seconds", int)
"""A moment: whole seconds since 1970, the engine's measure of time."""
Minutes = NewType("Minutes", int)
"""A length of time, in whole real minutes."""
DayNumber = NewType("DayNumber", int)
"""Which day of a task it is, counted from its first one, 0."""

QUARTER = 15 * 60
"""A quarter of an hour, in seconds."""
FIRST_YEAR, LAST_YEAR = 1970, 2200
PLAUSIBLE = f"give a date from {FIRST_YEAR} on and before {LAST_YEAR}"


_CITIES = {
    "Europe/Berlin": "munich münchen hamburg cologne köln frankfurt stuttgart düsseldorf leipzig dresden hanover "
    "hannover nuremberg nürnberg bremen essen dortmund bonn",
    "Europe/Vienna": "graz linz salzburg innsbruck",
    "Europe/Zurich": "zürich geneva basel bern lausanne",
    "Europe/Paris": "lyon marseille toulouse nice bordeaux lille strasbourg nantes",
    "Europe/Madrid": "barcelona valencia seville sevilla bilbao malaga",
    "Europe/Rome": "milan milano turin torino naples napoli florence firenze bologna venice",
    "Europe/Amsterdam": "rotterdam utrecht eindhoven the_hague den_haag",
    "Europe/Brussels": "antwerp ghent bruges",
    "Europe/London": "manchester birmingham edinburgh glasgow leeds liverpool bristol cardiff oxford sheffield",
    "Europe/Dublin": "cork galway",
    "Europe/Lisbon": "porto",
    "Europe/Copenhagen": "aarhus",
    "Europe/Stockholm": "gothenburg göteborg malmö uppsala",
    "Europe/Oslo": "bergen trondheim",
    "Europe/Helsinki": "tampere turku espoo",
    "Europe/Warsaw": "krakow kraków wroclaw gdansk poznan",
    "Europe/Prague": "brno",
    "Europe/Budapest": "debrecen",
    "Europe/Athens": "thessaloniki",
    "Europe/Bucharest": "cluj",
    "Europe/Kyiv": "kiev lviv odesa",
    "Europe/Istanbul": "ankara izmir",
    "America/New_York": "boston philadelphia washington miami atlanta pittsburgh baltimore orlando charlotte cleveland "
    "columbus nyc brooklyn",
    "America/Chicago": "houston dallas austin san_antonio minneapolis milwaukee new_orleans nashville memphis st_louis",
    "America/Denver": "salt_lake_city albuquerque boulder",
    "America/Los_Angeles": "san_francisco san_diego seattle portland las_vegas sacramento oakland san_jose la",
    "America/Phoenix": "tucson",
    "America/Toronto": "ottawa montreal montréal quebec québec",
    "America/Edmonton": "calgary",
    "America/Vancouver": "victoria",
    "America/Mexico_City": "guadalajara puebla",
    "America/Sao_Paulo": "rio_de_janeiro rio brasilia são_paulo",
    "America/Argentina/Buenos_Aires": "buenos_aires rosario",
    "Australia/Sydney": "canberra wollongong",
    "Australia/Melbourne": "geelong",
    "Australia/Brisbane": "gold_coast",
    "Pacific/Auckland": "wellington christchurch",
    "Asia/Kolkata": "mumbai delhi new_delhi bangalore bengaluru chennai hyderabad pune",
    "Asia/Tokyo": "osaka kyoto yokohama",
    "Asia/Shanghai": "beijing guangzhou shenzhen",
    "Asia/Jerusalem": "tel_aviv haifa",
    "Asia/Dubai": "abu_dhabi",
    "Africa/Johannesburg": "cape_town durban pretoria",
}
ZONE_OF_CITY = {city: name for name, cities in _CITIES.items() for city in cities.split()}
"""The IANA zone of cities that no zone is named after, in small letters, words joined by `_`."""


def zone(name: str) -> ZoneInfo | None:
    """Return the IANA time zone of a name, or None where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


ZONE_SAID = {
    **dict.fromkeys(
        (
            "mez", "mesz", "cet", "cest", "met", "mest", "mitteleuropaische zeit", "mitteleuropaeische zeit",
            "mitteleuropaische sommerzeit", "mitteleuropaische normalzeit", "central european time",
            "central european summer time", "central european standard time", "heure d'europe centrale",
            "heure normale d'europe centrale", "heure d'ete d'europe centrale", "hora central europea",
            "hora de europa central", "hora de verano de europa central", "hora estandar de europa central",
        ),
        "Europe/Berlin",
    ),
    **dict.fromkeys(("bst", "british time", "british summer time", "greenwich mean time", "uk time"), "Europe/London"),
    **dict.fromkeys(("wez", "wesz", "west", "western european time", "western european summer time"), "Europe/Lisbon"),
    **dict.fromkeys(("oez", "oesz", "eest", "eastern european time"), "Europe/Helsinki"),
    **dict.fromkeys(("est", "edt", "et", "eastern time"), "America/New_York"),
    **dict.fromkeys(("cst", "cdt", "ct", "central time"), "America/Chicago"),
    **dict.fromkeys(("mst", "mdt", "mountain time"), "America/Denver"),
    **dict.fromkeys(("pst", "pdt", "pt", "pacific time"), "America/Los_Angeles"),
    **dict.fromkeys(("aest", "aedt", "australian eastern time"), "Australia/Sydney"),
    **dict.fromkeys(("nzst", "nzdt", "new zealand time"), "Pacific/Auckland"),
    "jst": "Asia/Tokyo",
    "ist": "Asia/Kolkata",
}  # fmt: skip
"""What people and programs call zones in their own words and in short: where most who say so live."""


def zone_of_words(text: str) -> str | None:
    """Return the IANA name of a zone that is named in words or in short, in summer too: `MEZ`, `British Summer Time`.

    What is meant is a guess: the same letters mean other zones elsewhere.
    """
    apart = unicodedata.normalize("NFKD", text.casefold().replace("\u2019", "'"))
    words = " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).split())
    return ZONE_SAID.get(words) or ZONE_SAID.get(words.partition("/")[0].strip())


def zone_of_city(text: str) -> str | None:
    """Return the IANA name of the time zone of a city, or None where it is not known.

    A zone's own city is known too: `Berlin`, `new york`.
    """
    city = "_".join(text.casefold().replace(",", " ").split())
    if city in ZONE_OF_CITY:
        return ZONE_OF_CITY[city]
    from zoneinfo import available_timezones  # noqa: PLC0415 (reads the disk; only where somebody named a city)

    zones = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "US/")))
    return next((name for name in zones if name.rpartition("/")[2].casefold() == city), None)


def nearest_zone(name: str) -> str:
    """Return what would be right for a time zone that is not known."""
    from zoneinfo import available_timezones  # noqa: PLC0415 (as above)

    zones = sorted(available_timezones())
    if not zones:
        return "this machine has no time zones at all: pip install tzdata"
    if (words := zone_of_words(name)) is not None:
        return f"did you mean {quoted(words)}?"
    cities = {name.rpartition("/")[2]: name for name in zones}
    near = dict.fromkeys(cities.get(place, place) for place in nearest(name, [*zones, *cities], likeness=0.75))
    if near:
        return f"did you mean {one_of(quoted(name) for name in near)}?"
    return 'write one such as "Europe/Berlin", or a large city near you'


def week_of(day: date, week_starts: int = 0) -> date:
    """Return the first day of the calendar week of a day; weeks start on a weekday, from Monday 0."""
    return day - timedelta(days=(day.weekday() - week_starts) % 7)


def end_of_plan(first: date, weeks: int | None, week_starts: int = 0) -> date:
    """Return the last day of a plan of so many times seven days.

    Without a number of weeks it is that of the calendar week that ends six or more days after the first day.
    """
    if weeks is not None:
        return first + timedelta(days=7 * weeks - 1)
    return week_of(first + timedelta(days=6), week_starts) + timedelta(days=6)


def local(moment: datetime, tz: tzinfo) -> datetime:
    """Return a naive local time, or an aware one, as an aware time that exists in the zone."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=tz)
    return moment.astimezone(UTC).astimezone(tz)


@lru_cache(maxsize=4096)
def at(day: date, clock: time, tz: ZoneInfo) -> datetime:
    """Return the aware time at which a clock in the zone shows a time on a day."""
    return local(datetime.combine(day, clock), tz)


def midnight(day: date, tz: ZoneInfo) -> datetime:
    """Return the moment at which a local day begins."""
    return at(day, time(), tz)


def later(moment: datetime, hours: float = 0, minutes: float = 0) -> datetime:
    """Return the moment real hours and minutes later (earlier where negative), across any clock change."""
    return (moment.astimezone(UTC) + timedelta(hours=hours, minutes=minutes)).astimezone(moment.tzinfo)


def next_quarter(moment: datetime) -> datetime:
    """Return the first full quarter of an hour that is not before an aware moment."""
    quarters = ceil(moment.timestamp() / QUARTER)
    return datetime.fromtimestamp(quarters * QUARTER, UTC).astimezone(moment.tzinfo)


def seconds(moment: datetime) -> Seconds:
    """Return a moment as the engine measures time."""
    return Seconds(int(moment.timestamp()))


def after(begins: Seconds, minutes: Minutes) -> Seconds:
    """Return the moment so many real minutes after one."""
    return Seconds(begins + minutes * 60)


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
