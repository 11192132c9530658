"""Lives: people's weeks lived day by day, each morning planned again into the same file, as `tests/lives/*.toml` tell.

A file holds a case and what happens, in TOML:

    title = "A needled calf and a 10 k"
    begins = 2026-11-23                   the first morning, a Monday
    days = 42

    [case]                                a case file, as people write it, on the first morning

    [[on]]                                a day on which something happens; every other day goes as planned
    date = 2026-11-24
    why = "…"                             the story, in a sentence
    log = [{ did = "nothing" }]           what is logged of the day, instead of what was planned for it
    felt = { pain = 4, next_morning = 1 } how what was planned for the day felt; without it, no pain at all
    set = { … }                           keys of the case that change on that morning, before it is planned
    add = { treatments = [{ … }] }        entries that are added to lists of the case on that morning
    drag = { workout = "run_long", day = 2026-12-06, to = 2026-12-05T09:00:00 }     moved in the calendar file

    [on.plan]                             what the plan of that morning shows
    none = ["run"]                        no workout of these kinds, or none of these workouts …
    until = 2026-11-27                    … up to and with this day; left out: on the day itself
    some = { run_long = 2026-12-06 }      a workout or a kind that stands on a day
    says = ["clinician"]                  words of its alerts and notes

    [[weeks]]                             what was really done from a day on, for seven days
    from = 2026-11-23
    run = [60, 120]                       between so many minutes of a kind
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from planner.calendars.write.file import write
from planner.case.model import Case
from planner.case.places import case_on
from planner.results.plan import Plan, PlannedWorkout
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.assembly import assemble
from planner.scheduling.choose import choose_dosed
from planner.scheduling.request import Request, prepared
from planner.wording.plan.headlines import headlines
from tests.cases import case_of
from tests.checker_dose import Session, running
from tests.living import Living, by_uid, texts

LIVES = sorted((Path(__file__).parent / "lives").glob("*.toml"))
MORNING = time(5, 30)


class Part(BaseModel):
    """Refuse keys that are not known."""

    model_config = ConfigDict(extra="forbid")


class Shows(Part):
    """Say what a morning's plan shows."""

    none: list[str] = []
    until: date | None = None
    some: dict[str, date] = {}
    says: list[str] = []


class Drag(Part):
    """Say which workout is moved in the calendar file, and where to."""

    workout: str
    day: date
    to: datetime


class On(Part):
    """Say what happens on a day."""

    date: date
    why: str
    log: list[dict[str, Any]] | None = None
    felt: dict[str, Any] = {}
    set: dict[str, Any] = {}
    add: dict[str, list[dict[str, Any]]] = {}
    drag: Drag | None = None
    plan: Shows = Shows()


class Life(Part):
    """Hold a story."""

    title: str
    begins: date
    days: int
    case: dict[str, Any]
    on: list[On]
    weeks: list[dict[str, Any]] = Field(default=[])


class Morning(NamedTuple):
    """Hold a morning: the plan that was made, by which case, and what was done before."""

    day: date
    plan: Plan
    case: Case
    done: tuple[Session, ...]
    happened: On | None
    begins: date
    """The first morning of the story."""
    now: datetime

    @property
    def first_lines(self) -> list[str]:
        """What a person opens the plan for."""
        return list(headlines(self.plan))


def read_life(path: Path) -> Life:
    """Return a story out of its file."""
    return Life.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def mornings(life: Life) -> Iterator[Morning]:
    """Live through the days of a story, and yield the plan of each morning."""
    happens = {one.date: one for one in life.on}
    assert len(happens) == len(life.on), "one entry a day"
    zone = ZoneInfo(life.case["timezone"])
    living = Living(data=dict(life.case), now=datetime.combine(life.begins, MORNING, zone))
    living.data.setdefault("log", [])
    done: list[Session] = []
    planned: tuple[PlannedWorkout, ...] = ()
    for number in range(life.days + 1):
        day = life.begins + timedelta(days=number)
        living.now = datetime.combine(day, MORNING, zone)
        if number:
            yesterday = day - timedelta(days=1)
            entries = list(_logged(yesterday, planned, happens.get(yesterday)))
            living.data["log"] = [*living.data["log"], *entries]
            stages = {one.workout: running(one.minutes, one.workout, one.intervals) for one in planned}
            done += [_done(living.data, one, stages) for one in entries if one["did"] != "nothing"]
        today = happens.get(day)
        if today is not None:
            living.data.update(today.set)
            for key, more in today.add.items():
                living.data[key] = [*living.data.get(key, []), *more]
            if today.drag is not None:
                living.file = dragged(living.file, today.drag)
        memory, case = living.memory(), case_of(**living.data)
        earlier = None if memory is None else memory.earlier
        made = planned_quickly(Request(case, shipped_rulebook(), day, earlier=earlier))
        living.file = write(made, living.now.astimezone(UTC), memory=memory).content
        planned = next((each.workouts for each in made.days if each.date == day), ())
        yield Morning(day, made, case_on(case, shipped_rulebook(), day), tuple(done), today, life.begins, living.now)


def planned_quickly(request: Request) -> Plan:
    """Return the plan of a request as `planner plan` makes it, without looking for what would make more fit."""
    task = prepared(request)
    task, solution, chosen = choose_dosed(task)
    return assemble(task, chosen, solution.points, task.earlier)


def _logged(day: date, planned: tuple[PlannedWorkout, ...], happened: On | None) -> Iterator[dict[str, Any]]:
    """Yield what the person writes into the log about a day."""
    if happened is not None and happened.log is not None:
        for entry in happened.log:
            yield {"date": day, "did": "nothing", **entry}
        return
    felt = {"pain": 0, "next_morning": 0} | ({} if happened is None else happened.felt)
    for one in planned:
        yield {"date": day, "time": one.start.time(), "did": one.workout, "minutes": one.minutes, **felt}


def _done(data: dict[str, Any], entry: dict[str, Any], stages: dict[str, int]) -> Session:
    known = case_of(**{**data, "log": [entry]}).log[0]
    assert known.did is not None
    kind, minutes = shipped_rulebook().workouts[known.did].kind, known.minutes or 0
    return Session(known.date, known.did, kind, stages.get(known.did, minutes) if kind == "run" else minutes)


def dragged(file: bytes, drag: Drag) -> bytes:
    """Return a calendar file in which a workout stands at another time, as a person drags it."""
    there = [
        uid
        for uid, event in by_uid(file).items()
        if event.value("X-PLANNER-WORKOUT") == drag.workout and event.value("STATUS") == "CONFIRMED"
        if f":{drag.day:%Y%m%d}T" in texts(file)[uid].decode()
    ]
    assert len(there) == 1, f"{drag.workout} stands once on {drag.day}"
    old = texts(file)[there[0]]
    lines = [line for line in old.split(b"\r\n") if line.startswith((b"DTSTART", b"DTEND"))]
    starts, ends = (datetime.strptime(line.rpartition(b":")[2].decode(), "%Y%m%dT%H%M%S") for line in lines)  # noqa: DTZ007
    new = old
    for line, moved in zip(lines, (drag.to, drag.to + (ends - starts)), strict=True):
        new = new.replace(line, line.rpartition(b":")[0] + f":{moved:%Y%m%dT%H%M%S}".encode())
    return file.replace(old, new)


def told(path: Path) -> Iterator[str]:
    """Yield a story as a coach reads it: each morning's first lines, alerts, and the plan of the days to come."""
    before = ""
    for morning in mornings(read_life(path)):
        if morning.happened is not None:
            yield f"    ** {morning.happened.why}"
        ahead = "  ".join(
            f"{day.date:%a%d}:{'+'.join(f'{one.workout}{one.minutes}' for one in day.workouts) or '-'}"
            for day in morning.plan.days
        )
        alerts = " | ".join(alert[:110] for alert in morning.plan.alerts)
        yield f"{morning.day:%a %d %b}  {ahead}"
        if alerts != before:
            yield f"      alerts: {alerts}"
        before = alerts


if __name__ == "__main__":
    import sys

    for file in LIVES:
        if len(sys.argv) < 2 or sys.argv[1] in file.stem:
            print(file.stem)
            for line in told(file):
                print(line)
