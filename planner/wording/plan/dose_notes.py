"""Dose notes: what a plan remarks upon in how much is trained, and in how an injury heals."""

from __future__ import annotations

from datetime import date

from planner.rulebook.figures import counted
from planner.rulebook.rule import Rule
from planner.wording.english import day_name

LAST_RUN_UNKNOWN = (
    "When you ran last is not known: if the injury kept you from running, write last_run = DATE under [fitness], and "
    "the plan brings you back step by step."
)


def share_note(day: date, minutes: int, percent: int, rule: Rule) -> str:
    """Return that a long run is most of a week's running.

    Args:
        day: the day of the long run.
        minutes: how long it is.
        percent: how much of the week's running that is.
        rule: the rule that remarks on it.

    """
    note = f"The long run of {day_name(day)}, {counted(minutes, 'minutes')}, is {percent} % of the week's running."
    return f"{note} {rule.why}".strip()


def race_note(name: str, day: date, minutes: int, longest: int, rule: Rule, *, alert: bool) -> str:
    """Return that a race is longer than what was trained for it.

    Args:
        name: what the race is called.
        day: its day.
        minutes: how long it is taken to be.
        longest: the minutes of the longest run of the weeks before.
        rule: the rule that remarks on it.
        alert: whether it is so much longer that nobody is prepared for it.

    """
    times = f"{minutes / longest:.1f} times" if longest else "far over"
    note = f"{name} on {day_name(day)}: {counted(minutes, 'minutes')} are {times} your longest run of the weeks before"
    note += f" ({counted(longest, 'minutes')})"
    return f"{note}{': you are not prepared for it' if alert else ''}. {rule.advice or ''}".strip()


def race_to_come_note(name: str, day: date, minutes: tuple[int, int, int], rule: Rule) -> str:
    """Return that a race is longer than what was trained so far, though what is planned before it would do.

    Args:
        name: what the race is called.
        day: its day.
        minutes: how long it is taken to be, the longest run so far, and the longest that is planned before it.
        rule: the rule that would remark on it if it were run now.

    """
    lasts, longest, ahead = minutes
    times = f"{lasts / longest:.1f} times" if longest else "far over"
    note = f"{name} on {day_name(day)}: {counted(lasts, 'minutes')} are {times} your longest run so far"
    note += (
        f" ({counted(longest, 'minutes')}). You are prepared for it only if the runs that are planned before it, of up"
    )
    return f"{note} to {counted(ahead, 'minutes')}, go well. If not: {_small(rule.advice or '')}".strip()


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def no_place_alert(name: str, day: date, reason: str) -> str:
    """Return that a race does not stand in the plan, and why not."""
    return f"{name} on {day_name(day)} is not in the plan: {reason}."


def race_after_break_alert(name: str, day: date, days: int, rule: Rule) -> str:
    """Return that a race comes too soon after days without running.

    Args:
        name: what the race is called.
        day: its day.
        days: how many days without running lie before it.
        rule: the rule that remarks on it.

    """
    note = f"{name} on {day_name(day)} comes soon after {counted(days, 'days')} without running"
    return f"{note}: you are not prepared for it. {rule.advice or ''}".strip()


def race_after_race_note(name: str, day: date, before: str, days: int, rule: Rule) -> str:
    """Return that a race comes too soon after another one.

    Args:
        name: what the race is called.
        day: its day.
        before: what the one before is called.
        days: how many days later it is.
        rule: the rule that leaves nothing hard in these days.

    """
    note = f"{name} on {day_name(day)} comes {counted(days, 'days')} after {before}. {rule.title}"
    return f"{note}. So run it easily, or leave it out."


def setback_alert(number: int, day: date, region: str, rule: Rule) -> str:
    """Return that setbacks add up, and what to do.

    Args:
        number: which setback it is, from 1.
        day: its day.
        region: where it was felt.
        rule: the rule that says what to do.

    """
    which = {2: "Second setback", 3: "Third setback"}.get(number, f"Setback number {number}")
    return f"{which} in few weeks, on {day_name(day)} ({region}). {rule.advice or ''}".strip()


def bone_waits_note(region: str, healed: date) -> str:
    """Return that a bone is no longer called hurt, and what is missing before its rules let go."""
    note = f"{region}: healed since {day_name(healed)}, you say. A bone waits for a clinician: until the case says who"
    return f'{note} cleared it (by = "Dr Smith" beside healed), its rules stay.'


def heals_later_note(region: str, healed: date) -> str:
    """Return that a day on which something is to be healed is still to come."""
    return f"{region}: healed on {day_name(healed)} is still to come. Until then it is planned for as an injury."


def healed_before_note(region: str, healed: date, rule: Rule) -> str:
    """Return what a rule says of an injury that has healed."""
    return f"{region}, healed on {healed.day} {healed:%b %Y}: {rule.advice or ''}".strip()
