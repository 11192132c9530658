"""Write a plan as an iCalendar file that every client imports, and imports again without surprises.

Pure: the same plan and stamp give the same bytes. icalendar builds, orders and folds the lines; we help it where it
would bend a text (`events.Text`) or list every clock change (`timezones`).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from operator import attrgetter
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard, vDuration

from planner.calendars import wording
from planner.calendars.events import Events, Text
from planner.calendars.marks import PLAN, PRODID
from planner.calendars.timezones import observances
from planner.clock import zone
from planner.errors import InputError, Problem, quoted
from planner.explain import NOTICE
from planner.planned import Plan

COLOUR, APPLE_COLOUR = "seagreen", "#2E8B57"
REFRESH = timedelta(hours=12)
LARGEST = 1_000_000
"""Bytes: Google takes no larger file."""
YEARS_AHEAD = 5
"""How many years after the plan its VTIMEZONE must still be right."""
LONGEST_ALARM = 4 * 7 * 24 * 60
"""Minutes: Google takes no earlier one."""


def to_ical(plan: Plan, stamp: datetime, *, alarm_minutes: int | None = None) -> bytes:
    """Return a plan as an iCalendar file (RFC 5545): UTF-8, lines ended by CR LF.

    Args:
        plan: the plan; its zone must be one of the IANA database.
        stamp: the aware moment that becomes DTSTAMP, CREATED and LAST-MODIFIED of every event.
        alarm_minutes: how many minutes before each workout a client reminds, 1 to 40320; None for no reminder. Google
            drops reminders from files, and most clients from subscriptions.

    Raises:
        InputError: the zone is not known, the minutes are out of range, or calendars take no file so large.
        ValueError: `stamp` has no time zone.

    """
    if stamp.tzinfo is None:
        raise ValueError("stamp needs a time zone")
    if alarm_minutes is not None and not 1 <= alarm_minutes <= LONGEST_ALARM:
        right = f"give 1 to {LONGEST_ALARM} minutes, or none"
        raise InputError([Problem("alarm_minutes", "", f"{alarm_minutes} minutes is out of range", right)])
    tz = zone(plan.timezone)
    if tz is None:
        wrong = f"{quoted(plan.timezone)} is no time zone"
        raise InputError([Problem("plan", "timezone", wrong, 'use an IANA name such as "Europe/Berlin"')])
    calendar = _calendar(plan)
    events = sorted(Events(plan, stamp, tz, alarm_minutes), key=attrgetter("start", "uid"))
    if any(event.zoned for event in events):
        calendar.add_component(vtimezone(plan, tz))
    for event in events:
        calendar.add_component(event.component)
    content: bytes = calendar.to_ical()
    if len(content) > LARGEST:
        wrong = f"the calendar file would have {len(content):,} bytes, and calendars take {LARGEST:,}"
        raise InputError([Problem("plan", "", wrong, "plan fewer weeks")])
    return content


def _calendar(plan: Plan) -> Calendar:
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODID)
    calendar.add("CALSCALE", "GREGORIAN")
    # No METHOD: PUBLISH would ask for an ORGANIZER, and without one DTSTAMP means "last revised" (RFC 5545, 3.8.7.2).
    for name in ("NAME", "X-WR-CALNAME"):
        calendar.add(name, Text(wording.calendar_name(plan)))
    for name in ("DESCRIPTION", "X-WR-CALDESC"):
        calendar.add(name, Text(NOTICE))
    calendar.add("COLOR", COLOUR)
    calendar.add("X-APPLE-CALENDAR-COLOR", APPLE_COLOUR)
    calendar.add("REFRESH-INTERVAL", vDuration(REFRESH, params={"VALUE": "DURATION"}))
    calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH))
    calendar.add(PLAN, Text(plan.plan_id))
    return calendar


def vtimezone(plan: Plan, tz: ZoneInfo) -> Timezone:
    """Return the rules of a plan's zone, right from the year before the plan to some years after it."""
    timezone = Timezone()
    timezone.add("TZID", plan.timezone)
    for one in observances(tz, plan.from_.year - 1, plan.to.year + YEARS_AHEAD):
        part = TimezoneDaylight() if one.daylight else TimezoneStandard()
        part.add("DTSTART", one.starts)
        part.add("TZOFFSETFROM", one.offset_from)
        part.add("TZOFFSETTO", one.offset_to)
        part.add("TZNAME", one.name)
        if one.yearly is not None:
            part.add("RRULE", one.yearly.rule)
        timezone.add_component(part)
    return timezone
