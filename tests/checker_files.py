"""A second look at a plan's calendar file: beside the plan's own JSON, and beside the file that was there before it.

Both are read again as text, the one by `json` and the other by `ics_parse`; no model and no function of the engine has
a part in it. Each function returns a sentence for every promise that is broken, none for a good file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from tests.ics_events import lasts
from tests.ics_parse import Component, events, moment

FREE = {"STATUS": "CANCELLED", "TRANSP": "TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS": "FREE"}
"""What a cancelled event says, for all clients alike."""
CALLED_OFF = "Cancelled: "


class Shown:
    """Hold one event of a file as its text says it, and that text."""

    def __init__(self, event: Component, text: bytes, tz: ZoneInfo) -> None:
        self.event, self.text = event, text
        begins = moment(event.lines[[line.name for line in event.lines].index("DTSTART")])
        assert begins is not None, "an event with a start"
        self.whole_day = not isinstance(begins, datetime)
        self.start = begins if isinstance(begins, datetime) else _midnight(begins, tz)
        self.day = self.start.astimezone(tz).date()
        self.minutes = None if self.whole_day else round((lasts(event) or timedelta()).total_seconds() / 60)
        self.is_workout = event.value("X-PLANNER-WORKOUT") is not None
        self.cancelled = event.value("STATUS") == "CANCELLED"
        self.sequence = int(event.text("SEQUENCE"))
        self.mark = event.value("X-PLANNER-WORKOUT") or event.value("X-PLANNER-TREATMENT") or ""
        """What it is: it never becomes anything else."""


def _midnight(day: date, tz: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=tz).astimezone(UTC)


def shown_in(content: bytes, tz: ZoneInfo) -> dict[str, Shown]:
    """Return the events of a file by their UID, each with its own bytes."""
    bodies = [part.partition(b"END:VEVENT\r\n")[0] for part in content.split(b"BEGIN:VEVENT\r\n")[1:]]
    return {
        event.text("UID"): Shown(event, body, tz)
        for event, body in zip(events(content) if content else [], bodies, strict=True)
    }


def read_json(text: str) -> dict[str, Any]:
    """Return the JSON of a plan as what it is, with the workouts of all its days in one list."""
    plan: dict[str, Any] = json.loads(text)
    plan["workouts"] = [workout for day in plan["days"] for workout in day["workouts"]]
    return plan


def file_problems(content: bytes, plan_json: str, now: datetime) -> list[str]:
    """Return what a file lacks of the plan that it shows, or holds beside it, on the planned days that are to come."""
    plan = read_json(plan_json)
    tz = ZoneInfo(plan["timezone"])
    shown = shown_in(content, tz)
    return [*_workouts_problems(plan, shown, now), *_notes_problems(plan, shown, now)]


def _workouts_problems(plan: dict[str, Any], shown: dict[str, Shown], now: datetime) -> Iterator[str]:
    first, last = (date.fromisoformat(plan[key]) for key in ("from", "to"))
    to_come = {one["uid"]: one for one in plan["workouts"] if datetime.fromisoformat(one["start"]) > now}
    if len(to_come) != sum(datetime.fromisoformat(one["start"]) > now for one in plan["workouts"]):
        yield "two workouts share a UID"
    for uid, one in to_come.items():
        if uid not in shown:
            yield f"{one['title']} at {one['start']} is not in the file"
            continue
        event = shown[uid]
        if event.cancelled:
            yield f"{uid}: planned, and cancelled in the file"
        if event.start != datetime.fromisoformat(one["start"]):
            yield f"{uid}: planned for {one['start']}, in the file at {event.start}"
        if event.minutes != one["minutes"]:
            yield f"{uid}: planned for {one['minutes']} minutes, in the file for {event.minutes}"
    for uid, event in shown.items():
        on = event.is_workout and not event.cancelled and first <= event.day <= last and event.start > now
        if on and uid not in to_come:
            yield f"{uid}: in the file at {event.start}, and not planned"


def _notes_problems(plan: dict[str, Any], shown: dict[str, Shown], now: datetime) -> Iterator[str]:
    today = now.astimezone(ZoneInfo(plan["timezone"])).date()
    first, last = (date.fromisoformat(plan[key]) for key in ("from", "to"))
    notes = {
        one["uid"]: date.fromisoformat(day["date"])
        for day in plan["days"]
        for one in day["treatments"]
        if one.get("uid") and date.fromisoformat(day["date"]) >= today
    }
    on = {
        uid: event.day
        for uid, event in shown.items()
        if event.event.value("X-PLANNER-TREATMENT") and not event.cancelled and first <= event.day <= last
    }
    if notes != {uid: day for uid, day in on.items() if day >= today}:
        yield f"notes on treatments are {on}, planned are {notes}"


def revision_problems(before: bytes, after: bytes, plan_json: str, now: datetime) -> list[str]:
    """Return the promises that a file breaks which was written in place of another one."""
    plan = read_json(plan_json)
    tz = ZoneInfo(plan["timezone"])
    old, new = shown_in(before, tz), shown_in(after, tz)
    found = [f"{uid}: vanished" for uid in old if uid not in new]
    for uid, event in new.items():
        checks = _CHECKS if uid in old else ()
        found += [f"{uid}: {wrong}" for check in checks for wrong in check(old[uid], event)]
        if uid in old and event.text != old[uid].text:
            found += [f"{uid}: {wrong}" for wrong in _may_change(old[uid], plan, now, event)]
        if uid not in old and (event.sequence, event.cancelled) != (0, False):
            found.append(f"{uid}: new, with SEQUENCE {event.sequence}, cancelled: {event.cancelled}")
    return [*found, *_changes_problems(old, new, plan, now)]


def _same_thing(old: Shown, new: Shown) -> Iterator[str]:
    if old.mark != new.mark:
        yield f"was {old.mark}, is {new.mark}"
    if old.event.value("CREATED") != new.event.value("CREATED"):
        yield "was made at another time"


def _counts(old: Shown, new: Shown) -> Iterator[str]:
    if old.text == new.text:
        return
    if new.sequence != old.sequence + 1:
        yield f"changed, and SEQUENCE went from {old.sequence} to {new.sequence}"
    if new.event.text("DTSTAMP") <= old.event.text("DTSTAMP"):
        yield "changed, and its stamp is not later"
    if new.event.value("LAST-MODIFIED") != new.event.value("DTSTAMP"):
        yield "changed at another time than it was stamped"


def _cancelled(old: Shown, new: Shown) -> Iterator[str]:
    title = new.event.text("SUMMARY")
    if title.startswith(CALLED_OFF) != new.cancelled:
        yield f"its title is {title!r}, cancelled: {new.cancelled}"
    if not new.cancelled:
        return
    if {name: new.event.value(name) for name in FREE} != FREE:
        yield "cancelled, and not free for all clients"
    if new.event.named("VALARM"):
        yield "cancelled, and reminds all the same"
    if (old.start, old.minutes) != (new.start, new.minutes):
        yield "cancelled at another time than it was shown at"


_CHECKS: tuple[Callable[[Shown, Shown], Iterator[str]], ...] = (_same_thing, _counts, _cancelled)


def _may_change(old: Shown, plan: dict[str, Any], now: datetime, new: Shown) -> Iterator[str]:
    """Yield why an event should have stayed as it was, to the byte: it is past, or on days that are not planned."""
    today = now.astimezone(ZoneInfo(plan["timezone"])).date()
    if old.day < today if old.whole_day else old.start <= now:
        yield "past, and changed"
    first, last = (date.fromisoformat(plan[key]) for key in ("from", "to"))
    if first <= old.day <= last or (new.cancelled and not old.cancelled and _is_told(new, plan)):
        return
    yield f"on {old.day}, which is not planned, and changed"


def _is_told(event: Shown, plan: dict[str, Any]) -> bool:
    """Return whether the plan says that it calls a workout off."""
    return event.event.value("UID") in {one["uid"] for one in plan["changes"]["cancelled"]}


def _changes_problems(old: dict[str, Shown], new: dict[str, Shown], plan: dict[str, Any], now: datetime) -> list[str]:
    """Return where the list of changes says otherwise than the two files."""
    if plan.get("changes") is None or not old:
        return []
    planned = {one["uid"] for one in plan["workouts"] if datetime.fromisoformat(one["start"]) > now}
    expected: dict[str, set[str]] = {name: set() for name in ("added", "moved", "changed", "cancelled", "unchanged")}
    for uid, event in new.items():
        if not event.is_workout:
            continue
        was = old.get(uid)
        if uid in planned and (was is None or was.cancelled):
            expected["added"].add(uid)
        elif uid in planned and was is not None:
            same = was.text == event.text
            expected["unchanged" if same else "moved" if was.start != event.start else "changed"].add(uid)
        elif was is not None and event.cancelled and not was.cancelled:
            expected["cancelled"].add(uid)
    changes = plan["changes"]
    found = []
    for name, uids in expected.items():
        if {one["uid"] for one in changes[name]} != uids or len(changes[name]) != len(uids):
            found.append(f"{name} lists {sorted(one['uid'] for one in changes[name])}, and it is {sorted(uids)}")
        for one in changes[name]:
            for key, where in (("from", old), ("to", new)):
                stands = where.get(one["uid"])
                if one.get(key) and stands is not None and datetime.fromisoformat(one[key]) != stands.start:
                    found.append(f"{name}: {one['uid']} {key} {one[key]}, and it is {stands.start}")
        times = [datetime.fromisoformat(one["to"] or one["from"]) for one in changes[name]]
        if any(before > after for before, after in pairwise(times)):
            found.append(f"{name} is not in order of time")
    return found
