"""Write a plan as an iCalendar file that every client imports, and imports again without surprises.

Pure: the same plan and stamp give the same bytes. icalendar builds, orders and folds the lines; we help it where it
would bend a text (`events.Text`) or list every clock change (`timezones`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard, vDuration

from planner.calendars.properties import FROM, PLAN, PRIVATE, PRODID, RULEBOOK, TO
from planner.calendars.write.changes import WrittenEvent, new_events, revised_events
from planner.calendars.write.events import Events, Text
from planner.calendars.write.lines import ComponentLines
from planner.calendars.write.memory import Memory
from planner.calendars.write.timezones import observances
from planner.clock import zone
from planner.errors import InputError, Problem, quoted
from planner.results.plan import Changes, Plan
from planner.revision.calendar import ShownEvent
from planner.wording.plan import event_texts
from planner.wording.plan.private import PRIVATE_NOTICE
from planner.wording.rules.explainer import NOTICE

COLOUR, APPLE_COLOUR = "seagreen", "#2E8B57"
REFRESH = timedelta(hours=12)
LARGEST = 1_000_000
"""Bytes: Google takes no larger file."""
REMEMBERED = timedelta(days=60)
"""What is past so long may be forgotten by a file that has become too large."""
YEARS_AHEAD = 5
"""How many years after the plan its VTIMEZONE must still be right."""
END = b"END:VCALENDAR\r\n"
TZID = re.compile(r'^[A-Za-z0-9-]+(?:;[^:]*)?;TZID=(?:"([^"]*)"|([^":;,]*))')
LONGEST_ALARM = 4 * 7 * 24 * 60
"""Minutes: Google takes no earlier one."""


class Written(NamedTuple):
    """Hold a calendar file, what changed in it for the person, and the events edited by hand that were overwritten."""

    content: bytes
    changes: Changes
    overwritten: tuple[ShownEvent, ...] = ()


def to_ical(
    plan: Plan,
    stamp: datetime,
    *,
    memory: Memory | None = None,
    alarm_minutes: int | None = None,
    private: bool = False,
) -> bytes:
    """Return a plan as an iCalendar file (RFC 5545): UTF-8, lines ended by CR LF.

    Args:
        plan: the plan; its zone must be one of the IANA database.
        stamp: the aware moment that becomes DTSTAMP of every event that is new or changed.
        memory: what the plan's file held before; default: there was none.
        alarm_minutes: how many minutes before each workout a client reminds, 1 to 40320; None for no reminder.
        private: whether to leave out every word about health.

    Raises:
        InputError: the zone is not known, the minutes are out of range, or calendars take no file so large.
        ValueError: `stamp` has no time zone.

    """
    return write(plan, stamp, memory=memory, alarm_minutes=alarm_minutes, private=private).content


def write(
    plan: Plan,
    stamp: datetime,
    *,
    memory: Memory | None = None,
    alarm_minutes: int | None = None,
    private: bool = False,
) -> Written:
    """Return a plan as an iCalendar file, and what changed against the file that holds an earlier version of it.

    Args:
        plan: the plan; its zone must be one of the IANA database.
        stamp: the aware moment that becomes DTSTAMP, CREATED and LAST-MODIFIED of every event that is new or changed.
        memory: the plan's file as it is; what does not change in it stays as it is, to the byte.
        alarm_minutes: how many minutes before each workout a client reminds, 1 to 40320; None for no reminder. Google
            drops reminders from files, and most clients from subscriptions.
        private: whether to leave out every word about health: neutral titles, no treatment, injury, check or reason.

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
    made = list(Events(plan, stamp, tz, alarm_minutes, private=private))
    outcome = new_events(made, tz) if memory is None else revised_events(made, plan, stamp, memory, tz, private=private)
    events = outcome.events
    content = _content(plan, events, memory, private=private)
    if len(content) > LARGEST and memory is not None:
        # After some years a file is full of what is long past: that much of it is forgotten.
        events = list(_recent(events, memory.earlier.now, len(content) - LARGEST))
        content = _content(plan, events, memory, private=private)
    if len(content) > LARGEST:
        wrong = f"the calendar file would have {len(content):,} bytes, and calendars take {LARGEST:,}"
        others = memory is not None and bool(memory.others)
        right = "take out what is not the plan's, or plan fewer weeks" if others else "plan fewer weeks"
        raise InputError([Problem("plan", "", wrong, right)])
    return Written(content, outcome.changes, outcome.overwritten)


def _recent(events: Iterable[WrittenEvent], now: datetime, spare: int) -> Iterator[WrittenEvent]:
    """Yield events without the oldest ones that are long past, of so many bytes at least."""
    for event in events:
        if spare > 0 and event.start < now - REMEMBERED:
            spare -= len(event.block.text.encode())
        else:
            yield event


def _content(plan: Plan, events: Sequence[WrittenEvent], memory: Memory | None, *, private: bool) -> bytes:
    """Return the file that holds some events, and what others have put into it."""
    blocks = [*(event.block for event in events), *(() if memory is None else memory.others)]
    years = [event.start.year for event in events]
    first, last = min((plan.from_.year, *years)) - 1, max((plan.to.year, *years)) + YEARS_AHEAD
    texts = [*_zones(blocks, memory, first, last), *(block.text for block in blocks)]
    head: bytes = _calendar(plan, memory, private=private).to_ical()
    return head.replace(END, b"".join([*(text.encode() for text in texts), END]))


def _zones(blocks: Iterable[ComponentLines], memory: Memory | None, first: int, last: int) -> Iterator[str]:
    """Yield the VTIMEZONE of each zone that events name, from a first to a last year."""
    names = {match[1] or match[2] for block in blocks for line in block.lines for match in TZID.finditer(line.text)}
    for name in sorted(names):
        known_zone = zone(name)
        if known_zone is not None:
            content: bytes = vtimezone(name, known_zone, first, last).to_ical()
            yield content.decode()
        elif memory is not None and name in memory.zones:
            # Of an event that somebody else put into the file, in a zone of their own.
            yield memory.zones[name].text


def _calendar(plan: Plan, memory: Memory | None, *, private: bool) -> Calendar:
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODID)
    calendar.add("CALSCALE", "GREGORIAN")
    # No METHOD: PUBLISH would ask for an ORGANIZER, and without one DTSTAMP means "last revised" (RFC 5545, 3.8.7.2).
    for name in ("NAME", "X-WR-CALNAME"):
        calendar.add(name, Text(event_texts.calendar_name(plan.case)))
    for name in ("DESCRIPTION", "X-WR-CALDESC"):
        calendar.add(name, Text(PRIVATE_NOTICE if private else NOTICE))
    calendar.add("COLOR", COLOUR)
    calendar.add("X-APPLE-CALENDAR-COLOR", APPLE_COLOUR)
    calendar.add("REFRESH-INTERVAL", vDuration(REFRESH, params={"VALUE": "DURATION"}))
    calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH))
    calendar.add(PLAN, Text(plan.plan_id))
    calendar.add(FROM, Text((plan.wishes_from or plan.weeks_from).isoformat()))
    calendar.add(TO, Text((plan.to if memory is None else max(plan.to, memory.earlier.last)).isoformat()))
    if plan.rulebook_version:
        calendar.add(RULEBOOK, Text(plan.rulebook_version))
    if private:
        calendar.add(PRIVATE, "TRUE")
    return calendar


def vtimezone(name: str, tz: ZoneInfo, first: int, last: int) -> Timezone:
    """Return the rules of a zone, right from the beginning of a first year to the end of a last.

    Args:
        name: the name that the file gives the zone.
        tz: the zone itself.
        first: the first year.
        last: the last year.

    """
    timezone = Timezone()
    timezone.add("TZID", name)
    for observance in observances(tz, first, last):
        part = TimezoneDaylight() if observance.daylight else TimezoneStandard()
        part.add("DTSTART", observance.starts)
        part.add("TZOFFSETFROM", observance.offset_from)
        part.add("TZOFFSETTO", observance.offset_to)
        part.add("TZNAME", observance.name)
        if observance.yearly is not None:
            part.add("RRULE", observance.yearly.rule)
        timezone.add_component(part)
    return timezone
