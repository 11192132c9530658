"""Events: what a plan puts into a calendar, each with the little that a later plan needs to find it again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Alarm, Event, vCategory, vDatetime, vText

from planner.calendars import wording
from planner.calendars.clean import one_line
from planner.calendars.marks import RULES, SLOT, TREATMENT, WORKOUT
from planner.clock import midnight
from planner.identity import workout_identity
from planner.planned import Plan, PlanDay, PlannedTreatment, PlannedWorkout, Reason

UTC_NAMES = frozenset(
    f"{area}{name}" for area in ("", "Etc/") for name in ("UTC", "UCT", "Universal", "Zulu", "GMT", "Greenwich")
)
"""The zones that are UTC itself: their times are written with a Z, as every client reads them."""

ACCESS = "PRIVATE"
"""Shows no more than "busy" to those a calendar is shared with, in clients that heed it.

Titles say nothing about health, but descriptions do. It is no protection (a feed shows everything), so it replaces no
care with titles.
"""


class Text(vText):
    r"""Escape a TEXT value as RFC 5545, 3.3.11 says.

    icalendar's own escape takes the two characters `\N`, as in `C:\New`, for the end of a line.
    """

    def to_ical(self) -> bytes:
        """Return the value with each backslash, semicolon, comma and line end escaped once."""
        text = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return text.replace("\n", "\\n").encode()


class Made(NamedTuple):
    """Hold an event with what it is sorted by, and whether its times are in the plan's zone (not dates, not UTC)."""

    start: datetime
    uid: str
    zoned: bool
    component: Event


class Events:
    """Make a plan's events: workouts, notes on treatments with something to mind, or a note that nothing is planned."""

    def __init__(self, plan: Plan, stamp: datetime, tz: ZoneInfo, alarm_minutes: int | None) -> None:
        self.plan = plan
        self.stamp = stamp.astimezone(UTC)
        self.tz = tz
        self.alarm_minutes = alarm_minutes

    def __iter__(self) -> Iterator[Made]:
        found: list[Made] = []
        numbers: Counter[tuple[str, str]] = Counter()
        for day in self.plan.days:
            found += [self._workout(workout, day.questions) for workout in day.workouts]
            found += self._treatments(day, numbers)
        if not found or self.plan.cleared:
            found.append(self._nothing())
        return iter(found)

    def _workout(self, workout: PlannedWorkout, questions: Iterable[str]) -> Made:
        summary = wording.workout_summary(workout)
        description = wording.workout_description(workout, questions)
        event = self._event(workout.uid, summary, description, workout.reasons, "BUSY")
        start, end = workout.start.astimezone(self.tz), workout.end.astimezone(self.tz)
        zoned = str(self.tz) not in UTC_NAMES and not _comes_twice(start) and not _comes_twice(end)
        event.add("DTSTART", _moment(start, zoned))
        event.add("DTEND", _moment(end, zoned))
        event.add("CATEGORIES", vCategory([one_line(workout.kind.replace("_", " "), wording.LONGEST_LINE)]))
        event.add(WORKOUT, Text(workout.workout))
        if self.alarm_minutes is not None:
            alarm = Alarm()
            alarm.add("ACTION", "DISPLAY")
            alarm.add("DESCRIPTION", Text(summary))
            alarm.add("TRIGGER", timedelta(minutes=-self.alarm_minutes))
            event.add_component(alarm)
        return Made(start.astimezone(UTC), workout.uid, zoned, event)

    def _treatments(self, day: PlanDay, numbers: Counter[tuple[str, str]]) -> Iterator[Made]:
        """Yield a note for each treatment of a day that has something to mind before or after it.

        What tells it apart is what it is and its number in its calendar week, as for a workout: an appointment that
        moves within the week takes its note along, and no other week's plan speaks of the same one.
        """
        for treatment in day.treatments:
            identity, week = f"treatment {treatment.kind} {treatment.region}", f"{day.date:%G-%V}"
            numbers[identity, week] += 1
            if treatment.aftercare:
                uid = workout_identity(self.plan.plan_id, day.date, identity, numbers[identity, week])
                yield self._treatment(treatment, day.date, uid)

    def _treatment(self, treatment: PlannedTreatment, day: date, uid: str) -> Made:
        description = wording.treatment_description(treatment, self.tz)
        event = self._event(uid, wording.TREATMENT_SUMMARY, description, treatment.aftercare, "FREE")
        event.add(TREATMENT, vCategory([treatment.kind, treatment.region]))
        return self._all_day(event, day, uid)

    def _nothing(self) -> Made:
        # A calendar without any component is not valid, a feed must not seem broken in a week of rest, and a plan that
        # a danger sign clears must say so.
        uid = workout_identity(self.plan.plan_id, self.plan.from_, "nothing planned", 1)
        event = self._event(uid, wording.nothing_summary(self.plan), wording.nothing_description(self.plan), (), "FREE")
        return self._all_day(event, self.plan.from_, uid)

    def _event(
        self, uid: str, summary: str, description: str, reasons: Iterable[Reason], busy: Literal["BUSY", "FREE"]
    ) -> Event:
        event = Event()
        event.add("UID", uid)
        for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED"):
            event.add(name, self.stamp)
        event.add("SEQUENCE", 0)
        event.add("STATUS", "CONFIRMED")
        event.add("SUMMARY", Text(summary))
        event.add("DESCRIPTION", Text(description))
        event.add("CLASS", ACCESS)
        event.add("TRANSP", "OPAQUE" if busy == "BUSY" else "TRANSPARENT")
        event.add("X-MICROSOFT-CDO-BUSYSTATUS", busy)
        # What a later plan needs to find this event again and to say why it stood here; the rest is for people.
        event.add(SLOT, Text(uid.partition("-")[0]))
        if rules := list(dict.fromkeys(reason.rule for reason in reasons)):
            event.add(RULES, vCategory(rules))
        return event

    def _all_day(self, event: Event, day: date, uid: str) -> Made:
        event.add("DTSTART", day)
        event.add("DTEND", day + timedelta(days=1))
        return Made(midnight(day, self.tz).astimezone(UTC), uid, zoned=False, component=event)


def _comes_twice(moment: datetime) -> bool:
    """Return whether the clock shows a moment's time twice, in the hour that autumn repeats.

    Such a time means the first of the two to most readers and the second to some: in UTC it is one.
    """
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def _moment(moment: datetime, zoned: bool) -> vDatetime:
    if not zoned:
        return vDatetime(moment.astimezone(UTC))
    value = vDatetime(moment.replace(tzinfo=None))
    # Set here, for icalendar takes zones that never differ from UTC (Iceland's) for UTC and drops their names.
    value.params["TZID"] = str(moment.tzinfo)
    return value
