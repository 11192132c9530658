"""Random plans: odd titles, many zones, weeks in which clocks change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from planner.clock import Minutes, at, later
from planner.results.plan import Because, Plan, PlanDay, PlannedTreatment, PlannedWorkout, Reason, Score, Unplaced
from planner.revision.identity import NOTE, fresh_identity, workout_identity
from planner.rulebook.scales import Caution, Evidence, Intensity

ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Europe/Dublin",
    "America/St_Johns",
    "Pacific/Apia",
    "America/Santiago",
    "Atlantic/Azores",
    "Atlantic/Reykjavik",
    "America/Nuuk",
    "UTC",
)
"""Half-hour shifts, Ramadan, a winter that is the exception, changes at midnight, none at all."""

ODD = (
    "Easy run",
    "👩‍👩‍👧‍👦 family jog 🏃🏽‍♀️",
    "上半身の筋力トレーニング",
    "a, b; c\\d",
    "back\\\\slash \\n \\N \\, \\;",
    "C:\\New",
    "two\nlines\r\nor\rthree",
    "  outer blanks\t",
    "sep\u2028ar\u2029at\x85ed",
    "nul\x00 bell\x07 bom\ufeff",
    'quotes "and" colons: x=1;y',
    "BEGIN:VEVENT",
    "é́̂ combining",
    "x" * 300,
    "漢" * 300,
    "👩‍👩‍👧‍👦" * 40,
    "",
    " ",
)
NEAR_CHANGES = (
    date(2026, 2, 10),
    date(2026, 3, 5),
    date(2026, 3, 26),
    date(2026, 4, 1),
    date(2026, 9, 3),
    date(2026, 10, 1),
    date(2026, 10, 22),
    date(2026, 10, 29),
    date(2026, 12, 28),
    date(2027, 3, 11),
)
STAMP = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

texts = st.one_of(st.sampled_from(ODD), st.text(max_size=80), st.text("a,;\\\n N👩\u200d", max_size=12))
evidence = st.sampled_from(get_args(Evidence))


@st.composite
def reasons(draw: st.DrawFn) -> Reason:
    """Return a reason with an odd text."""
    rule = draw(st.sampled_from(["dry_needling.first_day", "training.rest", "preferences.race"]))
    return Reason(rule=rule, title="t", text=draw(texts), evidence=draw(evidence))


@st.composite
def workouts(draw: st.DrawFn, uid: str, day: date, tz: ZoneInfo) -> PlannedWorkout:
    """Return a workout at any minute of a day, also at one that comes twice."""
    start = at(day, time(draw(st.integers(0, 23)), draw(st.integers(0, 59))), tz)
    again = start.replace(fold=1)
    if again.utcoffset() != start.utcoffset() and draw(st.booleans()):
        start = again
    minutes = Minutes(draw(st.integers(5, 300)))
    check = draw(st.one_of(st.none(), texts))
    return PlannedWorkout(
        uid=uid,
        workout=draw(st.sampled_from(["run_easy", "bike_easy", "upper_body"])),
        kind=draw(st.sampled_from(["run", "bike", "upper_body"])),
        title=draw(texts),
        start=start,
        end=later(start, minutes=minutes),
        minutes=minutes,
        intensity=draw(st.sampled_from(get_args(Intensity))),
        check=check,
        otherwise=None if check is None else "bike_easy",
        otherwise_title=None if check is None else draw(st.one_of(st.none(), texts)),
        reasons=tuple(draw(st.lists(reasons(), max_size=3))),
    )


@st.composite
def treatments(draw: st.DrawFn, day: date, tz: ZoneInfo) -> PlannedTreatment:
    """Return a treatment on a day, at a time or at none, with something to mind or nothing."""
    start = at(day, time(draw(st.integers(7, 19)), 30), tz)
    timed = draw(st.booleans())
    return PlannedTreatment(
        kind=draw(st.sampled_from(["dry_needling", "massage"])),
        name=draw(texts),
        region=draw(st.sampled_from(["calf", "plantar_fascia"])),
        start=start if timed else day,
        end=later(start, minutes=30) if timed else day + timedelta(days=1),
        aftercare=tuple(draw(st.lists(reasons(), max_size=2))),
    )


@st.composite
def plans(draw: st.DrawFn, zones: tuple[str, ...] = ZONES) -> Plan:
    """Return a plan of one to three weeks with up to two workouts and treatments a day, or with none at all."""
    timezone = draw(st.sampled_from(zones))
    first = draw(st.one_of(st.sampled_from(NEAR_CHANGES), st.dates(date(2021, 1, 1), date(2036, 1, 1))))
    plan_id = draw(st.sampled_from(["1db559e1ecb70df2955e", "77aa559e1ecb70df2000"]))
    tz, days = ZoneInfo(timezone), []
    busy = draw(st.sampled_from([0, 1, 1, 1]))
    for number in range(7 * draw(st.integers(1, 3))):
        day = first + timedelta(days=number)
        uids = [
            workout_identity(plan_id, first, "any", 2 * number + one) for one in range(draw(st.integers(0, 2 * busy)))
        ]
        many = draw(st.sampled_from([0, 0, 0, 1, 2])) * busy
        days.append(
            PlanDay(
                date=day,
                workouts=tuple(draw(workouts(uid, day, tz)) for uid in uids),
                treatments=tuple(draw(treatments(day, tz)) for _ in range(many)),
            )
        )
    blocked = Unplaced(
        week=first, kind="run", asked=3, placed=0, because=(Because(kind="rule", rule="r", text=draw(texts)),)
    )
    return plan_of(
        *days,
        case=draw(texts),
        timezone=timezone,
        caution=draw(st.sampled_from(get_args(Caution))),
        unplaced=(blocked,) if draw(st.booleans()) else (),
        alerts=tuple(draw(st.lists(texts, max_size=2))),
        plan_id=plan_id,
    )


def plan_of(*days: PlanDay, **changed: Any) -> Plan:
    """Return a plan of some days, in New York unless said otherwise."""
    plan_id = changed.get("plan_id", "1db559e1ecb70df2955e")
    fields: dict[str, Any] = {
        "case": "Henry",
        "timezone": "America/New_York",
        "from": days[0].date,
        "to": days[-1].date,
        "caution": "standard",
        "days": named(days, plan_id),
        "score": Score(total=0, preferences={}),
        "plan_id": plan_id,
        "weeks_from": days[0].date,
    }
    return Plan.model_validate({**fields, **changed})


def named(days: Iterable[PlanDay], plan_id: str) -> tuple[PlanDay, ...]:
    """Return days whose treatments with something to mind have an identity, as a plan gives them one."""
    used: set[str] = set()
    found = []
    for day in days:
        treatments = []
        for one in day.treatments:
            if one.aftercare and one.uid is None:
                uid = fresh_identity(plan_id, day.date, NOTE, used)
                used.add(uid)
                treatments.append(one.model_copy(update={"uid": uid}))
            else:
                treatments.append(one)
        found.append(day.model_copy(update={"treatments": tuple(treatments)}))
    return tuple(found)


def week(*workouts: PlannedWorkout, treatments: tuple[PlannedTreatment, ...] = (), **changed: Any) -> Plan:
    """Return the plan of the week from Monday, 23 November 2026, with workouts and treatments on their days."""
    days = []
    for number in range(7):
        day = date(2026, 11, 23) + timedelta(days=number)
        on_day = tuple(one for one in workouts if one.start.date() == day)
        treated = tuple(one for one in treatments if _day(one.start) == day)
        days.append(PlanDay(date=day, workouts=on_day, treatments=treated))
    return plan_of(*days, **changed)


def a_run(**changed: Any) -> PlannedWorkout:
    """Return an easy run on Friday morning, some of its fields changed."""
    start = datetime(2026, 11, 27, 7, tzinfo=ZoneInfo("America/New_York"))
    fields: dict[str, Any] = {
        "uid": workout_identity("1db559e1ecb70df2955e", date(2026, 11, 23), "runs", 1),
        "workout": "run_easy",
        "kind": "run",
        "title": "Easy run",
        "start": start,
        "end": later(start, minutes=40),
        "minutes": 40,
        "intensity": "easy",
    }
    return PlannedWorkout.model_validate({**fields, **changed})


def a_needling(**changed: Any) -> PlannedTreatment:
    """Return a dry needling of the calf on Tuesday morning with one thing to mind, some of its fields changed."""
    start = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("America/New_York"))
    advice = Reason(rule="general.skin_closes", title="t", text="No bath for 24 hours.", evidence="C")
    fields: dict[str, Any] = {
        "kind": "dry_needling",
        "name": "Dry needling",
        "region": "calf",
        "start": start,
        "end": later(start, minutes=45),
        "aftercare": (advice,),
    }
    return PlannedTreatment.model_validate({**fields, **changed})


def _day(start: datetime | date) -> date:
    return start.date() if isinstance(start, datetime) else start
