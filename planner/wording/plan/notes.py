"""Notes and alerts of a plan in words: what the log asks for, appointments, edits by hand, and what was assumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from planner.case.availability import Away
from planner.limits.progress import LogReading
from planner.wording.english import clock, day_name, listed
from planner.wording.rules.readings import reading_phrase

ASSUMED = "Taken for granted, as [{table}] does not say: {what}."
"""How a plan says what it took for granted, and under which table of the case file the person would say it."""


def setbacks_alert(setbacks: int) -> str:
    """Return whom to ask after so many setbacks on the way back to running."""
    return f"{setbacks} setbacks on the way back to running: talk to your clinician before you go on."


def clinician_alert(felt: LogReading, region: str) -> str:
    """Return that what was felt is for a clinician."""
    return f"{_felt_on(felt, region)}: let a clinician look at it."


def lasting_soreness_alert(felt: LogReading, region: str) -> str:
    """Return that a treated muscle is sore for longer than it should be."""
    return f"{_felt_on(felt, region)}: that is beyond the usual course. Contact your therapist."


def _felt_on(felt: LogReading, region: str) -> str:
    reading = reading_phrase(felt.reading)
    return f"{reading[:1].upper()}{reading[1:]} on {day_name(felt.day)} ({region.lower()})"


def too_close_alert(first: str, first_day: date, second: str, second_day: date, rule: str) -> str:
    """Return that two appointments are closer than a rule would have them.

    Args:
        first: the earlier treatment with its region, in lower case
        first_day: its day
        second: the later one, alike
        second_day: its day
        rule: the title of the rule

    """
    return (
        f"{first[:1].upper()}{first[1:]} on {day_name(first_day)}, then {second} on "
        f"{day_name(second_day)}: {rule}. Ask your therapist."
    )


def lost_place_note(workout: str, start: datetime) -> str:
    """Return that a workout could not stay where a person had moved it to."""
    return f"The {workout.lower()} that you moved to {clock(start)} could not stay there."


def cannot_stand_note(workout: str, start: datetime, obstacle: str) -> str:
    """Return that a workout cannot stand where a person moved it to, and what is in the way."""
    return f"You moved the {workout.lower()} to {clock(start)}. It cannot stand there: {obstacle}."


def taken_out_note(workout: str, day: date) -> str:
    """Return that a workout which a person took out stays out."""
    return f"You took out the {workout.lower()} of {day_name(day)}: it is not planned again."


def goes_on_note(calendar_ends: date, plan_ends: date, weeks: int | None) -> str:
    """Return that a calendar goes on behind the plan, and how to plan so far (None: for so many weeks no plan is)."""
    how = "a later --from" if weeks is None else f"--weeks {weeks}"
    return (
        f"The calendar goes on to {day_name(calendar_ends)}. What stands there after {day_name(plan_ends)} was not "
        f"planned anew, only cancelled where a rule forbids it: plan with {how} to have it changed too."
    )


def long_past_note(appointments: int, last: date) -> str:
    """Return that all appointments are long past."""
    return f"{_appointments(appointments)} long past, the last on {last:%d %b %Y}: is the year right?"


def far_ahead_note(appointments: int, first: date) -> str:
    """Return that all appointments are far ahead."""
    return f"{_appointments(appointments)} far ahead, the first on {first:%d %b %Y}: is the year right?"


def _appointments(number: int) -> str:
    return "Your appointment is" if number == 1 else f"All {number} appointments of your case are"


def assumed_minutes_note(minutes: Mapping[str, int]) -> str:
    """Return which usual minutes were assumed, by the keys of [fitness]."""
    figures = [f"{key.removesuffix('_minutes').replace('_', ' ')} {figure}" for key, figure in minutes.items()]
    return ASSUMED.format(table="fitness", what=f"minutes of {listed(figures)}")


def assumed_windows_note(weekdays: str, weekend: str) -> str:
    """Return which windows were assumed where the case gives none."""
    windows = f"workouts start {weekdays} on weekdays and {weekend} at the weekend"
    return ASSUMED.format(table="availability", what=windows)


def assumed_days_note(days: Sequence[str]) -> str:
    """Return on which weekdays the usual windows were assumed."""
    return ASSUMED.format(table="availability", what=f"the usual windows on {listed(days)}")


MOST_NAMED = 3
"""Of what was passed over a note names so many."""
ASSUMED_GOALS = ASSUMED.format(table="goals", what="3 runs, 2 rides and 2 upper-body days a week")
ASSUMED_SEVERITY = ASSUMED.format(table="injury", what="a moderate injury")


def assumed_injury_note(regions: Sequence[str]) -> str:
    """Return that what is treated, and no injury of the case, was taken to be moderately hurt."""
    hurt = f"the treated {listed([region.lower() for region in regions])}, moderately hurt"
    return (
        f"{ASSUMED.format(table='injury', what=hurt)} "
        'If it is less, write that region there with severity = "mild": then runs need no day between them.'
    )


def assumed_bone_note(region: str) -> str:
    """Return that the bone was taken to hurt at a region where it may be something else."""
    return (
        f"{ASSUMED.format(table='injury', what=f'at the {region.lower()} the bone hurts')} "
        'If it is not the bone, write tissue = "muscle" (or "tendon"); that changes much.'
    )


def away_note(away: Away, kinds: Sequence[str]) -> str:
    """Return from when to when somebody is away, and what is not done then; `kinds` is empty where it is all."""
    why = f" ({away.why})" if away.why else ""
    nothing = f"no {listed(kinds)}" if kinds else "no workouts"
    return f"Away from {day_name(away.from_)} to {day_name(away.until)}{why}: {nothing} then."


def absence_words(away: Away | None) -> str:
    """Return what keeps a person from all workouts on a day, in a word: being away, or else being ill."""
    if away is None:
        return "Ill"
    return f"Away: {away.why}" if away.why else "Away"


def no_appointment_note(calendar: str, match: str | None) -> str:
    """Return that a calendar holds no appointment that an entry of the case asks for."""
    which = f' that says "{match}"' if match else ""
    return f"No appointment{which} was found in {calendar}: this plan knows of no treatment from it."


def passed_over_note(remarks: Sequence[str]) -> str:
    """Return how many events of the calendars were not taken as they are, and of the first few which and why."""
    count = "1 event is" if len(remarks) == 1 else f"{len(remarks):,} events are"
    more = " `planner treatments` shows all." if len(remarks) > MOST_NAMED else ""
    named = "; ".join(remarks[:MOST_NAMED])
    return f"Of your calendars {count} passed over or read with a remark: {named}.{more}"


def volume_note(week_begins: date, percent: int, why: str) -> str:
    """Return that a week has more running than those before, by so many per cent, and why that is remarked upon."""
    begins = f"{week_begins.day} {week_begins:%b}"
    return f"The week of {begins} has {percent} % more running minutes than the weeks before. {why}"
