"""Plans and what a person does to them in a calendar, for tests of `planner sync`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from planner.calendars.sync.compare import events_of_plan
from planner.calendars.sync.event_resource import Meaning, meaning, split_events
from planner.calendars.sync.server import RemoteCalendar, list_events
from planner.calendars.sync.state import Pushed, ServerEvent, Step
from planner.calendars.write.file import to_ical
from planner.clock import later
from planner.results.plan import PlannedWorkout
from planner.revision.identity import workout_identity
from tests.plans import STAMP, a_run, week

PLAN = "1db559e1ecb70df2955e"
NEW_YORK = ZoneInfo("America/New_York")


def run(number: int, day: int = 23, hour: int = 7, **changed: Any) -> PlannedWorkout:
    """Return the how-manieth run of the week, on a day of November 2026 at an hour."""
    start = datetime(2026, 11, day, hour, tzinfo=NEW_YORK)
    uid = uid_of(number)
    return a_run(**{"uid": uid, "start": start, "end": later(start, minutes=40), **changed})


def uid_of(number: int) -> str:
    """Return the UID of the how-manieth run of the week."""
    return workout_identity(PLAN, date(2026, 11, 23), "runs", number)


def wanted(*runs: PlannedWorkout, **options: Any) -> dict[str, bytes]:
    """Return what a plan of these runs wants in a calendar."""
    return split_events(to_ical(week(*runs), STAMP, **options))


def there(content: Mapping[str, bytes]) -> dict[str, ServerEvent]:
    """Return a calendar that shows just this."""
    return {uid: ServerEvent(f"/{uid}.ics", '"1"', each) for uid, each in content.items()}


def changed(content: bytes, *edits: tuple[str, str]) -> bytes:
    """Return an event in which somebody replaced lines, each found by a pattern that is there once."""
    text = content.decode().replace("\r\n", "\n").replace("\n ", "")
    for pattern, instead in edits:
        text, count = re.subn(pattern, lambda _, instead=instead: instead, text, flags=re.MULTILINE)  # type: ignore[misc]
        assert count == 1, pattern
    return text.replace("\n", "\r\n").encode()


def as_a_server_keeps_it(content: bytes) -> bytes:
    """Return an event as a rough server gives it back: other line ends and order, no zone, additions, new stamps."""
    text = content.decode().replace("\r\n ", "").replace("\r\n", "\n")
    text = re.sub(r"BEGIN:VTIMEZONE.*END:VTIMEZONE\n", "", text, flags=re.DOTALL)
    head, _, rest = text.partition("BEGIN:VEVENT\n")
    body, _, tail = rest.partition("END:VEVENT\n")
    body, _, alarm = body.partition("BEGIN:VALARM\n")
    stamped = re.sub(r"^(DTSTAMP|LAST-MODIFIED):.*$", r"\1:20270101T000000Z", body, flags=re.MULTILINE)
    lines = [line for line in reversed(stamped.splitlines()) if line != "SEQUENCE:0"]
    lines += ["X-SERVER-ADDED:1", "SEQUENCE:7", *(["BEGIN:VALARM", *alarm.splitlines()] if alarm else [])]
    return (head + "BEGIN:VEVENT\n" + "\n".join(lines) + "\nEND:VEVENT\n" + tail).encode()


def meanings(events: Iterable[ServerEvent]) -> dict[str, Meaning]:
    """Return what the events of a calendar mean, by address."""
    return {event.href: meaning(event.content) for event in events}


def shown_by(calendar: RemoteCalendar) -> dict[str, ServerEvent]:
    """Return our events that a server shows."""
    return events_of_plan(list_events(calendar), PLAN)


def before() -> dict[str, Pushed]:
    """Return what is remembered of a week with one run."""
    return {uid: Pushed(content) for uid, content in wanted(run(1)).items()}


def edited(*edits: tuple[str, str]) -> dict[str, ServerEvent]:
    """Return a calendar with that run, edited."""
    return there({uid_of(1): changed(wanted(run(1))[uid_of(1)], *edits)})


def dos(made: list[Step]) -> dict[str, str]:
    """Return what is done for each UID."""
    return {step.uid: step.do for step in made}
