"""Events: what a plan puts into a calendar, each with the little that a later plan needs to find it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Alarm, Event, vCategory, vDatetime, vText

from planner.calendars.properties import BY_HAND, RULES, SESSION, SLOT, TREATMENT, WORKOUT
from planner.calendars.write.lines import escaped
from planner.results.plan import Plan, PlannedTreatment, PlannedWorkout, Reason
from planner.revision.identity import workout_identity, workout_mark
from planner.wording.plan import event_texts
from planner.wording.plan.clean_text import one_line
from planner.wording.plan.private import private_kind
from planner.wording.plan.session_texts import session_description, session_summary

UTC_NAMES = frozenset(
    f"{area}{name}" for area in ("", "Etc/") for name in ("UTC", "UCT", "Universal", "Zulu", "GMT", "Greenwich")
)
"""The zones that are UTC itself: their times are written with a Z, as every client reads them."""

STAMP = "%Y-%m-%dT%H:%M:%SZ"
"""How a treatment's note says when the treatment begins."""

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
        return escaped(str(self)).encode()


class Made(NamedTuple):
    """Hold an event, when it begins and ends (aware, or dates), and whether a person put it there."""

    uid: str
    start: datetime | date
    end: datetime | date
    component: Event
    by_hand: bool = False


class Events:
    """Make a plan's events: workouts, notes on treatments with something to mind, or a note that nothing is planned."""

    def __init__(
        self, plan: Plan, stamp: datetime, tz: ZoneInfo, alarm_minutes: int | None, *, private: bool = False
    ) -> None:
        self.plan = plan
        self.private = private
        self.stamp = stamp.astimezone(UTC)
        self.tz = tz
        self.alarm_minutes = alarm_minutes

    def __iter__(self) -> Iterator[Made]:
        events: list[Made] = []
        for day in self.plan.days:
            events += [self._workout(workout, day.questions) for workout in day.workouts]
            if not self.private:
                events += [
                    self._treatment(treatment, day.date, treatment.uid)
                    for treatment in day.treatments
                    if treatment.uid is not None
                ]
        if not events or self.plan.cleared:
            events.append(self._nothing())
        return iter(events)

    def _workout(self, workout: PlannedWorkout, questions: Iterable[str]) -> Made:
        if self.private:
            summary, description = event_texts.private_summary(workout), event_texts.private_description(workout)
            kind = private_kind(workout.kind)
        else:
            kind = workout.kind
            source = workout.source
            summary = event_texts.workout_summary(workout) if source is None else session_summary(workout, source)
            description = (
                event_texts.workout_description(workout, questions)
                if source is None
                else session_description(workout, source, questions)
            )
        event = self._event(workout.uid, summary, description, workout.reasons, "FREE" if workout.all_day else "BUSY")
        event.add("CATEGORIES", vCategory([one_line(kind.replace("_", " "), event_texts.LONGEST_LINE)]))
        event.add(WORKOUT, Text(workout_mark(self.plan.plan_id, workout.workout, private=self.private)))
        if workout.seal:
            event.add(SESSION, vCategory(workout.seal.split("|")))
        if workout.by_hand:
            event.add(BY_HAND, "MOVED")
        if workout.all_day:
            return self._all_day(event, workout.start.date(), workout.uid, by_hand=workout.by_hand)
        start, end = workout.start.astimezone(self.tz), workout.end.astimezone(self.tz)
        zoned = str(self.tz) not in UTC_NAMES and not _comes_twice(start) and not _comes_twice(end)
        event.add("DTSTART", _moment(start, zoned))
        event.add("DTEND", _moment(end, zoned))
        if self.alarm_minutes is not None:
            alarm = Alarm()
            alarm.add("ACTION", "DISPLAY")
            alarm.add("DESCRIPTION", Text(summary))
            alarm.add("TRIGGER", timedelta(minutes=-self.alarm_minutes))
            event.add_component(alarm)
        return Made(workout.uid, start, end, event, workout.by_hand)

    def _treatment(self, treatment: PlannedTreatment, day: date, uid: str) -> Made:
        description = event_texts.treatment_description(treatment, self.tz)
        event = self._event(uid, event_texts.TREATMENT_SUMMARY, description, treatment.aftercare, "FREE")
        start = treatment.start
        begins = f"{start.astimezone(UTC):{STAMP}}" if isinstance(start, datetime) else start.isoformat()
        event.add(TREATMENT, vCategory([treatment.kind, treatment.region, begins]))
        return self._all_day(event, day, uid)

    def _nothing(self) -> Made:
        # A calendar without any component is not valid, a feed must not seem broken in a week of rest, and a plan that
        # a danger sign clears must say so.
        uid = workout_identity(self.plan.plan_id, self.plan.from_, "nothing planned", 1)
        description = event_texts.PRIVATE_NOTHING if self.private else event_texts.nothing_description(self.plan)
        event = self._event(uid, event_texts.nothing_summary(self.plan, private=self.private), description, (), "FREE")
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
        if not self.private and (rules := list(dict.fromkeys(reason.rule for reason in reasons))):
            event.add(RULES, vCategory(rules))
        return event

    def _all_day(self, event: Event, day: date, uid: str, *, by_hand: bool = False) -> Made:
        after = day + timedelta(days=1)
        event.add("DTSTART", day)
        event.add("DTEND", after)
        return Made(uid, day, after, event, by_hand)


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
