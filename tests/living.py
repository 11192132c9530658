"""A plan that lives, for tests: a case, its calendar file and the clock, planned again and again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from planner.calendars.write.file import Written, write
from planner.calendars.write.memory import Memory, read_memory
from planner.planning import plan
from planner.results.plan import Plan
from planner.rulebook.file import shipped_rulebook
from tests.cases import MONDAY, case_of, needled
from tests.ics_parse import Component, events, moment

NEW_YORK = ZoneInfo("America/New_York")
DATA: dict[str, Any] = {
    "name": "Henry",
    "injury": {"region": "plantar_fascia", "severity": "moderate"},
    "treatments": [needled(datetime(2026, 11, 24, 9, 30), minutes=45)],
    "goals": {"runs": 3, "bikes": 2, "upper_body": 2, "long_run": "sunday"},
    "availability": {
        "default": "07:00-08:30",
        "saturday": "09:00-12:00",
        "sunday": "09:00-12:00",
        "wednesday": ["06:30-07:30", "18:00-19:30"],
    },
    "fitness": {"easy_run_minutes": 40, "longest_run_minutes": 60, "bike_minutes": 45, "upper_body_minutes": 40},
}
"""The runner of the founding article."""


@dataclass
class Living:
    """Hold a case, the moment that is now, and the calendar file that was written last."""

    data: dict[str, Any] = field(default_factory=lambda: dict(DATA))
    now: datetime = datetime(2026, 11, 23, 6, tzinfo=NEW_YORK)
    file: bytes = b""
    plan: Plan | None = None

    def memory(self) -> Memory | None:
        """Return what the file holds."""
        return read_memory(self.file, "week.ics", self.now) if self.file else None

    def again(self, *, start: date | None = None, weeks: int = 1, private: bool = False, **data: Any) -> Written:
        """Plan again, some keys of the case changed, and write the file."""
        self.data = {**self.data, **data}
        memory = self.memory()
        made = plan(
            case_of(**self.data),
            shipped_rulebook(),
            today=self.now.date(),
            start=start,
            weeks=weeks,
            earlier=None if memory is None else memory.earlier,
        )
        written = write(made, self.now.astimezone(UTC), memory=memory, private=private)
        self.plan = made.model_copy(update={"changes": written.changes})
        self.file = written.content
        return written

    def pass_time(self, **by: float) -> None:
        """Let time pass, in real hours and days."""
        self.now = (self.now.astimezone(UTC) + timedelta(**by)).astimezone(self.now.tzinfo)


def on(number: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a local moment on a day counted from the first Monday."""
    return datetime(MONDAY.year, MONDAY.month, MONDAY.day, hour, minute, tzinfo=NEW_YORK) + timedelta(days=number)


def by_uid(data: bytes) -> dict[str, Component]:
    """Return the events of a file by UID."""
    return {event.text("UID"): event for event in events(data)} if data else {}


def starts(event: Component) -> datetime:
    """Return the moment at which an event begins; of a whole day, its end (then it is past)."""
    begins = moment(event.lines[[line.name for line in event.lines].index("DTSTART")])
    if isinstance(begins, datetime):
        return begins
    assert begins is not None
    return datetime(begins.year, begins.month, begins.day, tzinfo=NEW_YORK) + timedelta(days=1)


def texts(data: bytes) -> dict[str, bytes]:
    """Return the bytes of each event of a file by its UID."""
    found = {}
    for part in data.split(b"BEGIN:VEVENT\r\n")[1:]:
        body = part.partition(b"END:VEVENT\r\n")[0]
        uid = body.replace(b"\r\n ", b"").partition(b"\r\nUID:")[2].partition(b"\r\n")[0]
        found[uid.decode()] = body
    return found


def week_of(living: Living) -> list[str]:
    """Return the workouts that the file shows, in short."""
    return [
        f"{starts(event).astimezone(NEW_YORK):%a %H:%M} {event.text('X-PLANNER-WORKOUT')}"
        for event in by_uid(living.file).values()
        if event.value("X-PLANNER-WORKOUT") and event.value("STATUS") == "CONFIRMED"
    ]


def treated(*starts_at: datetime, **data: Any) -> Mapping[str, Any]:
    """Return the key of a case with needlings of the calf at some local times."""
    return {"treatments": [needled(start.replace(tzinfo=None), minutes=45, **data) for start in starts_at]}
