"""Private: a plan without a word about health, for who shares a screen, a file or a calendar."""

from __future__ import annotations

from planner.results.plan import Change, Changes, Plan, PlanDay, PlannedWorkout, Score, Unplaced

KINDS = {"run": "Run", "bike": "Ride", "aqua_run": "Swim", "race": "Run"}
"""What a private plan calls a kind of workout where its own name is not plain enough."""
PRIVATE_KINDS = {"aqua_run": "swim"}
"""What a private plan takes a kind of workout for where the kind itself says that running hurts."""
PRIVATE_TITLE = "Training"
"""What a private plan calls what it may not name."""
PRIVATE_NOTICE = "A training plan: times may change."
"""What every private plan says, in place of the notice that is about health."""
PAUSED = "Training is paused. Ask planner, on your own machine, for more."
"""All that a private plan says of what clears it."""


def private_title(kind: str) -> str:
    """Return what a private plan calls a kind of workout: `Run`, `Upper body`."""
    name = kind.replace("_", " ")
    return KINDS.get(kind, name[:1].upper() + name[1:])


def private_kind(kind: str) -> str:
    """Return the kind that a private plan takes a workout for."""
    return PRIVATE_KINDS.get(kind, kind)


def private_plan(plan: Plan) -> Plan:
    """Return a plan that has when, what kind and how long, and nothing else.

    It is made from these alone: no rule, check, reason, region, treatment, injury or note, and none that may yet come.
    """
    titles = {workout.uid: private_title(workout.kind) for workout in plan.workouts}
    return Plan(
        case=plan.case,
        timezone=plan.timezone,
        from_=plan.from_,
        to=plan.to,
        caution="standard",
        days=tuple(_day(day) for day in plan.days),
        unplaced=tuple(
            Unplaced(week=unplaced.week, kind=private_kind(unplaced.kind), asked=unplaced.asked, placed=unplaced.placed)
            for unplaced in plan.unplaced
        ),
        changes=Changes(
            **{
                name: tuple(
                    _change(change, titles.get(change.uid, PRIVATE_TITLE)) for change in getattr(plan.changes, name)
                )
                for name in Changes.model_fields
                if name != "treatments"
            }
        ),
        score=Score(total=plan.score.total, preferences={}),
        cleared=plan.cleared,
        alerts=(PAUSED,) if plan.cleared else (),
        plan_id=plan.plan_id,
        weeks_from=plan.weeks_from,
        wishes_from=plan.wishes_from,
        withdrawn=plan.withdrawn,
    )


def _day(day: PlanDay) -> PlanDay:
    return PlanDay(
        date=day.date,
        workouts=tuple(_workout(workout) for workout in day.workouts),
        done=tuple(PRIVATE_TITLE for _ in day.done),
    )


def _workout(workout: PlannedWorkout) -> PlannedWorkout:
    return PlannedWorkout(
        uid=workout.uid,
        workout=private_kind(workout.kind),
        kind=private_kind(workout.kind),
        title=private_title(workout.kind),
        start=workout.start,
        end=workout.end,
        minutes=workout.minutes,
        intensity=workout.intensity,
        intervals=workout.intervals,
        by_hand=workout.by_hand,
        all_day=workout.all_day,
    )


def _change(change: Change, title: str) -> Change:
    was = None if change.was is None else PRIVATE_TITLE
    return Change(uid=change.uid, title=title, was=was, from_=change.from_, to=change.to)
